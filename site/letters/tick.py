"""What comes round every minute for the letters."""

from datetime import datetime, timedelta

from letters.models import CLAIM_LASTS, Letter
from people.schedule import Job

AT_ONCE = 200
GIVE_UP_AFTER = 3  # a mail server that is down answers nobody: leave the rest for the next minute


def release_abandoned(at: datetime) -> int:
    """A process that died while sending leaves a claim behind; after ten minutes the letter waits again.

    It may have been accepted just before: the same Message-ID lets the mailbox show it once.
    """
    return Letter.objects.filter(state=Letter.State.SENDING, claimed_at__lt=at - CLAIM_LASTS).update(
        state=Letter.State.QUEUED, claimed_at=None, next_try_at=at
    )


def deliver_due(at: datetime) -> int:
    """Send what is due and no task has sent: retries, letters that were to wait, letters whose task was lost."""
    sent = failures = 0
    release_abandoned(at)
    for letter in Letter.objects.due(at - timedelta(minutes=1)).order_by("-queue", "next_try_at")[
        :AT_ONCE
    ]:  # prompt before bulk
        if letter.deliver(at):
            sent, failures = sent + 1, 0
        elif letter.state != Letter.State.SENT:
            failures += 1
        if failures >= GIVE_UP_AFTER:
            break
    return sent


JOBS = [Job("letters.deliver_due", 60, deliver_due)]
