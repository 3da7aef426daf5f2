"""An event, the kinds of ticket it offers and the seats they share."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.text import Bilingual

if TYPE_CHECKING:
    from events.eligibility import Verdict
    from events.models.registration import Person, Registration
    from people.models import User

FEW_SEATS = 20  # a public page says "few seats left" from here on


class EventQuerySet(models.QuerySet):
    def published(self, at: datetime) -> EventQuerySet:
        return self.filter(published_at__lte=at)

    def at_the_gate(self, at: datetime) -> Event | None:
        """The event whose doors matter now: one that is on or comes next, else the last one."""
        published = self.published(at)
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

    hours = models.PositiveSmallIntegerField(_("hours on the certificate"), null=True, blank=True)
    certificate_title_vi = models.CharField(_("certificate text (Vietnamese)"), max_length=300, blank=True)
    certificate_title_en = models.CharField(_("certificate text (English)"), max_length=300, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=120, blank=True)
    signatory_title_vi = models.CharField(_("signatory's position (Vietnamese)"), max_length=200, blank=True)
    signatory_title_en = models.CharField(_("signatory's position (English)"), max_length=200, blank=True)

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
    sample_note = Bilingual()

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
        return at >= self.ends_at

    @property
    def first_day(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def last_day(self) -> date:
        return timezone.localtime(self.ends_at).date()

    @property
    def lasts_one_day(self) -> bool:
        return self.first_day == self.last_day

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
        seats = models.Prefetch("quotas", queryset=Quota.objects.with_taken(at), to_attr="counted_quotas")
        return list(self.ticket_types.prefetch_related(seats))

    def seats(self, at: datetime) -> str:
        """Seats in one word, for pages that may be some seconds old: "open", "few", "full"."""
        left = [offer.seats_left for offer in self.offers(at) if offer.is_open(at)]
        if not left or None in left:
            return "open" if left else "full"
        # Types may share a quota, so the best one is a safe lower bound of what is left in all.
        best = max(seats for seats in left if seats is not None)
        return "full" if best < 1 else "few" if best <= FEW_SEATS else "open"

    # ------------------------------------------------------------ registering
    def eligibility(
        self, ticket_type: TicketType | None = None, email: str = "", *, at: datetime, count: bool = True
    ) -> Verdict:
        """May somebody register now, and if not, why and what next. Page, form and POST ask this same question.

        `count=False` leaves the seats to whoever counts them under the lock.
        """
        from events import eligibility

        return eligibility.ask(self, ticket_type, email, at=at, count=count)

    def register(
        self,
        ticket_type: TicketType,
        person: Person,
        *,
        at: datetime,
        form_key: uuid.UUID | None = None,
        language: str = "vi",
        consent_version: str = "",
        source: str = "web",
        by: User | None = None,
        letters: bool = True,
        rationed: bool = False,
    ) -> Registration:
        """The only place where a registration is born. Raises `Refused` (with a verdict) or `Busy`; never oversells.

        `rationed`: anybody may be asking, so one address is registered anew only a few times an hour.
        """
        from events import registering

        return registering.register(
            self,
            ticket_type,
            person,
            at=at,
            form_key=form_key or uuid.uuid4(),
            language=language,
            consent_version=consent_version,
            source=source,
            by=by,
            letters=letters,
            rationed=rationed,
        )

    def number_inside(self) -> int:
        """How many people were let in: accepted scans that nobody undid."""
        from events.models.scan import Scan

        return Scan.objects.standing().filter(registration__event=self).count()


class TicketType(models.Model):
    """As what one comes: delegate, company, press, student."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="ticket_types", verbose_name=_("event"))
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    audience_vi = models.CharField(_("for whom (Vietnamese)"), max_length=250, blank=True)
    audience_en = models.CharField(_("for whom (English)"), max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    price = models.PositiveIntegerField(
        _("price"), default=0, help_text=_("Whole đồng. A type with a price cannot be registered for on the site yet.")
    )
    opens_at = models.DateTimeField(
        _("opens"), null=True, blank=True, help_text=_("Empty: with the event's registration.")
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("Empty: with the event's registration.")
    )

    name = Bilingual()
    audience = Bilingual()

    class Meta:
        verbose_name = _("ticket type")
        verbose_name_plural = _("ticket types")
        ordering = ["event", "position", "pk"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, at: datetime) -> bool:
        return (self.opens_at is None or self.opens_at <= at) and (self.closes_at is None or at < self.closes_at)

    @property
    def seats_left(self) -> int | None:
        """The smallest number of its quotas; only on types that came from `event.offers(at)`."""
        sized = [quota.left for quota in self.counted_quotas if quota.size is not None]
        return max(0, min(sized)) if sized else None

    @property
    def is_full(self) -> bool:
        return self.seats_left == 0


class QuotaQuerySet(models.QuerySet["Quota"]):
    def with_taken(self, at: datetime) -> QuotaQuerySet:
        """Each quota with `taken`: the seats that are held at this moment. A lapsed hold is forgotten by the clock
        alone.
        """
        from events.models.registration import Registration

        held = (
            Registration.objects.holding_a_seat(at)
            .filter(ticket_type__quotas=OuterRef("pk"))
            .order_by()
            .values("ticket_type__quotas")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(taken=Coalesce(Subquery(held, output_field=models.IntegerField()), 0))

    def lock_for(self, ticket_type: TicketType) -> list[Quota]:
        """Lock the sized quotas of a type, always in primary-key order, so that no two registrations wait for each
        other in a ring.

        `no_key`: inserts that point at the quota need not wait. SQLite ignores the lock; there IMMEDIATE transactions
        do the work.
        """
        return list(
            self.filter(ticket_types=ticket_type, size__isnull=False)
            .order_by("pk")
            .select_for_update(of=("self",), no_key=True)
        )


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
