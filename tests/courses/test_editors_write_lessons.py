"""The editor screens: pages open, a lesson nobody could finish is refused, “once more” begins a new edition."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import Course, LessonPage

from .conftest import did

pytestmark = pytest.mark.django_db


@pytest.fixture
def course_page(workshop):
    return workshop.course(lessons=1)


@pytest.fixture
def lesson(course_page):
    return LessonPage.objects.get()


def save(client, page, capture, **fields):
    """What the editor's form sends when “Publish” is pressed."""
    form = {
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
        "action-publish": "1",
    } | fields
    with capture(execute=True):
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form))
    page.refresh_from_db()
    return response


def test_every_page_type_opens_in_the_editor(client, minh, workshop, course_page, lesson):
    client.force_login(minh)
    for page in (workshop.index, course_page, workshop.section(course_page), lesson):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    for app, model, parent in (
        ("courses", "coursepage", workshop.index),
        ("courses", "lessonpage", workshop.section(course_page)),
    ):
        assert client.get(reverse("wagtailadmin_pages:add", args=[app, model, parent.pk])).status_code == 200
    html = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()
    assert "Mọi người phải học lại" in html


def test_a_lesson_nobody_could_finish_is_refused_with_the_reason(
    client, minh, lesson, django_capture_on_commit_callbacks
):
    client.force_login(minh)
    response = save(client, lesson, django_capture_on_commit_callbacks, rule="quiz")
    assert response.status_code == 200
    assert "bài chưa có câu hỏi nào" in response.content.decode()
    lesson.refresh_from_db()
    assert lesson.rule == "confirmed"


def test_everybody_once_more_begins_a_new_edition(
    client, minh, binh, course_page, lesson, django_capture_on_commit_callbacks
):
    course = Course.objects.get(pk=course_page.translation_key)
    enrolment = course.enrol(binh)
    enrolment.record([did(lesson.translation_key, at=enrolment.started_at)])
    assert enrolment.is_complete
    client.force_login(minh)
    assert save(client, lesson, django_capture_on_commit_callbacks).status_code == 302
    assert lesson.edition == 1
    response = save(client, lesson, django_capture_on_commit_callbacks, duty="redo")
    assert response["Location"] == reverse("courses_publish", args=[lesson.pk]), "first a look at whom it concerns"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(response["Location"], {"duty": "redo"})
    lesson.refresh_from_db()
    assert lesson.edition == 2
    enrolment.refresh_from_db()
    assert (enrolment.lessons_done, enrolment.is_complete) == (0, True)
