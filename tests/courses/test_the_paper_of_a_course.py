"""The certificate of a course: whose name stands on it, and which paper its owner is offered."""

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import attention, checking
from courses.models import Enrolment
from courses.pages import LessonPage

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
