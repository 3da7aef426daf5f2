"""What this app keeps about a person: registrations with all that hangs on them, and delegations they coordinate."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import holders, retention
from events.models import BankLine, Confirmation, Delegation, Order, ProviderEvent, Registration, Scan
from events.models.question import Answer
from people.holdings import Holding, Row, Subject, named, told
from people.models import User

REGISTRATION = (
    "event",
    "ticket_type",
    "full_name",
    "email",
    "phone",
    "organisation",
    "position",
    "unit",
    "salutation",
    "rank",
    "seating",
    "gate_note",
    "language",
    "state",
    "source",
    "created_at",
    "confirmed_at",
    "cancelled_at",
    "code",
    "certificate",
)
SCAN = ("at", "gate", "result", "undone_at")
DELEGATION = ("event", "name", "coordinator_name", "coordinator_email", "size", "release_at", "created_at")
ORDER = (
    "event",
    "code",
    "state",
    "total",
    "payer_name",
    "payer_email",
    "payer_address",
    "payer_tax_code",
    "created_at",
    "paid_at",
)
CONFIRMATION = (
    "number",
    "kind",
    "payer_name",
    "payer_address",
    "payer_tax_code",
    "payer_email",
    "amount",
    "issued_at",
    "cancelled_at",
)
MESSAGE = ("provider", "kind", "received_at", "done_at", "body")
TRANSFER = ("day", "amount", "text", "name", "reference", "state")


def mine(subject: Subject):
    return Registration.objects.of_address(subject.email).order_by("created_at", "pk")


def registrations(subject: Subject) -> list[Row]:
    rows = mine(subject).select_related("event", "ticket_type", "unit", "certificate")
    return [told(row, *REGISTRATION) for row in rows]


def erase_registrations(subject: Subject, at: datetime, by: User | None) -> int:
    return retention.erase_person(subject.email, at=at, by=by)


def scans(subject: Subject) -> list[Row]:
    rows = Scan.objects.filter(registration__in=mine(subject)).select_related("registration__event")
    return [
        {"event": str(row.registration.event), "full_name": row.registration.full_name} | told(row, *SCAN)
        for row in rows.order_by("at", "pk")
    ]


def changes(subject: Subject) -> list[Row]:
    """Also of tickets that were handed on: the part of whoever asks, and never the other holder's words."""
    rows = []
    for registration in holders.registrations_of(subject.email).select_related("event"):
        for told_part in holders.history_of(registration, subject.email):
            change = told_part.change
            change.corrected = told_part.words()
            rows.append(
                {
                    "event": str(registration.event),
                    "full_name": told_part.full_name,
                    "at": change.at,
                    "state": change.get_became_display(),
                    "corrected": "; ".join(
                        f"{label}: {old or '–'} → {new or '–'}" for label, old, new in change.corrected_fields
                    ),
                    "reason": change.said,
                }
            )
    return sorted(rows, key=lambda row: row["at"])


def erase_changes(subject: Subject, at: datetime, by: User | None) -> int:
    """What a registration that is somebody else's now still says of this person."""
    return retention.erase_former_holder(subject.email)


def answers(subject: Subject) -> list[Row]:
    rows = Answer.objects.filter(registration__in=mine(subject)).select_related("registration__event", "version")
    return [
        {
            "event": str(row.registration.event),
            "full_name": row.registration.full_name,
            "question": row.version.label,
            "answer": row.text,
            "at": row.at,
        }
        for row in rows
    ]


def delegations(subject: Subject) -> list[Row]:
    return [told(row, *DELEGATION) for row in coordinated(subject).select_related("event")]


def coordinated(subject: Subject):
    return Delegation.objects.filter(coordinator_email__iexact=subject.email)


def erase_coordinator(subject: Subject, at: datetime, by: User | None) -> int:
    rows = list(coordinated(subject))
    for row in rows:
        retention.erase_coordinator(row)
    return len(rows)


def orders(subject: Subject) -> list[Row]:
    return [told(row, *ORDER) for row in paid_by(subject).select_related("event").order_by("created_at", "pk")]


