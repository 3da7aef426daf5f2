"""Screens of training managers about one course: how it goes, and how many people are planned for it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_denied

from courses.dashboard import Dashboard
from courses.models import Course, PlannedNumber
from courses.models.evaluation import SCALE, results
from courses.report_views import SEES
from courses.reports import planned_for
from people.models import AuditEntry, Unit, person_of

PLANS = "courses.change_plannednumber"


@require_safe
def dashboard(request: HttpRequest, key) -> HttpResponse:
    """One course at a glance."""
    if not request.user.has_perm(SEES):
        return permission_denied(request)
    user = person_of(request)
    planned = planned_for(user).filter(course=OuterRef("pk")).order_by().values("course")
    courses = Course.objects.annotate(planned_people=Subquery(planned.annotate(sum=Sum("people")).values("sum")))
    course = get_object_or_404(courses, pk=key)
    found = Dashboard.of(course, user, timezone.now(), course.planned_people or 0)
    context = {"found": found, "course": course, "page_title": str(course)}
    return render(request, "courses/admin/dashboard.html", context)


@require_safe
def evaluations(request: HttpRequest, key) -> HttpResponse:
    """What people think of a course they completed."""
    if not request.user.has_perm(SEES):
        return permission_denied(request)
    course = get_object_or_404(Course, pk=key)
    context = {
        "found": results(course),
        "course": course,
        "marks": list(SCALE),
        "page_title": _("Evaluation of the course"),
    }
    return render(request, "courses/admin/evaluations.html", context)


class PlanForm(forms.Form):
    """A number for each unit; empty is no number."""

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course
        self.before = dict(course.planned.values_list("unit", "people"))
        self.units = list(Unit.objects.offices())
        for unit in self.units:
            self.fields[f"u{unit.pk}"] = forms.IntegerField(
                label=str(unit),
                required=False,
                min_value=0,
                max_value=1_000_000,
                initial=self.before.get(unit.pk),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def save(self) -> int:
        """How many numbers changed."""
        wanted = {unit.pk: number for unit in self.units if (number := self.cleaned_data[f"u{unit.pk}"]) is not None}
        changed = {pk for pk in wanted.keys() | self.before.keys() if wanted.get(pk) != self.before.get(pk)}
        self.course.planned.filter(unit__in=[pk for pk in changed if pk not in wanted]).delete()
        PlannedNumber.objects.bulk_create(
            [PlannedNumber(course=self.course, unit_id=pk, people=wanted[pk]) for pk in changed if pk in wanted],
            update_conflicts=True,
            unique_fields=["course", "unit"],
            update_fields=["people"],
        )
        return len(changed)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, key) -> HttpResponse:
    """How many people of each unit are to take this course."""
    if not request.user.has_perm(PLANS):
        return permission_denied(request)
    course = get_object_or_404(Course, pk=key)
    form = PlanForm(request.POST if request.method == "POST" else None, course=course)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            changed = form.save()
            if changed:
                AuditEntry.objects.record(request.user, "course.planned", course, units=changed)
        messages.success(request, _("The planned numbers are saved."))
        return redirect("course_report:dashboard", course.pk)
    context = {"form": form, "course": course, "page_title": _("Planned numbers")}
    return render(request, "courses/admin/plan.html", context, status=422 if form.errors else 200)
