"""From attendance to a paper: the certificate of attendance."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from certificates.models import Certificate
from content.templatetags.kit import vn_date, vn_day

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


def days(first: date, last: date, language: str) -> str:
    """10–12/9/2025, 30/9–2/10/2025; in English 10–12 September 2025, 30 September – 2 October 2025."""
    with translation.override(language):
        until = vn_date(last)
        if first == last:
            return until
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{until}"
        begins = vn_day(first) if first.year == last.year else vn_date(first)
        return f"{begins} – {until}" if language == "en" else f"{begins}–{until}"


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
        "date_vi": days(event.first_day, event.last_day, "vi"),
        "date_en": days(event.first_day, event.last_day, "en"),
        "place_vi": event.venue_vi,
        "place_en": event.venue_en or event.venue_vi,
        "issuer": event.organiser_vi,
        "issuer_vi": event.organiser_vi,
        "issuer_en": event.organiser_en,
        "partner_vi": event.partner_vi,
        "partner_en": event.partner_en,
        "signatory_name": event.signatory_name,
        "signatory_title": event.signatory_title_vi,
        "signatory_title_vi": event.signatory_title_vi,
        "signatory_title_en": event.signatory_title_en,
        "signed_in_vi": event.signed_in_vi,
        "signed_in_en": event.signed_in_en or event.signed_in_vi,
        "sample": event.sample,
        "prefix": f"DD{event.edition}" if event.edition else "DD",
    }
