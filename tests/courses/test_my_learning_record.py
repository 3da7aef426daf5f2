"""What somebody has learnt, as a page and as files of their own; and what changed since they finished."""

import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import Course, LessonPage
from courses.record import record_of
from tests.certificates import paper

from .conftest import did
from .test_pages_ask_little_of_the_database import with_lessons

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(workshop, binh):
    page = workshop.course(lessons=2)
    enrolment = Course.objects.get().enrol(binh)
    for lesson in LessonPage.objects.descendant_of(page):
        enrolment.record([did(lesson.translation_key, at=timezone.now())])
    return page


def test_the_record_says_the_same_on_the_page_and_in_every_file(client, finished, binh, dung):
    client.force_login(binh)
    (one,) = record_of(binh)
    assert one.serial.startswith("QN-BB02")
    page = client.get("/trang-cua-toi/ket-qua/").content.decode()
    for words in (finished.title, "Bài 1", "Bài 2", one.serial):
        assert words in page
    assert "/trang-cua-toi/ket-qua/" in client.get("/trang-cua-toi/").content.decode()

    book = load_workbook(io.BytesIO(client.get("/trang-cua-toi/ket-qua/xlsx").content))
    courses, lessons = (list(sheet.values) for sheet in book)
    assert courses[1][1] == finished.title
    assert courses[1][4:7] == ("2", "2", "100")
    assert [row[1] for row in lessons[1:]] == ["Bài 1", "Bài 2"]

    told = json.loads(client.get("/trang-cua-toi/ket-qua/json").content)
    assert told["courses"][0]["certificate"] == one.serial
    assert told["courses"][0]["lessons"][1]["completed_at"]

    content = client.get("/trang-cua-toi/ket-qua/pdf").content
    said = paper.text(content, "-raw")
    for words in ("Bảng kết quả học tập", binh.full_name, one.serial, "2/2"):
        assert words in said
    assert paper.failures(content) == []

    other = Client()
    other.force_login(dung)
    assert finished.title not in other.get("/trang-cua-toi/ket-qua/").content.decode()
    assert Client().get("/trang-cua-toi/ket-qua/json").status_code == 302
    assert client.get("/trang-cua-toi/ket-qua/docx").status_code == 404


def test_somebody_who_finished_is_told_what_changed_and_loses_nothing(client, finished, binh, workshop):
    client.force_login(binh)
    enrolment = Course.objects.get().enrolments.get()
    section = workshop.section(finished)
    first, second = LessonPage.objects.descendant_of(finished).order_by("path")
    assert "Thay đổi từ khi" not in client.get(finished.url).content.decode()
    workshop.lesson(section, "Bài thêm sau")
    first.begin_new_edition()
    workshop.publish(first)
    workshop.unpublish(second)
    Course.project_for(finished.translation_key, at_once=True)
    page = client.get(finished.url).content.decode()
    changed = page[page.index("Thay đổi từ khi") :]
    for title, word in (("Bài thêm sau", "bài mới"), ("Bài 1", "đã viết lại"), ("Bài 2", "không còn tính")):
        assert changed.index(title) < changed.index(word)
    assert "có 2 bài mới từ đó" in client.get("/trang-cua-toi/").content.decode()
    completed = enrolment.completed_at
    enrolment.refresh_from_db()
    assert enrolment.completed_at == completed

    # Doing the new one is seen there too.
    added = LessonPage.objects.get(title="Bài thêm sau")
    enrolment.record([did(added.translation_key, at=timezone.now())])
    assert "anh/chị đã xong bài này" in client.get(finished.url).content.decode()
    assert "có 1 bài mới từ đó" in client.get("/trang-cua-toi/").content.decode()


def test_my_page_and_my_record_ask_the_same_at_5_and_at_200_lessons(workshop, client, binh):
    client.force_login(binh)
    counted = []
    for number, code in ((5, "K5"), (200, "K200")):
        course_page = with_lessons(workshop, number, code)
        enrolment = Course.objects.get(pk=course_page.translation_key).enrol(binh)
        keys = [item.lesson_key for item in enrolment.course.outline.all()][: number - 1]
        enrolment.record([did(key, at=timezone.now()) for key in keys])
        found = []
        for address in ("/trang-cua-toi/", "/trang-cua-toi/ket-qua/", course_page.url):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.append(len(captured))
        counted.append(found)
    assert counted[0] == counted[1]
    assert counted[0][0] <= 12, "my page"
    assert counted[0][1] <= 8, "my record"
