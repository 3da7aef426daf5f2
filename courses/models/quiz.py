"""One sitting of a quiz: what was asked, what was answered, how it was judged."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class QuizAttempt(models.Model):
    """Written when answers are handed in and never changed: what was asked is kept, whatever is edited later.

    `items` lists for each question its id and the ids of its right options; `answers` maps its id to the chosen ones.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="attempts")
    lesson_key = models.UUIDField(_("lesson"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    block_id = models.UUIDField(_("block"))
    items = models.JSONField(_("questions"))
    answers = models.JSONField(_("answers"))
    points = models.PositiveSmallIntegerField(_("points"))
    max_points = models.PositiveSmallIntegerField(_("out of"))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark in percent"))
    submitted_at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("quiz attempt")
        verbose_name_plural = _("quiz attempts")
        default_permissions = ()
        ordering = ["-submitted_at"]
        indexes = [models.Index(fields=["enrolment", "lesson_key", "-submitted_at"], name="attempt_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_points__gte=1) & Q(points__lte=F("max_points")), name="attempt_points_within_maximum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}/{self.max_points}"

    @property
    def passed(self) -> bool:
        return self.points * 100 >= self.pass_mark * self.max_points

    @property
    def score(self) -> int:
        return 100 * self.points // self.max_points

    def is_right(self, question: str) -> bool:
        right = next((item["right"] for item in self.items if item["id"] == question), None)
        return right is not None and set(right) == set(self.answers.get(question, []))
