"""A transfer from the code on the payer's page to the ticket: by a statement of the bank, and by a program that watches
the account.
"""

import io
import json
from datetime import timedelta

import pytest
import zxingcpp
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image

from events import tick
from events.models import (
    BankAccount,
    BankLine,
    Confirmation,
    LedgerEntry,
    Payment,
    ProviderEvent,
    Registration,
    State,
    Statement,
)
from events.payments import bank, codes, inbox, notifier, statement, vietqr
from events.payments.bank import CannotMatch
from home import personal_data
from letters.models import Letter
from letters.render import message_of
from people.models import AuditEntry

from .conftest import DINNER_PRICE as PRICE
from .conftest import bring, order_of, sheet, somebody, state


def read_code(picture: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return found.text


# ---------------------------------------------------------------- what the payer is told


def test_the_payer_is_told_where_to_how_much_and_with_which_text(client, guest, account, now, site_tree):
    lan = guest()
    order = order_of(lan)
    page = client.get(order.get_absolute_url())
    for words in (order.code, "500.000", "1017595600", "Ban tổ chức Diễn đàn", "Ngân hàng Mẫu", "<svg", "data-copy"):
        assert words in page.text, words
    expected = vietqr.Transfer("970436", "1017595600", PRICE, order.code).payload
    message = message_of(Letter.objects.get(kind="registration_received"))
    pictures = {
        part.get_filename(): part.get_content() for part in message.attachments if hasattr(part, "get_filename")
    }
    assert read_code(pictures["vietqr.png"]) == expected
    for words in (order.code, "1017595600", "Ngân hàng Mẫu"):
        assert words in message.body, words


def test_an_amount_that_no_fast_transfer_carries_has_no_code_but_all_figures(client, event, gala, account, now):
    gala.price = 500_000_000
    gala.save()
    order = order_of(event.register(gala, somebody(1), at=now))
    page = client.get(order.get_absolute_url()).text
    assert "500.000.000" in page
    assert "1017595600" in page
    assert "transfer-qr" not in page


def test_an_event_uses_its_own_account_before_the_one_for_all(event, account, settings):
    own = BankAccount.objects.create(bank_bin="970416", bank_name="Khác", account="257678859", holder="BTC")
    assert event.transfer_account == account
    event.bank_account = own
    del event.transfer_account
    assert event.transfer_account == own
    del event.transfer_account
    settings.CURRENCY = "usd"
    assert event.transfer_account is None


# ---------------------------------------------------------------- statements


def test_a_statement_confirms_who_paid_exactly_and_twice_is_once(guest, account, loan, now):
    lan, minh, hoa = guest(1), guest(2), guest(3)
    one, two, three = order_of(lan), order_of(minh), order_of(hoa)
    rows = sheet(
        (PRICE, f"MBVCB.99.{one.code}.CT tu LE AN", "FT1"),
        (PRICE - 1, f"{two.code[:5]} {two.code[5:]}".lower(), "FT2"),
        (PRICE, "ung ho dien dan", "FT3"),
        (PRICE, f"{one.code} {three.code}", "FT4"),
    )
    assert bring(account, loan, rows, now) == 4
    assert [state(one) for one in (lan, minh, hoa)] == [State.CONFIRMED, State.UNPAID, State.UNPAID]
    found = {line.reference: (line.state, line.reason) for line in BankLine.objects.all()}
    assert found == {
        "FT1": ("counted", ""),
        "FT2": ("unclear", "amount"),
        "FT3": ("unknown", ""),
        "FT4": ("unclear", "several"),
    }
    assert bring(account, loan, rows, now) == 0
    assert LedgerEntry.objects.count() == 1
    assert BankLine.objects.count() == 4
    assert Statement.objects.filter(content=None).count() == 2
    assert Letter.objects.filter(kind="payment_received").count() == 1


def test_the_preview_says_what_would_happen_and_writes_nothing(guest, account, loan, now, django_assert_num_queries):
    order = order_of(guest(1))
    paid = order_of(guest(2))
    paid.receive(PRICE, reference="PT 1", at=now, by=loan)
    rows = sheet((PRICE, order.code, "FT1"), (PRICE, order.code, "FT2"), (PRICE, paid.code, "FT3"), (PRICE, "x", "FT4"))
    lines = statement.read("a.csv", io.BytesIO(rows)).lines
    with django_assert_num_queries(4):
        judged = bank.judge(account, lines)
    assert [(one.fits, one.reason) for one in judged] == [(True, ""), (False, "paid"), (False, "paid"), (False, "")]
    with django_assert_num_queries(4):
        bank.judge(account, lines * 10)
    assert not BankLine.objects.exists()
    bring(account, loan, rows, now)
    assert all(one.is_known for one in bank.judge(account, lines))


def test_strangers_transfers_can_be_left_out(guest, account, loan, now):
    rows = sheet((PRICE, order_of(guest()).code, "FT1"), (70_000, "tien an trua", "FT2"))
    assert bring(account, loan, rows, now, only_named=True) == 1


def test_money_that_comes_after_the_hold_takes_a_free_seat(guest, account, loan, now):
    lan = guest()
    order = order_of(lan)
    Registration.objects.filter(pk=lan.pk).update(hold_until=now - timedelta(hours=1))
    tick.tidy_lapsed_holds(now)
    tick.close_orders(now)
    assert state(lan) == State.EXPIRED
    bring(account, loan, sheet((PRICE, order.code, "FT1")), now)
    assert state(lan) == State.CONFIRMED


def test_a_person_says_what_a_transfer_is_for_and_why(guest, account, loan, now):
    lan, minh = guest(1, full_name="Lê Thị Lan"), guest(2)
    order = order_of(lan)
    wrong = order.code[:-2] + next(c for c in codes.ALPHABET if c != order.code[-2]) + order.code[-1]
    bring(account, loan, sheet((PRICE, f"{wrong} LE THI LAN", "FT1"), (PRICE // 2, order_of(minh).code, "FT2")), now)
    line, part = BankLine.objects.get(reference="FT1"), BankLine.objects.get(reference="FT2")
    best = bank.suggestions(line, at=now)[0]
    assert (best.order, best.nearly, best.amount, best.name) == (order, True, True, True)
    assert state(lan) == State.UNPAID
    line.count_for(order, at=now, by=loan, why="Gõ nhầm một chữ")
    assert state(lan) == State.CONFIRMED
    assert (line.state, line.decided_by, line.why) == ("counted", loan, "Gõ nhầm một chữ")
    assert AuditEntry.objects.filter(verb="transfer.counted", actor=loan).exists()
    with pytest.raises(CannotMatch):
        line.count_for(order_of(minh), at=now, by=loan, why="lần nữa")
    # Half of the money is booked where it belongs, and waits there for what a person decides about it.
    part.count_for(order_of(minh), at=now, by=loan, why="Trả trước một nửa")
    assert order_of(minh).payments.get().state == Payment.State.MISMATCH
    assert state(minh) == State.UNPAID


def test_what_is_not_for_us_is_set_aside_and_can_be_taken_up_again(account, loan, now):
    bring(account, loan, sheet((PRICE, "tien dien", "FT1")), now)
    line = BankLine.objects.get()
    assert line.set_aside(at=now, by=loan, why="Tiền điện")
    assert not line.set_aside(at=now, by=loan, why="lần nữa")
    assert not BankLine.objects.waiting().exists()
    assert line.take_up_again(at=now, by=loan)
    assert line.state == "unknown"


def test_texts_of_transfers_and_files_go_when_their_time_is_up(guest, account, loan, now):
    bring(account, loan, sheet((PRICE, order_of(guest()).code, "FT1")), now)
    run = Statement.objects.create(account=account, by=loan, at=now, file_name="b.csv", content=b"x")
    tick.empty_transfers(now + timedelta(days=1))
    assert BankLine.objects.get().text
    tick.empty_transfers(now + timedelta(days=367))
    line = BankLine.objects.get()
    assert (line.text, line.name, line.amount, line.state) == ("", "", PRICE, "counted")
    run.refresh_from_db()
    assert (run.state, run.content) == ("forgotten", None)


def test_an_account_that_money_came_to_keeps_its_number(account, loan, now):
    bring(account, loan, sheet((PRICE, "x", "FT1")), now)
    account.account = "999"
    with pytest.raises(ValidationError):
        account.full_clean()


# ---------------------------------------------------------------- the watcher of the account


@pytest.fixture
def tell(client, db, settings, now):
    settings.BANK_NOTIFIER_SECRETS = ["new", "old"]

    def tell(secret: str = "new", stamp: int | None = None, body: bytes | None = None, **said):
        words = {
            "id": "n-1",
            "account": "1017595600",
            "amount": PRICE,
            "at": now.isoformat(),
            "text": "",
            "reference": "FT1",
        }
        body = json.dumps(words | said).encode() if body is None else body
        header = notifier.sign(body, secret, int(now.timestamp()) if stamp is None else stamp)
        answer = client.post(
            "/thong-bao/ngan-hang/", body, content_type="application/json", headers={notifier.HEADER: header}
        )
        tick.act_on_messages(timezone.now())
        return answer

    return tell


def test_the_watcher_tells_and_the_ticket_goes_out_once(tell, guest, account, loan, now):
    lan = guest()
    order = order_of(lan)
    for _again in range(2):
        assert tell(text=f"CT {order.code}").status_code == 200
    assert state(lan) == State.CONFIRMED
    # The statement of the same day brings the same money once more, by the same reference or by another.
    bring(account, loan, sheet((PRICE, order.code, "FT1")), now)
    bring(account, loan, sheet((PRICE, order.code, "FT1-B")), now)
    assert LedgerEntry.objects.count() == 1
    assert BankLine.objects.get(reference="FT1-B").reason == "told_twice"


def test_only_who_knows_a_secret_is_believed(tell, account, now):
    assert tell(secret="old", id="n-2").status_code == 200
    assert tell(secret="guessed").status_code == 400
    assert tell(stamp=int(now.timestamp()) - 400).status_code == 400
    for body in (b"", b"\xff\xfe", b"[]", b"{}", b"[" * 20_000, b'{"amount": 1}', b"x" * 30_000):
        assert tell(body=body).status_code == 400, body[:10]
    assert ProviderEvent.objects.count() == 1


def test_without_a_secret_nobody_is_believed(tell, settings):
    settings.BANK_NOTIFIER_SECRETS = []
    assert tell(secret="").status_code == 400


def test_a_message_about_an_account_that_is_not_ours_waits_in_the_inbox(tell, account):
    assert tell(account="5").status_code == 200
    event = ProviderEvent.objects.get()
    assert (event.done_at, event.error) == (None, "UnknownAccount")
    assert not BankLine.objects.exists()


def test_of_two_accounts_with_one_number_the_bank_says_which(tell, guest, account, now):
    twin = BankAccount.objects.create(bank_bin="970416", bank_name="Khác", account=account.account, holder="BTC")
    lan, minh = guest(1), guest(2)
    tell(text=order_of(lan).code)
    event = ProviderEvent.objects.get()
    assert (event.done_at, event.error) == (None, "UnknownAccount")
    tell(id="n-2", text=order_of(minh).code, bank="970416")
    assert BankLine.objects.get().account == twin
    assert [state(one) for one in (lan, minh)] == [State.UNPAID, State.CONFIRMED]
    assert tell(id="n-3", bank="97041").status_code == 400
    assert tell(id="n-4", bank="970499").status_code == 200
    assert BankLine.objects.count() == 1


def test_a_message_that_was_given_up_is_shown_to_the_accountants(client, tell, account, loan, now):
    tell(account="5")
    client.force_login(loan)
    assert "không xử lý được" not in client.get("/quan-tri/").text
    for _again in inbox.WAITS:
        inbox.act(ProviderEvent.objects.get(), now)
    assert "1 thông báo của cổng thanh toán không xử lý được" in client.get("/quan-tri/").text
    assert "UnknownAccount" in client.get("/quan-tri/doi-soat/").text


def test_messages_that_name_somebody_are_told_and_erased_on_request(tell, guest, account, ha, now):
    lan, minh = guest(1), guest(2)
    code = order_of(lan).code
    tell(text=f"CT {code}", name="LE THI LAN")
    tell(id="n-2", text=order_of(minh).code, reference="FT2")
    tell(id="n-3", text=f"CT {code} lan nua", account="5")  # waits
    found = {one.holding.key: one for one in personal_data.everything(lan.email)}["provider_messages"]
    assert len(found.rows) == 2
    assert any("LE THI LAN" in row["body"] for row in found.rows)
    personal_data.erase(lan.email, at=now, by=ha, reason="Đơn")
    left = ProviderEvent.objects.order_by("pk").values_list("event_id", flat=True)
    assert list(left) == ["n-2", "n-3"], "what nobody has acted upon yet may be money"
    tick.forget_messages(timezone.now() + timedelta(days=93))
    assert not ProviderEvent.objects.exists()


# ---------------------------------------------------------------- confirmations of payment


def test_every_paid_order_has_a_confirmation_and_numbers_have_no_gaps(guest, account, loan, now):
    orders = [order_of(guest(n)) for n in (1, 2, 3)]
    bring(account, loan, sheet(*[(PRICE, order.code, f"FT{order.pk}") for order in orders]), now)
    papers = list(Confirmation.objects.order_by("number"))
    assert [paper.number for paper in papers] == [1, 2, 3]
    assert [paper.order for paper in papers] == orders
    assert str(papers[0]) == f"XNTT-{timezone.localdate().year}-000001"
    assert papers[0].snapshot["references"] == [BankLine.objects.get(order=orders[0]).external_id]
