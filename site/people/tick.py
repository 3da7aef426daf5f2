"""What comes round for people."""

from django.utils import timezone

from people import limits
from people.models import UnitManager
from people.schedule import Job


def relieve_managers(at) -> int:
    return UnitManager.objects.relieve(timezone.localtime(at).date())


JOBS = [
    Job("people.sweep_limits", 24 * 3600, limits.sweep),
    Job("people.relieve_managers", 3600, relieve_managers),
]
