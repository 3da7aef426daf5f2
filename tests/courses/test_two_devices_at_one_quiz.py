"""Several devices answer, begin and hand in at the same moment: on PostgreSQL, with real locks."""

import uuid

import pytest
from django.utils import timezone

from courses.checking import differences
from courses.models import Course, LearningEvent, Quiz, QuizAttempt, QuizDraw, QuizResponse, Saved
from courses.quizzing import bank, markdown
from people.models import User
from tests.at_once import refused, together

from .conftest import a_lesson, right_answers, wrong_answers
from .test_a_question_bank_is_written import ALL_KINDS

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LESSON = uuid.UUID(int=1)


@pytest.fixture
def enrolment():
    course = Course.objects.create(
        key=uuid.uuid4(), code="BB02", title_vi="Khóa", opened_at=timezone.now(), gives_certificate=False
    )
    course.apply([a_lesson(LESSON, rule={"kind": "quiz"})])
    bank.put(course, markdown.read(ALL_KINDS))
    quiz = Quiz.objects.create(course=course, title_vi="Kiểm tra", attempts_limit=1)
    QuizDraw.objects.create(quiz=quiz, tag="an-toan")
    person = User.objects.create_user("hai-may@mau.example", "Hai Máy")
    return course.enrol(person, letters=False)


def begin(enrolment) -> QuizAttempt:
    return Quiz.objects.get().begin(enrolment, enrolment.course.outline.get())


def test_two_devices_that_begin_at_once_get_the_same_questions(enrolment):
    found = together(*[lambda: begin(enrolment).pk] * 6)
    assert refused(found) == []
    assert len(set(found)) == 1
    assert QuizAttempt.objects.count() == 1
    assert QuizResponse.objects.count() == 2


def test_two_devices_that_hand_in_at_once_are_judged_once(enrolment):
    attempt = begin(enrolment)
    right, wrong = right_answers(attempt), wrong_answers(attempt)
    at = timezone.now()

    def device(answers, hand_in):
        def work():
            sent = [Saved(position, answer, timezone.now(), uuid.uuid4()) for position, answer in answers.items()]
            mine = QuizAttempt.objects.get(pk=attempt.pk)
            for one in sent:
                mine.save_answers([one])
            return mine.hand_in(sent).points if hand_in else None

        return work

    works = [device(right, True), device(wrong, True), device(right, False), device(wrong, False), device(right, True)]
    results = together(*works)
    assert refused(results) == []
    told = {points for points in results if points is not None}
    attempt.refresh_from_db()
    assert told == {attempt.points}, "all are told one result"
    event = LearningEvent.objects.get()
    assert (event.pk, event.at >= at) == (attempt.result_event, True)
    assert sum(row.points for row in attempt.responses.all()) == attempt.points
    assert not attempt.save_answers([Saved(1, right[1], timezone.now(), uuid.uuid4())]), "nothing after the end"
    assert [str(difference) for difference in differences(with_pages=False)] == []
