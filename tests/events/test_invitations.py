"""Hà invites guests by a list: a seat is kept for each, and each answers by a link of the own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events import importing, tick
from events.eligibility import Refused
from events.importing import Line
from events.models import Delegation, ImportRun, Quota, Registration, State, TicketType
from letters.models import Letter
from people.models import AuditEntry, Consent
from tests.at_once import refused, together

from .conftest import somebody

HEADINGS = "Họ và tên\tE-mail\tDanh xưng\tChức vụ\tCơ quan\tNgạch lễ tân\tKhu ghế\tGhi chú cho cổng"
CHAIR = "Phạm Văn Chủ Tịch\tchutich@mau.example\tĐồng chí\tChủ tịch\tUBND tỉnh\tVIP 1\tA1\tĐón ở cửa chính"
PRESS = "Đỗ Thị Phóng Viên\tphongvien@mau.example\t\tPhóng viên\tBáo Quảng Ninh\t\tBáo chí\t"

pytestmark = pytest.mark.django_db


@pytest.fixture
def honour(event) -> TicketType:
    """Nobody finds this kind on the form; it needs approval where nobody is invited."""
    kind = TicketType.objects.create(
        event=event, name_vi="Khách mời", name_en="Guest of honour", visibility="invitation", needs_approval=True
    )
    Quota.objects.create(event=event, name="Hàng ghế đầu", size=2).ticket_types.add(kind)
    return kind


@pytest.fixture
def ha_at_work(client, ha, site_tree):
    client.force_login(ha)
    return client


def in_days(number: int) -> str:
    return timezone.localtime(timezone.now() + timedelta(days=number)).strftime("%Y-%m-%d %H:%M")


@pytest.fixture
def hand_in(ha_at_work, honour, django_capture_on_commit_callbacks):
    """Hand in a list of guests and wait until it has been read: the answer, and the list."""

    def doing(*rows: str, **changed):
        form = {"ticket_type": honour.pk, "invite_until": in_days(7), "pasted": "\n".join((HEADINGS, *rows))}
        with django_capture_on_commit_callbacks(execute=True):
            answer = ha_at_work.post(reverse("events_invite:index"), form | changed)
        return answer, ImportRun.objects.order_by("pk").last()

    return doing


@pytest.fixture
def invite(ha_at_work, hand_in, django_capture_on_commit_callbacks):
    """The whole way: hand in, look over, invite; the page that comes then, and the list."""

    def doing(*rows: str, **changed):
        _answer, run = hand_in(*rows, **changed)
        with django_capture_on_commit_callbacks(execute=True):
            ha_at_work.post(reverse("events_import:start", args=[run.pk]))
        run.refresh_from_db()
        return ha_at_work.get(reverse("events_import:run", args=[run.pk])), run

    return doing


def lines(*numbers: int) -> list[Line]:
    return [
        Line(n, {"full_name": f"Khách {n}", "email": f"khach{n}@mau.example", "organisation": "Sở"}) for n in numbers
    ]


# ---------------------------------------------------------------- the whole way


def test_ha_invites_a_guest_of_honour_and_the_press(hand_in, invite, event, ha, now):
    answer, run = hand_in(CHAIR, PRESS)
    assert answer.status_code == 302
    assert (run.state, run.created, run.problems) == ("checked", 2, [])
    assert not Registration.objects.exists(), "so far it was only read"

    page, run = invite(CHAIR, PRESS)
    assert "Đã mời 2 người" in page.text
    chair, press = event.registrations.order_by("pk")
    assert (chair.state, chair.source) == (State.OFFERED, "invitation")
    assert chair.hold_until == run.invite_until
    assert (chair.salutation, chair.rank, chair.seating, chair.gate_note) == (
        "Đồng chí",
        "VIP 1",
        "A1",
        "Đón ở cửa chính",
    )
    assert press.seating == "Báo chí"
    assert Quota.objects.with_taken(now).get(name="Hàng ghế đầu").left == 0, "the seats are kept"
    assert list(Letter.objects.order_by("to").values_list("kind", "to")) == [
        ("registration_invited", "chutich@mau.example"),
        ("registration_invited", "phongvien@mau.example"),
    ]
    assert AuditEntry.objects.get(verb="registration.invited").data["created"] == 2
    assert chair.changes.get().by == ha
    assert not Consent.objects.exists(), "they have not spoken yet"


def test_a_guest_takes_the_seat_without_approval(invite, client, event):
    invite(CHAIR)
    client.logout()
    chair = event.registrations.get()
    page = client.get(chair.get_absolute_url())
    assert "Phạm Văn Chủ Tịch" in page.text
    answers = {"full_name": "Phạm Văn Chủ Tịch", "organisation": "UBND tỉnh", "position": "", "phone": ""}
    accept = reverse("events:registration_accept", args=[chair.manage_token])
    assert client.post(accept, answers).status_code == 422, "without consent there is no ticket"
    client.post(accept, answers | {"consent": "on"})
    chair.refresh_from_db()
    assert chair.state == State.CONFIRMED
    assert Consent.objects.filter(email=chair.email).exists()
    assert Letter.objects.filter(kind="registration_confirmed", to=chair.email).exists()


def test_a_guest_declines_and_the_seat_is_free(invite, client, event):
    invite(CHAIR)
    chair = event.registrations.get()
    client.post(reverse("events:registration_cancel", args=[chair.manage_token]))
    chair.refresh_from_db()
    assert chair.state == State.CANCELLED
    assert Quota.objects.with_taken(timezone.now()).get(name="Hàng ghế đầu").left == 2


def test_who_does_not_answer_in_time_loses_the_seat_and_is_told(invite, event):
    invite(CHAIR)
    chair = event.registrations.get()
    later = chair.hold_until + timedelta(minutes=1)
    assert Quota.objects.with_taken(later).get(name="Hàng ghế đầu").left == 2, "by the clock alone"
    tick.tidy_lapsed_holds(later)
    chair.refresh_from_db()
    assert chair.state == State.EXPIRED
    assert Letter.objects.filter(kind="registration_expired", to=chair.email).exists()


def test_seats_of_a_delegation_are_enough_where_no_other_is_left(invite, event, student, now):
    desk = Delegation.objects.set_aside(
        event,
        student,
        name="Đoàn trường",
        size=2,
        release_at=now + timedelta(days=8),
        coordinator_name="Thầy Minh",
        coordinator_email="minh@mau.example",
        at=now,
        letters=False,
    )
    _page, run = invite(CHAIR, ticket_type=student.pk, delegation=desk.pk)
    chair = event.registrations.get()
    assert (run.state, chair.delegation, chair.state) == ("done", desk, State.OFFERED)
    assert desk.seats_left(now) == 1


def test_closed_and_paused_registration_is_no_obstacle_for_guests(invite, event, now):
    event.registration_closes_at, event.registration_paused_at = now - timedelta(days=1), now - timedelta(days=2)
    event.save()
    invite(CHAIR)
    assert event.registrations.get().state == State.OFFERED


# ---------------------------------------------------------------- refusals


def test_who_is_registered_already_is_reported_and_stays(invite, hand_in, event, delegate, now):
    event.register(delegate, somebody(1, email="chutich@mau.example"), at=now)
    _answer, run = hand_in(CHAIR, PRESS)
    assert (run.created, run.already) == (1, 1)
    invite(CHAIR, PRESS)
    assert event.registrations.count() == 2
    assert event.registrations.get(email="chutich@mau.example").state == State.CONFIRMED
    invite(CHAIR, PRESS)
    assert event.registrations.count() == 2, "the same list again changes nothing"


def test_errors_are_named_by_row_and_column_and_nobody_is_invited(invite, event):
    _page, run = invite(CHAIR, "Không Có Thư\tkhong\t\t\tSở\t\t\t", PRESS.replace("Báo chí", "x" * 90))
    places = [(row, column) for row, column, _sentence in run.problems]
    assert places == [(3, "B (E-mail)"), (4, "G (Khu ghế)")]
    assert "khong" not in Letter.objects.values_list("to", flat=True)
    assert not event.registrations.exists()


def test_more_guests_than_seats_are_refused_as_a_whole(invite, event):
    _page, run = invite(CHAIR, PRESS, "Khách Thứ Ba\tba@mau.example\t\t\tSở\t\t\t")
    assert run.state == "checked"
    assert run.refusal
    assert not event.registrations.exists()


def test_nobody_is_invited_to_an_event_that_was_called_off(invite, event, now):
    event.postponed_at = now
    event.save()
    _page, run = invite(CHAIR)
    assert "lùi" in run.refusal or "hoãn" in run.refusal
    assert not event.registrations.exists()


def test_seats_of_a_released_delegation_or_of_another_kind_cannot_be_had(event, delegate, student, now):
    desk = Delegation.objects.set_aside(
        event,
        student,
        name="Đoàn",
        size=1,
        release_at=now + timedelta(days=8),
        coordinator_name="Thầy Minh",
        coordinator_email="minh@mau.example",
        at=now,
        letters=False,
    )
    until = now + timedelta(days=3)
    terms = {"at": now, "by": None, "letters": False, "offer_until": until, "delegation": desk}
    for number, kind, expected in ((2, student, "allotment_full"), (1, delegate, "released"), (1, student, "released")):
        if kind == student and expected == "released":
            desk.release(at=now)
        with pytest.raises(Refused) as refusal:
            event.register_many(lines(*range(number)), kind, **terms)
        assert refusal.value.verdict.reason == expected
    assert not event.registrations.exists()


@pytest.mark.parametrize("days", [-1, 25])
def test_a_deadline_that_cannot_be_is_refused(hand_in, days):
    answer, run = hand_in(CHAIR, invite_until=in_days(days))
    assert answer.status_code == 422
    assert run is None
    assert "Phạm Văn Chủ Tịch" in answer.text, "what was pasted stays"


@pytest.mark.parametrize(("days", "of_that_kind"), [(3, True), (9, False)])
def test_seats_of_another_kind_or_for_too_short_a_time_are_refused(hand_in, event, student, now, days, of_that_kind):
    desk = Delegation.objects.set_aside(
        event,
        student,
        name="Đoàn",
        size=1,
        release_at=now + timedelta(days=days),
        coordinator_name="Thầy Minh",
        coordinator_email="minh@mau.example",
        at=now,
        letters=False,
    )
    kind = {"ticket_type": student.pk} if of_that_kind else {}
    answer, run = hand_in(CHAIR, delegation=desk.pk, **kind)
    assert answer.status_code == 422
    assert run is None


def test_others_invite_nobody(client, chi, giang, dung, site_tree, honour):
    for person in (chi, giang, dung):
        client.force_login(person)
        form = {"ticket_type": honour.pk, "invite_until": in_days(7), "pasted": f"{HEADINGS}\n{CHAIR}"}
        client.post(reverse("events_invite:index"), form)
        assert "moi-khach" not in client.get("/quan-tri/", follow=True).text
    assert not ImportRun.objects.exists()


def test_letters_of_invitations_that_were_not_written_are_written_once(event, honour, now):
    event.register_many(
        lines(1, 2), honour, at=now, by=None, source="invitation", letters=True, offer_until=now + timedelta(days=1)
    )
    for _time in range(2):
        importing.write_letters(now)
    assert Letter.objects.filter(kind="registration_invited").count() == 2
    assert importing.unwritten(now) is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_lists_at_once_get_no_more_seats_than_there_are(event, honour, now):
    def list_of(*numbers):
        return lambda: event.register_many(
            lines(*numbers), honour, at=now, by=None, letters=False, offer_until=now + timedelta(days=1)
        )

    results = together(list_of(1, 2), list_of(3, 4), list_of(5, 6))
    assert {error.verdict.reason for error in refused(results)} == {"full"}
    assert Registration.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_lists_and_the_coordinator_at_once_share_the_seats_of_a_delegation(event, student, now):
    desk = Delegation.objects.set_aside(
        event,
        student,
        name="Đoàn",
        size=2,
        release_at=now + timedelta(days=3),
        coordinator_name="Thầy Minh",
        coordinator_email="minh@mau.example",
        at=now,
        letters=False,
    )
    until = now + timedelta(days=1)
    results = together(
        lambda: event.register_many(
            lines(1, 2), student, at=now, by=None, letters=False, offer_until=until, delegation=desk
        ),
        lambda: event.register_many(
            lines(3, 4), student, at=now, by=None, letters=False, offer_until=until, delegation=desk
        ),
        lambda: desk.name_people([somebody(5), somebody(6)], at=now, letters=False),
    )
    assert [error.verdict.reason for error in refused(results)] == ["allotment_full"] * 2
    assert desk.seats_left(now) == 0
