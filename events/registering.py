"""The body of `Event.register`: how a registration is born without ever overselling.

The quota rows of the type are locked in primary-key order; only then, in a new statement, seats are counted; then the
row is written.
Nothing slow happens meanwhile. Constraints stand behind it: one live registration per address, one per form.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, OperationalError, connection, transaction

from events import eligibility
from events.eligibility import Busy, Refused
from events.models.event import Quota
from events.models.registration import Person, Registration, State
from letters.models import Letter
from people.models import Consent
from people.text import nfc

if TYPE_CHECKING:
    from events.models.event import Event, TicketType
    from people.models import User

LOCK_TIMEOUT = "3s"
CONSENT_PURPOSE = "registration"


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
) -> Registration:
    email = nfc(person.email).strip().lower()
    if (
        earlier := Registration.objects.filter(form_key=form_key).select_related("event", "ticket_type").first()
    ) is not None:
        if earlier.event_id == event.pk and earlier.email == email:
            return earlier
        form_key = uuid.uuid4()  # the same form sent again for somebody else: a new registration
    verdict = event.eligibility(ticket_type, email, at=at)  # refusals that cost no lock
    if not verdict.allowed:
        raise Refused(verdict)
    try:
        with transaction.atomic():
            _wait_only_so_long()
            quotas = Quota.objects.lock_for(ticket_type)
            if quotas and any(
                quota.left is not None and quota.left < 1
                for quota in Quota.objects.filter(pk__in=[q.pk for q in quotas]).with_taken(at)
            ):
                raise Refused(eligibility.refusal("full"))
            registration = Registration.objects.create(
                event=event,
                ticket_type=ticket_type,
                full_name=" ".join(nfc(person.full_name).split()),
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
        if lock_not_had(error):
            raise Busy from error
        raise
    return registration


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


def lock_not_had(error: OperationalError) -> bool:
    text = str(error).lower()
    return "lock timeout" in text or "database is locked" in text or "deadlock" in text