def paid_by(subject: Subject):
    return Order.objects.filter(payer_email__iexact=subject.email)


def confirmations(subject: Subject) -> list[Row]:
    rows = Confirmation.objects.filter(order__in=paid_by(subject)).order_by("year", "number")
    return [told(row, *CONFIRMATION) for row in rows]


def transfers(subject: Subject) -> list[Row]:
    """Those that stand in an order of theirs; nobody can tell whose the others are."""
    rows = BankLine.objects.filter(order__in=paid_by(subject)).order_by("day", "pk")
    return [told(row, *TRANSFER) for row in rows]


def messages(subject: Subject) -> list[Row]:
    return [told(row, *MESSAGE) for row in messages_about(subject).order_by("received_at", "pk")]


def messages_about(subject: Subject):
    """Those in whose words their address stands, or an order of theirs."""
    mine = paid_by(subject)
    codes, references = mine.values_list("code", flat=True), mine.values_list("payments__reference", flat=True)
    return ProviderEvent.objects.that_name([subject.email, *codes, *references])


def erase_messages(subject: Subject, at: datetime, by: User | None) -> int:
    return messages_about(subject).exclude(done_at=None).delete()[0]


def erase_payer(subject: Subject, at: datetime, by: User | None) -> int:
    with transaction.atomic():
        return retention.erase_payers(paid_by(subject), at)


WHOSE = {"event": _("event"), "full_name": _("full name")}
WHEN = pgettext_lazy("people", "when")
WITH_IT = _("Emptied with the registration: who corrected what and when stays, the words do not.")

HOLDINGS = [
    Holding(
        key="registrations",
        name=pgettext_lazy("personal data", "Registrations"),
        find=registrations,
        labels=lambda: named(Registration, *REGISTRATION),
        erase=erase_registrations,
        kept=_(
            "Emptied; the seat of a coming event is given back. The row stays as a number without a name,"
            " a certificate that was handed out stays as it is."
        ),
    ),
    Holding(
        key="answers",
        name=_("Answers"),
        find=answers,
        labels=lambda: WHOSE | {"question": _("question"), "answer": _("answer"), "at": WHEN},
        kept=_("Deleted with the registration."),
    ),
    Holding(
        key="registration_changes",
        name=_("History of registrations"),
        find=changes,
        labels=lambda: WHOSE | {"at": WHEN, "state": _("state"), "corrected": _("corrected"), "reason": _("reason")},
        erase=erase_changes,
        kept=WITH_IT,
    ),
    Holding(
        key="scans",
        name=_("Readings at the gate"),
        find=scans,
        labels=lambda: WHOSE | named(Scan, *SCAN),
        kept=_("Stay as numbers: the registration they belong to has no name any more."),
    ),
    Holding(
        key="provider_messages",  # before the orders: it is by them that a message is known
        name=_("Messages of providers"),
        find=messages,
        labels=lambda: named(ProviderEvent, *MESSAGE),
        erase=erase_messages,
        kept=_("Deleted. Those not acted upon yet stay until they are, at most 92 days after they came."),
    ),
    Holding(
        key="orders",
        name=_("Payments"),
        find=orders,
        labels=lambda: named(Order, *ORDER),
        erase=erase_payer,
        kept=_("Amounts, dates and numbers stay in the books; name, address and tax code of the payer are erased."),
    ),
    Holding(
        key="confirmations",
        name=_("Confirmations of payment"),
        find=confirmations,
        labels=lambda: named(Confirmation, *CONFIRMATION),
        kept=_("Number, date and amount stay in the books; the payer is erased with the order."),
    ),
    Holding(
        key="transfers",
        name=_("Transfers received"),
        find=transfers,
        labels=lambda: named(BankLine, *TRANSFER),
        kept=_("Date, amount and number stay in the books; text and sender are erased with the order."),
    ),
    Holding(
        key="delegations",
        name=_("Delegations coordinated"),
        find=delegations,
        labels=lambda: named(Delegation, *DELEGATION),
        erase=erase_coordinator,
        kept=_("Name and address of the coordinator are erased, the desk's link is dead; the delegation stays."),
    ),
]
