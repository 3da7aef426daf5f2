"""What the gate saw and answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.registration import Registration, RetiredTicket, State, plain_code

if TYPE_CHECKING:
    from events.models.event import Event
    from people.models import User


class ScanResult(models.TextChoices):
    ACCEPTED = "accepted", _("let in")
    ALREADY = "already", _("already inside")
    NOT_VALID = "not_valid", _("not valid")


class ScanQuerySet(models.QuerySet):
    def standing(self) -> ScanQuerySet:
        """Accepted and not undone: this person is inside."""
        return self.filter(result=ScanResult.ACCEPTED, undone_at=None)


class Scan(models.Model):
    """One reading of one ticket, and what the person was told.

    Refused scans are kept too: they show what goes wrong at a gate.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="scans", verbose_name=_("registration")
    )
    gate = models.CharField(_("gate"), max_length=60, blank=True)
    at = models.DateTimeField(_("read at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("read by"),
    )
    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    result = models.CharField(_("result"), max_length=12, choices=ScanResult)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["-at", "-pk"]
        permissions = [("check_in", _("Can let people in at the gate"))]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(result="accepted", undone_at__isnull=True),
                name="a_registration_is_let_in_once",
            ),
            models.CheckConstraint(condition=Q(result__in=ScanResult.values), name="a_scan_has_a_known_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.result}"

    def undo(self, *, by: User, at: datetime) -> bool:
        """Take a mistake back; the row stays and says who and when. Not once a certificate rests on it."""
        with transaction.atomic():
            registration = self.registration._locked()
            if registration.certificate_id is not None:
                return False
            done = Scan.objects.standing().filter(pk=self.pk).update(undone_at=at, undone_by=by)
        return bool(done)


@dataclass(frozen=True)
class CheckIn:
    """What to show at the gate, in huge letters."""

    result: ScanResult
    registration: Registration | None = None
    scan: Scan | None = None  # the entry that counts: this one, or the earlier one
    reason: str = ""  # why not valid: unknown, handed_over, cancelled, other_event, event_off, not_confirmed

    @property
    def accepted(self) -> bool:
        return self.result == ScanResult.ACCEPTED

    @property
    def already(self) -> bool:
        return self.result == ScanResult.ALREADY


def check_in(
    registration: Registration, *, by: User | None, at: datetime, gate: str, client_id: uuid.UUID, event: Event | None
) -> CheckIn:
    with transaction.atomic():
        return _answer(registration._locked(), by=by, at=at, gate=gate, client_id=client_id, event=event)


def check_in_by_code(
    typed: str, *, by: User | None, at: datetime, gate: str, screen: uuid.UUID, event: Event | None
) -> CheckIn:
    """Let in whoever holds the ticket with this code; found and locked in one step.

    `screen` names the page on which the code was read: reading one ticket twice on it is one reading.
    """
    with transaction.atomic():
        found = Registration.objects.with_code(typed).locked("ticket_type").first()
        if found is None:
            return CheckIn(ScanResult.NOT_VALID, reason=_reason_not_found(typed))
        if event is not None and found.event_id == event.pk:
            found.event = event  # it is read already
        # One screen may read two tickets (the back button): the key is the screen's and the ticket's.
        key = uuid.uuid5(screen, found.checkin_token)
        return _answer(found, by=by, at=at, gate=gate, client_id=key, event=event)


def _reason_not_found(typed: str) -> str:
    """A code that was valid before the ticket was handed over is no riddle to the gate."""
    code = plain_code(typed)
    retired = RetiredTicket.objects.filter(Q(token=code) | Q(code=code)).exists() if code else False
    return "handed_over" if retired else "unknown"


def _answer(
    registration: Registration, *, by: User | None, at: datetime, gate: str, client_id: uuid.UUID, event: Event | None
) -> CheckIn:
    """For a registration that is locked."""
    reason = _why_not(registration, event)
    # The entry that counts, and an earlier answer to this very reading: one query for both.
    earlier = list(registration.scans.filter(Q(client_id=client_id) | Q(result=ScanResult.ACCEPTED, undone_at=None)))
    entry = next((scan for scan in earlier if scan.result == ScanResult.ACCEPTED and scan.undone_at is None), None)
    repeated = next((scan for scan in earlier if scan.client_id == client_id), None)
    if repeated is not None:
        if repeated.undone_at is None:  # the answer got lost on the way; say it again
            return CheckIn(ScanResult(repeated.result), registration, entry or repeated, repeated.reason)
        client_id = uuid.uuid4()  # it was taken back since: this is a new reading
    result = ScanResult.NOT_VALID if reason else ScanResult.ALREADY if entry else ScanResult.ACCEPTED
    scan = Scan.objects.create(
        registration=registration, gate=gate, at=at, by=by, client_id=client_id, result=result, reason=reason
    )
    return CheckIn(result, registration, entry or scan, reason)


def _why_not(registration: Registration, event: Event | None) -> str:
    if event is not None and registration.event_id != event.pk:
        return "other_event"
    if registration.event.is_off:
        return "event_off"
    if registration.state == State.CONFIRMED:
        return ""
    return "cancelled" if registration.state == State.CANCELLED else "not_confirmed"
