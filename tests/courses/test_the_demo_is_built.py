"""The demo's courses stand, are honest about being samples, and building them twice changes nothing."""

import pytest
from django.utils import timezone

from courses import demo
from courses.checking import differences
from courses.models import Course, CoursePage, Enrolment, LearningEvent, LessonPage
from people.management.commands.load_units import load
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(site_tree, binh, django_capture_on_commit_callbacks):
    load()
    with django_capture_on_commit_callbacks(execute=True):
        return demo.build("before", timezone.now(), site_tree.site)


def test_five_courses_for_thirty_people(story, site_tree, binh, client, django_capture_on_commit_callbacks):
    assert story["courses"] == 5
    assert story["lessons"] == 24
    assert Course.objects.filter(opened_at__lt=timezone.now()).count() == 5
    assert CoursePage.objects.filter(locale__language_code="en").count() == 5
    assert LessonPage.objects.filter(locale__language_code="en", live=True).count() == 24
    assert User.objects.filter(enrolments__isnull=False).distinct().count() > 25
    assert (
        Enrolment.objects.completed().filter(certificate__isnull=False).count()
        == Enrolment.objects.completed().count()
        > 5
    )
    assert list(differences()) == []
    assert not [page.title for page in LessonPage.objects.live() if page.problem()]

    mine = {e.course.code: e for e in Enrolment.objects.filter(person=binh).select_related("course")}
    assert mine["BB01"].is_complete
    assert mine["BB02"].lessons_done == mine["BB02"].lessons_total - 1
    client.force_login(binh)
    html = client.get("/khoa-hoc/bb02/").content.decode()
    assert "Dừng ở 0:21" in html
    lesson = LessonPage.objects.get(slug="ho-so-phi-dia-gioi-hanh-chinh", locale__language_code="vi")
    html = client.get(lesson.url).content.decode()
    assert "Bài học mẫu, chờ Sở duyệt" in html
    assert "/tep/" in html
    assert 'kind="captions"' in html
    english = client.get("/en" + lesson.url).content.decode()
    assert "Sample lesson, awaiting approval" in english
    assert ".en.vtt" in english
    assert "764\N{NO-BREAK SPACE}kB" in html

    before = (
        LearningEvent.objects.count(),
        Enrolment.objects.count(),
        list(Course.objects.values_list("outline_version", flat=True)),
    )
    with django_capture_on_commit_callbacks(execute=True):
        demo.build("after", timezone.now(), site_tree.site)
    after = (
        LearningEvent.objects.count(),
        Enrolment.objects.count(),
        list(Course.objects.values_list("outline_version", flat=True)),
    )
    assert after == before
