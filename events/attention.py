"""What the dashboard should warn organisers about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from content.templatetags.kit import vn_datetime
from events import waiting
from events.models import BankLine, Dispute, Event, Payment, ProviderEvent, Quota, Refund, State, TicketType

if TYPE_CHECKING:
    from people.models import User


SOON = timedelta(days=2)  # before the seat of somebody who awaits a decision is free again


def items(user: User, at: datetime) -> list[tuple[str, str]]:
    """(sentence, address) of everything that is not as it should be; four queries, three more for each event with
    people on its waiting list, and none for who may do nothing about it.
    """
    found: list[tuple[str, str]] = money(user, at) if user.has_perm("events.settle_payment") else []
    found += transfers(user)
    if not user.has_perm("events.change_event"):
        return found
    types = TicketType.objects.annotate(is_counted=Exists(Quota.objects.filter(ticket_types=OuterRef("pk"))))
    pages_and_types = ("pages", Prefetch("ticket_types", types))
    coming = list(with_undecided(Event.objects.filter(ends_at__gt=at), at).prefetch_related(*pages_and_types))
    found += undecided(coming, at)
    for event in coming:
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


def money(user: User, at: datetime) -> list[tuple[str, str]]:
    """Money that waits for a person, and what providers said in vain: four counts."""
    found = []
    if number := ProviderEvent.objects.given_up().count():
        sentence = ngettext(
            "%(number)s message of a payment provider could not be acted upon, and is not tried any more.",
            "%(number)s messages of payment providers could not be acted upon, and are not tried any more.",
            number,
        )
        found.append((sentence % {"number": number}, f"{reverse('events_inbox:index')}?chua-xong=1"))
    if number := Payment.objects.for_a_person().count():
        sentence = ngettext(
            "%(number)s payment needs a decision: late, twice, or of another amount.",
            "%(number)s payments need a decision: late, twice, or of another amount.",
            number,
        )
        found.append((sentence % {"number": number}, f"{reverse('events_order:index')}?decision=1"))
    decided = Refund.objects.filter(state__in=[Refund.State.ASKED, Refund.State.FAILED])
    open_refunds = decided | Refund.objects.by_hand()
    if number := open_refunds.count():
        sentence = ngettext(
            "%(number)s refund is to be approved or sent.", "%(number)s refunds are to be approved or sent.", number
        )
        found.append((sentence % {"number": number}, reverse("events_refunds:index")))
    for dispute in Dispute.objects.filter(closed_at=None).select_related("payment__order")[:20]:
        sentence = gettext("The bank disputes the payment of order %(code)s. Please answer by %(moment)s.")
        due = vn_datetime(dispute.due_by) if dispute.due_by else "–"
        found.append((sentence % {"code": dispute.payment.order.code, "moment": due}, reverse("events_refunds:index")))
    return found


def transfers(user: User) -> list[tuple[str, str]]:
    """Money that came to an account and waits for somebody to say what it is for."""
    if not user.has_perm("events.handle_bankline") or not (number := BankLine.objects.waiting().count()):
        return []
    sentence = ngettext(
        "%(number)s transfer waits for somebody to say what it is for.",
        "%(number)s transfers wait for somebody to say what they are for.",
        number,
    )
    return [(sentence % {"number": number}, reverse("events_bankline:index"))]


def with_undecided(events: QuerySet[Event], at: datetime) -> QuerySet[Event]:
    """Each with the numbers of people who are `pending`, of these `due` soon, `unpaid` and `waiting`."""

    def number(state: str, **more) -> Count:
        return Count("registrations", filter=Q(registrations__state=state, **more))

    return events.annotate(
        pending=number(State.PENDING),
        due=number(State.PENDING, registrations__hold_until__lte=at + SOON),
        unpaid=number(State.UNPAID),
        waiting=number(State.WAITLISTED),
    )


def undecided(coming: list[Event], at: datetime) -> list[tuple[str, str]]:
    """People who wait for a word of the organiser, for whom the money has not come, or who wait beside a free seat."""
    found: list[tuple[str, str]] = []
    for event in coming:

        def address(state: str, event=event) -> str:
            return f"{reverse('events_registration:index')}?{urlencode({'event': event.pk, 'state': state})}"

        if number := event.pending:
            sentence = ngettext(
                "%(number)s registration for %(event)s awaits your approval.",
                "%(number)s registrations for %(event)s await your approval.",
                number,
            ) % {"number": number, "event": event}
            if due := event.due:
                sentence += " " + ngettext(
                    "The seat of %(due)s is free again within two days.",
                    "The seats of %(due)s are free again within two days.",
                    due,
                ) % {"due": due}
            found.append((sentence, address(State.PENDING)))
        if number := event.unpaid:
            sentence = ngettext(
                "%(number)s registration for %(event)s awaits payment.",
                "%(number)s registrations for %(event)s await payment.",
                number,
            )
            found.append((sentence % {"number": number, "event": event}, address(State.UNPAID)))
        if event.waiting and (seated := number_of_free_seats_awaited(event, at)):
            sentence = gettext(
                "%(number)s people on the waiting list of %(event)s could have a seat. It is offered within a minute;"
                " if this line stays, please ask the administrator whether the clock runs."
            )
            found.append((sentence % {"number": seated, "event": event}, address(State.WAITLISTED)))
    return found


def number_of_free_seats_awaited(event: Event, at: datetime) -> int:
    line = event.registrations.waiting().only("pk", "ticket_type_id")
    left, quotas = waiting.left_in_quotas(event, at), waiting.quotas_of_types(event)
    return sum(1 for _seated in waiting.in_turn(line, left, quotas))


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
