"""The outbox in the back office: looked at, never edited."""

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from letters import kinds
from letters.models import Letter
from letters.render import render
from people.models import AuditEntry
from people.office import PlainInspect, WordSearch, looked_through


class LetterFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=pgettext_lazy("letter", "Kind"), choices=lambda: kinds.choices())
    created_at = django_filters.DateFromToRangeFilter(
        label=pgettext_lazy("letter", "Written"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Letter
        fields = ["kind", "state", "created_at"]


class LetterIndex(WordSearch, generic.IndexView):
    def get(self, request, *args, **kwargs):
        looked_through(request, Letter)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        return Letter.objects.defer("text", "html", "data")

    @cached_property
    def columns(self):
        return [
            TitleColumn("to", label=pgettext_lazy("letter", "To"), get_url=self.get_inspect_url, sort_key="to"),
            Column("kind_name", label=pgettext_lazy("letter", "Kind"), sort_key="kind"),
            Column("get_state_display", label=pgettext_lazy("letter", "State"), sort_key="state"),
            Column("attempts", label=pgettext_lazy("letter", "Tries"), sort_key="attempts"),
            DateColumn("created_at", label=pgettext_lazy("letter", "Written"), sort_key="created_at"),
            DateColumn("sent_at", label=pgettext_lazy("letter", "Sent"), sort_key="sent_at"),
        ]


class LetterInspect(PlainInspect):
    labels = {"kind_name": pgettext_lazy("letter", "Kind")}
    template_name = "letters/admin/inspect.html"

    def get_context_data(self, **kwargs):
        letter = self.object
        context = super().get_context_data(**kwargs)
        context["letter"] = letter
        context["rendered"] = None if letter.is_secret else render(letter)
        if letter.can_be_sent_again and self.request.user.has_perm("letters.resend_letter"):
            context["resend_url"] = reverse("letters_resend", args=[letter.pk])
        return context


class LetterViewSet(ModelViewSet):
    model = Letter
    name = "letters"
    icon = "mail"
    menu_label = gettext_lazy("Letters")
    menu_order = 500
    add_to_admin_menu = True
    list_per_page = 50
    ordering = "-created_at"
    exclude_form_fields = ["data"]
    index_view_class = LetterIndex
    inspect_view_class = LetterInspect
    inspect_view_enabled = True
    inspect_template_name = "letters/admin/inspect.html"
    inspect_view_fields = [
        "to",
        "kind_name",
        "language",
        "state",
        "attempts",
        "created_at",
        "next_try_at",
        "sent_at",
        "error",
    ]
    filterset_class = LetterFilters
    search_fields = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter once more, from what is true now."""
    if not request.user.has_perm("letters.resend_letter"):
        return permission_denied(request)
    letter = get_object_or_404(Letter, pk=pk)
    try:
        letter.send_again(timezone.now())
    except ValueError as refusal:
        messages.error(request, str(refusal))
    else:
        AuditEntry.objects.record(request.user, "letter.resent", letter, kind=letter.kind)
        messages.success(request, _("The letter is on its way again."))
    return redirect("letters:inspect", pk)


urlpatterns = [path("letters/resend/<int:pk>/", resend, name="letters_resend")]
