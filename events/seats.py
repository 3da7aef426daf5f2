"""Taking seats: the one place where they are counted under the lock.

The quota rows of a ticket type are locked in primary-key order; only then, in a new statement, seats are counted.
Lock order everywhere: delegation, registration, quota.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import OperationalError, connection, transaction

from events.eligibility import Busy, Refused, refusal
from people.busy import is_busy

if TYPE_CHECKING:
    from events.models.event import TicketType

LOCK_TIMEOUT = "3s"


@contextmanager
def quick() -> Iterator[None]:
    """A short transaction that waits for no lock longer than three seconds; then `Busy`, and nothing was written."""
    try:
        with transaction.atomic():
            wait_only_so_long()
            yield
    except OperationalError as error:
        if is_busy(error):
            raise Busy from error
        raise


def wait_only_so_long() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


def take_seats(
    ticket_type: TicketType,
    number: int,
    *,
    at: datetime,
    had: frozenset[int] | set[int] = frozenset(),
    waiting_first: bool = True,
    written: int = 0,
) -> None:
    """Lock the quotas of the type until the transaction ends and make sure that `number` seats are free.

    `had`: quotas in which the person has a seat already. `waiting_first`: seats that could be offered to people on
    the waiting list this minute are not free for others. `written`: how many of them the caller's own rows, not yet
    committed, hold already (a list writes before it locks). Raises `Refused`: "full", "held_for_waiting_list"; and
    "called_off" or "postponed", since the seats of an event that comes back are those of the people who had them.
    """
    from events import waiting
    from events.models.event import Quota

    if ticket_type.event.is_off:
        raise Refused(refusal("called_off" if ticket_type.event.cancelled_at else "postponed"))
    locked = {quota.pk for quota in Quota.objects.lock_for(ticket_type) if quota.pk not in had}
    if not locked:
        return
    # A new statement after the lock, so it sees what the last one committed.
    counted = [quota for quota in Quota.objects.counted(ticket_type.event, at) if quota.pk in locked]
    if any(quota.left is not None and quota.left + written < number for quota in counted):
        raise Refused(refusal("full"))
    awaited = waiting_first and any(quota.awaited for quota in counted)
    if awaited and not waiting.leaves_seats(ticket_type, number, at=at, had=had, written=written):
        raise Refused(refusal("held_for_waiting_list"))
