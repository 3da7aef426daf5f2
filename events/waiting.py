"""The waiting list: one line in the order of the database's clock; a seat that comes free is offered, and held.

A waiting person holds a seat back only where that person could be seated now: who waits for a gala seat keeps nobody
out of the hall.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, Subquery
from django.utils import timezone

from events.seats import quick

if TYPE_CHECKING:
    from events.models import Event, Registration, TicketType

MORNING, EVENING = time(8), time(20)  # an offer never ends while people sleep
AT_ONCE = 100  # offers in one transaction: the locks are short


def answer_by(event: Event, at: datetime) -> datetime:
    """Until when an offer made now is held: in office hours, and not past the start."""
    until = timezone.localtime(at + timedelta(hours=event.offer_hours))
    if until.time() < MORNING:
        until = until.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    elif until.time() > EVENING:
        until = (until + timedelta(days=1)).replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return min(until, event.starts_at)


def quotas_of_types(event: Event) -> dict[int, list[int]]:
    """The sized quotas of every ticket type."""
    from events.models.event import Quota

    through = Quota.ticket_types.through.objects.filter(quota__event=event, quota__size__isnull=False)
    found: dict[int, list[int]] = defaultdict(list)
    for kind, quota in through.values_list("tickettype_id", "quota_id"):
        found[kind].append(quota)
    return found


def in_turn(
    line: Iterable[Registration], left: dict[int, int], quotas_of: dict[int, list[int]]
) -> Iterator[Registration]:
    """Who of the line gets a seat from what is left, in order. `left` is used up as they go."""
    for waiting in line:
        quotas = quotas_of.get(waiting.ticket_type_id, [])
        if all(left[quota] > 0 for quota in quotas):
            for quota in quotas:
                left[quota] -= 1
            yield waiting


def leaves_seats(
    ticket_type: TicketType,
    number: int,
    *,
    at: datetime,
    had: frozenset[int] | set[int] = frozenset(),
    written: int = 0,
) -> bool:
    """Would `number` seats remain for a newcomer if everybody who waits and could be seated now were seated? Quotas in
    which the person `had` a seat do not matter.

    For a caller who has locked the quotas of the type; other quotas are only read, which at worst holds back a seat
    that `tick` gives out a minute later.
    """
    event = ticket_type.event
    if not event.has_waiting_list(at):
        return True
    quotas_of = quotas_of_types(event)
    left = left_in_quotas(event, at)
    own = [quota for quota in quotas_of.get(ticket_type.pk, []) if quota not in had]
    for quota in own:
        left[quota] += written
    line = event.registrations.waiting().only("pk", "ticket_type_id")
    return all(left[quota] >= number for _seated in in_turn(line, left, quotas_of) for quota in own)


def offer_free_seats(event: Event, at: datetime) -> int:
    """Offer what is free to whoever waits longest for it. Safe to run twice at once; raises `Busy`."""
    from events.models.event import Quota

    if not event.has_waiting_list(at) or event.is_off:
        return 0
    offered = 0
    quotas_of = quotas_of_types(event)
    while True:
        left = left_in_quotas(event, at)
        kinds = [
            kind
            for kind in event.ticket_types.values_list("pk", flat=True)
            if all(left[quota] > 0 for quota in quotas_of.get(kind, []))
        ]
        with quick():
            # Registrations before quotas; a row that somebody else just moved is asked again by its state.
            line = list(event.registrations.waiting().filter(ticket_type__in=kinds).locked()[:AT_ONCE])
            if not line:
                return offered
            Quota.objects.lock_for(*{waiting.ticket_type_id for waiting in line})
            seated = list(in_turn(line, left_in_quotas(event, at), quotas_of))
            for waiting in seated:
                waiting.offer(at=at, until=answer_by(event, at))
        if not seated:
            return offered
        offered += len(seated)


def left_in_quotas(event: Event, at: datetime) -> dict[int, int]:
    return {quota.pk: quota.left for quota in event.quotas.filter(size__isnull=False).with_taken(at)}


def place_in_line(registration: Registration) -> int:
    """How many wait for a seat that this person could have, and came before; and the person."""
    from events.models.event import Quota

    own = Quota.objects.filter(ticket_types=registration.ticket_type_id, size__isnull=False).values("pk")
    # Column against column: SQLite writes its own clock with fewer digits than Django writes a moment.
    since = Subquery(type(registration).objects.filter(pk=registration.pk).values("queued_at")[:1])
    earlier = Q(queued_at__lt=since) | Q(queued_at=since, pk__lt=registration.pk)
    rivals = registration.event.registrations.waiting().filter(earlier)
    shared = Q(ticket_type=registration.ticket_type_id) | Q(ticket_type__quotas__in=own)
    return rivals.filter(shared).order_by().values("pk").distinct().count() + 1
