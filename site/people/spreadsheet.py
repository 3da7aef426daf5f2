"""Lists as Excel files that open right: every cell is text, times are those of the office's clock.

sheets.py reads the lists that people hand in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from people.models import AuditEntry, names_a_person
from people.office import looked_through

PIECE = 1_000  # rows of a list read at once
UNTOLD = {"export", "q", "p", "ordering"}  # of a list's address: not which rows it has, or more than a log should keep


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(book: Workbook, name: str) -> HttpResponse:
    """The workbook to take away, under this name."""
    response = HttpResponse(content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'})
    book.save(response)
    return response


def as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    return "".join(c for c in str(value) if c >= " " or c == "\n")  # control characters cannot stand in a spreadsheet


def text_cells(worksheet, values: Iterable) -> Iterator[WriteOnlyCell | None]:
    """Cells that stay what was typed: a phone keeps its zero, and nothing becomes a formula. Nothing is no cell."""
    for value in values:
        if not (text := as_text(value)):
            yield None
            continue
        cell = WriteOnlyCell(worksheet, text)
        cell.data_type = "s"
        cell.number_format = "@"
        yield cell


class InPieces:
    """The rows of a query, read some at a time; Wagtail asks them for their model to name the columns."""

    def __init__(self, rows: QuerySet):
        self.rows, self.model = rows, rows.model

    def __iter__(self) -> Iterator:
        return self.rows.iterator(chunk_size=PIECE)


class TextExport:
    """Before IndexView in the bases: the list as such a file, and a line in the audit trail about who took it.

    A list of people that is only looked at is written down, too, once a day.
    """

    FORMATS: ClassVar = ("xlsx",)

    def write_xlsx(self, queryset, output):
        """Wagtail's, but a list of thousands is read in pieces and never stands in memory as a whole."""
        super().write_xlsx(InPieces(queryset) if isinstance(queryset, QuerySet) else queryset, output)

    def generate_xlsx_row(self, worksheet, row_dict, date_format=None):
        yield from text_cells(worksheet, row_dict.values())

    @property
    def header_more_buttons(self):
        return [
            button for button in super().header_more_buttons if "export=csv" not in (getattr(button, "url", None) or "")
        ]

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            query, rows = self.request.GET, context["object_list"]
            # What was searched for may be somebody's name, so only that something was.
            filters = {name: query.getlist(name) for name in query if name not in UNTOLD and query[name]}
            AuditEntry.objects.record(
                self.request.user,
                f"{self.model._meta.label_lower}.export",
                rows=rows.count() if isinstance(rows, QuerySet) else len(rows),
                filters=filters,
                searched=bool(query.get("q")),
            )
        elif names_a_person(self.model):
            looked_through(self.request, self.model)
        return super().render_to_response(context, **kwargs)
