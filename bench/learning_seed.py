"""What bench/learning.py needs from inside the product: a course of many lessons, and very many people in it.

SEEDED is the file that holds what `begin` printed.

begin PEOPLE LESSONS    pages, people, enrolments and what they did, in bulk; prints addresses and login sessions
statements SEEDED       SQL of a lesson page and of a course page
report SEEDED           the report per unit from the roll-up, and the same worked out from the lesson rows
edit SEEDED             a lesson added, and one retired, with everybody brought in line
check                   everything worked out again from the events
"""

import json
import os
import statistics
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, reset_queries, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.seed import login  # noqa: E402
from bench.statements import HOST, count  # noqa: E402

BEGUN = timedelta(days=60)
SESSIONS = 300

# Everybody has done between none and all of the lessons, one a day; what follows from it is written as the models do.
EVENTS = """
    INSERT INTO courses_learningevent (id, enrolment_id, lesson_key, edition, verb, data, at, received_at)
    SELECT gen_random_uuid(), e.id, o.lesson_key, 1, 'completed', '{"by": "reading"}'::jsonb, t.at, t.at
    FROM (SELECT id, started_at, (row_number() OVER (ORDER BY id) * 7) %% (%s + 1) AS done
          FROM courses_enrolment WHERE course_id = %s) e
    JOIN courses_outlineitem o ON o.course_id = %s AND o.position <= e.done
    CROSS JOIN LATERAL (SELECT e.started_at + o.position * interval '1 day' AS at) t
"""
LESSONS = """
    INSERT INTO courses_lessonprogress
        (enrolment_id, lesson_key, edition, first_at, completed_at, rule, seconds, evidence)
    SELECT enrolment_id, lesson_key, 1, at, at, '{"kind": "confirmed"}'::jsonb, 0, '{}'::jsonb
    FROM courses_learningevent
"""
ROLL_UP = """
    UPDATE courses_enrolment e SET done = r.done, lessons_done = r.done, last_at = r.last_at,
        completed_at = CASE WHEN r.done = e.total THEN r.last_at END,
        awarded_at = CASE WHEN r.done = e.total THEN r.last_at END
    FROM (SELECT enrolment_id, count(*) AS done, max(completed_at) AS last_at
          FROM courses_lessonprogress GROUP BY enrolment_id) r
    WHERE r.enrolment_id = e.id
"""
# The report per unit as it would be without a roll-up: done of required, person by person, from the lesson rows.
ON_READ = """
    SELECT u.id, count(*) AS enrolled,
        count(*) FILTER (WHERE r.done =
            (SELECT count(*) FROM courses_outlineitem WHERE course_id = %s AND until IS NULL))
    FROM courses_enrolment e
    JOIN people_unitmembership m ON m.person_id = e.person_id AND m.since <= current_date
        AND (m.until IS NULL OR m.until >= current_date)
    JOIN people_unit u ON u.id = m.unit_id
    LEFT JOIN (SELECT p.enrolment_id, count(*) AS done FROM courses_lessonprogress p
               JOIN courses_outlineitem o ON o.lesson_key = p.lesson_key AND o.edition = p.edition
                   AND o.until IS NULL AND o.required AND o.course_id = %s
               WHERE p.completed_at IS NOT NULL GROUP BY p.enrolment_id) r ON r.enrolment_id = e.id
    WHERE e.course_id = %s GROUP BY u.id
"""


