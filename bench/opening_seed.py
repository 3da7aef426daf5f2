"""What bench/opening.py needs from inside the product: an event with questions, many people, counted statements.

begin                   the demo story, 100 people registered; prints addresses and a set of answers
many NUMBER SEEDED      that many more, through `Event.register_many`'s bulk of rows
statements SEEDED       SQL of a whole registration
list SEEDED             SQL and time of the organiser's list
"""

import json
import os
import sys
import time
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
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.client import Form  # noqa: E402
from bench.seed import login  # noqa: E402
from bench.statements import count  # noqa: E402

HOST = settings.ALLOWED_HOSTS[0]


def begin() -> dict:
    from events.models import Event, Person, Quota, TicketType

    call_command("demo", "--stage", "before", "--json", stdout=StringIO())
    event = Event.objects.order_by("-starts_at").first()
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(registration_opens_at=now - timedelta(days=1), waiting_list=False)
    event.refresh_from_db()
    kind = TicketType.objects.filter(event=event, price=0, needs_approval=False).order_by("position", "pk").first()
    Quota.objects.filter(event=event).update(size=1_000_000)
    second = Quota.objects.create(event=event, name="Khu vực chính", size=1_000_000)
    second.ticket_types.add(kind)
    for number in range(100):
        person = Person(full_name=f"Đại biểu Đầu {number}", email=f"dau{number}@mau.example", organisation="Đơn vị mẫu")
        event.register(kind, person, at=timezone.now(), consent_version="registration-2026-11", letters=False)
    return {
        "event": event.pk,
        "kind": kind.pk,
        "register": f"{event.get_absolute_url()}dang-ky/",
        "answers": {"ticket_type": str(kind.pk)} | answers(event, kind),
    }


def answers(event, kind) -> dict[str, str]:
    """The first choice, "có", and a few words, for every question that is asked on the form."""
    from events import questions

    found = {}
    for question in questions.ask(event):
        if question.depends_on_id or (question.ticket_types.exists() and kind not in question.ticket_types.all()):
            continue
        keys = [choice["key"] for choice in question.current.choices]
        found[f"q{question.pk}"] = str(keys[0]) if keys else "no" if question.kind == "yesno" else "Không"
    return found


def many(number: int, seeded: dict) -> dict:
    """In bulk, as an import does: what is measured is registering beside them, not their arrival."""
    from events.models import Registration, RegistrationChange

    now = timezone.now()
    rows = [
        Registration(
            event_id=seeded["event"],
            ticket_type_id=seeded["kind"],
            full_name=f"Đại biểu Đông {n}",
            email=f"dong{n}@mau.example",
            organisation=f"UBND Phường số {n % 170}",
            state="confirmed",
            created_at=now,
            confirmed_at=now,
            form_key=uuid.uuid4(),
            source="import",
            letters=False,
        )
        for n in range(number)
    ]
    for row in rows:
        row.derive()
    made = Registration.objects.bulk_create(rows, batch_size=1000)
    changes = [RegistrationChange(registration=row, at=now, became="confirmed") for row in made]
    RegistrationChange.objects.bulk_create(changes, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE events_registration")
    return {}


def statements(seeded: dict) -> dict:
    visitor = Client(SERVER_NAME=HOST)

    def register() -> None:
        fields = Form(visitor.get(seeded["register"]).content.decode(), "form_key").found | seeded["answers"]
        time.sleep(1.1)
        person = {
            "full_name": "Đại biểu Đếm",
            "email": "dem@mau.example",
            "organisation": "Đơn vị thử",
            "consent": "on",
        }
        answer = visitor.post(seeded["register"], fields | person)
        assert answer.status_code == 302, answer.content.decode()[:4000]
        visitor.get(answer["Location"])

    visitor.get(seeded["register"])
    return {"registration": count(register)}


def last(number: int, seeded: dict) -> dict:
    """Leave that many seats in every quota."""
    from events.models import Quota

    for quota in Quota.objects.filter(event=seeded["event"]).with_taken(timezone.now()):
        Quota.objects.filter(pk=quota.pk).update(size=quota.taken + number)
    return {}


def listing(seeded: dict) -> dict:
    from events.models import Registration
    from people.models import User

    organiser = Client(SERVER_NAME=HOST)
    key = login(User.objects.get(email="ha@mau.example"))
    organiser.cookies[settings.SESSION_COOKIE_NAME] = key
    address = reverse("events_registration:index")
    assert organiser.get(address).status_code == 200
    begun = time.perf_counter()
    number = count(lambda: organiser.get(address))
    return {
        "list": number,
        "ms": 1000 * (time.perf_counter() - begun),
        "rows": Registration.objects.filter(event=seeded["event"]).count(),
    }


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    values = [json.loads(value) for value in rest]
    print(
        json.dumps(
            {"begin": begin, "many": many, "statements": statements, "list": listing, "last": last}[what](*values)
        )
    )
