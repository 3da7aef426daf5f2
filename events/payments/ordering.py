"""The body of `Order.objects.ask()`: who is asked for how much, and what becomes of earlier orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.models.order import Order, OrderLine, Payer
from events.models.payment import Payment
from events.models.price import Discount
from events.models.registration import Registration, State
from events.payments import codes
from people.text import nfc

if TYPE_CHECKING:
    from people.models import User

SENTENCES = {
    "nobody": _("Nobody of this group has to pay any more."),
    "two_events": _("Tickets of two events cannot be paid together."),
    "on_its_way": _("A payment for it is on its way already. Please wait until the bank has answered."),
    "closed": _("This order is closed."),
    "some_came": _("Money has come for this order already. Please open it under Payments and decide there."),
    "reference_known": _("This number was booked for another order already."),
    "seats_gone": _("The seats of this order are no longer kept."),
    "too_many": _("So many tickets cannot be paid by card at once. Please pay by bank transfer, or in two groups."),
    "too_late_for_card": _(
        "The seats are not kept long enough any more for a payment by card. Please pay by bank transfer now, or write"
        " to the organiser."
    ),
    "card_refused": _(
        "This order cannot be paid by card at present. Nothing was charged, and the organiser has been told. Please pay"
        " by bank transfer, or write to the organiser."
    ),
    "code_unknown": _("There is no such discount code."),
    "code_not_now": _("This discount code is not valid now."),
    "code_used_up": _("This discount code has been used up."),
    "code_other_kind": _("This discount code is for other kinds of ticket."),
}


class CannotAsk(Exception):
    """No order is made; `sentence` says why."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.reason])


def ask(
    registrations: Iterable[Registration],
    *,
    at: datetime,
    payer: Payer | None = None,
    code: str = "",
    by: User | None = None,
    free: str = "",
) -> Order:
    keys = sorted({registration.pk for registration in registrations})
    with transaction.atomic():
        of_them = OrderLine.objects.filter(registration__in=keys, order__state=Order.State.OPEN)
        earlier = list(Order.objects.filter(pk__in=of_them.values("order")).order_by("pk").locked())
        if any(order.payments.filter(state=Payment.State.PROCESSING).exists() for order in earlier):
            raise CannotAsk("on_its_way")
        rows = list(Registration.objects.filter(pk__in=keys).order_by("pk").locked())
        if not rows or any(row.state != State.UNPAID for row in rows):
            raise CannotAsk("nobody")
        event = rows[0].event
        if any(row.event_id != event.pk for row in rows):
            raise CannotAsk("two_events")
        first = rows[0]
        payer = payer or Payer(name=first.full_name, email=first.email, language=first.language)
        lines = priced(rows)
        if code:
            take_off(lines, discount(event, code, at), at)
        if free:
            for line in lines:
                line.discount, line.discounted = None, line.price
        order = Order.objects.create(
            event=event,
            code=codes.new_code(event.transfer_prefix or f"VE{event.edition or ''}"),
            currency=settings.CURRENCY,
            total=sum(line.amount for line in lines),
            language=payer.language,
            created_at=at,
            free_because=free,
            payer_name=" ".join(nfc(payer.name).split()),
            payer_email=nfc(payer.email).strip().lower(),
            payer_address=nfc(payer.address),
            payer_tax_code=payer.tax_code,
        )
        for line in lines:
            line.order = order
            line.save(force_insert=True)
        for former in earlier:
            replace(former, order)
            ask_who_is_left(former, keys, at=at, by=by)
        if not order.total:
            from events.payments import settling

            settling.give(order, at=at, by=by, reason=free)
    return order


def ask_who_is_left(former: Order, keys: Iterable[int], *, at: datetime, by: User | None) -> None:
    """Whoever stood in an order that is void now, and not in the one in its place, is asked alone."""
    left = former.lines.exclude(registration__in=keys).filter(registration__state=State.UNPAID)
    for line in left.select_related("registration"):
        ask([line.registration], at=at, by=by)


def priced(rows: Sequence[Registration]) -> list[OrderLine]:
    """A line for each, at the price of the day on which it was registered, or of the group if that is less."""
    together = Counter(row.ticket_type_id for row in rows)
    lines = []
    for row in rows:
        kind = row.ticket_type
        price = kind.price_at(row.created_at)
        for group in kind.group_prices.all():
            if price and group.people <= together[kind.pk]:
                price = min(price, group.price)
        lines.append(OrderLine(registration=row, what_vi=kind.name_vi, what_en=kind.name_en, price=price))
    return lines


def discount(event, code: str, at: datetime) -> Discount:
    """The discount of this code, its row locked: how often it was used is counted under the lock."""
    found = Discount.objects.with_code(event, code).select_for_update(no_key=True).first()
    if found is None:
        raise CannotAsk("code_unknown")
    if not found.is_valid(at):
        raise CannotAsk("code_not_now")
    return found


def take_off(lines: list[OrderLine], found: Discount, at: datetime) -> None:
    """For every ticket that the code is for, as long as it lasts; an earlier order with this code is counted no more,
    for it will be void.
    """
    kinds = set(found.ticket_types.values_list("pk", flat=True))
    fitting = [line for line in lines if line.price and (not kinds or line.registration.ticket_type_id in kinds)]
    if not fitting:
        raise CannotAsk("code_other_kind")
    if found.max_uses is not None:
        own = [line.registration_id for line in lines]
        used = (
            OrderLine.objects.filter(discount=found, discounted__gt=0)
            .exclude(order__state=Order.State.VOID)
            .exclude(order__state=Order.State.OPEN, registration__in=own)
            .count()
        )
        fitting = fitting[: max(0, found.max_uses - used)]
        if not fitting:
            raise CannotAsk("code_used_up")
    for line in fitting:
        line.discount, line.discounted = found, found.off(line.price)


def replace(former: Order, order: Order | None) -> None:
    """For an order that is locked. A card payment that was begun for it is closed by the clock (payments.stripe)."""
    former.state, former.replaced_by = Order.State.VOID, order
    former.save(update_fields=["state", "replaced_by"])


def void(order: Order, *, at: datetime, by: User | None = None) -> bool:
    with transaction.atomic():
        locked = Order.objects.locked().get(pk=order.pk)
        done = locked.is_open and not locked.payments.filter(state=Payment.State.PROCESSING).exists()
        if done:
            replace(locked, None)
    order.refresh_from_db()
    return done


def pay_by(order: Order, provider: str, *, at: datetime, by: User | None = None) -> Payment:
    with transaction.atomic():
        locked = Order.objects.locked().get(pk=order.pk)
        if not locked.is_open:
            raise CannotAsk("closed")
        begun = locked.payments.waiting().filter(provider=provider).first()
        return begun or begin(locked, provider, at=at, by=by)


def begin(order: Order, provider: str, *, at: datetime, by: User | None = None) -> Payment:
    """For an order that is locked."""
    payment = order.payments.create(provider=provider, amount=order.total, currency=order.currency, created_at=at)
    payment.changes.create(at=at, by=by, became=payment.state)
    return payment
