"""Hà writes a letter in her own words, and one to many, on her phone."""

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from events import tick
from events.models import LetterText, MassMail, Person
from tests.journeys.walk import Words, letters_to, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
say = Words("vi")


@pytest.fixture
def guest(before, forum):
    """One more than the demo's people, who are never written to."""
    return forum.register(
        forum.ticket_types.first(),
        Person(full_name="Trần Văn Hải", email="hai@mau.example", organisation="Sở Tài chính"),
        at=timezone.now(),
    )


def test_ha_words_the_ticket_letter(guest, forum, window):
    page = window("vi", 360, user=person("ha"), expects=(422,))
    page.goto("/quan-tri/loi-thu/")
    page.get_by_role("link", name=say("Ticket"), exact=True).click()
    words = page.get_by_label(say("words (Vietnamese)").capitalize())
    words.fill("Kính gửi {ho_ten},")
    page.get_by_role("button", name=say("Look"), exact=True).click()
    expect(page.locator("main")).to_contain_text("{ho_ten}")
    expect(words).to_have_value("Kính gửi {ho_ten},")

    words.fill("Kính gửi {ten},\n\nHẹn gặp ở {dia_diem}.")
    page.get_by_role("button", name=say("Look"), exact=True).click()
    letter = page.frame_locator("iframe")
    expect(letter.locator("body")).to_contain_text("Kính gửi Trần Văn Hải,")
    assert guest.manage_token not in page.content()
    assert not LetterText.objects.filter(kind="registration_confirmed").exists()

    page.get_by_role("button", name=say("Send a trial to %(address)s", address="ha@mau.example")).click()
    assert "Kính gửi Trần Văn Hải," in letters_to("ha@mau.example")[-1].body
    page.get_by_role("button", name=say("Save"), exact=True).click()
    expect(page.locator("main")).to_contain_text(say("Saved. Letters that leave from now on have these words."))
    assert LetterText.objects.get(kind="registration_confirmed").body_vi.startswith("Kính gửi {ten},")


def test_ha_writes_to_many_and_watches(guest, forum, window):
    page = window("vi", 360, user=person("ha"))
    page.goto("/quan-tri/gui-nhieu-nguoi/")
    page.get_by_role("link", name=say("Write to many")).click()
    page.get_by_label(say("subject (Vietnamese)").capitalize()).fill("Xe đón ở cổng chính")
    page.get_by_label(say("words (Vietnamese)").capitalize()).fill("Kính gửi {ten},\n\nXe đón lúc {gio_mo_cua}.")
    page.get_by_role("button", name=say("Save the draft")).click()
    expect(page.frame_locator("iframe").locator("body")).to_contain_text("Xe đón lúc 07:30.")
    mail.outbox.clear()
    page.get_by_role(
        "button", name=say.many("Release to %(number)s reader", "Release to %(number)s readers", 1)
    ).click()
    expect(page.get_by_role("button", name=say("Stop"))).to_be_visible()
    assert mail.outbox == []

    tick.letters_to_many(timezone.now())
    assert "Kính gửi Trần Văn Hải," in letters_to("hai@mau.example")[-1].body
    page.reload()
    expect(page.get_by_role("button", name=say("Stop"))).to_have_count(0)
    expect(page.locator("table.listing")).to_contain_text("hai@mau.example")
    assert MassMail.objects.get(subject_vi="Xe đón ở cổng chính").total == 1
