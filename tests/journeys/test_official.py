"""An official: opens an account, learns a course to its end, and holds the certificate."""

import re

import pytest
from playwright.sync_api import expect

from certificates.models import Certificate
from courses.models import CoursePage, Enrolment, LessonPage, QuizAttempt
from people.models import User
from tests.journeys.walk import Words, code_in, last_letter, no_sideways, person, tab_to, until

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


def give(page, row, right: bool) -> None:
    """Answer one question, of whatever kind, right or wrong."""
    name, key = f"a-{row.position}", row.version.key
    if "pairs" in key:
        others = list(key["pairs"].values())
        for number, (left, half) in enumerate(key["pairs"].items()):
            page.locator(f'select[name="{name}-{left}"]').select_option(half if right else others[number - 1])
    elif "order" in key:
        for place, one in enumerate(key["order"] if right else key["order"][::-1], start=1):
            page.locator(f'select[name="{name}-{one}"]').select_option(str(place))
    elif "right" in key:
        for box in page.locator(f'input[name="{name}"]').all():
            if (box.get_attribute("value") in key["right"]) is right:
                box.check()
                if box.get_attribute("type") == "radio":
                    break
    else:
        page.locator(f'input[name="{name}"]').fill(
            (key.get("accepted") or [key.get("number")])[0] if right else "0,0001"
        )


def answer(page, say: Words, right: bool) -> None:
    """Begin an attempt, if the lesson is open, and hand in every question right, or every question wrong."""
    for name in ("Begin to answer", "Answer again"):
        if (begin := page.get_by_role("button", name=say(name))).count():
            begin.click()
            break
    expect(page.locator("#bai-lam")).to_be_visible()
    rows = list(QuizAttempt.objects.get(submitted_at=None).responses.select_related("version").order_by("position"))
    for row in rows:
        give(page, row, right)
        if row is not rows[-1] and (following := page.get_by_role("button", name=say("Next question"))).is_visible():
            following.click()
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
        answer(page, say, right=True)
        expect(page.locator("#ket-qua")).to_contain_text(say("Passed."))
        page.get_by_role("link", name=say("Back to the lesson")).click()
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
    open_an_account(page, say, "bich-ngoc@mau.example")
    learner = User.objects.get(email="bich-ngoc@mau.example")
    expect(page).to_have_url(re.compile(re.escape(course.get_url())))

    page.get_by_role("button", name=say("Begin this course")).click()
    first, *others = lessons(course)
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    no_sideways(page)

    # Wrong first: told what is right and why, nothing counted; then right.
    answer(page, say, right=False)
    result = page.locator("#ket-qua")
    expect(result).to_contain_text(
        say("Read the explanations and the lesson once more, then try again. Only the best result counts.")
    )
    no_sideways(page)
    answer(page, say, right=True)
    expect(result).to_contain_text(say("Passed."))
    no_sideways(page)
    page.get_by_role("link", name=say("Back to the lesson")).click()
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
            expect(is_done(page)).to_be_visible()
            go_on(page)

    # The last lesson done: the course is, and the certificate is there.
    expect(page.get_by_role("link", name=say("Open my certificate"))).to_be_visible()
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
    assert len(last_letter("bich-ngoc@mau.example").body) > 0
    page.goto("/trang-cua-toi/")
    expect(page.locator("main")).to_contain_text(certificate.serial)

    # Anybody can check the number; the number alone shows no name.
    stranger = window("vi", 360)
    stranger.goto("/")
    stranger.get_by_label(say("Certificate number")).fill(certificate.serial.lower())
    stranger.get_by_role("button", name=say("Check")).click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(say("This certificate is valid"))
    assert "Bích Ngọc" not in stranger.content()


