"""A person's own registrations, for “Trang của tôi”: found by addresses they proved to be theirs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from events.models import Registration, Scan

if TYPE_CHECKING:
    from people.models import User


def for_person(user: User, at: datetime) -> list[Registration]:
    """Live registrations, the next event first, then past ones; one query. Each knows `.inside`: was it let in."""
    if not user.is_authenticated:
        return []
    proven = user.emailaddress_set.filter(verified=True).values(address=Lower("email"))
    inside = Exists(Scan.objects.standing().filter(registration=OuterRef("pk")))
    found = (
        Registration.objects.live()
        .annotate(address=Lower("email"), inside=inside)
        .filter(address__in=proven)
        .select_related("event", "ticket_type", "certificate__superseded_by")
    )
    coming = [registration for registration in found if not registration.event.is_over(at)]
    past = [registration for registration in found if registration.event.is_over(at)]
    return sorted(coming, key=lambda r: r.event.starts_at) + sorted(past, key=lambda r: r.event.starts_at, reverse=True)
