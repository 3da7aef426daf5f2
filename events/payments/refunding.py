"""Money that goes back: promised first, approved by a second person where it is much, sent, and booked when it went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.models.confirmation import Confirmation
from events.models.order import Order, OrderLine
from events.models.payment import LedgerEntry, Payment, Refund
from events.models.registration import AlreadyInside
from events.payments import confirming, settling
from events.seats import quick

if TYPE_CHECKING:
    from people.models import User

SENTENCES = {
    "too_much": _("More than came, less what went back or is promised already, cannot be returned."),
    "nothing": _("Please give an amount of at least 1."),
    "reference_known": _("A transfer of this number was booked already."),
    "same_person": _("Somebody else has to approve what you asked for."),
    "not_now": _("This was decided meanwhile. Please look at it again."),
}


FAILED = ":failed"  # the ledger calls so what takes a refund back that failed after it was booked


class CannotRefund(Exception):
    """Nothing was promised or sent; `sentence` says why."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.reason])


def ask(
    payment: Payment,
    amount: int,
    *,
    reason: str,
    at: datetime,
    by: User | None,
    release: bool = False,
    approved: bool = False,
) -> Refund:
    with quick():
        order = Order.objects.locked().get(pk=payment.order_id)
        locked = order.payments.locked().get(pk=payment.pk)
        return promise(locked, amount, at=at, by=by, approved=approved, reason=reason, release=release)


def promise(locked: Payment, amount: int, *, at: datetime, by: User | None, approved: bool = False, **said) -> Refund:
    """For a payment that is locked."""
    if amount < 1:
        raise CannotRefund("nothing")
    if amount > locked.returnable():
        raise CannotRefund("too_much")
    # In all: many small ones are one large one.
    together = amount + locked.refunded + (locked.balance - locked.returnable())
    alone = approved or together <= settings.REFUND_SECOND_PERSON_ABOVE
    refund = locked.refunds.create(
        amount=amount,
        asked_at=at,
        asked_by=by,
        state=Refund.State.APPROVED if alone else Refund.State.ASKED,
        approved_at=at if alone else None,
        approved_by=by if alone else None,
        **said,
    )
    if alone:
        go(refund)
    return refund


def by_transfer(refund: Refund, *, at: datetime, by: User) -> Refund:
    """Stripe cannot send this money: it is closed, and the same is promised by bank transfer, whose number and sender
    are noted when it went. Whom the money goes to is chosen anew, so a second person may have to approve it anew.
    """
    with quick():
        failed = locked_refund(refund)
        if failed.state != Refund.State.FAILED or failed.is_by_hand:
            raise CannotRefund("not_now")
        failed.state = Refund.State.CANCELLED
        failed.save(update_fields=["state"])
        return promise(
            failed.payment, failed.amount, at=at, by=by, reason=failed.reason, release=failed.release, by_transfer=True
        )


def approve(refund: Refund, *, at: datetime, by: User) -> None:
    """Raises `CannotRefund`: nobody approves what they asked for themselves."""
    with quick():
        locked = locked_refund(refund)
        if locked.state != Refund.State.ASKED:
            raise CannotRefund("not_now")
        if locked.asked_by_id == by.pk:
            raise CannotRefund("same_person")
        locked.state, locked.approved_at, locked.approved_by = Refund.State.APPROVED, at, by
        locked.save(update_fields=["state", "approved_at", "approved_by"])
        go(locked)


def decline(refund: Refund, *, at: datetime, by: User) -> None:
    """It is not sent after all. Not once the provider was asked."""
    with quick():
        locked = locked_refund(refund)
        undecided = locked.state == Refund.State.ASKED
        by_hand = locked.state == Refund.State.APPROVED and locked.is_by_hand
        if not undecided and not by_hand and locked.state != Refund.State.FAILED:
            raise CannotRefund("not_now")
        locked.state, locked.approved_by = Refund.State.CANCELLED, by
        locked.save(update_fields=["state", "approved_by"])


def sent_by_hand(refund: Refund, *, reference: str, at: datetime, by: User) -> None:
    """A person has made the transfer; `reference` is the bank's."""
    with quick():
        locked = locked_refund(refund)
        if locked.state != Refund.State.APPROVED or not locked.is_by_hand:
            raise CannotRefund("not_now")
        booked = LedgerEntry.objects.filter(provider=locked.way, kind=LedgerEntry.Kind.REFUND)
        if booked.filter(external_id=reference).exists():
            raise CannotRefund("reference_known")
        done(locked, provider_id=reference, at=at, by=by)


def go(refund: Refund) -> None:
    """Stripe is asked by a task, after this transaction."""
    if not refund.is_by_hand:
        from events.payments.tasks import send_refund

        transaction.on_commit(lambda: send_refund.enqueue(refund.pk))


def locked_refund(refund: Refund) -> Refund:
    payment = Payment.objects.only("order_id").get(pk=refund.payment_id)
    Order.objects.locked().get(pk=payment.order_id)
    Payment.objects.locked().get(pk=payment.pk)
    return Refund.objects.select_related("payment__order__event").get(pk=refund.pk)


