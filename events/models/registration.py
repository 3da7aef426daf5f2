"""One person's claim to one seat."""

from __future__ import annotations

import base64
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates import qr
from people.models import Searchable
from people.text import name_key, nfc, search_text

if TYPE_CHECKING:
    from certificates.models import Certificate
    from events.models.scan import CheckIn
    from people.models import Unit, User


class State(models.TextChoices):
    PENDING = "pending", _("pending")
    CONFIRMED = "confirmed", _("confirmed")
    WAITLISTED = "waitlisted", _("on the waiting list")
    OFFERED = "offered", _("offered a seat")
    CANCELLED = "cancelled", _("cancelled")
    REJECTED = "rejected", _("rejected")
    EXPIRED = "expired", _("expired")


# One person has at most one of these for an event.
LIVE_STATES = [State.PENDING, State.CONFIRMED, State.WAITLISTED, State.OFFERED]


def token() -> str:
    """26 base32 capitals, 130 random bits: fits the smallest QR code, and nobody guesses it."""
    return base64.b32encode(secrets.token_bytes(17)).decode()[:26]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is coming, as the form understood it."""

    full_name: str
    email: str
    phone: str = ""
    organisation: str = ""
    position: str = ""
    unit: Unit | None = None


class RegistrationQuerySet(Searchable["Registration"]):
    def holding_a_seat(self, at: datetime) -> RegistrationQuerySet:
        """The one truth about seats: confirmed, or held and the hold has not lapsed."""
        held = Q(state__in=[State.PENDING, State.OFFERED]) & (Q(hold_until=None) | Q(hold_until__gt=at))
        return self.filter(Q(state=State.CONFIRMED) | held)

    def live(self) -> RegistrationQuerySet:
        return self.filter(state__in=LIVE_STATES)

    def of_address(self, email: str) -> RegistrationQuerySet:
        return self.annotate(_address=Lower("email")).filter(_address=nfc(email).strip().lower())

    def by_name(self) -> RegistrationQuerySet:
        return self.order_by("name_sort", "pk")

    def with_code(self, typed: str) -> RegistrationQuerySet:
        """What a scanner read or a person typed: a ticket's address, its 26 characters, or the first eight of them."""
        code = "".join(c for c in typed.upper().rstrip("/").rpartition("/")[2] if c.isascii() and c.isalnum())
        if len(code) == 26:
            return self.filter(checkin_token=code)
        return self.filter(code=code) if len(code) == 8 else self.none()

    def locked(self, *related: str) -> RegistrationQuerySet:
        """Fresh and locked until the transaction ends. Lock order everywhere: registration before quota."""
        related = related or ("event", "ticket_type")
        return self.select_related(*related).select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: User) -> RegistrationQuerySet:
        return self if user.is_active and user.has_perm("events.view_registration") else self.none()


