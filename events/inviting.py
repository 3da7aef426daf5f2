"""Inviting people by a list: each gets a seat that is kept, and a letter with a link on which they take it or decline.

A list of invitations is a list like any other (import_views): it is read in the background, looked over and carried
out there. Here it is handed in.
"""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateTimeInput

from events.import_views import HandInForm, understood
from events.models import Delegation, ImportRun
from people.models import person_of

MAY = "events.add_importrun"


class DelegationField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Delegation) -> str:
        return f"{obj.name} ({obj.event.name}: {obj.ticket_type.name})"


class InviteForm(HandInForm):
    """Whom to invite, as what, and until when they may answer."""

    invite_until = forms.DateTimeField(
        label=_("To be answered by"),
        widget=AdminDateTimeInput,
        help_text=_("A seat is kept for everybody until then. Whoever has not answered loses it."),
    )
    delegation = DelegationField(
        label=_("Seats of a delegation"),
        queryset=Delegation.objects.none(),
        required=False,
        help_text=_("Empty: seats that are free for everybody."),
    )

    field_order = ["ticket_type", "invite_until", "delegation", "file", "pasted"]

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, at=at, **kwargs)
        self.at = at
        del self.fields["letters"], self.fields["consent"], self.fields["answers_needed"]
        kinds = self.fields["ticket_type"]
        kinds.queryset = kinds.queryset.filter(over=False)
        holding = Delegation.objects.holding(at).select_related("event", "ticket_type")
        self.fields["delegation"].queryset = holding.order_by("event__starts_at", "name", "pk")
        self.fields["ticket_type"].help_text = _("Also kinds that nobody finds on the form. Approval is not needed.")

    def clean(self):
        cleaned = super().clean()
        kind, until, delegation = (cleaned.get(name) for name in ("ticket_type", "invite_until", "delegation"))
        if until and until <= self.at:
            self.add_error("invite_until", gettext("Please choose a moment that is still to come."))
        elif until and kind and until > kind.event.starts_at:
            self.add_error("invite_until", gettext("The event has begun by then."))
        elif until and delegation and until > delegation.release_at:
            self.add_error("invite_until", gettext("The seats of the delegation are released before."))
        if delegation and kind and delegation.ticket_type_id != kind.pk:
            self.add_error("delegation", gettext("Its seats are for another kind of ticket."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    at, posted = timezone.now(), request.method == "POST"
    form = InviteForm(request.POST if posted else None, request.FILES if posted else None, at=at)
    if posted and form.is_valid():
        kind = form.cleaned_data["ticket_type"]
        run = ImportRun.objects.begin(
            at=at,
            by=person_of(request),
            event=kind.event,
            ticket_type=kind,
            invite_until=form.cleaned_data["invite_until"],
            delegation=form.cleaned_data["delegation"],
            **form.content(),
        )
        return redirect("events_import:run", run.pk)
    context = {"form": form, "page_title": gettext("Invite people")} | understood(at)
    return render(request, "events/admin/invite.html", context, status=422 if posted else 200)


class InviteViewSet(ViewSet):
    name = "events_invite"
    url_prefix = "moi-khach"
    icon = "mail"
    menu_label = _("Invite people")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY)
        return item

    def get_urlpatterns(self):
        return [path("", invite, name="index")]
