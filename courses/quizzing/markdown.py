"""The plain-text form of a question bank: what authors keep in files and send each other by e-mail.

    # Ngân hàng câu hỏi: BB02

    ## phi-dia-gioi-1
    kiểu: một
    thẻ: phi-dia-gioi, quay
    Chị Hoa cư trú ở Cô Tô, đến Bãi Cháy nộp hồ sơ. Việc nào là đúng?
    - [x] Tiếp nhận rồi chuyển đúng nơi :: Đúng, hồ sơ phi địa giới nộp ở đâu cũng được.
    - [ ] Mời chị về nộp tại Cô Tô
    giải thích: …

English stands behind " || " in the same line, or after a line that begins with "en:" for the question itself.
docs/so-tay/bien-tap-vien.md tells authors all of it.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.quizzing.kinds import Kind
from courses.quizzing.written import Line, Text, Written, clean, tags
from people.text import fold, nfc

WORDS: dict[str, tuple[str, ...]] = {
    "kind": ("kieu", "loai", "kind", "type"),
    "tags": ("the", "nhan", "tags", "tag"),
    "points": ("diem", "points"),
    "source": ("nguon", "source"),
    "image": ("hinh", "anh", "image", "picture"),
    "explanation": ("giai thich", "explanation"),
    "english": ("en", "english", "tieng anh"),
}
KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.ONE: ("một", "một đáp án", "one", "single"),
    Kind.SEVERAL: ("nhiều", "nhiều đáp án", "several", "multiple"),
    Kind.TRUE_FALSE: ("đúng-sai", "đúng sai", "đúng/sai", "true-false", "true/false", "truefalse"),
    Kind.MATCHING: ("ghép", "ghép đôi", "nối", "matching", "match"),
    Kind.ORDERING: ("thứ tự", "sắp xếp", "thứ-tự", "order", "ordering"),
    Kind.SHORT: ("ngắn", "trả lời ngắn", "short"),
    Kind.NUMBER: ("số", "number", "numeric"),
}
KIND_BY_WORD = {fold(word): kind for kind, words in KINDS.items() for word in words}
FIELD_BY_WORD = {word: name for name, words in WORDS.items() for word in words}
HEADING = re.compile(r"#\s*(?:[^:#]*:)?\s*(?P<code>\S+)\s*")
ITEM = re.compile(r"##\s*(?P<key>.*?)\s*")
SETTING = re.compile(r"(?P<word>[^\W\d_][^:\n]{0,20}?)\s*:(?!:)\s*(?P<value>.*)", re.DOTALL)
OPTION = re.compile(r"[-*]\s*\[(?P<mark>[ xX✓]?)\]\s+(?P<text>.*)")
PAIR = re.compile(r"[-*]\s*(?P<left>.*?)\s*(?:=>|→)\s*(?P<right>.*)")
STEP = re.compile(r"\d{1,2}[.)]\s+(?P<text>.*)")
ACCEPTED = re.compile(r"=\s*(?P<text>.*)")
NUMBER = re.compile(r"(?P<number>[-+\u2212]?[\d.,]+)(?:\s*(?:±|\+/-|\+-)\s*(?P<tolerance>[\d.,]+))?")
FEEDBACK, ENGLISH = " :: ", " || "
BULLETS = (OPTION, PAIR, STEP, ACCEPTED)


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where; `place` is for people: "Line 12" or "Row 3"."""

    place: str
    item: str
    sentence: str

    def __str__(self) -> str:
        where = _("%(place)s, question “%(item)s”") % vars(self) if self.item else self.place
        return f"{where}: {self.sentence}"


@dataclass
class Reading:
    """What a file holds, and what is wrong with it. With one problem nothing of it is imported."""

    items: list[Written] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    code: str = ""  # of the course it says it is for

    def complain(self, place: str, item: str, sentence: str) -> None:
        if len(self.problems) < 200:
            self.problems.append(Problem(place, item, sentence))

    def judge(self) -> "Reading":
        """Look at every question by itself and at all together."""
        places: dict[str, str] = {}
        for item in self.items:
            if sentence := item.problem():
                self.complain(item.place, item.key, sentence)
            if item.key in places:
                self.complain(
                    item.place, item.key, _("This short name was used before: %(place)s.") % {"place": places[item.key]}
                )
            places.setdefault(item.key, item.place)
        if not self.items and not self.problems:
            self.complain(_("The file"), "", _("There is not one question in it."))
        return self


def line_of(number: int) -> str:
    return _("Line %(number)s") % {"number": number}


