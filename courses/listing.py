"""Lists of officials who are to take a course: which columns they have, and what would become of each row.

A person is found by staff code, else by e-mail address, else by telephone. Whoever is not found gets an account, also
without a mailbox. What an account says already is never overwritten by a list: a name on papers is its owner's word,
and an address would be a way in.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched
from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from people.formfields import EmailField, NameField, PhoneField, TextField
from people.models import Unit, UnitMembership, User, staff_code
from people.text import search_text

if TYPE_CHECKING:
    from courses.models import Course

# What the columns may be called; the first is what the template says.
COLUMNS: dict[str, list[str]] = {
    "staff_code": ["Mã cán bộ", "Mã CBCCVC", "Mã số", "Mã nhân viên", "Staff code", "Code"],
    "full_name": ["Họ và tên", "Họ tên", "Tên", "Full name", "Name"],
    "email": ["E-mail", "Thư điện tử", "Địa chỉ thư", "Hộp thư", "E-mail address"],
    "phone": ["Điện thoại", "Số điện thoại", "SĐT", "ĐT", "Di động", "Phone", "Telephone"],
    "unit": ["Đơn vị", "Đơn vị công tác", "Cơ quan", "Cơ quan, đơn vị", "Unit"],
    "position": ["Chức vụ", "Chức danh", "Position", "Job title"],
}
NEEDED = ("full_name", "unit")
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row; `column` is empty where it is the row as a whole."""

    number: int
    column: str
    sentence: str


@dataclass(slots=True)
class Official:
    """A row that is in order, and the account it means; None: one is made."""

    number: int
    full_name: str
    email: str
    phone: str
    staff_code: str
    unit: Unit
    position: str
    person: User | None = None
    moves: bool = False  # to this unit or position, from today


@dataclass
class Checked:
    """What would become of a list. Nothing is written."""

    officials: list[Official] = field(default_factory=list)
    enrolled: set[int] = field(default_factory=set)  # keys of people who are enrolled already
    dated: int = 0  # how many of these get the deadline of the list
    faults: list[Fault] = field(default_factory=list)

    @property
    def new_people(self) -> list[Official]:
        return [one for one in self.officials if one.person is None]

    @property
    def moving(self) -> list[Official]:
        return [one for one in self.officials if one.moves and one.person is not None]

    @property
    def to_enrol(self) -> list[Official]:
        return [one for one in self.officials if one.person is None or one.person.pk not in self.enrolled]

    @property
    def numbers(self) -> dict[str, int]:
        return {
            "people": len(self.new_people),
            "moving": len(self.moving),
            "enrol": len(self.to_enrol),
            "already": len(self.officials) - len(self.to_enrol),
            "dated": self.dated,
        }


class OfficialForm(forms.Form):
    """One row, before it is compared with what is known."""

    staff_code = TextField(max_length=30, required=False)
    full_name = NameField()
    email = EmailField(required=False)
    phone = PhoneField(required=False)
    unit = TextField(max_length=160, error_messages={"required": ""})
    position = TextField(max_length=160, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].error_messages["required"] = _("Please say at which unit.")

    def clean_staff_code(self) -> str:
        return staff_code(self.cleaned_data["staff_code"])


class UnitNames:
    """Every spelling of every unit, former names too; two units of one spelling are never chosen between silently."""

    def __init__(self) -> None:
        self.by_name: dict[str, dict[int, Unit]] = {}
        for unit in Unit.objects.offices():
            for name in filter(None, (unit.full_name_vi, unit.full_name_en, unit.name, unit.code, *unit.aliases)):
                self.by_name.setdefault(search_text(name), {})[unit.pk] = unit

    def find(self, typed: str) -> Unit:
        words = search_text(typed)
        found = list(self.by_name.get(words, {}).values())
        if len(found) == 1:
            return found[0]
        # "Phường Hạ Long" is that ward, though a former name of another one is spelt the same.
        exact = [unit for unit in found if search_text(unit.full_name_vi) == words]
        if len(exact) == 1:
            return exact[0]
        if found:
            names = ", ".join(unit.full_name for unit in found[:4])
            raise forms.ValidationError(_("Several units are called so: %(names)s.") % {"names": names})
        near = difflib.get_close_matches(words, self.by_name, n=1, cutoff=0.75)
        if near:
            name = next(iter(self.by_name[near[0]].values())).full_name
            raise forms.ValidationError(
                _("There is no unit “%(typed)s”. Do you mean %(name)s?") % {"typed": typed, "name": name}
            )
        raise forms.ValidationError(_("There is no unit “%(typed)s”.") % {"typed": typed})


class Known:
    """The accounts that the rows may mean, asked for in a few queries for all rows."""

    def __init__(self, rows: list[tuple[int, dict]]):
        self.by_code: dict[str, User] = {}
        self.by_email: dict[str, User] = {}
        self.by_phone: dict[str, list[User]] = {}
        for part in batched(rows, CHUNK, strict=False):
            codes = {data["staff_code"] for _number, data in part} - {""}
            emails = {data["email"] for _number, data in part} - {""}
            phones = {data["phone"] for _number, data in part} - {""}
            theirs = User.objects.filter(emailaddress__verified=True, emailaddress__email__in=emails).values("pk")
            found = User.objects.filter(
                Q(staff_code__in=codes) | Q(email__in=emails) | Q(phone__in=phones) | Q(pk__in=theirs)
            )
            for person in found.prefetch_related("memberships__unit", "emailaddress_set").select_related("merged_into"):
                if person.merged_into is not None:
                    continue
                if person.staff_code:
                    self.by_code[person.staff_code] = person
                proven = [row.email.lower() for row in person.emailaddress_set.all() if row.verified]
                for address in filter(None, [person.email, *proven]):
                    self.by_email[address] = person
                if person.phone and person.is_active:
                    mine = self.by_phone.setdefault(person.phone, [])
                    if person not in mine:
                        mine.append(person)


