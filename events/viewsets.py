"""The forum in the back office."""

from __future__ import annotations

import django_filters
from django.contrib import messages
from django.db.models import OuterRef, ProtectedError, QuerySet, Subquery
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables import StatusTagColumn as TagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from content import cache
from content.templatetags.kit import vn_datetime
from events.forms import CorrectionForm
from events.models import Event, Quota, Registration, Room, Scan, Session, Speaker, State, TicketType, Track
from events.models.registration import AlreadyInside, CannotCorrect
from letters.models import Letter
from people.models import AuditEntry, person_of
from people.office import PlainInspect
from people.spreadsheet import TextExport


def both(name: str) -> FieldRowPanel:
    """One text in both languages, side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_vi"), FieldPanel(f"{name}_en")])


def moment(field: str, label) -> Column:
    """Date and time as the clock says them; "two weeks ago" helps nobody who plans a day."""
    return Column(field, label=label, accessor=lambda row: vn_datetime(getattr(row, field)), sort_key=field)


class Bumps:
    """Pages show what is edited here, so kept pages are forgotten."""

    def save_instance(self):
        instance = super().save_instance()
        cache.bump()
        return instance


class CreateView(Bumps, generic.CreateView):
    pass


class EditView(Bumps, generic.EditView):
    pass


class DeleteView(generic.DeleteView):
    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, gettext("Others rest on this record, so it cannot be deleted."))
            return redirect(self.index_url_name)

    def delete_action(self):
        super().delete_action()
        cache.bump()


class RecordViewSet(ModelViewSet):
    """What all screens of the forum's records have."""

    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50


class EventViewSet(RecordViewSet):
    model = Event
    name = "events_event"
    url_prefix = "su-kien"
    icon = "calendar-alt"
    menu_label = _("Events")

    def get_menu_item(self, order=None):
        """Editors may choose an event for a page; its own screen is the organisers'."""
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm("events.change_event")
        return item

    search_fields = ["name_vi", "name_en", "slug"]
    panels = [
        MultiFieldPanel(
            [both("name"), FieldRowPanel([FieldPanel("slug"), FieldPanel("edition")]), both("theme")],
            _("The event itself"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("doors_at"),
                both("venue"),
                both("address"),
            ],
            _("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("published_at"),
                FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
                FieldPanel("registration_paused_at"),
            ],
            _("Registration"),
        ),
        MultiFieldPanel([both("organiser"), both("partner"), FieldPanel("contact_email")], _("Organisers")),
        MultiFieldPanel(
            [
                both("certificate_title"),
                FieldPanel("hours"),
                FieldPanel("signatory_name"),
                both("signatory_title"),
            ],
            _("Certificate of attendance"),
        ),
        MultiFieldPanel([FieldPanel("sample"), both("sample_note")], _("Sample data")),
    ]

    class Index(generic.IndexView):
        @cached_property
        def columns(self):
            return [
                self._get_title_column("name_vi"),
                moment("starts_at", _("Starts")),
                moment("published_at", _("Published from")),
                moment("registration_opens_at", _("Registration opens")),
                moment("registration_closes_at", _("Registration closes")),
            ]

    index_view_class = Index


class TicketTypeViewSet(RecordViewSet):
    model = TicketType
    name = "events_tickettype"
    url_prefix = "loai-ve"
    icon = "tag"
    menu_label = _("Ticket types")
    list_display = ["name_vi", "event", "position", "price"]
    list_filter = ["event"]
    panels = [
        FieldPanel("event"),
        both("name"),
        both("audience"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("price")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    ]

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return TicketType.objects.select_related("event")

    index_view_class = Index


class QuotaForm(WagtailAdminModelForm):
    def clean(self):
        cleaned = super().clean()
        event = cleaned.get("event")
        if event and any(kind.event_id != event.pk for kind in cleaned.get("ticket_types") or []):
            self.add_error("ticket_types", gettext("Please choose ticket types of this event only."))
        return cleaned


class SettlesQuota:
    """A quota may be set below what is given out: nobody loses a seat, and the books remember it."""

    def save_instance(self):
        quota = super().save_instance()
        quota.settle(timezone.now())
        return quota


class QuotaViewSet(RecordViewSet):
    model = Quota
    name = "events_quota"
    url_prefix = "so-cho"
    icon = "group"
    menu_label = _("Quotas")
    list_filter = ["event"]
    edit_handler = ObjectList(
        [
            FieldPanel("event"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("size")]),
            FieldPanel("ticket_types", widget=CheckboxSelectMultiple),
        ],
        base_form_class=QuotaForm,
    )

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Quota.objects.select_related("event").with_taken(timezone.now())

        @cached_property
        def columns(self):
            return [
                self._get_title_column("name"),
                Column("event", label=_("event")),
                Column("size", label=_("seats"), accessor=lambda quota: "∞" if quota.size is None else quota.size),
                Column("taken", label=_("taken")),
                Column(
                    "left",
                    label=pgettext_lazy("seats", "left"),
                    accessor=lambda quota: "∞" if quota.left is None else quota.left,
                ),
            ]

    class Create(SettlesQuota, CreateView):
        pass

    class Edit(SettlesQuota, EditView):
        pass

    index_view_class = Index
    add_view_class = Create
    edit_view_class = Edit


