"""An accountant at work: an account with its test code, a statement, transfers that wait, papers, the list."""

import io
import subprocess
from datetime import timedelta

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from page import ValidationProfile, validate_pdf_bytes
from PIL import Image

from events import tick
from events.models import (
    BankAccount,
    BankLine,
    Confirmation,
    Event,
    LedgerEntry,
    Order,
    Payer,
    Payment,
    Quota,
    State,
    Statement,
)
from events.payments import bank, refunding, tax_code, vietqr
from letters import kinds
from letters.models import Letter
from letters.render import message_of
from people.models import AuditEntry

from .conftest import DINNER_PRICE as PRICE
from .conftest import bring, order_of, sheet, state

OFFICE = "/quan-tri"


def post_file(client, where, account, content, name="sao-ke.csv"):
    return client.post(where, {"account": account.pk, "file": SimpleUploadedFile(name, content)}, follow=True)


def test_an_account_is_checked_and_has_a_code_to_try_out(client, loan, event):
    client.force_login(loan)
    said = {
        "bank_name": "Ngân hàng Mẫu",
        "bank_bin": "97043",
        "account": "101 7595600",
        "holder": "BTC",
        "keep_days": 365,
        "is_default": "on",
    }
    bad = client.post(f"{OFFICE}/tai-khoan-ngan-hang/new/", said)
    assert "Sáu chữ số" in bad.text
    assert "không có dấu cách" in bad.text
    assert 'value="101 7595600"' in bad.text
    client.post(f"{OFFICE}/tai-khoan-ngan-hang/new/", said | {"bank_bin": "970436", "account": "1017595600"})
    made = BankAccount.objects.get()
    page = client.get(f"{OFFICE}/tai-khoan-ngan-hang/inspect/{made.pk}/").text
    assert "<svg" in page
    assert "KIEM TRA" in page
    assert Event.objects.get(pk=event.pk).transfer_account == made


def test_a_statement_is_looked_over_its_columns_are_chosen_once_and_it_is_imported(
    client,
    loan,
    account,
    guest,
    now,
    django_capture_on_commit_callbacks,
):
    lan, minh = guest(1), guest(2)
    order = order_of(lan)
    content = sheet((PRICE, order.code, "FT1"), (PRICE + 5, order_of(minh).code, "FT2"), (9_000, "an trua", "FT3"))
    content = content.replace("Ngày giao dịch;Số bút toán;Ghi có;Diễn giải".encode(), b"A;B;C;D")
    client.force_login(loan)
    page = post_file(client, f"{OFFICE}/sao-ke/", account, content)
    assert "Chưa rõ cột nào là" in page.text
    run = Statement.objects.get()
    where = f"{OFFICE}/sao-ke/{run.pk}/"
    bad = client.post(f"{where}cot/", {"date": "0", "text": "3", "reference": "1"})
    assert bad.status_code == 422
    assert "Hãy chọn cột ghi số tiền vào." in bad.text
    client.post(f"{where}cot/", {"date": "0", "text": "3", "reference": "1", "credit": "2"})
    page = client.get(where).text
    for words in ("Nhập 3 khoản", order.code, "Không đúng số tiền phải trả.", "an trua"):
        assert words in page, words
    assert not BankLine.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{where}nhap/")
        client.post(f"{where}nhap/")
    bank.work_through(now)
    assert (state(lan), state(minh)) == (State.CONFIRMED, State.UNPAID)
    assert "Không đúng số tiền phải trả." in client.get(where).text
    again = post_file(client, f"{OFFICE}/sao-ke/", account, content).text  # its columns are remembered
    assert "Không có khoản nào mới." in again
    bad = post_file(client, f"{OFFICE}/sao-ke/", account, b"Kinh gui;Quy vi\n")
    assert bad.status_code == 422
    assert "2 khoản chuyển đến đang chờ" in client.get(f"{OFFICE}/").text


