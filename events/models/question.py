"""What an organiser asks beside the printed details, in which words, and what people answered."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import PreviewableMixin

from content.templatetags.kit import vn_date
from events import countries
from events.models.event import Event, TicketType
from events.models.registration import Registration
from people.text import Bilingual, fold

type Value = str | int | float | list[str]

YES, NO = "yes", "no"
YES_NO_WORDS = {YES: ("yes", "y", "có", "x", "true", "1", "✓"), NO: ("no", "n", "không", "false", "0")}


class Kind(models.TextChoices):
    """What an answer looks like. Files are never asked for."""

    SHORT = "short", pgettext_lazy("question", "short text")
    LONG = "long", pgettext_lazy("question", "long text")
    NUMBER = "number", pgettext_lazy("question", "number")
    DATE = "date", pgettext_lazy("question", "date")
    CHOICE = "choice", pgettext_lazy("question", "one of several")
    CHOICES = "choices", pgettext_lazy("question", "any of several")
    COUNTRY = "country", pgettext_lazy("question", "country")
    YES_NO = "yesno", pgettext_lazy("question", "yes or no")


class Moment(models.TextChoices):
    """When a question is asked. A question that has answers is not deleted but no longer asked."""

    REGISTRATION = "registration", _("when registering")
    CHECK_IN = "checkin", _("only at the gate")
    NEVER = "never", _("no longer")


CHOOSING = (Kind.CHOICE, Kind.CHOICES)
BRANCHING = (*CHOOSING, Kind.YES_NO)  # other questions may depend on an answer of these


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _bare(words: str) -> str:
    return re.sub(r"\W", "", fold(words)).casefold()


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_order(self) -> QuestionQuerySet:
        return self.order_by("position", "pk")


class Question(PreviewableMixin, ClusterableModel):
    """A question of an event, as its organiser edits it. What people read is its current version."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="questions", verbose_name=_("event"))
    kind = models.CharField(pgettext_lazy("question", "kind"), max_length=12, choices=Kind, default=Kind.SHORT)
    label_vi = models.CharField(_("question (Vietnamese)"), max_length=250)
    label_en = models.CharField(_("question (English)"), max_length=250, blank=True)
    help_vi = models.CharField(_("hint (Vietnamese)"), max_length=400, blank=True)
    help_en = models.CharField(_("hint (English)"), max_length=400, blank=True)
    required = models.BooleanField(_("must be answered"), default=False)
    moment = models.CharField(_("asked"), max_length=12, choices=Moment, default=Moment.REGISTRATION)
    ticket_types = ParentalManyToManyField(
        TicketType,
        related_name="questions",
        blank=True,
        verbose_name=_("only for these ticket types"),
        help_text=_("None ticked: everybody is asked."),
    )
    depends_on = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dependants",
        verbose_name=_("depends on"),
    )
    # The answers to `depends_on` that lead here: keys of choices, or "yes" and "no". One of them is enough.
    depends_on_values = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    retention_days = models.PositiveSmallIntegerField(
        _("days to keep the answers"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(3650)],
        help_text=_("After the event's end. Empty: as long as the registrations."),
    )
    sample = models.BooleanField(_("sample data"), default=False)
    current = models.ForeignKey(
        "events.QuestionVersion", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    label = Bilingual()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return self.label

    # ------------------------------------------------------------ wording
    def wording(self) -> dict[str, Any]:
        """What people read, as a version keeps it. A choice is known by its row, so it may be reworded."""
        choices = self.choices.all() if self.kind in CHOOSING else []
        return {
            "kind": self.kind,
            "label_vi": self.label_vi,
            "label_en": self.label_en,
            "help_vi": self.help_vi,
            "help_en": self.help_en,
            "choices": [
                {"key": str(choice.pk or f"new{number}"), "vi": choice.label_vi, "en": choice.label_en}
                for number, choice in enumerate(choices)
            ],
        }

    def settle(self, at: datetime) -> QuestionVersion:
        """After it was edited: a new version, unless people would read the same words as before."""
        with transaction.atomic():
            Question.objects.select_for_update(no_key=True).get(pk=self.pk)
            latest = self.versions.order_by("number").last()
            if latest is None or latest.wording != self.wording():
                latest = self.versions.create(
                    number=latest.number + 1 if latest else 1, created_at=at, **self.wording()
                )
            Question.objects.filter(pk=self.pk).update(current=latest)
        self.current = latest
        return latest

    # ------------------------------------------------------------ asking
    @property
    def field_name(self) -> str:
        return f"q{self.pk or 0}"

    @cached_property
    def kinds_of_ticket(self) -> list[TicketType]:
        """Whom it is for; nobody named means everybody. `questions.ask` fills this in for all questions at once."""
        return list(self.ticket_types.all())

    def is_for(self, ticket_type: TicketType | None) -> bool:
        """Is somebody with this kind of ticket asked?"""
        return not self.kinds_of_ticket or ticket_type in self.kinds_of_ticket

    def applies(self, given: dict[int, Value | None]) -> bool:
        """Do the answers given so far (by number of the question) lead here?"""
        if self.depends_on_id is None:
            return True
        value = given.get(self.depends_on_id)
        return bool({*(value if isinstance(value, list) else [value])} & {*self.depends_on_values})

    # ------------------------------------------------------------ the preview of its editor
    @property
    def preview_modes(self):
        return [("vi", "Tiếng Việt"), ("en", "English")]

    def serve_preview(self, request, mode_name):
        from django import forms

        from events import questions

        self.current = QuestionVersion(**self.wording())
        with translation.override(mode_name):
            form = forms.Form(auto_id="id_%s")
            questions.add_fields(form, [self])
            return TemplateResponse(
                request, "events/admin/question_preview.html", {"question": self, "form": form}
            ).render()


class QuestionChoice(models.Model):
    """One of the answers that may be chosen. Its row stays the same when it is reworded."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    label_vi = models.CharField(_("answer (Vietnamese)"), max_length=200)
    label_en = models.CharField(_("answer (English)"), max_length=200, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("answer to choose from")
        verbose_name_plural = _("answers to choose from")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.label_vi


class QuestionVersion(models.Model):
    """The words that people read from a moment on. Written once, never changed: an answer is read with its version."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=Kind)
    label_vi = models.CharField(max_length=250)
    label_en = models.CharField(max_length=250, blank=True)
    help_vi = models.CharField(max_length=400, blank=True)
    help_en = models.CharField(max_length=400, blank=True)
    choices = models.JSONField(default=list, blank=True)

    label = Bilingual()
    help = Bilingual()

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question", "number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.label} ({self.number})"

    @property
    def wording(self) -> dict[str, Any]:
        fields = ("kind", "label_vi", "label_en", "help_vi", "help_en", "choices")
        return {field: getattr(self, field) for field in fields}

    @property
    def options(self) -> list[tuple[str, str]]:
        """(value, words) of what may be chosen, in the reader's language."""
        if self.kind == Kind.YES_NO:
            return [(YES, pgettext("answer", "yes").capitalize()), (NO, pgettext("answer", "no").capitalize())]
        if self.kind == Kind.COUNTRY:
            return countries.options()
        english = (translation.get_language() or "vi").startswith("en")
        return [(one["key"], (english and one["en"]) or one["vi"]) for one in self.choices]

    def typed(self, words: str) -> str | list[str]:
        """What a cell of a list says, as the field of a form would send it; nonsense is no answer."""
        if self.kind in (Kind.YES_NO, Kind.CHOICE, Kind.COUNTRY):
            return self._key(words)
        if self.kind == Kind.CHOICES:
            for separator in (None, r"[;\n]", r"[;,\n]"):  # an answer may have a comma of its own
                parts = [words] if separator is None else re.split(separator, words)
                keys = [self._key(part) for part in parts if part.strip()]
                if all({key} in self._keys.values() for key in keys):
                    return keys
            return keys
        if self.kind == Kind.NUMBER:
            number = words.replace(" ", "")
            if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", number):  # thousands: no more than two decimals are taken
                return re.sub("[.,]", "", number)
            return number.replace(",", ".")
        return words

    def _key(self, words: str) -> str:
        keys = self._keys.get(_plain(words)) or self._keys.get(_bare(words)) or set()
        return next(iter(keys)) if len(keys) == 1 else f"“{words}”"  # never a key by chance

    @cached_property
    def _keys(self) -> dict[str, set[str]]:
        """{words: keys} of all that may be chosen, in both languages, with diacritics and without."""
        pairs: list[tuple[str, str]] = []
        if self.kind == Kind.COUNTRY:
            pairs = [(word, code) for code, names in countries.NAMES.items() for word in (code, *names)]
        elif self.kind == Kind.YES_NO:
            pairs = [(word, key) for key, words in YES_NO_WORDS.items() for word in words]
        pairs += [(word, choice["key"]) for choice in self.choices for word in (choice["vi"], choice["en"]) if word]
        found: dict[str, set[str]] = {}
        for word, key in pairs:
            found.setdefault(_plain(word), set()).add(key)
        bare: dict[str, set[str]] = {}
        for word, key in pairs:
            bare.setdefault(_bare(word), set()).add(key)
        bare.pop("", None)
        return bare | found

    def text(self, value: Value | None) -> str:
        """An answer to this version, for people to read."""
        if value is None:
            return ""
        if self.kind == Kind.COUNTRY:
            return countries.name(str(value))
        if self.kind in BRANCHING:
            words = dict(self.options)
            return "; ".join(words.get(key, key) for key in (value if isinstance(value, list) else [str(value)]))
        if self.kind == Kind.DATE:
            return vn_date(date.fromisoformat(str(value)))
        if self.kind == Kind.NUMBER and not (translation.get_language() or "vi").startswith("en"):
            return str(value).replace(".", ",")
        return str(value)


class Answer(models.Model):
    """What somebody answered, to which version of the question."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["registration", "question__position", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "question"], name="one_answer_per_registration_and_question"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.version.text(self.value)
