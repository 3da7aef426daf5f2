"""Chi writes, Duyệt approves, Minh publishes: whoever changes what counts sees whom it concerns and says for whom."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.care import impact_of_going, impact_of_publishing
from courses.checking import differences
from courses.models import Course, CoursePage, LessonPage, SectionPage
from people.models import AuditEntry
from tests.conftest import person

from .conftest import did, quiz, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def course_page(workshop):
    return workshop.course(lessons=2)


@pytest.fixture
def course(course_page):
    return Course.objects.get(pk=course_page.translation_key)


@pytest.fixture
def section(workshop, course_page):
    return workshop.section(course_page)


@pytest.fixture
def lessons(course_page):
    return list(LessonPage.objects.descendant_of(course_page).order_by("path"))


@pytest.fixture
def learners(course, lessons):
    """Two are complete, one has done the first lesson, one has begun with nothing."""
    found = [person(f"hoc-{n}@mau.example", f"Người học {n}") for n in range(4)]
    for one, number in zip(found, (2, 2, 1, 0), strict=True):
        course.enrol(one).record([did(lesson.translation_key, at=timezone.now()) for lesson in lessons[:number]])
    return [one.enrolments.get() for one in found]


def form_of(page, **fields):
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "goal": "",
            "body": streamfield([("text", rich_text("<p>Nội dung</p>"))]),
            "rule": "confirmed",
            "weight": "1",
            "sources": "",
            "seo_title": "",
            "search_description": "",
            "og_image": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        }
        | fields
    )


@pytest.fixture
def press(client, django_capture_on_commit_callbacks):
    """The editor's form with one of its buttons."""

    def press(page, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, **fields))
        page.refresh_from_db()
        return response

    return press


@pytest.fixture
def confirm(client, django_capture_on_commit_callbacks):
    """The dialog, with an answer."""

    def confirm(page, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("courses_publish", args=[page.pk]), fields)

    return confirm


def standing(enrolments):
    for one in enrolments:
        one.refresh_from_db()
    return [(one.lessons_done, one.lessons_total, one.is_complete) for one in enrolments]


def new_lesson(workshop, section, title="Bài mới", **fields):
    return workshop.lesson(section, title, publish=False, **fields)


def test_a_new_lesson_is_published_only_after_a_look(client, minh, workshop, course, section, learners, press, confirm):
    client.force_login(minh)
    lesson = new_lesson(workshop, section)
    before = standing(learners)
    response = press(lesson, **{"action-publish": "1"})
    assert response["Location"] == reverse("courses_publish", args=[lesson.pk])
    assert not lesson.live
    assert lesson.latest_revision_id, "what was typed is saved"
    html = client.get(response["Location"]).content.decode()
    assert "2 người đang học, 2 đã hoàn thành" in html
    assert "Thêm: Bài mới" in html
    said = [re.sub(r"\s+", " ", text).strip() for text in re.findall(r"<small>(.*?)</small>", html, re.S)]
    assert said == [
        "2 người đang học có thêm việc phải làm. 2 người đã hoàn thành vẫn giữ kết quả và giấy chứng nhận.",
        *["Người đang học không có thêm việc phải làm. 2 người đã hoàn thành vẫn giữ kết quả và giấy chứng nhận."] * 2,
    ], "everybody, from now on, nobody; “once more” has no meaning yet"
    assert standing(learners) == before
    confirm(lesson, duty="new")
    assert standing(learners) == before, "only for new learners: nobody who was here is concerned"
    newcomer = course.enrol(person("moi@mau.example", "Người mới"))
    assert newcomer.lessons_total == 3
    entry = AuditEntry.objects.get(verb="course.outline")
    assert (entry.data["learning"], entry.data["completed"]) == (2, 2)
    assert list(differences()) == []


def test_each_answer_does_what_it_says(client, minh, workshop, section, learners, confirm):
    client.force_login(minh)
    before = standing(learners)
    confirm(new_lesson(workshop, section), duty="optional")
    assert standing(learners) == before
    confirm(new_lesson(workshop, section, "Bài nữa"), duty="all")
    assert standing(learners) == [(2, 3, True), (2, 3, True), (1, 3, False), (0, 3, False)]


def test_once_more_begins_a_new_edition_and_can_be_taken_back(client, minh, lessons, learners, press, confirm):
    client.force_login(minh)
    lesson = lessons[0]
    press(lesson, duty="redo")  # saved as a draft
    html = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert re.search(r'value="redo"[^>]*checked', html), "a draft remembers what was chosen"
    press(lesson, duty="redo", **{"action-publish": "1"})
    assert standing(learners)[2] == (1, 2, False), "nothing happened yet"
    html = client.get(reverse("courses_publish", args=[lesson.pk])).content.decode()
    assert "1 người đang học có thêm việc phải làm" in html
    confirm(lesson, duty="all")
    assert standing(learners)[2] == (1, 2, False)
    confirm(lesson, duty="redo")
    assert standing(learners) == [(1, 2, True), (1, 2, True), (0, 2, False), (0, 2, False)]


