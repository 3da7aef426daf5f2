"""What a bank's app reads, what a bank's statement says, and what a program that watches the account may tell us."""

import io
import json
from datetime import UTC, date, datetime

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from events.payments import codes, notifier, statement, vietqr
from events.payments.notifier import BadNotice
from events.payments.vietqr import BadPayload, BadTransfer, Transfer
from people.sheets import Unreadable

# The vectors: an npm library's README, and what three Python libraries agree on.
VECTORS = [
    (
        Transfer("970416", "257678859", 10000, "Chuyen tien"),
        "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
        "53037045405100005802VN62150811Chuyen tien630453E6",
    ),
    (
        Transfer("970436", "1017595600", 180000, "DDKN7 A1B2C3"),
        "00020101021238540010A00000072701240006970436011010175956000208QRIBFTTA"
        "530370454061800005802VN62160812DDKN7 A1B2C36304D08A",
    ),
]
PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
transfers = st.builds(
    Transfer,
    st.text("0123456789", min_size=6, max_size=6),
    st.text(PLAIN, min_size=1, max_size=19),
    st.none() | st.integers(1, vietqr.MOST),
    st.text(PLAIN + " ", max_size=19).map(str.strip),
)


# ---------------------------------------------------------------- VietQR


@pytest.mark.parametrize(("transfer", "payload"), VECTORS)
def test_the_known_transfers_give_the_known_payloads(transfer, payload):
    assert transfer.payload == payload
    assert vietqr.parse(payload) == transfer


@settings(max_examples=60, deadline=None)
@given(transfers, st.data())
def test_what_was_built_is_read_back_and_any_changed_character_is_noticed(transfer, data):
    payload = transfer.payload
    assert vietqr.parse(payload) == transfer
    place = data.draw(st.integers(0, len(payload) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != payload[place]) | st.just("é"))
    with pytest.raises(BadPayload):
        vietqr.parse(payload[:place] + other + payload[place + 1 :])


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank": "97043"},
        {"bank": "97043٦"},
        {"account": ""},
        {"account": "1" * 20},
        {"account": "101 759"},
        {"amount": 0},
        {"amount": 500_000_000},
        {"memo": "Chuyển tiền"},
        {"memo": "A" * 20},
        {"memo": "A-1"},
    ],
)
def test_what_no_bank_would_take_is_not_drawn(wrong):
    with pytest.raises(BadTransfer):
        Transfer(**{"bank": "970436", "account": "1017595600", "amount": 1, "memo": "A"} | wrong)


def test_another_reader_reads_the_picture_of_the_letter():
    transfer = VECTORS[1][0]
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(transfer.png())).convert("L"))
    assert found.text == transfer.payload


# ---------------------------------------------------------------- codes


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["DDKN7", "VE7", "V"]), st.data())
def test_one_wrong_letter_in_a_code_never_passes(prefix, data):
    code = codes.new_code(prefix)
    assert codes.found_in(code, [prefix]) == [code]
    place = data.draw(st.integers(len(prefix), len(code) - 1))
    other = data.draw(st.sampled_from(codes.ALPHABET.replace(code[place], "")))
    wrong = code[:place] + other + code[place + 1 :]
    assert codes.found_in(wrong, [prefix]) == []
    assert codes.is_nearly(code, f"CT DEN {wrong} LE AN")
    assert not codes.is_nearly(code, "CT DEN 123456 LE AN chuyen tien mung tuoi")


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "MBVCB.123456.{}.CT tu 0123 LE AN toi 456",
        "ddkn7 {lower}",
        "Lê An chuyển tiền {spaced} cảm ơn",
        "CHUYENTIEN{}LEAN",
        "{dashed}; ma vé",
    ],
)
def test_a_code_is_found_whatever_the_bank_made_of_the_text(text):
    code = f"DDKN7ACDEFG{codes.check('ACDEFG')}"
    spelled = text.format(
        code, lower=code[5:].lower(), spaced=" ".join(code), dashed=f"{code[:5].title()}-{code[5:8]}.{code[8:]}"
    )
    assert codes.found_in(spelled, ["VE7", "DDKN7"]) == [code]


