"""What every report of the training desk is: a table on a page, and the same table as a file."""

from collections.abc import Iterable

from django.urls import path
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from courses.export import workbook

SEES = "courses.view_enrolment"


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """For whoever sees enrolments; what of them, the rows decide."""

    name = "report"  # of the file, and in the audit trail

    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs) if request.user.has_perm(SEES) else permission_denied(request)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def table(self) -> tuple[list, Iterable[list]]:
        """Headings and rows of the file."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "xlsx":
            return workbook(request.user, self.name, *self.table())
        return super().get(request, *args, **kwargs)


class ReportViewSet(ViewSet):
    """A menu item and an address for a report."""

    report: type[ReportView]

    def get_urlpatterns(self):
        return [path("", self.report.as_view(), name="index")]

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(SEES)
        return item
