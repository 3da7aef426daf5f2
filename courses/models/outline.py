"""The outline: which lessons counted, and when. Written by Course.apply() alone; rows are closed, never deleted."""

import datetime
from functools import lru_cache
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.completion import Required
from people.text import Bilingual


class OutlineQuerySet(models.QuerySet["OutlineItem"]):
    def open(self):
        return self.filter(until__isnull=True)

    def required(self):
        return self.filter(required=True)

    def counting_for(self, started_at):
        """Without what is only for people who began later. `started_at` may be an expression."""
        return self.filter(Q(new_from=None) | Q(new_from__lte=started_at))

    def in_order(self):
        return self.order_by("position", "pk")


class OutlineItem(models.Model):
    """One lesson in one edition under one rule, valid on [since, until).

    The lesson is named by its translation key, never by a page: pages come and go. Titles are kept for old reports.
    """

    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, related_name="outline", verbose_name=_("course")
    )
    lesson_key = models.UUIDField(_("lesson"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    required = models.BooleanField(_("required"), default=True)
    weight = models.PositiveIntegerField(_("weight"), default=1)
    rule = models.JSONField(_("rule"), default=dict)
    section_key = models.UUIDField(_("section"))
    section_title_vi = models.CharField(max_length=255, blank=True)
    section_title_en = models.CharField(max_length=255, blank=True)
    section_title = Bilingual()
    position = models.PositiveIntegerField(_("position"), default=0)
    title_vi = models.CharField(max_length=255)
    title_en = models.CharField(max_length=255, blank=True)
    title = Bilingual()
    missing_since = models.DateTimeField(_("missing since"), null=True, blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    # Only those count it who enrolled at this moment or later; it stays when the row is followed by another.
    new_from = models.DateTimeField(_("only for those who enrolled from"), null=True, blank=True)

    objects = OutlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("outline item")
        verbose_name_plural = _("outline items")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["course", "lesson_key"], condition=Q(until=None), name="outline_one_open_row_a_lesson"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="outline_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(edition__gte=1, weight__gte=1), name="outline_edition_and_weight_positive"
            ),
            models.CheckConstraint(
                condition=Q(new_from=None) | Q(new_from__lte=F("since"), required=True), name="outline_new_from_past"
            ),
        ]
        indexes = [models.Index(fields=["course", "until"], name="outline_course_until")]

    def __str__(self) -> str:
        return self.title

    @property
    def as_required(self) -> Required:
        return Required(self.lesson_key, self.edition, self.weight, self.since, self.until, self.new_from)

    def counts_for(self, started_at: datetime.datetime) -> bool:
        """Has somebody who enrolled then to do it? Others may."""
        return self.required and self.as_required.counts_for(started_at)


@lru_cache(maxsize=500)
def outline_at(course: UUID, version: int, projected_at: datetime.datetime | str | None) -> tuple[OutlineItem, ...]:
    """All rows of a course's outline, open and closed, to be read only; kept in this process.

    Every projection that changes a row moves version and instant on, so what is kept never has to be forgotten. The
    instant is in the key for a projection that was rolled back: the next one bears the same version, not the same
    time. It may be as the database writes it, since it only tells one projection from another.
    """
    return tuple(OutlineItem.objects.filter(course=course).order_by("position", "pk"))
