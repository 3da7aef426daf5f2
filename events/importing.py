"""The body of `Event.register_many`: everybody of a list gets a seat, or nobody does.

Everything slow comes first: each row goes through the fields of the form, the gates are asked, the rows are made with
their tokens and written with their history and consent. Only then, as the last thing before the commit, the quotas are
locked and the seats counted, so that others who register hardly notice: the lock covers the count and the commit. What
was written is gone again when the seats do not suffice. The letters are written afterwards
(events.tasks.write_letters).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched
from typing import TYPE_CHECKING

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import eligibility, questions
from events.eligibility import Busy, Refused
from events.forms import Details, units_by_name
from events.models.question import Answer
from events.models.registration import LETTERS, Person, Registration, RegistrationChange, Source, State
from events.seats import quick, take_seats
from letters.models import Letter
from people import consent
from people.formfields import EmailField, TextField
from people.text import fold, name_key

if TYPE_CHECKING:
    from events.models.delegation import Delegation
    from events.models.event import Event, TicketType
    from events.models.question import Question, QuestionVersion, Value
    from events.models.registration import RegistrationQuerySet
    from people.models import User

BATCH = 1_000  # rows in one INSERT
LETTERS_AT_ONCE = 100
LATELY = timedelta(days=7)
OF_A_LIST = Q(source=Source.IMPORT, state=State.CONFIRMED) | Q(source=Source.INVITATION, state=State.OFFERED)
FIRST_LETTERS = (LETTERS[State.CONFIRMED], "registration_invited")
TRIES = 3  # when somebody of the list registers at that very moment

# What the columns of a list may be called; the first is what the template says.
COLUMNS: dict[str, list[str]] = {
    "full_name": ["Họ và tên", "Họ tên", "Họ tên đại biểu", "Tên đại biểu", "Full name", "Name"],
    "email": ["E-mail", "Thư điện tử", "Địa chỉ thư", "Địa chỉ e-mail", "Hộp thư", "E-mail address"],
    "organisation": [
        "Cơ quan, đơn vị",
        "Cơ quan",
        "Đơn vị",
        "Đơn vị công tác",
        "Agency or organisation",
        "Organisation",
    ],
    "position": ["Chức vụ", "Chức danh", "Position", "Job title"],
    "phone": ["Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Di động", "Phone", "Telephone"],
    "salutation": ["Danh xưng", "Xưng hô", "Salutation", "Title"],
    "rank": ["Ngạch lễ tân", "Rank of protocol", "Rank"],
    "seating": ["Khu ghế", "Seating block", "Seating"],
    "gate_note": ["Ghi chú cho cổng", "Note for the gate"],
    "language": ["Ngôn ngữ", "Language"],
}
NEEDED = ("full_name", "email", "organisation")
LANGUAGE_NAMES = {"": "vi", "vi": "vi", "tieng viet": "vi", "en": "en", "english": "en", "tieng anh": "en"}


class LanguageField(forms.CharField):
    def to_python(self, value):
        typed = fold(super().to_python(value) or "").lower()
        if typed not in LANGUAGE_NAMES:
            raise forms.ValidationError(_("Please write “vi” or “en”."))
        return LANGUAGE_NAMES[typed]


def line_of_text(name: str) -> TextField:
    column = Registration._meta.get_field(name)
    return TextField(label=column.verbose_name, max_length=column.max_length, required=False)


class ListedForm(Details):
    """One row of a list: the fields of the web form with its questions, and what only the organiser knows."""

    email = EmailField()
    salutation = line_of_text("salutation")
    rank = line_of_text("rank")
    seating = line_of_text("seating")
    gate_note = line_of_text("gate_note")
    language = LanguageField(label=gettext_lazy("language"), required=False)

    answers: dict[QuestionVersion, Value | None]
    unanswered: list[Question]

    def __init__(self, *, asked: list[Question], needed: bool):
        super().__init__({})
        self.asked, self.needed = asked, needed
        questions.add_fields(self, asked)
        for question in asked:
            self.fields[question.field_name].required = False  # `questions.clean` says what must be answered

    def read(self, line: Line) -> None:
        self.data = {name: words for name, words in line.typed.items() if name in self.base_fields}
        for question in self.asked:
            if words := line.typed.get(question.field_name):
                self.data[question.field_name] = question.current.typed(words)  # type: ignore[union-attr]
        self.full_clean()

    def clean(self):
        cleaned = super().clean()
        self.answers = questions.clean(self, self.asked, needed=self.needed)
        return cleaned


def columns_with(asked: list[Question]) -> dict[str, list[str]]:
    """What a list may have: our own columns, and the organiser's questions by their words in either language."""
    own = {question.field_name: [*filter(None, (question.label_vi, question.label_en))] for question in asked}
    return COLUMNS | own


