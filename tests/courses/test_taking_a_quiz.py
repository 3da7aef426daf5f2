"""Bình answers questions: begins, saves, goes on elsewhere, hands in, sees what was right; and what is not allowed."""

import datetime
import json
import re
import uuid

import pytest
from django.utils import timezone

from courses.models import (
    Enrolment,
    LearningEvent,
    NoAttemptLeft,
    QuizAttempt,
    QuizDraw,
    QuizItem,
    Regrade,
    Saved,
)
from courses.pages import LessonPage
from courses.quizzing import bank, markdown
from courses.tick import close_attempts

from .conftest import QUESTION, SEVERAL, quiz, right_answers, sheet_of, text, wrong_answers
from .test_a_question_bank_is_written import ALL_KINDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(workshop):
    page = workshop.course(lessons=0)
    return workshop.lesson(workshop.section(page), "Hồ sơ phi địa giới", [text(), quiz()], rule="quiz")


@pytest.fixture
def enrolment(lesson, binh, record_of):
    return record_of(lesson.course_page).enrol(binh, letters=False)


@pytest.fixture
def begun(lesson, enrolment):
    """Begun by the model's own door."""
    return lambda: lesson.quiz.begin(enrolment, enrolment.course.outline.open().get())


def change(lesson, **fields):
    quiz_of = lesson.quiz
    for name, value in fields.items():
        setattr(quiz_of, name, value)
    quiz_of.save()


def saved(attempt, answers: dict, at=None) -> bool:
    at = at or timezone.now()
    return attempt.save_answers([Saved(position, answer, at, uuid.uuid4()) for position, answer in answers.items()])


def begin(client, lesson) -> QuizAttempt:
    client.post(f"/hoc/bai/{lesson.translation_key}/lam-bai/")
    return QuizAttempt.objects.get(submitted_at=None)


def page_of(client, attempt) -> str:
    return client.get(f"/hoc/luot/{attempt.pk}/").content.decode()


# ---------------------------------------------------------------- the usual way


def test_answers_are_saved_as_one_goes_and_handed_in_without_a_script(client, lesson, enrolment, binh):
    client.force_login(binh)
    attempt = begin(client, lesson)
    address = f"/hoc/luot/{attempt.pk}/"
    right = right_answers(attempt)
    client.post(address, sheet_of({1: right[1], 2: []}))  # "Save and go on later"
    html = page_of(client, attempt)
    assert re.search(rf'value="{right[1][0]}" checked', html)
    assert "<b data-answered>1</b>" in html
    assert "Làm tiếp" in client.get(lesson.url).content.decode()

    # One is left out: the page comes back, nothing is lost, and it can be handed in as it is.
    response = client.post(address, {"hand-in": "1"})
    assert response.status_code == 422
    assert "#cau-2" in response.content.decode()
    assert QuizAttempt.objects.get().is_open
    html = client.post(address, sheet_of({2: right[2]}, **{"hand-in": "1"}), follow=True).content.decode()
    assert "2 trên 2 điểm" in html
    assert QUESTION["explanation"] in html
    enrolment.refresh_from_db()
    assert enrolment.is_complete
    event, attempt = LearningEvent.objects.get(), QuizAttempt.objects.get()
    assert (event.verb, event.at, event.data["score"]) == ("passed", attempt.submitted_at, 100)
    assert enrolment.completed_at == attempt.submitted_at


def test_a_failed_attempt_explains_and_the_next_counts(client, lesson, enrolment, binh):
    client.force_login(binh)
    attempt = begin(client, lesson)
    form = sheet_of(wrong_answers(attempt), **{"hand-in": "1"})
    html = client.post(f"/hoc/luot/{attempt.pk}/", form, follow=True).content.decode()
    assert "Chưa đạt" in html
    assert QUESTION["explanation"] in html
    assert "choice right" not in html, "a failed attempt does not say which option is right"
    attempt = begin(client, lesson)
    form = sheet_of(right_answers(attempt), **{"hand-in": "1"})
    html = client.post(f"/hoc/luot/{attempt.pk}/", form, follow=True).content.decode()
    assert "choice right" in html
    assert sorted(LearningEvent.objects.values_list("verb", flat=True)) == ["failed", "passed"]
    # A worse one afterwards takes nothing away, and is no failure any more.
    attempt = begin(client, lesson)
    client.post(f"/hoc/luot/{attempt.pk}/", sheet_of(wrong_answers(attempt), **{"hand-in": "1"}))
    assert LearningEvent.objects.filter(verb="answered").count() == 1
    row = enrolment.lessons.get()
    assert (row.score, row.completed_at is not None) == (100, True)


