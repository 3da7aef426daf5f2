"""The process dies at any statement of a verb: nothing of it is left, and said again it does all of it, once."""

import uuid
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction

from events import registering
from events.models import BankLine, Order, Quota, Registration, TicketType
from home.audit import broken_rules
from letters.models import Letter

from .conftest import somebody

pytestmark = pytest.mark.django_db

APPS = {"events", "letters", "people", "django_tasks_database"}


class Died(OperationalError):
    """What the caller would meet, were there still one."""


@contextmanager
def dying_at(number: int):
    """The statement with this number is never carried out. Says afterwards whether it came to that."""
    told = {"statements": 0}

    def count(execute, sql, params, many, context):
        told["statements"] += 1
        if told["statements"] == number:
            raise Died(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield told


def books() -> dict[str, list[dict]]:
    """Every row of the apps that a verb writes to."""
    models = [model for model in apps.get_models() if model._meta.app_label in APPS]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def gala(event) -> TicketType:
    kind = TicketType.objects.create(event=event, name_vi="Dự tiệc")
    table = Quota.objects.create(event=event, name="Tiệc", size=5)
    table.ticket_types.set([kind])
    return kind


@pytest.fixture
def verbs(event, delegate, student, gala, account, register, now) -> dict[str, Callable]:
    mine, other, offered = register(1), register(2), register(3, ticket_type=student)
    event.register(student, somebody(4), at=now)
    waiting = event.register(student, somebody(5), at=now, wait=True)
    offered.cancel(at=now)
    assert event.offer_free_seats(now) == 1

    def fresh(one: Registration) -> Registration:
        return Registration.objects.select_related("event", "ticket_type").get(pk=one.pk)

    dinner = TicketType.objects.create(event=event, name_vi="Tiệc có giá", price=500_000)
    order = Order.objects.open_for(event.register(dinner, somebody(9), at=now))
    assert order is not None
    said = {"account": account, "text": order.code, "amount": order.total, "reference": "FT1", "day": now.date()}
    line = BankLine.objects.create(occurred_at=now, created_at=now, source="notifier", **said)

    def transfer() -> BankLine:
        return BankLine.objects.select_related("account").get(pk=line.pk)

    key = uuid.uuid4()
    return {
        "register": lambda: event.register(delegate, somebody(6), at=now, form_key=key, consent_version="x"),
        "wait": lambda: event.register(student, somebody(7), at=now, wait=True, consent_version="x"),
        "accept": lambda: fresh(waiting).accept(at=now, consent_version="x"),
        "cancel": lambda: fresh(mine).cancel(at=now),
        "change_type": lambda: fresh(mine).change_ticket_type(gala, at=now, by=None),
        "hand_over": lambda: fresh(other).hand_over(somebody(8), at=now, consent_version="x"),
        "match_transfer": lambda: transfer().match(at=now),
    }


@pytest.mark.parametrize("name", ["register", "wait", "accept", "cancel", "change_type", "hand_over", "match_transfer"])
def test_a_verb_that_dies_anywhere_leaves_nothing_behind(verbs, name):
    before, died_at, more = books(), [], True
    while more:
        with dying_at(len(died_at) + 1) as told:
            try:
                verbs[name]()
                more = False
            except Died as died:
                died_at.append(str(died))
        if more:
            assert books() == before, died_at[-1]
    assert sum(sql.startswith(("INSERT", "UPDATE")) for sql in died_at) >= 2, died_at
    assert told["statements"] == len(died_at)
    assert books() != before
    assert broken_rules() == []


@pytest.mark.unbalanced
def test_control_without_a_transaction_half_a_registration_stays(event, delegate, now, monkeypatch):
    monkeypatch.setattr(registering, "quick", nullcontext)
    before, left = books(), 0
    for number in range(1, 60):
        try:
            with dying_at(number):
                event.register(delegate, somebody(number), at=now, consent_version="x")
        except Died:
            transaction.set_rollback(False)  # the test's own goes on, as if each statement had been committed
            left += books() != before
            before = books()
        else:
            break
    assert left > 0
    assert broken_rules() != []


# ---------------------------------------------------------------- guards against twice, and their controls


def told_twice(event, register, now) -> int:
    """The task that writes the letters about a change dies after its first batch was lost, and begins again."""
    guest = register(1)
    change = event.postpone(at=now + timedelta(seconds=1), notice_vi="Vì bão.", notice_en="A storm.")
    for _ in range(2):
        change.write_letters(now + timedelta(seconds=2))
        type(change).objects.update(finished_at=None, last=0)
    change.write_letters(now + timedelta(seconds=2))
    return Letter.objects.about(guest).filter(kind="event_changed").count()


def test_a_letter_with_one_cause_is_one_letter(event, register, now):
    assert told_twice(event, register, now) == 1


def test_control_without_the_cause_in_its_key_it_is_written_again_and_again(event, register, now, monkeypatch):
    monkeypatch.setattr("letters.models.uuid.uuid5", lambda *_cause: uuid.uuid4())
    assert told_twice(event, register, now) == 3


def pressed_twice(event, delegate, now) -> set[int]:
    key = uuid.uuid4()
    # A secretary's mailbox: nothing but the key of the form tells a second press from a second person.
    contact = event.register(delegate, somebody(1), at=now)
    people = [somebody(2, full_name=name, email=contact.email) for name in ("Lê Văn Hai", "Lê Văn  Hải")]
    return {
        event.register(delegate, person, at=now, form_key=key, contact=contact).pk
        for person in people  # the name was mended before the second press
    }


def test_a_form_that_is_sent_twice_is_one_seat(event, delegate, now):
    assert len(pressed_twice(event, delegate, now)) == 1


def test_control_without_the_key_of_the_form_it_is_two(event, delegate, now, monkeypatch):
    monkeypatch.setattr(registering, "_with_key", lambda _key: None)
    real = registering.Registration

    def forgetful(**fields):
        return real(**fields | {"form_key": uuid.uuid4()})

    forgetful.objects = real.objects
    monkeypatch.setattr(registering, "Registration", forgetful)
    assert len(pressed_twice(event, delegate, now)) == 2
