"""The certificate of a course: whose name stands on it, and which paper its owner is offered."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from courses import attention, checking, tick
from courses.models import Course, Enrolment
from courses.pages import LessonPage
from home.audit import broken_rules
from letters.models import Letter
from people.models import User

from .conftest import did

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(workshop):
    return workshop.course(lessons=1)


@pytest.fixture
def finish(course, record_of):
    """Somebody learns the whole course."""

    def doing(person) -> Enrolment:
        enrolment = record_of(course).enrol(person)
        enrolment.record([did(LessonPage.objects.get().translation_key, at=timezone.now())])
        enrolment.refresh_from_db()
        assert enrolment.is_complete
        return enrolment

    return doing


def test_after_a_correction_the_owner_is_offered_the_new_paper_everywhere(client, course, finish, binh, khanh):
    old = finish(binh).certificate
    new = old.supersede({"name": "Nguyễn Thị Bính"}, by=khanh, reason="Sai dấu")
    client.force_login(binh)
    for address in (course.url, LessonPage.objects.get().url, reverse("my_page")):
        page = client.get(address).text
        assert new.get_absolute_url() in page, address
        assert old.get_absolute_url() not in page, address


def test_once_the_corrected_paper_is_revoked_too_nobody_is_warned_of_it(finish, binh, khanh):
    enrolment = finish(binh)
    new = enrolment.certificate.supersede({"name": "Nguyễn Thị Bính"}, by=khanh)
    enrolment.void(enrolment.events.first(), "nhầm", by=khanh)
    assert enrolment.completed_at is None
    (warning,) = attention.papers_without_completion()
    assert new.serial in warning[0]
    assert list(checking.certificate_faults())
    new.revoke("Hoàn thành bị hủy")
    assert attention.papers_without_completion() == []
    assert not list(checking.certificate_faults())


@pytest.fixture
def nameless(binh):
    """Bình came in by an address alone."""
    binh.full_name = ""
    binh.save()
    return binh


ASKED = "Cần họ tên để cấp giấy chứng nhận."
NAME = "Nguyễn Thị Bình"


def test_who_has_no_name_yet_is_asked_for_it_and_gets_the_certificate_then(client, course, finish, nameless):
    enrolment = finish(nameless)
    assert enrolment.certificate is None
    assert not Letter.objects.about(enrolment).exists()
    client.force_login(nameless)
    form = reverse("people:profile")
    for address in (course.url, LessonPage.objects.get().url, reverse("my_page")):
        page = client.get(address).text
        assert ASKED in page, address
        assert form in page
    client.post(form, {"full_name": NAME, "language": "vi"})
    enrolment.refresh_from_db()
    assert enrolment.certificate.name == NAME
    assert Letter.objects.about(enrolment).count() == 1
    for address in (course.url, LessonPage.objects.get().url, reverse("my_page")):
        page = client.get(address).text
        assert ASKED not in page, address
        assert enrolment.certificate.get_absolute_url() in page
    client.post(form, {"full_name": "Nguyễn Thị Bính", "language": "vi"})
    enrolment.refresh_from_db()
    assert enrolment.certificate.name == NAME, "a paper that was issued is not touched"


def test_a_name_entered_in_the_back_office_does_the_same(client, finish, nameless, minh):
    enrolment = finish(nameless)
    client.force_login(minh)
    answer = client.post(
        reverse("wagtailusers_users:edit", args=[nameless.pk]),
        {"email": nameless.email, "full_name": NAME, "phone": "", "is_active": "on"},
    )
    assert answer.status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.certificate.name == NAME


def test_the_clock_waits_for_the_name_too_and_the_books_balance_meanwhile(finish, nameless):
    enrolment = finish(nameless)
    later = timezone.now() + timedelta(hours=1)
    long_ago = timezone.now() - timedelta(days=1)
    Course.objects.update(projected_at=long_ago)
    day = timedelta(days=1)  # everything happened yesterday
    enrolment.events.update(at=F("at") - day, received_at=F("received_at") - day)
    enrolment.lessons.update(first_at=F("first_at") - day, completed_at=F("completed_at") - day)
    moved = {name: F(name) - day for name in ("started_at", "completed_at", "last_at")}
    Enrolment.objects.filter(pk=enrolment.pk).update(**moved)
    Course.objects.get().outline.update(since=F("since") - 2 * day)
    assert tick.award(later) == 0
    assert [broken.name for broken in broken_rules()] == []
    User.objects.filter(pk=nameless.pk).update(full_name=NAME)  # as a fault would leave it: named, nothing issued
    assert [broken.name for broken in broken_rules()] == ["courses.completion_was_awarded"]
    assert tick.award(later) == 1
    assert [broken.name for broken in broken_rules()] == []


def test_a_course_without_a_certificate_waits_for_no_name(course, finish, nameless):
    Course.objects.update(gives_certificate=False)
    enrolment = finish(nameless)
    assert enrolment.awarded_at
    assert not enrolment.waits_for_name
    assert Letter.objects.about(enrolment).count() == 1