def read(text: str) -> Reading:
    reading = Reading()
    block: list[tuple[int, str]] = []
    key = ""
    for number, raw in enumerate(nfc(text.lstrip("\ufeff")).splitlines(), start=1):
        line = raw.rstrip()
        if line.startswith("##") and not line.startswith("###"):
            if block:
                _item(reading, key, block)
            found = ITEM.fullmatch(line)
            key, block = found["key"].strip() if found else "", [(number, line)]
        elif block:
            block.append((number, line))
        elif line.startswith("#") and not reading.code and (heading := HEADING.fullmatch(line)):
            reading.code = heading["code"]
        elif line.strip() and not line.startswith("#") and not re.fullmatch(r"<!--.*-->", line.strip()):
            reading.complain(
                line_of(number), "", _("Before the first question only one heading is expected: “# … : code”.")
            )
            return reading.judge() if reading.items else reading
    if block:
        _item(reading, key, block)
    return reading.judge()


def _item(reading: Reading, key: str, block: list[tuple[int, str]]) -> None:
    """One question: settings, then its words, then the answers, then why."""
    first = block[0][0]
    settings: dict[str, tuple[int, list[str]]] = {}
    words: list[str] = []
    english: list[str] = []
    lines: list[tuple[int, str]] = []
    into: list[str] | None = None  # where lines without a mark of their own go on
    place = "head"
    for number, line in block[1:]:
        if line.startswith("\\") and into is not None:
            into.append(line[1:])  # a line of words that looks like something else
            continue
        if place != "why" and any(bullet.match(line) for bullet in BULLETS):
            place, into = "answers", None
            lines.append((number, line))
            continue
        name, value = setting(line)
        if name == "english" and place in ("head", "words"):
            place, into = "words", english
            english.append(value)
        elif name == "explanation" or (name and name != "english" and place in ("head", "answers", "why")):
            if name in settings:
                reading.complain(
                    line_of(number), key, _("“%(word)s” stands there twice.") % {"word": line.split(":")[0]}
                )
            settings[name] = (number, [value])
            if name == "explanation":
                place, into = "why", settings[name][1]
        elif place == "answers" and line.strip():
            if line[:1] in " \t" and lines:
                at, before = lines[-1]
                lines[-1] = (at, f"{before} {line.strip()}")
            else:
                reading.complain(
                    line_of(number),
                    key,
                    _("This line is no answer. Answers begin with “- [ ]”, “1.”, “=” or hold “=>”."),
                )
        elif place == "head" and line.strip():
            place, into = "words", words
            words.append(line.removeprefix("\\"))
        elif into is not None:
            into.append(line)
    _put_together(reading, key, first, settings, words, english, lines)


def setting(line: str) -> tuple[str, str]:
    """("tags", "ky-so") of "thẻ: ky-so"; two empty words for any other line."""
    found = SETTING.fullmatch(line)
    name = FIELD_BY_WORD.get(" ".join(fold(found["word"]).lower().split()), "") if found else ""
    return (name, found["value"].strip()) if found and name else ("", "")


def _put_together(reading: Reading, key: str, first: int, settings, words, english, lines) -> None:
    def value(name: str) -> str:
        return clean("\n".join(settings[name][1])) if name in settings else ""

    def where(name: str) -> str:
        return line_of(settings[name][0])

    kind = KIND_BY_WORD.get(fold(value("kind")).lower()) if "kind" in settings else guessed(lines)
    if kind is None:
        known = ", ".join(words[0] for words in KINDS.values())
        sentence = _("This kind is not known. Kinds: %(known)s.") % {"known": known}
        reading.complain(where("kind") if "kind" in settings else line_of(first), key, sentence)
        return
    points = 1
    if "points" in settings:
        if not value("points").isdecimal():
            reading.complain(where("points"), key, _("Points are a whole number from 1 to 100."))
            return
        points = int(value("points")[:6])
    written = Written(
        key=key,
        kind=kind.value,
        text=Text(clean("\n".join(words)), clean("\n".join(english))),
        lines=[],
        tags=tags(value("tags")),
        points=points,
        source=value("source"),
        explanation=two(value("explanation")),
        place=line_of(first),
    )
    if "image" in settings and value("image"):
        title, _bar, alt = value("image").partition(" | ")
        written.image, written.image_alt = image_called(title.strip()), two(alt)
        if written.image is None:
            reading.complain(
                where("image"), key, _("There is no picture called “%(title)s” in the library.") % {"title": title}
            )
            return
    for number, line in lines:
        answer = _line(kind, line, written)
        if answer is None:
            sentence = _("This answer does not fit the kind “%(kind)s”.") % {"kind": kind.label}
            reading.complain(line_of(number), key, sentence)
            return
        written.lines.append(answer)
    reading.items.append(written)


