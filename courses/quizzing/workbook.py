"""The bank as an Excel list, for beginners: a row a question, with as many columns of answers as are needed."""

from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from courses.quizzing import markdown
from courses.quizzing.kinds import Kind
from courses.quizzing.markdown import KIND_BY_WORD, KINDS, NUMBER, Reading
from courses.quizzing.written import Line, Text, Written, clean, short_name, tags
from people.sheets import match_columns, read_file
from people.spreadsheet import text_cells
from people.text import fold

MOST = 8
COLUMNS: dict[str, list[str]] = {
    "key": ["Tên ngắn", "Short name"],
    "kind": ["Kiểu", "Kind"],
    "tags": ["Thẻ", "Tags"],
    "points": ["Điểm", "Points"],
    "text": ["Câu hỏi", "Question"],
    "right": ["Đáp án đúng", "Right answers"],
    **{f"answer{n}": [f"Đáp án {n}", f"Answer {n}"] for n in range(1, MOST + 1)},
    "explanation": ["Giải thích", "Explanation"],
    "source": ["Nguồn", "Source"],
}


def read(name: str, file: BinaryIO) -> Reading:
    """`people.sheets.Unreadable` says why nothing can be read at all."""
    table = read_file(name, file)
    columns = match_columns(table, COLUMNS)
    reading = Reading()
    for row in table.rows:
        place = _("Row %(number)s") % {"number": row.number}
        cells = {name: row.cells[index] for name, index in columns.items()}
        if not any(cells.values()):
            continue
        key = cells.get("key") or short_name(cells.get("text", ""))
        kind = KIND_BY_WORD.get(fold(cells.get("kind") or "một").lower())
        if kind is None:
            known = ", ".join(words[0] for words in KINDS.values())
            reading.complain(place, key, _("This kind is not known. Kinds: %(known)s.") % {"known": known})
            continue
        points = cells.get("points") or "1"
        answers = [cells.get(f"answer{n}", "") for n in range(1, MOST + 1)]
        written = Written(
            key=key,
            kind=kind.value,
            text=Text(clean(cells.get("text", ""))),
            lines=[],
            tags=tags(cells.get("tags", "")),
            points=int(points) if points.isdecimal() and len(points) < 6 else 0,
            source=cells.get("source", ""),
            explanation=Text(clean(cells.get("explanation", ""))),
            place=place,
        )
        _answers(reading, written, kind, answers, cells.get("right", ""))
        reading.items.append(written)
    return reading.judge()


def _answers(reading: Reading, written: Written, kind: Kind, answers: list[str], right: str) -> None:
    numbers = {int(n) for n in right.replace(";", ",").replace(" ", ",").split(",") if n.isdecimal() and len(n) < 3}
    for number, answer in enumerate(answers, start=1):
        body, _bar, feedback = answer.partition(markdown.FEEDBACK)
        if not body.strip():
            continue
        text, said = Text(clean(body)), Text(clean(feedback))
        if kind is Kind.MATCHING:
            left, _arrow, half = body.replace("→", "=>").partition("=>")
            written.lines.append(Line(Text(clean(left)), True, Text(clean(half)), said))
        elif kind is Kind.NUMBER:
            found = NUMBER.fullmatch(body.strip())
            written.tolerance = (found["tolerance"] or "0") if found else "?"
            written.lines.append(Line(Text(found["number"] if found else body), True, feedback=said))
        else:
            written.lines.append(Line(text, number in numbers or not kind.has_options, feedback=said))
    if kind.has_options and not numbers:
        reading.complain(written.place, written.key, _("Write the numbers of the right answers, such as 1 or 1, 3."))


def write(items: list[Written]) -> bytes:
    """The same columns again. English, pictures and a ninth answer are kept by the plain-text form alone."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(text_cells(sheet, [names[0] for names in COLUMNS.values()])))
    for item in items:
        kind = Kind(item.kind)
        right = (
            ", ".join(str(n) for n, line in enumerate(item.lines, start=1) if line.right) if kind.has_options else ""
        )
        answers = [_cell(kind, line, item) for line in item.lines[:MOST]] + [""] * MOST
        sheet.append(
            list(
                text_cells(
                    sheet,
                    [item.key, KINDS[kind][0], ", ".join(item.tags), item.points, item.text.vi, right, *answers[:MOST],
                     item.explanation.vi, item.source],
                )
            )
        )  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(kind: Kind, line: Line, item: Written) -> str:
    text = line.text.vi
    if kind is Kind.MATCHING:
        text = f"{line.text.vi} => {line.match.vi}"
    elif kind is Kind.NUMBER and item.tolerance not in ("", "0"):
        text = f"{line.text.vi} ± {item.tolerance}"
    return f"{text}{markdown.FEEDBACK}{line.feedback.vi}" if line.feedback else text
