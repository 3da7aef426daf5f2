"""What progress should be, found by trying every moment. Shares no code with the application on purpose."""

import datetime
from dataclasses import dataclass, field


@dataclass
class Stretch:
    """A lesson that had to be done from one moment to another, by everybody but the people it spares.

    Whoever was there when it was first said to be for new learners only is spared by name: no date is compared.
    """

    lesson: str
    edition: int
    weight: int
    since: datetime.datetime
    until: datetime.datetime | None = None
    audience: str = "all"
    spared: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset({"quiz"})


@dataclass
class Fact:
    key: str
    lesson: str
    edition: int
    at: datetime.datetime
    voided: bool = False
    what: str = "quiz"


@dataclass
class Oracle:
    """The outline as the machine drew it up, and everybody's facts as they were handed in."""

    stretches: list[Stretch] = field(default_factory=list)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)

    def comes(self, person: str, like: str = "") -> None:
        """Somebody enrols; or is entered with the date of somebody who is here already, and is spared what they are."""
        self.present.add(person)
        self.facts[person] = []
        for stretch in self.stretches:
            if like in stretch.spared:
                stretch.spared |= {person}

    def open(self) -> dict[str, Stretch]:
        return {s.lesson: s for s in self.stretches if s.until is None}

    def draw(self, wanted: dict[str, tuple[int, int, str, str]], instant: datetime.datetime) -> None:
        """wanted: lesson -> (edition, weight, "all" or "new", what has to be passed as "quiz and task")."""
        for lesson, stretch in self.open().items():
            asked = wanted.get(lesson)
            if asked is None or (*asked[:3], frozenset(asked[3].split(" and "))) != (
                stretch.edition,
                stretch.weight,
                stretch.audience,
                stretch.asks,
            ):
                stretch.until = instant
        still = self.open()
        for lesson, (edition, weight, audience, rule) in wanted.items():
            if lesson not in still:
                before = [stretch for stretch in self.stretches if stretch.lesson == lesson]
                spared: frozenset[str] = frozenset()
                if audience == "new":
                    goes_on = before and before[-1].audience == "new"
                    spared = before[-1].spared if goes_on else frozenset(self.present)
                asks = frozenset(rule.split(" and "))
                self.stretches.append(Stretch(lesson, edition, weight, instant, None, audience, spared, asks))
                self.latest[lesson] = max(edition, self.latest.get(lesson, 0))

    def standing(self, person: str) -> tuple[datetime.datetime | None, int, int]:
        """(completed_at, done, total) of this person."""
        facts = [fact for fact in self.facts.get(person, []) if not fact.voided]
        mine = [stretch for stretch in self.stretches if person not in stretch.spared]
        moments = {s.since for s in self.stretches} | {s.until for s in mine if s.until} | {f.at for f in facts}
        completed = None
        done: set[tuple[str, int]] = set()  # once done, a lesson stays so
        for moment in sorted(moments):
            for lesson, edition in {(s.lesson, s.edition) for s in self.stretches}:
                known = {f.what for f in facts if (f.lesson, f.edition) == (lesson, edition) and f.at <= moment}
                if self.asked_at(lesson, edition, moment) <= known:
                    done.add((lesson, edition))
            valid = [s for s in mine if s.since <= moment and (s.until is None or moment < s.until)]
            if completed is None and valid and all((s.lesson, s.edition) in done for s in valid):
                completed = moment
        current = [s for s in mine if s.until is None]
        return (
            completed,
            sum(s.weight for s in current if (s.lesson, s.edition) in done),
            sum(s.weight for s in current),
        )

    def asked_at(self, lesson: str, edition: int, moment: datetime.datetime) -> frozenset[str]:
        """What finished this lesson then; before it came, what did at first."""
        drawn = [s for s in self.stretches if (s.lesson, s.edition) == (lesson, edition)]
        before = [s for s in drawn if s.since <= moment]
        return (before or drawn[:1])[-1].asks


# ---------------------------------------------------------------- one lesson, by its rule


@dataclass
class Told:
    """Something a learner did in a lesson, at a whole second; `seen` are seconds of the film, `open_for` a stretch."""

    at: int
    what: str  # "read", "transcript", "seen", "open", "quiz", "task", "failed", "waived"
    seen: tuple[int, int] = (0, 0)
    open_for: int = 0
    other_film: bool = False
    too_fast: bool = False


def seconds_seen(told: list[Told], film: int) -> int:
    """Second by second: was it shown? Then the holes of at most two seconds between what was shown are filled."""
    claims = [t.seen for t in told if t.what == "seen" and not t.other_film and not t.too_fast]
    shown = [any(start <= second < end for start, end in claims) for second in range(film)]
    filled = list(shown)
    for second in range(film):
        before = [n for n in range(second) if shown[n]]
        after = [n for n in range(second, film) if shown[n]]
        if before and after and after[0] - before[-1] <= 3:
            filled[second] = True
    return sum(filled)


def lesson_done_at(kind: str, transcript: bool, told: list[Told], film: int, percent: int) -> int | None:
    """The first second by which what was known is enough."""
    for now in range(max((t.at for t in told), default=-1) + 1):
        known = [t for t in told if t.at <= now]
        words = {t.what for t in known}
        watched = seconds_seen(known, film) * 100 >= percent * film or (transcript and "transcript" in words)
        enough = {
            "confirmed": "read" in words,
            "video": watched,
            "quiz": "quiz" in words,
            "task": "task" in words,
            "video_and_quiz": watched and "quiz" in words,
            "video_or_quiz": watched or "quiz" in words,
            "video_and_task": watched and "task" in words,
            "quiz_and_task": "quiz" in words and "task" in words,
        }[kind]
        if enough or "waived" in words:
            return now
    return None


def time_spent(told: list[Told], began: int = 0) -> int:
    """Second by second: did any page say that it was open then? Nobody learned before they had enrolled."""
    return sum(
        any(t.at - t.open_for <= second < t.at for t in told)
        for second in range(began, max((t.at for t in told), default=0))
    )


@dataclass
class PathOracle:
    """What a learning path should say, found by trying every moment. `drawn`: what was asked for from each moment on.

    A drawing is a list of groups, each (how many are needed or None for all, the courses).
    """

    drawn: list[tuple[int, list[tuple[int | None, frozenset[str]]]]] = field(default_factory=list)
    finished: dict[str, int] = field(default_factory=dict)

    def asks_at(self, moment: int) -> list[tuple[int | None, frozenset[str]]]:
        asked: list[tuple[int | None, frozenset[str]]] = []
        for since, groups in self.drawn:
            if since <= moment:
                asked = groups
        return asked

    def done_at(self, moment: int) -> bool:
        known = {course for course, at in self.finished.items() if at <= moment}
        asked = self.asks_at(moment)
        return bool(asked) and all(
            len(courses & known) >= (len(courses) if needed is None else needed) for needed, courses in asked
        )

    def completed_at(self, horizon: int) -> int | None:
        return next((moment for moment in range(horizon) if self.done_at(moment)), None)
