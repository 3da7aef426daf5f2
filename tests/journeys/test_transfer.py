"""From the code on a phone to the ticket: an exhibitor transfers, the accountant brings the bank's statement."""

import io
import re

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from events.models import BankAccount, Order, Registration, State
from events.payments.vietqr import Transfer
from tests.journeys.test_accessibility import AXE, EVERYTHING, violations
from tests.journeys.walk import Words, letters_to, no_sideways, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def no_barrier(page) -> None:
    page.evaluate(AXE)
    assert violations(page, EVERYTHING) == []


def test_an_exhibitor_transfers_and_the_accountant_brings_the_statement(before, forum, window, settings, live_server):
    settings.SITE_URL = live_server.url
    say = Words("vi")
    loan = window("vi", 1280, user=person("loan"), expects=(422,))
    loan.goto("/quan-tri/tai-khoan-ngan-hang/")
    loan.get_by_role("link", name="Ngân hàng Mẫu (không có thật)").first.click()
    loan.locator("#id_keep_days").fill("200")
    loan.get_by_role("button", name="Lưu").first.click()
    account = BankAccount.objects.get()
    assert account.keep_days == 200
    loan.goto(f"/quan-tri/tai-khoan-ngan-hang/inspect/{account.pk}/")
    (trial,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(loan.screenshot())).convert("L"))
    assert trial.text == account.transfer(2_000, "KIEM TRA").payload

    # The exhibitor, on a phone and without JavaScript.
    order = Order.objects.get(payer_email="sang@mau.example", state=Order.State.OPEN)
    phone = window("vi", 360, java_script_enabled=False)
    phone.goto(order.get_absolute_url())
    no_sideways(phone)
    expect(phone.locator(".transfer-code output")).to_have_text(order.code)
    assert phone.locator(".transfer-code output").evaluate("e => getComputedStyle(e).userSelect") == "all"
    expect(phone.get_by_role("button", name=say("Copy"))).to_be_hidden()
    drawn = phone.locator(".transfer-qr svg").screenshot()
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)).convert("L"))
    assert found.text == Transfer("999999", "0000000007", 1_000_000, order.code).payload

    # With it, one press copies the code.
    desk = window("vi", 1280, permissions=["clipboard-read", "clipboard-write"])
    desk.goto(order.get_absolute_url())
    desk.get_by_role("button", name=say("Copy")).click()
    expect(desk.get_by_role("button", name=say("Copied"))).to_be_visible()
    assert desk.evaluate("navigator.clipboard.readText()") == order.code
    no_barrier(desk)

    # The statement: looked over first, then imported.
    day = f"{timezone.localdate():%d/%m/%Y}"
    rows = (
        "NGÂN HÀNG MẪU\n\nNgày giao dịch;Số bút toán;Ghi có;Nội dung\n"
        f"{day};FT100;1.000.000;MBVCB {order.code[:6]} {order.code[6:].lower()} CT TU LY VAN SANG\n"
        f"{day};FT101;35.000;an trua\n"
    )
    loan.goto("/quan-tri/sao-ke/")
    loan.get_by_label(say("Bank account")).select_option(label=str(account))
    loan.locator("input[type=file]").set_input_files(
        {"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    loan.get_by_role("button", name=say("Read the statement")).click()
    expect(loan.get_by_role("heading", name=say("Fit exactly: the seats are confirmed"))).to_be_visible()
    loan.get_by_label(say("Leave out the transfers that name no order: they are nobody's business here.")).check()
    loan.get_by_role("button", name=re.compile("^Nhập 2")).click()
    expect(loan.get_by_role("heading", name=say("Counted"))).to_be_visible()
    assert Registration.objects.get(email="sang@mau.example").state == State.CONFIRMED
    desk.reload()
    expect(desk.get_by_role("heading", level=1)).to_have_text(say("Paid, thank you"))
    with desk.expect_download() as download:
        desk.evaluate(
            "() => { const link = document.querySelector('a[href*=\"xac-nhan\"]'); link.download = ''; link.click(); }"
        )
    assert download.value.path().read_bytes().startswith(b"%PDF")

    # What waits: suggestions, and a decision with its reason.
    loan.goto("/quan-tri/chuyen-den/")
    loan.get_by_role("link", name=day).first.click()
    loan.get_by_label(say("What this money is")).fill("Tài trợ, không phải vé")
    loan.get_by_role("button", name=say("It is not for us, or counted already")).click()
    expect(loan.get_by_text(say("Set aside."))).to_be_visible()
    assert letters_to("sang@mau.example")
