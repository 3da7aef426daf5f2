"""Captions as authors have them, SRT or WebVTT in any usual encoding: read strictly, written as clean WebVTT in UTF-8.

The file in the library stays as it was uploaded; what players get is made from it each time (courses/media.py).
"""

import codecs
import html
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from people.old_fonts import OLD_FONTS, WORD, is_syllable
from people.text import nfc

MOST_BYTES = 1_000_000
MARKS = (  # the longer ones first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMES = re.compile(rf"\s*{CLOCK}\s*-->\s*{CLOCK}(?:\s+(.*))?\s*", re.ASCII)
SETTING = re.compile(r"(?:vertical|line|position|size|align):[\w.,%-]+", re.ASCII)
TAG = re.compile(r"</?(?:b|i|u|c|v|lang|ruby|rt)(?:[.\s][^<>]*)?>|<(?:\d+:)?\d\d:\d\d\.\d{3}>", re.ASCII)
FONT = re.compile(r"</?font[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE)  # what SRT files have beside bold and italic
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|nbsp|lrm|rlm|#\d{1,6}|#x[0-9a-fA-F]{1,6});)")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Malformed(Exception):
    """Captions that no player could show; the sentence tells the editor what and where."""


class Cue(NamedTuple):
    """One caption: from when to when, in milliseconds, and its lines as WebVTT writes them."""

    start: int
    end: int
    settings: str
    lines: tuple[str, ...]


def webvtt(data: bytes) -> str:
    """The same captions as clean WebVTT; `Malformed` names the first that cannot be read."""
    written = ["WEBVTT"]
    for cue in read(data):
        times = f"{face(cue.start)} --> {face(cue.end)} {cue.settings}".rstrip()
        written.append("\n".join((times, *cue.lines)))
    return "\n\n".join(written) + "\n"


def spoken(data: bytes) -> list[str]:
    """What is said, for a transcript: without times and marks, sentences that run on joined."""
    paragraphs: list[str] = []
    last_end = -10_000
    for cue in read(data):
        said = html.unescape(" ".join(TAG.sub("", line) for line in cue.lines)).strip()
        if paragraphs and cue.start - last_end < 2500 and len(paragraphs[-1]) < 400:
            paragraphs[-1] += f" {said}"
        else:
            paragraphs.append(said)
        last_end = cue.end
    return paragraphs


def read(data: bytes) -> list[Cue]:
    if len(data) > MOST_BYTES:
        raise Malformed(_("This file is too large for captions. Is it the video?"))
    text = nfc(decoded(data)).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = list(cues(text))
    if not found:
        raise Malformed(_("There is not one caption in this file."))
    return sorted(found, key=lambda cue: cue.start)


# ---------------------------------------------------------------- which encoding


def decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise unreadable() from error
    if b"\0" in data:
        return without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return from_before_unicode(data)


def unreadable() -> Malformed:
    return Malformed(
        _("The letters of the captions cannot be read. Save the file in the encoding UTF-8 and choose it again.")
    )


def without_mark(data: bytes) -> str:
    """Two or four bytes a letter, and nothing that says so: captions are mostly figures and Latin letters."""
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "-->" in text and "\0" not in text:
            return text
    raise unreadable()


def from_before_unicode(data: bytes) -> str:
    """Windows-1258, or western letters that only old fonts show as Vietnamese: what makes Vietnamese syllables."""
    readings: list[tuple[float, str]] = []
    for encoding, ways in (("cp1258", [str]), ("cp1252", [*OLD_FONTS.values()])):
        try:
            text = nfc(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        for way in ways:
            converted = way(text)
            words = {word for word in WORD.findall(converted) if not word.isascii()}
            # A file whose only strange signs are dashes and quotation marks is the same in both code pages.
            share = sum(is_syllable(word) for word in words) / len(words) if words else 1.0
            readings.append((share, converted))
    if not readings or (best := max(readings, key=lambda reading: reading[0]))[0] < 0.7:
        raise unreadable()
    return nfc(best[1])


# ---------------------------------------------------------------- one caption after another


def cues(text: str):
    """Blocks with an empty line between them, as both kinds of file have."""
    is_vtt = re.match(r"WEBVTT(?:[ \t\n]|$)", text) is not None
    number = 0
    for line_number, lines in blocks(text):
        if is_vtt and (line_number == 1 or lines[0].split(" ")[0] in ("NOTE", "STYLE", "REGION", "NOTE\t")):
            if line_number == 1 and any("-->" in line for line in lines):
                raise Malformed(_("An empty line is missing after the word WEBVTT."))
            continue
        number += 1
        place = 0 if "-->" in lines[0] else 1  # the line before the times is a number or a name
        if len(lines) <= place or "-->" not in lines[place]:
            raise bad(number, line_number, _("there is no line with its times"), lines[0])
        times = TIMES.fullmatch(lines[place])
        where = line_number + place
        if times is None:
            raise bad(number, where, _("its times cannot be read"), lines[place])
        start, end = moment(*times.groups()[:4]), moment(*times.groups()[4:8])
        if start is None or end is None:
            raise bad(number, where, _("its times cannot be read"), lines[place])
        if end <= start:
            raise bad(number, where, _("it ends before it begins"), lines[place])
        shown = []
        for offset, line in enumerate(lines[place + 1 :], start=1):
            if "-->" in line:
                raise bad(number, where + offset, _("an empty line is missing before the next caption"), line)
            if CONTROL.search(line) or "\ufffd" in line:
                raise bad(number, where + offset, _("a letter in it is damaged"), line)
            if clean := in_webvtt(line):
                shown.append(clean)
        if shown:
            settings = " ".join(SETTING.findall(times[9] or "")) if is_vtt else ""
            yield Cue(start, end, settings, tuple(shown))


def blocks(text: str):
    """(number of its first line, lines) of each block."""
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            if not lines:
                first = number
            lines.append(line)
        elif lines:
            yield first, lines
            lines = []


def bad(number: int, line: int, why: str, text: str) -> Malformed:
    values = {"number": number, "line": line, "why": why, "text": CONTROL.sub("·", text.strip())[:60]}
    return Malformed(
        _("Caption %(number)s (line %(line)s of the file) is wrong: %(why)s. It says “%(text)s”.") % values
    )


def moment(hours: str | None, minutes: str, seconds: str, fraction: str) -> int | None:
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def face(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{rest:03d}"


def in_webvtt(line: str) -> str:
    """A line with the marks that WebVTT knows; everything else that looks like one is text."""
    pieces = []
    reached = 0
    line = ENTITY.sub("&amp;", FONT.sub("", line)).strip()
    for tag in TAG.finditer(line):
        pieces += [text(line[reached : tag.start()]), tag[0]]
        reached = tag.end()
    return "".join([*pieces, text(line[reached:])])


def text(piece: str) -> str:
    return piece.replace("<", "&lt;").replace(">", "&gt;")
