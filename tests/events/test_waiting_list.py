"""When no seat is left: people wait in a line that they can see, are offered seats, and take or leave them."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from events import seats, tick, waiting
from events.eligibility import Refused
from events.models import Quota, Registration, State, TicketType
from events.models import registration as registrations
from events.models.registration import Lapsed
from letters.models import Letter
from letters.render import render

from .conftest import make_event, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(event, student, register):
    """Both seats for students are taken, by 1 and 2."""
    return [register(1, ticket_type=student), register(2, ticket_type=student)]


@pytest.fixture
def wait(event, student, now):
    def doing(number: int, *, kind=None, at=None):
        return event.register(kind or student, somebody(number), at=at or now, wait=True)

    return doing


def letters(registration) -> list[str]:
    return list(Letter.objects.about(registration).order_by("pk").values_list("kind", flat=True))


def test_a_person_waits_sees_the_place_is_offered_a_seat_and_takes_it(
    client, site_tree, event, student, full, answers_for, now
):
    address = f"/dien-dan/{event.slug}/dang-ky/"
    refused = client.post(address, answers_for(student))
    assert refused.status_code == 409
    assert "Nguyễn Hoàng Thùy Dương" in refused.text
    assert 'name="wait"' in refused.text
    assert not Registration.objects.filter(state=State.WAITLISTED).exists()

    answer = client.post(address, answers_for(student, wait="1"))
    mine = Registration.objects.get(state=State.WAITLISTED)
    assert answer.url == mine.get_absolute_url()
    page = client.get(answer.url)
    assert "Số 1 trong danh sách" in page.text
    assert letters(mine) == ["registration_waitlisted"]

    full[0].cancel(at=now)
    assert tick.offer_free_seats(now) == 1
    page = client.get(answer.url)
    assert reverse("events:registration_accept", args=[mine.manage_token]) in page.text
    assert client.get(reverse("events:registration_accept", args=[mine.manage_token])).status_code == 405
    mine.refresh_from_db()
    assert mine.state == State.OFFERED, "opening a link takes no seat: mail scanners open links"

    client.post(reverse("events:registration_accept", args=[mine.manage_token]))
    mine.refresh_from_db()
    assert mine.state == State.CONFIRMED
    assert letters(mine) == ["registration_waitlisted", "registration_offered", "registration_confirmed"]
    assert mine.checkin_token[:4] in client.get(answer.url).text


def test_when_every_kind_is_full_the_form_itself_offers_the_line(client, site_tree, event, student, full, register):
    register(9)
    Quota.objects.filter(name="Hội trường").update(size=1)
    page = client.get(f"/dien-dan/{event.slug}/dang-ky/")
    assert page.status_code == 200
    assert 'name="wait"' in page.text
    assert "disabled" not in page.text.split("id_full_name")[0].split("id_ticket_type")[1]


def test_an_offer_holds_the_seat_and_nobody_jumps_the_line(event, student, full, wait, register, now):
    first, second = wait(3), wait(4)
    full[0].cancel(at=now)
    with pytest.raises(Refused) as refused:  # free by count, but two people wait for it
        register(5, ticket_type=student)
    assert refused.value.verdict.reason == "held_for_waiting_list"
    assert refused.value.verdict.next_step == "wait_list"
    assert event.offer_free_seats(now) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.OFFERED, State.WAITLISTED)
    assert second.place_in_line() == 1
    assert event.offer_free_seats(now) == 0
    with pytest.raises(Refused) as refused:
        register(5, ticket_type=student)
    assert refused.value.verdict.reason == "full"


def test_the_line_is_in_the_order_of_the_databases_clock(event, student, full, wait, now):
    """Whatever the processes' clocks say."""
    early = wait(3, at=now + timedelta(hours=2))
    late = wait(4, at=now)
    assert early.queued_at <= late.queued_at
    assert (early.place_in_line(), late.place_in_line()) == (1, 2)


def test_who_declines_is_not_asked_again_and_the_next_one_is(client, site_tree, event, student, full, wait, now):
    first, second = wait(3), wait(4)
    full[0].cancel(at=now)
    event.offer_free_seats(now)
    client.post(reverse("events:registration_cancel", args=[first.manage_token]))
    event.offer_free_seats(now)
    event.offer_free_seats(now)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.CANCELLED, State.OFFERED)
    assert letters(first).count("registration_offered") == 1
    again = wait(3)
    assert again.pk != first.pk
    assert again.place_in_line() == 1