def test_every_kind_of_question_is_answered_by_form(client, lesson, enrolment, binh):
    course = enrolment.course
    course.quiz_items.update(retired_at=timezone.now())
    bank.put(course, markdown.read(ALL_KINDS))
    QuizDraw.objects.update(tag="")
    client.force_login(binh)
    attempt = begin(client, lesson)
    form: dict = {"hand-in": "1"}
    for row in attempt.responses.select_related("version"):
        key, name = row.version.key, f"a-{row.position}"
        form[f"was-{row.position}"] = "null"
        if "pairs" in key:
            form |= {f"{name}-{left}": right for left, right in key["pairs"].items()}
        elif "order" in key:
            form |= {f"{name}-{one}": str(place) for place, one in enumerate(key["order"], start=1)}
        else:
            form[name] = key.get("right") or key.get("accepted", [key.get("number")])[0]
    html = client.post(f"/hoc/luot/{attempt.pk}/", form, follow=True).content.decode()
    assert "8 trên 8 điểm" in html
    assert "Nguồn" in html


def test_no_answer_key_is_sent_before_it_may_be_seen(client, lesson, enrolment, binh):
    course = enrolment.course
    bank.put(course, markdown.read(ALL_KINDS))
    QuizDraw.objects.update(tag="")
    client.force_login(binh)
    attempt = begin(client, lesson)
    answer = {"sent_at": timezone.now().isoformat(), "answers": []}
    told = [
        client.get(lesson.url).content.decode(),
        page_of(client, attempt),
        client.post(f"/hoc/luot/{attempt.pk}/luu/", {"batch": json.dumps(answer)}).content.decode(),
    ]
    secret = [QUESTION["explanation"], SEVERAL["explanation"], "Nơi nhận chuyển đi", "Đúng rồi.", "đặc khu Cô Tô"]
    for html in told:
        assert not [word for word in [*secret, "correct", '"right"', "± 0", "feedback", "accepted"] if word in html]
    # Right and wrong options look alike.
    bare = re.sub(r'(value|name|id|for|data-id)="[^"]*"', "", told[1])
    assert len(set(re.findall(r'<label class="choice[^"]*"><input[^>]*>', bare))) == 2


def test_what_is_shown_afterwards_is_up_to_the_quiz(client, lesson, begun, binh):
    client.force_login(binh)
    for shows, explained, key in (("never", False, False), ("passed", True, False), ("always", True, True)):
        change(lesson, shows=shows)
        attempt = begun()
        saved(attempt, wrong_answers(attempt))
        attempt.hand_in()
        html = page_of(client, attempt)
        assert (QUESTION["explanation"] in html, "choice right" in html) == (explained, key), shows
    # With the last attempt gone there is nothing left to give away.
    change(lesson, shows="passed", attempts_limit=3)
    assert "choice right" in page_of(client, attempt)


# ---------------------------------------------------------------- saving


def test_of_one_answer_the_latest_wins_in_any_order_and_a_repeat_changes_nothing(begun):
    attempt = begun()
    options = [option["id"] for option in attempt.responses.get(position=1).version.asked["options"]]
    now = timezone.now()
    early, late = (
        Saved(1, [option], now + datetime.timedelta(seconds=n), uuid.uuid4()) for n, option in enumerate(options[:2])
    )
    clock = lambda: now + datetime.timedelta(seconds=9)  # noqa: E731
    for sent in ([early, late], [late, early], [early], [late, late], [early, early]):
        attempt.save_answers(sent, clock=clock)
    assert attempt.responses.get(position=1).answer == [options[1]]
    attempt.save_answers([Saved(1, [options[2]], now + datetime.timedelta(days=1), uuid.uuid4())], clock=clock)
    assert attempt.responses.get(position=1).answered_at == clock(), "nobody answers tomorrow"


def test_what_is_no_answer_to_the_question_is_not_kept(begun):
    attempt = begun()
    for nonsense in (["x"], {"a": "b"}, 7, None, [["x"]], "text", [None]):
        assert saved(attempt, {1: nonsense, 99: ["x"], 0: ["x"]})
        assert attempt.responses.get(position=1).answer is None
    chosen = [option["id"] for option in attempt.responses.get(position=1).version.asked["options"]]
    saved(attempt, {1: chosen})
    assert attempt.responses.get(position=1).answer == chosen[:1], "of one question one answer"


