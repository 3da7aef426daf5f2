"""Certificates in the back office: found, looked at, exported, taken back or replaced with a reason. Never edited."""

import datetime
from typing import ClassVar

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.viewsets.model import ModelViewSet

from certificates.models import Certificate
from people.formfields import NameField, TextField
from people.models import AuditEntry
from people.office import PlainInspect, WordSearch

STATES = {"valid": gettext_lazy("Valid"), "revoked": gettext_lazy("Revoked"), "superseded": gettext_lazy("Replaced")}


# What the keys of a snapshot mean; a key without a word here is not shown.
WORDS = {
    "position": gettext_lazy("Position"),
    "organisation": gettext_lazy("Organisation"),
    "title_vi": gettext_lazy("About, in Vietnamese"),
    "title_en": gettext_lazy("About, in English"),
    "date": gettext_lazy("Day"),
    "date_vi": gettext_lazy("Day, in Vietnamese"),
    "date_en": gettext_lazy("Day, in English"),
    "hours": gettext_lazy("Hours"),
    "course_code": gettext_lazy("Course code"),
    "courses": gettext_lazy("Courses of the path"),
    "programme": gettext_lazy("For a learning path"),
    "lessons": gettext_lazy("Lessons"),
    "outline_version": gettext_lazy("Version of the course"),
    "place_vi": gettext_lazy("Place, in Vietnamese"),
    "place_en": gettext_lazy("Place, in English"),
    "issuer": gettext_lazy("Issuer"),
    "issuer_vi": gettext_lazy("Issuer, in Vietnamese"),
    "issuer_en": gettext_lazy("Issuer, in English"),
    "partner_vi": gettext_lazy("Together with, in Vietnamese"),
    "partner_en": gettext_lazy("Together with, in English"),
    "signatory_title": gettext_lazy("Post of the signatory"),
    "signatory_title_vi": gettext_lazy("Post of the signatory, in Vietnamese"),
    "signatory_title_en": gettext_lazy("Post of the signatory, in English"),
    "signatory_name": gettext_lazy("Signatory"),
    "signed_in_vi": gettext_lazy("Place of signing, in Vietnamese"),
    "signed_in_en": gettext_lazy("Place of signing, in English"),
    "sample": gettext_lazy("Marked as a sample"),
}


def said(key: str, value):
    """A value of a snapshot as people write it: a day by its number, yes or no."""
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if key == "date":
        return formats.date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if isinstance(value, list | tuple):
        return len(value)
    return value


def moment(at: datetime.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def state_name(certificate: Certificate) -> str:
    return str(STATES[certificate.status])


class CertificateFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=list(STATES.items()), method="in_state")
    issued_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Issued"), widget=DateRangePickerWidget)

    class Meta:
        model = Certificate
        fields: ClassVar = ["kind", "language", "issued_at"]

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "superseded":
            return queryset.exclude(superseded_by=None)
        return queryset.filter(superseded_by=None, revoked_at__isnull=value == "valid")


class CertificateIndex(WordSearch, generic.IndexView):
    list_export: ClassVar = [
        "serial",
        "name",
        "title",
        "get_kind_display",
        "issued_at",
        "state",
        "revoked_at",
        "reason_revoked",
    ]
    export_headings: ClassVar = {
        "name": gettext_lazy("Name on the paper"),
        "title": gettext_lazy("About"),
        "get_kind_display": gettext_lazy("Kind"),
        "state": gettext_lazy("State"),
    }
    export_filename = "certificates"
    # Times as the office's clock says them; a spreadsheet cell has no time zone.
    custom_value_preprocess: ClassVar = SpreadsheetExportMixin.custom_value_preprocess | {
        datetime.datetime: {
            "csv": lambda at: timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
            "xlsx": timezone.make_naive,
        },
    }
    custom_field_preprocess: ClassVar = {}

    def get_base_queryset(self) -> QuerySet:
        return Certificate.objects.all()

    def to_row_dict(self, item: Certificate) -> dict:
        item.state = state_name(item)
        return super().to_row_dict(item)

    def render_to_response(self, context, **kwargs) -> HttpResponse:
        if self.is_export:
            AuditEntry.objects.record(self.request.user, "certificate.export", format=self.export_format)
        return super().render_to_response(context, **kwargs)

    @property
    def export_format(self) -> str:
        return self.request.GET.get("export", "")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("serial", label=gettext_lazy("Number"), get_url=self.get_inspect_url, sort_key="serial"),
            Column("name", label=gettext_lazy("Name on the paper")),
            Column("title", label=gettext_lazy("About")),
            Column("get_kind_display", label=gettext_lazy("Kind"), sort_key="kind"),
            DateColumn("issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"),
            StatusTagColumn("status", label=gettext_lazy("State"), accessor=state_name, primary=lambda c: c.is_valid),
        ]


