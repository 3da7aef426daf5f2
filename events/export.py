"""Lists as Excel files that open right: every cell is text, times are those of the office's clock."""

import datetime
from typing import ClassVar

from django.utils import timezone
from openpyxl.cell import WriteOnlyCell

from people.models import AuditEntry


class TextExport:
    """Before IndexView in the bases. A phone keeps its zero, and nothing that somebody typed becomes a formula."""

    FORMATS: ClassVar = ("xlsx",)

    def generate_xlsx_row(self, worksheet, row_dict, date_format=None):
        for value in row_dict.values():
            cell = WriteOnlyCell(worksheet, as_text(value))
            cell.data_type = "s"
            cell.number_format = "@"
            yield cell

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


def as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H:%M")
    # Control characters cannot stand in a spreadsheet.
    return "".join(c for c in str(value) if c >= " " or c == "\n")
