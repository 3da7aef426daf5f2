"""Lists that people hand in: rows pasted from Excel, an XLSX or a CSV file. spreadsheet.py writes those we hand out.

    table = read_file(upload.name, upload)          or read_pasted(text); Unreadable says why not
    columns = match_columns(table, {"full_name": ["Họ và tên", "Full name"], "email": ["E-mail"]})
    for row in table.rows:
        name = row.cells[columns["full_name"]]
        …                                           table.complain(row.number, columns["email"], _("…"))
    table.problems                                  what reading found and what the caller complained of

Whatever a cell was, here it is one clean line or more of NFC text. Formulas are text too: what the file shows is read,
never what it computes, and spreadsheet.py writes every cell as text again.
"""

import datetime
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHARED_STRINGS

from people import old_fonts
from people.old_fonts import OLD_FONTS, SOFT_HYPHEN, WORD, is_syllable
from people.text import fold, nfc

MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 2_000  # characters
MAX_TEXT = 20_000_000  # characters of all cells: a million cells of a small file may share one long text
MAX_PROBLEMS = 1_000  # nobody reads more, and one is enough to import nothing
MAX_FILE = 20_000_000  # bytes as uploaded
MAX_PARTS, MAX_UNPACKED = 1_000, 80_000_000  # of the zip archive that an XLSX file is
MAX_IN_SHEET, MAX_IN_STRINGS, MAX_IN_OTHERS = 1_500_000, 600_000, 50_000  # elements of an XML part
MAX_XML_ROWS, MAX_IN_ROW, MAX_TAG = 200_000, 50_000, 8_000  # the parser keeps a trace of each row, and one row whole
LAST_EXCEL_ROW = 1_048_576
TITLE_ROWS = 10  # how far down the row of headings may be


