"""Registrations in the back office: the list with its filters, and everything about one person."""

from __future__ import annotations

from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.ui.tables import StatusTagColumn as TagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from events.models import (
    BulkRun,
    Delegation,
    Event,
    Registration,
    SavedFilter,
    Scan,
    Source,
    State,
    TicketType,
)
from events.models.registration import RegistrationQuerySet
from events.office import moment
from events.question_viewsets import AnswerColumns
from letters.models import Letter
from people.models import Unit, person_of
from people.office import PlainInspect, WordSearch
from people.spreadsheet import TextExport


class WithEvent(django_filters.ModelChoiceFilter):
    """Kinds of ticket and delegations of several events: each is named with its event, those of one event are not."""

    class Field(django_filters.fields.ModelChoiceField):
        def label_from_instance(self, obj: TicketType | Delegation) -> str:
            return f"{obj.event}: {obj}" if self.names_event else str(obj)

    field_class = Field

    def get_queryset(self, request):
        queryset = super().get_queryset(request).select_related("event")
        return queryset.filter(event=self.event) if self.event else queryset.order_by("-event__starts_at", "pk")

    @property
    def event(self) -> str:
        chosen = self.parent.data.get("event", "") if self.parent.data else ""
        return chosen if chosen.isdecimal() and len(chosen) <= 18 else ""

    @property
    def field(self):
        field = super().field
        field.names_event = not self.event
        return field


