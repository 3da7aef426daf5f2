"""What stays of an event's registrations when the people are gone: numbers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from events.models.event import Event


class StatisticsQuerySet(models.QuerySet["EventStatistics"]):
    def write_down(self, event: Event, at: datetime) -> EventStatistics:
        """Count anew, as long as nobody was taken out of the counted; from then on the numbers stand."""
        from events.models.registration import Registration
        from events.models.scan import Scan

        earlier = self.filter(event=event).first()
        if earlier is not None and earlier.final:
            return earlier
        inside = Exists(Scan.objects.standing().filter(registration=OuterRef("pk")))
        rows = (
            Registration.objects.filter(event=event)
            .annotate(inside=inside)
            .order_by()
            .values("ticket_type__name_vi", "unit__full_name_vi", "state", "inside")
            .annotate(number=Count("pk"))
        )
        counted = [
            {
                "ticket_type": row["ticket_type__name_vi"],
                "unit": row["unit__full_name_vi"] or "",
                "state": row["state"],
                "came_in": row["inside"],
                "number": row["number"],
            }
            for row in rows
        ]
        counted.sort(key=lambda row: (row["ticket_type"], row["unit"], row["state"], row["came_in"]))
        answers = earlier.answers if earlier is not None else {}
        fresh = {"counted_at": at, "rows": counted, "answers": answers | _answers(event)}
        return self.update_or_create(event=event, defaults=fresh)[0]


def _answers(event: Event) -> dict[str, dict[str, int]]:
    """{question: {answer: number}} of the questions with given answers; what people wrote in words is not counted.

    A question whose answers are gone is not in it, so its earlier numbers stand.
    """
    from events.models.question import BRANCHING, Answer, Kind

    countable = [*BRANCHING, Kind.COUNTRY]
    given = Answer.objects.filter(registration__event=event, version__kind__in=countable)
    sums: dict[str, Counter[str]] = {}
    with translation.override("vi"):
        for answer in given.select_related("question", "version").iterator():
            for value in answer.value if isinstance(answer.value, list) else [answer.value]:
                sums.setdefault(answer.question.label_vi, Counter())[answer.version.text([value])] += 1
    return {question: dict(sorted(counted.items())) for question, counted in sums.items()}


class EventStatistics(models.Model):
    """Registrations of one event by kind of ticket, unit, state and whether they came in; and answers by question.

    Written before anything about people goes. Once whole registrations are emptied it is final.
    """

    event = models.OneToOneField(
        "events.Event", on_delete=models.CASCADE, related_name="statistics", verbose_name=_("event")
    )
    counted_at = models.DateTimeField(_("counted"))
    final = models.BooleanField(_("final"), default=False)
    rows = models.JSONField(_("numbers"), default=list)
    answers = models.JSONField(_("answers"), default=dict)

    objects = StatisticsQuerySet.as_manager()

    class Meta:
        verbose_name = _("statistics of an event")
        verbose_name_plural = _("statistics of events")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.event)

    @property
    def total(self) -> int:
        return sum(row["number"] for row in self.rows)

    def by(self, *columns: str) -> list[tuple[tuple, int]]:
        """The numbers again, added up over all other columns."""
        sums: Counter[tuple] = Counter()
        for row in self.rows:
            sums[tuple(row[column] for column in columns)] += row["number"]
        return sorted(sums.items())
