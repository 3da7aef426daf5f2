"""When a lesson is done: evidence judged by the lesson's rule. Pure, and the same for any order of arrival.

A rule is a small dict, as the outline keeps it, such as
{"kind": "video_and_quiz", "block": …, "seconds": 50, "coverage": 90, "pass_mark": 50}.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

HOLE = 2  # seconds: players report time coarsely, shorter holes are not holes
DEFAULT_COVERAGE = 90
HIGHEST_COVERAGE = 95  # the last fraction of a video is often lost
FASTEST = 2.5  # how many seconds of video one second of time can hold
SLACK = 30  # seconds


class Rule(TextChoices):
    CONFIRMED = "confirmed", _("Read and confirmed")
    VIDEO = "video", _("Video watched")
    QUIZ = "quiz", _("Quiz passed")
    TASK = "task", _("Practical task passed")
    VIDEO_AND_QUIZ = "video_and_quiz", _("Video watched and quiz passed")
    VIDEO_OR_QUIZ = "video_or_quiz", _("Video watched or quiz passed")
    VIDEO_AND_TASK = "video_and_task", _("Video watched and practical task passed")
    QUIZ_AND_TASK = "quiz_and_task", _("Quiz and practical task passed")

    @property
    def parts(self) -> frozenset[str]:
        """What a lesson must have so that it can be done: "video", "quiz", "task"."""
        return frozenset({"video", "quiz", "task"} & set(self.value.split("_")))

    @property
    def needs_video(self) -> bool:
        return "video" in self.parts

    @property
    def needs_quiz(self) -> bool:
        return "quiz" in self.parts

    @property
    def needs_task(self) -> bool:
        return "task" in self.parts

    @property
    def one_is_enough(self) -> bool:
        return self is Rule.VIDEO_OR_QUIZ


class Verb(TextChoices):
    INITIALIZED = "initialized", _("opened")
    PROGRESSED = "progressed", _("watched")
    VISIBLE = "visible", _("had it open")  # data["wall"]: for so many seconds until `at`
    COMPLETED = "completed", _("confirmed")  # data["by"]: "reading" or "transcript"
    ANSWERED = "answered", _("answered")
    PASSED = "passed", _("passed")  # data["by"]: "task" for the practical task, else the quiz
    FAILED = "failed", _("not passed")
    WAIVED = "waived", _("waived")
    SATISFIED = "satisfied", _("satisfied otherwise")
    VOIDED = "voided", _("voided")


# What a learner's own browser may say. Results of quizzes, waivers and corrections are made on the server alone.
FROM_BROWSERS = frozenset({Verb.INITIALIZED, Verb.PROGRESSED, Verb.VISIBLE, Verb.COMPLETED})
SATISFY_NOTHING = frozenset({Verb.INITIALIZED, Verb.VISIBLE, Verb.ANSWERED, Verb.FAILED})
WAIVER_REASONS = {
    "tested_out": _("Tested out"),
    "equivalent_course": _("Equivalent course"),
    "equivalent_outside": _("Equivalent activity elsewhere"),
    "administrative": _("Administrative"),
}

type Interval = tuple[float, float]


class Evidence(NamedTuple):
    at: datetime
    verb: str
    block: str
    data: dict[str, Any]


def present(evidence: Iterable[Evidence]) -> list[Interval]:
    """The stretches of time that somebody had the lesson before them: two tabs at once do not count twice."""
    return union(
        (item.at.timestamp() - min(float(item.data.get("wall") or 0), 3600.0), item.at.timestamp()) for item in evidence
    )


def union(intervals: Iterable[Interval], hole: float = 0) -> list[Interval]:
    """The intervals joined where they touch or leave a hole smaller than `hole`."""
    joined: list[list[float]] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1] + hole:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return [(start, end) for start, end in joined]


def length(intervals: Iterable[Interval]) -> float:
    return sum(end - start for start, end in intervals)


def clean_intervals(raw: object, seconds: float | None = None) -> list[Interval]:
    """Well-formed intervals of what a browser sent; the rest is dropped."""
    found = []
    for pair in raw if isinstance(raw, list) else []:
        if not (isinstance(pair, (list, tuple)) and len(pair) == 2 and all(type(n) in (int, float) for n in pair)):
            continue
        if not all(abs(n) < 1_000_000 for n in pair):
            continue
        start, end = max(0.0, float(pair[0])), float(pair[1])
        if seconds:
            end = min(end, float(seconds))
        if start < end:
            found.append((round(start, 1), round(end, 1)))
    return union(found)


def watched(evidence: Iterable[Evidence], block: str) -> list[Interval]:
    """What of the video was seen, at any speed, in any order; claims faster than a player can play do not count."""
    claims = [
        (start, end)
        for item in evidence
        if item.verb == Verb.PROGRESSED and item.block == block and item.data.get("counted", True)
        for start, end in item.data.get("watched", ())
    ]
    return union(claims, HOLE)


def covers(intervals: Iterable[Interval], rule: dict[str, Any]) -> bool:
    seconds = rule.get("seconds") or 0
    return seconds > 0 and length(intervals) * 100 >= rule.get("coverage", DEFAULT_COVERAGE) * seconds


def takes_transcript(rule: dict[str, Any]) -> bool:
    """Reading the transcript does instead of watching, unless the author forbids it."""
    return rule.get("by_transcript", True)


def is_met(rule: dict[str, Any], evidence: list[Evidence]) -> bool:
    said = {(item.verb, item.data.get("by")) for item in evidence}
    verbs = {verb for verb, _by in said}
    if verbs & {Verb.WAIVED, Verb.SATISFIED}:
        return True
    kind = Rule(rule["kind"])
    if kind is Rule.CONFIRMED:
        return (Verb.COMPLETED, "reading") in said
    met = []
    if kind.needs_video:
        read = takes_transcript(rule) and (Verb.COMPLETED, "transcript") in said
        met.append(read or covers(watched(evidence, rule.get("block", "")), rule))
    if kind.needs_quiz:
        met.append(any(verb == Verb.PASSED and by != "task" for verb, by in said))
    if kind.needs_task:
        met.append((Verb.PASSED, "task") in said)
    return any(met) if kind.one_is_enough else all(met)


def met_at(
    rule_at: Callable[[datetime], dict[str, Any] | None],
    evidence: Iterable[Evidence],
    changed: Iterable[datetime] = (),
) -> datetime | None:
    """The earliest moment at which what was known by then satisfied the rule that held then.

    That moment may be one of those at which another rule began (`changed`): whoever had done all that an easier rule
    asks is done when it begins to hold, for nothing may be left for them to do.
    """
    ordered = sorted((item for item in evidence if item.verb not in SATISFY_NOTHING), key=lambda item: item.at)
    for moment in sorted({item.at for item in ordered} | set(changed)):
        rule = rule_at(moment)
        if rule and is_met(rule, [item for item in ordered if item.at <= moment]):
            return moment
    return None
