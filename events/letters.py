"""The letters that registrations cause. Rendered when they leave, from what is true then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from certificates import qr
from events import calendar, paper
from letters import kinds

if TYPE_CHECKING:
    from events.models import Registration
    from letters.models import Letter


def _about(letter: Letter) -> Registration:
    from events.models import Registration

    return Registration.objects.select_related("event", "ticket_type").get(pk=letter.about_id)


def context(letter: Letter) -> dict[str, Any]:
    registration = _about(letter)
    return {
        "registration": registration,
        "event": registration.event,
        "link": settings.SITE_URL + registration.get_absolute_url(),
        "register_link": settings.SITE_URL + registration.event.get_absolute_url(),
    }


def ticket_files(letter: Letter) -> list[kinds.Attachment]:
    """The ticket as PDF, the calendar file, and the code as a picture inside the letter.

    A cancelled ticket is no ticket.
    """
    registration = _about(letter)
    if not registration.is_confirmed:
        return []
    return [
        (f"ve-{registration.code}.pdf", paper.ticket_pdf(registration), "application/pdf"),
        (
            f"{registration.event.slug}.ics",
            calendar.of_registration(registration),
            "text/calendar; method=PUBLISH; charset=utf-8",
        ),
        ("qr.png", qr.png(registration.ticket_url, 8), "image/png", "qr"),
    ]


def cancelled_files(letter: Letter) -> list[kinds.Attachment]:
    registration = _about(letter)
    return [
        (
            f"{registration.event.slug}.ics",
            calendar.of_registration(registration),
            "text/calendar; method=CANCEL; charset=utf-8",
        )
    ]


def register_kinds() -> None:
    kinds.register(kinds.Kind("registration_confirmed", _("Ticket"), context, ticket_files, secret=True))
    kinds.register(kinds.Kind("registration_link", _("Ticket, sent again"), context, ticket_files, secret=True))
    kinds.register(kinds.Kind("registration_cancelled", _("Registration cancelled"), context, cancelled_files))
