"""Minh copies a course: the copy asks its own questions. And a lesson asks no quiz of another course."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.attention import quizzes_of_other_courses
from courses.models import Course, CoursePage, ItemVersion, LessonPage, Quiz, QuizItem

from .conftest import QUESTION, quiz, text, written
from .test_publishing_with_care import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def course_page(workshop):
    page = workshop.course(lessons=1)
    workshop.lesson(workshop.section(page), "Có câu hỏi", [text(), quiz(pass_mark=80)], rule="quiz")
    return page


def copy_of(client, page, django_capture_on_commit_callbacks, **fields) -> CoursePage:
    form = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": str(page.get_parent().pk)}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("wagtailadmin_pages:copy", args=[page.pk]), form | {"copy_subpages": "on"} | fields
        )
    assert response.status_code == 302
    return CoursePage.objects.get(slug="ban-sao")


@pytest.mark.parametrize("published", [False, True])
def test_a_copied_course_asks_its_own_questions(
    client, minh, course_page, workshop, binh, django_capture_on_commit_callbacks, published
):
    client.force_login(minh)
    original = Course.objects.get(pk=course_page.translation_key)
    # a wording that is gone and a question that is drawn no longer stay where they were
    first = original.quiz_items.order_by("key").first()
    QuizItem.write(original, written(QUESTION | {"question": "Câu đã viết lại"}, first.key, *first.tag_list))
    QuizItem.write(original, written(QUESTION, "bo-di"))[0].retire(original.opened_at)
    copy = copy_of(
        client, course_page, django_capture_on_commit_callbacks, **({"publish_copies": "on"} if published else {})
    )
    other = Course.objects.get(pk=copy.translation_key)
    (asked,) = other.quizzes.all()
    (before,) = original.quizzes.all()
    assert (asked.title_vi, asked.pass_mark, asked.questions) == (before.title_vi, 80, 2)
    assert list(other.quiz_items.values_list("key", flat=True)) == [
        item.key for item in original.quiz_items.in_use().order_by("key")
    ]
    assert set(ItemVersion.objects.filter(item__course=other).values_list("number", flat=True)) == {1}
    lesson = LessonPage.objects.descendant_of(copy).get(title="Có câu hỏi")
    assert lesson.quiz == lesson.get_latest_revision_as_object().quiz == asked
    assert quizzes_of_other_courses() == []
    if not published:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("courses_publish_all", args=[copy.pk]))
    assert other.outline.open().get(title_vi="Có câu hỏi").rule["quiz"] == asked.pk
    # writing here changes nothing there
    item = other.quiz_items.get(key=first.key)
    QuizItem.write(other, written(QUESTION | {"question": "Chỉ ở bản sao"}, item.key, *item.tag_list))
    first.refresh_from_db()
    assert first.current.text_vi == "Câu đã viết lại"
    assert (original.quizzes.count(), original.outline.open().get(title_vi="Có câu hỏi").rule["quiz"]) == (1, before.pk)


def test_a_lesson_asks_no_quiz_of_another_course(client, minh, course_page, workshop):
    client.force_login(minh)
    foreign = Quiz.objects.get()
    other = workshop.course("BB03", "Khóa khác", lessons=1)
    lesson = LessonPage.objects.descendant_of(other).get()
    body = streamfield([("quiz", str(foreign.pk))])
    press = lambda **fields: client.post(  # noqa: E731
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), form_of(lesson, body=body, rule="quiz", **fields)
    )
    html = press(**{"action-publish": "1"}).content.decode()
    assert "thuộc khóa học khác: BB02" in html
    assert press().status_code == 302, "a draft is kept"
    html = client.post(reverse("courses_publish", args=[lesson.pk]), {"duty": "all"})
    assert html.status_code == 422
    assert "thuộc khóa học khác: BB02" in html.content.decode()
    workshop.publish(LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object())
    ((sentence, address),) = quizzes_of_other_courses()
    assert "thuộc khóa học khác" in sentence
    assert address == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert Page.objects.get(pk=lesson.pk).live, "and whoever learns it can finish it meanwhile"


def test_a_new_lesson_is_asked_the_same(client, minh, course_page, workshop):
    client.force_login(minh)
    other = workshop.course("BB03", "Khóa khác", lessons=0)
    page = LessonPage(title="Mới", slug="moi")
    form = form_of(page, body=streamfield([("quiz", str(Quiz.objects.get().pk))]), rule="quiz")
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", workshop.section(other).pk])
    html = client.post(address, nested_form_data(form | {"action-publish": "1"})).content.decode()
    assert "thuộc khóa học khác: BB02" in html
