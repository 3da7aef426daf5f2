"""Every text of ours has a Vietnamese translation: list those that have none, and exit with 1.

Reads Python with `ast` and templates with Django's own `templatize`, so gettext need not be installed.

    python tools/own_strings.py            what is missing
    python tools/own_strings.py --unused   also what our catalogues translate but nothing says any more
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CODE = ("site", "events", "courses")
FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
LITERAL = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(
    rf"(?<!\w)(?:(?P<one>_|gettext)\(\s*{LITERAL}|(?P<many>ngettext)\(\s*{LITERAL}|(?P<ctx>pgettext)\(\s*{LITERAL}\s*,\s*{LITERAL})"
)


def constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_python(path: Path) -> Iterator[tuple[str | None, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in FUNCTIONS | PLURAL and (text := constant(node.args[0])):
            yield None, text
        elif name in CONTEXT and len(node.args) > 1 and (text := constant(node.args[1])):
            yield constant(node.args[0]), text


def in_template(path: Path) -> Iterator[tuple[str | None, str]]:
    from django.utils.translation.template import templatize

    for match in IN_TEMPLATE.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        literals = [ast.literal_eval(group) for group in match.groups() if group and group[0] in "'\""]
        yield (literals[0], literals[1]) if match["ctx"] else (None, literals[0])


def said() -> dict[tuple[str | None, str], Path]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ.setdefault("DEBUG", "true")
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django

    django.setup()
    found: dict[tuple[str | None, str], Path] = {}
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                found.update(dict.fromkeys(in_python(path), path))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            found.update(dict.fromkeys(in_template(path), path))
    return {(context, text): path for (context, text), path in found.items() if text.strip()}


def translated() -> tuple[set[tuple[str | None, str]], set[tuple[str | None, str]]]:
    """What our catalogues say in Vietnamese, and what anybody's do."""
    from importlib.util import find_spec

    ours, all_of_them = set(), set()
    packages = [Path(find_spec(name).origin).parent for name in ("django", "wagtail", "allauth")]  # type: ignore[union-attr, arg-type]
    for folder in [ROOT / f for f in CODE] + packages:
        for path in folder.glob("**/locale/vi/LC_MESSAGES/django.po"):
            for entry in polib.pofile(str(path)):
                if not entry.obsolete and "fuzzy" not in entry.flags and (entry.msgstr or entry.msgstr_plural.get(0)):
                    all_of_them.add((entry.msgctxt, entry.msgid))
                    if folder not in packages and path.parents[3] != ROOT / "site":
                        ours.add((entry.msgctxt, entry.msgid))
    return ours, all_of_them


def main() -> int:
    texts = said()
    ours, anybody = translated()
    missing = {key: path for key, path in texts.items() if key not in anybody}
    for (_context, text), path in sorted(missing.items(), key=lambda item: (str(item[1]), item[0][1])):
        print(f"{path.relative_to(ROOT)}: {text!r}")
    if "--unused" in sys.argv:
        for _context, text in sorted(ours - texts.keys(), key=lambda key: key[1]):
            print(f"unused: {text!r}")
    print(f"{len(texts)} texts, {len(missing)} without Vietnamese")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
