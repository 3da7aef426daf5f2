"""Importing a list of people, in the back office: hand it in, look over what would become of it, import."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from events import importing, questions
from events.forms import CONSENT_VERSION
from events.models import Event, ImportRun, TicketType
from events.models.question import Moment
from people.models import person_of
from people.sheets import MAX_FILE
from people.spreadsheet import as_file, text_cells

RECENT = 20
WORKABLE = 2_000_000  # characters that a text box takes; longer lists come as a file


class KindField(forms.ModelChoiceField):
    def label_from_instance(self, obj: TicketType) -> str:
        said = f"{obj.event.name}: {obj.name}"
        return gettext("%(kind)s (over)") % {"kind": said} if obj.over else said


class HandInForm(forms.Form):
    """A list and as what its people come."""

    ticket_type = KindField(
        label=_("Ticket type"),
        queryset=TicketType.objects.none(),
        help_text=_("Everybody of the list gets a ticket of this kind."),
    )
    file = forms.FileField(
        label=_("Excel or CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"empty": _("The file is empty.")},
    )
    pasted = forms.CharField(
        label=_("Or paste the rows from Excel"),
        required=False,
        max_length=WORKABLE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    letters = forms.BooleanField(
        label=_("Send everybody the ticket by e-mail"),
        required=False,
        initial=True,
        help_text=_(
            "Leave it out for people who have their ticket already. Lists of an event that is over send no letters."
        ),
    )
    answers_needed = forms.BooleanField(
        label=_("Everybody must have answered the required questions"),
        required=False,
        help_text=_("Otherwise people are registered without; they may answer on the page of their ticket."),
    )
    consent = forms.BooleanField(
        label=_("The people on this list agreed to be registered."),
        error_messages={"required": _("Please ask the people first, then tick this box.")},
    )

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        over = Case(When(event__ends_at__lte=at, event__postponed_at=None, then=True), default=False)
        kinds = TicketType.objects.filter(event__cancelled_at=None).annotate(over=over)
        self.fields["ticket_type"].queryset = kinds.select_related("event").order_by(
            "over", "event__starts_at", "position", "pk"
        )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is not None and file.size > MAX_FILE:
            raise forms.ValidationError(
                gettext("The file is too large. Please keep only the list in it, without pictures.")
            )
        return file

    def clean(self):
        cleaned = super().clean()
        handed_in = [bool(cleaned.get("file")), bool(cleaned.get("pasted", "").strip())]
        if "file" in cleaned and "pasted" in cleaned and sum(handed_in) != 1:
            self.add_error("file", gettext("Please choose a file or paste the rows, one of the two."))
        return cleaned

    def content(self) -> dict[str, str | bytes]:
        """The list as it is kept until it is imported."""
        file = self.cleaned_data["file"]
        if file is not None:
            return {"file_name": file.name[-200:], "content": file.read()}
        # What cannot be written as text (half a letter) goes the way of everything that cannot be seen.
        return {"content": self.cleaned_data["pasted"].encode(errors="ignore")}


class ColumnsForm(forms.Form):
    """Which column of the list is what."""

    def __init__(self, *args, run: ImportRun, **kwargs):
        super().__init__(*args, **kwargs)
        columns = [("", gettext("– not in the list –")), *((str(n), name) for n, name in enumerate(run.headings))]
        for name, names in run.known_columns.items():
            self.fields[name] = forms.TypedChoiceField(
                label=importing.label_of(name) if name in importing.COLUMNS else names[0],
                choices=columns,
                required=False,
                coerce=int,
                empty_value=None,
                initial=run.columns.get(name, ""),
            )

    def clean(self):
        cleaned = super().clean()
        chosen = [column for column in cleaned.values() if column is not None]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(gettext("Please choose each column once."))
        return cleaned

    def columns(self) -> dict[str, int]:
        return {name: column for name, column in self.cleaned_data.items() if column is not None}


def _run(request: HttpRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.user).select_related("event", "ticket_type", "by")
    return get_object_or_404(runs.defer("content"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("events.add_importrun"):
        return permission_denied(request)
    at = timezone.now()
    posted = request.method == "POST"
    form = HandInForm(request.POST if posted else None, request.FILES if posted else None, at=at)
    if posted and form.is_valid():
        kind = form.cleaned_data["ticket_type"]
        run = ImportRun.objects.begin(
            at=at,
            by=person_of(request),
            event=kind.event,
            ticket_type=kind,
            letters=form.cleaned_data["letters"] and not kind.over,
            answers_needed=form.cleaned_data["answers_needed"],
            consent_version=CONSENT_VERSION,
            **form.content(),
        )
        return redirect("events_import:run", run.pk)
    recent = ImportRun.objects.visible_to(request.user).select_related("event", "ticket_type", "by").defer("content")
    context = {"form": form, "runs": recent[:RECENT], "page_title": gettext("Import a list")} | understood(at)
    return render(request, "events/admin/import.html", context, status=422 if posted else 200)


def understood(at: datetime) -> dict[str, Any]:
    """For the pages on which a list is handed in: its columns, and the events that ask something besides."""
    return {
        "columns": [(names[0], name in importing.NEEDED) for name, names in importing.COLUMNS.items()],
        "asking": Event.objects.filter(
            questions__moment=Moment.REGISTRATION, questions__current__isnull=False, ends_at__gt=at, cancelled_at=None
        ).distinct(),
    }


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the list is. While the background works, the page asks again (import.js), or is loaded again by hand."""
    found = _run(request, pk)
    context = {
        "run": found,
        "form": ColumnsForm(run=found) if found.can_be_mapped else None,
        "page_title": gettext("Import a list"),
    }
    return render(request, "events/admin/import_run.html", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    found = _run(request, pk)
    return JsonResponse({"busy": found.is_busy, "state": found.state, "done": found.done, "rows": found.rows})


@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    form = ColumnsForm(request.POST, run=found)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    elif not found.map_columns(form.columns(), timezone.now()):
        messages.error(request, gettext("This list is being read or was imported already."))
    return redirect("events_import:run", pk)


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    if not _run(request, pk).start(timezone.now()):
        messages.error(request, gettext("This list is being read or was imported already."))
    return redirect("events_import:run", pk)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with the headings that are understood; for one event, its questions are among them."""
    if not request.user.has_perm("events.add_importrun"):
        return permission_denied(request)
    event = request.GET.get("event", "")
    asked = questions.ask(get_object_or_404(Event, pk=event)) if event.isdecimal() else []
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("List"))
    headings = [names[0] for names in importing.columns_with(asked).values()]
    for index in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 26
    sheet.append(list(text_cells(sheet, headings)))
    return as_file(book, "mau-danh-sach")


class ImportViewSet(ViewSet):
    name = "events_import"
    url_prefix = "nhap-danh-sach"
    icon = "upload"
    menu_label = _("Import a list")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm("events.add_importrun")
        return item

    def get_urlpatterns(self):
        return [
            path("", hand_in, name="index"),
            path("mau.xlsx", template, name="template"),
            path("<int:pk>/", run, name="run"),
            path("<int:pk>/tien-do/", progress, name="progress"),
            path("<int:pk>/cot/", columns, name="columns"),
            path("<int:pk>/nhap/", start, name="start"),
        ]
