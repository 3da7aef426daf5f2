"""A delegate: from the front page to a ticket in the hand, corrected, and given back."""

import io
import re
import unicodedata

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from events.models import Registration
from tests.journeys.walk import Words, last_letter, letters_to, no_sideways, path_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, ADDRESS = "Trần Thị Hường", "huong@mau.example"


def a_person_reads(page) -> None:
    """Forms sent within a second of being shown come from scripts."""
    page.wait_for_timeout(1100)


def to_the_form(page, say: Words) -> None:
    """Front page, first door, the forum, its button."""
    page.goto(say.home)
    no_sideways(page)
    page.locator(".doors a").first.click()
    expect(page).to_have_url(re.compile(say.path("/dien-dan/") + r"[\w-]+/$"))
    no_sideways(page)
    page.locator("a.btn[href$='/dang-ky/']").locator("visible=true").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Register for the event"))
    no_sideways(page)


def fill_in(page, say: Words, email: str) -> None:
    page.get_by_label(say("Full name")).fill(NAME)
    page.get_by_label(say("Agency or organisation")).fill("Hội Nông dân xã Ba Chẽ")
    page.get_by_label(say("Position", context="job")).fill("Ủy viên")
    page.get_by_label(say("E-mail address")).fill(email)
    page.locator("#id_consent").check()


def send(page, say: Words) -> None:
    page.get_by_role("button", name=say("Send registration")).click()


def read_by_a_scanner(page) -> str:
    picture = Image.open(io.BytesIO(page.locator(".ticket .qr svg").screenshot()))
    codes = zxingcpp.read_barcodes(picture)
    assert codes, "a scanner cannot read the code on the screen"
    return codes[0].text


