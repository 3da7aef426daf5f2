"""What a ticket costs: its price by date, the price of a group, and discount codes. All in whole units (đồng)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event, TicketType


def plain_discount_code(typed: str) -> str:
    """Capitals and small letters, and spaces, make no difference."""
    return "".join(typed.split()).upper()


class PriceStep(models.Model):
    """Until a moment a kind of ticket costs less than its price: early bird. The next step, else the price, follows."""

    ticket_type = models.ForeignKey(
        TicketType, on_delete=models.CASCADE, related_name="price_steps", verbose_name=_("ticket type")
    )
    until = models.DateTimeField(_("until"))
    price = models.PositiveIntegerField(_("price"), validators=[MinValueValidator(1)], help_text=_("Whole đồng."))

    class Meta:
        verbose_name = _("price until a date")
        verbose_name_plural = _("prices until a date")
        ordering = ["ticket_type", "until"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket_type", "until"],
                name="one_price_until_a_moment",
                violation_error_message=_("There is a price until this moment already."),
            ),
            models.CheckConstraint(condition=Q(price__gt=0), name="a_step_has_a_price"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_type}: {self.price}"

    def clean(self) -> None:
        if self.ticket_type_id and self.price and self.price >= self.ticket_type.price:
            raise ValidationError({"price": _("It must be less than the price that follows.")})


class GroupPrice(models.Model):
    """What each ticket of a kind costs when so many are paid for together."""

    ticket_type = models.ForeignKey(
        TicketType, on_delete=models.CASCADE, related_name="group_prices", verbose_name=_("ticket type")
    )
    people = models.PositiveSmallIntegerField(_("from how many people"), validators=[MinValueValidator(2)])
    price = models.PositiveIntegerField(
        _("price of each"), validators=[MinValueValidator(1)], help_text=_("Whole đồng.")
    )

    class Meta:
        verbose_name = _("group price")
        verbose_name_plural = _("group prices")
        ordering = ["ticket_type", "people"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket_type", "people"],
                name="one_group_price_from_a_number",
                violation_error_message=_("There is a price from this number of people already."),
            ),
            models.CheckConstraint(condition=Q(people__gte=2, price__gt=0), name="a_group_has_two_and_a_price"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_type} × {self.people}: {self.price}"

    def clean(self) -> None:
        if self.ticket_type_id and self.price and self.price >= self.ticket_type.price:
            raise ValidationError({"price": _("It must be less than the price of a single ticket.")})


class DiscountQuerySet(models.QuerySet["Discount"]):
    def with_code(self, event: Event, typed: str) -> DiscountQuerySet:
        return self.filter(event=event, code=plain_discount_code(typed))

    def counted(self) -> DiscountQuerySet:
        """Each with `used`: the registrations for which it stands in an order that is open or paid."""
        from events.models.order import Order, OrderLine

        lines = (
            OrderLine.objects.filter(discount=models.OuterRef("pk"), discounted__gt=0)
            .exclude(order__state=Order.State.VOID)
            .order_by()
            .values("discount")
            .annotate(number=models.Count("pk"))
            .values("number")
        )
        return self.annotate(used=models.functions.Coalesce(models.Subquery(lines), 0))


class Discount(models.Model):
    """A code that makes tickets cheaper: by an amount each, or by so many percent; 100 percent is a free ticket."""

    class Kind(models.TextChoices):
        AMOUNT = "amount", _("by an amount")
        PERCENT = "percent", _("by percent")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="discounts", verbose_name=_("event"))
    code = models.CharField(
        pgettext_lazy("discount", "code"), max_length=30, help_text=_("Capitals and small letters are the same.")
    )
    kind = models.CharField(pgettext_lazy("discount", "how"), max_length=8, choices=Kind, default=Kind.PERCENT)
    value = models.PositiveIntegerField(
        pgettext_lazy("discount", "how much"),
        validators=[MinValueValidator(1)],
        help_text=_("Whole đồng for each ticket, or percent of its price."),
    )
    max_uses = models.PositiveIntegerField(
        _("for how many tickets"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    ticket_types = models.ManyToManyField(
        TicketType,
        blank=True,
        related_name="discounts",
        verbose_name=_("ticket types"),
        help_text=_("None ticked: all of them."),
    )
    note = models.CharField(_("for whom"), max_length=200, blank=True)

    objects = DiscountQuerySet.as_manager()

    class Meta:
        verbose_name = _("discount code")
        verbose_name_plural = _("discount codes")
        ordering = ["event", "code"]
        constraints = [
            models.UniqueConstraint(
                "event",
                Upper("code"),
                name="one_discount_of_a_code",
                violation_error_message=_("This code exists already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="percent") | Q(value__lte=100),
                name="a_discount_is_at_most_all",
                violation_error_message=_("At most 100 percent."),
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="a_discount_takes_something_off"),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args, **kwargs) -> None:
        self.code = plain_discount_code(self.code)
        super().save(*args, **kwargs)

    def is_valid(self, at: datetime) -> bool:
        begun = self.valid_from is None or self.valid_from <= at
        return begun and (self.valid_until is None or at < self.valid_until)

    def off(self, price: int) -> int:
        """How much less than `price` a ticket costs. Percent are rounded down to the unit, in the organiser's favour
        by less than one.
        """
        return min(price, self.value if self.kind == self.Kind.AMOUNT else price * self.value // 100)
