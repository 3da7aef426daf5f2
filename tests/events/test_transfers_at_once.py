"""A statement, the account's watcher and people at the desk at the same moment, with real locks."""

import time

import pytest
from django.utils import timezone

from events.models import BankLine, Confirmation, ConfirmationCounter, LedgerEntry, Order, Quota, State
from events.payments.bank import CannotMatch
from tests.at_once import refused, together

from .conftest import DINNER_PRICE, bring, make_event, order_of, sheet

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PEOPLE = 5


@pytest.fixture
def event(transactional_db, now):
    return make_event(now)


@pytest.fixture
def orders(event, gala, guest) -> list[Order]:
    Quota.objects.update(size=100)
    return [order_of(guest(n)) for n in range(1, PEOPLE + 1)]


@pytest.fixture
def told(account, now):
    """A transfer as it was written down."""

    def told(text: str, reference: str, source: str = "statement") -> BankLine:
        return BankLine.objects.create(
            account=account,
            text=text,
            amount=DINNER_PRICE,
            reference=reference,
            day=timezone.localdate(),
            occurred_at=now,
            created_at=now,
            source=source,
        )

    return told


def matching(lines, at):
    return [lambda line=line: BankLine.objects.select_related("account").get(pk=line.pk).match(at=at) for line in lines]


def test_transfers_at_once_are_papers_without_gaps_and_a_second_one_is_a_decision(orders, told, now):
    lines = [told(order.code, f"FT{n}") for n, order in enumerate(orders)]
    twins = [told(orders[0].code, "FT0-B"), told(orders[0].code, "N1", "notifier")]
    assert refused(together(*matching(lines, now), *matching(lines[:2], now), *matching(twins, now))) == []
    assert sorted(Confirmation.objects.values_list("number", flat=True)) == list(range(1, PEOPLE + 1))
    assert LedgerEntry.objects.count() == PEOPLE
    assert sorted(BankLine.objects.values_list("state", flat=True)) == ["counted"] * PEOPLE + ["unclear"] * 2


@pytest.mark.unbalanced
def test_control_without_the_lock_of_the_counter_numbers_collide(orders, told, now, monkeypatch):
    def unlocked(year: int) -> int:
        row, _new = ConfirmationCounter.objects.get_or_create(year=year)
        number = row.last + 1
        time.sleep(0.1)
        ConfirmationCounter.objects.filter(year=year).update(last=number)
        return number

    monkeypatch.setattr(ConfirmationCounter, "next_number", unlocked)
    lines = [told(order.code, f"FT{n}") for n, order in enumerate(orders)]
    assert refused(together(*matching(lines, now))) != []


def test_two_people_decide_about_one_transfer_and_one_is_heard(orders, told, loan, now):
    line = told("khong co ma", "FT1")
    line.match(at=now)

    def decide(order: Order):
        found = BankLine.objects.select_related("account").get(pk=line.pk)
        return found.count_for(order, at=now, by=loan, why="Tên khớp")

    met = refused(together(lambda: decide(orders[0]), lambda: decide(orders[1])))
    assert [type(one) for one in met] == [CannotMatch]
    assert LedgerEntry.objects.count() == 1
    assert Order.objects.filter(state="paid").count() == 1


def test_the_same_statement_handed_in_by_two_at_once_counts_once(orders, account, loan, now):
    rows = sheet(*[(DINNER_PRICE, order.code, f"FT{n}") for n, order in enumerate(orders)])
    assert refused(together(*[lambda: bring(account, loan, rows, now)] * 2)) == []
    assert LedgerEntry.objects.count() == BankLine.objects.count() == PEOPLE
    assert {order.lines.get().registration.state for order in Order.objects.all()} == {State.CONFIRMED}
