"""The outline of a course on one screen: sections and lessons in their order, to be dragged, added to, published."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from courses import attention, completable
from courses.impact import Impact, people_of
from courses.models import Course, CourseIndexPage, CoursePage, LessonPage, SectionPage
from courses.models.outline import OutlineItem
from courses.page_forms import Duty
from courses.quizzing import bank


@dataclass
class Line:
    """A lesson of the outline as its author sees it."""

    page: LessonPage  # the latest draft
    row: OutlineItem | None  # as it counts now
    english: str  # "", "draft" or "live"
    first: bool = False
    last: bool = False

    @property
    def state(self) -> str:
        return state_of(self.page)

    @property
    def duty(self) -> Duty:
        return self.page.duty_against(self.row)

    @cached_property
    def problem(self) -> str:
        return self.page.problem()


@dataclass
class Part:
    """A section of the outline."""

    page: SectionPage
    lines: list[Line] = field(default_factory=list)
    first: bool = False
    last: bool = False

    @property
    def state(self) -> str:
        return state_of(self.page)


def state_of(page) -> str:
    """Where a page stands on its way to learners: one word."""
    if page.go_live_at and page.go_live_at > timezone.now() and (page.approved_schedule or not page.live):
        return "scheduled"
    if (page.has_unpublished_changes or not page.live) and page.workflow_in_progress:
        return "waiting"
    if not page.live:
        return "draft"
    return "changed" if page.has_unpublished_changes else "live"


def parts_of(course_page: CoursePage) -> list[Part]:
    """The pages of the course in their order. The number of queries grows with drafts alone."""
    rows = {
        row.lesson_key: row
        for row in OutlineItem.objects.filter(course=course_page.translation_key, until__isnull=True)
    }
    sections = [draft(each) for each in SectionPage.objects.child_of(course_page).order_by("path")]
    parts = {each.path: Part(each) for each in sections}
    lessons = [draft(each) for each in LessonPage.objects.descendant_of(course_page).order_by("path")]
    english = {
        key: "live" if live else "draft"
        for key, live in Page.objects.filter(
            translation_key__in=[each.translation_key for each in lessons], locale__language_code="en"
        ).values_list("translation_key", "live")
    }
    for lesson in bank.know_quizzes(lessons):
        line = Line(lesson, rows.get(lesson.translation_key), english.get(lesson.translation_key, ""))
        parts[lesson.path[: -lesson.steplen]].lines.append(line)
    found = list(parts.values())
    mark_ends(found)
    for part in found:
        mark_ends(part.lines)
    return found


def draft(page):
    """The page as its author last left it."""
    if not page.has_unpublished_changes or not page.latest_revision_id:
        return page
    return page.get_latest_revision_as_object()


def mark_ends(rows: list) -> None:
    if rows:
        rows[0].first = rows[-1].last = True


def mine(request: HttpRequest, pk: int) -> CoursePage | None:
    page = get_object_or_404(CoursePage, pk=pk)
    return page if page.permissions_for_user(request.user).can_edit() else None


def outline(request: HttpRequest, pk: int) -> HttpResponse:
    page = mine(request, pk)
    if page is None:
        return permission_denied(request)
    course = Course.objects.filter(pk=page.translation_key).first()
    parts = parts_of(page)
    pages = [page, *(part.page for part in parts), *(line.page for part in parts for line in part.lines)]
    rights = page.permissions_for_user(request.user)
    missing = list(course.outline.open().exclude(missing_since=None)) if course else []
    english = page.locale.language_code != completable.HOME_LANGUAGE
    invited = course is not None and course.entry == Course.Entry.INVITATION
    context = {
        "page_title": page.get_admin_display_title(),
        "page": page,
        "course": course,
        "parts": parts,
        "state": state_of(page),
        "people": people_of(course) if course else Impact(),
        "drafts": sum(each.has_unpublished_changes or not each.live for each in pages),
        "missing": missing,
        "may_publish": rights.can_publish(),
        "may_move": rights.can_reorder_children(),
        "may_add": rights.can_add_subpage(),
        "is_translation": english,
        "problem": completable.untranslated(page),
        "invitation": f"{page.get_full_url(request)}?moi={course.invitation}" if invited and page.live else "",
        "number": sum(len(part.lines) for part in parts),
    }
    return render(request, "courses/admin/outline.html", context)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """A section or a lesson to another place within its course; `before` says before what, nothing means at the end."""
    course_page = mine(request, pk)
    if course_page is None:
        return permission_denied(request)
    below = Page.objects.descendant_of(course_page)
    moving = get_object_or_404(below, pk=whole(request, "page")).specific
    into = get_object_or_404(
        Page.objects.descendant_of(course_page, inclusive=True), pk=whole(request, "into") or moving.get_parent().pk
    ).specific
    if type(into) is not (CoursePage if isinstance(moving, SectionPage) else SectionPage):
        raise PermissionDenied
    rights = into.permissions_for_user(request.user)
    within = into.pk == moving.get_parent().pk
    if not (rights.can_reorder_children() if within else moving.permissions_for_user(request.user).can_move_to(into)):
        return permission_denied(request)
    before = into.get_children().filter(pk=whole(request, "before")).exclude(pk=moving.pk).first()
    if not within and into.get_children().filter(slug=moving.slug).exists():
        messages.error(request, _("A lesson of that section has the same address; change one of them first."))
    elif before is not None:
        moving.move(before, pos="left", user=request.user)
    else:
        moving.move(into, pos="last-child", user=request.user)
    return redirect(reverse("courses_outline", args=[pk]) + f"#p-{moving.pk}")


@require_POST
def step(request: HttpRequest, pk: int, page: int, by: str) -> HttpResponse:
    """One place up or down, for those who do not drag; a lesson at the end of its section goes on to the next one."""
    course_page = mine(request, pk)
    if course_page is None:
        return permission_denied(request)
    moving = get_object_or_404(Page.objects.descendant_of(course_page), pk=page).specific
    parent = moving.get_parent()
    if not parent.permissions_for_user(request.user).can_reorder_children():
        return permission_denied(request)
    siblings = list(parent.get_children().order_by("path"))
    place = siblings.index(moving.page_ptr)
    up = by == "len"
    if 0 <= place + (-1 if up else 1) < len(siblings):
        moving.move(siblings[place + (-1 if up else 1)], pos="left" if up else "right", user=request.user)
    elif isinstance(moving, LessonPage):
        sections = list(course_page.get_children().order_by("path"))
        there = sections.index(parent) + (-1 if up else 1)
        if 0 <= there < len(sections) and moving.permissions_for_user(request.user).can_move_to(sections[there]):
            moving.move(sections[there], pos="last-child" if up else "first-child", user=request.user)
    return redirect(reverse("courses_outline", args=[pk]) + f"#p-{moving.pk}")


@require_POST
def close_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Lessons that were taken away count no longer from now on, without waiting for the ten minutes."""
    page = mine(request, pk)
    if page is None or not page.permissions_for_user(request.user).can_publish():
        return permission_denied(request)
    course = get_object_or_404(Course, pk=page.translation_key)
    difference = course.project(at_once=True)
    messages.success(
        request, _("Counts from now on: %(number)s lessons taken out.") % {"number": len(difference.to_close)}
    )
    return redirect("courses_outline", pk)


