"""Lists that people paste or upload: the rows of a sheet, by columns we know, carried from the dry run to the decision.

Whoever asks for a list says which columns it may have and judges the lines; here they are read, and what is wrong is
said with row and column as Excel shows them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.importing import COLUMNS, Fault, Line, label_of
from people.sheets import Problem, Unreadable, match_columns, phone_from_number, read_file, read_pasted

SALT = "events.lists"
A_DAY = 86_400  # seconds between the dry run and the decision


def columns_of(*names: str) -> dict[str, list[str]]:
    """Some of the columns of importing.COLUMNS, in the order of a list without headings."""
    return {name: COLUMNS[name] for name in names}


@dataclass
class HandedIn:
    """The rows of one list. `key` names it, so that the same list sent twice is one list."""

    lines: list[Line]
    places: dict[str, str]  # where each column stands, as Excel shows it: "C (E-mail)"
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    notices: list[str] = field(default_factory=list)
    complaints: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, text: str, upload, known: Mapping[str, Iterable[str]]) -> HandedIn:
        """Raises `Unreadable` with a sentence for the person."""
        table = read_file(upload.name, upload) if upload else read_pasted(text)
        columns = match_columns(table, known)
        lines = []
        for row in table.rows:
            typed = {name: " ".join(row.cells[index].split()) for name, index in columns.items()}
            if "phone" in typed:
                typed["phone"] = phone_from_number(typed["phone"])
            lines.append(Line(row.number, typed))
        places = {
            name: table.column(index) if table.columns else f"{table.column(index)} ({label_of(name)})"
            for name, index in columns.items()
        }
        return cls(lines, places, notices=table.notices, complaints=table.problems)

    def sealed(self) -> str:
        """For a hidden field of the page that asks “shall I?”: only what was looked at can be decided on."""
        rows = [[line.number, line.typed] for line in self.lines]
        return signing.dumps([self.key.hex, self.places, rows], salt=SALT, compress=True)

    @classmethod
    def opened(cls, sealed: str) -> HandedIn:
        """Raises `BadSignature`."""
        key, places, rows = signing.loads(sealed, salt=SALT, max_age=A_DAY)
        return cls([Line(number, typed) for number, typed in rows], places, uuid.UUID(key))

    def problems(self, faults: Iterable[Fault]) -> list[Problem]:
        """What reading found, and what somebody who judged the lines found."""
        found = [Problem(fault.number, self.places.get(fault.field, ""), fault.sentence) for fault in faults]
        return sorted({*self.complaints, *found}, key=lambda problem: (problem.row, problem.column))


class ListForm(forms.Form):
    """A list as rows from Excel or as a file; the second time as what was looked at."""

    rows = forms.CharField(
        label=_("Rows from Excel"),
        required=False,
        strip=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("Excel (.xlsx) or CSV"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
    sealed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, known: Mapping[str, Iterable[str]], most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.known, self.most = known, most
        self.handed_in: HandedIn | None = None

    @property
    def was_looked_at(self) -> bool:
        return bool(self.cleaned_data.get("sealed"))

    def clean(self):
        cleaned = super().clean()
        try:
            if cleaned.get("sealed"):
                self.handed_in = HandedIn.opened(cleaned["sealed"])
            elif cleaned.get("file") or cleaned.get("rows", "").strip():
                self.handed_in = HandedIn.read(cleaned.get("rows", ""), cleaned.get("file"), self.known)
            elif not self.errors:
                self.add_error("rows", _("Please paste the rows, or choose a file."))
        except Unreadable as reason:
            self.add_error("file" if cleaned.get("file") else "rows", str(reason))
        except signing.BadSignature:
            self.add_error("rows", _("Too much time has passed. Please hand the list in once more."))
        if self.handed_in is not None and len(self.handed_in.lines) > self.most:
            sentence = ngettext(
                "The list has more than %(number)d row. Please hand it in as several smaller ones.",
                "The list has more than %(number)d rows. Please hand it in as several smaller ones.",
                self.most,
            )
            self.add_error("file" if cleaned.get("file") else "rows", sentence % {"number": self.most})
        return cleaned
