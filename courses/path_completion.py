"""When a learning path is complete: a pure function of what it asked for, and when, and of completed courses.

A path has groups: all of some courses, or at least n of them. The date of a course is the day it was completed first,
that of “all of” the latest, that of “at least n” the n-th earliest, and that of the path the latest of its groups.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import zip_longest
from typing import NamedTuple
from uuid import UUID


class Asked(NamedTuple):
    """A course that stood in a group from `since` until just before `until`; `needs` None is all of the group."""

    group: UUID
    course: UUID
    needs: int | None
    since: datetime
    until: datetime | None = None


# Earliest moment at which somebody completed the course.
type Finished = Mapping[UUID, datetime]


class Standing(NamedTuple):
    """How far somebody is in one group."""

    have: int
    need: int

    @property
    def counted(self) -> int:
        """More than was asked for is welcome and does not make up for another group."""
        return min(self.have, self.need)


def groups_of(items: Iterable[Asked]) -> dict[UUID, list[Asked]]:
    found: dict[UUID, list[Asked]] = {}
    for item in items:
        found.setdefault(item.group, []).append(item)
    return found


def need_of(group: list[Asked]) -> int:
    return len(group) if group[0].needs is None else group[0].needs


def group_at(group: list[Asked], finished: Finished) -> datetime | None:
    dates = sorted(finished[item.course] for item in group if item.course in finished)
    need = need_of(group)
    return dates[need - 1] if len(dates) >= need else None


def path_completed_at(outline: Iterable[Asked], finished: Finished) -> datetime | None:
    """The least moment at which the path asked for something and all of it was done; an empty path completes nobody."""
    items = list(outline)
    bounds = sorted({item.since for item in items} | {item.until for item in items if item.until})
    for start, end in zip_longest(bounds, bounds[1:]):
        valid = [item for item in items if item.since <= start and (item.until is None or start < item.until)]
        dates = [group_at(group, finished) for group in groups_of(valid).values()]
        known = [date for date in dates if date is not None]
        if dates and len(known) == len(dates):
            moment = max(start, *known)
            if end is None or moment < end:
                return moment
    return None


def standings(outline: Iterable[Asked], finished: Finished) -> dict[UUID, Standing]:
    """Group by group, as the path is now."""
    now = groups_of(item for item in outline if item.until is None)
    return {key: Standing(sum(item.course in finished for item in group), need_of(group)) for key, group in now.items()}
