"""From attendance to a paper: the certificate of attendance."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from certificates.models import Certificate

if TYPE_CHECKING:
    from events.models import Event, Registration


def certificate_for(registration: Registration, at: datetime) -> Certificate | None:
    if registration.certificate_id is not None:
        return registration.certificate
    with transaction.atomic():
        locked = registration._locked()
        if locked.certificate_id is None:
            if not locked.certificate_is_due(at):
                return None
            locked.certificate = Certificate.objects.issue(
                reason=f"event:{locked.event_id}:registration:{locked.pk}",
                kind="attendance",
                holder=owner_of(locked.email),
                snapshot=snapshot(locked, at),
                language=locked.language,
            )
            locked.save(update_fields=["certificate"])
            locked.changes.create(
                at=at, was=locked.state, became=locked.state, reason=f"certificate {locked.certificate.serial}"
            )
        registration._take_over(locked)
        registration.certificate = locked.certificate
    return registration.certificate


def owner_of(email: str):
    """The account with this verified address, if there is one."""
    from people.models import User

    return User.objects.filter(emailaddress__email__iexact=email, emailaddress__verified=True, is_active=True).first()


def snapshot(registration: Registration, at: datetime) -> dict:
    """Every word on the paper, as it is now; the paper never looks at the event again."""
    event: Event = registration.event
    return {
        "name": registration.full_name,
        "position": registration.position,
        "organisation": registration.organisation,
        "title_vi": event.certificate_title_vi or event.name_vi,
        "title_en": event.certificate_title_en or event.name_en,
        "hours": event.hours,
        "date": event.first_day.isoformat(),
        "date_vi": f"{event.first_day.day}/{event.first_day.month}/{event.first_day.year}",
        "place_vi": event.venue_vi,
        "place_en": event.venue_en or event.venue_vi,
        "issuer": event.organiser_vi,
        "signatory_name": event.signatory_name,
        "signatory_title": event.signatory_title,
        "sample": event.sample,
        "prefix": f"DD{event.edition}" if event.edition else "DD",
    }
