"""Units and the audit log in the back office."""

import django_filters
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from people.models import AuditEntry, Unit, User
from people.office import PlainInspect, WordSearch


class UnitForm(WagtailAdminModelForm):
    """Former names are written one a line."""

    former_names = forms.CharField(
        label=_("Former names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line. People still type them when they look for a unit."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("former_names", "\n".join(self.instance.aliases))

    def save(self, commit=True):
        self.instance.aliases = [
            line.strip() for line in self.cleaned_data["former_names"].splitlines() if line.strip()
        ]
        return super().save(commit)


class UnitIndex(WordSearch, generic.IndexView):
    def get_base_queryset(self):
        return Unit.objects.select_related("parent")

    @cached_property
    def columns(self):
        return [
            self._get_title_column_class(TitleColumn)(
                "full_name", label=_("Name"), get_url=self.get_edit_url, sort_key="name_sort"
            ),
            Column("get_kind_display", label=pgettext_lazy("people", "Kind"), sort_key="kind"),
            Column("former", accessor=lambda unit: ", ".join(unit.aliases), label=_("Former names")),
            Column("code", label=pgettext_lazy("people", "Code"), sort_key="code"),
        ]


class UnitViewSet(ModelViewSet):
    model = Unit
    name = "units"
    icon = "home"
    menu_label = pgettext_lazy("office", "Units")
    menu_order = 610
    add_to_settings_menu = True
    list_per_page = 80
    ordering = "name_sort"
    list_filter = ["kind"]
    index_view_class = UnitIndex
    search_fields = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    edit_handler = ObjectList(
        [
            FieldPanel("full_name_vi"),
            FieldPanel("full_name_en"),
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("kind"),
            FieldPanel("parent"),
            FieldPanel("former_names"),
            FieldPanel("code"),
        ],
        base_form_class=UnitForm,
    )


class AuditFilters(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=pgettext_lazy("people", "When"), widget=DateRangePickerWidget)
    verb = django_filters.AllValuesFilter(label=pgettext_lazy("people", "What"))

    class Meta:
        model = AuditEntry
        fields = ["verb", "at"]


class AuditIndex(generic.IndexView):
    def get_base_queryset(self):
        return AuditEntry.objects.select_related("subject_type")

    def search_queryset(self, queryset):
        return queryset.filter(subject_id=self.search_query) if self.search_query else queryset

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        # Who did it may have been erased since: names are looked up beside the rows.
        self.names = {user.pk: str(user) for user in User.objects.filter(pk__in={row.actor_id for row in rows})}
        return paginator, page, rows, is_paginated

    def who(self, entry: AuditEntry) -> str:
        return self.names.get(entry.actor_id, f"#{entry.actor_id}") if entry.actor_id else "–"

    @cached_property
    def columns(self):
        return [
            TitleColumn("verb", label=pgettext_lazy("people", "What"), get_url=self.get_inspect_url, sort_key="verb"),
            Column("who", accessor=self.who, label=pgettext_lazy("people", "Who")),
            Column(
                "subject",
                accessor=lambda row: f"{row.subject_type or ''} {row.subject_id} {row.subject_name}".strip(),
                label=pgettext_lazy("people", "Record"),
            ),
            DateColumn("at", label=pgettext_lazy("people", "When"), sort_key="at"),
        ]


class AuditViewSet(ModelViewSet):
    model = AuditEntry
    name = "audit-entries"
    icon = "list-ul"
    menu_label = _("Audit log")
    menu_order = 620
    add_to_settings_menu = True
    list_per_page = 50
    ordering = "-at"
    index_view_class = AuditIndex
    filterset_class = AuditFilters
    inspect_view_class = PlainInspect
    inspect_view_enabled = True
    inspect_view_fields = ["at", "verb", "actor_id", "subject_type", "subject_id", "subject_name", "data"]
    exclude_form_fields = ["data"]
    search_fields = ["subject_id"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
