"""Hà keeps the list: finds, filters, takes it away as a spreadsheet, helps one delegate, and sees what waits."""

import io

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.eligibility import APPROVAL, STAFF
from events.models import Person, Registration
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
    page.get_by_label(say("Reason (stands in the letter to the delegate)")).fill("Báo bận qua điện thoại")
    page.get_by_role("button", name=say("Cancel registration")).click()
    expect(page.locator("main")).to_contain_text("Báo bận qua điện thoại")
    guest.refresh_from_db()
    assert guest.state == "cancelled"
    assert guest.cancelled_by == person("ha")

    # The filtered list, and only it, as a spreadsheet in which everything is text.
    page.goto("/quan-tri/dang-ky-du/?state=cancelled")
    names = [name.strip() for name in rows(page).locator("td.title a").all_inner_texts() if name.strip()]
    assert guest.full_name in names
    exported = page.request.get("/quan-tri/dang-ky-du/?state=cancelled&export=xlsx")
    assert exported.ok
    sheet = openpyxl.load_workbook(io.BytesIO(exported.body())).active
    cells = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in cells[1:]] == names
    assert all(isinstance(value, str) or value is None for row in cells for value in row)
    phones = [row[4] for row in cells[1:] if row[4]]
    assert all(phone.startswith("+") for phone in phones)


def test_ha_approves_all_that_the_filter_shows_and_nobody_else(before, forum, window):
    now = timezone.now()
    kind = forum.ticket_types.first()
    kind.needs_approval = True
    kind.save()

    def register(number: int, organisation: str) -> Registration:
        guest = Person(full_name=f"Trần Văn {number}", email=f"bao{number}@mau.example", organisation=organisation)
        return forum.register(kind, guest, at=now, letters=False, waive=STAFF - {APPROVAL})

    mine = [register(number, "Báo Thử Nghiệm") for number in range(52)]
    other = register(99, "Báo Khác")
    page = window("vi", 1280, user=person("ha"))
    page.goto("/quan-tri/dang-ky-du/?state=pending&q=bao+thu+nghiem")
    expect(page.get_by_role("link", name=other.full_name)).to_have_count(0)
    page.locator("th [data-bulk-action-select-all-checkbox]").check()
    page.get_by_role("button", name=say("Select everybody in this list")).click()
    page.get_by_role("link", name=say("Approve", "bulk"), exact=True).click()
    one, more = "The filtered list has %(number)s registration.", "The filtered list has %(number)s registrations."
    expect(page.locator("main")).to_contain_text(say.many(one, more, 52))
    page.get_by_role("button", name=say("Approve", "bulk")).click()
    expect(page.locator("main")).to_contain_text(say("%(done)s of %(chosen)s done", done=52, chosen=52))
    assert forum.registrations.filter(pk__in=[one.pk for one in mine], state="confirmed").count() == 52
    other.refresh_from_db()
    assert other.state == "pending"


def test_ha_registers_somebody_at_the_desk(before, forum, window):
    page = window("vi", 360, user=person("ha"))
    page.goto("/quan-tri/dang-ky-tai-ban/")
    page.get_by_label(say("Full name")).fill("Phạm Thị Đến")
    page.get_by_label(say("Agency or organisation")).fill("Báo Quảng Ninh")
    page.get_by_role("radio").first.check()
    page.get_by_label(say("Let in at once")).check()
    page.get_by_role("button", name=say("Register this person")).click()
    expect(page.get_by_role("heading", name="Phạm Thị Đến")).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.get_by_label(say("Full name"))).to_have_value("")
    assert Registration.objects.get(full_name="Phạm Thị Đến").entry() is not None


def test_ha_sees_how_registration_goes(before, forum, window):
    page = window("vi", 1280, user=person("ha"))
    page.goto("/quan-tri/tong-quan-dang-ky/")
    expect(page.locator("svg.office-plot")).to_be_visible()
    page.get_by_text(say("The same as a table")).click()
    expect(page.get_by_role("columnheader", name=say("Day"))).to_be_visible()
    page.locator(".office-figures a").nth(1).click()
    expect(page.locator(".w-active-filters, [data-w-active-filter-id]").first).to_be_visible()


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
