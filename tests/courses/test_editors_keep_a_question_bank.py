"""Chi writes questions in the back office, brings and takes lists; Khánh looks at figures, regrades, grants time."""

import io
import json
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Course, LearningEvent, Quiz, QuizDraw, QuizItem, Regrade, Saved
from courses.quizzing import bank, markdown, qti, statistics, workbook
from courses.quizzing.written import Line, Text
from people.models import AuditEntry, User
from people.sheets import Unreadable

from .conftest import a_lesson
from .test_a_question_bank_is_written import ALL_KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    made = Course.objects.create(
        key=uuid.uuid4(), code="BB02", title_vi="Trung tâm", opened_at=timezone.now(), gives_certificate=False
    )
    made.apply([a_lesson(uuid.UUID(int=1))])
    return made


def current(key: str = "dau-hieu"):
    return QuizItem.objects.get(key=key).current


def post(client, address: str, **data):
    return client.post(f"/quan-tri/{address}", data)


def option(number: int, text: str, right: bool = False, key: str = "") -> dict[str, str]:
    name = f"answers-0-value-{number}"
    return {
        f"{name}-deleted": "", f"{name}-order": str(number), f"{name}-type": "", f"{name}-id": key,
        f"{name}-value-text": text, f"{name}-value-feedback": "", f"{name}-value-text_en": "",
        f"{name}-value-feedback_en": "",
    } | ({f"{name}-value-right": "on"} if right else {})  # fmt: skip


def filled(course, kind: str = "one", **more) -> dict[str, str]:
    form = {
        "course": str(course.pk), "key": "", "text_vi": "Ai ký số văn bản?", "text_en": "", "tag_words": "Ký số",
        "points": "1", "image": "", "image_alt_vi": "", "image_alt_en": "", "explanation_vi": "Vì sao.",
        "explanation_en": "", "source": "", "answers-count": "1", "answers-0-deleted": "", "answers-0-order": "0",
        "answers-0-type": kind, "answers-0-id": "", "answers-0-value-count": "2",
    }  # fmt: skip
    return form | option(0, "Lãnh đạo", right=True) | option(1, "Văn thư") | more


def test_a_question_is_written_and_changed_by_form(client, chi, course):
    client.force_login(chi)
    assert client.get("/quan-tri/ngan-hang-cau-hoi/new/").status_code == 200
    assert post(client, "ngan-hang-cau-hoi/new/", **filled(course)).status_code == 302
    item = QuizItem.objects.get()
    assert (item.key, item.tag_list, item.current.number) == ("ai-ky-so-van-ban", ["ky-so"], 1)
    assert item.current.written_by == chi
    ids = [one["id"] for one in item.current.asked["options"]]
    assert client.get(f"/quan-tri/ngan-hang-cau-hoi/edit/{item.pk}/").status_code == 200
    same = filled(course) | option(0, "Lãnh đạo", True, ids[0]) | option(1, "Văn thư", False, ids[1])
    post(client, f"ngan-hang-cau-hoi/edit/{item.pk}/", **same)
    assert item.versions.count() == 1, "saving without a change writes nothing"
    changed = same | option(1, "Công chức văn thư", False, ids[1])
    post(client, f"ngan-hang-cau-hoi/edit/{item.pk}/", **changed)
    item.refresh_from_db()
    assert item.current.number == 2
    assert [one["id"] for one in item.current.asked["options"]] == ids
    html = client.get(f"/quan-tri/ngan-hang-cau-hoi/inspect/{item.pk}/").content.decode()
    assert "Công chức văn thư" in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answers-0-value-0-value-right": ""}, "một đáp án"),
        ({"answers-count": "0"}, "chọn kiểu câu hỏi"),
        ({"text_vi": ""}, "error-message"),
        ({"answers-0-value-1-value-text": "Lãnh đạo"}, "giống nhau"),
    ],
)
def test_a_question_that_cannot_be_asked_comes_back_with_what_was_typed(client, chi, course, wrong, sentence):
    client.force_login(chi)
    form = {name: value for name, value in (filled(course) | wrong).items() if value or not name.endswith("-right")}
    response = post(client, "ngan-hang-cau-hoi/new/", **form)
    assert response.status_code == 200
    html = response.content.decode()
    assert sentence in html or json.dumps(sentence)[1:-1] in html  # what belongs to a block travels as JSON
    assert "Vì sao." in html
    assert not QuizItem.objects.exists()


