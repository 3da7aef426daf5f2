"""The agenda: by day, in both languages, as calendar files, with a constant number of statements."""

from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events import agenda
from events.models import Session, Speaker

from .conftest import fill_agenda

pytestmark = pytest.mark.django_db


def test_the_agenda_shows_days_rooms_and_speakers_to_everybody(client, site_tree, event):
    fill_agenda(event, 9)
    page = client.get(reverse("events:agenda", args=[event.slug]))
    assert page.status_code == 200
    for words in ("Khởi nghiệp số 3", "Phòng 2", "Diễn giả 4", "Chủ đề 1", "at-0800 for-30 in-1", "rooms-3"):
        assert words in page.text
    assert not page.cookies
    assert page.headers["Cache-Control"].startswith("public") or "public" in page.headers["Cache-Control"]
    english = client.get(f"/en{reverse('events:agenda', args=[event.slug])}")
    assert "Startups number 3" in english.text
    assert "Room 2" in english.text


def test_one_subject_can_be_chosen(client, site_tree, event):
    sessions = fill_agenda(event, 4)
    page = client.get(reverse("events:agenda", args=[event.slug]), {"chu-de": sessions[0].track_id})
    assert "Khởi nghiệp số 0" in page.text
    assert "Khởi nghiệp số 1" not in page.text


@pytest.mark.parametrize("number", [6, 60])
def test_statements_do_not_grow_with_sessions(client, site_tree, event, number):
    fill_agenda(event, number, rooms=6)
    address = reverse("events:agenda", args=[event.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    assert len(captured) <= 14, [query["sql"] for query in captured]
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("events:agenda_ics", args=[event.slug]))
    assert len(captured) <= 5


def test_now_and_next_follow_the_clock(event):
    sessions = fill_agenda(event, 6)
    every = list(event.sessions.for_reading())
    during = sessions[0].starts_at + timedelta(minutes=5)
    assert {session.slug for session in agenda.on_now(every, during)} == {"phien-0", "phien-1", "phien-2"}
    assert agenda.next_session(every, during).slug == "phien-3"
    assert agenda.next_boundary(every, during) == sessions[0].ends_at
    assert agenda.next_session(every, sessions[0].starts_at - timedelta(days=2)) is None


def test_a_session_has_its_page_with_neighbours(client, site_tree, event):
    fill_agenda(event, 9)
    page = client.get(reverse("events:session", args=[event.slug, "phien-4"]))
    assert page.status_code == 200
    for words in ("Khởi nghiệp số 4", "Diễn giả 4", "Khởi nghiệp số 2", "Khởi nghiệp số 6"):
        assert words in page.text
    assert client.get(reverse("events:session", args=[event.slug, "khong-co"])).status_code == 404


def test_a_speaker_has_a_page_with_the_sessions(client, site_tree, event):
    fill_agenda(event, 2)
    address, session = (
        Speaker.objects.get(slug="dien-gia-1").get_absolute_url(),
        reverse("events:session", args=[event.slug, "phien-1"]),
    )
    for prefix in ("", "/en"):
        page = client.get(prefix + address)
        assert page.status_code == 200
        assert "Diễn giả 1" in page.text
        assert prefix + session in page.text


def test_calendar_files_hold_the_sessions(client, site_tree, event):
    sessions = fill_agenda(event, 3)
    start = sessions[0].starts_at
    Session.objects.create(
        event=event, slug="nghi", kind="break", title_vi="Nghỉ", starts_at=start, ends_at=start + timedelta(minutes=9)
    )
    whole = icalendar.Calendar.from_ical(client.get(reverse("events:agenda_ics", args=[event.slug])).content)
    entries = whole.walk("VEVENT")
    assert len(entries) == 3
    assert entries[0]["DTSTART"].dt == timezone.localtime(start).astimezone(entries[0]["DTSTART"].dt.tzinfo)
    assert len({str(entry["UID"]) for entry in entries}) == 3
    one = icalendar.Calendar.from_ical(client.get(reverse("events:session_ics", args=[event.slug, "phien-1"])).content)
    assert [str(entry["SUMMARY"]) for entry in one.walk("VEVENT")] == ["Khởi nghiệp số 1"]


def test_an_unpublished_event_is_seen_by_organisers_only(client, site_tree, event, ha):
    event.published_at = None
    event.save()
    address = reverse("events:agenda", args=[event.slug])
    assert client.get(address).status_code == 404
    client.force_login(ha)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_sessions_and_speakers_are_found_without_accents(event):
    fill_agenda(event, 3)
    assert Session.objects.matching("khoi nghiep so 2").get().slug == "phien-2"
    assert Speaker.objects.matching("dien gia 1").get().slug == "dien-gia-1"
