"""What lessons have beside the blocks of every story: procedures, comparisons, things to open, tick and hand in."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.blocks import PLAIN_FEATURES, StepsBlock, TextBlock
from courses.measures import pages_of

MOST_COMPARED = 4


class RememberBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=400)

    class Meta:
        icon = "pin"
        label = _("To remember")
        template = "courses/blocks/remember.html"
        description = _("One sentence that stays in mind")
        preview_value = {"text": "Tiếp nhận trước, chuyển đúng nơi sau."}


class ProcedureStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=200)
    who = blocks.CharBlock(
        label=_("Who does it"), required=False, max_length=120, help_text=_("A role, such as “Receiving officer”.")
    )
    text = TextBlock(label=_("How"), required=False, features=["bold", "italic", "link", "ul", "document-link"])

    class Meta:
        icon = "list-ol"
        label = _("Step")


class ProcedureBlock(StepsBlock):
    """Administrative procedures: who does what, one after another."""

    steps = blocks.ListBlock(ProcedureStepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "courses/blocks/steps.html"
        description = _("What to do, one step after another, and who is responsible")
        preview_value = {
            "heading": "Tiếp nhận hồ sơ",
            "steps": [{"title": "Kiểm tra hồ sơ", "who": "Công chức một cửa", "text": ""}],
        }


class ComparedBlock(blocks.StructBlock):
    aspect = blocks.CharBlock(label=_("What is compared"), max_length=150)
    cells = blocks.ListBlock(
        blocks.TextBlock(label=_("Cell"), rows=2, required=False, max_length=600),
        label=_("One cell a column"),
        min_num=2,
    )

    class Meta:
        icon = "list-ul"
        label = _("Row")


class ComparisonBlock(blocks.StructBlock):
    """Two to four things beside each other. On a phone each row is read on its own, with the names of the columns."""

    caption = blocks.CharBlock(label=_("What the table compares"), max_length=200)
    columns = blocks.ListBlock(
        blocks.CharBlock(max_length=100, label=_("Column")), label=_("Columns"), min_num=2, max_num=MOST_COMPARED
    )
    rows = blocks.ListBlock(ComparedBlock(), label=_("Rows"), min_num=1)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=250)

    class Meta:
        icon = "table"
        label = _("Comparison")
        template = "courses/blocks/comparison.html"
        description = _("Things beside each other, such as before and after, right and wrong")
        preview_value = {
            "caption": "Nộp trực tiếp và trực tuyến",
            "columns": ["Trực tiếp", "Trực tuyến"],
            "rows": [{"aspect": "Nơi nộp", "cells": ["Trung tâm phục vụ hành chính công", "Cổng dịch vụ công"]}],
            "source": "",
        }

    def clean(self, value):
        value = super().clean(value)
        width = len(value["columns"])
        for number, row in enumerate(value["rows"], start=1):
            if len(row["cells"]) != width:
                sentence = _("Row %(number)s has %(cells)s cells, but there are %(columns)s columns.") % {
                    "number": number,
                    "cells": len(row["cells"]),
                    "columns": width,
                }
                raise blocks.StructBlockValidationError({"rows": ValidationError(sentence)})
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        columns = list(value["columns"])
        context["lines"] = [
            {"aspect": row["aspect"], "cells": list(zip(columns, row["cells"], strict=False))} for row in value["rows"]
        ]
        return context


class FoldedBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "arrow-down"
        label = _("Part")


class AccordionBlock(blocks.StructBlock):
    """Parts that open one by one. On paper all of them are open."""

    parts = blocks.ListBlock(FoldedBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "arrow-down"
        label = _("Parts to open")
        template = "courses/blocks/accordion.html"
        description = _("Headings that open to show their text; printed open")
        preview_value = {"parts": [{"heading": "Ví dụ từ một xã", "text": "<p>Người dân nộp hồ sơ ở xã bên.</p>"}]}


class PdfBlock(blocks.StructBlock):
    """A paper to read or download. What stands in it is said in words too: it is never the only form of a lesson."""

    file = DocumentChooserBlock(label=_("PDF file"))
    title = blocks.CharBlock(label=_("Name to show"), max_length=250)
    summary = blocks.TextBlock(
        label=_("What stands in it"), rows=3, max_length=1000, help_text=_("For those who cannot open the file.")
    )
    pages = blocks.IntegerBlock(
        label=_("Number of pages"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=_("Empty: read from the file."),
    )

    class Meta:
        icon = "doc-full"
        label = _("PDF document")
        template = "courses/blocks/pdf.html"
        description = _("A PDF with its pages and size, and in a few words what stands in it")

    def clean(self, value):
        value = super().clean(value)
        if value["file"] and value["file"].file_extension.lower() != "pdf":
            raise blocks.StructBlockValidationError(
                {"file": ValidationError(_("Choose a PDF. Other files go into the block “Documents”."))}
            )
        if value["file"] and not value["pages"]:
            with value["file"].open_file() as file:
                value["pages"] = pages_of(file)
        return value


class ChecklistBlock(blocks.StructBlock):
    """Things to check at work, one after another. Ticks stay in this browser alone; on paper they are boxes."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    items = blocks.ListBlock(blocks.CharBlock(label=_("To check"), max_length=300), label=_("List"), min_num=1)

    class Meta:
        icon = "tick"
        label = _("Checklist")
        template = "courses/blocks/checklist.html"
        description = _("Boxes to tick while working; they are not marked and not sent anywhere")
        preview_value = {"title": "Trước khi bấm vào liên kết", "items": ["Tôi có chờ thư này không?"]}


