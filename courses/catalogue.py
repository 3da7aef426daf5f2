"""The catalogue: courses by group, with the state of the person who looks. Two queries beyond the pages."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from courses.models.course import Course
from courses.models.enrolment import Enrolment


@dataclass
class Row:
    page: "object"
    lessons: int = 0
    enrolment: Enrolment | None = None

    @property
    def state(self) -> str:
        if self.enrolment is None:
            return "new"
        return "complete" if self.enrolment.is_complete else "begun"


@dataclass
class Group:
    key: str
    name: str
    rows: list[Row] = field(default_factory=list)

    @property
    def lessons(self) -> int:
        return sum(row.lessons for row in self.rows)


def groups(pages: list, user) -> list[Group]:
    keys = [page.translation_key for page in pages]
    counted = Count("outline", filter=Q(outline__until=None, outline__required=True))
    lessons = dict(Course.objects.filter(pk__in=keys).annotate(number=counted).values_list("pk", "number"))
    mine: dict = {}
    if user.is_authenticated:
        for enrolment in Enrolment.objects.filter(person=user, course__in=keys).order_by("cycle"):
            mine[enrolment.course_id] = enrolment
    found = {choice.value: Group(choice.value, str(choice.label)) for choice in Course.Group}
    for page in pages:
        found[page.group].rows.append(Row(page, lessons.get(page.translation_key, 0), mine.get(page.translation_key)))
    return [group for group in found.values() if group.rows]
