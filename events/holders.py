"""Whose words a registration's history holds: a ticket that was handed over has had several holders.

The history is one list of changes. A hand-over ends one holder's part of it and begins the next one's, and stands in
both: its old words are the former holder's, its new ones the other's. Nobody is told the other's.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from events.models import Registration, RegistrationChange
from events.models.registration import HANDED_OVER

OLD, NEW = 0, 1


@dataclass(frozen=True)
class Told:
    """A change as far as it is one mailbox's: `sides` of its words, under the name that its holder had then."""

    change: RegistrationChange
    full_name: str
    sides: frozenset[int]

    def words(self) -> dict[str, list[str]]:
        """What was corrected; the side of another person is empty."""
        return self._with({OLD, NEW} - self.sides)

    def emptied(self) -> dict[str, list[str]]:
        """What stays of it once this mailbox is erased."""
        return self._with(self.sides)

    def _with(self, gone) -> dict[str, list[str]]:
        return {
            field: ["" if side in gone else words[side] for side in (OLD, NEW)] + words[2:]
            for field, words in self.change.corrected.items()
        }


@dataclass
class Part:
    """One holder's part of a history."""

    changes: list[RegistrationChange]
    full_name: str = ""
    mailboxes: frozenset[str] = frozenset()


def registrations_of(email: str):
    """Those that are the mailbox's now, and those that were it before."""
    named = Q(corrected__email__0__iexact=email) | Q(corrected__email__1__iexact=email)
    once = RegistrationChange.objects.filter(named).values("registration")
    now = Registration.objects.of_address(email).order_by().values("pk")
    history = Prefetch("changes", RegistrationChange.objects.order_by("at", "pk"))
    return Registration.objects.filter(Q(pk__in=now) | Q(pk__in=once)).prefetch_related(history).order_by("pk")


def history_of(registration: Registration, email: str) -> list[Told]:
    """The changes that are about whoever reads this mailbox, in order."""
    parts, handed_over = _parts(registration)
    mine = [email.strip().lower() in part.mailboxes for part in parts]
    told: list[Told] = []
    for number, part in enumerate(parts):
        if mine[number]:
            told += [Told(change, part.full_name, frozenset({OLD, NEW})) for change in part.changes]
        if number < len(handed_over):
            sides = frozenset(side for side in (OLD, NEW) if mine[number + side])
            if sides:
                whose = number + min(sides)
                told.append(Told(handed_over[number], parts[whose].full_name, sides))
    return told


def _parts(registration: Registration) -> tuple[list[Part], list[RegistrationChange]]:
    """Every holder's part, and the hand-overs between them. Names and mailboxes are known from today backwards."""
    parts, handed_over = [Part([])], []
    for change in registration.changes.all():
        if change.reason == HANDED_OVER:
            handed_over.append(change)
            parts.append(Part([]))
        else:
            parts[-1].changes.append(change)
    name, email = registration.full_name, registration.email
    for number in reversed(range(len(parts))):
        part, mailboxes = parts[number], {email.lower()}
        part.full_name = name
        for change in reversed(part.changes):
            name, email = _before(change, "full_name", name), _before(change, "email", email)
            mailboxes.add(email.lower())
        part.mailboxes = frozenset(mailboxes)
        if number:
            change = handed_over[number - 1]
            name, email = _before(change, "full_name", name), _before(change, "email", email)
    return parts, handed_over


def _before(change: RegistrationChange, field: str, after: str) -> str:
    return change.corrected[field][OLD] if field in change.corrected else after
