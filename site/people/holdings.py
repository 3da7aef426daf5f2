"""What is kept about one person, wherever it is kept. Each app lists its own in `personal_data.py` as `HOLDINGS`.

People are looked up by e-mail address: it is what somebody who asks for their data can prove to be theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

from people.models import User
from people.text import nfc

NOWHERE = "da-xoa.invalid"  # no letter ever arrives at a host that ends like this (RFC 2606)

type Row = dict[str, Any]


def gone(name: str) -> str:
    """The address that stands where an erased one stood: unlike any other, and nobody's."""
    return f"{name}@{NOWHERE}"


def fingerprint(email: str) -> str:
    """A keyed hash: whoever shows an address can be found again, and nobody reads one out of it."""
    address = nfc(email).strip().lower()
    return salted_hmac("people.holdings", address, algorithm="sha256").hexdigest()[:32]


class CannotErase(Exception):
    """This person's data may not go yet; the sentence says why and what to do first."""


@dataclass(frozen=True)
class Subject:
    """Whoever a request is about."""

    email: str

    @cached_property
    def accounts(self) -> list[User]:
        """The account that signs in with this address (or has this staff code), and its doubles."""
        found = list(User.objects.by_identity(self.email))
        return found + list(User.objects.filter(merged_into__in=found).exclude(pk__in=[user.pk for user in found]))


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One kind of record that may say something about a person.

    `find` tells all of it. `erase` empties it and answers how many records it touched; where it is None, everything
    stays, and `kept` says to the person what stays and why.
    """

    key: str
    name: Any
    find: Callable[[Subject], list[Row]]
    labels: Callable[[], dict[str, Any]]
    erase: Callable[[Subject, datetime, User | None], int] | None = None
    kept: Any = ""


def told(record: models.Model, *names: str) -> Row:
    """These columns of a record, in words where it has words for them."""
    row: Row = {}
    for name in names:
        field = record._meta.get_field(name)
        value = getattr(record, name)
        if getattr(field, "choices", None):
            value = getattr(record, f"get_{name}_display")()
        elif isinstance(value, models.Model):
            value = str(value)
        row[name] = value
    return row


def named(model: type[models.Model], *names: str) -> dict[str, Any]:
    """What people call these columns."""
    return {name: model._meta.get_field(name).verbose_name for name in names}
