"""One letter to many people of one event: written, looked over, released, delivered little by little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import connection, models, transaction
from django.db.models import Count, Min, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import letter_text
from events.models.registration import LIVE_STATES, Registration, RegistrationQuerySet, State
from events.models.scan import Scan
from letters.models import OUTDATED, Letter
from people import consent
from people.holdings import NOWHERE
from people.models import Consent
from people.text import Bilingual, nfc

if TYPE_CHECKING:
    from events.models.event import Event
    from people.models import User

A_MINUTE = 200  # letters of one mail that are handed to the mail server in a minute
ROWS = 1_000


class Purpose(models.TextChoices):
    """Why it is written. News is no part of having registered: it goes only to who asked for it."""

    REMINDER = "reminder", pgettext_lazy("mass mail", "reminder")
    PRACTICAL = "practical", pgettext_lazy("mass mail", "practical information")
    THANKS = "thanks", pgettext_lazy("mass mail", "thanks")
    NEWS = "other", pgettext_lazy("mass mail", "news and other things")


class Came(models.TextChoices):
    YES = "yes", _("came")
    NO = "no", _("did not come")


@dataclass(frozen=True)
class Progress:
    """How far a mail is, in people. Left out is who cancelled, or handed the ticket over, before it left."""

    total: int
    sent: int
    failed: int
    left_out: int
    under_way: int

    @property
    def done(self) -> int:
        return self.sent + self.failed + self.left_out

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.under_way


# Its turn came, and there is no letter: the reader was erased before it, or before the letter left.
LEFT_OUT = Q(letter=None, posted_at__isnull=False)


class MassMailQuerySet(models.QuerySet["MassMail"]):
    def under_way(self) -> MassMailQuerySet:
        return self.filter(released_at__isnull=False, stopped_at=None, finished_at=None)

    def visible_to(self, user) -> MassMailQuerySet:
        return self if user.is_active and user.has_perm("events.add_massmail") else self.none()


class MassMail(models.Model):
    """The words, whom they are for, and how far they are. From its release on its readers and words stand."""

    event = models.ForeignKey(
        "events.Event", on_delete=models.PROTECT, related_name="mass_mails", verbose_name=_("event")
    )
    purpose = models.CharField(
        pgettext_lazy("mass mail", "purpose"),
        max_length=12,
        choices=Purpose,
        default=Purpose.PRACTICAL,
        help_text=_("News goes only to people who asked for news, and carries a link to get no more of it."),
    )
    subject_vi = models.CharField(_("subject (Vietnamese)"), max_length=200)
    subject_en = models.CharField(_("subject (English)"), max_length=200, blank=True)
    body_vi = models.TextField(_("words (Vietnamese)"), max_length=10_000, validators=[MinLengthValidator(10)])
    body_en = models.TextField(
        _("words (English)"),
        max_length=10_000,
        blank=True,
        help_text=_("Empty: people who registered in English read the Vietnamese words."),
    )
    # Whom it is for: {"ticket_types": [1, 2], "states": ["confirmed"], "came": "yes", "unit": 5, "language": "vi"}
    chosen = models.JSONField(default=dict, blank=True)
    # What the clock writes by itself is written once: "reminder-7:2026-09-10".
    occasion = models.CharField(max_length=60, blank=True, editable=False)

    created_at = models.DateTimeField(_("written"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField(_("released"), null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_batch_at = models.DateTimeField(null=True, blank=True, editable=False)
    total = models.PositiveIntegerField(pgettext_lazy("mass mail", "readers"), default=0, editable=False)

    subject = Bilingual()
    body = Bilingual()

    objects = MassMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to many")
        verbose_name_plural = _("letters to many")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "event", "occasion", condition=~Q(occasion=""), name="the_clock_writes_each_occasion_once"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.get_purpose_display())

    def clean(self) -> None:
        wrong = {}
        for field in ("subject_vi", "subject_en", "body_vi", "body_en"):
            setattr(self, field, nfc(getattr(self, field)).replace("\r\n", "\n").strip())
            try:
                letter_text.check(getattr(self, field), letter_text.MASS_MAIL)
            except ValidationError as error:
                wrong[field] = error
        if wrong:
            raise ValidationError(wrong)

    # ------------------------------------------------------------ what holds now
    @property
    def kind(self) -> str:
        """The kind of its letters. What the clock writes has the words of reminders and thanks."""
        return str(self.purpose) if self.occasion else letter_text.MASS_MAIL

    @property
    def is_news(self) -> bool:
        return self.purpose == Purpose.NEWS

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def is_under_way(self) -> bool:
        return self.is_released and self.stopped_at is None and self.finished_at is None

    @property
    def states(self) -> list[str]:
        return self.chosen.get("states") or [State.CONFIRMED]

    def audience(self) -> RegistrationQuerySet:
        """Who would get it now; not who gets no letters at all (an imported past, a coordinator's list)."""
        people = Registration.objects.filter(event=self.event_id, letters=True, state__in=self.states)
        people = people.exclude(email__endswith=f"@{NOWHERE}")  # emptied since
        if types := self.chosen.get("ticket_types"):
            people = people.filter(ticket_type__in=types)
        if unit := self.chosen.get("unit"):
            people = people.filter(unit=unit)
        if language := self.chosen.get("language"):
            people = people.filter(language=language)
        if came := self.chosen.get("came"):
            inside = Scan.objects.standing().filter(registration__event=self.event_id).values("registration")
            people = people.filter(pk__in=inside) if came == Came.YES else people.exclude(pk__in=inside)
        if self.is_news:  # once to a mailbox; a ticket's letter goes to each of those who share one
            asked = people.filter(email__in=readers_of_news()).order_by().values("email")
            people = Registration.objects.filter(pk__in=asked.annotate(first=Min("pk")).values("first"))
        return people

    def is_for(self, registration: Registration) -> bool:
        """Asked again just before a letter leaves: who cancelled or wants no more news meanwhile gets nothing."""
        if self.is_news and not wants_news(registration.email):
            return False
        return registration.letters and registration.state in {*self.states, *LIVE_STATES}

    def progress(self) -> Progress:
        failed, outdated = Q(letter__state=Letter.State.FAILED), Q(letter__error=OUTDATED)
        counted = self.recipients.aggregate(
            sent=Count("pk", filter=Q(letter__state=Letter.State.SENT)),
            failed=Count("pk", filter=failed & ~outdated),
            left_out=Count("pk", filter=(failed & outdated) | LEFT_OUT),
            under_way=Count("pk", filter=Q(letter__state__in=[Letter.State.QUEUED, Letter.State.SENDING])),
        )
        return Progress(total=self.total, **counted)

    # ------------------------------------------------------------ verbs
    def release(self, *, at: datetime, by: User | None = None) -> bool:
        """Fix who gets it, and let it go. True if this call did it."""
        with transaction.atomic():
            locked = self._locked()
            if locked.is_released:
                return False
            locked.total = locked._fix_readers()
            locked.released_at, locked.released_by, locked.next_batch_at = at, by, at
            locked.save(update_fields=["released_at", "released_by", "next_batch_at", "total"])
        self.refresh_from_db()
        return True

    def carry_on(self, at: datetime) -> int:
        """Write the next minute's letters. Called by the clock; called twice, it writes them once."""
        with transaction.atomic():
            locked = self._locked()
            if not locked.is_under_way or (locked.next_batch_at or at) > at:
                return 0
            due = list(
                locked.recipients.filter(posted_at=None).select_related("registration").order_by("pk")[:A_MINUTE]
            )
            for recipient in due:
                registration = recipient.registration
                recipient.posted_at = at
                if not registration.letters:  # erased since the release
                    continue
                recipient.letter = Letter.objects.post(
                    locked.kind,
                    registration.email,
                    language=registration.language,
                    about=registration,
                    data={"mail": locked.pk},
                    once=f"mass_mail:{locked.pk}:{registration.pk}",
                    queue="bulk",
                )
            MassMailRecipient.objects.bulk_update(due, ["posted_at", "letter"], batch_size=A_MINUTE)
            locked.next_batch_at = at + timedelta(seconds=50)  # the clock comes round every minute, not to the second
            if len(due) < A_MINUTE:
                locked.finished_at = at
            locked.save(update_fields=["next_batch_at", "finished_at"])
        return len(due)

    def stop(self, *, at: datetime) -> bool:
        """No further letter leaves; those that still wait are taken back. True if this call did it."""
        with transaction.atomic():
            locked = self._locked()
            done = locked.is_released and locked.stopped_at is None
            if done:
                waiting = locked.recipients.filter(letter__state=Letter.State.QUEUED)
                letters = list(waiting.values_list("letter", flat=True))
                for some in batched(letters, ROWS, strict=False):
                    locked.recipients.filter(letter__in=some).update(letter=None, posted_at=None)
                    Letter.objects.waiting().filter(pk__in=some).delete()
                locked.stopped_at, locked.finished_at = at, None
                locked.save(update_fields=["stopped_at", "finished_at"])
        self.refresh_from_db()
        return done

    def go_on(self, *, at: datetime) -> bool:
        """After a stop: who has not been written to yet is written to."""
        done = bool(
            MassMail.objects.filter(pk=self.pk, stopped_at__isnull=False).update(stopped_at=None, next_batch_at=at)
        )
        self.refresh_from_db()
        return done

    # ------------------------------------------------------------ inside
    def _locked(self) -> MassMail:
        return MassMail.objects.select_for_update(no_key=True).get(pk=self.pk)

    def _fix_readers(self) -> int:
        """One INSERT … SELECT: tens of thousands of rows in a moment, all of the same moment."""
        mail = Value(self.pk, output_field=models.BigIntegerField())
        readers, parameters = self.audience().order_by("pk").values_list(mail, "pk").query.sql_with_params()
        table = connection.ops.quote_name(MassMailRecipient._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} (mail_id, registration_id) {readers}", parameters)
            return cursor.rowcount


class MassMailRecipient(models.Model):
    """One reader of one mail, fixed at its release, and the letter that was written to them."""

    mail = models.ForeignKey(MassMail, on_delete=models.CASCADE, related_name="recipients")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey("letters.Letter", null=True, on_delete=models.SET_NULL, related_name="+")
    posted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reader of a letter to many")
        verbose_name_plural = _("readers of letters to many")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("mail", "registration", name="one_letter_per_mail_and_registration"),
            models.CheckConstraint(
                condition=Q(letter=None) | Q(posted_at__isnull=False), name="a_letter_to_a_reader_has_its_date"
            ),
        ]
        indexes = [models.Index(fields=["mail"], condition=Q(posted_at=None), name="mass_mail_still_to_write")]

    def __str__(self) -> str:
        return f"{self.mail_id}: {self.registration_id}"


