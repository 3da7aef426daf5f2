"""The strict CSP holds only if no page asks for more: nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVERY = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("site/*/templates/**/*.html")])
# Letters carry their style with them, and paper is set by WeasyPrint: neither is a page of the site.
PAPER = re.compile(r"templates/(letters|papers)/|/paper[s_]|_pdf\.html|\.pdf\.html|/papers/")
PAGES = [path for path in EVERY if not PAPER.search(path.as_posix())]
INLINE = {
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without a file": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")",
    "an on… attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
    "another host": r"<(script|link|img|iframe)\b[^>]*\b(src|href)=\"(https?:)?//",
}
ICON = re.compile(r"\{%\s*icon\s+(['\"])([\w-]+)\1")
SPRITE = (ROOT / "site" / "static" / "img" / "icons.svg").read_text(encoding="utf-8")


def words(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_is_inline(path):
    text = words(path)
    found = {what: match.group(0)[:80] for what, pattern in INLINE.items() if (match := re.search(pattern, text))}
    assert found == {}


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    drawn = set(re.findall(r'id="i-([\w-]+)"', SPRITE))
    missing = {(name(path), icon) for path in EVERY for _, icon in ICON.findall(words(path)) if icon not in drawn}
    assert missing == set()


def test_no_icon_is_drawn_twice():
    ids = re.findall(r'id="([\w-]+)"', SPRITE)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_ids_are_written_once(path):
    """Written-out ids only; those made in loops are checked on the rendered pages."""
    text = re.sub(r"\{%\s*(?:else|elif)\b[^%]*%\}.*?\{%\s*endif\s*%\}", "", words(path), flags=re.DOTALL)
    ids = re.findall(r'\sid="([\w-]+)"', text)
    assert sorted(ids) == sorted(set(ids))


def test_a_page_that_may_be_cached_for_everybody_says_nothing_about_one_person():
    """The frame reads neither the visitor nor the session; messages live in base_personal.html."""
    base = words(ROOT / "templates" / "base.html")
    for word in ("messages %}{% if", "request.user", "user.", "csrf_token", "perms."):
        assert word not in base
