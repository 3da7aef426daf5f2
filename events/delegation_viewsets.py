"""Delegations in the back office: seats set aside for an agency, and how far its list has come."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from content import cache
from events.eligibility import Busy, Refused
from events.models import Delegation, TicketType
from events.office import Bumps, RecordViewSet, moment
from people.formfields import EmailField, NameField
from people.models import AuditEntry, person_of
from people.office import WordSearch


class TicketTypeField(forms.ModelChoiceField):
    """Kinds of ticket of several events: each is named with its event."""

    def label_from_instance(self, kind: TicketType) -> str:
        return f"{kind.event}: {kind}"


class DelegationForm(WagtailAdminModelForm):
    ticket_type = TicketTypeField(
        label=_("Ticket type"),
        queryset=TicketType.objects.select_related("event").order_by("-event__starts_at", "position", "pk"),
        help_text=_("Cannot be changed later."),
    )
    coordinator_name = NameField(label=_("Coordinator"))
    coordinator_email = EmailField(
        label=_("Coordinator's e-mail"), help_text=_("The link of the delegation's page is sent here.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ticket_type"].disabled = self.instance.pk is not None

    def clean_release_at(self):
        release_at = self.cleaned_data["release_at"]
        if "release_at" in self.changed_data and release_at <= timezone.now():
            raise forms.ValidationError(_("Please choose a moment that is still to come."))
        return release_at

    def clean(self):
        cleaned = super().clean()
        kind, release_at = cleaned.get("ticket_type"), cleaned.get("release_at")
        if kind and release_at and "release_at" in self.changed_data and release_at > kind.event.ends_at:
            self.add_error("release_at", _("The event is over by then."))
        return cleaned

    def refuse(self, error: Refused | Busy) -> None:
        busy = gettext("Many people are registering right now. Please press the button again.")
        said = busy if isinstance(error, Busy) else error.verdict.heading
        taken = isinstance(error, Refused) and error.verdict.reason == "already_registered"
        self.add_error("coordinator_email" if taken else "size", said)


PANELS = [
    MultiFieldPanel([FieldPanel("name"), FieldPanel("unit")], _("Agency or group")),
    MultiFieldPanel(
        [FieldPanel("ticket_type"), FieldRowPanel([FieldPanel("size"), FieldPanel("release_at")])], _("Seats")
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("coordinator_name"), FieldPanel("coordinator_email")]), FieldPanel("language")],
        _("Coordinator"),
    ),
]


class DelegationIndex(WordSearch, generic.IndexView):
    def get_base_queryset(self):
        return Delegation.objects.select_related("event", "ticket_type").counted(timezone.now())

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("name"),
            Column("event", label=_("Event")),
            Column("ticket_type", label=_("Ticket type")),
            Column("size", label=_("Seats"), sort_key="size"),
            Column("named", label=_("Named")),
            Column("confirmed", label=_("Confirmed")),
            Column("inside", label=_("Came")),
            moment("release_at", _("Set aside until")),
        ]


class AsksForSeats:
    """Seats are taken under the lock; where too few are free, the form says so and keeps what was typed."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except (Refused, Busy) as error:
            form.refuse(error)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class SetsAside:
    def save_instance(self) -> Delegation:
        values = dict(self.form.cleaned_data)
        kind = values.pop("ticket_type")
        by = person_of(self.request)
        delegation = Delegation.objects.set_aside(kind.event, kind, **values, at=timezone.now(), by=by)
        AuditEntry.objects.record(by, "delegation.set_aside", delegation, size=delegation.size)
        return delegation


class Resizes:
    def save_instance(self) -> Delegation:
        delegation, at = Delegation.objects.get(pk=self.object.pk), timezone.now()
        values, fields = self.form.cleaned_data, self.form.changed_data
        if {"size", "release_at"} & set(fields):
            delegation.resize(size=values["size"], release_at=values["release_at"], at=at)
        for field in ("name", "unit", "language"):
            setattr(delegation, field, values[field])
        delegation.save(update_fields=["name", "unit", "language"])
        coordinator = {field: values[field] for field in ("coordinator_name", "coordinator_email")}
        if delegation.entrust(**coordinator):
            said = gettext("The former link is dead at once. The new one is on its way to %(address)s.")
            messages.info(self.request, said % {"address": delegation.coordinator_email})
        AuditEntry.objects.record(self.request.user, "delegation.changed", delegation, fields=fields)
        return delegation


class Create(AsksForSeats, Bumps, SetsAside, generic.CreateView):
    pass


class Edit(AsksForSeats, Bumps, Resizes, generic.EditView):
    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        AuditEntry.objects.viewed(request.user, self.object)  # it names the coordinator
        return response

    def get_context_data(self, **kwargs):
        at = timezone.now()
        counted = Delegation.objects.counted(at).get(pk=self.object.pk)
        return super().get_context_data(**kwargs) | {"counted": counted, "is_holding": counted.is_holding(at)}


class DelegationViewSet(RecordViewSet):
    model = Delegation
    name = "events_delegation"
    url_prefix = "doan"
    icon = "group"
    menu_label = _("Delegations")
    list_filter = ["event"]
    search_fields = ["search_text"]
    edit_handler = ObjectList(PANELS, base_form_class=DelegationForm)
    index_view_class = DelegationIndex
    add_view_class = Create
    edit_view_class = Edit
    edit_template_name = "events/admin/delegation.html"


# ---------------------------------------------------------------- beside the form


def _one(request: HttpRequest, pk: int) -> Delegation | None:
    if not request.user.has_perm("events.change_delegation"):
        return None
    return get_object_or_404(Delegation.objects.select_related("event", "ticket_type"), pk=pk)


def _back(delegation: Delegation) -> HttpResponse:
    return redirect("events_delegation:edit", delegation.pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    if (delegation := _one(request, pk)) is None:
        return permission_denied(request)
    delegation.send_link()
    AuditEntry.objects.record(request.user, "delegation.sent_again", delegation)
    said = gettext("The link is on its way to %(address)s.")
    messages.success(request, said % {"address": delegation.coordinator_email})
    return _back(delegation)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: whoever has not answered loses the seat."""
    if (delegation := _one(request, pk)) is None:
        return permission_denied(request)
    at = timezone.now()
    if request.method == "POST" and delegation.is_holding(at):
        delegation.release(at=at)
        cache.bump()
        AuditEntry.objects.record(request.user, "delegation.released", delegation)
        messages.success(request, gettext("The seats nobody was named for are free again."))
    if request.method == "POST" or not delegation.is_holding(at):
        return _back(delegation)
    context = {
        "delegation": delegation,
        "left": delegation.seats_left(at),
        "unanswered": delegation.unanswered(at).count(),
        "page_title": gettext("Release the seats"),
    }
    return render(request, "events/admin/delegation_release.html", context)


delegation_urls = [
    path("doan/<int:pk>/gui-lai/", send, name="events_delegation_send"),
    path("doan/<int:pk>/tra-cho/", release, name="events_delegation_release"),
]
