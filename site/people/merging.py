"""Two accounts of one person become one. What one of them did is kept whole; the other stays as a pointer.

Each app moves what it keeps: a `Mover`, registered in its AppConfig.ready(). All of it is one transaction. Locks: both
people first, then what the movers lock, each in the order that their app takes locks in elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from people import naming
from people.accounts import forget_account, move_addresses
from people.models import AuditEntry, UnitMembership, User


class CannotUnite(Exception):
    """These two stay two; the sentence says why."""


@dataclass(frozen=True)
class Pair:
    """Whose account is kept, and whose is given up."""

    kept: User
    double: User
    at: datetime
    by: User | None


@dataclass(frozen=True)
class Mover:
    """What one app moves. `move` answers how many records, and sentences that a person should read."""

    key: str
    name: Any
    move: Callable[[Pair], tuple[int, list[str]]]


_movers: dict[str, Mover] = {}


def register(mover: Mover) -> None:
    _movers[mover.key] = mover


@dataclass(frozen=True)
class Moved:
    """What became of one kind of record."""

    key: str
    name: str
    number: int
    notes: list[str]


def why_not(kept: User, double: User) -> str:
    """Why these two cannot become one; empty where they can."""
    if kept.pk == double.pk:
        return _("These are not two accounts but one.")
    for person in (kept, double):
        if not person.is_active or person.merged_into is not None:
            return _("%(person)s is closed or was united with another already.") % {"person": person}
    if double.is_staff_member:
        return _("The account to be given up works in the back office. Take its roles away first, or keep it instead.")
    if kept.staff_code and double.staff_code:
        return _("The two have different staff codes. If it is one person, correct one of them first.")
    return ""


def unite(kept: User, double: User, *, at: datetime, by: User | None, reason: str = "") -> list[Moved]:
    """Everything that is the double's becomes the other's; the double can no longer sign in. Raises CannotUnite."""
    with transaction.atomic():
        keys = sorted([kept.pk, double.pk])
        people = {p.pk: p for p in User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")}
        pair = Pair(people[kept.pk], people[double.pk], at, by)
        if sentence := why_not(pair.kept, pair.double):
            raise CannotUnite(sentence)
        moved = []
        for mover in _movers.values():
            number, notes = mover.move(pair)
            if number or notes:
                moved.append(Moved(mover.key, str(mover.name), number, notes))
        _close(pair)
        AuditEntry.objects.record(
            by,
            "person.united",
            pair.kept,
            double=pair.double.pk,
            moved={one.key: one.number for one in moved},
            **({"reason": reason} if reason else {}),
        )
    return moved


def preview(kept: User, double: User, *, at: datetime) -> list[Moved]:
    """Exactly what `unite` would do: it is done, told, and undone."""
    with transaction.atomic():
        moved = unite(kept, double, at=at, by=None)
        transaction.set_rollback(True)
    return moved


def _close(pair: Pair) -> None:
    """The pointer: no address, no code, no way in."""
    kept, double = pair.kept, pair.double
    filled = {name: getattr(double, name) for name in ("full_name", "phone", "staff_code") if not getattr(kept, name)}
    address = double.email if not kept.email else None
    double.email, double.staff_code, double.is_active, double.merged_into = None, "", False, kept
    double.save()
    for name, value in filled.items():
        setattr(kept, name, value)
    if address:
        kept.email = address
    kept.save()
    move_addresses(double, kept, address)
    naming.named(kept, pair.at)
    forget_account(double)
    User.objects.filter(merged_into=double).update(merged_into=kept)


# ---------------------------------------------------------------- what people itself moves


def move_memberships(pair: Pair) -> tuple[int, list[str]]:
    """Days on which the kept account says where the person worked stay so; the double's rows fill the others."""
    taken = [(row.since, row.until or date.max) for row in pair.kept.memberships.all()]
    number = 0
    for row in pair.double.memberships.all():
        for since, until in without(taken, row.since, row.until or date.max):
            UnitMembership.objects.create(
                person=pair.kept,
                unit=row.unit,
                position=row.position,
                since=since,
                until=None if until == date.max else until,
            )
            number += 1
    pair.double.memberships.all().delete()
    return number, []


def without(taken: list[tuple[date, date]], since: date, until: date) -> list[tuple[date, date]]:
    """The stretches of [since, until] on which none of `taken` lies."""
    day = timedelta(days=1)
    free = []
    for first, last in sorted(taken):
        if last < since or first > until:
            continue
        if first > since:
            free.append((since, first - day))
        if last == date.max or last >= until:
            return free
        since = last + day
    return [*free, (since, until)]


def move_rows(rows: models.QuerySet, field: str, to: Any) -> int:
    return rows.update(**{field: to})


def move_consents(pair: Pair) -> tuple[int, list[str]]:
    return move_rows(pair.double.consents.all(), "person", pair.kept), []


def move_slips(pair: Pair) -> tuple[int, list[str]]:
    """A slip printed for the double lets nobody in as the other."""
    slips = pair.double.slips.all()
    slips.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=pair.at)
    return move_rows(slips, "person", pair.kept), []


def move_managing(pair: Pair) -> tuple[int, list[str]]:
    """Rows that are over, as nobody is united who manages something now."""
    mine = pair.kept.managing.values("unit")
    pair.double.managing.filter(unit__in=list(mine.values_list("unit", flat=True))).delete()
    return move_rows(pair.double.managing.all(), "person", pair.kept), []


for _mover in (
    Mover("memberships", gettext_lazy("Places of work"), move_memberships),
    Mover("consents", gettext_lazy("Consents"), move_consents),
    Mover("slips", gettext_lazy("Sign-in slips"), move_slips),
    Mover("managing", pgettext_lazy("people", "Units managed before"), move_managing),
):
    register(_mover)
