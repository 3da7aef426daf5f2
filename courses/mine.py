"""What "Trang của tôi" shows of courses."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation

from courses.models.enrolment import Enrolment
from courses.models.outline import OutlineItem
from courses.models.path import PathEnrolment
from courses.models.progress import LessonProgress
from courses.study import Step, Study, addresses


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
    new_since: int = 0  # lessons that came to count after this person had finished

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
    mine = Enrolment.objects.visible_to(user).filter(person=user.pk, started_at__lte=at).with_marks()
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
    found = addresses([*newest, *(item.lesson_key for items in outlines.values() for item in items)], language, request)
    result = []
    for enrolment in newest.values():
        step = lesson_to_go_on_with(enrolment, outlines.get(enrolment.course_id, []), rows, found)
        new = new_since_finished(enrolment, outlines.get(enrolment.course_id, []), rows)
        result.append(MyCourse(enrolment, found.get(enrolment.course_id, ("", "", ""))[2], step, new))
    result.sort(key=lambda one: one.enrolment.last_at or one.enrolment.started_at, reverse=True)
    result.sort(key=lambda one: one.is_complete)
    return result


def new_since_finished(enrolment: Enrolment, outline: list[OutlineItem], rows: dict) -> int:
    """As Study.since_finished counts them: what is required now, came later, and is not done."""
    finished = enrolment.completed_at
    if finished is None:
        return 0
    return sum(
        item.since > finished
        and item.counts_for(enrolment.started_at)
        and not ((row := rows.get((enrolment.pk, item.lesson_key, item.edition))) and row.completed_at)
        for item in outline
    )


def lesson_to_go_on_with(
    enrolment: Enrolment, outline: list[OutlineItem], rows: dict, found: dict[UUID, tuple[str, str, str]]
) -> Next | None:
    """As the page of the course says it: never a lesson that is locked, or away."""
    steps = []
    for number, item in enumerate(outline, start=1):
        language, title, url = found.get(item.lesson_key, ("", item.title, ""))
        row = rows.get((enrolment.pk, item.lesson_key, item.edition))
        steps.append(Step(number, item, title, url, language, row))
    step = Study(enrolment.course, enrolment, steps).next_step
    return Next(step.number, step.title, step.url, step.minute) if step else None


@dataclass
class MyPath:
    following: PathEnrolment
    url: str

    @property
    def title(self) -> str:
        return self.following.path.title


def paths_of(user, request=None) -> list[MyPath]:
    """Learning paths of this person, those still going on first. Two queries, one for nobody's."""
    rows = list(user.paths.select_related("path", "person").order_by("-started_at"))
    if not rows:
        return []
    found = addresses([row.path_id for row in rows], translation.get_language() or "vi", request)
    rows.sort(key=lambda row: row.is_complete)
    return [MyPath(row, found.get(row.path_id, ("", "", ""))[2]) for row in rows]
