"""What was announced about an event, and how far the letters about it are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.templatetags.kit import vn_datetime
from events.models.delegation import Delegation, DelegationQuerySet
from events.models.registration import Registration, RegistrationQuerySet
from letters.models import Letter
from people.holdings import NOWHERE
from people.text import Bilingual

if TYPE_CHECKING:
    from events.models.event import Event

AT_ONCE = 200  # letters in one transaction
SILENCE = timedelta(minutes=5)  # a task that has written nothing for so long is taken for dead


def delegates_of(event: Event) -> RegistrationQuerySet:
    """Who is written to: every live registration, but not those whose letters a coordinator reads."""
    return Registration.objects.filter(event=event, letters=True).live().exclude(email__endswith=f"@{NOWHERE}")


def coordinators_of(event: Event, at: datetime) -> DelegationQuerySet:
    """Delegations that hold seats, or have people who come."""
    members = Registration.objects.live().filter(delegation=OuterRef("pk"))
    known = Delegation.objects.exclude(coordinator_email__endswith=f"@{NOWHERE}")
    return known.filter(Q(release_at__gt=at) | Exists(members), event=event)


def number_of_letters(event: Event, at: datetime) -> int:
    return delegates_of(event).count() + coordinators_of(event, at).count()


class EventChangeQuerySet(models.QuerySet["EventChange"]):
    def resume(self, at: datetime) -> int:
        """Take up again what nobody works on any more. How many."""
        from events import tasks

        silent = self.filter(finished_at=None, beat_at__lte=at - SILENCE)
        for change in silent:
            tasks.tell_change.enqueue(change.pk)
        return len(silent)


class EventChange(models.Model):
    """One announced change: who, when, what from and to, and in which words. Only `written` and the like still move.

    A later change that is told takes the place of this one: letters that have not left yet are given up, and everybody
    gets the later one. A silent correction takes no letter away: letters say what is true when they leave.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", pgettext_lazy("event", "changed")
        POSTPONED = "postponed", pgettext_lazy("event", "postponed")
        CALLED_OFF = "called_off", pgettext_lazy("event", "called off")
        ON_AGAIN = "on_again", pgettext_lazy("event", "takes place after all")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    corrected = models.JSONField(default=dict, blank=True)  # {field: [old, new]}
    notice_vi = models.TextField(blank=True)
    notice_en = models.TextField(blank=True)

    letters = models.BooleanField(default=True)
    total = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    last = models.BigIntegerField(default=0)  # whoever has a number up to this one has the letter
    beat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    notice = Bilingual()

    objects = EventChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an event")
        verbose_name_plural = _("changes of events")
        ordering = ["-number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint("event", "number", name="changes_of_an_event_are_numbered")]
        indexes = [models.Index(fields=["beat_at"], condition=Q(finished_at=None), name="event_change_under_way")]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_kind_display()}"

    @property
    def is_latest(self) -> bool:
        """Are its letters still due? Not after a later one, nor once it is no longer so that the event is (not) off."""
        called_off = Q(kind=self.Kind.CALLED_OFF)
        contrary = ~called_off if self.kind == self.Kind.CALLED_OFF else called_off
        later = EventChange.objects.filter(event=self.event_id, number__gt=self.number)
        return not later.filter(Q(letters=True) | contrary).exists()

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """(label, old, new) for people to read."""
        return [
            (str(self.event._meta.get_field(field).verbose_name), *(_said(value) for value in values))
            for field, values in self.corrected.items()
        ]

    def write_letters(self, at: datetime) -> bool:
        """Write the next letters, each once however often this is asked. True while more are to come."""
        with transaction.atomic():
            locked = EventChange.objects.select_related("event").select_for_update(of=("self",), no_key=True)
            change = locked.get(pk=self.pk)
            if change.finished_at is not None:
                return False
            off = change.kind == self.Kind.CALLED_OFF
            some = list(delegates_of(change.event).filter(pk__gt=change.last).order_by("pk")[:AT_ONCE])
            for registration in some:
                change._post("event_cancelled" if off else "event_changed", registration, registration.email)
                change.last = registration.pk
            if len(some) < AT_ONCE:
                for delegation in coordinators_of(change.event, at):
                    change._post("delegation_changed", delegation, delegation.coordinator_email)
                change.finished_at = at
            change.beat_at = at
            change.save(update_fields=["written", "last", "beat_at", "finished_at"])
        return change.finished_at is None

    def _post(self, kind: str, about: Registration | Delegation, to: str) -> None:
        Letter.objects.post(
            kind,
            to,
            language=about.language,
            about=about,
            data={"change": self.pk},
            once=f"event_change:{self.pk}:{about._meta.model_name}:{about.pk}",
            queue="bulk",
        )
        self.written += 1


def _said(value: str) -> str:
    moment = parse_datetime(value) if value[:4].isdigit() and "T" in value else None
    return vn_datetime(moment) if moment else value
