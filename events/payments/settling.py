"""The one door to "paid": whoever learned of money, in whatever order and however often, it is counted once.

Lock order: order, payment, registrations, quotas, the year's counter of confirmations. Nothing here talks to anybody
outside.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from events.eligibility import Refused
from events.models.order import Order, OrderLine
from events.models.payment import LedgerEntry, Payment, Provider
from events.models.registration import IllegalTransition, Registration, State
from events.payments import confirming, ordering
from events.seats import quick, take_seats
from letters.models import Letter

if TYPE_CHECKING:
    from people.models import User

PAID = gettext_noop("paid")


def settle(
    reference: str,
    *,
    external_id: str,
    amount: int,
    currency: str,
    at: datetime,
    occurred_at: datetime | None = None,
    by: User | None = None,
    note: str = "",
) -> Payment:
    """Money came for the payment of this reference. Raises `Payment.DoesNotExist` or `Busy`."""
    with quick():
        found = Payment.objects.only("order_id").get(reference=reference)
        order = Order.objects.locked().get(pk=found.order_id)
        payment = order.payments.locked().get(pk=found.pk)
        book(order, payment, external_id, amount, currency, at=at, occurred_at=occurred_at or at, by=by, note=note)
    return payment


def receive(
    order: Order,
    amount: int,
    *,
    reference: str,
    at: datetime,
    by: User | None,
    note: str = "",
    provider: str = Provider.DESK,
    occurred_at: datetime | None = None,
) -> LedgerEntry:
    """Money came for an order by a way that knows no reference of ours but the order's code."""
    with quick():
        order = Order.objects.locked().get(pk=order.pk)
        of_way = order.payments.locked().filter(provider=provider).order_by("pk")
        payment = of_way.waiting().first() or of_way.last() or ordering.begin(order, provider, at=at, by=by)
        return book(
            order, payment, reference, amount, order.currency, at=at, occurred_at=occurred_at or at, by=by, note=note
        )


def book(
    order: Order,
    payment: Payment,
    external_id: str,
    amount: int,
    currency: str,
    *,
    at: datetime,
    occurred_at: datetime,
    by: User | None,
    note: str,
) -> LedgerEntry:
    """For an order and a payment that are locked: write the money down and act upon it, unless it is known."""
    entry, new = LedgerEntry.objects.get_or_create(
        provider=payment.provider,
        kind=LedgerEntry.Kind.IN,
        external_id=external_id,
        defaults={
            "payment": payment,
            "amount": amount,
            "currency": currency,
            "occurred_at": occurred_at,
            "booked_at": at,
            "by": by,
            "note": note,
        },
    )
    if not new and entry.payment_id != payment.pk:
        raise ordering.CannotAsk("reference_known")
    if not new:
        return entry
    payment.received += amount
    payment.save(update_fields=["received"])
    states = Payment.State
    if order.is_paid and order.paid_by_id == payment.pk:
        payment.become(payment.state, at=at, by=by, note=gettext_noop("more money came"))
        tell_finance(payment, entry)
    elif order.is_paid:
        payment.become(states.DOUBLE, at=at, by=by, note=note)
        tell_finance(payment, entry)
        if payment.provider == Provider.STRIPE:
            # Nobody decides about it: the seat is paid for, so the second payment is the payer's.
            payment.ask_back(amount, reason=gettext_noop("paid twice"), at=at, by=None, approved=True)
    elif currency != payment.currency or payment.balance != payment.amount or order.replaced_by_id is not None:
        payment.become(states.MISMATCH, at=at, by=by, note=note)
        tell_finance(payment, entry)
    else:
        pay(order, payment, at=at, by=by, note=note)
    return entry


def pay(order: Order, payment: Payment, *, at: datetime, by: User | None, note: str = "") -> None:
    """The order is paid: seats are confirmed in the order of its lines as long as there are any."""
    order.state, order.paid_at, order.paid_by = Order.State.PAID, at, payment
    order.save(update_fields=["state", "paid_at", "paid_by"])
    late = confirm(order, at=at, by=by, reason=note or PAID)
    payment.become(Payment.State.LATE if late else Payment.State.PAID, at=at, by=by, note=note)
    if payment.paid_at is None:
        payment.paid_at = at
        payment.save(update_fields=["paid_at"])
    if order.total:
        confirming.issue(order, payment, at=at, by=by)
    tell_payer("payment_received", order)
    if late:
        tell_payer("payment_late", order)
        tell_finance(payment)


