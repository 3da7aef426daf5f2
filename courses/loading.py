"""Course content written as Python (courses/samples/) becomes pages in both languages. Editors' changes stay."""

import html
import json
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.images import ImageFile
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page

from content.models import SiteImage
from courses.pages import CourseIndexPage, CoursePage, LessonPage, SectionPage
from courses.rules import DEFAULT_COVERAGE, Rule

MEDIA = Path(__file__).parent / "samples" / "media"
NAMESPACE = uuid.UUID("6a1b5f0e-6f0c-4d0e-9d59-0d6f2a7f3c11")
HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def block_id(*where: object) -> str:
    """Made from the place, so that both languages share the ids of blocks, questions and answers."""
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, where))))


@dataclass
class Writer:
    """The body of one lesson in one language, as a StreamField keeps it."""

    slug: str
    language: str

    def body(self, blocks: list[tuple], quiz: list[dict], film: str = "") -> list[dict[str, Any]]:
        found = []
        if film and not any(kind == "video" for kind, _value in blocks):
            blocks = [("video", film), *blocks]
        for number, (kind, value) in enumerate(blocks):
            found += getattr(self, f"from_{kind}")(value, number)
        if quiz:
            found.append({"type": "quiz", "id": block_id(self.slug, "quiz"), "value": self.quiz(quiz)})
        return found

    def block(self, kind: str, value: Any, *where: object) -> dict[str, Any]:
        return {"type": kind, "id": block_id(self.slug, self.language, *where), "value": value}

    def item(self, value: Any, *where: object) -> dict[str, Any]:
        return {"type": "item", "id": block_id(self.slug, *where), "value": value}

    def from_text(self, text: str, number: int) -> list[dict]:
        """Headings of a section become blocks of their own: rich text begins one level below."""
        found = []
        for index, part in enumerate(HEADING.split(text)):
            if index % 2:
                heading = html.unescape(TAG.sub("", part)).strip()
                found.append(self.block("heading", {"text": heading, "level": "h2"}, number, index))
            elif part.strip():
                found.append(self.block("text", part.strip(), number, index))
        return found

    def from_callout(self, text: str, number: int) -> list[dict]:
        return [self.block("remember", {"text": text}, number)]

    def from_steps(self, steps: list[tuple[str, str]], number: int) -> list[dict]:
        rows = [
            self.item(
                {"title": title, "text": f"<p>{html.escape(text)}</p>" if text else ""}, self.language, number, index
            )
            for index, (title, text) in enumerate(steps)
        ]
        return [self.block("steps", {"heading": "", "steps": rows}, number)]

    def from_table(self, table: dict, number: int) -> list[dict]:
        lines = [table["head"], *table["rows"]]
        rows = "\n".join(" | ".join(str(cell).replace("|", "/") for cell in line) for line in lines)
        return [self.block("table", {"caption": table["caption"], "rows": rows, "source": ""}, number)]

    def from_video(self, name: str, number: int) -> list[dict]:
        facts = json.loads((MEDIA / f"{name}.json").read_text(encoding="utf-8"))
        value = {
            "title": facts[f"title_{self.language}"],
            "file": document(f"{name}.mp4", facts["title_vi"]).pk,
            "captions": document(f"{name}.{self.language}.vtt", f"{facts['title_vi']} ({self.language})").pk,
            "transcript": (MEDIA / f"{name}.{self.language}.html").read_text(encoding="utf-8").strip(),
            "poster": picture(f"{name}.png", facts["title_vi"]).pk,
            "seconds": facts["seconds"],
            "coverage": DEFAULT_COVERAGE,
        }
        return [{"type": "film", "id": block_id(self.slug, "film"), "value": value}]

    def quiz(self, questions: list[dict]) -> dict:
        rows = []
        for number, question in enumerate(questions):
            options = [
                self.item({"text": option[self.language], "correct": option["correct"]}, "q", number, index)
                for index, option in enumerate(question["options"])
            ]
            value = {
                "question": question[f"question_{self.language}"],
                "kind": question["kind"],
                "options": options,
                "explanation": question[f"explanation_{self.language}"],
            }
            rows.append(self.item(value, "q", number))
        return {"questions": rows, "pass_mark": 50}


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
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def translated(page: Page, **fields) -> Page:
    """The English page of the same thing, published."""
    english = Locale.objects.get(language_code="en")
    existing = page.get_translation_or_none(english)
    if existing is not None:
        return existing
    copy = page.copy_for_translation(english)
    for name, value in {"slug": page.slug, **fields}.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def put_index(home: Page, vi: dict, en: dict) -> CourseIndexPage:
    """The catalogue in both languages."""
    index = CourseIndexPage.objects.child_of(home).first()
    if index is None:
        index = put(home, CourseIndexPage(slug="khoa-hoc", **vi))
    if home.get_translation_or_none(Locale.objects.get(language_code="en")) is not None:
        translated(index, **en)
    return index


