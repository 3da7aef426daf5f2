"""Three hundred people, a hundred seats, forty at once."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from django.core.checks import registry
from django.db import connection, connections, transaction
from django.db.models.query import QuerySet
from django.utils import timezone
from psycopg import IsolationLevel

from events import registering, seats
from events.checks import seats_can_be_counted
from events.eligibility import Busy, Refused
from events.models import Quota, Registration, TicketType

from .conftest import make_event, somebody

SEATS, PEOPLE, THREADS = 100, 300, 40


@pytest.fixture
def opening():
    """An event whose two kinds of ticket share a hall; students have a smaller quota of their own."""
    event = make_event(timezone.now())
    delegate = TicketType.objects.create(event=event, name_vi="Đại biểu")
    student = TicketType.objects.create(event=event, name_vi="Sinh viên")
    hall = Quota.objects.create(event=event, name="Hội trường", size=SEATS)
    hall.ticket_types.add(delegate, student)
    Quota.objects.create(event=event, name="Sinh viên", size=40).ticket_types.add(student)
    return event, delegate, student


@pytest.fixture
def slow_hands(monkeypatch):
    """A pause between counting and writing: without a lock everybody sees the same free seat.

    Long beside what a busy machine keeps a thread waiting, or the control would not always oversell.
    """
    born = registering._born

    def slowly(*arguments, **terms):
        time.sleep(0.02)
        return born(*arguments, **terms)

    monkeypatch.setattr(registering, "_born", slowly)


def storm(event, kinds, people=PEOPLE, threads=THREADS) -> Counter:
    """Everybody at once. Answers are counted: confirmed, a reason, or busy."""
    waiting = list(enumerate(kinds[n % len(kinds)] for n in range(people)))
    answers, start, pick = Counter(), threading.Barrier(threads), threading.Lock()

    def buyer():
        try:
            start.wait()
            while True:
                with pick:
                    if not waiting:
                        return
                    number, kind = waiting.pop()
                while True:
                    try:
                        outcome = event.register(kind, somebody(number), at=timezone.now(), letters=False).state
                    except Refused as refused:
                        outcome = refused.verdict.reason
                    except Busy:
                        continue
                    break
                with pick:
                    answers[outcome] += 1
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=buyer) for _ in range(threads)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return answers


def sold(quota: str) -> int:
    return Quota.objects.with_taken(timezone.now()).get(name=quota).taken


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_hundred_seats_are_given_to_exactly_a_hundred_people(opening, slow_hands):
    event, delegate, student = opening
    answers = storm(event, [delegate, student])
    assert answers == {"confirmed": SEATS, "full": PEOPLE - SEATS}
    assert sold("Hội trường") == SEATS
    assert sold("Sinh viên") <= 40


@pytest.mark.postgres
@pytest.mark.unbalanced
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_same_storm_oversells(opening, slow_hands, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **kwargs: self.all())
    event, delegate, student = opening
    storm(event, [delegate, student])
    assert sold("Hội trường") > SEATS


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_address_pressed_forty_times_at_once_gets_one_seat(opening):
    event, delegate, _student = opening
    start, tickets = threading.Barrier(THREADS), []

    def press():
        try:
            start.wait()
            tickets.append(event.register(delegate, somebody(1), at=timezone.now(), letters=False).pk)
        except Refused as refused:
            tickets.append(refused.verdict.reason)
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=press) for _ in range(THREADS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert Registration.objects.count() == 1
    assert Counter(tickets)["already_registered"] == THREADS - 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_gates_let_each_person_in_once(opening, django_user_model):
    event, delegate, _student = opening
    people = [event.register(delegate, somebody(n), at=timezone.now(), letters=False) for n in range(20)]
    start, answers = threading.Barrier(8), Counter()

    def one_gate(name):
        try:
            start.wait()
            for registration in people:
                answers[registration.check_in(by=None, at=timezone.now(), gate=name).result.value] += 1
        finally:
            connections.close_all()

    gates = [threading.Thread(target=one_gate, args=(str(n),)) for n in range(8)]
    for one in gates:
        one.start()
    for one in gates:
        one.join()
    assert answers == {"accepted": 20, "already": 140}
    assert event.number_inside() == 20


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_the_lock_is_told_to_press_again(opening, monkeypatch, client, site_tree, answers_for):
    event, delegate, _student = opening
    monkeypatch.setattr(seats, "LOCK_TIMEOUT", "100ms")
    held, done = threading.Event(), threading.Event()

    def hold():
        from django.db import transaction

        with transaction.atomic():
            list(Quota.objects.order_by("pk").select_for_update())
            held.set()
            done.wait(10)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    try:
        with pytest.raises(Busy):
            event.register(delegate, somebody(1), at=timezone.now(), letters=False)
        page = client.post(f"/dien-dan/{event.slug}/dang-ky/", answers_for(delegate))
    finally:
        done.set()
        holder.join()
    assert page.status_code == 503
    assert page.headers["Retry-After"]
    assert "Nguyễn Hoàng Thùy Dương" in page.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize("name", ["sells_exactly", "control_oversells"])
def test_the_same_holds_on_sqlite_where_the_database_is_a_file(name, tmp_path):
    """Threads need a file, which the suite's own database in memory is not: a run of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"TEST_DATABASE_NAME": str(tmp_path / "test.sqlite3"), "SQLITE_FILE": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        __file__,
        "-k",
        f"on_sqlite_{name}",
    ]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout[-3000:]
    assert "1 passed" in run.stdout, run.stdout[-3000:]


