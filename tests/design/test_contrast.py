"""Words stand out 4.5:1, controls and pictures that mean something 3:1, by day and by night."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "site" / "static" / "css" / "tokens.css").read_text(encoding="utf-8")

PAPERS = ("paper", "paper-raised", "paper-sunk")
WASHES = ("good-wash", "warn-wash", "bad-wash", "accent-wash", "action-wash")
WORDS = [
    *[(ink, paper) for ink in ("ink", "ink-soft", "link", "link-hover") for paper in PAPERS],
    *[(state, f"{state}-wash") for state in ("good", "warn", "bad")],
    *[("ink", wash) for wash in WASHES],
    *[("ink-soft", wash) for wash in WASHES],
    *[(state, "paper") for state in ("good", "warn", "bad", "accent")],
    *[(state, "paper-raised") for state in ("good", "bad", "accent")],
    ("accent", "accent-wash"),
    ("link", "action-wash"),
    ("link-hover", "action-wash"),
    ("ink", "sky"),
    ("ink-soft", "sky"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-accent", "accent-fill"),
    ("on-water", "water"),
    ("on-water-soft", "water"),
    ("on-water-link", "water"),
    ("paper", "ink"),
    ("sea-900", "on-water"),
    ("on-gate", "gate-go"),
    ("on-gate", "gate-stop"),
    ("on-gate-wait", "gate-wait"),
]
CONTROLS = [
    *[("control-line", paper) for paper in PAPERS],
    *[(f"track-{n}", paper) for n in range(1, 5) for paper in ("paper", "paper-raised")],
    ("focus", "paper"),
    ("action", "paper"),
    ("action", "action-wash"),
    ("accent-fill", "paper"),
    ("mark", "paper"),
    ("paper", "good"),
    ("paper", "warn"),
    ("paper", "bad"),
]


def schemes() -> dict[str, dict[str, str]]:
    day, night = re.split(r"@media \(prefers-color-scheme: dark\)", re.sub(r"/\*.*?\*/", "", TOKENS, flags=re.DOTALL))
    by_day = dict(re.findall(r"--([\w-]+):\s*([^;]+);", day))
    return {"day": by_day, "night": by_day | dict(re.findall(r"--([\w-]+):\s*([^;]+);", night))}


def colour(name: str, tokens: dict[str, str]) -> str:
    value = tokens[name].strip()
    while match := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = tokens[match.group(1)].strip()
    assert re.fullmatch(r"#[0-9a-f]{6}", value), f"--{name} is {value}"
    return value


def luminance(value: str) -> float:
    channels = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_words_can_be_read(scheme):
    tokens = schemes()[scheme]
    faint = {
        f"{front} on {back}": round(ratio, 2)
        for front, back in WORDS
        if (ratio := contrast(colour(front, tokens), colour(back, tokens))) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_controls_can_be_seen(scheme):
    tokens = schemes()[scheme]
    faint = {
        f"{front} on {back}": round(ratio, 2)
        for front, back in CONTROLS
        if (ratio := contrast(colour(front, tokens), colour(back, tokens))) < 3
    }
    assert faint == {}


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_the_four_tracks_are_equally_light(scheme):
    tokens = schemes()[scheme]
    shades = [luminance(colour(f"track-{n}", tokens)) for n in range(1, 5)]
    assert (max(shades) + 0.05) / (min(shades) + 0.05) < 1.25


def test_the_browser_bar_has_the_colour_of_the_paper():
    base = (Path(__file__).resolve().parents[2] / "templates" / "base.html").read_text(encoding="utf-8")
    for scheme, tokens in schemes().items():
        wanted = colour("paper", tokens)
        media = "dark" if scheme == "night" else "light"
        assert f'content="{wanted}" media="(prefers-color-scheme: {media})"' in base