# ---------------------------------------------------------------- registrations


class RegistrationFilters(WagtailFilterSet):
    inside = django_filters.ChoiceFilter(
        label=_("Let in"), choices=[("1", _("inside")), ("0", _("not inside"))], method="came_in", empty_label=_("All")
    )

    class Meta:
        model = Registration
        fields = ["event", "ticket_type", "state"]

    def came_in(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        inside = Scan.objects.standing().values("registration_id")
        return queryset.filter(pk__in=inside) if value == "1" else queryset.exclude(pk__in=inside)


class RegistrationIndex(TextExport, generic.IndexView):
    list_export = [
        "full_name",
        "organisation",
        "position",
        "email",
        "phone",
        "ticket_type",
        "state_name",
        "code",
        "created_at",
        "entry_at",
        "event",
    ]
    export_headings = {"state_name": _("State"), "entry_at": _("Came in"), "code": _("Ticket code")}
    export_filename = "dang-ky"

    def get_base_queryset(self) -> QuerySet:
        entry = Scan.objects.standing().filter(registration=OuterRef("pk")).values("at")[:1]
        return (
            Registration.objects.visible_to(self.request.user)
            .select_related("event", "ticket_type")
            .annotate(entry_at=Subquery(entry))
        )

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return queryset.matching(self.search_query) if self.search_query else queryset

    def to_row_dict(self, item: Registration) -> dict:
        item.state_name = item.get_state_display()
        return super().to_row_dict(item)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("full_name", label=_("Full name"), get_url=self.get_inspect_url, sort_key="name_sort"),
            Column("organisation", label=_("Agency or organisation"), sort_key="organisation"),
            Column("email", label=_("E-mail")),
            Column("ticket_type", label=_("Ticket type"), sort_key="ticket_type"),
            TagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                sort_key="state",
                primary=lambda r: r.state == State.CONFIRMED,
            ),
            moment("entry_at", _("Came in")),
            moment("created_at", _("Registered")),
        ]


class RegistrationInspect(PlainInspect):
    def get_object(self, queryset=None):
        return get_object_or_404(
            Registration.objects.visible_to(person_of(self.request)).select_related(
                "event", "ticket_type", "unit", "certificate"
            ),
            pk=self.pk,
        )

    def get_context_data(self, **kwargs):
        registration: Registration = self.object
        at = timezone.now()
        entry = registration.entry()
        may = self.request.user.has_perm("events.change_registration")
        return super().get_context_data(**kwargs) | {
            "registration": registration,
            "entry": entry,
            "scans": registration.scans.select_related("by", "undone_by"),
            "changes": registration.changes.select_related("by"),
            "letters": Letter.objects.about(registration).order_by("created_at"),
            "may_cancel": may and registration.can_be_cancelled(at) and entry is None,
            "may_correct": may and registration.can_be_corrected(at),
            "may_resend": may and registration.is_confirmed,
        }


class RegistrationViewSet(ModelViewSet):
    """Looked at here; changed only through the registration's own verbs, below."""

    model = Registration
    name = "events_registration"
    url_prefix = "dang-ky-du"
    icon = "clipboard-list"
    menu_label = _("Registrations")
    form_fields = ["full_name"]
    list_per_page = 50
    index_view_class = RegistrationIndex
    inspect_view_class = RegistrationInspect
    inspect_view_enabled = True
    inspect_template_name = "events/admin/registration.html"
    inspect_view_fields = [
        "event",
        "ticket_type",
        "state",
        "full_name",
        "organisation",
        "position",
        "email",
        "phone",
        "unit",
        "language",
        "code",
        "created_at",
        "cancelled_at",
    ]
    filterset_class = RegistrationFilters
    search_fields = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


def _one(request: HttpRequest, pk: int) -> Registration | None:
    if not request.user.has_perm("events.change_registration"):
        return None
    return get_object_or_404(
        Registration.objects.visible_to(person_of(request)).select_related("event", "ticket_type"), pk=pk
    )


