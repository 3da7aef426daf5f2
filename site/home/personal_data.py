"""One person's data, gathered from every app that keeps some: to hand it over, or to erase it.

Each app lists its own in `personal_data.py` as `HOLDINGS` (people.holdings).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from openpyxl import Workbook

from people.holdings import Holding, Row, Subject, fingerprint
from people.models import AuditEntry, User
from people.spreadsheet import text_cells


def holdings() -> Iterator[Holding]:
    for app in apps.get_app_configs():
        if app.name != "home" and find_spec(f"{app.name}.personal_data"):
            yield from import_module(f"{app.name}.personal_data").HOLDINGS


@dataclass(frozen=True)
class Found:
    """What one kind of record says about the person."""

    holding: Holding
    rows: list[Row]

    @property
    def columns(self) -> list[str]:
        """Every key that occurs, those with a name first."""
        keys = {key for row in self.rows for key in row}
        named = [key for key in self.holding.labels() if key in keys]
        return named + sorted(keys - set(named))

    @property
    def headings(self) -> list[str]:
        labels = self.holding.labels()
        return [str(labels.get(key, key)) for key in self.columns]

    @property
    def records(self) -> list[list[tuple[str, object]]]:
        """For the screen: of each record what is filled in, one below the other."""
        return [
            [pair for pair in zip(self.headings, row, strict=True) if pair[1] not in (None, "", {}, [])]
            for row in self.table
        ]

    @property
    def table(self) -> list[list]:
        return [[row.get(key, "") for key in self.columns] for row in self.rows]


def everything(email: str) -> list[Found]:
    """All that is kept under this address; kinds of which nothing is kept are left out."""
    subject = Subject(email)
    found = (Found(holding, holding.find(subject)) for holding in holdings())
    return [one for one in found if one.rows]


def as_json(email: str, found: list[Found], at: datetime) -> bytes:
    told = {"email": email, "at": at, "data": {one.holding.key: one.rows for one in found}}
    return json.dumps(told, ensure_ascii=False, indent=1, cls=Encoder).encode()


class Encoder(DjangoJSONEncoder):
    """Records that stand in a row are told by their name."""

    def default(self, o):
        try:
            return super().default(o)
        except TypeError:
            return str(o)


def as_workbook(found: list[Found]) -> bytes:
    """A sheet for each kind of record; every cell is text."""
    book = Workbook(write_only=True)
    for one in found:
        sheet = book.create_sheet(title=str(one.holding.name)[:31])
        sheet.append(list(text_cells(sheet, one.headings)))
        for row in one.table:
            sheet.append(list(text_cells(sheet, (in_words(value) for value in row))))
    if not found:
        book.create_sheet()
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def in_words(value):
    return json.dumps(value, ensure_ascii=False, cls=Encoder) if isinstance(value, dict | list) else value


def exported(by: User, email: str, found: list[Found], *, form: str, reason: str) -> None:
    """Write down that somebody took it: whose data it was can be found by address, not read."""
    counts = {one.holding.key: len(one.rows) for one in found}
    AuditEntry.objects.record(
        by, "personal_data.exported", _account(email), person=fingerprint(email), form=form, reason=reason, **counts
    )


def erase(email: str, *, at: datetime, by: User, reason: str) -> dict[str, int]:
    """Erase what may be erased, all of it or nothing. Raises `CannotErase`. {kind of record: number of rows}"""
    subject, account = Subject(email), _account(email)
    with transaction.atomic():
        _ = subject.accounts  # found by the address, which is about to go
        done = {holding.key: holding.erase(subject, at, by) for holding in holdings() if holding.erase is not None}
        done = {key: number for key, number in done.items() if number}
        AuditEntry.objects.record(by, "personal_data.erased", account, person=fingerprint(email), reason=reason, **done)
    return done


def _account(email: str) -> User | None:
    return next(iter(Subject(email).accounts), None)
