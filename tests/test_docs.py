"""What the documents point at exists: files, headings, pictures, make targets, management commands."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^\s*```.*?^\s*```", re.MULTILINE | re.DOTALL)
HEAVIEST_PICTURE = 150_000  # bytes


def name_of(document: Path) -> str:
    return str(document.relative_to(ROOT))


def anchor(heading: str) -> str:
    """The fragment a forge gives a heading: small letters, punctuation gone, spaces to hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@cache
def anchors(document: Path) -> set[str]:
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    return {anchor(heading) for heading in re.findall(r"^#+ +(.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_relative_link_leads_somewhere(document):
    missing = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = unquote(link).partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (fragment and fragment not in anchors(target)):
            missing.append(link)
    assert not missing, f"{name_of(document)}: {missing}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_that_is_named_exists(document):
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    spans = re.findall(r"`make ([a-z -]+)", text)  # `make clean run`
    lines = re.findall(r"^\s*make ([a-z-]+)", text, re.MULTILINE)  # a line of a block
    for target in " ".join([*spans, *lines]).split():
        assert target in targets, f"{name_of(document)}: make {target}"
    for command in re.findall(r"manage\.py ([a-z_]+)", text):
        assert command in get_commands(), f"{name_of(document)}: manage.py {command}"


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").iterdir()), ids=name_of)
def test_pictures_are_light(picture):
    assert picture.stat().st_size < HEAVIEST_PICTURE


def test_every_decision_has_a_number_of_its_own():
    """Code and documents name a decision by its number alone."""
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [record.name[:4] for record in records]
    assert len(set(numbers)) == len(numbers), numbers
    assert [
        record.name for record in records if not record.read_text("utf-8").startswith(f"# {record.name[:4]} ")
    ] == []
