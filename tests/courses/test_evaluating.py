"""What people think of a course: said once, without a name, shown from five answers on."""

import datetime
import uuid

import pytest
from django.utils import timezone

from courses.models import Course, Evaluation, EvaluationMark
from courses.models.evaluation import QUESTIONS, AlreadyEvaluated, NotCompleted, results
from people.models import User

from .conftest import a_lesson, did

pytestmark = pytest.mark.django_db
KEY = uuid.UUID(int=1)
FIVES = dict.fromkeys(QUESTIONS, 5)


@pytest.fixture
def course(site_tree):
    course = Course.objects.create(
        key=uuid.uuid4(), code="BB01", title_vi="Mô hình hai cấp", opened_at=timezone.now(), gives_certificate=False
    )
    course.apply([a_lesson(KEY)])
    return course


def finished(course, person) -> object:
    enrolment = course.enrol(person)
    enrolment.record([did(KEY, at=timezone.now())])
    return enrolment


def say(course, number: int, score: int, at=None, text: str = "") -> None:
    person = User.objects.create_user(f"hv{number}@mau.example", f"Học viên {number}")
    scores = dict.fromkeys(QUESTIONS, score)
    Evaluation.objects.give(finished(course, person), scores, text, at or timezone.now())


def test_binh_says_what_she_thinks_once_and_nobody_can_tell_that_it_was_her(client, course, binh):
    address = f"/hoc/khoa/{course.pk}/danh-gia/"
    client.force_login(binh)
    assert client.get(address).status_code == 404, "not before she has completed it"
    enrolment = finished(course, binh)
    assert "Năm câu hỏi, hai phút" in client.get(address).content.decode()
    refused = client.post(address, {"useful": "5", "clear": "9", "text": "Cần thêm ví dụ"})
    assert refused.status_code == 422
    assert "Cần thêm ví dụ" in refused.content.decode(), "nothing typed is lost"
    assert client.post(address, {**FIVES, "text": "Cần thêm ví dụ"}).status_code == 302
    assert "Xin cảm ơn" in client.get(address).content.decode()
    client.post(address, {**FIVES, "text": "lần nữa"})
    answer = Evaluation.objects.get()
    assert answer.text == "Cần thêm ví dụ"
    related = {field.name for field in Evaluation._meta.get_fields() if field.is_relation}
    assert related == {"course"}
    assert not any(isinstance(value, datetime.datetime) for value in vars(answer).values())
    assert set(EvaluationMark.objects.values()[0]) == {"enrolment_id"}
    with pytest.raises(AlreadyEvaluated):
        Evaluation.objects.give(enrolment, FIVES, "", timezone.now())
    other = course.enrol(User.objects.create_user("hv@mau.example", "Học viên"))
    with pytest.raises(NotCompleted):
        Evaluation.objects.give(other, FIVES, "", timezone.now())
    assert Evaluation.objects.count() == 1


def test_results_are_shown_in_fives(client, course, khanh, ha):
    address = f"/quan-tri/course_report/{course.pk}/danh-gia/"
    client.force_login(khanh)
    march, april = (timezone.make_aware(datetime.datetime(2026, month, 5)) for month in (3, 4))
    for number in range(4):
        say(course, number, 4, march, "Bài hay" if number == 0 else "")
    page = client.get(address).content.decode()
    assert "Chưa đủ năm người trả lời" in page
    assert "Bài hay" not in page
    say(course, 4, 1, march)
    found = results(course)
    assert (found.number, found.questions[0].average, found.questions[0].spread) == (5, 3.4, [1, 0, 0, 4, 0])
    assert "Bài hay" in client.get(address).content.decode()
    for number in range(5, 9):
        say(course, number, 5, march if number < 7 else april, "Rất tốt")
    assert results(course).number == 5, "four more answers are not four more people to be guessed"
    say(course, 9, 5, april)
    found = results(course)
    assert found.number == 10
    assert [(month.month, number, averages[0]) for month, number, averages in found.months] == [
        (4, 5, 5.0),
        (3, 5, 3.4),
    ]
    client.force_login(ha)
    assert client.get(address).status_code in (302, 403)
