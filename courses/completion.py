"""When a course is complete: a pure function of outline and facts, so the order of arrival does not matter."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple
from uuid import UUID


class Required(NamedTuple):
    """A lesson that had to be done from `since` until just before `until`: by everybody, or (`new_from`) only by those
    who began at that moment or later."""

    lesson: UUID
    edition: int
    weight: int
    since: datetime
    until: datetime | None = None
    new_from: datetime | None = None

    def counts_for(self, started_at: datetime) -> bool:
        return self.new_from is None or self.new_from <= started_at


# Earliest moment at which somebody did (lesson, edition).
type Done = Mapping[tuple[UUID, int], datetime]


class Tally(NamedTuple):
    """What of the outline in force now is done, by weight and by number of lessons."""

    done: int
    total: int
    lessons_done: int
    lessons_total: int


def outline_for(outline: Iterable[Required], started_at: datetime) -> list[Required]:
    """The outline as it counts for somebody who began then. The functions below are told nothing else of a person."""
    return [item for item in outline if item.counts_for(started_at)]


def completed_at(outline: Iterable[Required], done: Done) -> datetime | None:
    """The least moment at which something was required and all of it was done; the empty outline completes nobody."""
    items = list(outline)
    bounds = sorted({item.since for item in items} | {item.until for item in items if item.until})
    for start, end in zip_longest(bounds, bounds[1:]):
        needed = [item for item in items if item.since <= start and (item.until is None or start < item.until)]
        if needed and all((item.lesson, item.edition) in done for item in needed):
            moment = max(start, *(done[item.lesson, item.edition] for item in needed))
            if end is None or moment < end:
                return moment
    return None


def tally(outline: Iterable[Required], done: Mapping[tuple[UUID, int], Any]) -> Tally:
    now = [item for item in outline if item.until is None]
    finished = [item for item in now if (item.lesson, item.edition) in done]
    return Tally(sum(i.weight for i in finished), sum(i.weight for i in now), len(finished), len(now))


def percent(done: int, total: int) -> int:
    """Rounded down, so 100 means that everything is done and nothing else does."""
    return 100 * done // total if total else 0
