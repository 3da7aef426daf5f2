"""Lessons that a browser keeps: the same for everybody, their size said before, and only what one may read."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from courses.models import Course
from people.browser import SHARED

from .conftest import quiz, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(workshop, binh):
    course = workshop.course(lessons=1)
    lesson = workshop.lesson(
        workshop.section(course), "Hồ sơ phi địa giới", [text("<p>Nộp ở đâu cũng được.</p>"), quiz()]
    )
    Course.objects.get().enrol(binh)
    return lesson


def kept(client, lesson) -> str:
    return client.get(f"/hoc/ngoai-tuyen/{lesson.translation_key}/").content.decode()


def package(client, lesson) -> dict:
    return client.get(f"/hoc/ngoai-tuyen/{lesson.translation_key}/goi/").json()


def test_what_is_kept_is_the_same_for_everybody(client, lesson, binh, workshop):
    client.force_login(binh)
    copy = kept(client, lesson)
    assert copy == kept(Client(), lesson)
    assert "Nộp ở đâu cũng được." in copy
    for personal in (binh.full_name, binh.email, "csrfmiddlewaretoken", "data-enrolment", "correct"):
        assert personal not in copy
    assert "srcset" not in copy

    # Its size is said before anything is fetched, with the addresses that make it whole.
    found = package(client, lesson)
    (one,) = found["lessons"]
    assert one["size"] >= len(copy.encode())
    assert found["frame_size"] > 50_000
    assert one["path"] == lesson.url
    assert any(address.endswith("outbox.js") for address in found["frame"])
    assert f'data-version="{one["version"]}"' in client.get(lesson.url).content.decode()

    # After an edit the page names a newer version, and the whole section can be had at once.
    lesson.body = [("text", "<p>Sửa lại.</p>")]
    workshop.publish(lesson)
    assert package(client, lesson)["lessons"][0]["version"] != one["version"]
    section = workshop.section(lesson.get_parent().get_parent())
    both = client.get(f"/hoc/ngoai-tuyen/{one['course']}/{section.translation_key}/goi/").json()["lessons"]
    assert [row["title"] for row in both] == ["Bài 1", "Hồ sơ phi địa giới"]


def test_only_what_one_may_read_is_kept_and_nothing_on_a_shared_computer(client, lesson, binh, workshop):
    client.force_login(binh)
    assert "data-package" in client.get(lesson.url).content.decode()
    assert "data-package" not in Client().get(lesson.url).content.decode(), "only learners are asked"
    session = client.session
    session[SHARED] = True
    session.save()
    assert "data-package" not in client.get(lesson.url).content.decode()
    assert "data-package" not in client.get("/khoa-hoc/bb02/").content.decode()
    answer = client.post("/accounts/logout/")
    assert "storage" in answer.headers["Clear-Site-Data"]
    client.force_login(binh)
    assert "Clear-Site-Data" not in client.post("/accounts/logout/").headers

    address = f"/hoc/ngoai-tuyen/{lesson.translation_key}/"
    restriction = PageViewRestriction.objects.create(page=lesson, restriction_type="login")
    assert Client().get(address).status_code == Client().get(f"{address}goi/").status_code == 404
    restriction.delete()
    workshop.unpublish(workshop.section(lesson.get_parent().get_parent()))
    assert Client().get(address).status_code == 404


def test_the_computer_that_others_use_is_said_when_signing_in(client, binh, django_capture_on_commit_callbacks):
    from tests.journeys.walk import code_in, last_letter

    page = client.get("/accounts/login/").content.decode()
    assert "Máy này dùng chung" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/login/", {"login": binh.email, "shared": "on"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(last_letter(binh.email))})
    assert client.session[SHARED] is True
    assert client.session.get_expire_at_browser_close()
    worker = client.get("/hoc-ngoai-tuyen.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    site = json.loads(worker.content.decode().split("\n")[0].removeprefix("const SITE = ").removesuffix(";"))
    assert site == {
        "office": reverse("wagtailadmin_home"),
        "files": "/tep/",
        "homes": [["/en/", "/en/hoc/ngoai-tuyen/"], ["/", "/hoc/ngoai-tuyen/"]],
    }
    assert client.get("/hoc/ngoai-tuyen/").status_code == 200


def test_a_lesson_that_is_not_open_yet_is_neither_kept_nor_printed(client, workshop, binh):
    page = workshop.course(lessons=2, sequential=True)
    Course.objects.get().enrol(binh)
    client.force_login(binh)
    first, second = (item.lesson_key for item in Course.objects.get().outline.open().in_order())
    for address in ("/hoc/ngoai-tuyen/{}/", "/hoc/ngoai-tuyen/{}/goi/", "/hoc/bai/{}/ban-in.pdf"):
        assert client.get(address.format(first)).status_code == 200
        assert client.get(address.format(second)).status_code == 404
    section = workshop.section(page)
    found = client.get(f"/hoc/ngoai-tuyen/{page.translation_key}/{section.translation_key}/goi/").json()["lessons"]
    assert [row["title"] for row in found] == ["Bài 1"]
