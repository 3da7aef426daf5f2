"""What a certificate of completion says about an enrolment."""

import datetime
import re

from django.utils import timezone
from wagtail.models import Site

from certificates.models import Certificate
from content.models import SiteSettings


def prefix(code: str) -> str:
    """Serial numbers begin with the course's code where it is a plain word."""
    code = re.sub(r"[^A-Z0-9-]", "", code.upper()).strip("-")[:12]
    return f"QN-{code}" if code else "QN-KH"


def around() -> dict:
    """Who issues and who signs, from the settings of the site."""
    site = Site.objects.select_related("root_page").get(is_default_site=True) if Site.objects.exists() else None
    settings = (SiteSettings.objects.filter(site=site).first() if site else None) or SiteSettings()
    return {
        "issuer": settings.issuer_vi,
        "issuer_vi": settings.issuer_vi,
        "issuer_en": settings.issuer_en,
        "signatory_name": settings.signatory_name,
        "signatory_title": settings.signatory_title_vi,
        "signatory_title_vi": settings.signatory_title_vi,
        "signatory_title_en": settings.signatory_title_en,
    }


def day_of(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).date().isoformat()


def certificate_for(enrolment, at: datetime.datetime) -> Certificate:
    """Issued once; asking again gives the same paper."""
    course, person = enrolment.course, enrolment.person
    return Certificate.objects.issue(
        reason=f"enrolment:{enrolment.pk}",
        kind="completion",
        holder=person,
        language=enrolment.language,
        prefix=prefix(course.code),
        at=at,
        snapshot={
            "name": person.full_name,
            "title_vi": course.title_vi or course.code,
            "title_en": course.title_en,
            "hours": course.hours,
            "date": day_of(enrolment.completed_at),
            "lessons": enrolment.lessons_total,
            "course_code": course.code,
            "outline_version": course.outline_version,
            "sample": course.is_sample,
            **around(),
        },
    )


def certificate_for_path(following, at: datetime.datetime) -> Certificate:
    """The paper of a learning path: how many courses it asked for, and which version of it."""
    path, person = following.path, following.person
    return Certificate.objects.issue(
        reason=f"path:{following.pk}",
        kind="completion",
        holder=person,
        language=following.language,
        prefix=prefix(path.code),
        at=at,
        snapshot={
            "name": person.full_name,
            "title_vi": path.title_vi or path.code,
            "title_en": path.title_en,
            "date": day_of(following.completed_at),
            "programme": True,
            "courses": following.total,
            "course_code": path.code,
            "outline_version": path.outline_version,
            "sample": path.is_sample,
            **around(),
        },
    )


def award_due(person, at: datetime.datetime) -> None:
    """Courses and paths that were finished before we knew the name."""
    from courses.models import Enrolment, PathEnrolment

    for enrolment in Enrolment.objects.filter(person=person).without_paper().order_by("completed_at", "pk"):
        enrolment.award(at)
    for following in PathEnrolment.objects.filter(person=person).without_paper().order_by("completed_at", "pk"):
        following.award(at)
