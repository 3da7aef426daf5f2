"""The day registration opens: real HTTP, real workers, people who press at once, processes that die.

Everybody who was told "you have a seat" has one, and a letter; nobody has two; everybody else got a clear page.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from bench.client import Client, Form
from events import tick
from events.eligibility import Busy
from events.models import Quota, Registration, RegistrationChange, State, TicketType
from events.models.registration import HANDED_OVER
from letters.models import CLAIM_LASTS, Letter
from tests.running_site import Site, page_of

from .conftest import make_event

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opening(site_tree):
    """Three kinds of ticket over two shared quotas; the third kind is decided by the organiser."""
    event = make_event(timezone.now())
    kinds = [
        TicketType.objects.create(event=event, name_vi="Đại biểu", position=1),
        TicketType.objects.create(event=event, name_vi="Đại biểu, dự tiệc", position=2),
        TicketType.objects.create(event=event, name_vi="Khách mời", position=3, needs_approval=True),
    ]
    for name, size, indexes in (("Hội trường", 60, (0, 1, 2)), ("Tiệc", 25, (1, 2)), ("Khách mời", 10, (2,))):
        quota = Quota.objects.create(event=event, name=name, size=size)
        quota.ticket_types.set([kinds[index] for index in indexes])
    return event, kinds


def filled_in(client: Client, event, kind, number: int) -> dict:
    status, _, body = client.get(f"/dien-dan/{event.slug}/dang-ky/")
    assert status == 200
    return Form(page_of(body), "form_key").found | {
        "ticket_type": str(kind.pk),
        "full_name": f"Đại biểu Mở Cửa {number}",
        "email": f"mocua{number}@mau.example",
        "organisation": "Đơn vị thử",
        "consent": "on",
    }


def fifty_for_ten(site: Site, event, kind) -> Counter:
    """Everybody has the form open and presses at one moment."""
    Quota.objects.filter(event=event, name="Hội trường").update(size=10)
    answers, start, lock = Counter(), threading.Barrier(50), threading.Lock()
    ready = []
    for number in range(50):
        client = Client(site.port)
        ready.append((client, filled_in(client, event, kind, number)))
        client.connection.close()
    time.sleep(1.1)  # nobody fills a form in faster than that

    def press(client, fields):
        start.wait()
        status, _, body = client.post(f"/dien-dan/{event.slug}/dang-ky/", fields)
        while status == 503:
            time.sleep(0.2)
            status, _, body = client.post(f"/dien-dan/{event.slug}/dang-ky/", fields)
        with lock:
            answers[status] += 1
            answers["clear"] += status == 409 and "Hết chỗ" in page_of(body) and fields["full_name"] in page_of(body)

    crowd = [threading.Thread(target=press, args=one) for one in ready]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return answers


def test_fifty_people_press_at_once_for_the_last_ten_seats(run_site, opening):
    event, kinds = opening
    answers = fifty_for_ten(run_site(), event, kinds[0])
    assert answers == {302: 10, 409: 40, "clear": 40}
    assert Registration.objects.filter(state=State.CONFIRMED).count() == 10


@pytest.mark.unbalanced
def test_control_without_the_lock_more_than_ten_get_one(run_site, opening):
    event, kinds = opening
    answers = fifty_for_ten(run_site(guarded=False, pause=1), event, kinds[0])
    assert answers[302] > 10


# What a storm is made of, besides tickets that change hands.
MIXED = {
    ("", State.CONFIRMED),
    ("", State.PENDING),
    ("", State.WAITLISTED),
    (State.PENDING, State.CONFIRMED),
    (State.PENDING, State.REJECTED),
    (State.WAITLISTED, State.OFFERED),
    (State.OFFERED, State.CONFIRMED),
    (State.OFFERED, State.EXPIRED),
    (State.CONFIRMED, State.CANCELLED),
}


class Storm:
    """A crowd that registers, waits, cancels, hands over and takes offers, for a while."""

    def __init__(self, site: Site, event, kinds, seed: int = 7):
        self.site, self.event, self.kinds = site, event, kinds
        self.dice = random.Random(seed)
        self.lock = threading.Lock()
        self.answers: Counter = Counter()
        self.decided: Counter = Counter()
        self.wrong: list = []
        self.told: dict[str, str] = {}  # form key -> the page of the ticket that was promised
        self.pages: list[str] = []
        self.number = 0
        self.over = threading.Event()

    def ask(self, client: Client, method: str, path: str, data: dict | None = None):
        """One request. A process that dies under it cuts the line: the person presses again."""
        while True:
            try:
                status, headers, body = client.post(path, data) if method == "POST" else client.get(path)
            except (OSError, http.client.HTTPException):
                client.connection.close()
                with self.lock:
                    self.answers["cut"] += 1
                time.sleep(0.1)
                continue
            with self.lock:
                self.answers[status] += 1
                if status >= 500 and status != 503:
                    self.wrong.append((status, path, page_of(body)[:500]))
            if status == 503:
                time.sleep(0.1)
                continue
            return status, headers, page_of(body)

    def register(self, client: Client) -> None:
        with self.lock:
            self.number += 1
            number, kind, wait = self.number, self.dice.choice(self.kinds), self.dice.random() < 0.5
        address = f"/dien-dan/{self.event.slug}/dang-ky/"
        status, _, page = self.ask(client, "GET", address)
        fields = (Form(page, "form_key").found or {}) | {
            "ticket_type": str(kind.pk),
            "full_name": f"Đại biểu Mở Cửa {number}",
            "email": f"mocua{number}@mau.example",
            "organisation": "Đơn vị thử",
            "consent": "on",
        }
        if wait:
            fields["wait"] = "1"
        time.sleep(1.05)
        status, headers, page = self.ask(client, "POST", address, fields)
        with self.lock:
            if status == 302:
                self.told[fields["form_key"]] = headers["Location"]
                self.pages.append(headers["Location"])
            elif status != 409 or fields["full_name"] not in page:
                self.wrong.append((status, address, re.sub(r"\s+", " ", page)[:500]))

    def answer(self, client: Client) -> None:
        """Whoever is offered a seat opens the link in the letter and presses its one button."""
        offered = Registration.objects.filter(state=State.OFFERED).order_by("?").first()
        if offered is not None:
            self.visit(client, offered.get_absolute_url())

    def visit(self, client: Client, path: str = "") -> None:
        """Open a ticket's page and do one of the things it offers."""
        with self.lock:
            if not self.pages:
                return
            path, choice = path or self.dice.choice(self.pages), self.dice.random()
        status, _, page = self.ask(client, "GET", path)
        if status != 200:
            return  # handed over: the address is dead
        if f"{path}nhan-cho/" in page and choice < 0.8:
            self.ask(client, "POST", f"{path}nhan-cho/", {})
        elif f"{path}nhuong-ve/" in page and choice < 0.3:
            with self.lock:
                self.number += 1
                number = self.number
            self.ask(client, "GET", f"{path}nhuong-ve/")
            self.ask(
                client,
                "POST",
                f"{path}nhuong-ve/",
                {
                    "full_name": f"Người Thay {number}",
                    "email": f"thay{number}@mau.example",
                    "organisation": "Đơn vị thử",
                    "consent": "on",
                },
            )
        elif f"{path}huy/" in page and choice > 0.6:
            self.ask(client, "GET", f"{path}huy/")
            self.ask(client, "POST", f"{path}huy/", {})

    def person(self) -> None:
        dice = random.Random(threading.get_ident())
        while not self.over.is_set():
            client = Client(self.site.port)
            act = dice.choices([self.register, self.visit, self.answer], [6, 3, 2])[0]
            try:
                act(client)
            except Exception as error:
                self.wrong.append(error)
            client.connection.close()
        connections.close_all()

    def organiser(self) -> None:
        """Approves, rejects and cancels in the back office, and lets time pass for offers that nobody answers."""
        dice = random.Random(1)
        client = self.site.logged_in(self.decider)
        while not self.over.is_set():
            undecided = Registration.objects.filter(state=State.PENDING).order_by("?").first()
            seated = Registration.objects.filter(state=State.CONFIRMED).order_by("?").first()
            if undecided is not None:
                self.decide(client, undecided, "duyet" if dice.random() < 0.6 else "tu-choi")
            if seated is not None and dice.random() < 0.3:
                self.decide(client, seated, "huy")
            unanswered = Registration.objects.filter(state=State.OFFERED).order_by("?").values("pk")[:1]
            if dice.random() < 0.3:
                soon = timezone.now() + timedelta(seconds=1)
                Registration.objects.filter(pk__in=list(unanswered.values_list("pk", flat=True))).update(
                    hold_until=soon
                )
            time.sleep(0.1)
        connections.close_all()

    def decide(self, client: Client, registration: Registration, what: str) -> None:
        address = f"/quan-tri/dang-ky-du/{registration.pk}/{what}/"
        status, headers, page = self.ask(client, "POST", address, {"reason": "Đã đủ đại biểu."})
        with self.lock:
            self.decided[what] += 1
            if status != 302 or "inspect" not in headers["Location"]:
                self.wrong.append((status, headers.get("Location"), page[:300]))

    def clock(self) -> None:
        while not self.over.is_set():
            with suppress(Busy):
                tick.tidy_lapsed_holds(timezone.now())
                tick.offer_free_seats(timezone.now())
            time.sleep(0.3)
        connections.close_all()

    def reaper(self) -> None:
        while not self.over.wait(1.5):
            self.site.kill_somebody(self.dice)

    def rage(self, seconds: float, decider, people: int = 12) -> None:
        self.decider = decider
        works = [self.person] * people + [self.organiser, self.clock, self.reaper]
        crowd = [threading.Thread(target=work) for work in works]
        for one in crowd:
            one.start()
        time.sleep(seconds)
        self.over.set()
        for one in crowd:
            one.join()