def lines_of_sources(keys: list[str], sources: dict[str, tuple[str, str]]) -> str:
    return "\n".join(f"{name} | {address}" for name, address in (sources[key] for key in keys if key in sources))


def put_course(index: CourseIndexPage, written: dict[str, Any], films: dict[str, str] | None = None) -> CoursePage:
    """The pages of a course: lessons first, the course itself last, so that all lessons open together."""
    existing = CoursePage.objects.child_of(index).filter(code=written["code"]).first()
    if existing is not None:
        return existing
    films = films or {}
    course = CoursePage(slug=written["code"].lower(), code=written["code"], group=written["group"], is_sample=True)
    course.sources = lines_of_sources(list(written["sources"]), written["sources"])
    for name, value in course_fields(written, "vi").items():
        setattr(course, name, value)
    course.locale, course.live = index.locale, False
    index.refresh_from_db()
    course = index.add_child(instance=course)
    pairs: list[tuple[Page, dict[str, Any]]] = []
    for section_written in written["sections"]:
        slug = section_written.get("slug", "")
        section = put(course, SectionPage(title=section_written["title_vi"], slug=slug))
        pairs.append((section, {"title": section_written["title_en"]}))
        for lesson in section_written["lessons"]:
            pairs.append(put_lesson(section, lesson, written["sources"], films.get(lesson["slug"], "")))
    course.save_revision().publish()
    course.refresh_from_db()
    if index.get_translation_or_none(Locale.objects.get(language_code="en")) is not None:
        translated(course, **course_fields(written, "en"))
        for page, english in pairs:
            if english:
                translated(page, **english)
    return course


def course_fields(written: dict[str, Any], language: str) -> dict[str, str]:
    return {
        "title": written[f"title_{language}"],
        "summary": written[f"summary_{language}"],
        "audience": written[f"audience_{language}"][:300],
        "goals": "\n".join(written[f"goals_{language}"]),
    }


def put_lesson(section: SectionPage, written: dict, sources: dict, film: str) -> tuple[LessonPage, dict[str, Any]]:
    """The Vietnamese lesson, and what its English page would say; nothing where it was not translated."""
    has_film = bool(film) or any(kind == "video" for kind, _value in written["body_vi"])
    rule = Rule(written["rule"])
    if film and not rule.needs_video:
        rule = Rule.VIDEO_AND_QUIZ if rule.needs_quiz else Rule.VIDEO
    if rule.needs_video and not has_film:  # a rule nobody could meet
        rule = Rule.QUIZ if written["quiz"] else Rule.CONFIRMED
    page = put(
        section,
        LessonPage(
            slug=written["slug"],
            title=written["title_vi"],
            goal=written["goal_vi"][:300],
            body=Writer(written["slug"], "vi").body(written["body_vi"], written["quiz"], film),
            rule=rule,
            sources=lines_of_sources(written["sources"], sources),
            is_sample=True,
        ),
    )
    if not written["body_en"]:
        return page, {}
    body = Writer(written["slug"], "en").body(written["body_en"], written["quiz"], film)
    return page, {"title": written["title_en"], "goal": written["goal_en"][:300], "body": body}
