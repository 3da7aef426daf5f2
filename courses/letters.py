"""The letters that courses write."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from letters import kinds


def course_completed(letter) -> dict:
    enrolment = letter.about
    certificate = enrolment.certificate.current if enrolment.certificate else None
    return {
        "enrolment": enrolment,
        "course": enrolment.course,
        "person": enrolment.person,
        "certificate": certificate,
        "certificate_url": f"{settings.SITE_URL}{certificate.get_absolute_url()}" if certificate else "",
        "my_page_url": f"{settings.SITE_URL}/{'en/' if letter.language == 'en' else ''}trang-cua-toi/",
    }


def register() -> None:
    kinds.register(kinds.Kind("course_completed", name=_("Course completed"), context=course_completed, queue="bulk"))
