"""The blocks of lessons: what they show and refuse; films come in several qualities, or as sound alone."""

import io
import struct
import uuid
import zlib

import pytest
from django.template import Context, Template
from wagtail.blocks import StructBlockValidationError

from courses import blocks, measures
from courses.models import Course, LessonPage, LessonProgress, OutlineItem

from .test_captions import CLEAN, film, stored
from .test_pages_ask_little_of_the_database import statements
from .test_what_a_browser_reports import event, send

pytestmark = pytest.mark.django_db


def shown(name: str, value) -> str:
    stream = blocks.LessonBlock().normalize([(name, value)])
    return Template("{% load wagtailcore_tags %}{% for b in stream %}{% include_block b %}{% endfor %}").render(
        Context({"stream": stream})
    )


@pytest.mark.parametrize("name", ["steps", "remember", "comparison", "accordion", "checklist"])
def test_each_shows_its_sample_in_the_chooser(name):
    block = blocks.LessonBlock().child_blocks[name]
    assert block.get_description()
    assert block.render(block.normalize(block.get_preview_value())).strip()


def test_steps_name_who_is_responsible_and_a_comparison_names_each_cell():
    html = shown("steps", {"heading": "", "steps": [{"title": "Kiểm tra", "who": "Công chức một cửa", "text": ""}]})
    assert "Trách nhiệm: Công chức một cửa" in html
    table = {
        "caption": "Hai cách nộp",
        "columns": ["Trực tiếp", "Trực tuyến"],
        "rows": [{"aspect": "Nơi nộp", "cells": ["Trung tâm", "Cổng dịch vụ công"]}],
        "source": "",
    }
    html = shown("comparison", table)
    assert '<th scope="row">Nơi nộp</th>' in html
    assert 'data-column="Trực tuyến">Cổng dịch vụ công' in html, "a phone shows no heads of columns"
    table["rows"].append({"aspect": "Thời gian", "cells": ["Giờ làm việc", "Mọi lúc", "?"]})
    block = blocks.ComparisonBlock()
    with pytest.raises(StructBlockValidationError) as problem:
        block.clean(block.normalize(table))
    assert "Hàng 2 có 3 ô, nhưng bảng có 2 cột." in str(problem.value.block_errors["rows"])


def pdf(pages: int, *, packed: bool) -> bytes:
    tree = b"<< /Type /Pages /Kids [] /Count %d >>" % pages
    if packed:
        stream = zlib.compress(b"1 0 " + tree)
        tree = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream"
    return b"%PDF-1.7\n1 0 obj\n" + tree + b"\nendobj\n%%EOF"


def test_a_pdf_says_its_pages_and_size_before_it_is_fetched(site_tree):
    block = blocks.PdfBlock()
    for packed in (False, True):
        paper = stored("huong-dan.pdf", pdf(12, packed=packed))
        value = block.clean(
            block.to_python({"file": paper.pk, "title": "Hướng dẫn", "summary": "Năm bước.", "pages": None})
        )
        assert value["pages"] == 12
    html = shown("pdf", {"file": paper, "title": "Hướng dẫn", "summary": "Năm bước.", "pages": 12})
    assert "PDF, 12 trang" in " ".join(html.split())
    assert "Năm bước." in html
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"file": stored("a.txt", b"x").pk, "title": "A", "summary": "A"}))
    assert measures.pages_of(io.BytesIO(b"%PDF-1.4 broken stream\n\xff")) is None


def items(*documents) -> list[dict]:
    """A list as a StreamField keeps it."""
    return [{"type": "item", "id": str(uuid.uuid4()), "value": document.pk} for document in documents]


