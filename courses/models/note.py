"""What a learner writes down for themselves: a note a lesson, and a mark to find it again. Nobody else reads it."""

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.enrolment import who_took_over

if TYPE_CHECKING:
    from courses.models.course import Course
    from people.models import User

LONGEST = 8000
ELSEWHERE = "\n\n----\n\n"  # between what two devices wrote without knowing of each other


class NoteQuerySet(models.QuerySet["Note"]):
    def of(self, person: "User"):
        return self.filter(person=person.pk)

    def write(
        self,
        person: "User",
        course: "Course",
        lesson: UUID,
        text: str,
        at: datetime.datetime,
        seen: datetime.datetime | None = None,
    ) -> "Note | None":
        """The one door for text. `seen` is the version that was changed: another one is not written over, both stay."""
        with transaction.atomic():
            note = self._mine(person, course, lesson, at)
            if note.text and note.text != text and seen != note.changed_at:
                text = note.text if text in note.text else f"{note.text}{ELSEWHERE}{text}"[: 2 * LONGEST]
            note.text, note.changed_at = text, at
            return note._keep()

    def mark(self, person: "User", course: "Course", lesson: UUID, on: bool, at: datetime.datetime) -> "Note | None":
        """Put the mark, or take it away. Twice is once."""
        with transaction.atomic():
            note = self._mine(person, course, lesson, at)
            note.marked_at = (note.marked_at or at) if on else None
            return note._keep()

    def _mine(self, person, course, lesson, at) -> "Note":
        get_user_model().objects.select_for_update().only("pk").get(pk=person.pk)  # two devices make one row
        person = who_took_over(person.pk) or person
        note = self.filter(person=person, lesson_key=lesson).first()
        return note or Note(person=person, course=course, lesson_key=lesson, changed_at=at)


class Note(models.Model):
    """A row as long as there is something in it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes", verbose_name=_("learner")
    )
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="+", verbose_name=_("course"))
    lesson_key = models.UUIDField(_("lesson"))
    text = models.TextField(_("note"), blank=True)
    marked_at = models.DateTimeField(_("bookmarked"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"))

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        default_permissions = ()
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson_key"], name="note_once_a_person_and_lesson"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(marked_at__isnull=False), name="note_says_or_marks_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def _keep(self) -> "Note | None":
        if self.text or self.marked_at:
            self.save()
            return self
        if self.pk:
            self.delete()
        return None