def _back(registration: Registration) -> HttpResponse:
    return redirect("events_registration:inspect", registration.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    if request.method == "POST":
        try:
            if registration.cancel(
                by=person_of(request), at=timezone.now(), reason=request.POST.get("reason", "").strip()[:250]
            ):
                AuditEntry.objects.record(request.user, "registration.cancelled", registration)
                messages.success(request, gettext("Cancelled. The seat is free again, and a letter is on its way."))
        except AlreadyInside:
            messages.error(request, gettext("This person is inside. Take back the entry at the gate first."))
        return _back(registration)
    return render(
        request,
        "events/admin/registration_cancel.html",
        {"registration": registration, "page_title": gettext("Cancel registration")},
    )


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    if registration.is_confirmed:
        registration.send_link()
        AuditEntry.objects.record(request.user, "registration.sent_again", registration)
        messages.success(request, gettext("The ticket is on its way to %(address)s.") % {"address": registration.email})
    return _back(registration)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    form = CorrectionForm.of(registration, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = registration.correct(by=person_of(request), at=timezone.now(), **form.cleaned_data)
        except CannotCorrect:
            messages.error(request, gettext("This registration can no longer be corrected."))
        else:
            if changed:
                AuditEntry.objects.record(request.user, "registration.corrected", registration, fields=changed)
                messages.success(request, gettext("The information was corrected."))
        return _back(registration)
    return render(
        request,
        "events/admin/registration_correct.html",
        {"registration": registration, "form": form, "page_title": gettext("Correct registration")},
    )


registration_urls = [
    path("dang-ky-du/<int:pk>/huy/", cancel, name="events_registration_cancel"),
    path("dang-ky-du/<int:pk>/gui-lai/", send, name="events_registration_send"),
    path("dang-ky-du/<int:pk>/sua-doi/", correct, name="events_registration_correct"),
]


# ---------------------------------------------------------------- agenda


class SessionViewSet(RecordViewSet):
    model = Session
    name = "events_session"
    url_prefix = "phien"
    icon = "date"
    menu_label = pgettext_lazy("agenda", "Sessions")
    search_fields = ["search_text"]
    list_filter = ["event", "room", "track"]
    panels = [
        FieldRowPanel([FieldPanel("event"), FieldPanel("kind"), FieldPanel("slug")]),
        both("title"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("room"), FieldPanel("track")]),
        InlinePanel("speaking", heading=_("Speakers"), label=_("Speaker")),
        both("description"),
        FieldRowPanel([FieldPanel("highlight"), FieldPanel("sample")]),
    ]

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Session.objects.select_related("event", "room", "track").order_by(
                "-event__starts_at", "starts_at", "pk"
            )

        def search_queryset(self, queryset):
            return queryset.matching(self.search_query) if self.search_query else queryset

        @cached_property
        def columns(self):
            return [
                self._get_title_column("title_vi"),
                moment("starts_at", _("Starts")),
                Column("room", label=_("Room"), sort_key="room"),
                Column("track", label=_("Track"), sort_key="track"),
                Column("event", label=_("Event")),
            ]

    index_view_class = Index


class SpeakerViewSet(RecordViewSet):
    model = Speaker
    name = "events_speaker"
    url_prefix = "dien-gia"
    icon = "user"
    menu_label = _("Speakers")
    search_fields = ["search_text"]
    list_filter = ["event"]
    panels = [
        FieldPanel("event"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        both("title"),
        both("organisation"),
        both("bio"),
        FieldPanel("photo"),
        FieldPanel("sample"),
    ]

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Speaker.objects.select_related("event").order_by("name_sort", "pk")

        def search_queryset(self, queryset):
            return queryset.matching(self.search_query) if self.search_query else queryset

    index_view_class = Index
    list_display = ["name", "title_vi", "event"]


class RoomViewSet(RecordViewSet):
    model = Room
    name = "events_room"
    url_prefix = "phong"
    icon = "home"
    menu_label = _("Rooms")
    list_display = ["name_vi", "seats", "position", "event"]
    list_filter = ["event"]
    panels = [
        FieldPanel("event"),
        both("name"),
        both("where"),
        FieldRowPanel([FieldPanel("seats"), FieldPanel("position")]),
        FieldPanel("sample"),
    ]

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Room.objects.select_related("event")

    index_view_class = Index


class TrackViewSet(RecordViewSet):
    model = Track
    name = "events_track"
    url_prefix = "chu-de"
    icon = "list-ul"
    menu_label = _("Tracks")
    list_display = ["name_vi", "colour", "position", "event"]
    list_filter = ["event"]
    panels = [FieldPanel("event"), both("name"), FieldRowPanel([FieldPanel("colour"), FieldPanel("position")])]

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Track.objects.select_related("event")

    index_view_class = Index


class ForumGroup(ModelViewSetGroup):
    menu_label = _("Forum")
    menu_icon = "calendar-alt"
    menu_order = 200
    items = (
        RegistrationViewSet,
        EventViewSet,
        TicketTypeViewSet,
        QuotaViewSet,
        SessionViewSet,
        SpeakerViewSet,
        RoomViewSet,
        TrackViewSet,
    )
