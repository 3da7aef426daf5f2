"""The demo's courses stand, are honest about being samples, and building them twice changes nothing."""

import pytest
from django.utils import timezone
from django.utils.html import escape

from courses import demo
from courses.checking import differences
from courses.models import (
    Course,
    CoursePage,
    Enrolment,
    ItemVersion,
    LearningEvent,
    LessonPage,
    Path,
    PathPage,
    QuizAttempt,
)
from courses.quizzing.statistics import of_versions
from courses.rules import Rule
from people.management.commands.load_units import load
from people.models import User

SAMPLE = {"vi": "Bài học mẫu, chờ Sở duyệt</span>", "en": "Sample lesson, awaiting approval by the Department</span>"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def story(site_tree, binh, django_capture_on_commit_callbacks):
    load()
    with django_capture_on_commit_callbacks(execute=True):
        return demo.build("before", timezone.now(), site_tree.site)


def test_twelve_courses_for_thirty_people(story, site_tree, binh, client, django_capture_on_commit_callbacks):
    assert story["courses"] == 12
    assert story["lessons"] == 42
    assert Course.objects.filter(opened_at__lt=timezone.now()).count() == 12
    assert CoursePage.objects.filter(locale__language_code="en").count() == 12
    assert LessonPage.objects.filter(locale__language_code="en", live=True).count() == 42
    assert User.objects.filter(enrolments__isnull=False).distinct().count() > 25
    assert (
        Enrolment.objects.completed().filter(certificate__isnull=False).count()
        == Enrolment.objects.completed().count()
        > 5
    )
    assert list(differences()) == []
    told = set(ItemVersion.objects.exclude(source="").values_list("source", flat=True))
    assert told
    assert all(", http" in source for source in told), "learners see names and addresses, no keys"
    assert not [page.title for page in LessonPage.objects.live() if page.problem()]

    # Bình has answered what counts as passed; an author has figures of the first course to look at.
    for passed in LearningEvent.objects.filter(enrolment__person=binh, verb="passed"):
        assert passed.enrolment.attempts.filter(lesson_key=passed.lesson_key, passed=True).exists()
    bank = ItemVersion.objects.filter(item__course__code="BB01", responses__isnull=False).distinct()
    figures = of_versions(list(bank))
    assert len(figures) >= 12
    assert sum(not one.few for one in figures) >= 12
    assert {one.difficulty == 100 for one in figures} == {True, False}
    assert any((one.discrimination or 0) > 0.2 and one.mislead for one in figures)

    path = Path.objects.get()
    assert path.items.filter(until=None, needs=None).count() == 5
    assert set(path.items.filter(until=None).exclude(needs=None).values_list("needs", flat=True)) == {5}
    assert path.people.filter(total=10, done__gt=0).exists()
    assert PathPage.objects.get(locale__language_code="en").groups[1].value["title"] == "Elective courses"

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
    light, sharp = html.index("138\N{NO-BREAK SPACE}kB"), html.index("764\N{NO-BREAK SPACE}kB")
    assert light < sharp, "the lightest first, with its size"

    client.logout()
    lessons = LessonPage.objects.live().exclude(rule=Rule.TASK).order_by("path")
    # Every Vietnamese page, and of each course one English page.
    english = {page.url.split("/")[3]: page for page in lessons.filter(locale__language_code="en")}
    for page in [*lessons.filter(locale__language_code="vi"), *english.values()]:
        language = page.locale.language_code
        html = client.get(page.url).content.decode()
        assert html.count(SAMPLE[language]) == 1, page
        name, address = page.source_list[0]
        assert (escape(address) or escape(name)) in html, page

    before = (
        LearningEvent.objects.count(),
        QuizAttempt.objects.count(),
        Enrolment.objects.count(),
        list(Course.objects.values_list("outline_version", flat=True)),
    )
    with django_capture_on_commit_callbacks(execute=True):
        demo.build("after", timezone.now(), site_tree.site)
    after = (
        LearningEvent.objects.count(),
        QuizAttempt.objects.count(),
        Enrolment.objects.count(),
        list(Course.objects.values_list("outline_version", flat=True)),
    )
    assert after == before
