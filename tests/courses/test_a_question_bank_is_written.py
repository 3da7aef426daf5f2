"""The bank of a course: questions of every kind as plain text, once or again, and what a mistake in a file says."""

import uuid

import pytest

from courses import manuscripts
from courses.models import Course, ItemVersion, QuizItem
from courses.quizzing import bank, kinds, markdown
from courses.quizzing.written import Line, Text

pytestmark = pytest.mark.django_db

ALL_KINDS = """\
# Ngân hàng câu hỏi: BB02

## phi-dia-gioi-1
kiểu: một
thẻ: Ký số, an-toan
điểm: 2
nguồn: C5
Chị Hoa cư trú ở Cô Tô, đến Bãi Cháy nộp hồ sơ.

Việc nào là đúng?
en:
Which is right?
- [x] Tiếp nhận rồi chuyển đúng nơi || Receive and pass on :: Đúng rồi. || That is right.
- [ ] Mời chị về nộp tại Cô Tô :: Không cần.
giải thích: Hồ sơ phi địa giới nộp ở đâu cũng được.
Nơi nhận chuyển đi. || Files may be handed in anywhere.

## dau-hieu
kind: multiple
tags: an-toan
Dấu hiệu nào của thư lừa đảo?
- [x] Thúc giục
- [x] Địa chỉ lạ
- [ ] Có chữ ký

## dung-sai
kiểu: đúng-sai
Mật khẩu nên dùng chung.
- [ ] Đúng
- [x] Sai

## ghep
kiểu: ghép
Ghép việc với người làm.
- Tiếp nhận => Công chức một cửa
- Ký số => Lãnh đạo
- => Người dân

## thu-tu
kiểu: thứ tự
Xếp các bước.
1. Tiếp nhận
2. Thẩm định
3. Trả kết quả

## ngan
kiểu: ngắn
Tên đặc khu có đảo Cô Tô?
= Cô Tô
= đặc khu Cô Tô

## so
kiểu: số
Bao nhiêu mét?
= 12 ± 0.5 :: Đúng.
"""


@pytest.fixture
def course():
    return Course.objects.create(key=uuid.uuid4(), code="BB02", title_vi="Trung tâm")


def current(course, key: str) -> ItemVersion:
    return QuizItem.objects.get(course=course, key=key).current


def test_every_kind_is_read_kept_and_marked(course):
    found = bank.put(course, markdown.read(ALL_KINDS))
    assert [written.key for written in found.new] == [
        "phi-dia-gioi-1", "dau-hieu", "dung-sai", "ghep", "thu-tu", "ngan", "so",
    ]  # fmt: skip
    first = current(course, "phi-dia-gioi-1")
    assert (first.points, first.source, first.item.tag_list) == (2, "C5", ["an-toan", "ky-so"])
    assert first.text_vi == "Chị Hoa cư trú ở Cô Tô, đến Bãi Cháy nộp hồ sơ.\n\nViệc nào là đúng?"
    assert (first.text_en, first.explanation_en) == ("Which is right?", "Files may be handed in anywhere.")
    right, wrong = (option["id"] for option in first.asked["options"])
    assert first.is_right([right])
    assert not first.is_right([wrong])
    assert first.feedback(right) == Text("Đúng rồi.", "That is right.")

    several = current(course, "dau-hieu")
    a, b, c = (option["id"] for option in several.asked["options"])
    assert several.is_right([b, a])
    assert not several.is_right([a])
    assert not several.is_right([a, b, c])

    pairs = current(course, "ghep")
    assert pairs.is_right(pairs.key["pairs"])
    assert len(pairs.asked["right"]) == 3, "one of them belongs nowhere"
    assert not pairs.is_right(dict(zip(pairs.key["pairs"], reversed(pairs.key["pairs"].values()), strict=True)))

    order = current(course, "thu-tu")
    a, b, c = order.key["order"]
    assert order.is_right({b: "2", a: "1", c: "3"})
    assert not order.is_right({a: "2", b: "1", c: "3"})
    assert not order.is_right({a: "1", b: "2"})

    short = current(course, "ngan")
    assert all(short.is_right(said) for said in ("cô tô", " CO TO. ", "Đặc khu Cô Tô"))
    assert not short.is_right("Vân Đồn")
    number = current(course, "so")
    assert all(number.is_right(said) for said in ("12", "12,5", "11.5", "12,0 "))
    assert not any(number.is_right(said) for said in ("12,6", "mười hai", "1.200"))


