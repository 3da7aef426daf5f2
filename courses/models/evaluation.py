"""What people think of a course they completed, without saying who they are.

An answer bears no person, no enrolment, no moment and a random key: nobody can lay the two tables side by side and
count off who said what. That somebody has answered is a mark of its own. Answers are counted in fives: a block is
shown when five are in it, so that no two looks at the results differ by one person's answer.
"""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass, field

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

BLOCK = 5
QUESTIONS = {
    "useful": _("What I learnt is useful for my work."),
    "clear": _("The lessons are clear and easy to follow."),
    "practical": _("I can apply it to cases that I really have."),
    "length": _("The length and the pace suit me."),
    "easy": _("The pages, videos and quizzes were easy to use."),
}
SCALE = {
    1: _("1, not at all"),
    2: _("2, rather not"),
    3: _("3, partly"),
    4: _("4, mostly"),
    5: _("5, fully"),
}


class AlreadyEvaluated(Exception):
    """One answer for each enrolment."""


class NotCompleted(Exception):
    """Only whoever completed a course evaluates it."""


class EvaluationMark(models.Model):
    """This enrolment's owner has answered; not what, and not when."""

    enrolment = models.OneToOneField(
        "courses.Enrolment", on_delete=models.PROTECT, primary_key=True, related_name="evaluation_mark"
    )

    class Meta:
        verbose_name = _("mark of an evaluation")
        verbose_name_plural = _("marks of evaluations")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.enrolment_id)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def give(self, enrolment, scores: dict[str, int], text: str, at: datetime.datetime) -> None:
        """Write an answer down, once for an enrolment. The course's row is locked: it keeps the blocks full."""
        from courses.models.course import Course

        try:
            with transaction.atomic():
                course = Course.locked(enrolment.course_id)
                if not type(enrolment).objects.filter(pk=enrolment.pk).completed().exists():
                    raise NotCompleted
                EvaluationMark.objects.create(enrolment=enrolment)
                month = timezone.localtime(at).date().replace(day=1)
                block = course.evaluations.count() // BLOCK
                self.create(course=course, block=block, month=month, text=text, **scores)
        except IntegrityError:
            raise AlreadyEvaluated from None


def score(label) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(5)])


class Evaluation(models.Model):
    """One answer, nobody's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("course")
    )
    block = models.PositiveIntegerField(editable=False)
    month = models.DateField(_("month"))
    useful = score(QUESTIONS["useful"])
    clear = score(QUESTIONS["clear"])
    practical = score(QUESTIONS["practical"])
    length = score(QUESTIONS["length"])
    easy = score(QUESTIONS["easy"])
    text = models.TextField(_("what else"), blank=True, max_length=2000)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["id"]  # at random, on purpose
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__range": (1, 5) for name in QUESTIONS}), name="evaluation_from_1_to_5"
            )
        ]
        indexes = [models.Index(fields=["course", "block"], name="evaluation_blocks")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.month:%Y-%m}"


@dataclass
class Answered:
    """One question: how often each mark was given."""

    question: str
    marks: Counter[int] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        return sum(self.marks.values())

    @property
    def average(self) -> float:
        return sum(mark * times for mark, times in self.marks.items()) / self.number if self.number else 0

    @property
    def width(self) -> int:
        """Of a bar, in percent."""
        return round(self.average * 20)

    @property
    def spread(self) -> list[int]:
        return [self.marks[mark] for mark in SCALE]


@dataclass
class Results:
    """All blocks that are full: per question, by month, and what people wrote."""

    number: int
    questions: list[Answered]
    months: list[tuple[datetime.date, int, list[float]]]
    texts: list[str]


def results(course) -> Results | None:
    """None until five have answered. A block counts for the month in which it became full. One query."""
    by_block: dict[int, list[Evaluation]] = {}
    for row in course.evaluations.order_by("id"):
        by_block.setdefault(row.block, []).append(row)
    full = [rows for rows in by_block.values() if len(rows) >= BLOCK]
    if not full:
        return None
    by_month: dict[datetime.date, list[Evaluation]] = {}
    for rows in full:
        by_month.setdefault(max(row.month for row in rows), []).extend(rows)
    shown = [row for rows in full for row in rows]
    return Results(
        number=len(shown),
        questions=[
            Answered(str(label), Counter(getattr(row, name) for row in shown)) for name, label in QUESTIONS.items()
        ],
        months=[
            (month, len(rows), [sum(getattr(row, name) for row in rows) / len(rows) for name in QUESTIONS])
            for month, rows in sorted(by_month.items(), reverse=True)
        ],
        texts=sorted((row.text for row in shown if row.text), key=lambda text: (len(text), text), reverse=True),
    )
