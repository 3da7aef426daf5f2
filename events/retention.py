"""How long an event's registrations say who somebody was, and what happens then.

Single columns may go some days after the end (`Event.retention_of_fields`, `Question.retention_days`); after
`Event.retention_days` the whole registration is emptied. The row stays: seats, scans and papers hang on it, and the
numbers are kept in EventStatistics before anything goes. Safe to run again: what is gone is not found twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from content.templatetags.kit import vn_date
from events import holders
from events.models import (
    BankLine,
    Confirmation,
    Delegation,
    Event,
    EventStatistics,
    Order,
    Registration,
    RegistrationChange,
    RetiredTicket,
)
from events.models.question import Answer, Question
from events.models.registration import HANDED_OVER, PERSONAL_FIELDS, token
from events.questions import forget
from letters.models import Letter
from people.holdings import NOWHERE, fingerprint, gone
from people.models import AuditEntry, Consent, User
from people.text import name_key, search_text

AT_ONCE = 200  # rows a transaction: others who wait for one of them wait a moment only
NAMELESS = "(đã xóa)"
# Stands where an address stood: nobody's, and no two alike, as the constraints demand.
UNUSABLE = Concat(Value("dang-ky-"), Cast("pk", CharField()), Value(f"@{NOWHERE}"))
PURPOSES = ["registration", "photos"]  # consents that end with the event


@dataclass(frozen=True)
class Field:
    """What may go earlier than the rest: these columns, under a name and in a sentence for the form."""

    label: Any
    columns: tuple[str, ...]
    sentence: Any


FIELDS = {
    "phone": Field(_("Phone"), ("phone",), _("The phone number is deleted on %(day)s.")),
    "reception": Field(
        _("Salutation, rank, seating, note for the gate"),
        ("salutation", "rank", "seating", "gate_note"),
        _("Notes for the reception are deleted on %(day)s."),
    ),
    "workplace": Field(
        _("Agency and position"),
        ("organisation", "position"),
        _("Agency and position are deleted on %(day)s."),
    ),
    "email": Field(
        _("E-mail address, also in letters and consents"),
        ("email",),
        _("The e-mail address is deleted on %(day)s."),
    ),
}
EVERYTHING = "everything"
EVERYTHING_SENTENCE = _("Everything else that says who you are is deleted on %(day)s.")


def is_left(columns: Iterable[str], prefix: str = "") -> Q:
    """Does a registration still hold any of these?"""
    left = Q()
    for column in columns:
        empty = Q(**{f"{prefix}{column}__endswith": f"@{NOWHERE}"}) if column == "email" else Q(**{prefix + column: ""})
        left |= ~empty
    return left


# ---------------------------------------------------------------- when


@dataclass
class Deadline:
    """Something of an event that goes at a moment; `left`: how many rows still hold it."""

    key: str
    label: Any
    days: int
    at: datetime
    left: int
    question: Question | None = None

    def is_due(self, at: datetime) -> bool:
        return self.left > 0 and self.at <= at


@dataclass
class Plan:
    """What goes when, of one event."""

    event: Event
    deadlines: list[Deadline] = field(default_factory=list)

    def due(self, at: datetime) -> list[Deadline]:
        return [deadline for deadline in self.deadlines if deadline.is_due(at)]

    @property
    def is_kept(self) -> bool:
        """Nothing goes by itself, although something is left."""
        return self.event.retention_days is None


def ends_after(event: Event, days: int) -> datetime:
    return event.ends_at + timedelta(days=days)


def promise(event: Event) -> list[str]:
    """The sentences of the form, in order of time."""
    earlier = event.retention_of_fields
    days = [(earlier[key], one.sentence) for key, one in FIELDS.items() if key in earlier]
    if event.retention_days is not None:
        days = [pair for pair in days if pair[0] < event.retention_days]
        days.append((event.retention_days, EVERYTHING_SENTENCE))
    days.sort(key=lambda pair: pair[0])
    return [str(sentence) % {"day": vn_date(ends_after(event, number))} for number, sentence in days]


def plans(events: Iterable[Event] | None = None) -> list[Plan]:
    """For every event: three queries, however many there are."""
    chosen = list(Event.objects.order_by("-ends_at", "-pk") if events is None else events)
    named = Q(erased_at=None)
    counts = {f"left_{key}": Count("pk", filter=named & is_left(one.columns)) for key, one in FIELDS.items()}
    counts[f"left_{EVERYTHING}"] = Count("pk", filter=named)
    left: dict[int, dict[str, int]] = {
        row.pop("event"): row
        for row in Registration.objects.filter(event__in=chosen).order_by().values("event").annotate(**counts)
    }
    questions: dict[int, list[Question]] = {}
    asked = Question.objects.filter(event__in=chosen, retention_days__isnull=False).in_order()
    for question in asked.annotate(number=Count("answers")):
        questions.setdefault(question.event_id, []).append(question)
    return [_plan(event, left.get(event.pk, {}), questions.get(event.pk, [])) for event in chosen]


def _plan(event: Event, left: dict[str, int], questions: list[Question]) -> Plan:
    plan = Plan(event)

    def add(key: str, label: Any, days: int, number: int, question: Question | None = None) -> None:
        plan.deadlines.append(Deadline(key, label, days, ends_after(event, days), number, question))

    for key, one in FIELDS.items():
        if key in event.retention_of_fields:
            add(key, one.label, event.retention_of_fields[key], left.get(f"left_{key}", 0))
    for question in questions:
        label = pgettext_lazy("retention", "Answers: %s") % question.label
        add("answers", label, question.retention_days or 0, question.number, question)
    if event.retention_days is not None:
        whole = left.get(f"left_{EVERYTHING}", 0)
        add(EVERYTHING, _("Everything that says who somebody was"), event.retention_days, whole)
    plan.deadlines.sort(key=lambda deadline: (deadline.at, deadline.key == EVERYTHING))
    return plan


# ---------------------------------------------------------------- what


def due_plans(at: datetime) -> list[Plan]:
    """The events of which something goes now. One that was postponed to an unknown day has not ended."""
    over = Event.objects.filter(ends_at__lte=at, postponed_at=None).order_by("ends_at", "pk")
    return [plan for plan in plans(over) if plan.due(at)]


def carry_out(at: datetime) -> int:
    """What `tick` does once a day: every deadline that has passed. How many rows it emptied."""
    _forget_late_letters()
    return sum(sum(_carry_out(plan, at).values()) for plan in due_plans(at))


def _forget_late_letters() -> int:
    """A letter that was being sent while its reader was erased is left alone then; here it is forgotten, too."""
    nobody = Registration.objects.filter(email__endswith=f"@{NOWHERE}").order_by()
    keys = nobody.annotate(key=Cast("pk", CharField())).values("key")
    kind = ContentType.objects.get_for_model(Registration)
    late = Letter.objects.filter(about_type=kind, about_id__in=keys).exclude(to__endswith=f"@{NOWHERE}")
    return late.forget()


def _carry_out(plan: Plan, at: datetime) -> dict[str, int]:
    event, done = plan.event, {}
    EventStatistics.objects.write_down(event, at)
    for deadline in plan.due(at):
        if deadline.question is not None:
            done[f"question {deadline.question.pk}"] = forget(deadline.question)
        elif deadline.key == EVERYTHING:
            EventStatistics.objects.filter(event=event).update(final=True)
            done[EVERYTHING] = _in_batches(event, Q(erased_at=None), lambda rows: erase(rows, at=at))
            done |= _around(event, at)
        else:
            columns = FIELDS[deadline.key].columns
            left = Q(erased_at=None) & is_left(columns)
            done[deadline.key] = _in_batches(event, left, lambda rows, columns=columns: empty(rows, columns))
            if deadline.key == "email":
                done["consents"] = _hide_consents(event)
    AuditEntry.objects.record(None, "retention.carried_out", event, **done)
    return done


def _in_batches(event: Event, which: Q, work) -> int:
    """A short transaction for some rows at a time, so that a run that dies has done a part and the next goes on."""
    number = after = 0
    while True:
        with transaction.atomic():
            left = Registration.objects.locked().filter(which, event=event, pk__gt=after)
            rows = list(left.order_by("pk")[:AT_ONCE])
            if not rows:
                return number
            work(rows)
        number += len(rows)
        after = rows[-1].pk


def _around(event: Event, at: datetime) -> dict[str, int]:
    """What hangs on the event as a whole: its coordinators, and the consents."""
    with transaction.atomic():
        delegations = list(event.delegations.exclude(coordinator_email__endswith=f"@{NOWHERE}"))
        for delegation in delegations:
            erase_coordinator(delegation)
        payers = erase_payers(event.orders.all(), at)
    return {"delegations": len(delegations), "payers": payers, "consents": _hide_consents(event)}


def _hide_consents(event: Event) -> int:
    """Consents point at the event by its path. The proof stays under a hash of the address."""
    with transaction.atomic():
        given = Consent.objects.filter(
            Q(source=event.slug) | Q(source__startswith=f"{event.slug}: "), purpose__in=PURPOSES
        )
        consents = list(given.exclude(email__endswith=f"@{NOWHERE}").select_for_update(of=("self",)))
        for consent in consents:
            consent.email, consent.source = gone(fingerprint(consent.email)), event.slug  # it may name a coordinator
        Consent.objects.bulk_update(consents, ["email", "source"], batch_size=AT_ONCE)
    return len(consents)


def empty(rows: list[Registration], columns: Iterable[str]) -> None:
    """Take these columns out of registrations that are locked, and out of their history and letters."""
    columns = set(columns)
    nothing: dict[str, Any] = dict.fromkeys(columns, "")
    if "email" in columns:
        nothing |= {"email": UNUSABLE, "letters": False}
        Letter.objects.about_these(Registration, [row.pk for row in rows]).forget()
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(**nothing)
    emptied = list(Registration.objects.filter(pk__in=[row.pk for row in rows]))
    for row in emptied:
        row.derive()
    Registration.objects.bulk_update(emptied, ["search_text"])
    _forget_history(rows, columns)


def erase(rows: list[Registration], *, at: datetime, by: User | None = None) -> None:
    """Empty whole registrations that are locked: name, address, everything typed; old links and codes are dead."""
    keys = [row.pk for row in rows]
    Registration.objects.filter(pk__in=keys).update(
        **dict.fromkeys(PERSONAL_FIELDS, "") | {"full_name": NAMELESS, "email": UNUSABLE, "unit": None},
        search_text=search_text(NAMELESS),
        name_sort=name_key(NAMELESS),
        contact=None,
        letters=False,
        erased_at=at,
    )
    for row in rows:
        row.manage_token, row.checkin_token, row.public_token = token(), token(), token()
        row.derive()
    Registration.objects.bulk_update(rows, ["manage_token", "checkin_token", "public_token", "code"])
    RetiredTicket.objects.filter(registration__in=keys).delete()
    Answer.objects.filter(registration__in=keys).delete()
    Confirmation.objects.forget_delegates(keys)
    _forget_history(rows, None)
    RegistrationChange.objects.bulk_create(
        RegistrationChange(
            registration=row, at=at, by=by, was=row.state, became=row.state, reason=gettext_noop("erased")
        )
        for row in rows
    )
    Letter.objects.about_these(Registration, keys).forget()


def _forget_history(rows: list[Registration], columns: set[str] | None) -> None:
    """What was corrected stays, the words before and after go. None: all of them, and what staff wrote beside it."""
    changes = RegistrationChange.objects.filter(registration__in=[row.pk for row in rows])
    if columns is None:
        changes.filter(by__isnull=False).update(reason="")
    same: dict[str, list[int]] = {}  # rows that come out alike are written at once
    for change in changes.exclude(corrected={}):
        which = set(change.corrected) if columns is None else columns & set(change.corrected)
        if which:
            emptied = change.corrected | {column: ["", "", *change.corrected[column][2:]] for column in sorted(which)}
            same.setdefault(json.dumps(emptied, sort_keys=True), []).append(change.pk)
    for corrected, keys in same.items():
        RegistrationChange.objects.filter(pk__in=keys).update(corrected=json.loads(corrected))


def erase_former_holder(email: str) -> int:
    """Empty what registrations that were handed on still say of somebody. The other holders' words stay."""
    number = 0
    with transaction.atomic():
        for registration in holders.registrations_of(email).exclude(erased_at__isnull=False):
            for told in holders.history_of(registration, email):
                emptied = told.emptied()
                # What staff wrote goes too; the word that parts one holder from the next must stay.
                wrote = bool(told.change.by_id) and told.change.reason not in ("", HANDED_OVER)
                if emptied != told.change.corrected or wrote:
                    reason = "" if wrote else told.change.reason
                    RegistrationChange.objects.filter(pk=told.change.pk).update(corrected=emptied, reason=reason)
                    number += 1
    return number