def test_a_list_is_shown_before_it_is_written(client, chi, course):
    client.force_login(chi)
    file = SimpleUploadedFile("cau-hoi.md", ALL_KINDS.encode())
    shown = post(client, "ngan-hang-cau-hoi/nhap/", course=str(course.pk), file=file)
    assert "7 câu mới" in shown.content.decode()
    assert not QuizItem.objects.exists()
    done = post(client, "ngan-hang-cau-hoi/nhap/", course=str(course.pk), text=shown.context["content"], confirm="1")
    assert done.status_code == 302
    assert QuizItem.objects.count() == 7
    mistaken = ALL_KINDS.replace("kiểu: một", "kiểu: hai")
    wrong = post(client, "ngan-hang-cau-hoi/nhap/", course=str(course.pk), text=mistaken, confirm="1")
    assert "Dòng 4" in wrong.content.decode()
    assert "Hãy chọn tệp" in post(client, "ngan-hang-cau-hoi/nhap/", course=str(course.pk)).content.decode()
    broken = SimpleUploadedFile("x.zip", b"PK\x03\x04nonsense")
    assert post(client, "ngan-hang-cau-hoi/nhap/", course=str(course.pk), file=broken).status_code == 200


def test_every_way_out_is_a_way_in(client, chi, course):
    bank.put(course, markdown.read(ALL_KINDS))
    client.force_login(chi)
    for form, read in (("md", None), ("xlsx", workbook.read), ("zip", qti.read)):
        response = client.get(f"/quan-tri/ngan-hang-cau-hoi/xuat/?course={course.pk}&form={form}")
        data = b"".join(response) if response.streaming else response.content
        reading = read(f"x.{form}", io.BytesIO(data)) if read else markdown.read(data.decode())
        plan = bank.plan(course, reading)
        assert (plan.problems, [one.key for one in plan.changed], len(plan.unchanged)) == ([], [], 7), form
    assert AuditEntry.objects.filter(verb="quizitem.export").count() == 3


FOREIGN = """<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="Q_1" title="x">
<responseDeclaration identifier="R" cardinality="multiple" baseType="identifier"><correctResponse><value>c1</value>
<value>c3</value></correctResponse></responseDeclaration><itemBody><p>Which are islands?</p><choiceInteraction
responseIdentifier="R" maxChoices="0"><prompt>Choose all.</prompt><simpleChoice identifier="c1">Cô Tô<feedbackInline
outcomeIdentifier="F" identifier="c1" showHide="show">Right.</feedbackInline></simpleChoice><simpleChoice
identifier="c2">Bãi Cháy</simpleChoice><simpleChoice identifier="c3">Vân Đồn</simpleChoice></choiceInteraction>
</itemBody></assessmentItem>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><assessmentItem identifier="x">&a;</assessmentItem>'


def test_a_choice_of_another_platform_is_read_and_a_bomb_is_not():
    item = qti.read("q.xml", io.BytesIO(FOREIGN.encode())).items[0]
    assert (item.key, item.kind, item.text.vi) == ("q-1", "several", "Which are islands?\n\nChoose all.")
    assert [(line.text.vi, line.right, line.feedback.vi) for line in item.lines] == [
        ("Cô Tô", True, "Right."), ("Bãi Cháy", False, ""), ("Vân Đồn", True, ""),
    ]  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.xml", "<a>" + " " * 3_000_000 + "</a>")
    deep = "<a>" * 5000 + "</a>" * 5000
    for bad in (BOMB.encode(), packed.getvalue(), deep.encode(), b"PK\x03\x04x", b"", b"\xff\xfe<", "chữ".encode()):
        with pytest.raises(Unreadable):
            qti.read("x.xml", io.BytesIO(bad))


# ---------------------------------------------------------------- figures, regrading, one person


def answered(course, number: int, right: bool, others_right: bool):
    """Somebody's first attempt at all seven questions."""
    person = User.objects.create_user(f"hv{number}@mau.example", f"Học viên {number}")
    enrolment = course.enrol(person, letters=False)
    quiz = Quiz.objects.get()
    attempt = quiz.begin(enrolment, course.outline.get())
    sent = []
    for row in attempt.responses.select_related("version__item"):
        version = row.version
        good = right if version.item.key == "dau-hieu" else others_right
        answer = None
        if version.asked.get("options") and "right" in version.key:
            wrong = [one["id"] for one in version.asked["options"] if one["id"] not in version.key["right"]]
            answer = version.key["right"] if good else wrong
        sent.append(Saved(row.position, answer, timezone.now(), uuid.uuid4()))
    return attempt.hand_in(sent)


@pytest.fixture
def answers(course):
    bank.put(course, markdown.read(ALL_KINDS))
    quiz = Quiz.objects.create(course=course, title_vi="Kiểm tra", pass_mark=60)
    QuizDraw.objects.create(quiz=quiz)
    return [answered(course, n, right=n < 3, others_right=n < 2) for n in range(5)]


