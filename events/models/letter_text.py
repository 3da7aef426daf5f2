"""Words that the organiser wrote for one kind of letter."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import letter_text
from letters import kinds
from people.text import nfc


class LetterText(models.Model):
    """What one kind of letter says at one event, in place of the built-in words. Empty: the built-in ones."""

    event = models.ForeignKey(
        "events.Event", on_delete=models.CASCADE, related_name="letter_texts", verbose_name=_("event")
    )
    kind = models.CharField(pgettext_lazy("letter", "kind"), max_length=60)
    subject_vi = models.CharField(_("subject (Vietnamese)"), max_length=200, blank=True)
    subject_en = models.CharField(_("subject (English)"), max_length=200, blank=True)
    body_vi = models.TextField(_("words (Vietnamese)"), max_length=5000, blank=True)
    body_en = models.TextField(_("words (English)"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("words of a letter")
        verbose_name_plural = _("words of letters")
        ordering = ["event", "kind"]
        constraints = [models.UniqueConstraint("event", "kind", name="one_text_per_event_and_kind_of_letter")]

    def __str__(self) -> str:
        return f"{kinds.get(self.kind).name}: {self.event}"

    def in_language(self, language: str) -> tuple[str, str]:
        """Subject and words."""
        return getattr(self, f"subject_{language}"), getattr(self, f"body_{language}").strip()

    def clean(self) -> None:
        wrong = {}
        for field in ("subject_vi", "subject_en", "body_vi", "body_en"):
            setattr(self, field, nfc(getattr(self, field)).replace("\r\n", "\n"))
            try:
                letter_text.check(getattr(self, field), self.kind)
            except ValidationError as error:
                wrong[field] = error
        if wrong:
            raise ValidationError(wrong)
