"""What learners hand in for the practical task of a lesson, try after try, and what a tutor says to it."""

import datetime
import uuid
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.enrolment import Enrolment
from courses.models.progress import LearningEvent
from courses.rules import Verb

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from courses.lesson_blocks import TaskValue
    from people.models import User


class AlreadyPassed(Exception):
    """Nothing more is handed in: the task is passed."""


class NotCounted(Exception):
    """The lesson was never part of this course in this edition."""


class HandedInAgain(Exception):
    """What the tutor read is not what lies there now: the learner has put another version in its place."""


class AlreadyMarked(Exception):
    """A try that was passed, or one that another followed, is not marked any more."""


def private_storage() -> Storage:
    """Outside of what the web server shows: only a view that asks who it is hands these files out."""
    return storages["private"]


def file_place(submission: "Submission", name: str) -> str:
    """Named by nothing that a learner typed."""
    extension = name.rpartition(".")[2].lower()
    return f"bai-nop/{submission.enrolment_id}/{uuid.uuid4()}.{extension}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: "User"):
        """Everybody sees their own; tutors see all."""
        if user.is_active and user.has_perm("courses.mark_submission"):
            return self
        return self.filter(enrolment__person=user.pk)

    def waiting(self):
        return self.filter(state=Submission.State.WAITING)

    def hand_in(
        self,
        enrolment: Enrolment,
        lesson: UUID,
        edition: int,
        task: "TaskValue",
        block_id: UUID,
        *,
        text: str,
        file: "UploadedFile | None",
        at: datetime.datetime,
    ) -> "Submission":
        """The one door: a new try, or another version of the one that nobody has marked yet.

        The file is stored before the lock is taken, and taken away again when nothing came of it.
        """
        made = Submission(
            enrolment=enrolment,
            lesson_key=lesson,
            edition=edition,
            block_id=block_id,
            title=task["title"],
            points_max=task["points"],
            points_needed=task["pass_points"],
            text=text,
            handed_in_at=at,
        )
        if file is not None:
            made.file.save(file.name or "", file, save=False)
            made.file_name, made.file_size = (file.name or "")[-200:], file.size or 0
        try:
            with transaction.atomic():
                made._put_down()
        except BaseException:
            made._drop_file()
            raise
        return made

    def of_lesson(self, enrolment: Enrolment, lesson: UUID, edition: int) -> list["Submission"]:
        """All tries, the newest first."""
        return list(self.filter(enrolment=enrolment, lesson_key=lesson, edition=edition).select_related("marked_by"))


