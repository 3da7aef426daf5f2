"""Hà asks something new while she sees how it looks; a delegate answers on a phone, and reads only what applies."""

import pytest
from playwright.sync_api import expect

from events.models import Question, Registration
from tests.journeys.test_delegate import a_person_reads, fill_in, send
from tests.journeys.walk import Words, no_sideways, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "cau-hoi@mau.example"


def asked(page, question: Question):
    return page.locator(f"[data-question={question.field_name}]")


@pytest.mark.parametrize("language", ["vi", pytest.param("en", marks=pytest.mark.long)])
def test_a_delegate_sees_only_the_questions_that_apply(before, forum, window, language):
    say = Words(language)
    support, what = forum.questions.get(kind="yesno"), forum.questions.get(kind="long")
    field = forum.questions.get(kind="short")
    company = field.ticket_types.get()
    page = window(language, 360, expects=(422,))
    page.goto(say.path(f"/dien-dan/{forum.slug}/dang-ky/"))
    expect(asked(page, support)).to_be_visible()
    expect(asked(page, what)).to_be_hidden()
    expect(asked(page, field)).to_be_hidden()
    page.locator(f"[name=ticket_type][value='{company.pk}']").check()
    expect(asked(page, field)).to_be_visible()
    asked(page, support).locator("[value=yes]").check()
    expect(asked(page, what)).to_be_visible()
    no_sideways(page)

    # What is hidden again is not asked for; what is shown is.
    fill_in(page, say, ADDRESS)
    a_person_reads(page)
    send(page, say)
    expect(page.locator("#errors").get_by_role("link")).to_have_count(1)
    expect(asked(page, what)).to_be_visible()
    asked(page, what).locator("textarea").fill("Chỗ cho xe lăn")
    asked(page, support).locator("[value=no]").check()
    expect(asked(page, what)).to_be_hidden()
    send(page, say)
    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Thị Hường")
    given = {answer.question: answer.value for answer in Registration.objects.get(email=ADDRESS).answers.all()}
    assert given == {support: "no"}


def test_without_javascript_every_question_stands_there_with_its_condition(before, forum, window):
    say = Words("vi")
    support, what = forum.questions.get(kind="yesno"), forum.questions.get(kind="long")
    page = window("vi", 360, java_script_enabled=False)
    page.goto(f"/dien-dan/{forum.slug}/dang-ky/")
    expect(asked(page, what)).to_be_visible()
    expect(asked(page, what)).to_contain_text("Nếu Quý vị chọn “Có”")
    no_sideways(page)
    asked(page, support).locator("[value=yes]").check()
    asked(page, what).locator("textarea").fill("Chỗ cho xe lăn")
    fill_in(page, say, ADDRESS)
    a_person_reads(page)
    send(page, say)
    given = {answer.question: answer.value for answer in Registration.objects.get(email=ADDRESS).answers.all()}
    assert given == {support: "yes", what: "Chỗ cho xe lăn"}


def test_ha_sees_the_question_while_she_types_it(before, forum, window):
    say = Words("vi")
    page = window("vi", 1280, user=person("ha"))
    page.goto("/quan-tri/cau-hoi/new/")
    page.get_by_label(say("Toggle preview")).click()
    page.wait_for_timeout(2500)  # Wagtail looks at the empty form for two seconds before it watches for changes
    preview = page.frame_locator("#w-preview-iframe")
    page.locator("#id_event").select_option(str(forum.pk))
    page.locator("#id_label_vi").fill("Quý vị đến bằng gì?")
    page.locator("#id_label_en").fill("How do you travel?")
    expect(preview.locator("main")).to_contain_text("Quý vị đến bằng gì?")
    page.locator("#id_kind").select_option("choice")
    for number, words in enumerate(("Xe khách", "Tàu cao tốc")):
        page.get_by_role("button", name="Thêm câu trả lời").first.click()
        page.locator(f"#id_choices-{number}-label_vi").fill(words)
    expect(preview.locator("main")).to_contain_text("Tàu cao tốc")
    page.locator("#id_preview_mode").select_option("en")
    expect(preview.locator("main")).to_contain_text("How do you travel?")
    page.locator("footer button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Quý vị đến bằng gì?")
    question = Question.objects.get(label_vi="Quý vị đến bằng gì?")
    assert [choice["vi"] for choice in question.current.choices] == ["Xe khách", "Tàu cao tốc"]

    visitor = window("vi", 360)
    visitor.goto(f"/dien-dan/{forum.slug}/dang-ky/")
    expect(asked(visitor, question)).to_be_visible()
