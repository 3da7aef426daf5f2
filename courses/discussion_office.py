"""Questions of learners in the back office: read, answered, shown or hidden, the useful answers pinned."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from courses.marking import lesson_titles
from courses.models import Complaint, Course, Enquiry, Reply
from courses.models.discussion import MODERATES, Said
from people.formfields import TextField
from people.models import AuditEntry
from people.office import PlainInspect, WordSearch

WAITS = [("question", _("A question")), ("answer", _("A learner's answer")), ("report", _("A report"))]


def waiting_replies():
    return Reply.objects.filter(enquiry=OuterRef("pk"), state=Said.State.WAITING)


def open_reports():
    about = Q(enquiry=OuterRef("pk")) | Q(reply__enquiry=OuterRef("pk"))
    return Complaint.objects.filter(about, settled_at=None)


class EnquiryFilters(WagtailFilterSet):
    waiting = django_filters.ChoiceFilter(label=_("What waits"), choices=WAITS, method="by_waiting")
    state = django_filters.ChoiceFilter(label=pgettext_lazy("learning", "State"), choices=Said.State.choices)
    course = django_filters.ModelChoiceFilter(label=_("Course"), queryset=Course.objects.order_by("code", "title_vi"))

    class Meta:
        model = Enquiry
        fields: ClassVar = ["waiting", "state", "course"]

    def by_waiting(self, queryset, name, value):
        return {
            "question": queryset.unanswered(),
            "answer": queryset.filter(Exists(waiting_replies())),
            "report": queryset.filter(Exists(open_reports())),
        }[value]


class EnquiryIndex(WordSearch, generic.IndexView):
    """What waits longest stands first."""

    search_in = "asker__search_text"

    def get_base_queryset(self):
        found = Enquiry.objects.visible_to(self.request.user).select_related("asker", "course")
        return found.annotate(reported=Exists(open_reports()), to_read=Exists(waiting_replies()))

    def order_queryset(self, queryset):
        if self.request.GET.get("ordering"):
            return super().order_queryset(queryset)
        return queryset.order_by("-state", "at", "pk")  # waiting, shown, private, hidden

    @cached_property
    def columns(self):
        return [
            TitleColumn("text", label=_("Question"), accessor=str, get_url=self.get_inspect_url),
            Column("course", label=_("Course")),
            Column("asker", label=_("Learner")),
            DateColumn("at", label=_("Written"), sort_key="at"),
            Column("state", label=pgettext_lazy("learning", "State"), accessor="get_state_display"),
            Column("waits", label=_("What waits"), accessor=what_waits),
        ]


def what_waits(row: Enquiry) -> str:
    waits = [gettext("A report")] if row.reported else []
    if row.to_read:
        waits.append(gettext("A learner's answer"))
    return ", ".join(waits)


class AnswerForm(forms.Form):
    text = TextField(label=_("Answer"), lines=True, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class EnquiryInspect(PlainInspect):
    """One question with all that was said to it, and what a tutor may do about each."""

    template_name = "courses/admin/enquiry.html"

    def get_object(self, queryset=None):
        return get_object_or_404(
            Enquiry.objects.visible_to(self.request.user).select_related("asker", "course", "decided_by"), pk=self.pk
        )

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(MODERATES):
            return permission_denied(request)
        act, at, me = request.POST.get("act", ""), timezone.now(), self.object
        if act in ("answer", "answer_privately"):
            form = AnswerForm(request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form), status=422)
            me.answer(form.cleaned_data["text"], request.user, at, share=act == "answer")
            messages.success(request, gettext("Answered. The learner gets a letter."))
        elif not self.decide(act, at):
            return redirect("enquiries:inspect", me.pk)
        AuditEntry.objects.record(request.user, f"enquiry.{act}", me)
        return redirect("enquiries:inspect", me.pk)

    def decide(self, act: str, at) -> bool:
        """Show, hide or pin: the question itself, or one of its answers."""
        me: Any = self.object
        if key := self.request.POST.get("reply"):
            me = get_object_or_404(Reply, enquiry=me, pk=key)
        if act in ("pin", "unpin") and isinstance(me, Reply):
            me.pin(act == "pin", at)
        elif act == "show":
            me.decide(Said.State.SHOWN, self.request.user, at)
        elif act == "hide":
            me.decide(Said.State.HIDDEN, self.request.user, at)
        else:
            return False
        return True

    def get_context_data(self, **kwargs: Any):
        me = self.object
        kwargs.setdefault("form", AnswerForm())
        return super().get_context_data(
            enquiry=me,
            lesson=lesson_titles([me.lesson_key]).get(me.lesson_key, ""),
            replies=me.replies.select_related("author").prefetch_related("complaints__by"),
            complaints=me.complaints.select_related("by"),
            may_answer=self.request.user.has_perm(MODERATES),
            **kwargs,
        )


class EnquiryViewSet(ModelViewSet):
    model = Enquiry
    name = "enquiries"
    icon = "help"
    menu_label = _("Questions of learners")
    list_per_page = 50
    index_view_class = EnquiryIndex
    inspect_view_class = EnquiryInspect
    inspect_view_enabled = True
    inspect_template_name = "courses/admin/enquiry.html"
    inspect_view_fields: ClassVar = ["asker", "at", "state", "answered_at", "decided_by", "decided_at"]
    filterset_class = EnquiryFilters
    search_fields: ClassVar = ["asker__search_text"]
    search_backend_name = None
    form_fields: ClassVar = ["state"]
    copy_view_enabled = False
    add_to_reference_index = False
