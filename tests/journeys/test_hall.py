"""A hall of 200 people behind one address registers in the same minutes. (200 who log in: tests/people.)"""

import re
import uuid

import pytest
from django.test import Client

from events.models import Registration
from letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letters_wait(settings) -> None:
    """As in production, the worker delivers; drawing 200 tickets is not what this is about."""
    waiting = settings.TASKS["background"] | {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}
    settings.TASKS = settings.TASKS | {"background": waiting}


@pytest.mark.long  # test_abuse asks the same of the views alone
def test_two_hundred_people_behind_one_address_register(before, forum, letters_wait):
    forum.quotas.exclude(size=None).update(size=10_000)
    there = Registration.objects.count()
    form = f"/dien-dan/{forum.slug}/dang-ky/"
    page = Client(REMOTE_ADDR="203.0.113.7").get(form).content.decode()
    kind = re.search(r'name="ticket_type" value="(\d+)"', page)[1]
    shown = re.search(r'name="shown_at" value="([^"]+)"', page)[1]
    for number in range(200):
        answer = Client(REMOTE_ADDR="203.0.113.7").post(
            form,
            {
                "ticket_type": kind,
                "full_name": "Nguyễn Văn Tuấn",
                "organisation": "Ủy ban nhân dân xã",
                "position": "Cán bộ",
                "email": f"hoi-truong-{number}@mau.example",
                "consent": "on",
                "form_key": str(uuid.uuid4()),
                "shown_at": shown,
            },
        )
        assert answer.status_code in (302, 303), f"person {number}: {answer.status_code}"
        assert answer.headers["Location"].startswith("/ve/")
    assert Registration.objects.count() == there + 200
    assert Letter.objects.filter(to__startswith="hoi-truong-").count() == 200
