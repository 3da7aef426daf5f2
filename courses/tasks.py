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


@task(backend="background", queue_name="bulk", priority=5)
def work_on_list(key: int) -> None:
    """Read a list of people to enrol, or carry it out. Reading writes nothing; carrying out is all or nothing."""
    from courses.models import EnrolmentList

    EnrolmentList.objects.select_related("course", "by").get(pk=key).work(timezone.now())


@task(backend="background", queue_name="bulk")
def award_paths(keys: list[str]) -> int:
    """The same for learning paths."""
    from courses.models import PathEnrolment

    found = list(PathEnrolment.objects.filter(pk__in=keys, awarded_at=None).order_by("pk"))
    for following in found:
        following.award(timezone.now())
    return len(found)


@task(backend="background", queue_name="bulk")
def regrade(key: int) -> int:
    """Answers judged anew by a corrected question, an enrolment at a time."""
    from courses.models import Regrade

    return Regrade.objects.get(pk=key).apply()