@pytest.mark.parametrize(("language", "width"), [("vi", 360), ("en", 1280)])
def test_a_delegate_registers_gets_the_ticket_corrects_it_and_gives_it_back(before, window, language, width):
    say = Words(language)
    page = window(language, width, expects=(422,))
    to_the_form(page, say)

    # Errors first: what was entered stays, the summary says what is wrong and is where the reader is taken.
    page.get_by_label(say("Full name")).fill(unicodedata.normalize("NFD", NAME))
    page.get_by_label(say("E-mail address")).fill("huong@")
    a_person_reads(page)
    send(page, say)
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^" + re.escape(say("Error:"))))
    assert summary.get_by_role("link").count() == 3, "agency, address and consent are missing"
    expect(page.get_by_label(say("E-mail address"))).to_have_value("huong@")
    assert unicodedata.normalize("NFC", page.get_by_label(say("Full name")).input_value()) == NAME
    no_sideways(page)
    assert not Registration.objects.filter(email__startswith="huong").exists()

    fill_in(page, say, ADDRESS.upper())
    send(page, say)

    # The ticket at once.
    expect(page).to_have_url(re.compile(say.path("/ve/") + "[A-Z2-7]{26}/$"))
    ticket_page = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    no_sideways(page)
    ticket = Registration.objects.get(email=ADDRESS)
    assert read_by_a_scanner(page).endswith(f"/T/{ticket.checkin_token}")
    page.emulate_media(color_scheme="dark")
    assert read_by_a_scanner(page).endswith(f"/T/{ticket.checkin_token}"), "in the dark too"
    page.emulate_media(color_scheme="light")
    expect(page.locator(".qr code")).to_contain_text(ticket.code[:4])

    with page.expect_download() as calendar:
        page.get_by_role("link", name=say("Add to calendar")).click()
    assert "BEGIN:VEVENT" in calendar.value.path().read_text(encoding="utf-8")
    pdf = page.request.get(page.get_by_role("link", name=say("Download PDF")).get_attribute("href"))
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF")

    # The letter brings it too, with everything attached and the same secret link.
    letter = last_letter(ADDRESS)
    kinds = {
        attachment.mimetype if hasattr(attachment, "mimetype") else attachment.get_content_type()
        for attachment in letter.attachments
    }
    assert {"application/pdf", "text/calendar", "image/png"} <= kinds
    assert path_in(letter, "/ve/") in ticket_page
    assert "Hường" in letter.body
    assert ("Kính gửi" in letter.body) is (language == "vi")

    # A correction shows at once.
    page.get_by_role("link", name=say("Correct name, organisation, position")).click()
    page.get_by_label(say("Full name")).fill("Trần Thị Hương")
    page.get_by_role("button", name=say("Save")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Thị Hương")
    expect(page.get_by_role("status").first).to_be_visible()

    # Opening the page that cancels does nothing; its button does.
    page.get_by_role("link", name=say("I cannot come")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Cancel this ticket?"))
    no_sideways(page)
    ticket.refresh_from_db()
    assert ticket.is_confirmed
    page.get_by_role("button", name=say("Cancel my ticket")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("This registration was cancelled"))
    ticket.refresh_from_db()
    assert not ticket.is_confirmed
    assert len(letters_to(ADDRESS)) >= 2, "a letter says that it is cancelled"


def test_the_whole_way_works_without_javascript(before, window):
    say = Words("vi")
    page = window("vi", 360, expects=(422, 409), java_script_enabled=False)
    to_the_form(page, say)
    a_person_reads(page)
    send(page, say)
    expect(page.locator("#errors")).to_be_visible()
    fill_in(page, say, ADDRESS)
    send(page, say)
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    ticket_page = page.url
    page.get_by_role("button", name=say("Send again by e-mail")).click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert len(letters_to(ADDRESS)) == 2

    # The same address once more: a clear page that shows nothing of the ticket, and the link goes to that mailbox.
    to_the_form(page, say)
    fill_in(page, say, ADDRESS)
    a_person_reads(page)
    send(page, say)
    text = page.locator("main").inner_text()
    assert NAME not in text
    assert ADDRESS not in text
    assert Registration.objects.filter(email=ADDRESS).count() == 1
    assert len(letters_to(ADDRESS)) == 3
    assert path_in(last_letter(ADDRESS), "/ve/") in ticket_page

    page.goto(ticket_page)
    page.get_by_role("link", name=say("I cannot come")).click()
    page.get_by_role("button", name=say("Cancel my ticket")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("This registration was cancelled"))


def test_a_delegate_reads_the_agenda_and_takes_it_home(before, forum, window):
    say = Words("vi")
    page = window("vi", 360)
    page.goto(forum.get_absolute_url())
    page.get_by_role("link", name=say("See the agenda")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Agenda"))
    no_sideways(page)
    page.locator("ol.slots h3 a").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    no_sideways(page)
    with page.expect_download() as calendar:
        page.get_by_role("link", name=say("Add to calendar")).click()
    assert "BEGIN:VEVENT" in calendar.value.path().read_text(encoding="utf-8")

    # The same session in the other language, and found by words without accents.
    page.locator("header").get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile("/en/dien-dan/"))
    page.goto("/tim-kiem/?q=" + "khoi nghiep")
    assert page.locator("main .rows a").count() > 0
    assert title


def test_an_attended_forum_gives_a_certificate(after, forum, window):
    """After the end, whoever was let in makes the paper on the ticket's page, having looked at the name once more."""
    from certificates.models import Certificate
    from events.models import Scan

    came = Scan.objects.standing().filter(registration__event=forum, registration__certificate=None)
    ticket = came.select_related("registration").first().registration
    say = Words("vi")
    page = window("vi", 360)
    page.goto(ticket.get_absolute_url())
    page.get_by_role("link", name=say("Get my certificate")).click()
    expect(page.locator("dl")).to_contain_text(ticket.full_name)
    page.get_by_role("button", name=say("Make the certificate")).click()
    pdf = page.request.get(page.get_by_role("link", name=say("Download certificate")).get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")
    page.get_by_role("link", name=say("Page that confirms it")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("This certificate is valid"))
    expect(page.locator("main")).to_contain_text(ticket.full_name)
    no_sideways(page)
    assert Certificate.objects.filter(registration=ticket).count() == 1
