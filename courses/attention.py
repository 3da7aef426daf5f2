"""What needs a person's attention in the courses; the dashboard shows it to those who may do something about it."""

from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import completable
from courses.models import (
    Complaint,
    CoursePage,
    Enquiry,
    Enrolment,
    LessonPage,
    OutlineItem,
    PathItem,
    PathPage,
    Reply,
    Submission,
)
from courses.quizzing import bank

type Item = tuple[str, str]  # a sentence, and where one can do something about it


def items(user, at: datetime) -> list[Item]:
    found: list[Item] = []
    if user.has_perm("wagtailadmin.access_admin") and (
        user.is_superuser or user.has_perm("courses.view_course") or edits_pages(user)
    ):
        found += [*lessons_nobody_can_finish(), *courses_without_lessons(), *missing_translations()]
        found += [*quizzes_of_other_courses(), *translations_behind()]
        found += paths_nobody_can_complete()
    if user.has_perm("courses.mark_submission"):
        found += work_to_mark()
    if user.has_perm("courses.moderate_enquiry"):
        found += questions_to_answer()
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
        for page in bank.know_quizzes(list(lessons))
        if (problem := page.problem())
    ]


def about(page: LessonPage, problem: str) -> Item:
    sentence = _("Lesson “%(title)s”: %(problem)s") % {"title": page.title, "problem": problem}
    return sentence, reverse("wagtailadmin_pages:edit", args=[page.pk])


def quizzes_of_other_courses() -> list[Item]:
    """Learners can finish these, but who changes the questions of one course changes another."""
    courses = dict(CoursePage.objects.values_list("path", "translation_key"))
    lessons = LessonPage.objects.live().filter(locale__language_code="vi")
    return [
        about(page, problem)
        for page in bank.know_quizzes(list(lessons))
        if (problem := completable.another_courses_quiz(page.body, courses.get(page.path[: -2 * page.steplen])))
    ]


def translations_behind() -> list[Item]:
    """What their Vietnamese lesson is done by is lent to them, in Vietnamese, until somebody puts it in."""
    rules = dict(OutlineItem.objects.open().values_list("lesson_key", "rule"))
    lessons = LessonPage.objects.live().exclude(locale__language_code="vi")
    return [
        about(page, problem)
        for page in bank.know_quizzes(list(lessons))
        if (problem := completable.without_its_part(rules.get(page.translation_key, {}), page.body))
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


def paths_nobody_can_complete() -> list[Item]:
    """Live paths whose page the record does not follow, and paths with a course that takes nobody in any more."""
    found = []
    for page in PathPage.objects.live().filter(locale__language_code="vi"):
        problem = page.problem()
        if not problem:
            now = timezone.now()
            closed = PathItem.objects.filter(path=page.translation_key, until=None, course__closed_at__lte=now)
            problem = ", ".join(
                _("the course “%(course)s” is closed") % {"course": row.course.title_vi}
                for row in closed.select_related("course")
            )
        if problem:
            sentence = _("Learning path “%(title)s”: %(problem)s") % {"title": page.title, "problem": problem}
            found.append((sentence, reverse("wagtailadmin_pages:edit", args=[page.pk])))
    return found


def missing_translations() -> list[Item]:
    """Lessons without an English page in courses that have one: English learners are shown the Vietnamese lesson."""
    english = LessonPage.objects.live().filter(locale__language_code="en").values("translation_key")
    translated = CoursePage.objects.live().filter(locale__language_code="en").values("translation_key")
    number = OutlineItem.objects.open().filter(course__in=translated).exclude(lesson_key__in=english).count()
    if not number:
        return []
    sentence = ngettext("%(number)s lesson has no English page.", "%(number)s lessons have no English page.", number)
    return [(sentence % {"number": number}, reverse("wagtailadmin_explore_root"))]


def work_to_mark() -> list[Item]:
    waiting = Submission.objects.waiting().aggregate(number=Count("pk"), since=Min("handed_in_at"))
    if not waiting["number"]:
        return []
    sentence = ngettext(
        "%(number)s piece of practical work waits to be marked, the oldest since %(day)s.",
        "%(number)s pieces of practical work wait to be marked, the oldest since %(day)s.",
        waiting["number"],
    )
    day = date_format(timezone.localtime(waiting["since"]), "SHORT_DATE_FORMAT")
    address = f"{reverse('practical_work:index')}?state=waiting"
    return [(sentence % {"number": waiting["number"], "day": day}, address)]


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


def questions_to_answer() -> list[Item]:
    """What learners asked or wrote and no tutor has read, and what was reported."""
    address = reverse("enquiries:index")
    waiting = Enquiry.objects.unanswered().count()
    replies = Reply.objects.filter(state=Reply.State.WAITING).count()
    reported = Complaint.objects.filter(settled_at=None).count()
    found = []
    if waiting:
        sentence = ngettext("%(number)s question waits for a tutor.", "%(number)s questions wait for a tutor.", waiting)
        found.append((sentence % {"number": waiting}, f"{address}?waiting=question"))
    if replies:
        sentence = ngettext(
            "%(number)s learner's answer waits to be read.",
            "%(number)s learners' answers wait to be read.",
            replies,
        )
        found.append((sentence % {"number": replies}, f"{address}?waiting=answer"))
    if reported:
        sentence = ngettext("%(number)s report under a lesson.", "%(number)s reports under lessons.", reported)
        found.append((sentence % {"number": reported}, f"{address}?waiting=report"))
    return found