class Submission(models.Model):
    """One try. Title and points are kept as they were, whatever the author edits later."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be marked")
        RETURNED = "returned", _("Given back for another try")
        PASSED = "passed", _("Passed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(
        "courses.Enrolment", on_delete=models.PROTECT, related_name="submissions", verbose_name=_("enrolment")
    )
    lesson_key = models.UUIDField(_("lesson"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    block_id = models.UUIDField(_("block"))
    number = models.PositiveSmallIntegerField(_("try"), default=1)
    title = models.CharField(_("practical task"), max_length=200)
    points_max = models.PositiveSmallIntegerField(_("out of"))
    points_needed = models.PositiveSmallIntegerField(_("needed to pass"))
    text = models.TextField(_("text"), blank=True)
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_place, blank=True, max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    file_size = models.PositiveIntegerField(_("size of the file"), default=0)
    handed_in_at = models.DateTimeField(_("handed in"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    comment = models.TextField(_("what the tutor says"), blank=True)
    marked_at = models.DateTimeField(_("marked"), null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("marked by"),
    )

    is_about_a_person = True
    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("practical work")
        verbose_name_plural = _("practical work")
        ordering = ["-handed_in_at", "-number"]
        default_permissions = ["view"]
        permissions = [("mark_submission", _("Can mark practical work"))]
        indexes = [models.Index(fields=["state", "handed_in_at"], name="submission_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson_key", "edition", "number"], name="submission_one_a_try"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "lesson_key", "edition"],
                condition=Q(state="waiting"),
                name="submission_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", marked_at=None, points=None)
                | (
                    ~Q(state="waiting")
                    & Q(marked_at__isnull=False, points__isnull=False, marked_at__gte=F("handed_in_at"))
                ),
                name="submission_marked_after_handing_in",
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__lte=F("points_max")), name="submission_points_within_maximum"
            ),
            models.CheckConstraint(
                condition=~Q(state="passed") | Q(points__gte=F("points_needed")), name="submission_passed_with_points"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.enrolment.person}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def passed(self) -> bool:
        return self.state == self.State.PASSED

    # ------------------------------------------------------------ handing in
    def _put_down(self) -> None:
        """Under the enrolment's lock: which try this is, and that it happened."""
        me = self.enrolment = self.enrolment._locked()
        last = me.submissions.filter(lesson_key=self.lesson_key, edition=self.edition).order_by("-number").first()
        if last is not None and last.passed:
            raise AlreadyPassed
        event = LearningEvent(
            lesson_key=self.lesson_key,
            edition=self.edition,
            block_id=self.block_id,
            verb=Verb.ANSWERED,
            data={"by": "task", "submission": str(self.pk)},
            at=self.handed_in_at,
        )
        if me.record([event])[0].status != "accepted":
            raise NotCounted
        self.handed_in_at = event.at
        if last is not None and last.is_waiting:
            self._replace(last)
        else:
            self.number = last.number + 1 if last else 1
            self.save(force_insert=True)

    def _replace(self, waiting: "Submission") -> None:
        transaction.on_commit(waiting._drop_file)
        self.pk, self.number = waiting.pk, waiting.number
        self.save(force_update=True)

    # ------------------------------------------------------------ marking
    def mark(
        self,
        state: str,
        *,
        points: int,
        comment: str,
        by: "User",
        at: datetime.datetime,
        seen: datetime.datetime | None = None,
    ) -> None:
        """A tutor's word, and the letter that brings it. Passed counts from when it was handed in.

        `seen` is when the version that the tutor read was handed in: another one may lie there by now.
        """
        from letters.models import Letter

        with transaction.atomic():
            enrolment = Enrolment.locked_of(self)
            me = Submission.objects.get(pk=self.pk)
            tries = enrolment.submissions.filter(lesson_key=me.lesson_key, edition=me.edition)
            if me.passed or tries.filter(number__gt=me.number).exists():
                raise AlreadyMarked
            if seen is not None and me.handed_in_at != seen:
                raise HandedInAgain
            me.state, me.points, me.comment, me.marked_by = state, points, comment, by
            me.marked_at = max(at, me.handed_in_at)
            me.save()
            if me.passed:
                enrolment.record([me._passing()], offline_grace=None)
            if enrolment.sends_letters and enrolment.person.email:
                Letter.objects.post(
                    "task_marked",
                    enrolment.person.email,
                    language=enrolment.language,
                    about=me,
                    person=enrolment.person,
                )
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(me, field.attname))

    def _passing(self) -> LearningEvent:
        return LearningEvent(
            pk=uuid.uuid5(self.pk, "passed"),
            lesson_key=self.lesson_key,
            edition=self.edition,
            block_id=self.block_id,
            verb=Verb.PASSED,
            data={"by": "task", "submission": str(self.pk), "points": self.points, "marked_by": self.marked_by_id},
            at=self.handed_in_at,
        )

    # ------------------------------------------------------------ forgetting
    def _drop_file(self) -> None:
        if self.file.name:
            self.file.storage.delete(self.file.name)

    def empty(self) -> None:
        """What somebody wrote goes; that they handed something in, and what became of it, stays."""
        emptied = Submission(file=self.file.name)
        transaction.on_commit(emptied._drop_file)
        self.text = self.comment = self.file_name = ""
        self.file, self.file_size = "", 0
        self.save(update_fields=["text", "comment", "file", "file_name", "file_size"])
