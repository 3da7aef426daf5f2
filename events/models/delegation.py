"""Seats set aside for an agency, and the coordinator who names the people."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from events.models.registration import Person, Registration, RegistrationQuerySet, Source, State, token
from people import consent, limits
from people.models import Searchable
from people.text import nfc, search_text

if TYPE_CHECKING:
    from events.models.event import Event, TicketType
    from people.models import Unit, User

ONE_DAY = 86_400  # seconds


class DelegationQuerySet(Searchable["Delegation"]):
    def holding(self, at: datetime) -> DelegationQuerySet:
        """Those whose seats are still set aside."""
        return self.filter(release_at__gt=at)

    def counted(self, at: datetime) -> DelegationQuerySet:
        """Each with the numbers of people who are `named`, `confirmed` and `inside`."""
        members = Registration.objects.filter(delegation=OuterRef("pk"))
        confirmed = members.filter(state=State.CONFIRMED)
        inside = confirmed.filter(scans__result="accepted", scans__undone_at=None)
        return self.annotate(
            named=_number(members.holding_a_seat(at)), confirmed=_number(confirmed), inside=_number(inside)
        )

    def set_aside(
        self,
        event: Event,
        ticket_type: TicketType,
        *,
        name: str,
        size: int,
        release_at: datetime,
        coordinator_name: str,
        coordinator_email: str,
        at: datetime,
        by: User | None = None,
        unit: Unit | None = None,
        language: str = "vi",
        letters: bool = True,
    ) -> Delegation:
        """Set `size` seats aside and send the coordinator the link of the desk.

        Raises `Refused` when fewer are free, or `Busy`.
        """
        from events.seats import quick, take_seats

        with quick():
            take_seats(ticket_type, size, at=at, waiting_first=False)
            delegation = self.create(
                event=event,
                ticket_type=ticket_type,
                name=" ".join(nfc(name).split()),
                unit=unit,
                size=size,
                release_at=release_at,
                coordinator_name=" ".join(nfc(coordinator_name).split()),
                coordinator_email=nfc(coordinator_email).strip().lower(),
                language=language,
                created_at=at,
                created_by=by,
            )
            if letters:
                delegation.send_link()
        return delegation


def _number(members: QuerySet) -> Coalesce:
    counted = members.order_by().values("delegation").annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


def _key_of(key: uuid.UUID, number: int) -> uuid.UUID:
    """The form key of one person of a list."""
    return uuid.uuid5(key, str(number))


class Delegation(models.Model):
    """An agency's allotment. It holds `size` seats until `release_at`; from then on only the people named in it do."""

    event = models.ForeignKey(
        "events.Event", on_delete=models.PROTECT, related_name="delegations", verbose_name=_("event")
    )
    ticket_type = models.ForeignKey(
        "events.TicketType", on_delete=models.PROTECT, related_name="delegations", verbose_name=_("ticket type")
    )
    name = models.CharField(_("agency or group"), max_length=250)
    unit = models.ForeignKey(
        "people.Unit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=pgettext_lazy("office", "unit"),
    )
    coordinator_name = models.CharField(_("coordinator"), max_length=150)
    coordinator_email = models.EmailField(_("coordinator's e-mail"))
    language = models.CharField(_("language"), max_length=5, default="vi", choices=settings.LANGUAGES)
    size = models.PositiveIntegerField(_("seats set aside"), validators=[MinValueValidator(1)])
    release_at = models.DateTimeField(
        _("set aside until"), help_text=_("Seats nobody was named for are free again from this moment.")
    )
    token = models.CharField(max_length=26, unique=True, default=token, editable=False)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    search_text = models.TextField(editable=False, default="")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["event", "name", "pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=1), name="a_delegation_has_a_seat")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, update_fields=None, **kwargs) -> None:
        self.search_text = search_text(self.name, self.coordinator_name, self.coordinator_email)
        if update_fields is not None:
            update_fields = {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        """The desk: whoever has this address names the people."""
        return reverse("events:delegation", args=[self.token])

    def is_holding(self, at: datetime) -> bool:
        return at < self.release_at

    def is_open(self, at: datetime) -> bool:
        """May the coordinator still name, replace and take away people?"""
        return self.is_holding(at) and not self.event.is_off and not self.event.is_over(at)

    def seats_left(self, at: datetime) -> int:
        """How many people can still be named."""
        return self.size - self.registrations.holding_a_seat(at).count()

    def unanswered(self, at: datetime) -> RegistrationQuerySet:
        """People whom the coordinator named and who have not said yet whether they come."""
        return self.registrations.filter(state=State.OFFERED, hold_until__gt=at)

    def is_own_mailbox(self, email: str) -> bool:
        """Do letters to somebody with this address reach that person? If not, the coordinator answers for them."""
        return bool(email) and nfc(email).strip().lower() != self.coordinator_email

    def lock(self) -> Delegation:
        """Fresh, and locked until the transaction ends. Lock order everywhere: delegation, registration, quota."""
        related = Delegation.objects.select_related("event", "ticket_type")
        locked = related.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
        locked.ticket_type.event = locked.event
        return locked

    def take_seats(self, ticket_type: TicketType, number: int, *, at: datetime) -> None:
        """Lock it and make sure that `number` of its seats can still be named. Raises `Refused`."""
        from events.eligibility import Refused, refusal

        locked = self.lock()
        if not locked.is_open(at) or locked.ticket_type_id != ticket_type.pk:
            raise Refused(refusal("released"))
        if locked.seats_left(at) < number:
            raise Refused(refusal("allotment_full"))

    def took(self, key: uuid.UUID) -> bool:
        """Was the list with this key taken already?"""
        return self.registrations.filter(form_key=_key_of(key, 0)).exists()

    # ------------------------------------------------------------ the coordinator's verbs
    def name_people(
        self,
        people: Sequence[Person],
        *,
        at: datetime,
        key: uuid.UUID | None = None,
        consent_version: str = "",
        letters: bool = True,
    ) -> list[Registration]:
        """Give a seat of the delegation to each of these people, or to none of them.

        Who has an address of their own is asked by letter and decides until the seats are released. For the others the
        coordinator has said yes: they are confirmed at once on the coordinator's mailbox. Sent twice with one `key`, it
        is one list. Raises `Refused` ("released", "allotment_full", "already_registered", …) or `Busy`.
        """
        from events.seats import quick
        from letters.models import Letter

        key = key or uuid.uuid4()
        keys = [_key_of(key, number) for number in range(len(people))]
        with quick():
            locked = self.lock()
            if earlier := list(locked.registrations.filter(form_key__in=keys).order_by("pk")):
                return earlier
            locked.take_seats(locked.ticket_type, len(people), at=at)
            named = [
                locked._name(person, at=at, form_key=form_key, consent_version=consent_version, letters=letters)
                for person, form_key in zip(people, keys, strict=True)
            ]
            if letters and len(named) > 1:
                Letter.objects.post(
                    "delegation_summary",
                    locked.coordinator_email,
                    language=locked.language,
                    about=locked,
                    once=f"delegation_summary:{key}",
                    # The link may have wandered: no more than a few letters an hour, the others wait.
                    not_before=timezone.now() + limits.pause_before(locked.coordinator_email),
                )
        return named

    def _name(
        self, person: Person, *, at: datetime, form_key: uuid.UUID, consent_version: str, letters: bool
    ) -> Registration:
        from events.eligibility import INVITED

        own = self.is_own_mailbox(person.email)
        named = self.event.register(
            self.ticket_type,
            person if own else dataclasses.replace(person, email=self.coordinator_email),
            at=at,
            form_key=form_key,
            language=self.language,
            source=Source.DELEGATION,
            delegation=self,
            letters=letters and own,
            shares_mailbox=not own,
            offer_until=self.release_at if own else None,
            waive=INVITED,
        )
        if not own:
            self._vouch(named, consent_version, at=at)
        return named

    def substitute(self, member: Registration, person: Person, *, at: datetime, consent_version: str = "") -> None:
        """Another person comes instead: the place stays, the old ticket or invitation is dead at once.

        Who has not answered yet is asked anew; a ticket passes on as it is, and the coordinator has asked the person.
        Raises `Refused`, `Busy`, `AlreadyInside` or `CannotCorrect`.
        """
        from events.eligibility import Refused, refusal
        from events.seats import quick

        own = self.is_own_mailbox(person.email)
        with quick():
            if not self.lock().is_open(at):
                raise Refused(refusal("released"))
            member.hand_over(
                person if own else dataclasses.replace(person, email=self.coordinator_email),
                at=at,
                shares_mailbox=not own,
            )
            if not own and member.state == State.OFFERED:
                member.accept(at=at)
            if member.state != State.OFFERED:
                self._vouch(member, consent_version, at=at)

    def take_off(self, member: Registration, *, at: datetime) -> bool:
        """The seat comes back to the delegation. Raises `Refused`, `Busy` or `AlreadyInside`."""
        from events.eligibility import Refused, refusal
        from events.seats import quick

        with quick():
            if not self.lock().is_open(at):
                raise Refused(refusal("released"))
            return member.cancel(at=at, reason=gettext_noop("taken off the list by the coordinator"))

    def remind(self, *, at: datetime) -> int:
        """Send the invitation again to who has not answered: at most once a day. How many letters; 0 if too early."""
        from letters.models import Letter

        with transaction.atomic():
            waiting = list(self.unanswered(at))
            if not waiting or not limits.allow("events.remind", self.token, 1, ONE_DAY):
                return 0
            for member in waiting:
                Letter.objects.post("registration_invited", member.email, language=member.language, about=member)
        return len(waiting)

    # ------------------------------------------------------------ the organiser's verbs
    def send_link(self) -> None:
        """The address of the desk, to the coordinator and to nobody else."""
        from letters.models import Letter

        Letter.objects.post("delegation_link", self.coordinator_email, language=self.language, about=self)

    def entrust(self, *, coordinator_name: str, coordinator_email: str) -> bool:
        """Give the desk to another coordinator, or to another mailbox. True if the address of the desk is a new one.

        The former address is dead at once; who was named on the former mailbox is on the new one, with a new
        address of the own page. Raises `Refused` ("already_registered") when somebody of that name is on it, or `Busy`.
        """
        from events.eligibility import Refused, refusal
        from events.seats import quick

        name, email = " ".join(nfc(coordinator_name).split()), nfc(coordinator_email).strip().lower()
        with quick():
            locked = self.lock()
            former, moved = locked.coordinator_email, locked.coordinator_email != email
            locked.coordinator_name, locked.coordinator_email = name, email
            if moved:
                locked.token = token()
            locked.save(update_fields=["coordinator_name", "coordinator_email", "token"])
            if moved:
                try:
                    with transaction.atomic():
                        for member in locked.registrations.locked().filter(email=former, shares_mailbox=True):
                            member.email, member.manage_token = email, token()
                            member.save(update_fields=["email", "manage_token"])
                except IntegrityError as error:
                    raise Refused(refusal("already_registered")) from error
                locked.send_link()
        self.coordinator_name, self.coordinator_email, self.token = name, email, locked.token
        return moved

    def release(self, *, at: datetime) -> None:
        """From this moment only who was named has a seat; who has not answered has none any more."""
        if self.is_holding(at):
            self.resize(size=self.size, release_at=at, at=at)

    def resize(self, *, size: int, release_at: datetime, at: datetime) -> None:
        """Give it more or fewer seats, or another end. Raises `Refused` ("full", "allotment_used") or `Busy`."""
        from events.eligibility import Refused, refusal
        from events.seats import quick, take_seats

        with quick():
            locked = self.lock()
            named = locked.registrations.holding_a_seat(at).count()
            if size < named:
                raise Refused(refusal("allotment_used"))
            held = locked.size if locked.is_holding(at) else named
            wanted = size if release_at > at else named
            # Who has not answered yet keeps the seat exactly as long as the delegation does, and a guest whom the
            # organiser invited no longer. Registrations before quotas, as everywhere.
            waiting = locked.unanswered(at)
            waiting.filter(Q(source=Source.DELEGATION) | Q(hold_until__gt=release_at)).update(hold_until=release_at)
            if wanted > held:
                take_seats(locked.ticket_type, wanted - held, at=at)
            self.size = locked.size = size
            self.release_at = locked.release_at = release_at
            locked.save(update_fields=["size", "release_at"])

    # ------------------------------------------------------------ inside
    def _vouch(self, member: Registration, version: str, *, at: datetime) -> None:
        """The coordinator has said that this person agrees; the record names the delegation as the source."""
        consent.give(
            "registration",
            email=member.email,
            at=at,
            source=f"{self.event.slug}: {self.name} ({self.coordinator_name}): {member.code}",
            version=version,
        )
