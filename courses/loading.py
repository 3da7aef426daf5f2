"""Courses written as text (manuscripts.py) become pages in both languages. Editors' changes stay."""

import html
import json
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from content.models import SiteImage
from courses import manuscripts, receivers
from courses.manuscripts import Course as Manuscript
from courses.manuscripts import Lesson
from courses.models import Course, Quiz
from courses.pages import CourseIndexPage, CoursePage, LessonPage, SectionPage
from courses.quizzing import bank, markdown
from courses.rules import DEFAULT_COVERAGE

MEDIA = manuscripts.CONTENT / "media"
NAMESPACE = uuid.UUID("6a1b5f0e-6f0c-4d0e-9d59-0d6f2a7f3c11")
TASK = {"answer": "either", "kinds": ["pdf", "text", "picture"], "megabytes": 10, "points": 10, "pass_points": 5}


def block_id(*where: object) -> str:
    """Made from the place, so that both languages share the ids of blocks, questions and answers."""
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, where))))


@dataclass
class Writer:
    """The body of one lesson in one language, as a StreamField keeps it."""

    slug: str
    language: str

    def body(self, lesson: Lesson, film: str, quiz: Quiz | None) -> list[dict[str, Any]]:
        found = [self.film(film)] if film else []
        found += [self.from_block(block.kind, block.value, number) for number, block in enumerate(lesson.blocks)]
        if quiz is not None:
            found.append({"type": "quiz", "id": block_id(self.slug, "quiz"), "value": quiz.pk})
        return found

    def from_block(self, kind: str, value: Any, number: int) -> dict[str, Any]:
        if kind == "heading":
            value = {"text": value, "level": "h2"}
        elif kind == "remember":
            value = {"text": value}
        elif kind == "steps":
            steps = [self.item(step | {"text": paragraph(step["text"])}, number, at) for at, step in enumerate(value)]
            value = {"heading": "", "steps": steps}
        elif kind == "checklist":
            value = value | {"items": [self.item(line, number, at) for at, line in enumerate(value["items"])]}
        elif kind == "comparison":
            value = self.comparison(value, number)
        elif kind == "accordion":
            value = {"parts": [self.item(part, number, at) for at, part in enumerate(value)]}
        elif kind == "task":  # one block in both languages: what is handed in belongs to it
            return {"type": kind, "id": block_id(self.slug, "task"), "value": TASK | value}
        elif kind == "table":
            rows = "\n".join(" | ".join(row) for row in value["rows"])
            value = {"caption": value["caption"], "rows": rows, "source": ""}
        return {"type": kind, "id": block_id(self.slug, self.language, number), "value": value}

    def item(self, value: Any, *where: object) -> dict[str, Any]:
        return {"type": "item", "id": block_id(self.slug, self.language, *where), "value": value}

    def comparison(self, value: dict[str, Any], number: int) -> dict[str, Any]:
        (_corner, *columns), *lines = value["rows"]
        rows = []
        for at, (aspect, *texts) in enumerate(lines):
            cells = [self.item(text, number, at, column) for column, text in enumerate(texts)]
            rows.append(self.item({"aspect": aspect, "cells": cells}, number, at))
        heads = [self.item(name, number, "c", at) for at, name in enumerate(columns)]
        return {"caption": value["caption"], "columns": heads, "rows": rows, "source": ""}

    def film(self, name: str) -> dict[str, Any]:
        facts = json.loads((MEDIA / f"{name}.json").read_text(encoding="utf-8"))
        value = {
            "title": facts[f"title_{self.language}"],
            "file": document(f"{name}.mp4", facts["title_vi"]).pk,
            "others": [self.item(document(f"{name}.240p.mp4", f"{facts['title_vi']} (240p)").pk, "film", "240p")],
            "captions": document(f"{name}.{self.language}.vtt", f"{facts['title_vi']} ({self.language})").pk,
            "transcript": (MEDIA / f"{name}.{self.language}.html").read_text(encoding="utf-8").strip(),
            "poster": picture(f"{name}.png", facts["title_vi"]).pk,
            "seconds": facts["seconds"],
            "coverage": DEFAULT_COVERAGE,
        }
        return {"type": "film", "id": block_id(self.slug, "film"), "value": value}


