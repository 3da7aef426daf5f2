from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from content.templatetags.kit import vn_date
from events import retention


class Command(BaseCommand):
    help = "Empty registrations whose days are over, as `tick` does once a day. --dry-run only says what would go."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing; list what goes now and what later")

    def handle(self, *args, dry_run: bool = False, **options) -> None:
        at = timezone.now()
        if not dry_run:
            self.stdout.write(f"{retention.carry_out(at)} rows emptied.")
            return
        with translation.override("vi"):
            for plan in retention.plans():
                for deadline in plan.deadlines:
                    when = "NOW" if deadline in plan.due(at) else vn_date(deadline.at)
                    self.stdout.write(f"{plan.event.slug}\t{when}\t{deadline.left}\t{deadline.label}")
                if plan.is_kept:
                    self.stdout.write(f"{plan.event.slug}\t–\tkept until somebody acts")
