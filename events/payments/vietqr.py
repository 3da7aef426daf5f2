"""VietQR: the only maker of the code that a banking app reads, after NAPAS' format of 09/2021.

A field is a tag of two digits, its length in two digits, and its value. The whole ends in a check sum over everything
before it, so a payload that was cut off or altered is refused by the app.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString

from certificates import qr

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
MOST = 499_999_999  # what one fast transfer carries
ACCOUNT_AT_MOST = 19
MEMO_AT_MOST = 19  # what every bank takes over; the format itself has room for 25

BANK = re.compile(r"[0-9]{6}", re.ASCII)
ACCOUNT = re.compile(rf"[0-9A-Za-z]{{1,{ACCOUNT_AT_MOST}}}", re.ASCII)
MEMO = re.compile(rf"[0-9A-Za-z ]{{0,{MEMO_AT_MOST}}}", re.ASCII)
FIELD = re.compile(r"([0-9]{2})([0-9]{2})", re.ASCII)


class BadTransfer(ValueError):
    """This cannot be drawn as a code."""


class BadPayload(ValueError):
    """This is no payload of ours."""


@dataclass(frozen=True)
class Transfer:
    """To which account, how much (None: the payer types it) and with which text."""

    bank: str
    account: str
    amount: int | None = None
    memo: str = ""

    def __post_init__(self) -> None:
        if not BANK.fullmatch(self.bank):
            raise BadTransfer("a bank is named by six digits")
        if not ACCOUNT.fullmatch(self.account):
            raise BadTransfer(f"an account is 1 to {ACCOUNT_AT_MOST} letters and digits")
        if not MEMO.fullmatch(self.memo) or self.memo != self.memo.strip():
            raise BadTransfer(f"the text is at most {MEMO_AT_MOST} plain letters, digits and spaces")
        if self.amount is not None and not 0 < self.amount <= MOST:
            raise BadTransfer(f"an amount is 1 to {MOST} đồng")

    @property
    def payload(self) -> str:
        receiver = field("00", self.bank) + field("01", self.account)
        text = (
            field("00", "01")
            + field("01", "11" if self.amount is None else "12")
            + field("38", field("00", NAPAS) + field("01", receiver) + field("02", TO_ACCOUNT))
            + field("53", DONG)
            + ("" if self.amount is None else field("54", str(self.amount)))
            + field("58", "VN")
            + (field("62", field("08", self.memo)) if self.memo else "")
            + "6304"
        )
        return text + check_sum(text)

    def svg(self, title: str) -> SafeString:
        """For pages and papers; `title` is what a screen reader says."""
        return qr.svg(self.payload, title, quiet=qr.QUIET_ZONE)

    def png(self) -> bytes:
        """For letters."""
        return qr.png(self.payload, 8)


def field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def check_sum(text: str) -> str:
    """CRC-16/CCITT-FALSE."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    while text:
        match = FIELD.match(text)
        if match is None or match[1] in found:
            raise BadPayload("no fields")
        end = 4 + int(match[2])
        if len(text) < end:
            raise BadPayload("cut off")
        found[match[1]], text = text[4:end], text[end:]
    return found


def parse(payload: str) -> Transfer:
    """Back from a payload. Raises `BadPayload`."""
    text, crc = payload[:-4], payload[-4:]
    if not payload.isascii() or not text.endswith("6304") or check_sum(text) != crc:
        raise BadPayload("the check sum is wrong")
    found = fields(text[:-4])
    receiver = fields(found.get("38", ""))
    if receiver.get("00") != NAPAS or receiver.get("02") != TO_ACCOUNT or found.get("53") != DONG:
        raise BadPayload("not a transfer to an account in Vietnam")
    account = fields(receiver.get("01", ""))
    amount = found.get("54")
    try:
        return Transfer(
            account.get("00", ""),
            account.get("01", ""),
            None if amount is None else int(amount),
            fields(found.get("62", "")).get("08", ""),
        )
    except ValueError as error:
        raise BadPayload(str(error)) from error
