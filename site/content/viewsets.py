"""Messages from visitors in the back office: read, answered by mail, marked as dealt with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from content.models import Feedback
from people.office import PlainInspect


class FeedbackFilters(WagtailFilterSet):
    class Meta:
        model = Feedback
        fields = ["language"]


class FeedbackIndex(generic.IndexView):
    @cached_property
    def columns(self):
        return [
            TitleColumn("name", label=gettext_lazy("Full name"), get_url=self.get_inspect_url, sort_key="name"),
            Column("beginning", label=gettext_lazy("Message")),
            DateColumn("created_at", label=gettext_lazy("Received"), sort_key="created_at"),
            DateColumn("handled_at", label=gettext_lazy("Dealt with"), sort_key="handled_at"),
        ]


class FeedbackInspect(PlainInspect):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.object.handled_at is None and self.request.user.has_perm("content.change_feedback"):
            context["settle_url"] = reverse("feedback_settle", args=[self.object.pk])
        return context


class FeedbackViewSet(ModelViewSet):
    model = Feedback
    name = "feedback"
    icon = "comment"
    menu_label = gettext_lazy("Feedback")
    menu_order = 510
    add_to_admin_menu = True
    ordering = "-created_at"
    list_per_page = 50
    form_fields = ["handled_at"]
    index_view_class = FeedbackIndex
    inspect_view_class = FeedbackInspect
    inspect_view_enabled = True
    inspect_template_name = "content/admin/feedback.html"
    inspect_view_fields = ["name", "email", "message", "page", "language", "created_at", "handled_at"]
    filterset_class = FeedbackFilters
    search_fields = ["name", "email", "message"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as dealt with."""
    if not request.user.has_perm("content.change_feedback"):
        return permission_denied(request)
    get_object_or_404(Feedback, pk=pk).settle(timezone.now())
    messages.success(request, _("Marked as dealt with."))
    return redirect("feedback:index")


urlpatterns = [path("feedback/<int:pk>/settle/", settle, name="feedback_settle")]
