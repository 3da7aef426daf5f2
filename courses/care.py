"""Publish with care: whoever is about to change what counts sees whom it concerns, and says whom the lesson is for.

Every door leads through here: the editor's button, publishing on a day (both by Wagtail's hook), the approver's button
in the editor and the one in lists (which is sent to the editor). What was chosen stands on the page, so a publishing
that comes later, or by no screen at all, does what was chosen. The projection is the last guard: it opens no lesson
that nobody could finish, and “from now on” is the moment of its opening.
"""

from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page

from courses import completable
from courses.impact import Impact, impact_of, impact_on_path
from courses.models import Course, CoursePage, LessonPage, Path, PathPage, SectionPage
from courses.page_forms import Duty
from courses.projection import course_key, drafted, home_page, wanted
from people.models import AuditEntry

OURS = (CoursePage, SectionPage, LessonPage)


@dataclass(frozen=True)
class Choice:
    """One answer to “who has to do this lesson?”, and what it would do."""

    duty: Duty
    impact: Impact
    chosen: bool

    @property
    def label(self) -> str:
        return str(self.duty.label)


def counts_here(page) -> bool:
    """Only Vietnamese pages of courses decide what counts."""
    return isinstance(page, OURS) and page.locale.language_code == completable.HOME_LANGUAGE


def is_watched(page) -> bool:
    """Is publishing it looked at first? The Vietnamese page of a learning path decides what it asks for, too."""
    return counts_here(page) or (isinstance(page, PathPage) and page.locale.language_code == completable.HOME_LANGUAGE)


def record_of(page) -> Course | Path | None:
    return path_of(page) if isinstance(page, PathPage) else course_of(page)


def path_of(page: PathPage) -> Path | None:
    return Path.objects.filter(pk=page.translation_key).first()


def course_of(page) -> Course | None:
    return Course.objects.filter(pk=course_key(page)).first()


def impact_of_publishing(page) -> Impact:
    """If this page were published as it stands here. A path with a problem stays as it is."""
    if isinstance(page, PathPage):
        return Impact() if page.problem() else impact_on_path(path_of(page), page.wanted())
    course = course_of(page)
    key = course_key(page)
    return impact_of(course, wanted(home_page(key), published=page) if key else [])


def impact_of_going(page) -> Impact:
    """If this page, with what is below it, were taken away."""
    below = {page.translation_key, *page.get_descendants().values_list("translation_key", flat=True)}
    key = course_key(page)
    return impact_of(course_of(page), wanted(home_page(key), without=below) if key else [])


def choices(page: LessonPage) -> list[Choice]:
    """What each answer would do. A lesson that is not open yet cannot be done once more."""
    row, now = page.open_row, page.duty
    found = []
    for duty in Duty:
        if duty == Duty.REDO and row is None:
            continue
        draft = copy(page)
        draft.choose(duty)
        found.append(Choice(duty, impact_of_publishing(draft), duty == now))
    return found


# ---------------------------------------------------------------- the editor's button


def look_first(request: HttpRequest, page) -> HttpResponse | None:
    """Wagtail's hook before publishing: the draft is saved by now, so nothing that was typed is lost."""
    if not is_watched(page) or not impact_of_publishing(page).concerns_somebody:
        return None
    if page.first_published_at is None:  # just made: Wagtail writes it down as live before it asks
        Page.objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)
    return redirect("courses_publish", page.pk)


def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest draft of a page, looked at from its learners' side, then published."""
    found = get_object_or_404(Page, pk=pk).specific
    if not isinstance(found, (*OURS, PathPage)):
        raise PermissionDenied
    rights = found.permissions_for_user(request.user)
    if not rights.can_publish() or rights.page_locked():
        raise PermissionDenied
    page = found.get_latest_revision_as_object()
    problem = page.problem() if isinstance(page, PathPage) else ""
    if isinstance(page, LessonPage):
        problem = page.problem() or completable.unfit(page, page.body, course_key(page))
    if request.method == "POST" and not problem:
        with transaction.atomic():
            revision = page.latest_revision
            duty = request.POST.get("duty")
            if isinstance(page, LessonPage) and duty in Duty.values:
                page.choose(duty)
                revision = page.save_revision(user=request.user, log_action=True)
            said = impact_of_publishing(page)
            PublishPageRevisionAction(revision, user=request.user).execute(skip_permission_checks=True)
            note(request, page, said)
        messages.success(request, told(page, said))
        if isinstance(page, PathPage):
            return redirect("wagtailadmin_explore", page.get_parent().pk)
        return redirect("courses_outline", CoursePage.objects.ancestor_of(page, inclusive=True).get().pk)
    return render(request, "courses/admin/publish.html", shown(page, problem=problem), status=422 if problem else 200)


