import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from home.schedule import run_due


class Command(BaseCommand):
    help = "Run the periodic work that is due: publishing, letters, reminders, tidying. Safe to run twice at once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--loop", action="store_true", help="stay and run each minute (instead of cron or a timer)")

    def handle(self, *args, loop: bool = False, **options) -> None:
        while True:
            failed = self.once(options["verbosity"], stay=loop)
            if not loop:
                if failed:
                    raise CommandError(f"{failed} job(s) failed.", returncode=1)
                return
            close_old_connections()
            time.sleep(60 - time.time() % 60)

    def once(self, verbosity: int, *, stay: bool) -> int:
        try:
            outcomes = run_due(timezone.now())
        except Exception as error:
            if not stay:
                raise
            self.stderr.write(f"{type(error).__name__}: {error}")  # the database is away: the next minute comes
            return 1
        if outcomes is None:
            if verbosity:
                self.stdout.write("Another tick is at work.")
            return 0
        for outcome in outcomes:
            if outcome.error:
                self.stderr.write(f"{outcome.name}: {outcome.error}")
            elif verbosity > 1 or (verbosity and not stay):
                self.stdout.write(outcome.name if outcome.result is None else f"{outcome.name}: {outcome.result}")
        return sum(bool(outcome.error) for outcome in outcomes)
