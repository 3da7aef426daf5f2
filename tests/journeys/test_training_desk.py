"""The desks of those who look after learners: Lan the tutor, Khánh the training manager, Tâm the manager of a ward.

None of their screens has a barrier at either width, and their work can be done with the keyboard alone.
"""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from courses.models import Course, Enquiry, Enrolment, LearningEvent, QuizItem, Submission
from tests.journeys.test_accessibility import AXE, EVERYTHING, LOOKS, violations
from tests.journeys.walk import SIZES, person, sideways, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS = {"include": [["main"]], "exclude": [["h2[role=alert]"]]}  # what Wagtail itself says above a filtered list


def tutor() -> list[str]:
    work, asked = Submission.objects.get(state="waiting"), Enquiry.objects.get(state="waiting")
    return [
        reverse("practical_work:index"),
        reverse("practical_work:inspect", args=[work.pk]),
        reverse("enquiries:index"),
        reverse("enquiries:inspect", args=[asked.pk]),
    ]


def unit_manager() -> list[str]:
    course = Course.objects.get(code="BB01")
    mine = Enrolment.objects.get(course=course, person=person("binh"))
    return [
        reverse("wagtailadmin_home"),
        reverse("course_report:index"),
        reverse("course_report:dashboard", args=[course.pk]),
        reverse("course_report:evaluations", args=[course.pk]),
        f"{reverse('unit_report:index')}?course={course.pk}",
        reverse("learners:index"),
        reverse("learners:inspect", args=[mine.pk]),
        reverse("enrolling:index"),
        f"{reverse('enrolling:people')}?unit={person('binh').unit.pk}",
        reverse("sign_in_slips:index"),
    ]


def training_manager() -> list[str]:
    course = Course.objects.get(code="BB01")
    item = QuizItem.objects.filter(course=course).first()
    attempt = Enrolment.objects.filter(course=course, attempts__isnull=False).first()
    return [
        *unit_manager(),
        *tutor(),
        reverse("course_report:plan", args=[course.pk]),
        reverse("path_report:index"),
        reverse("quizzes:index"),
        reverse("quiz_items:index"),
        reverse("quiz_items:inspect", args=[item.pk]),
        f"{reverse('quiz_items:figures')}?course={course.pk}",
        reverse("quiz_items:import"),
        reverse("quiz_items:person", args=[attempt.pk]),
        reverse("unit-managers:index"),
        reverse("uniting:index"),
    ]


DESKS = {"lan": tutor, "tam": unit_manager, "khanh": training_manager}


def at_work(window, mailbox: str, language: str = "vi", width: int = 1280):
    who = person(mailbox)
    profile = UserProfile.get_for_user(who)
    profile.preferred_language = language
    profile.save()
    return window(language, width, user=who, reduced_motion="reduce")


@pytest.mark.parametrize("mailbox", DESKS)
@pytest.mark.parametrize("language", ["vi", pytest.param("en", marks=pytest.mark.long)])
def test_no_screen_of_the_training_desk_has_a_barrier(before, window, mailbox, language):
    page, problems = at_work(window, mailbox, language), []
    for path in dict.fromkeys(DESKS[mailbox]()):
        for width, options in ((1280, EVERYTHING), (360, LOOKS)):
            page.set_viewport_size(SIZES[width])
            if options is EVERYTHING:
                assert page.goto(path).status == 200, path
                expect(page.locator("html")).to_have_attribute("lang", language)
                page.evaluate(AXE)
            problems += [f"{path} {width}: {problem}" for problem in violations(page, options, OURS)]
            if (wide := sideways(page)) > 0:
                problems.append(f"{path} {width}: {wide} px wider than the screen")
    assert problems == [], "\n" + "\n".join(problems)


