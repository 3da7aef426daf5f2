"""One course at a glance: how many, where people stop, which questions they fail. As many queries at any size."""

import datetime
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from courses.completion import percent
from courses.models.course import Course
from courses.models.enrolment import EnrolmentQuerySet
from courses.models.outline import OutlineItem, outline_at
from courses.models.progress import LessonProgress
from courses.models.quiz import QuizAttempt, QuizResponse
from courses.models.quiz_bank import QuizItem
from courses.reports import standing

ATTEMPTS_READ = 2_000  # the newest: what is asked today, in bounded time and memory
ANSWERS_NEEDED = 5
WORST = 10


@dataclass
class Figures:
    enrolled: int
    not_begun: int
    in_progress: int
    active: int
    stuck: int
    late: int
    completed: int
    took_part: int
    planned: int

    @property
    def percent(self) -> int:
        return percent(self.completed, self.enrolled)


@dataclass
class Stop:
    """One lesson of the funnel."""

    number: int
    item: OutlineItem
    begun: int = 0
    done: int = 0
    stopped: int = 0  # touched nothing for two weeks, and this lesson last
    took_part: int = 0
    is_worst: bool = False

    @property
    def percent(self) -> int:
        return percent(self.done, self.took_part)


@dataclass
class Hard:
    """A question, and how many got it wrong."""

    lesson: str
    question: str
    asked: int
    wrong: int

    @property
    def percent(self) -> int:
        return percent(self.wrong, self.asked)


@dataclass
class Dashboard:
    course: Course
    figures: Figures
    funnel: list[Stop] = field(default_factory=list)
    hard: list[Hard] = field(default_factory=list)

    @classmethod
    def of(cls, course: Course, user, at: datetime.datetime, planned: int = 0) -> "Dashboard":
        """Counts only whom this person may see."""
        mine: EnrolmentQuerySet = course.enrolments.visible_to(user)
        rows = outline_at(course.pk, course.outline_version, course.projected_at)
        items = [item for item in rows if item.until is None]
        counted = by_last_lesson(mine, at)
        figures = Figures(planned=planned, **{name: sum(row[name] for row in counted.values()) for name in COUNTED})
        stopped = {lesson: row["stuck"] for lesson, row in counted.items()}
        return cls(course, figures, funnel(items, mine, figures.took_part, stopped), hard_questions(items, mine))


STATES = ("not_begun", "in_progress", "active", "stuck", "late", "completed")
COUNTED = ("enrolled", "took_part", *STATES)


def by_last_lesson(mine: EnrolmentQuerySet, at: datetime.datetime) -> dict[UUID | None, dict[str, int]]:
    """How many stand where, by the lesson they touched last: one query for the figures and for where people stop."""
    rows = (
        mine.order_by()
        .values("last_lesson_key")
        .annotate(
            enrolled=Count("pk"),
            took_part=Count("last_at"),
            **{state: Count("pk", filter=standing(state, at)) for state in STATES},
        )
    )
    return {row.pop("last_lesson_key"): row for row in rows}


def funnel(
    items: list[OutlineItem], mine: EnrolmentQuerySet, took_part: int, stopped: dict[UUID | None, int]
) -> list[Stop]:
    """Lesson by lesson: who began it, who did it, who left off there."""
    rows = (
        LessonProgress.objects.filter(enrolment__in=mine, lesson_key__in=[item.lesson_key for item in items])
        .order_by()
        .values_list("lesson_key", "edition")
        .annotate(begun=Count("pk"), done=Count("completed_at"))
    )
    counted = {(key, edition): (begun, done) for key, edition, begun, done in rows}
    stops = []
    for number, item in enumerate(items, start=1):
        begun, done = counted.get((item.lesson_key, item.edition), (0, 0))
        stops.append(Stop(number, item, begun, done, stopped.get(item.lesson_key, 0), took_part))
    most = max((stop.stopped for stop in stops), default=0)
    for stop in stops:
        stop.is_worst = 0 < most == stop.stopped
    return stops


def hard_questions(items: list[OutlineItem], mine: EnrolmentQuerySet) -> list[Hard]:
    """The questions that most people got wrong, of the newest attempts at the quizzes of these lessons."""
    titles = {item.lesson_key: item.title for item in items}
    newest = QuizAttempt.objects.filter(
        enrolment__in=mine, lesson_key__in=list(titles), submitted_at__isnull=False
    ).order_by("-submitted_at")
    counted = (
        QuizResponse.objects.filter(attempt__in=list(newest.values_list("pk", flat=True)[:ATTEMPTS_READ]))
        .order_by()
        .values("attempt__lesson_key", "version__item")
        .annotate(asked=Count("pk"), wrong=Count("pk", filter=Q(points=0)))
        .filter(asked__gte=ANSWERS_NEEDED, wrong__gt=0)
    )
    worst = sorted(counted, key=lambda row: (-row["wrong"] / row["asked"], -row["asked"], row["version__item"]))[:WORST]
    found = QuizItem.objects.filter(pk__in=[row["version__item"] for row in worst]).select_related("current")
    texts = {item.pk: item.current.text for item in found if item.current}
    return [
        Hard(titles[row["attempt__lesson_key"]], texts.get(row["version__item"], ""), row["asked"], row["wrong"])
        for row in worst
    ]
