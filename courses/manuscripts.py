"""Courses as plain text files: what lies in courses/content/, read into blocks. Pure; loading.py makes pages of it.

    # Hồ sơ phi địa giới hành chính
    mục tiêu: Tiếp nhận đúng hồ sơ của người dân ngoài địa bàn
    nguồn: C8, C26
    xong khi: xem video và trả lời câu hỏi
    video: nam-buoc-phi-dia-gioi
    câu hỏi: phi-dia-gioi

    ## Chuyện ở quầy
    Ví dụ: một chị ở đặc khu Cô Tô … **rõ** … [C8]

    1. **Chuyển trên hệ thống** (Người tiếp nhận): Chuyển đến nơi có thẩm quyền.
    Bảng: Bốn chỗ dễ sai
    | Chỗ dễ sai | Cách tránh |
    > Đừng từ chối chỉ vì người nộp ở địa bàn khác.
    Bảng kiểm: Tự kiểm tra
    - [ ] Tôi đã xem lại bản quét

docs/so-tay/bien-soan-khoa-hoc.md tells authors all of it.
"""

import html
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from courses.rules import Rule
from people.text import fold, nfc

CONTENT = Path(__file__).parent / "content"
SETTING = re.compile(r"([^\W\d_][^:\n]{0,24}?)\s*:\s*(.*)")
FIELDS = {
    "muc tieu": "goal", "goal": "goal", "nguon": "sources", "sources": "sources", "xong khi": "rule", "video": "film",
    "cau hoi": "questions", "phan": "section", "dia chi": "slug", "ma": "code", "nhom": "group",
    "giay chung nhan": "certificate", "bat buoc": "required", "danh cho": "audience", "for": "audience",
    "chu de": "topics", "topics": "topics",
}  # fmt: skip
RULES = {
    "xac nhan da doc": Rule.CONFIRMED,
    "tra loi cau hoi": Rule.QUIZ,
    "xem video": Rule.VIDEO,
    "xem video va tra loi cau hoi": Rule.VIDEO_AND_QUIZ,
    "nop bai thuc hanh": Rule.TASK,
}
GROUPS = {"bat buoc": "compulsory", "tu chon": "elective"}
STEP = re.compile(r"\d+\.\s+\*\*(?P<title>.+?)\*\*(?:\s+\((?P<who>[^)]*)\))?(?::\s*(?P<text>.*))?")
FOLDED = re.compile(r"\+\s+\*\*(?P<heading>.+?)\*\*:?\s*(?P<text>.*)")
LABEL = re.compile(r"(?P<kind>Bảng kiểm|Bảng|So sánh|Bài nộp|Checklist|Table|Comparison|Task):\s*(?P<text>.+)")
LABELS = {"So sánh": "comparison", "Comparison": "comparison", "Bài nộp": "task", "Task": "task"}
INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\((?P<address>[^)\s]+)\)|\[(?P<key>[A-Z]\d+[a-z]?)\]|(?P<plain>[^*\[]+|.)"
)
BEGINNINGS = {"## ": "heading", "+ **": "accordion", "|": "table", "- [ ] ": "checklist", "- ": "list", ">": "remember"}
SAID = {"vi": "nguồn", "en": "source"}


class Source(NamedTuple):
    """Where a fact was found. Its key is the one of the list of sources; readers see name and address."""

    key: str
    vi: str
    en: str
    address: str

    def name(self, language: str) -> str:
        return self.en if language == "en" else self.vi


class Block(NamedTuple):
    """heading, text, steps, table, comparison, accordion, remember, checklist or task, and what it holds."""

    kind: str
    value: Any


@dataclass
class Lesson:
    """One lesson in one language. The settings stand in the Vietnamese file alone."""

    slug: str
    language: str
    title: str
    goal: str = ""
    sources: list[str] = field(default_factory=list)
    rule: Rule = Rule.CONFIRMED
    required: bool = True
    film: str = ""
    questions: str = ""  # tag in the bank of the course
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Section:
    title: str
    slug: str
    lessons: list[str]


