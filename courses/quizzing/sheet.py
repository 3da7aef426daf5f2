"""The questions of one attempt as its page shows them: to be answered, or judged. What is right is in neither before it
may be seen."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from courses.models.quiz import Quiz, QuizAttempt, QuizResponse
from courses.quizzing import kinds
from courses.quizzing.kinds import Kind


def spoken(text: dict[str, str] | None) -> str:
    """In the language of the page, else in Vietnamese."""
    text = text or {}
    return (text.get("en") if (get_language() or "vi").startswith("en") else "") or text.get("vi", "")


@dataclass
class Choice:
    id: str
    text: str
    chosen: bool = False
    picked: str = ""  # the other half, or the place, that stands beside it
    picked_text: str = ""
    state: str = ""  # once judged: "right", "wrong" or nothing
    feedback: str = ""


@dataclass
class Question:
    """One question on the page."""

    position: int
    kind: Kind
    text: str
    image: Any = None
    image_alt: str = ""
    points: int = 1
    choices: list[Choice] = field(default_factory=list)
    others: list[Choice] = field(default_factory=list)  # the second halves of pairs
    typed: str = ""
    was: str = ""  # the answer as the page shows it: what is sent back unchanged is not sent anew
    whole: bool = False
    right: bool = False
    explanation: str = ""
    source: str = ""
    feedback: str = ""
    solution: list[str] = field(default_factory=list)  # what would have been right

    @property
    def name(self) -> str:
        return f"a-{self.position}"

    @property
    def places(self) -> list[str]:
        return [str(place) for place in range(1, len(self.choices) + 1)]


def rows_of(attempt: QuizAttempt) -> list[QuizResponse]:
    return list(attempt.responses.select_related("version__image", "judged_by").order_by("position"))


def to_answer(rows: list[QuizResponse]) -> list[Question]:
    """For an open attempt."""
    return [_question(row) for row in rows]


def to_read(quiz: Quiz) -> list[Question]:
    """Questions to think about without an attempt, the same for everybody: a draw of what might be asked.

    None where seeing them early would be an advantage: attempts or time are limited.
    """
    if quiz.attempts_limit is not None or quiz.minutes is not None:
        return []
    drawn = enumerate(quiz.drawn(seed=0), start=1)
    return [_question(QuizResponse(position=n, version=version, order=order)) for n, (version, order) in drawn]


def judged(rows: list[QuizResponse], quiz: Quiz, shows_key: bool) -> list[Question]:
    """For a closed attempt: nothing, what was right, or also what would have been."""
    if quiz.shows == Quiz.Shows.NEVER:
        return []
    found = []
    for row in rows:
        question = _question(row)
        question.right = bool(row.points)
        question.explanation, question.source = row.version.explanation, row.version.source
        _judge(question, row, shows_key)
        found.append(question)
    return found


def shown(answer: Any) -> str:
    return json.dumps(answer, sort_keys=True, ensure_ascii=False)


def _question(row: QuizResponse) -> Question:
    version, kind, answer = row.version, Kind(row.version.kind), row.answer
    question = Question(
        row.position,
        kind,
        version.text,
        version.image.get_rendition("width-960|format-webp") if version.image else None,
        version.image_alt,
        version.points,
        was=shown(answer),
        whole=row.is_whole,
    )
    if kind.is_typed:
        question.typed = answer if isinstance(answer, str) else ""
        return question
    picked: dict[str, str] = answer if isinstance(answer, dict) else {}
    chosen = set(answer) if isinstance(answer, list) else set()
    by_id = {one["id"]: one for one in version.asked["right" if kind is Kind.MATCHING else "options"]}
    in_order = [by_id[one] for one in row.order if one in by_id]
    if kind is Kind.MATCHING:
        question.others = [Choice(one["id"], spoken(one)) for one in in_order]
        in_order = version.asked["left"]
    words = {other.id: other.text for other in question.others}
    for one in in_order:
        pick = picked.get(one["id"], "")
        question.choices.append(Choice(one["id"], spoken(one), one["id"] in chosen, pick, words.get(pick, pick)))
    return question


def _judge(question: Question, row: QuizResponse, shows_key: bool) -> None:
    """Own choices are marked with what was said about them; the others only where the key may be seen."""
    kind, key = question.kind, row.key
    feedback = key.get("feedback", {})
    if kind.has_options:
        for choice in question.choices:
            right = choice.id in key["right"]
            if choice.chosen:
                choice.state = "right" if right else "wrong"
            elif shows_key and right:
                choice.state = "right"
            if choice.chosen or shows_key:
                choice.feedback = spoken(feedback.get(choice.id))
    elif kind is Kind.MATCHING:
        words = {other.id: other.text for other in question.others}
        for choice in question.choices:
            choice.state = "right" if choice.picked == key["pairs"].get(choice.id) else "wrong"
            choice.feedback = spoken(feedback.get(choice.id))
        if shows_key and not question.right:
            question.solution = [
                f"{one.text} → {words.get(key['pairs'].get(one.id, ''), '')}" for one in question.choices
            ]
    elif kind is Kind.ORDERING:
        for choice in question.choices:
            place = key["order"].index(choice.id) + 1 if choice.id in key["order"] else 0
            choice.state = "right" if choice.picked == str(place) else "wrong"
        question.choices.sort(key=lambda one: int(one.picked or 99))
        if shows_key and not question.right:
            words = {one.id: one.text for one in question.choices}
            question.solution = [f"{n}. {words.get(one, '')}" for n, one in enumerate(key["order"], start=1)]
    elif kind is Kind.SHORT:
        if question.right:
            question.feedback = next((spoken(text) for text in feedback.values()), "")
        elif shows_key:
            question.solution = list(key["accepted"])
    else:
        if question.right:
            question.feedback = spoken(feedback.get(key["number"]))
        elif shows_key:
            tolerance = f" ± {key['tolerance']}" if key.get("tolerance", "0") != "0" else ""
            question.solution = [f"{key['number']}{tolerance}".replace(".", ",")]


# ---------------------------------------------------------------- what a plain form sends


def sent(rows: list[QuizResponse], form: QueryDict) -> dict[int, Any]:
    """Whole answers by position, as far as they differ from what the page showed when it was sent."""
    found = {}
    for row in rows:
        name = f"a-{row.position}"
        if f"was-{row.position}" not in form:
            continue
        raw = _raw(row, name, form)
        if shown(kinds.clean_answer(row.version.kind, row.version.asked, raw)) != form[f"was-{row.position}"]:
            found[row.position] = raw
    return found


def _raw(row: QuizResponse, name: str, form: QueryDict) -> Any:
    kind = Kind(row.version.kind)
    if kind.is_typed:
        return form.get(name, "") or None
    if kind.has_options:
        return form.getlist(name) or None
    ids = [one["id"] for one in row.version.asked["left" if kind is Kind.MATCHING else "options"]]
    return {one: value for one in ids if (value := form.get(f"{name}-{one}", ""))} or None
