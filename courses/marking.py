"""Practical work in the back office: what waits for a tutor, and the tutor's word about it."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from courses.models.course import Course
from courses.models.outline import OutlineItem
from courses.models.practical import AlreadyMarked, HandedInAgain, Submission
from people.formfields import TextField
from people.models import AuditEntry
from people.office import PlainInspect, WordSearch

MARKS = "courses.mark_submission"


class MarkForm(forms.Form):
    """Points, a word, and whether that is enough."""

    points = forms.IntegerField(label=_("Points"), min_value=0)
    comment = TextField(label=_("What you say to the learner"), lines=True, required=False, max_length=4000)

    def __init__(self, *args, submission: Submission, state: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.submission, self.state = submission, state

    def clean(self):
        cleaned = super().clean()
        points, most = cleaned.get("points"), self.submission.points_max
        if points is None:
            return cleaned
        if points > most:
            self.add_error("points", gettext("There are %(most)s points at most.") % {"most": most})
        elif self.state == Submission.State.PASSED and points < self.submission.points_needed:
            self.add_error(
                "points",
                gettext("At least %(needed)s points are needed to pass.") % {"needed": self.submission.points_needed},
            )
        if self.state == Submission.State.RETURNED and not cleaned.get("comment", "").strip():
            self.add_error("comment", gettext("Say what should be better, so that the next try can be."))
        return cleaned


def lesson_titles(keys) -> dict:
    return dict(OutlineItem.objects.filter(lesson_key__in=set(keys)).values_list("lesson_key", "title_vi"))


class SubmissionFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=pgettext_lazy("learning", "State"), choices=Submission.State.choices)
    course = django_filters.ModelChoiceFilter(
        label=_("Course"), field_name="enrolment__course", queryset=Course.objects.order_by("code", "title_vi")
    )

    class Meta:
        model = Submission
        fields: ClassVar = ["state", "course"]


class SubmissionIndex(WordSearch, generic.IndexView):
    """What waits stands first, the longest waiting on top of it."""

    search_in = "enrolment__person__search_text"

    def get_base_queryset(self):
        found = Submission.objects.visible_to(self.request.user)
        return found.select_related("enrolment__person", "enrolment__course").defer("text", "comment")

    def order_queryset(self, queryset):
        if self.request.GET.get("ordering"):
            return super().order_queryset(queryset)
        return queryset.order_by("-state", "handed_in_at", "pk")  # waiting, returned, passed

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "person",
                label=_("Learner"),
                accessor=lambda row: row.enrolment.person,
                get_url=self.get_inspect_url,
            ),
            Column("course", label=_("Course"), accessor=lambda row: row.enrolment.course),
            Column("title", label=pgettext_lazy("practical", "Task")),
            Column("number", label=_("Try")),
            DateColumn("handed_in_at", label=_("Handed in"), sort_key="handed_in_at"),
            Column("state", label=pgettext_lazy("learning", "State"), accessor="get_state_display"),
        ]


class SubmissionInspect(PlainInspect):
    """One try: what was handed in, what came before, and the form for the tutor."""

    template_name = "courses/admin/submission.html"

    def get_object(self, queryset=None):
        return get_object_or_404(
            Submission.objects.visible_to(self.request.user).select_related("enrolment__person", "enrolment__course"),
            pk=self.pk,
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Passed, or given back for another try. What cannot be is said beside the field; nothing typed is lost."""
        if not request.user.has_perm(MARKS):
            return permission_denied(request)
        state = request.POST.get("state", "")
        if state not in (Submission.State.PASSED, Submission.State.RETURNED):
            return redirect("practical_work:inspect", self.object.pk)
        form = MarkForm(request.POST, submission=self.object, state=state)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            self.object.mark(
                state,
                points=form.cleaned_data["points"],
                comment=form.cleaned_data["comment"],
                by=request.user,
                at=timezone.now(),
                seen=parse_datetime(request.POST.get("seen", "")),
            )
        except AlreadyMarked:
            messages.error(request, gettext("This try is closed: it was passed, or another one followed."))
        except HandedInAgain:
            messages.error(
                request,
                gettext("The learner has handed in another version meanwhile. Please read it before you mark it."),
            )
        else:
            points = form.cleaned_data["points"]
            AuditEntry.objects.record(request.user, f"submission.{state}", self.object, points=points)
            messages.success(request, gettext("Marked. The learner gets a letter."))
        return redirect("practical_work:inspect", self.object.pk)

    def get_context_data(self, **kwargs: Any):
        me = self.object
        tries = Submission.objects.of_lesson(me.enrolment, me.lesson_key, me.edition)
        may_mark = not me.passed and tries[0].pk == me.pk and self.request.user.has_perm(MARKS)
        as_it_is = {"points": me.points, "comment": me.comment}
        kwargs.setdefault("form", MarkForm(submission=me, state="", initial=as_it_is))
        return super().get_context_data(
            submission=me,
            lesson=lesson_titles([me.lesson_key]).get(me.lesson_key, ""),
            others=[one for one in tries if one.pk != me.pk],
            may_mark=may_mark,
            **kwargs,
        )


class SubmissionViewSet(ModelViewSet):
    model = Submission
    name = "practical_work"
    icon = "edit"
    menu_label = _("Practical work")
    list_per_page = 50
    index_view_class = SubmissionIndex
    inspect_view_class = SubmissionInspect
    inspect_view_enabled = True
    inspect_template_name = "courses/admin/submission.html"
    inspect_view_fields: ClassVar = [
        "enrolment",
        "title",
        "number",
        "handed_in_at",
        "state",
        "points",
        "marked_at",
        "marked_by",
    ]
    filterset_class = SubmissionFilters
    search_fields: ClassVar = ["enrolment__person__search_text"]
    search_backend_name = None
    form_fields: ClassVar = ["comment"]
    copy_view_enabled = False
    add_to_reference_index = False
