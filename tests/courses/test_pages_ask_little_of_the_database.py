"""The number of statements does not grow with lessons, courses or learners."""

import uuid

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import mine
from courses.models import Course, LessonPage
from people.management.commands.load_units import load
from people.models import Unit, User

from .conftest import a_lesson, did, quiz, text

pytestmark = pytest.mark.django_db


PROGRESS = ('FROM "courses_enrolment"', 'FROM "courses_lessonprogress"', 'FROM "courses_outlineitem"')


def statements(client, address, expect: int = 200) -> int:
    client.get(address)  # the frame of the site is kept from here on
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == expect
    counted = [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    return len(counted)


def with_lessons(workshop, number: int, code: str):
    """A course of so many lessons, quickly: pages are put there without revisions and projected once."""
    course = workshop.course(code, f"Khóa {number} bài", lessons=0)
    section = workshop.section(course)
    questions = quiz(course=Course.objects.get(pk=course.translation_key))
    for n in range(number):
        section.refresh_from_db()
        section.add_child(
            instance=LessonPage(
                title=f"Bài {n}", slug=f"bai-{n}", body=[text(), questions], rule="quiz", locale=section.locale
            )
        )
    Course.project_for(course.translation_key)
    return course


def test_a_lesson_and_its_course_at_5_and_at_200_lessons(workshop, client, binh):
    client.force_login(binh)
    found = {}
    for number, code in ((5, "K5"), (200, "K200")):
        course_page = with_lessons(workshop, number, code)
        course = Course.objects.get(pk=course_page.translation_key)
        enrolment = course.enrol(binh)
        lessons = list(LessonPage.objects.descendant_of(course_page).order_by("path"))
        enrolment.record([did(lesson.translation_key, at=timezone.now()) for lesson in lessons[:3]])
        found[number] = [statements(client, url) for url in (lessons[3].url, course_page.url, "/trang-cua-toi/")]
        with CaptureQueriesContext(connection) as captured:
            client.get(lessons[3].url)
        found[number].append(sum(any(table in q["sql"] for table in PROGRESS) for q in captured))
    assert found[5] == found[200]
    lesson, its_course, my_page, progress = found[5]
    assert lesson <= 15, "lesson page"
    assert progress <= 3, "what of it is about progress"
    assert its_course <= 15, "course page"
    assert my_page <= 12, "the learner's page as a whole"


def test_finishing_a_lesson_at_5_and_at_200_lessons(workshop, client, binh):
    client.force_login(binh)
    found = []
    for number, code in ((5, "K5"), (200, "K200")):
        course_page = with_lessons(workshop, number, code)
        course = Course.objects.get(pk=course_page.translation_key)
        course.enrol(binh)
        key = course.outline.first().lesson_key
        with CaptureQueriesContext(connection) as captured:
            response = client.post(f"/hoc/bai/{key}/xong/", {"edition": "1", "by": "reading", "next": "/"})
        assert response.status_code == 302
        found.append(len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]))
    assert found[0] == found[1] <= 12


def test_a_browser_reporting_a_lesson_at_5_and_at_200_lessons(workshop, client, binh):
    client.force_login(binh)
    found = []
    for number, code in ((5, "K5"), (200, "K200")):
        course = Course.objects.get(pk=with_lessons(workshop, number, code).translation_key)
        course.enrol(binh)
        at = timezone.now().isoformat()
        event = {"id": str(uuid.uuid4()), "lesson": str(course.outline.first().lesson_key), "edition": 1}
        batch = {"sent_at": at, "events": [event | {"verb": "completed", "data": {"by": "reading"}, "at": at}]}
        client.post("/hoc/su-kien/", batch, content_type="application/json")  # the outline is kept from here on
        batch["events"][0]["id"] = str(uuid.uuid4())
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/hoc/su-kien/", batch, content_type="application/json").json()
        assert [result["status"] for result in answer["results"]] == ["accepted"]
        found.append(len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]))
    assert found[0] == found[1] <= 8


def test_the_catalogue_and_my_page_with_2_and_with_12_courses(workshop, client, binh):
    client.force_login(binh)
    found = []
    made = 0
    for upto in (2, 12):
        while made < upto:
            made += 1
            course_page = workshop.course(f"K{made:02d}", f"Khóa {made}", lessons=1)
            Course.objects.get(pk=course_page.translation_key).enrol(binh)
        catalogue = statements(client, "/khoa-hoc/")
        whole = statements(client, "/trang-cua-toi/")
        mine.for_person(binh, timezone.now())  # permissions and addresses of the site are known from here on
        with CaptureQueriesContext(connection) as captured:
            mine.for_person(binh, timezone.now())
        found.append((catalogue, len(captured), whole))
    assert found[0] == found[1]
    assert found[0][0] <= 15
    assert found[0][1] <= 5
    assert found[0][2] <= 12, "the learner's page as a whole"


def test_the_unit_report_with_few_and_with_many_learners(client, khanh, site_tree):
    load()
    client.force_login(khanh)
    course = Course.objects.create(
        key=uuid.uuid4(), code="BB01", title_vi="Khóa", opened_at=timezone.now(), gives_certificate=False
    )
    lesson = uuid.uuid4()
    course.apply([a_lesson(lesson)])
    units = list(Unit.objects.offices())
    made = 0
    found = []
    for upto in (3, 120):
        while made < upto:
            made += 1
            person = User.objects.create_user(f"hv{made}@mau.example", f"Người học {made}")
            person.join(units[made % len(units)], "Công chức", timezone.localdate())
            enrolment = course.enrol(person, letters=False)
            if made % 2:
                enrolment.record([did(lesson, at=timezone.now())])
        found.append(
            [
                statements(client, f"/quan-tri/{name}/")
                for name in ("unit_report", "course_report", "learners", f"course_report/{course.pk}")
            ]
        )
    assert found[0] == found[1]
    assert found[0][0] <= 8, "unit report"
    assert found[0][3] <= 12, "the course at a glance"
    assert max(found[0]) <= 15


@pytest.mark.parametrize("what", ["hoc/ngoai-tuyen/{course}/{section}/goi/", "hoc/phan/{course}/{section}/ban-in.pdf"])
def test_a_section_to_keep_or_to_print_with_2_and_with_12_lessons(workshop, client, binh, what):
    """Lessons with a quiz; what is drawn of films and pictures is counted with them."""
    found = {}
    for number in (2, 12):
        course = with_lessons(workshop, number, f"B{number:03}")
        client.force_login(binh)
        client.post(f"/hoc/khoa/{course.translation_key}/ghi-danh/")
        section = workshop.section(course).translation_key
        address = "/" + what.format(course=course.translation_key, section=section)
        client.get(address)
        caches["pages"].clear()  # a paper that was drawn is kept
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200
        found[number] = len(captured)
    assert found[2] == found[12] <= 30, found


def test_a_lesson_to_keep_asks_as_much_in_a_short_course_as_in_a_long_one(workshop, client, binh):
    found = {}
    for number in (5, 200):
        course = with_lessons(workshop, number, f"B{number:03}")
        client.force_login(binh)
        client.post(f"/hoc/khoa/{course.translation_key}/ghi-danh/")
        lesson = LessonPage.objects.descendant_of(course).first()
        found[number] = [
            statements(client, f"/hoc/ngoai-tuyen/{lesson.translation_key}/{what}") for what in ("", "goi/")
        ]
    assert found[5] == found[200]
    assert max(found[200]) <= 25, found