def test_who_would_be_complete_is_said_before_a_lesson_is_given_up(client, minh, lessons, learners, press, confirm):
    client.force_login(minh)
    press(lessons[1], duty="optional", **{"action-publish": "1"})
    html = client.get(reverse("courses_publish", args=[lessons[1].pk])).content.decode()
    assert "1 người hoàn thành khóa học ngay" in html
    confirm(lessons[1], duty="optional")
    assert [complete for _done, _total, complete in standing(learners)] == [True, True, True, False]


def test_only_what_concerns_somebody_waits_for_the_look(
    client, minh, course, section, lessons, learners, press, django_capture_on_commit_callbacks
):
    client.force_login(minh)
    press(lessons[0], title="Tên hay hơn", **{"action-publish": "1"})
    assert lessons[0].title == "Tên hay hơn"
    assert lessons[0].live
    assert not lessons[0].has_unpublished_changes
    # A lesson that is made and published in one press is kept as a draft until then.
    page = LessonPage(title="Làm một mạch", slug="lam-mot-mach")
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", section.pk])
    response = client.post(address, form_of(page, duty="all", **{"action-publish": "1"}))
    made = LessonPage.objects.get(slug="lam-mot-mach")
    assert response["Location"] == reverse("courses_publish", args=[made.pk])
    assert not made.live
    course.project()
    assert course.outline.count() == 2
    # Many ticked at once would pass by the numbers.
    for action, ticked in (("publish", made), ("unpublish", lessons[0]), ("delete", lessons[0])):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"{address}?id={ticked.pk}&next=/quan-tri/")
        assert response["Location"].startswith("/quan-tri/khoa-hoc/"), action
    assert [LessonPage.objects.get(pk=each.pk).live for each in (made, lessons[0])] == [False, True]


def test_what_was_chosen_holds_when_it_is_published_on_its_day(
    client, minh, workshop, course, section, learners, press, confirm, django_capture_on_commit_callbacks
):
    client.force_login(minh)
    lesson = new_lesson(workshop, section)
    tomorrow = timezone.localtime() + datetime.timedelta(days=1)
    press(lesson, go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"), **{"action-publish": "1"})
    assert "Sẽ xuất bản lúc" in client.get(reverse("courses_publish", args=[lesson.pk])).content.decode()
    confirm(lesson, duty="new")
    lesson.refresh_from_db()
    assert not lesson.live
    assert course.outline.count() == 2
    between = course.enrol(person("giua@mau.example", "Ghi danh trước ngày ấy"))
    revision = lesson.scheduled_revision  # the day has come
    revision.approved_go_live_at = timezone.now()
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    from home.tick import publish_scheduled

    with django_capture_on_commit_callbacks(execute=True):
        publish_scheduled(timezone.now())
    row = course.outline.get(lesson_key=lesson.translation_key)
    assert row.new_from == row.since, "from now on is the day of its opening"
    assert standing([between]) == [(0, 2, False)]
    assert course.enrol(person("sau@mau.example", "Ghi danh sau")).lessons_total == 3


def test_the_author_chooses_and_the_approver_sees_it(
    client, chi, duyet, workshop, course, section, learners, press, django_capture_on_commit_callbacks
):
    client.force_login(chi)
    lesson = new_lesson(workshop, section)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert "2 người đang học, 2 đã hoàn thành." in html
    press(lesson, duty="new", **{"action-submit": "1"})
    assert lesson.workflow_in_progress
    client.force_login(duyet)
    state = lesson.current_workflow_task_state
    # The button in lists leads to the editor …
    response = client.post(f"/quan-tri/pages/workflow/action/{lesson.pk}/approve/{state.pk}/")
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    lesson.refresh_from_db()
    assert not lesson.live
    # … where approving shows whom it concerns, with the author's answer.
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    response = press(lesson, duty="new", **approve)
    html = response.content.decode()
    assert "2 người đang học, 2 đã hoàn thành" in html
    assert re.search(r'value="new"[^>]*checked', html)
    assert not lesson.live
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))
    assert hidden["title"] == lesson.title
    press(lesson, duty="new", looked="1", **approve)
    assert lesson.live
    assert course.outline.get(lesson_key=lesson.translation_key).new_from is not None
    assert standing(learners) == [(2, 2, True), (2, 2, True), (1, 2, False), (0, 2, False)]


