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
    from courses.models import Enrolment, PathEnrolment

    number = 0
    for model in (Enrolment, PathEnrolment):
        owed = model.objects.without_paper().filter(completed_at__lte=at - timedelta(minutes=2))
        for each in owed.order_by("completed_at")[:500]:
            each.award(at)
            number += 1
    return number


def resume_lists(at: datetime) -> int:
    """Lists of people to enrol whose task died, and those that nobody carried out."""
    from courses.models import EnrolmentList

    return EnrolmentList.objects.resume(at) + EnrolmentList.objects.forget(at)


def paths(at: datetime) -> int:
    """Learning paths follow their pages; and whoever began one in this hour is worked out once more: a course that was
    enrolled in and completed in the very moment of beginning the path may have been missed."""
    from courses.models import Path, PathEnrolment, PathPage

    keys = set(Path.objects.values_list("pk", flat=True))
    keys |= set(PathPage.objects.filter(locale__language_code="vi").values_list("translation_key", flat=True))
    for key in sorted(keys):
        Path.project_for(key)
    begun = PathEnrolment.objects.filter(started_at__gte=at - timedelta(hours=1))
    PathEnrolment.bring_in_line(list(begun.order_by("pk").values_list("pk", flat=True)))
    return len(keys)


def remind(at: datetime) -> int:
    """Letters to people who were enrolled, have not begun, are stuck, nearly done, or due soon."""
    from courses import reminding

    return reminding.run(at)


def close_attempts(at: datetime) -> int:
    """Attempts whose time is over are handed in with what was saved."""
    from courses.models import QuizAttempt

    over = QuizAttempt.objects.filter(submitted_at=None, deadline_at__lt=at).order_by("deadline_at")[:500]
    return sum(not attempt.close_if_over().is_open for attempt in over)


class PagesDiffer(Exception):
    """Kept as the error of the job's last run, where the dashboard finds it."""


def check_pages(at: datetime) -> None:
    """Each outline beside its published pages, once a day; what follows from the outline is checked with the books."""
    from courses.checking import drift
    from courses.models import Course

    found = [difference for course in Course.objects.order_by("pk") for difference in drift(course)]
    if found:
        raise PagesDiffer("; ".join(map(str, found)))


JOBS = [
    Job("courses.remind", 15 * MINUTE, remind),
    Job("courses.resume_lists", 5 * MINUTE, resume_lists),
    Job("courses.project", MINUTE, project),
    Job("courses.paths", MINUTE, paths),
    Job("courses.award", MINUTE, award),
    Job("courses.close_attempts", MINUTE, close_attempts),
    Job("courses.check_progress", DAY, check_pages),
]
