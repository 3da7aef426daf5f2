"""Stripe Checkout: the only module that talks to Stripe, and the only one that knows its words.

Our row and its reference come first; what Stripe then answers, and what its messages say, are hints: `look` asks Stripe
for the truth and goes through `settling.settle`. Nothing here holds a transaction open while Stripe is asked.

Importing the library costs a quarter of a second and 33 MB, so it is imported where it is used.
"""

from __future__ import annotations

import json
import logging
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.db.models import Min, Q
from django.utils.translation import gettext_noop, override

from events.models.order import Order
from events.models.payment import Dispute, LedgerEntry, Payment, PaymentChange, Provider, ProviderEvent, Refund
from events.models.registration import Registration, State
from events.payments import ordering, refunding, settling
from events.payments.refunding import FAILED
from events.seats import quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    import stripe

logger = logging.getLogger(__name__)

SECONDS = 10
SIGNED_AT_MOST = 300  # seconds ago: a message that was caught on its way cannot be sent again later
# Stripe closes a session 30 minutes after it was made at the earliest; the rest is for a request that is repeated.
SESSION_LASTS, SESSION_LASTS_AT_LEAST = timedelta(minutes=35), timedelta(minutes=31)
HELD_BEYOND = timedelta(minutes=10)  # what is paid in the last second is known some time later
PROCESSING_LASTS = timedelta(days=3)  # the longest that a seat is kept for money on its way
TOGETHER = 40  # tickets of one card payment: each is named in the session, and Stripe keeps fifty names
LOOK_EVERY = timedelta(minutes=5)

SESSION_TYPES = {
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
}
REFUND_TYPES = {"charge.refunded", "refund.created", "refund.updated", "refund.failed"}
DISPUTE_TYPES = {
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
}


class Away(Exception):
    """Stripe did not answer, or not yet; nothing is lost, and asking again later is right."""


class Barred(Away):
    """Stripe does not know our key, or the key may not do it: asking again changes nothing."""


class BadMessage(Exception):
    """What came to the webhook is not a message of Stripe's."""


class Unknown(Exception):
    """Money came for something that is not written down here."""


def is_on() -> bool:
    return bool(settings.STRIPE_SECRET_KEY)


def client() -> stripe.StripeClient:
    import stripe

    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        http_client=stripe.RequestsClient(timeout=SECONDS),
        max_network_retries=2,
        base_addresses={"api": settings.STRIPE_API_URL} if settings.STRIPE_API_URL else None,
    )


@contextmanager
def asking() -> Iterator[stripe.StripeClient]:
    """Whatever keeps Stripe from answering is `Away`; what it refuses is our fault and stays its own error."""
    import stripe

    try:
        yield client()
    except stripe.IdempotencyError as error:
        raise Away from error
    except stripe.InvalidRequestError:
        raise
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        logger.error("Stripe: %s", type(error).__name__)
        raise Barred(type(error).__name__) from error
    except stripe.StripeError as error:
        logger.error("Stripe: %s", type(error).__name__)
        raise Away from error


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# ---------------------------------------------------------------- paying


def checkout(order: Order, *, at: datetime) -> str:
    """The address of the page where this order is paid by card; asked again, it is the same page while it is open.

    Raises `Away`, or `CannotAsk` when the order is closed or paid meanwhile, its seats are gone or cannot be kept long
    enough, or Stripe does not take it.
    """
    import stripe

    if order.lines.count() > TOGETHER:
        raise ordering.CannotAsk("too_many")
    payment = order.pay_by(Provider.STRIPE, at=at)
    if payment.session_id:
        try:
            session = look(payment.session_id, at=at)
        except stripe.InvalidRequestError:  # of another account or key: nobody can pay by it
            end(payment, Payment.State.FAILED, at=at)
        else:
            payment.refresh_from_db()
            if session.status == "open" and session.url:
                return session.url
            if payment.state != Payment.State.EXPIRED:
                raise ordering.CannotAsk("on_its_way")
        payment = order.pay_by(Provider.STRIPE, at=at)
    payment = keep_seats(payment, at=at)
    try:
        with asking() as stripe_client:
            session = stripe_client.v1.checkout.sessions.create(
                asked_for(payment), {"idempotency_key": f"pay-{payment.reference}"}
            )
    except (stripe.InvalidRequestError, Barred) as error:
        end(payment, Payment.State.FAILED, at=at, note=gettext_noop("Stripe did not take it"))
        if payment.session_expires_at and payment.session_expires_at < at + SESSION_LASTS_AT_LEAST:
            raise Away from None  # the end that was written down with it is too near by now: begun anew, it is taken
        settling.tell_card_refused(order, why=str(getattr(error, "code", "") or error)[:100])
        raise ordering.CannotAsk("card_refused") from None
    Payment.objects.filter(pk=payment.pk).update(session_id=session.id)
    if not session.url:
        raise Away
    return session.url


