"""One person's claim to one seat."""

from __future__ import annotations

import base64
import functools
import operator
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from certificates import qr
from events.seats import quick, take_seats
from people import consent, limits
from people.models import Searchable
from people.text import name_key, nfc, search_text

if TYPE_CHECKING:
    from certificates.models import Certificate
    from events.models.scan import CheckIn
    from people.models import Unit, User


class State(models.TextChoices):
    PENDING = "pending", _("awaiting approval")
    UNPAID = "unpaid", _("awaiting payment")
    CONFIRMED = "confirmed", _("confirmed")
    WAITLISTED = "waitlisted", _("on the waiting list")
    OFFERED = "offered", _("offered a seat")
    CANCELLED = "cancelled", _("cancelled")
    REJECTED = "rejected", _("rejected")
    EXPIRED = "expired", _("expired")


# What may follow what; "" is before birth. The history's constraint is made from this table.
TRANSITIONS: dict[str, tuple[State, ...]] = {
    "": (State.PENDING, State.UNPAID, State.CONFIRMED, State.WAITLISTED, State.OFFERED),
    State.PENDING: (State.CONFIRMED, State.UNPAID, State.REJECTED, State.CANCELLED, State.EXPIRED),
    State.UNPAID: (State.CONFIRMED, State.CANCELLED, State.EXPIRED),
    State.WAITLISTED: (State.OFFERED, State.CANCELLED, State.EXPIRED),
    State.OFFERED: (State.CONFIRMED, State.PENDING, State.UNPAID, State.CANCELLED, State.EXPIRED),
    State.CONFIRMED: (State.CANCELLED,),
    State.CANCELLED: (),
    State.REJECTED: (),
    State.EXPIRED: (State.CONFIRMED,),  # the money came after the seat was given back, and one was free
}
# What the clock or money that came does: nobody pressed a button.
BY_ITSELF = {
    (State.WAITLISTED, State.OFFERED),
    (State.UNPAID, State.CONFIRMED),
    *((was, after) for was, follow in TRANSITIONS.items() for after in follow if State.EXPIRED in (was, after)),
}
LIVE_STATES = [State.PENDING, State.UNPAID, State.CONFIRMED, State.WAITLISTED, State.OFFERED]
LAST_SECONDS = timedelta(seconds=30)  # of a hold: longer than any request takes
HELD_STATES = [State.PENDING, State.UNPAID, State.OFFERED]  # a seat until `hold_until`

# Which letter tells the person; an offered seat that did not come from the waiting list is an invitation.
LETTERS = {
    State.PENDING: "registration_received",
    State.UNPAID: "registration_received",
    State.CONFIRMED: "registration_confirmed",
    State.WAITLISTED: "registration_waitlisted",
    State.OFFERED: "registration_offered",
    State.CANCELLED: "registration_cancelled",
    State.REJECTED: "registration_rejected",
    State.EXPIRED: "registration_expired",
}


class Source(models.TextChoices):
    """By which door somebody came."""

    WEB = "web", _("web form")
    DESK = "desk", _("added by the organiser")
    IMPORT = "import", _("imported list")
    INVITATION = "invitation", _("invitation")
    DELEGATION = "delegation", _("delegation")
    DEMO = "demo", _("demo")


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
    salutation: str = ""
    rank: str = ""
    seating: str = ""
    gate_note: str = ""


DECLINED = gettext_noop("declined")  # the reason of who does not take the seat that is kept
HANDED_OVER = gettext_noop("handed over")  # the reason that ends one holder's part of a history

# Who somebody is; replaced as a whole when a ticket is handed over.
PERSONAL_FIELDS = [
    "full_name",
    "email",
    "phone",
    "organisation",
    "position",
    "unit",
    "salutation",
    "rank",
    "seating",
    "gate_note",
]


# What may be corrected while the person stays the same; the address has a verb of its own.
CORRECTABLE = set(PERSONAL_FIELDS) - {"email", "unit"}
PRINTED = {"full_name", "email", "organisation", "phone"}  # what search_text and name_sort are made from