def paragraph(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>" if text else ""


def document(name: str, title: str):
    """The file in the library, put there once."""
    model = get_document_model()
    found = model.objects.filter(title=title).first()
    if found is None:
        with (MEDIA / name).open("rb") as file:
            found = model(title=title)
            found.file.save(name, File(file), save=False)
            found.save()
        found.get_file_size()  # both are written down
        found.get_file_hash()
    return found


def picture(name: str, title: str) -> SiteImage:
    found = SiteImage.objects.filter(title=title).first()
    if found is None:
        with (MEDIA / name).open("rb") as file:
            found = SiteImage.objects.create(title=title, file=ImageFile(file, name=name))
    return found


# ---------------------------------------------------------------- pages


def put(parent: Page, page: Page) -> Page:
    """A new page below the parent, published with a revision as if an editor had."""
    page.locale = parent.locale
    page.live = False
    parent.refresh_from_db()
    page = parent.add_child(instance=page)
    page.save_revision(clean=False).publish()  # it was checked when it was put there
    page.refresh_from_db()
    return page


def translated(page: Page, **fields) -> Page:
    """The English page of the same thing, published. Made anew and not copied: a copy is saved once more."""
    english = Locale.objects.get(language_code="en")
    existing = page.get_translation_or_none(english)
    if existing is not None:
        return existing
    values = {
        field.name: getattr(page, field.name) for field in page._meta.local_concrete_fields if not field.primary_key
    }
    values |= {"title": page.title, "slug": page.slug, "translation_key": page.translation_key}
    parent = page.get_parent().get_translation(english)
    return put(parent, type(page)(**(values | fields)))


@contextmanager
def put_once():
    """Pages are saved several times until published. What is yielded to be filled is looked at once, at the end."""
    courses: list[Page] = []
    models = (CoursePage, SectionPage, LessonPage)
    silenced = [model for model in models if post_save.disconnect(post_save_signal_handler, sender=model)]
    page_published.disconnect(dispatch_uid=receivers.PUBLISHED)
    try:
        with disable_reference_index_auto_update():
            yield courses
    finally:
        receivers.listen()
        for model in silenced:
            post_save.connect(post_save_signal_handler, sender=model)
    for key in {course.translation_key for course in courses}:
        receivers.look_again(key)
    for course in courses:
        pages = list(Page.objects.descendant_of(course, inclusive=True).specific())
        for page in pages:
            ReferenceIndex.create_or_update_for_object(page)
        for backend in get_search_backends(with_auto_update=True):
            for model in models:
                backend.add_bulk(model, [page for page in pages if isinstance(page, model)])


def put_index(home: Page, vi: dict, en: dict) -> CourseIndexPage:
    """The catalogue in both languages."""
    index = CourseIndexPage.objects.child_of(home).first()
    if index is None:
        index = put(home, CourseIndexPage(slug="khoa-hoc", **vi))
    if home.get_translation_or_none(Locale.objects.get(language_code="en")) is not None:
        translated(index, **en)
    return index


def lines_of_sources(keys: list[str], language: str = "vi") -> str:
    """Name | address, a line each. An unknown key is a mistake in a manuscript."""
    known = manuscripts.sources()
    names = ((known[key].name(language), known[key].address) for key in keys)
    return "\n".join(f"{name[:1].upper()}{name[1:]} | {address}".rstrip(" |") for name, address in names)


def questions_of(course: CoursePage, written: Manuscript) -> Course:
    """The bank that lies beside the lessons goes into the record, which is there before the course is published."""
    record, _made = Course.objects.get_or_create(key=course.translation_key, defaults={"code": written.code})
    path = written.folder / "questions.md"
    if path.exists():
        reading = markdown.read(path.read_text(encoding="utf-8"))
        for item in reading.items:
            item.source = said_sources(item.source)
        bank.put(record, reading)
    return record


def said_sources(keys: str) -> str:
    """ "C8, C26" as readers see it: names and addresses."""
    known = manuscripts.sources()
    return "; ".join(f"{known[key].vi}, {known[key].address}".rstrip(", ") for key in manuscripts.keys(keys))


def put_course(index: CourseIndexPage, written: Manuscript) -> CoursePage:
    """The pages of a course: lessons first, the course itself last, so that all lessons open together."""
    existing = CoursePage.objects.child_of(index).filter(code=written.code).first()
    if existing is not None:
        return existing
    with put_once() as made:
        course, pairs, english = put_vietnamese(index, written)
        made.append(course)
        if english and index.get_translation_or_none(Locale.objects.get(language_code="en")) is not None:
            fields = course_fields(english) | {"sources": lines_of_sources(written.sources, "en")}
            made.append(translated(course, **fields))
            for page, said in pairs:
                if said:
                    translated(page, **said)
    return course


def put_vietnamese(index: CourseIndexPage, written: Manuscript):
    """The course, each page below it with what its English page would say, and the English manuscript."""
    course = CoursePage(slug=written.code.lower(), code=written.code, group=written.group, is_sample=True)
    for name, value in (course_fields(written) | {"gives_certificate": written.gives_certificate}).items():
        setattr(course, name, value)
    course.sources = lines_of_sources(written.sources)
    course.locale, course.live = index.locale, False
    index.refresh_from_db()
    course = index.add_child(instance=course)
    pairs: list[tuple[Page, dict[str, Any]]] = []
    english = written.in_english()
    record = questions_of(course, written)
    for number, section_written in enumerate(written.sections):
        section = put(course, SectionPage(title=section_written.title, slug=section_written.slug))
        pairs.append((section, {"title": english.sections[number].title} if english else {}))
        for slug in section_written.lessons:
            pairs.append(put_lesson(section, written, slug, record))
    course.save_revision().publish()
    course.refresh_from_db()
    return course, pairs, english


def course_fields(written: Manuscript) -> dict[str, str]:
    return {
        "title": written.title,
        "summary": written.summary,
        "audience": written.audience[:300],
        "topics": written.topics[:300],
        "goals": "\n".join(written.goals),
    }


def put_lesson(
    section: SectionPage, written: Manuscript, slug: str, record: Course
) -> tuple[LessonPage, dict[str, Any]]:
    """The Vietnamese lesson, and what its English page would say; nothing where it was not translated."""
    lesson = written.lesson(slug)
    assert lesson is not None, f"{written.code} has no {slug}.vi.md"
    english = written.lesson(slug, "en")
    quiz = None
    if lesson.questions and record.quiz_items.tagged(lesson.questions).exists():
        quiz = bank.quiz_on(record, lesson.questions, lesson.title, english.title if english else "")
    page = put(
        section,
        LessonPage(
            slug=slug,
            title=lesson.title,
            goal=lesson.goal[:300],
            body=Writer(slug, "vi").body(lesson, lesson.film, quiz),
            rule=lesson.rule,
            required=lesson.required,
            sources=lines_of_sources(lesson.sources),
            is_sample=True,
        ),
    )
    if english is None:
        return page, {}
    return page, {
        "title": english.title,
        "goal": english.goal[:300],
        "body": Writer(slug, "en").body(english, lesson.film, quiz),
        "sources": lines_of_sources(lesson.sources, "en"),
    }
