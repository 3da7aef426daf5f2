"""Compile every .po of this repository to .mo with polib, so that gettext need not be installed.

Only files whose .po is newer are written; `make setup` calls this.
"""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("site", "events", "courses")


def main() -> int:
    written = 0
    for folder in SOURCES:
        for po in sorted((ROOT / folder).glob("**/locale/*/LC_MESSAGES/*.po")):
            mo = po.with_suffix(".mo")
            if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
                continue
            polib.pofile(str(po)).save_as_mofile(str(mo))
            written += 1
    print(f"translations: {written} compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
