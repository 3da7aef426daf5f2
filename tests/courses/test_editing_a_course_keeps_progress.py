"""Editors publish, move, take back, delete and translate; what learners did stays; the outline follows the pages."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from courses.attention import translations_behind
from courses.checking import differences
from courses.models import Course, Enrolment, LessonPage, SectionPage
from courses.tick import project
from courses.views import record

from .conftest import did, quiz, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def course_page(workshop):
    return workshop.course(lessons=3)


@pytest.fixture
def course(course_page):
    return Course.objects.get(pk=course_page.translation_key)


@pytest.fixture
def lessons(course_page):
    return list(LessonPage.objects.descendant_of(course_page).order_by("path"))


@pytest.fixture
def enrolment(course, lessons, binh):
    enrolment = course.enrol(binh)
    enrolment.record([did(lesson.translation_key, at=timezone.now()) for lesson in lessons[:2]])
    return enrolment


def standing(enrolment):
    enrolment.refresh_from_db()
    return enrolment.lessons_done, enrolment.lessons_total


def open_titles(course):
    return list(course.outline.open().in_order().values_list("title_vi", flat=True))


def later(enrolment, settings):
    """The tick after the grace."""
    settings.COURSES_CLOSING_GRACE_MINUTES = 0
    project(timezone.now())
    enrolment.refresh_from_db()


def test_all_lessons_open_together_when_the_course_is_published_last(course, lessons):
    assert open_titles(course) == ["Bài 1", "Bài 2", "Bài 3"]
    assert len(set(course.outline.values_list("since", flat=True))) == 1
    assert course.opened_at is not None


def test_editing_the_text_of_a_lesson_changes_nothing_that_counts(course, lessons, enrolment, workshop):
    version = course.outline_version
    lessons[0].body = [text("<p>Viết lại cho rõ hơn.</p>")]
    workshop.publish(lessons[0])
    course.refresh_from_db()
    assert course.outline_version == version
    assert standing(enrolment) == (2, 3)


def test_a_new_title_is_written_in_place(course, lessons, enrolment, workshop):
    lessons[0].title = "Tên mới"
    workshop.publish(lessons[0])
    row = course.outline.get(lesson_key=lessons[0].translation_key)
    assert (row.title_vi, row.until) == ("Tên mới", None)
    assert standing(enrolment) == (2, 3)


def test_adding_and_moving_lessons(
    course, course_page, lessons, enrolment, workshop, django_capture_on_commit_callbacks
):
    workshop.lesson(workshop.section(course_page), "Bài 4")
    assert standing(enrolment) == (2, 4)
    other = workshop.put(course_page, SectionPage(title="Phần hai", slug="phan-hai"))
    with django_capture_on_commit_callbacks(execute=True):
        lessons[0].move(other, pos="last-child")
    assert open_titles(course) == ["Bài 2", "Bài 3", "Bài 4", "Bài 1"]
    assert course.outline.open().get(title_vi="Bài 1").section_title_vi == "Phần hai"
    assert standing(enrolment) == (2, 4)
    assert course.outline.filter(until__isnull=False).count() == 0


def test_a_lesson_moved_to_another_course_counts_there_and_no_longer_here(
    course, lessons, enrolment, workshop, settings, django_capture_on_commit_callbacks
):
    other = workshop.course("BB03", "Khóa khác", lessons=1)
    with django_capture_on_commit_callbacks(execute=True):
        lessons[2].move(workshop.section(other), pos="last-child")
    assert open_titles(Course.objects.get(pk=other.translation_key)) == ["Bài 1", "Bài 3"]
    with django_capture_on_commit_callbacks(execute=True):
        later(enrolment, settings)
    assert standing(enrolment) == (2, 2)
    assert enrolment.is_complete


@pytest.mark.parametrize("grace_is_over", [False, True])
def test_who_learns_both_courses_goes_on_with_a_moved_lesson_where_it_is_now(
    client, course, lessons, binh, workshop, settings, django_capture_on_commit_callbacks, grace_is_over
):
    here = course.enrol(binh)
    here.cycle = 2  # a later cycle decides only between courses that are equal otherwise
    here.save(update_fields=["cycle"])
    other = workshop.course("BB03", "Khóa khác", lessons=1)
    there = Course.objects.get(pk=other.translation_key).enrol(binh)
    for lesson in lessons[1:]:
        with django_capture_on_commit_callbacks(execute=True):
            LessonPage.objects.get(pk=lesson.pk).move(workshop.section(other), pos="last-child")
    if grace_is_over:
        with django_capture_on_commit_callbacks(execute=True):
            later(here, settings)
    one, two, three = (lesson.translation_key for lesson in lessons)
    now = timezone.now()
    alone, _receipts = Enrolment.record_lesson(binh, two, [did(two, at=now)])
    assert alone == there
    together = record(binh, [did(one, at=now), did(two, at=now)])
    assert [enrolment for enrolment, _receipts in together] == [here, there]
    client.force_login(binh)
    client.post(f"/hoc/bai/{three}/xong/", {"edition": "1", "by": "reading"})
    assert standing(there) == (2, 3)
    assert list(here.events.values_list("lesson_key", flat=True)) == [one]


def test_taking_a_lesson_back_by_mistake_for_a_minute_completes_nobody(course, lessons, enrolment, workshop):
    workshop.unpublish(lessons[2])
    assert standing(enrolment) == (2, 3)
    assert not enrolment.is_complete
    workshop.publish(lessons[2])
    assert course.outline.count() == 3
    assert course.outline.get(title_vi="Bài 3").missing_since is None


def test_a_lesson_taken_back_for_good_closes_after_the_grace(
    course, lessons, enrolment, workshop, settings, django_capture_on_commit_callbacks
):
    workshop.unpublish(lessons[2])
    with django_capture_on_commit_callbacks(execute=True):
        later(enrolment, settings)
    assert standing(enrolment) == (2, 2)
    assert enrolment.is_complete
    assert enrolment.certificate is not None


def test_deleting_pages_loses_no_history(
    course, course_page, lessons, enrolment, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        lessons[0].delete()
        later(enrolment, settings)
    assert standing(enrolment) == (1, 2)
    assert enrolment.lessons.count() == 2
    assert course.outline.get(title_vi="Bài 1").until is not None
    course_page.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        course_page.delete()
        later(enrolment, settings)
    assert standing(enrolment) == (0, 0)
    assert enrolment.lessons.count() == 2
    assert not enrolment.is_complete, "the empty outline completes nobody"
    course.refresh_from_db()
    assert course.closed_at is not None


def test_taking_a_section_back_closes_its_lessons_together_and_hides_them(
    course, course_page, lessons, enrolment, workshop, settings, client
):
    workshop.unpublish(workshop.section(course_page))
    assert client.get(lessons[0].url).status_code == 404
    later(enrolment, settings)
    assert course.outline.open().count() == 0
    assert len(set(course.outline.values_list("until", flat=True))) == 1


def test_learners_must_redo_is_one_step_however_often_it_is_saved(course, lessons, enrolment, workshop):
    lesson = lessons[0]
    for _draft in range(3):
        lesson.begin_new_edition()
    assert lesson.edition == 2
    workshop.publish(lesson)
    assert standing(enrolment) == (1, 3)
    assert course.outline.open().get(title_vi="Bài 1").edition == 2
    lesson.edition = 1  # an old revision is published again
    workshop.publish(lesson)
    assert course.outline.open().get(title_vi="Bài 1").edition == 2


def test_a_completed_course_with_a_new_lesson_says_so_and_stays_completed(
    course, course_page, lessons, enrolment, workshop, client, binh
):
    enrolment.record([did(lessons[2].translation_key, at=timezone.now())])
    workshop.lesson(workshop.section(course_page), "Bài thêm sau")
    assert standing(enrolment) == (3, 4)
    assert enrolment.is_complete
    client.force_login(binh)
    html = client.get(course_page.url).content.decode()
    assert "Anh/chị đã hoàn thành khóa học" in html
    assert "Bài thêm sau" in html.split('id="doi-moi"')[1].split("</ul>")[0]


def test_a_translation_shares_the_key_and_adds_nothing_to_what_counts(
    course, course_page, lessons, enrolment, workshop
):
    for original, title in [
        (course_page, "Course"),
        (workshop.section(course_page), "Part"),
        (lessons[0], "Lesson one"),
    ]:
        workshop.translate(original, title)
    course.refresh_from_db()
    assert course.title_en == "Course"
    assert course.outline.open().get(title_vi="Bài 1").title_en == "Lesson one"
    assert standing(enrolment) == (2, 3)
    workshop.unpublish(LessonPage.objects.get(title="Lesson one"))
    assert course.outline.open().count() == 3
    assert course.outline.filter(missing_since__isnull=False).count() == 0


def test_a_lesson_nobody_could_finish_is_not_opened(course, course_page, workshop, enrolment):
    workshop.lesson(workshop.section(course_page), "Không có câu hỏi", rule="quiz")
    workshop.lesson(workshop.section(course_page), "Không có video", [text(), quiz()], rule="video_and_quiz")
    assert standing(enrolment) == (2, 3)
    from courses.attention import lessons_nobody_can_finish

    assert len(lessons_nobody_can_finish()) == 2


def test_loosening_a_rule_closes_and_opens_in_one_instant(course, course_page, workshop, enrolment):
    lesson = workshop.lesson(workshop.section(course_page), "Có câu hỏi", [text(), quiz(pass_mark=80)], rule="quiz")
    lesson.rule = "confirmed"
    workshop.publish(lesson)
    rows = list(course.outline.filter(title_vi="Có câu hỏi").order_by("since"))
    assert rows[0].until == rows[1].since
    assert rows[1].rule == {"kind": "confirmed"}


def test_copying_a_course_makes_another_course(
    course, course_page, enrolment, workshop, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        copy = course_page.copy(
            recursive=True, update_attrs={"slug": "ban-sao", "title": "Bản sao", "code": "BB99"}, keep_live=False
        )
    assert copy.translation_key != course_page.translation_key
    assert standing(enrolment) == (2, 3)


def test_a_course_that_opens_later_takes_nobody_yet(workshop, client, binh):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    course_page = workshop.course("BB08", "Mở ngày mai", lessons=1, opens_at=tomorrow)
    client.force_login(binh)
    client.post(f"/hoc/khoa/{course_page.translation_key}/ghi-danh/")
    assert not Course.objects.get(pk=course_page.translation_key).enrolments.exists()
    assert "chưa mở ghi danh" in client.get(course_page.url).content.decode()


def test_nothing_differs_after_all_this(course, course_page, lessons, enrolment, workshop):
    lessons[1].begin_new_edition()
    workshop.publish(lessons[1])
    workshop.lesson(workshop.section(course_page), "Bài 4")
    assert list(differences()) == []


def test_an_english_page_that_lacks_what_finishes_the_lesson_is_no_dead_end(
    course, course_page, workshop, client, binh, minh
):
    """The Vietnamese lesson got a quiz and a task after it was translated; nobody has touched the translation."""
    section = workshop.section(course_page)
    lesson = workshop.lesson(section, "Sau này có thêm")
    for page, title in ((course_page, "Course"), (section, "Part"), (lesson, "Lesson")):
        english = workshop.translate(page, title)
    assert translations_behind() == []
    task = {"title": "Phiếu hướng dẫn", "instructions": "<p>Viết phiếu.</p>", "criteria": "", "answer": "text",
            "kinds": [], "megabytes": 1, "points": 10, "pass_points": 5}  # fmt: skip
    lesson.body = lesson.body.stream_block.to_python([{"type": "task", "id": str(uuid.uuid4()), "value": task}])
    lesson.body.append(quiz())
    lesson.rule = "quiz_and_task"
    workshop.publish(lesson)
    enrolment = course.enrol(binh)
    client.force_login(binh)
    html = client.get(english.url).content.decode()
    assert "Begin to answer" in html
    assert "Phiếu hướng dẫn" in html
    kept = client.get(f"/en/hoc/ngoai-tuyen/{lesson.translation_key}/").content.decode()
    assert "Phiếu hướng dẫn" in kept
    assert "Chị Hoa cư trú" in kept
    client.post(f"/en/hoc/bai/{lesson.translation_key}/nop/", {"edition": "1", "text": "Đã viết"})
    assert enrolment.submissions.get().title == "Phiếu hướng dẫn"
    begun = client.post(f"/en/hoc/bai/{lesson.translation_key}/lam-bai/", follow=True)
    assert enrolment.attempts.get().quiz == lesson.quiz
    assert begun.status_code == 200
    with translation.override("vi"):
        ((sentence, address),) = translations_behind()
    assert "mà bản dịch này không có" in sentence
    assert address == reverse("wagtailadmin_pages:edit", args=[english.pk])


@pytest.mark.parametrize("here", [True, False])
def test_confirming_a_lesson_that_was_taken_out_meanwhile_says_so_and_is_kept(
    course, course_page, lessons, enrolment, workshop, settings, client, binh, dung, here
):
    workshop.unpublish(lessons[2])
    later(enrolment, settings)
    client.force_login(binh if here else dung)
    address, form = f"/hoc/bai/{lessons[2].translation_key}/xong/", {"edition": "1", "by": "reading"}
    html = client.post(address, form, follow=True).content.decode()
    if not here:
        assert "Anh/chị chưa ghi danh khóa học này." in html
        return
    assert "vừa được đưa ra khỏi khóa học" in html
    assert standing(enrolment) == (2, 2)
    workshop.publish(lessons[2])
    assert standing(enrolment) == (3, 3), "it was kept"
    assert client.get(address, follow=True).status_code == 200, "and whoever only follows the address is led on"
