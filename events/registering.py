"""The body of `Event.register`: how a registration is born without ever overselling.

The gates are asked first, so cheap refusals cost no lock. Then, in one short transaction, the seats are counted under
the lock (seats.py) and the row is written with its history, answers, consent and letter. Nothing slow happens
meanwhile. Constraints stand behind it: one live registration per address, one per form.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.db.models.functions import Now

from events import eligibility, questions
from events.eligibility import Busy, Refused
from events.models.registration import CannotCorrect, Person, Registration, Source, State
from events.seats import quick, take_seats
from people import consent, limits
from people.text import nfc

if TYPE_CHECKING:
    from events.models.delegation import Delegation
    from events.models.event import Event, TicketType
    from events.models.question import QuestionVersion, Value
    from people.models import User


def register(
    event: Event,
    ticket_type: TicketType,
    person: Person,
    *,
    at: datetime,
    form_key: uuid.UUID | None = None,
    language: str = "vi",
    consent_version: str = "",
    source: str = Source.WEB,
    by: User | None = None,
    letters: bool = True,
    rationed: bool = False,
    code: str = "",
    wait: bool = False,
    contact: Registration | None = None,
    delegation: Delegation | None = None,
    shares_mailbox: bool = False,
    offer_until: datetime | None = None,
    waive: frozenset[str] = frozenset(),
    answers: dict[QuestionVersion, Value | None] | None = None,
) -> Registration:
    """One person comes to one event. Raises `Refused` or `Busy`; sent twice with one `form_key`, it is one seat.

    `rationed`: anybody may be asking, so one address is registered anew only a few times an hour.
    `code`: the access code that was typed. `wait`: join the waiting list when no seat is left.
    `contact`: the registration whose mailbox this person shares. `delegation`: one of its seats is taken.
    `offer_until`: the person was named by somebody else and decides until then. `waive`: gates that do not apply.
    """
    email = nfc(person.email).strip().lower()
    shares_mailbox = shares_mailbox or contact is not None
    if form_key is not None and (earlier := _with_key(form_key)) is not None:
        if earlier.event_id == event.pk and earlier.email == email and earlier.is_live:
            return _said_again(earlier, person, answers or {}, at=at, by=by)
        form_key = None  # sent again for somebody else, or after cancelling: a new registration
    form_key = form_key or uuid.uuid4()
    if offer_until is not None:
        waive |= eligibility.INVITED
    verdict = event.eligibility(
        ticket_type, email, at=at, count=False, code=code, wait=wait, shared=shares_mailbox, waive=waive
    )
    if not verdict.allowed:
        raise Refused(verdict)
    registration = Registration(
        event=event,
        ticket_type=ticket_type,
        full_name=_one_line(person.full_name),
        email=email,
        phone=person.phone,
        organisation=nfc(person.organisation),
        position=nfc(person.position),
        unit=person.unit,
        salutation=nfc(person.salutation),
        rank=nfc(person.rank),
        seating=nfc(person.seating),
        gate_note=nfc(person.gate_note),
        language=language,
        created_at=at,
        form_key=form_key,
        source=source,
        letters=letters,
        shares_mailbox=shares_mailbox,
        contact=contact,
        delegation=delegation,
    )
    try:
        with quick():
            # Before the seats are locked; a refusal or a busy moment rolls the count back with everything else.
            if rationed and not limits.may_write_to(email):
                raise Refused(eligibility.refusal("too_often"))
            state = State.OFFERED if offer_until is not None else State(verdict.outcome)
            if not _seated(registration, at, wait):
                state = State.WAITLISTED
            _born(registration, state, at=at, offer_until=offer_until)
            registration.changes.create(at=at, by=by, became=registration.state)
            if answers:
                questions.save(registration, answers, at)
            if consent_version:
                consent.give("registration", email=email, at=at, source=event.slug, actor=by, version=consent_version)
            if state == State.UNPAID:
                registration._ask_for_money(at=at, by=by)
            registration._write(paced=by is None and (contact is not None or delegation is not None))
    except IntegrityError:
        return _the_one_that_was_faster(event, registration)
    return registration


def _with_key(form_key: uuid.UUID) -> Registration | None:
    if not Registration.objects.filter(form_key=form_key).exists():
        return None
    return Registration.objects.select_related("event", "ticket_type").get(form_key=form_key)


def _seated(registration: Registration, at: datetime, wait: bool) -> bool:
    """Take the seat under the lock: one of the delegation's, else a free one. False: the waiting list, as agreed."""
    if registration.delegation is not None:
        registration.delegation.take_seats(registration.ticket_type, 1, at=at)
        return True
    try:
        take_seats(registration.ticket_type, 1, at=at)
    except Refused as refused:
        if not registration.event.has_waiting_list(at):
            raise Refused(eligibility.refusal("full")) from refused
        if not wait:
            raise Refused(eligibility.Verdict(False, refused.verdict.reason, "wait_list")) from refused
        return False
    return True


def _born(registration: Registration, state: State, *, at: datetime, offer_until: datetime | None) -> None:
    event, kind = registration.event, registration.ticket_type
    registration.state = state
    if state == State.CONFIRMED:
        registration.confirmed_at = at
    elif state == State.OFFERED:
        registration.hold_until = offer_until
    elif state == State.PENDING:
        registration.hold_until = min(at + timedelta(days=kind.approval_days), event.ends_at)
    elif state == State.UNPAID:
        registration.hold_until = min(at + timedelta(hours=event.payment_hours), event.ends_at)
    elif state == State.WAITLISTED:
        registration.queued_at = Now()  # the database's clock: the line is fair whichever process wrote it
    registration.save(force_insert=True)
    if state == State.WAITLISTED:
        registration.refresh_from_db(fields=["queued_at"])


def _one_line(name: str) -> str:
    return " ".join(nfc(name).split())


def _said_again(
    earlier: Registration,
    person: Person,
    answers: dict[QuestionVersion, Value | None],
    *,
    at: datetime,
    by: User | None,
) -> Registration:
    """One form sent twice: a double click, or somebody who went back to mend a word. The ticket says the last words."""
    if earlier.can_be_corrected(at):
        with suppress(CannotCorrect):  # cancelled or certified this very moment
            earlier.correct(
                at=at,
                by=by,
                full_name=_one_line(person.full_name),
                organisation=person.organisation,
                position=person.position,
                phone=person.phone,
            )
            if answers:
                questions.change(earlier, answers, at, by)
    return earlier


def _the_one_that_was_faster(event: Event, mine: Registration) -> Registration:
    """A double click that both passed the gates, or two people with one address at the same moment."""
    twin = (
        Registration.objects.filter(event=event, form_key=mine.form_key, email=mine.email)
        .select_related("event", "ticket_type")
        .first()
    )
    if twin is not None:
        return twin
    if event.registrations.live().of_address(mine.email).exists():
        raise Refused(eligibility.refusal("already_registered"))
    raise Busy  # a token was drawn twice (it will not be): pressing again draws another
