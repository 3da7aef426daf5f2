"""The letters that courses write."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import kinds


def course_completed(letter) -> dict:
    enrolment = letter.about
    certificate = enrolment.certificate.current if enrolment.certificate else None
    return {
        "enrolment": enrolment,
        "course": enrolment.course,
        "person": enrolment.person,
        "certificate": certificate,
        "certificate_url": f"{settings.SITE_URL}{certificate.get_absolute_url()}" if certificate else "",
        "my_page_url": my_page_url(letter),
        "evaluation_url": settings.SITE_URL + reverse("courses:evaluate", args=[enrolment.course_id]),
    }


def task_marked(letter) -> dict:
    from courses.study import addresses

    submission = letter.about
    found = addresses([submission.lesson_key], letter.language).get(submission.lesson_key)
    path = found[2] if found else ""
    return {
        "submission": submission,
        "course": submission.enrolment.course,
        "person": submission.enrolment.person,
        "lesson": found[1] if found else submission.title,
        "lesson_url": f"{settings.SITE_URL}{path}#thuc-hanh" if path else "",
    }


def enquiry_answered(letter) -> dict:
    from courses.study import addresses

    reply = letter.about
    enquiry = reply.enquiry
    found = addresses([enquiry.lesson_key], letter.language).get(enquiry.lesson_key)
    return {
        "reply": reply,
        "enquiry": enquiry,
        "person": enquiry.asker,
        "lesson": found[1] if found else enquiry.course.title,
        "lesson_url": f"{settings.SITE_URL}{found[2]}#hoi-dap" if found else "",
    }


def path_completed(letter) -> dict:
    following = letter.about
    certificate = following.certificate.current if following.certificate else None
    return {
        "following": following,
        "path": following.path,
        "person": following.person,
        "certificate": certificate,
        "certificate_url": f"{settings.SITE_URL}{certificate.get_absolute_url()}" if certificate else "",
        "my_page_url": f"{settings.SITE_URL}/{'en/' if letter.language == 'en' else ''}trang-cua-toi/",
    }


def reminder(letter) -> dict:
    """What a reminder says: the course, where to go on, by when, and how to get no more of them."""
    from courses import reminding
    from courses.mine import for_person

    row = letter.about
    person = row.person
    courses = [course for course in for_person(person, timezone.now()) if not course.is_complete]
    course = next((one for one in courses if one.enrolment.pk == row.enrolment_id), None)
    step = course.next if course else None
    path = step.url if step else course.course_url if course else ""
    told = row.kind == row.Kind.ENROLLED
    return {
        "reminder": row,
        "enrolment": row.enrolment,
        "course": row.enrolment.course,
        "person": person,
        "next": step,
        "left": row.enrolment.lessons_total - row.enrolment.lessons_done,
        "due": row.enrolment.due_at,
        "go_on_url": f"{settings.SITE_URL}{path}" if path else my_page_url(letter),
        "courses": [
            (one.title, f"{settings.SITE_URL}{one.course_url}", one.enrolment.due_at)
            for one in courses
            if told and one.enrolment.last_at is None
        ],
        "my_page_url": my_page_url(letter),
        "off_url": reminding.off_link(person),
    }


def my_page_url(letter) -> str:
    return f"{settings.SITE_URL}/{'en/' if letter.language == 'en' else ''}trang-cua-toi/"


def reminder_still_due(letter) -> bool:
    """Somebody who finished an hour ago, moved to another mailbox or wants no more reminders gets none."""
    from courses.models import NoReminders

    row = letter.about
    if row is None or row.enrolment.is_complete or not row.person.is_active or row.person.email != letter.to:
        return False
    told = row.kind == row.Kind.ENROLLED
    return told or not NoReminders.objects.filter(person=row.person_id).exists()


def reminder_headers(letter) -> dict[str, str]:
    """RFC 8058: mailboxes show a button of their own that switches reminders off with one request."""
    from courses import reminding

    return {
        "List-Unsubscribe": f"<{reminding.off_link(letter.about.person)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def register() -> None:
    kinds.register(kinds.Kind("enquiry_answered", name=_("Question answered"), context=enquiry_answered))
    kinds.register(
        kinds.Kind("path_completed", name=_("Learning path completed"), context=path_completed, queue="bulk")
    )
    for key, name in (("course_reminder", _("Reminder to learn")), ("course_enrolled", _("Enrolled in a course"))):
        kinds.register(
            kinds.Kind(
                key,
                name=name,
                context=reminder,
                queue="bulk",
                still_due=reminder_still_due,
                headers=reminder_headers if key == "course_reminder" else kinds.nothing,
            )
        )
    kinds.register(kinds.Kind("task_marked", name=_("Practical work marked"), context=task_marked))
    kinds.register(kinds.Kind("course_completed", name=_("Course completed"), context=course_completed, queue="bulk"))
