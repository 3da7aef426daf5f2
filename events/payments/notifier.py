"""Messages of a program that watches the bank account, signed in a form of our own.

The header says `t=<seconds>,v1=<hex>`: HMAC-SHA256 of `<seconds>.<body>` under a secret that both sides know. While a
secret is changed, two are valid, and a message may carry a signature for each. A message that is old, or of the future,
is refused; one that comes twice is told by its id (events.payments.inbox).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

HEADER = "X-Signature"
TOLERANCE = 300  # seconds
MOST = 10**12
SIGNATURE = re.compile(r"[0-9a-f]{64}", re.ASCII)
BIN = re.compile(r"[0-9]{6}", re.ASCII)
STAMP = re.compile(r"[0-9]{1,12}", re.ASCII)


class BadNotice(ValueError):
    """Not a message of ours, or one that is too old."""


@dataclass(frozen=True)
class Notice:
    """Money that came to an account, as the program saw it."""

    number: str
    account: str
    amount: int
    occurred_at: datetime
    text: str
    reference: str
    name: str = ""
    bank: str = ""  # its BIN; two banks may have an account of one number


def sign(body: bytes, secret: str, stamp: int) -> str:
    """What the other side puts into the header."""
    return f"t={stamp},v1={digest(body, secret, str(stamp))}"


def digest(body: bytes, secret: str, stamp: str) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def verify(body: bytes, header: str, secrets: Sequence[str], *, at: datetime) -> None:
    """Raises `BadNotice` unless somebody who knows one of the secrets signed exactly this, now."""
    parts = [part.strip().partition("=") for part in header.split(",")[:10]]
    stamps = [value for name, _equals, value in parts if name == "t"]
    given = [value for name, _equals, value in parts if name == "v1" and SIGNATURE.fullmatch(value)]
    if len(stamps) != 1 or not STAMP.fullmatch(stamps[0]) or not given:
        raise BadNotice("no signature")
    if abs(at.timestamp() - int(stamps[0])) > TOLERANCE:
        raise BadNotice("signed too long ago, or in the future")
    good = False
    for secret in secrets:
        if secret:
            expected = digest(body, secret, stamps[0])
            for one in given:
                good |= hmac.compare_digest(expected, one)
    if not good:
        raise BadNotice("signed by nobody we know")


def read(body: bytes) -> Notice:
    """What a message says. Raises `BadNotice`."""
    try:
        said = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadNotice("not JSON") from error
    if not isinstance(said, dict):
        raise BadNotice("not an object")
    amount = said.get("amount")
    if type(amount) is not int or not 0 < amount < MOST:
        raise BadNotice("amount: a whole number of đồng")
    try:
        moment = datetime.fromisoformat(word(said, "at", 40))
        occurred_at = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadNotice("at: a moment in ISO 8601") from error
    if moment.tzinfo is None:
        raise BadNotice("at: a moment with its time zone")
    bank = word(said, "bank", 6, needed=False)
    if bank and not BIN.fullmatch(bank):
        raise BadNotice("bank: six digits")
    return Notice(
        number=word(said, "id", 200),
        account=word(said, "account", 19),
        amount=amount,
        occurred_at=occurred_at,
        text=word(said, "text", 1000, needed=False),
        reference=word(said, "reference", 100),
        name=word(said, "name", 250, needed=False),
        bank=bank,
    )


def word(said: dict, name: str, most: int, *, needed: bool = True) -> str:
    value = said.get(name, None if needed else "")
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise BadNotice(f"{name}: a text of at most {most} characters")
    value = value.strip()
    if needed and not value:
        raise BadNotice(f"{name}: is missing")
    return value
