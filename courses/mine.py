"""What "Trang của tôi" shows of courses."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation

from courses.models.enrolment import Enrolment
from courses.models.outline import OutlineItem
from courses.models.progress import LessonProgress
from courses.study import addresses, clock_face


@dataclass
class Next:
    """The lesson to go on with."""

    number: int
    title: str
    url: str
    minute: str  # where its video stopped


@dataclass
class MyCourse:
    enrolment: Enrolment
    course_url: str
    next: Next | None

    @property
    def title(self) -> str:
        return self.enrolment.course.title

    @property
    def done(self) -> int:
        return self.enrolment.lessons_done

    @property
    def total(self) -> int:
        return self.enrolment.lessons_total

    @property
    def percent(self) -> int:
        return self.enrolment.percent

    @property
    def is_complete(self) -> bool:
        return self.enrolment.is_complete

    @property
    def certificate(self):
        return self.enrolment.certificate.current if self.enrolment.certificate else None


def for_person(user, at: datetime.datetime, request=None) -> list[MyCourse]:
    """Courses of this person, those still being learnt first, the one touched last on top. Four queries in all."""
    language = translation.get_language() or "vi"
    newest: dict[UUID, Enrolment] = {}
    mine = Enrolment.objects.visible_to(user).filter(person=user.pk, started_at__lte=at)
    for enrolment in mine.select_related("course", "certificate", "person").order_by("cycle"):
        newest[enrolment.course_id] = enrolment
    if not newest:
        return []
    outlines: dict[UUID, list[OutlineItem]] = {}
    for item in OutlineItem.objects.filter(course__in=newest).open().in_order():
        outlines.setdefault(item.course_id, []).append(item)
    rows = {
        (row.enrolment_id, row.lesson_key, row.edition): row
        for row in LessonProgress.objects.filter(enrolment__in=list(newest.values()))
    }
    following = {}
    for enrolment in newest.values():
        following[enrolment.pk] = lesson_to_go_on_with(enrolment, outlines.get(enrolment.course_id, []), rows)
    keys = [item.lesson_key for _number, item in filter(None, following.values())]
    found = addresses([*keys, *newest], language, request)
    result = []
    for enrolment in newest.values():
        step = None
        if (chosen := following[enrolment.pk]) and chosen[1].lesson_key in found:
            number, item = chosen
            _language, title, url = found[item.lesson_key]
            row = rows.get((enrolment.pk, item.lesson_key, item.edition))
            step = Next(number, title, url, clock_face(row.position) if row and row.position else "")
        result.append(MyCourse(enrolment, found.get(enrolment.course_id, ("", "", ""))[2], step))
    result.sort(key=lambda one: one.enrolment.last_at or one.enrolment.started_at, reverse=True)
    result.sort(key=lambda one: one.is_complete)
    return result


def lesson_to_go_on_with(
    enrolment: Enrolment, outline: list[OutlineItem], rows: dict
) -> tuple[int, OutlineItem] | None:
    """As Study.next_step: the lesson last open if it is not done, else the first required one that is not."""
    left = []
    for number, item in enumerate(outline, start=1):
        row = rows.get((enrolment.pk, item.lesson_key, item.edition))
        if row is None or row.completed_at is None:
            left.append((number, item))
    last = next((pair for pair in left if pair[1].lesson_key == enrolment.last_lesson_key), None)
    return last or next((pair for pair in left if pair[1].required), None) or next(iter(left), None)
