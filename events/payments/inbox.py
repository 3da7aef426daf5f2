"""The inbox of providers: written down first, acted upon by a task; what fails is tried again, later and later."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from events.eligibility import Busy
from events.models.payment import Provider, ProviderEvent
from events.payments import bank, notifier, stripe

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=92)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]


class UnknownAccount(Exception):
    """The message is about an account that is not written down here, or does not say about which of two."""


def act(event: ProviderEvent, at: datetime) -> bool:
    """Act upon a message; True if it is done. Safe to run twice: what a message is about is looked at, not believed."""
    try:
        if event.provider == Provider.STRIPE:
            stripe.act(event, at=at)
        elif event.provider == Provider.BANK:
            heard(event, at)
    except (stripe.Away, stripe.Unknown, UnknownAccount, Busy) as trouble:
        later(event, at, type(trouble).__name__)
        return False
    except Exception as error:
        logger.exception("message %s of %s", event.event_id, event.provider)
        later(event, at, f"{type(error).__name__}: {error}"[:250])
        return False
    ProviderEvent.objects.filter(pk=event.pk).update(done_at=at, error="", next_try_at=None)
    return True


def heard(event: ProviderEvent, at: datetime) -> None:
    """What the watcher of an account has seen. Its signature was looked at when it came (events.transfer_views)."""
    line = bank.take_notice(notifier.read(event.body.encode()), at=at)
    if line is None:
        raise UnknownAccount
    line.match(at=at)


def later(event: ProviderEvent, at: datetime, why: str) -> None:
    wait = WAITS[event.tries] if event.tries < len(WAITS) else None
    ProviderEvent.objects.filter(pk=event.pk).update(
        tries=event.tries + 1, next_try_at=at + wait if wait else None, error=why
    )


def work_through(at: datetime) -> int:
    """Whatever is due: messages whose task died, and those that are tried again."""
    done = 0
    for event in ProviderEvent.objects.due(at).order_by("pk")[:200]:
        if act(event, timezone.now()):
            done += 1
        elif ProviderEvent.objects.filter(pk=event.pk, error="Away").exists():
            break  # nobody answers: the others have their turn in the next minute
    return done


def forget(at: datetime) -> int:
    """Messages name people: a quarter of a year after they came they go, acted upon or not."""
    return ProviderEvent.objects.filter(received_at__lte=at - KEPT_FOR).delete()[0]
