"""Transfers and the orders they are for: matched by code and exact amount, else left to a person."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.eligibility import Busy
from events.models.bank import BankAccount, BankLine, Statement, day_begins
from events.models.order import Order
from events.models.payment import Provider
from events.payments import codes, settling
from events.payments.notifier import Notice
from events.payments.statement import Line
from events.roles import ACCOUNTANTS
from events.seats import quick
from letters.models import Letter
from people.models import AuditEntry, User

logger = logging.getLogger(__name__)

AT_ONCE = 500
LOOKED_BACK = timedelta(days=120)  # how old an order may be to be suggested

SENTENCES: dict[str, Any] = {
    "several": _("The text holds the codes of several orders."),
    "paid": _("This order is paid already."),
    "replaced": _("Another order has taken the place of this one."),
    "amount": _("Not the amount that was asked for."),
    "more": _("Other money came for this order, and nobody has decided about it yet."),
    "currency": _("This order is not in đồng."),
    "told_twice": _("Another message tells of the same money on this day; it was counted then."),
}


class CannotMatch(Exception):
    """This line was decided meanwhile, or the order is in another currency."""


@dataclass
class Judged:
    """What would become of one line of a statement."""

    line: Line
    order: Order | None = None
    reason: str = ""
    is_known: bool = False

    @property
    def fits(self) -> bool:
        return self.order is not None and not self.reason and not self.is_known

    @property
    def is_unclear(self) -> bool:
        return bool(self.reason) and not self.is_known

    @property
    def sentence(self) -> Any:
        return SENTENCES.get(self.reason, "")


# ---------------------------------------------------------------- what is it for?


def prefixes() -> list[str]:
    """Of all codes that were ever given out: an event's prefix may have been changed since."""
    begin = Substr("code", 1, Length("code") - codes.DRAWN - 1)
    return list(Order.objects.order_by().values_list(begin, flat=True).distinct())


def orders_named(texts: Iterable[str]) -> list[list[Order]]:
    """For each text the orders whose codes stand in it."""
    known = prefixes()
    found = [codes.found_in(text, known) for text in texts]
    wanted = sorted({code for one in found for code in one})
    orders: dict[str, Order] = {}
    for begin in range(0, len(wanted), AT_ONCE):
        chunk = Order.objects.filter(code__in=wanted[begin : begin + AT_ONCE]).select_related("event")
        orders |= {order.code: order for order in chunk.prefetch_related("payments")}
    return [[orders[code] for code in one if code in orders] for one in found]


def objection(orders: Sequence[Order], amount: int) -> str:
    """Why a person has to look at it; empty where exactly one order waits for exactly this amount, or none is named."""
    if not orders:
        return ""
    if len(orders) > 1:
        return "several"
    order = orders[0]
    if order.is_paid:
        return "paid"
    if order.replaced_by_id is not None:
        return "replaced"
    if order.currency != "vnd":
        return "currency"
    if amount != order.total:
        return "amount"
    if any(payment.balance for payment in order.payments.all()):
        return "more"
    return ""


def judge(account: BankAccount, lines: Sequence[Line]) -> list[Judged]:
    """What an import would do. Reads, and writes nothing; the number of queries does not grow with the lines."""
    days = {line.day for line in lines}
    known: set[tuple[Any, ...]] = set()
    if days:
        of_days = account.lines.filter(day__gte=min(days), day__lte=max(days))
        known = set(of_days.values_list("reference", "day", "amount"))
    judged, taken = [], set()
    for line, orders in zip(lines, orders_named(line.text for line in lines), strict=True):
        one = Judged(line, is_known=(line.reference, line.day, line.amount) in known)
        known.add((line.reference, line.day, line.amount))
        if not one.is_known:
            one.order = orders[0] if len(orders) == 1 else None
            one.reason = objection(orders, line.amount)
            if one.order is not None and not one.reason:
                one.reason = "paid" if one.order.pk in taken else ""
                taken.add(one.order.pk)
        judged.append(one)
    return judged


