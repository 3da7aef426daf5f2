"""Duyệt adds a lesson to a course that people learn: puts it in its place, sees whom it concerns, says for whom."""

import re

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from courses.models import Course, CoursePage, LessonPage
from tests.journeys.test_accessibility import AXE
from tests.journeys.test_editor import add_block
from tests.journeys.walk import no_sideways, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Bài mới về chữ ký số"


def no_barrier(page) -> None:
    """In what is ours of the screen; Wagtail's own frame is Wagtail's."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run('main .nice-padding', {resultTypes: ['violations']})")["violations"]
    assert [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]] == []


def titles(page) -> list[str]:
    return [text.strip() for text in page.locator("[data-outline] .outline-title a").all_inner_texts()]


def test_a_lesson_is_added_to_a_course_that_people_learn(before, window):
    course_page = CoursePage.objects.get(code="BB03", locale__language_code="vi")
    course = Course.objects.get(pk=course_page.translation_key)
    learning = course.enrolments.filter(completed_at=None).count()
    completed = course.enrolments.exclude(completed_at=None).count()
    assert learning, "the story has people half way"
    standing = list(course.enrolments.order_by("pk").values_list("done", "total", "completed_at"))
    numbers = f"{learning} người đang học, {completed} đã hoàn thành"

    duyet = window("vi", 1280, user=person("duyet"))
    duyet.goto("/quan-tri/")
    duyet.get_by_role("link", name="Soạn khóa học").click()
    duyet.get_by_role("link", name=re.compile("^BB03")).click()
    expect(duyet.locator("main")).to_contain_text(numbers)
    no_barrier(duyet)

    # By keyboard: the first lesson one place down, and up again.
    was = titles(duyet)
    duyet.get_by_role("button", name=f"Chuyển {was[0]} xuống").press("Enter")
    expect(duyet.locator("[data-outline] .outline-title a").first).to_have_text(was[1])
    duyet.get_by_role("button", name=f"Chuyển {was[0]} lên").press("Enter")
    expect(duyet.locator("[data-outline] .outline-title a").first).to_have_text(was[0])

    # By dragging: the first lesson before the third.
    rows = duyet.locator("[data-kind=lesson]")
    with duyet.expect_navigation():
        rows.nth(0).locator("[data-handle]").drag_to(rows.nth(2))
    assert titles(duyet)[:2] == [was[1], was[0]]
    assert list(course.outline.open().in_order().values_list("title_vi", flat=True))[:2] == [was[1], was[0]]

    duyet.get_by_role("link", name=re.compile("^Thêm bài")).first.click()
    duyet.locator("[name=title]").fill(TITLE)
    with override("vi"):
        from content.blocks import QuoteBlock

        quote = str(QuoteBlock._meta_class.label)
    add_block(duyet, quote)
    duyet.locator("[name=body-0-value-text]").fill("Mỗi chữ ký số thuộc về một người.")
    duyet.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with duyet.expect_navigation():
        duyet.locator("footer button[name=action-publish]").click()

    # The dialog: nothing has happened yet.
    expect(duyet.locator("main")).to_contain_text(numbers)
    expect(duyet.locator("main")).to_contain_text(f"Thêm: {TITLE}")
    no_barrier(duyet)
    assert not LessonPage.objects.get(title=TITLE).live
    everybody = duyet.locator(".care-choices li").first
    expect(everybody).to_contain_text(f"{learning} người đang học có thêm việc phải làm")
    duyet.get_by_label("Chỉ người ghi danh từ nay").check()
    duyet.get_by_role("button", name="Xuất bản như thế này").click()
    expect(duyet.locator("[data-outline]")).to_contain_text(TITLE)
    assert LessonPage.objects.get(title=TITLE).live
    assert course.outline.open().get(title_vi=TITLE).new_from is not None
    assert list(course.enrolments.order_by("pk").values_list("done", "total", "completed_at")) == standing

    # On a phone the outline is read and put in order too.
    phone = window("vi", 360, user=person("duyet"))
    phone.goto(f"/quan-tri/khoa-hoc/{course_page.pk}/")
    expect(phone.locator("[data-outline]")).to_contain_text(TITLE)
    no_barrier(phone)

    # And the dialog is answered there: the lesson becomes optional for everybody.
    phone.goto(f"/quan-tri/pages/{LessonPage.objects.get(title=TITLE).pk}/edit/")
    phone.locator("input[name=duty][value=optional]").check()
    phone.locator("footer [data-w-dropdown-target=toggle]").first.click()
    with phone.expect_navigation():
        phone.locator("footer button[name=action-publish]").click()
    expect(phone.locator("main")).to_contain_text(numbers)
    no_barrier(phone)
    no_sideways(phone)
    phone.get_by_role("button", name="Xuất bản như thế này").press("Enter")
    expect(phone.locator("[data-outline]")).to_contain_text(TITLE)
    assert not course.outline.open().get(title_vi=TITLE).required
    assert list(course.enrolments.order_by("pk").values_list("done", "total", "completed_at")) == standing
