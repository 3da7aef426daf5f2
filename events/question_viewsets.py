"""The organiser's questions in the back office: edited with a preview beside the form, exported as columns."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.side_panels import PreviewSidePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.preview import PreviewOnCreate, PreviewOnEdit

from events.models.question import BRANCHING, CHOOSING, NO, YES, Answer, Kind, Moment, Question
from events.office import CreateView, EditView, RecordViewSet, both, tick


class QuestionForm(WagtailAdminModelForm):
    leads_here = forms.MultipleChoiceField(
        label=_("Asked only after these answers"),
        help_text=_("To one earlier question of this event. None ticked: always asked."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["leads_here"].choices = self._leading()
        self.initial["leads_here"] = [f"{self.instance.depends_on_id}:{key}" for key in self.instance.depends_on_values]

    def _leading(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Answers of the other questions, under the question: of events that are still to come, and of this one."""
        others = Question.objects.filter(current__kind__in=BRANCHING).exclude(pk=self.instance.pk)
        if self.instance.pk is None:
            others = others.filter(event__ends_at__gt=timezone.now())
        else:
            others = others.filter(event=self.instance.event_id)
        several = others.values("event").distinct().count() > 1
        return [
            (
                f"{other.label} ({other.event})" if several else other.label,
                [(f"{other.pk}:{key}", words) for key, words in other.current.options],
            )
            for other in others.select_related("current", "event").order_by("event", "position", "pk")
        ]

    def defer_required_fields(self):
        """Half a question can be looked at; it cannot be saved."""
        super().defer_required_fields()
        for field in self.fields.values():
            field.required = False

    def clean(self):
        cleaned = super().clean()
        event = cleaned.get("event")
        if event and any(kind.event_id != event.pk for kind in cleaned.get("ticket_types") or []):
            self.add_error("ticket_types", gettext("Please choose ticket types of this event only."))
        self._clean_condition(event, cleaned.get("leads_here") or [])
        if not self.is_deferred_validation:
            self._clean_choices(cleaned.get("kind"))
        return cleaned

    def _clean_condition(self, event, chosen: list[str]) -> None:
        pairs = [pair.split(":", 1) for pair in chosen]
        numbers = {number for number, _key in pairs}
        parent = Question.objects.filter(pk__in=numbers).first() if len(numbers) == 1 else None
        if len(numbers) > 1:
            self.add_error("leads_here", gettext("Please choose answers of one question only."))
        elif parent is not None and event is not None and parent.event_id != event.pk:
            self.add_error("leads_here", gettext("Please choose a question of the same event."))
        elif parent is not None and self._is_below(parent):
            self.add_error("leads_here", gettext("That question is only asked after this one."))
        else:
            self.instance.depends_on = parent
            self.instance.depends_on_values = [key for _number, key in pairs]

    def _is_below(self, question: Question) -> bool:
        """Does the way up from there lead by this question?"""
        seen: set[int] = set()
        above: Question | None = question
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            above = above.depends_on
        return self.instance.pk in seen

    def _clean_choices(self, kind: str | None) -> None:
        """Two answers at least, and none taken away that leads to another question."""
        rows = [
            row
            for row in self.formsets["choices"].forms
            if row.is_valid() and row.cleaned_data.get("label_vi") and not row.cleaned_data.get("DELETE")
        ]
        if kind in CHOOSING and len(rows) < 2:
            self.add_error("kind", gettext("Please give at least two answers to choose from."))
        if self.instance.pk is None:
            return
        left = {YES, NO} if kind == Kind.YES_NO else set()
        if kind in CHOOSING:
            left = {str(row.instance.pk) for row in rows}
        for dependant in self.instance.dependants.all():
            if not left.issuperset(dependant.depends_on_values):
                self.add_error(
                    None,
                    gettext("“%(question)s” is asked after an answer that would be gone. Please change that one first.")
                    % {"question": dependant.label},
                )


class Settles:
    """People read the words of a version; an edit makes a new one."""

    def save_instance(self):
        question = super().save_instance()
        question.settle(timezone.now())
        return question


