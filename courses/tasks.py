"""Background work. Every task may safely run twice."""

from django.tasks import task
from django.utils import timezone


@task(backend="background", queue_name="bulk")
def award(keys: list[str]) -> int:
    """Certificates and letters for people whom a projection completed. Each in a transaction of its own."""
    from courses.models import Enrolment

    awarded = 0
    for enrolment in Enrolment.objects.filter(pk__in=keys, awarded_at=None).order_by("pk"):
        enrolment.award(timezone.now())
        awarded += 1
    return awarded
