"""A secretary registers several leaders with one mailbox: one contact, a ticket of their own for each."""

import pytest
from django.urls import reverse

from events.eligibility import Refused
from events.models import Registration, State
from letters.models import Letter

from .conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(register):
    return register(1, email="vanthu@mau.example")


def path(registration) -> str:
    return reverse("events:registration_another", args=[registration.manage_token])


def test_five_leaders_get_five_tickets_in_one_mailbox(client, site_tree, event, delegate, secretary, answers):
    assert path(secretary) in client.get(secretary.get_absolute_url()).text
    for number in range(5):
        name = f"Trần Văn Lãnh Đạo {'ABCDE'[number]}"
        form = answers(full_name=name, form_key=f"6f2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a0{number}")
        del form["email"]
        answer = client.post(path(secretary), form)
        assert answer.status_code == 302, name
    companions = secretary.companions.order_by("pk")
    assert [companion.state for companion in companions] == [State.CONFIRMED] * 5
    assert {companion.email for companion in companions} == {"vanthu@mau.example"}
    assert len({companion.checkin_token for companion in companions}) == 5
    assert Letter.objects.filter(kind="registration_confirmed", to="vanthu@mau.example").count() == 6
    page = client.get(secretary.get_absolute_url()).text
    assert all(companion.get_absolute_url() in page for companion in companions)
    leader = companions[0]
    assert secretary.get_absolute_url() in client.get(leader.get_absolute_url()).text


def test_the_form_does_not_ask_for_the_mailbox_again(client, site_tree, secretary):
    page = client.get(path(secretary))
    assert 'name="email"' not in page.text
    assert secretary.masked_email in page.text


def test_one_name_twice_in_one_mailbox_is_one_person(event, delegate, secretary, now):
    event.register(delegate, somebody(2, email=secretary.email), at=now, contact=secretary)
    with pytest.raises(Refused) as refused:
        event.register(delegate, somebody(2, email=secretary.email), at=now, contact=secretary)
    assert refused.value.verdict.reason == "already_registered"


def test_a_stranger_cannot_do_it_with_the_address_alone(client, site_tree, event, delegate, secretary, answers):
    """Only the ticket's secret page opens the form: the letters go to that mailbox."""
    answer = client.post(f"/dien-dan/{event.slug}/dang-ky/", answers(email=secretary.email, contact=secretary.pk))
    assert answer.status_code == 409
    assert Registration.objects.count() == 1


def test_the_lost_ticket_letter_brings_every_ticket_of_the_mailbox(
    client, site_tree, event, delegate, secretary, now, django_capture_on_commit_callbacks
):
    event.register(delegate, somebody(2, email=secretary.email), at=now, contact=secretary)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/dien-dan/{event.slug}/gui-lai-ve/", {"email": secretary.email})
    assert Letter.objects.filter(kind="registration_link", to=secretary.email).count() == 2


def test_seats_are_counted_for_each(client, site_tree, event, student, answers_for, now):
    first = event.register(student, somebody(1), at=now)
    event.register(student, somebody(2), at=now)
    form = answers_for(student)
    answer = client.post(path(first), form)
    assert answer.status_code == 409
    assert "Nguyễn Hoàng Thùy Dương" in answer.text


# ---------------------------------------------------------------- somebody leaves the mailbox


@pytest.fixture
def leaders(event, delegate, secretary, now):
    """Two whom the secretary registered, the oldest first."""
    return [event.register(delegate, somebody(n, email=secretary.email), at=now, contact=secretary) for n in (2, 3)]


def hands_over(secretary, now) -> None:
    secretary.hand_over(somebody(9), at=now)


def reads_another_mailbox(secretary, now) -> None:
    secretary.change_email("moi@mau.example", at=now, by=None)


@pytest.mark.parametrize("leave", [hands_over, reads_another_mailbox])
def test_who_leaves_the_mailbox_takes_no_link_along_and_the_others_stay_together(
    client, site_tree, secretary, leaders, now, leave
):
    leave(secretary, now)
    oldest, younger = (Registration.objects.get(pk=leader.pk) for leader in leaders)
    assert (oldest.contact, oldest.shares_mailbox) == (None, False)
    assert (younger.contact, younger.shares_mailbox) == (oldest, True)
    page = client.get(secretary.get_absolute_url()).text
    assert not any(leader.get_absolute_url() in page for leader in leaders)
    for one, other in ((oldest, younger), (younger, oldest)):
        page = client.get(one.get_absolute_url()).text
        assert other.get_absolute_url() in page
        assert secretary.get_absolute_url() not in page


def test_who_was_cancelled_does_not_become_the_contact(secretary, leaders, now):
    gone, stays = leaders
    gone.cancel(at=now)
    hands_over(secretary, now)
    stays.refresh_from_db()
    gone.refresh_from_db()
    assert (stays.contact, stays.shares_mailbox) == (None, False)
    assert (gone.contact, gone.shares_mailbox) == (stays, True)


def test_a_mailbox_without_anybody_is_free_again(secretary, leaders, register, now):
    for leader in leaders:
        leader.cancel(at=now)
    hands_over(secretary, now)
    assert {Registration.objects.get(pk=leader.pk).contact for leader in leaders} == {None}
    assert register(4, email="vanthu@mau.example").state == State.CONFIRMED


def test_a_contact_who_reads_another_mailbox_by_now_is_neither_shown_nor_written_to(
    client, site_tree, secretary, leaders, answers
):
    """As rows were left by hand-overs of old: the contact stands on somebody else's mailbox."""
    leader = leaders[0]
    Registration.objects.filter(pk=secretary.pk).update(email="nguoikhac@mau.example")
    assert secretary.get_absolute_url() not in client.get(leader.get_absolute_url()).text
    page = client.get(path(leader)).text
    assert leader.masked_email in page
    form = answers(full_name="Trần Văn Lãnh Đạo")
    del form["email"]
    client.post(path(leader), form)
    newest = Registration.objects.order_by("pk").last()
    assert (newest.email, newest.contact) == (leader.email, leader)
