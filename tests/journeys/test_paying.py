"""Paying for a ticket in a browser: by card on Stripe's page, and for a group with a code."""

import re

import pytest
from playwright.sync_api import expect

from events.models import Order, Registration, State
from tests.conftest import person as cast
from tests.fake_stripe import FakeStripe
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.test_organiser_screens import barriers
from tests.journeys.walk import Words, letters_to, no_sideways, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bank(settings):
    fake = FakeStripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_URL = "sk_test_fake", fake.url
    # As the settings do it where there is a key: forms of ours may lead there.
    settings.SECURE_CSP = settings.SECURE_CSP | {"form-action": [*settings.SECURE_CSP["form-action"], fake.url]}
    yield fake
    fake.stop()


def no_barrier(page) -> None:
    page.evaluate(AXE)
    assert violations(page, EVERYTHING) == []


def register(page, say: Words, name: str, mailbox: str) -> None:
    page.get_by_label(say("Full name")).fill(name)
    page.get_by_label(say("Agency or organisation")).fill("HTX Nấm Ba Chẽ (mẫu)")
    page.get_by_label(say("E-mail address")).fill(f"{mailbox}@mau.example")
    page.locator("#id_consent").check()
    page.wait_for_timeout(1100)


@pytest.mark.parametrize(("language", "width"), [("vi", 360), pytest.param("en", 1280, marks=pytest.mark.long)])
def test_an_exhibitor_pays_by_card_and_has_the_ticket(
    before, forum, window, bank, settings, live_server, language, width
):
    settings.SITE_URL = live_server.url
    say = Words(language)
    page = window(language, width)
    page.watch.friends.add(bank.url.removeprefix("http://"))
    page.goto(say.path(f"/dien-dan/{forum.slug}/dang-ky/"))
    page.get_by_label(re.compile("Gian trưng bày|Exhibition stand")).check()
    register(page, say, "Triệu Thị Hoa", "hoa")
    page.get_by_role("button", name=say("Send registration")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Your seat awaits payment"))
    page.get_by_role("link", name=say("On to the payment")).click()
    no_sideways(page)
    page.get_by_role("button", name=re.compile("1[.,]000[.,]000")).click()

    # Stripe's page: first thinks better of it, then pays.
    page.get_by_role("button", name="Quay lại").click()
    page.get_by_role("button", name=re.compile("1[.,]000[.,]000")).click()
    page.get_by_role("button", name="Trả tiền").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Paid, thank you"))
    no_sideways(page)
    page.get_by_role("link", name="Triệu Thị Hoa").click()
    expect(page.locator(".ticket .qr svg")).to_be_visible()
    assert Registration.objects.get(email="hoa@mau.example").state == State.CONFIRMED
    assert len(bank.sessions) == 1
    assert len(letters_to("hoa@mau.example")) >= 2


def test_two_of_one_mailbox_are_paid_by_card_at_once_and_two_accountants_send_the_money_back(
    before, forum, window, bank, settings, live_server
):
    settings.SITE_URL, settings.REFUND_SECOND_PERSON_ABOVE = live_server.url, 1_500_000
    say = Words("vi")
    page = window("vi", 360)
    page.watch.friends.add(bank.url.removeprefix("http://"))
    page.goto(f"/dien-dan/{forum.slug}/dang-ky/")
    page.get_by_label(re.compile("Gian trưng bày")).check()
    register(page, say, "Triệu Thị Hoa", "hoa")
    page.get_by_role("button", name=say("Send registration")).click()
    page.get_by_role("link", name=say("Register another person")).click()
    page.get_by_label(re.compile("Gian trưng bày")).check()
    page.get_by_label(say("Full name")).fill("Triệu Văn Sơn")
    if page.locator("#id_consent").count():
        page.locator("#id_consent").check()
    page.wait_for_timeout(1100)
    page.get_by_role("button", name=say("Send registration")).click()
    page.get_by_role("link", name=say("On to the payment")).click()
    page.get_by_label("Triệu Thị Hoa").check()
    page.get_by_role("button", name=say("Put them on this order")).click()
    no_sideways(page)
    no_barrier(page)
    page.get_by_role("button", name=re.compile(r"2\.000\.000")).click()
    page.get_by_role("button", name="Trả tiền").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Paid, thank you"))
    no_sideways(page)
    no_barrier(page)
    order = Order.objects.get(payer_email="hoa@mau.example", state=Order.State.PAID)
    states = {line.registration.state for line in order.lines.all()}
    assert (order.lines.count(), states) == (2, {State.CONFIRMED})

    # The office: one asks, and cannot approve it; another one does, and Stripe sends it.
    loan = window("vi", 1280, user=person("loan"))
    loan.goto(f"/quan-tri/don-thanh-toan/inspect/{order.pk}/")
    loan.get_by_role("link", name=say("Return money")).click()
    loan.get_by_label(say("Reason")).fill("Không dự được")
    assert barriers(loan) == []
    loan.get_by_role("button", name=say("Return money")).click()
    expect(loan.get_by_text(say("Awaits the approval of somebody else."))).to_be_visible()
    expect(loan.get_by_role("button", name=say("Approve", context="bulk"))).to_have_count(0)
    loan.reload()  # without Wagtail's own message above it
    assert barriers(loan) == []
    assert not bank.refunds
    second = window("vi", 1280, user=cast("kim@mau.example", "Đỗ Thị Kim", "Kế toán"))
    second.goto("/quan-tri/hoan-tien/")
    assert barriers(second) == []
    second.get_by_role("button", name=say("Approve", context="bulk")).click()
    expect(second.get_by_text(say("Approved.")).first).to_be_visible()
    (sent,) = bank.refunds.values()
    assert (sent["amount"], sent["status"]) == (2_000_000, "succeeded")
    second.goto(f"/quan-tri/don-thanh-toan/inspect/{order.pk}/")
    expect(second.get_by_text(sent["id"]).first).to_be_visible()
    states = {line.registration.state for line in order.lines.all()}
    assert states == {State.CANCELLED}
    page.reload()
    expect(page.get_by_text(say("money returned")).first).to_be_visible()
    no_barrier(page)
    assert any("2.000.000" in letter.body for letter in letters_to("hoa@mau.example"))


def test_one_pays_for_a_colleague_with_a_code_without_javascript(before, forum, window):
    say = Words("vi")
    page = window("vi", 360, java_script_enabled=False, expects=(422,))
    page.goto(f"/dien-dan/{forum.slug}/dang-ky/")
    page.get_by_label(re.compile("Gian trưng bày")).check()
    register(page, say, "Triệu Thị Hoa", "hoa")
    page.get_by_role("button", name=say("Send registration")).click()
    page.get_by_role("link", name=say("Register another person")).click()
    page.get_by_label(re.compile("Gian trưng bày")).check()
    page.get_by_label(say("Full name")).fill("Triệu Văn Sơn")
    if page.locator("#id_consent").count():
        page.locator("#id_consent").check()
    page.wait_for_timeout(1100)
    page.get_by_role("button", name=say("Send registration")).click()
    page.get_by_role("link", name=say("On to the payment")).click()
    page.get_by_label("Triệu Thị Hoa").check()
    page.get_by_role("button", name=say("Put them on this order")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2.000.000")
    page.locator("summary", has_text=say("I have a discount code")).click()
    page.get_by_label(say("Discount code")).fill("mau 11")
    page.get_by_role("button", name=say("Use the code")).click()
    expect(page.get_by_text(say("There is no such discount code.")).first).to_be_visible()
    page.get_by_label(say("Discount code")).fill("mau10")
    page.get_by_role("button", name=say("Use the code")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.800.000")
    assert Order.objects.filter(state=Order.State.OPEN, total=1_800_000).count() == 1


def test_loan_settles_what_waits_for_a_person(before, forum, window):
    """The back office: a payment that was too small is accepted, money goes back, the balance says so."""
    say = Words("vi")
    page = window("vi", 1280, user=person("loan"))
    page.goto("/quan-tri/don-thanh-toan/?decision=1")
    page.get_by_role("link", name=re.compile("^DDKN7")).first.click()
    page.get_by_role("link", name=say("Accept the amount as it came")).click()
    page.get_by_label(say("Why the amount is right as it is")).fill("Phí ngân hàng")
    page.get_by_role("button", name=say("Accept the amount as it came")).click()
    assert Registration.objects.get(email="minhtu@mau.example").state == State.CONFIRMED
    page.get_by_role("link", name=say("Return money")).click()
    page.get_by_label(re.compile(say("Amount to return"))).fill("100000")
    page.get_by_label(say("Reason")).fill("Giảm cho đối tác")
    page.get_by_role("button", name=say("Return money")).click()
    page.get_by_role("link", name=say("The transfer was made")).click()
    page.get_by_label(say("The bank's number of the transfer")).fill("FT24001")
    page.get_by_role("button", name=say("The transfer was made")).click()
    expect(page.get_by_text("FT24001").first).to_be_visible()
    page.goto("/quan-tri/doi-soat/")
    expect(page.get_by_text("-100.000").first).to_be_visible()
    page.goto("/quan-tri/hoan-tien/")
    expect(page.get_by_text("Giảm cho đối tác").first).to_be_visible()
