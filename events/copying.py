"""The body of `Event.copy_to`: from one edition to the next."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction

from events.models.agenda import Session, SessionSpeaker
from events.models.event import Event, TicketType
from events.models.letter_text import LetterText
from events.models.question import Moment, Question, QuestionChoice
from events.models.registration import token
from people.text import nfc

# What belongs to one edition alone.
FRESH: dict[str, Any] = {
    "published_at": None,
    "registration_paused_at": None,
    "cancelled_at": None,
    "postponed_at": None,
    "changed_at": None,
    "notice_vi": "",
    "notice_en": "",
    "calendar_sequence": 0,
}
CODE_LENGTH = 8


class PathTaken(Exception):
    """Another event has this path."""


def copy(
    event: Event,
    slug: str,
    first_day: date,
    *,
    at: datetime,
    name_vi: str = "",
    name_en: str = "",
    with_speakers: bool = False,
    with_sessions: bool = False,
) -> Event:
    """All dates move by the days between the two first days. Ticket types with an access code get a new one.

    `with_sessions`: the agenda too; who speaks in it only `with_speakers`. Raises `PathTaken`.
    """
    shift = timedelta(days=(first_day - event.first_day).days)
    try:
        with transaction.atomic():
            new = _again(event, shift, slug=slug, edition=event.edition + 1 if event.edition else None, **FRESH)
            new.name_vi, new.name_en = nfc(name_vi) or event.name_vi, nfc(name_en) or event.name_en
            new.save(force_insert=True)
            types = _tickets(event, new, shift)
            _questions(event, new, types, at)
            LetterText.objects.bulk_create([_again(text, shift, event_id=new.pk) for text in event.letter_texts.all()])
            _agenda(event, new, shift, with_speakers=with_speakers, with_sessions=with_sessions)
    except IntegrityError as error:
        if Event.objects.filter(slug=slug).exists():
            raise PathTaken from error
        raise
    return new


def _again[Row: models.Model](row: Row, shift: timedelta, **changed: Any) -> Row:
    """The same row once more, not saved, its moments moved."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            value = getattr(row, field.attname)
            values[field.attname] = value + shift if isinstance(value, datetime) else value
    return type(row)(**values | changed)


def _copies(rows: Any, shift: timedelta, **changed: Any) -> dict[int, Any]:
    """{number of the old row: the new one}."""
    made = {}
    for row in rows:
        made[row.pk] = new = _again(row, shift, **changed)
        new.save(force_insert=True)
    return made


def _tickets(event: Event, new: Event, shift: timedelta) -> dict[int, TicketType]:
    types: dict[int, TicketType] = {}
    for kind in event.ticket_types.all():
        code = token()[:CODE_LENGTH] if kind.visibility == "code" else ""
        types[kind.pk] = _again(kind, shift, event_id=new.pk, access_code=code)
        types[kind.pk].save(force_insert=True)
    for quota in event.quotas.prefetch_related("ticket_types"):
        again = _again(quota, shift, event_id=new.pk, kept=0)
        again.save(force_insert=True)
        again.ticket_types.set([types[kind.pk] for kind in quota.ticket_types.all()])
    return types


def _questions(event: Event, new: Event, types: dict[int, TicketType], at: datetime) -> None:
    """In their current wording, as first versions; without those that are no longer asked."""
    asked = event.questions.exclude(moment=Moment.NEVER).prefetch_related("choices", "ticket_types").order_by("pk")
    waiting = list(asked)
    made: dict[int | None, int | None] = {None: None}
    keys = {"yes": "yes", "no": "no"}
    # A question may stand before the one it depends on; one that depends on nothing asked is left out as well.
    while ready := [question for question in waiting if question.depends_on_id in made]:
        waiting = [question for question in waiting if question not in ready]
        for question in ready:
            again = _again(question, timedelta(), event_id=new.pk, current_id=None)
            again.depends_on_id = made[question.depends_on_id]
            again.depends_on_values = [keys[value] for value in question.depends_on_values if value in keys]
            again.save(force_insert=True)
            made[question.pk] = again.pk
            for choice in question.choices.all():
                keys[str(choice.pk)] = str(
                    QuestionChoice.objects.create(
                        question_id=again.pk,
                        label_vi=choice.label_vi,
                        label_en=choice.label_en,
                        sort_order=choice.sort_order,
                    ).pk
                )
            Question.ticket_types.through.objects.bulk_create(
                [
                    Question.ticket_types.through(question_id=again.pk, tickettype_id=types[kind.pk].pk)
                    for kind in question.ticket_types.all()
                ]
            )
            Question.objects.get(pk=again.pk).settle(at)


def _agenda(event: Event, new: Event, shift: timedelta, *, with_speakers: bool, with_sessions: bool) -> None:
    rooms = _copies(event.rooms.all(), shift, event_id=new.pk)
    tracks = _copies(event.tracks.all(), shift, event_id=new.pk)
    speakers = _copies(event.speakers.all(), shift, event_id=new.pk) if with_speakers else {}
    if not with_sessions:
        return
    sessions: dict[int, Session] = {}
    for session in event.sessions.all():
        again = _again(session, shift, event_id=new.pk)
        again.room_id = rooms[session.room_id].pk if session.room_id else None
        again.track_id = tracks[session.track_id].pk if session.track_id else None
        again.save(force_insert=True)
        sessions[session.pk] = again
    speaking = SessionSpeaker.objects.filter(session__event=event, speaker__in=list(speakers))
    SessionSpeaker.objects.bulk_create(
        [
            SessionSpeaker(
                session_id=sessions[row.session_id].pk,
                speaker_id=speakers[row.speaker_id].pk,
                sort_order=row.sort_order,
            )
            for row in speaking
        ]
    )
