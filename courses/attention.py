"""What needs a person's attention in the courses; the dashboard shows it to those who may do something about it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import CoursePage, Enrolment, LessonPage, OutlineItem

type Item = tuple[str, str]  # a sentence, and where one can do something about it


def items(user, at: datetime) -> list[Item]:
    found: list[Item] = []
    if user.has_perm("wagtailadmin.access_admin") and (
        user.is_superuser or user.has_perm("courses.view_course") or edits_pages(user)
    ):
        found += [*lessons_nobody_can_finish(), *courses_without_lessons(), *missing_translations()]
    if user.has_perm("courses.view_enrolment"):
        found += papers_without_completion()
    return found


def edits_pages(user) -> bool:
    from wagtail.permissions import page_permission_policy

    return page_permission_policy.user_has_any_permission(user, ["add", "change", "publish"])


def lessons_nobody_can_finish() -> list[Item]:
    lessons = LessonPage.objects.live().filter(locale__language_code="vi")
    return [
        (
            _("Lesson “%(title)s” cannot be finished: %(problem)s") % {"title": page.title, "problem": problem},
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
        )
        for page in lessons
        if (problem := page.problem())
    ]


def courses_without_lessons() -> list[Item]:
    with_lessons = OutlineItem.objects.open().required().values("course")
    pages = CoursePage.objects.live().filter(locale__language_code="vi").exclude(translation_key__in=with_lessons)
    return [
        (
            _("Course “%(title)s” is published but has no required lesson.") % {"title": page.title},
            reverse("wagtailadmin_explore", args=[page.pk]),
        )
        for page in pages
    ]


def missing_translations() -> list[Item]:
    """Lessons without an English page in courses that have one: English learners are shown the Vietnamese lesson."""
    english = LessonPage.objects.live().filter(locale__language_code="en").values("translation_key")
    translated = CoursePage.objects.live().filter(locale__language_code="en").values("translation_key")
    number = OutlineItem.objects.open().filter(course__in=translated).exclude(lesson_key__in=english).count()
    if not number:
        return []
    sentence = ngettext("%(number)s lesson has no English page.", "%(number)s lessons have no English page.", number)
    return [(sentence % {"number": number}, reverse("wagtailadmin_explore_root"))]


def papers_without_completion() -> list[Item]:
    """After a correction somebody may hold a certificate for a course they have not completed. A person decides."""
    found = Enrolment.objects.holding_paper().filter(completed_at=None)
    return [
        (
            _("%(person)s holds certificate %(serial)s, but the course is no longer complete.")
            % {"person": e.person, "serial": e.certificate.current},
            reverse("learners:inspect", args=[e.pk]),
        )
        for e in found.select_related("person", "certificate")[:20]
    ]
