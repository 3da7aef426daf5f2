"""An official on a bad network: keeps a lesson, learns without the network, and it counts when the network is back."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from courses.models import Course, LearningEvent
from people import merging
from people.browser import SHARED
from people.sessions import SessionStore
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.test_official import course_page, is_done, lessons
from tests.journeys.walk import Words, no_sideways, person, sign_in, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STAYS = "It stays in this browser until you sign in here again. Press once more to sign out."
DELETED = (
    "Signing out on a shared computer deletes it. Wait for the network and press again, "
    "or press once more to sign out anyway."
)
IN_STORE = """new Promise((done) => { const opening = indexedDB.open('hoc'); opening.onsuccess = () => {
    const rows = opening.result.transaction('events', 'readwrite').objectStore('events'); WORK } })"""
STORED = IN_STORE.replace("WORK", "const asked = rows.getAll(); asked.onsuccess = () => done(asked.result);")
AGE = IN_STORE.replace(
    "WORK",
    "const asked = rows.getAll(); asked.onsuccess = () => { for (const row of asked.result) "
    "rows.put({...row, at: new Date(Date.parse(row.at) - 60000).toISOString()}); done(); };",
)
UNSENT = IN_STORE.replace(
    "WORK",
    "const learner = document.querySelector('[data-sync]').dataset.learner; "
    "rows.put({id: crypto.randomUUID(), learner, lesson: 'LESSON', "
    "edition: 1, verb: 'initialized', at: new Date().toISOString()}).onsuccess = () => done();",
)


def sign_out_with_something_unsent(page, say: Words, lesson, shared: bool = False) -> None:
    page.goto("/trang-cua-toi/")
    page.evaluate(UNSENT.replace("LESSON", str(lesson.translation_key)))
    out = page.get_by_role("button", name=say("Log out"))
    out.press("Enter")
    warning = page.locator("[data-sign-out]")
    expect(warning).to_be_focused()
    page.evaluate(AXE)
    assert violations(page, EVERYTHING) == []
    expect(warning).to_contain_text(say(DELETED if shared else STAYS))
    out.press("Enter")
    expect(page).to_have_url(re.compile("[^a-z]/$"))
    expect(page.get_by_role("link", name=say("My page"))).to_be_visible()


def keep(page, say: Words, medium: str = "") -> None:
    """With the keyboard alone: open the folded part, choose, keep."""
    summary = page.locator("[data-package] summary")
    summary.focus()
    page.keyboard.press("Enter")
    button = page.locator("[data-keep-now]")
    expect(button).to_be_enabled()
    expect(page.locator("[data-total]")).to_contain_text(re.compile(r"\d"))
    if medium:
        page.locator(f'[data-medium="{medium}"] input').focus()
        page.keyboard.press("Space")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("p[data-keep-when=kept]")).to_be_visible(timeout=20_000)


def kept_names(page) -> list[str]:
    return page.evaluate("caches.keys()")


def test_a_lesson_learnt_without_the_network_counts_when_it_is_back(before, window):
    say = Words("vi")
    learner = person("an")
    page = window("vi", 360, user=learner)
    film = next(lesson for lesson in lessons(course_page("vi")) if lesson.film)
    Course.objects.get(pk=course_page("vi").translation_key).enrol(learner)
    page.goto(film.get_url())
    # Nothing is put away before the learner says so.
    assert kept_names(page) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    keep(page, say, "video")
    no_sideways(page)
    assert len(kept_names(page)) == 2

    page.context.set_offline(True)
    page.goto(film.get_url())
    expect(page.locator("main")).to_contain_text(say("You are reading the copy that this browser keeps."))
    assert "Trần Văn An" not in page.content()
    assert page.locator("input[name=csrfmiddlewaretoken]").count() == 0
    no_sideways(page)
    page.evaluate(AXE)
    assert violations(page, EVERYTHING) == []
    # The video comes from the browser, and one can jump in it: parts of it are answered.
    page.locator("video").evaluate(
        "video => { video.muted = true; video.currentTime = video.duration - 3; return video.play(); }"
    )
    until(page, "document.querySelector('video').ended")
    # A lesson that was not kept leads to the list of those that were.
    page.goto("/tin-tuc/")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Learning without the network"))
    page.evaluate(AXE)
    assert violations(page, EVERYTHING) == []
    page.get_by_role("link", name=film.title).press("Enter")

    page.locator("#ban-chu summary").press("Enter")
    page.get_by_role("button", name=say("I have read the transcript")).press("Enter")
    expect(page.locator("[data-kept]")).to_be_visible()
    expect(page.locator("[data-sync]")).to_be_visible()
    mine = LearningEvent.objects.filter(enrolment__person=learner, lesson_key=film.translation_key)
    assert not mine.filter(verb="completed").exists()

    page.context.set_offline(False)
    expect(page.locator("[data-sync]")).to_be_hidden()
    said = mine.get(verb="completed")
    assert said.at < said.received_at
    assert mine.filter(verb="progressed").exists()
    # Read again, the page is the one of the site, and knows.
    page.get_by_role("link", name=say("Open the lesson of today")).press("Enter")
    expect(page.locator("[data-copy]")).to_have_count(0)
    expect(page.get_by_role("button", name=say("I have read the transcript"))).to_have_count(0)


def test_a_killed_tab_loses_nothing_and_a_shared_computer_keeps_nothing(before, window, settings):
    say = Words("vi")
    learner = person("an")
    course = course_page("vi")
    Course.objects.get(pk=course.translation_key).enrol(learner)
    all_lessons = lessons(course)
    film = next(lesson for lesson in all_lessons if lesson.film)
    text = next(lesson for lesson in all_lessons if lesson.rule == "confirmed")
    page = window("vi", 360, user=learner)
    mine = LearningEvent.objects.filter(enrolment__person=learner)

    # The network goes while a lesson is open: what is confirmed waits.
    page.goto(text.get_url())
    page.context.set_offline(True)
    page.get_by_role("button", name=say("I have read and understood this")).press("Enter")
    expect(page.locator("[data-kept]")).to_be_visible()
    page.context.set_offline(False)
    expect(is_done(page)).to_be_visible()
    assert mine.get(lesson_key=text.translation_key, verb="completed").at

    # The tab dies in the middle of a video.
    page.goto(film.get_url())
    page.locator("video").evaluate("video => { video.muted = true; return video.play(); }")
    until(page, "document.querySelector('video').currentTime > 5.6")
    with pytest.raises(PlaywrightError):
        page.goto("chrome://crash")
    page = page.context.new_page()
    page.goto("/trang-cua-toi/")
    drafts = page.evaluate(STORED)
    assert [row["draft"] for row in drafts] == [True], "what was watched was written down before the tab died"
    assert drafts[0]["data"]["watched"][0][1] > 3
    page.evaluate(AGE)  # as if a minute had gone by
    page.reload()
    until(page, f"({STORED}).then(rows => !rows.length)")
    assert mine.get(lesson_key=film.translation_key, verb="progressed").data["watched"] == drafts[0]["data"]["watched"]

    # Signing out with something unsent warns once; what was kept stays, and so does what is unsent.
    page.goto(film.get_url())
    keep(page, say)
    page.route("**/hoc/su-kien/", lambda route: route.abort())
    sign_out_with_something_unsent(page, say, film)
    assert len(page.evaluate(STORED)) == 1
    assert len(kept_names(page)) == 2

    # On a computer that others use too nothing stays, and nothing is offered to be kept.
    sign_in(page.context, learner, page.url)
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(cookie["value"])
    session[SHARED] = True
    session.save()
    page.goto(film.get_url())
    expect(page.locator("[data-package]")).to_have_count(0)
    sign_out_with_something_unsent(page, say, film, shared=True)
    assert kept_names(page) == []
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0


def test_what_waits_under_an_account_that_was_united_goes_out_with_the_one_that_is_left(before, window):
    say = Words("vi")
    kept, double = person("an"), person("binh")
    course = course_page("vi")
    text = next(lesson for lesson in lessons(course) if lesson.rule == "confirmed")
    Course.objects.get(pk=course.translation_key).enrol(double)
    page = window("vi", 360, user=double)
    page.goto(text.get_url())
    page.context.set_offline(True)
    page.get_by_role("button", name=say("I have read and understood this")).press("Enter")
    expect(page.locator("[data-kept]")).to_be_visible()
    merging.unite(kept, double, at=timezone.now(), by=person("minh"))
    site = page.url.removesuffix(text.get_url())
    page.goto("about:blank")
    page.context.set_offline(False)
    sign_in(page.context, kept, site)
    page.goto("/trang-cua-toi/")
    until(page, f"({STORED}).then(rows => !rows.length)")
    assert LearningEvent.objects.filter(enrolment__person=kept, verb="completed").exists()
