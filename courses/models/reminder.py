"""Letters that bring learners back: which were written, and who wants none."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Reminder(models.Model):
    """One letter about one enrolment; `due` is the day it speaks of, so that a day that was moved reminds anew."""

    class Kind(models.TextChoices):
        ENROLLED = "enrolled", pgettext_lazy("reminder", "enrolled by a manager")
        DUE_SOON = "due_soon", pgettext_lazy("reminder", "due soon")
        NEARLY_DONE = "nearly_done", pgettext_lazy("reminder", "nearly done")
        STUCK = "stuck", pgettext_lazy("reminder", "stuck")
        NOT_BEGUN = "not_begun", pgettext_lazy("reminder", "not begun")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="course_reminders", verbose_name=_("learner")
    )
    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="reminders", verbose_name=_("enrolment")
    )
    kind = models.CharField(pgettext_lazy("reminder", "kind"), max_length=12, choices=Kind.choices)
    due = models.CharField(_("due"), max_length=10, blank=True)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["enrolment", "kind", "due"], name="reminded_once")]
        indexes = [models.Index(fields=["person", "-at"], name="reminder_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class NoReminders(models.Model):
    """This person wants none. What a training manager or a change of state has to say still comes."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="no_course_reminders"
    )
    since = models.DateTimeField(pgettext_lazy("people", "from"))

    class Meta:
        verbose_name = _("no reminders")
        verbose_name_plural = _("no reminders")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person_id}"