def check(
    course: Course,
    lines: Iterable[tuple[int, dict[str, str]]],
    *,
    day: date,
    units: set[int] | None,
    due_at: datetime | None,
) -> Checked:
    """Every row against the fields and against who is known. `units`: the only ones that may stand in the list."""
    found = Checked()
    names, rows = UnitNames(), []
    form = OfficialForm({})  # one for all rows: making a form costs more than asking it
    for number, typed in lines:
        form.data = typed
        form.full_clean()
        found.faults += [Fault(number, name, str(error)) for name, errors in form.errors.items() for error in errors]
        if not form.errors:
            rows.append((number, dict(form.cleaned_data)))
    known = Known(rows)
    seen: dict[object, int] = {}
    for number, data in rows:
        try:
            official = _official(number, data, names, known, day, units)
        except _Wrong as wrong:
            found.faults.append(Fault(number, wrong.column, wrong.sentence))
            continue
        keys: list[object] = [official.person.pk] if official.person else []
        keys += [("code", official.staff_code)] if official.staff_code else []
        keys += [("email", official.email)] if official.email else []
        earlier = next((seen[key] for key in keys if key in seen), None)
        if earlier is not None:
            found.faults.append(Fault(number, "", _("Row %(row)s is the same person.") % {"row": earlier}))
            continue
        seen |= dict.fromkeys(keys, number)
        found.officials.append(official)
    people = [one.person.pk for one in found.officials if one.person]
    for part in batched(people, CHUNK, strict=False):
        found.enrolled.update(course.enrolments.filter(person__in=part).values_list("person", flat=True))
        found.dated += course.to_date(part, due_at).count()
    return found


class _Wrong(Exception):
    def __init__(self, column: str, sentence: str):
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def _official(number: int, data: dict, names: UnitNames, known: Known, day: date, units: set[int] | None) -> Official:
    try:
        data["unit"] = names.find(data["unit"])
    except forms.ValidationError as error:
        raise _Wrong("unit", error.messages[0]) from None
    if units is not None and data["unit"].pk not in units:
        raise _Wrong("unit", _("You do not manage the training of %(unit)s.") % {"unit": data["unit"]})
    official = Official(number, person=_account(data, known), **data)
    person = official.person
    if person is None:
        if not (data["staff_code"] or data["email"] or data["phone"]):
            raise _Wrong("", _("A staff code, an e-mail address or a telephone is needed to know this person again."))
        return official
    if not person.is_active:
        raise _Wrong("", _("The account of this person is closed."))
    membership = person.membership_on(day)
    if units is not None and membership is not None and membership.unit_id not in units:
        raise _Wrong(
            "unit", _("This person works at %(unit)s by our records; ask its manager.") % {"unit": membership.unit}
        )
    position = data["position"] or (membership.position if membership else "")
    official.position = position
    official.moves = membership is None or (membership.unit_id, membership.position) != (data["unit"].pk, position)
    return official


def _account(data: dict, known: Known) -> User | None:
    """By staff code, else by address, else by telephone; what contradicts is said, not guessed."""
    by_code, by_email = known.by_code.get(data["staff_code"]), known.by_email.get(data["email"])
    if by_code and by_email and by_code != by_email:
        raise _Wrong("email", _("The staff code and the address belong to two different accounts."))
    person, column = (by_code, "staff_code") if by_code else (by_email, "email")
    if person is None and data["phone"]:
        same = known.by_phone.get(data["phone"], [])
        named = [one for one in same if search_text(one.full_name) == search_text(data["full_name"])]
        # A telephone may be an office's: it speaks for a person only together with the name.
        person, column = (named[0] if len(named) == 1 else None), "phone"
    if person is None:
        return None
    if column != "phone" and person.full_name and search_text(person.full_name) != search_text(data["full_name"]):
        raise _Wrong(
            column,
            _("Here this is %(name)s. If it is the same person, please write the name so.")
            % {"name": person.full_name},
        )
    if person.staff_code and data["staff_code"] and person.staff_code != data["staff_code"]:
        raise _Wrong("staff_code", _("Here this person has the staff code %(code)s.") % {"code": person.staff_code})
    return person


def write_people(checked: Checked, day: date) -> list[User]:
    """Make the accounts that are missing and say where everybody works; answers everybody of the list."""
    new = checked.new_people
    made = User.objects.create_many(
        User(email=one.email or None, full_name=one.full_name, phone=one.phone, staff_code=one.staff_code)
        for one in new
    )
    UnitMembership.objects.bulk_create(
        [
            UnitMembership(person=person, unit=one.unit, position=one.position, since=day)
            for one, person in zip(new, made, strict=True)
        ],
        batch_size=1_000,
    )
    for one, person in zip(new, made, strict=True):
        one.person = person
    for one in checked.officials:
        assert one.person is not None
        if one.moves:
            one.person.join(one.unit, one.position, day)
        if one.staff_code and not one.person.staff_code:
            one.person.staff_code = one.staff_code
            one.person.save(update_fields=["staff_code"])
    keys = [one.person.pk for one in checked.officials if one.person]
    people: list[User] = []
    for part in batched(keys, CHUNK, strict=False):
        people += User.objects.filter(pk__in=part).prefetch_related("memberships__unit")
    return people