class Previewed:
    """Wagtail's preview panel, which follows the form as one types."""

    def get_side_panels(self):
        panels = super().get_side_panels()
        number = [self.form.instance.pk] if self.form.instance.pk else []
        name = "events_question:preview_on_edit" if number else "events_question:preview_on_add"
        panels.append(PreviewSidePanel(self.form.instance, self.request, preview_url=reverse(name, args=number)))
        return panels


class QuestionViewSet(RecordViewSet):
    model = Question
    name = "events_question"
    url_prefix = "cau-hoi"
    icon = "help"
    menu_label = pgettext_lazy("form", "Questions")
    list_filter = ["event", "moment", "kind"]
    search_fields = ["label_vi", "label_en"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Ask only what somebody needs for preparing the event. Never ask for numbers of identity papers."
                    " An edit makes a new version; answers given before stay with the words they answered."
                )
            ),
            FieldPanel("event"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("position")]),
            both("label"),
            both("help"),
            InlinePanel(
                "choices", heading=_("Answers to choose from"), label=_("answer"), panels=[both("label")], min_num=0
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("moment"), FieldPanel("required")]),
                    FieldPanel("ticket_types", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("leads_here"),
                ],
                _("Who is asked, and when"),
            ),
            FieldRowPanel([FieldPanel("retention_days"), FieldPanel("sample")]),
        ],
        base_form_class=QuestionForm,
    )

    class Index(generic.IndexView):
        def get_base_queryset(self):
            return Question.objects.select_related("event", "current", "depends_on")

        @cached_property
        def columns(self):
            return [
                self._get_title_column("label_vi"),
                Column("kind", label=capfirst(pgettext_lazy("question", "kind")), accessor="get_kind_display"),
                Column("moment", label=capfirst(_("asked")), accessor="get_moment_display"),
                Column("required", label=capfirst(_("must be answered")), accessor=lambda row: tick(row.required)),
                Column("depends_on", label=capfirst(_("depends on")), accessor=lambda row: row.depends_on or ""),
                Column("position", label=capfirst(_("order")), sort_key="position"),
                Column("event", label=_("Event")),
            ]

    class Create(Previewed, Settles, CreateView):
        pass

    class Edit(Previewed, Settles, EditView):
        pass

    index_view_class = Index
    add_view_class = Create
    edit_view_class = Edit

    def get_urlpatterns(self):
        form = self._edit_handler.get_form_class()
        add = PreviewOnCreate.as_view(model=Question, form_class=form)
        edit = PreviewOnEdit.as_view(model=Question, form_class=form)
        return [
            *super().get_urlpatterns(),
            path("preview/", add, name="preview_on_add"),
            path("preview/<int:pk>/", edit, name="preview_on_edit"),
        ]


# ---------------------------------------------------------------- the spreadsheet


class AnswerColumns:
    """Before a list of registrations that can be exported: a column for each question of their events."""

    list_export: list[str]
    export_headings: dict[str, Any]

    def write_xlsx(self, queryset: QuerySet, output) -> None:
        events = queryset.order_by().values("event").distinct()
        answered = Exists(Answer.objects.filter(question=OuterRef("pk")))
        asked = Question.objects.filter(answered | ~Q(moment=Moment.NEVER), event__in=events, current__isnull=False)
        self.questions = list(asked.select_related("current").order_by("event", "position", "pk"))
        self.list_export = [*self.list_export, *(question.field_name for question in self.questions)]
        self.export_headings = self.export_headings | {
            question.field_name: question.current.label for question in self.questions
        }
        # Registration -> question -> what was answered: one query, however long the list.
        self.given: dict[int, dict[str, str]] = defaultdict(dict)
        for answer in Answer.objects.filter(question__in=self.questions).select_related("version").order_by():
            self.given[answer.registration_id][f"q{answer.question_id}"] = answer.text
        super().write_xlsx(queryset, output)

    def to_row_dict(self, item) -> dict:
        for question in self.questions:
            setattr(item, question.field_name, self.given[item.pk].get(question.field_name, ""))
        return super().to_row_dict(item)