if os.environ.get("SQLITE_FILE"):

    @pytest.mark.django_db(transaction=True)
    def test_on_sqlite_sells_exactly(opening, slow_hands):
        event, delegate, student = opening
        assert storm(event, [delegate, student], people=130, threads=8) == {"confirmed": SEATS, "full": 30}
        assert sold("Hội trường") == SEATS

    @pytest.mark.unbalanced
    @pytest.mark.django_db(transaction=True)
    def test_on_sqlite_control_oversells(opening, slow_hands, monkeypatch):
        """Row locks do nothing on SQLite; the transaction is the lock. Without it the storm oversells."""
        monkeypatch.setattr(seats.transaction, "atomic", contextlib.nullcontext)
        event, delegate, student = opening
        storm(event, [delegate, student], people=130, threads=8)
        assert sold("Hội trường") > SEATS


def test_a_database_at_which_the_lock_would_not_help_is_refused():
    assert seats_can_be_counted() == []
    for engine, options in (
        ("django.db.backends.postgresql", {}),
        ("django.db.backends.postgresql", {"isolation_level": IsolationLevel.REPEATABLE_READ}),
        ("django.db.backends.sqlite3", {}),
        ("django.db.backends.sqlite3", {"transaction_mode": "DEFERRED"}),
    ):
        (error,) = seats_can_be_counted(configured={"default": {"ENGINE": engine, "OPTIONS": options}})
        assert error.id == "events.E001"
    assert seats_can_be_counted in registry.registry.registered_checks, "`manage.py check` asks"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_server_set_to_another_isolation_does_not_matter():
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION default_transaction_isolation = 'repeatable read'")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            assert cursor.fetchone() == ("read committed",)
    finally:
        connection.close()


@pytest.mark.postgres
@pytest.mark.django_db
def test_quotas_are_locked_in_the_order_of_their_keys_and_counted_afterwards(opening, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    event, _delegate, student = opening
    with CaptureQueriesContext(connection) as captured:
        event.register(student, somebody(1), at=timezone.now(), letters=False)
    statements = [query["sql"] for query in captured.captured_queries]
    [lock] = [n for n, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql]
    assert 'ORDER BY "events_quota"."id" ASC' in statements[lock]
    assert 'OF "events_quota"' in statements[lock]
    assert any("SET LOCAL lock_timeout" in sql for sql in statements[:lock])
    assert "COUNT" in statements[lock + 1]
    assert "INSERT" in statements[lock + 2]
