"""What the dashboard should warn organisers about."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext

from events.models import Event, Quota, TicketType

if TYPE_CHECKING:
    from people.models import User


def items(user: User, at: datetime) -> list[tuple[str, str]]:
    """(sentence, address) of everything that is not as it should be; four queries, and none for who may do
    nothing about it.
    """
    if not user.has_perm("events.change_event"):
        return []
    found: list[tuple[str, str]] = []
    types = TicketType.objects.annotate(is_counted=Exists(Quota.objects.filter(ticket_types=OuterRef("pk"))))
    for event in Event.objects.filter(ends_at__gt=at).prefetch_related("pages", Prefetch("ticket_types", types)):
        edit = reverse("events_event:edit", args=[event.pk])
        pages = [page for page in event.pages.all() if page.live]
        if event.is_published(at) and not pages:
            found.append((gettext("%(event)s is open, but no published page tells about it.") % {"event": event}, edit))
        if pages and not event.is_published(at):
            found.append(
                (
                    gettext("%(event)s has a published page, but the event itself is not published.")
                    % {"event": event},
                    edit,
                )
            )
        for page in pages:
            if page.slug != event.slug:
                sentence = gettext("The page “%(page)s” has the path “%(path)s”; its event has “%(slug)s”.")
                values = {"page": page.title, "path": page.slug, "slug": event.slug}
                found.append((sentence % values, reverse("wagtailadmin_pages:edit", args=[page.pk])))
        if event.registration_paused_at:
            found.append((gettext("Registration for %(event)s is paused.") % {"event": event}, edit))
        if not event.ticket_types.all():
            found.append((gettext("%(event)s has no ticket types yet.") % {"event": event}, edit))
        for kind in event.ticket_types.all():
            if not kind.is_counted:
                sentence = gettext(
                    "Ticket type “%(type)s” of %(event)s has no quota: seats of this kind are not counted."
                )
                found.append((sentence % {"type": kind, "event": event}, reverse("events_quota:add")))
    for quota in (
        Quota.objects.filter(size__isnull=False, event__ends_at__gt=at).with_taken(at).filter(taken__gt=F("size"))
    ):
        sentence = gettext(
            "Quota “%(quota)s” has %(size)s seats, but %(taken)s are taken. Nobody loses a seat; no more are given out."
        )
        values = {"quota": quota, "size": quota.size, "taken": quota.taken}
        found.append((sentence % values, reverse("events_quota:edit", args=[quota.pk])))
    return found


def figures(at: datetime) -> list[tuple[Event, int, int]]:
    """(event, registered, inside) of running and coming events, for the dashboard."""
    rows = (
        Event.objects.filter(ends_at__gt=at, published_at__lte=at)
        .annotate(
            registered=Count("registrations", filter=Q(registrations__state="confirmed"), distinct=True),
            inside=Count(
                "registrations__scans",
                filter=Q(registrations__scans__result="accepted", registrations__scans__undone_at=None),
                distinct=True,
            ),
        )
        .order_by("starts_at")
    )
    return [(event, event.registered, event.inside) for event in rows]
