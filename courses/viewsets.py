"""Training in the back office: courses, units, learners. Looked at and exported, never edited over a form."""

from typing import ClassVar

import django_filters
from django.contrib.admin.utils import unquote
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from courses import managing, reports
from courses.discussion_office import EnquiryViewSet
from courses.enrol_views import EnrolViewSet
from courses.marking import SubmissionViewSet
from courses.models import Enrolment
from courses.path_viewsets import PathReportViewSet
from courses.quizzing.office import QuizItemViewSet, QuizViewSet
from courses.report_views import ReportView, ReportViewSet
from courses.rules import WAIVER_REASONS
from courses.views import as_uuid
from people.manager_viewsets import UnitManagerViewSet
from people.merge_views import UniteViewSet
from people.models import EVERY_UNIT, Unit, UnitMembership, person_of
from people.office import PlainInspect, WordSearch
from people.slip_views import SlipViewSet
from people.spreadsheet import TextExport


class Report(ReportView):
    """A table of lines with a total, on the page or as a file."""

    template_name = "courses/admin/report.html"
    header_icon = "doc-full-inverse"
    with_people = False

    def lines(self) -> list[reports.Line]:
        raise NotImplementedError

    def headings(self) -> list[str]:
        return [
            *([pgettext("report", "People")] if self.with_people else []),
            pgettext("report", "Planned"),
            _("Enrolled"),
            pgettext("report", "Took part"),
            pgettext("learning", "In progress"),
            _("Completed"),
            "%",
        ]

    def cells(self, line: reports.Line) -> list[int]:
        return [
            *([line.people] if self.with_people else []),
            line.planned,
            line.enrolled,
            line.took_part,
            line.in_progress,
            line.completed,
            line.percent,
        ]

    def shown(self, line: reports.Line) -> tuple[reports.Line, list[str]]:
        *numbers, percent = self.cells(line)
        return line, [*(str(number or "–") for number in numbers), f"{percent} %" if line.enrolled else "–"]

    def table(self):
        lines = self.lines()
        rows = ([line.name, *self.cells(line)] for line in [*lines, reports.total(lines)])
        return [self.first_column, *self.headings()], rows

    def get_context_data(self, **kwargs):
        lines = self.lines()
        return super().get_context_data(
            lines=[self.shown(line) for line in lines if not (self.with_people and line.is_idle)],
            idle=[line for line in lines if self.with_people and line.is_idle],
            total=self.shown(reports.total(lines)),
            first_column=self.first_column,
            headings=self.headings(),
            **kwargs,
        )


class CourseReport(Report):
    page_title = gettext_lazy("Progress by course")
    first_column = gettext_lazy("Course")
    name = "courses"

    def lines(self):
        return reports.by_course(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(links_to_courses=True, **kwargs)


class UnitReport(Report):
    """All units where somebody is enrolled or planned; the others are only named. Managers of units see their own."""

    page_title = gettext_lazy("Progress by unit")
    first_column = pgettext_lazy("office", "Unit")
    name = "units"
    with_people = True

    @cached_property
    def found(self) -> reports.ByUnit:
        user = person_of(self.request)
        manager = None if user.has_perm(EVERY_UNIT) else user
        return reports.unit_report(as_uuid(self.request.GET.get("course")), manager=manager)

    def lines(self):
        return self.found.lines

    def get_context_data(self, **kwargs):
        course = as_uuid(self.request.GET.get("course")) if self.found.course else None
        return super().get_context_data(
            courses=self.found.courses,
            course=str(course or ""),
            course_name=self.found.course,
            links_to_learners=True,
            **kwargs,
        )


class CourseReportViewSet(ReportViewSet):
    report = CourseReport

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<uuid:key>/", managing.dashboard, name="dashboard"),
            path("<uuid:key>/chi-tieu/", managing.plan, name="plan"),
            path("<uuid:key>/danh-gia/", managing.evaluations, name="evaluations"),
        ]

    name = "course_report"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("By course")


class UnitReportViewSet(ReportViewSet):
    report = UnitReport
    name = "unit_report"
    icon = "group"
    menu_label = gettext_lazy("By unit")


STATES = {
    "not_begun": pgettext_lazy("learning", "Not begun"),
    "in_progress": pgettext_lazy("learning", "In progress"),
    "stuck": gettext_lazy("Stuck for two weeks"),
    "active": gettext_lazy("Active within 30 days"),
    "late": pgettext_lazy("learning", "Overdue"),
    "completed": gettext_lazy("Completed"),
}


class LearnerFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("learning", "State"), choices=list(STATES.items()), method="by_state"
    )
    unit = django_filters.ChoiceFilter(
        label=pgettext_lazy("office", "Unit"), choices=lambda: unit_choices(), method="by_unit"
    )
    started_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Enrolled on"), widget=DateRangePickerWidget)

    class Meta:
        model = Enrolment
        fields: ClassVar = ["course", "state", "unit", "started_at"]

    def by_state(self, queryset, name, value):
        return queryset.filter(reports.standing(value, timezone.now()))

    def by_unit(self, queryset, name, value):
        """Where people work today, as the report by unit counts; with everything below the unit."""
        today = UnitMembership.objects.on(timezone.localdate()).filter(person=OuterRef("person"))
        if value == "none":
            return queryset.exclude(Exists(today))
        return queryset.filter(Exists(today.filter(unit__in=Unit.objects.under([int(value)]))))


