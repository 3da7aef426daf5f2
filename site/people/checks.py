"""What `manage.py audit` asks of the database. Each app lists its own in `audit.py` as `CHECKS`."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Check:
    """A rule that must hold over all rows. `sql` returns the offending rows and runs on SQLite and PostgreSQL alike."""

    name: str
    sentence: str
    sql: str


def minutes_ago(minutes: int) -> str:
    """SQL for a moment before now: the one thing the databases do not say alike."""
    if connection.vendor == "sqlite":
        return f"datetime('now', '-{minutes} minutes')"
    return f"now() - interval '{minutes} minutes'"
