"""What was done in a lesson, judged by every kind of rule, and how long it took: the oracle tries every second.

Pure first, many stories; then through `Enrolment.record` in batches of any order, from two devices, with repeats.
"""

import datetime
import random
import uuid

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from courses import rules
from courses.checking import differences
from courses.models import Course, LearningEvent, LessonProgress
from courses.rules import Evidence, Rule, Verb, is_met, length, met_at, present

from .conftest import Clock, a_lesson
from .oracle import Told, lesson_done_at, time_spent

FILM, OTHER = str(uuid.UUID(int=77)), str(uuid.UUID(int=78))
SECONDS, PERCENT = 20, 90
START = datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)
SAYS = {
    "read": (Verb.COMPLETED, {"by": "reading"}),
    "transcript": (Verb.COMPLETED, {"by": "transcript"}),
    "quiz": (Verb.PASSED, {"score": 80}),
    "task": (Verb.PASSED, {"by": "task"}),
    "failed": (Verb.FAILED, {"score": 20}),
    "waived": (Verb.WAIVED, {"reason": "administrative", "by": 1}),
    "open": (Verb.VISIBLE, {}),
    "seen": (Verb.PROGRESSED, {}),
}


@st.composite
def a_fact(draw) -> Told:
    what = draw(st.sampled_from([*SAYS, "seen", "seen", "seen", "open"]))
    told = Told(draw(st.integers(1, 60)), what, open_for=draw(st.sampled_from([0, 0, 3, 15, 80])))
    if what == "seen":
        first = draw(st.integers(0, SECONDS - 1))
        told.seen = (first, draw(st.integers(first + 1, SECONDS)))
        told.other_film, told.too_fast = draw(st.sampled_from([(False, False)] * 6 + [(True, False), (False, True)]))
    return told


STORIES = st.lists(a_fact(), max_size=9)
# Random stories seldom watch nearly all of a film; these begin where it matters.
NEARLY = [Told(5, "seen", (0, 9)), Told(9, "seen", (11, 20)), Told(12, "quiz"), Told(20, "task"), Told(30, "read")]
TO_THE_BRIM = [Told(5, "seen", (0, 10)), Told(8, "seen", (12, 18))]
NOT_QUITE = [
    Told(5, "seen", (0, 17)),
    Told(8, "seen", (1, 20), too_fast=True),
    Told(9, "seen", (1, 20), other_film=True),
]
# Everything older than the grace is dated by its arrival: what finishes a lesson and what does not share a moment.
ONE_MOMENT = [Told(5, "read"), Told(5, "quiz"), Told(5, "open", open_for=3)]
TWO_TABS = [Told(20, "open", open_for=15), Told(24, "open", open_for=15), Told(60, "open", open_for=80)]


def data_of(told: Told) -> dict:
    data = dict(SAYS[told.what][1])
    if told.open_for:
        data["wall"] = told.open_for
    if told.what == "seen":
        data["watched"] = [list(told.seen)]
        if told.too_fast:
            data["counted"] = False
    return data


def evidence_of(told: Told) -> Evidence:
    block = OTHER if told.other_film else FILM
    return Evidence(START + datetime.timedelta(seconds=told.at), SAYS[told.what][0], block, data_of(told))


def rule_of(kind: str, transcript: bool = True) -> dict:
    rule: dict = {"kind": kind}
    if Rule(kind).needs_video:
        rule |= {"block": FILM, "seconds": SECONDS, "coverage": PERCENT}
        if not transcript:
            rule["by_transcript"] = False
    return rule


def judged(kind: str, transcript: bool, story: list[Told]) -> int | None:
    rule = rule_of(kind, transcript)
    at = met_at(lambda _moment: rule, [evidence_of(told) for told in story])
    return None if at is None else int((at - START).total_seconds())


def check(story: list[Told], transcript: bool, shuffled: random.Random) -> None:
    for kind in Rule.values:
        expected = lesson_done_at(kind, transcript, story, SECONDS, PERCENT)
        assert judged(kind, transcript, story) == expected, kind
        again = story * 2
        shuffled.shuffle(again)
        assert judged(kind, transcript, again) == expected, f"{kind}: order or a repeat mattered"
        for number in range(len(story)):
            less = judged(kind, transcript, story[:number] + story[number + 1 :])
            assert less is None or (expected is not None and expected <= less), f"{kind}: doing more did harm"
    spent = length(present(evidence_of(told) for told in story))
    assert spent == time_spent(story, -100), "time spent"


def stories(number: int, phases=tuple(Phase), *, same_each_time: bool = False):
    """`check` against so many stories."""
    run = given(story=STORIES, transcript=st.booleans(), shuffled=st.randoms(use_true_random=False))(check)
    for told in (NEARLY, TO_THE_BRIM, NOT_QUITE, ONE_MOMENT, TWO_TABS):
        run = example(story=told, transcript=True, shuffled=random.Random(1))(run)
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=phases,
        derandomize=same_each_time,
    )(run)


