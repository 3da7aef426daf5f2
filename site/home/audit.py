"""All books at once: every app's checks, and progress recomputed. What `manage.py audit` and each test ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection

from people.checks import Check

SHOWN_ROWS = 20


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold, with some of the rows that break it."""

    name: str
    sentence: str
    count: int
    rows: tuple

    def __str__(self) -> str:
        more = f" … +{self.count - len(self.rows)}" if self.count > len(self.rows) else ""
        return f"{self.name}: {self.sentence}\n    {', '.join(map(str, self.rows))}{more}"


def checks() -> Iterator[Check]:
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.audit") and app.name != "home":
            yield from getattr(import_module(f"{app.name}.audit"), "CHECKS", [])


def ask(check: Check) -> Broken | None:
    with connection.cursor() as cursor:
        cursor.execute(check.sql)
        rows = cursor.fetchall()
    if not rows:
        return None
    shown = tuple(row[0] if len(row) == 1 else row for row in rows[:SHOWN_ROWS])
    return Broken(check.name, check.sentence, len(rows), shown)


def recomputed() -> list[Broken]:
    """Progress computed again from the facts by code that shares nothing with what keeps it up to date."""
    if not find_spec("courses.audit"):
        return []
    recompute = getattr(import_module("courses.audit"), "recompute_differences", None)
    differences = list(recompute()) if recompute else []
    if not differences:
        return []
    return [
        Broken(
            "courses.recomputed",
            "Progress and completion equal what the facts give when computed again.",
            len(differences),
            tuple(differences[:SHOWN_ROWS]),
        )
    ]


def broken_rules() -> list[Broken]:
    return [broken for check in checks() if (broken := ask(check))] + recomputed()
