"""What a coordinator typed about people, and the dry run of a whole list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms import Details, unit_named, units_by_name
from events.importing import Fault, Line
from events.lists import columns_of
from events.models import Delegation, Person, Registration
from people.formfields import EmailField, local_phone
from people.text import name_key

AT_ONCE = 200  # people on one list
COLUMNS = columns_of("full_name", "position", "email", "phone", "organisation")


class MemberForm(Details):
    """One person of a delegation: the agency is the delegation's and the address may be missing."""

    email = EmailField(
        required=False,
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("With an address of their own, people confirm for themselves and get their own ticket."),
    )

    field_order = ["full_name", "position", "email", "phone", "organisation"]

    def __init__(self, *args, delegation: Delegation, **kwargs):
        super().__init__(*args, **kwargs)
        self.delegation = delegation
        self.fields["organisation"].required = False

    def person(self, units=None) -> Person:
        values = {name: self.cleaned_data[name] for name in ("full_name", "position", "email", "phone")}
        organisation = self.cleaned_data["organisation"]
        if not organisation or organisation == self.delegation.name:
            return Person(**values, organisation=self.delegation.name, unit=self.delegation.unit)
        unit = unit_named(organisation) if units is None else units.get(organisation)
        return Person(**values, organisation=organisation, unit=unit)


class PersonForm(MemberForm):
    """One more person, or one instead of another."""

    consent = forms.BooleanField(
        label=gettext_lazy("This person agrees to come and to being registered."),
        error_messages={"required": gettext_lazy("Please ask the person first, then tick this box.")},
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"form_key": uuid.uuid4(), "organisation": kwargs["delegation"].name}
        super().__init__(*args, **kwargs)


class VouchForm(forms.Form):
    """The coordinator answers for people who have no address of their own."""

    agreed = forms.BooleanField(
        label=gettext_lazy("Each of these people has told me that they agree to come and to being registered."),
        error_messages={"required": gettext_lazy("Please ask these people first, then tick this box.")},
    )


@dataclass(frozen=True)
class Candidate:
    """A line that is in order; `own`: letters to this address reach the person."""

    number: int
    person: Person
    own: bool

    @property
    def phone(self) -> str:
        return local_phone(self.person.phone)


@dataclass
class Checked:
    """What would become of a list. Nothing is written."""

    people: list[Candidate] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def check(delegation: Delegation, lines: Iterable[Line], *, at: datetime) -> Checked:
    """Every line through the form, and once against those who are registered. A fixed number of queries."""
    found, units = Checked(), units_by_name()
    form = MemberForm({}, delegation=delegation)  # one for all lines
    for line in lines:
        form.data = line.typed
        form.full_clean()
        for name, errors in form.errors.items():
            found.faults += [Fault(line.number, name, str(error)) for error in errors]
        if not form.errors:
            person = form.person(units)
            found.people.append(Candidate(line.number, person, delegation.is_own_mailbox(person.email)))
    taken, names = _present(delegation, [one.person.email for one in found.people])
    for one in found.people:
        if one.own:
            earlier = taken.setdefault(one.person.email, one.number)
            column, same = "email", _("Row %(row)s has the same address.")
        else:
            earlier = names.setdefault(name_key(one.person.full_name), one.number)
            column, same = "full_name", _("Row %(row)s has the same name. Please give one of them an e-mail address.")
        if earlier == REGISTERED:
            found.faults.append(Fault(one.number, column, _("Is registered already.")))
        elif earlier != one.number:
            found.faults.append(Fault(one.number, column, same % {"row": earlier}))
    return found


REGISTERED = -1  # in place of a row


def _present(delegation: Delegation, emails: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Whose address is taken, and which names stand on the coordinator's mailbox."""
    rows = Registration.objects.filter(
        event=delegation.event_id, email__in={*emails, delegation.coordinator_email}
    ).live()
    taken: dict[str, int] = {}
    names: dict[str, int] = {}
    for email, name, shared in rows.values_list("email", "name_sort", "shares_mailbox"):
        if email == delegation.coordinator_email:
            names[name] = REGISTERED
        elif not shared:
            taken[email] = REGISTERED
    return taken, names