def test_two_codes_are_two_and_the_same_one_twice_is_one():
    one, two = codes.new_code("VE7"), codes.new_code("DDKN7")
    assert codes.found_in(f"{two} va {one}, {two}", ["VE7", "DDKN7"]) == [two, one]


# ---------------------------------------------------------------- statements


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.500.000", 1_500_000),
        ("1,500,000.00", 1_500_000),
        ("+1.500.000 VND", 1_500_000),
        ("1.500.000,00 đ", 1_500_000),
        ("1500000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("500.000", 500_000),
        ("1500000.0", 1_500_000),
        ("-500,000", -500_000),
        ("(500.000)", -500_000),
        ("500,000 -", -500_000),
        ("0", 0),
    ],
)
def test_amounts_are_read_in_the_vietnamese_and_in_the_english_way(text, amount):
    assert statement.amount_of(text) == amount


@pytest.mark.parametrize("text", ["", "abc", "1.50.000", "1,5", "1.500.5", "12/11/2026", "1e6", "1.500,000.000", "٣"])
def test_what_is_no_amount_of_dong_is_not_guessed(text):
    with pytest.raises(statement.NotAnAmount):
        statement.amount_of(text)


def test_days_are_read_day_first_and_in_iso():
    for text in ("24/11/2026", "24-11-2026", "24.11.26", "2026-11-24"):
        assert statement.day_of(text) == (date(2026, 11, 24), None), text
    for text in ("24/11/2026 10:05", "2026-11-24T10:05:00", "2026-11-24 10:05"):
        assert statement.day_of(text) == (date(2026, 11, 24), datetime(2026, 11, 24, 10, 5)), text
    for text in ("11/24/2026", "31/02/2026", "20261124", "soon", "24/11/1826"):
        with pytest.raises(statement.NotADate):
            statement.day_of(text)


CSV = """NGÂN HÀNG MẪU;;;;
Tài khoản: 1017595600;;;;
;;;;
Ngày giao dịch;Số bút toán;Ghi nợ / Debit;Ghi có / Credit;Diễn giải
24/11/2026 09:15;FT1;;500.000;DDKN7 ABC
24/11/2026;FT2;20.000;;Phi
hom qua;FT3;;1.000;x
25/11/2026;;;5OO;y
25/11/2026;;;700.000;Le An
25/11/2026;;;700.000;Le An
Tổng cộng;;20.000;1.900.000;
"""


def bank_csv(text: str = CSV, name: str = "sao-ke.csv", **more):
    return statement.read(name, io.BytesIO(text.encode()), **more)


def test_a_statement_is_read_below_its_titles_and_what_is_wrong_is_named_by_row_and_column():
    found = bank_csv()
    assert found.columns == {"date": 0, "reference": 1, "debit": 2, "credit": 3, "text": 4}
    first = found.lines[0]
    assert (first.row, first.day, first.amount, first.reference) == (5, date(2026, 11, 24), 500_000, "FT1")
    assert first.occurred == datetime(2026, 11, 24, 9, 15)
    assert [line.amount for line in found.lines] == [500_000, 700_000, 700_000]
    assert found.lines[1].reference != found.lines[2].reference
    assert found.lines == bank_csv().lines
    assert found.out == 1
    assert [(problem.row, problem.column[0]) for problem in found.problems] == [(7, "A"), (8, "D")]


