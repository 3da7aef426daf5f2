"""What one payer is asked to pay at once, for one registration or for several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.registration import Registration, State, token
from people.models import Searchable
from people.text import Bilingual, search_text

if TYPE_CHECKING:
    from events.models.payment import LedgerEntry, Payment
    from people.models import User


@dataclass(frozen=True, kw_only=True)
class Payer:
    """Who pays; not always who comes."""

    name: str
    email: str
    language: str = "vi"
    address: str = ""
    tax_code: str = ""


class OrderQuerySet(Searchable["Order"]):
    def open_for(self, registration: Registration) -> Order | None:
        """The order that this registration waits for."""
        return self.filter(state=Order.State.OPEN, lines__registration=registration).order_by("-pk").first()

    def ask(
        self,
        registrations: Iterable[Registration],
        *,
        at: datetime,
        payer: Payer | None = None,
        code: str = "",
        by: User | None = None,
        free: str = "",
    ) -> Order:
        """Ask one payer for the price of these registrations, all unpaid and of one event; earlier orders for them are
        void. Raises `CannotAsk`. `code`: a discount code that was typed. `free`: why nothing is to be paid.
        """
        from events.payments import ordering

        return ordering.ask(registrations, at=at, payer=payer, code=code, by=by, free=free)

    def locked(self) -> OrderQuerySet:
        """Fresh and locked. Lock order everywhere: order, payment, registration, quota."""
        return self.select_related("event").select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: User) -> OrderQuerySet:
        return self if user.is_active and user.has_perm("events.view_order") else self.none()


class Order(models.Model):
    """What one payer is asked to pay at once. Born in `Order.objects.ask()` alone; its lines and prices never change:
    another price or another group is another order, and this one is void.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("order", "awaiting payment")
        PAID = "paid", pgettext_lazy("order", "paid")
        VOID = "void", pgettext_lazy("order", "void")

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="orders", verbose_name=_("event"))
    token = models.CharField(max_length=26, unique=True, default=token, editable=False)
    # What stands in the text of a bank transfer; also how people name the order.
    code = models.CharField(pgettext_lazy("order", "code"), max_length=19, unique=True, editable=False)
    state = models.CharField(pgettext_lazy("order", "state"), max_length=8, choices=State, default=State.OPEN)
    currency = models.CharField(_("currency"), max_length=3, default="vnd")
    total = models.PositiveBigIntegerField(pgettext_lazy("order", "total"))
    language = models.CharField(_("language"), max_length=5, default="vi", choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("asked at"))
    free_because = models.CharField(_("free because"), max_length=250, blank=True)
    paid_at = models.DateTimeField(_("paid at"), null=True, blank=True)
    # The payment that settled it; none where nothing was to be paid.
    paid_by = models.OneToOneField(
        "events.Payment",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="settled_order",
        verbose_name=_("paid by"),
    )
    replaced_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="replaced",
        verbose_name=_("replaced by"),
    )

    payer_name = models.CharField(_("payer"), max_length=250)
    payer_email = models.EmailField(_("payer's e-mail"))
    payer_address = models.CharField(_("payer's address"), max_length=250, blank=True)
    payer_tax_code = models.CharField(_("tax code"), max_length=14, blank=True)
    search_text = models.TextField(editable=False, default="")
    # Since when nobody can tell any more who paid (events.retention); the amounts stay.
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    is_about_a_person = True
    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-created_at", "-pk"]
        default_permissions = ["view", "change"]
        indexes = [models.Index(fields=["event", "state"], name="order_event_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_at__isnull=False), name="a_paid_order_has_its_date"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args, update_fields=None, **kwargs) -> None:
        self.derive()
        if update_fields is not None and {"payer_name", "payer_email"} & set(update_fields):
            update_fields = {*update_fields, "search_text"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        """The payer's secret page."""
        return reverse("events:order", args=[self.token])

    def derive(self) -> None:
        self.search_text = search_text(self.code, self.payer_name, self.payer_email)

    @property
    def payer(self) -> Payer:
        return Payer(
            name=self.payer_name,
            email=self.payer_email,
            language=self.language,
            address=self.payer_address,
            tax_code=self.payer_tax_code,
        )

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_paid(self) -> bool:
        return self.state == self.State.PAID

    def hold_until(self) -> datetime | None:
        """When the first seat of the order is given back; None when none is kept any more."""
        held = self.lines.filter(registration__state=State.UNPAID)
        return held.aggregate(first=models.Min("registration__hold_until"))["first"]

    def is_payable(self, at: datetime) -> bool:
        """Does it still make sense to pay? Every seat is still kept, and the event was not called off. While it is
        postponed the time to pay stands still.
        """
        until = self.hold_until()
        return self.is_open and until is not None and self.event.clock(at) < until and self.event.cancelled_at is None

    def late_lines(self):
        return self.lines.filter(state=OrderLine.State.LATE)

    # ------------------------------------------------------------ verbs
    def pay_by(self, provider: str, *, at: datetime, by: User | None = None) -> Payment:
        """Begin (or go on with) a payment by this provider; its row is committed before anybody else is asked."""
        from events.payments import ordering

        return ordering.pay_by(self, provider, at=at, by=by)

    def receive(
        self, amount: int, *, reference: str, at: datetime, by: User | None, note: str = "", provider: str = "desk"
    ) -> LedgerEntry:
        """Money that a person has seen: over the counter, or on a statement. Raises `Busy`."""
        from events.payments import settling

        return settling.receive(self, amount, reference=reference, at=at, by=by, note=note, provider=provider)

    def void(self, *, at: datetime, by: User | None = None) -> bool:
        """Nobody is asked any more. True if this call did it."""
        from events.payments import ordering

        return ordering.void(self, at=at, by=by)


class OrderLine(models.Model):
    """One registration in an order, and what it costs there."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("order line", "awaiting payment")
        CONFIRMED = "confirmed", pgettext_lazy("order line", "seat confirmed")
        LATE = "late", pgettext_lazy("order line", "paid, but no seat")
        RETURNED = "returned", pgettext_lazy("order line", "money returned")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines", verbose_name=_("order"))
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="order_lines", verbose_name=_("registration")
    )
    what_vi = models.CharField(max_length=250)  # as it was sold
    what_en = models.CharField(max_length=250, blank=True)
    what = Bilingual()
    price = models.PositiveBigIntegerField(_("price"))
    discount = models.ForeignKey(
        "events.Discount", null=True, blank=True, on_delete=models.PROTECT, related_name="lines", verbose_name=_("code")
    )
    discounted = models.PositiveBigIntegerField(_("discount"), default=0)
    state = models.CharField(pgettext_lazy("order", "state"), max_length=10, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "registration"], name="a_registration_stands_once_in_an_order"),
            # Money for one seat counts once, however many orders asked for it.
            models.UniqueConstraint(
                fields=["registration"], condition=Q(state="confirmed"), name="a_seat_is_paid_for_once"
            ),
            models.CheckConstraint(condition=Q(discounted__lte=F("price")), name="a_discount_is_no_gift_of_money"),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.what_vi}"

    @property
    def amount(self) -> int:
        return self.price - self.discounted
