"""Fill the bench database: the demo story, 60 sessions in 6 rooms, enough seats, a learner and a gate volunteer.

Prints JSON: addresses and login session keys. Run by bench/run.py with the product's own settings.
"""

import json
import os
import sys
import uuid
from datetime import timedelta
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402


def login(person) -> str:
    """The cookie of a person who is already logged in."""
    from people.sessions import SessionStore

    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    return session.session_key


def agenda(event) -> None:
    from events.models import Room, Session, Track

    Session.objects.filter(event=event).delete()
    rooms = [
        Room.objects.get_or_create(event=event, name_vi=f"Phòng đo {n}", defaults={"position": 100 + n})[0]
        for n in range(1, 7)
    ]
    track = Track.objects.filter(event=event).first()
    start = event.starts_at.replace(hour=8, minute=0, second=0, microsecond=0)
    for number in range(60):
        begins = start + timedelta(minutes=45 * (number // 6))
        Session.objects.create(
            event=event,
            slug=f"phien-{number}",
            title_vi=f"Phiên số {number}: đổi mới sáng tạo và chuyển đổi số ở cơ sở",
            title_en=f"Session {number}: innovation and digital transformation on the ground",
            starts_at=begins,
            ends_at=begins + timedelta(minutes=40),
            room=rooms[number % 6],
            track=track,
        )


def main() -> None:
    from courses.models import Course, LessonPage, OutlineItem
    from events.models import Event, Person, Quota, TicketType
    from people.models import User

    call_command("demo", "--stage", "during", "--json", stdout=StringIO())
    event = Event.objects.order_by("-starts_at").first()
    event.questions.update(current=None)  # the plain registration; bench.opening has questions in use
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(
        registration_opens_at=now - timedelta(days=1),
        registration_closes_at=now + timedelta(days=1),
        starts_at=now + timedelta(hours=2),
        ends_at=now + timedelta(days=1, hours=4),
    )
    event.refresh_from_db()
    agenda(event)
    Quota.objects.filter(event=event).update(size=100_000)
    kind = TicketType.objects.filter(event=event, price=0).order_by("position", "pk").first()
    tickets = []
    for number in range(400):
        registration = event.register(
            kind,
            Person(full_name=f"Đại biểu Đo {number}", email=f"do{number}@mau.example", organisation="Đơn vị mẫu"),
            at=timezone.now(),
            form_key=uuid.uuid4(),
            language="vi",
            consent_version="registration-2026-11",
        )
        tickets.append(registration.checkin_token)
    required = OutlineItem.objects.filter(until=None, required=True).values("lesson_key")
    lesson = (
        LessonPage.objects.live()
        .filter(locale__language_code="vi", translation_key__in=required)
        .order_by("path")
        .first()
    )
    item = OutlineItem.objects.get(lesson_key=lesson.translation_key, until=None)
    course = Course.objects.get(pk=item.course_id)
    learners = []
    for number in range(300):
        learner = User.objects.create_user(f"hoc{number}@mau.example", f"Học viên Đo {number}")
        enrolment = course.enrol(learner)
        learners.append({"session": login(learner), "enrolment": str(enrolment.pk)})
    gate = User.objects.get(email="giang@mau.example")
    forum = event.get_absolute_url()
    print(
        json.dumps(
            {
                "home": "/",
                "forum": forum,
                "agenda": f"{forum}chuong-trinh/",
                "register": f"{forum}dang-ky/",
                "slug": event.slug,
                "gate_url": f"{settings.ADMIN_PREFIX}cua/",
                "lesson": lesson.url,
                "lesson_key": str(item.lesson_key),
                "edition": item.edition,
                "learners": learners,
                "gate": login(gate),
                "tickets": tickets,
            }
        )
    )


if __name__ == "__main__":
    main()