def test_every_rule_equals_the_oracle():
    stories(60)()


@pytest.mark.long
def test_every_rule_equals_the_oracle_in_three_thousand_stories():
    stories(3000)()


# ---------------------------------------------------------------- the stories must notice these faults


def instead(kind: str, of: str):
    """A judge who takes one kind of rule for another."""
    return lambda rule, evidence: is_met({**rule, "kind": of} if rule["kind"] == kind else rule, evidence)


def any_pass_will_do(rule, evidence):
    """A passed task passes the quiz as well, and the other way round."""
    passed = [e for e in evidence if e.verb == Verb.PASSED]
    return is_met(rule, [*evidence, *(e._replace(data={"by": by}) for e in passed for by in ("", "task"))])


def transcript_always_counts(rule, evidence):
    return is_met(rule | {"by_transcript": True}, evidence)


def any_film_will_do(rule, evidence):
    return is_met(rule, [e._replace(block=FILM) for e in evidence])


def too_fast_counts(rule, evidence):
    return is_met(rule, [e._replace(data={**e.data, "counted": True}) for e in evidence])


FAULTS = {
    "confirmed taken for anything passed": instead("confirmed", "quiz"),
    "video taken for video or quiz": instead("video", "video_or_quiz"),
    "quiz taken for quiz and task": instead("quiz", "quiz_and_task"),
    "task taken for quiz": instead("task", "quiz"),
    "either taken for both": instead("video_or_quiz", "video_and_quiz"),
    "both taken for the quiz alone": instead("video_and_quiz", "quiz"),
    "video and task taken for the task alone": instead("video_and_task", "task"),
    "quiz and task taken for the task alone": instead("quiz_and_task", "task"),
    "a passed task passes the quiz": any_pass_will_do,
    "the transcript counts though the author forbids it": transcript_always_counts,
    "another film counts": any_film_will_do,
    "what nobody can watch so fast counts": too_fast_counts,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_stories_notice(fault, monkeypatch):
    monkeypatch.setattr(rules, "is_met", FAULTS[fault])
    with pytest.raises(AssertionError):
        stories(300, (Phase.explicit, Phase.generate), same_each_time=True)()


def test_adding_up_instead_of_joining_would_be_noticed(monkeypatch):
    """Two tabs, or a message sent twice, would count twice."""
    monkeypatch.setattr(f"{__name__}.length", lambda joined: sum(told.open_for for told in TWO_TABS))
    with pytest.raises(AssertionError, match="time spent"):
        check(TWO_TABS, True, random.Random(1))


# ---------------------------------------------------------------- through the door everybody uses


def tell(enrolment, lesson: uuid.UUID, story: list[Told], clock: Clock, dice: random.Random) -> None:
    """Two devices, batches that overlap, any order."""
    ids = [uuid.uuid4() for _ in story]
    for batch in range(4):
        chosen = [n for n in range(len(story)) if batch == 3 or dice.random() < 0.5]
        dice.shuffle(chosen)
        enrolment.record(
            [
                LearningEvent(
                    id=ids[n],
                    lesson_key=lesson,
                    edition=1,
                    block_id=OTHER if story[n].other_film else FILM,
                    verb=SAYS[story[n].what][0],
                    data=data_of(story[n]),
                    at=enrolment.started_at + datetime.timedelta(seconds=story[n].at),
                )
                for n in chosen
            ],
            clock=clock,
        )


@pytest.mark.django_db
@settings(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(story=STORIES, dice=st.randoms(use_true_random=False))
@example(story=NEARLY, dice=random.Random(1))
def test_what_is_kept_equals_the_oracle(binh, story, dice):
    clock = Clock(1)
    kinds = {uuid.uuid4(): kind for kind in Rule.values}
    course = Course.objects.create(key=uuid.uuid4(), title_vi="Khóa", opened_at=clock.at(-9), gives_certificate=False)
    course.apply([a_lesson(key, rule=rule_of(kind)) for key, kind in kinds.items()], clock=clock)
    enrolment = course.enrol(binh, at=clock(), clock=clock)
    clock.tick += 5
    for lesson in kinds:
        tell(enrolment, lesson, story, clock, dice)
    kept = {row.lesson_key: row for row in LessonProgress.objects.filter(enrolment=enrolment)}
    for lesson, kind in kinds.items():
        if not story:
            continue
        done = kept[lesson].completed_at
        expected = lesson_done_at(kind, True, story, SECONDS, PERCENT)
        assert (done and int((done - enrolment.started_at).total_seconds())) == expected, kind
        assert kept[lesson].seconds == time_spent(story), "nobody learned before they had enrolled"
    assert list(differences(Course.objects.filter(pk=course.pk), with_pages=False)) == []
