"""One word of an organiser about many registrations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.models.registration import LIVE_STATES, AlreadyInside, Registration, RegistrationQuerySet, State
from people.models import AuditEntry

if TYPE_CHECKING:
    from people.models import User

SILENCE = timedelta(minutes=10)  # a run that nobody has touched for so long has lost its worker
INLINE_AT_MOST = 100  # some seconds; more than that is done in the background


class Action(models.TextChoices):
    APPROVE = "approve", pgettext_lazy("bulk", "Approve")
    REJECT = "reject", pgettext_lazy("bulk", "Reject")
    CANCEL = "cancel", _("Cancel registration")
    SEND = "send", _("Send ticket again")


# In which states the action has a meaning; others are left out before it begins, and counted.
APPLIES_TO = {
    Action.APPROVE: [State.PENDING],
    Action.REJECT: [State.PENDING],
    Action.CANCEL: LIVE_STATES,
    Action.SEND: [State.CONFIRMED],
}
VERBS = {
    Action.APPROVE: "registration.approved",
    Action.REJECT: "registration.rejected",
    Action.CANCEL: "registration.cancelled",
    Action.SEND: "registration.sent_again",
}
LEFT_OUT = {
    "other_state": _("in another state"),
    "inside": _("already inside"),
    "over": _("the event is over"),
    "no_mailbox": _("without a mailbox of their own"),
    "busy": _("too many people were registering"),
}


class BulkRunQuerySet(models.QuerySet["BulkRun"]):
    def begin(self, action: str, chosen: RegistrationQuerySet, *, at: datetime, by: User, reason: str = "") -> BulkRun:
        """Note down whom the action is about: of the chosen, those in a state in which it has a meaning."""
        fitting = chosen.filter(state__in=APPLIES_TO[Action(action)], erased_at=None).order_by("created_at", "pk")
        keys = list(fitting.values_list("pk", flat=True))
        others = chosen.order_by().count() - len(keys)
        skipped = {"other_state": others} if others > 0 else {}
        return self.create(
            action=action,
            at=at,
            beat_at=at,
            by=by,
            reason=reason,
            keys=keys,
            chosen=len(keys) + max(others, 0),
            skipped=skipped,
            in_background=len(keys) > INLINE_AT_MOST,
        )

    def resume(self, at: datetime) -> int:
        """Take up again, in the background, what a killed process left. How many."""
        from events import tasks

        silent = self.filter(finished_at=None, beat_at__lte=at - SILENCE)
        keys = list(silent.values_list("pk", flat=True))
        silent.filter(pk__in=keys).update(beat_at=at, in_background=True)
        for key in keys:
            tasks.carry_out.enqueue(key)
        return len(keys)

    def to_tell(self, user: User, at: datetime) -> BulkRunQuerySet:
        """What works in the background for this person, or did so today."""
        return self.filter(by=user, in_background=True, at__gt=at - timedelta(hours=12)).defer("keys")


class BulkRun(models.Model):
    """An action on many registrations, one after the other: how far it is, and why it left somebody out.

    Each registration is asked again by its own verb, so whatever changed meanwhile is respected. The place in the
    list moves in the transaction of the verb: killed and begun again, it does nothing twice.
    """

    action = models.CharField(max_length=12, choices=Action)
    reason = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    keys = models.JSONField(default=list)  # emptied when all is done
    chosen = models.PositiveIntegerField()
    place = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict)
    in_background = models.BooleanField(default=False)
    beat_at = models.DateTimeField(default=timezone.now)  # the last sign of life
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("action on many registrations")
        verbose_name_plural = _("actions on many registrations")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(action__in=Action.values), name="a_bulk_run_has_a_known_action")
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.chosen})"

    def carry_out(self) -> None:
        """All of it, or what a killed worker left. Two workers at once take turns.

        Every verb is said at its own moment: a run may last for minutes, and a seat that was held when it began may
        be somebody else's by then.
        """
        while self._one():
            pass

    def _one(self) -> bool:
        with transaction.atomic():
            run = BulkRun.objects.select_for_update().get(pk=self.pk)
            at = timezone.now()
            if run.finished_at is None and run.place < len(run.keys):
                why = run._act(run.keys[run.place], at)
                if why:
                    run.skipped[why] = run.skipped.get(why, 0) + 1
                else:
                    run.done += 1
                run.place += 1
                run.beat_at = at
                run.save(update_fields=["place", "done", "skipped", "beat_at"])
                going_on = True
            else:
                if run.finished_at is None:
                    run.finished_at, run.keys = at, []
                    run.save(update_fields=["finished_at", "keys"])
                going_on = False
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(run, field.attname))
        return going_on

    def _act(self, key: int, at: datetime) -> str:
        """Say the verb to one registration. Why it was left out, or nothing."""
        from events.eligibility import Busy, Refused

        registration = Registration.objects.select_related("event", "ticket_type").filter(pk=key).first()
        if registration is None:
            return "other_state"
        try:
            why = self._say(registration, at)
        except Refused as refused:
            why = refused.verdict.reason
        except Busy:
            why = "busy"
        except AlreadyInside:
            why = "inside"
        if not why:
            AuditEntry.objects.record(self.by, VERBS[Action(self.action)], registration, bulk=self.pk)
        return why

    def _say(self, registration: Registration, at: datetime) -> str:
        if self.action == Action.APPROVE:
            done = registration.approve(at=at, by=self.by)
        elif self.action == Action.REJECT:
            done = registration.reject(at=at, by=self.by, reason=self.reason)
        elif self.action == Action.CANCEL:
            if registration.is_live and not registration.can_be_cancelled(at):
                return "over"
            done = registration.cancel(at=at, by=self.by, reason=self.reason)
        else:
            if registration.is_confirmed and not registration.letters:
                return "no_mailbox"
            done = registration.is_confirmed
            if done:
                registration.send_link()
        return "" if done else "other_state"

    @property
    def summary(self) -> str:
        """What became of it, for people to read."""
        from events.eligibility import HEADINGS

        said = gettext("%(done)s of %(chosen)s done") % {"done": self.done, "chosen": self.chosen}
        if not self.skipped:
            return f"{said}."
        reasons = [
            f"{LEFT_OUT.get(why) or HEADINGS[why]!s} ({number})"
            for why, number in sorted(self.skipped.items(), key=lambda pair: -pair[1])
        ]
        return f"{said}. {gettext('Left out')}: {', '.join(reasons)}."
