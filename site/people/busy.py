"""A moment at which the database is too busy: to be told apart from a fault, because pressing again helps."""

from django.db import OperationalError

# PostgreSQL's lock_timeout, SQLite's busy timeout, two that waited for each other, a pool without a free connection.
TEXTS = ("lock timeout", "database is locked", "deadlock detected", "couldn't get a connection")


def is_busy(error: BaseException | None) -> bool:
    """A lock or a connection could not be had in time; nothing was written."""
    return isinstance(error, OperationalError) and any(text in str(error).lower() for text in TEXTS)
