"""The written cases of progress: what counts, from when, and what never changes again."""

import datetime
import uuid

import pytest
from django.db import transaction
from django.test import TestCase

from courses.completion import percent
from courses.models import Course, CourseNotOpen, Enrolment, LearningEvent, LessonProgress
from courses.rules import Verb

from .conftest import Clock, a_lesson, did

pytestmark = pytest.mark.django_db

A, B, C, D = (uuid.UUID(int=n) for n in (1, 2, 3, 4))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def course(clock):
    course = Course.objects.create(key=uuid.uuid4(), code="BB01", title_vi="Mô hình hai cấp", opened_at=clock.at(0))
    course.apply([a_lesson(A), a_lesson(B)], clock=clock)
    return course


@pytest.fixture
def enrolment(course, binh, clock):
    clock.tick += 1
    return course.enrol(binh, clock=clock)


def record(enrolment, clock, *events):
    clock.tick += 1
    for event in events:
        event.at = event.at or clock()
    return enrolment.record(events, clock=clock, offline_grace=None)


def project(course, clock, *lessons, **how):
    """One projection, and the task that brings certificates afterwards."""
    clock.tick += 1
    with TestCase.captureOnCommitCallbacks(execute=True):
        course.apply(list(lessons), clock=clock, **{"at_once": True} | how)


def test_done_by_the_last_required_lesson_and_certified_in_the_same_breath(course, enrolment, clock):
    record(enrolment, clock, did(A, at=clock.at(110)))
    assert (enrolment.done, enrolment.total, enrolment.percent, enrolment.is_complete) == (1, 2, 50, False)
    record(enrolment, clock, did(B))
    assert enrolment.percent == 100
    assert enrolment.completed_at == clock()
    assert enrolment.certificate.snapshot["title_vi"] == "Mô hình hai cấp"
    assert enrolment.certificate.reason == f"enrolment:{enrolment.pk}"


def test_asking_twice_to_enrol_gives_the_same_enrolment(course, enrolment, binh, clock):
    assert course.enrol(binh, clock=clock) == enrolment
    assert Enrolment.objects.count() == 1


def test_nobody_enrols_in_a_course_that_is_not_open(course, dung, clock):
    course.closed_at = clock.at(50)
    course.save()
    with pytest.raises(CourseNotOpen):
        course.enrol(dung, clock=clock)
    assert course.enrol(dung, source="manager", clock=clock)


def test_the_same_event_twice_counts_once_and_writes_nothing(enrolment, clock, django_assert_num_queries):
    event = did(A, at=clock())
    assert record(enrolment, clock, event)[0].status == "accepted"
    again = LearningEvent(id=event.pk, lesson_key=A, edition=1, verb=Verb.COMPLETED, data={"by": "reading"}, at=clock())
    before = list(LessonProgress.objects.values())
    assert record(enrolment, clock, again)[0].status == "duplicate"
    assert list(LessonProgress.objects.values()) == before
    assert LearningEvent.objects.count() == 1


def test_an_unknown_lesson_is_refused_and_the_rest_of_the_batch_counts(enrolment, clock):
    receipts = record(enrolment, clock, did(C), did(A, edition=9), did(A))
    assert [(r.status, r.reason) for r in receipts] == [
        ("refused", "unknown_lesson"),
        ("refused", "unknown_lesson"),
        ("accepted", ""),
    ]
    assert enrolment.done == 1


def test_an_event_of_somebody_else_is_refused(course, enrolment, dung, clock):
    event = did(A)
    record(enrolment, clock, event)
    other = course.enrol(dung, clock=clock)
    stolen = did(A, id=event.pk)
    assert record(other, clock, stolen)[0].reason == "other_enrolment"
    assert other.done == 0


def test_time_is_clamped_into_the_enrolment_and_the_present(enrolment, clock):
    early, late = did(A, at=clock.at(-9999)), did(B, at=clock.at(9999))
    record(enrolment, clock, early, late)
    stored = {event.lesson_key: event for event in LearningEvent.objects.all()}
    assert stored[A].at == enrolment.started_at
    assert stored[B].at == stored[B].received_at == clock()
    assert stored[A].data["claimed_at"] == clock.at(-9999).isoformat()


def test_an_event_older_than_the_offline_grace_counts_from_when_it_came(course, binh, clock):
    enrolment = course.enrol(binh, at=clock.at(0), clock=clock)
    clock.tick = 60 * 24 * 30
    enrolment.record([did(A, at=clock.at(5))], clock=clock)
    assert LearningEvent.objects.get().at == clock()