def done(
    refund: Refund, *, provider_id: str, at: datetime, by: User | None = None, occurred_at: datetime | None = None
) -> None:
    """For a refund whose payment is locked: the money has gone; book it, once."""
    payment = refund.payment
    _entry, new = LedgerEntry.objects.get_or_create(
        provider=refund.way,
        kind=LedgerEntry.Kind.REFUND,
        external_id=provider_id,
        defaults={
            "payment": payment,
            "amount": -refund.amount,
            "currency": payment.currency,
            "occurred_at": occurred_at or at,
            "booked_at": at,
            "by": by,
            "note": refund.reason,
        },
    )
    if not new:
        return
    refund.state, refund.done_at, refund.provider_id, refund.trouble = Refund.State.DONE, at, provider_id, ""
    refund.save(update_fields=["state", "done_at", "provider_id", "trouble"])
    payment.refunded += refund.amount
    payment.save(update_fields=["refunded"])
    if payment.balance == 0:
        payment.become(Payment.State.REFUNDED, at=at, by=by, note=refund.reason)
    elif payment.state == Payment.State.MISMATCH and payment.balance == payment.amount and not payment.order.is_paid:
        # What was too much has gone back; what was asked for is there.
        settling.pay(payment.order, payment, at=at, by=by, note=refund.reason)
    order = payment.order
    if order.paid_by_id == payment.pk:
        give_back_seats(order, payment, refund, at=at, by=by)
        if payment.balance == 0:
            confirming.money_went_back(order, at=at, by=by)
    if payment.state == Payment.State.LATE and payment.balance and not order.late_lines().exists():
        payment.become(Payment.State.PAID, at=at, by=by, note=refund.reason)
    settling.tell_payer("payment_refunded", order, once=f"payment_refunded:{refund.pk}", refund=refund.pk)


def give_back_seats(order: Order, payment: Payment, refund: Refund, *, at: datetime, by: User | None) -> None:
    """Who came too late has no seat to lose; the others keep theirs unless the refund says otherwise."""
    everything = payment.balance == 0
    for line in order.lines.select_related("registration").order_by("pk"):
        late = line.state == OrderLine.State.LATE
        if line.state == OrderLine.State.CONFIRMED and everything and refund.release:
            try:
                line.registration.cancel(at=at, by=by, reason=refund.reason)
            except AlreadyInside:
                continue
        elif not (late and (everything or refund.release)) and not (everything and refund.release):
            continue
        line.state = OrderLine.State.RETURNED
        line.save(update_fields=["state"])


def failed(refund: Refund, *, why: str, at: datetime) -> None:
    """For a refund whose payment is locked. One that was booked already is taken back by an entry of its own."""
    payment = refund.payment
    if refund.state == Refund.State.DONE:
        _entry, new = LedgerEntry.objects.get_or_create(
            provider=payment.provider,
            kind=LedgerEntry.Kind.IN,
            external_id=f"{refund.provider_id}{FAILED}",
            defaults={
                "payment": payment,
                "amount": refund.amount,
                "currency": payment.currency,
                "occurred_at": at,
                "booked_at": at,
                "note": why,
            },
        )
        if not new:
            return
        payment.received += refund.amount
        payment.save(update_fields=["received"])
        if payment.state == Payment.State.REFUNDED:
            payment.become(Payment.State.MISMATCH, at=at, note=why)
    refund.state, refund.trouble, refund.done_at = Refund.State.FAILED, why[:250], None
    refund.save(update_fields=["state", "trouble", "done_at"])
    settling.tell_finance(payment, cause=f"refund:{refund.pk}")


def taken_off(payments: Iterable[int]) -> dict[str, int]:
    """By the provider's number of a refund: how much of it is less than what a confirmation said had come. Money that
    no paper ever confirmed went back beside it.
    """
    papers = Confirmation.objects.filter(kind=Confirmation.Kind.PAID, order__paid_by__in=payments)
    confirmed = dict(papers.order_by("year", "number").values_list("order__paid_by", "amount"))
    entries = LedgerEntry.objects.filter(payment__in=confirmed).exclude(kind=LedgerEntry.Kind.DISPUTE).order_by("pk")
    of_payment: dict[int, list[LedgerEntry]] = {}
    for entry in entries:
        of_payment.setdefault(entry.payment_id, []).append(entry)
    off: dict[str, int] = {}
    for key, rows in of_payment.items():
        in_vain = {row.external_id.removesuffix(FAILED) for row in rows if row.external_id.endswith(FAILED)}
        balance, so_far = 0, 0
        for row in rows:
            if row.external_id.removesuffix(FAILED) in in_vain:
                continue
            balance += row.amount
            if row.kind == LedgerEntry.Kind.REFUND:
                off[row.external_id] = max(0, confirmed[key] - balance - so_far)
                so_far += off[row.external_id]
    return off
