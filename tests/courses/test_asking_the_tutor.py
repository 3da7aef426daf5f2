"""Questions under a lesson: asked, read by a tutor first, answered with a letter, the useful ones on top."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Complaint, Course, Enquiry, Reply
from home import personal_data
from letters.models import Letter
from tests.conftest import person

pytestmark = pytest.mark.django_db
QUESTION = "Hồ sơ của người ở xã khác thì nộp vào đâu ạ?"


@pytest.fixture
def lesson(workshop, binh, dung):
    workshop.course(lessons=1)
    course = Course.objects.get()
    for learner in (binh, dung):
        course.enrol(learner)
    return workshop.section(workshop.index.get_children().first().specific).get_children().first().specific


@pytest.fixture
def lan(db):
    return person("lan@mau.example", "Phạm Thị Lan", "Người hướng dẫn")


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(client, lesson, text=QUESTION):
    return client.post(f"/hoc/bai/{lesson.translation_key}/hoi/", {"text": text})


def read(client, lesson) -> str:
    return client.get(f"/hoc/bai/{lesson.translation_key}/hoi-dap/").content.decode()


def act(client, enquiry, act, **more):
    return client.post(f"/quan-tri/enquiries/inspect/{enquiry.pk}/", {"act": act} | more)


def test_a_question_is_asked_answered_and_of_use_to_the_next(lesson, binh, dung, lan):
    learner, other, tutor = as_(binh), as_(dung), as_(lan)
    assert ask(learner, lesson)["Location"].endswith("#hoi-dap")
    ask(learner, lesson)  # a second press
    enquiry = Enquiry.objects.get()
    assert QUESTION in learner.get(lesson.url).content.decode()
    assert QUESTION not in read(other, lesson), "a tutor reads it first"
    assert QUESTION not in Client().get(lesson.url).content.decode()

    # The tutor finds it on the dashboard and in the list, and answers for all.
    assert "1 thắc mắc chờ" in tutor.get("/quan-tri/").content.decode()
    assert QUESTION[:40] in tutor.get("/quan-tri/enquiries/?waiting=question").content.decode()
    assert QUESTION in tutor.get(f"/quan-tri/enquiries/inspect/{enquiry.pk}/").content.decode()
    assert act(tutor, enquiry, "answer", text=" ").status_code == 422
    act(tutor, enquiry, "answer", text="Nộp ở đâu cũng được; nơi nhận chuyển đúng nơi.")
    (letter,) = Letter.objects.filter(kind="enquiry_answered")
    assert letter.to == binh.email
    page = read(other, lesson)
    assert "Nộp ở đâu cũng được" in page
    assert "Phạm Thị Lan" in page
    assert binh.full_name not in page, "learners do not read each other's names"

    # Another learner adds a word; it shows when a tutor has read it, and a useful one is pinned.
    assert other.get(f"/hoc/hoi-dap/{enquiry.pk}/tra-loi/").status_code == 200
    other.post(f"/hoc/hoi-dap/{enquiry.pk}/tra-loi/", {"text": "Xã tôi làm đúng như vậy."})
    assert "Xã tôi làm" not in read(learner, lesson)
    word = Reply.objects.get(by_tutor=False)
    act(tutor, enquiry, "show", reply=word.pk)
    act(tutor, enquiry, "pin", reply=word.pk)
    page = read(learner, lesson)
    assert page.index("Xã tôi làm") < page.index("Nộp ở đâu cũng được"), "pinned answers stand on top"
    assert Letter.objects.filter(kind="enquiry_answered").count() == 2


def test_a_private_answer_is_read_by_who_asked_alone(lesson, binh, dung, lan):
    ask(as_(binh), lesson, "Kết quả bài trước của tôi sai, xem giúp với.")
    act(as_(lan), Enquiry.objects.get(), "answer_privately", text="Tôi đã xem lại cho anh/chị.")
    assert "đã xem lại" in read(as_(binh), lesson)
    assert "đã xem lại" not in read(as_(dung), lesson)
    assert as_(dung).get(f"/hoc/hoi-dap/{Enquiry.objects.get().pk}/tra-loi/").status_code == 404


def test_what_should_not_stand_there_is_reported_and_hidden(lesson, binh, dung, lan):
    tutor = as_(lan)
    ask(as_(binh), lesson)
    enquiry = Enquiry.objects.get()
    act(tutor, enquiry, "show")
    for _ in range(2):
        as_(dung).post(f"/hoc/hoi-dap/{enquiry.pk}/bao/", {"reason": "có số điện thoại"})
    assert Complaint.objects.get().reason == "có số điện thoại"
    assert "1 lời báo cáo" in tutor.get("/quan-tri/").content.decode()
    assert "có số điện thoại" in tutor.get(f"/quan-tri/enquiries/inspect/{enquiry.pk}/").content.decode()
    act(tutor, enquiry, "hide")
    assert QUESTION not in read(as_(dung), lesson)
    assert QUESTION not in read(as_(binh), lesson)
    assert Complaint.objects.get().settled_at is not None


def test_who_may_not(lesson, binh, an, khanh, chi):
    assert ask(as_(an), lesson).status_code == 404, "not enrolled"
    assert ask(Client(), lesson).status_code == 302
    assert ask(as_(binh), lesson, " ").status_code == 422
    learner = as_(binh)
    for number in range(12):
        answer = ask(learner, lesson, f"Câu hỏi thứ {number} của tôi")
    assert answer.status_code == 422
    assert "Câu hỏi thứ 11 của tôi" in answer.content.decode(), "nothing typed is lost"
    assert Enquiry.objects.count() == 10
    assert as_(khanh).get("/quan-tri/enquiries/").status_code == 200
    assert as_(chi).get("/quan-tri/enquiries/").status_code == 302
    enquiry = Enquiry.objects.first()
    assert act(as_(chi), enquiry, "answer", text="x").status_code in (302, 404)
    assert not Reply.objects.exists()


def test_words_go_with_the_account_and_the_tutors_stay(lesson, binh, dung, lan, minh):
    ask(as_(binh), lesson)
    act(as_(lan), Enquiry.objects.get(), "answer", text="Nộp ở đâu cũng được.")
    found = {one.holding.key: one.rows for one in personal_data.everything(binh.email)}
    assert found["lesson_questions"][0]["text"] == QUESTION
    personal_data.erase(binh.email, at=timezone.now(), by=minh, reason="theo yêu cầu")
    assert QUESTION not in read(as_(dung), lesson)
    assert Enquiry.objects.get().text == ""


def test_a_lesson_with_many_questions_asks_the_same_of_the_database(lesson, binh, dung, lan):
    learner = as_(dung)
    course = Course.objects.get()
    asker = course.enrolments.get(person=binh)
    counted = []
    for upto in (2, 12):
        for number in range(upto):
            enquiry = Enquiry.objects.ask(asker, lesson.translation_key, f"Hỏi {upto} {number}?", timezone.now())
            enquiry.answer("Trả lời.", lan, timezone.now(), share=True)
        learner.get(lesson.url)
        with CaptureQueriesContext(connection) as captured:
            learner.get(lesson.url)
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 15
