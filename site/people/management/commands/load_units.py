import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from people.models import Unit

DATA = Path(__file__).parents[2] / "data" / "units.json"
FIELDS = ("kind", "name", "full_name_vi", "full_name_en", "aliases", "code")


def load() -> int:
    """Bring the units of the province in line with data/units.json, key by key. Units added by hand stay."""
    changed = 0
    with transaction.atomic():
        known = {unit.slug: unit for unit in Unit.objects.select_for_update()}
        for row in json.loads(DATA.read_text(encoding="utf-8"))["units"]:
            unit = known.get(row["slug"]) or Unit(slug=row["slug"])
            wanted = {name: row.get(name, [] if name == "aliases" else "") for name in FIELDS}
            wanted["parent"] = known.get(row.get("parent", ""))
            if unit.pk and all(getattr(unit, name) == value for name, value in wanted.items()):
                continue
            for name, value in wanted.items():
                setattr(unit, name, value)
            unit.save()
            known[unit.slug] = unit
            changed += 1
    return changed


class Command(BaseCommand):
    help = "Nạp đơn vị của tỉnh (chạy lại bao nhiêu lần cũng được). / Loads the province's units; may be run again."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"units: {load()} changed")