@require_POST
def invite_anew(request: HttpRequest, pk: int) -> HttpResponse:
    page = mine(request, pk)
    if page is None or not page.permissions_for_user(request.user).can_publish():
        return permission_denied(request)
    get_object_or_404(Course, pk=page.translation_key).invite_anew()
    messages.success(request, _("There is a new invitation link. The old one leads in no longer."))
    return redirect("courses_outline", pk)


def whole(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


# ---------------------------------------------------------------- all courses


def authoring(request: HttpRequest) -> HttpResponse:
    """Where somebody begins who writes courses: the list of them, and what each still needs."""
    if not attention.edits_pages(request.user):
        return permission_denied(request)
    pages = [
        page
        for page in CoursePage.objects.select_related("locale", "latest_revision").order_by("code", "path")
        if page.permissions_for_user(request.user).can_edit()
    ]
    courses = {
        course.pk: course
        for course in Course.objects.filter(pk__in=[page.translation_key for page in pages]).annotate_people()
    }
    vietnamese = [page for page in pages if page.locale.language_code == completable.HOME_LANGUAGE]
    english = {page.translation_key: page for page in pages if page.locale.language_code == "en"}
    indexes = [
        page
        for page in CourseIndexPage.objects.filter(locale__language_code=completable.HOME_LANGUAGE)
        if page.permissions_for_user(request.user).can_add_subpage()
    ]
    rows = [
        (page, courses.get(page.translation_key), english.get(page.translation_key), state_of(page))
        for page in vietnamese
    ]
    context = {"page_title": _("Write courses"), "rows": rows, "indexes": indexes}
    return render(request, "courses/admin/authoring.html", context)


urls = [
    path("khoa-hoc/", authoring, name="courses_authoring"),
    path("khoa-hoc/<int:pk>/", outline, name="courses_outline"),
    path("khoa-hoc/<int:pk>/doi-cho/", move, name="courses_outline_move"),
    path("khoa-hoc/<int:pk>/<int:page>/<str:by>/", step, name="courses_outline_step"),
    path("khoa-hoc/<int:pk>/chot/", close_now, name="courses_outline_close"),
    path("khoa-hoc/<int:pk>/duong-moi/", invite_anew, name="courses_outline_invite"),
]
