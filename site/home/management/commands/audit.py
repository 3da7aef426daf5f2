from django.core.management.base import BaseCommand, CommandError

from home.audit import broken_rules, checks


class Command(BaseCommand):
    help = "Ask the database whether everything that must hold holds. Exit code 1 and a list when something does not."

    def handle(self, *args, **options) -> None:
        broken = broken_rules()
        if not broken:
            self.stdout.write(f"{len(list(checks())) + 1} rules hold.")
            return
        for rule in broken:
            self.stdout.write(str(rule))
        raise CommandError(f"{len(broken)} rule(s) do not hold.", returncode=1)
