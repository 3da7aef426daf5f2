"""What learners write down for themselves under a lesson: private, found again, taken along, gone with the account."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Course, LessonPage, Note
from home import personal_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(workshop, binh, dung):
    course = workshop.course(lessons=3)
    for person in (binh, dung):
        Course.objects.get().enrol(person)
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


def write(client, lesson, text, **more):
    return client.post(f"/hoc/bai/{lesson.translation_key}/ghi-chu/", {"text": text} | more)


def test_a_note_is_kept_found_and_read_by_nobody_else(client, lessons, binh, dung):
    first, second, _third = lessons
    client.force_login(binh)
    assert write(client, first, "Hỏi chị Hà về mẫu số 3").status_code == 302
    client.post(f"/hoc/bai/{second.translation_key}/danh-dau/", {"mark": "on"})
    client.post(f"/hoc/bai/{second.translation_key}/danh-dau/", {"mark": "on"})
    assert "Hỏi chị Hà về mẫu số 3" in client.get(first.url).content.decode()
    page = client.get("/trang-cua-toi/ghi-chu/").content.decode()
    assert "Bài 2" in page
    assert "đã đánh dấu" in page
    assert "Hỏi chị Hà" in client.get("/trang-cua-toi/ghi-chu/?q=chi+ha").content.decode()
    assert "Hỏi chị Hà" not in client.get("/trang-cua-toi/ghi-chu/?q=zzz").content.decode()

    other = Client()
    other.force_login(dung)
    for address in (first.url, "/trang-cua-toi/ghi-chu/"):
        assert "Hỏi chị Hà" not in other.get(address).content.decode()
    assert Client().get("/trang-cua-toi/ghi-chu/").status_code == 302

    # Emptied, and the mark taken away, nothing is left of it.
    note = Note.objects.get(lesson_key=first.translation_key)
    write(client, first, "", seen=note.changed_at.isoformat())
    client.post(f"/hoc/bai/{second.translation_key}/danh-dau/", {"mark": "off"})
    assert not Note.objects.exists()


def test_what_two_devices_wrote_both_stays(client, lessons, binh):
    client.force_login(binh)
    lesson = lessons[0]
    write(client, lesson, "Trên máy bàn")
    write(client, lesson, "Trên điện thoại")  # a page that was opened before
    text = Note.objects.get().text
    assert "Trên máy bàn" in text
    assert "Trên điện thoại" in text
    write(client, lesson, "Gộp lại", seen=Note.objects.get().changed_at.isoformat())
    assert Note.objects.get().text == "Gộp lại"
    assert write(client, lesson, "x" * 8001).status_code == 422
    assert write(client, lesson, "Gộp lại", seen="lúc nào đó").status_code == 302


def test_notes_go_along_with_ones_data_and_go_with_the_account(lessons, binh, minh):
    at = timezone.now()
    course = Course.objects.get()
    Note.objects.write(binh, course, lessons[0].translation_key, "Của riêng tôi", at)
    found = {one.holding.key: one.rows for one in personal_data.everything(binh.email)}
    assert found["lesson_notes"][0]["text"] == "Của riêng tôi"
    personal_data.erase(binh.email, at=at, by=minh, reason="theo yêu cầu")
    assert not Note.objects.exists()


def test_the_page_of_notes_asks_the_same_of_the_database_however_many(client, lessons, binh, workshop):
    client.force_login(binh)
    course = Course.objects.get()
    counted = []
    for number, lesson in enumerate(lessons):
        Note.objects.write(binh, course, lesson.translation_key, f"Ghi {number}", timezone.now())
        client.get("/trang-cua-toi/ghi-chu/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/trang-cua-toi/ghi-chu/")
        counted.append(len(captured))
    assert counted[0] == counted[-1] <= 8
