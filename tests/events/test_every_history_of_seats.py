"""Any order of registering, waiting, offering, taking, leaving, deciding, paying (in time, late, never), changing and
setting aside, with days on which the event is called off, gives exactly the seats that a plain model on paper gives.

The model shares no code with the product: lists, a clock in hours, and counting.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from events import tick
from events.eligibility import Refused
from events.models import Delegation, Order, Quota, Registration, TicketType
from events.models.registration import CannotCorrect, Lapsed
from events.payments import settling

from .conftest import make_event, somebody

# c needs approval, p has a price; free is not counted.
QUOTAS_OF = {"a": ["hall"], "b": ["hall", "vip"], "c": ["vip"], "p": ["hall"], "free": []}
KINDS = st.sampled_from(sorted(QUOTAS_OF))
HELD = ("pending", "unpaid", "offered")


@dataclass
class Somebody:
    number: int
    kind: str
    state: str
    until: object = None
    group: int | None = None
    order: int = 0
    asked: bool = False  # was ever asked for money
    late: bool = False  # has paid and has no seat


@dataclass
class Group:
    kind: str
    size: int
    until: object


@dataclass
class Paper:
    """The hall as somebody with a pencil would keep it."""

    now: object
    sizes: dict[str, int] = field(default_factory=lambda: {"hall": 4, "vip": 2})
    people: list[Somebody] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def has_seat(self, one: Somebody) -> bool:
        return one.state == "confirmed" or (one.state in HELD and one.until > self.now)

    def aside(self, group: int | None) -> bool:
        return group is not None and self.groups[group].until > self.now

    def left(self) -> dict[str, int]:
        left = dict(self.sizes)
        for quota in left:
            for one in self.people:
                if quota in QUOTAS_OF[one.kind] and self.has_seat(one) and not self.aside(one.group):
                    left[quota] -= 1
            for number, group in enumerate(self.groups):
                if quota in QUOTAS_OF[group.kind] and self.aside(number):
                    left[quota] -= group.size
        return left

    def line(self) -> list[Somebody]:
        return sorted((one for one in self.people if one.state == "waitlisted"), key=lambda one: one.order)

    def next_in_line(self) -> list[Somebody]:
        left, seated = self.left(), []
        for one in self.line():
            if all(left[quota] > 0 for quota in QUOTAS_OF[one.kind]):
                seated.append(one)
                for quota in QUOTAS_OF[one.kind]:
                    left[quota] -= 1
        return seated

    def room_for(self, kind: str, number: int = 1, *, newcomer: bool = True, had: str = "free") -> str:
        """ "" or why not. `had`: as what the person has a seat already."""
        left = self.left()
        needed = set(QUOTAS_OF[kind]) - set(QUOTAS_OF[had])
        if any(left[quota] < number for quota in needed):
            return "full"
        if newcomer:
            for one in self.next_in_line():
                for quota in QUOTAS_OF[one.kind]:
                    left[quota] -= 1
        return "held_for_waiting_list" if any(left[quota] < number for quota in needed) else ""


def attempt(act: Callable):
    """What it gave, and why not."""
    try:
        return act(), ""
    except Refused as refused:
        return None, refused.verdict.reason


class Seats(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()
        self.now = timezone.now()
        self.event = make_event(
            self.now,
            slug="lich-su",
            payment_note_vi="Nộp tại bàn.",
            payment_hours=20,
            starts_at=self.now + timedelta(days=400),
            ends_at=self.now + timedelta(days=401),
            registration_closes_at=self.now + timedelta(days=399),
        )
        self.kinds = {
            key: TicketType.objects.create(
                event=self.event,
                name_vi=key,
                needs_approval=key == "c",
                approval_days=1,
                position=n,
                price=(key == "p") * 7,
            )
            for n, key in enumerate(QUOTAS_OF)
        }
        self.paper = Paper(self.now)
        for name, size in self.paper.sizes.items():
            quota = Quota.objects.create(event=self.event, name=name, size=size)
            quota.ticket_types.set([kind for key, kind in self.kinds.items() if name in QUOTAS_OF[key]])
        self.rows: list[int] = []
        self.named: list[int] = []
        self.number = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.sandbox.__exit__(None, None, None)

    # ------------------------------------------------------------ helpers
    def row(self, one: Somebody) -> Registration:
        return Registration.objects.select_related("event", "ticket_type").get(pk=self.rows[one.number])

    def fresh_event(self):
        return type(self.event).objects.get(pk=self.event.pk)

    def pick(self, share: int, *states: str) -> Somebody | None:
        people = [one for one in self.paper.people if one.state in states]
        return people[share % len(people)] if people else None

    def born(self, kind: str, state: str, group: int | None = None, row: Registration | None = None) -> None:
        assert row is not None
        assert row.state == state
        self.rows.append(row.pk)
        self.paper.people.append(Somebody(self.number, kind, state, row.hold_until, group, self.number))
        self.number += 1

    def decided(self, one: Somebody) -> None:
        """Nobody's word is missing any more: perhaps the money is."""
        one.state = "unpaid" if one.kind == "p" else "confirmed"
        one.asked |= one.kind == "p"
        one.until = self.row(one).hold_until

    # ------------------------------------------------------------ what people do
    @rule(kind=KINDS, wait=st.booleans())
    def register(self, kind, wait):
        why_not = self.paper.room_for(kind)
        person, at = somebody(self.number), self.paper.now
        row, reason = attempt(lambda: self.event.register(self.kinds[kind], person, at=at, letters=False, wait=wait))
        assert reason == ("" if wait else why_not)
        if reason:
            return
        born = {"c": "pending", "p": "unpaid"}.get(kind, "confirmed")
        self.born(kind, "waitlisted" if why_not else born, row=row)
        self.paper.people[-1].asked = not why_not and kind == "p"

    @rule(share=st.integers(0, 50))
    def money_comes(self, share):
        """Also when the seat was given back long ago, and for who has left."""
        people = [one for one in self.paper.people if one.asked and not one.late and one.state != "confirmed"]
        if not people:
            return
        one, at = people[share % len(people)], self.paper.now
        held = one.state == "unpaid" and one.until > at
        seated = one.state in ("unpaid", "expired") and (held or not self.paper.room_for(one.kind))
        order = Order.objects.filter(lines__registration=self.rows[one.number]).latest("pk")
        if order.total == 0:
            return  # was given a free kind of ticket, and then left
        order.receive(order.total, reference=f"PT{order.pk}", at=at, by=None)
        one.state, one.late = "confirmed" if seated else one.state, not seated

    @rule(share=st.integers(0, 50))
    def the_organiser_looks_for_a_seat(self, share):
        people = [one for one in self.paper.people if one.late and one.state == "expired"]
        if people:
            one = people[share % len(people)]
            seated = not self.paper.room_for(one.kind)
            order = Order.objects.filter(lines__registration=self.rows[one.number]).latest("pk")
            assert settling.admit(order, at=self.paper.now, by=None) == (not seated)
            one.state, one.late = "confirmed" if seated else one.state, not seated

    @rule(share=st.integers(0, 50))
    def leave(self, share):
        if one := self.pick(share, "confirmed", "pending", "unpaid", "offered", "waitlisted"):
            assert self.row(one).cancel(at=self.paper.now)
            one.state = "cancelled"

    @rule(share=st.integers(0, 50))
    def take_the_offer(self, share):
        if one := self.pick(share, "offered"):
            try:
                self.row(one).accept(at=self.paper.now)
            except Lapsed:
                assert one.until <= self.paper.now
                return
            assert one.until > self.paper.now
            # A delegate was approved by whoever named them; somebody from the line was not.
            if one.kind == "c" and one.group is None:
                one.state, one.until = "pending", self.row(one).hold_until
            else:
                self.decided(one)

    @rule(share=st.integers(0, 50))
    def approve(self, share):
        if one := self.pick(share, "pending"):
            gone = one.until <= self.paper.now
            why_not = self.paper.room_for(one.kind) if gone else ""
            done, reason = attempt(lambda: self.row(one).approve(at=self.paper.now, by=None))
            assert reason == why_not
            if done:
                self.decided(one)

    @rule(share=st.integers(0, 50))
    def reject(self, share):
        if one := self.pick(share, "pending"):
            assert self.row(one).reject(at=self.paper.now, by=None, reason="đủ người")
            one.state = "rejected"

    @rule(share=st.integers(0, 50))
    def hand_over(self, share):
        if one := self.pick(share, "confirmed", "offered"):
            with suppress(Refused, CannotCorrect):  # the new person may have a ticket: then nothing changes
                self.row(one).hand_over(somebody(1000 + self.number + len(self.paper.people)), at=self.paper.now)

    @rule(share=st.integers(0, 50), kind=KINDS)
    def change_the_ticket(self, share, kind):
        one = self.pick(share, "confirmed", "pending", "unpaid", "offered", "waitlisted")
        if one is None or one.kind == kind:
            return
        row, at = self.row(one), self.paper.now
        if one.group is not None:
            with pytest.raises(CannotCorrect):
                row.change_ticket_type(self.kinds[kind], at=at, by=None)
            return
        why_not = "" if one.state == "waitlisted" else self.paper.room_for(kind, had=one.kind)
        done, reason = attempt(lambda: row.change_ticket_type(self.kinds[kind], at=at, by=None))
        assert reason == why_not
        if done:
            one.kind = kind
            free_now = one.state == "unpaid" and kind != "p"
            if free_now and (one.until > at or not self.paper.room_for(kind, had=kind)):
                one.state = "confirmed"

    @rule()
    def minute(self):
        """What `tick` does."""
        offered = self.paper.next_in_line()
        assert self.fresh_event().offer_free_seats(self.paper.now) == len(offered)
        for one in offered:
            one.state, one.until = "offered", self.row(one).hold_until
            assert one.until > self.paper.now

    @rule()
    def tidy(self):
        for one in self.paper.people:
            lapsed = one.state in HELD and one.until <= self.paper.now
            assert self.row(one).expire(at=self.paper.now) == lapsed
            if lapsed:
                one.state = "expired"

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours):
        self.paper.now += timedelta(hours=hours)

    @rule(quota=st.sampled_from(["hall", "vip"]), size=st.integers(1, 6))
    def change_a_quota(self, quota, size):
        self.paper.sizes[quota] = size
        row = Quota.objects.get(event=self.event, name=quota)
        row.size = size
        row.save()
        row.settle(self.paper.now)

    @rule(kind=st.sampled_from(["a", "b", "c"]), size=st.integers(1, 3), hours=st.integers(1, 100))
    @precondition(lambda self: len(self.paper.groups) < 3)
    def set_aside(self, kind, size, hours):
        until = self.paper.now + timedelta(hours=hours)
        room = self.paper.room_for(kind, size, newcomer=False)
        group, reason = attempt(
            lambda: Delegation.objects.set_aside(
                self.event,
                self.kinds[kind],
                name="Đoàn",
                size=size,
                release_at=until,
                coordinator_name="Lan",
                coordinator_email="lan@mau.example",
                at=self.paper.now,
                letters=False,
            )
        )
        assert reason == room
        if reason:
            return
        self.named.append(group.pk)
        self.paper.groups.append(Group(kind, size, until))

    @rule(share=st.integers(0, 10))
    @precondition(lambda self: self.paper.groups)
    def name_a_delegate(self, share):
        number = share % len(self.paper.groups)
        group = self.paper.groups[number]
        used = sum(one.group == number and self.paper.has_seat(one) for one in self.paper.people)
        why_not = "released" if group.until <= self.paper.now else "allotment_full" if used >= group.size else ""
        row = Delegation.objects.get(pk=self.named[number])
        registration, reason = attempt(
            lambda: self.event.register(
                self.kinds[group.kind],
                somebody(self.number),
                at=self.paper.now,
                letters=False,
                source="delegation",
                delegation=row,
                offer_until=group.until,
            )
        )
        assert reason == why_not
        if reason:
            return
        self.born(group.kind, "offered", number, registration)

    @rule(share=st.integers(0, 50))
    @precondition(lambda self: self.paper.groups)
    def take_off_the_list(self, share):
        named = [one for one in self.paper.people if one.group is not None and one.state in ("confirmed", "offered")]
        if not named:
            return
        one = named[share % len(named)]
        desk = Delegation.objects.get(pk=self.named[one.group])
        done, reason = attempt(lambda: desk.take_off(self.row(one), at=self.paper.now))
        assert reason == ("" if self.paper.aside(one.group) else "released")
        if done:
            one.state = "cancelled"

    @rule(share=st.integers(0, 50), hours=st.integers(1, 60))
    def called_off_for_a_while(self, share, hours):
        """Nobody gains or loses a seat; whoever had time to answer has as much of it afterwards."""
        since = self.paper.now
        self.fresh_event().call_off(at=since, letters=False)
        self.paper.now += timedelta(hours=hours)
        event, at = self.fresh_event(), self.paper.now
        verbs = [lambda: event.register(self.kinds["free"], somebody(self.number), at=at, letters=False)]
        if one := self.pick(share, "offered"):
            verbs.append(lambda: self.row(one).accept(at=at))
        if other := self.pick(share, "pending"):
            verbs.append(lambda: self.row(other).approve(at=at, by=None))
        if seated := self.pick(share, "confirmed"):
            kind = "b" if seated.kind == "a" else "a"
            if seated.group is None:
                verbs.append(
                    lambda: self.row(seated).change_ticket_type(event.ticket_types.get(name_vi=kind), at=at, by=None)
                )
        assert [attempt(verb)[1] for verb in verbs] == ["called_off"] * len(verbs)
        assert (event.offer_free_seats(at), tick.tidy_lapsed_holds(at)) == (0, 0)
        event.take_place({}, at=at, letters=False)
        for one in [*self.paper.people, *self.paper.groups]:
            if one.until and one.until > since and getattr(one, "state", "offered") in HELD:
                one.until += timedelta(hours=hours)

    @rule(share=st.integers(0, 10), size=st.integers(1, 4), hours=st.integers(1, 60))
    @precondition(lambda self: self.paper.groups)
    def resize_a_delegation(self, share, size, hours):
        number = share % len(self.paper.groups)
        group, until = self.paper.groups[number], self.paper.now + timedelta(hours=hours)
        used = sum(one.group == number and self.paper.has_seat(one) for one in self.paper.people)
        more = size - (group.size if self.paper.aside(number) else used)
        why_not = "allotment_used" if size < used else ""
        if not why_not and more > 0:
            why_not = self.paper.room_for(group.kind, more)
        row, at = Delegation.objects.get(pk=self.named[number]), self.paper.now
        _, reason = attempt(lambda: row.resize(size=size, release_at=until, at=at))
        assert reason == why_not
        if reason:
            return
        group.size, group.until = size, until
        for one in self.paper.people:
            if one.group == number and one.state == "offered" and one.until > self.paper.now:
                one.until = until

    # ------------------------------------------------------------ what must hold after each
    @invariant()
    def the_database_says_what_the_paper_says(self):
        states = dict(Registration.objects.filter(event=self.event).values_list("pk", "state"))
        assert [states[pk] for pk in self.rows] == [one.state for one in self.paper.people]
        left = {quota.name: quota.left for quota in Quota.objects.filter(event=self.event).with_taken(self.paper.now)}
        assert left == self.paper.left()
        if line := self.paper.line():
            last = line[-1]
            shared = set(QUOTAS_OF[last.kind])
            rivals = [one for one in line if one.kind == last.kind or set(QUOTAS_OF[one.kind]) & shared]
            assert self.row(last).place_in_line() == len(rivals)


def play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Seats,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.target],
        ),
    )


@pytest.mark.django_db
def test_every_short_history_gives_the_seats_of_the_paper():
    play(examples=25, steps=30)


@pytest.mark.long
@pytest.mark.django_db
def test_many_long_histories_too():
    play(examples=150, steps=50)


@pytest.mark.django_db
def test_control_without_the_line_a_newcomer_jumps_it_and_the_paper_notices(monkeypatch):
    from events import waiting

    monkeypatch.setattr(waiting, "leaves_seats", lambda *args, **kwargs: True)
    history = Seats()
    try:
        for _ in range(4):
            history.register(kind="a", wait=False)
        history.register(kind="a", wait=True)
        history.leave(share=0)
        with pytest.raises(AssertionError):
            history.register(kind="a", wait=False)
    finally:
        history.teardown()
