"""Questions that learners put to the tutor under a lesson, and what is answered.

Nothing is shown to others before a tutor has read it, and learners do not read each other's names.
"""

import datetime
import uuid
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from courses.models.enrolment import Enrolment
    from people.models import User

MODERATES = "courses.moderate_enquiry"


class Said(models.Model):
    """Something a person wrote, and who may read it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the tutor")
        SHOWN = "shown", _("Shown to all learners of the course")
        PRIVATE = "private", _("Between learner and tutor")
        HIDDEN = "hidden", _("Hidden")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        return self.state == self.State.SHOWN

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def open_complaints(self):
        return self.complaints.filter(settled_at=None)

    def decide(self, state: str, by: "User", at: datetime.datetime) -> None:
        """Show it, keep it between the two, or hide it. What was complained about is settled by that."""
        with transaction.atomic():
            type(self).objects.select_for_update().get(pk=self.pk)
            self.state, self.decided_by, self.decided_at = state, by, at
            self.save(update_fields=["state", "decided_by", "decided_at"])
            self.open_complaints.update(settled_at=at)


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, user: "User"):
        """Tutors read all; everybody else their own."""
        if user.is_active and user.has_perm(MODERATES):
            return self
        return self.filter(asker=user.pk)

    def under(self, enrolment: "Enrolment", lesson: UUID):
        """What this learner reads under a lesson: what is shown, and their own; with a pinned answer first."""
        hidden, shown = Said.State.HIDDEN, Said.State.SHOWN
        mine = Q(asker=enrolment.person_id) & ~Q(state=hidden)
        pinned = Reply.objects.filter(enquiry=OuterRef("pk"), pinned_at__isnull=False)
        replies = Reply.objects.select_related("author").filter(
            Q(state=shown)
            | Q(state=Said.State.PRIVATE, enquiry__asker=enrolment.person_id)
            | (Q(author=enrolment.person_id) & ~Q(state=hidden))
        )
        return (
            self.filter(course=enrolment.course_id, lesson_key=lesson)
            .filter(Q(state=shown) | mine)
            .annotate(has_pinned=Exists(pinned))
            .prefetch_related(
                Prefetch(
                    "replies", replies.order_by(F("pinned_at").desc(nulls_last=True), "at"), to_attr="read_replies"
                )
            )
            .order_by("-has_pinned", "-at")
        )

    def unanswered(self):
        return self.filter(state=Said.State.WAITING)

    def ask(
        self, enrolment: "Enrolment", lesson: UUID, text: str, at: datetime.datetime, language: str = "vi"
    ) -> "Enquiry":
        """The one door. The same words again, by a second press, are one question."""
        with transaction.atomic():
            me = enrolment._locked()
            same = self.filter(asker=me.person_id, lesson_key=lesson, text=text)
            again = same.filter(at__gt=at - datetime.timedelta(minutes=10)).first()
            return again or self.create(
                asker_id=me.person_id,
                course_id=me.course_id,
                lesson_key=lesson,
                text=text,
                at=at,
                language=language,
            )


class Enquiry(Said):
    """A learner's question about a lesson."""

    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("course")
    )
    lesson_key = models.UUIDField(_("lesson"))
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enquiries", verbose_name=_("learner")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="vi")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    is_about_a_person = True
    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the tutor")
        verbose_name_plural = _("questions to the tutor")
        ordering = ["-at", "pk"]
        default_permissions = ["view"]
        permissions = [("moderate_enquiry", _("Can answer, show and hide questions of learners"))]
        indexes = [
            models.Index(fields=["lesson_key", "state"], name="enquiry_lesson"),
            models.Index(fields=["state", "at"], name="enquiry_state"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def answer(self, text: str, by: "User", at: datetime.datetime, *, share: bool) -> "Reply":
        """A tutor's word, for all to read or for the asker alone. The asker gets a letter."""
        with transaction.atomic():
            me = Enquiry.objects.select_for_update().get(pk=self.pk)
            state = Said.State.SHOWN if share else Said.State.PRIVATE
            reply = Reply.objects.create(
                enquiry=me, author=by, by_tutor=True, text=text, at=at, state=state, decided_by=by, decided_at=at
            )
            if share or me.state in (Said.State.WAITING, Said.State.HIDDEN):
                me.decide(state, by, at)
            me.answered_at = me.answered_at or at
            me.save(update_fields=["answered_at"])
            reply._tell_asker()
        self.refresh_from_db()
        return reply

    def comment(self, enrolment: "Enrolment", text: str, at: datetime.datetime) -> "Reply":
        """Another learner's word about a question that all may read; shown when a tutor has read it."""
        with transaction.atomic():
            author = enrolment._locked().person_id  # two accounts may have become one meanwhile
            me = Enquiry.objects.select_for_update().get(pk=self.pk)
            same = me.replies.filter(author=author, text=text)
            return same.first() or me.replies.create(author_id=author, text=text, at=at)


class Reply(Said):
    """What is answered to a question: by the tutor, or by another learner."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="replies", verbose_name=_("question"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="replies", verbose_name=_("author")
    )
    by_tutor = models.BooleanField(_("by a tutor"), default=False)
    pinned_at = models.DateTimeField(_("pinned as useful"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a learner")
        verbose_name_plural = _("answers to learners")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(pinned_at=None) | Q(state=Said.State.SHOWN), name="reply_pinned_only_where_shown"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def decide(self, state: str, by: "User", at: datetime.datetime) -> None:
        """What is no longer shown is not pinned either. A learner's word that is shown is told to the asker."""
        was = self.state
        if state != self.State.SHOWN and self.pinned_at:
            self.pin(False, at)
        with transaction.atomic():
            super().decide(state, by, at)
            if state == self.State.SHOWN and was == self.State.WAITING and self.author_id != self.enquiry.asker_id:
                self._tell_asker()

    def pin(self, on: bool, at: datetime.datetime) -> None:
        """Useful answers stand on top, for whoever comes with the same question."""
        if on and not self.is_shown:
            return
        self.pinned_at = (self.pinned_at or at) if on else None
        self.save(update_fields=["pinned_at"])

    def _tell_asker(self) -> None:
        from letters.models import Letter

        asker = self.enquiry.asker
        if asker.is_active and asker.email:
            Letter.objects.post(
                "enquiry_answered",
                asker.email,
                language=self.enquiry.language,
                about=self,
                person=asker,
                once=f"reply:{self.pk}",
            )


class Complaint(models.Model):
    """A learner says that something shown should not be there. A tutor's next decision about it settles it."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, null=True, blank=True, related_name="complaints")
    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="complaints")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reason = models.CharField(_("why"), max_length=500, blank=True)
    at = models.DateTimeField(_("reported"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(enquiry__isnull=False, reply=None) | Q(enquiry=None, reply__isnull=False),
                name="complaint_about_one_thing",
            ),
            models.UniqueConstraint(fields=["enquiry", "by"], name="complaint_once_a_question"),
            models.UniqueConstraint(fields=["reply", "by"], name="complaint_once_an_answer"),
        ]

    def __str__(self) -> str:
        return self.reason[:60]