def test_the_same_file_again_changes_nothing_and_a_changed_question_is_a_new_version(course):
    bank.put(course, markdown.read(ALL_KINDS))
    again = bank.put(course, markdown.read(ALL_KINDS))
    assert (len(again.new), len(again.changed), len(again.unchanged)) == (0, 0, 7)
    written = markdown.write("BB02", [item.current.written for item in QuizItem.objects.order_by("pk")])
    assert bank.put(course, markdown.read(written)).changed == [], "what is exported can be imported again"

    before = current(course, "phi-dia-gioi-1")
    other = ALL_KINDS.replace("Mời chị về nộp tại Cô Tô", "Mời chị về đặc khu Cô Tô").replace(
        "en:\nWhich is right?\n", ""
    )
    assert [one.key for one in bank.put(course, markdown.read(other)).changed] == ["phi-dia-gioi-1"]
    after = current(course, "phi-dia-gioi-1")
    assert (before.number, after.number) == (1, 2)
    assert [option["id"] for option in after.asked["options"]] == [option["id"] for option in before.asked["options"]]
    assert after.text_en == "Which is right?", "a file in Vietnamese alone keeps the translation"
    assert ItemVersion.objects.get(pk=before.pk).asked["options"][1]["vi"] == "Mời chị về nộp tại Cô Tô"
    with pytest.raises(TypeError):
        before.save()


def test_ids_and_order_of_what_is_asked_do_not_tell_the_answer(course):
    bank.put(course, markdown.read(ALL_KINDS))
    order, pairs = current(course, "thu-tu"), current(course, "ghep")
    assert kinds.ids(order.asked["options"]) == sorted(order.key["order"])
    assert kinds.ids(pairs.asked["right"]) == sorted(kinds.ids(pairs.asked["right"]))
    assert order.key["order"] != sorted(order.key["order"]), "else this example would prove nothing"


MISTAKES = [
    ("kiểu: một", "kiểu: hai", "Dòng 4, câu “phi-dia-gioi-1”"),
    ("- [ ] Có chữ ký", "- [x] Có chữ ký\n- [ ] Có chữ ký", "Dòng 18, câu “dau-hieu”"),
    ("điểm: 2", "điểm: hai", "Dòng 6, câu “phi-dia-gioi-1”"),
    ("- [x] Sai", "- [ ] Sai", "Dòng 26, câu “dung-sai”"),
    ("= 12 ± 0.5 :: Đúng.", "= mười hai", "Dòng 55, câu “so”"),
    ("## ngan", "## so", "Dòng 52, câu “so”"),
    ("BB02", "BB03", "Tệp"),
    ("2. Thẩm định", "Thẩm định", "Dòng 43, câu “thu-tu”"),
]


@pytest.mark.parametrize(("right", "wrong", "where"), MISTAKES)
def test_a_mistake_is_named_by_line_and_question_and_nothing_is_imported(course, right, wrong, where):
    with pytest.raises(bank.HasProblems) as refused:
        bank.put(course, markdown.read(ALL_KINDS.replace(right, wrong, 1)))
    assert str(refused.value.problems[0]).startswith(where), refused.value.problems
    assert not QuizItem.objects.exists()


def test_an_option_written_anew_by_a_person_keeps_its_id_and_gets_no_second(course):
    bank.put(course, markdown.read(ALL_KINDS))
    written = current(course, "dau-hieu").written
    written.lines = [written.lines[2], Line(Text("Thúc giục làm ngay"), True, id=written.lines[0].id), written.lines[1]]
    ids = [line.id for line in written.lines]
    item, changed = QuizItem.write(course, written)
    assert changed
    assert kinds.ids(item.current.asked["options"]) == ids


def test_the_banks_that_come_with_the_site_can_be_read():
    for path in sorted(manuscripts.CONTENT.rglob("questions.md")):
        text = path.read_text(encoding="utf-8")
        if markdown.HEADING.fullmatch(text.partition("\n")[0].strip()):
            assert markdown.read(text).problems == [], path.name
