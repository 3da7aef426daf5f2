"""The body of `Event.register`: how a registration is born without ever overselling.

The quota rows of the type are locked in primary-key order; only then, in a new statement, seats are counted; then the
row is written.
Nothing slow happens meanwhile. Constraints stand behind it: one live registration per address, one per form.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, OperationalError, connection, transaction

from events import eligibility
from events.eligibility import Busy, Refused
from events.models.event import Quota
from events.models.registration import CannotCorrect, Person, Registration, State
from letters.models import Letter
from people import limits
from people.busy import is_busy
from people.models import Consent
from people.text import nfc

if TYPE_CHECKING:
    from events.models.event import Event, TicketType
    from people.models import User

LOCK_TIMEOUT = "3s"
CONSENT_PURPOSE = "registration"
NEW_PER_HOUR = 3  # of one address, on the site: each brings a letter to a mailbox that may be somebody else's


def register(
    event: Event,
    ticket_type: TicketType,
    person: Person,
    *,
    at: datetime,
    form_key: uuid.UUID,
    language: str,
    consent_version: str,
    source: str,
    by: User | None,
    letters: bool,
    rationed: bool,
) -> Registration:
    email = nfc(person.email).strip().lower()
    if Registration.objects.filter(form_key=form_key).exists():
        earlier = Registration.objects.select_related("event", "ticket_type").get(form_key=form_key)
        if earlier.event_id == event.pk and earlier.email == email and earlier.is_live:
            return _said_again(earlier, person, at=at, by=by)
        form_key = uuid.uuid4()  # sent again for somebody else, or after cancelling: a new registration
    verdict = event.eligibility(ticket_type, email, at=at, count=False)  # refusals that cost no lock
    if not verdict.allowed:
        raise Refused(verdict)
    try:
        with transaction.atomic():
            _wait_only_so_long()
            # Before the seats are locked; a refusal or a busy moment rolls the count back with everything else.
            if rationed and not limits.allow("events.register", email, NEW_PER_HOUR, 3600):
                raise Refused(eligibility.refusal("too_often"))
            quotas = Quota.objects.lock_for(ticket_type)
            if quotas and any(
                quota.left is not None and quota.left < 1
                for quota in Quota.objects.filter(pk__in=[q.pk for q in quotas]).with_taken(at)
            ):
                raise Refused(eligibility.refusal("full"))
            registration = Registration.objects.create(
                event=event,
                ticket_type=ticket_type,
                full_name=_one_line(person.full_name),
                email=email,
                phone=person.phone,
                organisation=nfc(person.organisation),
                position=nfc(person.position),
                unit=person.unit,
                language=language,
                state=State.CONFIRMED,
                created_at=at,
                confirmed_at=at,
                form_key=form_key,
                source=source,
                letters=letters,
            )
            registration.changes.create(at=at, by=by, became=registration.state)
            if consent_version:
                Consent.objects.create(
                    purpose=CONSENT_PURPOSE,
                    text_version=consent_version,
                    email=email,
                    given_at=at,
                    source=event.slug,
                    actor=by,
                )
            if letters:
                Letter.objects.post("registration_confirmed", email, language=language, about=registration)
    except IntegrityError:
        return _the_one_that_was_faster(event, email, form_key)
    except OperationalError as error:
        if is_busy(error):
            raise Busy from error
        raise
    return registration


def _one_line(name: str) -> str:
    return " ".join(nfc(name).split())


def _said_again(earlier: Registration, person: Person, *, at: datetime, by: User | None) -> Registration:
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
    return earlier


def _the_one_that_was_faster(event: Event, email: str, form_key: uuid.UUID) -> Registration:
    """A double click that both passed the gates, or two people with one address at the same moment."""
    twin = (
        Registration.objects.filter(event=event, form_key=form_key, email=email)
        .select_related("event", "ticket_type")
        .first()
    )
    if twin is not None:
        return twin
    if event.registrations.live().of_address(email).exists():
        raise Refused(eligibility.refusal("already_registered"))
    raise Busy  # a token was drawn twice (it will not be): pressing again draws another


def _wait_only_so_long() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
