"""Step by step: in such a course a lesson opens when all required lessons before it are done.

Only what can be read holds anybody up, so nobody stands before a closed door: a lesson whose page is away for a while,
one that is not required of this person, and what was done once lock nothing. Facts are taken in whatever the order:
a device that was offline may tell of a lesson before it tells of the one that came first.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from courses.models.outline import OutlineItem, outline_at

if TYPE_CHECKING:
    from courses.models.enrolment import Enrolment
    from courses.study import Step


def set_locks(steps: Iterable["Step"]) -> None:
    """Tell every step which one comes first, if one does. Visitors may read the first lesson."""
    first = None
    for step in steps:
        if step.is_done:
            continue
        step.comes_first = first
        if first is None and step.counts and step.url:
            first = step


def first_before(enrolment: "Enrolment", lesson: UUID) -> OutlineItem | None:
    """The lesson that has to be done before this one, asked where somebody acts. No query in a course of free order."""
    from courses.study import published

    course = enrolment.course
    if not course.sequential:
        return None
    items = [item for item in outline_at(course.pk, course.outline_version, course.projected_at) if item.until is None]
    rows = enrolment.lessons.filter(completed_at__isnull=False).values_list("lesson_key", "edition")
    done, readable = set(rows), published([item.lesson_key for item in items])
    for item in items:
        if item.lesson_key == lesson:
            return None
        left = (item.lesson_key, item.edition) not in done
        if left and item.counts_for(enrolment.started_at) and item.lesson_key in readable:
            mine = next((each for each in items if each.lesson_key == lesson), None)
            return None if mine is None or (lesson, mine.edition) in done else item
    return None
