"""The demo story as a picture of the whole database: told once a run, then laid down in a moment before each test.

SQLite: the backup of one in-memory database into another. PostgreSQL: a schema of plain copies beside the tables.
"""

import sqlite3
from collections.abc import Callable
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Site

KEPT: dict[str, object] = {}


def lay_down(name: str, tell: Callable[[], object]) -> None:
    """The database as `tell()` leaves it; told the first time, copied from then on."""
    connection.ensure_connection()
    if name not in KEPT:
        tell()
        KEPT[name] = _keep(name)
    elif connection.vendor == "sqlite":
        KEPT[name].backup(connection.connection)  # type: ignore[attr-defined]
    else:
        _copy_back(name)
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def _keep(name: str) -> object:
    if connection.vendor == "sqlite":
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(kept)
        return kept
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "kept_{name}"')
        for table in _tables(cursor):
            cursor.execute(f'CREATE TABLE "kept_{name}"."{table}" AS TABLE public."{table}"')
    return name


def _tables(cursor) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    return [row[0] for row in cursor.fetchall()]


@contextmanager
def _without_foreign_keys(cursor):
    cursor.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        cursor.execute("SET session_replication_role = DEFAULT")


def _copy_back(name: str) -> None:
    with connection.cursor() as cursor, _without_foreign_keys(cursor):
        tables = _tables(cursor)
        cursor.execute(f"TRUNCATE {', '.join(f'public.{connection.ops.quote_name(table)}' for table in tables)}")
        cursor.execute(
            "SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            " FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name"
        )
        columns = dict(cursor.fetchall())
        for table in tables:
            cursor.execute(
                f'INSERT INTO public."{table}" ({columns[table]}) OVERRIDING SYSTEM VALUE'
                f' SELECT {columns[table]} FROM "kept_{name}"."{table}"'
            )
        # Numbers go on after the highest that is there.
        cursor.execute(
            "SELECT s.relname, t.relname, a.attname FROM pg_class s"
            " JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')"
            " JOIN pg_class t ON t.oid = d.refobjid"
            " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid"
            " WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace"
        )
        for sequence, table, column in cursor.fetchall():
            cursor.execute(
                f"""SELECT setval('public."{sequence}"', COALESCE((SELECT MAX("{column}") FROM public."{table}"), 1))"""
            )