def keep_seats(payment: Payment, *, at: datetime) -> Payment:
    """The seats are kept a little longer than the session is open. For this a hold is prolonged once, so that nobody
    keeps a seat by pressing the button again and again; a later session has to end with the hold.
    """
    with quick():
        order = Order.objects.locked().get(pk=payment.order_id)
        locked = order.payments.locked().get(pk=payment.pk)
        rows = list(Registration.objects.filter(order_lines__order=order).order_by("pk").locked())
        if any(row.state != State.UNPAID or not row.is_held(at) for row in rows):
            raise ordering.CannotAsk("seats_gone")
        if locked.session_expires_at is None:
            # As the event's clock says: of one that is postponed the holds stand still.
            ends, left = at + SESSION_LASTS, min(row.hold_until or at for row in rows) - order.event.clock(at)
            if left < SESSION_LASTS + HELD_BEYOND:
                locked.prolongs = not Payment.objects.filter(
                    order__lines__registration__in=rows, prolongs=True
                ).exists()
                ends = ends if locked.prolongs else at + left - HELD_BEYOND
            if ends < at + SESSION_LASTS_AT_LEAST:
                raise ordering.CannotAsk("too_late_for_card")
            locked.session_expires_at = ends.replace(microsecond=0)
            locked.save(update_fields=["session_expires_at", "prolongs"])
        if locked.prolongs:
            prolong(rows, locked.session_expires_at + HELD_BEYOND)
    return locked


def prolong(rows: Any, until: datetime) -> None:
    """For rows that are locked: hold their seats at least until then, but not beyond the event."""
    for row in rows:
        end_of_hold = min(until, row.event.ends_at)
        if row.state == State.UNPAID and row.hold_until and row.hold_until < end_of_hold:
            row.hold_until = end_of_hold
            row.save(update_fields=["hold_until"])


def asked_for(payment: Payment) -> Any:
    """What a session is made of. From the rows alone, so that asking twice is asking the same."""
    order = payment.order
    lines = list(order.lines.select_related("registration").order_by("pk"))
    names = {
        "reference": payment.reference,
        "order": order.code,
        "event": order.event.slug,
        # What rebuilds the order after a restore: who (the key of the form), what, for how much.
        **{
            f"line{number}": f"{line.registration.form_key}:{line.registration.ticket_type_id}:{line.amount}"
            for number, line in enumerate(lines)
        },
    }
    page = f"{settings.SITE_URL}{order.get_absolute_url()}"
    with override(order.language):
        items = [
            {
                "quantity": 1,
                "price_data": {
                    "currency": payment.currency,
                    "unit_amount": line.amount,
                    "product_data": {"name": f"{line.what}: {order.event.name}"[:250]},
                },
            }
            for line in lines
            if line.amount
        ]
    return {
        "mode": "payment",
        "client_reference_id": payment.reference,
        "customer_email": order.payer_email,
        "locale": "vi" if order.language == "vi" else "en",
        "submit_type": "book",
        "line_items": items,
        "metadata": names,
        "payment_intent_data": {"metadata": names, "description": f"{order.code} {order.event.name}"[:500]},
        "adaptive_pricing": {"enabled": False},
        "expires_at": int(payment.session_expires_at.timestamp()) if payment.session_expires_at else 0,
        "success_url": f"{page}da-tra/?s={{CHECKOUT_SESSION_ID}}",
        "cancel_url": page,
    }


# ---------------------------------------------------------------- what became of it


def look(session_id: str, *, at: datetime) -> stripe.checkout.Session:
    """Ask Stripe what became of a session, and act upon it. Raises `Away`, `Unknown` or `Busy`."""
    with asking() as stripe_client:
        session = stripe_client.v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent.latest_charge"]})
    take(session, at=at)
    return session


