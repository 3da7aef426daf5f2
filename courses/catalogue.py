"""The catalogue: courses by group, filtered, with the state of the person who looks. Three queries beyond the pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.course import Course
from courses.models.enrolment import Enrolment
from courses.models.outline import OutlineItem
from courses.models.path import PathEnrolment
from courses.path_pages import PathPage
from people.text import search_text

if TYPE_CHECKING:
    from courses.pages import CoursePage


@dataclass
class Row:
    page: "CoursePage"
    lessons: int = 0
    enrolment: Enrolment | None = None
    languages: tuple[str, ...] = ("vi",)

    @property
    def state(self) -> str:
        if self.enrolment is None:
            return "new"
        return "complete" if self.enrolment.is_complete else "begun"

    @property
    def length(self) -> str:
        return next(key for key, most in LENGTHS.items() if most is None or self.lessons <= most)

    @property
    def has_english(self) -> bool:
        return "en" in self.languages


@dataclass
class Group:
    key: str
    name: str
    rows: list[Row] = field(default_factory=list)

    @property
    def lessons(self) -> int:
        return sum(row.lessons for row in self.rows)


def hidden_keys(user=None) -> list[UUID]:
    """Keys of courses, and of lessons in them, that no list, search or sitemap shows to this person."""
    hidden = list(Course.objects.hidden_from(user).values_list("pk", flat=True))
    if not hidden:
        return []
    return [*hidden, *OutlineItem.objects.filter(course__in=hidden).values_list("lesson_key", flat=True)]


# Up to so many lessons; what is longer than all of them is long.
LENGTHS: dict[str, int | None] = {"ngan": 3, "vua": 6, "dai": None}
LENGTH_NAMES = {"ngan": _("Up to 3 lessons"), "vua": _("4 to 6 lessons"), "dai": _("More than 6 lessons")}
STATE_NAMES = {
    "new": _("Not begun"),
    "begun": pgettext_lazy("my course", "In progress"),
    "complete": pgettext_lazy("my course", "Completed"),
}
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass
class Filter:
    """One thing to choose by. `options` are those that lead to something."""

    name: str
    label: Any
    options: list[tuple[str, str]]
    chosen: str = ""


@dataclass
class Catalogue:
    groups: list[Group]
    filters: list[Filter]

    @property
    def is_filtered(self) -> bool:
        return any(each.chosen for each in self.filters)

    @property
    def number(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def in_words(names: dict) -> list[tuple[str, str]]:
    return [(value, str(name)) for value, name in names.items()]


def values_of(row: Row, name: str) -> Iterable[str]:
    """What a row offers to be chosen by."""
    return {
        "chu-de": row.page.topic_list,
        "nhom": [row.page.group],
        "ngon-ngu": row.languages,
        "dai": [row.length],
        "trang-thai": [row.state],
    }[name]


def catalogue(pages: list, user, asked) -> Catalogue:
    """`asked` is the query of the address; what it says that is no choice here chooses nothing."""
    rows = rows_of(pages, user)
    topics = sorted({topic for row in rows for topic in row.page.topic_list}, key=search_text)
    known = [
        Filter("chu-de", _("Topic or framework"), [(topic, topic) for topic in topics]),
        Filter("nhom", _("Group"), [(choice.value, str(choice.label)) for choice in Course.Group]),
        Filter("dai", _("Length"), in_words(LENGTH_NAMES)),
        Filter("ngon-ngu", _("Language"), in_words(LANGUAGE_NAMES)),
    ]
    if user.is_authenticated:
        known.append(Filter("trang-thai", _("My state"), in_words(STATE_NAMES)))
    for each in known:
        offered = {value for row in rows for value in values_of(row, each.name)}
        each.options = [(value, name) for value, name in each.options if value in offered]
        wanted = asked.get(each.name, "")
        each.chosen = wanted if wanted in offered else ""
    chosen = [each for each in known if each.chosen]
    left = [row for row in rows if all(each.chosen in values_of(row, each.name) for each in chosen)]
    found = {choice.value: Group(choice.value, str(choice.label)) for choice in Course.Group}
    for row in left:
        found[row.page.group].rows.append(row)
    # A choice between one thing is none.
    shown = [each for each in known if len(each.options) > 1 or each.chosen]
    return Catalogue([group for group in found.values() if group.rows], shown)


def rows_of(pages: list, user) -> list[Row]:
    from courses.pages import CoursePage

    keys = [page.translation_key for page in pages]
    counted = Count("outline", filter=Q(outline__until=None, outline__required=True))
    lessons = dict(Course.objects.filter(pk__in=keys).annotate(number=counted).values_list("pk", "number"))
    spoken: dict[UUID, list[str]] = {}
    versions = CoursePage.objects.filter(translation_key__in=keys, live=True).order_by("-locale__language_code")
    for key, language in versions.values_list("translation_key", "locale__language_code"):
        spoken.setdefault(key, []).append(language)
    mine: dict = {}
    if user.is_authenticated:
        for enrolment in Enrolment.objects.filter(person=user, course__in=keys).order_by("cycle"):
            mine[enrolment.course_id] = enrolment
    return [
        Row(
            page,
            lessons.get(page.translation_key, 0),
            mine.get(page.translation_key),
            tuple(spoken.get(page.translation_key, ())),
        )
        for page in pages
    ]


@dataclass
class PathRow:
    page: "object"
    mine: PathEnrolment | None = None


def paths(index, user) -> list[PathRow]:
    """The learning paths of this catalogue. Two queries."""
    pages = PathPage.objects.child_of(index).live().public().order_by("path")
    mine = {row.path_id: row for row in user.paths.all()} if user.is_authenticated else {}
    return [PathRow(page, mine.get(page.translation_key)) for page in pages]