class RegistrationFilters(WagtailFilterSet):
    event = django_filters.ModelChoiceFilter(queryset=Event.objects.all())
    ticket_type = WithEvent(queryset=TicketType.objects.all(), label=_("Ticket type"))
    state = django_filters.MultipleChoiceFilter(
        choices=State.choices, label=_("State"), widget=forms.CheckboxSelectMultiple, distinct=False
    )
    delegation = WithEvent(queryset=Delegation.objects.all(), label=_("Delegation"))
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.offices(), label=pgettext_lazy("office", "Unit"))
    source = django_filters.MultipleChoiceFilter(
        choices=Source.choices, label=_("Source"), widget=forms.CheckboxSelectMultiple, distinct=False
    )
    inside = django_filters.ChoiceFilter(
        label=_("Let in"),
        choices=[("1", _("inside")), ("0", _("not inside"))],
        method="came_in",
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    language = django_filters.ChoiceFilter(
        choices=settings.LANGUAGES, label=_("Language"), empty_label=_("All"), widget=forms.RadioSelect
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Registered"), widget=DateRangePickerWidget)

    class Meta:
        model = Registration
        fields = [
            "event",
            "ticket_type",
            "state",
            "delegation",
            "unit",
            "source",
            "inside",
            "language",
            "created_at",
        ]

    def came_in(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        inside = Scan.objects.standing().values("registration_id")
        return queryset.filter(pk__in=inside) if value == "1" else queryset.exclude(pk__in=inside)


def listed(query: QueryDict, user) -> RegistrationQuerySet:
    """The registrations that the list shows under this address: all its pages, no more and no less."""
    chosen = RegistrationFilters(query, queryset=Registration.objects.visible_to(user))
    rows = chosen.qs if chosen.form.is_valid() else Registration.objects.none()
    return rows.matching(str(query["q"])) if query.get("q") else rows


def filter_of(query: QueryDict) -> str:
    """The part of the list's address that says which people are on it, in one spelling."""
    known = {"q", *RegistrationFilters.base_filters, "created_at_from", "created_at_to"}
    pairs = [(name, value) for name in sorted(query) if name in known for value in query.getlist(name) if value]
    return urlencode(pairs)


def filter_to_keep(query: QueryDict) -> str:
    """Without what was typed into the search box: it is mostly somebody's name, and filters are kept for good."""
    kept = query.copy()
    kept.pop("q", None)
    return filter_of(kept)


class RegistrationIndex(WordSearch, AnswerColumns, TextExport, generic.IndexView):
    list_export = [
        "full_name",
        "organisation",
        "position",
        "email",
        "phone",
        "ticket_type",
        "get_state_display",
        "code",
        "created_at",
        "entry_at",
        "event",
        "salutation",
        "rank",
        "seating",
        "gate_note",
        "unit",
        "delegation",
        "contact",
        "get_source_display",
        "get_language_display",
        "hold_until",
        "queued_at",
        "confirmed_at",
        "cancelled_at",
    ]
    export_headings = {
        "get_state_display": _("State"),
        "get_source_display": _("Source"),
        "get_language_display": _("Language"),
        "entry_at": _("Came in"),
        "code": _("Ticket code"),
    }
    export_filename = "dang-ky"
    results_template_name = "events/admin/registration_results.html"

    def get_base_queryset(self) -> QuerySet:
        entry = Scan.objects.standing().filter(registration=OuterRef("pk")).values("at")[:1]
        related = ["event", "ticket_type", *(["unit", "delegation", "contact"] if self.is_export else [])]
        rows = (
            Registration.objects.visible_to(self.request.user)
            .select_related(*related)
            .annotate(entry_at=Subquery(entry))
        )
        # Ticked rows alone, when an export of those was asked for.
        ticked = [int(key) for key in self.request.GET.getlist("chosen") if key.isdecimal() and len(key) <= 18]
        return rows.filter(pk__in=ticked) if ticked else rows

    @cached_property
    def columns(self) -> list[Column]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="registration"),
            TitleColumn(
                "full_name",
                label=_("Full name"),
                get_url=self.get_inspect_url,
                sort_key="name_sort",
                get_title_id=lambda row: f"registration_{row.pk}_title",
            ),
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

    def get_table(self, object_list):
        """Two editions on one page: then each row says to which it belongs."""
        if len({row.event_id for row in object_list}) > 1:
            self.columns = [*self.columns, Column("event", label=_("Event"), sort_key="event")]
        return super().get_table(object_list)

    def get_context_data(self, *args, **kwargs):
        user, query = person_of(self.request), filter_of(self.request.GET)
        return super().get_context_data(*args, **kwargs) | {
            "query": query,
            "to_keep": filter_to_keep(self.request.GET),
            "saved_filters": [
                {"filter": saved, "current": saved.query == query, "own": saved.owner_id == user.pk}
                for saved in SavedFilter.objects.usable_by(user)
            ],
            "runs": BulkRun.objects.to_tell(user, timezone.now())[:3],
            "select_all_obj_text": gettext("Select everybody in this list"),
        }


def history(registration: Registration) -> list[dict]:
    """Everything that happened to it, in the order in which it happened: changes, the gate, letters."""
    changes = registration.changes.select_related("by")
    scans = registration.scans.select_related("by", "undone_by")
    letters = Letter.objects.about(registration)
    for change in changes:
        change.registration = registration
    rows = [
        *({"at": change.at, "change": change} for change in changes),
        *({"at": scan.at, "scan": scan} for scan in scans),
        *({"at": letter.created_at, "letter": letter} for letter in letters),
    ]
    return sorted(rows, key=lambda row: row["at"])


class RegistrationInspect(PlainInspect):
    def get_object(self, queryset=None):
        return get_object_or_404(
            Registration.objects.visible_to(person_of(self.request)).select_related(
                "event", "ticket_type", "unit", "certificate", "delegation", "contact"
            ),
            pk=self.pk,
        )

    def get_context_data(self, **kwargs):
        registration: Registration = self.object
        at = timezone.now()
        entry = registration.entry()
        may = self.request.user.has_perm("events.change_registration") and registration.erased_at is None
        may_seat = may and registration.event.cancelled_at is None
        return super().get_context_data(**kwargs) | {
            "registration": registration,
            "entry": entry,
            "place": registration.place_in_line() if registration.state == State.WAITLISTED else None,
            "held": registration.is_held(at),
            "companions": registration.companions.order_by("pk"),
            "history": history(registration),
            "answers": registration.answers.select_related("version"),
            "may_decide": may_seat and registration.state == State.PENDING,
            "may_mark_paid": may_seat and registration.state == State.UNPAID,
            "may_cancel": may and registration.can_be_cancelled(at) and entry is None,
            "may_correct": may and registration.can_be_corrected(at),
            "may_change_type": may and registration.can_be_corrected(at) and registration.delegation_id is None,
            "may_hand_over": may
            and entry is None
            and registration.certificate_id is None
            and registration.state in (State.CONFIRMED, State.OFFERED),
            "may_resend": may and registration.is_confirmed,
        }


class RegistrationViewSet(ModelViewSet):
    """Looked at here; changed only through the registration's own verbs (events.registration_actions)."""

    model = Registration
    name = "events_registration"
    url_prefix = "dang-ky-du"
    icon = "clipboard-list"
    menu_label = _("Registrations")
    form_fields = ["full_name"]
    list_per_page = 50
    index_view_class = RegistrationIndex
    index_template_name = "events/admin/registration_index.html"
    index_results_template_name = "events/admin/registration_results.html"
    inspect_view_class = RegistrationInspect
    inspect_view_enabled = True
    inspect_template_name = "events/admin/registration.html"
    inspect_view_fields = [
        "event",
        "ticket_type",
        "state",
        "full_name",
        "salutation",
        "rank",
        "organisation",
        "position",
        "email",
        "phone",
        "unit",
        "seating",
        "gate_note",
        "delegation",
        "contact",
        "source",
        "language",
        "code",
        "created_at",
        "confirmed_at",
        "cancelled_at",
    ]
    filterset_class = RegistrationFilters
    search_fields = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