def test_a_lesson_nobody_could_finish_is_not_published_by_any_door(
    client, minh, workshop, course, course_page, section, learners, press, confirm
):
    client.force_login(minh)
    lesson = new_lesson(workshop, section, rule="quiz")
    response = press(lesson, rule="quiz", **{"action-publish": "1"})
    assert "bài chưa có câu hỏi nào" in response.content.decode()
    response = confirm(lesson, duty="all")
    assert response.status_code == 422
    assert "bài chưa có câu hỏi nào" in response.content.decode()
    workshop.publish(lesson)  # past every screen: the projection does not open it
    assert course.outline.open().count() == 2
    html = client.get(reverse("courses_outline", args=[course_page.pk])).content.decode()
    assert "bài chưa có câu hỏi nào" in html
    response = client.post(reverse("courses_publish_all", args=[course_page.pk]))
    assert "Chưa xuất bản được" in response.content.decode()


def test_taking_away_and_deleting_say_whom_it_concerns(
    client, minh, course_page, section, lessons, learners, django_capture_on_commit_callbacks
):
    client.force_login(minh)
    for name, page, ask in (
        ("unpublish", lessons[1], client.post),
        ("unpublish", section, client.post),
        ("delete", lessons[1], client.get),
    ):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        html = ask(address).content.decode()
        assert "2 người đang học, 2 đã hoàn thành" in html, name
        assert "“Bài 2”" in html
        page.refresh_from_db()
        assert page.live, "nothing has happened yet"
    assert impact_of_publishing(lessons[0]).concerns_somebody is False
    assert impact_of_going(section).finishing == 0, "the empty outline completes nobody"
    assert impact_of_going(lessons[1]).finishing == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:unpublish", args=[lessons[1].pk]), {"looked": "1"})
    assert not LessonPage.objects.get(pk=lessons[1].pk).live
    assert [complete for _done, _total, complete in standing(learners)] == [True, True, False, False]
    assert "1 bài đã lấy ra" in client.get(reverse("courses_outline", args=[course_page.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("courses_outline_close", args=[course_page.pk]))
    assert [complete for _done, _total, complete in standing(learners)] == [True, True, True, False]


def test_a_translation_shares_the_enrolment_and_one_record(
    client, workshop, course, course_page, section, lessons, binh
):
    english = {page: workshop.translate(page, f"EN {page.title}") for page in (course_page, section, *lessons)}
    client.force_login(binh)
    client.post(f"/hoc/khoa/{course.pk}/ghi-danh/")
    client.post(f"/hoc/bai/{lessons[0].translation_key}/xong/", {"edition": "1", "by": "reading"})
    html = client.get(english[course_page].url).content.decode()
    assert "1 of 2 lessons done" in html
    client.post(f"/en/hoc/bai/{lessons[1].translation_key}/xong/", {"edition": "1", "by": "reading"})
    enrolment = binh.enrolments.get()
    assert (enrolment.lessons_done, enrolment.is_complete) == (2, True)
    assert enrolment.lessons.count() == 2
    assert "Anh/chị đã hoàn thành khóa học" in client.get(course_page.url).content.decode()


def test_a_translation_that_lacks_something_is_not_published(
    client, minh, workshop, course, course_page, section, lessons, press
):
    client.force_login(minh)
    asked = workshop.lesson(section, "Có câu hỏi", [text(), quiz()], rule="quiz")
    english_course, english_section = workshop.translate(course_page, "Course"), workshop.translate(section, "Part")
    html = client.get(reverse("courses_outline", args=[english_course.pk])).content.decode()
    assert "còn thiếu 3 bài bắt buộc: “Bài 1”; “Bài 2”; “Có câu hỏi”" in html
    from .test_who_comes_into_a_course import form_for

    form = form_for(english_course)
    assert not form.is_valid()
    assert "còn thiếu 3 bài bắt buộc" in form.non_field_errors()[0]
    copy = workshop.translate(asked, "With questions")
    response = press(copy, rule="confirmed", **{"action-publish": "1"})
    assert "mà bản dịch này không có" in response.content.decode()
    for lesson in lessons:
        workshop.translate(lesson, f"EN {lesson.title}")
    assert form_for(english_course).is_valid()
    assert english_section.live


def test_the_outline_is_put_in_order_by_dragging(client, minh, chi, workshop, course, course_page, section, lessons):
    other = workshop.put(course_page, SectionPage(title="Phần hai", slug="phan-hai"))
    address = reverse("courses_outline_move", args=[course_page.pk])
    client.force_login(chi)
    assert "data-handle" not in client.get(reverse("courses_outline", args=[course_page.pk])).content.decode()
    client.post(address, {"page": lessons[1].pk, "into": section.pk, "before": lessons[0].pk})
    client.force_login(minh)

    def titles():
        course.project()
        return list(course.outline.open().in_order().values_list("title_vi", flat=True))

    assert titles() == ["Bài 1", "Bài 2"], "what learners see at once is moved by who may publish"
    client.post(address, {"page": lessons[1].pk, "into": section.pk, "before": lessons[0].pk})
    assert titles() == ["Bài 2", "Bài 1"]
    client.post(address, {"page": lessons[1].pk, "into": other.pk, "before": ""})
    assert titles() == ["Bài 1", "Bài 2"]
    assert course.outline.open().get(title_vi="Bài 2").section_title_vi == "Phần hai"
    client.post(address, {"page": other.pk, "into": course_page.pk, "before": section.pk})
    assert titles() == ["Bài 2", "Bài 1"]
    up = reverse("courses_outline_step", args=[course_page.pk, lessons[0].pk, "len"])
    client.post(up)  # from the top of its section to the end of the one before
    assert titles() == ["Bài 2", "Bài 1"]
    assert course.outline.open().get(title_vi="Bài 1").section_title_vi == "Phần hai"
    assert course.outline.filter(until__isnull=False).count() == 0, "order alone closes nothing"


def test_who_may_not_sees_no_outline_and_moves_and_publishes_nothing(
    client, minh, chi, dung, binh, course_page, section, lessons, workshop, confirm
):
    lesson = new_lesson(workshop, section)
    for user in (chi, dung):
        client.force_login(user)
        assert confirm(lesson, duty="all").status_code in (302, 403)
        assert not Page.objects.get(pk=lesson.pk).live
    for user in (dung, binh):
        client.force_login(user)
        assert client.get(reverse("courses_outline", args=[course_page.pk])).status_code == 403
        assert client.get(reverse("courses_authoring")).status_code == 403
    foreign = workshop.put(workshop.index, CoursePage(title="Khóa khác", slug="khac", code="BB09"), publish=False)
    part = workshop.put(foreign, SectionPage(title="Phần", slug="phan"), publish=False)
    client.force_login(minh)
    address = reverse("courses_outline_move", args=[course_page.pk])
    assert client.post(address, {"page": part.pk, "into": course_page.pk}).status_code == 404
    assert client.post(address, {"page": section.pk, "into": section.pk})["Location"] == "/quan-tri/"


def test_all_drafts_of_a_new_course_are_published_together(
    client, minh, workshop, press, django_capture_on_commit_callbacks
):
    page = workshop.put(workshop.index, CoursePage(title="Khóa mới", slug="moi", code="TC01"), publish=False)
    section = workshop.put(page, SectionPage(title="Phần một", slug="phan-mot"), publish=False)
    for number in (1, 2):
        new_lesson(workshop, section, f"Bài {number}")
    client.force_login(minh)
    assert "Xuất bản 4 bản nháp" in client.get(reverse("courses_outline", args=[page.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("courses_publish_all", args=[page.pk]))
    course = Course.objects.get(pk=page.translation_key)
    assert list(course.outline.open().in_order().values_list("title_vi", flat=True)) == ["Bài 1", "Bài 2"]
    assert len(set(course.outline.values_list("since", flat=True))) == 1
    assert "TC01 Khóa mới" in client.get(reverse("courses_authoring")).content.decode()
    late = new_lesson(workshop, section, "Chưa ai học")
    press(late, **{"action-publish": "1"})
    assert late.live, "without learners nobody is asked"


def test_an_editor_looks_at_a_draft_as_a_learner(client, chi, course_page, workshop, section, lessons):
    client.force_login(chi)
    lesson = new_lesson(workshop, section, "Bài nháp")
    for mode, seen in (("", ""), ("learner", "Tôi đã đọc và hiểu"), ("done", "Anh/chị đã xong bài này")):
        html = client.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]) + f"?mode={mode}").content.decode()
        assert "Bài nháp" in html
        assert (seen or "Nội dung bài học") in html
        assert "lesson.js" not in html, "looking is not learning"
    html = client.get(
        reverse("wagtailadmin_pages:view_draft", args=[course_page.pk]) + "?mode=learner"
    ).content.decode()
    assert "Bài nháp" in html, "the outline as it will be"
    assert not chi.enrolments.exists()


def test_the_outline_asks_the_same_number_of_queries_for_any_number_of_lessons(
    client, minh, workshop, course_page, section
):
    client.force_login(minh)
    counted = []
    for more in (1, 6):
        for number in range(more):
            workshop.lesson(section, f"Thêm {more}-{number}", [text(), quiz()], rule="quiz")
        client.get(reverse("courses_outline", args=[course_page.pk]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("courses_outline", args=[course_page.pk]))
        counted.append(len(queries))
    assert counted[0] == counted[1], counted
