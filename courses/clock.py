"""The database's clock: web servers' own clocks differ, so moments that are compared come from one place."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection

type Clock = Callable[[], datetime]


def database_now() -> datetime:
    """The time of this very statement, asked after the lock is held: plain now() is when the transaction began."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT statement_timestamp()")
            return cursor.fetchone()[0].astimezone(UTC)
        cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
        return datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