def test_tam_enrols_two_people_of_her_ward_with_the_keyboard(before, window):
    """On a phone, so that everything is there at that width, too."""
    course = Course.objects.get(code="TC06")
    page = at_work(window, "tam", width=360)
    page.goto(reverse("enrolling:index"))
    tab_to(page, page.get_by_role("link", name="Chọn người trong một đơn vị"))
    page.keyboard.press("Enter")
    choose = page.get_by_label("Đơn vị")
    tab_to(page, choose)
    choose.press("P")  # Phường Bãi Cháy: hers alone
    tab_to(page, page.get_by_role("button", name="Xem", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("main table")).to_be_visible()
    assert "Cô Tô" not in page.content()
    for name in ("Trần Thị Mai", "Hoàng Văn Sơn"):
        tab_to(page, page.get_by_label(name, exact=True))
        page.keyboard.press("Space")
    which = page.locator("#id_p-course")
    tab_to(page, which)
    which.press("T")  # the first that begins so
    tab_to(page, page.get_by_role("button", name="Xem ai sẽ được ghi danh"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Điều sẽ xảy ra")).to_be_visible()
    assert not course.enrolments.exists(), "so far it was only looked at"
    tab_to(page, page.get_by_role("button", name="Ghi danh 2 người"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi danh: 2.")).to_be_visible()
    assert {each.person.email.split("@")[0] for each in course.enrolments.all()} == {"mai", "son"}


def test_lan_answers_a_question_and_marks_work_with_the_keyboard(before, window):
    asked, work = Enquiry.objects.get(state="waiting"), Submission.objects.get(state="waiting")
    page = at_work(window, "lan")
    page.goto(reverse("wagtailadmin_home"))
    tab_to(page, page.get_by_role("link", name=re.compile("thắc mắc")))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=re.compile("in bài ra giấy")))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("form.marking textarea"))
    page.keyboard.type("Có. Quét mã trên giấy rồi trả lời câu hỏi là được tính.")
    tab_to(page, page.get_by_role("button", name="Trả lời cho mọi người xem"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Quét mã trên giấy")).to_be_visible()
    asked.refresh_from_db()
    assert asked.state == "shown"
    assert asked.answered_at is not None

    page.goto(reverse("wagtailadmin_home"))
    tab_to(page, page.get_by_role("link", name=re.compile("bài thực hành chờ chấm")))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=work.enrolment.person.full_name))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label(re.compile("^Điểm")))
    page.keyboard.type("8")
    tab_to(page, page.get_by_label("Lời gửi người học"))
    page.keyboard.type("Đủ bốn bước, dễ làm theo.")
    tab_to(page, page.get_by_role("button", name="Đạt", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã chấm")).to_be_visible()
    work.refresh_from_db()
    assert (work.state, work.points) == ("passed", 8)
    assert LearningEvent.objects.filter(enrolment=work.enrolment, verb="passed", data__by="task").exists()


def test_khanh_follows_a_number_to_the_people_behind_it_and_takes_them_as_excel(before, window):
    course = Course.objects.get(code="BB01")
    page = at_work(window, "khanh")
    page.goto(reverse("course_report:index"))
    page.get_by_role("link", name=re.compile("^BB01")).click()
    figures = page.locator(".office-figures")
    for name in ("Kế hoạch", "Tham gia", "Đã hoàn thành"):
        expect(figures).to_contain_text(name)
    expect(page.get_by_role("heading", name="Câu hỏi hay sai")).to_be_visible()
    assert page.locator("section[aria-labelledby=hard] tbody tr").count() >= 5
    figures.locator("div", has_text="Đã hoàn thành").get_by_role("link").click()
    expect(page.locator("main table tbody tr").first).to_be_visible()
    completed = course.enrolments.completed().order_by("pk").first()
    taken = page.request.get(f"{reverse('learners:index')}?course={course.pk.hex}&state=completed&export=xlsx")
    assert taken.body().startswith(b"PK"), "an Excel file"
    page.goto(reverse("learners:inspect", args=[completed.pk]))
    page.get_by_role("link", name=re.compile("Bài kiểm tra: các lượt làm")).click()
    expect(page.locator("main")).to_contain_text(completed.person.full_name)
