"""Vietnamese text: one normal form coming in, folded twins for searching, keys for sorting.

Nothing here knows a model, so every app may use it.
"""

import re
import unicodedata

from django.utils.text import slugify
from django.utils.translation import get_language

STROKES = str.maketrans("đĐ", "dD")
TONES = {mark: str(i) for i, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", 1)}  # huyền hỏi ngã sắc nặng
LETTERS = {letter: chr(65 + i) for i, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}


def nfc(text: str) -> str:
    """The composed form, the only one we keep: the same word typed on a Mac and on Windows is equal."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Without tones, hooks and strokes: "Đổi mới" -> "Doi moi"."""
    apart = unicodedata.normalize("NFD", text.translate(STROKES))
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def search_text(*parts: object) -> str:
    """What a `search_text` column holds and what a query is turned into."""
    return " ".join(fold(" ".join(str(part) for part in parts if part)).lower().split())


def having_words(rows, text: str, column: str = "search_text"):
    """Of a query, the rows whose folded column holds all the words, typed with or without accents."""
    for word in search_text(text).split():
        rows = rows.filter(**{f"{column}__contains": word})
    return rows


def sort_key(text: str) -> str:
    """Orders Vietnamese words right on every database in plain byte order: letters first, tones after."""
    tones: list[str] = []
    apart = unicodedata.normalize("NFD", " ".join(text.lower().split()))
    for c in apart:
        if c in TONES:
            if tones:
                tones[-1] = TONES[c]
        elif not unicodedata.combining(c):
            tones.append("0")
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in TONES))
    return "".join(LETTERS.get(c, c) for c in bare) + "\t" + "".join(tones)


def name_key(full_name: str) -> str:
    """Lists of people go by the given name, the last word, then by the rest."""
    family, _, given = " ".join(full_name.split()).rpartition(" ")
    return sort_key(f"{given} {family}")


def phone(text: str) -> str:
    """E.164, or ValueError: "0912.345.678", "84912345678", "(0203) 3821234" and "+49 30 123456" are all understood."""
    number = re.sub(r"[\s().-]", "", text)
    number = re.sub(r"^(0084|84(?=\d{9,10}$)|0(?!0))", "+84", number, flags=re.ASCII)
    if re.fullmatch(r"\+84([35789]\d{8}|2\d{9})|\+(?!84)[1-9]\d{6,14}", number, flags=re.ASCII):
        return number
    raise ValueError(text)


def slug(text: str) -> str:
    """ "Đặc khu Vân Đồn" -> "dac-khu-van-don"; Django's own slugify would drop đ."""
    return slugify(fold(text))


class Bilingual:
    """`name = Bilingual()` beside the columns `name_vi` and `name_en` reads the active language, else Vietnamese."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, record, owner: type | None = None):
        if record is None:
            return self
        if (get_language() or "vi").startswith("en") and (english := getattr(record, f"{self.name}_en")):
            return english
        return getattr(record, f"{self.name}_vi")
