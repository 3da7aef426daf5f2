"""Two registrations that look like one person's, and what an organiser decided about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.registration import Registration
from people.text import search_text

if TYPE_CHECKING:
    from events.models.event import Event
    from people.models import User

SIMILAR = 0.85  # of two mailboxes: "thuy.duong" and "thuyduong" are, "minh" and "linh" are not
NAMESAKES_AT_MOST = 20  # of one name: beyond that it says nothing, and the pairs would be too many

REASONS = {
    "organisation": _("same agency or organisation"),
    "phone": _("same phone"),
    "email": _("similar e-mail address"),
}


class Seen(NamedTuple):
    """What is compared. Whole rows are made only of the pairs that are shown."""

    pk: int
    full_name: str
    email: str
    phone: str
    organisation: str


@dataclass(frozen=True)
class Pair:
    """Two live registrations of one event, the earlier first, and what they have in common besides the name."""

    first: Seen
    second: Seen
    reasons: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        return [str(REASONS[reason]) for reason in self.reasons]


class DistinctPeopleQuerySet(models.QuerySet["DistinctPeople"]):
    def say(self, one: Registration, other: Registration, *, at: datetime, by: User) -> DistinctPeople:
        """Remember that these are two people. Saying it twice is saying it once."""
        first, second = sorted((one.pk, other.pk))
        return self.get_or_create(first_id=first, second_id=second, defaults={"at": at, "by": by})[0]


class DistinctPeople(models.Model):
    """An organiser looked at two registrations and said: two people. They are not shown as a pair again."""

    first = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistinctPeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("two different people")
        verbose_name_plural = _("pairs of different people")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_judged_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="a_pair_begins_with_the_earlier_registration"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


def pairs(event: Event) -> Iterator[Pair]:
    """Pairs that nobody has judged yet, the latest registration first: two queries, however many people come.

    The same name without accents, and one thing more: agency, phone, or nearly the same mailbox.
    """
    live = event.registrations.live().filter(erased_at=None)
    namesakes: dict[str, list[Seen]] = defaultdict(list)
    for values in live.order_by("-created_at", "-pk").values_list(*Seen._fields):
        seen = Seen(*values)
        namesakes[search_text(seen.full_name)].append(seen)
    judged = set(DistinctPeople.objects.filter(first__event=event).values_list("first_id", "second_id"))
    for people in namesakes.values():
        if not 1 < len(people) <= NAMESAKES_AT_MOST:
            continue
        for later, earlier in combinations(people, 2):
            reasons = in_common(earlier, later)
            if reasons and (min(earlier.pk, later.pk), max(earlier.pk, later.pk)) not in judged:
                yield Pair(earlier, later, reasons)


def in_common(one: Seen, other: Seen) -> tuple[str, ...]:
    found = []
    if one.organisation and search_text(one.organisation) == search_text(other.organisation):
        found.append("organisation")
    if one.phone and one.phone == other.phone:
        found.append("phone")
    if are_similar(one.email, other.email):
        found.append("email")
    return tuple(found)


def are_similar(one: str, other: str) -> bool:
    """One mailbox written in two ways, or one person's at two hosts. The very same mailbox says nothing: a secretary's
    is shared, and nobody has two registrations on an own one.
    """
    if one == other:
        return False
    (name, _at, host), (other_name, _at, other_host) = one.partition("@"), other.partition("@")
    if name == other_name:
        return True
    return host == other_host and SequenceMatcher(None, name, other_name).ratio() >= SIMILAR