def mp4(seconds: int) -> bytes:
    def box(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + name + body

    header = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + bytes(80)
    return box(b"ftyp", b"isom0000") + box(b"mdat", bytes(3000)) + box(b"moov", box(b"mvhd", header))


def test_the_length_is_read_from_the_file_and_never_longer_than_it(site_tree):
    captions = stored("p.vtt", CLEAN.encode())
    video = stored("p.mp4", mp4(50))
    assert film(file=video, captions=captions, seconds=None)["seconds"] == 50
    with pytest.raises(StructBlockValidationError) as problem:
        film(file=video, captions=captions, seconds=99)
    assert "Tệp chỉ dài 50 giây." in str(problem.value.block_errors["seconds"])
    with pytest.raises(StructBlockValidationError):
        film(file=stored("x.mp4", b"not a film"), captions=captions, seconds=None)
    sound = stored("p.mp3", b"0")
    refused = {
        "file": {"file": stored("p.pdf", b"%PDF-"), "captions": captions},
        "captions": {"file": video, "captions": None},
        "audio": {"file": None, "audio": video},
        "others": {"file": None, "audio": sound, "others": items(video)},
    }
    for name, fields in refused.items():
        with pytest.raises(StructBlockValidationError) as problem:
            film(**fields)
        assert name in problem.value.block_errors
    with pytest.raises(StructBlockValidationError) as problem:
        film(file=None, captions=None)
    assert "file" in problem.value.block_errors


@pytest.fixture
def a_lesson_with(workshop, binh, client):
    """A lesson with such a film under the rule “video”, and Bình who learns it."""

    def make(**fields):
        course = workshop.course(lessons=0)
        lesson = LessonPage(title="Có phim", rule="video")
        value = {"title": "Phim", "seconds": 100, "coverage": 90, "transcript": "<p>Lời của phim</p>"} | fields
        lesson.body = lesson.body.stream_block.to_python(
            [{"type": "film", "id": str(uuid.UUID(int=77)), "value": value}]
        )
        lesson = workshop.put(workshop.section(course), lesson)
        Course.objects.get(pk=course.translation_key).enrol(binh, "import", at=OutlineItem.objects.get().since)
        client.force_login(binh)
        return lesson

    return make


def test_the_lightest_film_comes_first_and_each_says_its_size(a_lesson_with, client):
    sharp, light, middle = (stored(f"{size}.mp4", bytes(size)) for size in (5_000_000, 400_000, 2_000_000))
    lesson = a_lesson_with(
        file=sharp.pk,
        others=items(light, middle),
        captions=stored("p.srt", CLEAN.replace(".", ",").encode()).pk,
    )
    html = client.get(lesson.url).content.decode()
    player = html.split("<video")[1].split(">")[0]
    assert f"/tep/{light.pk}/" in player
    assert "autoplay" not in html
    order = [html.index(f'value="/tep/{video.pk}/') for video in (light, middle, sharp)]
    assert order == sorted(order)
    choice = html.split("data-qualities")[1].split("</fieldset>")[0]
    said = [choice.index(f"> {word} <") for word in ("Nhẹ", "Vừa", "Nét")]
    assert said == sorted(said)
    assert html.count("\u00a0MB</span>") == 2, "said before anything is fetched"
    assert statements(client, lesson.url) <= 15


def test_sound_alone_is_enough_and_listening_counts(a_lesson_with, client, binh):
    audio = stored("p.mp3", bytes(300_000))
    lesson = a_lesson_with(audio=audio.pk)
    assert lesson.problem() == ""
    html = client.get(lesson.url).content.decode()
    assert "<video" not in html
    assert f'src="/tep/{audio.pk}/' in html
    assert "Đã nghe 0:00 trên 1:40" in html
    assert "Lời của phim" in html
    enrolment = Course.objects.get().enrolments.get()
    enrolment.started_at = enrolment.started_at - enrolment.started_at.resolution
    type(enrolment).objects.update(started_at=enrolment.started_at.replace(year=2025))
    send(client, event(lesson, watched=[[0, 95]]))
    assert LessonProgress.objects.get().completed_at is not None


def test_how_long_a_lesson_was_open_is_kept_as_stretches_of_time(a_lesson_with, client):
    lesson = a_lesson_with(audio=stored("p.mp3", b"0").pk)
    type(Course.objects.get().enrolments.get()).objects.update(started_at="2025-01-01T00:00:00+00:00")
    tab = event(lesson, verb="visible", data={"wall": 200})
    other_tab = event(lesson, verb="visible", data={"wall": 150})
    send(client, tab, other_tab)
    send(client, tab, event(lesson, verb="visible", data={"wall": 10**9}))
    assert LessonProgress.objects.get().seconds in (200, 201), "two tabs at once, a repeat, and nonsense"