def test_a_course_is_learnt_on_a_phone_with_the_keyboard_alone(before, window):
    """Begin, answer a quiz, hand it in, go to the next lesson, write a note: Tab, Space, Enter and arrows."""
    say = Words("vi")
    page = window("vi", 360, user=person("an"))
    course = course_page("vi")
    first, second, *_others = lessons(course)
    page.goto(course.get_url())
    tab_to(page, page.get_by_role("button", name=say("Begin this course")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    tab_to(page, page.get_by_role("button", name=say("Begin to answer")))
    page.keyboard.press("Enter")
    expect(page.locator("#bai-lam")).to_be_visible()
    attempt = QuizAttempt.objects.get(enrolment__person=person("an"))
    for row in attempt.responses.select_related("version").order_by("position"):
        answer_by_keyboard(page, row)
        following = page.get_by_role("button", name=say("Next question"))
        if following.is_visible():
            tab_to(page, following)
            page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name=say("Hand in my answers")))
    page.keyboard.press("Enter")
    expect(page.locator("#ket-qua")).to_contain_text(say("Passed."))
    tab_to(page, page.get_by_role("link", name=say("Back to the lesson")))
    page.keyboard.press("Enter")
    expect(is_done(page)).to_be_visible()
    tab_to(page, page.locator("details:has(#id_note) summary, summary:has-text('Ghi chú của tôi')").first)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("textarea:visible").first)
    page.keyboard.type("Xem lại trước buổi họp.")
    tab_to(page, page.locator("nav.lesson-next a").last)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(second.title)


def answer_by_keyboard(page, row) -> None:
    """Right, by the keys that a person without a mouse has."""
    name, key = f"a-{row.position}", row.version.key
    if "right" in key:
        boxes = [page.locator(f'input[name="{name}"][value="{one}"]') for one in key["right"]]
        if boxes[0].get_attribute("type") == "radio":
            group = page.locator(f'input[name="{name}"]')
            tab_to(page, group.first)  # a group is one stop; the arrows go on in it
            page.keyboard.press("Space")
            for _step in range(group.count()):
                if boxes[0].is_checked():
                    break
                page.keyboard.press("ArrowDown")
        else:
            for box in boxes:
                tab_to(page, box)
                page.keyboard.press("Space")
        assert all(box.is_checked() for box in boxes)
    elif "pairs" in key or "order" in key:
        wanted = key["pairs"] if "pairs" in key else {one: str(n) for n, one in enumerate(key["order"], start=1)}
        for left, value in wanted.items():
            select = page.locator(f'select[name="{name}-{left}"]')
            tab_to(page, select)
            places = select.locator("option").evaluate_all("options => options.map(option => option.value)")
            steps = places.index(value) - places.index(select.input_value())
            for _step in range(abs(steps)):
                page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
            assert select.input_value() == value
    else:
        tab_to(page, page.locator(f'input[name="{name}"]'))
        page.keyboard.type((key.get("accepted") or [key.get("number")])[0])


def test_an_official_reads_in_english_and_results_are_the_same_in_both_languages(before, window):
    say = Words("en")
    page = window("en", 1280)
    course = course_page("en")
    page.goto(course.get_url())
    open_an_account(page, say, "bich-ngoc@mau.example")
    expect(page).to_have_url(re.compile(re.escape(course.get_url())))
    page.get_by_role("button", name=say("Begin this course")).click()
    answer(page, say, right=True)
    page.get_by_role("link", name=say("Back to the lesson")).click()
    expect(is_done(page)).to_be_visible()
    page.goto(course_page("vi").get_url())
    expect(page.locator("aside")).to_contain_text(
        Words("vi")("%(done)s of %(total)s lessons done", done=1, total=len(lessons(course)))
    )
    assert Enrolment.objects.get(person__email="bich-ngoc@mau.example").done == 1


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

    answer(page, say, right=True)
    page.get_by_role("link", name=say("Back to the lesson")).click()
    expect(is_done(page)).to_be_visible()


def test_a_stranger_reads_everything_and_is_asked_for_nothing(before, window):
    course = course_page("vi")
    page = window("vi", 360)
    for lesson in lessons(course)[:3]:
        page.goto(lesson.get_url())
        expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
        no_sideways(page)
        if lesson.quiz:
            expect(page.locator("#cau-hoi")).to_be_visible()
            expect(page.locator("#cau-hoi button")).to_have_count(0)
        assert "correct" not in page.locator("main").inner_html()