def test_adding_a_lesson_never_takes_a_completion_away(course, enrolment, clock):
    record(enrolment, clock, did(A), did(B))
    completed = enrolment.completed_at
    project(course, clock, a_lesson(A), a_lesson(B), a_lesson(C))
    enrolment.refresh_from_db()
    assert enrolment.completed_at == completed
    assert (enrolment.done, enrolment.total) == (2, 3)


def test_retiring_the_one_lesson_somebody_lacked_completes_them(course, enrolment, clock):
    record(enrolment, clock, did(A))
    project(course, clock, a_lesson(A))
    enrolment.refresh_from_db()
    assert enrolment.completed_at == clock()
    assert enrolment.certificate is not None, "a task brings the certificate"


def test_an_empty_outline_completes_nobody(course, enrolment, clock):
    record(enrolment, clock, did(A))
    project(course, clock)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    assert (enrolment.done, enrolment.total, enrolment.percent) == (0, 0, 0)


def test_redo_and_restore_as_in_the_first_regression_case(course, enrolment, clock):
    project(course, clock, a_lesson(A, edition=2), a_lesson(B))  # redo a
    record(enrolment, clock, did(A, edition=2))
    project(course, clock, a_lesson(B))  # retire a
    project(course, clock, a_lesson(A), a_lesson(B))  # restore a: it reopens in its latest edition
    assert course.outline.open().get(lesson_key=A).edition == 2
    record(enrolment, clock, did(B))
    completed = enrolment.completed_at
    assert completed == enrolment.lessons.get(lesson_key=B).completed_at
    project(course, clock, a_lesson(A, edition=3), a_lesson(B))  # redo a once more
    enrolment.refresh_from_db()
    assert course.outline.open().get(lesson_key=A).edition == 3
    assert enrolment.completed_at == completed
    assert (enrolment.done, enrolment.total) == (1, 2)


def test_a_fact_dated_before_its_lesson_opened_counts(course, binh, clock):
    early = course.enrol(binh, at=clock.at(10), clock=clock)
    record(early, clock, did(A, at=clock.at(20)), did(B, at=clock.at(20)))
    assert early.completed_at == clock.at(100), "complete when both lessons had opened"


def test_everything_retired_then_a_done_lesson_restored_completes_at_the_restore(course, enrolment, clock):
    record(enrolment, clock, did(A))
    project(course, clock)
    clock.tick += 50
    project(course, clock, a_lesson(A))
    enrolment.refresh_from_db()
    assert enrolment.completed_at == clock()


def test_a_late_offline_fact_completes_at_its_own_time_before_a_lesson_was_added(course, enrolment, clock):
    record(enrolment, clock, did(A))
    clock.tick += 10
    moment = clock()
    clock.tick += 10
    project(course, clock, a_lesson(A), a_lesson(B), a_lesson(C))
    record(enrolment, clock, did(B, at=moment))
    assert enrolment.completed_at == moment
    assert (enrolment.done, enrolment.total) == (2, 3)


def test_a_swap_in_one_projection_completes_only_who_has_done_the_new_set(course, enrolment, dung, clock):
    record(enrolment, clock, did(A))
    clock.tick += 1
    other = course.enrol(dung, clock=clock)
    project(course, clock, a_lesson(A), a_lesson(C))  # b away, c instead
    enrolment.refresh_from_db()
    other.refresh_from_db()
    assert enrolment.completed_at is None, (
        "two projections one after the other would have completed this person in between"
    )
    assert other.completed_at is None
    rows = course.outline.filter(lesson_key__in=[B, C])
    assert {row.until or row.since for row in rows} == {clock()}


def test_a_clock_that_stepped_back_cannot_date_a_completion_before_its_last_fact(course, enrolment, clock):
    clock.tick += 20
    fact = did(A, at=clock())
    enrolment.record([fact], clock=clock)
    clock.tick -= 16
    project(course, clock, a_lesson(A))
    enrolment.refresh_from_db()
    assert enrolment.completed_at == fact.at


def test_a_projection_in_the_moment_of_a_completion_does_not_undo_it(course, enrolment, clock):
    enrolment.record([did(A, at=clock()), did(B, at=clock())], clock=clock)
    completed = enrolment.completed_at
    assert completed == clock()
    course.apply([a_lesson(A), a_lesson(B), a_lesson(C)], clock=clock)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == completed
    assert course.outline.get(lesson_key=C).since == completed + datetime.timedelta(microseconds=1)