def plain_code(typed: str) -> str:
    """The letters and digits at the end of what was scanned or typed."""
    return "".join(c for c in typed.upper().rstrip("/").rpartition("/")[2] if c.isascii() and c.isalnum())


class RegistrationQuerySet(Searchable["Registration"]):
    def holding_a_seat(self, at: datetime) -> RegistrationQuerySet:
        """The one truth about seats: confirmed, or held and the hold has not lapsed."""
        held = Q(state__in=HELD_STATES) & (Q(hold_until=None) | Q(hold_until__gt=at))
        return self.filter(Q(state=State.CONFIRMED) | held)

    def outside_delegations(self, at: datetime) -> RegistrationQuerySet:
        """Those whose seat is not one that a delegation holds as a whole."""
        from events.models.delegation import Delegation

        holding = Delegation.objects.holding(at).order_by().values("pk")
        return self.filter(Q(delegation=None) | ~Q(delegation__in=holding))

    def waiting(self) -> RegistrationQuerySet:
        """The waiting list, whoever waits longest first."""
        return self.filter(state=State.WAITLISTED).order_by("queued_at", "pk")

    def live(self) -> RegistrationQuerySet:
        return self.filter(state__in=LIVE_STATES)

    def of_address(self, email: str) -> RegistrationQuerySet:
        return self.annotate(_address=Lower("email")).filter(_address=nfc(email).strip().lower())

    def by_name(self) -> RegistrationQuerySet:
        return self.order_by("name_sort", "pk")

    def with_code(self, typed: str) -> RegistrationQuerySet:
        """What a scanner read or a person typed: a ticket's address, its 26 characters, or the first eight of them."""
        code = plain_code(typed)
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
    queued_at = models.DateTimeField(_("waiting since"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=12, default=Source.WEB, choices=Source)
    letters = models.BooleanField(_("letters are sent"), default=True)
    # Somebody else's mailbox: a secretary's who registered several people, or a coordinator's.
    shares_mailbox = models.BooleanField(_("shares a mailbox"), default=False)
    contact = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="companions",
        verbose_name=_("registered by"),
    )
    delegation = models.ForeignKey(
        "events.Delegation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
        verbose_name=_("delegation"),
    )
    salutation = models.CharField(_("salutation"), max_length=40, blank=True)
    rank = models.CharField(_("rank of protocol"), max_length=80, blank=True)
    seating = models.CharField(_("seating block"), max_length=80, blank=True)
    gate_note = models.CharField(_("note for the gate"), max_length=250, blank=True)

    # Since when nobody can tell any more who this was (events.retention).
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

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

    is_about_a_person = True
    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at", "-pk"]
        permissions = [("add_walk_in", _("Can register people at the desk"))]
        indexes = [
            models.Index(fields=["event", "state"], name="registration_event_state"),
            # Seats are counted from this one alone.
            models.Index(fields=["ticket_type", "state", "hold_until", "delegation"], name="registration_seats"),
            models.Index(fields=["queued_at"], condition=Q(state="waitlisted"), name="registration_waiting"),
            models.Index(fields=["event", "name_sort"], name="registration_event_name"),
            models.Index(Lower("email"), name="registration_email"),
        ]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=Q(state__in=LIVE_STATES, shares_mailbox=False),
                name="one_live_registration_per_event_and_email",
            ),
            models.UniqueConstraint(
                "event",
                Lower("email"),
                "name_sort",
                condition=Q(state__in=LIVE_STATES),
                name="one_live_registration_per_event_mailbox_and_name",
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
                condition=~Q(state__in=HELD_STATES) | Q(hold_until__isnull=False), name="a_held_seat_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(state="waitlisted") | Q(queued_at__isnull=False), name="who_waits_has_a_place_in_the_line"
            ),
            models.CheckConstraint(condition=~Q(email=""), name="a_registration_has_an_email"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, update_fields=None, **kwargs) -> None:
        self.derive()
        if update_fields is not None and PRINTED & set(update_fields):
            update_fields = {*update_fields, "search_text", "name_sort"}
        super().save(*args, update_fields=update_fields, **kwargs)

    # ------------------------------------------------------------ addresses
    def get_absolute_url(self) -> str:
        """The secret page of this registration: whoever has it may change and cancel everything."""
        return reverse("events:registration", args=[self.manage_token])

    def derive(self) -> None:
        """The columns that follow from others; whoever inserts rows in bulk calls it, as `save` does."""
        self.code = self.checkin_token[:8]
        self.search_text = search_text(self.full_name, self.email, self.organisation, self.phone, self.code)
        self.name_sort = name_key(self.full_name)

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

    def is_held(self, at: datetime) -> bool:
        """Is a seat kept for a decision that is still to come?"""
        return self.state in HELD_STATES and self.hold_until is not None and self.event.clock(at) < self.hold_until

    @property
    def is_invited(self) -> bool:
        """Named by the organiser or by a coordinator; the person has not spoken yet."""
        return self.source in (Source.INVITATION, Source.DELEGATION, Source.IMPORT)

    @property
    def reason(self) -> str:
        """What was said at the last change of state."""
        last = self.changes.exclude(was=models.F("became")).last()
        return last.reason if last else ""

    @property
    def was_declined(self) -> bool:
        """Is it over because the person said no to the seat that was kept?"""
        return self.state == State.CANCELLED and self.reason == DECLINED

    def place_in_line(self) -> int:
        """1 is next. Only for who waits."""
        from events import waiting

        return waiting.place_in_line(self)

    def others_of_mailbox(self) -> RegistrationQuerySet:
        """The other people whom the reader of this page registered with the same mailbox."""
        first = self.contact_id or self.pk
        together = Registration.objects.filter(Q(contact=first) | Q(pk=first), email=self.email)
        return together.exclude(pk=self.pk).live()

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    def entry(self):
        """The scan with which this person came in, or None."""
        return self.scans.standing().first()

    def can_be_cancelled(self, at: datetime) -> bool:
        return self.state in LIVE_STATES and not self.event.is_over(at)

    def can_be_handed_over(self, at: datetime) -> bool:
        return (
            self.is_confirmed
            and self.ticket_type.transferable
            and not self.event.is_over(at)
            and self.event.cancelled_at is None
            and not self.certificate_id
        )

    def can_be_corrected(self, at: datetime) -> bool:
        """Until the certificate is made; a paper that hangs on a wall is not rewritten."""
        return self.state in LIVE_STATES and self.certificate_id is None

    def was_corrected(self, at: datetime) -> bool:
        """Did what happened at this moment change the words on the ticket?"""
        return self.created_at != at and self.changes.filter(at=at).exclude(corrected={}).exists()

    # ------------------------------------------------------------ verbs
    def accept(self, *, at: datetime, by: User | None = None, consent_version: str = "", source: str = "") -> bool:
        """Take the seat that is held. True if this call did it.

        Raises `Lapsed` when its time is up, `Refused` when the event was called off. Consent is given here by people
        who were named by others.
        """
        from events.eligibility import Refused, refusal

        with transaction.atomic():
            locked = self._locked()
            if locked.state == State.OFFERED:
                if locked.event.cancelled_at is not None:
                    raise Refused(refusal("called_off"))
                if not locked._still_has_seat(at):
                    raise Lapsed
                if consent_version:
                    locked._agree(consent_version, at=at, by=by, source=source)
                locked._settle(at=at, by=by, approved=locked.is_invited)
                done = True
            else:
                done = False
        self._take_over(locked)
        return done

    def decline(self, *, at: datetime, by: User | None = None) -> bool:
        """“I cannot come”: to an offered seat an answer, for which the letter thanks; else a cancelling."""
        return self.cancel(at=at, by=by, reason=DECLINED if self.state == State.OFFERED else "")

    def approve(self, *, at: datetime, by: User | None) -> bool:
        """Let a pending registration in. True if this call did it.

        Raises `Refused` when its hold has lapsed and the seat is gone, or the event was called off.
        """
        from events.eligibility import Refused, refusal

        with quick():
            locked = self._locked()
            done = locked.state == State.PENDING
            if done:
                if locked.event.cancelled_at is not None:
                    raise Refused(refusal("called_off"))
                if not locked._still_has_seat(at):
                    take_seats(locked.ticket_type, 1, at=at)
                locked._settle(at=at, by=by, approved=True)
        self._take_over(locked)
        return done

    def reject(self, *, at: datetime, by: User | None, reason: str) -> bool:
        """Say no to a pending registration, with a sentence for the letter."""
        with transaction.atomic():
            locked = self._locked()
            done = locked.state == State.PENDING
            if done:
                locked._become(State.REJECTED, at=at, by=by, reason=reason)
        self._take_over(locked)
        return done

    def mark_paid(self, *, at: datetime, by: User | None, reason: str = "") -> bool:
        """The organiser has the money for this one: its order is settled (an order of several is split first).

        Raises `Refused` when the hold has lapsed and the seat is gone, or the event was called off; `CannotAsk` when a
        part of the money is there already, or on its way.
        """
        from events.eligibility import Refused, refusal
        from events.models.order import Order
        from events.payments.ordering import CannotAsk

        with quick():
            order = Order.objects.open_for(self)
            of_several = order is not None and order.lines.count() > 1
            unpaid = Registration.objects.filter(pk=self.pk, state=State.UNPAID).exists()
            if unpaid and (order is None or of_several):
                order = Order.objects.ask([self], at=at, by=by)
            done = order is not None
            if order is not None and order.payments.filter(received__gt=0).exists():
                raise CannotAsk("some_came")
            if order is not None:
                order.receive(order.total, reference=order.code, at=at, by=by, note=reason)
                if order.late_lines().exists():
                    raise Refused(refusal("called_off" if self.event.cancelled_at else "full"))
        self._take_over(Registration.objects.select_related("event", "ticket_type").get(pk=self.pk))
        return done

    def expire(self, *, at: datetime) -> bool:
        """The hold is over, or the waiting list is: the row says so too."""
        with transaction.atomic():
            locked = self._locked()
            waits_in_vain = locked.state == State.WAITLISTED and not locked.event.has_waiting_list(at)
            done = waits_in_vain or (locked.state in HELD_STATES and not locked.is_held(at))
            if done:
                locked._become(State.EXPIRED, at=at, by=None)
        self._take_over(locked)
        return done

    def offer(self, *, at: datetime, until: datetime) -> None:
        """Offer a seat that was counted under the lock (events.waiting). For a row that is locked."""
        self._become(State.OFFERED, at=at, by=None, hold_until=until)

    def cancel(self, *, by: User | None = None, at: datetime, reason: str = "") -> bool:
        """Give the seat back.

        True if this call did it; False if it was done before. Somebody who is inside stays in.
        """
        with transaction.atomic():
            locked = self._locked()
            if locked.state not in LIVE_STATES:
                self._take_over(locked)
                return False
            if locked.scans.standing().exists():
                raise AlreadyInside
            locked._become(State.CANCELLED, at=at, by=by, reason=reason)
        self._take_over(locked)
        return True

    def change_ticket_type(self, ticket_type, *, at: datetime, by: User | None) -> bool:
        """Another kind of ticket on the same row, where a seat of that kind is free. Raises `Refused` or `Busy`."""
        from events.models.order import Order

        with quick():
            # Orders before registrations, as everywhere: the price changes with the kind.
            list(Order.objects.filter(state=Order.State.OPEN, lines__registration=self.pk).locked())
            locked = self._locked()
            done = locked.ticket_type_id != ticket_type.pk and locked.state in LIVE_STATES
            if done:
                if ticket_type.event_id != locked.event_id or locked.delegation_id or locked.certificate_id:
                    raise CannotCorrect
                was = locked.ticket_type
                if locked.state != State.WAITLISTED:
                    own = was.quotas.values_list("pk", flat=True)
                    take_seats(ticket_type, 1, at=at, had=set(own))
                locked.ticket_type = ticket_type
                locked.save(update_fields=["ticket_type"])
                locked._note(at=at, by=by, ticket_type=[was.name_vi, ticket_type.name_vi])
                if locked.state == State.UNPAID:
                    locked._ask_for_money(at=at, by=by)
        self._take_over(locked)
        return done

    def hand_over(
        self,
        person: Person,
        *,
        at: datetime,
        by: User | None = None,
        consent_version: str = "",
        shares_mailbox: bool = False,
    ) -> None:
        """Give the ticket to another person: the seat stays, all three tokens are new, the old code is dead at once.

        `shares_mailbox`: the new person's mailbox is a coordinator's, who hands the ticket on without letters. Who has
        a mailbox of their own gets letters, whatever the former holder got. Who stays on the former mailbox stays
        together.
        Raises `CannotCorrect` after cancelling or once a certificate rests on it, `AlreadyInside` once the holder is
        in, `Refused` when the new person's mailbox has a registration of its own.
        """
        from letters.models import Letter

        try:
            with transaction.atomic():
                locked = self._locked()
                if locked.state not in (State.CONFIRMED, State.OFFERED) or locked.certificate_id is not None:
                    raise CannotCorrect
                if locked.scans.standing().exists():
                    raise AlreadyInside
                former = {field: getattr(locked, field) for field in PERSONAL_FIELDS}
                if locked.letters and locked.is_confirmed:
                    Letter.objects.post(
                        "registration_handed_over",
                        locked.email,
                        language=locked.language,
                        about=locked,
                        data={"former_name": locked.full_name},
                        once=f"handed_over:{locked.manage_token}",
                    )
                RetiredTicket.objects.create(
                    registration=locked, token=locked.checkin_token, code=locked.code, retired_at=at
                )
                for field in PERSONAL_FIELDS:
                    setattr(locked, field, getattr(person, field))
                locked.full_name = " ".join(nfc(person.full_name).split())
                locked.email = nfc(person.email).strip().lower()
                own_mailbox = locked.email != former["email"]
                locked.shares_mailbox = shares_mailbox or (locked.shares_mailbox and not own_mailbox)
                if locked.delegation_id is not None or not locked.shares_mailbox:
                    locked.letters = not locked.shares_mailbox
                locked.contact_id = None if own_mailbox else locked.contact_id
                locked.manage_token, locked.checkin_token, locked.public_token = token(), token(), token()
                locked.save()
                if own_mailbox:
                    locked._leave_behind(str(former["email"]))
                locked.answers.all().delete()  # they were the former holder's
                if consent_version:
                    locked._agree(consent_version, at=at, by=by, source="")
                changed = {
                    field: [str(former[field] or ""), str(getattr(locked, field) or "")]
                    for field in PERSONAL_FIELDS
                    if former[field] != getattr(locked, field)
                }
                locked._note(at=at, by=by, reason=HANDED_OVER, **changed)
                locked._write(paced=by is None)
        except IntegrityError as error:
            from events.eligibility import Refused, refusal

            raise Refused(refusal("already_registered")) from error
        self._take_over(locked)

    def correct(self, *, at: datetime, by: User | None = None, **new: str) -> list[str]:
        """Correct what is known of the person (any of CORRECTABLE). Answers with the names of the fields that changed;
        writes nothing if none did. Raises `CannotCorrect`.
        """
        if strange := set(new) - CORRECTABLE:
            raise TypeError(f"not to be corrected: {sorted(strange)}")
        try:
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
        except IntegrityError as error:
            raise NameTaken from error
        self._take_over(locked)
        return changed

    def change_email(self, email: str, *, at: datetime, by: User | None) -> bool:
        """The same person reads another mailbox: the letter goes there. True if the address is a new one.

        The address of the own page is new too, so who reads the former mailbox has no power over the ticket any more;
        its code stays. Raises `Refused` when the mailbox has a registration of its own, or `CannotCorrect`.
        """
        from events.eligibility import Refused, refusal

        email = nfc(email).strip().lower()
        try:
            with transaction.atomic():
                locked = self._locked()
                former, done = locked.email, locked.email != email
                if done:
                    if not locked.can_be_corrected(at):
                        raise CannotCorrect
                    locked.email, locked.manage_token = email, token()
                    # A mailbox of one's own, whoever's it was before.
                    locked.shares_mailbox, locked.contact, locked.letters = False, None, True
                    locked.save()
                    locked._leave_behind(former)
                    locked._note(at=at, by=by, email=[former, email])
                    locked._write()
        except IntegrityError as error:
            raise Refused(refusal("already_registered")) from error
        self._take_over(locked)
        return done

    def check_in(
        self, *, by: User | None, at: datetime, gate: str = "", client_id: uuid.UUID | None = None, event=None
    ) -> CheckIn:
        """Let this person in, once. Asking twice with one `client_id` gives the same answer."""
        from events.models.scan import check_in

        return check_in(self, by=by, at=at, gate=gate, client_id=client_id or uuid.uuid4(), event=event)

    def certificate_is_due(self, at: datetime) -> bool:
        due = self.state == State.CONFIRMED and self.erased_at is None and self.event.is_over(at)
        return due and self.scans.standing().exists()

    def certificate_of_attendance(self, at: datetime) -> Certificate | None:
        """From the event's end, for who came in. Asking twice gives the same paper; None while it is not due."""
        from events.attendance import certificate_for

        return certificate_for(self, at)

    def send_link(self) -> None:
        """Send the secret link again, to the registered address and to no other."""
        from letters.models import Letter

        Letter.objects.post("registration_link", self.email, language=self.language, about=self)

    # ------------------------------------------------------------ inside
    def _still_has_seat(self, at: datetime) -> bool:
        """Is the seat that is held really still there? For a row that is locked.

        A hold ends by the clock alone, and a request looks at the clock when it begins. In the last seconds another
        one, begun a moment later, may have given the seat away already; so it is counted once more, under the lock.
        """
        from events.models.event import Quota

        if self.hold_until is None or not self.is_held(at):
            return False
        if self.event.is_off or self.hold_until - at > LAST_SECONDS:
            return True
        locked = Quota.objects.lock_for(self.ticket_type)
        taken = {quota.pk: quota.taken for quota in Quota.objects.counted(self.event, at)}
        return all(taken[quota.pk] <= max(quota.size or 0, quota.kept) for quota in locked)

    def _settle(self, *, at: datetime, by: User | None, approved: bool) -> None:
        """On from an offer or an approval: to the decision that is still missing, or to the ticket."""
        kind = self.ticket_type
        if kind.needs_approval and not approved:
            until = min(at + timedelta(days=kind.approval_days), self.event.ends_at)
            self._become(State.PENDING, at=at, by=by, hold_until=until)
        elif kind.price:
            until = min(at + timedelta(hours=self.event.payment_hours), self.event.ends_at)
            self._become(State.UNPAID, at=at, by=by, hold_until=until)
            self._ask_for_money(at=at, by=by)
        else:
            self._become(State.CONFIRMED, at=at, by=by)

    def _become(
        self, state: State, *, at: datetime, by: User | None, reason: str = "", hold_until: datetime | None = None
    ) -> None:
        """The only way from one state to another: row, history and letter together. For a row that is locked."""
        if state not in TRANSITIONS[self.state]:
            raise IllegalTransition(f"{self.state} → {state}")
        was, self.state, self.hold_until = self.state, state, hold_until
        fields = ["state", "hold_until"]
        if state == State.CONFIRMED:
            self.confirmed_at = at
            fields.append("confirmed_at")
        elif state == State.CANCELLED:
            self.cancelled_at, self.cancelled_by = at, by
            fields += ["cancelled_at", "cancelled_by"]
        self.save(update_fields=fields)
        self.changes.create(at=at, by=by, was=was, became=state, reason=reason)
        named_by_others = self.contact_id is not None or self.delegation_id is not None
        self._write(paced=state == State.CANCELLED and by is None and named_by_others)

    def _ask_for_money(self, *, at: datetime, by: User | None) -> None:
        """Whoever awaits payment stands in an order; earlier ones for this seat are void."""
        from events.models.order import Order

        Order.objects.ask([self], at=at, by=by)

    def _write(self, *, paced: bool = False, **delivery) -> None:
        """The letter of the state: one for every holder, however often it is asked for.

        `paced`: a stranger may be causing letters to this mailbox again and again; those beyond a few an hour wait.
        """
        from letters.models import Letter

        if not self.letters:
            return
        if paced and (pause := limits.pause_before(self.email)):
            delivery["not_before"] = timezone.now() + pause
        kind = LETTERS[State(self.state)]
        if self.state == State.OFFERED and self.is_invited:
            kind = "registration_invited"
        once = f"{kind}:{self.state}:{self.manage_token}"
        Letter.objects.post(kind, self.email, language=self.language, about=self, once=once, **delivery)

    def _leave_behind(self, mailbox: str) -> None:
        """This row has left a mailbox: whom it registered there are from now on with the oldest of them."""
        companions = self.companions.filter(email=mailbox)
        oldest = companions.live().order_by("pk").first()
        companions.update(contact=oldest)
        if oldest is not None:
            others = Registration.objects.live().filter(event=self.event_id, shares_mailbox=False).of_address(mailbox)
            Registration.objects.filter(pk=oldest.pk).update(contact=None, shares_mailbox=others.exists())

    def _agree(self, version: str, *, at: datetime, by: User | None, source: str) -> None:
        consent.give(
            "registration", email=self.email, at=at, source=source or self.event.slug, actor=by, version=version
        )

    def _note(self, *, at: datetime, by: User | None, reason: str = "", **changed: list) -> None:
        self.changes.create(at=at, by=by, was=self.state, became=self.state, corrected=changed, reason=reason)

    def _locked(self) -> Registration:
        return Registration.objects.locked().get(pk=self.pk)

    def _take_over(self, fresh: Registration) -> None:
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(fresh, field.attname))