@dataclass
class Course:
    """One course in one language."""

    folder: Path
    language: str
    title: str
    code: str = ""
    group: str = "elective"
    summary: str = ""
    audience: str = ""
    topics: str = ""
    goals: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    gives_certificate: bool = True
    sections: list[Section] = field(default_factory=list)

    def lesson(self, slug: str, language: str = "") -> Lesson | None:
        """None where it was not translated."""
        language = language or self.language
        path = self.folder / f"{slug}.{language}.md"
        return read_lesson(path.read_text(encoding="utf-8"), slug, language) if path.exists() else None

    def in_english(self) -> "Course | None":
        return read_course(self.folder, "en")


class Misread(ValueError):
    """A line of a manuscript that means nothing."""


@cache
def sources(folder: Path = CONTENT) -> dict[str, Source]:
    """Key | Vietnamese name | English name | address."""
    rows = (line.split(" | ") for line in nfc((folder / "sources.md").read_text(encoding="utf-8")).splitlines())
    return {row[0].strip(): Source(*(part.strip() for part in row)) for row in rows if len(row) == len(Source._fields)}


def codes(folder: Path = CONTENT) -> list[str]:
    """Folders of courses, in the order of the catalogue."""
    return sorted(path.parent.name for path in folder.glob("*/course.vi.md"))


def read_course(folder: Path, language: str = "vi") -> Course | None:
    path = folder / f"course.{language}.md"
    if not path.exists():
        return None
    title, settings, body = parts(path.read_text(encoding="utf-8"))
    course = Course(folder, language, title, settings.get("code", ""), audience=settings.get("audience", ""))
    course.topics = settings.get("topics", "")
    course.group = GROUPS.get(fold(settings.get("group", "")).lower(), course.group)
    course.sources = keys(settings.get("sources", ""))
    course.gives_certificate = fold(settings.get("certificate", "")).lower() != "khong"
    summary: list[str] = []
    place = "summary"
    for line in body:
        if line.startswith("### "):
            name, _bar, slug = line[4:].partition("|")
            course.sections.append(Section(name.strip(), slug.strip(), []))
            place = "lessons"
        elif line.startswith("## "):
            place = "goals"
        elif line.startswith("- "):
            rows = course.goals if place == "goals" else course.sections[-1].lessons
            rows.append(line[2:].strip())
        elif line and place == "summary":
            summary.append(line)
    course.summary = " ".join(summary)
    return course


def read_lesson(text: str, slug: str, language: str) -> Lesson:
    title, settings, body = parts(text)
    lesson = Lesson(slug, language, title, settings.get("goal", ""), keys(settings.get("sources", "")))
    lesson.film, lesson.questions = settings.get("film", ""), settings.get("questions", "")
    lesson.required = fold(settings.get("required", "")).lower() != "khong"
    if "rule" in settings:
        lesson.rule = RULES[fold(settings["rule"]).lower()]
    lesson.blocks = blocks(body, language)
    return lesson


def keys(text: str) -> list[str]:
    return [key.strip() for key in text.split(",") if key.strip()]


def parts(text: str) -> tuple[str, dict[str, str], list[str]]:
    """Title, the settings below it, and the lines after the first empty one."""
    lines = [line.rstrip() for line in nfc(text.lstrip("\ufeff")).splitlines()]
    head = lines.index("") if "" in lines else len(lines)
    if not lines or not lines[0].startswith("# "):
        raise Misread("a manuscript begins with “# title”")
    settings = {}
    for line in lines[1:head]:
        found = SETTING.fullmatch(line)
        name = FIELDS.get(fold(found[1]).lower()) if found else None
        if name is None:
            raise Misread(line)
        settings[name] = found[2].strip() if found else ""
    return lines[0][2:].strip(), settings, lines[head:]


# ---------------------------------------------------------------- the body of a lesson


