"""A report as an Excel file."""

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook

from people.models import AuditEntry
from people.spreadsheet import as_file, text_cells


def workbook(user, name: str, headings: list, rows) -> HttpResponse:
    """The file, and a line in the audit trail about who took it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    number = 0
    sheet.append(list(text_cells(sheet, headings)))
    for row in rows:
        sheet.append(list(text_cells(sheet, row)))
        number += 1
    AuditEntry.objects.record(user, f"courses.{name}.export", rows=number)
    return as_file(book, f"{name}-{timezone.localdate():%Y-%m-%d}")