def take(session: stripe.checkout.Session, *, at: datetime) -> Payment:
    reference = session.client_reference_id or ""
    payment = Payment.objects.filter(reference=reference, provider=Provider.STRIPE).first()
    if payment is None:
        raise Unknown(reference)
    if payment.session_id != session.id and payment.session_id is None:
        Payment.objects.filter(pk=payment.pk, session_id=None).update(session_id=session.id)
    Payment.objects.filter(pk=payment.pk).update(asked_at=at)
    if session.payment_status == "paid":
        return settling.settle(
            reference,
            external_id=intent_of(session),
            amount=session.amount_total or 0,
            currency=session.currency or "",
            at=at,
            occurred_at=taken_at(session),
        )
    if session.status == "expired":
        end(payment, Payment.State.EXPIRED, at=at)
    elif session.status == "complete":
        intent = session.payment_intent
        status = getattr(intent, "status", "") if not isinstance(intent, str) else ""
        if status in ("requires_payment_method", "canceled"):
            end(payment, Payment.State.FAILED, at=at)
        else:
            on_its_way(payment, at=at)
    payment.refresh_from_db()
    return payment


def intent_of(session: stripe.checkout.Session) -> str:
    intent = session.payment_intent
    return intent if isinstance(intent, str) else intent.id if intent is not None else session.id


def taken_at(session: stripe.checkout.Session) -> datetime | None:
    """When the money was taken: the day it belongs to, however late we learn of it."""
    charge = getattr(session.payment_intent, "latest_charge", None)
    return moment(charge.created) if charge is not None and not isinstance(charge, str) else None


def end(payment: Payment, state: str, *, at: datetime, note: str = "") -> None:
    """It came to nothing. Never undoes what came to something."""
    with quick():
        Order.objects.locked().get(pk=payment.order_id)
        locked = Payment.objects.locked().get(pk=payment.pk)
        if locked.state in Payment.WAITING:
            locked.become(state, at=at, note=note)


def on_its_way(payment: Payment, *, at: datetime) -> None:
    """The payer has done their part and the bank takes its time: the seats are kept meanwhile, within reason."""
    with quick():
        order = Order.objects.locked().get(pk=payment.order_id)
        locked = order.payments.locked().get(pk=payment.pk)
        if locked.state not in Payment.WAITING:
            return
        if locked.state == Payment.State.OPEN:
            locked.become(Payment.State.PROCESSING, at=at)
        rows = list(Registration.objects.filter(order_lines__order=order).order_by("pk").locked())
        # Since money for these seats was on its way for the first time, whatever became of that.
        on_their_way = PaymentChange.objects.filter(payment__order__lines__registration__in=rows)
        first = on_their_way.filter(became=Payment.State.PROCESSING).aggregate(at=Min("at"))["at"]
        if at < first + PROCESSING_LASTS:
            prolong([row for row in rows if row.is_held(at)], at + timedelta(hours=2))


def close(payment: Payment, *, at: datetime) -> None:
    """Nobody is to pay by this session any more; if somebody has, it is counted."""
    import stripe

    if not payment.session_id:
        end(payment, Payment.State.EXPIRED, at=at)
        return
    try:
        with asking() as stripe_client:
            stripe_client.v1.checkout.sessions.expire(payment.session_id)
    except stripe.InvalidRequestError:
        pass  # only an open one can be closed
    look(payment.session_id, at=at)


# ---------------------------------------------------------------- the clock


def reconcile(at: datetime, since: datetime | None = None) -> dict[str, int]:
    """What we know against what Stripe knows, both ways. `since`: after a restore, from when on; else the last hours.

    First the sessions that Stripe calls complete, also those whose number was never written down here. Then every
    payment of ours that still waits. Raises `Away`.
    """
    import stripe as library

    result = {"seen": 0, "settled": 0, "rebuilt": 0, "unknown": 0, "ended": 0}
    begun = (since or at - timedelta(hours=6)) - timedelta(hours=24)  # a session may be a day older than its payment
    with asking() as stripe_client:
        listed = stripe_client.v1.checkout.sessions.list(
            {
                "created": {"gte": int(begun.timestamp())},
                "status": "complete",
                "limit": 100,
                "expand": ["data.payment_intent.latest_charge"],
            }
        )
        # First come, first served, also after a restore; Stripe lists the latest first.
        complete = sorted(listed.auto_paging_iter(), key=lambda session: session.created)
    intents = [intent_of(session) for session in complete]
    known = set(
        LedgerEntry.objects.filter(
            provider=Provider.STRIPE, kind=LedgerEntry.Kind.IN, external_id__in=intents
        ).values_list("external_id", flat=True)
    )
    for session in complete:
        result["seen"] += 1
        if session.payment_status != "paid" or intent_of(session) in known:
            continue
        try:
            payment = take(session, at=at)
        except Unknown:
            from events.payments import restoring

            try:
                done = since is not None and restoring.rebuild(session, at=at)
            except (LookupError, ValueError, TypeError, ObjectDoesNotExist, IntegrityError):
                logger.exception("Stripe session %s cannot be rebuilt", session.id)
                done = False
            result["rebuilt" if done else "unknown"] += 1
            if not done:
                logger.error("money for an unknown payment: Stripe session %s", session.id)
            continue
        result["settled"] += payment.state == Payment.State.PAID
    for payment in waiting(at):
        before = payment.state
        if payment.order.state == Order.State.VOID or not payment.session_id or overdue(payment, at):
            if payment.session_id or payment.session_expires_at is None or at > payment.session_expires_at:
                close(payment, at=at)
        else:
            try:
                look(payment.session_id, at=at)
            except library.InvalidRequestError:  # a session of another account or key: nobody can pay by it
                logger.warning("Stripe does not know session %s", payment.session_id)
                end(payment, Payment.State.FAILED, at=at)
        payment.refresh_from_db()
        result["settled"] += payment.state == Payment.State.PAID
        result["ended"] += payment.state != before and payment.state in (Payment.State.EXPIRED, Payment.State.FAILED)
    look_at_lost_refunds(begun, at=at)
    look_at_lost_disputes(begun, at=at)
    return result


