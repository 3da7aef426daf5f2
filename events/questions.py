"""An organiser's questions as fields of a form, and what was filled in as answers.

Every question that may apply is on the form, with a sentence that says when it does: the form works without
JavaScript. Here is decided what counts: questions for other kinds of ticket, and those that an earlier answer does not
lead to, are neither required nor kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events import countries
from events.models.question import Answer, Kind, Moment, Question, QuestionVersion, Value
from events.models.registration import CannotCorrect, Registration, RegistrationChange
from people.formfields import TextField

if TYPE_CHECKING:
    from events.models import Event, TicketType
    from people.models import User

RADIOS_AT_MOST = 7  # more answers than that fold into a list
SEEN = "asked"  # the versions that the person has read, sent along with the answers

Given = dict[int, Value | None]  # by number of the question


# ---------------------------------------------------------------- which


def ask(
    event: Event,
    moment: str = Moment.REGISTRATION,
    *,
    ticket_type: TicketType | None = None,
    given: Given | None = None,
) -> list[Question]:
    """The questions of an event, each followed by those that depend on it. Two queries; one where nothing is asked.

    `ticket_type`: only what somebody with it is asked. `given`: what the person has answered before, at another
    moment, may lead to questions too.
    """
    found = list(
        Question.objects.filter(event=event, moment=moment, current__isnull=False).select_related("current").in_order()
    )
    if not found:
        return []
    through = Question.ticket_types.through.objects.filter(question__event=event).select_related("tickettype")
    types = defaultdict(list)
    for row in through.only("question_id", *(f"tickettype__{field}" for field in ("name_vi", "name_en", "position"))):
        types[row.question_id].append(row.tickettype)
    for question in found:
        question.kinds_of_ticket = sorted(types[question.pk], key=lambda kind: (kind.position, kind.pk))
    if ticket_type is not None:
        found = [question for question in found if question.is_for(ticket_type)]
        for question in found:
            question.kinds_of_ticket = []  # nothing is left to tell apart
    return _in_branches(found, given or {})


def _in_branches(found: list[Question], given: Given) -> list[Question]:
    """Depth first. What depends on a question that is not among them applies by what was given before, or never."""
    here = {question.pk for question in found}
    below = defaultdict(list)
    roots = []
    for question in found:
        if question.depends_on_id in here:
            below[question.depends_on_id].append(question)
        elif question.applies(given):
            roots.append(question)
    ordered: list[Question] = []

    def follow(questions: list[Question]) -> None:
        for question in questions:
            ordered.append(question)
            follow(below[question.pk])

    follow(roots)
    return ordered


def given_by(registration: Registration) -> Given:
    return dict(registration.answers.values_list("question_id", "value"))


# ---------------------------------------------------------------- on the form


class CountrySelect(forms.Select):
    """Its two hundred and fifty options are drawn once, not for every form."""

    def render(self, name, value, attrs=None, renderer=None):
        attributes = self.build_attrs(self.attrs, attrs)
        return format_html(
            '<select name="{}"{}><option value="">{}</option>{}</select>',
            name,
            forms.utils.flatatt(attributes),
            gettext("Please choose"),
            # Safe: `as_html` escapes every name as it draws the list, once a language; escaping again would break it.
            mark_safe(countries.as_html(str(value or ""))),  # noqa: S308
        )


@dataclass(frozen=True)
class Row:
    """A question on its form, for the template."""

    question: Question
    bound: forms.BoundField

    @property
    def when(self) -> str:
        return self.bound.field.when

    @property
    def optional(self) -> bool:
        return not self.question.required

    @property
    def types(self) -> str:
        return " ".join(str(kind.pk) for kind in self.question.kinds_of_ticket)

    @property
    def type_names(self) -> str:
        return ", ".join(kind.name for kind in self.question.kinds_of_ticket)

    @property
    def values(self) -> str:
        return " ".join(self.question.depends_on_values)


def add_fields(form: forms.BaseForm, asked: list[Question], given: Given | None = None) -> None:
    """Each question becomes the field `q<number>`; the template finds them as `form.question_rows`."""
    by_number = {question.pk: question for question in asked}
    for question in asked:
        name = question.field_name
        form.fields[name] = _field(question)
        form.fields[name].when = _when(question, by_number)
        value = (given or {}).get(question.pk, form.initial.get(name))
        if isinstance(value, list) and question.current.kind != Kind.CHOICES:
            value = value[-1] if value else None
        if value is not None:
            form.initial[name] = value
    form.asked = asked
    form.question_rows = partial(_rows, form, asked)
    form.questions_seen = _versions(asked)
    form.has_sample_questions = any(question.sample for question in asked)


def kept(typed: QueryDict) -> dict[str, list[str]]:
    """What was typed into such fields, for showing a form again that was not sent yet."""
    return {name: typed.getlist(name) for name in typed if name[:1] == "q" and name[1:].isdecimal()}


def _rows(form: forms.BaseForm, asked: list[Question]) -> list[Row]:
    return [Row(question, form[question.field_name]) for question in asked]


def _when(question: Question, by_number: dict[int, Question]) -> str:
    """The earlier answers that lead to a question: “Ăn chay”, “Khác”."""
    parent = by_number.get(question.depends_on_id) if question.depends_on_id else None
    if parent is None:
        return ""
    return ", ".join(f"“{words}”" for key, words in parent.current.options if key in question.depends_on_values)


def _versions(asked: Iterable[Question]) -> str:
    return ".".join(str(question.current.pk) for question in asked)


def _field(question: Question) -> forms.Field:
    version = question.current
    always = question.required and not question.depends_on_id and not question.kinds_of_ticket
    common: dict[str, Any] = {
        "label": version.label,
        "help_text": version.help,
        "required": always,
        "error_messages": {"required": REQUIRED, "invalid_choice": INVALID_CHOICE},
    }
    match version.kind:
        case Kind.LONG:
            return TextField(lines=True, max_length=2000, **common)
        case Kind.NUMBER:
            widget = forms.NumberInput(attrs={"inputmode": "decimal"})
            return forms.DecimalField(max_digits=15, decimal_places=2, widget=widget, **common)
        case Kind.DATE:
            picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            return forms.DateField(widget=picker, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **common)
        case Kind.CHOICES:
            return forms.MultipleChoiceField(choices=version.options, widget=forms.CheckboxSelectMultiple, **common)
        case Kind.COUNTRY:
            return forms.ChoiceField(choices=version.options, widget=CountrySelect, **common)
        case Kind.CHOICE if len(version.options) > RADIOS_AT_MOST:
            return forms.ChoiceField(choices=[("", _("Please choose")), *version.options], **common)
        case Kind.CHOICE | Kind.YES_NO:
            return forms.ChoiceField(choices=version.options, widget=forms.RadioSelect, **common)
    return TextField(max_length=250, **common)


REQUIRED = _("Please answer this question.")
INVALID_CHOICE = _("Please choose one of these answers.")


# ---------------------------------------------------------------- from the form


def clean(
    form: forms.BaseForm,
    asked: list[Question],
    ticket_type: TicketType | None = None,
    given: Given | None = None,
    *,
    needed: bool = True,
) -> dict[QuestionVersion, Value | None]:
    """For the form's `clean`: what counts as answered, None where nothing does; errors go beside their fields.

    `needed=False`: what must be answered may stay open. `form.unanswered` says what did.
    """
    form.unanswered = []
    seen = form.data.get(SEEN)
    if asked and seen is not None and seen != _versions(asked):
        form.add_error(
            None,
            _("The organiser has just changed the questions. Please look over your answers and send the form again."),
        )
    so_far: Given = dict(given or {})
    answers: dict[QuestionVersion, Value | None] = {}
    for question in asked:
        name = question.field_name
        value = None
        if question.is_for(ticket_type) and question.applies(so_far):
            value = _value(form.cleaned_data.get(name))
            if value is None and question.required and name not in form.errors:
                form.unanswered.append(question)
                if needed:
                    form.add_error(name, REQUIRED)
        else:
            form.errors.pop(name, None)
        so_far[question.pk] = value
        answers[question.current] = value  # type: ignore[index]  # `ask` finds no question without a version
    return answers


def _value(cleaned: Any) -> Value | None:
    """As it is kept: what JSON can say."""
    if isinstance(cleaned, Decimal):
        return int(cleaned) if cleaned == cleaned.to_integral_value() else float(cleaned)
    if isinstance(cleaned, date):
        return cleaned.isoformat()
    return cleaned or None


# ---------------------------------------------------------------- to the registration


def save(registration: Registration, answers: dict[QuestionVersion, Value | None], at: datetime) -> None:
    """The answers of a new registration, in the transaction of its birth."""
    Answer.objects.bulk_create(
        Answer(registration=registration, question_id=version.question_id, version=version, value=value, at=at)
        for version, value in answers.items()
        if value is not None
    )


def change(
    registration: Registration,
    answers: dict[QuestionVersion, Value | None],
    at: datetime,
    by: User | None = None,
) -> list[str]:
    """Keep these answers from now on; None takes one away. Says whose answer is another now ("q12").

    The history names the question by number, so that old answers can be forgotten with the answer itself.
    """
    with transaction.atomic():
        locked = Registration.objects.locked().get(pk=registration.pk)
        if not locked.can_be_corrected(at):
            raise CannotCorrect
        numbers = [version.question_id for version in answers]
        before = {
            answer.question_id: answer
            for answer in locked.answers.filter(question__in=numbers).select_related("version")
        }
        changed, gone, kept_rows = {}, [], []
        for version, value in answers.items():
            old = before.get(version.question_id)
            if (old.value if old else None) != value:
                with translation.override("vi"):
                    was = old.text if old else ""
                    changed[f"q{version.question_id}"] = [was, version.text(value), version.label]
            if value is None:
                gone += [old.pk] if old else []
            elif old is None or (old.value, old.version_id) != (value, version.pk):
                kept_rows.append(
                    Answer(registration=locked, question_id=version.question_id, version=version, value=value, at=at)
                )
        if gone:
            Answer.objects.filter(pk__in=gone).delete()
        if kept_rows:
            Answer.objects.bulk_create(
                kept_rows,
                update_conflicts=True,
                unique_fields=["registration", "question"],
                update_fields=["version", "value", "at"],
            )
        if changed:
            locked.changes.create(at=at, by=by, was=locked.state, became=locked.state, corrected=changed)
    return list(changed)


def forget(question: Question) -> int:
    """Delete all answers to a question, also those that stand in the history. How many people had answered."""
    key = question.field_name
    with transaction.atomic():
        number = question.answers.all().delete()[0]
        changes = RegistrationChange.objects.filter(registration__event=question.event_id, corrected__has_key=key)
        emptied = list(changes.select_for_update(of=("self",), no_key=True))
        for entry in emptied:
            entry.corrected[key] = ["", "", *entry.corrected[key][2:]]
        RegistrationChange.objects.bulk_update(emptied, ["corrected"], batch_size=500)
    return number
