"""The field for a page's path, which spells Vietnamese titles readably while the editor types."""

import string
from collections import defaultdict

from wagtail.admin.widgets import SlugInput

from people.text import fold


def vietnamese_formatters() -> list[tuple[str, str]]:
    """[("[àáả…]", "a"), …]: every Vietnamese letter to its plain one, as regular expressions for the browser."""
    letters: defaultdict[str, str] = defaultdict(str)
    for c in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))):
        base = fold(c)
        if base != c and len(base) == 1 and base in string.ascii_letters:
            letters[base.lower()] += c
    return [(f"[{chars}]", base) for base, chars in letters.items()]


class VietnameseSlugInput(SlugInput):
    """Wagtail's own writes dji-mi for "Đổi mới"."""

    def __init__(self, attrs=None, formatters=None, locale=None):
        super().__init__(attrs, formatters or vietnamese_formatters(), locale)