class AlreadyInside(Exception):
    """A person who was let in cannot be cancelled; undo the scan first."""


class CannotCorrect(Exception):
    """Cancelled, or the certificate is already made."""


class NameTaken(CannotCorrect):
    """Somebody of this name is registered on the same mailbox."""


NAME_TAKEN = _("Somebody of this name is registered with the same e-mail address.")


class Lapsed(Exception):
    """The seat was held until a moment that is past."""


class IllegalTransition(Exception):
    """No registration goes from this state to that one."""


class RetiredTicket(models.Model):
    """A check-in token that was valid until the ticket was handed over. The gate knows it, and lets nobody in."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="retired_tickets")
    token = models.CharField(max_length=26, unique=True)
    code = models.CharField(max_length=8, db_index=True)
    retired_at = models.DateTimeField()

    class Meta:
        verbose_name = _("retired ticket")
        verbose_name_plural = _("retired tickets")

    def __str__(self) -> str:
        return self.code


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
        constraints = [
            models.CheckConstraint(
                condition=Q(was=models.F("became"))
                | functools.reduce(
                    operator.or_, [Q(was=was, became__in=after) for was, after in TRANSITIONS.items() if after]
                ),
                name="a_registration_changes_only_as_it_may",
            )
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"

    @property
    def who(self) -> str:
        """Who did it, for people to read: a colleague by name, else whoever can do this without an account."""
        if self.by is not None:
            return str(self.by)
        if (self.was, self.became) in BY_ITSELF:
            return gettext("the system")
        if self.registration.delegation_id is not None and not (self.was == State.OFFERED and self.became != self.was):
            return gettext("the coordinator") if not self.was else gettext("the delegate or the coordinator")
        return gettext("the delegate")

    @property
    def corrected_fields(self) -> list[tuple[str, str, str]]:
        """(label, old, new) for people to read."""
        columns = {field.name: field.verbose_name for field in Registration._meta.concrete_fields}
        return [
            (label[0] if label else str(columns.get(field, field)), old, new)
            for field, (old, new, *label) in self.corrected.items()
        ]

    @property
    def said(self) -> str:
        """The reason in the reader's language, where it is one of ours; as typed where a person wrote it."""
        return gettext(self.reason) if self.reason else ""