# ---------------------------------------------------------------- writing down, then matching


def take_in(statement: Statement, lines: Sequence[Line], *, at: datetime, by: User, only_named: bool = False) -> int:
    """Write the lines of a statement down that are not known; a task matches them. Asked again, it does nothing."""
    with transaction.atomic():
        locked = Statement.objects.select_for_update().select_related("account").get(pk=statement.pk)
        if locked.state != Statement.State.READ:
            return 0
        judged = [one for one in judge(locked.account, lines) if not one.is_known]
        chosen = [one.line for one in judged if not only_named or one.order is not None or one.reason]
        rows = [
            BankLine(
                account=locked.account,
                reference=line.reference,
                day=line.day,
                occurred_at=day_begins(line.day, line.occurred),
                amount=line.amount,
                text=line.text,
                name=line.name,
                source=BankLine.Source.STATEMENT,
                statement=locked,
                created_at=at,
            )
            for line in chosen
        ]
        BankLine.objects.bulk_create(rows, ignore_conflicts=True)
        locked.new = locked.lines.count()
        locked.state, locked.content = Statement.State.DONE, None
        locked.save(update_fields=["new", "state", "content"])
        AuditEntry.objects.record(by, "statement.imported", locked.account, statement=locked.pk, lines=locked.new)
        from events.payments.tasks import match_lines

        transaction.on_commit(match_lines.enqueue)
    return locked.new


def take_notice(notice: Notice, *, at: datetime) -> BankLine | None:
    """Write down what the watcher of an account says; None where the account is none of ours, or may be two."""
    accounts = BankAccount.objects.filter(account=notice.account)
    try:
        account = (accounts.filter(bank_bin=notice.bank) if notice.bank else accounts).get()
    except (BankAccount.DoesNotExist, BankAccount.MultipleObjectsReturned):
        return None
    line, _new = BankLine.objects.get_or_create(
        account=account,
        reference=notice.reference,
        day=timezone.localtime(notice.occurred_at).date(),
        amount=notice.amount,
        defaults={
            "occurred_at": notice.occurred_at,
            "text": notice.text,
            "name": notice.name,
            "source": BankLine.Source.NOTIFIER,
            "created_at": at,
        },
    )
    return line


def work_through(at: datetime) -> int:
    """Whatever was written down and not looked at yet. A line that is busy has its turn a minute later."""
    done = 0
    for line in BankLine.objects.filter(state=BankLine.State.NEW).select_related("account").order_by("pk")[:2000]:
        try:
            line.match(at=at)
        except Busy:
            logger.warning("transfer %s is matched later: the site is busy", line.pk)
        else:
            done += 1
    return done


def match(line: BankLine, *, at: datetime, by: User | None = None) -> None:
    """The body of `BankLine.match`. Lock order: order, payment, registrations, quotas, the number; the line last."""
    (named,) = orders_named([line.text])
    with quick():
        locked = [Order.objects.locked().get(pk=order.pk) for order in sorted(named, key=lambda one: one.pk)]
        reason = objection(locked, line.amount)
        if len(locked) == 1 and told_twice(line, locked[0]):
            reason = "told_twice"
        if not locked or reason:
            BankLine.objects.filter(pk=line.pk, state=BankLine.State.NEW).update(
                state=BankLine.State.UNCLEAR if reason else BankLine.State.UNKNOWN,
                reason=reason,
                order=locked[0] if len(locked) == 1 else None,
            )
        elif BankLine.objects.filter(pk=line.pk, state=BankLine.State.NEW).exists():
            count(line, locked[0], at=at, by=by, note="")
        line.refresh_from_db()


def told_twice(line: BankLine, order: Order) -> bool:
    """A statement and the watcher may call the same money by two references."""
    same = order.bank_lines.filter(account=line.account_id, day=line.day, amount=line.amount)
    return same.filter(state=BankLine.State.COUNTED).exclude(source=line.source).exclude(pk=line.pk).exists()