def look_at_lost_refunds(since: datetime, *, at: datetime) -> None:
    """Refunds of which no message came: those that Stripe calls otherwise than we do, and those on their way."""
    with asking() as stripe_client:
        listed = stripe_client.v1.refunds.list({"created": {"gte": int(since.timestamp())}, "limit": 100})
        theirs = list(listed.auto_paging_iter())
    ours = dict(Refund.objects.filter(provider_id__in=[one.id for one in theirs]).values_list("provider_id", "state"))
    in_vain = [Refund.State.FAILED, Refund.State.CANCELLED]  # the second: a person has closed it since
    said = {"succeeded": [Refund.State.DONE], "failed": in_vain, "canceled": in_vain}
    other = {one.payment_intent for one in theirs if ours.get(one.id) not in said.get(one.status or "", [])}
    came = LedgerEntry.objects.filter(provider=Provider.STRIPE, kind=LedgerEntry.Kind.IN)
    sent = Refund.objects.filter(state=Refund.State.SENT, payment__provider=Provider.STRIPE).values("payment")
    for intent in came.filter(Q(external_id__in=other) | Q(payment__in=sent)).values_list("external_id", flat=True):
        if not intent.endswith(FAILED):
            look_at_refunds(intent, at=at)


def look_at_lost_disputes(since: datetime, *, at: datetime) -> None:
    """Disputes of which no message came, and what has become of those that are open here."""
    oldest = Dispute.objects.filter(closed_at=None).aggregate(first=Min("opened_at"))["first"]
    begun = min(since, oldest) if oldest else since
    with asking() as stripe_client:
        listed = stripe_client.v1.disputes.list({"created": {"gte": int(begun.timestamp())}, "limit": 100})
        theirs = list(listed.auto_paging_iter())
    known = dict(
        Dispute.objects.filter(provider_id__in=[one.id for one in theirs]).values_list("provider_id", "status")
    )
    movements = {movement.id for one in theirs for movement in one.balance_transactions}
    booked = set(
        LedgerEntry.objects.filter(kind=LedgerEntry.Kind.DISPUTE, external_id__in=movements).values_list(
            "external_id", flat=True
        )
    )
    for one in theirs:
        if known.get(one.id) == one.status and booked.issuperset(movement.id for movement in one.balance_transactions):
            continue
        try:
            note_dispute(one, at=at)
        except Unknown:
            logger.error("a dispute about money that is not written down here: %s", one.id)


def waiting(at: datetime) -> list[Payment]:
    asked_long_ago = Q(asked_at=None) | Q(asked_at__lte=at - LOOK_EVERY)
    mine = Payment.objects.waiting().filter(asked_long_ago, provider=Provider.STRIPE, created_at__lte=at - LOOK_EVERY)
    return list(mine.select_related("order__event").order_by("pk")[:200])


def overdue(payment: Payment, at: datetime) -> bool:
    """The seats will soon be given back: whoever has not paid by now shall not."""
    until = payment.order.hold_until()
    return payment.state == Payment.State.OPEN and (
        until is None or until - timedelta(minutes=5) <= payment.order.event.clock(at)
    )


