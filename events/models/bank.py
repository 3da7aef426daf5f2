"""The account that transfers go to, and what its statements and its watcher say has come in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.order import Order
from events.models.payment import LedgerEntry
from events.payments import vietqr

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User

KEPT_FOR = timedelta(hours=48)  # a statement that nobody imported
GONE: dict[str, Any] = {"content": None}


class BankAccount(models.Model):
    """An account at a bank in Vietnam that payers transfer to: of single events, or of all that name no other."""

    bank_bin = models.CharField(
        _("number of the bank (BIN)"),
        max_length=6,
        validators=[RegexValidator(r"^[0-9]{6}\Z", _("Six digits, for example 970436."))],
        help_text=_("Six digits that name the bank for VietQR; the bank tells them, for example 970436."),
    )
    bank_name = models.CharField(_("bank"), max_length=100)
    account = models.CharField(
        _("account number"),
        max_length=vietqr.ACCOUNT_AT_MOST,
        validators=[RegexValidator(r"^[0-9A-Za-z]+\Z", _("Digits and plain letters only, without spaces."))],
    )
    holder = models.CharField(_("account holder"), max_length=150)
    is_default = models.BooleanField(
        _("for all events"), default=False, help_text=_("Events that name no account of their own use this one.")
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days to keep texts of transfers"),
        default=365,
        validators=[MinValueValidator(30), MaxValueValidator(3650)],
        help_text=_("Afterwards text and sender of a statement line are deleted; date, amount and number stay."),
    )
    # Which column of this bank's statements is what: headings and places, as somebody has said once.
    columns = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["bank_name", "account"]
        constraints = [
            models.UniqueConstraint(
                fields=["bank_bin", "account"],
                name="one_row_for_an_account",
                violation_error_message=_("This account is written down already."),
            ),
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="one_account_for_all_events",
                violation_error_message=_("Another account is for all events already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.account}"

    def clean(self) -> None:
        if self.pk is None:
            return
        was = BankAccount.objects.get(pk=self.pk)
        if (was.bank_bin, was.account) != (self.bank_bin, self.account) and self.lines.exists():
            raise ValidationError(
                _(
                    "Money has come to this account already, so its number stays."
                    " Please write the new account down anew."
                )
            )

    def transfer(self, amount: int | None = None, memo: str = "") -> vietqr.Transfer:
        """What a banking app is asked for. Raises `BadTransfer`."""
        return vietqr.Transfer(self.bank_bin, self.account, amount, memo)

    def transfer_for(self, order: Order) -> vietqr.Transfer | None:
        """None for an amount that no fast transfer carries: the payer types it in parts, or goes to the bank."""
        try:
            return self.transfer(order.total, order.code)
        except vietqr.BadTransfer:
            return None


class StatementQuerySet(models.QuerySet["Statement"]):
    def forget(self, at: datetime) -> int:
        """Whoever looked a statement over two days ago will not import it."""
        old = self.filter(state=Statement.State.READ, at__lt=at - KEPT_FOR)
        return old.update(state=Statement.State.FORGOTTEN, **GONE)

    def visible_to(self, user: User | AnonymousUser) -> StatementQuerySet:
        return self if user.is_active and user.has_perm("events.handle_bankline") else self.none()


class Statement(models.Model):
    """One statement of the bank: handed in, looked over, imported. The file itself is kept only until then."""

    class State(models.TextChoices):
        READ = "read", pgettext_lazy("statement", "looked over")
        DONE = "done", pgettext_lazy("statement", "imported")
        FORGOTTEN = "forgotten", pgettext_lazy("statement", "deleted, not imported")

    account = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, related_name="statements", verbose_name=_("bank account")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)  # as uploaded; None as soon as nobody needs it
    state = models.CharField(max_length=10, choices=State, default=State.READ)
    columns = models.JSONField(null=True)  # as somebody has chosen for this one; None: as remembered or guessed
    new = models.PositiveIntegerField(default=0)  # lines that were not known before

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-at", "-pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                condition=Q(state="read") | Q(content__isnull=True), name="an_imported_statement_is_not_kept"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class BankLineQuerySet(models.QuerySet["BankLine"]):
    def waiting(self) -> BankLineQuerySet:
        """For a person to decide about."""
        return self.filter(state__in=[BankLine.State.UNCLEAR, BankLine.State.UNKNOWN])

    def empty(self, at: datetime) -> int:
        """Texts and senders whose time is up; an account says how long they are kept."""
        done = 0
        for account in BankAccount.objects.all():
            old = self.filter(
                account=account, emptied_at=None, day__lt=(at - timedelta(days=account.keep_days)).date()
            ).exclude(state=BankLine.State.NEW)
            done += old.update(text="", name="", emptied_at=at)
        return done

    def visible_to(self, user: User | AnonymousUser) -> BankLineQuerySet:
        return self if user.is_active and user.has_perm("events.handle_bankline") else self.none()


class BankLine(models.Model):
    """Money that came to an account, as the bank says. Counted for an order, or waiting for a person, or not for us."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("bank line", "being matched")
        COUNTED = "counted", pgettext_lazy("bank line", "counted")
        UNCLEAR = "unclear", pgettext_lazy("bank line", "unclear")
        UNKNOWN = "unknown", pgettext_lazy("bank line", "names no order")
        ASIDE = "aside", pgettext_lazy("bank line", "set aside")

    class Source(models.TextChoices):
        STATEMENT = "statement", pgettext_lazy("bank line", "statement")
        NOTIFIER = "notifier", pgettext_lazy("bank line", "message of the bank's watcher")

    account = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, related_name="lines", verbose_name=_("bank account")
    )
    reference = models.CharField(_("the bank's reference"), max_length=100)
    day = models.DateField(_("day"))
    occurred_at = models.DateTimeField(_("at"))
    amount = models.PositiveBigIntegerField(_("amount"))
    text = models.CharField(_("text of the transfer"), max_length=1000, blank=True)
    name = models.CharField(_("who paid"), max_length=250, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    statement = models.ForeignKey(Statement, null=True, on_delete=models.SET_NULL, related_name="lines")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    # The order whose code stands in the text, or that somebody has chosen.
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="bank_lines")
    entry = models.OneToOneField(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="bank_line")
    reason = models.CharField(max_length=20, blank=True)  # why it waits for a person (payments.bank.SENTENCES)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    why = models.CharField(_("why"), max_length=250, blank=True)
    created_at = models.DateTimeField()
    emptied_at = models.DateTimeField(null=True)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer received")
        verbose_name_plural = _("transfers received")
        ordering = ["-day", "-pk"]
        default_permissions = []
        # Account and transactions are sensitive personal data: a permission of its own, apart from orders.
        permissions = [("handle_bankline", _("Can read bank statements and match transfers"))]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "reference", "day", "amount"], name="a_line_of_the_bank_is_kept_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_transfer_has_an_amount"),
            models.CheckConstraint(
                condition=Q(state="counted", entry__isnull=False) | (~Q(state="counted") & Q(entry__isnull=True)),
                name="a_counted_transfer_is_in_the_ledger",
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="bank_line_state")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("events_bankline:line", args=[self.pk])

    @property
    def external_id(self) -> str:
        """What the ledger calls this money: the same whoever tells of it."""
        return f"{self.reference} {self.day.isoformat()} {self.amount} {self.account.bank_bin}-{self.account.account}"

    @property
    def is_waiting(self) -> bool:
        return self.state in (self.State.UNCLEAR, self.State.UNKNOWN)

    @cached_property
    def sentence(self) -> str:
        from events.payments import bank

        return str(bank.SENTENCES.get(self.reason, ""))

    # ------------------------------------------------------------ verbs
    def match(self, *, at: datetime, by: User | None = None) -> None:
        """Count it if its code and its amount say exactly for what; else it waits for a person. Raises `Busy`."""
        from events.payments import bank

        bank.match(self, at=at, by=by)

    def count_for(self, order: Order, *, at: datetime, by: User, why: str) -> None:
        """A person says for which order this money came, of whatever amount. Raises `CannotMatch` or `Busy`."""
        from events.payments import bank

        bank.count_for(self, order, at=at, by=by, why=why)

    def set_aside(self, *, at: datetime, by: User, why: str) -> bool:
        """It is not for us, or counted elsewhere already. True if this call did it."""
        return self._decide(self.State.ASIDE, self.is_waiting, at=at, by=by, why=why)

    def take_up_again(self, *, at: datetime, by: User) -> bool:
        return self._decide(self.State.UNKNOWN, self.state == self.State.ASIDE, at=at, by=by, why="")

    def _decide(self, state: str, allowed: bool, *, at: datetime, by: User, why: str) -> bool:
        if not allowed:
            return False
        with transaction.atomic():
            done = BankLine.objects.filter(pk=self.pk, state=self.state).update(
                state=state, decided_at=at, decided_by=by, why=why
            )
        self.refresh_from_db()
        return bool(done)


def day_begins(day: date, moment: datetime | None) -> datetime:
    """When money of a statement's row came: as the clock said, else at noon, so that the day is right everywhere."""
    from django.utils import timezone

    return timezone.make_aware(moment or datetime(day.year, day.month, day.day, 12))
