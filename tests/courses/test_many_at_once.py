"""Learners write while editors publish: on PostgreSQL, with real locks, and a control without them that goes wrong."""

import threading
import time
import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from courses.checking import differences
from courses.models import Course, Enrolment, LearningEvent, OutlineItem
from courses.models import enrolment as enrolment_module
from people.models import User
from tests.at_once import refused, together

from .conftest import a_lesson, did

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LESSONS = [uuid.UUID(int=n) for n in range(1, 9)]
WRITERS = 6


@pytest.fixture
def course():
    course = Course.objects.create(key=uuid.uuid4(), title_vi="Khóa", opened_at=timezone.now(), gives_certificate=False)
    course.apply([a_lesson(key) for key in LESSONS[:4]])
    return course


def people(course, number: int) -> list[Enrolment]:
    found = []
    for n in range(number):
        person = User.objects.create_user(f"{uuid.uuid4()}@mau.example", f"Người học {n}")
        found.append(course.enrol(person, letters=False))
    return found


def learn(enrolments, offset: int):
    def work():
        for n in range(24):
            enrolment = enrolments[(n + offset) % len(enrolments)]
            key = LESSONS[(n * 5 + offset) % len(LESSONS)]
            Enrolment.objects.get(pk=enrolment.pk).record([did(key, at=timezone.now())])

    return work


def publish(course):
    def work():
        for n in range(12):
            wanted = [a_lesson(key, weight=1 + n % 2) for position, key in enumerate(LESSONS) if (position + n) % 3]
            Course.objects.get(pk=course.pk).apply(wanted, at_once=True)
            time.sleep(0.01)

    return work


def test_writers_and_a_publisher_leave_exact_progress(course):
    course.apply([a_lesson(key) for key in LESSONS])
    enrolments = people(course, 12)
    errors = refused(together(*(learn(enrolments, n) for n in range(WRITERS)), publish(course)))
    assert errors == []
    assert [str(difference) for difference in differences(with_pages=False)] == []


def test_completing_beside_a_publisher_waits_for_nobody_who_waits_for_it(course):
    """Completing writes the enrolment twice, and the database then looks at the course once more when committing."""
    enrolment = people(course, 1)[0]
    enrolment.record([did(key, at=timezone.now()) for key in LESSONS[:3]])
    begun = threading.Event()

    def complete():
        with transaction.atomic():
            Enrolment.objects.get(pk=enrolment.pk).record([did(LESSONS[3], at=timezone.now())])
            begun.set()
            time.sleep(0.3)  # the publisher has the course by now, and waits for this enrolment

    def add_a_lesson():
        begun.wait()
        Course.objects.get(pk=course.pk).apply([a_lesson(key) for key in LESSONS[:5]])

    assert refused(together(complete, add_a_lesson)) == []
    enrolment.refresh_from_db()
    assert (enrolment.is_complete, enrolment.lessons_done, enrolment.lessons_total) == (True, 4, 5)


def without_locks(enrolment: Enrolment, event: LearningEvent) -> None:
    """A writer as one might write it carelessly: what it knows was read before the others had written."""
    with transaction.atomic():
        me = Enrolment.objects.get(pk=enrolment.pk)
        outline = list(OutlineItem.objects.filter(course_id=me.course_id))
        event.enrolment, event.received_at = me, event.at
        rows = {(row.lesson_key, row.edition): row for row in me.lessons.all()}
        time.sleep(0.01)
        event.save(force_insert=True)
        for name, value in enrolment_module.progress_from([event], outline, (event.lesson_key, 1)).items():
            row = rows.setdefault((event.lesson_key, 1), me.lessons.model(enrolment=me, lesson_key=event.lesson_key))
            setattr(row, name, value)
        row.save()
        done = {key: row.completed_at for key, row in rows.items()}
        me.__dict__.update(enrolment_module.roll_up_from(outline, done, me.started_at))
        Enrolment.objects.filter(pk=me.pk).update(
            done=me.done, total=me.total, lessons_done=me.lessons_done, completed_at=me.completed_at
        )


@pytest.mark.unbalanced
def test_the_same_without_locks_goes_wrong(course):
    """The control: were this to pass, the test above would prove nothing."""
    wrong = 0
    for _attempt in range(10):
        enrolment = people(course, 1)[0]
        works = (
            lambda key=key, enrolment=enrolment: without_locks(enrolment, did(key, at=timezone.now()))
            for key in LESSONS[:4]
        )
        assert refused(together(*works)) == []
        wrong += bool(list(differences(with_pages=False)))
        if wrong:
            break
    assert wrong


def test_enrolling_beside_a_publisher_misses_no_lesson(course):
    made = []

    def enrol():
        for n in range(15):
            person = User.objects.create_user(f"{uuid.uuid4()}@mau.example", f"Người {n}")
            made.append(Course.objects.get(pk=course.pk).enrol(person, letters=False))

    assert refused(together(enrol, enrol, publish(course))) == []
    totals = set(Enrolment.objects.filter(course=course).values_list("total", flat=True))
    assert len(totals) == 1
    assert len(made) == 30


def test_a_person_who_clicks_twice_enrols_once(course):
    person = User.objects.create_user("hai-lan@mau.example", "Bấm hai lần")
    works = [lambda: Course.objects.get(pk=course.pk).enrol(person, letters=False)] * 6
    assert refused(together(*works)) == []
    assert Enrolment.objects.filter(person=person).count() == 1


def test_the_last_lesson_from_two_devices_brings_one_certificate(course):
    Course.objects.filter(pk=course.pk).update(gives_certificate=True)
    enrolment = people(course, 1)[0]
    enrolment.record([did(key, at=timezone.now()) for key in LESSONS[:3]])
    last = did(LESSONS[3], at=timezone.now())

    def finish():
        event = did(LESSONS[3], at=timezone.now(), id=last.pk)
        Enrolment.objects.get(pk=enrolment.pk).record([event])

    assert refused(together(*[finish] * 5)) == []
    enrolment.refresh_from_db()
    assert enrolment.certificate is not None
    assert LearningEvent.objects.filter(lesson_key=LESSONS[3]).count() == 1
