"""Hundreds pay at once for fewer seats, some get money back, some banks object, while processes die, answers are lost,
and messages come twice, shuffled or never.

When the clock has gone round, every payment is a paid order, a confirmation and its seats, once, and every refund and
dispute stands in the books, once; also after a backup from before the storm was restored.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench.client import Client, Form
from events import tick
from events.models import Confirmation, LedgerEntry, Order, OrderLine, Payment, Quota, Registration, State, TicketType
from letters.models import Letter
from tests.fake_stripe import FakeStripe
from tests.running_site import page_of

from .conftest import make_event

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SECRET = "whsec_storm"
PRICE = 500_000


@pytest.fixture
def bank(settings):
    fake = FakeStripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRETS = "sk_test_storm", [SECRET]
    settings.STRIPE_API_URL = fake.url
    yield fake
    fake.stop()


@pytest.fixture
def gala(site_tree, bank) -> TicketType:
    event = make_event(timezone.now(), transfer_prefix="DDKN7", waiting_list=False)
    kind = TicketType.objects.create(event=event, name_vi="Tiệc tối", price=PRICE)
    Quota.objects.create(event=event, name="Tiệc", size=1).ticket_types.add(kind)
    return kind


class Backup:
    """The whole database as it is now, and back to it."""

    def __init__(self):
        self.name = connection.settings_dict["NAME"]
        self.copy = f"{self.name}_backup"
        self.make(self.copy, self.name)

    def make(self, to: str, of: str) -> None:
        connections.close_all()
        server = {key: connection.settings_dict[key.upper()] for key in ("host", "port", "user", "password")}
        with psycopg.connect(dbname="postgres", autocommit=True, **{k: v for k, v in server.items() if v}) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
            admin.execute(f'CREATE DATABASE "{to}" TEMPLATE "{of}"')

    def restore(self) -> None:
        self.make(self.name, self.copy)


class Storm:
    def __init__(self, site, bank: FakeStripe, kind: TicketType, seed: int = 4):
        self.site, self.bank, self.kind = site, bank, kind
        self.dice, self.lock = random.Random(seed), threading.Lock()
        self.left, self.number = 0, 0
        self.paid: dict[str, int] = {}  # session -> people
        self.turned_away = 0
        self.wrong: list = []
        self.kills = 0
        self.over = threading.Event()

    def chance(self, share: float) -> bool:
        with self.lock:
            return self.dice.random() < share

    def ask(self, client: Client, method: str, path: str, data: dict | None = None):
        """A person whose line is cut, or who is told to wait, presses again."""
        for _try in range(60):
            try:
                status, headers, body = client.post(path, data or {}) if method == "POST" else client.get(path)
            except (OSError, http.client.HTTPException):
                client.connection.close()
                time.sleep(0.2)
                continue
            if status == 503:
                time.sleep(0.2)
                continue
            if status >= 500:
                self.wrong.append((status, path, page_of(body)[:300]))
            return status, headers, page_of(body)
        raise TimeoutError(path)

    def filled(self, page: str, email: str, number: int) -> dict:
        return (Form(page, "form_key").found or {}) | {
            "ticket_type": str(self.kind.pk),
            "full_name": f"Khách Trả Tiền {number}",
            "email": email,
            "organisation": "Đơn vị thử",
            "consent": "on",
        }

    def payer(self) -> None:
        while True:
            with self.lock:
                if self.left <= 0:
                    return
                self.left -= 1
                self.number += 1
                number, group = self.number, self.dice.random() < 0.25
            client = Client(self.site.port)
            try:
                self.pay(client, number, group)
            except Exception as error:
                self.wrong.append(error)
            client.connection.close()

    def pay(self, client: Client, number: int, group: bool) -> None:
        form = f"/dien-dan/{self.kind.event.slug}/dang-ky/"
        email = f"tra{number}@mau.example"
        _status, _headers, page = self.ask(client, "GET", form)
        if "form_key" not in page:
            self.leave_without_a_seat(page)
            return
        time.sleep(1.05)  # nobody fills a form in faster
        status, headers, page = self.ask(client, "POST", form, self.filled(page, email, number))
        if status != 302:
            self.leave_without_a_seat(page)
            return
        mine = headers["Location"]
        if group:
            _status, _headers, page = self.ask(client, "GET", f"{mine}them-nguoi/")
            time.sleep(1.05)
            self.ask(client, "POST", f"{mine}them-nguoi/", self.filled(page, email, 10_000 + number))
        _status, headers, _page = self.ask(client, "GET", f"{mine}thanh-toan/")
        order = headers["Location"]
        if group:
            _status, _headers, page = self.ask(client, "GET", order)
            if person := re.search(r'name="person" value="(\w+)"', page):
                self.ask(client, "POST", f"{order}cung-tra/", {"person": person[1]})
                _status, headers, _page = self.ask(client, "GET", f"{mine}thanh-toan/")
                order = headers["Location"]
        for _press in range(20):
            _status, headers, _page = self.ask(client, "POST", f"{order}the/")
            address = headers.get("Location", "")
            if address.startswith(self.bank.url):
                break
            time.sleep(0.2)
        else:
            self.wrong.append(("never taken to the bank", order))
            return
        session = urlsplit(address).path.rpartition("/")[2]
        if self.chance(0.1):
            return  # thinks better of it
        if self.bank.pay(session):
            people = sum(key.startswith("line") for key in self.bank.sessions[session]["metadata"])
            with self.lock:
                self.paid[session] = people
            self.think_better_of_it(session)
        if self.chance(0.5):
            self.ask(client, "GET", f"{order}da-tra/?s={session}")

    def leave_without_a_seat(self, page: str) -> None:
        with self.lock:
            self.turned_away += 1
        if "Hết chỗ" not in page:
            self.wrong.append(re.sub(r"\s+", " ", page)[:300])

    def think_better_of_it(self, session: str) -> None:
        """Money goes back in Stripe's dashboard, in part or in full; or the cardholder's bank objects."""
        paid = self.bank.sessions[session]
        if self.chance(0.1):
            self.bank.refund_in_dashboard(paid["payment_intent"], paid["amount_total"])
        elif self.chance(0.1):
            self.bank.refund_in_dashboard(paid["payment_intent"], 100_000)
        elif self.chance(0.1):
            self.bank.dispute(paid["payment_intent"])

    def messenger(self) -> None:
        """A third never comes, a third comes twice, and all of them in whatever order."""
        told = 0
        while not self.over.is_set():
            new, told = self.bank.events[told:], len(self.bank.events)
            new += [event for event in new if self.chance(0.3)]
            self.dice.shuffle(new)
            for event in new:
                if self.chance(0.3):
                    continue
                body, signature = FakeStripe.signed(event, SECRET)
                line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=10)
                with suppress(OSError, http.client.HTTPException):
                    line.request("POST", "/thong-bao/stripe/", body, {"Stripe-Signature": signature})
                    line.getresponse().read()
                line.close()
            time.sleep(0.2)

    def kill_the_asking(self) -> None:
        """Just after Stripe has made a session and before its number is written down."""
        if self.chance(0.2):
            self.kills += 1
            for child in psutil.Process(self.site.web.pid).children():
                with suppress(psutil.NoSuchProcess):
                    child.kill()

    def reaper(self) -> None:
        while not self.over.wait(2.0):
            if self.chance(0.6):
                self.kills += 1
                self.site.kill_somebody(self.dice)

    def rage(self, checkouts: int, people: int = 8) -> None:
        self.left = checkouts
        self.bank.on_create = self.kill_the_asking
        crowd = [threading.Thread(target=self.payer) for _ in range(people)]
        others = [threading.Thread(target=work) for work in (self.messenger, self.reaper)]
        for one in [*crowd, *others]:
            one.start()
        for one in crowd:
            one.join()
        self.over.set()
        for one in others:
            one.join()


def hold_the_books_up(raging: Storm) -> str:
    """Paid orders = payments = confirmations of payment; confirmed registrations = lines, each with its letter; what
    went back and what is disputed is what Stripe says.
    """
    paid, bank = raging.paid, raging.bank
    orders = Order.objects.filter(state=Order.State.PAID)
    assert orders.count() == len(paid)
    whole = sum(row["amount"] == bank.intents[row["payment_intent"]]["amount"] for row in bank.refunds.values())
    assert Payment.objects.filter(state=Payment.State.PAID).count() == len(paid) - whole
    assert Payment.objects.filter(state=Payment.State.REFUNDED).count() == whole
    kinds = Counter(LedgerEntry.objects.values_list("kind", flat=True))
    assert kinds == Counter({"in": len(paid), "refund": len(bank.refunds), "dispute": len(bank.disputes)})
    theirs = sum(charge["amount"] for charge in bank.charges.values())
    theirs -= sum(row["amount"] for row in (*bank.refunds.values(), *bank.disputes.values()))
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == theirs
    papers = Counter(Confirmation.objects.values_list("kind", flat=True))
    assert papers == Counter({"paid": len(paid), "cancelled": whole})
    told = Letter.objects.filter(kind="payment_received")
    assert sorted(told.values_list("about_id", flat=True)) == sorted(str(order.pk) for order in orders)
    assert Letter.objects.filter(kind="payment_refunded").count() == len(bank.refunds)
    people = sum(paid.values())
    assert Registration.objects.filter(state=State.CONFIRMED).count() == people
    assert OrderLine.objects.filter(state=OrderLine.State.CONFIRMED).count() == people
    assert Letter.objects.filter(kind="registration_confirmed").count() == people
    return (
        f"{len(paid)} paid orders = payments = confirmations, {people} confirmed registrations = lines = letters,"
        f" {len(bank.refunds)} refunds ({whole} whole), {len(bank.disputes)} disputes, {theirs} đồng on both sides"
    )


def storm(run_site, bank, kind, checkouts: int) -> None:
    Quota.objects.update(size=checkouts)  # a quarter comes in twos
    backup = Backup()
    raging = Storm(
        run_site(STRIPE_SECRET_KEY="sk_test_storm", STRIPE_WEBHOOK_SECRETS=SECRET, STRIPE_API_URL=bank.url),
        bank,
        kind,
    )
    raging.rage(checkouts)
    raging.site.stop()
    bank.on_create = None
    assert raging.wrong == []
    assert raging.kills > (checkouts - raging.turned_away) * 0.2
    later = timezone.now() + timedelta(minutes=6)
    tick.act_on_messages(later)
    tick.ask_stripe(later)
    print("storm:", hold_the_books_up(raging), f"{raging.turned_away} turned away, {raging.kills} kills")

    given = set(Confirmation.objects.values_list("year", "number"))
    backup.restore()
    assert not Registration.objects.exists()
    call_command("reconcile", since=(later - timedelta(hours=2)).isoformat())
    print("restored:", hold_the_books_up(raging))
    assert not given & set(Confirmation.objects.values_list("year", "number")), "two payers have one number"


def test_a_short_storm_of_payments_loses_none(run_site, bank, gala):
    storm(run_site, bank, gala, 16)


@pytest.mark.long
def test_two_hundred_checkouts_in_a_storm_lose_none(run_site, bank, gala):
    storm(run_site, bank, gala, 200)