class Unreadable(ValueError):
    """Nothing can be read from this; the message is a sentence for the person who handed it in."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, or with a whole row where `column` is empty."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        if self.column:
            return _("Row %(row)s, column %(column)s: %(sentence)s") % vars(self)
        return _("Row %(row)s: %(sentence)s") % vars(self)


@dataclass(slots=True)
class Row:
    """A row that is not blank; `number` is the one at its left in Excel. All rows of a table are equally long."""

    number: int
    cells: list[str]


@dataclass
class Table:
    rows: list[Row] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)  # the headings, once match_columns() found them
    complaints: list[tuple[int, int | None, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)  # sentences: what was converted and should be looked at
    needs_headings: bool = True  # what is pasted may come without

    def column(self, index: int) -> str:
        """ "C (E-mail)": the letter that Excel shows, and the heading if there is one."""
        letter = get_column_letter(index + 1)
        heading = self.columns[index].replace("\n", " ")[:60] if index < len(self.columns) else ""
        return f"{letter} ({heading})" if heading else letter

    def complain(self, row: int, column: int | None, sentence: str) -> None:
        if len(self.complaints) < MAX_PROBLEMS:
            self.complaints.append((row, column, sentence))

    @property
    def problems(self) -> list[Problem]:
        return [
            Problem(row, "" if column is None else self.column(column), sentence)
            for row, column, sentence in sorted(self.complaints, key=lambda found: (found[0], found[1] or 0))
        ]


# Reading


def read_pasted(text: str) -> Table:
    """Cells copied from Excel arrive separated by tabs; a list typed by hand may use semicolons or commas."""
    if len(text) > MAX_FILE:
        raise Unreadable(_("The list is too long. Please hand it in as several smaller ones."))
    delimiter = "\t"
    if "\t" not in text:
        lines = [line for line in text.splitlines() if line.strip()]
        for candidate in ";,":
            if len({line.count(candidate) for line in lines}) == 1 and candidate in lines[0]:
                delimiter = candidate
    return _table(enumerate(_records(text, delimiter, pasted=True), 1), Table(needs_headings=False))


def read_file(name: str, file: BinaryIO) -> Table:
    """An XLSX or CSV file, told apart by what is in it; `file` can be rewound, as uploads can."""
    file.seek(0, 2)
    if file.tell() > MAX_FILE:
        raise Unreadable(_("The file is too large. Please keep only the list in it, without pictures."))
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        return _table(_xlsx_rows(file), Table())
    data = file.read()
    if start.startswith(b"\xd0\xcf\x11\xe0"):  # Microsoft's older container: .xls, or an encrypted XLSX
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(_("The file is protected by a password. Please save it without one."))
        raise Unreadable(
            _("This is a file of an old Excel (.xls). Please open it and save it as an Excel workbook (.xlsx).")
        )
    if not name.lower().endswith((".csv", ".tsv", ".txt")):
        raise Unreadable(_("Only Excel files (.xlsx) and CSV files can be read. Or copy the rows and paste them."))
    if not data.strip():
        raise Unreadable(_("The list is empty."))
    table = Table()
    text = _decode(data, table)
    del data
    marked = re.match(r"sep=(.)\r?\n", text)  # a line for Excel, which does not show it
    delimiter = marked[1] if marked else _delimiter(text)
    return _table(enumerate(_records(text[marked.end() :] if marked else text, delimiter), 1), table)


def _table(source: Iterable[tuple[int, Sequence]], table: Table) -> Table:
    left = MAX_TEXT
    for number, values in source:
        cells = [_cell(table, number, index, value) for index, value in enumerate(values)]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        left -= sum(map(len, cells))
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(_("The list has more than %(count)s columns.") % {"count": MAX_COLUMNS})
        if len(table.rows) == MAX_ROWS + TITLE_ROWS or left < 0:
            raise Unreadable(_("The list is too long. Please hand it in as several smaller ones."))
        table.rows.append(Row(number, cells))
    if not table.rows:
        raise Unreadable(_("The list is empty."))
    width = max(len(row.cells) for row in table.rows)
    for row in table.rows:
        row.cells += [""] * (width - len(row.cells))
    old_fonts.convert(table)
    return table


def _cell(table: Table, row: int, column: int, value) -> str:
    if value is None:
        return ""
    text = _as_text(value)
    if len(text) <= 3 * MAX_CELL:  # an ế may arrive as three characters
        text = _clean(text)
    if len(text) > MAX_CELL:
        table.complain(row, column, _("More than %(count)s characters.") % {"count": MAX_CELL})
        return "…"
    if text in ERROR_CODES:
        table.complain(row, column, _("Excel shows the error %(error)s here.") % {"error": text})
    if "\ufffd" in text:
        table.complain(row, column, _("Letters got lost here. Please save the file as XLSX or as “CSV UTF-8”."))
    return text


def _as_text(value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        seconds = "seconds" if value.second else "minutes"
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", seconds)
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes")
    return str(value)


def _clean(text: str) -> str:
    """NFC, without anything that cannot be seen; lines are kept."""
    if not text.isascii():
        text = nfc(text)
    if not text.isprintable():
        lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
        text = "".join(c if c.isprintable() or c in ("\n", SOFT_HYPHEN) else " " if c.isspace() else "" for c in lines)
    return text.strip()


def _records(text: str, delimiter: str, *, pasted: bool = False) -> Iterator[list[str]]:
    """One list of cells for each row. A quotation mark that nobody closes is a quotation mark, and swallows no rows.

    Excel's clipboard quotes only cells of several lines; elsewhere in it the marks belong to the text.
    """
    d = re.escape(delimiter)
    cell = re.compile(
        rf'(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"(?=[{d}\r\n]|\Z)|(?P<bare>[^{d}\r\n]*+))(?P<end>{d}|\r\n|\r|\n|\Z)'
    )
    record: list[str] = []
    for match in cell.finditer(text):
        quoted = match["quoted"]
        if quoted is None:
            record.append(match["bare"])
        elif pasted and not re.search(r"[\t\r\n]", quoted):
            record.append(f'"{quoted}"')
        else:
            record.append(quoted.replace('""', '"'))
        if match["end"] != delimiter:
            yield record
            record = []


def _delimiter(text: str) -> str:
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:100_000].splitlines()[:20]]
    return max("\t;,", key=lambda delimiter: sum(delimiter in line for line in lines))


def _decode(data: bytes, table: Table) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").lstrip("\ufeff")
    if data[:2_000].count(0) > 200:
        raise Unreadable(_("Only Excel files (.xlsx) and CSV files can be read. Or copy the rows and paste them."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # The code page that makes the most Vietnamese words; Western text makes none, old fonts' text once converted.
    sample, scores = data[:200_000], {}
    for code in ("cp1252", "utf-8", "cp1258"):
        words = {word for word in WORD.findall(nfc(sample.decode(code, "replace"))) if not word.isascii()}
        readings: list[Callable[[str], str]] = [str, *OLD_FONTS.values()] if code == "cp1252" else [str]
        scores[code] = max(sum(is_syllable(read(word)) for word in words) for read in readings)
    best = max(scores, key=scores.__getitem__)
    if best == "cp1258":
        table.notices.append(
            _("The file is in the old encoding Windows-1258 and has been converted. Please look at the names.")
        )
    return data.decode(best, "replace")


# XLSX


def _xlsx_rows(file: BinaryIO) -> Iterator[tuple[int, Sequence]]:
    """Of the first visible sheet with something in it.

    openpyxl finds the sheets and knows which numbers are dates; the cells are read here, in a quarter of its time.
    """
    try:
        _check_archive(file)
        reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        strings = _shared_strings(reader)
        for sheet, relation in reader.parser.find_sheets():
            if sheet.state != "visible" or relation.target not in reader.valid_files:
                continue
            found = False
            with reader.archive.open(relation.target) as part:
                for number, values in _rows(part, strings, reader.wb):
                    if any(value is not None for value in values):
                        found = True
                        yield number, values
            if found:
                return
    except Unreadable:
        raise
    except Exception as error:  # a file made by hand can raise anything here, and all of it means the same
        raise Unreadable(
            _("The file is damaged. Please save it again in Excel, or copy the rows and paste them.")
        ) from error


def _shared_strings(reader: ExcelReader) -> list[str]:
    part = reader.package.find(SHARED_STRINGS)
    if part is None:
        return []
    strings: list[str] = []

    def end(name: str, text: str) -> None:
        if name == "si":
            strings.append(text)

    with reader.archive.open(part.PartName.lstrip("/")) as unpacked:
        for _chunk in _parsed(unpacked, lambda _name, _attributes: None, end, fresh=("si",)):
            pass
    return strings


def _rows(part: IO[bytes], strings: list[str], book: Workbook) -> Iterator[tuple[int, list]]:
    """(number, values) of one sheet. What stands too far to the right counts as the column after the last."""
    rows: list[tuple[int, list]] = []
    values: list = []
    number = column = kind = style = raw = None
    last = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal values, number, column, kind, style, raw
        if name == "c":
            place = attributes.get("r")
            column = _index(place.rstrip("0123456789")) if place else len(values)
            kind, style, raw = attributes.get("t", "n"), int(attributes.get("s", 0)), None
        elif name == "row":
            values, number = [], int(float(attributes.get("r", last + 1)))

    def end(name: str, text: str) -> None:
        nonlocal raw, last
        if name in ("v", "is"):
            if (name == "is") == (kind == "inlineStr"):
                raw = text
        elif name == "c" and column is not None and raw:
            at = min(column, MAX_COLUMNS)
            values.extend([None] * (at + 1 - len(values)))
            values[at] = _value(raw, kind, style, strings, book)
        elif name == "row" and number is not None and last < number <= LAST_EXCEL_ROW:
            rows.append((number, values))
            last = number

    for _chunk in _parsed(part, start, end, fresh=("v", "is")):
        yield from rows
        rows.clear()


def _parsed(
    part: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str, str], None],
    *,
    fresh: tuple[str, ...],
) -> Iterator[None]:
    """Walk through XML chunk by chunk. `end` hears the text since the start of one of `fresh`; of rich text that is
    what all its runs say, without how it is pronounced.
    """
    text: list[str] = []
    aside = heard = False

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal aside, heard
        name = name.rpartition(":")[2]
        if name in fresh:
            text.clear()
        aside = aside or name == "rPh"
        heard = not aside and name in ("t", "v")
        start(name, attributes)

    def said(characters: str) -> None:
        if heard:
            text.append(characters)

    def closed(name: str) -> None:
        nonlocal aside, heard
        name = name.rpartition(":")[2]
        heard = False
        aside = aside and name != "rPh"
        end(name, "".join(text) if name in fresh else "")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, said
    while chunk := part.read(1 << 16):
        parser.Parse(chunk)
        yield
    parser.Parse(b"", True)
    yield


def _value(raw: str, kind: str | None, style: int | None, strings: list[str], book: Workbook) -> Any:
    match kind:
        case "s":
            return strings[int(raw)]
        case "b":
            return bool(int(raw))
        case "d":
            return from_ISO8601(raw)
        case "n":
            number = float(raw) if re.search("[.eE]", raw) else int(raw)
            if style not in book._date_formats:
                return number
            try:
                return from_excel(number, book.epoch, timedelta=style in book._timedelta_formats)
            except (OverflowError, ValueError):
                return "#VALUE!"
    return raw


@lru_cache(maxsize=1024)
def _index(letters: str) -> int:
    return column_index_from_string(letters) - 1


def _check_archive(file: BinaryIO) -> None:
    """Before anything is parsed: 40 kB may hold gigabytes. zipfile never unpacks more than the directory says."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(_("The file is protected by a password. Please save it without one."))
        if "xl/workbook.xml" not in names:
            raise Unreadable(_("Only Excel files (.xlsx) and CSV files can be read. Or copy the rows and paste them."))
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _too_much()
        for part in parts:
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _too_much()  # others may ask for any amount of memory
            if part.filename.endswith((".xml", ".rels")):
                _check_part(archive, part)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """How much memory the XML will need goes by its elements, not by its bytes."""
    limit = MAX_IN_OTHERS
    if part.filename.startswith("xl/worksheets/"):
        limit = MAX_IN_SHEET
    elif part.filename.lower().endswith("sharedstrings.xml"):
        limit = MAX_IN_STRINGS
    elements = rows = in_row = 0
    inside = False

    def start(name: str, _attributes) -> None:
        nonlocal elements, rows, in_row, inside
        elements += 1
        in_row += 1
        if name.endswith("row") and limit == MAX_IN_SHEET:
            if inside:
                raise _too_much()
            inside, rows, in_row = True, rows + 1, 0
        if elements > limit or rows > MAX_XML_ROWS or (in_row > MAX_IN_ROW and limit == MAX_IN_SHEET):
            raise _too_much()

    def end(name: str) -> None:
        nonlocal inside
        if name.endswith("row"):
            inside = False

    def doctype(*_declaration) -> None:
        raise _too_much()

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, doctype
    before = b""
    with archive.open(part) as unpacked:
        while chunk := unpacked.read(1 << 16):
            if re.search(rb"<[^>]{%d}" % MAX_TAG, before + chunk):
                raise _too_much()
            parser.Parse(chunk)
            before = chunk[-MAX_TAG:]
    parser.Parse(b"", True)


