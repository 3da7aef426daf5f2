"""An official: opens an account, learns a course to its end, and holds the certificate."""

import re

import pytest
from playwright.sync_api import expect

from certificates.models import Certificate
from courses.models import CoursePage, Enrolment, LessonPage
from people.models import User
from tests.journeys.walk import Words, code_in, last_letter, no_sideways, person, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COURSE = "BB05"


def course_page(language: str, code: str = COURSE) -> CoursePage:
    return CoursePage.objects.live().get(code=code, locale__language_code=language)


def lessons(page: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.live().descendant_of(page).order_by("path"))


def open_an_account(page, say: Words, email: str) -> None:
    """From the course to the account and back: one code, no password."""
    page.get_by_role("link", name=say("Log in to have your results recorded")).first.click()
    no_sideways(page)
    page.locator("main").get_by_role("link", name=re.compile(r"\w")).filter(has_text=create_one(say)).click()
    page.get_by_label(say("E-mail address")).fill(email)
    page.get_by_label(say("Full name")).fill("Nguyễn Thị Bích Ngọc")
    no_sideways(page)
    page.get_by_role("button", name=say("Send me the code")).click()
    page.get_by_label(say("Code from the letter")).fill(code_in(last_letter(email)))
    page.get_by_role("button", name=say("Continue")).click()


def create_one(say: Words) -> str:
    return re.search(
        r"<a [^>]*>([^<]+)</a>", say('No account yet? <a href="%(signup_url)s">Create one</a>; it takes a minute.')
    )[1]


def answer(page, say: Words, lesson: LessonPage, right: bool) -> None:
    """Hand in every question right, or every question wrong."""
    for question in lesson.quiz.value.key:
        boxes = page.locator(f'input[name="q-{question["id"]}"]')
        for box in boxes.all():
            if (box.get_attribute("value") in question["right"]) is right:
                box.check()
                if box.get_attribute("type") == "radio":
                    break
    page.get_by_role("button", name=say("Hand in my answers")).click()


def watch(page, say: Words) -> None:
    """Play the whole video, quickly; the page comes back by itself when it has been covered."""
    expect(page.locator("video")).to_be_visible()
    page.locator("video").evaluate("video => { video.muted = true; video.playbackRate = 8; return video.play(); }")
    until(page, "document.querySelector('video').ended", seconds=30)


def is_done(page):
    return page.locator("#xong")


def go_on(page) -> None:
    page.locator("nav.lesson-next a").last.click()


def do(page, say: Words, lesson: LessonPage) -> None:
    """Whatever this lesson asks for."""
    expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
    no_sideways(page)
    if "video" in lesson.rule:
        watch(page, say)
    if "quiz" in lesson.rule:
        answer(page, say, lesson, right=True)
        expect(page.locator("#cau-hoi [role=status]")).to_contain_text(say("Passed."))
    if lesson.rule == "confirmed":
        page.get_by_role("button", name=say("I have read and understood this")).click()