def label_of(name: str) -> str:
    return capfirst(str(ListedForm.base_fields[name].label))


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was handed in: its number in Excel and what stands in the columns that are known."""

    number: int
    typed: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row; `field` is empty where it is the row as a whole."""

    number: int
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A row that is in order."""

    number: int
    person: Person
    language: str
    answers: dict[QuestionVersion, Value]


@dataclass
class Checked:
    """What would become of a list. Nothing is written."""

    guests: list[Guest] = field(default_factory=list)
    already: list[Guest] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unanswered: Counter[str] = field(default_factory=Counter)  # {question: how many of the guests said nothing to it}


@dataclass(frozen=True)
class Outcome:
    """How many got a registration, and how many had one before."""

    created: int
    already: int


class Faulty(Exception):
    """Some rows cannot be taken, so none was."""

    def __init__(self, faults: list[Fault]):
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class Present:
    """Who has a live registration: as the gate "address" asks for one person, here asked once for everybody."""

    def __init__(self, event: Event):
        rows = event.registrations.live().values_list("email", "name_sort", "shares_mailbox")
        self.people: set[tuple[str, str]] = set()
        self.mailboxes: set[str] = set()
        for email, name, shared in rows.iterator():
            self.people.add((email, name))
            if not shared:
                self.mailboxes.add(email)

    def has(self, email: str, name_sort: str) -> bool:
        return email in self.mailboxes or (email, name_sort) in self.people


def check(
    event: Event,
    ticket_type: TicketType,
    lines: Iterable[Line],
    *,
    at: datetime,
    waive: frozenset[str] = eligibility.STAFF,
    answers_needed: bool = False,
    progress: Callable[[int], object] = lambda number: None,
) -> Checked:
    """Every row through the form and past the gates. Raises `Refused` where the event itself admits nobody.

    What the organiser may waive for one person is waived for a list. `answers_needed`: as on the form, what must be
    answered must be. `progress` hears how many rows are done.
    """
    verdict = event.eligibility(ticket_type, at=at, count=False, waive=waive)
    if not verdict.allowed:
        raise Refused(verdict)
    present, units, found = Present(event), units_by_name(), Checked()
    first_with: dict[str, int] = {}
    asked = questions.ask(event, ticket_type=ticket_type)
    labels = {question.field_name: question.label for question in asked}
    form = ListedForm(asked=asked, needed=answers_needed)  # one for all rows: making a form costs more than asking it
    for done, line in enumerate(lines, 1):
        form.read(line)
        for name, errors in form.errors.items():
            # A question that the list has no column for is named in the sentence instead.
            about = f"“{labels[name]}”: " if name in labels and name not in line.typed else ""
            found.faults += [Fault(line.number, name, f"{about}{error}") for error in errors]
        email = form.cleaned_data.get("email")
        earlier = first_with.setdefault(email, line.number) if email else line.number
        if earlier != line.number:
            found.faults.append(Fault(line.number, "email", _("Row %(row)s has the same address.") % {"row": earlier}))
        elif not form.errors:
            guest = _guest(line.number, form, units)
            if present.has(guest.person.email, name_key(guest.person.full_name)):
                found.already.append(guest)
            else:
                found.guests.append(guest)
                found.unanswered.update(question.label for question in form.unanswered)
        progress(done)
    return found


def _guest(number: int, form: ListedForm, units: dict) -> Guest:
    data = {name: form.cleaned_data[name] for name in form.base_fields}
    language = data.pop("language")
    answers = {version: value for version, value in form.answers.items() if value is not None}
    return Guest(number, Person(**data, unit=units.get(data["organisation"])), language, answers)


def seats_left(event: Event, ticket_type: TicketType, at: datetime) -> int | None:
    """None: no limit."""
    return next(offer.seats_left for offer in event.offers(at) if offer.pk == ticket_type.pk)


def waived(offer_until: datetime | None, letters: bool) -> frozenset[str]:
    """The gates that do not apply to a list: the organiser's word stands for all but an invited person's payment.

    Who gets no letter may also have come to an event that is over.
    """
    if offer_until is not None:
        return eligibility.INVITED
    return eligibility.STAFF if letters else eligibility.PAST


def register_many(
    event: Event,
    lines: Iterable[Line],
    ticket_type: TicketType,
    *,
    at: datetime,
    by: User | None,
    source: str = Source.IMPORT,
    letters: bool,
    consent_version: str = "",
    offer_until: datetime | None = None,
    delegation: Delegation | None = None,
    answers_needed: bool = False,
    progress: Callable[[int], object] = lambda number: None,
    then: Callable[[Outcome], object] = lambda outcome: None,
) -> Outcome:
    """All or nothing, and the same list again changes nothing: one address is one person.

    `offer_until`: they are invited, and decide until then. `delegation`: the seats are some of its own.
    `then` writes what must stand exactly when the registrations do; it is called in their transaction.
    """
    waive = waived(offer_until, letters)
    checked = check(event, ticket_type, lines, at=at, waive=waive, answers_needed=answers_needed, progress=progress)
    if checked.faults:
        raise Faulty(checked.faults)
    terms = {
        "event": event,
        "ticket_type": ticket_type,
        "state": State.CONFIRMED if offer_until is None else State.OFFERED,
        "created_at": at,
        "confirmed_at": at if offer_until is None else None,
        "hold_until": offer_until,
        "delegation": delegation,
        "source": source,
        "letters": letters,
    }
    for _attempt in range(TRIES):
        registrations = [(_registration(guest, terms), guest.answers) for guest in checked.guests]
        try:
            with quick():
                present = Present(event)  # who came in while the list was looked over
                those = [pair for pair in registrations if not present.has(pair[0].email, pair[0].name_sort)]
                new = [registration for registration, _answers in those]
                outcome = Outcome(len(new), len(checked.already) + len(registrations) - len(new))
                _insert(new, at=at, by=by, consent_version=consent_version)
                _insert_answers(those, at)
                then(outcome)
                if connection.vendor == "postgresql":
                    connection.check_constraints()  # now, not at the commit: everything slow before the lock
                if delegation is None:
                    take_seats(ticket_type, len(new), at=at, written=len(new))
                else:
                    delegation.take_seats(ticket_type, 0, at=at)  # the new people are counted already
                if letters and new:
                    _write_letters_later(new)
        except IntegrityError:
            continue  # somebody with one of these addresses was faster, or a code was drawn twice
        return outcome
    raise Busy


def _write_letters_later(new: list[Registration]) -> None:
    from events.tasks import write_letters

    before = min(one.pk for one in new) - 1
    transaction.on_commit(lambda: write_letters.enqueue(before))


def _registration(guest: Guest, terms: dict) -> Registration:
    person = vars(guest.person)
    registration = Registration(language=guest.language, **person, **terms)
    registration.derive()
    return registration


def _insert(new: list[Registration], *, at: datetime, by: User | None, consent_version: str) -> None:
    if not new:
        return
    Registration.objects.bulk_create(new, batch_size=BATCH)
    history = [RegistrationChange(registration=one, at=at, by=by, became=one.state) for one in new]
    RegistrationChange.objects.bulk_create(history, batch_size=BATCH)
    if consent_version:
        emails = (one.email for one in new)
        source = new[0].event.slug
        consent.give_all("registration", emails, at=at, source=source, actor=by, version=consent_version)


def _insert_answers(those: list[tuple[Registration, dict[QuestionVersion, Value]]], at: datetime) -> None:
    answers = (
        Answer(registration=one, question_id=version.question_id, version=version, value=value, at=at)
        for one, given in those
        for version, value in given.items()
    )
    for some in batched(answers, BATCH, strict=False):
        Answer.objects.bulk_create(some)


# Letters


def write_letters(at: datetime, after: int = 0) -> int:
    """Write the letters that are owed among the next people of lists. The key to go on after; 0 when that was all.

    Safe to run twice at once: whoever comes second waits for the rows and finds the letters written.
    """
    keys = list(_of_lists().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:LETTERS_AT_ONCE])
    if owed := _without_letter(keys):
        with transaction.atomic():
            people = {one.pk: one for one in _of_lists().locked().filter(pk__in=owed)}
            for key in _without_letter(list(people)):
                # A moment ahead: where tasks run at once, `tick` delivers, and nobody's click waits for thousands.
                people[key]._write(queue="bulk", not_before=at + timedelta(seconds=5))
    return keys[-1] if len(keys) == LETTERS_AT_ONCE else 0


def unwritten(at: datetime) -> int | None:
    """Where to go on writing what a crash left; None when nobody of the latest lists is owed a letter."""
    keys = list(_of_lists().filter(created_at__gte=at - LATELY).order_by("pk").values_list("pk", flat=True))
    for batch in batched(keys, BATCH, strict=False):
        if owed := _without_letter(batch):
            return owed[0] - 1
    return None


def _of_lists() -> RegistrationQuerySet:
    return Registration.objects.filter(OF_A_LIST, letters=True)


def _without_letter(keys: Sequence[int]) -> list[int]:
    """Asked by the keys as text, which the index of the letters answers; a join would compare everybody with all."""
    about = ContentType.objects.get_for_model(Registration)
    written = Letter.objects.filter(about_type=about, about_id__in=map(str, keys), kind__in=FIRST_LETTERS)
    have = set(written.values_list("about_id", flat=True))
    return [key for key in keys if str(key) not in have]