def shown(page, **more) -> dict:
    later = page.go_live_at if page.go_live_at and page.go_live_at > timezone.now() else None
    return {
        "page": page,
        "page_title": _("Publish: whom it concerns"),
        "impact": impact_of_publishing(page),
        "choices": choices(page) if isinstance(page, LessonPage) else [],
        "later": later,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    } | more


def told(page, impact: Impact) -> str:
    if page.go_live_at and page.go_live_at > timezone.now():
        return _("“%(title)s” will be published on the day that was set.") % {"title": page.title}
    return _("“%(title)s” is published.") % {"title": page.title} + " " + " ".join(impact.sentences)


def note(request: HttpRequest, page, impact: Impact) -> None:
    """The numbers that were in front of the person who decided."""
    record = record_of(page)
    if record is not None:
        AuditEntry.objects.record(
            request.user,
            "path.outline" if isinstance(record, Path) else "course.outline",
            record,
            page=page.title,
            learning=impact.learning,
            completed=impact.completed,
            added=len(impact.added),
            changed=len(impact.changed),
            retired=len(impact.retired),
            finishing=impact.finishing,
        )


# ---------------------------------------------------------------- the approver's button


def approve_with_care(request: HttpRequest, page) -> HttpResponse | None:
    """Wagtail's hook before the editor works: an approval that publishes shows the same, and then goes its way."""
    approves = request.POST.get("action-workflow-action") and request.POST.get("workflow-action-name") == "approve"
    if request.method != "POST" or not approves or "looked" in request.POST or not is_watched(page):
        return None
    draft = page.get_latest_revision_as_object()
    form_class = draft.get_edit_handler().get_form_class()
    form = form_class(request.POST, request.FILES, instance=draft, for_user=request.user)
    if not form.is_valid():
        return None  # the editor says what is wrong
    draft = form.save(commit=False)
    if not impact_of_publishing(draft).concerns_somebody:
        return None
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name != "duty"]
    return render(request, "courses/admin/publish.html", shown(draft, approves=True, kept=kept))


def approve_in_the_editor(request: HttpRequest, page_id: int, task_state_id: int) -> HttpResponse:
    """The button in lists would publish unseen: for pages of courses that concern somebody it leads to the editor."""
    page = get_object_or_404(Page, pk=page_id).specific
    if is_watched(page) and impact_of_publishing(page.get_latest_revision_as_object()).concerns_somebody:
        messages.warning(request, _("This concerns people who are learning: please look, and approve it here."))
        return redirect("wagtailadmin_pages:edit", page_id)
    view = WorkflowActionView.as_view()
    return view(request, page_id=page_id, action_name="approve", task_state_id=task_state_id)


# ---------------------------------------------------------------- taking away and moving


def said_of_going(page) -> list[str]:
    """Whom it concerns if this page goes; nothing where it concerns nobody."""
    impact = impact_of_going(page)
    if not impact.concerns_somebody or not impact.retired:
        return []
    lessons = ", ".join(f"“{row.title_vi}”" for row in impact.retired[:5])
    return [
        _("%(who)s. They will no longer have: %(lessons)s.") % {"who": impact.who, "lessons": lessons},
        *impact.sentences,
        _("It counts after ten minutes, so a mistake can be put right; on the outline you can have it count now."),
    ]


