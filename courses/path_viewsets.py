"""Learning paths in the back office: how many follow them, how many have completed them."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.completion import percent
from courses.models import Path, PathEnrolment
from courses.report_views import ReportView, ReportViewSet


class PathReport(ReportView):
    """A line for each path, of the people whom the manager sees; on the page or as a file. Two queries."""

    page_title = gettext_lazy("Progress by learning path")
    template_name = "courses/admin/path_report.html"
    header_icon = "list-ol"
    name = "paths"

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

    def table(self):
        headings = [_("Learning path"), _("Begun"), _("Completed"), "%"]
        return headings, ([str(row[0]), *row[1:]] for row in self.rows())

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=self.rows(), **kwargs)


class PathReportViewSet(ReportViewSet):
    report = PathReport
    name = "path_report"
    icon = "list-ol"
    menu_label = gettext_lazy("By learning path")