def test_columns_that_nobody_could_guess_are_chosen_once_and_remembered():
    rows = CSV.replace("Ngày giao dịch;Số bút toán;Ghi nợ / Debit;Ghi có / Credit;Diễn giải", "A;B;C;D;E")
    unknown = bank_csv(rows)
    assert (unknown.headings, unknown.missing, unknown.lines) == (list("ABCDE"), ["date", "text", "credit"], [])
    chosen = bank_csv(rows, columns={"date": 0, "credit": 3, "text": 4, "reference": 1})
    assert len(chosen.lines) == 3
    again = bank_csv(rows, known=chosen.remember())
    assert [line.amount for line in again.lines] == [500_000, 700_000, 700_000]
    # Another bank's headings: what was remembered does not count there.
    assert len(bank_csv(known=chosen.remember()).lines) == 3


def test_a_workbook_with_one_signed_column_is_read_too_and_a_letter_is_not():
    book = Workbook()
    for row in (
        ["Statement"],
        ["Date", "Description", "Amount", "Reference"],
        [datetime(2026, 11, 24), "DDKN7", 500000, "R1"],
        [datetime(2026, 11, 25), "fee", -11000, "R2"],
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    (line,) = statement.read("a.xlsx", file).lines
    assert (line.day, line.amount, line.reference) == (date(2026, 11, 24), 500_000, "R1")
    with pytest.raises(Unreadable):
        bank_csv("Kính gửi;Quý vị\nXin;chào\n")


# ---------------------------------------------------------------- the notifier

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SAID = {
    "id": "n-1",
    "account": "1017595600",
    "amount": 500_000,
    "at": "2026-11-24T16:59:00+07:00",
    "text": "DDKN7",
    "reference": "FT1",
}
STAMP = int(NOW.timestamp())


def test_a_message_signed_with_either_secret_is_read():
    body = json.dumps(SAID).encode()
    for secret in ("old", "new"):
        notifier.verify(body, notifier.sign(body, secret, STAMP), ["old", "new"], at=NOW)
    both = f"{notifier.sign(body, 'lost', STAMP)},v1={notifier.digest(body, 'new', str(STAMP))}"
    notifier.verify(body, both, ["new"], at=NOW)
    notice = notifier.read(body)
    assert (notice.amount, notice.occurred_at) == (500_000, datetime(2026, 11, 24, 9, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=,v1=",
        f"t={STAMP}",
        f"t={STAMP},v1=é",
        f"t={STAMP},v1={'0' * 64}",
        f"t={STAMP},t={STAMP},v1={'0' * 64}",
        notifier.sign(b"{}", "other", STAMP),
        notifier.sign(b"{ }", "mine", STAMP),
        notifier.sign(b"{}", "", STAMP),
        notifier.sign(b"{}", "mine", STAMP - 301),
        notifier.sign(b"{}", "mine", STAMP + 301),
    ],
)
def test_what_is_not_signed_by_us_now_is_refused(header):
    notifier.verify(b"{}", notifier.sign(b"{}", "mine", STAMP - 299), ["mine"], at=NOW)
    with pytest.raises(BadNotice):
        notifier.verify(b"{}", header, ["mine", ""], at=NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"1",
        b"[" * 20_000,
        b"{}",
        b'{"amount": NaN}',
        *(
            json.dumps(SAID | change).encode()
            for change in (
                {"amount": True},
                {"amount": 1.5},
                {"amount": -1},
                {"amount": 10**30},
                {"id": ""},
                {"id": 5},
                {"at": "yesterday"},
                {"at": "2026-11-24T16:59:00"},
                {"at": "0001-01-01T00:00:00+14:00"},
                {"text": "a\x00b"},
                {"reference": "x" * 101},
                {"account": None},
            )
        ),
    ],
)
def test_a_message_of_another_form_is_refused(body):
    with pytest.raises(BadNotice):
        notifier.read(body)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=100))
def test_nothing_at_all_makes_the_reader_fail_otherwise(body, header):
    for step in (lambda: notifier.verify(body, header, ["mine"], at=NOW), lambda: notifier.read(body)):
        with pytest.raises(BadNotice):
            step()
