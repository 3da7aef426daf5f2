"""Organisers decide: one registration, or all that a filter shows."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from events import tick
from events.eligibility import HEADINGS, Refused
from events.models import BulkRun, Quota, Registration, State, TicketType
from events.models import bulk_run as bulk
from letters.models import Letter
from letters.render import render
from people.models import AuditEntry

from .conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ha, site_tree):
    """Hà at her desk."""
    client.force_login(ha)
    return client


@pytest.fixture
def press(event) -> TicketType:
    """A kind of ticket for which the organiser decides; three seats."""
    kind = TicketType.objects.create(event=event, name_vi="Báo chí", name_en="Press", position=3, needs_approval=True)
    Quota.objects.create(event=event, name="Báo chí", size=3).ticket_types.add(kind)
    return kind


@pytest.fixture
def paid(event) -> TicketType:
    event.payment_note_vi = "Chuyển khoản"
    event.save()
    return TicketType.objects.create(event=event, name_vi="Có phí", position=4, price=500_000)


def act(desk, name: str, registration: Registration, **values):
    return desk.post(reverse(f"events_registration_{name}", args=[registration.pk]), values)


def bulk_url(action: str, **query) -> str:
    address = reverse("wagtail_bulk_action", args=["events", "registration", action])
    return f"{address}?{urlencode(query | {'next': '/quan-tri/dang-ky-du/'}, doseq=True)}"


def do(desk, action: str, *, newest: int | None = None, reason: str = "", **query):
    """Press the button of the page that asks."""
    page = desk.get(bulk_url(action, **query))
    assert page.status_code == 200
    newest = page.context["form"].initial["newest"] if newest is None else newest
    return desk.post(bulk_url(action, **query), {"newest": newest, "reason": reason})


def state(registration: Registration) -> str:
    registration.refresh_from_db()
    return registration.state


# ---------------------------------------------------------------- one


def test_approving_confirms_and_sends_the_ticket(desk, register, press, ha):
    guest = register(1, ticket_type=press)
    assert guest.state == State.PENDING
    assert "Duyệt" in desk.get(reverse("events_registration:inspect", args=[guest.pk])).text
    act(desk, "approve", guest)
    assert state(guest) == State.CONFIRMED
    assert guest.changes.last().by == ha
    assert Letter.objects.about(guest).filter(kind="registration_confirmed").count() == 1
    assert AuditEntry.objects.get(verb="registration.approved").actor == ha


def test_rejecting_needs_a_reason_and_the_letter_says_it(desk, register, press):
    guest = register(1, ticket_type=press)
    assert act(desk, "reject", guest, reason=" ").status_code == 422
    assert state(guest) == State.PENDING
    act(desk, "reject", guest, reason="Chỉ dành cho phóng viên có thẻ")
    assert state(guest) == State.REJECTED
    assert guest.reason == "Chỉ dành cho phóng viên có thẻ"
    letter = Letter.objects.about(guest).get(kind="registration_rejected")
    assert "Chỉ dành cho phóng viên có thẻ" in render(letter).text
    assert AuditEntry.objects.filter(verb="registration.rejected").count() == 1


def test_who_was_decided_about_already_is_left_alone(desk, register, press, now):
    guest = register(1, ticket_type=press)
    guest.cancel(at=now)
    answer = desk.post(reverse("events_registration_approve", args=[guest.pk]), follow=True)
    assert "Chưa làm gì cả" in answer.text
    assert state(guest) == State.CANCELLED
    assert not AuditEntry.objects.filter(verb="registration.approved").exists()


def test_a_lapsed_hold_is_approved_only_while_a_seat_is_left(desk, event, register, press, now):
    late = register(1, ticket_type=press, at=now - timedelta(days=3))
    Registration.objects.filter(pk=late.pk).update(hold_until=now - timedelta(hours=1))
    for number in (2, 3, 4):
        register(number, ticket_type=press)
    answer = desk.post(reverse("events_registration_approve", args=[late.pk]), follow=True)
    assert "Hết chỗ" in answer.text
    assert state(late) == State.PENDING


def test_in_the_last_moment_of_a_hold_an_approval_counts_once_more(event, register, press, ha, now):
    Quota.objects.filter(ticket_types=press).update(size=1)
    asks = register(1, ticket_type=press)
    end = asks.hold_until
    register(2, ticket_type=press, at=end + timedelta(milliseconds=1))
    with pytest.raises(Refused) as refused:
        asks.approve(at=end - timedelta(milliseconds=1), by=ha)
    assert refused.value.verdict.reason == "full"
    assert state(asks) == State.PENDING
    assert asks.expire(at=end)


def test_money_that_has_come_confirms(desk, register, paid):
    guest = register(1, ticket_type=paid)
    assert guest.state == State.UNPAID
    assert desk.get(reverse("events_registration_paid", args=[guest.pk])).status_code == 200
    act(desk, "paid", guest, reason="Phiếu thu 17")
    assert state(guest) == State.CONFIRMED
    assert guest.changes.last().reason == "Phiếu thu 17"
    assert AuditEntry.objects.filter(verb="registration.paid").count() == 1


def test_another_kind_of_ticket_needs_a_free_seat(desk, register, student, delegate):
    guest = register(1)
    register(2, ticket_type=student)
    page = desk.get(reverse("events_registration_change_type", args=[guest.pk]))
    assert "còn 1 chỗ" in page.text
    act(desk, "change_type", guest, ticket_type=student.pk)
    guest.refresh_from_db()
    assert guest.ticket_type == student
    other = register(3)
    assert act(desk, "change_type", other, ticket_type=student.pk).status_code == 422
    other.refresh_from_db()
    assert other.ticket_type == delegate


def test_a_new_address_gets_the_letter_and_the_old_link_is_dead(desk, client, register):
    guest = register(1)
    former = guest.get_absolute_url()
    values = {"full_name": guest.full_name, "organisation": guest.organisation, "phone": "", "email": "moi@mau.example"}
    act(desk, "correct", guest, **values)
    guest.refresh_from_db()
    assert guest.email == "moi@mau.example"
    assert Letter.objects.about(guest).filter(to="moi@mau.example", kind="registration_confirmed").count() == 1
    assert client.get(former).status_code == 404
    assert client.get(guest.get_absolute_url()).status_code == 200
    assert "khach1@mau.example" in desk.get(reverse("events_registration:inspect", args=[guest.pk])).text


def test_an_address_that_is_taken_is_refused_beside_the_field_and_nothing_changes(desk, register):
    guest, other = register(1), register(2)
    values = {"full_name": "Tên Khác", "organisation": "", "phone": "", "email": other.email}
    page = act(desk, "correct", guest, **values)
    assert page.status_code == 422
    assert "email" in page.context["form"].errors
    guest.refresh_from_db()
    assert (guest.email, guest.full_name) == ("khach1@mau.example", "Nguyễn Thị Khách 1")


def test_a_name_that_stands_on_the_mailbox_already_is_refused(desk, event, delegate, register, now):
    first = register(1)
    second = event.register(delegate, somebody(2, email=first.email), at=now, contact=first)
    values = {"full_name": first.full_name, "organisation": "", "phone": "", "email": second.email}
    page = act(desk, "correct", second, **values)
    assert page.status_code == 422
    assert "full_name" in page.context["form"].errors


def test_protocol_is_kept_with_the_person(desk, register):
    guest = register(1)
    values = {
        "full_name": guest.full_name,
        "organisation": "",
        "phone": "",
        "email": guest.email,
        "salutation": "Đồng chí",
        "rank": "Thứ trưởng",
        "seating": "Hàng A",
        "gate_note": "Đón tại cửa VIP",
    }
    act(desk, "correct", guest, **values)
    guest.refresh_from_db()
    assert (guest.salutation, guest.rank, guest.seating, guest.gate_note) == (
        "Đồng chí",
        "Thứ trưởng",
        "Hàng A",
        "Đón tại cửa VIP",
    )
    assert "Đón tại cửa VIP" in desk.get(reverse("events_registration:inspect", args=[guest.pk])).text


def test_an_organiser_hands_a_ticket_over(desk, register, now):
    guest = register(1)
    code = guest.code
    values = {"full_name": "Người Thay", "email": "thay@mau.example", "organisation": "Sở", "consent": "on"}
    assert act(desk, "hand_over", guest, **values | {"consent": ""}).status_code == 422
    act(desk, "hand_over", guest, **values)
    guest.refresh_from_db()
    assert (guest.full_name, guest.email) == ("Người Thay", "thay@mau.example")
    assert guest.code != code
    guest.check_in(by=None, at=now)
    assert act(desk, "hand_over", guest, **values).status_code == 302
    guest.refresh_from_db()
    assert guest.email == "thay@mau.example"


def test_what_is_refused_stands_in_the_form_and_nothing_typed_is_lost(desk, register, paid, now):
    guest, other = register(1), register(2)
    values = {"full_name": "Người Thay", "email": other.email, "organisation": "Sở", "consent": "on"}
    page = act(desk, "hand_over", guest, **values)
    assert page.status_code == 422
    assert page.context["form"].errors["email"] == ["Địa chỉ này đã đăng ký"]
    assert 'value="Người Thay"' in page.text
    # A reason is asked for where one can be typed, and a second press says that nothing was left to do.
    page = desk.get(reverse("events_registration_cancel", args=[guest.pk]))
    assert "w-field__input" in page.text
    assert 'name="reason"' in page.text
    act(desk, "cancel", guest, reason="Báo bận")
    answer = desk.post(reverse("events_registration_cancel", args=[guest.pk]), {"reason": ""}, follow=True)
    assert "Chưa làm gì cả" in answer.text
    assert guest.changes.last().reason == "Báo bận"
    assert AuditEntry.objects.filter(verb="registration.cancelled").count() == 1


def test_the_ticket_is_printed_at_the_desk(desk, register, press):
    answer = desk.get(reverse("events_registration_paper", args=[register(1).pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert desk.get(reverse("events_registration_paper", args=[register(2, ticket_type=press).pk])).status_code == 302


def test_only_organisers_decide(client, site_tree, register, press, giang, chi):
    guest = register(1, ticket_type=press)
    for stranger in (giang, chi):
        client.force_login(stranger)
        for name in ("approve", "reject", "paid", "change_type", "hand_over", "correct", "paper"):
            assert act(client, name, guest, reason="x").status_code in (302, 403, 405)
            assert client.get(reverse(f"events_registration_{name}", args=[guest.pk])).status_code in (302, 403, 405)
        assert client.post(bulk_url("approve", id="all"), {"newest": guest.pk}).status_code in (302, 403)
    assert state(guest) == State.PENDING
    assert not BulkRun.objects.exists()


def call_off(event, now) -> None:
    event.cancelled_at = now
    event.save()


def test_nobody_gets_a_ticket_for_an_event_that_was_called_off(desk, event, register, press, paid, now):
    asks, owes = register(1, ticket_type=press), register(2, ticket_type=paid)
    call_off(event, now)
    for name, guest, still in (("approve", asks, State.PENDING), ("paid", owes, State.UNPAID)):
        page = desk.post(reverse(f"events_registration_{name}", args=[guest.pk]), {"reason": ""}, follow=True)
        assert str(HEADINGS["called_off"]) in page.text
        assert state(guest) == still
    assert not Letter.objects.filter(kind="registration_confirmed").exists()
    assert not AuditEntry.objects.filter(verb__in=("registration.approved", "registration.paid")).exists()


def test_after_the_end_nobody_is_cancelled(desk, event, register, now):
    guest = register(1)
    address = reverse("events_registration_cancel", args=[guest.pk])
    event.doors_at, event.starts_at, event.ends_at = None, now - timedelta(hours=9), now - timedelta(hours=1)
    event.registration_closes_at = now - timedelta(hours=12)
    event.save()
    for answer in (desk.get(address, follow=True), desk.post(address, {"reason": ""}, follow=True)):
        assert str(HEADINGS["finished"]) in answer.text
    assert state(guest) == State.CONFIRMED


# ---------------------------------------------------------------- many


def test_many_of_a_called_off_event_are_left_out_and_the_reason_is_told(desk, event, register, press, now):
    guests = [register(number, ticket_type=press) for number in (1, 2)]
    call_off(event, now)
    do(desk, "approve", id="all")
    run = BulkRun.objects.get()
    assert (run.done, run.skipped) == (0, {"called_off": 2})
    assert str(HEADINGS["called_off"]) in run.summary
    assert {state(guest) for guest in guests} == {State.PENDING}


def test_the_ticked_ones_are_approved(desk, register, press):
    one, two, three = (register(n, ticket_type=press) for n in (1, 2, 3))
    page = desk.get(bulk_url("approve", id=[one.pk, two.pk]))
    assert one.full_name in page.text
    assert three.full_name not in page.text
    answer = do(desk, "approve", id=[one.pk, two.pk])
    assert answer["Location"] == "/quan-tri/dang-ky-du/"
    assert (state(one), state(two), state(three)) == (State.CONFIRMED, State.CONFIRMED, State.PENDING)
    assert AuditEntry.objects.filter(verb="registration.approved").count() == 2


def test_all_means_the_filtered_list_and_never_the_table(desk, event, register, press):
    mine = register(1, ticket_type=press, organisation="Báo Quảng Ninh")
    other = register(2, ticket_type=press, organisation="Báo Hạ Long")
    do(desk, "reject", id="all", q="bao quang ninh", event=event.pk, reason="Hết chỗ báo chí")
    assert (state(mine), state(other)) == (State.REJECTED, State.PENDING)
    assert mine.reason == "Hết chỗ báo chí"


def test_a_filter_that_cannot_be_understood_means_nobody(desk, register, press):
    guest = register(1, ticket_type=press)
    desk.post(bulk_url("approve", id="all", state="khong-co"), {"newest": guest.pk})
    assert state(guest) == State.PENDING


def test_who_registers_while_the_page_asks_is_not_meant(desk, register, press):
    seen = register(1, ticket_type=press)
    page = desk.get(bulk_url("approve", id="all"))
    newest = page.context["form"].initial["newest"]
    later = register(2, ticket_type=press)
    do(desk, "approve", id="all", newest=newest)
    assert (state(seen), state(later)) == (State.CONFIRMED, State.PENDING)


def test_many_are_cancelled_and_who_is_inside_stays(desk, register, now):
    inside, gone, outside = register(1), register(2), register(3)
    inside.check_in(by=None, at=now)
    gone.cancel(at=now)
    answer = desk.post(bulk_url("cancel", id="all"), {"newest": outside.pk, "reason": "Đổi ngày"}, follow=True)
    assert (state(inside), state(outside)) == (State.CONFIRMED, State.CANCELLED)
    for words in ("đã xong 1 trên 3", "đang ở tình trạng khác (1)", "đã vào rồi (1)"):
        assert words in answer.text, words
    assert outside.reason == "Đổi ngày"


def test_seats_that_are_gone_are_told(desk, register, press, now):
    late = register(1, ticket_type=press, at=now - timedelta(days=3))
    Registration.objects.filter(pk=late.pk).update(hold_until=now - timedelta(hours=1))
    others = [register(number, ticket_type=press) for number in (2, 3, 4)]
    do(desk, "approve", id="all")
    run = BulkRun.objects.get()
    assert (run.done, run.skipped) == (3, {"full": 1})
    assert "Hết chỗ (1)" in run.summary
    assert {state(one) for one in others} == {State.CONFIRMED}


def test_tickets_are_sent_again_but_not_to_a_mailbox_of_others(desk, event, delegate, register, now):
    register(1)
    event.register(delegate, somebody(2), at=now, shares_mailbox=True, letters=False)
    do(desk, "send", id="all")
    assert Letter.objects.filter(kind="registration_link").count() == 1
    assert BulkRun.objects.get().skipped == {"no_mailbox": 1}


def test_many_are_worked_through_in_the_background_and_the_list_tells(desk, register, press, monkeypatch, ha):
    monkeypatch.setattr(bulk, "INLINE_AT_MOST", 1)
    guests = [register(n, ticket_type=press) for n in (1, 2, 3)]
    answer = do(desk, "approve", id="all")
    assert answer.status_code == 302
    assert {state(guest) for guest in guests} == {State.CONFIRMED}
    assert guests[0].changes.last().by == ha
    assert "đã xong 3 trên 3" in desk.get(reverse("events_registration:index")).text


def test_a_run_that_was_killed_goes_on_and_does_nothing_twice(register, press, ha, now):
    guests = [register(n, ticket_type=press) for n in (1, 2, 3)]
    run = BulkRun.objects.begin("approve", Registration.objects.all(), at=now, by=ha)
    assert run._one()
    again = BulkRun.objects.get(pk=run.pk)
    again.carry_out()
    again.carry_out()
    assert (again.done, again.skipped, again.keys) == (3, {}, [])
    assert again.finished_at is not None
    assert {guest.changes.filter(became="confirmed").count() for guest in guests} == {1}


def test_a_run_whose_process_died_is_taken_up_by_the_clock(desk, register, press, ha, now):
    guests = [register(n, ticket_type=press) for n in (1, 2, 3)]
    run = BulkRun.objects.begin("approve", Registration.objects.all(), at=now, by=ha)
    run._one()
    assert tick.resume_bulk_runs(timezone.now()) == 0, "it may well be at work"
    assert tick.resume_bulk_runs(timezone.now() + timedelta(minutes=11)) == 1
    assert {state(guest) for guest in guests} == {State.CONFIRMED}
    assert "đã xong 3 trên 3" in desk.get(reverse("events_registration:index")).text, "and whoever pressed is told"
    assert tick.resume_bulk_runs(timezone.now() + timedelta(days=1)) == 0


def test_nobody_is_asked_to_decide_for_an_event_that_was_called_off(desk, event, register, press, now):
    guest = register(1, ticket_type=press)
    page, approve = reverse("events_registration:inspect", args=[guest.pk]), "events_registration_approve"
    assert reverse(approve, args=[guest.pk]) in desk.get(page).text
    event.call_off(at=now, notice_vi="Bão.", letters=False)
    assert reverse(approve, args=[guest.pk]) not in desk.get(page).text


def test_the_ticked_ones_are_exported(desk, register):
    one, two = register(1), register(2)
    answer = desk.get(bulk_url("export", id=[two.pk]))
    assert f"chosen={two.pk}&export=xlsx" in answer["Location"]
    listed = desk.get(reverse("events_registration:index"), {"chosen": two.pk})
    assert two.full_name in listed.text
    assert one.full_name not in listed.text
