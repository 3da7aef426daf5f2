"""One person registered twice? Pairs side by side; an organiser decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import DistinctPeople, Registration, State
from events.models.duplicate import are_similar, pairs
from people.models import AuditEntry

from .conftest import make_event

pytestmark = pytest.mark.django_db
INDEX = "events_duplicates:index"


@pytest.fixture
def desk(client, ha, site_tree, event):
    client.force_login(ha)
    return client


@pytest.fixture
def twins(register):
    """One person, two mailboxes, one agency; the name once with accents."""
    return (
        register(1, full_name="Đặng Thị Hằng", organisation="Sở Y tế"),
        register(2, full_name="dang thi hang", organisation="SỞ Y TẾ"),
    )


def found(event) -> list[tuple[set[int], tuple[str, ...]]]:
    return [({pair.first.pk, pair.second.pk}, pair.reasons) for pair in pairs(event)]


def test_a_pair_is_shown_side_by_side(desk, event, twins):
    page = desk.get(reverse(INDEX))
    for words in ("Đặng Thị Hằng", "khach1@mau.example", "khach2@mau.example", "Cùng cơ quan, tổ chức"):
        assert words in page.text
    assert {one.pk for one in twins} in [keys for keys, _reasons in found(event)]


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"organisation": "Sở Y tế"}, {"organisation": "so y te"}, ("organisation",)),
        ({"phone": "+84912345678"}, {"phone": "+84912345678", "organisation": "Khác"}, ("phone",)),
        ({"email": "hang.dang@mau.example"}, {"email": "hangdang@mau.example", "organisation": "Khác"}, ("email",)),
        ({"email": "hang@mau.example"}, {"email": "hang@khac.example", "organisation": "Khác"}, ("email",)),
        ({"email": "hang@mau.example"}, {"email": "trang@mau.example", "organisation": "Khác"}, ()),
    ],
)
def test_a_namesake_needs_one_thing_more_in_common(event, register, one, other, reasons):
    register(1, full_name="Đặng Thị Hằng", **one)
    register(2, full_name="Đặng Thị Hằng", **other)
    assert [why for _keys, why in found(event)] == ([reasons] if reasons else [])


def test_others_are_no_pair(event, register, twins, now):
    register(3, full_name="Trần Văn Khác", organisation="Sở Y tế")
    other = make_event(now, slug="dien-dan-8")
    assert len(found(event)) == 1
    assert found(other) == []
    twins[0].cancel(at=now)
    assert found(event) == []


def test_the_same_mailbox_says_nothing():
    assert not are_similar("a@mau.example", "a@mau.example")
    assert not are_similar("minh@mau.example", "linh@mau.example")


def test_one_of_the_two_is_cancelled(desk, event, twins, ha):
    one, other = twins
    desk.post(reverse("events_duplicates:cancel"), {"one": other.pk, "other": one.pk})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == (State.CONFIRMED, State.CANCELLED)
    assert "đăng ký còn lại" in other.changes.last().said
    assert AuditEntry.objects.get(verb="registration.cancelled").actor == ha
    assert found(event) == []


def test_nobody_loses_both(desk, twins):
    """Two organisers, each with one half: the second is told."""
    one, other = twins
    desk.post(reverse("events_duplicates:cancel"), {"one": other.pk, "other": one.pk})
    answer = desk.post(reverse("events_duplicates:cancel"), {"one": one.pk, "other": other.pk}, follow=True)
    assert "không còn hiệu lực" in answer.text
    one.refresh_from_db()
    assert one.state == State.CONFIRMED
    desk.post(reverse("events_duplicates:cancel"), {"one": one.pk, "other": one.pk})
    assert Registration.objects.live().count() == 1


def test_who_is_inside_is_not_cancelled(desk, twins, now):
    one, other = twins
    other.check_in(by=None, at=now)
    desk.post(reverse("events_duplicates:cancel"), {"one": other.pk, "other": one.pk})
    other.refresh_from_db()
    assert other.state == State.CONFIRMED


def test_two_people_are_remembered(desk, event, twins, ha):
    one, other = twins
    for _click in range(2):
        desk.post(reverse("events_duplicates:distinct"), {"one": other.pk, "other": one.pk})
    assert DistinctPeople.objects.get().by == ha
    assert found(event) == []
    assert "Không có cặp nào cần xem" in desk.get(reverse(INDEX)).text


def test_only_organisers_see_pairs(client, site_tree, twins, giang, chi):
    one, other = twins
    for stranger in (giang, chi):
        client.force_login(stranger)
        assert client.get(reverse(INDEX)).status_code in (302, 403)
        for name in ("cancel", "distinct"):
            values = {"one": one.pk, "other": other.pk}
            assert client.post(reverse(f"events_duplicates:{name}"), values).status_code in (302, 403)
    assert Registration.objects.live().count() == 2
    assert not DistinctPeople.objects.exists()


def test_a_pair_is_of_one_event(desk, twins, now):
    one, _other = twins
    assert desk.post(reverse("events_duplicates:distinct"), {"one": one.pk, "other": "x"}).status_code == 404


def test_statements_do_not_grow_with_pairs(desk, register, twins):
    def statements() -> int:
        desk.get(reverse(INDEX))
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(reverse(INDEX)).status_code == 200
        return len(captured)

    few = statements()
    for number in range(10, 22):
        register(number, full_name=f"Trùng Tên {number // 2}", organisation="Sở Y tế")
    assert statements() == few
