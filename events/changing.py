"""The body of the verbs with which an organiser changes an event after people have registered for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from content import cache
from events.models.event import Event
from events.models.event_change import EventChange, number_of_letters
from events.models.registration import HELD_STATES
from people.text import nfc

if TYPE_CHECKING:
    from people.models import User

WHERE_AND_WHEN = ["starts_at", "ends_at", "doors_at", "venue_vi", "venue_en", "address_vi", "address_en"]

SENTENCES = {
    "unchanged": _("Nothing would be different from before."),
    "over": _("The event is over."),
    "past": _("The new end is in the past."),
    "meanwhile": _("Somebody else has changed the event meanwhile. Please look at it again."),
}


class CannotChange(Exception):
    """Nothing was changed; `sentence` says why."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.reason])


def pause(event: Event, at: datetime) -> bool:
    return _switch(event, Event.objects.filter(pk=event.pk, registration_paused_at=None), at)


def unpause(event: Event) -> bool:
    return _switch(event, Event.objects.filter(pk=event.pk, registration_paused_at__isnull=False), None)


def _switch(event: Event, rows, moment: datetime | None) -> bool:
    done = bool(rows.update(registration_paused_at=moment))
    event.refresh_from_db(fields=["registration_paused_at"])
    cache.bump()
    return done


def call_off(event: Event, *, at: datetime, **terms) -> EventChange:
    def change(locked: Event) -> EventChange.Kind:
        if locked.is_over(at):
            raise CannotChange("over")
        # The old day stands again: what was postponed and is then called off ends like any other event.
        locked.cancelled_at, locked.postponed_at = locked.cancelled_at or at, None
        return EventChange.Kind.CALLED_OFF

    return announce(event, change, at=at, **terms)


def postpone(event: Event, *, at: datetime, **terms) -> EventChange:
    def change(locked: Event) -> EventChange.Kind:
        if locked.is_over(at):
            raise CannotChange("over")
        locked.cancelled_at, locked.postponed_at = None, locked.postponed_at or at
        return EventChange.Kind.POSTPONED

    return announce(event, change, at=at, **terms)


def take_place(
    event: Event, where_and_when: dict[str, Any], *, at: datetime, with_sessions: bool = False, **terms
) -> EventChange:
    """`where_and_when`: new values of any of WHERE_AND_WHEN. `with_sessions`: the agenda moves by the same time."""

    def change(locked: Event) -> EventChange.Kind:
        was_off, former = locked.cancelled_at is not None, locked.starts_at
        if locked.is_over(at) and not was_off:
            raise CannotChange("over")
        for field in where_and_when.keys() & set(WHERE_AND_WHEN):
            value = where_and_when[field]
            setattr(locked, field, nfc(value) if isinstance(value, str) else value)
        if locked.ends_at <= at:
            raise CannotChange("past")
        if off_since := locked.postponed_at or locked.cancelled_at:
            give_time_back(locked, off_since, at)
        locked.cancelled_at = locked.postponed_at = None
        if with_sessions and (offset := locked.starts_at - former):
            locked.sessions.update(starts_at=F("starts_at") + offset, ends_at=F("ends_at") + offset)
        return EventChange.Kind.ON_AGAIN if was_off else EventChange.Kind.MOVED

    return announce(event, change, at=at, **terms)


def give_time_back(event: Event, off_since: datetime, at: datetime) -> None:
    """While an event is off its clocks stand still: whoever had a week left to answer has a week from now.

    So has a delegation for which seats are set aside. Nothing runs past the new start, and nothing gets shorter. Nobody
    can have taken their seats meanwhile (`take_seats`).
    """
    stood = at - off_since
    held = event.registrations.filter(state__in=HELD_STATES)
    for rows, field in ((event.delegations.all(), "release_at"), (held, "hold_until")):
        running = rows.filter(**{f"{field}__gt": off_since})
        for row in running.order_by("pk").select_for_update(of=("self",), no_key=True):
            until = getattr(row, field)
            setattr(row, field, max(until, min(until + stood, event.starts_at)))
            row.save(update_fields=[field])


def announce(
    event: Event,
    change: Callable[[Event], EventChange.Kind],
    *,
    at: datetime,
    by: User | None = None,
    notice_vi: str = "",
    notice_en: str = "",
    letters: bool = True,
    seen: int | None = None,
) -> EventChange:
    """Carry `change` out under the lock, write it down, and have everybody written to.

    `notice_*`: the organiser's sentence, on the event's pages from now on. `letters`: everybody is told, and calendars
    are brought up to date. `seen`: the number of the change after which the organiser looked at the event; after a
    later one (perhaps the same button, pressed twice) nothing is done.
    """
    from events import tasks

    with transaction.atomic():
        locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        if seen is not None and seen != locked.calendar_sequence:
            raise CannotChange("meanwhile")
        before, stood = _facts(locked), _standing(locked)
        kind = change(locked)
        locked.notice_vi, locked.notice_en = nfc(notice_vi).strip(), nfc(notice_en).strip()
        after = _facts(locked)
        if before == after and stood == _standing(locked):
            raise CannotChange("unchanged")
        locked.calendar_sequence += 1
        locked.changed_at = at
        locked.save()
        announced = locked.changes.create(
            number=locked.calendar_sequence,
            kind=kind,
            at=at,
            by=by,
            corrected={field: [before[field], after[field]] for field in before if before[field] != after[field]},
            notice_vi=locked.notice_vi,
            notice_en=locked.notice_en,
            letters=letters,
            total=number_of_letters(locked, at) if letters else 0,
            beat_at=at,
            finished_at=None if letters else at,
        )
        # What is no longer so is told to nobody else.
        for earlier in locked.changes.filter(finished_at=None, number__lt=announced.number):
            if not earlier.is_latest:
                locked.changes.filter(pk=earlier.pk).update(finished_at=at)
        if letters:
            transaction.on_commit(lambda: tasks.tell_change.enqueue(announced.pk))
        cache.bump()
    event.refresh_from_db()
    return announced


def _standing(event: Event) -> tuple:
    return event.cancelled_at, event.postponed_at, event.notice_vi, event.notice_en


def _facts(event: Event) -> dict[str, str]:
    """Where and when, in words that can be kept."""
    values = {field: getattr(event, field) for field in WHERE_AND_WHEN}
    return {name: value.isoformat() if isinstance(value, datetime) else value or "" for name, value in values.items()}
