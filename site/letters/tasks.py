"""Delivery in the background."""

import functools

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from letters.models import Letter


@task(backend="background", queue_name="prompt")
def deliver(letter_id: int) -> bool:
    """Send one letter. May run twice or late: the row knows whether it is still to be sent."""
    letter = Letter.objects.filter(pk=letter_id).first()
    return letter.deliver(timezone.now()) if letter else False


def hand_over(letter: Letter) -> None:
    """Queue the delivery: as a row in the caller's transaction, or after its commit where tasks run at once."""
    wait = letter.next_try_at if letter.next_try_at and letter.next_try_at > timezone.now() else None
    if settings.IMMEDIATE_TASKS:
        if wait is None:  # what must wait is sent by `tick`
            transaction.on_commit(functools.partial(deliver.enqueue, letter.pk))
        return
    # A worker that takes both queues still brings codes and tickets before a letter to thousands.
    priority = 10 if letter.queue == "prompt" else 0
    deliver.using(queue_name=letter.queue, run_after=wait, priority=priority).enqueue(letter.pk)