def _too_much() -> Unreadable:
    return Unreadable(
        _("There is far more in this file than a list. Please copy the rows into a new file, or paste them here.")
    )


# Columns


def match_columns(table: Table, known: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Where each of the caller's columns is: {"email": 2}; those that the list lacks are missing.

    The row of headings, and titles above it, are taken off the table. What was pasted may lack headings: then the
    columns are in the caller's order, after a column of running numbers.
    """
    keys: dict[str, str] = {}
    for key, aliases in known.items():
        for word in (key, *aliases):
            keys.setdefault(_squash(word), key)  # where two of them share a name, the earlier one has it
    best: dict[str, int] = {}
    at = 0
    for position, row in enumerate(table.rows[:TITLE_ROWS]):
        if not any("@" in cell for cell in row.cells):  # somebody's address: people, not headings
            found = _headings(row, keys)
            if len(found) > len(best):
                best, at = found, position
    if best:
        table.columns = table.rows[at].cells
        first = table.rows[at].number
        del table.rows[: at + 1]
        table.complaints = [found for found in table.complaints if found[0] > first]
        if not table.rows:
            raise Unreadable(_("There is nothing below the row of headings."))
        if len(table.rows) > MAX_ROWS:
            raise Unreadable(_("The list is too long. Please hand it in as several smaller ones."))
        return best
    wanted = ", ".join(next(iter(aliases), key) for key, aliases in known.items())
    if table.needs_headings:
        raise Unreadable(_("No row with headings was found. These are understood: %(wanted)s.") % {"wanted": wanted})
    width = len(table.rows[0].cells)
    skip = int(all(row.cells[0].rstrip(".") == str(n) for n, row in enumerate(table.rows, 1)))
    if width - skip > len(known):
        raise Unreadable(
            _("There are more columns than expected. Please copy the headings too, or only these columns: %(wanted)s.")
            % {"wanted": wanted}
        )
    return {key: index for index, key in enumerate(known, skip) if index < width}


def _headings(row: Row, keys: Mapping[str, str]) -> dict[str, int]:
    """A heading counts before a part of one, as in "Họ và tên / Full name" or "E-mail (bắt buộc)"."""
    found: dict[str, int] = {}
    for whole in (True, False):
        here: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            if len(cell) > 200 or index in found.values():
                continue
            for word in [cell] if whole else re.split(r"[/\n()|:–]| - ", cell):
                key = keys.get(_squash(word), "") if word else ""
                if not key or key in found:
                    continue
                if here.setdefault(key, index) != index:
                    raise Unreadable(
                        _("Row %(row)s: columns %(one)s and %(two)s have the same heading “%(heading)s”.")
                        % {
                            "row": row.number,
                            "one": get_column_letter(here[key] + 1),
                            "two": get_column_letter(index + 1),
                            "heading": word.strip(),
                        }
                    )
        found |= here
    return found


def _squash(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text).lower())


def phone_from_number(text: str) -> str:
    """A phone that Excel took for a number lost its zero: "912345678" -> "0912345678". Others stay as they are."""
    return f"0{text}" if re.fullmatch(r"[35789]\d{8}|2\d{9}", text, flags=re.ASCII) else text