class Registration(models.Model):
    """A row is born in `Event.register()` alone.

    It carries three tokens with three powers: managing, coming in, being looked at.
    """

    event = models.ForeignKey(
        "events.Event", on_delete=models.PROTECT, related_name="registrations", verbose_name=_("event")
    )
    ticket_type = models.ForeignKey(
        "events.TicketType", on_delete=models.PROTECT, related_name="registrations", verbose_name=_("ticket type")
    )
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    organisation = models.CharField(_("agency or organisation"), max_length=250, blank=True)
    unit = models.ForeignKey(
        "people.Unit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=pgettext_lazy("office", "unit"),
    )
    position = models.CharField(pgettext_lazy("job", "position"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi", choices=settings.LANGUAGES)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CONFIRMED)
    hold_until = models.DateTimeField(_("seat held until"), null=True, blank=True)
    created_at = models.DateTimeField(_("registered at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    source = models.CharField(_("source"), max_length=12, default="web")
    letters = models.BooleanField(_("letters are sent"), default=True)

    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # The first eight of the check-in token: what somebody reads out at the gate. The other eighteen stay secret.
    code = models.CharField(_("code"), max_length=8, unique=True, editable=False)
    manage_token = models.CharField(max_length=26, unique=True, default=token, editable=False)
    checkin_token = models.CharField(max_length=26, unique=True, default=token, editable=False)
    public_token = models.CharField(max_length=26, unique=True, default=token, editable=False)
    certificate = models.OneToOneField(
        "certificates.Certificate",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="registration",
    )

    search_text = models.TextField(editable=False, default="")
    name_sort = models.TextField(editable=False, default="")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["event", "state"], name="registration_event_state"),
            models.Index(fields=["ticket_type", "state"], name="registration_type_state"),
            models.Index(fields=["event", "name_sort"], name="registration_event_name"),
            models.Index(Lower("email"), name="registration_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=Q(state__in=["pending", "confirmed", "waitlisted", "offered"]),
                name="one_live_registration_per_event_and_email",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_registration_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="a_confirmed_registration_has_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False),
                name="a_cancelled_registration_has_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(hold_until__isnull=False), name="an_offered_seat_has_an_end"
            ),
            models.CheckConstraint(condition=~Q(email=""), name="a_registration_has_an_email"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, update_fields=None, **kwargs) -> None:
        self.code = self.checkin_token[:8]
        self.search_text = search_text(self.full_name, self.email, self.organisation, self.phone, self.code)
        self.name_sort = name_key(self.full_name)
        if update_fields is not None:
            update_fields = {*update_fields, "search_text", "name_sort"}
        super().save(*args, update_fields=update_fields, **kwargs)

    # ------------------------------------------------------------ addresses
    def get_absolute_url(self) -> str:
        """The secret page of this registration: whoever has it may change and cancel everything."""
        return reverse("events:registration", args=[self.manage_token])

    @property
    def ticket_url(self) -> str:
        """What the QR code says, in capitals only so that the code stays small."""
        return qr.link("T", self.checkin_token)

    @property
    def code_groups(self) -> tuple[str, str]:
        """The check-in token in groups of four: the part that is enough at the gate, and the rest."""
        groups = [self.checkin_token[start : start + 4] for start in range(0, 26, 4)]
        return " ".join(groups[:2]), " ".join(groups[2:])

    @property
    def masked_email(self) -> str:
        name, _at, host = self.email.partition("@")
        return f"{name[:2]}…@{host}"

    # ------------------------------------------------------------ what holds now
    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    def entry(self):
        """The scan with which this person came in, or None."""
        return self.scans.standing().first()

    def can_be_cancelled(self, at: datetime) -> bool:
        return self.state in LIVE_STATES and at < self.event.ends_at

    def can_be_corrected(self, at: datetime) -> bool:
        """Until the certificate is made; a paper that hangs on a wall is not rewritten."""
        return self.state in LIVE_STATES and self.certificate_id is None

    def was_corrected(self, at: datetime) -> bool:
        """Did what happened at this moment change the words on the ticket?"""
        return self.created_at != at and self.changes.filter(at=at).exclude(corrected={}).exists()

    # ------------------------------------------------------------ verbs
    def cancel(self, *, by: User | None = None, at: datetime, reason: str = "") -> bool:
        """Give the seat back.

        True if this call did it; False if it was done before. Somebody who is inside stays in.
        """
        from letters.models import Letter

        with transaction.atomic():
            locked = self._locked()
            if locked.state not in LIVE_STATES:
                self._take_over(locked)
                return False
            if locked.scans.standing().exists():
                raise AlreadyInside
            was, locked.state, locked.cancelled_at, locked.cancelled_by = locked.state, State.CANCELLED, at, by
            locked.save(update_fields=["state", "cancelled_at", "cancelled_by"])
            locked.changes.create(at=at, by=by, was=was, became=State.CANCELLED, reason=reason)
            if locked.letters:
                Letter.objects.post("registration_cancelled", locked.email, language=locked.language, about=locked)
        self._take_over(locked)
        return True

    def correct(
        self, *, at: datetime, by: User | None = None, full_name: str, organisation: str, position: str, phone: str
    ) -> list[str]:
        """Correct what is printed. Answers with the names of the fields that changed; writes nothing if none did."""
        new = {"full_name": full_name, "organisation": organisation, "position": position, "phone": phone}
        with transaction.atomic():
            locked = self._locked()
            if not locked.can_be_corrected(at):
                raise CannotCorrect
            before = {field: getattr(locked, field) for field in new}
            changed = [field for field, value in new.items() if nfc(value) != before[field]]
            if changed:
                for field in changed:
                    setattr(locked, field, nfc(new[field]))
                locked.save(update_fields=changed)
                was_and_is = {field: [before[field], getattr(locked, field)] for field in changed}
                locked.changes.create(at=at, by=by, was=locked.state, became=locked.state, corrected=was_and_is)
        self._take_over(locked)
        return changed

    def check_in(
        self, *, by: User | None, at: datetime, gate: str = "", client_id: uuid.UUID | None = None, event=None
    ) -> CheckIn:
        """Let this person in, once. Asking twice with one `client_id` gives the same answer."""
        from events.models.scan import check_in

        return check_in(self, by=by, at=at, gate=gate, client_id=client_id or uuid.uuid4(), event=event)

    def certificate_is_due(self, at: datetime) -> bool:
        return self.state == State.CONFIRMED and self.event.is_over(at) and self.scans.standing().exists()

    def certificate_of_attendance(self, at: datetime) -> Certificate | None:
        """From the event's end, for who came in. Asking twice gives the same paper; None while it is not due."""
        from events.attendance import certificate_for

        return certificate_for(self, at)

    def send_link(self) -> None:
        """Send the secret link again, to the registered address and to no other."""
        from letters.models import Letter

        Letter.objects.post("registration_link", self.email, language=self.language, about=self)

    # ------------------------------------------------------------ inside
    def _locked(self) -> Registration:
        return Registration.objects.locked().get(pk=self.pk)

    def _take_over(self, fresh: Registration) -> None:
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(fresh, field.attname))


class AlreadyInside(Exception):
    """A person who was let in cannot be cancelled; undo the scan first."""


class CannotCorrect(Exception):
    """Cancelled, or the certificate is already made."""


class RegistrationChange(models.Model):
    """What happened to a registration: who, when, from what, to what, why. Written once, never changed."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    was = models.CharField(max_length=12, blank=True, choices=State)
    became = models.CharField(max_length=12, choices=State)
    corrected = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("change of a registration")
        verbose_name_plural = _("changes of registrations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"

    @property
    def corrected_fields(self) -> list[tuple[str, str, str]]:
        """(label, old, new) for people to read."""
        return [
            (str(Registration._meta.get_field(field).verbose_name), old, new)
            for field, (old, new) in self.corrected.items()
        ]
