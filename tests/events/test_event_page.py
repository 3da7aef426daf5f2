"""The page in front of an event."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content import cache
from events import attention, demo
from events.models import Event, EventIndexPage, EventPage, Quota, TicketType
from home.audit import broken_rules

from .conftest import fill_agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site_tree, event, delegate) -> EventPage:
    index = EventIndexPage(title="Diễn đàn", slug="dien-dan", locale=site_tree.vi.locale)
    site_tree.vi.add_child(instance=index)
    page = EventPage(
        title=event.name_vi, slug=event.slug, event=event, locale=site_tree.vi.locale, crowd="Khoảng 500 đại biểu"
    )
    index.add_child(instance=page)
    return page


def test_the_page_tells_when_where_and_whether_there_are_seats(client, page, event):
    sessions = fill_agenda(event, 2)
    sessions[0].highlight = True
    sessions[0].save()
    answer = client.get(f"/dien-dan/{event.slug}/")
    assert answer.status_code == 200
    for words in (
        "Khu du lịch Bãi Cháy",
        "Khoảng 500 đại biểu",
        "Khởi nghiệp số 0",
        "Diễn giả 0",
        f"/dien-dan/{event.slug}/dang-ky/",
    ):
        assert words in answer.text
    assert "100" not in answer.text.split("</dl>")[0].split("<dl")[1], "the exact number is on the form only"
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]


def test_the_page_asks_few_statements_however_long_the_agenda(client, page, event):
    for session in fill_agenda(event, 30):
        session.highlight = True
        session.save()
    client.get(f"/dien-dan/{event.slug}/")
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/dien-dan/{event.slug}/")
    assert len(captured) <= 14, [query["sql"] for query in captured]


def test_nobody_reads_free_of_charge_where_money_or_a_word_is_awaited(client, page, event, delegate):
    forum, form = f"/dien-dan/{event.slug}/", f"/dien-dan/{event.slug}/dang-ky/"
    assert "Miễn phí" in client.get(forum).text
    assert "Vé đến hộp thư ngay" in client.get(form).text
    delegate.needs_approval = True
    delegate.save()
    assert "Vé đến hộp thư ngay" not in client.get(form).text
    event.payment_note_vi = "Chuyển khoản"
    event.save()
    TicketType.objects.create(event=event, name_vi="Gian trưng bày", position=9, price=1_000_000)
    cache.bump()
    assert "Miễn phí" not in client.get(forum).text.split("</dl>")[0]
    assert "Miễn phí, không cần tài khoản" not in client.get(form).text


def test_the_list_of_events_names_it(client, page, event):
    answer = client.get("/dien-dan/")
    assert answer.status_code == 200
    assert event.name_vi in answer.text


def test_a_closed_event_offers_no_registration(client, page, event, now):
    event.registration_closes_at = now
    event.save()
    assert "dang-ky/" not in client.get(f"/dien-dan/{event.slug}/").text


def test_pages_come_and_go_and_the_event_stays(page, event):
    with pytest.raises(ProtectedError):
        event.delete()
    page.delete()
    assert Event.objects.filter(pk=event.pk).exists()


def test_the_paths_of_page_and_event_are_the_same(page):
    page.slug = "khac"
    with pytest.raises(ValidationError):
        page.full_clean()


def test_the_dashboard_warns_organisers(page, event, delegate, register, ha, chi, now):
    assert attention.items(ha, now) == []
    register(1)
    register(2)
    quota = Quota.objects.get()
    quota.size = 1
    quota.save()
    quota.settle(now)
    EventPage.objects.update(slug="khac")
    event.registration_paused_at = now
    event.save()
    sentences = [sentence for sentence, _url in attention.items(ha, now)]
    assert len(sentences) == 3
    assert attention.items(chi, now) == []
    assert attention.figures(now) == [(event, 2, 0)]


def test_the_dashboard_warns_of_tickets_whose_seats_nobody_counts(page, event, delegate, ha, now):
    free = TicketType.objects.create(event=event, name_vi="Báo chí", name_en="Press")
    ((sentence, address),) = attention.items(ha, now)
    assert sentence == (f"Loại vé “Báo chí” của {event.name_vi} chưa có số chỗ nào: chỗ của loại này không được đếm.")
    assert address == reverse("events_quota:add")
    Quota.objects.create(event=event, name="Không giới hạn").ticket_types.add(free)  # no size is an answer, too
    assert attention.items(ha, now) == []


def test_the_dashboard_asks_as_much_for_many_kinds_of_ticket_as_for_one(
    page, event, delegate, ha, now, django_assert_num_queries
):
    ha.has_perm("events.change_event")  # asked once, then remembered
    for number in (1, 8):
        for n in range(number):
            TicketType.objects.create(event=event, name_vi=f"Loại {number}.{n}")
        with django_assert_num_queries(4):
            attention.items(ha, now)


@pytest.mark.parametrize("stage", ["before", "during", "after"])
def test_the_demo_story_can_be_told_at_every_stage_and_again(client, site_tree, stage):
    at = timezone.now()
    first = demo.build(stage, at, site_tree.site)
    again = demo.build(stage, at, site_tree.site)
    assert first == again
    # Forty by themselves, four of a delegation; three exhibitors as long as one can register.
    assert first["registrations"] == 44 + (3 if stage == "before" else 0)
    assert first["inside"] == demo.INSIDE[stage]
    event = Event.objects.get()
    assert event.sample
    assert event.eligibility(at=at).allowed is (
        stage == "before" or (stage == "during" and at < event.registration_closes_at)
    )
    for address in (
        first["urls"]["forum"],
        first["urls"]["agenda"],
        first["urls"]["ticket"],
        f"/en/dien-dan/{event.slug}/",
    ):
        assert client.get(address).status_code == 200
    assert broken_rules() == []
    if stage == "after":
        registration = event.registrations.get(manage_token=first["urls"]["ticket"].split("/")[-2])
        assert registration.certificate_of_attendance(at) is not None
    demo.build("before", at, site_tree.site)
    assert event.number_inside() <= 1
