"""How far everybody is: per course, and per unit. One query a report, however many learners."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.completion import percent
from courses.models.course import Course
from courses.models.enrolment import Enrolment, kept
from courses.models.planned import PlannedNumber
from people.models import EVERY_UNIT, Unit, UnitMembership

if TYPE_CHECKING:
    from people.models import User


@dataclass(frozen=True)
class Line:
    """One row of a report: who was planned, who came, who took part, who completed."""

    name: str
    key: str
    people: int  # who belongs to the unit; 0 where that is of no meaning
    enrolled: int
    completed: int
    planned: int = 0
    took_part: int = 0  # has done anything at all

    @property
    def not_begun(self) -> int:
        return self.enrolled - self.took_part

    @property
    def in_progress(self) -> int:
        return self.took_part - self.completed

    @property
    def percent(self) -> int:
        return percent(self.completed, self.enrolled)

    @property
    def is_idle(self) -> bool:
        """Nobody was planned, and nobody came."""
        return not (self.enrolled or self.planned)


def by_course(user) -> list[Line]:
    """Of everybody this person may see."""
    seen = Enrolment.objects.visible_to(user).filter(course=OuterRef("pk")).order_by().values("course")
    planned = planned_for(user).filter(course=OuterRef("pk")).order_by().values("course")
    figures = seen.annotate(enrolled=Count("pk"), took_part=Count("last_at"), completed=Count("completed_at"))
    zero = Value(0, output_field=IntegerField())
    rows = Course.objects.annotate(
        planned_people=Coalesce(Subquery(planned.annotate(sum=Sum("people")).values("sum")), zero),
        **{name: Coalesce(Subquery(figures.values(name)), zero) for name in ("enrolled", "took_part", "completed")},
    ).order_by("code", "title_vi")
    return [
        Line(str(row), str(row.pk), 0, row.enrolled, row.completed, row.planned_people, row.took_part) for row in rows
    ]


def planned_for(user):
    """The planned numbers of the units whose training this person manages."""
    if user.has_perm(EVERY_UNIT):
        return PlannedNumber.objects.all()
    return PlannedNumber.objects.filter(unit__in=Unit.objects.managed_by(user))


@dataclass(frozen=True)
class ByUnit:
    """The report by unit, and the courses that it can be asked for: all of the page in one question."""

    lines: list[Line]
    courses: list[tuple[str, str]]  # key and name
    course: str = ""  # the name of the one that was asked for


# Written out: the ORM has no outer join to a grouped query, and would ask for the courses and for the units of a
# manager once more each.
BY_UNIT = """
    WITH RECURSIVE mine(id) AS (
        SELECT g.unit_id FROM people_unitmanager g
        WHERE g.person_id = %(manager)s AND g.since <= %(today)s AND (g.until IS NULL OR g.until >= %(today)s)
        UNION SELECT u.id FROM people_unit u JOIN mine ON u.parent_id = mine.id
    ), belongs AS (
        SELECT m.person_id, m.unit_id FROM people_unitmembership m
        WHERE m.since <= %(day)s AND (m.until IS NULL OR m.until >= %(day)s)
    ), figures AS (
        SELECT b.unit_id, COUNT(*) AS enrolled, COUNT(e.last_at) AS took_part, COUNT(e.completed_at) AS completed
        FROM courses_enrolment e LEFT JOIN belongs b ON b.person_id = e.person_id {of_course} GROUP BY b.unit_id
    ), staff AS (
        SELECT b.unit_id, COUNT(*) AS people FROM belongs b JOIN people_user p ON p.id = b.person_id AND p.is_active
        GROUP BY b.unit_id
    ), plan AS (
        SELECT e.unit_id, SUM(e.people) AS planned FROM courses_plannednumber e {of_course} GROUP BY e.unit_id
    )
    SELECT 'unit', CAST(u.id AS varchar), u.full_name_vi, u.full_name_en, u.name_sort,
        COALESCE(s.people, 0), COALESCE(p.planned, 0),
        COALESCE(f.enrolled, 0), COALESCE(f.took_part, 0), COALESCE(f.completed, 0)
    FROM people_unit u LEFT JOIN figures f ON f.unit_id = u.id LEFT JOIN staff s ON s.unit_id = u.id
        LEFT JOIN plan p ON p.unit_id = u.id
    WHERE u.kind <> 'province' {of_manager}
    UNION ALL
    SELECT 'without', 'none', '', '', '', 0, 0, f.enrolled, f.took_part, f.completed FROM figures f
    WHERE f.unit_id IS NULL
    UNION ALL
    SELECT 'course', CAST(c.key AS varchar), c.title_vi, c.title_en, c.code, 0, 0, 0, 0, 0 FROM courses_course c
    ORDER BY 5, 3, 2
"""


def unit_report(course: UUID | None = None, day: datetime.date | None = None, manager: "User | None" = None) -> ByUnit:
    """Every unit by where people belong on that day, last those without one; of a manager, their own units alone."""
    today = timezone.localdate()
    values: dict[str, Any] = {"day": day or today, "today": today, "manager": manager.pk if manager else None}
    if course is not None:
        values["course"] = kept(course)
    # Raw SQL: our own words and names of parameters only, every value is a parameter.
    sql = BY_UNIT.format(
        of_course="WHERE e.course_id = %(course)s" if course else "",
        of_manager="AND u.id IN (SELECT id FROM mine)" if manager else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    english = translation.get_language() == "en"
    found = ByUnit([], [])
    without = []
    for what, key, vietnamese, in_english, sort, people, planned, enrolled, took_part, completed in rows:
        name = in_english if english and in_english else vietnamese
        if what == "course":
            found.courses.append((str(UUID(key)), f"{sort} {name}".strip()))
        elif what == "unit":
            found.lines.append(Line(name, key, people, enrolled, completed, int(planned), took_part))
        elif manager is None:
            without.append(Line(_("Without a unit"), key, 0, enrolled, completed, 0, took_part))
    chosen = next((name for key, name in found.courses if course and key == str(course)), "")
    return ByUnit([*found.lines, *without], found.courses, chosen)


def total(lines: Sequence[Line]) -> Line:
    return Line(
        _("All together"),
        "",
        sum(line.people for line in lines),
        sum(line.enrolled for line in lines),
        sum(line.completed for line in lines),
        sum(line.planned for line in lines),
        sum(line.took_part for line in lines),
    )


def learners():
    """Enrolments for a list: person, course and where they work today, in one query."""
    today = UnitMembership.objects.on(timezone.localdate()).filter(person=OuterRef("person"))
    return Enrolment.objects.select_related("person", "course", "unit_at_start", "certificate").annotate(
        name_sort=F("person__name_sort"),
        unit_now=Subquery(today.values("unit__full_name_vi")[:1]),
        position_now=Subquery(today.values("position")[:1]),
    )


STUCK = datetime.timedelta(days=14)
ACTIVE = datetime.timedelta(days=30)


def standing(state: str, at: datetime.datetime) -> Q:
    """Which enrolments stand so: the words of the list's filter, of the dashboard and of reminders."""
    left = Q(completed_at=None)
    return {
        "completed": Q(completed_at__isnull=False),
        "not_begun": left & Q(last_at=None),
        "in_progress": left & Q(last_at__isnull=False),
        "stuck": left & Q(last_at__lt=at - STUCK),
        "active": Q(last_at__gte=at - ACTIVE),
        "late": left & Q(due_at__lt=at),
    }[state]
