"""People complete courses of a path on several devices while it is drawn anew: on PostgreSQL, with a control."""

import time
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from courses.checking import differences
from courses.models import Course, Enrolment, Path, PathEnrolment
from courses.models import path as path_module
from courses.models.path import WantedGroup
from people.models import User
from tests.at_once import refused, together

from .conftest import a_lesson, did

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def courses():
    found = []
    for n in range(4):
        course = Course.objects.create(
            key=uuid.uuid4(), code=f"K{n}", title_vi="Khóa", opened_at=timezone.now(), gives_certificate=False
        )
        course.apply([a_lesson(uuid.uuid4())])
        found.append(course)
    return found


@pytest.fixture
def path(courses):
    path = Path.objects.create(key=uuid.uuid4(), title_vi="Lộ trình", opened_at=timezone.now(), gives_certificate=False)
    path.apply(drawn(courses, 1))
    return path


def drawn(courses, needs):
    keys = [course.pk for course in courses]
    return [
        WantedGroup(uuid.UUID(int=1), "Tất cả", keys[:2]),
        WantedGroup(uuid.UUID(int=2), "Ít nhất", keys[2:], needs),
    ]


@pytest.fixture
def people(courses):
    found = [User.objects.create_user(f"{uuid.uuid4()}@mau.example", f"Người học {n}") for n in range(8)]
    for person in found:
        for course in courses:
            course.enrol(person, letters=False)
    return found


def complete(course, people):
    lesson = course.outline.get().lesson_key

    def work():
        for person in people:
            Enrolment.objects.get(person=person, course=course).record([did(lesson, at=timezone.now())])

    return work


def join(path, people):
    return lambda: [path.join(person, letters=False) for person in people] and None


def draw(path, courses):
    def work():
        for n in range(6):
            Path.objects.get(pk=path.pk).apply(drawn(courses, 1 + n % 2))
            time.sleep(0.02)

    return work


def test_everybody_stands_where_their_courses_put_them(courses, path, people):
    devices = [complete(course, people) for course in courses]
    assert refused(together(*devices, join(path, people), draw(path, courses))) == []
    assert [str(difference) for difference in differences(with_pages=False)] == []
    assert PathEnrolment.objects.filter(completed_at=None).count() == 0


def careless(cls, people, course):
    """Read, think, write, with no lock between: what the others completed meanwhile is not seen."""
    for row in cls.objects.filter(person__in=list(people)):
        outline = [item.as_asked for item in path_module.PathItem.objects.filter(path=row.path_id)]
        asked = {each.course for each in outline}
        finished = path_module.finished_courses([row.person_id], asked).get(row.person_id, {})
        time.sleep(0.02)
        completed, done, total = cls.worked_out(outline, finished)
        with transaction.atomic():
            cls.objects.filter(pk=row.pk).update(completed_at=completed, done=done, total=total)


def test_without_the_lock_somebody_stands_wrong(courses, path, people, monkeypatch):
    for person in people:
        path.join(person, letters=False)
    monkeypatch.setattr(PathEnrolment, "follow", classmethod(careless))
    together(*(complete(course, people) for course in courses))
    assert [str(difference) for difference in differences(with_pages=False)] != []
    PathEnrolment.bring_in_line(list(PathEnrolment.objects.values_list("pk", flat=True)))
