"""What the database must be set to, or seats are oversold with every lock in place (decision 0006)."""

from typing import Any

from django.conf import settings
from django.core import checks


def seats_can_be_counted(app_configs: Any = None, configured: dict[str, Any] | None = None, **kwargs: Any) -> list:
    """PostgreSQL at READ COMMITTED: a count after the lock must see the last commit. SQLite: IMMEDIATE is the lock."""
    from psycopg import IsolationLevel

    wrong = []
    for alias, database in (configured or settings.DATABASES).items():
        options = database.get("OPTIONS", {})
        if database["ENGINE"].endswith("postgresql"):
            kept = options.get("isolation_level") == IsolationLevel.READ_COMMITTED
            said = "must set isolation_level to READ COMMITTED"
        else:
            kept = options.get("transaction_mode") == "IMMEDIATE"
            said = "must set transaction_mode to IMMEDIATE"
        if not kept:
            wrong.append(checks.Error(f"Database “{alias}” {said}, or seats are oversold.", id="events.E001"))
    return wrong
