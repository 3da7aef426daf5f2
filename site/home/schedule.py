"""The periodic work of all apps, run by `manage.py tick`: what is due, one after another, never twice at once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from home.models import JobRun
from people.schedule import Job

logger = logging.getLogger(__name__)

ADVISORY_KEY = 7_310_509  # any number of our own; PostgreSQL frees the lock when the connection ends
LOCK = "tick"
LOCK_LASTS = timedelta(minutes=10)  # a run that died on SQLite keeps the others out no longer than this
SLACK = timedelta(seconds=5)  # cron starts a little early or late; a job of every minute must not skip one


@dataclass(frozen=True)
class Outcome:
    name: str
    result: object = None
    error: str = ""


def jobs() -> list[Job]:
    found: list[Job] = []
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.tick"):
            found += import_module(f"{app.name}.tick").JOBS
    return found


@contextmanager
def alone() -> Iterator[bool]:
    """True for the one process that may work now. Others go home at once: the next minute comes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_KEY])
            held = cursor.fetchone()[0]
        try:
            yield held
        finally:
            if held:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_KEY])
        return
    now = timezone.now()
    JobRun.objects.get_or_create(name=LOCK, defaults={"started_at": now, "finished_at": now})
    free = Q(finished_at__isnull=False) | Q(started_at__lt=now - LOCK_LASTS)
    held = JobRun.objects.filter(free, name=LOCK).update(started_at=now, finished_at=None) == 1
    try:
        yield held
    finally:
        if held:
            JobRun.objects.filter(name=LOCK, started_at=now).update(finished_at=timezone.now())


def run_due(at: datetime) -> list[Outcome] | None:
    """Run what is due at that moment. None when another process is at it. One job that fails stops no other."""
    with alone() as held:
        if not held:
            return None
        last = dict(JobRun.objects.values_list("name", "started_at"))
        outcomes = []
        for job in jobs():
            began = last.get(job.name)
            if began is None or began <= at - timedelta(seconds=job.every_seconds) + min(
                SLACK, timedelta(seconds=job.every_seconds / 2)
            ):
                outcomes.append(_run(job, at))
        return outcomes


def _run(job: Job, at: datetime) -> Outcome:
    run, _made = JobRun.objects.update_or_create(name=job.name, defaults={"started_at": at, "finished_at": None})
    try:
        outcome = Outcome(job.name, job.function(at))
    except Exception as error:
        logger.exception("tick: %s failed", job.name)
        outcome = Outcome(job.name, error=f"{type(error).__name__}: {error}")
    JobRun.objects.filter(pk=run.pk).update(finished_at=timezone.now(), error=outcome.error)
    return outcome
