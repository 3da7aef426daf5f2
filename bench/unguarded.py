"""The site with the guard of its seats taken out: what it would sell, and what the guard costs. For tests and bench.

A pause between counting and writing (UNGUARDED_PAUSE, seconds) makes room for the mistake.
"""

import os
import time

from config.wsgi import application
from events.models.event import QuotaQuerySet
from events.models.registration import Registration

PAUSE = float(os.environ.get("UNGUARDED_PAUSE", "0"))


def seen_but_not_locked(self, *ticket_types):
    return list(self.filter(size__isnull=False, ticket_types__in=ticket_types).distinct().order_by("pk"))


QuotaQuerySet.lock_for = seen_but_not_locked
if PAUSE:
    save = Registration.save

    def slowly(self, *args, **kwargs):
        time.sleep(PAUSE)
        return save(self, *args, **kwargs)

    Registration.save = slowly

__all__ = ["application"]
