"""An agency gets seats and names its people: one coordinator, one link, no account."""

import io
import time
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.query import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from events.eligibility import Refused
from events.models import Delegation, Person, Quota, Registration, RetiredTicket, State
from events.models.registration import AlreadyInside
from letters.models import Letter
from people.models import Consent, RateLimit
from tests.at_once import refused, together

from .conftest import make_event, somebody

COORDINATOR = "vanthu.bachehuyen@mau.example"
HEADINGS = "STT\tHọ và tên\tChức vụ\tE-mail\tĐiện thoại"


@pytest.fixture
def set_aside(event, delegate, now):
    """`set_aside(3)` gives an agency three seats for ten days."""

    def doing(size: int = 5, **fields) -> Delegation:
        values = {
            "name": "UBND xã Ba Chẽ",
            "size": size,
            "release_at": now + timedelta(days=10),
            "coordinator_name": "Hoàng Thị Văn Thư",
            "coordinator_email": COORDINATOR,
            "at": now,
        }
        return Delegation.objects.set_aside(event, delegate, **values | fields)

    return doing


@pytest.fixture
def desk(set_aside) -> Delegation:
    return set_aside()


def path(desk, step: str = "list", *arguments) -> str:
    return reverse(f"events:delegation_{step}", args=[desk.token, *arguments])


def sealed_in(page) -> str:
    return page.text.split('name="sealed" value="')[1].split('"')[0]


def hand_in(client, desk, rows: str, **fields):
    """Look at the list, then decide; the answer to the decision."""
    page = client.post(path(desk), {"rows": rows})
    assert page.status_code == 200, page.text
    return client.post(path(desk), {"sealed": sealed_in(page), "agreed": "on"} | fields)


def people(*numbers: int, own: bool = True) -> list[Person]:
    return [somebody(number, **({} if own else {"email": ""})) for number in numbers]


def kinds_to(address: str) -> list[str]:
    return list(Letter.objects.filter(to=address).order_by("pk").values_list("kind", flat=True))


pytestmark = pytest.mark.django_db

# ---------------------------------------------------------------- a list


def test_a_coordinator_pastes_rows_and_everybody_is_named(client, site_tree, desk, now):
    assert kinds_to(COORDINATOR) == ["delegation_link"]
    page = client.get(desk.get_absolute_url())
    assert page.status_code == 200
    assert path(desk) in page.text
    rows = (
        f"{HEADINGS}\n1\tTrần Văn Chủ Tịch\tChủ tịch\tchutich@mau.example\t912345678\n"
        "2\tLê Thị Phó\tPhó Chủ tịch\t\t\n3\tHoàng Thị Văn Thư\tVăn thư\t" + COORDINATOR + "\t"
    )
    looked_at = client.post(path(desk), {"rows": rows})
    assert looked_at.status_code == 200
    assert "Trần Văn Chủ Tịch" in looked_at.text
    assert not Registration.objects.exists(), "looking writes nothing"

    done = client.post(path(desk), {"sealed": sealed_in(looked_at), "agreed": "on"})
    assert done.status_code == 302
    chair, deputy, clerk = Registration.objects.order_by("pk")
    assert (chair.state, chair.hold_until, chair.source) == (State.OFFERED, desk.release_at, "delegation")
    assert chair.phone == "+84912345678", "Excel took the zero away"
    assert chair.organisation == "UBND xã Ba Chẽ"
    assert kinds_to("chutich@mau.example") == ["registration_invited"]
    for one in (deputy, clerk):
        assert (one.state, one.email, one.shares_mailbox) == (State.CONFIRMED, COORDINATOR, True)
        assert Consent.objects.filter(email=COORDINATOR, source__contains=one.code).exists()
    assert kinds_to(COORDINATOR) == ["delegation_link", "delegation_summary"], "one letter, never forty copies"
    assert desk.seats_left(now) == 2
    page = client.get(desk.get_absolute_url()).text
    assert page.count("Chưa trả lời") == 2, "the number, and the person"
    assert "Trần Văn Chủ Tịch" in page


def test_what_was_pasted_comes_back_to_be_changed(client, site_tree, desk):
    rows = "Trần Văn An\tChủ tịch\tan@mau.example\nLê Thị Phó"
    page = client.post(path(desk), {"rows": rows})
    again = client.post(path(desk), {"sealed": sealed_in(page), "rows": rows, "change": "1"})
    assert again.status_code == 200
    assert f">\n{rows}</textarea>" in again.text
    assert not Registration.objects.exists()


