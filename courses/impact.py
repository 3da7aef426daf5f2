"""What publishing would do to the people of a course, before it is done. Reads only; the numbers are exact."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.clock import database_now
from courses.models.course import Course, Wanted
from courses.models.path import Path, PathItem, WantedGroup, finished_courses
from courses.models.progress import LessonProgress


@dataclass
class Impact:
    """The outline as it is against the outline as it would be, and whom that concerns."""

    learning: int = 0
    completed: int = 0
    added: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, Any]] = field(default_factory=list)
    retired: list[Any] = field(default_factory=list)
    refused: list[Wanted] = field(default_factory=list)  # lessons nobody could finish: they would not open
    finishing: int = 0  # who would be complete at once
    more: int = 0  # who are learning and would have to do something that they have not done
    of_path: bool = False  # of a learning path; then what is added and retired are courses

    @property
    def counts(self) -> bool:
        return bool(self.added or self.changed or self.retired)

    @property
    def people(self) -> int:
        return self.learning + self.completed

    @property
    def concerns_somebody(self) -> bool:
        """Worth a look before it is done."""
        return self.counts and self.people > 0

    @property
    def who(self) -> str:
        """ "1.240 người đang học, 310 đã hoàn thành" """
        said = (
            _("%(learning)s people follow the path, %(completed)s have completed it")
            if self.of_path
            else _("%(learning)s people are learning, %(completed)s have completed the course")
        )
        return said % {
            "learning": number_format(self.learning, force_grouping=True),
            "completed": number_format(self.completed, force_grouping=True),
        }

    @property
    def sentences(self) -> list[str]:
        said = []
        if self.learning and not self.more and not self.finishing:
            said.append(_("Whoever is learning has nothing more to do."))
        if self.more:
            said.append(
                ngettext(
                    "%(number)s person who is learning has more to do.",
                    "%(number)s people who are learning have more to do.",
                    self.more,
                )
                % {"number": number_format(self.more, force_grouping=True)}
            )
        if self.finishing:
            said.append(
                (
                    ngettext(
                        "%(number)s person completes the path at once.",
                        "%(number)s people complete the path at once.",
                        self.finishing,
                    )
                    if self.of_path
                    else ngettext(
                        "%(number)s person completes the course at once.",
                        "%(number)s people complete the course at once.",
                        self.finishing,
                    )
                )
                % {"number": number_format(self.finishing, force_grouping=True)}
            )
        if self.completed and (self.added or self.changed):
            said.append(
                ngettext(
                    "%(number)s person who has completed it keeps completion and certificate.",
                    "%(number)s people who have completed it keep completion and certificate.",
                    self.completed,
                )
                % {"number": number_format(self.completed, force_grouping=True)}
            )
        return said or [_("Nobody who is here already is concerned.")]


def impact_of(course: Course | None, wanted: Sequence[Wanted]) -> Impact:
    """What would follow if the outline became like that now, missing lessons closed without their grace."""
    if course is None:
        return Impact(added=[lesson for lesson in wanted if not lesson.problem])
    found = people_of(course)
    difference = course.difference(wanted, database_now(), at_once=True)
    closing = {row.lesson_key: row for row in difference.to_close}
    for lesson in difference.to_open:
        if row := closing.pop(lesson.lesson_key, None):
            found.changed.append((row, lesson))
        else:
            found.added.append(lesson)
    found.retired = list(closing.values())
    is_open = set(course.outline.open().values_list("lesson_key", flat=True))
    found.refused = [lesson for lesson in wanted if lesson.problem and lesson.lesson_key not in is_open]
    if found.concerns_somebody and found.learning:
        before = list(course.outline.open().required().values_list("lesson_key", "edition", "new_from"))
        going = {(row.lesson_key, row.edition, row.new_from) for row in difference.to_close}
        opening = [
            (lesson.lesson_key, lesson.edition, lesson.new_from)
            for lesson in difference.to_open
            # What begins to be for new learners concerns nobody who is here.
            if lesson.required and (lesson.new_from or not lesson.only_new)
        ]
        after = [*(item for item in before if item not in going), *opening]
        needed_before, had_before = standing(before)
        needed, had = standing(after, course.done_by_new_rules(difference))
        learning = course.enrolments.filter(completed_at=None).annotate(
            left_before=needed_before - had_before, needed=needed, left=needed - had
        )
        found.finishing = learning.filter(needed__gt=0, left=0).count()
        found.more = learning.filter(left__gt=F("left_before")).count()
    return found


def impact_on_path(path: Path | None, wanted: Sequence[WantedGroup]) -> Impact:
    """The same for a learning path: everybody on it is worked out as if its outline became like that now."""
    found = Impact(of_path=True)
    if path is None:
        return found
    new, closing, opening, _staying = path.difference(wanted)
    titles = Course.objects.in_bulk(opening)
    changed = {row.course_id: row for row in closing if row.course_id in new}
    found.added = [titles[key] for key in opening if key not in changed]
    found.changed = [(row, titles[key]) for key, row in changed.items()]
    found.retired = [row.course for row in closing if row.course_id not in new]
    at = database_now()
    outline = [row.as_asked for row in path.items.exclude(pk__in=[row.pk for row in closing])]
    for item in closing:
        item.until = at
        outline.append(item.as_asked)
    for key in opening:
        group = new[key][1]
        outline.append(PathItem(path=path, course_id=key, group_key=group.key, needs=group.needs, since=at).as_asked)
    courses = {asked.course for asked in outline}
    for rows in batched(path.people.order_by("pk"), 1_000, strict=False):
        finished = finished_courses([row.person_id for row in rows], courses)
        for row in rows:
            completed_at, done, total = row.worked_out(outline, finished.get(row.person_id, {}))
            if row.completed_at:
                found.completed += 1
                continue
            found.learning += 1
            found.finishing += completed_at is not None
            found.more += total - done > row.total - row.done
    return found


def people_of(course: Course) -> Impact:
    """Who is learning and who has completed the course, before anything is changed."""
    people = course.enrolments.aggregate(all=Count("pk"), completed=Count("completed_at"))
    return Impact(people["all"] - people["completed"], people["completed"])


def standing(items: list[tuple], also: Sequence[int] = ()) -> tuple[Any, Any]:
    """Expressions of an enrolment: how many of these lessons it needs, and how many of those it has done; `also` are
    lessons begun that will be done."""
    needed: Any = Value(sum(new_from is None for _key, _edition, new_from in items), output_field=IntegerField())
    did = Q(pk__in=[])
    for key, edition, new_from in items:
        this = Q(lesson_key=key, edition=edition)
        if new_from is not None:
            needed = needed + Case(When(started_at__gte=new_from, then=1), default=0, output_field=IntegerField())
            this &= Q(enrolment__started_at__gte=new_from)
        did |= this
    had = (
        LessonProgress.objects.filter(did, Q(completed_at__isnull=False) | Q(pk__in=also), enrolment=OuterRef("pk"))
        .order_by()
        .values("enrolment")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return needed, Coalesce(Subquery(had), 0)
