"""What comes round for courses."""

from datetime import datetime, timedelta

from people.schedule import Job

MINUTE, DAY = 60, 86_400


def project(at: datetime) -> int:
    """Close lessons whose grace is over, and repair what a crash between publishing and projecting left behind."""
    from courses.models import Course, CoursePage

    keys = set(Course.objects.values_list("pk", flat=True))
    keys |= set(CoursePage.objects.filter(locale__language_code="vi").values_list("translation_key", flat=True))
    for key in sorted(keys):
        Course.project_for(key)
    return len(keys)


def award(at: datetime) -> int:
    """Certificates and letters still owed, because a task was lost."""
    from courses.models import Enrolment

    owed = Enrolment.objects.without_paper().filter(completed_at__lte=at - timedelta(minutes=2))
    number = 0
    for enrolment in owed.order_by("completed_at")[:500]:
        enrolment.award(at)
        number += 1
    return number


JOBS = [
    Job("courses.project", MINUTE, project),
    Job("courses.award", MINUTE, award),
]
