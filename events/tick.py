"""What time does to registrations."""

from datetime import datetime

from django.db import transaction

from events.models import Registration, State
from people.schedule import Job


def tidy_lapsed_holds(at: datetime) -> int:
    """A held seat whose time is up is already free by the clock; here the row says so too."""
    done = 0
    lapsed = Registration.objects.filter(state__in=[State.PENDING, State.OFFERED], hold_until__lte=at)
    for pk in lapsed.values_list("pk", flat=True)[:500]:
        with transaction.atomic():
            held = Registration.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
            if held.state not in (State.PENDING, State.OFFERED) or held.hold_until is None or held.hold_until > at:
                continue
            was, held.state = held.state, State.EXPIRED
            held.save(update_fields=["state"])
            held.changes.create(at=at, was=was, became=State.EXPIRED, reason="hold lapsed")
            done += 1
    return done


JOBS = [Job("events.lapsed_holds", 60, tidy_lapsed_holds)]