def erase_coordinator(delegation: Delegation) -> None:
    """The name stands in the consents, too, that were given through the desk."""
    said = f"({delegation.coordinator_name})"
    consents = list(Consent.objects.filter(source__startswith=f"{delegation.event.slug}: ", source__contains=said))
    for consent in consents:
        consent.source = consent.source.replace(said, NAMELESS)
    Consent.objects.bulk_update(consents, ["source"], batch_size=AT_ONCE)
    delegation.coordinator_name = NAMELESS
    delegation.coordinator_email = gone(f"doan-{delegation.pk}")
    delegation.token = token()
    delegation.save(update_fields=["coordinator_name", "coordinator_email", "token"])
    Letter.objects.about(delegation).forget()


def erase_payers(orders: QuerySet[Order], at: datetime) -> int:
    """The books keep amounts, dates and numbers; who paid is not said any more, and the payer's link is dead."""
    rows = list(orders.filter(erased_at=None).select_for_update(of=("self",), no_key=True))
    for row in rows:
        row.payer_name, row.payer_email = NAMELESS, gone(f"don-{row.pk}")
        row.payer_address = row.payer_tax_code = ""
        row.token, row.erased_at = token(), at
        row.derive()
    changed = ["payer_name", "payer_email", "payer_address", "payer_tax_code", "token", "erased_at", "search_text"]
    Order.objects.bulk_update(rows, changed, batch_size=AT_ONCE)
    Letter.objects.about_these(Order, [row.pk for row in rows]).forget()
    Confirmation.objects.forget_payers(rows)
    BankLine.objects.filter(order__in=rows).update(text="", name="", emptied_at=at)
    return len(rows)


# ---------------------------------------------------------------- one person


def erase_person(email: str, *, at: datetime, by: User | None) -> int:
    """Empty every registration of an address. Who has not come yet gives the seat back first.

    The letter about it is forgotten with all others before it leaves.
    """
    with transaction.atomic():
        rows = list(Registration.objects.locked().of_address(email).filter(erased_at=None).order_by("pk"))
        for row in rows:
            if row.can_be_cancelled(at) and not row.scans.standing().exists():
                row.cancel(at=at, by=by, reason=gettext_noop("erased"))
        erase(rows, at=at, by=by)
    return len(rows)