def storm(run_site, opening, ha, seconds: float, mailoutbox) -> None:
    event, kinds = opening
    raging = Storm(run_site(), event, kinds)
    raging.rage(seconds, ha)
    raging.site.stop()
    assert raging.wrong == []
    assert raging.answers[302] > seconds
    assert raging.decided, "the organiser's screens answered"
    assert raging.answers["cut"] > 0, "somebody was killed in the middle of an answer"

    if seconds >= 60:  # long enough for everything to have happened
        happened = set(RegistrationChange.objects.values_list("was", "became"))
        assert happened >= MIXED, MIXED - happened
        assert RegistrationChange.objects.filter(reason=HANDED_OVER).exists()

    # No seat too many, in none of three shared quotas, and none kept from who waits.
    now = timezone.now()
    tick.tidy_lapsed_holds(now)
    tick.offer_free_seats(now)
    taken = {quota.name: (quota.taken, quota.size) for quota in Quota.objects.with_taken(now)}
    assert all(number <= size for number, size in taken.values()), taken
    # Who still waits could not be seated: one of the quotas of that kind is full.
    full = {name for name, (number, size) in taken.items() if number >= size}
    for waiting in Registration.objects.waiting():
        assert full & set(waiting.ticket_type.quotas.values_list("name", flat=True)), taken

    # Whoever was told so is registered, once.
    rows = Counter(str(key) for key in Registration.objects.values_list("form_key", flat=True))
    assert all(rows[key] == 1 for key in raging.told)
    assert len(set(raging.told.values())) == len(raging.told)

    # Mail was down all the while. Now it is up, and every letter leaves, once, though delivery runs twice.
    later = now + CLAIM_LASTS + timedelta(minutes=1)
    from letters.tick import release_abandoned

    release_abandoned(later)
    Letter.objects.filter(state__in=["queued", "failed"]).update(state="queued", next_try_at=later)
    for letter in Letter.objects.order_by("pk"):
        letter.deliver(later)
        Letter.objects.get(pk=letter.pk).deliver(later)
    # A ticket that was handed over before its letter left is not sent to its former holder any more.
    assert set(Letter.objects.exclude(state="sent").values_list("error", flat=True)) <= {"outdated"}
    identities = Counter(message.extra_headers["Message-ID"] for message in mailoutbox)
    assert set(identities.values()) == {1}
    assert len(identities) == Letter.objects.filter(state="sent").count()
    for registration in Registration.objects.filter(state=State.CONFIRMED):
        tickets = Letter.objects.about(registration).filter(kind="registration_confirmed", to=registration.email)
        assert [letter.state for letter in tickets] == ["sent"]


def test_a_short_storm_with_processes_dying_loses_nothing(run_site, opening, ha, mailoutbox):
    storm(run_site, opening, ha, 10, mailoutbox)


@pytest.mark.long
def test_a_minute_of_storm_with_processes_dying_loses_nothing(run_site, opening, ha, mailoutbox):
    storm(run_site, opening, ha, 60, mailoutbox)
