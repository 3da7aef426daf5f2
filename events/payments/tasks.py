"""Background work of payments. Each task may run twice."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from events.eligibility import Busy
from events.models.payment import ProviderEvent, Refund


@task(backend="background", queue_name="prompt")
def act_upon(key: int) -> None:
    """Look at what a provider's message is about."""
    from events.payments import inbox

    event = ProviderEvent.objects.filter(pk=key, done_at=None).first()
    if event is not None:
        inbox.act(event, timezone.now())


@task(backend="background", queue_name="prompt")
def match_lines() -> None:
    """Find the orders of transfers that were written down; the clock goes on where this stops."""
    from events.payments import bank

    bank.work_through(timezone.now())


@task(backend="background", queue_name="prompt")
def send_refund(key: int) -> None:
    """Ask Stripe to send money back; the clock asks again if it could not be asked now."""
    from events.payments import stripe

    refund = Refund.objects.select_related("payment").get(pk=key)
    at = timezone.now()
    try:
        stripe.send_refund(refund, at=at)
    except (stripe.Away, Busy):
        wait = min(2**refund.tries, 240)
        Refund.objects.filter(pk=key).update(tries=refund.tries + 1, next_try_at=at + timedelta(minutes=wait))