def test_an_unanswered_offer_lapses_by_the_clock_and_cannot_be_taken_any_more(
    client, site_tree, event, student, full, wait, now
):
    first, second = wait(3), wait(4)
    full[0].cancel(at=now)
    event.offer_free_seats(now)
    first.refresh_from_db()
    later = first.hold_until
    with pytest.raises(Lapsed):
        first.accept(at=later)
    assert event.offer_free_seats(later) == 1, "free by the clock, before anybody tidied"
    assert tick.tidy_lapsed_holds(later) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.EXPIRED, State.OFFERED)
    assert letters(first)[-1] == "registration_expired"
    page = client.post(reverse("events:registration_accept", args=[first.manage_token]), follow=True)
    assert page.status_code == 200
    assert Registration.objects.get(pk=first.pk).state == State.EXPIRED


@pytest.fixture
def last_moment(event, delegate, register, now):
    """An offer is accepted by a press that began before its time was up, and is heard after a newcomer had the seat."""

    def race():
        Quota.objects.filter(ticket_types=delegate).update(size=1)
        first = register(1)
        waits = event.register(delegate, somebody(2), at=now, wait=True)
        first.cancel(at=now)
        event.offer_free_seats(now)
        waits.refresh_from_db()
        end = waits.hold_until
        event.register(delegate, somebody(3), at=end + timedelta(milliseconds=1))
        return waits, end - timedelta(milliseconds=1)

    return race


def test_a_seat_given_away_while_the_press_was_on_its_way_is_not_given_twice(last_moment):
    waits, pressed_at = last_moment()
    with pytest.raises(Lapsed):
        waits.accept(at=pressed_at)
    waits.refresh_from_db()
    assert waits.state == State.OFFERED
    assert waits.expire(at=waits.hold_until)


def test_in_the_last_moment_an_offer_is_taken_as_long_as_nobody_else_has_the_seat(event, delegate, register, now):
    Quota.objects.filter(ticket_types=delegate).update(size=1)
    first = register(1)
    waits = event.register(delegate, somebody(2), at=now, wait=True)
    first.cancel(at=now)
    event.offer_free_seats(now)
    waits.refresh_from_db()
    assert waits.accept(at=waits.hold_until - timedelta(milliseconds=1))
    with pytest.raises(Refused):
        event.register(delegate, somebody(3), at=now + timedelta(days=3))


@pytest.mark.unbalanced
def test_control_without_the_second_count_the_seat_is_given_twice(last_moment, monkeypatch, delegate):
    monkeypatch.setattr(registrations, "LAST_SECONDS", timedelta(0))
    waits, pressed_at = last_moment()
    assert waits.accept(at=pressed_at)
    assert delegate.registrations.filter(state=State.CONFIRMED).count() == 2


def test_leaving_the_line_takes_one_button(client, site_tree, full, wait):
    mine = wait(3)
    address = reverse("events:registration_cancel", args=[mine.manage_token])
    assert "danh sách chờ" in client.get(address).text
    client.post(address)
    mine.refresh_from_db()
    assert mine.state == State.CANCELLED


def test_waiting_for_the_gala_keeps_nobody_out_of_the_hall(event, delegate, register, now):
    """The line works per quota: only who could be seated now holds a seat back."""
    gala = TicketType.objects.create(event=event, name_vi="Đại biểu, dự tiệc", position=3)
    hall = Quota.objects.get(name="Hội trường")
    hall.ticket_types.add(gala)
    dinner = Quota.objects.create(event=event, name="Tiệc", size=1)
    dinner.ticket_types.add(gala)
    guest = register(1, ticket_type=gala)
    hungry = event.register(gala, somebody(2), at=now, wait=True)
    assert hungry.state == State.WAITLISTED
    assert register(3).state == State.CONFIRMED
    guest.cancel(at=now)
    Quota.objects.filter(pk=hall.pk).update(size=2)  # one seat left in the hall, and it is the diner's
    with pytest.raises(Refused):
        register(4)
    assert event.offer_free_seats(now) == 1


def test_a_bigger_quota_is_offered_too(event, student, full, wait, now):
    people = [wait(number) for number in range(3, 8)]
    Quota.objects.filter(name="Sinh viên").update(size=5)
    assert event.offer_free_seats(now) == 3
    states = [Registration.objects.get(pk=person.pk).state for person in people]
    assert states == [State.OFFERED] * 3 + [State.WAITLISTED] * 2