def test_projecting_twice_writes_nothing_the_second_time(course, enrolment, clock):
    before = (course.outline_version, list(course.outline.values()))
    clock.tick += 5
    assert not course.apply([a_lesson(A), a_lesson(B)], clock=clock)
    course.refresh_from_db()
    assert (course.outline_version, list(course.outline.values())) == before


def test_a_missing_lesson_closes_only_after_the_grace_and_not_at_all_when_it_returns(
    course, enrolment, clock, settings
):
    settings.COURSES_CLOSING_GRACE_MINUTES = 10
    record(enrolment, clock, did(A))
    clock.tick += 1
    course.apply([a_lesson(A)], clock=clock)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    clock.tick += 5
    course.apply([a_lesson(A), a_lesson(B)], clock=clock)
    assert course.outline.get(lesson_key=B).missing_since is None
    clock.tick += 1
    course.apply([a_lesson(A)], clock=clock)
    clock.tick += 9
    course.apply([a_lesson(A)], clock=clock)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    clock.tick += 1
    project(course, clock, a_lesson(A), at_once=False)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == clock()


def test_missing_lessons_close_together_once_the_youngest_has_been_away_long_enough(course, enrolment, clock, settings):
    settings.COURSES_CLOSING_GRACE_MINUTES = 10
    clock.tick += 1
    course.apply([a_lesson(A)], clock=clock)
    clock.tick += 6
    course.apply([], clock=clock)
    clock.tick += 6
    course.apply([], clock=clock)
    assert course.outline.open().count() == 2
    clock.tick += 6
    course.apply([], clock=clock)
    assert {row.until for row in course.outline.all()} == {clock()}


def test_a_lesson_that_cannot_be_finished_does_not_open_and_one_that_is_open_stays(course, enrolment, clock):
    project(course, clock, a_lesson(A), a_lesson(B, problem="no video"), a_lesson(C, problem="no quiz"))
    assert set(course.outline.open().values_list("lesson_key", flat=True)) == {A, B}


def test_optional_lessons_are_kept_track_of_but_not_counted(course, enrolment, clock):
    project(course, clock, a_lesson(A), a_lesson(B), a_lesson(C, required=False))
    record(enrolment, clock, did(C))
    assert (enrolment.done, enrolment.total) == (0, 2)
    assert enrolment.lessons.get(lesson_key=C).completed_at is not None


def test_voiding_is_the_only_thing_that_takes_a_completion_back(course, enrolment, khanh, clock):
    record(enrolment, clock, did(A), did(B))
    certificate = enrolment.certificate
    clock.tick += 1
    event = LearningEvent.objects.get(lesson_key=B)
    assert enrolment.void(event, "nhầm người", khanh, clock=clock).status == "accepted"
    assert enrolment.completed_at is None
    assert enrolment.done == 1
    assert enrolment.certificate == certificate, "a person revokes it, not the program"
    certificate.revoke("Hoàn thành bị hủy")


def test_a_waiver_finishes_a_lesson_with_its_reason(course, enrolment, khanh, clock):
    clock.tick += 1
    enrolment.waive(course.outline.get(lesson_key=B), "equivalent_course", khanh, clock=clock)
    assert enrolment.done == 1
    assert LearningEvent.objects.get().data["reason"] == "equivalent_course"


def test_percent_is_rounded_down():
    assert percent(199, 200) == 99
    assert percent(200, 200) == 100
    assert percent(0, 0) == 0
    for total in range(1, 1001):
        for done in {0, 1, total // 2, total - 1, total}:
            found = percent(done, total)
            assert 0 <= found <= 100
            assert (found == 100) == (done == total)


def test_weights_count_in_percent_and_lessons_in_words(course, enrolment, clock):
    project(course, clock, a_lesson(A), a_lesson(B, weight=200))
    record(enrolment, clock, did(B))
    assert (enrolment.done, enrolment.total, enrolment.percent) == (200, 201, 99)
    assert (enrolment.lessons_done, enrolment.lessons_total) == (1, 2)


def test_an_outline_that_was_rolled_back_is_not_remembered(course, enrolment, clock):
    """The outline is kept by version, and a projection undone has the same version as the one that comes instead."""
    with transaction.atomic():
        project(course, clock, a_lesson(A), a_lesson(C))
        undone = course.outline_version
        assert record(enrolment, clock, did(C))[0].status == "accepted"
        transaction.set_rollback(True)
    enrolment.refresh_from_db()
    project(course, clock, a_lesson(A), a_lesson(D))
    assert course.outline_version == undone
    assert [receipt.status for receipt in record(enrolment, clock, did(C), did(D))] == ["refused", "accepted"]
