"""How far everybody is: per course, and per unit. One query a report, however many learners."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.completion import percent
from courses.models.course import Course
from courses.models.enrolment import Enrolment
from people.models import Unit


@dataclass(frozen=True)
class Line:
    """One row of a report."""

    name: str
    key: str
    people: int  # who belongs to the unit; 0 where that is of no meaning
    enrolled: int
    completed: int
    last_at: datetime.datetime | None = None

    @property
    def in_progress(self) -> int:
        return self.enrolled - self.completed

    @property
    def percent(self) -> int:
        return percent(self.completed, self.enrolled)


def by_course() -> list[Line]:
    rows = Course.objects.annotate(
        enrolled=Count("enrolments"), completed=Count("enrolments", filter=Q(enrolments__completed_at__isnull=False))
    ).order_by("code", "title_vi")
    return [Line(str(row), str(row.pk), 0, row.enrolled, row.completed) for row in rows]


def by_unit(course: Course | None = None, day: datetime.date | None = None) -> list[Line]:
    """Every unit, also where nobody has begun, by where people belong on that day; last those without a unit."""
    day = day or timezone.localdate()
    belongs = Q(memberships__since__lte=day) & (Q(memberships__until=None) | Q(memberships__until__gte=day))
    learning = belongs & Q(memberships__person__enrolments__isnull=False)
    if course is not None:
        learning &= Q(memberships__person__enrolments__course=course)
    finished = learning & Q(memberships__person__enrolments__completed_at__isnull=False)
    units = (
        Unit.objects.offices()
        .annotate(
            people=Count("memberships__person", filter=belongs, distinct=True),
            enrolled=Count("memberships__person__enrolments", filter=learning, distinct=True),
            completed=Count("memberships__person__enrolments", filter=finished, distinct=True),
        )
        .order_by("name_sort", "slug")
    )
    lines = [Line(unit.full_name, str(unit.pk), unit.people, unit.enrolled, unit.completed) for unit in units]
    rest = Enrolment.objects.filter(course=course) if course else Enrolment.objects.all()
    belonging = Q(person__memberships__since__lte=day) & (
        Q(person__memberships__until=None) | Q(person__memberships__until__gte=day)
    )
    rest = rest.exclude(pk__in=rest.filter(belonging).values("pk"))
    without = rest.aggregate(enrolled=Count("pk"), completed=Count("pk", filter=Q(completed_at__isnull=False)))
    if without["enrolled"]:
        lines.append(Line(_("Without a unit"), "", 0, without["enrolled"], without["completed"]))
    return lines


def total(lines: list[Line]) -> Line:
    return Line(
        _("All together"),
        "",
        sum(line.people for line in lines),
        sum(line.enrolled for line in lines),
        sum(line.completed for line in lines),
    )


def learners():
    """Enrolments for a list: person, course and unit in one query."""
    return Enrolment.objects.select_related("person", "course", "unit_at_start", "certificate").annotate(
        name_sort=F("person__name_sort")
    )
