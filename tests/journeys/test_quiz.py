"""An official begins a quiz on a phone, loses the network, goes on at the office PC and hands in there."""

import pytest
from playwright.sync_api import expect

from courses.models import Course, QuizAttempt, QuizResponse
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.test_official import course_page, give, lessons
from tests.journeys.walk import Words, no_sideways, person, sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def is_kept(row: QuizResponse) -> bool:
    return row.version.is_right(QuizResponse.objects.get(pk=row.pk).answer)


def until_kept(page, row: QuizResponse, tries: int = 100) -> None:
    while not is_kept(row):
        tries -= 1
        assert tries, "the answer was not saved"
        page.wait_for_timeout(100)


def test_a_quiz_is_resumed_on_a_second_device(before, window):
    say = Words("vi")
    learner = person("an")
    course = course_page("vi")
    lesson = next(each for each in lessons(course) if each.quiz)
    phone = window("vi", 360, user=learner)
    phone.goto(course.get_url())
    phone.get_by_role("button", name=say("Begin this course")).click()
    phone.goto(lesson.get_url())
    phone.get_by_role("button", name=say("Begin to answer")).click()
    no_sideways(phone)
    attempt = QuizAttempt.objects.get(enrolment__person=learner)
    rows = list(attempt.responses.select_related("version").order_by("position"))
    html = phone.content()
    said = [row.version.explanation_vi for row in rows]
    assert not [text for text in said if text and text in html], "no explanation before the end"

    # One question at a time on a phone; the answer is saved as it is given.
    expect(phone.locator("fieldset.question:visible")).to_have_count(1)
    give(phone, rows[0], right=True)
    expect(phone.locator("[data-saved]")).to_contain_text(say("Saved at"))
    until_kept(phone, rows[0])

    # Without a network it waits in the browser, and goes out by itself when the network is back.
    phone.context.set_offline(True)
    phone.get_by_role("button", name=say("Next question")).click()
    give(phone, rows[1], right=True)
    waiting = say("Not saved yet: no connection. Your answers are kept in this browser.")
    expect(phone.locator("[data-saved]")).to_contain_text(waiting)
    assert not is_kept(rows[1])
    phone.context.set_offline(False)
    until_kept(phone, rows[1])
    until(phone, "Object.keys(localStorage).every((name) => !name.startsWith('answers-of'))")

    # The office PC shows the same questions with what was answered, all on one page.
    office = window("vi", 1280, user=learner)
    office.goto(lesson.get_url())
    office.get_by_role("link", name=say("Go on answering")).click()
    expect(office.locator("[data-answered]")).to_have_text("2")
    expect(office.locator("fieldset.question:visible")).to_have_count(len(rows))
    for row in rows[2:]:
        give(office, row, right=True)
    office.get_by_role("button", name=say("Hand in my answers")).click()
    expect(office.locator("#ket-qua")).to_contain_text(say("Passed."))
    phone.reload()
    expect(phone.locator("#ket-qua")).to_contain_text(say("Passed."))
    assert QuizAttempt.objects.get(pk=attempt.pk).passed


def test_an_answer_that_cannot_be_saved_is_kept_and_the_page_says_why(before, window):
    """The session ends; then somebody else signs in. The page stops trying, says what to do, and loses nothing."""
    learner = person("an")
    course = course_page("vi")
    lesson = next(each for each in lessons(course) if each.quiz)
    enrolment = Course.objects.get(pk=course.translation_key).enrol(learner)
    item = enrolment.course.outline.open().get(lesson_key=lesson.translation_key)
    attempt = lesson.quiz.begin(enrolment, item)
    rows = list(attempt.responses.select_related("version").order_by("position"))
    page = window("vi", 1280, user=learner, expects=(401, 403, 404))
    page.goto(f"/hoc/luot/{attempt.pk}/")
    tries = []
    page.on("request", lambda request: tries.append(request) if request.url.endswith("/luu/") else None)
    page.context.clear_cookies()
    give(page, rows[0], right=True)
    expect(page.locator("[data-stopped=sign-in]")).to_be_visible()
    made = len(tries)
    page.wait_for_timeout(5_500)
    assert len(tries) == made, "it does not go on trying"
    page.evaluate(AXE)
    assert violations(page, EVERYTHING) == []

    site = page.url.partition("/hoc/")[0]
    sign_in(page.context, person("binh"), site)
    give(page, rows[1], right=True)
    expect(page.locator("[data-stopped=gone]")).to_be_visible()
    expect(page.locator("[data-stopped=sign-in]")).to_be_hidden()
    assert not is_kept(rows[0])

    sign_in(page.context, learner, site)
    page.reload()
    until_kept(page, rows[0])
    until_kept(page, rows[1])
    expect(page.locator("[data-stopped=gone]")).to_be_hidden()
