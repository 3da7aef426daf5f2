"""What time does to registrations."""

import logging
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from events import importing, retention, tasks
from events.eligibility import Busy
from events.models import (
    BankLine,
    BulkRun,
    Event,
    EventChange,
    ImportRun,
    Order,
    OrderLine,
    Refund,
    Registration,
    State,
    Statement,
    mass_mail,
)
from events.models.registration import HELD_STATES
from people.schedule import Job

logger = logging.getLogger(__name__)

ONE_DAY = timedelta(days=1)
AT_MOST = 500  # rows a minute


def tidy_lapsed_holds(at: datetime) -> int:
    """A held seat whose time is up is already free by the clock; here the row says so too, and a letter tells it.

    Who still waits when the waiting list ends is told as well. Of an event that is off nobody is told any such thing.
    """
    on = Event.objects.taking_place()
    lapsed = Registration.objects.filter(state__in=HELD_STATES, hold_until__lte=at, event__in=on)
    ended = on.filter(
        Q(waiting_list=False) | Q(offers_end_at__lte=at) | Q(offers_end_at=None, starts_at__lte=at + ONE_DAY)
    )
    in_vain = Registration.objects.waiting().filter(event__in=ended)
    keys = [*lapsed.values_list("pk", flat=True)[:AT_MOST], *in_vain.values_list("pk", flat=True)[:AT_MOST]]
    return sum(Registration(pk=pk).expire(at=at) for pk in keys)


def offer_free_seats(at: datetime) -> int:
    """Seats that came free go to the waiting lists, within a minute. An event that is busy has its turn in the next."""
    waiting = Registration.objects.waiting().order_by().values("event")
    offered = 0
    for event in Event.objects.filter(pk__in=waiting):
        try:
            offered += event.offer_free_seats(at)
        except Busy:
            logger.warning("event %s is busy: its free seats are offered later", event.pk)
    return offered


def resume_imports(at: datetime) -> int:
    """Lists whose task died are taken up again; tickets that an import still owes are written."""
    if (after := importing.unwritten(at)) is not None:
        tasks.write_letters.enqueue(after)
    return ImportRun.objects.resume(at)


def resume_bulk_runs(at: datetime) -> int:
    """Actions on many registrations whose process died are taken up again."""
    return BulkRun.objects.resume(at)


def forget_lists(at: datetime) -> int:
    """A list that nobody imported is personal data that nobody needs."""
    return ImportRun.objects.forget(at)


def tell_changes(at: datetime) -> int:
    """Letters about a changed event whose task died are taken up again."""
    return EventChange.objects.resume(at)


def letters_to_many(at: datetime) -> int:
    """Reminders and thanks that are due are released; every released letter goes on to its next readers."""
    mass_mail.write_by_the_clock(at)
    return mass_mail.carry_on(at)


def ask_stripe(at: datetime) -> int:
    """Card payments that still wait, and money whose message never came. Down today, it is asked again in a moment."""
    from events.payments import stripe

    if not stripe.is_on():
        return 0
    try:
        return stripe.reconcile(at)["settled"]
    except (stripe.Away, Busy):
        logger.warning("Stripe was not asked: it does not answer, or the site is busy")
        return 0


def act_on_messages(at: datetime) -> int:
    """What providers told us and nobody has acted upon; refunds that Stripe could not be asked for."""
    from events.payments import inbox, tasks

    for refund in Refund.objects.to_send(at).values_list("pk", flat=True)[:AT_MOST]:
        tasks.send_refund.enqueue(refund)
    return inbox.work_through(at)


def close_orders(at: datetime) -> int:
    """Orders of which nobody waits for a seat any more. Money that still comes for one is counted all the same."""
    waits = OrderLine.objects.filter(order=OuterRef("pk"), registration__state=State.UNPAID)
    left = Order.objects.filter(state=Order.State.OPEN).exclude(Exists(waits))[:AT_MOST]
    return sum(order.void(at=at) for order in left)


def match_transfers(at: datetime) -> int:
    """Transfers whose task died before it had looked at them."""
    from events.payments import bank

    return bank.work_through(at)


def tell_accountants(at: datetime) -> int:
    """Transfers that wait for a person are told by letter too: not everybody looks at the dashboard."""
    from events.payments import bank

    return bank.tell_accountants(at)


def empty_transfers(at: datetime) -> int:
    """Texts of transfers whose time is up, and statements that nobody imported."""
    return BankLine.objects.empty(at) + Statement.objects.forget(at)


def forget_messages(at: datetime) -> int:
    from events.payments import inbox

    return inbox.forget(at)


JOBS = [
    Job("events.stripe", 300, ask_stripe),
    Job("events.provider_messages", 60, act_on_messages),
    Job("events.transfers", 60, match_transfers),
    Job("events.tell_accountants", 600, tell_accountants),
    Job("events.lapsed_holds", 60, tidy_lapsed_holds),
    Job("events.orders", 60, close_orders),
    Job("events.offers", 60, offer_free_seats),
    Job("events.changes", 60, tell_changes),
    Job("events.letters_to_many", 60, letters_to_many),
    Job("events.imports", 300, resume_imports),
    Job("events.bulk_runs", 300, resume_bulk_runs),
    Job("events.forget_lists", 3600, forget_lists),
    Job("events.empty_transfers", 3600, empty_transfers),
    Job("events.forget_messages", 24 * 3600, forget_messages),
    Job("events.retention", 24 * 3600, retention.carry_out),
]
