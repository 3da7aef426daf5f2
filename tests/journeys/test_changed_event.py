"""Hà calls the forum off and takes it back; a delegate reads it on the phone, in a letter and on every page."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Person
from events.models.event_change import delegates_of, number_of_letters
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.walk import Words, last_letter, person, sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
say = Words("vi")
STORM = "Vì bão số 3, Diễn đàn không tổ chức vào ngày đã báo. Ban tổ chức xin lỗi Quý vị."


def problems(page) -> list[str]:
    page.evaluate(AXE)
    found = violations(page, EVERYTHING)
    return found + ([f"{sideways(page)} px too wide"] if sideways(page) > 0 else [])


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.long), 360])
def test_ha_calls_the_forum_off_and_a_delegate_learns_it(before, forum, window, width):
    at = timezone.now()
    guest = forum.register(
        next(offer for offer in forum.offers(at) if not offer.is_full and offer.is_shown()),
        Person(full_name="Phạm Thị Khách", email="khach@mau.example", organisation="Sở Công Thương"),
        at=at,
    )
    people, letters = delegates_of(forum).count(), number_of_letters(forum, at)
    desk = window("vi", width, user=person("ha"))
    desk.goto(f"/quan-tri/su-kien/edit/{forum.pk}/")
    desk.get_by_role("link", name=say("Change the event"), exact=True).click()
    desk.get_by_label(say("Called off"), exact=True).check()
    desk.get_by_label(say("what people should know (Vietnamese)").capitalize(), exact=False).fill(STORM)
    desk.get_by_role("button", name=say("See what would happen")).click()
    expect(desk.locator("main")).to_contain_text(
        say.many("%(number)s person gets a letter", "%(number)s people get a letter", people)
    )
    expect(desk.locator("main")).to_contain_text(STORM)
    assert sideways(desk) <= 0
    desk.get_by_role("button", name=say("Do it")).click()
    expect(desk.locator("main")).to_contain_text(
        say("%(written)s of %(total)s written", written=letters, total=letters)
    )

    letter = last_letter(guest.email)
    assert STORM in letter.body
    assert "text/calendar" in [part.get_content_type() for part in letter.message().walk()]

    phone = window("vi", width)
    pages = [
        forum.get_absolute_url(),
        f"{forum.get_absolute_url()}dang-ky/",
        f"{forum.get_absolute_url()}chuong-trinh/",
        guest.get_absolute_url(),
    ]
    for address in pages:
        phone.goto(address)
        expect(phone.get_by_text(STORM).first).to_be_visible()
        assert problems(phone) == [], address
    expect(phone.get_by_role("link", name=say("Register"), exact=True)).to_have_count(0)

    # The storm turns away.
    desk.get_by_label(say("It takes place on the day and at the place given below")).check()
    desk.get_by_label(say("what people should know (Vietnamese)").capitalize(), exact=False).fill("Bão đã tan.")
    desk.get_by_role("button", name=say("See what would happen")).click()
    desk.get_by_role("button", name=say("Do it")).click()
    assert "Bão đã tan." in last_letter(guest.email).body
    phone.goto(f"{forum.get_absolute_url()}dang-ky/")
    expect(phone.get_by_role("button", name=say("Send registration"))).to_be_visible()


def test_ha_copies_the_forum_to_the_next_edition(before, forum, window):
    desk = window("vi", 1280, user=person("ha"))
    desk.goto(f"/quan-tri/su-kien/edit/{forum.pk}/")
    desk.get_by_role("link", name=say("Copy to the next edition"), exact=True).click()
    desk.get_by_label(say("first day").capitalize(), exact=False).fill("2030-09-10")
    path = desk.get_by_label(say("path").capitalize(), exact=False)
    path.fill("dien-dan-ky-sau")
    path.press("Enter")  # the calendar of the date may still lie over the button
    expect(desk.locator("main")).to_contain_text("Đã chép")
    expect(desk.locator("input[name=slug]")).to_have_value("dien-dan-ky-sau")
    assert type(forum).objects.get(slug="dien-dan-ky-sau").ticket_types.count() == forum.ticket_types.count()
