"""Countries and territories by their two letters (ISO 3166-1), named in Vietnamese and English."""

import functools
import json
from pathlib import Path

from django.utils.html import escape
from django.utils.translation import get_language

from people.text import sort_key

NAMES: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("data").joinpath("countries.json").read_text(encoding="utf-8")
)
HOME = "VN"  # stands first: most people who register come from here


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


def name(code: str) -> str:
    """The name in the reader's language; what is no code is said as it is."""
    return NAMES[code][_english()] if code in NAMES else code


def options() -> list[tuple[str, str]]:
    """(code, name) in the reader's alphabet."""
    return list(_options(_english()))


@functools.cache
def _options(english: bool) -> tuple[tuple[str, str], ...]:
    rows = ((code, names[english]) for code, names in NAMES.items())
    return tuple(sorted(rows, key=lambda row: (row[0] != HOME, sort_key(row[1]))))


def as_html(chosen: str) -> str:
    """The options of a select. Drawn once for each language: two hundred and fifty rows are too many for each form."""
    drawn = _drawn(_english())
    return drawn.replace(f'value="{chosen}"', f'value="{chosen}" selected', 1) if chosen in NAMES else drawn


@functools.cache
def _drawn(english: bool) -> str:
    return "".join(f'<option value="{code}">{escape(name)}</option>' for code, name in _options(english))
