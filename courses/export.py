"""A report as an Excel file."""

from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook

from people.models import AuditEntry
from people.spreadsheet import text_cells

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
