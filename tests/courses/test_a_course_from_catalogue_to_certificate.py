"""An official finds a course, learns it, and holds the certificate; in both languages, without a script."""

import re

import pytest

from courses.models import Course, Enrolment, QuizAttempt
from courses.pages import LessonPage
from letters.models import Letter

from .conftest import quiz, right_answers, sheet_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(workshop):
    page = workshop.course(
        lessons=1, summary="Việc ở quầy, từ tiếp nhận đến trả kết quả.", goals="Tiếp nhận đúng hồ sơ\nSố hóa hồ sơ"
    )
    workshop.lesson(
        workshop.section(page), "Hồ sơ phi địa giới", [text(), quiz()], rule="quiz", goal="Tiếp nhận đúng hồ sơ"
    )
    return page


def lesson(title):
    return LessonPage.objects.get(title=title)


def hidden(html: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def begin(client, page) -> QuizAttempt:
    response = client.post(f"/hoc/bai/{page.translation_key}/lam-bai/")
    assert response.status_code == 302
    return QuizAttempt.objects.get(submitted_at=None)


def address_of(attempt: QuizAttempt) -> str:
    return f"/hoc/luot/{attempt.pk}/"


def finish(client, page, by="reading", **more):
    html = get(client, page.url)
    data = {"event": hidden(html, "event"), "edition": hidden(html, "edition"), "by": by, **more}
    return client.post(f"/hoc/bai/{page.translation_key}/xong/", data)


def test_everybody_may_read_without_an_account_and_the_page_can_be_kept_for_all(client, course):
    html = get(client, "/khoa-hoc/")
    assert course.title in html
    html = get(client, course.url)
    assert "Hồ sơ phi địa giới" in html
    assert "Học tiếp ở đây" not in html, "who only reads has nothing to go on with"
    response = client.get(lesson("Hồ sơ phi địa giới").url)
    assert response.status_code == 200
    assert not response.cookies
    assert response.public
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert client.post(f"/hoc/khoa/{course.translation_key}/ghi-danh/").status_code == 302
    assert not Enrolment.objects.exists()


def test_the_whole_way_to_the_certificate(client, course, binh, django_capture_on_commit_callbacks):
    client.force_login(binh)
    html = get(client, course.url)
    assert f"/hoc/khoa/{course.translation_key}/ghi-danh/" in html
    client.post(f"/hoc/khoa/{course.translation_key}/ghi-danh/")
    enrolment = Enrolment.objects.get()
    assert "Xong 0 trên 2 bài" in get(client, course.url)
    first, second = lesson("Bài 1"), lesson("Hồ sơ phi địa giới")
    response = finish(client, first, next=second.url)
    assert response.headers["Location"] == second.url
    html = get(client, course.url)
    assert "Xong 1 trên 2 bài" in html
    assert "Học tiếp bài 2" in html
    assert "Bắt đầu làm bài" in get(client, second.url)
    attempt = begin(client, second)
    with django_capture_on_commit_callbacks(execute=True):
        form = sheet_of(right_answers(attempt), **{"hand-in": "1"})
        response = client.post(address_of(attempt), form, follow=True)
    html = response.content.decode()
    assert "Giải thích: hồ sơ phi địa giới" in html
    enrolment.refresh_from_db()
    assert enrolment.is_complete
    assert enrolment.certificate.get_absolute_url() in html
    letter = Letter.objects.about(enrolment).get()
    assert (letter.kind, letter.to, letter.state) == ("course_completed", binh.email, "sent")
    html = get(client, course.url)
    assert "Anh/chị đã hoàn thành" in html
    assert enrolment.certificate.get_absolute_url() in html
    assert "Đã xong" in get(client, "/khoa-hoc/")


def test_the_same_way_in_english_is_the_same_record(client, course, workshop, binh):
    for page, title in [
        (course, "Service centre"),
        (workshop.section(course), "Part one"),
        (lesson("Bài 1"), "Lesson one"),
    ]:
        workshop.translate(page, title)
    client.force_login(binh)
    html = get(client, "/en" + course.url)
    assert "Service centre" in html
    client.post(f"/en/hoc/khoa/{course.translation_key}/ghi-danh/")
    assert Enrolment.objects.get().language == "en"
    english = LessonPage.objects.get(title="Lesson one")
    assert english.url.startswith("/en/khoa-hoc/")
    finish(client, english)
    assert "Xong 1 trên 2 bài" in get(client, course.url)
    html = get(client, "/en" + course.url)
    assert "1 of 2 lessons done" in html
    assert "Hồ sơ phi địa giới" in html, "a lesson without a translation is shown in Vietnamese"
    assert Course.objects.get().title_en == "Service centre"


def test_confirming_does_not_finish_a_lesson_that_has_a_quiz(client, course, binh):
    page = lesson("Hồ sơ phi địa giới")
    client.force_login(binh)
    client.post(f"/hoc/khoa/{course.translation_key}/ghi-danh/")
    client.post(f"/hoc/bai/{page.translation_key}/xong/", {"edition": "1", "by": "reading"})
    assert Enrolment.objects.get().lessons_done == 0


def test_somebody_without_a_name_is_asked_for_it_once(client, course, binh):
    binh.full_name = ""
    binh.save()
    client.force_login(binh)
    address = f"/hoc/khoa/{course.translation_key}/ghi-danh/"
    html = client.post(address).content.decode()
    assert 'name="full_name"' in html
    assert not Enrolment.objects.exists()
    client.post(address, {"full_name": "Nguyễn Thị Bình"})
    binh.refresh_from_db()
    assert binh.full_name == "Nguyễn Thị Bình"
    assert Enrolment.objects.exists()


def test_where_to_go_on_is_only_an_address_of_this_site(client, course, binh):
    client.force_login(binh)
    address = f"/hoc/khoa/{course.translation_key}/ghi-danh/"
    assert client.post(address, {"next": "https://elsewhere.example/"}).headers["Location"] == course.url


def test_the_catalogue_is_searched_without_accents(client, course, workshop):
    workshop.course("BB05", "Kỹ năng số cơ bản")
    html = get(client, "/khoa-hoc/?q=ky+nang+so")
    assert "Kỹ năng số cơ bản" in html
    assert course.title not in html
    assert "không có" in get(client, "/khoa-hoc/?q=xyzzy").lower()


def test_a_draft_is_read_by_nobody_and_a_preview_works(client, course, workshop, minh):
    draft = workshop.lesson(workshop.section(course), "Bản nháp", publish=False)
    assert client.get(draft.url or "/khoa-hoc/bb02/phan-mot/ban-nhap/").status_code == 404
    for page in (course, lesson("Hồ sơ phi địa giới")):
        request = page.make_preview_request(preview_mode="")
        assert request.status_code == 200