def warn(request: HttpRequest, page, *where) -> None:
    """Beside Wagtail's own question whether to delete or move. Within its course a page only changes its place."""
    page = page.specific
    stays = where and course_key(where[0].specific) == course_key(page)
    if request.method == "GET" and counts_here(page) and not stays and (said := said_of_going(page)):
        messages.warning(request, " ".join(said))


def look_before_unpublishing(request: HttpRequest, page) -> HttpResponse | None:
    """Wagtail asks its hook only after its own question: a second one, with the numbers."""
    page = page.specific
    if "looked" in request.POST or not counts_here(page) or not (said := said_of_going(page)):
        return None
    context = {
        "page": page,
        "page_title": _("Unpublish: whom it concerns"),
        "said": said,
        "with_descendants": request.POST.get("include_descendants"),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    return render(request, "courses/admin/take_away.html", context)


def one_at_a_time(request: HttpRequest, action_type: str, objects, action) -> HttpResponse | None:
    """Many ticked pages at once would pass by the numbers: where they concern somebody, each is done on its own."""
    pages = [page.specific for page in objects if isinstance(page, Page)]
    ours = [page for page in pages if (is_watched if action_type == "publish" else counts_here)(page)]
    if action_type == "publish":
        concern = any(impact_of_publishing(page.get_latest_revision_as_object()).concerns_somebody for page in ours)
    else:
        concern = action_type in ("unpublish", "delete") and any(said_of_going(page) for page in ours)
    if not concern:
        return None
    messages.warning(
        request, _("This concerns people who are learning. Please do it page by page: each shows whom it concerns.")
    )
    if isinstance(ours[0], PathPage):
        return redirect("wagtailadmin_explore", ours[0].get_parent().pk)
    course = CoursePage.objects.ancestor_of(ours[0], inclusive=True).get()
    return redirect("courses_outline", course.pk)


def register() -> None:
    hooks.register("before_bulk_action", one_at_a_time)
    hooks.register("before_publish_page", look_first)
    hooks.register("before_edit_page", approve_with_care)
    hooks.register("before_unpublish_page", look_before_unpublishing)
    hooks.register("before_delete_page", warn)
    hooks.register("before_move_page", warn)


# ---------------------------------------------------------------- all drafts of a course together


def publish_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Sections, lessons, the course: their latest drafts, in one go and one projection."""
    course_page = get_object_or_404(CoursePage, pk=pk)
    if not course_page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    pages = [each for each in tree(course_page) if each.has_unpublished_changes or not each.live]
    drafts = [each.get_latest_revision_as_object() for each in pages]
    lessons = drafted(course_page)
    problems = [(lesson.title_vi, lesson.problem) for lesson in lessons if lesson.problem]
    if not lessons:
        problems.append((course_page.title, _("The course has no lesson yet.")))
    for each in drafts:
        if isinstance(each, LessonPage) and (
            problem := completable.unfit(each, each.body, course_page.translation_key)
        ):
            problems.append((each.title, problem))
    if request.method == "POST" and not problems and drafts:
        said = impact_of(course_of(course_page), lessons)
        with transaction.atomic():
            for each in drafts:
                revision = each.latest_revision or each.save_revision(user=request.user)
                PublishPageRevisionAction(revision, user=request.user).execute(skip_permission_checks=True)
            note(request, course_page, said)
        messages.success(request, told(course_page, said))
        return redirect("courses_outline", course_page.pk)
    context = {
        "page": course_page,
        "page_title": _("Publish all drafts of the course"),
        "impact": impact_of(course_of(course_page), lessons),
        "problems": problems,
        "drafts": drafts,
        "edit_url": reverse("courses_outline", args=[course_page.pk]),
    }
    return render(request, "courses/admin/publish.html", context, status=422 if problems and request.POST else 200)


def tree(course_page: CoursePage) -> list:
    """Its pages with their own fields, what is deepest first: so the course opens with all that is in it."""
    pages = Page.objects.descendant_of(course_page, inclusive=True).order_by("-depth", "path")
    return [page.specific for page in pages]


urls = [
    path("khoa-hoc/xuat-ban/<int:pk>/", publish, name="courses_publish"),
    path("khoa-hoc/xuat-ban-het/<int:pk>/", publish_all, name="courses_publish_all"),
]
