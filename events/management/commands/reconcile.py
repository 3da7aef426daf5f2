"""`manage.py reconcile`: our books against Stripe's, by hand. With --since after a backup was restored: then the series
of confirmations of payment goes on beyond every number that payers may have, also where there is no Stripe.
"""

from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from events.models import ConfirmationCounter
from events.payments import stripe

MOST = 900_000  # numbers have six digits


class Command(BaseCommand):
    help = "Ask Stripe what was paid and settle it. --since: also rebuild what is younger than a restored backup."

    def add_arguments(self, parser):
        parser.add_argument("--since", help="When the restored backup was made: 2026-11-24 or 2026-11-24T08:30")
        parser.add_argument(
            "--last-number",
            type=int,
            default=0,
            help="The highest number of a confirmation that a payer is known to have",
        )

    def handle(self, *args, since: str | None = None, last_number: int = 0, **options):
        at, backup = timezone.now(), moment(since) if since else None
        if last_number and backup is None:
            raise CommandError("--last-number goes with --since.")
        if not 0 <= last_number < MOST:
            raise CommandError(f"--last-number: between 0 and {MOST}.")
        if backup is not None:
            if backup > at:
                raise CommandError("--since lies in the future.")
            year = timezone.localtime(at).year
            self.stdout.write(
                f"left out: {ConfirmationCounter.leave_out(year, since=backup, at=at, known=last_number)}"
            )
        if not stripe.is_on():
            if backup is not None:
                return
            raise CommandError("STRIPE_SECRET_KEY is not set: there is nobody to ask.")
        try:
            result = stripe.reconcile(at, backup)
        except stripe.Away as away:
            raise CommandError("Stripe does not answer. Nothing is lost; run it again later.") from away
        self.stdout.write(", ".join(f"{name}: {number}" for name, number in result.items()))
        if result["unknown"]:
            raise CommandError("Money came for payments that are not known here; see the log, and Stripe's dashboard.")


def moment(text: str) -> datetime:
    try:
        if (found := parse_datetime(text)) is None and (day := parse_date(text)) is not None:
            found = datetime.combine(day, datetime.min.time())
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{text!r} is not a moment. Write 2026-11-24 or 2026-11-24T08:30.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)