def guessed(lines: list[tuple[int, str]]) -> Kind | None:
    """A question that does not say its kind, by its answers."""
    texts = [line for _number, line in lines]
    if not texts:
        return None
    if all(OPTION.match(line) for line in texts):
        right = sum((found := OPTION.match(line)) is not None and bool(found["mark"].strip()) for line in texts)
        return Kind.SEVERAL if right > 1 else Kind.ONE
    for pattern, kind in ((PAIR, Kind.MATCHING), (STEP, Kind.ORDERING), (ACCEPTED, Kind.SHORT)):
        if all(pattern.match(line) for line in texts):
            return kind
    return None


def two(text: str) -> Text:
    """ "có || yes" in both languages."""
    vi, _bar, en = text.partition(ENGLISH)
    return Text(clean(vi), clean(en))


def _line(kind: Kind, line: str, written: Written) -> Line | None:
    body, _bar, feedback = line.partition(FEEDBACK)
    said = two(feedback)
    if kind.has_options:
        found = OPTION.fullmatch(body)
        return Line(two(found["text"]), bool(found["mark"].strip()), feedback=said) if found else None
    if kind is Kind.MATCHING:
        found = None if OPTION.fullmatch(body) else PAIR.fullmatch(body)
        return Line(two(found["left"]), True, two(found["right"]), said) if found else None
    if kind is Kind.ORDERING:
        found = STEP.fullmatch(body)
        return Line(two(found["text"]), True, feedback=said) if found else None
    found = ACCEPTED.fullmatch(body)
    if found is None:
        return None
    if kind is Kind.SHORT:
        return Line(Text(clean(found["text"])), True, feedback=said)
    number = NUMBER.fullmatch(found["text"].strip())
    if number is None:
        return None
    written.tolerance = number["tolerance"] or "0"
    return Line(Text(number["number"]), True, feedback=said)


def image_called(title: str) -> int | None:
    from content.models import SiteImage

    return SiteImage.objects.filter(title=title).order_by("pk").values_list("pk", flat=True).first()


# ---------------------------------------------------------------- writing


def write(code: str, items: list[Written]) -> str:
    """The same form again: reading it changes nothing."""
    return "\n".join([f"# Ngân hàng câu hỏi: {code}", *(part for item in items for part in ["", *_lines(item)]), ""])


def _lines(item: Written) -> list[str]:
    kind = Kind(item.kind)
    lines = [f"## {item.key}", f"kiểu: {KINDS[kind][0]}"]
    if item.tags:
        lines.append(f"thẻ: {', '.join(item.tags)}")
    if item.points != 1:
        lines.append(f"điểm: {item.points}")
    if item.source:
        lines.append(f"nguồn: {item.source}")
    if item.image:
        lines.append(f"hình: {image_title(item.image)} | {both(item.image_alt)}")
    lines += guarded(item.text.vi)
    if item.text.en:
        lines += ["en:", *guarded(item.text.en)]
    for number, line in enumerate(item.lines, start=1):
        lines.append(_marked(kind, line, number, item) + (f"{FEEDBACK}{both(line.feedback)}" if line.feedback else ""))
    if item.explanation:
        first, *rest = guarded(f"giải thích: {item.explanation.vi}")
        lines += [first.removeprefix("\\"), *rest]
        if item.explanation.en:
            lines[-1] += ENGLISH.rstrip()
            first, *rest = guarded(item.explanation.en)
            lines[-1] += f" {first}"
            lines += rest
    return lines


def guarded(text: str) -> list[str]:
    """Lines of words; one that would be read as something else is marked."""
    return [
        f"\\{line}" if setting(line)[0] or line[:1] in ("#", "\\") or any(b.match(line) for b in BULLETS) else line
        for line in text.split("\n")
    ]


def _marked(kind: Kind, line: Line, number: int, item: Written) -> str:
    if kind.has_options:
        return f"- [{'x' if line.right else ' '}] {both(line.text)}"
    if kind is Kind.MATCHING:
        return f"- {both(line.text)} => {both(line.match)}" if line.text else f"- => {both(line.match)}"
    if kind is Kind.ORDERING:
        return f"{number}. {both(line.text)}"
    if kind is Kind.NUMBER and item.tolerance not in ("", "0"):
        return f"= {line.text.vi} ± {item.tolerance}"
    return f"= {line.text.vi}"


def both(text: Text) -> str:
    return f"{text.vi}{ENGLISH}{text.en}" if text.en else text.vi


def image_title(key: int) -> str:
    from content.models import SiteImage

    return SiteImage.objects.filter(pk=key).values_list("title", flat=True).first() or ""
