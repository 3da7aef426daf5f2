"""Many questions at once: what a list would change in the bank of a course, and changing it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from courses.quizzing.markdown import Problem, Reading
from courses.quizzing.written import Written

if TYPE_CHECKING:
    from courses.models import Course, Quiz
    from people.models import User


@dataclass
class Plan:
    """What importing would do. `missing` is in the bank and not in the list: it stays."""

    new: list[Written] = field(default_factory=list)
    changed: list[Written] = field(default_factory=list)
    unchanged: list[Written] = field(default_factory=list)
    missing: int = 0
    problems: list[Problem] = field(default_factory=list)


def plan(course: "Course", reading: Reading) -> Plan:
    """Reads only. Three queries, however long the list."""
    from courses.models import QuizItem

    found = Plan(problems=list(reading.problems))
    if reading.code and course.code and reading.code.lower() != course.code.lower():
        sentence = _("This is the bank of %(other)s, not of %(code)s.") % {"other": reading.code, "code": course.code}
        found.problems.append(Problem(_("The file"), "", sentence))
    items = {item.key: item for item in QuizItem.objects.filter(course=course).select_related("current")}
    for written in reading.items:
        item = items.pop(written.key, None)
        if item is None or item.current is None:
            found.new.append(written)
            continue
        item.current.item = item
        content = written.content(item.current.written)
        same = all(getattr(item.current, name) == value for name, value in content.items())
        same = same and item.tag_list == written.tags and item.retired_at is None
        (found.unchanged if same else found.changed).append(written)
    found.missing = sum(item.retired_at is None for item in items.values())
    return found


class HasProblems(ValueError):
    """The list holds mistakes, so nothing of it was imported."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def put(course: "Course", reading: Reading, by: "User | None" = None) -> Plan:
    """All of it or nothing. The same list again changes nothing."""
    from courses.models import QuizItem

    with transaction.atomic():
        found = plan(course, reading)
        if found.problems:
            raise HasProblems(found.problems)
        for written in [*found.new, *found.changed]:
            QuizItem.write(course, written, by)
    return found


def quiz_on(course: "Course", tag: str, title_vi: str, title_en: str = "", number: int | None = None) -> "Quiz":
    """The quiz that asks so many questions of a tag, or all; found again by its name."""
    from courses.models import Quiz, QuizDraw

    quiz, made = Quiz.objects.get_or_create(
        course=course, title_vi=title_vi[:200], defaults={"title_en": title_en[:200]}
    )
    if made:
        QuizDraw.objects.create(quiz=quiz, tag=tag, number=number)
    return quiz


def know_quizzes(pages: list, *, asked: bool = False) -> list:
    """The same lesson pages, each with its quiz at hand: three queries for all, however many there are. With `asked`
    the questions of the banks too, in one more."""
    from courses.models import Quiz, QuizDraw, QuizItem

    places = [
        (page, number, block["value"], block.get("id"))
        for page in pages
        for number, block in enumerate(page.body.raw_data)
        if block["type"] == "quiz" and block["value"]
    ]
    if not places:
        return pages
    quizzes = Quiz.objects.in_bulk({key for _page, _number, key, _id in places})
    draws: dict[int, list[tuple[str, int | None]]] = {key: [] for key in quizzes}
    for key, tag, number in QuizDraw.objects.filter(quiz__in=quizzes).values_list("quiz", "tag", "number"):
        draws[key].append((tag, number))
    tags: dict[object, list[list[str]]] = {}
    courses = {quiz.course_id for quiz in quizzes.values()}
    for course, column in QuizItem.objects.in_use().filter(course__in=courses).values_list("course", "tags"):
        tags.setdefault(course, []).append(column.split())
    items: dict[object, list[QuizItem]] = {course: [] for course in courses}
    for item in QuizItem.objects.in_use().to_ask().filter(course__in=courses) if asked else ():
        items[item.course_id].append(item)
    for key, quiz in quizzes.items():
        quiz.knows(draws[key], tags.get(quiz.course_id, []), items[quiz.course_id] if asked else None)
    for page, number, key, block_id in places:
        if key in quizzes:
            page.body[number] = ("quiz", quizzes[key], block_id)
    return pages
