"""Hà keeps the list: finds, filters, takes it away as a spreadsheet, helps one delegate, and sees what waits."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from events.models import Registration
from people.text import fold
from tests.journeys.walk import Words, letters_to, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
say = Words("vi")


def rows(page):
    return page.locator("table.listing tbody tr")


def test_ha_finds_helps_and_exports(before, forum, window):
    guest = forum.registrations.filter(state="confirmed", full_name__contains="ễ").order_by("pk").first()
    everybody = Registration.objects.count()
    page = window("vi", 1280, user=person("ha"))
    page.goto("/quan-tri/")
    page.get_by_role("button", name=say("Forum")).click()
    page.get_by_role("link", name=say("Registrations")).click()
    expect(rows(page)).to_have_count(min(everybody, 50))

    # Without accents, one letter after the other: the list follows.
    page.get_by_role("textbox", name=say("Search term")).fill(fold(guest.full_name).lower())
    expect(page.get_by_role("link", name=guest.full_name)).to_be_visible()
    expect(rows(page)).not_to_have_count(min(everybody, 50))

    page.get_by_role("link", name=guest.full_name).click()
    expect(page.locator("main")).to_contain_text(guest.email)
    sent = len(letters_to(guest.email))
    page.get_by_role("button", name=say("Send ticket again")).click()
    expect(page.locator("main")).to_contain_text(say("The ticket is on its way to %(address)s.", address=guest.email))
    assert len(letters_to(guest.email)) == sent + 1

    page.get_by_role("link", name=say("Correct the information")).click()
    page.get_by_label(say("Agency or organisation")).fill("Trung tâm Phục vụ hành chính công")
    page.get_by_role("button", name=say("Save")).click()
    expect(page.locator("main")).to_contain_text("Trung tâm Phục vụ hành chính công")

    page.get_by_role("link", name=say("Cancel registration")).click()
    page.get_by_label(say("Reason, for the history")).fill("Báo bận qua điện thoại")
    page.get_by_role("button", name=say("Cancel registration")).click()
    expect(page.locator("main")).to_contain_text("Báo bận qua điện thoại")
    guest.refresh_from_db()
    assert guest.state == "cancelled"
    assert guest.cancelled_by == person("ha")

    # The filtered list, and only it, as a spreadsheet in which everything is text.
    page.goto("/quan-tri/dang-ky-du/?state=cancelled")
    names = [name.strip() for name in rows(page).locator("td:first-child a").all_inner_texts() if name.strip()]
    assert guest.full_name in names
    exported = page.request.get("/quan-tri/dang-ky-du/?state=cancelled&export=xlsx")
    assert exported.ok
    sheet = openpyxl.load_workbook(io.BytesIO(exported.body())).active
    cells = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in cells[1:]] == names
    assert all(isinstance(value, str) or value is None for row in cells for value in row)
    phones = [row[4] for row in cells[1:] if row[4]]
    assert all(phone.startswith("+") for phone in phones)


def test_ha_changes_the_agenda_and_the_page_shows_it(before, forum, window):
    session = forum.sessions.filter(kind="session").first()
    page = window("vi", 1280, user=person("ha"))
    page.goto(f"/quan-tri/phien/edit/{session.pk}/")
    page.get_by_label(say("title (Vietnamese)").capitalize(), exact=False).first.fill("Phiên đổi tên để thử")
    page.get_by_role("button", name=say("Save"), exact=True).first.click()
    visitor = window("vi", 360)
    visitor.goto(f"{forum.get_absolute_url()}chuong-trinh/")
    expect(visitor.locator("main")).to_contain_text("Phiên đổi tên để thử")


def test_the_dashboard_says_what_waits(before, window):
    page = window("vi", 1280, user=person("ha"))
    page.goto("/quan-tri/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text(say("What needs attention"))
