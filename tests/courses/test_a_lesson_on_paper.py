"""A lesson is printed, carried away, and finished by the code on the sheet, wherever its page has gone meanwhile."""

import io

import pytest
import zxingcpp
from django.core.files.images import ImageFile
from PIL import Image as Picture

from content.models import SiteImage
from courses.models import Course, LessonProgress, SectionPage
from courses.short_codes import address_of, code_of
from tests.certificates import paper

from .conftest import quiz, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(workshop, binh):
    drawing = io.BytesIO()
    Picture.new("RGB", (900, 400), "teal").save(drawing, "PNG")
    image = SiteImage.objects.create(title="Sơ đồ", file=ImageFile(drawing, "so-do.png"))
    course = workshop.course(lessons=0)
    body = [
        text('<p>Nộp ở đâu cũng được, xem <a href="/lien-he/">liên hệ</a>.</p>'),
        ("image", {"image": image, "alt": "Sơ đồ tiếp nhận", "caption": "Năm bước", "credit": ""}),
        ("remember", {"text": "Tiếp nhận trước, chuyển sau."}),
        ("checklist", {"title": "Trước khi gửi", "items": ["Đủ tên", "Đủ ngày"]}),
        ("accordion", {"parts": [{"heading": "Hỏi thêm", "text": "<p>Phần gấp cũng được in.</p>"}]}),
    ]
    lesson = workshop.lesson(workshop.section(course), "Hồ sơ phi địa giới hành chính", body)
    Course.objects.get().enrol(binh)
    return lesson


def test_paper_leads_back_to_the_button_that_finishes_the_lesson(client, lesson, binh, workshop):
    assert "Bản in (PDF)" in client.get(lesson.url).content.decode()
    answer = client.get(f"/hoc/bai/{lesson.translation_key}/ban-in.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    said = paper.text(answer.content, "-raw")
    for words in (
        "Hồ sơ phi địa giới hành chính",
        "Nộp ở đâu cũng được",
        "Tiếp nhận trước",
        "Phần gấp cũng được in",
        "Đủ ngày",
        "Bản 1, in ngày",
    ):
        assert words in said
    address = address_of(lesson.translation_key, "vi")
    assert address.split("://")[1] in said
    assert [code.text for code in zxingcpp.read_barcodes(paper.picture(answer.content, 200))] == [address]
    assert paper.failures(answer.content) == []

    # The page moves and gets another name; the sheet in the drawer still leads to it, also typed carelessly.
    section = workshop.put(lesson.course_page, SectionPage(title="Phần hai", slug="phan-hai"))
    lesson.move(section, pos="last-child")
    lesson.refresh_from_db()
    lesson.slug = "ten-moi"
    workshop.publish(lesson)
    code = code_of(lesson.translation_key)
    for typed in (code, code.upper(), code.replace("-", "")):
        assert client.get(f"/hoc/{typed}")["Location"] == f"{lesson.url}#ket-thuc"
    client.force_login(binh)
    page = client.get(lesson.url).content.decode()
    assert 'id="ket-thuc"' in page
    client.post(f"/hoc/bai/{lesson.translation_key}/xong/", {"edition": "1", "by": "reading"})
    assert LessonProgress.objects.get(lesson_key=lesson.translation_key).completed_at


def test_where_the_code_leads_when_the_lesson_has_questions_or_is_gone(client, lesson, binh, workshop):
    lesson.body.append(quiz())
    workshop.publish(lesson)
    code = code_of(lesson.translation_key)
    assert client.get(f"/hoc/{code}")["Location"].endswith("#cau-hoi")
    said = paper.text(client.get(f"/hoc/bai/{lesson.translation_key}/ban-in.pdf").content, "-raw")
    assert "Việc nào là đúng" in said
    assert "Giải thích" not in said
    section = lesson.get_parent()
    both = client.get(f"/hoc/phan/{Course.objects.get().pk}/{section.translation_key}/ban-in.pdf")
    assert both.status_code == 200

    workshop.unpublish(lesson)
    client.force_login(binh)
    answer = client.get(f"/hoc/{code}", follow=True)
    assert "hiện không có trong khóa" in answer.content.decode()
    for nonsense in ("x", "0" * 10, "é" * 10, "aaaaa-aaaaa"):
        assert client.get(f"/hoc/{nonsense}").status_code == 404
    assert client.get(f"/hoc/bai/{lesson.translation_key}/ban-in.pdf").status_code == 404