def unit_choices() -> list[tuple[str, str]]:
    return [*((str(unit.pk), str(unit)) for unit in Unit.objects.offices()), ("none", _("Without a unit"))]


def state_of(enrolment: Enrolment) -> str:
    """In one word, for the list and the spreadsheet."""
    if enrolment.is_complete:
        return str(STATES["completed"])
    if enrolment.last_at is None:
        return str(STATES["not_begun"])
    return str(STATES["stuck" if enrolment.last_at < timezone.now() - reports.STUCK else "in_progress"])


class LearnerIndex(WordSearch, TextExport, generic.IndexView):
    search_in = "person__search_text"
    list_export: ClassVar = [
        "person.full_name",
        "person.email",
        "person.staff_code",
        "course",
        "unit_now",
        "position_now",
        "unit_at_start",
        "state",
        "lessons_done",
        "lessons_total",
        "percent",
        "started_at",
        "last_at",
        "due_at",
        "completed_at",
        "certificate",
    ]
    export_headings: ClassVar = {
        "person.full_name": gettext_lazy("Full name"),
        "person.email": gettext_lazy("E-mail"),
        "person.staff_code": gettext_lazy("Staff code"),
        "course": gettext_lazy("Course"),
        "unit_now": pgettext_lazy("office", "Unit"),
        "position_now": gettext_lazy("Position"),
        "unit_at_start": gettext_lazy("Unit when enrolled"),
        "state": pgettext_lazy("learning", "State"),
        "lessons_done": gettext_lazy("Lessons done"),
        "lessons_total": gettext_lazy("Lessons"),
        "percent": "%",
        "started_at": gettext_lazy("Enrolled on"),
        "last_at": gettext_lazy("Last seen"),
        "due_at": gettext_lazy("Due"),
        "completed_at": gettext_lazy("Completed on"),
        "certificate": gettext_lazy("Certificate"),
    }

    def get_base_queryset(self):
        return reports.learners().visible_to(self.request.user)

    def to_row_dict(self, item):
        item.state = state_of(item)
        return super().to_row_dict(item)

    @cached_property
    def columns(self):
        return [
            TitleColumn("person", label=gettext_lazy("Learner"), get_url=self.get_inspect_url, sort_key="name_sort"),
            Column("course", label=gettext_lazy("Course"), sort_key="course"),
            Column(
                "unit", label=pgettext_lazy("office", "Unit"), accessor=lambda e: e.unit_now or "–", sort_key="unit_now"
            ),
            Column("state", label=pgettext_lazy("learning", "State"), accessor=state_of),
            Column(
                "standing",
                label=gettext_lazy("Lessons done"),
                accessor=lambda e: f"{e.lessons_done}/{e.lessons_total}",
                sort_key="done",
            ),
            DateColumn("started_at", label=gettext_lazy("Enrolled on"), sort_key="started_at"),
            DateColumn("last_at", label=gettext_lazy("Last seen"), sort_key="last_at"),
            DateColumn("completed_at", label=gettext_lazy("Completed on"), sort_key="completed_at"),
        ]


class LearnerInspect(PlainInspect):
    """What one learner did, lesson by lesson."""

    labels: ClassVar = {"certificate": gettext_lazy("Certificate")}
    template_name = "courses/admin/learner.html"

    def get_object(self, queryset=None):
        return get_object_or_404(Enrolment.objects.visible_to(self.request.user), pk=unquote(str(self.pk)))

    def get_context_data(self, **kwargs):
        enrolment = self.object
        rows = {(row.lesson_key, row.edition): row for row in enrolment.lessons.all()}
        items = enrolment.course.outline.open().in_order()
        lessons = [(item, rows.get((item.lesson_key, item.edition))) for item in items]
        return super().get_context_data(
            lessons=lessons,
            may_correct=self.request.user.has_perm("courses.correct_enrolment"),
            waiver_reasons=WAIVER_REASONS.items(),
            **kwargs,
        )


class LearnerViewSet(ModelViewSet):
    model = Enrolment
    name = "learners"
    icon = "user"
    menu_label = gettext_lazy("Learners")
    list_per_page = 50
    ordering = "name_sort"
    index_view_class = LearnerIndex
    inspect_view_class = LearnerInspect
    inspect_view_enabled = True
    inspect_template_name = "courses/admin/learner.html"
    inspect_view_fields: ClassVar = [
        "person",
        "course",
        "unit_at_start",
        "source",
        "started_at",
        "last_at",
        "completed_at",
        "certificate",
    ]
    filterset_class = LearnerFilters
    search_fields: ClassVar = ["person__search_text"]
    search_backend_name = None
    form_fields: ClassVar = ["due_at"]  # Wagtail wants some, though nothing is edited over a form
    copy_view_enabled = False
    add_to_reference_index = False


class TrainingGroup(ViewSetGroup):
    menu_label = gettext_lazy("Training")
    menu_icon = "glasses"
    menu_order = 300
    items = (
        CourseReportViewSet,
        UnitReportViewSet,
        PathReportViewSet,
        LearnerViewSet,
        EnrolViewSet,
        SubmissionViewSet,
        EnquiryViewSet,
        SlipViewSet,
        UnitManagerViewSet,
        UniteViewSet,
        QuizItemViewSet,
        QuizViewSet,
    )