def test_a_transfer_that_waits_is_counted_by_a_click_with_a_reason(client, loan, account, guest, now):
    lan = guest(1, full_name="Lê Thị Lan")
    order = order_of(lan)
    bring(account, loan, sheet((PRICE, "LE THI LAN nop tien", "FT1"), (5_000, "khac", "FT2")), now)
    client.force_login(loan)
    waiting = BankLine.objects.get(reference="FT1")
    listed = client.get(f"{OFFICE}/chuyen-den/").text
    assert "LE THI LAN nop tien" in listed
    page = client.get(waiting.get_absolute_url()).text
    for words in (order.code, "đúng số tiền", "tên người trả"):
        assert words in page, words
    bad = client.post(waiting.get_absolute_url(), {"act": "count", "code": "XX", "why": "Tên khớp"})
    assert bad.status_code == 422
    assert 'value="Tên khớp"' in bad.text
    client.post(waiting.get_absolute_url(), {"act": "count", "code": order.code.lower(), "why": "Tên khớp"})
    assert state(lan) == State.CONFIRMED
    assert "Tên khớp" in client.get(waiting.get_absolute_url()).text
    other = BankLine.objects.get(reference="FT2")
    client.post(other.get_absolute_url(), {"act": "aside", "aside-why": "Việc riêng"})
    other.refresh_from_db()
    assert (other.state, other.decided_by, other.why) == ("aside", loan, "Việc riêng")


def test_the_accountants_hear_of_waiting_transfers_by_letter_once_a_day(loan, ha, account, guest, now):
    def letters():
        return Letter.objects.filter(kind="transfers_waiting")

    assert tick.tell_accountants(now) == 0
    bring(account, loan, sheet((PRICE, order_of(guest(1)).code, "FT1")), now)
    tick.tell_accountants(now)
    assert not letters().exists(), "counted by itself"
    for number in (2, 3):
        bring(account, loan, sheet((PRICE, "khong ma", f"FT{number}")), now + timedelta(minutes=number))
        tick.tell_accountants(now)
    letter = letters().get()
    assert letter.to == loan.email
    assert "2 khoản" in message_of(letter).subject
    tomorrow = now + timedelta(days=1)
    letters().update(created_at=now + timedelta(hours=1))
    assert tick.tell_accountants(tomorrow) == 0, "nothing new"
    bring(account, loan, sheet((PRICE, "van khong ma", "FT4")), tomorrow)
    tick.tell_accountants(tomorrow)
    assert letters().count() == 2
    for line in BankLine.objects.waiting():
        line.set_aside(at=now, by=loan, why="Việc riêng")
    assert not kinds.get("transfers_waiting").still_due(letters().latest("pk")), "somebody has decided before it left"


def test_the_list_of_transfers_asks_as_little_for_fifty_as_for_five(
    client,
    loan,
    account,
    now,
    django_assert_max_num_queries,
):
    client.force_login(loan)
    for size in (5, 50):
        bring(account, loan, sheet(*[(1000 + n, f"khac {size}", f"{size}-{n}") for n in range(size)]), now)
        with django_assert_max_num_queries(22):
            client.get(f"{OFFICE}/chuyen-den/")


def test_only_the_accountants_see_what_the_bank_says(client, ha, loan, account, guest, now):
    bring(account, loan, sheet((PRICE, order_of(guest(1)).code, "FT1")), now)
    line, run, paper = BankLine.objects.get(), Statement.objects.get(), Confirmation.objects.get()
    closed = [
        f"{OFFICE}/chuyen-den/",
        line.get_absolute_url(),
        f"{OFFICE}/sao-ke/",
        f"{OFFICE}/tai-khoan-ngan-hang/",
        f"{OFFICE}/bang-ke-ke-toan/",
        f"{OFFICE}/xac-nhan-thanh-toan/{paper.pk}/cap-lai/",
        f"{OFFICE}/sao-ke/{run.pk}/",
    ]
    client.force_login(ha)  # an organiser sees orders and papers, not the statements
    for address in closed:
        assert client.get(address).status_code in (302, 404), address
    assert client.get(f"{OFFICE}/xac-nhan-thanh-toan/").status_code == 200
    client.force_login(loan)
    for address in closed:
        assert client.get(address).status_code == 200, address


# ---------------------------------------------------------------- papers


