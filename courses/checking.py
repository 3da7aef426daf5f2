"""Is what is kept equal to what follows from the outline and the events? For check_progress, audit and tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.clock import database_now
from courses.models import Course, Enrolment, LearningEvent, LessonProgress, OutlineItem, PathEnrolment
from courses.models.enrolment import PROGRESS_FIELDS

CHUNK = 1000
ROLL_UP = ("done", "total", "lessons_done", "lessons_total", "completed_at")


@dataclass(frozen=True)
class Difference:
    subject: str
    sentence: str
    enrolment: UUID | None = None

    def __str__(self) -> str:
        return f"{self.subject}: {self.sentence}"


def differences(courses=None, sample: int | None = None, *, with_pages: bool = True) -> Iterator[Difference]:
    """All that differs, course by course. Reads only."""
    for course in (Course.objects.all() if courses is None else courses).order_by("pk"):
        outline = list(OutlineItem.objects.filter(course=course))
        if with_pages:
            yield from drift(course)
        yield from outline_faults(course, outline)
        enrolments = course.enrolments.order_by("pk").values_list("pk", flat=True)
        keys = list(enrolments[:sample] if sample else enrolments)
        for start in range(0, len(keys), CHUNK):
            yield from enrolment_faults(keys[start : start + CHUNK], outline)
    yield from certificate_faults(courses)
    if courses is None:
        yield from path_faults()


def drift(course: Course) -> Iterator[Difference]:
    """The outline follows the pages; only what waits out its grace may differ."""
    from courses.projection import home_page, wanted

    pages = wanted(home_page(course.key))
    found = course.difference(pages, database_now())
    if found.to_open or found.to_rename or found.found or (found.to_close and not found.in_grace):
        yield Difference(str(course), "the outline differs from the published pages")


def outline_faults(course: Course, outline: list[OutlineItem]) -> Iterator[Difference]:
    by_lesson: dict[UUID, list[OutlineItem]] = {}
    for row in outline:
        by_lesson.setdefault(row.lesson_key, []).append(row)
    for key, rows in by_lesson.items():
        rows.sort(key=lambda row: row.since)
        for earlier, later in pairwise(rows):
            if earlier.until is None or earlier.until > later.since:
                yield Difference(str(course), f"rows of lesson {key} overlap")
            if later.edition < earlier.edition:
                yield Difference(str(course), f"the edition of lesson {key} fell")


def enrolment_faults(keys: list[UUID], outline: list[OutlineItem]) -> Iterator[Difference]:
    known = {(row.lesson_key, row.edition) for row in outline}
    events: dict[UUID, list[LearningEvent]] = {}
    for event in LearningEvent.objects.filter(enrolment__in=keys):
        events.setdefault(event.enrolment_id, []).append(event)
    rows: dict[UUID, list[LessonProgress]] = {}
    for row in LessonProgress.objects.filter(enrolment__in=keys):
        rows.setdefault(row.enrolment_id, []).append(row)
    for enrolment in Enrolment.objects.filter(pk__in=keys):
        mine = events.get(enrolment.pk, [])
        faults = list(compare(enrolment, outline, mine, rows.get(enrolment.pk, [])))
        if faults:
            # A writer may have been in between: look once more while nobody can write.
            with transaction.atomic():
                locked = Enrolment.objects.select_for_update().filter(pk=enrolment.pk).first()
                if locked is None:
                    continue  # it became part of another one
                outline_now = list(OutlineItem.objects.filter(course=locked.course_id))
                faults = list(compare(locked, outline_now, list(locked.events.all()), list(locked.lessons.all())))
        for fault in faults:
            yield Difference(f"enrolment {enrolment.pk}", fault, enrolment.pk)
        for event in mine:
            if event.at > event.received_at or event.at < enrolment.started_at:
                yield Difference(f"event {event.pk}", "its time is outside of the enrolment")
            if (event.lesson_key, event.edition) not in known:
                yield Difference(f"event {event.pk}", "its lesson was never part of the course")


def compare(enrolment: Enrolment, outline, events, rows) -> Iterator[str]:
    lessons, roll_up = enrolment.recomputed(outline, events)
    kept = {(row.lesson_key, row.edition): row for row in rows}
    for lesson in lessons.keys() | kept.keys():
        expected, row = lessons.get(lesson), kept.get(lesson)
        if expected is None or row is None:
            yield f"lesson {lesson[0]}/{lesson[1]} is kept without events, or not kept at all"
        elif any(getattr(row, name) != expected[name] for name in PROGRESS_FIELDS):
            yield f"lesson {lesson[0]}/{lesson[1]} differs from its events"
    for name in ROLL_UP:
        if getattr(enrolment, name) != roll_up[name]:
            yield f"{name} is {getattr(enrolment, name)}, should be {roll_up[name]}"


def certificate_faults(courses=None) -> Iterator[Difference]:
    found = Enrolment.objects.holding_paper().filter(completed_at=None)
    if courses is not None:
        found = found.filter(course__in=courses)
    for enrolment in found:
        yield Difference(f"enrolment {enrolment.pk}", "has a valid certificate but is not complete", enrolment.pk)


def path_faults() -> Iterator[Difference]:
    """Learning paths: rows of a course do not overlap, and everybody stands where their completed courses put them."""
    from courses.models.path import PathItem, finished_courses

    outlines: dict[UUID, list] = {}
    for item in PathItem.objects.order_by("since"):
        outlines.setdefault(item.path_id, []).append(item.as_asked)
    for key, outline in outlines.items():
        last: dict[UUID, Any] = {}
        for asked in outline:
            before = last.get(asked.course)
            if before is not None and (before.until is None or before.until > asked.since):
                yield Difference(f"path {key}", f"rows of course {asked.course} overlap")
            last[asked.course] = asked
    keys = list(PathEnrolment.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        rows = list(PathEnrolment.objects.filter(pk__in=keys[start : start + CHUNK]))
        courses = {asked.course for row in rows for asked in outlines.get(row.path_id, [])}
        finished = finished_courses([row.person_id for row in rows], courses)
        for row in rows:
            expected = row.worked_out(outlines.get(row.path_id, []), finished.get(row.person_id, {}))
            if row.kept != expected:
                yield Difference(f"path enrolment {row.pk}", f"is {row.kept}, should be {expected}")


def put_right(enrolment: Enrolment) -> None:
    """Write lessons and roll-up again from the events. Never touches events or the outline."""
    with transaction.atomic():
        me = Enrolment.objects.select_for_update().filter(pk=enrolment.pk).first()
        if me is None:
            return  # it became part of another one, which was put right then
        outline = list(OutlineItem.objects.filter(course=me.course_id))
        lessons, roll_up = me.recomputed(outline, list(me.events.all()))
        for row in me.lessons.all():
            if (row.lesson_key, row.edition) not in lessons:
                row.delete()
        for (key, edition), fields in lessons.items():
            me.lessons.update_or_create(lesson_key=key, edition=edition, defaults=fields)
        Enrolment.objects.filter(pk=me.pk).update(**roll_up)
        PathEnrolment.follow([me.person_id], me.course_id)