def test_after_the_last_offers_seats_go_to_whoever_comes_first(event, student, full, wait, register, now):
    waiting_one = wait(3)
    end = event.last_offers_at
    full[0].cancel(at=now)
    assert event.offer_free_seats(end) == 0
    assert tick.tidy_lapsed_holds(end) == 1
    waiting_one.refresh_from_db()
    assert waiting_one.state == State.EXPIRED
    event.registration_closes_at = end + timedelta(hours=1)
    event.save()
    assert register(5, ticket_type=student, at=end).state == State.CONFIRMED
    with pytest.raises(Refused) as refused:
        event.register(student, somebody(6), at=end, wait=True)
    assert refused.value.verdict.next_step == "choose"


def test_without_a_waiting_list_full_is_full(event, student, full, wait):
    event.waiting_list = False
    event.save()
    with pytest.raises(Refused) as refused:
        wait(3)
    assert refused.value.verdict.reason == "full"


@pytest.mark.parametrize(
    ("made", "until"),
    [
        ("2026-03-02 10:00", "2026-03-03 10:00"),
        ("2026-03-02 21:30", "2026-03-04 08:00"),
        ("2026-03-02 05:00", "2026-03-03 08:00"),
        ("2026-03-09 20:00", "2026-03-10 08:30"),  # the start comes first
    ],
)
def test_an_offer_never_ends_at_night_nor_after_the_start(event, made, until):
    here = ZoneInfo("Asia/Ho_Chi_Minh")
    event.starts_at = datetime.fromisoformat("2026-03-10 08:30").replace(tzinfo=here)
    made_at = datetime.fromisoformat(made).replace(tzinfo=here)
    assert timezone.localtime(waiting.answer_by(event, made_at)).strftime("%Y-%m-%d %H:%M") == until


def test_who_declines_an_offer_is_thanked_for_the_answer(client, site_tree, event, full, wait, now):
    mine = wait(3)
    full[0].cancel(at=now)
    event.offer_free_seats(now)
    client.post(reverse("events:registration_cancel", args=[mine.manage_token]))
    said = render(Letter.objects.about(mine).get(kind="registration_cancelled")).text
    assert "Cảm ơn Quý vị đã trả lời" in said
    assert "declined" not in said
    assert mine.changes.last().reason == "declined"


def test_who_only_leaves_the_line_has_answered_nothing(client, site_tree, full, wait):
    mine = wait(3)
    client.post(reverse("events:registration_cancel", args=[mine.manage_token]))
    assert mine.changes.last().reason == ""
    assert "Cảm ơn Quý vị đã trả lời" not in render(Letter.objects.about(mine).get(kind="registration_cancelled")).text


@pytest.fixture
def another(now):
    """A second event with one seat, taken by 11; 12 waits."""
    event = make_event(now, slug="dien-dan-8", edition=8)
    kind = TicketType.objects.create(event=event, name_vi="Đại biểu")
    Quota.objects.create(event=event, name="Hội trường", size=1).ticket_types.add(kind)
    seated = event.register(kind, somebody(11), at=now)
    return event, seated, event.register(kind, somebody(12), at=now, wait=True)


def test_a_line_that_the_organiser_lets_last_keeps_nobody_elses_from_ending(
    event, full, wait, another, now, monkeypatch
):
    """It begins within a day, and its offers go on until an hour before."""
    monkeypatch.setattr(tick, "AT_MOST", 1)
    goes_on = wait(3)
    event.starts_at, event.offers_end_at = now + timedelta(hours=20), now + timedelta(hours=19)
    event.doors_at, event.registration_closes_at = None, event.starts_at
    event.save()
    other, _seated, in_vain = another
    other.waiting_list = False
    other.save()
    Registration.objects.filter(pk=in_vain.pk).update(queued_at=now + timedelta(hours=1))  # after who goes on waiting
    assert tick.tidy_lapsed_holds(now) == 1
    goes_on.refresh_from_db()
    in_vain.refresh_from_db()
    assert (goes_on.state, in_vain.state) == (State.WAITLISTED, State.EXPIRED)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("held", [0, 1])
def test_an_event_that_is_busy_keeps_no_other_waiting(full, wait, another, now, monkeypatch, held):
    monkeypatch.setattr(seats, "LOCK_TIMEOUT", "100ms")
    lines = [wait(3), another[2]]
    full[0].cancel(at=now)
    another[1].cancel(at=now)
    locked, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Registration.objects.locked().get(pk=lines[held].pk)
            locked.set()
            done.wait(10)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(10)
    try:
        assert tick.offer_free_seats(now) == 1
    finally:
        done.set()
        holder.join()
    assert Registration.objects.get(pk=lines[1 - held].pk).state == State.OFFERED
    assert tick.offer_free_seats(now) == 1, "its turn in the next minute"