def test_a_list_without_headings_is_in_the_usual_order(client, site_tree, desk):
    assert hand_in(client, desk, "Trần Văn An\tChủ tịch\tan@mau.example\t0912345678").status_code == 302
    assert Registration.objects.get().position == "Chủ tịch"


def test_a_list_comes_as_a_file(client, site_tree, desk):
    book = Workbook()
    for row in (["Danh sách đoàn"], ["E-mail", "Họ và tên"], ["an@mau.example", "Trần Văn An"], ["", "Lê Thị Phó"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.name = "doan.xlsx"
    file.seek(0)
    page = client.post(path(desk), {"file": file})
    assert page.status_code == 200
    client.post(path(desk), {"sealed": sealed_in(page), "agreed": "on"})
    assert set(Registration.objects.values_list("full_name", flat=True)) == {"Trần Văn An", "Lê Thị Phó"}


def test_a_delegate_confirms_by_the_own_link(client, site_tree, desk, now):
    [named] = desk.name_people(people(1), at=now)
    page = client.get(named.get_absolute_url())
    assert "Nguyễn Thị Khách 1" in page.text
    answers = {"full_name": "Nguyễn Thị Khách", "organisation": "UBND", "position": "", "phone": "", "consent": "on"}
    client.post(reverse("events:registration_accept", args=[named.manage_token]), answers)
    named.refresh_from_db()
    assert (named.state, named.full_name) == (State.CONFIRMED, "Nguyễn Thị Khách")
    assert Consent.objects.filter(email=named.email).exists()
    assert "Đã xác nhận" in client.get(desk.get_absolute_url()).text


def test_the_coordinator_sees_who_came(client, site_tree, desk, now):
    [named] = desk.name_people(people(1, own=False), at=now)
    named.check_in(by=None, at=now)
    assert "Đã vào lúc" in client.get(desk.get_absolute_url()).text


def test_tickets_of_people_without_a_mailbox_are_opened_from_the_desk_and_no_others(client, site_tree, desk, now):
    own, shared = desk.name_people([*people(1), *people(2, own=False)], at=now)
    own.accept(at=now)
    assert shared.manage_token in client.get(path(desk, "member", shared.code)).text
    assert client.get(shared.get_absolute_url()).status_code == 200
    page = client.get(path(desk, "member", own.code)).text
    assert "Nguyễn Thị Khách 1" in page
    assert own.manage_token not in page, "their tickets are in their own mailboxes"
    assert own.manage_token not in client.get(desk.get_absolute_url()).text


def test_sent_twice_it_is_one_list(client, site_tree, set_aside, now):
    desk = set_aside(1)
    page = client.post(path(desk), {"rows": "Trần Văn An\t\tan@mau.example"})
    for _press in range(2):
        answer = client.post(path(desk), {"sealed": sealed_in(page)})
        assert answer.status_code == 302
    assert Registration.objects.count() == 1


def test_taken_twice_with_one_key_it_is_one_list_also_when_no_seat_is_left(set_aside, now):
    desk, key = set_aside(2), uuid.uuid4()
    first, second = (desk.name_people(people(1, 2), at=now, key=key) for _time in range(2))
    assert [one.pk for one in first] == [one.pk for one in second]
    assert kinds_to(COORDINATOR).count("delegation_summary") == 1


# ---------------------------------------------------------------- a list with errors


def test_every_error_is_named_by_row_and_column_and_nobody_is_named(client, site_tree, event, delegate, desk, now):
    event.register(delegate, somebody(9), at=now)
    rows = (
        f"{HEADINGS}\n1\t\tChủ tịch\tan@mau.example\t\n2\tLê Thị Phó\t\tkhông có\t12\n"
        "3\tTrần Văn Đôi\t\tdoi@mau.example\t\n4\tTrần Văn Ba\t\tDOI@mau.example\t\n"
        "5\tKhách Cũ\t\tkhach9@mau.example\t\n6\tLê Văn Trùng\t\t\t\n7\tLê Văn Trùng\t\t\t"
    )
    page = client.post(path(desk), {"rows": rows})
    assert page.status_code == 422
    for place in (
        "Hàng 2, cột B (Họ và tên)",
        "Hàng 3, cột D (E-mail)",
        "Hàng 3, cột E (Điện thoại)",
        "Hàng 5, cột D (E-mail)",
        "Hàng 6, cột D (E-mail): Đã đăng ký rồi.",
        "Hàng 8, cột B (Họ và tên)",
    ):
        assert place in page.text, place
    assert "Lê Thị Phó" in page.text, "what was pasted stays"
    assert Registration.objects.count() == 1


def test_more_people_than_seats_are_refused_before_anybody_is_named(client, site_tree, set_aside):
    desk = set_aside(1)
    page = client.post(path(desk), {"rows": "Trần Văn An\nLê Thị Phó"})
    assert page.status_code == 422
    assert "Danh sách có 2 người" in page.text
    assert not Registration.objects.exists()


def test_who_is_registered_meanwhile_stops_the_whole_list(client, site_tree, event, delegate, desk, now):
    page = client.post(path(desk), {"rows": "Trần Văn An\t\tan@mau.example\nKhách\t\tkhach9@mau.example"})
    event.register(delegate, somebody(9), at=now)
    answer = client.post(path(desk), {"sealed": sealed_in(page)})
    assert answer.status_code == 422
    assert Registration.objects.count() == 1


def test_all_or_nothing_also_under_the_lock(event, delegate, desk, now):
    event.register(delegate, somebody(2), at=now)
    with pytest.raises(Refused) as refusal:
        desk.name_people(people(1, 2), at=now)
    assert refusal.value.verdict.reason == "already_registered"
    assert desk.seats_left(now) == 5
    assert not Letter.objects.filter(kind__in=["registration_invited", "delegation_summary"]).exists()


def test_the_coordinator_must_have_asked_people_without_a_mailbox(client, site_tree, desk):
    answer = hand_in(client, desk, "Lê Thị Phó", agreed="")
    assert answer.status_code == 422
    assert 'id="id_agreed-error"' in answer.text
    assert not Registration.objects.exists()


def test_without_headings_a_column_is_named_by_what_it_should_be(client, site_tree, desk):
    page = client.post(path(desk), {"rows": "Trần Văn An\tChủ tịch\tan@mau"})
    assert "Hàng 1, cột C (Địa chỉ thư)" in page.text


@pytest.mark.parametrize("rows", ["", " \n ", "Chức vụ\nChủ tịch", "a\tb\tc\td\te\tf\tg"])
def test_what_is_no_list_is_refused_with_a_sentence(client, site_tree, desk, rows):
    page = client.post(path(desk), {"rows": rows})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert not Registration.objects.exists()


def test_a_list_that_was_not_looked_at_is_not_taken(client, site_tree, desk):
    page = client.post(path(desk), {"rows": "Lê Thị Phó"})
    for sealed in (sealed_in(page)[:-2] + "xx", "x", sealed_in(page).replace(":", "")):
        assert client.post(path(desk), {"sealed": sealed, "agreed": "on"}).status_code == 422
    assert not Registration.objects.exists()


def test_a_list_that_was_looked_at_days_ago_is_looked_at_again(client, site_tree, desk, monkeypatch):
    page = client.post(path(desk), {"rows": "Lê Thị Phó"})
    two_days_on = time.time() + 2 * 86_400
    monkeypatch.setattr("django.core.signing.time.time", lambda: two_days_on)
    answer = client.post(path(desk), {"sealed": sealed_in(page), "agreed": "on"})
    assert answer.status_code == 422
    assert "Đã quá lâu" in answer.text
    assert not Registration.objects.exists()


def test_hostile_cells_come_out_as_text_or_not_at_all(client, site_tree, desk):
    page = client.post(path(desk), {"rows": '<script>alert(1)</script>\n=1+1\nTrần\x00Văn An\t=HYPERLINK("x")'})
    assert page.status_code == 422
    assert "<script>alert" not in page.text


def test_a_letter_by_mistake_in_an_old_font_is_said(client, site_tree, desk):
    page = client.post(path(desk), {"rows": "NguyÔn V¨n An\nTrÇn ThÞ B×nh\nPh¹m §øc Minh"})
    assert page.status_code == 200
    assert "TCVN3" in page.text
    assert "Nguyễn Văn An" in page.text


# ---------------------------------------------------------------- one person


def one(**changed) -> dict:
    return {
        "full_name": "Phạm Thị Lan",
        "position": "",
        "email": "lan@mau.example",
        "phone": "",
        "organisation": "",
        "consent": "on",
        "form_key": "6f2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a6b",
    } | changed


def test_one_person_is_added(client, site_tree, desk):
    for _press in range(2):
        assert client.post(path(desk, "add"), one()).status_code == 302
    named = Registration.objects.get()
    assert (named.state, named.organisation) == (State.OFFERED, "UBND xã Ba Chẽ")
    assert kinds_to(COORDINATOR) == ["delegation_link"], "one person needs no summary"


def test_one_person_is_added_only_after_being_asked(client, site_tree, desk):
    answer = client.post(path(desk, "add"), one(consent=""))
    assert answer.status_code == 422
    assert "Phạm Thị Lan" in answer.text
    assert not Registration.objects.exists()


@pytest.mark.parametrize("after", ["own", "shared"])
@pytest.mark.parametrize("before", ["asked", "confirmed", "shared"])
def test_somebody_else_comes_and_the_place_stays(client, site_tree, set_aside, now, before, after):
    desk = set_aside(1)
    [member] = desk.name_people(people(1, own=before != "shared"), at=now)
    if before == "confirmed":
        member.accept(at=now)
    former = (member.manage_token, member.checkin_token)
    answer = client.post(path(desk, "replace", member.code), one(email="lan@mau.example" if after == "own" else ""))
    assert answer.status_code == 302
    again = Registration.objects.get()
    assert (again.pk, again.full_name) == (member.pk, "Phạm Thị Lan")
    assert not {again.manage_token, again.checkin_token} & set(former)
    assert RetiredTicket.objects.get().token == former[1]
    assert again.state == (State.OFFERED if (before, after) == ("asked", "own") else State.CONFIRMED)
    assert again.shares_mailbox is (after == "shared")
    written = {("asked", "own"): ["registration_invited"], (before, "shared"): []}
    assert kinds_to("lan@mau.example") == written.get((before, after), ["registration_confirmed"])
    assert Consent.objects.filter(source__contains=again.code).exists() is (again.state == State.CONFIRMED)
    assert client.get(f"/ve/{former[0]}/").status_code == 404


def test_a_form_sent_twice_replaces_a_person_once(client, site_tree, desk, now):
    [member] = desk.name_people(people(1), at=now)
    for _press in range(2):
        assert client.post(path(desk, "replace", member.code), one()).status_code == 302
    assert RetiredTicket.objects.count() == 1


def test_nobody_who_is_registered_elsewhere_comes_instead(client, site_tree, event, delegate, desk, now):
    event.register(delegate, somebody(9), at=now)
    [member] = desk.name_people(people(1), at=now)
    answer = client.post(path(desk, "replace", member.code), one(email="khach9@mau.example"))
    assert answer.status_code == 409
    assert "Phạm Thị Lan" in answer.text
    member.refresh_from_db()
    assert member.full_name == "Nguyễn Thị Khách 1"


def test_taking_somebody_off_gives_the_seat_back_to_the_delegation(client, site_tree, student, event, now):
    desk = Delegation.objects.set_aside(
        event,
        student,
        name="Trường",
        size=2,
        release_at=now + timedelta(days=1),
        coordinator_name="Thầy Minh",
        coordinator_email=COORDINATOR,
        at=now,
    )
    [member] = desk.name_people(people(1), at=now)
    assert client.get(path(desk, "remove", member.code)).status_code == 200
    member.refresh_from_db()
    assert member.is_live, "asking does nothing"
    client.post(path(desk, "remove", member.code))
    member.refresh_from_db()
    assert member.state == State.CANCELLED
    assert desk.seats_left(now) == 2
    assert Quota.objects.with_taken(now).get(name="Sinh viên").left == 0, "the seat is the delegation's"


def test_who_is_inside_is_neither_replaced_nor_taken_off(client, site_tree, desk, now):
    [member] = desk.name_people(people(1, own=False), at=now)
    member.check_in(by=None, at=now)
    page = client.get(path(desk, "member", member.code)).text
    assert path(desk, "replace", member.code) not in page
    client.post(path(desk, "replace", member.code), one())
    client.post(path(desk, "remove", member.code))
    with pytest.raises(AlreadyInside):
        desk.substitute(member, somebody(2), at=now)
    member.refresh_from_db()
    assert (member.state, member.full_name) == (State.CONFIRMED, "Nguyễn Thị Khách 1")


def test_who_has_not_answered_is_reminded_at_most_once_a_day(client, site_tree, desk, now):
    first, second = desk.name_people(people(1, 2), at=now)
    first.accept(at=now)
    for _press in range(2):
        assert client.post(path(desk, "remind")).status_code == 302
    assert kinds_to(second.email) == ["registration_invited", "registration_invited"]
    assert "registration_invited" not in kinds_to(first.email)[1:]


# ---------------------------------------------------------------- who may, and how long


def test_a_guessed_address_opens_nothing(client, site_tree, desk, register, set_aside, now):
    [member] = desk.name_people(people(1), at=now)
    other = set_aside(name="Sở khác", coordinator_email="khac@mau.example")
    for token in ("A" * 26, member.manage_token, member.checkin_token, member.public_token):
        assert client.get(f"/doan/{token}/").status_code == 404
        assert client.post(f"/doan/{token}/danh-sach/", {"rows": "Lê Thị Phó"}).status_code == 404
    assert client.get(f"/ve/{desk.token}/").status_code == 404
    assert "Nguyễn Thị Khách 1" not in client.get(path(other, "member", member.code), follow=True).text
    client.post(path(other, "remove", member.code))
    member.refresh_from_db()
    assert member.is_live


def test_the_desk_is_kept_by_nobody_and_found_by_no_search_engine(client, site_tree, desk):
    page = client.get(desk.get_absolute_url())
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert 'name="robots" content="noindex"' in page.text
    assert 'rel="canonical"' not in page.text
    assert "Disallow: /doan/" in client.get("/robots.txt").text


def test_after_the_release_the_desk_only_shows(client, site_tree, event, delegate, desk, now):
    _asked, confirmed = desk.name_people([*people(1), *people(2, own=False)], at=now)
    desk.release(at=now)
    page = client.get(desk.get_absolute_url()).text
    assert "Các chỗ không còn được giữ riêng" in page
    assert "Nguyễn Thị Khách 2" in page
    assert path(desk) not in page
    for step, arguments in (("list", []), ("add", []), ("replace", [confirmed.code]), ("remove", [confirmed.code])):
        assert client.post(path(desk, step, *arguments), one(rows="Lê Thị Phó")).status_code == 302
    for verb in (
        lambda: desk.name_people(people(3), at=now),
        lambda: desk.substitute(confirmed, somebody(4), at=now),
        lambda: desk.take_off(confirmed, at=now),
    ):
        with pytest.raises(Refused) as refusal:
            verb()
        assert refusal.value.verdict.reason == "released"
    assert Registration.objects.count() == 2
    assert Quota.objects.with_taken(now).get().taken == 1, "who has not answered holds no seat any more"


def test_a_desk_is_no_machine_for_letters(client, site_tree, desk, now):
    [member] = desk.name_people(people(1), at=now)
    client.post(path(desk, "replace", member.code), one())
    RateLimit.objects.update(tokens=0, updated_at=timezone.now())
    member.refresh_from_db()
    answer = client.post(path(desk, "replace", member.code), one(email="khac@mau.example"))
    assert answer.status_code == 409
    assert kinds_to("khac@mau.example") == []


def test_a_desk_of_forty_people_costs_as_many_queries_as_one_of_four(client, site_tree, set_aside, now):
    small, large = set_aside(4), set_aside(40, coordinator_email="khac@mau.example")
    small.name_people(people(*range(4)), at=now)
    large.name_people(people(*range(10, 50)), at=now)
    counts = []
    for desk in (small, large):
        client.get(desk.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(desk.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_looking_at_forty_rows_costs_as_many_queries_as_at_four(client, site_tree, set_aside):
    desk = set_aside(40)
    counts = []
    for number in (4, 4, 40):
        rows = "\n".join(
            f"Khách {'ABCDEFGHIJ'[n // 10]}{'abcdefghij'[n % 10]}\t\tk{n}@mau.example" for n in range(number)
        )
        with CaptureQueriesContext(connection) as captured:
            client.post(path(desk), {"rows": rows})
        counts.append(len(captured))
    assert counts[1] == counts[2] <= 16


def tabs(desk, at) -> list:
    """Eight of them, each about to name somebody else."""
    return [lambda number=n: Delegation.objects.get(pk=desk.pk).name_people(people(number), at=at) for n in range(8)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_tabs_name_the_last_seat_at_once(set_aside, now):
    desk = set_aside(1)
    results = together(
        *(
            lambda number=number: Delegation.objects.get(pk=desk.pk).name_people(people(number), at=now)
            for number in range(8)
        )
    )
    assert {error.verdict.reason for error in refused(results)} == {"allotment_full"}
    assert len(refused(results)) == 7
    assert Registration.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.unbalanced
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_two_tabs_name_more_people_than_seats(set_aside, now, monkeypatch):
    desk = set_aside(1)
    count = Delegation.seats_left
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **kwargs: self.all())

    def slowly(self, at):
        left = count(self, at)
        time.sleep(0.05)
        return left

    monkeypatch.setattr(Delegation, "seats_left", slowly)
    together(
        *(
            lambda number=number: Delegation.objects.get(pk=desk.pk).name_people(people(number), at=now)
            for number in range(8)
        )
    )
    assert Registration.objects.count() > 1


# ---------------------------------------------------------------- the organiser


def form_of(kind, **changed) -> dict:
    return {
        "name": "Đoàn Lạng Sơn",
        "unit": "",
        "ticket_type": str(kind.pk),
        "size": "2",
        "release_at": timezone.localtime(timezone.now() + timedelta(days=5)).strftime("%Y-%m-%d %H:%M"),
        "coordinator_name": "Nông Văn Đầu Mối",
        "coordinator_email": "DauMoi@mau.example",
        "language": "vi",
    } | changed


def test_ha_sets_seats_aside_and_sees_how_far_the_list_is(client, ha, site_tree, event, student, now):
    client.force_login(ha)
    answer = client.post(reverse("events_delegation:add"), form_of(student))
    assert answer.status_code == 302, answer.text
    desk = Delegation.objects.get()
    assert (desk.event, desk.size, desk.coordinator_email, desk.created_by) == (event, 2, "daumoi@mau.example", ha)
    assert kinds_to("daumoi@mau.example") == ["delegation_link"]
    assert Quota.objects.with_taken(now).get().left == 0
    asked, _shared = desk.name_people([*people(1), *people(2, own=False)], at=timezone.now())
    page = client.get(reverse("events_delegation:index")).text
    assert "Đoàn Lạng Sơn" in page
    counted = Delegation.objects.counted(timezone.now()).get()
    assert (counted.named, counted.confirmed, counted.inside) == (2, 1, 0)
    asked.accept(at=timezone.now())
    client.post(reverse("events_delegation_send", args=[desk.pk]))
    assert kinds_to("daumoi@mau.example").count("delegation_link") == 2


def test_twenty_delegations_cost_as_many_queries_as_two(client, ha, site_tree, set_aside, now):
    client.force_login(ha)
    counts = []
    for number in (2, 18):
        for n in range(number):
            set_aside(2, letters=False).name_people(people(len(counts) * 100 + n, own=False), at=now, letters=False)
        client.get(reverse("events_delegation:index"))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("events_delegation:index"))
        counts.append(len(captured))
    assert page.text.count("UBND xã Ba Chẽ") >= 20
    assert counts[0] == counts[1] <= 20


def test_more_seats_than_there_are_cannot_be_set_aside(client, ha, site_tree, student):
    client.force_login(ha)
    answer = client.post(reverse("events_delegation:add"), form_of(student, size="3"))
    assert answer.status_code == 200
    assert "Đoàn Lạng Sơn" in answer.text
    assert not Delegation.objects.exists()


def test_a_release_in_the_past_or_after_the_event_is_refused(client, ha, site_tree, student):
    client.force_login(ha)
    for moment in ("2020-01-01 08:00", "2099-01-01 08:00"):
        client.post(reverse("events_delegation:add"), form_of(student, release_at=moment))
    assert not Delegation.objects.exists()


def test_ha_changes_size_and_end_and_those_who_have_not_answered_follow(client, ha, site_tree, delegate, desk, now):
    [member] = desk.name_people(people(1), at=now)
    client.force_login(ha)
    later = timezone.localtime(now + timedelta(days=12)).replace(second=0, microsecond=0)
    fields = form_of(delegate, name=desk.name, coordinator_name=desk.coordinator_name, coordinator_email=COORDINATOR)
    edit = reverse("events_delegation:edit", args=[desk.pk])
    assert client.get(edit).status_code == 200
    client.post(edit, fields | {"size": "9", "release_at": later.strftime("%Y-%m-%d %H:%M")})
    desk.refresh_from_db()
    member.refresh_from_db()
    assert (desk.size, desk.release_at, member.hold_until) == (9, later, later)
    answer = client.post(edit, fields | {"size": "0", "release_at": later.strftime("%Y-%m-%d %H:%M")})
    assert answer.status_code == 200
    client.post(edit, fields | {"size": "101", "release_at": later.strftime("%Y-%m-%d %H:%M")})
    desk.refresh_from_db()
    assert desk.size == 9, "the hall has a hundred"


def test_fewer_seats_than_people_are_refused(client, ha, site_tree, delegate, desk, now):
    desk.name_people(people(1, 2), at=now)
    with pytest.raises(Refused) as refusal:
        desk.resize(size=1, release_at=desk.release_at, at=now)
    assert refusal.value.verdict.reason == "allotment_used"


def test_another_coordinator_gets_a_new_link_and_the_old_one_is_dead(client, ha, site_tree, delegate, desk, now):
    [shared] = desk.name_people(people(1, own=False), at=now)
    former, page_of_member = desk.get_absolute_url(), shared.get_absolute_url()
    client.force_login(ha)
    release_at = timezone.localtime(desk.release_at).strftime("%Y-%m-%d %H:%M")
    client.post(
        reverse("events_delegation:edit", args=[desk.pk]),
        form_of(delegate, name=desk.name, size="5", release_at=release_at, coordinator_email="moi@mau.example"),
    )
    desk.refresh_from_db()
    shared.refresh_from_db()
    assert client.get(former).status_code == 404
    assert client.get(page_of_member).status_code == 404, "the former coordinator had this address too"
    assert client.get(desk.get_absolute_url()).status_code == 200
    assert kinds_to("moi@mau.example") == ["delegation_link"]
    assert (shared.email, shared.shares_mailbox) == ("moi@mau.example", True)


def test_a_mailbox_with_somebody_of_the_same_name_is_refused_beside_the_field(
    client, ha, site_tree, event, delegate, desk, now
):
    [shared] = desk.name_people(people(1, own=False), at=now)
    event.register(delegate, somebody(1, email="moi@mau.example"), at=now)
    client.force_login(ha)
    release_at = timezone.localtime(desk.release_at).strftime("%Y-%m-%d %H:%M")
    answer = client.post(
        reverse("events_delegation:edit", args=[desk.pk]),
        form_of(delegate, name=desk.name, size="4", release_at=release_at, coordinator_email="moi@mau.example"),
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["coordinator_email"]
    former = desk.token
    desk.refresh_from_db()
    shared.refresh_from_db()
    assert (desk.coordinator_email, desk.token, desk.size, shared.email) == (COORDINATOR, former, 5, COORDINATOR)


def test_ha_releases_the_seats_now(client, ha, site_tree, event, desk, now):
    asked, _shared = desk.name_people([*people(1), *people(2, own=False)], at=now)
    client.force_login(ha)
    address = reverse("events_delegation_release", args=[desk.pk])
    assert client.get(address).status_code == 200
    assert desk.is_holding(now)
    client.post(address)
    desk.refresh_from_db()
    asked.refresh_from_db()
    at = timezone.now()
    assert not desk.is_holding(at)
    assert not asked.is_held(at)
    assert Quota.objects.with_taken(at).get().taken == 1


def test_others_see_no_delegations(client, chi, giang, dung, site_tree, desk):
    for person in (chi, giang, dung):
        client.force_login(person)
        for address in (
            reverse("events_delegation:index"),
            reverse("events_delegation:edit", args=[desk.pk]),
            reverse("events_delegation_release", args=[desk.pk]),
        ):
            assert desk.name not in client.get(address, follow=True).text
        client.post(reverse("events_delegation_release", args=[desk.pk]))
        client.post(reverse("events_delegation_send", args=[desk.pk]))
    desk.refresh_from_db()
    assert desk.is_holding(timezone.now())
    assert kinds_to(COORDINATOR) == ["delegation_link"]


def test_a_delegation_of_an_event_called_off_only_shows(client, site_tree, now):
    from events.models import TicketType

    event = make_event(now, slug="khac")
    kind = TicketType.objects.create(event=event, name_vi="Đại biểu")
    desk = Delegation.objects.set_aside(
        event,
        kind,
        name="Đoàn",
        size=2,
        release_at=now + timedelta(days=1),
        coordinator_name="Đầu Mối",
        coordinator_email=COORDINATOR,
        at=now,
    )
    event.cancelled_at = now
    event.save()
    assert path(desk) not in client.get(desk.get_absolute_url()).text
    with pytest.raises(Refused):
        Delegation.objects.get().name_people(people(1), at=now)