def test_an_official_learns_a_course_to_its_certificate(before, window):
    say = Words("vi")
    page = window("vi", 360)
    page.goto("/")
    page.locator(".doors a").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    no_sideways(page)
    course = course_page("vi")
    page.get_by_role("link", name=course.title).click()
    no_sideways(page)
    open_an_account(page, say, "ngoc@mau.example")
    learner = User.objects.get(email="ngoc@mau.example")
    expect(page).to_have_url(re.compile(re.escape(course.get_url())))

    page.get_by_role("button", name=say("Begin this course")).click()
    first, *others = lessons(course)
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    no_sideways(page)

    # Wrong first: told what is right and why, nothing counted; then right.
    answer(page, say, first, right=False)
    result = page.locator("#cau-hoi [role=status]")
    expect(result).to_contain_text(say("Answer again"))
    expect(is_done(page)).to_have_count(0)
    no_sideways(page)
    result.get_by_role("link", name=say("Answer again")).click()
    answer(page, say, first, right=True)
    expect(result).to_contain_text(say("Passed."))
    expect(is_done(page)).to_be_visible()

    # Away and back another day: my page knows where to go on.
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(others[0].title)
    page.goto("/trang-cua-toi/")
    no_sideways(page)
    page.locator(".next-thing a.btn").click()

    for lesson in others:
        do(page, say, lesson)
        if lesson is not others[-1]:
            go_on(page)

    # The last lesson done: the course is, and the certificate is there.
    enrolment = Enrolment.objects.get(person=learner)
    assert enrolment.completed_at is not None
    certificate = Certificate.objects.get(holder=learner)
    page.goto(course.get_url())
    page.get_by_role("link", name=say("Open my certificate")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("This certificate is valid"))
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Bích Ngọc")
    no_sideways(page)
    pdf = page.request.get(page.get_by_role("link", name=say("Download the PDF")).get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")
    assert len(last_letter("ngoc@mau.example").body) > 0
    page.goto("/trang-cua-toi/")
    expect(page.locator("main")).to_contain_text(certificate.serial)

    # Anybody can check the number; the number alone shows no name.
    stranger = window("vi", 360)
    stranger.goto("/")
    stranger.get_by_label(say("Certificate number")).fill(certificate.serial.lower())
    stranger.get_by_role("button", name=say("Check")).click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(say("This certificate is valid"))
    assert "Bích Ngọc" not in stranger.content()


def test_an_official_reads_in_english_and_results_are_the_same_in_both_languages(before, window):
    say = Words("en")
    page = window("en", 1280)
    course = course_page("en")
    page.goto(course.get_url())
    open_an_account(page, say, "ngoc@mau.example")
    expect(page).to_have_url(re.compile(re.escape(course.get_url())))
    page.get_by_role("button", name=say("Begin this course")).click()
    first = lessons(course)[0]
    answer(page, say, first, right=True)
    expect(is_done(page)).to_be_visible()
    page.goto(course_page("vi").get_url())
    expect(page.locator("aside")).to_contain_text(
        Words("vi")("%(done)s of %(total)s lessons done", done=1, total=len(lessons(course)))
    )
    assert Enrolment.objects.get(person__email="ngoc@mau.example").done == 1


def test_a_video_goes_on_where_it_stopped(before, window):
    say = Words("vi")
    learner = person("an")
    course = course_page("vi")
    film = next(lesson for lesson in lessons(course) if lesson.film)
    page = window("vi", 1280, user=learner)
    page.goto(course.get_url())
    page.get_by_role("button", name=say("Begin this course")).click()
    page.goto(film.get_url())
    page.locator("video").evaluate("video => { video.muted = true; return video.play(); }")
    until(page, "document.querySelector('video').currentTime > 3")
    with page.expect_response(re.compile("/hoc/su-kien/")):
        page.locator("video").evaluate("video => video.pause()")
    page.reload()
    page.locator("video").evaluate("video => { video.muted = true; return video.play(); }")
    until(page, "document.querySelector('video').currentTime > 2.5", seconds=2)
    # Captions are there, and somebody who jumps to the end has not watched it.
    assert page.locator("video").evaluate("video => video.textTracks[0].kind") == "captions"
    page.locator("video").evaluate(
        "video => { video.muted = true; video.currentTime = video.duration - 2; return video.play(); }"
    )
    until(page, "document.querySelector('video').ended")
    page.wait_for_timeout(300)
    page.reload()
    expect(is_done(page)).to_have_count(0)
    expect(page.locator("#ban-chu form button")).to_be_attached()


def test_without_javascript_a_lesson_with_a_video_can_be_finished_too(before, window):
    say = Words("vi")
    learner = person("an")
    course = course_page("vi")
    film = next(lesson for lesson in lessons(course) if lesson.film)
    page = window("vi", 360, user=learner, java_script_enabled=False, expects=(422,))
    page.goto(course.get_url())
    page.get_by_role("button", name=say("Begin this course")).click()
    page.goto(film.get_url())
    page.locator("#ban-chu summary").click()
    page.get_by_role("button", name=say("I have read the transcript")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(film.title)

    answer(page, say, film, right=True)
    expect(is_done(page)).to_be_visible()


def test_a_stranger_reads_everything_and_is_asked_for_nothing(before, window):
    course = course_page("vi")
    page = window("vi", 360)
    for lesson in lessons(course)[:3]:
        page.goto(lesson.get_url())
        expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
        no_sideways(page)
        for question in lesson.quiz.value.key if lesson.quiz else []:
            assert page.locator(f'input[name="q-{question["id"]}"]:enabled').count() == 0
        assert "correct" not in page.locator("main").inner_html()
