"""The training desk with twenty thousand learners: as many statements as with ten, in bounded time and memory.

The short form of the same question is in test_pages_ask_little_of_the_database.
"""

import datetime
import time
import tracemalloc
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Course, Enrolment
from people.management.commands.load_units import load
from people.models import AuditEntry, Unit, UnitMembership, User

from .conftest import a_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.unbalanced]
LARGE = 20_000
LESSONS = [uuid.UUID(int=number) for number in range(1, 41)]
PAGES = ("unit_report/?course={0}", "course_report/{0}/", "learners/?course={0}&state=stuck", "course_report/")


def seed(course: Course, first: int, last: int) -> None:
    """Bulk rows as the doors would leave them; the audit is left out, since no events stand behind them."""
    units = list(Unit.objects.offices())
    day, long_ago = timezone.localdate(), timezone.now() - datetime.timedelta(days=40)
    people = User.objects.create_many(
        User(email=f"hv{number}@mau.example", full_name=f"Người học số {number}", staff_code=f"CB{number:06d}")
        for number in range(first, last)
    )
    UnitMembership.objects.bulk_create(
        [
            UnitMembership(person=person, unit=units[place % len(units)], position="Công chức", since=day)
            for place, person in enumerate(people)
        ],
        batch_size=2_000,
    )
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                person=person,
                course=course,
                started_at=long_ago,
                total=len(LESSONS),
                lessons_total=len(LESSONS),
                done=place % 40,
                lessons_done=place % 40,
                last_at=long_ago + datetime.timedelta(days=place % 38) if place % 40 else None,
                last_lesson_key=LESSONS[place % 40 - 1] if place % 40 else None,
            )
            for place, person in enumerate(people)
        ],
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute(DONE, [f"{first:06d}"])


DONE = """
    INSERT INTO courses_lessonprogress
        (enrolment_id, lesson_key, edition, first_at, completed_at, rule, seconds, evidence)
    SELECT e.id, o.lesson_key, 1, e.started_at, e.started_at, '{}', 0, '{}'
    FROM courses_enrolment e JOIN courses_outlineitem o ON o.course_id = e.course_id AND o.position < e.lessons_done
    WHERE e.person_id IN (SELECT id FROM people_user WHERE staff_code >= 'CB' || %s)
"""


def test_twenty_thousand_learners_ask_no_more_than_ten(client, khanh, site_tree, capsys):
    load()
    course = Course.objects.create(key=uuid.uuid4(), code="BB01", title_vi="Khóa", opened_at=timezone.now())
    course.apply([a_lesson(key, position=place) for place, key in enumerate(LESSONS)])
    client.force_login(khanh)
    found, said = [], []
    for first, last in ((0, 10), (10, LARGE)):
        seed(course, first, last)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        counts = []
        for page in PAGES:
            address = f"/quan-tri/{page.format(course.pk)}"
            client.get(address)
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
            said.append(f"{last} {page}: {len(captured)} statements, {1000 * (time.perf_counter() - begun):.0f} ms")
        found.append(counts)
    tracemalloc.start()
    begun = time.perf_counter()
    answer = client.get(f"/quan-tri/learners/?course={course.pk}&export=xlsx")
    size = len(b"".join(answer) if answer.streaming else answer.content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    said.append(
        f"20,000 rows as Excel: {size // 1000} kB, {time.perf_counter() - begun:.0f} s traced, {peak >> 20} MB at most"
    )
    with capsys.disabled():
        print("", *said, sep="\n")
    assert found[0] == found[1]
    assert found[1][0] <= 8
    assert found[1][1] <= 12
    assert peak < 120 << 20
    assert AuditEntry.objects.get(verb="courses.enrolment.export").data["rows"] == LARGE