def test_a_browser_saves_and_a_second_device_goes_on(client, lesson, enrolment, binh):
    client.force_login(binh)
    attempt = begin(client, lesson)
    right = right_answers(attempt)
    one = {"id": str(uuid.uuid4()), "position": 1, "answer": right[1], "at": timezone.now().isoformat()}
    batch = {"sent_at": timezone.now().isoformat(), "answers": [one, {"position": "x"}, 3]}
    told = client.post(f"/hoc/luot/{attempt.pk}/luu/", {"batch": json.dumps(batch)}).json()
    assert (told["open"], told["kept"], told["seconds_left"]) == (True, [one["id"]], None)
    assert begin(client, lesson) == attempt, "a second device gets the same questions"
    assert re.search(rf'value="{right[1][0]}" checked', page_of(client, attempt))
    for broken in ("", "[]", "{", '{"answers": 1}', '{"answers": []}' + " " * 300_000):
        assert client.post(f"/hoc/luot/{attempt.pk}/luu/", {"batch": broken}).status_code == 400


def test_an_old_page_does_not_undo_what_another_device_saved(client, lesson, enrolment, binh):
    client.force_login(binh)
    attempt = begin(client, lesson)
    right, wrong = right_answers(attempt), wrong_answers(attempt)
    saved(attempt, right)  # on the other device
    form = sheet_of({1: [], 2: wrong[2]}, **{"hand-in": "1"})  # shown while nothing was answered; 2 chosen here
    client.post(f"/hoc/luot/{attempt.pk}/", form)
    answers = {row.position: row.answer for row in attempt.responses.all()}
    assert answers == {1: right[1], 2: wrong[2]}


def test_an_attempt_is_seen_by_its_owner_alone(client, begun, dung):
    attempt = begun()
    client.force_login(dung)
    assert client.get(f"/hoc/luot/{attempt.pk}/").status_code == 404
    assert client.post(f"/hoc/luot/{attempt.pk}/luu/", {"batch": "{}"}).status_code == 404
    client.logout()
    assert client.get(f"/hoc/luot/{attempt.pk}/").status_code == 302


# ---------------------------------------------------------------- drawing


def test_a_draw_takes_so_many_of_each_tag_and_the_seed_draws_the_same(begun, lesson, enrolment):
    course = enrolment.course
    bank.put(course, markdown.read(ALL_KINDS))
    QuizDraw.objects.all().delete()
    QuizDraw.objects.create(quiz=lesson.quiz, tag="an-toan", number=1)
    QuizDraw.objects.create(quiz=lesson.quiz, tag="", number=2)
    change(lesson, shuffle=True)
    lesson.refresh_from_db()
    attempt = begun()
    drawn = [(row.version_id, row.order) for row in attempt.responses.order_by("position")]
    assert len(drawn) == len({version for version, _order in drawn}) == 3
    assert any("an-toan" in row.version.item.tag_list for row in attempt.responses.select_related("version__item"))
    assert [(version.pk, order) for version, order in attempt.quiz.drawn(attempt.seed)] == drawn
    assert begun() == attempt
    seen = {tuple(v.pk for v, _order in attempt.quiz.drawn(seed)) for seed in range(20)}
    assert len(seen) > 5, "others are asked other questions"


def test_an_edit_does_not_change_what_somebody_was_asked(client, lesson, begun, binh):
    attempt = begun()
    item = attempt.responses.get(position=1).version.item
    new = item.current.written
    new.text = type(new.text)("Câu hỏi viết lại")
    QuizItem.write(item.course, new)
    client.force_login(binh)
    assert QUESTION["question"] in page_of(client, attempt)
    attempt.hand_in()
    assert "Câu hỏi viết lại" not in page_of(client, attempt)
    item.retire(timezone.now())
    assert item.pk not in begun().responses.values_list("version__item", flat=True)


# ---------------------------------------------------------------- attempts and time


def test_attempts_are_limited_and_a_manager_grants_another(client, lesson, begun, enrolment, binh, khanh):
    change(lesson, attempts_limit=1)
    begun().hand_in()
    with pytest.raises(NoAttemptLeft):
        begun()
    client.force_login(binh)
    assert "Đã hết lượt làm" in client.get(lesson.url).content.decode()
    assert "lam-bai" not in client.get(lesson.url).content.decode()
    response = client.post(f"/hoc/bai/{lesson.translation_key}/lam-bai/", follow=True)
    assert "Đã hết lượt làm" in response.content.decode()
    lesson.quiz.allow(enrolment, khanh, "Mất điện", attempts=1)
    assert begun().number == 2


