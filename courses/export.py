"""Lists as Excel files that open right: every cell is text, times are those of the office's clock."""

import datetime
from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from people.models import AuditEntry

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    return "".join(c for c in str(value) if c >= " " or c == "\n")  # control characters cannot stand in a spreadsheet


def text_cells(worksheet, values):
    """Cells that stay what was typed: a number keeps its zero, and nothing becomes a formula."""
    for value in values:
        cell = WriteOnlyCell(worksheet, as_text(value))
        cell.data_type = "s"
        cell.number_format = "@"
        yield cell


def workbook(user, name: str, headings: list, rows) -> HttpResponse:
    """The file, and a line in the audit trail about who took it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    number = 0
    sheet.append(list(text_cells(sheet, headings)))
    for row in rows:
        sheet.append(list(text_cells(sheet, row)))
        number += 1
    out = BytesIO()
    book.save(out)
    AuditEntry.objects.record(user, f"courses.{name}.export", rows=number)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.xlsx"'
    return response
