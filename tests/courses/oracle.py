"""What progress should be, found by trying every moment. Shares no code with the application on purpose."""

import datetime
from dataclasses import dataclass, field


@dataclass
class Stretch:
    """A lesson that had to be done from one moment to another."""

    lesson: str
    edition: int
    weight: int
    since: datetime.datetime
    until: datetime.datetime | None = None


@dataclass
class Fact:
    key: str
    lesson: str
    edition: int
    at: datetime.datetime
    voided: bool = False


@dataclass
class Oracle:
    """The outline as the machine drew it up, and everybody's facts as they were handed in."""

    stretches: list[Stretch] = field(default_factory=list)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)

    def open(self) -> dict[str, Stretch]:
        return {s.lesson: s for s in self.stretches if s.until is None}

    def draw(self, wanted: dict[str, tuple[int, int]], instant: datetime.datetime) -> None:
        """wanted: lesson -> (edition, weight)."""
        for lesson, stretch in self.open().items():
            if wanted.get(lesson) != (stretch.edition, stretch.weight):
                stretch.until = instant
        still = self.open()
        for lesson, (edition, weight) in wanted.items():
            if lesson not in still:
                self.stretches.append(Stretch(lesson, edition, weight, instant))
                self.latest[lesson] = max(edition, self.latest.get(lesson, 0))

    def standing(self, person: str) -> tuple[datetime.datetime | None, int, int]:
        """(completed_at, done, total) of this person."""
        facts = [fact for fact in self.facts.get(person, []) if not fact.voided]
        moments = (
            {s.since for s in self.stretches} | {s.until for s in self.stretches if s.until} | {f.at for f in facts}
        )
        completed = None
        for moment in sorted(moments):
            valid = [s for s in self.stretches if s.since <= moment and (s.until is None or moment < s.until)]
            known = {(f.lesson, f.edition) for f in facts if f.at <= moment}
            if valid and all((s.lesson, s.edition) in known for s in valid):
                completed = moment
                break
        known = {(f.lesson, f.edition) for f in facts}
        current = [s for s in self.stretches if s.until is None]
        done = sum(s.weight for s in current if (s.lesson, s.edition) in known)
        return completed, done, sum(s.weight for s in current)
