"""Who is reminded of what, and when. At most one letter a week for a person, of whatever kind, and each kind once.

The clock chooses by what is true at that moment; the letter asks once more just before it leaves (courses.letters).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from courses.models.enrolment import Enrolment, EnrolmentQuerySet
from courses.models.reminder import NoReminders, Reminder
from courses.pages import CoursePage
from courses.projection import HOME_LANGUAGE
from courses.reports import STUCK
from letters.models import Letter
from people.models import User

Kind = Reminder.Kind

PAUSE = timedelta(days=7)
DUE_WITHIN = timedelta(days=7)
NOT_BEGUN_AFTER = timedelta(days=7)
NEARLY_AFTER = timedelta(days=4)
NEARLY_LEFT, NEARLY_PERCENT = 2, 70  # at most two lessons left, and most of the way behind one
FORGOTTEN = timedelta(days=90)  # whoever has been away for so long is left in peace
FIRST_HOUR, LAST_HOUR = 7, 20
AT_ONCE = 500  # letters in one turn of the clock
TOKENS = signing.Signer(salt="courses.reminders")
PUBLISHED = CoursePage.objects.live().filter(locale__language_code=HOME_LANGUAGE)
# The most urgent first: one letter a week is spent on it.
SOONEST = (F("due_at").asc(nulls_last=True), F("last_at").asc(nulls_last=True), "pk")
BY_URGENCY = (Kind.DUE_SOON, Kind.NEARLY_DONE, Kind.STUCK, Kind.NOT_BEGUN)


def reachable(at: datetime) -> EnrolmentQuerySet:
    """Enrolments that still have something to do, of people whom a letter reaches, in published courses.

    A course that takes nobody in any more is still learnt by those who are in it.
    """
    return (
        Enrolment.objects.in_progress()
        .filter(
            sends_letters=True, total__gt=0, started_at__lte=at, person__is_active=True, person__email__isnull=False
        )
        .filter(course__opened_at__lte=at)
        .filter(Exists(PUBLISHED.filter(translation_key=OuterRef("course"))))
        .select_related("course", "person")
    )


def candidates(kind: str, at: datetime) -> EnrolmentQuerySet:
    """Whose enrolment stands so now and was not reminded of it."""
    found = reachable(at)
    nearly = Q(lessons_done__gte=F("lessons_total") - NEARLY_LEFT, done__gte=F("total") * NEARLY_PERCENT / 100)
    if kind == Kind.DUE_SOON:
        found = found.filter(due_at__gt=at, due_at__lte=at + DUE_WITHIN)
    elif kind == Kind.NEARLY_DONE:
        found = found.filter(nearly, last_at__lte=at - NEARLY_AFTER, last_at__gt=at - FORGOTTEN)
    elif kind == Kind.STUCK:
        found = found.filter(last_at__lte=at - STUCK, last_at__gt=at - FORGOTTEN).exclude(nearly)
    elif kind == Kind.NOT_BEGUN:
        begun = Q(started_at__lte=at - NOT_BEGUN_AFTER, course__opened_at__lte=at - NOT_BEGUN_AFTER)
        found = found.filter(begun, last_at=None, started_at__gt=at - FORGOTTEN)
    else:
        by_others = [Enrolment.Source.MANAGER, Enrolment.Source.IMPORT, Enrolment.Source.RULE]
        found = found.filter(source__in=by_others, last_at=None, started_at__gt=at - NOT_BEGUN_AFTER)
    if kind != Kind.DUE_SOON:  # of each due day once, which `remind` sees to
        found = found.exclude(Exists(Reminder.objects.filter(enrolment=OuterRef("pk"), kind=kind)))
    return found


def in_peace(found: EnrolmentQuerySet, at: datetime) -> EnrolmentQuerySet:
    """Without people who want no reminders, and those who had a letter within the week."""
    of_person = {"person": OuterRef("person")}
    lately = Reminder.objects.filter(at__gt=at - PAUSE, **of_person)
    return found.exclude(Exists(NoReminders.objects.filter(**of_person))).exclude(Exists(lately))


def run(at: datetime) -> int:
    """What the clock does: letters to those just enrolled, then reminders, by day."""
    if not FIRST_HOUR <= timezone.localtime(at).hour < LAST_HOUR:
        return 0
    return tell_enrolled(at) + remind_all(at)


def remind_all(at: datetime) -> int:
    number = 0
    seen: set[int] = set()
    for kind in BY_URGENCY:
        for enrolment in in_peace(candidates(kind, at), at).order_by(*SOONEST)[:AT_ONCE]:
            if enrolment.person_id in seen:
                continue
            seen.add(enrolment.person_id)
            number += remind(enrolment, kind, at)
            if number >= AT_ONCE:
                return number
    return number


def remind(enrolment: Enrolment, kind: str, at: datetime) -> bool:
    """Write one reminder, unless the person had a letter within the week. Two clocks at once write one."""
    moment = enrolment.due_at
    due = timezone.localtime(moment).date().isoformat() if kind == Kind.DUE_SOON and moment else ""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=enrolment.person_id)
        if Reminder.objects.filter(person=enrolment.person_id, at__gt=at - PAUSE).exists():
            return False
        if NoReminders.objects.filter(person=enrolment.person_id).exists():
            return False
        row, new = Reminder.objects.get_or_create(
            enrolment=enrolment, kind=kind, due=due, defaults={"person_id": enrolment.person_id, "at": at}
        )
        if new:
            _write("course_reminder", row, enrolment)
    return new


def tell_enrolled(at: datetime) -> int:
    """Whoever was enrolled by somebody else reads once what to learn and where; several courses are one letter."""
    number = 0
    for person, mine in by_person(candidates(Kind.ENROLLED, at).order_by("person", "started_at", "pk")[:AT_ONCE]):
        with transaction.atomic():
            User.objects.select_for_update(no_key=True).get(pk=person)
            told = set(
                Reminder.objects.filter(enrolment__in=mine, kind=Kind.ENROLLED).values_list("enrolment", flat=True)
            )
            rows = [
                Reminder(enrolment=one, person_id=person, kind=Kind.ENROLLED, at=at)
                for one in mine
                if one.pk not in told
            ]
            if rows:
                Reminder.objects.bulk_create(rows)
                _write("course_enrolled", rows[0], rows[0].enrolment)
                number += 1
    return number


def by_person(enrolments) -> Iterator[tuple[int, list[Enrolment]]]:
    mine: dict[int, list[Enrolment]] = {}
    for enrolment in enrolments:
        mine.setdefault(enrolment.person_id, []).append(enrolment)
    yield from mine.items()


def _write(kind: str, reminder: Reminder, enrolment: Enrolment) -> None:
    person = enrolment.person
    assert person.email, "who has no mailbox is no candidate"
    Letter.objects.post(
        kind,
        person.email,
        language=enrolment.language,
        about=reminder,
        person=person,
        once=f"{kind}:{enrolment.pk}:{reminder.kind}:{reminder.due}",
        queue="bulk",
    )


# ---------------------------------------------------------------- who wants none


def switch_off(person: User, at: datetime) -> None:
    NoReminders.objects.get_or_create(person=person, defaults={"since": at})


def switch_on(person: User) -> None:
    NoReminders.objects.filter(person=person).delete()


def off_link(person: User) -> str:
    return settings.SITE_URL + reverse("courses:reminders_off", args=[TOKENS.sign(str(person.pk))])


def reader_of(token: str) -> User | None:
    """Whose link this is; None for one that we did not make."""
    try:
        return User.objects.filter(pk=int(TOKENS.unsign(token)), is_active=True).first()
    except (signing.BadSignature, ValueError):
        return None