def begin(people: int, lessons: int) -> None:
    from courses.models import Course, CourseIndexPage, CoursePage, Enrolment, LessonPage, OutlineItem, SectionPage
    from home.site_setup import ensure_site
    from people.management.commands.load_units import load
    from people.models import Unit, UnitMembership, User

    load()
    tree = ensure_site()

    def put(parent, page):
        page.locale = parent.locale
        parent.refresh_from_db()
        return parent.add_child(instance=page)

    index = put(tree.vi, CourseIndexPage(title="Khóa học đo", slug="khoa-hoc-do"))
    page = put(index, CoursePage(title="Khóa đo", slug="do", code="DO1", gives_certificate=False))
    written = [("heading", {"text": "Phần chính", "level": "h2"}), ("text", "<p>Nội dung của bài học đo.</p>" * 12)]
    for number in range(lessons):
        if number % 10 == 0:
            section = put(page, SectionPage(title=f"Phần {number // 10 + 1}", slug=f"phan-{number}"))
        put(section, LessonPage(title=f"Bài {number + 1} của khóa đo", slug=f"bai-{number + 1}", body=written))
    Course.project_for(page.translation_key)
    course = Course.objects.get(pk=page.translation_key)
    started = timezone.now() - BEGUN
    OutlineItem.objects.filter(course=course).update(since=started - timedelta(days=1))
    units = list(Unit.objects.offices())
    with transaction.atomic():
        users = User.objects.bulk_create(
            [User(email=f"do{n}@mau.example", full_name=f"Học viên Đo {n}") for n in range(people)], 5000
        )
        UnitMembership.objects.bulk_create(
            [
                UnitMembership(person=user, unit=units[n % len(units)], position="Công chức", since=started.date())
                for n, user in enumerate(users)
            ],
            5000,
        )
        Enrolment.objects.bulk_create(
            [
                Enrolment(
                    person=user, course=course, source="import", unit_at_start=units[n % len(units)],
                    started_at=started, total=lessons, lessons_total=lessons, sends_letters=False,
                )
                for n, user in enumerate(users)
            ],
            5000,
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(EVENTS, [lessons, course.pk, course.pk])
            cursor.execute(LESSONS)
            cursor.execute(ROLL_UP)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    items = list(course.outline.order_by("position"))
    lesson = LessonPage.objects.get(translation_key=items[len(items) // 2].lesson_key)
    rows = course.enrolments.order_by("pk").select_related("person")[: min(SESSIONS, people)]
    learners = [{"session": login(row.person), "enrolment": str(row.pk)} for row in rows]
    print(
        json.dumps(
            {
                "course": str(course.pk),
                "course_url": page.url,
                "lesson": lesson.url,
                "lesson_keys": [str(item.lesson_key) for item in items],
                "learners": learners,
            }
        )
    )


def statements(seeded: dict) -> None:
    client = Client(SERVER_NAME=HOST)
    client.cookies[settings.SESSION_COOKIE_NAME] = seeded["learners"][-1]["session"]
    found = {}
    for name, address in (("lesson page", seeded["lesson"]), ("course page", seeded["course_url"])):
        client.get(address)
        found[name] = count(lambda address=address: client.get(address))
    print(json.dumps(found))


def timed(act, rounds: int = 5) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
        reset_queries()
    return statistics.median(times)


def report(seeded: dict) -> None:
    from courses.models import Course
    from courses.reports import unit_report

    course = Course.objects.get(pk=seeded["course"])

    def on_read():
        with connection.cursor() as cursor:
            cursor.execute(ON_READ, [course.pk] * 3)
            return {unit: (enrolled, completed) for unit, enrolled, completed in cursor.fetchall()}

    kept = {line.key: (line.enrolled, line.completed) for line in unit_report(course.pk).lines if line.enrolled}
    assert kept == {str(unit): numbers for unit, numbers in on_read().items()}, "both say the same"
    print(json.dumps({"roll-up": timed(lambda: unit_report(course.pk)), "on read": timed(on_read)}))


def edit(seeded: dict) -> None:
    """One lesson more, and one of those that many have done retired: each with all enrolments brought in line."""
    from courses.models import Course
    from courses.projection import home_page, wanted

    course = Course.objects.get(pk=seeded["course"])
    lessons = wanted(home_page(course.pk))
    new = type(lessons[0])(lesson_key=uuid.uuid4(), title_vi="Bài mới", position=len(lessons) + 1)
    took = {}
    for name, asked in (("added", [*lessons, new]), ("retired", [*lessons[1:], new]), ("back", lessons)):
        begun = time.perf_counter()
        course.apply(asked, at_once=True)
        took[name] = 1000 * (time.perf_counter() - begun)
    print(json.dumps(took))


def check() -> None:
    from courses.checking import differences

    begun = time.perf_counter()
    number = len(list(differences(with_pages=False)))
    print(json.dumps({"differences": number, "seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["begin", people, lessons]:
            begin(int(people), int(lessons))
        case ["statements", seeded]:
            statements(json.loads(Path(seeded).read_text()))
        case ["report", seeded]:
            report(json.loads(Path(seeded).read_text()))
        case ["edit", seeded]:
            edit(json.loads(Path(seeded).read_text()))
        case ["check"]:
            check()
        case _:
            sys.exit(__doc__)