def give(order: Order, *, at: datetime, by: User | None, reason: str) -> None:
    """Nothing is to be paid: for an order of this transaction."""
    order.state, order.paid_at = Order.State.PAID, at
    order.save(update_fields=["state", "paid_at"])
    confirm(order, at=at, by=by, reason=reason or gettext_noop("free of charge"))


def confirm(order: Order, *, at: datetime, by: User | None, reason: str) -> int:
    """Confirm every registration of the order that can be. How many were too late."""
    lines = list(order.lines.filter(state__in=[OrderLine.State.OPEN, OrderLine.State.LATE]).order_by("pk"))
    rows = Registration.objects.filter(pk__in=[line.registration_id for line in lines]).order_by("pk").locked()
    of_key = {row.pk: row for row in rows}
    late = 0
    for line in lines:
        done = seat(of_key[line.registration_id], at=at, by=by, reason=reason)
        line.state = OrderLine.State.CONFIRMED if done else OrderLine.State.LATE
        line.save(update_fields=["state"])
        late += not done
    return late


def seat(registration: Registration, *, at: datetime, by: User | None, reason: str) -> bool:
    """For a row that is locked: its seat if it is still kept, else a free one. False: there is none."""
    if registration.event.cancelled_at is not None or registration.state not in (State.UNPAID, State.EXPIRED):
        return False
    try:
        with transaction.atomic():
            if not (registration.state == State.UNPAID and registration._still_has_seat(at)):
                take_seats(registration.ticket_type, 1, at=at)
            registration._become(State.CONFIRMED, at=at, by=by, reason=reason)
    except (Refused, IntegrityError, IllegalTransition):
        # Full; or the person registered anew meanwhile, and has a seat or a place in the line by that.
        registration.refresh_from_db(fields=["state", "hold_until", "confirmed_at"])
        return False
    return True


def accept(payment: Payment, *, at: datetime, by: User, note: str) -> Payment:
    """A person takes the money as it came, of whatever amount, for the order. Raises `CannotAsk` or `Busy`."""
    with quick():
        order = Order.objects.locked().get(pk=payment.order_id)
        locked = order.payments.locked().get(pk=payment.pk)
        if locked.state != Payment.State.MISMATCH or order.is_paid:
            raise ordering.CannotAsk("closed")
        keys = list(order.lines.values_list("registration", flat=True))
        newer = Order.objects.filter(state=Order.State.OPEN, lines__registration__in=keys).exclude(pk=order.pk)
        for other in Order.objects.filter(pk__in=newer.values("pk")).order_by("pk").locked():
            ordering.replace(other, order)
            ordering.ask_who_is_left(other, keys, at=at, by=by)
        pay(order, locked, at=at, by=by, note=note)
    return locked


def admit(order: Order, *, at: datetime, by: User) -> int:
    """Try once more to seat who paid too late; the organiser makes room first. How many still have no seat."""
    with quick():
        locked = Order.objects.locked().get(pk=order.pk)
        late = confirm(locked, at=at, by=by, reason=PAID) if locked.is_paid else 0
        payment = locked.payments.locked().filter(state=Payment.State.LATE).first()
        if payment is not None and not late:
            payment.become(Payment.State.PAID, at=at, by=by, note=gettext_noop("seats were found"))
    return late


# ---------------------------------------------------------------- who is told


def tell_payer(kind: str, order: Order, *, once: str = "", **data) -> None:
    if order.erased_at is None:
        Letter.objects.post(
            kind,
            order.payer_email,
            language=order.language,
            about=order,
            data=data,
            once=once or f"{kind}:{order.token}",
        )


def tell_finance(payment: Payment, entry: LedgerEntry | None = None, *, cause: str = "") -> None:
    """Money that needs a decision, to whoever decides about it."""
    event = payment.order.event
    if address := event.payment_email or event.contact_email:
        cause = cause or (f"entry:{entry.pk}" if entry is not None else payment.state)
        Letter.objects.post(
            "payment_attention",
            address,
            language="vi",
            about=payment.order,
            data={"payment": payment.pk},
            once=f"payment_attention:{payment.reference}:{cause}",
        )


def tell_card_refused(order: Order, *, why: str) -> None:
    """Stripe will not take it the next time either: once for each event and cause, to whoever can mend it."""
    if address := order.event.payment_email or order.event.contact_email:
        once = f"card_refused:{order.event_id}:{why}"
        Letter.objects.post("card_refused", address, language="vi", about=order, data={"why": why}, once=once)
