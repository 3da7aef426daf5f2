"""Learning paths in the back office: how many follow them, how many have completed them."""

from django.db.models import Count
from django.urls import path as route
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from courses.completion import percent
from courses.export import workbook
from courses.models import Path, PathEnrolment

SEES = "courses.view_enrolment"


class PathReport(WagtailAdminTemplateMixin, TemplateView):
    """A line for each path, of the people whom the manager sees; on the page or as a file. Two queries."""

    page_title = gettext_lazy("Progress by learning path")
    template_name = "courses/admin/path_report.html"
    header_icon = "list-ol"

    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs) if request.user.has_perm(SEES) else permission_denied(request)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def rows(self) -> list[tuple]:
        """(path, who began it, who completed it, percent)."""
        seen = PathEnrolment.objects.visible_to(self.request.user).order_by().values("path")
        numbers = seen.annotate(begun=Count("pk"), completed=Count("completed_at"))
        counted = {
            key: (begun, completed) for key, begun, completed in numbers.values_list("path", "begun", "completed")
        }
        found = []
        for path in Path.objects.all():
            begun, completed = counted.get(path.pk, (0, 0))
            found.append((path, begun, completed, percent(completed, begun)))
        return found

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "xlsx":
            headings = [_("Learning path"), _("Begun"), _("Completed"), "%"]
            return workbook(request.user, "paths", headings, ([str(row[0]), *row[1:]] for row in self.rows()))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=self.rows(), **kwargs)


class PathReportViewSet(ViewSet):
    name = "path_report"
    icon = "list-ol"
    menu_label = gettext_lazy("By learning path")

    def get_urlpatterns(self):
        return [route("", PathReport.as_view(), name="index")]

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(SEES)
        return item
