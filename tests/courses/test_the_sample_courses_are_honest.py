"""What lies in courses/content/ says nothing that its sources do not, and each question answers for every option."""

import re

import pytest

from courses import manuscripts
from courses.quizzing import markdown
from courses.quizzing.kinds import Kind
from courses.rules import Rule

FOLDERS = manuscripts.codes()
COMPULSORY = [code for code in FOLDERS if code.startswith("bb")]
# Norms that a published source of ours names. Another number in a lesson is a mistake, or invented.
KNOWN_NORMS = {
    "91/2025/QH15", "116/2025/QH15", "20/2023/QH15", "356/2025/NĐ-CP", "13/2023/NĐ-CP", "42/2022/NĐ-CP",
    "85/2016/NĐ-CP", "68/2024/NĐ-CP", "171/2025/NĐ-CP", "26/2020/TT-BTTTT", "12/2022/TT-BTTTT", "01/2018/TT-BNV",
    "757/QĐ-BKHCN", "1596/QĐ-BKHCN", "1847/QĐ-UBND", "1073/QĐ-TTg", "1679/NQ-UBTVQH15", "3139/BTTTT-KTS&XHS",
    "57-NQ/TW",
}  # fmt: skip
NORM = re.compile(r"\d+(?:/\d{4})?/(?:QH\d+|NĐ-CP|TT-\w+|QĐ-\w+|NQ-\w+|BTTTT-[\w&]+)|\d+-(?:NQ|CT|QĐ|KL)/TW")
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.gov\.vn")
CITED = re.compile(r"\[[A-Z]\d+[a-z]?\]|nguồn|source", re.IGNORECASE)


def lessons(folder: str, language: str = "vi"):
    course = manuscripts.read_course(manuscripts.CONTENT / folder)
    for section in course.sections:
        for slug in section.lessons:
            yield slug, course.lesson(slug, language)


def texts():
    return [path for path in sorted(manuscripts.CONTENT.rglob("*.md")) if path.name != "sources.md"]


def strange_norms(text: str) -> set[str]:
    return set(NORM.findall(text)) - KNOWN_NORMS


def test_no_norm_that_no_source_names_and_no_invented_host():
    published = {host for source in manuscripts.sources().values() for host in HOST.findall(source.address)}
    for path in texts():
        text = path.read_text(encoding="utf-8")
        assert not strange_norms(text), path
        assert set(HOST.findall(text)) <= published, path
    assert strange_norms("Theo Nghị định 999/2026/NĐ-CP") == {"999/2026/NĐ-CP"}, "the control"
    assert strange_norms("Nghị quyết 12-NQ/TW") == {"12-NQ/TW"}


def test_what_names_a_norm_carries_its_source():
    for path in texts():
        if path.name == "questions.md":
            for item in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
                assert not NORM.search(item) or "\nnguồn: " in item, (path, item[:40])
            continue
        body = path.read_text(encoding="utf-8").partition("\n\n")[2]
        for line in body.splitlines():
            if NORM.search(line) and not line.startswith(("#", "- [ ]")) and path.name[:7] != "course.":
                assert CITED.search(line), (path.name, line)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_lesson_has_a_goal_a_source_and_both_languages(folder):
    known = manuscripts.sources()
    for slug, lesson in lessons(folder):
        english = dict(lessons(folder, "en"))[slug]
        assert lesson.goal, slug
        assert english.goal, slug
        assert lesson.sources or lesson.rule == Rule.TASK, slug
        assert set(lesson.sources) <= set(known), slug
        kinds = {block.kind for block in lesson.blocks}
        assert {"text", "remember"} <= kinds or lesson.rule == Rule.TASK, slug
        if folder in COMPULSORY:
            assert "steps" in kinds, slug
            assert kinds == {block.kind for block in english.blocks}, slug


@pytest.mark.parametrize("folder", COMPULSORY)
def test_every_bank_has_enough_questions_and_a_word_for_every_option(folder):
    reading = markdown.read((manuscripts.CONTENT / folder / "questions.md").read_text(encoding="utf-8"))
    assert not reading.problems
    assert reading.code.lower() == folder
    assert len(reading.items) >= 12
    assert len({item.kind for item in reading.items}) >= 4, "kinds are mixed"
    for item in reading.items:
        assert item.explanation.vi, item.key
        assert item.explanation.en, item.key
        assert item.text.en, item.key
        if Kind(item.kind).has_options:
            assert all(line.feedback.vi for line in item.lines), item.key
    tags = [tag for item in reading.items for tag in item.tags]
    for slug, lesson in lessons(folder):
        assert lesson.rule.needs_quiz == bool(lesson.questions), slug
        assert not lesson.questions or tags.count(lesson.questions) >= 3, slug


def test_a_line_that_means_nothing_is_named():
    with pytest.raises(manuscripts.Misread, match="thời lượng"):
        manuscripts.read_lesson("# Bài\nthời lượng: 45 phút\n\nChữ.\n", "bai", "vi")
    with pytest.raises(manuscripts.Misread, match="C999"):
        manuscripts.read_lesson("# Bài\n\nĐiều này có nguồn [C999].\n", "bai", "vi")


def test_the_form_of_a_lesson():
    text = (
        "# Bài\nmục tiêu: Làm được\nxong khi: nộp bài thực hành\nbắt buộc: không\n\n## Mở đầu\n\nĐoạn **đậm** & <b>.\n"
        "Cùng đoạn.\n\n- một\n- hai\n\n1. **Nhận** (Văn thư): ngay\n2. **Chuyển**\n\nSo sánh: Hai cách\n"
        "|  | A | B |\n| --- | --- | --- |\n| Nhanh | 1 | 2 |\n\n> Nhớ\n> nhé\n\n+ **Hỏi?**: Đáp [đây](/trang/).\n\n"
        "Bảng kiểm: Xem lại\n- [ ] Xong\n\nBài nộp: Phiếu\nViết nửa trang.\n\n- Ngắn\n"
    )
    lesson = manuscripts.read_lesson(text, "bai", "vi")
    assert (lesson.goal, lesson.rule, lesson.required) == ("Làm được", Rule.TASK, False)
    assert [tuple(block) for block in lesson.blocks] == [
        ("heading", "Mở đầu"),
        ("text", "<p>Đoạn <b>đậm</b> &amp; &lt;b&gt;. Cùng đoạn.</p><ul><li>một</li><li>hai</li></ul>"),
        (
            "steps",
            [
                {"title": "Nhận", "who": "Văn thư", "text": "ngay"},
                {"title": "Chuyển", "who": "", "text": ""},
            ],
        ),
        ("comparison", {"caption": "Hai cách", "rows": [["", "A", "B"], ["Nhanh", "1", "2"]]}),
        ("remember", "Nhớ nhé"),
        ("accordion", [{"heading": "Hỏi?", "text": '<p>Đáp <a href="/trang/">đây</a>.</p>'}]),
        ("checklist", {"title": "Xem lại", "items": ["Xong"]}),
        ("task", {"title": "Phiếu", "instructions": "<p>Viết nửa trang.</p>", "criteria": "<ul><li>Ngắn</li></ul>"}),
    ]
