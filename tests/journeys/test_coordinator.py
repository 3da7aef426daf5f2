"""A coordinator with a phone and one link: names people from Excel, puts one in another's place, prints a ticket."""

import re

import pytest
from playwright.sync_api import expect

from events.models import Delegation, State
from tests.journeys.walk import Words, last_letter, letters_to, no_sideways, path_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRONG = "Lò Văn Páo\tChuyên viên\tpao@mau\t0912345678\nVàng Thị Mỷ\tVăn thư\t\t"
RIGHT = WRONG.replace("pao@mau", "pao@mau.example")


@pytest.fixture
def desk(before, forum) -> Delegation:
    return forum.delegations.get()


def heading(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize(
    ("language", "scripts"), [("vi", True), pytest.param("en", True, marks=pytest.mark.long), ("vi", False)]
)
def test_a_coordinator_names_people_replaces_one_and_opens_a_ticket(desk, window, language, scripts):
    say = Words(language)
    page = window(language, 360, expects=(422,), java_script_enabled=scripts)
    page.goto(say.path(f"/doan/{desk.token}/"))
    expect(heading(page)).to_have_text(desk.name)
    no_sideways(page)

    # Errors first: each by row and column, and what was pasted stays.
    page.get_by_role("link", name=say("Hand in a list")).click()
    no_sideways(page)
    page.get_by_label(say("Rows from Excel")).fill(WRONG)
    page.get_by_role("button", name=say("Check the list")).click()
    errors = page.locator("#errors")
    expect(errors).to_contain_text("C")
    if scripts:
        expect(errors).to_be_focused()
    expect(page.get_by_label(say("Rows from Excel"))).to_have_value(WRONG)
    no_sideways(page)
    assert desk.registrations.count() == 4

    page.get_by_label(say("Rows from Excel")).fill(RIGHT)
    page.get_by_role("button", name=say("Check the list")).click()
    expect(heading(page)).to_have_text(say("Please look over the list"))
    expect(page.locator("main")).to_contain_text("Vàng Thị Mỷ")
    no_sideways(page)
    assert desk.registrations.count() == 4, "looking writes nothing"
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=say("Register them all")).click()
    expect(page).to_have_url(re.compile(f"/doan/{desk.token}/$"))
    expect(page.get_by_role("status").first).to_contain_text("2")
    no_sideways(page)
    asked = desk.registrations.get(email="pao@mau.example")
    assert asked.state == State.OFFERED
    assert path_in(last_letter("pao@mau.example"), "/ve/").endswith(f"/{asked.manage_token}/")
    assert len(letters_to(desk.coordinator_email)) == 1, "one summary"

    # Who has no mailbox gets the ticket from the coordinator.
    page.get_by_role("link", name="Vàng Thị Mỷ").click()
    no_sideways(page)
    page.get_by_role("link", name=say("Open the ticket")).click()
    expect(heading(page)).to_have_text("Vàng Thị Mỷ")

    # Somebody else comes instead of the one who was asked.
    page.goto(say.path(f"/doan/{desk.token}/"))
    page.get_by_role("link", name="Lò Văn Páo").click()
    page.get_by_role("link", name=say("Somebody else comes")).click()
    no_sideways(page)
    page.get_by_label(say("Full name")).fill("Giàng A Sử")
    page.get_by_label(say("E-mail address")).fill("su@mau.example")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name=say("Replace", context="person")).click()
    expect(page.get_by_role("link", name="Giàng A Sử")).to_be_visible()
    assert page.get_by_role("link", name="Lò Văn Páo").count() == 0
    asked.refresh_from_db()
    assert asked.full_name == "Giàng A Sử"
    assert path_in(last_letter("su@mau.example"), "/ve/").endswith(f"/{asked.manage_token}/")

    # And somebody is taken off the list; asking does nothing.
    page.get_by_role("link", name="Giàng A Sử").click()
    page.get_by_role("link", name=say("Take off the list")).click()
    asked.refresh_from_db()
    assert asked.is_live
    page.get_by_role("button", name=say("Take off the list")).click()
    expect(page.get_by_role("status").first).to_contain_text("Giàng A Sử")
    asked.refresh_from_db()
    assert asked.state == State.CANCELLED


def test_a_delegate_answers_by_the_own_link_and_the_coordinator_sees_it(desk, window):
    say = Words("vi")
    asked = desk.registrations.get(state=State.OFFERED)
    page = window("vi", 360)
    page.goto(asked.get_absolute_url())
    expect(page.get_by_label(say("Full name"))).to_have_value(asked.full_name)
    page.locator("#id_consent").check()
    page.get_by_role("button", name=say("Take the seat")).click()
    expect(heading(page)).to_have_text(asked.full_name)
    page.goto(desk.get_absolute_url())
    row = page.locator("li", has=page.get_by_role("link", name=asked.full_name))
    expect(row).to_contain_text(say("Confirmed", context="person"))


def test_after_the_release_the_page_only_shows(after, forum, window):
    desk = forum.delegations.get()
    page = window("vi", 360)
    page.goto(desk.get_absolute_url())
    expect(heading(page)).to_have_text(desk.name)
    expect(page.locator("main")).to_contain_text(Words("vi")("The seats are no longer set aside"))
    assert page.locator("main form").count() == 0
