"""Hà brings a list from Excel: sees what is wrong, mends it, imports everybody, and the tickets leave."""

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import Words, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADINGS = "Họ và tên\tE-mail\tCơ quan, đơn vị\tĐiện thoại"
AN = "Trần Văn An\tan.nhap@mau.example\tSở Khoa học và Công nghệ\t0912345678"
WRONG = "Nguyễn Thị Bình\tbinh.nhap@\tUBND Phường Bãi Cháy\t"


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.long)])
def test_ha_pastes_a_list_mends_it_and_imports_it(before, forum, window, width):
    say = Words("vi")
    page = window("vi", width, user=person("ha"))

    def hand_in(*rows: str) -> None:
        page.goto("/quan-tri/nhap-danh-sach/")
        page.get_by_label(say("Ticket type")).select_option(index=1)
        page.get_by_label(say("Or paste the rows from Excel")).fill("\n".join(rows))
        page.get_by_label(say("The people on this list agreed to be registered.")).check()
        page.get_by_role("button", name=say("Read the list")).click()

    hand_in(HEADINGS, AN, WRONG)
    wrong = page.get_by_role("row").filter(has_text="B (E-mail)")
    expect(wrong).to_contain_text("3")
    expect(page.get_by_role("button", name="2")).to_have_count(0)
    assert not forum.registrations.filter(source="import").exists()

    hand_in(HEADINGS, AN, WRONG.replace("binh.nhap@", "binh.nhap@mau.example"))
    page.get_by_role("button", name=say.many("Import %(number)s person", "Import %(number)s people", 2)).click()
    registered = say.many("%(number)s person was registered", "%(number)s people were registered", 2)
    expect(page.locator("main")).to_contain_text(registered)
    assert forum.registrations.filter(source="import").count() == 2
