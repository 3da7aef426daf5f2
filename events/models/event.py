"""An event, the kinds of ticket it offers and the seats they share."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import connection, models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.text import Bilingual

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.eligibility import Verdict
    from events.importing import Line, Outcome
    from events.models.bank import BankAccount
    from events.models.event_change import EventChange
    from events.models.price import PriceStep
    from events.models.registration import Person, Registration

FEW_SEATS = 20  # a public page says "few seats left" from here on


def default_retention_days() -> int:
    return settings.REGISTRATION_RETENTION_DAYS


class EventQuerySet(models.QuerySet):
    def published(self, at: datetime) -> EventQuerySet:
        return self.filter(published_at__lte=at)

    def taking_place(self) -> EventQuerySet:
        """Neither called off nor postponed to a day that is not known yet."""
        return self.filter(cancelled_at=None, postponed_at=None)

    def at_the_gate(self, at: datetime) -> Event | None:
        """The event whose doors matter now: one that is on or comes next, else the last one."""
        published = self.published(at).taking_place()
        return (
            published.filter(ends_at__gt=at - timedelta(hours=12)).order_by("starts_at", "pk").first()
            or published.order_by("-starts_at", "-pk").first()
        )


class Event(models.Model):
    """One edition of the forum. What it is, when, where, and who may come; pages only tell about it."""

    slug = models.SlugField(
        _("path"), max_length=80, unique=True, help_text=_("Stands in every address of this event.")
    )
    edition = models.PositiveSmallIntegerField(pgettext_lazy("event", "edition"), null=True, blank=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=250)
    name_en = models.CharField(_("name (English)"), max_length=250, blank=True)
    theme_vi = models.CharField(_("theme (Vietnamese)"), max_length=400, blank=True)
    theme_en = models.CharField(_("theme (English)"), max_length=400, blank=True)
    doors_at = models.DateTimeField(_("doors open"), null=True, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue_vi = models.CharField(_("venue (Vietnamese)"), max_length=250)
    venue_en = models.CharField(_("venue (English)"), max_length=250, blank=True)
    address_vi = models.CharField(_("address (Vietnamese)"), max_length=250, blank=True)
    address_en = models.CharField(_("address (English)"), max_length=250, blank=True)
    organiser_vi = models.CharField(_("organiser (Vietnamese)"), max_length=250)
    organiser_en = models.CharField(_("organiser (English)"), max_length=250, blank=True)
    partner_vi = models.CharField(_("co-organiser (Vietnamese)"), max_length=250, blank=True)
    partner_en = models.CharField(_("co-organiser (English)"), max_length=250, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)

    published_at = models.DateTimeField(
        _("published from"),
        null=True,
        blank=True,
        help_text=_("Before this moment nobody sees the event or registers."),
    )
    registration_opens_at = models.DateTimeField(_("registration opens"))
    registration_closes_at = models.DateTimeField(_("registration closes"))
    registration_paused_at = models.DateTimeField(
        _("registration paused since"),
        null=True,
        blank=True,
        help_text=_("Filled in: nobody can register until it is emptied again."),
    )

    waiting_list = models.BooleanField(
        _("waiting list"), default=True, help_text=_("When no seat is left, people may wait for one.")
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(168)],
        help_text=_("How long a seat is kept for somebody from the waiting list. It never ends at night."),
    )
    offers_end_at = models.DateTimeField(
        _("waiting list ends"),
        null=True,
        blank=True,
        help_text=_("From then on free seats go to whoever comes first. Empty: one day before the start."),
    )
    payment_hours = models.PositiveSmallIntegerField(
        _("hours to pay"),
        default=72,
        validators=[MinValueValidator(1)],
        help_text=_("How long an unpaid seat is kept."),
    )
    payment_note_vi = models.TextField(
        _("how to pay (Vietnamese)"),
        blank=True,
        help_text=_(
            "Stands beside the bank account and the card. Without any of the three, ticket types with a price cannot"
            " be registered for on the site."
        ),
    )
    payment_note_en = models.TextField(_("how to pay (English)"), blank=True)
    payment_email = models.EmailField(
        _("e-mail for payments"),
        blank=True,
        help_text=_("Who is told of money that needs a decision. Empty: the contact address."),
    )
    transfer_prefix = models.CharField(
        _("prefix of transfer codes"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^[A-Z0-9]+$", _("Capitals A to Z and digits only."))],
        help_text=_("The code in the text of a bank transfer begins with it, for example DDKN7."),
    )
    bank_account = models.ForeignKey(
        "events.BankAccount",
        verbose_name=_("bank account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        help_text=_("Where transfers go. Empty: the account for all events, if there is one."),
    )
    cancelled_at = models.DateTimeField(_("called off at"), null=True, blank=True, editable=False)
    postponed_at = models.DateTimeField(_("postponed at"), null=True, blank=True, editable=False)
    # What the organiser says about the latest change, on every page of the event and in the letter.
    notice_vi = models.TextField(_("what people should know (Vietnamese)"), max_length=600, blank=True)
    notice_en = models.TextField(_("what people should know (English)"), max_length=600, blank=True)
    # Rises with every announced change: calendars take the entry with the higher number.
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed at"), null=True, blank=True, editable=False)

    retention_days = models.PositiveSmallIntegerField(
        _("days until registrations are emptied"),
        null=True,
        blank=True,
        default=default_retention_days,
        help_text=_("Counted from the end. Empty: everything is kept until somebody acts."),
    )
    # {field: days after the end} for what goes earlier (events.retention.FIELDS); a column, so that the form can say
    # it without asking the database again.
    retention_of_fields = models.JSONField(default=dict, blank=True, editable=False)

    sends_reminders = models.BooleanField(
        _("reminders"),
        default=False,
        help_text=_("Seven days and one day before the start, to everybody with a ticket."),
    )
    sends_thanks = models.BooleanField(
        _("thanks"),
        default=False,
        help_text=_("After the end, to everybody who came, with the link to the certificate."),
    )

    hours = models.PositiveSmallIntegerField(_("hours on the certificate"), null=True, blank=True)
    certificate_title_vi = models.CharField(_("certificate text (Vietnamese)"), max_length=300, blank=True)
    certificate_title_en = models.CharField(_("certificate text (English)"), max_length=300, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=120, blank=True)
    signatory_title_vi = models.CharField(_("signatory's position (Vietnamese)"), max_length=200, blank=True)
    signatory_title_en = models.CharField(_("signatory's position (English)"), max_length=200, blank=True)
    signed_in_vi = models.CharField(
        _("signed in (Vietnamese)"),
        max_length=80,
        blank=True,
        help_text=_("Stands before the date of the certificate. For example: Quảng Ninh"),
    )
    signed_in_en = models.CharField(_("signed in (English)"), max_length=80, blank=True)

    sample = models.BooleanField(
        _("sample data"), default=False, help_text=_("Pages and papers say that this is sample data.")
    )
    sample_note_vi = models.CharField(_("note on sample data (Vietnamese)"), max_length=300, blank=True)
    sample_note_en = models.CharField(_("note on sample data (English)"), max_length=300, blank=True)

    name = Bilingual()
    theme = Bilingual()
    venue = Bilingual()
    address = Bilingual()
    organiser = Bilingual()
    partner = Bilingual()
    certificate_title = Bilingual()
    signatory_title = Bilingual()
    signed_in = Bilingual()
    sample_note = Bilingual()
    payment_note = Bilingual()
    notice = Bilingual()

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="an_event_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(registration_closes_at__gt=F("registration_opens_at")),
                name="registration_closes_after_it_opens",
                violation_error_message=_("Registration must close after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The address of its page, whatever the page tree says today: `Event.slug` is the contract between the two."""
        return reverse("events:register", args=[self.slug]).removesuffix("dang-ky/")

    # ------------------------------------------------------------ time
    def is_published(self, at: datetime) -> bool:
        return self.published_at is not None and self.published_at <= at

    def is_over(self, at: datetime) -> bool:
        """What is postponed is still to come, whatever its old date says."""
        return at >= self.ends_at and self.postponed_at is None

    @property
    def kept_until(self) -> datetime | None:
        """When its registrations are emptied; None: they are not."""
        return None if self.retention_days is None else self.ends_at + timedelta(days=self.retention_days)

    @property
    def is_off(self) -> bool:
        """Called off, or postponed to a day that is not known yet."""
        return self.cancelled_at is not None or self.postponed_at is not None

    def clock(self, at: datetime) -> datetime:
        """What counts as now for whoever has to answer: while the event is off, its clocks stand still."""
        off_since = self.postponed_at or self.cancelled_at
        return at if off_since is None else min(at, off_since)

    @property
    def last_offers_at(self) -> datetime:
        """From here on nobody is offered a seat any more: seats are first come, first served."""
        return self.offers_end_at or self.starts_at - timedelta(days=1)

    def has_waiting_list(self, at: datetime) -> bool:
        return self.waiting_list and at < self.last_offers_at

    @property
    def first_day(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def last_day(self) -> date:
        return timezone.localtime(self.ends_at).date()

    @property
    def lasts_one_day(self) -> bool:
        return self.first_day == self.last_day

    @property
    def takes_money(self) -> bool:
        """Is there a way to pay: words of the organiser, a card, or an account to transfer to?"""
        return bool(self.payment_note_vi or settings.STRIPE_SECRET_KEY or self.transfer_account)

    @cached_property
    def transfer_account(self) -> BankAccount | None:
        """Its own, else the one for all events. Transfers are in đồng."""
        from events.models.bank import BankAccount

        if settings.CURRENCY != "vnd":
            return None
        rows = BankAccount.objects.filter(Q(pk=self.bank_account_id) | Q(is_default=True))
        return min(rows, key=lambda row: row.pk != self.bank_account_id, default=None)

    def next_boundary(self, at: datetime) -> datetime | None:
        """The next moment at which a page about this event would read differently."""
        moments = [
            self.published_at,
            self.registration_opens_at,
            self.registration_closes_at,
            self.starts_at,
            self.ends_at,
        ]
        return min((moment for moment in moments if moment and moment > at), default=None)

    # ------------------------------------------------------------ seats
    def offers(self, at: datetime) -> list[TicketType]:
        """Every ticket type with its exact `seats_left` (None: no limit). Two queries, however many types."""
        counted = Quota.objects.counted(self, at)
        offers: list[TicketType] = list(self.ticket_types.order_by("position", "pk"))
        for offer in offers:
            offer.event = self
            offer.counted_quotas = [quota for quota in counted if offer.pk in quota.kinds]
        return offers

    def seats(self, at: datetime, offers: list[TicketType] | None = None) -> str:
        """Seats in one word, for pages that may be some seconds old: "open", "few", "full"."""
        offers = self.offers(at) if offers is None else offers
        left = [offer.seats_left for offer in offers if offer.is_open(at) and offer.is_shown()]
        if not left or None in left:
            return "open" if left else "full"
        # Types may share a quota, so the best one is a safe lower bound of what is left in all.
        best = max(seats for seats in left if seats is not None)
        return "full" if best < 1 else "few" if best <= FEW_SEATS else "open"

    def offer_free_seats(self, at: datetime) -> int:
        """Offer every free seat to whoever waits longest for it; each offer holds its seat. How many were offered."""
        from events import waiting

        return waiting.offer_free_seats(self, at)

    # ------------------------------------------------------------ registering
    def eligibility(self, ticket_type: TicketType | None = None, email: str = "", *, at: datetime, **facts) -> Verdict:
        """May somebody register now, and if not, why and what next. Page, form, POST and back office ask this same
        question; what else they know goes in as `facts` (events.eligibility.ask).
        """
        from events import eligibility

        return eligibility.ask(self, ticket_type, email, at=at, **facts)

    def register(self, ticket_type: TicketType, person: Person, *, at: datetime, **terms) -> Registration:
        """The only place where one registration is born (`register_many`: where many are).

        Raises `Refused` (with a verdict) or `Busy`; never oversells. Further terms: events.registering.register.
        """
        from events import registering

        return registering.register(self, ticket_type, person, at=at, **terms)

    def register_many(self, lines: Iterable[Line], ticket_type: TicketType, *, at: datetime, **terms) -> Outcome:
        """Everybody of a list gets a seat, or nobody does. Who is registered already stays as they are.

        Raises `Faulty` (what is wrong where), `Refused` or `Busy`. Further terms: events.importing.register_many.
        """
        from events import importing

        return importing.register_many(self, lines, ticket_type, at=at, **terms)

    # ------------------------------------------------------------ changing
    def pause(self, at: datetime) -> bool:
        """Nobody registers until `unpause`. True if this call did it."""
        from events import changing

        return changing.pause(self, at)

    def unpause(self) -> bool:
        """True if this call did it."""
        from events import changing

        return changing.unpause(self)

    def call_off(self, *, at: datetime, **terms) -> EventChange:
        """It does not take place. Registrations stay as they are; nobody registers, is offered a seat or is let in.

        Raises `CannotChange`. Further terms: events.changing.announce.
        """
        from events import changing

        return changing.call_off(self, at=at, **terms)

    def postpone(self, *, at: datetime, **terms) -> EventChange:
        """It takes place on a day that is not known yet. Raises `CannotChange`."""
        from events import changing

        return changing.postpone(self, at=at, **terms)

    def take_place(self, where_and_when: dict[str, Any] | None = None, *, at: datetime, **terms) -> EventChange:
        """It takes place, then and there: moved, its new day known, or not called off after all.

        Raises `CannotChange`. Further terms: events.changing.take_place.
        """
        from events import changing

        return changing.take_place(self, where_and_when or {}, at=at, **terms)

    def copy_to(self, slug: str, first_day: date, *, at: datetime, **terms) -> Event:
        """The next edition: everything that is set up once, nothing that people did. Not published.

        Further terms: events.copying.copy.
        """
        from events import copying

        return copying.copy(self, slug, first_day, at=at, **terms)

    def retention_promise(self) -> list[str]:
        """What is deleted when, in sentences for the form."""
        from events import retention

        return retention.promise(self)

    def number_inside(self) -> int:
        """How many people were let in: accepted scans that nobody undid."""
        from events.models.scan import Scan

        return Scan.objects.standing().filter(registration__event=self).count()


class Visibility(models.TextChoices):
    """Who finds a ticket type on the form."""

    PUBLIC = "public", _("everybody")
    CODE = "code", _("who knows the access code")
    INVITATION = "invitation", _("who is invited")


class TicketType(models.Model):
    """As what one comes: delegate, company, press, student."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="ticket_types", verbose_name=_("event"))
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    audience_vi = models.CharField(_("for whom (Vietnamese)"), max_length=250, blank=True)
    audience_en = models.CharField(_("for whom (English)"), max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    price = models.PositiveIntegerField(
        _("price"),
        default=0,
        help_text=_("Whole đồng. A seat with a price is held until the organiser has received the money."),
    )
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Empty: with the event's registration.")
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Empty: with the event's registration.")
    )

    visibility = models.CharField(_("on the form for"), max_length=12, choices=Visibility, default=Visibility.PUBLIC)
    access_code = models.CharField(
        _("access code"), max_length=40, blank=True, help_text=_("Capitals and small letters are the same.")
    )
    only_domains = models.CharField(
        _("only for addresses of"),
        max_length=250,
        blank=True,
        help_text=_("For example: quangninh.gov.vn, edu.vn. Several are separated by commas; empty: any address."),
    )
    needs_approval = models.BooleanField(
        _("needs approval"), default=False, help_text=_("The seat is held until the organiser has decided.")
    )
    approval_days = models.PositiveSmallIntegerField(
        _("days to decide"),
        default=7,
        validators=[MinValueValidator(1)],
        help_text=_("Afterwards the seat goes to the waiting list."),
    )
    transferable = models.BooleanField(
        _("may be handed over"), default=True, help_text=_("Delegates may hand their ticket to another person.")
    )

    name = Bilingual()
    audience = Bilingual()

    class Meta:
        verbose_name = _("ticket type")
        verbose_name_plural = _("ticket types")
        ordering = ["event", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(visibility="code") | ~Q(access_code=""),
                name="a_type_with_a_code_has_it",
                violation_error_message=_("Please give the access code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, at: datetime) -> bool:
        return (self.opens_at is None or self.opens_at <= at) and (self.closes_at is None or at < self.closes_at)

    def is_shown(self, code: str = "") -> bool:
        """Is it on the form of somebody who typed this access code?"""
        if self.visibility == Visibility.CODE:
            return bool(code) and _plain(code) == _plain(self.access_code)
        return self.visibility == Visibility.PUBLIC

    @property
    def can_be_had(self) -> bool:
        """A price is no obstacle once there is a way to pay."""
        return not self.price or self.event.takes_money

    def price_at(self, at: datetime) -> int:
        """What one ticket costs to who registers now."""
        step = self.step_at(at)
        return step.price if step else self.price

    def step_at(self, at: datetime) -> PriceStep | None:
        """The price below the usual one that holds now, and until when. A free kind asks for none."""
        return self.price_steps.filter(until__gt=at).order_by("until").first() if self.price else None

    def is_for(self, email: str) -> bool:
        """Does the address belong to the audience?"""
        domains = [domain.strip().lstrip("@.").lower() for domain in self.only_domains.split(",") if domain.strip()]
        host = email.rpartition("@")[2].lower()
        return not domains or any(host == domain or host.endswith(f".{domain}") for domain in domains)

    @property
    def seats_left(self) -> int | None:
        """The smallest number of its quotas; only on types that came from `event.offers(at)`."""
        sized = [quota.left for quota in self.counted_quotas if quota.size is not None]
        return max(0, min(sized)) if sized else None

    @property
    def is_full(self) -> bool:
        return self.seats_left == 0


# What `with_taken` says, written out, for every ticket type of every quota: seats held by people outside delegations,
# and all seats of each delegation. That both say the same is tried with every history of seats
# (tests/events/test_every_history_of_seats.py).
SEATS_BY_TYPE = """
    SELECT q.id, q.event_id, q.name, q.size, x.tickettype_id,
      (SELECT COUNT(*) FROM events_registration r WHERE r.ticket_type_id = x.tickettype_id
         AND (r.state = 'confirmed' OR (r.state IN ('pending', 'unpaid', 'offered') AND r.hold_until > %s))
         AND (r.delegation_id IS NULL
           OR r.delegation_id NOT IN (SELECT d.id FROM events_delegation d WHERE d.release_at > %s)))
      + COALESCE((SELECT SUM(d.size) FROM events_delegation d
         WHERE d.ticket_type_id = x.tickettype_id AND d.release_at > %s), 0),
      EXISTS (SELECT 1 FROM events_registration w WHERE w.ticket_type_id = x.tickettype_id AND w.state = 'waitlisted')
    FROM events_quota q JOIN events_quota_ticket_types x ON x.quota_id = q.id
    WHERE q.event_id = %s ORDER BY q.id
"""


class QuotaQuerySet(models.QuerySet["Quota"]):
    def with_taken(self, at: datetime) -> QuotaQuerySet:
        """Each quota with `taken`: the seats that are held at this moment. A lapsed hold is forgotten by the clock
        alone. A delegation holds all its seats until they are released; until then its people count in them.
        """
        from events.models.delegation import Delegation
        from events.models.registration import Registration

        # Counted type by type: each count reads one index and no table, however many have registered.
        held = Registration.objects.holding_a_seat(at).outside_delegations(at)
        set_aside = Delegation.objects.holding(at)
        of_type = Coalesce(_of_type(held, Count("*")), 0) + Coalesce(_of_type(set_aside, Sum("size")), 0)
        in_all = (
            Quota.ticket_types.through.objects.filter(quota=OuterRef("pk"))
            .order_by()
            .values("quota")
            .annotate(number=Sum(of_type))
            .values("number")
        )
        return self.annotate(taken=Coalesce(Subquery(in_all, output_field=models.IntegerField()), 0))

    def counted(self, event: Event, at: datetime) -> list[Quota]:
        """The event's quotas as `with_taken` has them, each with its `kinds`, the keys of its ticket types, and with
        `awaited`: does anybody wait for a seat in it? One statement, for the form and for the count under the lock.
        """
        now = connection.ops.adapt_datetimefield_value(at)
        found: dict[int, Quota] = {}
        with connection.cursor() as cursor:
            # Raw SQL: our own words only, every value is a parameter. The ORM takes longer to put this question
            # together than the database to answer it (decision 0010).
            cursor.execute(SEATS_BY_TYPE, [now, now, now, event.pk])
            for key, event_key, name, size, kind, taken, awaited in cursor.fetchall():
                if (quota := found.get(key)) is None:
                    quota = found[key] = Quota(pk=key, event_id=event_key, name=name, size=size)
                    quota.kinds, quota.taken, quota.awaited = set(), 0, False
                quota.kinds.add(kind)
                quota.taken += int(taken)
                quota.awaited |= bool(awaited)
        return list(found.values())

    def lock_for(self, *ticket_types: TicketType | int) -> list[Quota]:
        """Lock the sized quotas of these types, always in primary-key order, so that no two registrations wait for
        each other in a ring.

        `no_key`: inserts that point at the quota need not wait. SQLite ignores the lock; there IMMEDIATE transactions
        do the work.
        """
        through = Quota.ticket_types.through.objects.filter(tickettype__in=ticket_types)
        own = {"ticket_types": ticket_types[0]} if len(ticket_types) == 1 else {"pk__in": through.values("quota")}
        return list(self.filter(size__isnull=False, **own).order_by("pk").select_for_update(of=("self",), no_key=True))


def _of_type(rows: models.QuerySet, number: models.Aggregate) -> Subquery:
    """A number over the rows of one ticket type, for a query over quotas and their types."""
    of_type = rows.filter(ticket_type=OuterRef("tickettype")).order_by().values("ticket_type")
    return Subquery(of_type.annotate(number=number).values("number"), output_field=models.IntegerField())


def _plain(code: str) -> str:
    return "".join(code.split()).casefold()


class Quota(models.Model):
    """A number of seats that one or several ticket types share. A seat is free when every quota of the type has one."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="quotas", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: no limit."))
    ticket_types = models.ManyToManyField(TicketType, related_name="quotas", verbose_name=_("ticket types"))
    # What was already given out when the size was set below it. Nobody loses a seat; `audit` must not call it
    # overselling.
    kept = models.PositiveIntegerField(default=0, editable=False)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["event", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int | None:
        """May be negative: a quota may be set below what is sold; nothing is taken away, nothing more is sold."""
        return None if self.size is None else self.size - self.taken

    def settle(self, at: datetime) -> None:
        """After its size or its ticket types were edited: remember seats that were given out beyond it. They stay
        given.
        """
        with transaction.atomic():
            Quota.objects.select_for_update(no_key=True).get(pk=self.pk)
            counted = Quota.objects.with_taken(at).get(pk=self.pk)
            self.kept = counted.taken if counted.size is not None and counted.taken > counted.size else 0
            Quota.objects.filter(pk=self.pk).update(kept=self.kept)

    def clean(self) -> None:
        if self.size == 0:
            raise ValidationError({"size": _("Leave it empty for no limit, or give at least one seat.")})
