"""The back-office screens about how long registrations are kept: what goes when, and each event's own days."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_denied

from content import cache
from events import retention
from events.models import Event, EventStatistics, State
from people.models import AuditEntry

MAY = "events.change_event"
LONGEST = 3650


class RetentionForm(forms.Form):
    """Days after the end, for everything and for what goes earlier.

    What was promised on the form may become shorter, never longer, once somebody has registered on its word.
    """

    everything = forms.IntegerField(
        label=_("Everything that says who somebody was"),
        min_value=1,
        max_value=LONGEST,
        required=False,
        help_text=_("Days after the end. Empty: kept until somebody acts."),
    )

    def __init__(self, *args, event: Event, **kwargs):
        initial = {retention.EVERYTHING: event.retention_days} | event.retention_of_fields
        super().__init__(*args, initial=initial, **kwargs)
        self.event = event
        for key, one in retention.FIELDS.items():
            self.fields[key] = forms.IntegerField(
                label=one.label,
                min_value=0,
                max_value=LONGEST,
                required=False,
                help_text=_("Days after the end. Empty: together with everything else."),
            )
        self.promised = event.registrations.exists()

    def clean(self):
        cleaned = super().clean()
        if not self.promised or self.errors:
            return cleaned
        for key in self.fields:
            was, now = self._goes_after(key, self.initial), self._goes_after(key, cleaned)
            if was is not None and (now is None or now > was):
                self.add_error(
                    key,
                    gettext("People registered on the promise of %(days)s days. It can be shortened, not extended.")
                    % {"days": was},
                )
        return cleaned

    @staticmethod
    def _goes_after(key: str, days: dict) -> int | None:
        """After how many days this is really gone: with everything else at the latest."""
        return min((days[name] for name in {key, "everything"} if days.get(name) is not None), default=None)

    def save(self, by) -> None:
        days = self.cleaned_data
        self.event.retention_days = days[retention.EVERYTHING]
        self.event.retention_of_fields = {key: days[key] for key in retention.FIELDS if days[key] is not None}
        self.event.save(update_fields=["retention_days", "retention_of_fields"])
        changed = {key: [self.initial.get(key), days[key]] for key in self.changed_data}
        AuditEntry.objects.record(by, "retention.changed", self.event, **changed)
        cache.bump()


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What goes when, and how many rows still hold it: the same as `manage.py retention --dry-run`."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    return render(
        request,
        "events/admin/retention.html",
        {"plans": retention.plans(), "now": timezone.now(), "page_title": gettext("How long registrations are kept")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_event(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    event = get_object_or_404(Event, pk=pk)
    form = RetentionForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and form.is_valid():
        form.save(request.user)
        messages.success(request, gettext("Saved. The registration form says so from now on."))
        return redirect("events_retention")
    statistics = EventStatistics.objects.filter(event=event).first()
    return render(
        request,
        "events/admin/retention_event.html",
        {
            "event": event,
            "form": form,
            "statistics": statistics,
            "numbers": [
                (kind, State(state).label, came_in, number)
                for (kind, state, came_in), number in statistics.by("ticket_type", "state", "came_in")
            ]
            if statistics
            else [],
            "units": [(unit, number) for (unit,), number in statistics.by("unit")] if statistics else [],
            "page_title": gettext("How long registrations are kept"),
        },
        status=422 if form.is_bound else 200,
    )


urlpatterns = [
    path("thoi-han-luu/", index, name="events_retention"),
    path("thoi-han-luu/<int:pk>/", one_event, name="events_retention_event"),
]
