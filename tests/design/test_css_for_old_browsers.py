"""What office PCs can read: Chrome 109 (the last on Windows 7 and 8.1), Firefox 115, Safari 16."""

import re
from pathlib import Path

import pytest
import tinycss2

CSS = Path(__file__).resolve().parents[2] / "site" / "static" / "css"
FILES = sorted(CSS.glob("*.css"))
TOO_NEW = {
    "colour functions": r"oklch\(|oklab\(|lch\(|lab\(|color-mix\(|color\(|light-dark\(",
    "range media": r"@media[^{]*[<>]",
    "nesting": r"&",
    "at-rules": r"@(scope|starting-style|property|view-transition|position-try|container)\b",
    "units": r"\d(dvh|lvh|dvw|cqw|cqi|cqh|lh|rlh|cap)\b",
    "functions": r"\b(round|mod|rem|abs|sign|sin|cos|pow|linear|anchor)\(",
    "selectors": r":(user-invalid|user-valid|state\(|popover-open|nth-child\([^)]* of )",
    "properties": r"\b(field-sizing|interpolate-size|anchor-name|animation-timeline|text-box-trim|offset-anchor)\s*:",
    "other hosts": r"url\(\s*['\"]?(https?:)?//",
}

GROUPS = ("layer", "media", "supports")


def rules(nodes: list) -> list[tuple[str, str]]:
    """(selector, body) of every style rule, with @layer and @media taken away."""
    found = []
    for node in nodes:
        if (
            node.type == "at-rule"
            and node.content is not None
            and node.lower_at_keyword in ("layer", "media", "supports")
        ):
            found += rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type == "qualified-rule":
            assert not any(token.type == "{} block" for token in node.content), (
                f"nested: {tinycss2.serialize(node.prelude)}"
            )
            found.append((tinycss2.serialize(node.prelude).strip(), tinycss2.serialize(node.content)))
        else:
            assert node.type != "error", f"{node.message} near line {node.source_line}"
    return found


def sheet(path: Path) -> list[tuple[str, str]]:
    return rules(tinycss2.parse_stylesheet(path.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sheet_keeps_to_what_old_browsers_read(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    problems = {
        what: match.group(0) for what, pattern in TOO_NEW.items() if (match := re.search(pattern, text, re.IGNORECASE))
    }
    assert problems == {}
    assert sheet(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_has_stands_alone_so_that_firefox_115_loses_nothing_else(path):
    for selector, _ in sheet(path):
        if ":has(" in selector:
            parts = re.split(r",(?![^(]*\))", selector)
            assert all(":has(" in part for part in parts), selector


def test_the_order_of_layers_is_the_first_line_of_the_first_sheet():
    assert (
        (CSS / "site.css")
        .read_text(encoding="utf-8")
        .startswith("@layer reset, tokens, base, layout, kit, pages, utilities;\n")
    )


def test_raw_colours_stand_in_the_tokens_only():
    """Elsewhere a colour is a meaning; white, black and a QR's paper are what they are in both schemes."""
    plain = {"#fff", "#000", "#111"}
    for path in FILES:
        if path.name in ("tokens.css", "admin.css"):
            continue
        for selector, body in sheet(path):
            if "print" in selector or selector == ":root":
                continue
            raw = {c.lower() for c in re.findall(r"#[0-9a-fA-F]{3,8}\b", body)} - plain
            assert not raw, f"{path.name}: {selector} uses {raw}"


def test_every_token_that_is_read_is_defined():
    text = "".join(path.read_text(encoding="utf-8") for path in FILES if path.name != "admin.css")
    defined = set(re.findall(r"(--[\w-]+)\s*:", text))
    # Those of the back office are Wagtail's own.
    read = {token for token in re.findall(r"var\((--[\w-]+)", text) if not token.startswith("--w-")}
    assert read - defined == set()


def test_the_first_view_stays_small():
    """Frame, kit and tokens with both fonts: what a phone in a lobby loads before it reads anything."""
    import gzip

    root = CSS.parent
    code = [CSS / "site.css", CSS / "tokens.css", root / "js" / "frame.js", root / "img" / "icons.svg"]
    assert sum(len(gzip.compress(path.read_bytes())) for path in code) < 20_000
    assert sum(path.stat().st_size for path in (root / "fonts").glob("*.woff2")) < 60_000
