"""axe finds no violation on any public page: both languages, phone and desk, light and dark."""

import json
from pathlib import Path

import axe_playwright_python
import pytest

from tests.journeys.places import places, places_before, visit, windows_for
from tests.journeys.walk import SIZES, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
EVERYTHING = {"resultTypes": ["violations"]}
# What changes with size and scheme alone; the rest of a page is the same.
LOOKS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "target-size", "scrollable-region-focusable"]}


def violations(page, options: dict, part: dict | None = None) -> list[str]:
    """`part`: what of the page is looked at, in axe's words; else all of it."""
    what = f"{json.dumps(part)}, " if part else ""
    found = page.evaluate(f"axe.run({what}{json.dumps(options)})")["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]} "
        f"{'; '.join(check['message'] for check in node['any'])[:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


STAGES = {"before": places_before, "after": places}


# Each language shows every page in one size by day and in the other by night; together that is every pair. The pages
# are the same in English, so that language has its turn in the long run.
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    ("language", "by_day", "by_night"), [("vi", 360, 1280), pytest.param("en", 1280, 360, marks=pytest.mark.long)]
)
def test_no_public_page_has_a_barrier(tell, request, window, language, by_day, by_night, stage):
    problems: list[str] = []
    tell(stage)
    window_of = windows_for(window, language, by_day, reduced_motion="reduce")
    for place in STAGES[stage](request.getfixturevalue("forum")):
        if language == "en" and not place.both:
            continue
        page = window_of(place)
        for scheme, width, options in (("light", by_day, EVERYTHING), ("dark", by_night, LOOKS)):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(SIZES[width])
            if options is EVERYTHING:
                visit(page, place, language)
                page.evaluate(AXE)
            problems += [f"{place.name} {width} {scheme}: {problem}" for problem in violations(page, options)]
            if (wide := sideways(page)) > 0:
                problems.append(f"{place.name} {width}: {wide} px wider than the screen")
    assert problems == [], "\n" + "\n".join(problems)
