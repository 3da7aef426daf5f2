"""No seat is left: a delegate waits, is offered one, takes it, brings a colleague, and hands the ticket on."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Quota, Registration, State
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.test_delegate import ADDRESS, NAME, a_person_reads, fill_in
from tests.journeys.walk import Words, last_letter, no_sideways, path_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def no_seat_left(before, forum):
    """Every quota is as large as what is taken."""
    forum.ticket_types.update(needs_approval=False)
    for quota in Quota.objects.filter(event=forum).with_taken(timezone.now()):
        Quota.objects.filter(pk=quota.pk).update(size=quota.taken)
    return forum


def without_barrier(page, scripts: bool) -> None:
    if scripts:
        no_sideways(page)
        page.evaluate(AXE)
        assert violations(page, EVERYTHING) == []


@pytest.mark.parametrize(
    ("language", "scripts"), [("vi", True), pytest.param("en", True, marks=pytest.mark.long), ("vi", False)]
)
def test_a_delegate_waits_is_offered_a_seat_and_passes_it_on(no_seat_left, window, language, scripts):
    say = Words(language)
    options = {"bypass_csp": True} if scripts else {"java_script_enabled": False}
    page = window(language, 360, expects=(409,), **options)

    page.goto(say.path(f"/dien-dan/{no_seat_left.slug}/dang-ky/"))
    without_barrier(page, scripts)
    fill_in(page, say, ADDRESS)
    a_person_reads(page)
    page.get_by_role("button", name=say("Join the waiting list")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("You are on the waiting list"))
    expect(page.locator("main")).to_contain_text(say("Number %(place)s in the line", place=1))
    without_barrier(page, scripts)
    waiting_page = page.url

    # Somebody gives a seat back; within a minute it is offered, and held.
    mine = Registration.objects.get(email=ADDRESS)
    seated = no_seat_left.registrations.filter(
        state=State.CONFIRMED, ticket_type=mine.ticket_type, delegation=None
    ).first()
    seated.cancel(at=timezone.now())
    no_seat_left.offer_free_seats(timezone.now())
    page.goto(waiting_page)
    mine.refresh_from_db()
    assert mine.state == State.OFFERED
    assert path_in(last_letter(ADDRESS), "/ve/") in waiting_page
    expect(page.get_by_role("heading", level=1)).to_have_text(say("A seat is free for you"))
    without_barrier(page, scripts)
    page.get_by_role("button", name=say("Take the seat")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    without_barrier(page, scripts)

    # A colleague wants to come with the same mailbox, and there is no seat: the line again.
    page.get_by_role("link", name=say("Register another person")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Register another person"))
    without_barrier(page, scripts)

    # In the end the ticket is handed on.
    page.goto(waiting_page)
    page.get_by_role("link", name=say("Hand the ticket to another person")).click()
    without_barrier(page, scripts)
    page.get_by_label(say("Full name")).fill("Vũ Đức Thắng")
    page.get_by_label(say("E-mail address")).fill("thang@mau.example")
    page.locator("#id_consent").check()
    page.get_by_role("button", name=say("Hand over")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("The ticket was handed over"))
    without_barrier(page, scripts)
    mine.refresh_from_db()
    assert mine.full_name == "Vũ Đức Thắng"
    assert path_in(last_letter("thang@mau.example"), "/ve/").endswith(f"{mine.manage_token}/")
