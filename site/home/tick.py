"""What comes round for the site as a whole: publishing on time, tasks whose worker died, tidying up, the books."""

import logging
from datetime import datetime, timedelta

from django.core.management import call_command
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home.audit import broken_rules
from people.schedule import Job

logger = logging.getLogger(__name__)

MINUTE, HOUR, DAY = 60, 3600, 86_400
TASK_MAY_RUN = timedelta(minutes=15)
TRIES = 3
KEEP_TASK_RESULTS = timedelta(days=7)


def publish_scheduled(at: datetime) -> None:
    """Wagtail's own command, by its own clock: what was to go live or expire by now does."""
    call_command("publish_scheduled", verbosity=0)


def reap_tasks(at: datetime) -> int:
    """A killed worker leaves its task RUNNING for ever. Ours may run twice, so it waits again, at most three times."""
    reaped = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=at - TASK_MAY_RUN):
        again = len(task.worker_ids) < TRIES
        status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        finished = None if again else at
        # The state is asked again in the UPDATE: the worker may have finished meanwhile.
        reaped += DBTaskResult.objects.running().filter(pk=task.pk).update(status=status, finished_at=finished)
    return reaped


def prune(at: datetime) -> int:
    """Old task results and login sessions that ran out."""
    call_command("clearsessions", verbosity=0)
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - KEEP_TASK_RESULTS).delete()[0]


def audit(at: datetime) -> None:
    """The books, once a day. What is wrong stands in the log and on the dashboard."""
    broken = broken_rules()
    for rule in broken:
        logger.error("audit: %s", rule)
    if broken:
        raise BooksDoNotBalance("; ".join(rule.name for rule in broken))


class BooksDoNotBalance(Exception):
    """Kept as the error of the job's last run, where the dashboard finds it."""


JOBS = [
    Job("home.publish_scheduled", MINUTE, publish_scheduled),
    Job("home.reap_tasks", 5 * MINUTE, reap_tasks),
    Job("home.prune", DAY, prune),
    Job("home.audit", DAY, audit),
]
