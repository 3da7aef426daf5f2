"""The forum's nouns: an event and its seats, registrations, scans at the gate, the agenda; and the pages in front
of them.
"""

from events.models.agenda import Room, Session, SessionSpeaker, Speaker, Track
from events.models.event import Event, Quota, TicketType
from events.models.registration import LIVE_STATES, Person, Registration, RegistrationChange, State
from events.models.scan import Answer, Scan
from events.pages import EventIndexPage, EventPage

__all__ = [
    "LIVE_STATES",
    "Answer",
    "Event",
    "EventIndexPage",
    "EventPage",
    "Person",
    "Quota",
    "Registration",
    "RegistrationChange",
    "Room",
    "Scan",
    "Session",
    "SessionSpeaker",
    "Speaker",
    "State",
    "TicketType",
    "Track",
]