def test_the_server_keeps_the_time_and_what_was_saved_is_handed_in(client, lesson, begun, binh, enrolment):
    change(lesson, minutes=20)
    attempt = begun()
    assert attempt.deadline_at == attempt.started_at + datetime.timedelta(minutes=20)
    saved(attempt, right_answers(attempt))
    client.force_login(binh)
    assert "data-left=" in page_of(client, attempt)
    QuizAttempt.objects.update(
        started_at=attempt.started_at - datetime.timedelta(minutes=25),
        deadline_at=timezone.now() - datetime.timedelta(minutes=5),
    )
    Enrolment.objects.update(started_at=attempt.started_at - datetime.timedelta(hours=1))
    assert not saved(attempt, {1: ["x"]}), "too late"
    html = page_of(client, attempt)
    assert "Hết giờ" in html
    attempt.refresh_from_db()
    assert (attempt.ran_out, attempt.passed, attempt.submitted_at) == (True, True, attempt.deadline_at)
    assert LearningEvent.objects.get(verb="passed").at == attempt.deadline_at
    assert client.post(f"/hoc/luot/{attempt.pk}/", {"hand-in": "1"}).status_code == 200, "the result, not another one"


def test_the_clock_closes_an_attempt_that_nobody_opens_again(lesson, begun):
    change(lesson, minutes=20)
    attempt = begun()
    late = datetime.timedelta(hours=2)
    assert close_attempts(timezone.now()) == 0
    QuizAttempt.objects.update(started_at=attempt.started_at - late, deadline_at=attempt.deadline_at - late)
    Enrolment.objects.update(started_at=attempt.started_at - 2 * late)
    assert close_attempts(timezone.now()) == 1
    attempt.refresh_from_db()
    assert (attempt.points, attempt.passed, attempt.ran_out) == (0, False, True)
    assert close_attempts(timezone.now()) == 0


def test_more_time_for_one_person_also_reaches_the_attempt_under_way(lesson, begun, enrolment, khanh):
    change(lesson, minutes=20)
    attempt = begun()
    lesson.quiz.allow(enrolment, khanh, "Khiếm thị", minutes=10)
    more = QuizAttempt.objects.get()
    assert more.deadline_at - attempt.deadline_at == datetime.timedelta(minutes=10)
    more.hand_in()
    again = begun()
    assert again.deadline_at - again.started_at == datetime.timedelta(minutes=30)


def test_an_attempt_of_an_earlier_edition_counts_there_and_the_redo_starts_anew(lesson, begun, workshop, enrolment):
    change(lesson, attempts_limit=1)
    old = begun()
    saved(old, right_answers(old))
    lesson.begin_new_edition()
    workshop.publish(lesson)
    new = begun()
    old.refresh_from_db()
    assert (old.passed, old.edition, new.edition, new.is_open) == (True, 1, 2, True)
    enrolment.refresh_from_db()
    assert enrolment.lessons_done == 0


# ---------------------------------------------------------------- regrading


def test_a_corrected_key_lets_people_pass_from_the_day_they_handed_in(client, lesson, begun, enrolment, khanh, binh):
    change(lesson, pass_mark=100)
    attempt = begun()
    saved(attempt, right_answers(attempt) | {1: wrong_answers(attempt)[1]})
    attempt = attempt.hand_in()
    assert (attempt.points, attempt.passed) == (1, False)
    item = attempt.responses.get(position=1).version.item
    corrected = item.current.written
    for line in corrected.lines:
        line.right = line.id == wrong_answers(attempt)[1][0]
    version = QuizItem.write(item.course, corrected)[0].current
    change_of = Regrade.preview(version)
    assert [(one.before, one.after, one.total, one.will_pass) for one in change_of] == [(0, 1, 2, True)]
    assert not LearningEvent.objects.filter(verb="passed").exists(), "looking changes nothing"

    regrade = Regrade.decide(version, khanh, "Đáp án in sai")
    assert (regrade.apply(), regrade.apply()) == (1, 0)
    event = LearningEvent.objects.get(verb="passed")
    assert event.at == attempt.submitted_at
    assert (event.data["before"], event.data["after"], event.data["by"]) == (0, 1, khanh.pk)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == attempt.submitted_at
    client.force_login(binh)
    assert "Chưa đúng." not in page_of(client, attempt), "it is shown as it was judged at last"

    # Put back: the points fall, what was passed stays passed.
    QuizItem.write(item.course, item.versions.get(number=1).written)
    item.refresh_from_db()
    assert Regrade.decide(item.current, khanh, "Nhầm").apply() == 1
    attempt.refresh_from_db()
    enrolment.refresh_from_db()
    assert (attempt.points, attempt.passed, enrolment.is_complete) == (1, True, True)


def test_the_lesson_opens_only_where_its_quiz_can_be_passed(workshop, lesson, record_of):
    course = record_of(lesson.course_page)
    page = LessonPage.objects.get(pk=lesson.pk)
    assert page.problem() == ""
    QuizDraw.objects.update(number=9)
    page = LessonPage.objects.get(pk=lesson.pk)
    assert "9" in page.problem()
    course.quiz_items.update(retired_at=timezone.now())
    page = LessonPage.objects.get(pk=lesson.pk)
    assert "trống" in page.problem()
