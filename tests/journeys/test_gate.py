"""At the gate: a keyboard scanner, fingers, a name, a phone. One answer in huge letters each time."""

import re

import pytest
from playwright.sync_api import expect

from events.models import Registration, Scan
from tests.journeys.walk import Words, no_sideways, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
say = Words("vi")


def outside(forum):
    """Confirmed people of the demo who have not come in."""
    inside = Scan.objects.standing().values("registration_id")
    return list(forum.registrations.filter(state="confirmed").exclude(pk__in=inside).order_by("pk"))


def scan(page, code: str) -> None:
    """A scanner is a keyboard that types fast and presses Enter, into whatever has the focus."""
    expect(page.locator("#code")).to_be_focused()
    page.keyboard.type(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page):
    return page.locator(".answer h1")


def test_giang_works_a_queue_with_the_keyboard_alone(during, forum, window):
    guest, other, *_ = outside(forum)
    before = forum.number_inside()
    page = window("vi", 360, user=person("giang"))
    page.goto("/quan-tri/cua/")
    expect(answer(page)).to_have_text(say("Scan the next ticket"))
    no_sideways(page)

    # What the QR code says is a whole address, in capitals.
    scan(page, guest.ticket_url)
    expect(answer(page)).to_have_text(say("Please come in"))
    expect(page.locator(".answer .name")).to_have_text(guest.full_name)
    assert answer(page).evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 32, "huge letters"
    expect(page.locator(".status")).to_contain_text(str(before + 1))
    no_sideways(page)

    scan(page, guest.ticket_url)
    expect(answer(page)).to_have_text(say("Already inside"))
    expect(page.locator(".answer .name")).to_have_text(guest.full_name)
    expect(page.locator(".answer .what")).to_have_text(re.compile(r"\d\d:\d\d"))

    scan(page, "AAAA2222AAAA2222AAAA2222AA")
    expect(answer(page)).to_have_text(say("Not valid"))
    expect(page.locator(".answer .name")).to_have_text(say("No ticket has this code"))

    # Read out and typed: the first eight, in small letters.
    scan(page, f"{other.code[:4]} {other.code[4:]}".lower())
    expect(answer(page)).to_have_text(say("Please come in"))
    expect(page.locator(".answer .name")).to_have_text(other.full_name)
    assert forum.number_inside() == before + 2

    # That was the wrong person: taken back, and the same ticket is good again.
    page.get_by_role("button", name=say("Take back")).click()
    expect(page.locator(".answer")).to_contain_text(other.full_name)
    assert forum.number_inside() == before + 1
    scan(page, other.checkin_token)
    expect(answer(page)).to_have_text(say("Please come in"))


def test_giang_finds_somebody_without_a_code_and_says_which_gate(during, forum, window):
    guest = outside(forum)[0]
    page = window("vi", 1280, user=person("giang"), java_script_enabled=False)
    page.goto("/quan-tri/cua/")
    page.locator("details summary").click()
    page.get_by_label(say("Name of this gate")).fill("Cửa A")
    page.get_by_role("button", name=say("Save")).click()
    expect(page.locator(".status")).to_contain_text("Cửa A")

    from people.text import fold

    page.get_by_label(say("Or search by name, agency or phone")).fill(fold(guest.full_name).lower())
    page.get_by_role("button", name=say("Search")).click()
    page.get_by_role("button", name=say("Let in %(name)s", name=guest.full_name)).click()
    expect(answer(page)).to_have_text(say("Please come in"))
    assert Scan.objects.standing().get(registration=guest).gate == "Cửa A"


def test_a_cancelled_ticket_is_told_apart(during, forum, window):
    from django.utils import timezone

    guest = outside(forum)[0]
    guest.cancel(at=timezone.now())
    page = window("vi", 360, user=person("giang"))
    page.goto("/quan-tri/cua/")
    scan(page, guest.ticket_url)
    expect(answer(page)).to_have_text(say("Not valid"))
    expect(page.locator(".answer .name")).to_have_text(say("This ticket was cancelled"))


def test_a_phones_camera_opens_the_code(during, forum, window):
    """The address in the QR code: for Giang the gate with one button, for others “a ticket of this event”, no name."""
    guest = outside(forum)[0]
    page = window("vi", 360, user=person("giang"))
    page.goto(f"/T/{guest.checkin_token}")
    expect(answer(page)).to_have_text(guest.full_name)
    assert not Scan.objects.filter(registration=guest).exists(), "opening an address lets nobody in"
    page.get_by_role("button", name=say("Let in"), exact=True).click()
    expect(answer(page)).to_have_text(say("Please come in"))
    assert Scan.objects.standing().filter(registration=guest).exists()

    stranger = window("vi", 360)
    stranger.goto(f"/t/{guest.checkin_token.lower()}")
    expect(stranger.get_by_role("heading", level=1)).to_have_text(forum.name_vi)
    assert guest.full_name not in stranger.content()
    assert guest.code not in stranger.locator("main").inner_text()
    no_sideways(stranger)


def test_only_people_of_the_gate_reach_it(during, forum, window):
    chi = window("vi", 1280, user=person("chi"), expects=(403,))
    chi.goto("/quan-tri/cua/")
    assert chi.locator("#code").count() == 0
    giang = window("vi", 1280, user=person("giang"))
    giang.goto("/quan-tri/dang-ky-du/")
    text = giang.locator("body").inner_text()
    assert Registration.objects.first().full_name not in text
