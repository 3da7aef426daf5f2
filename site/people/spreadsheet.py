"""Lists as Excel files that open right: every cell is text, times are those of the office's clock.

sheets.py reads the lists that people hand in.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import ClassVar

from django.utils import timezone
from openpyxl.cell import WriteOnlyCell

from people.models import AuditEntry


def as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    return "".join(c for c in str(value) if c >= " " or c == "\n")  # control characters cannot stand in a spreadsheet


def text_cells(worksheet, values: Iterable) -> Iterator[WriteOnlyCell]:
    """Cells that stay what was typed: a phone keeps its zero, and nothing becomes a formula."""
    for value in values:
        cell = WriteOnlyCell(worksheet, as_text(value))
        cell.data_type = "s"
        cell.number_format = "@"
        yield cell


class TextExport:
    """Before IndexView in the bases: the list as such a file, and a line in the audit trail about who took it."""

    FORMATS: ClassVar = ("xlsx",)

    def generate_xlsx_row(self, worksheet, row_dict, date_format=None):
        yield from text_cells(worksheet, row_dict.values())

    @property
    def header_more_buttons(self):
        return [
            button for button in super().header_more_buttons if "export=csv" not in (getattr(button, "url", None) or "")
        ]

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            AuditEntry.objects.record(
                self.request.user, f"{self.model._meta.label_lower}.export", rows=len(context["object_list"])
            )
        return super().render_to_response(context, **kwargs)
