"""Bank statements as banks hand them out: any titles above, any headings, figures in the Vietnamese or English way.

    statement = read(upload.name, upload, account.columns)
    statement.lines, statement.problems, statement.headings, statement.columns

No bank's form is known here. Columns are guessed by their headings; a person may say otherwise once, and
`statement.remember()` keeps that for the next statement with the same headings.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from people.sheets import Problem, Row, Table, Unreadable, read_file
from people.text import fold

HEADER_WITHIN = 40  # rows from the top: banks print their address and the customer's above the table
MOST = 10**14

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": (
        "Ngày giao dịch",
        "Ngày",
        "Ngày hiệu lực",
        "Ngày hạch toán",
        "Ngày GD",
        "Thời gian giao dịch",
        "Thời gian",
        "Transaction date",
        "Value date",
        "Posting date",
        "Effective date",
        "Date",
        "TNX Date",
    ),
    "credit": (
        "Ghi có",
        "Phát sinh có",
        "Số tiền ghi có",
        "Có",
        "Tiền vào",
        "Số tiền vào",
        "Credit",
        "Credit amount",
        "Money in",
        "PS Có",
    ),
    "debit": (
        "Ghi nợ",
        "Phát sinh nợ",
        "Số tiền ghi nợ",
        "Nợ",
        "Tiền ra",
        "Số tiền ra",
        "Debit",
        "Debit amount",
        "Money out",
        "PS Nợ",
    ),
    "amount": ("Số tiền", "Số tiền giao dịch", "Giá trị", "Amount", "Transaction amount"),
    "text": (
        "Nội dung",
        "Nội dung giao dịch",
        "Nội dung chi tiết",
        "Nội dung thanh toán",
        "Diễn giải",
        "Mô tả",
        "Chi tiết giao dịch",
        "Description",
        "Transaction details",
        "Details",
        "Remark",
        "Remarks",
        "Narrative",
    ),
    "reference": (
        "Số tham chiếu",
        "Mã giao dịch",
        "Số giao dịch",
        "Số bút toán",
        "Số chứng từ",
        "Mã tham chiếu",
        "Số CT",
        "Reference",
        "Reference number",
        "Transaction ID",
        "Transaction No",
        "Doc No",
        "Ref",
        "FT",
    ),
    "name": (
        "Tên đối ứng",
        "Tên tài khoản đối ứng",
        "Người chuyển",
        "Tên người chuyển",
        "Đơn vị chuyển",
        "Tài khoản đối ứng",
        "Counterparty",
        "Sender",
        "Remitter",
        "Beneficiary/Remitter",
    ),
}
NEEDED = ("date", "text")
# A row below the movements: sums, balances, who drew the list up.
NO_MOVEMENT = ("tong", "cong", "total", "so du", "balance", "opening", "closing", "so du dau ky", "nguoi lap")


class NotAnAmount(ValueError):
    pass


class NotADate(ValueError):
    pass


@dataclass(frozen=True)
class Line:
    """Money that came in, as one row of the statement says it."""

    row: int
    day: date
    occurred: datetime | None  # as the clock said, if the bank wrote it down
    amount: int
    text: str
    reference: str
    name: str = ""


@dataclass
class Statement:
    headings: list[str]
    columns: dict[str, int]
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    out: int = 0  # rows of money that went out
    missing: list[str] = field(default_factory=list)  # columns without which nothing can be read

    def remember(self) -> dict[str, Any]:
        """For the next statement of this account."""
        return {"headings": self.headings, "columns": self.columns}


def label(key: str) -> str:
    return {
        "date": _("Date"),
        "credit": _("Money in"),
        "debit": _("Money out"),
        "amount": _("Amount with its sign"),
        "text": _("Text of the transfer"),
        "reference": _("The bank's reference"),
        "name": _("Who paid"),
    }[key]


def read(
    name: str, file: BinaryIO, known: Mapping[str, Any] | None = None, columns: Mapping[str, int] | None = None
) -> Statement:
    """The money that came in. `known`: what `remember()` gave for this account; `columns`: what a person has chosen.

    Raises `Unreadable`.
    """
    table = read_file(name, file)
    at, guessed = header(table, known or {})
    table.columns = table.rows[at].cells
    first = table.rows[at].number
    del table.rows[: at + 1]
    table.complaints = [found for found in table.complaints if found[0] > first]
    chosen = dict(guessed if columns is None else columns)
    statement = Statement(headings=list(table.columns), columns=chosen, notices=table.notices)
    statement.missing = [key for key in NEEDED if key not in chosen]
    if "credit" not in chosen and "amount" not in chosen:
        statement.missing.append("credit")
    if not statement.missing:
        statement.lines = list(movements(table, chosen, statement))
    statement.problems = table.problems
    return statement


# ---------------------------------------------------------------- the row of headings


def squash(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text).lower())


ALIASES = {squash(word): key for key, words in COLUMNS.items() for word in words}


def meaning(cell: str) -> str:
    """Which column a heading names; "Ghi có / Credit" and "Số tiền ghi có (VND)" are understood by their parts."""
    if len(cell) > 100:
        return ""
    for word in (cell, *re.split(r"[/\n()|:–]| - ", cell)):
        if word and (key := ALIASES.get(squash(word))):
            return key
    return ""


def guess(row: Row) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        if cell and (key := meaning(cell)):
            found.setdefault(key, index)
    return found


def header(table: Table, known: Mapping[str, Any]) -> tuple[int, dict[str, int]]:
    """Where the headings stand, and what they mean: as remembered, as guessed, or nothing but their place."""
    if not table.rows:
        raise Unreadable(_("The list is empty."))
    top = table.rows[:HEADER_WITHIN]
    if headings := [squash(cell) for cell in known.get("headings", [])]:
        for position, row in enumerate(top):
            cells = [squash(cell) for cell in row.cells]
            width = max(len(cells), len(headings))
            if cells + [""] * (width - len(cells)) == headings + [""] * (width - len(headings)):
                return position, {key: index for key, index in known["columns"].items() if index < len(cells)}
    best: dict[str, int] = {}
    at = -1
    for position, row in enumerate(top):
        found = guess(row)
        if len(found) > len(best):
            best, at = found, position
    if len(best) >= 2:
        return at, best
    for position, row in enumerate(top):
        if position and is_movement(row):
            return position - 1, {}
    raise Unreadable(_("No movements were found: rows with a date and an amount, below a row of headings."))


def is_movement(row: Row) -> bool:
    dates = amounts = 0
    for cell in row.cells:
        try:
            day_of(cell)
            dates += 1
            continue
        except NotADate:
            pass
        with suppress(NotAnAmount):
            amounts += bool(cell) and abs(amount_of(cell)) >= 1000
    return bool(dates and amounts)


# ---------------------------------------------------------------- its rows


def movements(table: Table, columns: Mapping[str, int], statement: Statement) -> Iterator[Line]:
    seen: Counter[tuple] = Counter()
    for row in table.rows:
        said = {key: row.cells[index] for key, index in columns.items() if index < len(row.cells)}
        figures = {key: said[key] for key in ("credit", "debit", "amount") if said.get(key)}
        if not figures or not said["date"] or is_below(row):
            continue
        wrong = False
        try:
            day, occurred = day_of(said["date"])
        except NotADate:
            table.complain(row.number, columns["date"], _("This is not a date: %(text)s") % {"text": said["date"][:40]})
            wrong = True
        amounts: dict[str, int] = {}
        for key, text in figures.items():
            try:
                amounts[key] = amount_of(text)
            except NotAnAmount:
                table.complain(row.number, columns[key], _("This is not an amount: %(text)s") % {"text": text[:40]})
                wrong = True
        if wrong:
            continue
        amount = came_in(amounts)
        if amount <= 0:
            statement.out += 1
            continue
        text = " ".join(said["text"].split())[:1000]
        name = " ".join(said.get("name", "").split())[:250]
        reference = " ".join(said.get("reference", "").split())[:100]
        if not reference:
            # Two equal transfers of one day are two; the same file read twice gives the same names.
            twin = (day, amount, text, name)
            seen[twin] += 1
            digest = hashlib.sha256("\x1f".join(map(str, (*twin, seen[twin]))).encode()).hexdigest()
            reference = f"~{digest[:20]}"
        yield Line(row.number, day, occurred, amount, text, reference, name)


def is_below(row: Row) -> bool:
    first = next((fold(cell).lower() for cell in row.cells if cell), "")
    return first.startswith(NO_MOVEMENT)


def came_in(amounts: Mapping[str, int]) -> int:
    if amounts.get("credit"):
        return amounts["credit"]
    if amounts.get("debit") or ("credit" in amounts and "amount" not in amounts):
        return 0
    return amounts.get("amount", 0)


CURRENCY = re.compile(r"(vnđ|vnd|đồng|dong|₫|đ|d)\.?$", re.IGNORECASE)


def amount_of(text: str) -> int:
    """ "1.500.000", "1,500,000.00", "+1.500.000 VND", "(500,000)": whole đồng. Raises `NotAnAmount`."""
    bare = CURRENCY.sub("", re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-").lower().removeprefix("vnd"))
    sign = 1
    if bare.startswith("(") and bare.endswith(")"):
        bare, sign = bare[1:-1], -1
    if bare[:1] in ("+", "-"):
        bare, sign = bare[1:], -sign if bare[0] == "-" else sign
    elif bare[-1:] in ("+", "-"):
        bare, sign = bare[:-1], -sign if bare[-1] == "-" else sign
    if not re.fullmatch(r"[0-9][0-9.,]*", bare, re.ASCII):
        raise NotAnAmount(text)
    # Of two kinds of mark the last parts off decimals; of one kind it does so only with one or two digits behind it.
    last = max(bare.rfind("."), bare.rfind(","))
    whole, rest = bare, ""
    if last >= 0:
        mark, other = bare[last], "," if bare[last] == "." else "."
        digits = len(bare) - last - 1
        if bare.count(mark) == 1 and (other in bare or digits in (1, 2)):
            whole, rest = bare[:last], bare[last + 1 :]
    if rest.strip("0") or (rest and len(rest) > 2):
        raise NotAnAmount(text)  # there is no half a đồng, so this is something else
    if not re.fullmatch(r"[0-9]+|[0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,3}(,[0-9]{3})+", whole, re.ASCII):
        raise NotAnAmount(text)
    amount = int(re.sub(r"[.,]", "", whole))
    if amount > MOST:
        raise NotAnAmount(text)
    return sign * amount


VIETNAMESE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})\b", re.ASCII)
ISO = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})(?![0-9])", re.ASCII)
CLOCK = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)


def day_of(text: str) -> tuple[date, datetime | None]:
    """ "24/11/2026", "24-11-26 10:05" and "2026-11-24T10:05:00": the day, and the moment if it is told."""
    text = text.strip()
    if match := ISO.match(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := VIETNAMESE.match(text):
        day, month, year = (int(part) for part in match.groups())
        year += 2000 if year < 100 else 0
    else:
        raise NotADate(text)
    rest = text[match.end() :]
    if rest and not re.match(r"[\sT\n]", rest):
        raise NotADate(text)
    try:
        found = date(year, month, day)
        clock = CLOCK.search(rest)
        moment = None
        if clock:
            hour, minute, second = (int(part or 0) for part in clock.groups())
            moment = datetime.combine(found, time(hour, minute, second))
    except ValueError:
        raise NotADate(text) from None
    if not 2000 <= found.year < 2100:
        raise NotADate(text)
    return found, moment
