"""The paper that says that money came: numbered without gaps, never edited, never deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.templatetags.kit import vn_datetime
from events.models.order import Order, Payer
from events.models.payment import Payment, Provider
from people.models import Searchable
from people.text import search_text

if TYPE_CHECKING:
    from people.models import User

NAMELESS = "–"


def named(year: int, number: int) -> str:
    return f"XNTT-{year}-{number:06d}"


class ConfirmationCounter(models.Model):
    """The last number of a year. Its row is the lock: numbers have no doubles, and no gaps but those written down."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of confirmations")
        verbose_name_plural = _("counters of confirmations")
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

    @classmethod
    def next_number(cls, year: int) -> int:
        """Inside the transaction that uses it, after every other lock."""
        cls.objects.get_or_create(year=year)
        row = cls.objects.select_for_update().get(year=year)
        row.last += 1
        row.save(update_fields=["last"])
        return row.last

    @classmethod
    def leave_out(cls, year: int, *, since: datetime, at: datetime, known: int = 0) -> LeftOutNumbers:
        """After a backup of the moment `since` was restored: go on where no number can be in anybody's hands. Asked
        again for the same backup, it does nothing unless somebody has `known` a higher number meanwhile.
        """
        with transaction.atomic():
            cls.objects.get_or_create(year=year)
            row = cls.objects.select_for_update().get(year=year)
            done = LeftOutNumbers.objects.filter(year=year, since=since).order_by("last").last()
            if done is not None and known <= row.last:
                return done
            # At least a thousand papers were not issued since last night; then a round number tells what happened.
            beyond = max(row.last, known) + LeftOutNumbers.AT_LEAST
            first, row.last = row.last + 1, -(-beyond // LeftOutNumbers.ROUND) * LeftOutNumbers.ROUND
            row.save(update_fields=["last"])
            return LeftOutNumbers.objects.create(year=year, first=first, last=row.last, since=since, at=at)


class LeftOutNumbers(models.Model):
    """Numbers that are never given again: a backup was restored, and papers younger than it may bear them."""

    AT_LEAST, ROUND = 1000, 1000

    year = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    since = models.DateTimeField()  # when the backup was made
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("numbers left out")
        verbose_name_plural = _("numbers left out")
        ordering = ["year", "first"]
        default_permissions = []
        constraints = [models.CheckConstraint(condition=Q(first__lte=F("last")), name="numbers_left_out_are_some")]

    def __str__(self) -> str:
        return f"{named(self.year, self.first)} – {named(self.year, self.last)}"

    @property
    def sentence(self) -> str:
        """For whoever asks why the series has a gap."""
        return gettext(
            "%(numbers)s were left out: the backup of %(since)s was restored on %(at)s, and papers issued between"
            " the two may bear these numbers."
        ) % {"numbers": self, "since": vn_datetime(self.since), "at": vn_datetime(self.at)}


class ConfirmationQuerySet(Searchable["Confirmation"]):
    def issue(self, order: Order, payment: Payment, *, at: datetime, by: User | None = None) -> Confirmation:
        """For an order that is locked and paid by this payment; the number is taken last."""
        from events.payments import confirming

        return confirming.issue(order, payment, at=at, by=by)

    def valid(self) -> ConfirmationQuerySet:
        return self.filter(kind=Confirmation.Kind.PAID, cancelled_at=None)

    def visible_to(self, user: User) -> ConfirmationQuerySet:
        return self if user.is_active and user.has_perm("events.view_confirmation") else self.none()

    def forget_payers(self, orders: Iterable[Order]) -> None:
        """The books keep number, date and amount; who paid goes, and whoever stands beside that name."""
        rows = list(self.filter(order__in=orders).select_related("order"))
        for row in rows:
            row.payer_name, row.payer_address, row.payer_tax_code, row.payer_email = NAMELESS, "", "", ""
            row.forget_names(lambda _line: True)
            row.derive()
        changed = ["payer_name", "payer_address", "payer_tax_code", "payer_email", "snapshot", "search_text"]
        self.bulk_update(rows, changed, batch_size=500)

    def forget_delegates(self, registrations: Iterable[int]) -> None:
        """For whom was paid is not said any more."""
        keys = set(registrations)
        rows = list(self.filter(order__lines__registration__in=keys).distinct())
        for row in rows:
            row.forget_names(lambda line: line.get("registration") in keys)
        self.bulk_update(rows, ["snapshot"], batch_size=500)


class Confirmation(models.Model):
    """A confirmation of payment, or the paper that cancels one; no tax invoice. Everything on it is kept as it was."""

    class Kind(models.TextChoices):
        PAID = "paid", _("confirmation of payment")
        CANCELLED = "cancelled", _("cancellation of a confirmation")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="confirmations", verbose_name=_("order"))
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # What is cancelled, by whichever paper says so.
    cancels = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="cancelled_by")
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    issued_at = models.DateTimeField(_("issued at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="vi")

    payer_name = models.CharField(_("payer"), max_length=250)
    payer_address = models.CharField(_("payer's address"), max_length=250, blank=True)
    payer_tax_code = models.CharField(_("tax code"), max_length=14, blank=True)
    payer_email = models.CharField(_("payer's e-mail"), max_length=254, blank=True)
    amount = models.PositiveBigIntegerField(_("amount"))
    currency = models.CharField(max_length=3)
    method = models.CharField(_("way"), max_length=8, choices=Provider)
    paid_at = models.DateTimeField(_("paid at"))
    # The lines (what, for whom, how much), the event and its organiser, and what the bank called the money.
    snapshot = models.JSONField()
    search_text = models.TextField(editable=False, default="")

    is_about_a_person = True
    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of payment")
        verbose_name_plural = _("confirmations of payment")
        ordering = ["-year", "-number"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="a_number_is_given_once"),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(kind="paid", cancelled_at=None),
                name="one_valid_confirmation_for_an_order",
            ),
            models.CheckConstraint(
                condition=Q(kind="paid", cancels=None)
                | (Q(kind="cancelled", cancels__isnull=False, cancelled_at=None) & ~Q(reason="")),
                name="a_cancellation_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return named(self.year, self.number)

    def save(self, *args, **kwargs) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """As the payer sees it, below the order's secret page."""
        return reverse("events:order_confirmation", args=[self.order.token, self.year, self.number])

    def derive(self) -> None:
        self.search_text = search_text(str(self), self.order.code, self.payer_name, self.payer_tax_code)

    def forget_names(self, which: Callable[[dict[str, Any]], bool]) -> None:
        lines = [line | {"name": NAMELESS} if which(line) else line for line in self.snapshot["lines"]]
        self.snapshot = self.snapshot | {"lines": lines}

    @property
    def is_valid(self) -> bool:
        return self.kind == self.Kind.PAID and self.cancelled_at is None

    @property
    def file_name(self) -> str:
        return (
            f"{'huy-' if self.kind == self.Kind.CANCELLED else ''}xac-nhan-thanh-toan-{self.year}-{self.number:06d}.pdf"
        )

    def correct(self, payer: Payer, *, reason: str, at: datetime, by: User | None) -> Confirmation:
        """Cancelled, and issued anew with another payer. Raises `CannotConfirm`."""
        from events.payments import confirming

        return confirming.correct(self, payer, reason=reason, at=at, by=by)