class CertificateInspect(PlainInspect):
    def get_queryset(self) -> QuerySet:
        return Certificate.objects.select_related("holder", "superseded_by")

    def get_context_data(self, **kwargs) -> dict:
        context = super().get_context_data(**kwargs)
        context["certificate"] = self.object
        if self.object.is_valid and self.request.user.has_perm("certificates.revoke_certificate"):
            context["revoke_url"] = reverse("certificate_revoke", args=[self.object.pk])
            context["correct_url"] = reverse("certificate_correct", args=[self.object.pk])
        return context

    def get_fields_context(self) -> list[dict]:
        paper = self.object

        def row(label, value) -> dict:
            return {"label": label, "value": value, "component": None}

        rows = [
            row(_("Number"), paper.serial),
            row(_("State"), state_name(paper)),
            row(_("Name on the paper"), paper.name),
            row(_("About"), paper.title),
            row(_("Kind"), paper.get_kind_display()),
            row(_("Issued"), moment(paper.issued_at)),
            row(_("Holder's account"), paper.holder or "–"),
            row(_("Edition"), paper.edition),
        ]
        if paper.revoked_at:
            rows += [
                row(_("Revoked"), moment(paper.revoked_at)),
                row(_("Reason for revoking"), paper.reason_revoked),
            ]
        if paper.superseded_by:
            rows.append(row(_("Replaced by"), self.link_to(paper.superseded_by)))
        if earlier := Certificate.objects.filter(superseded_by=paper).first():
            rows.append(row(_("Replaces"), self.link_to(earlier)))
        rows += [
            row(word, said(key, paper.snapshot[key]))
            for key, word in WORDS.items()
            if paper.snapshot.get(key) not in ("", None)
        ]
        return rows

    @staticmethod
    def link_to(paper: Certificate) -> SafeString:
        address = reverse("certificate_records:inspect", args=[paper.pk])
        return format_html('<a href="{}">{}</a>', address, paper.serial)


class CertificateViewSet(ModelViewSet):
    model = Certificate
    name = "certificate_records"
    url_prefix = "certificates"
    icon = "doc-full-inverse"
    menu_label = gettext_lazy("Certificates")
    menu_order = 450
    add_to_admin_menu = True
    list_per_page = 50
    ordering = "-issued_at"
    form_fields: ClassVar = []
    index_view_class = CertificateIndex
    filterset_class = CertificateFilters
    inspect_view_class = CertificateInspect
    inspect_view_enabled = True
    inspect_template_name = "certificates/admin/inspect.html"
    search_fields: ClassVar = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    list_export = CertificateIndex.list_export
    export_headings = CertificateIndex.export_headings
    export_filename = "certificates"


class RevokeForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy(
            "Kept with the certificate and in the audit log. Strangers who check the paper do not see it."
        ),
        lines=True,
    )


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one certificate back: asked first, with a reason."""
    if not request.user.has_perms(["certificates.view_certificate", "certificates.revoke_certificate"]):
        return permission_denied(request)
    certificate = get_object_or_404(Certificate.objects.valid(), pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        certificate.revoke(form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, _("Certificate %(serial)s is revoked.") % {"serial": certificate.serial})
        return redirect("certificate_records:inspect", pk)
    return render(request, "certificates/admin/revoke.html", {"certificate": certificate, "form": form})


class CorrectionForm(forms.Form):
    """The words about the person, as the paper has them. What the paper does not say is not asked for."""

    name = NameField(label=gettext_lazy("Name on the paper"), max_length=120)
    position = TextField(label=gettext_lazy("Position"), max_length=160, required=False)
    organisation = TextField(label=gettext_lazy("Organisation"), max_length=250, required=False)
    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Kept in the audit log. Strangers who check the paper do not see it."),
        lines=True,
    )

    def __init__(self, *args, certificate: Certificate, **kwargs):
        super().__init__(*args, **kwargs)
        for key in ("name", "position", "organisation"):
            if key in certificate.snapshot:
                self.fields[key].initial = certificate.snapshot[key]
            else:
                del self.fields[key]
        # The browser's autofill knows the clerk's own name, not the holder's.
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.certificate = certificate

    def words(self) -> dict[str, str]:
        """What differs from the paper."""
        said = {key: value for key, value in self.cleaned_data.items() if key != "reason"}
        return {key: value for key, value in said.items() if value != (self.certificate.snapshot[key] or "")}

    def clean(self) -> dict:
        if not self.errors and not self.words():
            raise forms.ValidationError(_("Nothing differs from the certificate as it is."))
        return self.cleaned_data


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A wrong word on a paper: a new one is issued in its place."""
    if not request.user.has_perms(["certificates.view_certificate", "certificates.revoke_certificate"]):
        return permission_denied(request)
    certificate = get_object_or_404(Certificate.objects.valid(), pk=pk)
    form = CorrectionForm(request.POST or None, certificate=certificate)
    if request.method == "POST" and form.is_valid():
        successor = certificate.supersede(
            form.words(), by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
        )
        values = {"old": certificate.serial, "new": successor.serial}
        messages.success(request, _("Certificate %(new)s takes the place of %(old)s.") % values)
        return redirect("certificate_records:inspect", successor.pk)
    return render(request, "certificates/admin/correct.html", {"certificate": certificate, "form": form})


urlpatterns = [
    path("certificates/revoke/<int:pk>/", revoke, name="certificate_revoke"),
    path("certificates/correct/<int:pk>/", correct, name="certificate_correct"),
]