FILE_KINDS = {
    "pdf": ("PDF", ("pdf",)),
    "text": (_("Text documents (docx, odt)"), ("docx", "odt")),
    "sheet": (_("Spreadsheets (xlsx, ods)"), ("xlsx", "ods")),
    "slides": (_("Slides (pptx, odp)"), ("pptx", "odp")),
    "picture": (_("Pictures (jpg, png)"), ("jpg", "jpeg", "png")),
}


class TaskValue(blocks.StructValue):
    @property
    def takes_text(self) -> bool:
        return self["answer"] != "file"

    @property
    def takes_file(self) -> bool:
        return self["answer"] != "text"

    @property
    def extensions(self) -> list[str]:
        return [extension for kind in self["kinds"] for extension in FILE_KINDS.get(kind, ("", ()))[1]]


class PracticalTaskBlock(blocks.StructBlock):
    """Something to do at work and hand in; a tutor reads it. The form stands at the end of the lesson."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    instructions = blocks.RichTextBlock(label=_("What to do"), features=["ol", "ul", *PLAIN_FEATURES])
    criteria = blocks.RichTextBlock(
        label=_("What the tutor looks at"), required=False, features=["ol", "ul", *PLAIN_FEATURES]
    )
    answer = blocks.ChoiceBlock(
        label=_("What is handed in"),
        choices=[("text", _("Text")), ("file", _("A file")), ("either", _("Text, a file, or both"))],
        default="either",
    )
    kinds = blocks.MultipleChoiceBlock(
        label=_("Kinds of file"),
        choices=[(key, name) for key, (name, _extensions) in FILE_KINDS.items()],
        default=["pdf", "text", "picture"],
        required=False,
    )
    megabytes = blocks.IntegerBlock(label=_("Largest file in MB"), default=10, min_value=1, max_value=20)
    points = blocks.IntegerBlock(label=_("Points"), default=10, min_value=1, max_value=100)
    pass_points = blocks.IntegerBlock(label=_("Points needed to pass"), default=5, min_value=1, max_value=100)

    class Meta:
        icon = "edit"
        label = _("Practical task")
        value_class = TaskValue
        description = _("Something to do and hand in, marked by a tutor; at most one in a lesson, shown at its end")

    def clean(self, value):
        value = super().clean(value)
        errors = {}
        if value["answer"] != "text" and not value["kinds"]:
            errors["kinds"] = ValidationError(_("Choose at least one kind of file."))
        if value["pass_points"] > value["points"]:
            errors["pass_points"] = ValidationError(_("Nobody can reach more points than there are."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value
