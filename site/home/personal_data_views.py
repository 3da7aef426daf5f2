"""Administrators answer a person's request: show, hand over or erase what is kept under an address.

The address is only ever posted, so that no log of the web server holds it.
"""

from __future__ import annotations

import django_filters
from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from home import personal_data
from people.formfields import EmailField, TextField
from people.holdings import CannotErase
from people.models import AuditEntry, User, staff_code
from people.spreadsheet import XLSX

SEES_LOG = "people.view_auditentry"


class AddressOrCode(EmailField):
    """An e-mail address, or the staff code of somebody who has none."""

    def clean(self, value):
        code = staff_code(str(value or ""))
        if code and "@" not in code and User.objects.without_mailbox().filter(staff_code=code).exists():
            return code
        return super().clean(value)


class RequestForm(forms.Form):
    """Whose data, and on what ground somebody asks for it."""

    email = AddressOrCode(
        label=_("E-mail address, or the staff code of somebody without one"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = TextField(
        label=_("Reason"),
        max_length=250,
        help_text=_("Who asked, when, and how you made sure that it was that person. It stands in the audit log."),
    )


class EraseForm(RequestForm):
    """Typed once more, so that nobody erases the wrong person by a slip."""

    again = AddressOrCode(label=_("The address once more"), widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("email") and cleaned.get("again") and cleaned["email"] != cleaned["again"]:
            self.add_error("again", _("The two addresses differ."))
        return cleaned


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: HttpRequest) -> HttpResponse:
    """Look, take along, or look at what erasing would do; one form, three buttons."""
    if not request.user.is_superuser:
        return permission_denied(request)
    if request.method != "POST":
        return screen(request, RequestForm())
    form = RequestForm(request.POST)
    if not form.is_valid():
        return screen(request, form)
    email, reason, at = form.cleaned_data["email"], form.cleaned_data["reason"], timezone.now()
    found = personal_data.everything(email)
    for name, content_type, content in (
        ("json", "application/json", lambda: personal_data.as_json(email, found, at)),
        ("xlsx", XLSX, lambda: personal_data.as_workbook(found)),
    ):
        if name in request.POST:
            personal_data.exported(request.user, email, found, form=name, reason=reason)
            response = HttpResponse(content(), content_type=content_type)
            response.headers["Content-Disposition"] = f'attachment; filename="du-lieu-ca-nhan-{at:%Y-%m-%d}.{name}"'
            return response
    personal_data.exported(request.user, email, found, form="screen", reason=reason)
    return screen(request, form, found=found, erasing=EraseForm(initial=form.cleaned_data))


def screen(request: HttpRequest, form: RequestForm, **more) -> HttpResponse:
    bad = form.is_bound and not form.is_valid()
    context = {"form": form, "page_title": gettext("Data of one person")} | more
    return render(request, "home/admin/personal_data.html", context, status=422 if bad else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["POST"])
def erase(request: HttpRequest) -> HttpResponse:
    if not request.user.is_superuser:
        return permission_denied(request)
    form = EraseForm(request.POST)
    if not form.is_valid():
        looked = RequestForm(initial=form.cleaned_data)
        found = personal_data.everything(form.cleaned_data["email"]) if form.cleaned_data.get("email") else None
        context = {"form": looked, "found": found, "erasing": form, "page_title": gettext("Data of one person")}
        return render(request, "home/admin/personal_data.html", context, status=422)
    try:
        done = personal_data.erase(
            form.cleaned_data["email"], at=timezone.now(), by=request.user, reason=form.cleaned_data["reason"]
        )
    except CannotErase as error:
        messages.error(request, f"{error} {gettext('Nothing was erased.')}")
    else:
        said = gettext("Erased: %(number)s records. It stands in the audit log.")
        messages.success(request, said % {"number": sum(done.values())})
    return redirect("personal_data")


# ---------------------------------------------------------------- who looked at what


class LogFilters(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=pgettext_lazy("people", "When"), widget=DateRangePickerWidget)
    actor = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("people", "Who"),
        queryset=lambda request: User.objects.filter(Q(is_superuser=True) | Q(groups__isnull=False)).distinct(),
    )

    class Meta:
        model = AuditEntry
        fields = ["actor", "at"]


class PersonalDataLog(ReportView):
    """Who of the staff opened, exported or erased what is kept about people."""

    page_title = _("Personal data log")
    header_icon = "view"
    index_url_name = "personal_data_log"
    index_results_url_name = "personal_data_log_results"
    filterset_class = LogFilters
    model = AuditEntry
    default_ordering = "-at"
    is_searchable = False
    list_export = ()

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SEES_LOG):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return AuditEntry.objects.about_personal_data().select_related("subject_type")

    def decorate_paginated_queryset(self, object_list):
        """Names are looked up beside the rows, a query for each kind of record: whoever was erased has none."""
        rows = list(object_list)
        self.staff = {user.pk: str(user) for user in User.objects.filter(pk__in={row.actor_id for row in rows})}
        keys: dict[ContentType, set[str]] = {}
        for row in rows:
            if row.subject_type is not None:
                keys.setdefault(row.subject_type, set()).add(row.subject_id)
        self.names = {}
        for kind, of_kind in keys.items():
            model = kind.model_class()
            found = model._default_manager.filter(pk__in=of_kind) if model is not None else []
            self.names |= {(kind.pk, str(record.pk)): str(record) for record in found}
        return rows

    def who(self, entry: AuditEntry) -> str:
        if entry.actor_id is None:
            return gettext("the clock")
        return self.staff.get(entry.actor_id, f"#{entry.actor_id}")

    def whose(self, entry: AuditEntry) -> str:
        if entry.subject_type is None:
            label = entry.verb.rpartition(".")[0]  # of a list: "events.registration"
            known = label.count(".") == 1 and label.split(".")[0] in apps.app_configs
            return capfirst(str(apps.get_model(label)._meta.verbose_name_plural)) if known else "–"
        name = self.names.get((entry.subject_type_id, entry.subject_id), f"#{entry.subject_id}")
        return f"{entry.subject_type.name}: {name}"

    @staticmethod
    def what(entry: AuditEntry) -> str:
        return str(WHAT.get(entry.verb.rpartition(".")[2], entry.verb))

    @staticmethod
    def how_many(entry: AuditEntry) -> int:
        """Of an export the rows; a view is of one record."""
        numbers = [value for value in entry.data.values() if isinstance(value, int)]
        return sum(numbers) if numbers else 1

    @cached_property
    def columns(self):
        return [
            DateColumn("at", label=pgettext_lazy("people", "When"), sort_key="at"),
            Column("who", label=pgettext_lazy("people", "Who"), accessor=self.who),
            Column("what", label=pgettext_lazy("people", "What"), accessor=self.what),
            Column("whose", label=pgettext_lazy("people", "Record"), accessor=self.whose),
            Column("how_many", label=pgettext_lazy("people", "Records"), accessor=self.how_many),
        ]


WHAT = {
    "view": pgettext_lazy("personal data", "opened"),
    "list": pgettext_lazy("personal data", "looked through a list"),
    "export": pgettext_lazy("personal data", "exported a list"),
    "exported": pgettext_lazy("personal data", "looked at or exported one person"),
    "erased": pgettext_lazy("personal data", "erased one person"),
    "carried_out": pgettext_lazy("personal data", "deleted when the days were over"),
}

urlpatterns = [
    path("du-lieu-ca-nhan/", of_person, name="personal_data"),
    path("du-lieu-ca-nhan/xoa/", erase, name="personal_data_erase"),
    path("reports/du-lieu-ca-nhan/", PersonalDataLog.as_view(), name="personal_data_log"),
    path(
        "reports/du-lieu-ca-nhan/results/",
        PersonalDataLog.as_view(results_only=True),
        name="personal_data_log_results",
    ),
]
