"""An official hands in a practical task on a phone; a tutor gives it back, then passes it."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import LearningEvent, LessonPage, Submission
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.walk import Words, no_sideways, person, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def no_barrier(page) -> None:
    no_sideways(page)
    page.evaluate(AXE)
    assert violations(page, EVERYTHING) == []


def mark(page, say: Words, learner: str, points: str, comment: str, button: str) -> None:
    page.goto("/quan-tri/practical_work/?state=waiting")
    page.get_by_role("link", name=learner).click()
    page.get_by_label(re.compile("^Điểm")).fill(points)
    page.get_by_label(say("What you say to the learner")).fill(comment)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(say("Marked. The learner gets a letter."))).to_be_visible()


def test_handed_in_given_back_and_passed(during, window):
    say = Words("vi")
    binh, lan = person("binh"), person("lan")
    lesson = LessonPage.objects.live().get(slug="thuc-hanh-phieu-huong-dan", locale__language_code="vi")
    page = window("vi", 360, user=binh, expects=(422,))
    page.goto(lesson.url)
    first = page.locator(".checklist input").first
    first.check()
    page.reload()
    expect(first).to_be_checked()
    page.get_by_text("Không có mạng ở quầy thì sao?").click()
    expect(page.get_by_text("Viết vào giấy trước")).to_be_visible()
    no_barrier(page)

    page.get_by_role("button", name=say("Hand in"), exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(say("Please write your answer or choose a file."))
    page.get_by_label(say("Your answer")).fill("Mang thẻ căn cước. Điền tờ khai. Nộp.")
    file = {"name": "phieu.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
    page.get_by_label(say("Your file")).set_input_files(file)
    page.get_by_role("button", name=say("Hand in"), exact=True).click()
    expect(page.locator("#thuc-hanh .notice")).to_contain_text(say("A tutor will read it and write to you."))
    no_barrier(page)
    page.wait_for_timeout(1100)
    page.goto("/trang-cua-toi/")  # how long the lesson was open is told when it is left
    until(page, "true")
    assert LearningEvent.objects.filter(
        enrolment__person=binh, verb="visible", lesson_key=lesson.translation_key
    ).exists()

    desk = window("vi", 1280, user=lan, admin=True)
    mark(desk, say, binh.full_name, "4", "Thiếu nơi nhận kết quả.", say("Give back for another try"))
    page.goto(lesson.url)
    expect(page.get_by_text("Thiếu nơi nhận kết quả.")).to_be_visible()
    page.get_by_label(say("Your answer")).fill("Mang thẻ căn cước. Điền tờ khai. Nộp. Nhận kết quả tại quầy.")
    page.get_by_role("button", name=say("Hand in"), exact=True).click()
    mark(desk, say, binh.full_name, "9", "Rõ ràng, dễ làm theo.", say("Passed", "tutor"))
    page.goto(lesson.url)
    expect(page.locator("#xong")).to_be_visible()
    no_barrier(page)
    assert Submission.objects.filter(enrolment__person=binh).count() == 2
