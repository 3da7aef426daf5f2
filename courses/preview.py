"""Pages as a learner will see them, before they are published: nothing here is saved, and nobody's progress is read."""

from uuid import UUID

from django.utils import timezone, translation

from courses.models.course import NO_SECTION, Course
from courses.models.enrolment import Enrolment
from courses.models.outline import OutlineItem
from courses.models.progress import LessonProgress
from courses.projection import drafted
from courses.study import Study, steps_of


def lesson_study(page, request, mode: str) -> Study:
    """`learner`: somebody who is enrolled and has done nothing yet. `done`: the same person after this lesson."""
    course = course_of(page.course_page)
    items = list(course.outline.open().in_order())
    mine = next((item for item in items if item.lesson_key == page.translation_key), None)
    if mine is None:
        section = items[-1].section_key if items else NO_SECTION
        mine = OutlineItem(lesson_key=page.translation_key, section_key=section, position=len(items) + 1)
        items.append(mine)
    mine.title_vi = mine.title_en = page.title
    mine.required, mine.weight = page.required, page.weight
    if page.locale.language_code == "vi":
        mine.rule = page.rule_for_record()
    enrolment = learner(course, items, request) if mode else None
    done = {}
    if enrolment and mode == "done":
        row = LessonProgress(first_at=enrolment.started_at, completed_at=enrolment.started_at)
        done[mine.lesson_key, mine.edition] = row
        enrolment.done, enrolment.lessons_done = mine.weight, 1
    return study(course, enrolment, items, done, request, page.translation_key)


def course_study(page, request, mode: str) -> Study:
    """The outline as it will be, with what is still a draft."""
    course = course_of(page)
    items = [
        OutlineItem(
            lesson_key=lesson.lesson_key,
            title_vi=lesson.title_vi,
            title_en=lesson.title_en,
            required=lesson.required,
            weight=lesson.weight,
            section_key=lesson.section_key,
            section_title_vi=lesson.section_title_vi,
            section_title_en=lesson.section_title_en,
        )
        for lesson in drafted(page)
    ]
    return study(course, learner(course, items, request) if mode else None, items, {}, request)


def course_of(page) -> Course:
    course = Course.objects.filter(pk=page.translation_key).first() or Course(key=page.translation_key)
    course.opened_at, course.closed_at = timezone.now(), None
    if page.locale.language_code == "vi" and hasattr(page, "sequential"):
        course.sequential = page.sequential
    return course


def learner(course: Course, items: list[OutlineItem], request) -> Enrolment:
    required = [item for item in items if item.required]
    return Enrolment(
        person=request.user,
        course=course,
        started_at=timezone.now(),
        total=sum(item.weight for item in required),
        lessons_total=len(required),
    )


def study(course, enrolment, items, done, request, here: UUID | None = None) -> Study:
    steps = steps_of(items, done, translation.get_language() or "vi", request)
    for step in steps:
        step.url = step.url or "#"  # a draft has no address that a learner could open
    found = Study(course, enrolment, steps)
    for step in found.steps:
        if step.key == here:
            step.comes_first = None  # whoever looks at it is not kept out
    return found
