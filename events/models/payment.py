"""Money as it was asked for, as it came and as it went back. The ledger is only ever added to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.order import Order
from events.models.registration import token

if TYPE_CHECKING:
    from people.models import User


class Provider(models.TextChoices):
    """By which way money comes."""

    STRIPE = "stripe", _("card (Stripe)")
    BANK = "bank", _("bank transfer")
    DESK = "desk", _("noted by the organiser")


class PaymentQuerySet(models.QuerySet["Payment"]):
    def locked(self) -> PaymentQuerySet:
        return self.select_for_update(of=("self",), no_key=True)

    def waiting(self) -> PaymentQuerySet:
        return self.filter(state__in=Payment.WAITING)

    def for_a_person(self) -> PaymentQuerySet:
        """Money that came and that no rule can settle: late, of another amount, twice."""
        too_much = Q(state=Payment.State.PAID, received__gt=F("amount") + F("refunded"))
        too_much |= Q(state=Payment.State.REFUNDED, received__gt=F("refunded"))
        return self.filter(Q(state__in=[Payment.State.LATE, Payment.State.MISMATCH, Payment.State.DOUBLE]) | too_much)

    def visible_to(self, user: User) -> PaymentQuerySet:
        return self if user.is_active and user.has_perm("events.view_order") else self.none()


class Payment(models.Model):
    """One attempt to pay one order by one way. `reference` is what the provider gives back to us."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("payment", "open")
        PROCESSING = "processing", pgettext_lazy("payment", "on its way")
        PAID = "paid", pgettext_lazy("payment", "paid")
        FAILED = "failed", pgettext_lazy("payment", "failed")
        EXPIRED = "expired", pgettext_lazy("payment", "expired")
        LATE = "late", pgettext_lazy("payment", "came too late")
        MISMATCH = "mismatch", pgettext_lazy("payment", "another amount")
        DOUBLE = "double", pgettext_lazy("payment", "paid twice")
        REFUNDED = "refunded", pgettext_lazy("payment", "returned")

    WAITING = ["open", "processing"]
    WITHOUT_MONEY = ["open", "processing", "failed", "expired"]

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments", verbose_name=_("order"))
    provider = models.CharField(_("way"), max_length=8, choices=Provider)
    reference = models.CharField(_("reference"), max_length=40, unique=True, default=token, editable=False)
    amount = models.PositiveBigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, default="vnd")
    state = models.CharField(pgettext_lazy("payment", "state"), max_length=12, choices=State, default=State.OPEN)
    received = models.PositiveBigIntegerField(_("received"), default=0)
    refunded = models.PositiveBigIntegerField(_("returned"), default=0)
    created_at = models.DateTimeField(_("begun at"))
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    # What Stripe calls it; may be empty although a session exists there (a process died before it was written down).
    session_id = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)
    session_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    # It keeps the seats longer than they were kept before; that happens once.
    prolongs = models.BooleanField(default=False, editable=False)
    asked_at = models.DateTimeField(_("last asked"), null=True, blank=True, editable=False)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-created_at", "-pk"]
        default_permissions = []
        permissions = [
            ("settle_payment", _("Can settle payments and ask for refunds")),
            ("approve_refund", _("Can approve refunds")),
        ]
        indexes = [models.Index(fields=["state", "provider"], name="payment_state")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_has_an_amount"),
            models.CheckConstraint(condition=Q(refunded__lte=F("received")), name="no_more_goes_back_than_came"),
            models.UniqueConstraint(
                fields=["order", "provider"],
                condition=Q(state__in=["open", "processing"]),
                name="one_waiting_payment_per_order_and_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} ({self.get_provider_display()})"

    @property
    def balance(self) -> int:
        """What has come and not gone back."""
        return self.received - self.refunded

    @property
    def surplus(self) -> int:
        """What is kept beyond what was asked for."""
        return max(0, self.balance - (self.amount if self.state == self.State.PAID else 0))

    def returnable(self) -> int:
        """What may still be promised back."""
        promised = self.refunds.promised().aggregate(sum=models.Sum("amount"))["sum"] or 0
        return self.balance - promised

    def become(self, state: str, *, at: datetime, by: User | None = None, note: str = "") -> None:
        """For a row that is locked: its state and the history together."""
        if state == self.state and not note:
            return
        was, self.state = self.state, state
        fields = ["state"]
        if state == self.State.PAID and self.paid_at is None:
            self.paid_at = at
            fields.append("paid_at")
        self.save(update_fields=fields)
        self.changes.create(at=at, by=by, was=was, became=state, note=note)

    def ask_back(
        self, amount: int, *, reason: str, at: datetime, by: User | None, release: bool = False, approved: bool = False
    ) -> Refund:
        """Promise money back. Raises `CannotRefund` beyond what came. Further: events.payments.refunding."""
        from events.payments import refunding

        return refunding.ask(self, amount, reason=reason, at=at, by=by, release=release, approved=approved)


class PaymentChange(models.Model):
    """What happened to a payment: who, when, from what, to what. Written once."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    was = models.CharField(max_length=12, choices=Payment.State, blank=True)
    became = models.CharField(max_length=12, choices=Payment.State)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of a payment")
        verbose_name_plural = _("changes of payments")
        ordering = ["at", "pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"


class LedgerEntry(models.Model):
    """Money that moved: signed, in the currency's smallest unit. Never changed, never deleted.

    `external_id` is what the provider calls this movement: Stripe's payment intent or refund, the bank's reference.
    """

    class Kind(models.TextChoices):
        IN = "in", pgettext_lazy("ledger", "came in")
        REFUND = "refund", pgettext_lazy("ledger", "went back")
        DISPUTE = "dispute", pgettext_lazy("ledger", "disputed")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="entries", verbose_name=_("payment"))
    provider = models.CharField(_("way"), max_length=8, choices=Provider)
    kind = models.CharField(pgettext_lazy("ledger", "what"), max_length=8, choices=Kind)
    external_id = models.CharField(_("provider's reference"), max_length=200)
    amount = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    occurred_at = models.DateTimeField(_("at"))
    booked_at = models.DateTimeField(_("booked at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ["occurred_at", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["provider", "kind", "external_id"], name="money_is_booked_once"),
            models.CheckConstraint(
                condition=Q(kind="in", amount__gt=0) | Q(kind="refund", amount__lt=0) | (Q(kind="dispute")),
                name="money_has_its_direction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"

    @property
    def is_booked_later(self) -> bool:
        """It belongs to the day on which it moved, and was written down on another."""
        return timezone.localdate(self.booked_at) > timezone.localdate(self.occurred_at)


class RefundQuerySet(models.QuerySet["Refund"]):
    def promised(self) -> RefundQuerySet:
        """Not booked yet, and not given up."""
        return self.filter(state__in=[Refund.State.ASKED, Refund.State.APPROVED, Refund.State.SENT])

    def to_send(self, at: datetime) -> RefundQuerySet:
        """Approved card refunds that Stripe has not been asked for, or was asked for in vain."""
        by_card = self.filter(payment__provider=Provider.STRIPE, by_transfer=False)
        return by_card.filter(Q(next_try_at=None) | Q(next_try_at__lte=at), state=Refund.State.APPROVED)

    def by_hand(self) -> RefundQuerySet:
        """Approved ones that a person sends."""
        return self.filter(~Q(payment__provider=Provider.STRIPE) | Q(by_transfer=True), state=Refund.State.APPROVED)


class Refund(models.Model):
    """Money that is promised back, with the reason. A transfer is sent back by a person, a card payment by Stripe, or
    where Stripe cannot (`by_transfer`) by a person, too.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("refund", "awaiting approval")
        APPROVED = "approved", pgettext_lazy("refund", "to be sent")
        SENT = "sent", pgettext_lazy("refund", "on its way")
        DONE = "done", pgettext_lazy("refund", "returned")
        FAILED = "failed", pgettext_lazy("refund", "failed")
        CANCELLED = "cancelled", pgettext_lazy("refund", "not approved")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("payment"))
    amount = models.PositiveBigIntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=250)
    # Give the seats of the order back when the money goes back.
    release = models.BooleanField(_("give the seats back too"), default=False)
    # Of a card payment: Stripe could not send it, so a person does.
    by_transfer = models.BooleanField(_("by bank transfer"), default=False, editable=False)
    state = models.CharField(pgettext_lazy("refund", "state"), max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("asked by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("approved by"),
    )
    provider_id = models.CharField(_("provider's reference"), max_length=200, null=True, blank=True, unique=True)
    done_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    trouble = models.CharField(_("what went wrong"), max_length=250, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-asked_at", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_refund_has_an_amount"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="a_refund_that_is_done_has_its_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment.order}: {self.amount}"

    @property
    def way(self) -> str:
        """How it goes back; not always how it came."""
        return Provider.BANK if self.by_transfer else self.payment.provider

    def get_way_display(self) -> str:
        return str(Provider(self.way).label)

    @property
    def is_by_hand(self) -> bool:
        return self.way != Provider.STRIPE


class Dispute(models.Model):
    """A cardholder's bank takes money back, or means to. A person answers in Stripe's dashboard, before `due_by`."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes", verbose_name=_("payment"))
    provider_id = models.CharField(max_length=200, unique=True)
    amount = models.PositiveBigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    status = models.CharField(pgettext_lazy("dispute", "state"), max_length=40)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    due_by = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-opened_at", "-pk"]
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.payment.order}: {self.status}"


class ProviderEventQuerySet(models.QuerySet["ProviderEvent"]):
    def take_in(self, provider: str, event_id: str, kind: str, body: str, *, at: datetime) -> ProviderEvent | None:
        """Write a message down, once; None for one that is here already."""
        try:
            with transaction.atomic():
                return self.create(
                    provider=provider, event_id=event_id, kind=kind, body=body, received_at=at, next_try_at=at
                )
        except IntegrityError:
            return None

    def due(self, at: datetime) -> ProviderEventQuerySet:
        return self.filter(done_at=None, next_try_at__lte=at)

    def given_up(self) -> ProviderEventQuerySet:
        """Tried for days in vain: a person has to look."""
        return self.filter(done_at=None, next_try_at=None)

    def that_name(self, words: Iterable[str]) -> ProviderEventQuerySet:
        """Messages in which one of these stands: an address, the code of an order, the reference of a payment."""
        named = Q()
        for word in {form for one in words if one for form in (one, json.dumps(one)[1:-1])}:
            named |= Q(body__icontains=word)
        return self.filter(named) if named else self.none()


class ProviderEvent(models.Model):
    """The inbox: what a provider told us, word for word, and whether it was acted upon. Only a hint: the provider is
    asked for the truth.
    """

    provider = models.CharField(_("way"), max_length=8, choices=Provider)
    event_id = models.CharField(_("number"), max_length=200)
    kind = models.CharField(pgettext_lazy("provider event", "kind"), max_length=100)
    body = models.TextField(_("content"))
    received_at = models.DateTimeField(_("received at"))
    done_at = models.DateTimeField(_("acted upon at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(null=True, blank=True, editable=False)
    error = models.CharField(_("what went wrong"), max_length=250, blank=True)

    objects = ProviderEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a provider")
        verbose_name_plural = _("messages of providers")
        ordering = ["-received_at", "-pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="a_message_is_kept_once"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(done_at=None), name="provider_event_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"

    def get_absolute_url(self) -> str:
        return reverse("events_provider_event", args=[self.pk])
