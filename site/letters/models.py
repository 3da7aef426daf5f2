"""Every e-mail of the site is a row first: written with what caused it, delivered by a task, retried, seen by staff."""

import datetime
import logging
import smtplib
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from letters import kinds
from people.holdings import NOWHERE, gone
from people.models import Searchable
from people.text import nfc, search_text

logger = logging.getLogger(__name__)

# Waits after the first, second … failure: eight tries over about a day.
WAITS = [datetime.timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 480, 720)]
CAUSES = uuid.UUID("0b5a0c0e-6f0d-4a55-9f0e-2f6f7d1c9a41")  # the namespace of `once`
OUTDATED = "outdated"  # the error of a letter whose words were no longer true for its reader
CLAIM_LASTS = datetime.timedelta(minutes=10)


class LetterQuerySet(Searchable["Letter"]):
    def post(
        self,
        kind: str,
        to: str,
        *,
        language: str,
        about: models.Model | None = None,
        person: models.Model | None = None,
        data: dict | None = None,
        not_before: datetime.datetime | None = None,
        subject: str = "",
        text: str = "",
        html: str = "",
        once: str = "",
        queue: str = "",
    ) -> "Letter":
        """Write a letter inside the caller's transaction: rolled back with it, sent only after it.

        `data` holds small facts for the template, never a secret: that is read from `about` at delivery.
        `once` names the cause: its Message-ID is always the same, and asked for again it is still one letter.
        `queue` is the kind's own, or "bulk" where this letter is one of thousands.
        `subject`, `text` and `html` are for finished messages (letters.mail); all others are rendered at delivery.
        """
        letter = Letter(
            key=uuid.uuid5(CAUSES, once) if once else uuid.uuid4(),
            kind=kinds.get(kind).key,
            to=nfc(to).strip(),
            language=language,
            about_type=ContentType.objects.get_for_model(about) if about is not None else None,
            about_id=str(about.pk) if about is not None else "",
            person=person,
            data=data or {},
            next_try_at=not_before or timezone.now(),
            subject=subject,
            text=text,
            html=html,
            queue=queue or kinds.get(kind).queue,
        )
        letter.derive()
        # One statement, also for a letter that is there already (perhaps since this moment): its row is the answer.
        Letter.objects.bulk_create([letter], update_conflicts=True, unique_fields=["key"], update_fields=["key"])
        letter.enqueue()
        return letter

    def waiting(self):
        return self.filter(state=Letter.State.QUEUED)

    def due(self, at: datetime.datetime):
        return self.waiting().filter(next_try_at__lte=at)

    def forget(self) -> int:
        """Empty them of whom they went to and what they said; what still waits is not sent at all.

        A letter that is being sent this very moment is left alone: ask again in a minute.
        """
        nobody = gone("thu")
        not_sent = self.filter(state=Letter.State.QUEUED).delete()[0]
        settled = self.filter(state__in=[Letter.State.SENT, Letter.State.FAILED]).exclude(to=nobody)
        # What a mail server said may name the reader; that a letter was left out names nobody and is counted.
        settled.exclude(error=OUTDATED).update(error="")
        return not_sent + settled.update(to=nobody, person=None, data={}, subject="", text="", html="", search_text="")

    def about_these(self, model: type[models.Model], keys):
        """The letters that any of these records caused."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(about_type=kind, about_id__in=[str(key) for key in keys])

    def about(self, record: models.Model):
        """The letters that this record caused."""
        return self.filter(about_type=ContentType.objects.get_for_model(record), about_id=str(record.pk))


class Letter(models.Model):
    """One e-mail to one address about one thing."""

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("letter", "waiting")
        SENDING = "sending", pgettext_lazy("letter", "being sent")
        SENT = "sent", pgettext_lazy("letter", "sent")
        FAILED = "failed", pgettext_lazy("letter", "failed")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(pgettext_lazy("letter", "kind"), max_length=60)
    to = models.EmailField(pgettext_lazy("letter", "to"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about_id = models.CharField(max_length=64, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("person"),
    )
    data = models.JSONField(pgettext_lazy("letter", "details"), default=dict, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    queue = models.CharField(pgettext_lazy("letter", "queue"), max_length=10, default="prompt")
    state = models.CharField(
        pgettext_lazy("letter", "state"), max_length=10, choices=State.choices, default=State.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(pgettext_lazy("letter", "tries"), default=0)
    created_at = models.DateTimeField(pgettext_lazy("letter", "written"), default=timezone.now)
    next_try_at = models.DateTimeField(pgettext_lazy("letter", "next try"), null=True, default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(pgettext_lazy("letter", "sent"), null=True, blank=True)
    error = models.TextField(pgettext_lazy("letter", "error"), blank=True)
    search_text = models.CharField(max_length=400, blank=True, editable=False)

    is_about_a_person = True
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("resend_letter", _("Can send a letter again"))]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="letter_due"),
            models.Index(fields=["about_type", "about_id"], name="letter_about"),
            models.Index(fields=["-created_at"], name="letter_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False), name="sent_letter_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_name}: {self.to}"

    def save(self, *args, **kwargs):
        self.derive()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def derive(self) -> None:
        self.search_text = search_text(self.to, self.subject if not self.is_secret else "")[:400]

    @property
    def kind_name(self) -> str:
        kind = kinds.KINDS.get(self.kind)
        return str(kind.name) if kind else self.kind

    @property
    def is_secret(self) -> bool:
        kind = kinds.KINDS.get(self.kind)
        return kind is None or kind.secret

    @property
    def is_finished_message(self) -> bool:
        """Its words were stored when it was written, so it cannot be rendered again."""
        kind = kinds.KINDS.get(self.kind)
        return kind is not None and kind.finished

    @property
    def is_outdated(self) -> bool:
        """Given up on purpose, not for want of a mailbox."""
        return self.error == OUTDATED

    @property
    def message_id(self) -> str:
        """The same at every try: a mailbox that got it twice shows it once."""
        return f"<{self.key.hex}@{urlsplit(settings.SITE_URL).hostname}>"

    # ------------------------------------------------------------ delivery
    def enqueue(self) -> None:
        """Hand the letter to the background. A later `next_try_at` waits in the queue, or for `tick` without one."""
        from letters.tasks import hand_over

        hand_over(self)

    def claim(self, at: datetime.datetime) -> bool:
        """One UPDATE decides which process sends it; whoever comes second gets False."""
        claimed = Letter.objects.filter(pk=self.pk, state=Letter.State.QUEUED, next_try_at__lte=at).update(
            state=Letter.State.SENDING, claimed_at=at, attempts=models.F("attempts") + 1
        )
        if claimed:
            self.refresh_from_db()
        return bool(claimed)

    def deliver(self, at: datetime.datetime) -> bool:
        """Send it now unless it was sent, is being sent or is not yet due. True when this call sent it.

        Safe to run twice. No lock is held while the mail server is spoken to.
        """
        from letters.render import message_of

        if not self.claim(at):
            return False
        if not kinds.get(self.kind).still_due(self):
            self._given_up()
            return False
        try:
            message_of(self).send(using="smtp")
        except Exception as error:  # whatever went wrong, the letter stays and is tried again
            self._not_sent(error, at)
            return False
        self._sent(at)
        return True

    def _sent(self, at: datetime.datetime) -> None:
        self.state, self.sent_at, self.claimed_at, self.next_try_at, self.error = Letter.State.SENT, at, None, None, ""
        fields = ["state", "sent_at", "claimed_at", "next_try_at", "error"]
        if self.is_secret and not settings.SHOW_LETTERS:
            self.subject = self.text = self.html = ""
            fields += ["subject", "text", "html"]
        self.save(update_fields=fields)

    def _given_up(self) -> None:
        """What it says is no longer true for this address."""
        self.state, self.claimed_at, self.next_try_at, self.error = Letter.State.FAILED, None, None, OUTDATED
        self.save(update_fields=["state", "claimed_at", "next_try_at", "error"])

    def _not_sent(self, error: Exception, at: datetime.datetime) -> None:
        refused = isinstance(error, smtplib.SMTPRecipientsRefused) and all(
            500 <= code < 600 for code, _answer in error.recipients.values()
        )
        over = refused or self.attempts > len(WAITS)
        self.state = Letter.State.FAILED if over else Letter.State.QUEUED
        self.next_try_at = None if over else at + WAITS[self.attempts - 1]
        self.claimed_at = None
        # The class and code only: a server's sentence repeats addresses.
        self.error = f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
        self.save(update_fields=["state", "next_try_at", "claimed_at", "error"])
        logger.warning("letter %s not sent (try %s): %s", self.pk, self.attempts, self.error)
        if not over:
            self.enqueue()

    @property
    def can_be_sent_again(self) -> bool:
        if self.state in (Letter.State.SENDING, Letter.State.QUEUED) or self.to.endswith(NOWHERE):
            return False
        return not self.is_finished_message or bool(self.text)

    def send_again(self, at: datetime.datetime) -> None:
        """Deliver it once more, rendered from what is true now."""
        if not self.can_be_sent_again:
            raise ValueError(_("This letter cannot be sent again."))
        with transaction.atomic():
            self.state, self.attempts, self.next_try_at, self.sent_at, self.error = Letter.State.QUEUED, 0, at, None, ""
            self.save(update_fields=["state", "attempts", "next_try_at", "sent_at", "error"])
            self.enqueue()