def test_figures_tell_how_hard_a_question_is_and_what_misleads(client, khanh, course, answers):
    [found] = statistics.of_versions([current()])
    assert (found.answers, found.right, found.difficulty) == (5, 3, 60)
    assert found.discrimination == 0.67, "who knew the rest mostly knew this too"
    assert (found.mislead, found.misled) == ("Có chữ ký", 2)
    assert statistics.correlation([(1, 0.5), (1, 0.5)]) is None
    client.force_login(khanh)
    html = client.get(f"/quan-tri/ngan-hang-cau-hoi/so-lieu/?course={course.pk}").content.decode()
    assert "0.67" in html or "0,67" in html
    assert "Có chữ ký" in html


def test_regrading_is_looked_at_first_and_needs_a_reason(client, khanh, chi, course, answers):
    item = QuizItem.objects.get(key="dau-hieu")
    written = item.current.written
    for line in written.lines:
        line.right = True
    QuizItem.write(course, written)
    client.force_login(khanh)
    html = client.get(f"/quan-tri/ngan-hang-cau-hoi/{item.pk}/cham-lai/").content.decode()
    assert "3 câu trả lời sẽ đổi điểm" in html
    assert post(client, f"ngan-hang-cau-hoi/{item.pk}/cham-lai/").status_code == 422
    assert not Regrade.objects.exists()
    assert post(client, f"ngan-hang-cau-hoi/{item.pk}/cham-lai/", reason="Đáp án thiếu").status_code == 302
    assert Regrade.objects.get().changed == 3
    assert LearningEvent.objects.filter(data__why="Đáp án thiếu").count() == 3
    client.force_login(chi)
    assert post(client, f"ngan-hang-cau-hoi/{item.pk}/cham-lai/", reason="x").status_code in (302, 403)
    assert Regrade.objects.count() == 1, "editors write questions and judge nobody"


def test_a_manager_grants_an_attempt_and_a_reason_is_asked(client, khanh, chi, course, answers):
    enrolment = answers[0].enrolment
    address = f"ngan-hang-cau-hoi/hoc-vien/{enrolment.pk}/"
    client.force_login(khanh)
    given = {"quiz": str(Quiz.objects.get().pk), "attempts": "1", "minutes": "0", "reason": ""}
    assert "bắt buộc" in post(client, address, **given).content.decode()
    assert not enrolment.quiz_allowances.exists()
    assert post(client, address, **given | {"reason": "Mất điện"}).status_code == 302
    assert enrolment.quiz_allowances.get().attempts == 1
    assert "Mất điện" in client.get(f"/quan-tri/{address}").content.decode()
    client.force_login(chi)
    assert client.get(f"/quan-tri/{address}").status_code in (302, 403)


def test_a_copied_course_asks_a_quiz_of_the_original_and_attempts_are_granted_there_too(client, khanh, course, answers):
    original = Course.objects.create(key=uuid.uuid4(), code="BB01", title_vi="Bản gốc")
    Quiz.objects.update(course=original)
    Quiz.objects.create(course=original, title_vi="Chưa ai làm")
    enrolment = answers[0].enrolment
    for number in (8, 9):  # several attempts are one quiz to choose
        answers[0].pk, answers[0].number = uuid.uuid4(), number
        answers[0].save(force_insert=True)
    client.force_login(khanh)
    address = f"ngan-hang-cau-hoi/hoc-vien/{enrolment.pk}/"
    assert client.get(f"/quan-tri/{address}").content.decode().count("<option") == 2, "none, or the one asked"
    given = {"quiz": str(answers[0].quiz_id), "attempts": "1", "minutes": "0", "reason": "Mất điện"}
    assert post(client, address, **given).status_code == 302
    assert enrolment.quiz_allowances.get().quiz == answers[0].quiz


def test_the_list_of_questions_asks_the_same_however_many_there_are(client, chi, course):
    client.force_login(chi)
    counted = []
    for upto in (3, 45):
        for number in range(upto):
            written = markdown.read(ALL_KINDS).items[0]
            written.key = f"cau-{number}"
            written.lines = [Line(Text("a"), True), Line(Text("b"))]
            QuizItem.write(course, written)
        client.get("/quan-tri/ngan-hang-cau-hoi/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/quan-tri/ngan-hang-cau-hoi/").status_code == 200
        counted.append(len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]))
    assert counted[0] == counted[1] <= 15


def test_nobody_else_sees_a_question(client, binh, giang, course):
    bank.put(course, markdown.read(ALL_KINDS))
    item = QuizItem.objects.first()
    for who in (binh, giang):
        client.force_login(who)
        taking = f"xuat/?course={course.pk}&form=md"
        for address in ("", "nhap/", taking, "so-lieu/", f"inspect/{item.pk}/", f"edit/{item.pk}/"):
            assert client.get(f"/quan-tri/ngan-hang-cau-hoi/{address}").status_code in (302, 403), address
