"""Questions and quizzes in the back office: lists, the page about one question, and what is done with it."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from courses.models import Course, Enrolment, ItemVersion, Quiz, QuizItem, Regrade
from courses.quizzing import bank, markdown, qti, statistics, workbook
from courses.quizzing.item_form import PANELS
from courses.quizzing.kinds import Kind
from courses.quizzing.written import tag
from courses.tasks import regrade as regrade_task
from courses.views import SignedIn
from people.models import AuditEntry
from people.office import PlainInspect, WordSearch
from people.sheets import Unreadable
from people.spreadsheet import XLSX

AT_ONCE = 50  # answers judged anew while somebody waits; more are left to the worker
FORMS = {
    "md": ("text/markdown; charset=utf-8", lambda code, items: markdown.write(code, items).encode()),
    "xlsx": (
        XLSX,
        lambda _code, items: workbook.write(items),
    ),
    "zip": ("application/zip", qti.write),
}


def allow_only(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


class ItemFilters(WagtailFilterSet):
    course = django_filters.ModelChoiceFilter(label=gettext_lazy("Course"), queryset=Course.objects.all())
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), field_name="current__kind", choices=Kind.choices)
    tag = django_filters.CharFilter(label=gettext_lazy("Tag"), method="by_tag")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("used", gettext_lazy("Is drawn")), ("retired", gettext_lazy("No longer drawn"))],
        method="by_state",
    )

    class Meta:
        model = QuizItem
        fields: ClassVar = ["course", "kind", "tag", "state"]

    def by_tag(self, queryset, name, value):
        return queryset.tagged(tag(value))

    def by_state(self, queryset, name, value):
        return queryset.in_use() if value == "used" else queryset.exclude(retired_at=None)


class ItemIndex(WordSearch, generic.IndexView):
    def get_base_queryset(self):
        return QuizItem.objects.select_related("course", "current")

    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if self.request.user.has_perm("courses.add_quizitem"):
            buttons.append(HeaderButton(_("Bring a list"), url=self.view_url("import"), icon_name="upload"))
        return buttons

    @cached_property
    def header_more_buttons(self):
        return [
            *super().header_more_buttons,
            HeaderButton(_("Take a list away"), url=self.view_url("export"), icon_name="download"),
            HeaderButton(_("How the questions did"), url=self.view_url("figures"), icon_name="view"),
        ]

    def view_url(self, name: str) -> str:
        course = self.request.GET.get("course", "")
        return reverse(f"quiz_items:{name}") + (f"?course={course}" if course else "")

    @cached_property
    def columns(self):
        return [
            TitleColumn("text", label=gettext_lazy("Question"), get_url=self.get_inspect_url, accessor=short),
            Column("course", label=gettext_lazy("Course"), accessor="course.code", sort_key="course"),
            Column("kind", label=gettext_lazy("Kind"), accessor="current.get_kind_display"),
            Column("tags", label=gettext_lazy("Tags"), accessor=lambda item: ", ".join(item.tag_list)),
            Column(
                "retired_at",
                label=gettext_lazy("State"),
                accessor=lambda item: _("No longer drawn") if item.retired_at else _("Is drawn"),
            ),
        ]


def short(item: QuizItem) -> str:
    text = item.current.text if item.current else item.key
    return text if len(text) < 120 else f"{text[:117]}…"


class ItemInspect(PlainInspect):
    """One question as it is marked, each of its wordings with its figures, and what can be done with it."""

    page_title = gettext_lazy("Question")
    template_name = "courses/admin/quiz_item.html"

    def get_context_data(self, **kwargs):
        item = self.object
        versions = list(item.versions.select_related("written_by").order_by("-number"))
        for version in versions:
            version.item = item
        return super().get_context_data(
            item=item,
            current=versions[0] if versions else None,
            figures=statistics.of_versions(versions),
            regrades=Regrade.objects.filter(version__item=item).select_related("by", "version"),
            may_change=self.request.user.has_perm("courses.change_quizitem"),
            may_regrade=self.request.user.has_perm("courses.correct_enrolment"),
            **kwargs,
        )


class QuizItemViewSet(ModelViewSet):
    model = QuizItem
    name = "quiz_items"
    url_prefix = "ngan-hang-cau-hoi"
    icon = "help"
    menu_label = gettext_lazy("Question banks")
    list_per_page = 50
    index_view_class = ItemIndex
    inspect_view_class = ItemInspect
    inspect_view_enabled = True
    inspect_template_name = "courses/admin/quiz_item.html"
    inspect_view_fields: ClassVar = ["course", "key"]
    filterset_class = ItemFilters
    search_fields: ClassVar = ["search_text"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    edit_handler = PANELS

    def get_urlpatterns(self):
        return [
            path("nhap/", bring, name="import"),
            path("xuat/", take, name="export"),
            path("so-lieu/", figures, name="figures"),
            path("<int:pk>/dung/", use, name="use"),
            path("<int:pk>/cham-lai/", judge_again, name="regrade"),
            path("hoc-vien/<uuid:pk>/", person, name="person"),
            *super().get_urlpatterns(),
        ]


class QuizForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for form in self.formsets["draws"].forms if "draws" in self.formsets else []:
            form.instance.tag = tag(form.instance.tag)
        return cleaned


class QuizEdit(generic.EditView):
    def save_instance(self):
        quiz = super().save_instance()
        if problem := Quiz.objects.get(pk=quiz.pk).problem():
            messages.warning(self.request, problem)
        return quiz


class QuizCreate(generic.CreateView):
    def save_instance(self):
        quiz = super().save_instance()
        if problem := Quiz.objects.get(pk=quiz.pk).problem():
            messages.warning(self.request, problem)
        return quiz


class QuizViewSet(ModelViewSet):
    model = Quiz
    name = "quizzes"
    url_prefix = "bai-kiem-tra"
    icon = "tick-inverse"
    menu_label = gettext_lazy("Quizzes")
    list_display: ClassVar = ["title_vi", "course", "pass_mark", "attempts_limit", "minutes"]
    list_filter: ClassVar = ["course"]
    list_per_page = 50
    search_fields: ClassVar = ["title_vi", "title_en"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = QuizCreate
    edit_view_class = QuizEdit
    edit_handler = ObjectList(
        [
            FieldPanel("course"),
            FieldRowPanel([FieldPanel("title_vi"), FieldPanel("title_en")]),
            InlinePanel(
                "draws",
                heading=gettext_lazy("What is asked"),
                label=gettext_lazy("Draw"),
                help_text=gettext_lazy("Without a draw all questions of the course's bank are asked."),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("attempts_limit"), FieldPanel("minutes")]),
                    FieldPanel("shuffle"),
                    FieldPanel("shows", widget=forms.RadioSelect),
                ],
                gettext_lazy("Rules"),
            ),
        ],
        base_form_class=QuizForm,
    )


# ---------------------------------------------------------------- lists in and out


class ListForm(forms.Form):
    course = forms.ModelChoiceField(label=gettext_lazy("Course"), queryset=Course.objects.all())
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy(
            "The plain-text form (.md, .txt), an Excel list (.xlsx), or a QTI package (.zip, .xml)."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the plain-text form"), required=False, widget=forms.Textarea(attrs={"rows": 12})
    )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or paste the questions below."))
        elif not self.errors:
            try:
                self.reading = self._read(cleaned)
            except Unreadable as error:
                self.add_error("file" if cleaned.get("file") else "text", str(error))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> markdown.Reading:
        upload = cleaned.get("file")
        if not upload:
            return markdown.read(cleaned["text"])
        name = upload.name.lower()
        if name.endswith((".xlsx", ".csv")):
            return workbook.read(name, upload)
        if name.endswith((".zip", ".xml")):
            return qti.read(name, upload)
        if upload.size > 2_000_000:
            raise Unreadable(_("The file is too large. Please keep only the list in it, without pictures."))
        try:
            return markdown.read(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise Unreadable(_("The file is not in UTF-8. Save it as UTF-8 and choose it again.")) from error


def bring(request: SignedIn) -> HttpResponse:
    """A list is read and shown first; what is then confirmed is exactly what was shown."""
    allow_only(request, "courses.add_quizitem")
    form = ListForm(request.POST or None, request.FILES or None, initial={"course": request.GET.get("course")})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        course, reading = form.cleaned_data["course"], form.reading
        plan = bank.plan(course, reading)
        if "confirm" in request.POST and not plan.problems:
            bank.put(course, reading, request.user)
            AuditEntry.objects.record(
                request.user, "quizitem.import", course, new=len(plan.new), changed=len(plan.changed)
            )
            sentence = ngettext(
                "%(number)s question was written.", "%(number)s questions were written.", len(plan.new + plan.changed)
            )
            messages.success(request, sentence % {"number": len(plan.new + plan.changed)})
            return redirect(f"{reverse('quiz_items:index')}?course={course.pk}")
        if plan.problems:
            context["problems"] = plan.problems
        else:
            context |= {"plan": plan, "course": course, "content": markdown.write(course.code or "-", reading.items)}
    return render(request, "courses/admin/quiz_import.html", context)


def chosen_course(request: HttpRequest) -> Course | None:
    key = request.GET.get("course", "")
    return next((course for course in Course.objects.all() if str(course.pk) == key), None)


def take(request: SignedIn) -> HttpResponse:
    """The questions of one course as a file, and a line in the audit trail: they hold the answers."""
    allow_only(request, "courses.view_quizitem")
    course, form = chosen_course(request), request.GET.get("form", "")
    if course is None or form not in FORMS:
        return render(request, "courses/admin/quiz_export.html", {"courses": Course.objects.all(), "course": course})
    rows = QuizItem.objects.filter(course=course).in_use().exclude(current=None).select_related("current")
    items = []
    for row in rows.order_by("pk"):
        row.current.item = row
        items.append(row.current.written)
    kind, write = FORMS[form]
    AuditEntry.objects.record(request.user, "quizitem.export", course, form=form, rows=len(items))
    response = HttpResponse(write(course.code, items), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="cau-hoi-{course.code.lower() or "khoa"}.{form}"'
    return response


def figures(request: SignedIn) -> HttpResponse:
    """All questions of a course in their present wording, the hardest first."""
    allow_only(request, "courses.view_quizitem")
    course = chosen_course(request)
    rows: list[statistics.Figures] = []
    if course is not None:
        items = QuizItem.objects.filter(course=course).in_use().exclude(current=None).select_related("current")
        versions = []
        for item in items:
            item.current.item = item
            versions.append(item.current)
        rows = statistics.of_versions(versions)
        rows.sort(key=lambda one: (one.difficulty is None, one.difficulty or 0, one.version.item.key))
    context = {"courses": Course.objects.all(), "course": course, "rows": rows}
    return render(request, "courses/admin/quiz_figures.html", context)


# ---------------------------------------------------------------- one question


@require_POST
def use(request: SignedIn, pk: int) -> HttpResponse:
    """Draw a question no longer, or again."""
    allow_only(request, "courses.change_quizitem")
    item = get_object_or_404(QuizItem, pk=pk)
    if item.retired_at is None:
        item.retire(timezone.now())
    else:
        item.bring_back()
    return redirect("quiz_items:inspect", pk)


def judge_again(request: SignedIn, pk: int) -> HttpResponse:
    """Who would change, read only; then, with a reason, the change."""
    allow_only(request, "courses.correct_enrolment")
    item = get_object_or_404(QuizItem.objects.exclude(current=None).select_related("current"), pk=pk)
    version = get_object_or_404(ItemVersion, pk=item.current_id)
    changes = Regrade.preview(version)
    reason = request.POST.get("reason", "").strip()[:300]
    if request.method == "POST" and reason and changes:
        regrade = Regrade.decide(version, request.user, reason)
        AuditEntry.objects.record(request.user, "quizitem.regrade", item, reason=reason, answers=len(changes))
        if len(changes) <= AT_ONCE:
            regrade.apply()
        else:
            regrade_task.enqueue(regrade.pk)
        messages.success(request, _("The answers are judged anew. Nobody loses a pass."))
        return redirect("quiz_items:inspect", pk)
    context = {
        "item": item,
        "version": version,
        "changes": changes[:200],
        "number": len(changes),
        "passing": sum(change.will_pass for change in changes),
        "no_reason": request.method == "POST" and not reason,
    }
    return render(request, "courses/admin/quiz_regrade.html", context, status=422 if context["no_reason"] else 200)


# ---------------------------------------------------------------- one person


class AllowanceForm(forms.Form):
    quiz = forms.ModelChoiceField(label=gettext_lazy("Quiz"), queryset=Quiz.objects.none())
    attempts = forms.IntegerField(label=gettext_lazy("More attempts"), min_value=0, max_value=20, initial=0)
    minutes = forms.IntegerField(
        label=gettext_lazy("More minutes for each attempt"), min_value=0, max_value=600, initial=0
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["attempts"] and not cleaned["minutes"]:
            self.add_error("attempts", _("Grant at least one attempt or one minute."))
        return cleaned


def person(request: SignedIn, pk) -> HttpResponse:
    """One learner's attempts, and another attempt or more time for them."""
    allow_only(request, "courses.correct_enrolment")
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).select_related("person", "course"), pk=pk)
    AuditEntry.objects.viewed(request.user, enrolment)
    form = AllowanceForm(request.POST or None)
    # A copied course asks the quizzes of the original, whose own course is another.
    asked = Q(course=enrolment.course_id) | Q(attempts__enrolment=enrolment)
    form.fields["quiz"].queryset = Quiz.objects.filter(asked).distinct()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["quiz"].allow(
            enrolment, request.user, given["reason"], attempts=given["attempts"], minutes=given["minutes"]
        )
        AuditEntry.objects.record(
            request.user,
            "enrolment.allow",
            enrolment,
            quiz=given["quiz"].pk,
            attempts=given["attempts"],
            minutes=given["minutes"],
        )
        messages.success(request, _("Granted. The learner can go on at once."))
        return redirect("quiz_items:person", pk)
    context = {
        "enrolment": enrolment,
        "form": form,
        "attempts": enrolment.attempts.select_related("quiz").order_by("quiz", "number"),
        "allowances": enrolment.quiz_allowances.select_related("quiz", "given_by"),
    }
    return render(request, "courses/admin/quiz_person.html", context)
