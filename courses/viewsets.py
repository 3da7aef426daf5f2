"""Training in the back office: courses, units, learners. Looked at and exported, never edited over a form."""

from typing import ClassVar

import django_filters
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from courses import reports
from courses.export import workbook
from courses.models import Course, Enrolment
from courses.rules import WAIVER_REASONS
from people.models import Unit
from people.office import PlainInspect
from people.spreadsheet import TextExport

SEES = "courses.view_enrolment"


class Report(WagtailAdminTemplateMixin, TemplateView):
    """A table of lines with a total, on the page or as a file."""

    template_name = "courses/admin/report.html"
    header_icon = "doc-full-inverse"
    name = "report"
    with_people = False

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SEES):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def lines(self) -> list[reports.Line]:
        raise NotImplementedError

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "xlsx":
            headings = [
                self.first_column,
                *([pgettext("report", "People")] if self.with_people else []),
                _("Enrolled"),
                pgettext("learning", "In progress"),
                _("Completed"),
                "%",
            ]
            lines = self.lines()
            rows = (
                [
                    line.name,
                    *([line.people] if self.with_people else []),
                    line.enrolled,
                    line.in_progress,
                    line.completed,
                    line.percent,
                ]
                for line in [*lines, reports.total(lines)]
            )
            return workbook(request.user, self.name, headings, rows)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        lines = self.lines()
        return super().get_context_data(
            lines=lines,
            total=reports.total(lines),
            first_column=self.first_column,
            with_people=self.with_people,
            **kwargs,
        )


class CourseReport(Report):
    page_title = gettext_lazy("Progress by course")
    first_column = gettext_lazy("Course")
    name = "courses"

    def lines(self):
        return reports.by_course()

    def get_context_data(self, **kwargs):
        return super().get_context_data(links_to_units=True, **kwargs)


class UnitReport(Report):
    page_title = gettext_lazy("Progress by unit")
    first_column = pgettext_lazy("office", "Unit")
    name = "units"
    with_people = True

    @cached_property
    def courses(self) -> list[Course]:
        return list(Course.objects.order_by("code", "title_vi"))

    @cached_property
    def course(self) -> Course | None:
        return next((course for course in self.courses if str(course.pk) == self.request.GET.get("course")), None)

    def lines(self):
        return reports.by_unit(self.course)

    def get_context_data(self, **kwargs):
        return super().get_context_data(courses=self.courses, course=self.course, links_to_learners=True, **kwargs)


class ReportViewSet(ViewSet):
    """A menu item and an address for a report."""

    report: type[Report]

    def get_urlpatterns(self):
        return [path("", self.report.as_view(), name="index")]

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(SEES)
        return item


class CourseReportViewSet(ReportViewSet):
    report = CourseReport
    name = "course_report"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("By course")


class UnitReportViewSet(ReportViewSet):
    report = UnitReport
    name = "unit_report"
    icon = "group"
    menu_label = gettext_lazy("By unit")


class LearnerFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=pgettext_lazy("learning", "State"),
        choices=[("completed", gettext_lazy("Completed")), ("in_progress", pgettext_lazy("learning", "In progress"))],
        method="by_state",
    )
    unit = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Unit when enrolled"), field_name="unit_at_start", queryset=Unit.objects.offices()
    )
    started_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Enrolled on"), widget=DateRangePickerWidget)

    class Meta:
        model = Enrolment
        fields: ClassVar = ["course", "state", "unit", "started_at"]

    def by_state(self, queryset, name, value):
        return queryset.completed() if value == "completed" else queryset.in_progress()


class LearnerIndex(TextExport, generic.IndexView):
    list_export: ClassVar = [
        "person.full_name",
        "person.email",
        "unit_at_start",
        "course",
        "started_at",
        "lessons_done",
        "lessons_total",
        "percent",
        "completed_at",
        "certificate",
    ]
    export_headings: ClassVar = {
        "person.full_name": gettext_lazy("Full name"),
        "person.email": gettext_lazy("E-mail"),
        "unit_at_start": gettext_lazy("Unit when enrolled"),
        "course": gettext_lazy("Course"),
        "started_at": gettext_lazy("Enrolled on"),
        "lessons_done": gettext_lazy("Lessons done"),
        "lessons_total": gettext_lazy("Lessons"),
        "percent": "%",
        "completed_at": gettext_lazy("Completed on"),
        "certificate": gettext_lazy("Certificate"),
    }

    def get_base_queryset(self):
        return reports.learners().visible_to(self.request.user)

    def search_queryset(self, queryset):
        from people.text import search_text

        for word in search_text(self.search_query or "").split():
            queryset = queryset.filter(person__search_text__contains=word)
        return queryset

    @cached_property
    def columns(self):
        return [
            TitleColumn("person", label=gettext_lazy("Learner"), get_url=self.get_inspect_url, sort_key="name_sort"),
            Column("course", label=gettext_lazy("Course"), sort_key="course"),
            Column("unit_at_start", label=gettext_lazy("Unit when enrolled")),
            Column(
                "standing",
                label=gettext_lazy("Lessons done"),
                accessor=lambda e: f"{e.lessons_done}/{e.lessons_total}",
                sort_key="done",
            ),
            DateColumn("started_at", label=gettext_lazy("Enrolled on"), sort_key="started_at"),
            DateColumn("completed_at", label=gettext_lazy("Completed on"), sort_key="completed_at"),
        ]


class LearnerInspect(PlainInspect):
    """What one learner did, lesson by lesson."""

    labels: ClassVar = {"certificate": gettext_lazy("Certificate")}
    template_name = "courses/admin/learner.html"

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
    form_fields: ClassVar = ["due_at"]
    copy_view_enabled = False
    add_to_reference_index = False


class TrainingGroup(ViewSetGroup):
    menu_label = gettext_lazy("Training")
    menu_icon = "openquote"
    menu_order = 300
    items = (CourseReportViewSet, UnitReportViewSet, LearnerViewSet)
