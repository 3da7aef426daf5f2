"""A question as an author writes it: what every form (admin, Markdown, XLSX, QTI) is read into and written from."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses.quizzing.kinds import Kind, decimal, plain
from people.text import nfc, slug

MOST_ANSWERS = 20
LONGEST = 4000
LONGEST_SOURCE = 500
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NAMESPACE = uuid.UUID("0b0f8a52-3a8e-4c0b-a0cb-5a0f2b9a1d0e")


@dataclass(frozen=True)
class Text:
    vi: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.vi)

    @property
    def kept(self) -> dict[str, str]:
        return {"vi": self.vi, "en": self.en}

    @classmethod
    def of(cls, kept: dict[str, str] | None) -> "Text":
        return cls((kept or {}).get("vi", ""), (kept or {}).get("en", ""))

    def with_english_of(self, before: "Text") -> "Text":
        """A file in Vietnamese alone does not throw a translation away, as long as it translates the same words."""
        return Text(self.vi, before.en) if not self.en and self.vi == before.vi else self


@dataclass
class Line:
    """One answer: an option, a pair, a step of an order, an accepted text or the number."""

    text: Text
    right: bool = False
    match: Text = field(default_factory=Text)  # the other half of a pair
    feedback: Text = field(default_factory=Text)
    id: str = ""  # of the option, where it had one already
    match_id: str = ""

    @property
    def tidied(self) -> "Line":
        text, match, feedback = (
            Text(one_line(text.vi), one_line(text.en)) for text in (self.text, self.match, self.feedback)
        )
        return Line(text, self.right, match, feedback, self.id, self.match_id)


@dataclass
class Written:
    key: str
    kind: str
    text: Text
    lines: list[Line]
    tags: list[str] = field(default_factory=list)
    points: int = 1
    source: str = ""
    explanation: Text = field(default_factory=Text)
    tolerance: str = ""
    image: int | None = None
    image_alt: Text = field(default_factory=Text)
    place: str = ""  # where it stood, for messages: "Line 12"

    def problem(self) -> str:
        """Why this cannot be asked, as a sentence; nothing where it can."""
        if not KEY.fullmatch(self.key) or len(self.key) > 80:
            return _("The short name may hold small letters, digits and hyphens, at most 80 of them.")
        if self.kind not in Kind.values:
            return _("The kind of question is missing.")
        if not self.text:
            return _("The question itself is missing.")
        texts = [
            self.text,
            self.explanation,
            *(t for line in self.lines for t in (line.text, line.match, line.feedback)),
        ]
        if any(len(text.vi) > LONGEST or len(text.en) > LONGEST for text in texts):
            return _("A text is longer than %(count)s characters.") % {"count": LONGEST}
        if not 1 <= self.points <= 100:
            return _("Points are a whole number from 1 to 100.")
        if len(self.source) > LONGEST_SOURCE:
            return _("The source is longer than %(count)s characters.") % {"count": LONGEST_SOURCE}
        if self.image and not self.image_alt:
            return _("The picture needs words for those who cannot see it.")
        return self._problem_with_answers()

    def _problem_with_answers(self) -> str:
        kind = Kind(self.kind)
        if not self.lines:
            return _("There are no answers.")
        if len(self.lines) > MOST_ANSWERS:
            return _("There are more than %(count)s answers.") % {"count": MOST_ANSWERS}
        if kind is Kind.NUMBER:
            tolerance = decimal(self.tolerance or "0")
            if len(self.lines) > 1 or decimal(self.lines[0].text.vi) is None or tolerance is None or tolerance < 0:
                return _("Give one number, and how far from it an answer may be, such as 12 ± 0.5.")
            return ""
        if kind is Kind.MATCHING:
            return self._problem_with_pairs()
        if any(not line.text for line in self.lines):
            return _("An answer is empty.")
        if kind is Kind.SHORT:
            return "" if all(plain(line.text.vi) for line in self.lines) else _("An answer is empty.")
        if len({line.text.vi for line in self.lines}) < len(self.lines):
            return _("Two answers are the same.")
        if len(self.lines) < 2:
            return _("There must be at least two answers.")
        right = sum(line.right for line in self.lines)
        if kind is Kind.TRUE_FALSE and (len(self.lines) != 2 or right != 1):
            return _("True or false: two answers, one of them right.")
        if kind is Kind.ONE and right != 1:
            return _("Exactly one answer must be marked as right here.")
        if kind is Kind.SEVERAL and right == 0:
            return _("Mark at least one answer as right.")
        return ""

    def _problem_with_pairs(self) -> str:
        pairs = [line for line in self.lines if line.text]
        if len(pairs) < 2:
            return _("Matching needs at least two pairs.")
        if any(not line.match for line in self.lines):
            return _("A pair lacks its second half.")
        if len({line.text.vi for line in pairs}) < len(pairs):
            return _("Two pairs begin with the same words.")
        if len({line.match.vi for line in self.lines}) < len(self.lines):
            return _("Two pairs end with the same words; it could not be told which belongs where.")
        return ""

    # ------------------------------------------------------------ as a version keeps it
    def content(self, before: "Written | None" = None) -> dict[str, Any]:
        """The columns of an ItemVersion. Ids of options stay those of `before` where the option is the same."""
        kind = Kind(self.kind)
        text, explanation, image_alt = self.text, self.explanation, self.image_alt
        if before is not None:
            text = text.with_english_of(before.text)
            explanation = explanation.with_english_of(before.explanation)
            image_alt = image_alt.with_english_of(before.image_alt)
        same_kind = before is not None and before.kind == self.kind
        asked, key = self._asked_and_key(kind, before.lines if before and same_kind else [])
        return {
            "kind": kind.value,
            "text_vi": text.vi,
            "text_en": text.en,
            "asked": asked,
            "key": key,
            "points": self.points,
            "explanation_vi": explanation.vi,
            "explanation_en": explanation.en,
            "source": self.source,
            "image_id": self.image,
            "image_alt_vi": image_alt.vi if self.image else "",
            "image_alt_en": image_alt.en if self.image else "",
        }

    def _asked_and_key(self, kind: Kind, before: list[Line]) -> tuple[dict[str, Any], dict[str, Any]]:
        def name(line: Line) -> Text:
            return line.match if kind is Kind.MATCHING and not line.text else line.text

        rows = [line.tidied for line in self.lines]
        partners = partner_of([name(line) for line in rows], [line.id for line in rows], before, name)
        lines = []
        for line, old in zip(rows, partners, strict=True):
            if old is not None:
                line = Line(
                    line.text.with_english_of(old.text),
                    line.right,
                    line.match.with_english_of(old.match),
                    line.feedback.with_english_of(old.feedback),
                    line.id or old.id,
                    line.match_id or old.match_id,
                )
            lines.append(line)
        if kind is Kind.NUMBER:
            line = lines[0]
            kept = {"number": tidy(line.text.vi), "tolerance": tidy(self.tolerance or "0")}
            return {}, kept | feedback_of({kept["number"]: line.feedback})
        if kind is Kind.SHORT:
            accepted = [line.text.vi for line in lines]
            return {}, {"accepted": accepted} | feedback_of({line.text.vi: line.feedback for line in lines})
        if kind is Kind.MATCHING:
            taken: set[str] = set()
            # Sorted: as written, left and right would stand beside each other.
            for line in lines:
                if line.text:
                    line.id = line.id if line.id and line.id not in taken else new_id("l", line.text.vi, taken)
                    taken.add(line.id)
                line.match_id = (
                    line.match_id if line.match_id and line.match_id not in taken else new_id("r", line.match.vi, taken)
                )
                taken.add(line.match_id)
            pairs = [line for line in lines if line.text]
            right = sorted(({"id": line.match_id} | line.match.kept for line in lines), key=lambda one: one["id"])
            return (
                {"left": [{"id": line.id} | line.text.kept for line in pairs], "right": right},
                {"pairs": {line.id: line.match_id for line in pairs}}
                | feedback_of({line.id or line.match_id: line.feedback for line in lines}),
            )
        taken = set()
        for line in lines:
            line.id = line.id if line.id and line.id not in taken else new_id("", line.text.vi, taken)
            taken.add(line.id)
        options = [{"id": line.id} | line.text.kept for line in lines]
        feedback = feedback_of({line.id: line.feedback for line in lines})
        if kind is Kind.ORDERING:
            order = [line.id for line in lines]
            return {"options": sorted(options, key=lambda one: one["id"])}, {"order": order} | feedback
        return {"options": options}, {"right": [line.id for line in lines if line.right]} | feedback


def feedback_of(texts: dict[str, Text]) -> dict[str, Any]:
    found = {key: text.kept for key, text in texts.items() if text}
    return {"feedback": found} if found else {}


def partner_of(names: list[Text], known_ids: list[str], before: list[Line], name) -> list[Line | None]:
    """For each new line the old one that it is: by id, else by its words, else the one that stood at its place."""
    left = list(before)
    found: list[Line | None] = [None] * len(names)

    def take(place: int, old: Line | None) -> None:
        if old is not None:
            found[place] = old
            left.remove(old)

    for place, known in enumerate(known_ids):
        if known:
            take(place, next((old for old in left if old.id == known), None))
    for place, text in enumerate(names):
        if found[place] is None:
            take(place, next((old for old in left if name(old).vi == text.vi), None))
    if len(names) == len(before):
        for place, old in enumerate(before):
            if found[place] is None and not known_ids[place] and old in left:
                take(place, old)
    return found


def new_id(side: str, text: str, taken: set[str]) -> str:
    """Made from the words, so importing a file twice gives the same, and in no order that would tell anything."""
    number = 0
    while True:
        found = side + uuid.uuid5(NAMESPACE, f"{side}/{number}/{text}").hex[:8]
        if found not in taken:
            return found
        number += 1


def one_line(text: str) -> str:
    """Answers are one line, and without the marks that the plain-text form puts between its parts."""
    return " ".join(text.split()).replace(" :: ", ": ").replace(" || ", " / ")


def tidy(number: str) -> str:
    found = decimal(number)
    return format(found.normalize(), "f") if found is not None else number


def clean(text: str) -> str:
    """NFC, lines without spaces at their ends, no more than one empty line in a row."""
    lines = [" ".join(line.split()) for line in nfc(text).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def short_name(text: str) -> str:
    """A key for a question that came without one."""
    return re.sub(r"[^a-z0-9]+", "-", slug(text))[:60].strip("-")


def tag(text: str) -> str:
    return slug(text)[:40].strip("-")


def tags(text: str) -> list[str]:
    """ "Ký số, An toàn" -> ["an-toan", "ky-so"]."""
    return sorted({found for part in re.split(r"[,;]", text) if (found := tag(part))})
