"""Bình hands in a practical task; Lan, a tutor, gives it back, then passes it. Then everything that is refused."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses import attention
from courses.care import impact_of_publishing
from courses.checking import differences
from courses.models import Course, Enrolment, LearningEvent, LessonPage, LessonProgress, OutlineItem, Submission
from courses.models.practical import AlreadyMarked, AlreadyPassed, HandedInAgain, private_storage
from courses.personal_data import HOLDINGS
from letters.models import Letter
from people.holdings import Subject
from people.models import AuditEntry
from tests.conftest import person

from .conftest import quiz
from .test_pages_ask_little_of_the_database import statements

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n..."
TASK = uuid.UUID(int=88)


@pytest.fixture
def lan(db):
    return person("lan@mau.example", "Vũ Thị Lan", "Người hướng dẫn")


@pytest.fixture
def make(workshop, binh):
    """A course of one lesson with a practical task, and Bình enrolled in it."""

    def make(rule: str = "task", **fields):
        course_page = workshop.course(lessons=0, gives_certificate=False)
        value = {"title": "Phiếu hướng dẫn", "instructions": "<p>Viết phiếu.</p>", "criteria": "", "answer": "either",
                 "kinds": ["pdf", "picture"], "megabytes": 1, "points": 10, "pass_points": 5} | fields  # fmt: skip
        page = LessonPage(title="Thực hành", slug="thuc-hanh", rule=rule)
        page.body = page.body.stream_block.to_python([{"type": "task", "id": str(TASK), "value": value}])
        page = workshop.put(workshop.section(course_page), page)
        Course.objects.get(pk=course_page.translation_key).enrol(binh)
        return page

    return make


@pytest.fixture
def lesson(make):
    return make()


@pytest.fixture
def learner(client, binh):
    client.force_login(binh)
    return client


def with_quiz(lesson):
    kind, asked = quiz()
    lesson.body.append((kind, asked))
    return lesson


def hand_in(learner, lesson, text: str = "", file: bytes | None = None, name: str = "phieu.pdf"):
    body = {"edition": "1", "text": text}
    if file is not None:
        body["file"] = SimpleUploadedFile(name, file)
    return learner.post(f"/hoc/bai/{lesson.translation_key}/nop/", body)


def mark(client, submission, state: str, points="7", comment="Rõ ràng.", seen=None):
    body = {"state": state, "points": points, "comment": comment}
    body["seen"] = (seen or submission.handed_in_at).isoformat()
    return client.post(f"/quan-tri/practical_work/inspect/{submission.pk}/", body)


def test_from_the_first_try_to_a_finished_lesson(learner, lesson, lan, binh, mailoutbox):
    html = learner.get(lesson.url).content.decode()
    assert "Bài thực hành: Phiếu hướng dẫn" in html
    assert "Bài này được tính khi anh/chị đạt bài thực hành." in html
    assert hand_in(learner, lesson, "Bước một: tiếp nhận.", PDF).status_code == 302
    first = Submission.objects.get()
    assert "Bài chưa ai chấm" in learner.get(lesson.url).content.decode()
    assert [sentence for sentence, _address in attention.items(lan, timezone.now())] == [
        f"1 bài thực hành chờ chấm, bài lâu nhất từ {timezone.localtime(first.handed_in_at):%d/%m/%Y}."
    ]

    tutor = type(learner)()
    tutor.force_login(lan)
    assert "Nguyễn Thị Bình" in tutor.get("/quan-tri/practical_work/?state=waiting").content.decode()
    html = tutor.get(f"/quan-tri/practical_work/inspect/{first.pk}/").content.decode()
    assert "Bước một: tiếp nhận." in html
    file = tutor.get(f"/hoc/bai-nop/{first.pk}/tep/")
    assert b"".join(file.streaming_content) == PDF
    assert 'attachment; filename="phieu.pdf"' in file["Content-Disposition"]
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"

    assert mark(tutor, first, "returned", "3", "Thiếu bước trả kết quả.").status_code == 302
    html = learner.get(lesson.url).content.decode()
    assert "Thiếu bước trả kết quả." in html
    assert "3 trên 10 điểm" in html
    assert LessonProgress.objects.get().completed_at is None
    assert hand_in(learner, lesson, "Đủ năm bước.").status_code == 302
    second = Submission.objects.get(number=2)
    assert mark(tutor, second, "passed", "8", "Tốt.").status_code == 302

    enrolment = Enrolment.objects.get()
    assert enrolment.completed_at == second.handed_in_at, "from when it was handed in, not from when it was read"
    html = learner.get(lesson.url).content.decode()
    assert "Đạt với 8 trên 10 điểm." in html
    assert "Nộp bài" not in html
    for letter in Letter.objects.filter(kind="task_marked", to=binh.email).order_by("pk"):
        letter.deliver(timezone.now() + datetime.timedelta(minutes=1))
    returned, passed = (message for message in mailoutbox if "Phiếu hướng dẫn" in message.subject)
    assert "Thiếu bước trả kết quả." in returned.body, "as it was said then"
    assert "với 8 trên 10 điểm" in passed.body
    assert set(AuditEntry.objects.filter(actor=lan).values_list("verb", flat=True)) >= {
        "submission.returned",
        "submission.passed",
    }
    assert list(differences(with_pages=False)) == []


def test_another_version_takes_the_place_of_one_that_nobody_has_marked(learner, lesson, lan):
    hand_in(learner, lesson, "Bản nháp", PDF)
    first = Submission.objects.get()
    old_file, read = first.file.name, first.handed_in_at
    hand_in(learner, lesson, "Bản đúng")
    first.refresh_from_db()
    assert (Submission.objects.count(), first.number, first.text, bool(first.file)) == (1, 1, "Bản đúng", False)
    with pytest.raises(HandedInAgain):
        first.mark("passed", points=9, comment="", by=lan, at=timezone.now(), seen=read)
    tutor = type(learner)()
    tutor.force_login(lan)
    response = tutor.post(
        f"/quan-tri/practical_work/inspect/{first.pk}/",
        {"state": "passed", "points": "9", "comment": "", "seen": read.isoformat()},
        follow=True,
    )
    assert "người học đã nộp bản khác" in response.content.decode()
    assert Submission.objects.get().is_waiting
    assert old_file


REFUSED = {
    "nothing": ("", None, "a.pdf", "Vui lòng viết bài làm hoặc chọn tệp."),
    "another kind": ("Đã viết", b"MZ\x90", "a.exe", "Ở đây không nhận loại tệp này."),
    "a program with another name": ("Đã viết", b"MZ\x90\x00", "a.pdf", "Đây không phải tệp pdf"),
    "a page with another name": ("Đã viết", b"<html><script>", "a.png", "Đây không phải tệp png"),
    "too large": ("Đã viết", PDF + bytes(1024 * 1024), "a.pdf", "Tệp lớn hơn 1 MB."),
    "an empty file": ("Đã viết", b"", "a.pdf", "Tệp trống."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_taken_is_said_beside_the_field_and_nothing_written_is_lost(learner, lesson, what):
    text, file, name, sentence = REFUSED[what]
    response = hand_in(learner, lesson, text, file, name)
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert text in html
    assert not Submission.objects.exists()
    assert not LearningEvent.objects.filter(verb="answered").exists()


def test_text_alone_or_a_file_alone_where_the_author_wants_that(make, learner):
    lesson = make(answer="file")
    html = learner.get(lesson.url).content.decode()
    assert 'name="file"' in html
    assert 'id="id_text"' not in html
    assert "Vui lòng chọn tệp." in hand_in(learner, lesson, "chỉ có chữ").content.decode()
    hand_in(learner, lesson, "chữ thừa", b"\xff\xd8\xff\xe0", "anh chup.JPG")
    assert (Submission.objects.get().text, Submission.objects.get().file_name) == ("", "anh chup.JPG")


def test_nobody_else_reads_or_marks_it(learner, lesson, dung, ha, khanh, client):
    hand_in(learner, lesson, "Của tôi", PDF)
    mine = Submission.objects.get()
    assert learner.get(f"/hoc/bai-nop/{mine.pk}/tep/").status_code == 200
    for somebody, sees in ((dung, False), (ha, False), (khanh, True)):
        other = type(client)()
        other.force_login(somebody)
        assert (other.get(f"/hoc/bai-nop/{mine.pk}/tep/").status_code == 200) is sees
        assert (other.get(f"/quan-tri/practical_work/inspect/{mine.pk}/").status_code == 200) is sees
        if not sees:
            mark(other, mine, "passed")
            assert Submission.objects.get().is_waiting
    assert type(client)().get(f"/hoc/bai-nop/{mine.pk}/tep/").status_code == 302
    assert mine.file.name not in learner.get(lesson.url).content.decode()


def test_a_tutor_is_told_what_is_wrong_and_loses_no_word(learner, lesson, lan):
    hand_in(learner, lesson, "Bài")
    tutor = type(learner)()
    tutor.force_login(lan)
    mine = Submission.objects.get()
    for state, points, comment, sentence in (
        ("passed", "11", "Lời khen", "Nhiều nhất là 10 điểm."),
        ("passed", "4", "Lời khen", "Cần ít nhất 5 điểm mới đạt."),
        ("returned", "4", "", "Hãy nói cần sửa điều gì"),
        ("passed", "-1", "Lời khen", "Lời khen"),
        ("passed", "x", "Lời khen", "Lời khen"),
    ):
        response = mark(tutor, mine, state, points, comment)
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert comment in response.content.decode()
    mark(tutor, mine, "thrown away")
    assert Submission.objects.get().is_waiting


def test_a_mark_may_be_put_right_until_the_next_try_but_a_pass_stays(learner, lesson, lan):
    hand_in(learner, lesson, "Một")
    first = Submission.objects.get()
    say = {"by": lan, "at": timezone.now() + datetime.timedelta(days=20)}
    first.mark("returned", points=4, comment="Chưa.", **say)
    hand_in(learner, lesson, "Hai")
    with pytest.raises(AlreadyMarked):
        first.mark("passed", points=6, comment="", **say)
    second = Submission.objects.get(number=2)
    second.mark("returned", points=4, comment="Chưa.", **say)
    second.mark("passed", points=6, comment="Xem lại thì đủ.", **say)
    assert Enrolment.objects.get().completed_at == second.handed_in_at, "also three weeks later"
    with pytest.raises(AlreadyMarked):
        second.mark("returned", points=1, comment="Thôi.", **say)
    hand_in(learner, lesson, "Ba")
    assert Submission.objects.count() == 2
    with pytest.raises(AlreadyPassed):
        Submission.objects.hand_in(
            Enrolment.objects.get(), lesson.translation_key, 1, lesson.task.value, TASK,
            text="Ba", file=SimpleUploadedFile("a.pdf", PDF), at=timezone.now(),
        )  # fmt: skip
    left = private_storage().listdir(f"bai-nop/{Enrolment.objects.get().pk}")[1] if private_storage().exists(
        f"bai-nop/{Enrolment.objects.get().pk}") else []  # fmt: skip
    assert left == [], "the file of what was refused is gone"


def test_a_passed_task_does_not_pass_the_quiz(make, learner, lan):
    lesson = make()
    OutlineItem.objects.update(rule={"kind": "quiz_and_task"})
    hand_in(learner, lesson, "Bài")
    Submission.objects.get().mark("passed", points=9, comment="", by=lan, at=timezone.now())
    assert LessonProgress.objects.get().completed_at is None


def test_who_passed_the_task_is_done_when_nothing_else_is_asked_any_more(make, learner, lan, workshop, binh):
    lesson = make("quiz_and_task")
    workshop.publish(with_quiz(lesson))
    hand_in(learner, lesson, "Phiếu đầy đủ")
    enrolment = Enrolment.objects.get(person=binh)
    Submission.objects.get().mark("passed", points=8, comment="", by=lan, at=timezone.now())
    enrolment.refresh_from_db()
    assert not enrolment.is_complete
    lesson.refresh_from_db()
    lesson.rule = "task"
    assert impact_of_publishing(lesson).finishing == 1, "said before it is done"
    workshop.publish(lesson)
    enrolment.refresh_from_db()
    instant = OutlineItem.objects.open().get(lesson_key=lesson.translation_key).since
    assert enrolment.completed_at == instant
    assert list(differences()) == []
    lesson.rule = "quiz_and_task"
    workshop.publish(lesson)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == instant, "what was done stays done"
    assert (enrolment.done, enrolment.total) == (1, 1)
    assert list(differences()) == []


def test_what_somebody_wrote_goes_when_their_data_is_erased(learner, lesson, binh, django_capture_on_commit_callbacks):
    hand_in(learner, lesson, "Chuyện riêng", PDF)
    holding = next(holding for holding in HOLDINGS if holding.key == "practical_work")
    subject = Subject(binh.email)
    assert holding.find(subject)[0]["text"] == "Chuyện riêng"
    name = Submission.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        assert holding.erase(subject, timezone.now(), None) == 1
    left = Submission.objects.get()
    assert (left.text, left.file_name, bool(left.file), left.title) == ("", "", False, "Phiếu hướng dẫn")
    assert not private_storage().exists(name)


def test_the_database_says_no_as_well(learner, lesson):
    hand_in(learner, lesson, "Một")
    row = Submission.objects.get()
    for wrong in (
        {"state": "passed", "points": 9},
        {"state": "passed", "points": 4, "marked_at": timezone.now()},
        {"state": "returned", "points": 99, "marked_at": timezone.now()},
        {"points": 3},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.filter(pk=row.pk).update(**wrong)
    row.pk, row.number = uuid.uuid4(), 2
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.unbalanced
def test_the_books_notice_work_that_was_passed_and_does_not_count(learner, lesson):
    from home.audit import broken_rules

    hand_in(learner, lesson, "Một")
    Submission.objects.update(state="passed", points=9, marked_at=timezone.now())
    assert "courses.passed_work_counts" in [rule.name for rule in broken_rules()]


def test_a_lesson_without_its_task_is_refused(lesson):
    assert lesson.problem() == ""
    lesson.body = []
    assert "Quy tắc đòi bài thực hành" in lesson.problem()


def test_the_list_and_the_lesson_ask_little_of_the_database(learner, lesson, lan, workshop):
    tutor = type(learner)()
    tutor.force_login(lan)
    found = []
    course = Course.objects.get()
    for number in (1, 12):
        while Submission.objects.count() < number:
            somebody = person(f"hv{Submission.objects.count()}@mau.example", "Người học")
            Submission.objects.hand_in(
                course.enrol(somebody), lesson.translation_key, 1, lesson.task.value, TASK,
                text="Bài", file=None, at=timezone.now(),
            )  # fmt: skip
        found.append(statements(tutor, "/quan-tri/practical_work/"))
    assert found[0] == found[1] <= 15
    for n in range(6):
        hand_in(learner, lesson, f"Lần {n}")
        mine = Submission.objects.filter(enrolment__person__email="binh@mau.example").first()
        mine.mark("returned", points=1, comment="Chưa.", by=lan, at=timezone.now())
    assert statements(learner, lesson.url) <= 15
