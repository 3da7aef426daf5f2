"""How registration goes, on one page."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events import attention
from events.dashboard import Overview, plot, round_up
from events.models import Delegation, Quota, State, TicketType

from .conftest import make_event

pytestmark = pytest.mark.django_db
INDEX = "events_dashboard:index"


@pytest.fixture
def desk(client, ha, site_tree, event):
    client.force_login(ha)
    return client


def test_everything_is_counted(event, delegate, student, register, now):
    inside, _confirmed, gone = register(1, organisation="Sở Y tế"), register(2, organisation="Sở Y tế"), register(3)
    inside.check_in(by=None, at=now)
    gone.cancel(at=now)
    for number in (4, 5):
        register(number, ticket_type=student)
    event.register(student, _person(6), at=now, wait=True)
    set_aside(event, delegate, 10, now)
    seen = Overview.of(event, now)
    assert (seen.total, seen.confirmed, seen.inside, seen.percent_inside) == (6, 4, 1, 25)
    assert seen.number_in(State.WAITLISTED) == 1
    hall, students = seen.quotas
    assert (hall.quota.taken, hall.set_aside, hall.people, hall.quota.left, hall.waiting) == (12, 10, 2, 88, 0)
    assert (students.quota.taken, students.set_aside, students.quota.left, students.waiting) == (2, 0, 0, 1)
    assert [(kind.ticket_type, kind.total, kind.inside) for kind in seen.kinds] == [(delegate, 3, 1), (student, 3, 0)]
    assert [(agency.name, agency.number, agency.inside) for agency in seen.agencies] == [
        ("Sở Y tế", 2, 1),
        ("UBND Phường Bãi Cháy", 2, 0),
    ]


def set_aside(event, kind, size, now):
    return Delegation.objects.set_aside(
        event,
        kind,
        name="Sở Y tế",
        size=size,
        release_at=now + timedelta(days=5),
        coordinator_name="Trần An",
        coordinator_email="an@soyte.example",
        at=now,
    )


def _person(number):
    from .conftest import somebody

    return somebody(number)


def test_the_page_draws_and_says_it(desk, event, register, now):
    register(1, at=now - timedelta(days=2))
    register(2)
    page = desk.get(reverse(INDEX))
    assert page.status_code == 200
    assert page.text.count('<rect class="bar" x=') == 2
    assert 'role="img"' in page.text
    assert "Xem dạng bảng" in page.text
    for value in re.findall(r'<rect class="bar" x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"', page.text):
        assert all(number.isdecimal() for number in value)
    assert f"{reverse('events_registration:index')}?event={event.pk}&amp;state=confirmed" in page.text


def test_an_empty_event_and_another_one_are_shown(desk, now):
    other = make_event(now, slug="dien-dan-8", name_vi="Diễn đàn lần thứ 8")
    page = desk.get(reverse(INDEX), {"su-kien": other.slug})
    assert "Diễn đàn lần thứ 8" in page.text
    assert "Chưa có ai đăng ký" in page.text
    assert desk.get(reverse(INDEX), {"su-kien": "khong-co"}).status_code == 404


def test_days_nobody_registered_are_in_the_plot_and_long_times_are_weeks():
    drawn = plot({date(2026, 3, 2): 4, date(2026, 3, 5): 8})
    assert [bar.number for bar in drawn.bars] == [4, 0, 0, 8]
    assert [number for number, _y in drawn.lines] == [0, 4, 8]
    weeks = plot({date(2026, 1, 1): 1, date(2026, 6, 1): 2})
    assert weeks.by_week
    assert sum(bar.number for bar in weeks.bars) == 3
    assert plot({}) is None


@pytest.mark.parametrize(
    ("number", "top"), [(1, 2), (3, 4), (7, 8), (10, 10), (11, 12), (21, 30), (199, 200), (201, 300), (1003, 1200)]
)
def test_the_top_of_the_plot_reads_well(number, top):
    assert round_up(number) == top


def test_statements_grow_neither_with_people_nor_with_kinds(desk, event, register):
    def statements() -> int:
        desk.get(reverse(INDEX))
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(reverse(INDEX)).status_code == 200
        return len(captured)

    register(1)
    few = statements()
    for number in range(2, 30):
        register(number, organisation=f"Cơ quan {number}")
    for number in range(4):
        kind = TicketType.objects.create(event=event, name_vi=f"Loại {number}")
        Quota.objects.create(event=event, name=f"Số chỗ {number}", size=5).ticket_types.add(kind)
    assert statements() == few


def test_only_who_sees_registrations_sees_the_figures(client, site_tree, event, giang, chi):
    for stranger in (giang, chi):
        client.force_login(stranger)
        assert client.get(reverse(INDEX)).status_code in (302, 403)


def test_the_home_page_says_who_waits_for_a_word(event, delegate, student, register, now, ha, chi):
    TicketType.objects.filter(pk=delegate.pk).update(needs_approval=True, approval_days=1)
    delegate.refresh_from_db()
    register(1)
    sentences = [sentence for sentence, _url in attention.items(ha, now)]
    assert any("1 đăng ký" in one and "đang chờ duyệt" in one and "hết hạn giữ chỗ" in one for one in sentences)
    assert attention.items(chi, now) == []


def test_the_home_page_says_that_money_is_awaited(event, delegate, register, now, ha):
    event.payment_note_vi = "Chuyển khoản"
    event.save()
    TicketType.objects.filter(pk=delegate.pk).update(price=1000)
    delegate.refresh_from_db()
    delegate.event = event
    register(1)
    assert any("đang chờ thanh toán" in sentence for sentence, _url in attention.items(ha, now))


def test_the_home_page_says_when_people_wait_beside_a_free_seat(event, student, register, now, ha):
    taken = [register(number, ticket_type=student) for number in (1, 2)]
    event.register(student, _person(3), at=now, wait=True)

    def told() -> bool:
        return any("có thể nhận chỗ" in sentence for sentence, _url in attention.items(ha, now))

    assert not told()
    taken[0].cancel(at=now)
    assert told()
    event.offer_free_seats(now)
    assert not told()
