from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from home.site_setup import ensure_pages, ensure_share_image, ensure_site, link_products
from people.management.commands.load_units import load as load_units


class Command(BaseCommand):
    help = "Make what every site has: home pages, news, pages that the law calls for, roles, workflow. Safe to repeat."

    def handle(self, *args, **options) -> None:
        call_command("createcachetable", verbosity=0)
        with transaction.atomic():
            load_units()
            tree = ensure_site()
            pages = ensure_pages(tree)
            ensure_share_image(tree)
            link_products(tree)
        self.stdout.write(f"{tree.site.root_url}/ ({', '.join(pages)})")
