"""The agenda of one day: a list for the phone, laid on a grid of rooms on a desk by class names alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from events.models import Room, Session

QUARTER = 15


@dataclass
class Slot:
    session: Session
    place: str  # the classes that put it on the grid
    now: bool
    next: bool


@dataclass
class Day:
    number: int
    date: date
    rooms: list[Room]
    hours: list[str]
    slots: list[Slot]
    current: bool = False  # today, else the first day

    @property
    def anchor(self) -> str:
        return f"ngay-{self.number}"

    @property
    def sample(self) -> bool:
        return all(slot.session.sample for slot in self.slots)


def days(sessions: list[Session], at: datetime, *, off: bool = False) -> list[Day]:
    """Sessions in order of time, cut into days. `off`: none of them takes place at its time."""
    upcoming = None if off else next_session(sessions, at)
    result = []
    for number, (day, of_one_day) in enumerate(groupby(sessions, key=lambda session: session.day), start=1):
        of_day = list(of_one_day)
        rooms = sorted({session.room for session in of_day if session.room}, key=lambda room: (room.position, room.pk))
        columns = {room.pk: column for column, room in enumerate(rooms, start=1)}
        slots = [
            Slot(
                session,
                f"{place(session)} in-{columns[session.room_id] if session.room_id else 'all'}",
                session.is_on(at) and not off,
                session is upcoming,
            )
            for session in of_day
        ]
        result.append(Day(number, day, rooms, hours(of_day), slots))
    today = timezone.localtime(at).date()
    if result:
        next((day for day in result if day.date == today), result[0]).current = True
    return result


def place(session: Session) -> str:
    """`at-0845 for-30`: the quarter hour it begins in and its length in whole quarters."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    start -= timedelta(minutes=start.minute % QUARTER)
    quarters = max(1, -(-int((end - start).total_seconds() // 60) // QUARTER))
    return f"at-{start:%H%M} for-{quarters * QUARTER}"


def hours(sessions: list[Session]) -> list[str]:
    """The whole hours between the first beginning and the last end, for the lines of the grid."""
    first = timezone.localtime(min(session.starts_at for session in sessions))
    last = timezone.localtime(max(session.ends_at for session in sessions))
    begin = first.hour + (1 if first.minute else 0)
    end = last.hour if last.date() == first.date() else 23
    return [f"{hour:02d}:00" for hour in range(begin, end + 1)]


def next_session(sessions: list[Session], at: datetime) -> Session | None:
    """What begins next on the day that is running."""
    today = timezone.localtime(at).date()
    return next(
        (session for session in sessions if session.starts_at > at and session.day == today and not session.is_break),
        None,
    )


def on_now(sessions: list[Session], at: datetime) -> list[Session]:
    return [session for session in sessions if session.is_on(at) and not session.is_break]


def next_boundary(sessions: list[Session], at: datetime) -> datetime | None:
    """When the page reads differently: something begins or ends."""
    moments = (moment for session in sessions for moment in (session.starts_at, session.ends_at))
    return min((moment for moment in moments if moment > at), default=None)
