from django.contrib import messages
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.permissions import register_permission_policy

from courses import authoring_hooks, viewsets  # noqa: F401 - the first registers itself
from courses.models import Enquiry, Enrolment, Submission
from courses.quizzing.chooser import quiz_chooser
from courses.rules import WAIVER_REASONS
from courses.views import SignedIn
from people.models import AuditEntry
from people.policies import ReadOnlyPolicy

# Progress is changed by its own verbs, never by a form over the row.
register_permission_policy(Enrolment, ReadOnlyPolicy(Enrolment))
register_permission_policy(Submission, ReadOnlyPolicy(Submission))
register_permission_policy(Enquiry, ReadOnlyPolicy(Enquiry))


@hooks.register("register_admin_viewset")
def training():
    return viewsets.TrainingGroup()


@hooks.register("register_admin_viewset")
def choosing_a_quiz():
    return quiz_chooser


@require_POST
def waive(request: SignedIn, pk, item: int) -> HttpResponse:
    """A named manager says that a lesson need not be done here, and why."""
    if not request.user.has_perm("courses.correct_enrolment"):
        return permission_denied(request)
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user), pk=pk)
    lesson = get_object_or_404(enrolment.course.outline.open(), pk=item)
    reason = request.POST.get("reason", "")
    if reason not in WAIVER_REASONS:
        messages.error(request, _("Choose a reason."))
    else:
        enrolment.waive(lesson, reason, request.user)
        AuditEntry.objects.record(request.user, "enrolment.waive", enrolment, lesson=lesson.title_vi, reason=reason)
        messages.success(request, _("The lesson is waived for this learner."))
    return redirect("learners:inspect", pk)


@hooks.register("register_admin_urls")
def training_urls():
    return [path("dao-tao/<uuid:pk>/mien/<int:item>/", waive, name="courses_waive")]


@hooks.register("register_permissions")
def training_permissions():
    return Permission.objects.filter(
        content_type__app_label="courses", codename__in=["correct_enrolment", "mark_submission", "moderate_enquiry"]
    )
