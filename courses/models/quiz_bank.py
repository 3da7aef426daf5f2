"""The bank of a course: its questions, and every wording each of them ever had."""

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.quizzing import kinds
from courses.quizzing.kinds import Kind
from courses.quizzing.written import Line, Text, Written
from people.models import Searchable
from people.text import Bilingual, search_text

if TYPE_CHECKING:
    from people.models import User


class QuizItemQuerySet(Searchable["QuizItem"]):
    def in_use(self):
        """Drawn in new attempts."""
        return self.filter(retired_at=None)

    def to_ask(self):
        """With their wording and its picture, in an order that does not change."""
        return self.exclude(current=None).select_related("current__image").order_by("key")

    def tagged(self, tag: str):
        return self.filter(tags__contains=f" {tag} ") if tag else self


class QuizItem(models.Model):
    """A question in the bank of a course. Its words are in its versions; people were asked the one they drew."""

    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, related_name="quiz_items", verbose_name=_("course")
    )
    key = models.SlugField(_("short name"), max_length=80, help_text=_("Stays the same when the words change."))
    tags = models.CharField(_("tags"), max_length=400, blank=True, default="", editable=False)  # " one two "
    current = models.OneToOneField(
        "courses.ItemVersion", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    retired_at = models.DateTimeField(_("not drawn since"), null=True, blank=True, editable=False)
    search_text = models.TextField(blank=True, default="", editable=False)

    objects = QuizItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz question")
        verbose_name_plural = _("quiz questions")
        ordering = ["course", "key"]
        default_permissions = ["add", "change", "view"]
        constraints = [models.UniqueConstraint(fields=["course", "key"], name="quiz_item_key_once_a_course")]

    def __str__(self) -> str:
        return self.key

    @property
    def tag_list(self) -> list[str]:
        return self.tags.split()

    @staticmethod
    def tags_column(tags: list[str]) -> str:
        return f" {' '.join(tags)} " if tags else ""

    @classmethod
    def write(cls, course, written: Written, by: "User | None" = None) -> tuple["QuizItem", bool]:
        """The one door to the bank: the question as it should be now. Answers whether anything changed.

        Other words are a new version; what people were asked stays as it was.
        """
        with transaction.atomic():
            found, _made = cls.objects.get_or_create(course=course, key=written.key)
            item = cls.objects.select_for_update().select_related(None).get(pk=found.pk)
            return item, item._rewrite(written, by)

    def _rewrite(self, written: Written, by: "User | None") -> bool:
        before = ItemVersion.objects.filter(pk=self.current_id).first()
        if before is not None:
            before.item = self
        content = written.content(before.written if before else None)
        words = search_text(self.key, content["text_vi"], content["text_en"], *written.tags)
        new = before is None or any(getattr(before, name) != value for name, value in content.items())
        if new:
            self.current = ItemVersion.objects.create(
                item=self, number=before.number + 1 if before else 1, written_by=by, **content
            )
        column = self.tags_column(written.tags)
        changed = new or column != self.tags or self.retired_at is not None
        if changed:
            self.tags, self.retired_at, self.search_text = column, None, words
            self.save(update_fields=["current", "tags", "retired_at", "search_text"])
        return changed

    def retire(self, at: datetime.datetime) -> None:
        """No longer drawn; attempts that drew it keep it."""
        self.retired_at = at
        self.save(update_fields=["retired_at"])

    def bring_back(self) -> None:
        self.retired_at = None
        self.save(update_fields=["retired_at"])


class ItemVersion(models.Model):
    """A question as it was worded from some moment on. Never changed and never deleted: attempts point here."""

    item = models.ForeignKey(QuizItem, on_delete=models.PROTECT, related_name="versions", verbose_name=_("question"))
    number = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text_vi = models.TextField(_("question"))
    text_en = models.TextField(_("question in English"), blank=True)
    text = Bilingual()
    asked = models.JSONField(default=dict, blank=True)  # kinds.py says what is in these two
    key = models.JSONField(default=dict)
    points = models.PositiveSmallIntegerField(_("points"), default=1)
    explanation_vi = models.TextField(_("explanation"), blank=True)
    explanation_en = models.TextField(_("explanation in English"), blank=True)
    explanation = Bilingual()
    source = models.CharField(_("source"), max_length=500, blank=True)
    image = models.ForeignKey(
        "content.SiteImage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    image_alt_vi = models.CharField(max_length=300, blank=True)
    image_alt_en = models.CharField(max_length=300, blank=True)
    image_alt = Bilingual()
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        default_permissions = ()
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
            models.CheckConstraint(condition=Q(points__gte=1, number__gte=1), name="item_version_points_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a version of a question is never changed: write a new one")
        super().save(*args, **kwargs)

    def is_right(self, answer: kinds.Answer | None) -> bool:
        return kinds.is_right(self.kind, self.key, answer)

    def feedback(self, key: str) -> Text:
        return Text.of(self.key.get("feedback", {}).get(key))

    @property
    def written(self) -> Written:
        """As its author would write it today."""
        return Written(
            key=self.item.key,
            kind=self.kind,
            text=Text(self.text_vi, self.text_en),
            lines=self._lines(),
            tags=self.item.tag_list,
            points=self.points,
            source=self.source,
            explanation=Text(self.explanation_vi, self.explanation_en),
            tolerance=self.key.get("tolerance", ""),
            image=self.image_id,
            image_alt=Text(self.image_alt_vi, self.image_alt_en),
        )

    def _lines(self) -> list[Line]:
        kind, key = Kind(self.kind), self.key
        if kind is Kind.NUMBER:
            return [Line(Text(key["number"]), right=True, feedback=self.feedback(key["number"]))]
        if kind is Kind.SHORT:
            return [Line(Text(text), right=True, feedback=self.feedback(text)) for text in key["accepted"]]
        if kind is Kind.MATCHING:
            right = {one["id"]: one for one in self.asked["right"]}
            lines = []
            for one in self.asked["left"]:
                partner = right.pop(key["pairs"][one["id"]])
                lines.append(
                    Line(Text.of(one), True, Text.of(partner), self.feedback(one["id"]), one["id"], partner["id"])
                )
            spare = (
                Line(Text(), False, Text.of(one), self.feedback(one["id"]), "", one["id"]) for one in right.values()
            )
            return [*lines, *spare]
        options = {one["id"]: one for one in self.asked["options"]}
        order = key["order"] if kind is Kind.ORDERING else list(options)
        wanted = set(order if kind is Kind.ORDERING else key["right"])
        return [Line(Text.of(options[one]), one in wanted, feedback=self.feedback(one), id=one) for one in order]
