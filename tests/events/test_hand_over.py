"""A delegate cannot come and hands the ticket to a colleague."""

import pytest
from django.urls import reverse

from events.models import Registration, RetiredTicket, State
from events.models.registration import AlreadyInside, CannotCorrect
from letters.models import Letter

from .conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> dict:
    return {
        "full_name": "Phạm Thị Lan",
        "email": "lan@mau.example",
        "organisation": "Sở Khoa học và Công nghệ",
        "position": "Chuyên viên",
        "phone": "",
        "consent": "on",
    }


def path(registration) -> str:
    return reverse("events:registration_hand_over", args=[registration.manage_token])


def test_the_seat_stays_the_person_changes_and_the_old_code_is_dead_at_once(
    client, site_tree, event, delegate, register, colleague, giang, now
):
    mine = register(1)
    old = (mine.manage_token, mine.checkin_token, mine.public_token)
    assert path(mine) in client.get(mine.get_absolute_url()).text
    done = client.post(path(mine), colleague)
    assert done.status_code == 200
    assert "Phạm Thị Lan" in done.text
    mine.refresh_from_db()
    assert (mine.full_name, mine.email, mine.state) == ("Phạm Thị Lan", "lan@mau.example", State.CONFIRMED)
    assert not {mine.manage_token, mine.checkin_token, mine.public_token} & set(old)
    assert mine.manage_token not in done.text, "the former holder has no power over the new ticket"
    assert client.get(f"/ve/{old[0]}/").status_code == 404
    assert RetiredTicket.objects.get().token == old[1]

    kinds = list(Letter.objects.about(mine).order_by("pk").values_list("kind", "to"))
    assert kinds == [
        ("registration_confirmed", "khach1@mau.example"),
        ("registration_handed_over", "khach1@mau.example"),
        ("registration_confirmed", "lan@mau.example"),
    ]
    client.force_login(giang)
    answer = client.post(reverse("events_gate"), {"su-kien": event.slug, "ma": old[1], "lan": ""})
    assert "đã được chuyển" in answer.text
    answer = client.post(reverse("events_gate"), {"su-kien": event.slug, "ma": mine.checkin_token, "lan": ""})
    assert "Phạm Thị Lan" in answer.text
    assert event.number_inside() == 1


def test_a_stranger_who_opens_the_old_code_learns_only_that_it_is_not_valid(client, site_tree, register, colleague):
    mine = register(1)
    old = mine.checkin_token
    client.post(path(mine), colleague)
    page = client.get(f"/T/{old}")
    assert page.status_code == 200
    assert "Phạm Thị Lan" not in page.text
    assert "Nguyễn Thị Khách" not in page.text


def test_handing_over_works_when_no_seat_is_left(client, site_tree, student, register, colleague):
    mine = register(1, ticket_type=student)
    register(2, ticket_type=student)
    client.post(path(mine), colleague)
    mine.refresh_from_db()
    assert mine.full_name == "Phạm Thị Lan"


def test_the_history_names_both(register, now):
    mine = register(1)
    mine.hand_over(somebody(2), at=now)
    change = mine.changes.last()
    assert change.corrected["full_name"] == ["Nguyễn Thị Khách 1", "Nguyễn Thị Khách 2"]


def test_a_person_with_a_ticket_gets_no_second_one(client, site_tree, register, colleague):
    mine, hers = register(1), register(2)
    answer = client.post(path(mine), colleague | {"email": hers.email})
    assert answer.status_code == 409
    assert "Phạm Thị Lan" in answer.text
    mine.refresh_from_db()
    assert mine.full_name == "Nguyễn Thị Khách 1"


def test_consent_of_the_new_person_is_asked_for(client, site_tree, register, colleague):
    mine = register(1)
    answer = client.post(path(mine), colleague | {"consent": ""})
    assert answer.status_code == 422
    assert 'id="id_consent-error"' in answer.text


def test_not_where_the_organiser_forbids_it(client, site_tree, delegate, register, colleague):
    delegate.transferable = False
    delegate.save()
    mine = register(1)
    assert path(mine) not in client.get(mine.get_absolute_url()).text
    client.post(path(mine), colleague)
    mine.refresh_from_db()
    assert mine.full_name == "Nguyễn Thị Khách 1"


def test_not_once_inside_nor_after_cancelling(register, now):
    inside, gone = register(1), register(2)
    inside.check_in(by=None, at=now)
    with pytest.raises(AlreadyInside):
        inside.hand_over(somebody(3), at=now)
    gone.cancel(at=now)
    with pytest.raises(CannotCorrect):
        gone.hand_over(somebody(3), at=now)
    assert Registration.objects.count() == 2


def test_who_gets_a_ticket_that_had_no_letters_gets_one_at_the_own_mailbox(
    client, site_tree, event, delegate, colleague, now
):
    """Registered at the desk without an address, or on a list whose people were not written to."""
    walk_in = event.register(delegate, somebody(1), at=now, source="desk", shares_mailbox=True, letters=False)
    listed = event.register(delegate, somebody(2), at=now, source="import", letters=False)
    client.post(path(walk_in), colleague)
    client.post(path(listed), colleague | {"email": "lan2@mau.example"})
    for ticket, to in ((walk_in, "lan@mau.example"), (listed, "lan2@mau.example")):
        assert Letter.objects.about(ticket).values_list("kind", "to").get() == ("registration_confirmed", to)


def test_who_takes_a_ticket_on_the_mailbox_of_others_gets_no_letters_as_before(event, delegate, now):
    walk_in = event.register(delegate, somebody(1), at=now, source="desk", shares_mailbox=True, letters=False)
    walk_in.hand_over(somebody(2, email=walk_in.email), at=now)
    assert not Letter.objects.about(walk_in).exists()
    assert walk_in.shares_mailbox