def day(begins: datetime, ends: datetime) -> dict[str, Any]:
    """What Stripe says was taken and sent back between two moments, and where our books differ. Raises `Away`.

    Ours go by the same moments: a payment of late evening of which we learned after midnight belongs to the evening.
    """
    span: Any = {"created": {"gte": int(begins.timestamp()), "lt": int(ends.timestamp())}, "limit": 100}
    with asking() as stripe_client:
        charges = stripe_client.v1.charges.list(span).auto_paging_iter()
        came = {str(one.payment_intent or one.id): one.amount for one in charges if one.status == "succeeded"}
        refunds = stripe_client.v1.refunds.list(span).auto_paging_iter()
        went = {one.id: -one.amount for one in refunds if one.status not in ("failed", "canceled")}
    theirs = came | went
    mine = LedgerEntry.objects.filter(provider=Provider.STRIPE).exclude(kind=LedgerEntry.Kind.DISPUTE)
    known = set(mine.filter(external_id__in=theirs).values_list("external_id", flat=True))
    # A refund that failed later stands in our books twice, there and back; Stripe only calls it failed.
    failed = mine.filter(external_id__endswith=FAILED).values_list("external_id", flat=True)
    in_vain = {key for one in failed for key in (one, one.removesuffix(FAILED))}
    here = mine.filter(occurred_at__gte=begins, occurred_at__lt=ends).select_related("payment")
    return {
        "came": sum(came.values()),
        "went": -sum(went.values()),
        "number": len(came),
        "unknown": [{"id": key, "amount": amount} for key, amount in theirs.items() if key not in known],
        "missing": [entry for entry in here if entry.external_id not in theirs and entry.external_id not in in_vain],
    }


# ---------------------------------------------------------------- messages


def message(body: bytes, signature: str) -> tuple[str, str]:
    """(number, type) of a message that Stripe has signed; whatever else came raises `BadMessage`."""
    import stripe

    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(body, signature, secret, tolerance=SIGNED_AT_MOST)
            # The library looks back only; what claims to come from the future was not signed just now either.
            if int(signature.partition("t=")[2].partition(",")[0]) <= time.time() + SIGNED_AT_MOST:
                break
        except Exception:  # noqa: S112 - bytes from anybody: no kind of them may be an error of ours
            continue
    else:
        raise BadMessage
    try:
        said = json.loads(body)
        number, kind, live = said["id"], said["type"], said["livemode"]
        subject = said["data"]["object"]["id"]
    except Exception as error:
        raise BadMessage from error
    texts = all(isinstance(value, str) and value for value in (number, kind, subject))
    if (
        said.get("object") != "event"
        or not texts
        or not (number.isascii() and kind.isascii())
        or len(number) > 200
        or len(kind) > 100
    ):
        raise BadMessage
    if live is not settings.STRIPE_SECRET_KEY.startswith(("sk_live", "rk_live")):
        raise BadMessage
    if "\x00" in body.decode("utf-8", "ignore") or "\\u0000" in body.decode("utf-8", "ignore"):
        raise BadMessage
    return number, kind


def act(event: ProviderEvent, *, at: datetime) -> None:
    """Do what a message asks for: look at what it is about. Raises `Away`, `Unknown` or `Busy`."""
    about = json.loads(event.body)["data"]["object"]
    if event.kind in SESSION_TYPES:
        look(about["id"], at=at)
    elif event.kind in REFUND_TYPES:
        intent = about.get("payment_intent")
        if isinstance(intent, str):
            look_at_refunds(intent, at=at)
    elif event.kind in DISPUTE_TYPES:
        look_at_dispute(about["id"], at=at)


def payment_of(intent: str) -> Payment:
    entry = LedgerEntry.objects.filter(provider=Provider.STRIPE, kind=LedgerEntry.Kind.IN, external_id=intent).first()
    if entry is None:
        raise Unknown(intent)
    return entry.payment


# ---------------------------------------------------------------- refunds


def send_refund(refund: Refund, *, at: datetime) -> None:
    """Ask Stripe to send money back. Asked twice, it is one refund. Raises `Away`."""
    import stripe

    entry = refund.payment.entries.filter(kind=LedgerEntry.Kind.IN).exclude(external_id__endswith=FAILED).first()
    if refund.state != Refund.State.APPROVED or refund.is_by_hand or entry is None:
        return
    try:
        with asking() as stripe_client:
            theirs = stripe_client.v1.refunds.create(
                {
                    "payment_intent": entry.external_id,
                    "amount": refund.amount,
                    "reason": "requested_by_customer",
                    "metadata": {"refund": str(refund.pk), "why": refund.reason[:400]},
                },
                {"idempotency_key": f"refund-{refund.payment.reference}-{refund.pk}"},
            )
    except stripe.InvalidRequestError as error:
        with quick():
            locked = refunding.locked_refund(refund)
            refunding.failed(locked, why=str(error.user_message or error.code or "")[:250], at=at)
        return
    note_refund(theirs, refund, at=at)