def blocks(lines: list[str], language: str) -> list[Block]:
    """Lines of one kind in a row are one block; paragraphs and lists between two headings are one text."""
    found: list[Block] = []
    label, labelled = "", ""
    for kind, run in runs(lines):
        if kind == "label":
            said = LABEL.fullmatch(run[0])
            assert said is not None
            label, labelled = said["text"].strip(), LABELS.get(said["kind"], "")
            if labelled == "task":
                found.append(Block("task", {"title": label, "instructions": "", "criteria": ""}))
        elif kind in ("text", "list"):
            text = bullets(run, language) if kind == "list" else rich(run, language)
            if found and found[-1].kind == "task":  # first what to do, then what the tutor looks at
                found[-1].value["criteria" if kind == "list" else "instructions"] += text
            elif found and found[-1].kind == "text":
                found[-1] = Block("text", found[-1].value + text)
            else:
                found.append(Block("text", text))
        else:
            kind = labelled if kind == "table" and labelled else kind
            found.append(Block(kind, read_block(kind, run, label, language)))
            label = labelled = ""
    return found


def read_block(kind: str, run: list[str], label: str, language: str) -> Any:
    if kind == "heading":
        return run[0][3:].strip()
    if kind in ("table", "comparison"):
        return {"caption": label, "rows": rows(run)}
    if kind == "checklist":
        return {"title": label, "items": [line[6:].strip() for line in run]}
    if kind == "accordion":
        parts = [found for line in run if (found := FOLDED.fullmatch(line))]
        return [{"heading": found["heading"], "text": f"<p>{inline(found['text'], language)}</p>"} for found in parts]
    if kind == "steps":
        return [step(line) for line in run]
    return " ".join(line[1:].strip() for line in run)


def kind_of(line: str) -> str:
    for beginning, kind in BEGINNINGS.items():
        if line.startswith(beginning):
            return kind
    if STEP.fullmatch(line):
        return "steps"
    return "label" if LABEL.fullmatch(line) else "text"


def runs(lines: list[str]):
    """(kind, lines) of what stands together. An empty line ends a paragraph and nothing else."""
    kind, run = "", []
    for line in [*lines, ""]:
        if not line:
            if kind == "text":
                yield kind, run
                kind, run = "", []
            continue
        here = kind_of(line)
        if here != kind or here in ("heading", "label"):
            if run:
                yield kind, run
            kind, run = here, []
        run.append(line)
    if run:
        yield kind, run


def rich(run: list[str], language: str) -> str:
    if run[0].startswith("### "):
        return f"<h3>{inline(run[0][4:], language)}</h3>" + (rich(run[1:], language) if run[1:] else "")
    return f"<p>{inline(' '.join(run), language)}</p>"


def bullets(run: list[str], language: str) -> str:
    return "<ul>" + "".join(f"<li>{inline(line[2:], language)}</li>" for line in run) + "</ul>"


def rows(run: list[str]) -> list[list[str]]:
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in run]
    return [row for row in cells if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


def step(line: str) -> dict[str, str]:
    found = STEP.fullmatch(line)
    assert found is not None
    return {name: (value or "").strip() for name, value in found.groupdict().items()}


def inline(text: str, language: str) -> str:
    """Bold, links, and [C8]: the name and the address of a source."""
    made = []
    for found in INLINE.finditer(text):
        if found["bold"]:
            made.append(f"<b>{html.escape(found['bold'], quote=False)}</b>")
        elif found["address"]:
            made.append(link(found["address"], found["text"]))
        elif found["key"]:
            source = sources().get(found["key"])
            if source is None:
                raise Misread(text)
            said = f"({SAID[language]}: {source.name(language)})"
            made.append(link(source.address, said) if source.address else html.escape(said, quote=False))
        else:
            made.append(html.escape(found["plain"], quote=False))
    return "".join(made)


def link(address: str, text: str) -> str:
    return f'<a href="{html.escape(address)}">{html.escape(text, quote=False)}</a>'
