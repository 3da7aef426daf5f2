"""Calendar files: one ticket, the whole agenda, one session. The only user of icalendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

if TYPE_CHECKING:
    from events.models import Event, Registration, Session


def _calendar(name: str, method: str = "PUBLISH") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Forum//Agenda//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    return calendar


def _entry(
    event: Event,
    uid: str,
    summary: str,
    starts_at: datetime,
    ends_at: datetime,
    *,
    stamp: datetime,
    place: str,
    url: str,
    text: str = "",
) -> Entry:
    entry = Entry()
    entry.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("summary", summary)
    entry.add("dtstart", starts_at.astimezone(UTC))
    entry.add("dtend", ends_at.astimezone(UTC))
    entry.add("dtstamp", stamp.astimezone(UTC))
    if place:
        entry.add("location", place)
    if text:
        entry.add("description", text)
    entry.add("url", url)
    # RFC 5546: without an organizer no calendar need believe that something changed or was called off.
    organizer = vCalAddress(f"mailto:{event.contact_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = event.organiser
    entry.add("organizer", organizer)
    return entry


def method_of(registration: Registration) -> str:
    """Is the entry one to have, or one to take out?"""
    return "PUBLISH" if registration.is_confirmed and not registration.event.is_off else "CANCEL"


def of_registration(registration: Registration) -> bytes:
    """The delegate's own entry. Once cancelled, or while the event is off, it says so under the same UID, and calendars
    take it out.
    """
    event = registration.event
    method = method_of(registration)
    calendar = _calendar(event.name, method)
    link = settings.SITE_URL + registration.get_absolute_url()
    written = registration.cancelled_at or registration.confirmed_at or registration.created_at
    entry = _entry(
        event,
        f"registration-{registration.public_token}",
        event.name,
        event.doors_at or event.starts_at,
        event.ends_at,
        stamp=max(written, event.changed_at or written),
        place=", ".join(part for part in (event.venue, event.address) if part),
        url=link,
        text=link,
    )
    # Of two entries the higher number counts: two steps for every change of the event, one for the own cancelling.
    entry.add("sequence", 2 * event.calendar_sequence + (0 if registration.is_confirmed else 1))
    entry.add("status", "CONFIRMED" if method == "PUBLISH" else "CANCELLED")
    calendar.add_component(entry)
    return calendar.to_ical()


def of_sessions(event: Event, sessions: Iterable[Session], stamp: datetime) -> bytes:
    calendar = _calendar(event.name, "CANCEL" if event.is_off else "PUBLISH")
    for session in sessions:
        room = session.room.name if session.room else ""
        entry = _entry(
            event,
            f"session-{event.slug}-{session.pk}",
            session.title,
            session.starts_at,
            session.ends_at,
            stamp=stamp,
            place=", ".join(part for part in (room, event.venue) if part),
            url=settings.SITE_URL + session.get_absolute_url(),
            text="\n".join([*(speaker.name for speaker in session.people), session.description]).strip(),
        )
        if session.track:
            entry.add("categories", [session.track.name])
        entry.add("sequence", event.calendar_sequence)
        entry.add("status", "CANCELLED" if event.is_off else "CONFIRMED")
        calendar.add_component(entry)
    return calendar.to_ical()
