"""The database's clock: web servers' own clocks differ, so moments that are compared come from one place."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection

type Clock = Callable[[], datetime]


def database_now() -> datetime:
    """The time of this very statement, asked after the lock is held: plain now() is when the transaction began."""
    return now_beside("")[0]


def now_beside(rest: str, *parameters: Any) -> tuple[datetime, *tuple[Any, ...]]:
    """The time, and what else the same statement is to say: `rest` is SQL that goes on after it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT statement_timestamp(){rest}", parameters)
            now, *more = cursor.fetchone()
            return now.astimezone(UTC), *more
        cursor.execute(f"SELECT strftime('%%Y-%%m-%%dT%%H:%%M:%%f', 'now'){rest}", parameters)
        now, *more = cursor.fetchone()
        return datetime.fromisoformat(now).replace(tzinfo=UTC), *more