def look_at_refunds(intent: str, *, at: datetime) -> None:
    """All refunds of a payment as Stripe has them; those made in its dashboard are written down too."""
    payment = payment_of(intent)
    with asking() as stripe_client:
        theirs = list(stripe_client.v1.refunds.list({"payment_intent": intent, "limit": 100}).auto_paging_iter())
    for one in theirs:
        note_refund(one, ours(one, payment, at=at), at=at)


def ours(theirs: stripe.Refund, payment: Payment, *, at: datetime) -> Refund:
    """The row of a refund of Stripe's; a new one when it was made in Stripe's dashboard."""
    known = payment.refunds.filter(provider_id=theirs.id).first()
    if known is None and (number := (theirs.metadata or {}).to_dict().get("refund") if theirs.metadata else None):
        known = payment.refunds.filter(pk=number, provider_id=None).first() if str(number).isdecimal() else None
    if known is not None:
        return known
    try:
        return payment.refunds.create(
            amount=theirs.amount,
            reason="Stripe",
            state=Refund.State.SENT,
            asked_at=at,
            approved_at=at,
            provider_id=theirs.id,
        )
    except IntegrityError:
        return payment.refunds.get(provider_id=theirs.id)


def note_refund(theirs: stripe.Refund, refund: Refund, *, at: datetime) -> None:
    with quick():
        locked = refunding.locked_refund(refund)
        if theirs.status == "succeeded":
            refunding.done(locked, provider_id=theirs.id, at=at, occurred_at=moment(theirs.created))
        elif theirs.status in ("failed", "canceled"):
            locked.provider_id = theirs.id
            locked.save(update_fields=["provider_id"])
            if locked.state not in (Refund.State.FAILED, Refund.State.CANCELLED):
                refunding.failed(locked, why=theirs.failure_reason or theirs.status or "", at=at)
        elif locked.state in (Refund.State.APPROVED, Refund.State.SENT):
            locked.state, locked.provider_id = Refund.State.SENT, theirs.id
            locked.save(update_fields=["state", "provider_id"])


# ---------------------------------------------------------------- disputes

CLOSED = {"won", "lost", "warning_closed", "prevented"}


def look_at_dispute(key: str, *, at: datetime) -> None:
    with asking() as stripe_client:
        theirs = stripe_client.v1.disputes.retrieve(key)
    note_dispute(theirs, at=at)


def note_dispute(theirs: stripe.Dispute, *, at: datetime) -> None:
    """Write down what Stripe says of a dispute. Raises `Unknown` or `Busy`."""
    intent = theirs.payment_intent
    payment = payment_of(intent if isinstance(intent, str) else getattr(intent, "id", ""))
    due = theirs.evidence_details.due_by
    with quick():
        Order.objects.locked().get(pk=payment.order_id)
        locked = Payment.objects.locked().get(pk=payment.pk)
        said = {
            "payment": locked,
            "amount": theirs.amount,
            "currency": theirs.currency,
            "status": theirs.status,
            "reason": theirs.reason,
            "due_by": moment(due) if due else None,
            "closed_at": at if theirs.status in CLOSED else None,
        }
        dispute, new = Dispute.objects.update_or_create(
            provider_id=theirs.id, defaults=said, create_defaults=said | {"opened_at": moment(theirs.created)}
        )
        # What the bank took, and perhaps gave back, is money that moved.
        for movement in theirs.balance_transactions:
            LedgerEntry.objects.get_or_create(
                provider=Provider.STRIPE,
                kind=LedgerEntry.Kind.DISPUTE,
                external_id=movement.id,
                defaults={
                    "payment": locked,
                    "amount": movement.amount,
                    "currency": movement.currency,
                    "occurred_at": moment(movement.created),
                    "booked_at": at,
                    "note": dispute.reason,
                },
            )
        if new:
            locked.become(locked.state, at=at, note=gettext_noop("the bank disputes this payment"))
            settling.tell_finance(locked, cause=f"dispute:{theirs.id}")


__all__ = ["Away", "BadMessage", "Unknown", "act", "checkout", "is_on", "look", "message", "reconcile", "send_refund"]