def count(line: BankLine, order: Order, *, at: datetime, by: User | None, note: str, **decided: Any) -> None:
    """For an order that is locked."""
    entry = settling.receive(
        order,
        line.amount,
        reference=line.external_id,
        at=at,
        by=by,
        note=note,
        provider=Provider.BANK,
        occurred_at=line.occurred_at,
    )
    BankLine.objects.filter(pk=line.pk).update(
        state=BankLine.State.COUNTED, order=order, entry=entry, reason="", **decided
    )


def count_for(line: BankLine, order: Order, *, at: datetime, by: User, why: str) -> None:
    with quick():
        locked = Order.objects.locked().get(pk=order.pk)
        mine = BankLine.objects.select_for_update(of=("self",)).select_related("account").get(pk=line.pk)
        if not mine.is_waiting or locked.currency != "vnd":
            raise CannotMatch
        count(mine, locked, at=at, by=by, note=why, decided_by=by, decided_at=at, why=why)
        AuditEntry.objects.record(by, "transfer.counted", locked, line=line.pk, amount=line.amount)
        line.refresh_from_db()


# ---------------------------------------------------------------- suggestions


@dataclass(frozen=True)
class Suggestion:
    order: Order
    nearly: bool
    amount: bool
    name: bool

    @property
    def weight(self) -> int:
        return 4 * self.nearly + 2 * self.amount + self.name


def suggestions(line: BankLine, *, at: datetime) -> list[Suggestion]:
    """Orders that this money may be for: a code with one slip, the same amount, the payer's name in the text. Only ever
    shown; a person decides.
    """
    waiting = Q(state=Order.State.OPEN) | Q(state=Order.State.VOID, replaced_by=None)
    rows = Order.objects.filter(waiting, created_at__gte=at - LOOKED_BACK, currency="vnd", total__gt=0)
    said = codes.squash(f"{line.text} {line.name}")
    found = []
    for order in rows.select_related("event").order_by("-pk")[:5000]:
        name = codes.squash(order.payer_name)
        one = Suggestion(
            order, codes.is_nearly(order.code, line.text), order.total == line.amount, len(name) > 4 and name in said
        )
        if one.nearly or one.amount:
            found.append(one)
    return sorted(found, key=lambda one: (-one.weight, -one.order.pk))[:5]


def bank_day(begins: datetime) -> dict[str, Any]:
    """What the bank says of one day, and what of it stands in no order."""
    rows = BankLine.objects.filter(day=timezone.localtime(begins).date()).select_related("order", "account")
    lines = list(rows.order_by("pk"))
    counted = [line for line in lines if line.state == BankLine.State.COUNTED]
    return {
        "came": sum(line.amount for line in lines if line.state != BankLine.State.ASIDE),
        "number": sum(line.state != BankLine.State.ASIDE for line in lines),
        "counted": sum(line.amount for line in counted),
        "waiting": [line for line in lines if line.is_waiting or line.state == BankLine.State.NEW],
    }


def tell_accountants(at: datetime) -> int:
    """Transfers that wait for a person, by letter to everybody of the role: one a day at most, none where nothing
    has come since the last one.
    """
    newest = BankLine.objects.waiting().aggregate(at=Max("created_at"))["at"]
    if newest is None:
        return 0
    told = Letter.objects.filter(kind="transfers_waiting", created_at__gte=newest).values("person")
    people = User.objects.filter(is_active=True, groups__name=ACCOUNTANTS).exclude(email="").exclude(pk__in=told)
    for person in people:
        once = f"transfers_waiting:{person.pk}:{timezone.localdate(at)}"
        Letter.objects.post("transfers_waiting", person.email, language=person.language, person=person, once=once)
    return len(people)


def has_unclear_money(order: Order) -> bool:
    """Did money come that names this order, and that a person has to look at?"""
    return order.bank_lines.filter(state=BankLine.State.UNCLEAR).exists()
