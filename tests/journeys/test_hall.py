"""A hall of 200 people behind one address registers in the same minutes. (200 who log in: tests/people.)"""

import pytest
from django.test import Client

from events.models import Registration
from letters.models import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_hundred_people_behind_one_address_register(before, forum):
    ticket = next(kind for kind in forum.ticket_types.all() if kind.quota.capacity >= 1)
    quota = ticket.quota
    quota.capacity += 200
    quota.save()
    earlier = Registration.objects.filter(state="confirmed").count()
    for number in range(200):
        answer = Client(REMOTE_ADDR="203.0.113.7").post(
            f"/dien-dan/{forum.slug}/dang-ky/",
            {
                "ticket_type": ticket.pk,
                "full_name": "Nguyễn Văn Tuấn",
                "email": f"hoi-truong-{number}@mau.example",
                "organisation": "Ủy ban nhân dân xã",
                "position": "Cán bộ",
                "consent": "on",
            },
        )
        assert answer.status_code == 302, f"person {number}: {answer.status_code}"
        assert "/ve/" in answer.headers["Location"]
    assert Registration.objects.filter(state="confirmed").count() == earlier + 200
    assert Letter.objects.filter(to__startswith="hoi-truong-").count() == 200
