"""List what the installed packages leave untranslated into Vietnamese: the work list of site/locale/vi.

    python tools/missing_package_strings.py            counts, and exit code 1 when a string is missing

Wheels ship their English catalogues (`locale/en/**/*.po`); an entry is missing when neither the package's own `vi`
catalogue nor ours has a translation for it. Vietnamese has one plural form.
"""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "site" / "locale" / "vi" / "LC_MESSAGES"
PACKAGES = ("allauth", "django", "wagtail", "taggit", "modelcluster", "modelsearch", "django_filters")
# Parts of Django that are not installed here.
UNUSED = ("admin", "admindocs", "flatpages", "gis", "redirects", "sites")


def catalogues(package: str, domain: str, language: str) -> Iterator[polib.POFile]:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return
    for path in sorted(Path(spec.origin).parent.glob(f"**/locale/{language}/LC_MESSAGES/{domain}.po")):
        if package != "django" or path.parents[3].name not in UNUSED:
            yield polib.pofile(str(path))


def translated(entry: polib.POEntry) -> bool:
    return not entry.obsolete and "fuzzy" not in entry.flags and bool(entry.msgstr or entry.msgstr_plural.get(0))


def missing(package: str, domain: str, ours: bool = True) -> list[polib.POEntry]:
    """Entries of the package without a Vietnamese text, in its catalogues and (unless `ours` is False) in ours."""
    have = {(e.msgctxt, e.msgid) for po in catalogues(package, domain, "vi") for e in po if translated(e)}
    if ours and (path := OURS / f"{domain}.po").exists():
        have |= {(e.msgctxt, e.msgid) for e in polib.pofile(str(path)) if translated(e)}
    rows: dict[tuple[str | None, str], polib.POEntry] = {}
    for po in catalogues(package, domain, "en"):
        for entry in po:
            if not entry.obsolete and (entry.msgctxt, entry.msgid) not in have:
                rows.setdefault((entry.msgctxt, entry.msgid), entry)
    return list(rows.values())


def main() -> int:
    total = 0
    for domain in ("django", "djangojs"):
        for package in PACKAGES:
            if count := len(missing(package, domain)):
                print(f"{package:16} {domain:9} {count}")
                total += count
    print(f"missing: {total}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
