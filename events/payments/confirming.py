"""Confirmations of payment: issued with the money, cancelled by a paper of their own, drawn on demand.

Lock order: order, payment, registrations, quotas, the counter of the year.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from certificates.pdf import render_paper
from content.templatetags.kit import vn_date, vn_datetime
from events.models.bank import BankAccount
from events.models.confirmation import Confirmation, ConfirmationCounter
from events.models.order import Order, Payer
from events.models.payment import LedgerEntry, Payment
from events.seats import quick
from letters.models import Letter
from people.models import AuditEntry
from people.text import nfc

if TYPE_CHECKING:
    from people.models import User

REFUNDED = gettext_noop("the money was returned")


class CannotConfirm(Exception):
    """The paper was cancelled meanwhile, or nothing is paid."""


def issue(
    order: Order,
    payment: Payment,
    *,
    at: datetime,
    by: User | None,
    amount: int | None = None,
) -> Confirmation:
    """`amount`: what the paper says in whose place this one is; refunds since then stand in a list of their own."""
    event = order.event
    lines = order.lines.select_related("registration").order_by("pk")
    entries = payment.entries.filter(kind=LedgerEntry.Kind.IN).order_by("occurred_at", "pk")
    return _write(
        order,
        at,
        kind=Confirmation.Kind.PAID,
        by=by,
        payer_name=order.payer_name,
        payer_address=order.payer_address,
        payer_tax_code=order.payer_tax_code,
        payer_email=order.payer_email,
        amount=payment.balance if amount is None else amount,
        currency=payment.currency,
        method=payment.provider,
        paid_at=order.paid_at,
        snapshot={
            "order": order.code,
            "event_vi": event.name_vi,
            "event_en": event.name_en,
            "organiser_vi": event.organiser_vi,
            "organiser_en": event.organiser_en,
            "asked_for": order.total,
            "sample": event.sample,
            "references": [entry.external_id for entry in entries],
            "lines": [
                {
                    "what_vi": line.what_vi,
                    "what_en": line.what_en,
                    "registration": line.registration_id,
                    "name": line.registration.full_name,
                    "price": line.price,
                    "amount": line.amount,
                }
                for line in lines
            ],
        },
    )


def _write(order: Order, at: datetime, **fields: Any) -> Confirmation:
    year = timezone.localtime(at).year
    return Confirmation.objects.create(
        order=order,
        year=year,
        number=ConfirmationCounter.next_number(year),
        issued_at=at,
        language=order.language,
        **fields,
    )


def cancel(order: Order, paper: Confirmation, *, reason: str, at: datetime, by: User | None) -> Confirmation:
    """By a paper of its own, for an order that is locked. Raises `CannotConfirm` for one that is cancelled already."""
    if not Confirmation.objects.valid().filter(pk=paper.pk).update(cancelled_at=at):
        raise CannotConfirm
    paper.cancelled_at = at
    AuditEntry.objects.record(by, "confirmation.cancelled", paper, number=str(paper))
    return _write(
        order,
        at,
        kind=Confirmation.Kind.CANCELLED,
        by=by,
        cancels=paper,
        reason=reason,
        payer_name=paper.payer_name,
        payer_address=paper.payer_address,
        payer_tax_code=paper.payer_tax_code,
        payer_email=paper.payer_email,
        amount=paper.amount,
        currency=paper.currency,
        method=paper.method,
        paid_at=paper.paid_at,
        snapshot=paper.snapshot | {"cancels": str(paper), "cancels_issued": paper.issued_at.isoformat()},
    )


def money_went_back(order: Order, *, at: datetime, by: User | None) -> None:
    """For an order that is locked: everything was returned, so nothing is confirmed any more."""
    if (paper := order.confirmations.valid().first()) is not None:
        cancel(order, paper, reason=REFUNDED, at=at, by=by)


def correct(paper: Confirmation, payer: Payer, *, reason: str, at: datetime, by: User | None) -> Confirmation:
    with quick():
        order = Order.objects.locked().get(pk=paper.order_id)
        if order.paid_by is None or order.erased_at is not None:
            raise CannotConfirm
        cancel(order, paper, reason=reason, at=at, by=by)
        order.payer_name, order.payer_email = " ".join(nfc(payer.name).split()), nfc(payer.email).strip().lower()
        order.payer_address, order.payer_tax_code = nfc(payer.address), payer.tax_code
        order.save(update_fields=["payer_name", "payer_email", "payer_address", "payer_tax_code"])
        new = issue(order, order.paid_by, at=at, by=by, amount=paper.amount)
        Letter.objects.post(
            "payment_corrected",
            order.payer_email,
            language=order.language,
            about=order,
            once=f"payment_corrected:{order.token}:{new.year}-{new.number}",
        )
    return new


# ---------------------------------------------------------------- on paper


def in_words(paper: Confirmation, name: str) -> str:
    said = paper.snapshot
    english = (translation.get_language() or "vi").startswith("en")
    return (english and said.get(f"{name}_en")) or said.get(f"{name}_vi", "")


def confirmation_pdf(paper: Confirmation) -> bytes:
    """A4, in the language of the order; always the same bytes for the same paper."""
    with translation.override(paper.language):
        english = (translation.get_language() or "vi").startswith("en")
        lines = [
            line | {"what": (english and line.get("what_en")) or line["what_vi"]} for line in paper.snapshot["lines"]
        ]
        return render_paper(
            "events/papers/confirmation.html",
            {
                "paper": paper,
                "is_cancellation": paper.kind == Confirmation.Kind.CANCELLED,
                "event_name": in_words(paper, "event"),
                "organiser": in_words(paper, "organiser"),
                "lines": lines,
                "order_code": paper.snapshot["order"],
                "references": paper.snapshot["references"],
                "asked_for": paper.snapshot["asked_for"],
                "issued": vn_date(paper.issued_at),
                "paid": vn_datetime(paper.paid_at),
                "cancels": paper.snapshot.get("cancels", ""),
                "cancels_issued": vn_date(datetime.fromisoformat(paper.snapshot["cancels_issued"]))
                if "cancels_issued" in paper.snapshot
                else "",
                "sample": paper.snapshot.get("sample"),
            },
            css="money.css",
        )


def transfer_pdf(order: Order, account: BankAccount, until: datetime | None) -> bytes:
    """The sheet for whoever pays at the counter, or lets the accountants pay."""
    from django.utils.translation import gettext

    with translation.override(order.language):
        transfer = account.transfer_for(order)
        return render_paper(
            "events/papers/transfer.html",
            {
                "order": order,
                "event": order.event,
                "account": account,
                "lines": list(order.lines.select_related("registration").order_by("pk")),
                "until": vn_datetime(until) if until else "",
                "qr_svg": transfer.svg(gettext("VietQR code of the transfer")) if transfer else "",
            },
            css="money.css",
        )