def picture_of(pdf: bytes) -> Image.Image:
    asked = ["pdftoppm", "-r", "110", "-png", "-singlefile", "-"]
    done = subprocess.run(asked, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_sheet_says_it_all_and_another_reader_reads_its_code(client, account, guest, site_tree):
    lan = guest(1)
    order = order_of(lan)
    answer = client.get(f"{order.get_absolute_url()}chuyen-khoan.pdf")
    assert answer["Content-Type"] == "application/pdf"
    content = answer.content
    (found,) = zxingcpp.read_barcodes(picture_of(content))
    assert found.text == vietqr.Transfer("970436", "1017595600", PRICE, order.code).payload
    for words in (order.code, "500.000", "1017595600", "Ngân hàng Mẫu"):
        assert words in text_of(content), words
    for profile in (ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1):
        assert validate_pdf_bytes(content, profile=profile).is_compliant
    lan.cancel(at=order.created_at, by=None)
    assert client.get(f"{order.get_absolute_url()}chuyen-khoan.pdf").status_code == 404


def test_the_payer_gets_a_confirmation_and_a_corrected_one_cancels_the_former(
    client,
    loan,
    account,
    guest,
    now,
    site_tree,
):
    lan = guest(1, full_name="Lê Thị Lan")
    order = order_of(lan)
    bring(account, loan, sheet((PRICE, order.code, "FT1")), now)
    (paper,) = Confirmation.objects.all()
    letter = message_of(Letter.objects.get(kind="payment_received"))
    (attached,) = [part for part in letter.attachments if getattr(part, "get_filename", str)() == paper.file_name]
    content = client.get(paper.get_absolute_url()).content
    assert attached.get_content() == content
    for profile in (ValidationProfile.PDF_A_3A, ValidationProfile.PDF_UA_1):
        assert validate_pdf_bytes(content, profile=profile).is_compliant
    for words in (str(paper), "Lê Thị Lan", "Tiệc tối", "500.000", "FT1", "không phải là hóa đơn"):
        assert words in text_of(content), words
    assert paper.get_absolute_url() in client.get(order.get_absolute_url()).text

    client.force_login(loan)
    where = f"{OFFICE}/xac-nhan-thanh-toan/{paper.pk}/cap-lai/"
    said = {
        "name": "Công ty Mẫu",
        "email": "ketoan@mau.example",
        "address": "Hạ Long",
        "tax_code": "5700100257",
        "reason": "Người trả là công ty",
    }
    bad = client.post(where, said)
    assert bad.status_code == 422
    assert "Mã số thuế có 10 chữ số" in bad.text
    for _twice in range(2):
        client.post(where, said | {"tax_code": "5700100256"})
    papers = list(Confirmation.objects.order_by("number"))
    assert [(one.number, one.kind, one.is_valid) for one in papers] == [
        (1, "paid", False),
        (2, "cancelled", False),
        (3, "paid", True),
    ]
    assert (papers[0].payer_name, papers[2].payer_name) == ("Lê Thị Lan", "Công ty Mẫu")
    assert papers[2].payer_tax_code == "5700100256"
    cancelling = text_of(client.get(papers[1].get_absolute_url()).content)
    for words in (str(papers[0]), "Người trả là công ty", "bị hủy"):
        assert words in cancelling, words
    corrected = message_of(Letter.objects.get(kind="payment_corrected"))
    assert corrected.to == ["ketoan@mau.example"]
    assert len(corrected.attachments) >= 2


def test_returned_money_cancels_the_confirmation(client, loan, account, guest, now):
    order = order_of(guest(1))
    bring(account, loan, sheet((PRICE, order.code, "FT1")), now)
    payment = Payment.objects.get(order=order)
    part = payment.ask_back(100_000, reason="Giảm giá muộn", at=now, by=loan)
    refunding.sent_by_hand(part, reference="FT8", at=now, by=loan)
    assert Confirmation.objects.get().is_valid
    payment.refresh_from_db()
    rest = payment.ask_back(400_000, reason="Không dự được", at=now, by=loan)
    refunding.sent_by_hand(rest, reference="FT9", at=now, by=loan)
    assert list(Confirmation.objects.order_by("number").values_list("kind", flat=True)) == ["paid", "cancelled"]
    assert not Confirmation.objects.valid().exists()
    assert "Hủy xác nhận thanh toán" in text_of(client.get(Confirmation.objects.first().get_absolute_url()).content)


def test_the_accountants_get_what_an_invoice_elsewhere_needs(client, loan, account, guest, now):
    both = Order.objects.ask([guest(1, full_name="Lê Thị Lan"), guest(2)], at=now)
    bring(account, loan, sheet((2 * PRICE, both.code, "FT1")), now)
    client.force_login(loan)
    year = now.year
    bad = client.get(f"{OFFICE}/bang-ke-ke-toan/", {"tu": f"{year}-12-31", "den": f"{year}-01-01"})
    assert bad.status_code == 422
    answer = client.get(f"{OFFICE}/bang-ke-ke-toan/", {"tu": f"{year}-01-01", "den": f"{year}-12-31"})
    book = load_workbook(io.BytesIO(answer.content))
    headings, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert [heading for heading in headings if heading in ("Người mua", "Địa chỉ", "Mã số thuế", "Số tiền")]
    assert [row[14] for row in rows] == [PRICE, PRICE]
    assert [row[15] for row in rows] == [2 * PRICE, None]
    assert rows[0][11] == "Lê Thị Lan"
    assert AuditEntry.objects.filter(verb="confirmation.export", actor=loan).exists()


def test_the_accountants_workbook_takes_every_refund_off_once(client, loan, account, guest, ha, now):
    """Paid and kept; corrected; returned in part, in full, beside what was confirmed, and once in vain."""
    Quota.objects.update(size=9)
    kept, corrected, part, full, surplus, failed = [order_of(guest(n)) for n in range(1, 7)]

    def pay(order, amount=PRICE):
        order.receive(amount, reference=f"PT {order.pk} {amount}", at=now, by=ha)
        return Payment.objects.get(order=order)

    def send(payment, amount, reference):
        payment.refresh_from_db()
        refund = payment.ask_back(amount, reason="Thử", at=now, by=ha)
        refunding.sent_by_hand(refund, reference=reference, at=now, by=loan)
        return refund

    pay(kept), pay(corrected)
    Confirmation.objects.get(order=corrected).correct(
        Payer(name="Công ty Mẫu", email="ketoan@mau.example"), reason="Sai tên", at=now, by=loan
    )
    send(pay(part), 200_000, "R1")
    send(pay(full), 100_000, "R2")
    send(Payment.objects.get(order=full), PRICE - 100_000, "R3")
    send(pay(surplus, PRICE + 50_000), 50_000, "R4")
    in_vain = send(pay(failed), PRICE, "R5")
    refunding.failed(refunding.locked_refund(in_vain), why="Sai số tài khoản", at=now)
    send(Payment.objects.get(order=failed), PRICE, "R6")

    client.force_login(loan)
    answer = client.get(f"{OFFICE}/bang-ke-ke-toan/", {"tu": f"{now.year}-01-01", "den": f"{now.year}-12-31"})
    papers, returned, rule = load_workbook(io.BytesIO(answer.content)).worksheets
    headings, *rows = papers.iter_rows(values_only=True)
    came = sum(row[headings.index("Đã nhận cho cả đơn")] or 0 for row in rows)
    headings, *rows = returned.iter_rows(values_only=True)
    off = {row[-1]: row[headings.index("Trong đó trừ vào trang 1")] for row in rows}
    assert off == {"R1": 200_000, "R2": 100_000, "R3": PRICE - 100_000, "R4": 0, "R6": PRICE}
    assert came - sum(off.values()) == sum(LedgerEntry.objects.values_list("amount", flat=True))
    assert rule["A1"].value.startswith("Trang 1 là tiền đã đến")


def test_who_is_erased_stands_on_no_paper_any_more(loan, account, guest, now):
    from events.retention import erase_payers

    order = order_of(guest(1, full_name="Lê Thị Lan"))
    bring(account, loan, sheet((PRICE, order.code, "FT1")), now)
    erase_payers(Order.objects.filter(pk=order.pk), now)
    paper = Confirmation.objects.get()
    assert "Lan" not in f"{paper.payer_name}{paper.payer_email}{paper.snapshot}{paper.search_text}"
    assert (paper.amount, paper.number) == (PRICE, 1)
    line = BankLine.objects.get()
    assert (line.text, line.name) == ("", "")


@pytest.mark.parametrize("code", ["0100233488", "5700100256", "0314409058-002", "0314409058002"])
def test_a_tax_code_with_its_right_digits_is_taken(code):
    assert tax_code.tax_code(f" {code} ").replace("-", "") == code.replace("-", "")


@pytest.mark.parametrize("code", ["", "0100233480", "2012011", "0314409058-000", "0000000000", "٠١٠٠٢٣٣٤٨٨"])
def test_a_tax_code_with_a_wrong_digit_is_not(code):
    with pytest.raises(ValueError, match=""):
        tax_code.tax_code(code)
