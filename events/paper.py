"""The ticket on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext

from certificates import qr
from certificates.pdf import render_paper
from content.templatetags.kit import vn_time, vn_weekday_date

if TYPE_CHECKING:
    from events.models import Registration


def ticket_pdf(registration: Registration) -> bytes:
    """A6, in the language of the registration."""
    event = registration.event
    with translation.override(registration.language):
        return render_paper(
            "events/papers/ticket.html",
            {
                "event_name": event.name,
                "full_name": registration.full_name,
                "organisation": registration.organisation,
                "position": registration.position,
                "ticket_type": registration.ticket_type.name,
                "date": vn_weekday_date(event.starts_at),
                "time": vn_time(event.doors_at or event.starts_at),
                "venue": ", ".join(part for part in (event.venue, event.address) if part),
                "code": registration.checkin_token,
                "qr_svg": qr.svg(registration.ticket_url, gettext("QR code of the ticket, to be shown at the gate")),
                "sample": event.sample,
            },
            css="ticket.css",
        )
