"""A filter of the list is kept under a name."""

import pytest
from django.urls import reverse

from events.models import SavedFilter
from tests.conftest import person

pytestmark = pytest.mark.django_db
LIST, SAVE = "events_registration:index", "events_saved_filter_save"


@pytest.fixture
def desk(client, ha, site_tree, event):
    client.force_login(ha)
    return client


@pytest.fixture
def huong(db):
    """A second organiser."""
    return person("huong@mau.example", "Vũ Mai Hương", "Ban tổ chức")


def save(desk, **values):
    return desk.post(reverse(SAVE), {"name": "Báo chí", "query": "state=pending&p=3&next=/x&q=bao"} | values)


def test_the_filter_of_the_moment_is_kept_and_opened_again(desk, register):
    register(1)
    assert "Lưu bộ lọc này" not in desk.get(reverse(LIST)).text
    assert "Lưu bộ lọc này" in desk.get(reverse(LIST), {"state": "pending"}).text
    answer = save(desk)
    saved = SavedFilter.objects.get()
    assert saved.query == "state=pending", "words that were searched for are mostly names, and are not kept"
    assert answer["Location"] == f"{reverse(LIST)}?state=pending"
    assert f'href="{reverse(LIST)}?state=pending"' in desk.get(reverse(LIST)).text
    assert 'aria-current="true"' in desk.get(answer["Location"]).text


def test_one_name_is_one_filter(desk):
    save(desk)
    save(desk, query="state=confirmed")
    assert SavedFilter.objects.get().query == "state=confirmed"


def test_without_a_filter_or_a_name_nothing_is_kept(desk):
    for values in (
        {"query": ""},
        {"query": "p=2"},
        {"query": "q=Nguyễn Văn An"},
        {"query": "https://xau.example/?a=b"},
        {"name": " "},
    ):
        save(desk, **values)
    assert not SavedFilter.objects.exists()


def test_saving_is_offered_where_something_can_be_saved(desk):
    offered = "Lưu bộ lọc này"
    assert offered not in desk.get(reverse(LIST), {"q": "Nguyễn Văn An"}).text
    assert offered in desk.get(reverse(LIST), {"q": "Nguyễn Văn An", "state": "confirmed"}).text


def test_a_shared_one_is_seen_by_all_organisers_and_an_own_one_by_nobody_else(desk, client, huong):
    save(desk, name="Của tôi")
    save(desk, name="Chung", shared="on")
    desk.get(reverse(LIST))  # the messages about saving are read
    client.force_login(huong)
    page = client.get(reverse(LIST)).text
    assert "Chung" in page
    assert "Của tôi" not in page


def test_only_the_owner_deletes(desk, client, ha, huong):
    save(desk, shared="on")
    saved = SavedFilter.objects.get()
    address = reverse("events_saved_filter_delete", args=[saved.pk])
    client.force_login(huong)
    assert client.post(address).status_code == 404
    client.force_login(ha)
    client.post(address)
    assert not SavedFilter.objects.exists()


def test_others_keep_no_filters(client, site_tree, event, giang, chi):
    for stranger in (giang, chi):
        client.force_login(stranger)
        assert save(client).status_code in (302, 403)
    assert not SavedFilter.objects.exists()


def test_every_filter_of_the_list_works(desk, event, delegate, register, student, now):
    here, there = register(1), register(2, ticket_type=student)
    day = now.astimezone().strftime("%Y-%m-%d")
    for query, shown in (
        ({"event": event.pk}, {here.pk, there.pk}),
        ({"ticket_type": student.pk, "event": event.pk}, {there.pk}),
        ({"state": ["confirmed", "pending"]}, {here.pk, there.pk}),
        ({"source": "desk"}, set()),
        ({"language": "en"}, set()),
        ({"created_at_from": "2030-01-01"}, set()),
        ({"created_at_from": "2020-01-01", "created_at_to": "2035-01-01", "q": here.email}, {here.pk}),
    ):
        text = desk.get(reverse(LIST), query).text
        assert {one.pk for one in (here, there) if f"inspect/{one.pk}/" in text} == shown, (query, day)