# ---------------------------------------------------------------- news


def readers_of_news():
    """The addresses that asked for news and have not changed their mind."""
    return Consent.objects.filter(purpose="newsletter", withdrawn_at=None).values("email")


def wants_news(email: str) -> bool:
    return Consent.objects.filter(purpose="newsletter", withdrawn_at=None, email=email).exists()


def ask_for_news(email: str, *, at: datetime, source: str) -> None:
    """Somebody ticked the box; ticked again it is one consent."""
    if not wants_news(email):
        consent.give("newsletter", email=email, at=at, source=source)


# ---------------------------------------------------------------- the clock

DAYS_BEFORE = (7, 1)
THANKS_WITHIN = timedelta(days=3)


def occasions(event: Event, at: datetime) -> Iterator[tuple[str, Purpose, dict]]:
    """What the clock has to write about an event now: (occasion, purpose, whom it is for).

    A reminder that is a day late is left out: the next one says the same. A new day is a new occasion.
    """
    if event.is_off or not event.is_published(at):
        return
    day = f"{event.first_day:%Y-%m-%d}"
    if event.sends_reminders:
        for days in DAYS_BEFORE:
            due = event.starts_at - timedelta(days=days)
            if due <= at < due + timedelta(days=1):
                yield f"reminder-{days}:{day}", Purpose.REMINDER, {"states": [State.CONFIRMED]}
    if event.sends_thanks and event.ends_at <= at < event.ends_at + THANKS_WITHIN:
        yield f"thanks:{day}", Purpose.THANKS, {"states": [State.CONFIRMED], "came": Came.YES}


def write_by_the_clock(at: datetime) -> int:
    """Release reminders and thanks that are due, each once. How many."""
    from events.models.event import Event

    near = Event.objects.filter(
        Q(sends_reminders=True, starts_at__gt=at, starts_at__lte=at + timedelta(days=max(DAYS_BEFORE)))
        | Q(sends_thanks=True, ends_at__lte=at, ends_at__gt=at - THANKS_WITHIN)
    )
    released = 0
    for event in near:
        for occasion, purpose, chosen in occasions(event, at):
            mail, _new = MassMail.objects.get_or_create(
                event=event, occasion=occasion, defaults={"purpose": purpose, "chosen": chosen, "created_at": at}
            )
            released += mail.release(at=at)
    return released


def carry_on(at: datetime) -> int:
    """The next minute's letters of every mail that is under way."""
    return sum(mail.carry_on(at) for mail in MassMail.objects.under_way().order_by("released_at"))
