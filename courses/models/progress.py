"""What happened while learning (events, only added to) and what it amounts to for each lesson."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.rules import Evidence, Verb


class LearningEvent(models.Model):
    """Something a learner did. The id is made where it happened, so a repeat is known; nothing is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="events")
    lesson_key = models.UUIDField(_("lesson"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    block_id = models.UUIDField(_("block"), null=True, blank=True)
    verb = models.CharField(_("what"), max_length=12, choices=Verb.choices)
    data = models.JSONField(_("details"), default=dict, blank=True)
    at = models.DateTimeField(_("when"))
    received_at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("learning event")
        verbose_name_plural = _("learning events")
        default_permissions = ()
        indexes = [models.Index(fields=["enrolment", "lesson_key"], name="event_enrolment_lesson")]
        constraints = [
            models.CheckConstraint(condition=Q(at__lte=F("received_at")), name="event_not_from_the_future"),
            models.CheckConstraint(condition=Q(edition__gte=1), name="event_edition_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.lesson_key}"

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.at, self.verb, str(self.block_id or ""), self.data)


class LessonProgress(models.Model):
    """What the events of one lesson amount to: a cache, written from them again at each event."""

    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="lessons")
    lesson_key = models.UUIDField(_("lesson"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    first_at = models.DateTimeField(_("begun"))
    completed_at = models.DateTimeField(_("done"), null=True, blank=True)
    rule = models.JSONField(_("rule"), default=dict)
    score = models.PositiveSmallIntegerField(_("best score in percent"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("seconds spent"), default=0)
    position = models.FloatField(_("second of the video"), null=True, blank=True)
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson_key", "edition"], name="progress_once_a_lesson_and_edition"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("first_at")), name="progress_done_after_begun"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_key}/{self.edition}"
