"""Training managers enrol people: whole units, people ticked, or a list. Always looked over first."""

from __future__ import annotations

from datetime import date, datetime, time

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from courses import listing
from courses.models import Course, Enrolment, EnrolmentList
from people.models import EVERY_UNIT, AuditEntry, Unit, UnitMembership, User, person_of
from people.sheets import MAX_FILE
from people.spreadsheet import as_file, text_cells

MAY = "courses.enrol_people"
ON_A_PAGE = 200
RECENT = 20


def due(day: date | None) -> datetime | None:
    """A due day ends when it ends."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


def own_units(user: User):
    every = Unit.objects.offices()
    return every if user.has_perm(EVERY_UNIT) else every.filter(pk__in=Unit.objects.managed_by(user))


class TermsForm(forms.Form):
    """Which course, until when, and whether people are told."""

    course = forms.ModelChoiceField(label=_("Course"), queryset=Course.objects.order_by("code", "title_vi"))
    due_on = forms.DateField(
        label=_("To be completed by"),
        required=False,
        help_text=_("May stay empty. Reminders and “My page” show it."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    letters = forms.BooleanField(
        label=_("Write to everybody who has a mailbox"),
        required=False,
        initial=True,
        help_text=_("One letter to say what to learn and where, and reminders afterwards."),
    )

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(gettext("This day is over."))
        return day

    def terms(self) -> dict:
        return {"due_at": due(self.cleaned_data["due_on"]), "letters": self.cleaned_data["letters"]}


class UnitsForm(TermsForm):
    """Everybody who works at the units ticked, today."""

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"] = forms.ModelMultipleChoiceField(
            label=pgettext_lazy("office", "Units"), queryset=own_units(user), widget=forms.CheckboxSelectMultiple
        )
        self.fields["below"] = forms.BooleanField(
            label=_("And everything below these units"), required=False, initial=True
        )

    def people(self):
        units = [unit.pk for unit in self.cleaned_data["units"]]
        if self.cleaned_data["below"]:
            units = Unit.objects.under(units)
        return User.objects.filter(is_active=True).in_units(units, timezone.localdate())


class PeopleForm(TermsForm):
    """People ticked one by one."""

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = forms.ModelMultipleChoiceField(
            label=_("People"),
            queryset=User.objects.filter(is_active=True).visible_to(user),
            error_messages={"required": gettext("Tick at least one person.")},
        )

    def people(self):
        return self.cleaned_data["people"]


class ListForm(TermsForm):
    """A file or pasted rows."""

    file = forms.FileField(
        label=_("Excel or CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
        error_messages={"empty": _("The file is empty.")},
    )
    pasted = forms.CharField(
        label=_("Or paste the rows from Excel"),
        required=False,
        max_length=2_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
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
        file = self.cleaned_data["file"]
        if file is not None:
            return {"file_name": file.name[-200:], "content": file.read()}
        return {"content": self.cleaned_data["pasted"].encode(errors="ignore")}


FORMS: dict[str, type[UnitsForm] | type[PeopleForm]] = {"units": UnitsForm, "people": PeopleForm}


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The three ways in; units and people are looked over here and enrolled when that is confirmed."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    user = person_of(request)
    given = {"course": request.GET.get("course", "")}
    found = {"units": UnitsForm(user=user, initial=given, prefix="u"), "list": ListForm(initial=given, prefix="l")}
    if request.method == "POST":
        way = request.POST.get("way", "")
        if way == "list":
            form = found["list"] = ListForm(request.POST, request.FILES, prefix="l")
            if form.is_valid():
                mine = EnrolmentList.objects.begin(
                    at=timezone.now(), by=user, course=form.cleaned_data["course"], **form.content(), **form.terms()
                )
                return redirect("enrolling:list", mine.pk)
        elif way in FORMS:
            chosen = FORMS[way](request.POST, user=user, prefix=way[0])
            if chosen.is_valid():
                return look_over(request, chosen, way)
            found[way] = chosen
    context = {
        "form_of_units": found["units"],
        "form_of_list": found["list"],
        "errors": found.get("people"),
        "lists": EnrolmentList.objects.visible_to(user).select_related("course", "by").defer("content")[:RECENT],
        "columns": [(names[0], name in listing.NEEDED) for name, names in listing.COLUMNS.items()],
        "page_title": gettext("Enrol people"),
    }
    return render(request, "courses/admin/enrol.html", context, status=422 if request.method == "POST" else 200)


def look_over(request: HttpRequest, form, way: str) -> HttpResponse:
    """Say who would be enrolled; do it where that was confirmed."""
    course = form.cleaned_data["course"]
    people = form.people()
    if "confirmed" in request.POST:
        with transaction.atomic():
            everybody = list(people.prefetch_related("memberships__unit"))
            made = course.enrol_many(everybody, Enrolment.Source.MANAGER, **form.terms())
            done = {"people": len(everybody), "enrol": len(made.new), "dated": made.dated}
            AuditEntry.objects.record(request.user, "enrolment.enrolled", course, way=way, **done)
        said = gettext("Enrolled: %(number)s. Enrolled already: %(already)s.")
        said %= {"number": len(made.new), "already": len(everybody) - len(made.new)}
        if made.dated:
            said += " " + gettext("Given the new deadline: %(number)s.") % {"number": made.dated}
        messages.success(request, said)
        return redirect(f"{reverse('learners:index')}?course={course.pk}")
    enrolled = Exists(course.enrolments.filter(person=OuterRef("pk")))
    counts = people.annotate(enrolled=enrolled).aggregate(
        people=Count("pk"),
        already=Count("pk", filter=Q(enrolled=True)),
        without_mailbox=Count("pk", filter=Q(email=None, enrolled=False)),
    )
    context = {
        "form": form,
        "way": way,
        "course": course,
        "counts": counts,
        "to_enrol": counts["people"] - counts["already"],
        "dated": course.to_date(people.values("pk"), form.terms()["due_at"]).count(),
        "hidden": [
            (name, value) for name in form.data for value in form.data.getlist(name) if name != "csrfmiddlewaretoken"
        ],
        "page_title": gettext("Enrol people"),
    }
    return render(request, "courses/admin/enrol_look.html", context)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody of a unit, to be ticked."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    user = person_of(request)
    units = list(own_units(user))
    unit = next((one for one in units if str(one.pk) == request.GET.get("unit")), units[0] if len(units) == 1 else None)
    terms = PeopleForm(user=user, prefix="p", initial={"course": request.GET.get("course", "")})
    del terms.fields["people"]
    page = None
    if unit is not None:
        today = timezone.localdate()
        course = (
            Course.objects.filter(pk__in=[request.GET["course"]]).first() if valid(request.GET.get("course")) else None
        )
        found = User.objects.filter(is_active=True).in_units([unit.pk], today)
        if words := request.GET.get("q", ""):
            found = found.matching(words)
        where = UnitMembership.objects.on(today).filter(person=OuterRef("pk"))
        found = found.annotate(
            position_now=Subquery(where.values("position")[:1]),
            enrolled=Exists(Enrolment.objects.filter(person=OuterRef("pk"), course=course)),
        )
        page = Paginator(found.order_by("name_sort", "pk"), ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        "units": units,
        "unit": unit,
        "people": page,
        "form": terms,
        "q": request.GET.get("q", ""),
        "page_title": gettext("Tick people"),
    }
    return render(request, "courses/admin/enrol_people.html", context)


def valid(key: str | None) -> bool:
    from courses.views import as_uuid

    return as_uuid(key) is not None


def _list(request: HttpRequest, pk: int) -> EnrolmentList:
    lists = EnrolmentList.objects.visible_to(person_of(request)).select_related("course", "by")
    return get_object_or_404(lists.defer("content"), pk=pk)


@require_safe
def one_list(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    context = {"list": _list(request, pk), "page_title": gettext("A list of people to enrol")}
    return render(request, "courses/admin/enrol_list.html", context)


@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    found = _list(request, pk)
    return JsonResponse({"busy": found.is_busy, "state": found.state, "done": 0, "rows": found.rows})


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    if not _list(request, pk).start(timezone.now()):
        messages.error(request, gettext("This list is being read or was imported already."))
    return redirect("enrolling:list", pk)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with the headings that are understood."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("List"))
    headings = [names[0] for names in listing.COLUMNS.values()]
    for column in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    sheet.append(list(text_cells(sheet, headings)))
    return as_file(book, "mau-ghi-danh")


class EnrolViewSet(ViewSet):
    name = "enrolling"
    url_prefix = "ghi-danh"
    icon = "plus"
    menu_label = pgettext_lazy("menu", "Enrol people")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY)
        return item

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("nguoi/", people, name="people"),
            path("mau.xlsx", template, name="template"),
            path("danh-sach/<int:pk>/", one_list, name="list"),
            path("danh-sach/<int:pk>/tien-do/", progress, name="progress"),
            path("danh-sach/<int:pk>/ghi-danh/", start, name="start"),
        ]
