"""What kinds of question there are: what an answer to each looks like, and when it is right. Pure.

`asked` is what a learner may see of a question, `key` what nobody sees before it may be seen:

    kind            asked                                   key                                     an answer
    one, several    {"options": [{"id", "vi", "en"}]}       {"right": [id]}                         [id]
    truefalse       the same, two options                   {"right": [id]}                         [id]
    matching        {"left": [...], "right": [...]}         {"pairs": {left id: right id}}          {left id: right id}
    ordering        {"options": [...]}                      {"order": [id]}                         {id: place, as "1"}
    short           {}                                      {"accepted": [text]}                    text
    number          {}                                      {"number": "12", "tolerance": "0.5"}    text

Every key may hold {"feedback": {id or accepted text: {"vi", "en"}}}. Ids never tell which answer is right.
"""

import random
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.text import nfc, search_text

type Answer = list[str] | dict[str, str] | str

LONGEST_ANSWER = 500  # characters typed
EDGES = " \t\n.,;:!?\"'“”‘’…()"


class Kind(TextChoices):
    ONE = "one", _("One right answer")
    SEVERAL = "several", _("Several right answers")
    TRUE_FALSE = "truefalse", _("True or false")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Putting in order")
    SHORT = "short", _("Short answer")
    NUMBER = "number", _("Number")

    @property
    def has_options(self) -> bool:
        return self in (Kind.ONE, Kind.SEVERAL, Kind.TRUE_FALSE)

    @property
    def is_typed(self) -> bool:
        return self in (Kind.SHORT, Kind.NUMBER)


def ids(things: Iterable[dict[str, Any]]) -> list[str]:
    return [thing["id"] for thing in things]


def clean_answer(kind: str, asked: dict[str, Any], raw: object) -> Answer | None:
    """The answer as it is kept, from whatever a browser sent; None where nothing was answered."""
    kind = Kind(kind)
    if kind.is_typed:
        text = nfc(" ".join(raw[: 4 * LONGEST_ANSWER].split()))[:LONGEST_ANSWER] if isinstance(raw, str) else ""
        return text or None
    sent = raw.items() if isinstance(raw, dict) else ()
    if kind is Kind.MATCHING:
        left, right = set(ids(asked["left"])), set(ids(asked["right"]))
        return {a: b for a, b in sent if a in left and isinstance(b, str) and b in right} or None
    known = ids(asked["options"])
    if kind is Kind.ORDERING:
        places = {str(place) for place in range(1, len(known) + 1)}
        return {a: b for a, b in sent if a in known and isinstance(b, str) and b in places} or None
    chosen = [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []
    chosen = [one for one in dict.fromkeys(chosen) if one in known]
    if kind in (Kind.ONE, Kind.TRUE_FALSE):
        chosen = chosen[:1]
    elif kind is Kind.SEVERAL:
        chosen = [one for one in known if one in chosen]
    return chosen or None


def is_whole(kind: str, asked: dict[str, Any], answer: Answer | None) -> bool:
    """Nothing of the question was left out."""
    if not answer:
        return False
    if kind == Kind.MATCHING:
        return len(answer) == len(asked["left"])
    if kind == Kind.ORDERING and isinstance(answer, dict):
        return len(set(answer.values())) == len(asked["options"])
    return True


def is_right(kind: str, key: dict[str, Any], answer: Answer | None) -> bool:
    """All or nothing, so that points are whole numbers."""
    if not answer:
        return False
    kind = Kind(kind)
    if kind is Kind.MATCHING:
        return answer == key["pairs"]
    if kind is Kind.ORDERING:
        return answer == {one: str(place) for place, one in enumerate(key["order"], start=1)}
    if kind.has_options:
        return set(answer) == set(key["right"])
    if kind is Kind.SHORT:
        return plain(str(answer)) in {plain(accepted) for accepted in key["accepted"]}
    wanted, tolerance = Decimal(key["number"]), Decimal(key.get("tolerance") or 0)
    return any(abs(number - wanted) <= tolerance for number in numbers(str(answer)))


def plain(text: str) -> str:
    """Short answers are compared without tones, case, spaces at the edges and punctuation around them."""
    return search_text(text).strip(EDGES)


def numbers(text: str) -> set[Decimal]:
    """What a typed number can mean: in Vietnam 1.234 is 1234, elsewhere 1.234; either reading will do."""
    text = re.sub(r"[\s\u00a0]|(?<=\d)(%|₫|đ)$", "", text.replace("\u2212", "-"))
    found = set()
    for thousands, decimal in ((".", ","), (",", ".")):
        whole = re.fullmatch(rf"[+-]?(\d+|\d{{1,3}}(\{thousands}\d{{3}})+)(\{decimal}\d+)?", text, flags=re.ASCII)
        if whole and len(text) <= 40:
            found.add(Decimal(text.replace(thousands, "").replace(decimal, ".")))
    return found


def decimal(text: str) -> Decimal | None:
    """A number as an author writes it: 12, 0.5 or 0,5."""
    try:
        return Decimal(text.strip().replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        return None


def drawn_order(kind: str, asked: dict[str, Any], seed: random.Random, shuffle: bool) -> list[str]:
    """In which order the options stand for one person. Matching and ordering are always mixed: as written they tell."""
    kind = Kind(kind)
    if kind.is_typed:
        return []
    order = ids(asked["right"] if kind is Kind.MATCHING else asked["options"])
    if kind in (Kind.MATCHING, Kind.ORDERING) or (shuffle and kind is not Kind.TRUE_FALSE):
        seed.shuffle(order)
    return order
