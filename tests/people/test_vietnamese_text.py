"""Names, numbers and words as people in Quảng Ninh write them."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from people.formfields import EmailField, NameField, PhoneField, TextField
from people.text import Bilingual, fold, name_key, nfc, phone, search_text, slug, sort_key


def test_folding_takes_off_tones_hooks_and_strokes():
    assert fold("Đổi mới sáng tạo ở đặc khu") == "Doi moi sang tao o dac khu"
    assert fold(unicodedata.normalize("NFD", "Đổi mới")) == "Doi moi"
    assert search_text("Phường  Hà Khẩu", "", None, "22") == "phuong ha khau 22"
    assert slug("Đặc khu Vân Đồn") == "dac-khu-van-don"


def test_sorting_knows_the_vietnamese_alphabet():
    words = ["Đông", "Áo", "Dung", "an", "Anh", "Ân", "Ơn", "Ôn"]
    assert sorted(words, key=sort_key) == ["an", "Anh", "Áo", "Ân", "Dung", "Đông", "Ôn", "Ơn"]
    assert sort_key("ma") < sort_key("mà") < sort_key("mả") < sort_key("mã") < sort_key("má") < sort_key("mạ")
    assert sort_key(unicodedata.normalize("NFD", "Mạo Khê")) == sort_key("Mạo Khê")
    assert sort_key("\u0301 Hà") is not None


def test_people_are_listed_by_given_name():
    names = ["Trần Văn An", "Lê Thị Bình", "Nguyễn An", "Đỗ Ân"]
    assert sorted(names, key=name_key) == ["Nguyễn An", "Trần Văn An", "Đỗ Ân", "Lê Thị Bình"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("(0203) 3821 234", "+842033821234"),
        ("+49 30 123456", "+4930123456"),
        ("0084 912 345 678", "+84912345678"),
    ],
)
def test_telephone_numbers_are_kept_in_one_form(typed, kept):
    assert phone(typed) == kept


@pytest.mark.parametrize("typed", ["0123", "01234567890", "hello", "", "٠912345678"])
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(ValueError):
        phone(typed)


def test_a_telephone_is_shown_as_people_write_it():
    assert PhoneField().prepare_value("+84912345678") == "0912 345 678"
    assert PhoneField(required=False).clean("") == ""


def test_a_name_is_composed_and_trimmed_but_not_judged():
    assert NameField().clean("  Nguyễn   Thị Bình ") == nfc("Nguyễn Thị Bình")
    assert NameField().clean("O'Brien-Müller Jr.") == "O'Brien-Müller Jr."


@pytest.mark.parametrize("typed", ["http://spam.example", "<b>An</b>", "12345", "A", "An\x00", "www.spam.example An"])
def test_a_link_or_markup_is_no_name(typed):
    with pytest.raises(ValidationError):
        NameField().clean(typed)


def test_an_address_is_one_mailbox_however_it_is_typed():
    assert EmailField().clean(" Huyen@Mau.Example ") == "huyen@mau.example"
    with pytest.raises(ValidationError, match="@"):
        EmailField().clean("huyen@")


def test_free_text_keeps_its_lines_and_loses_control_characters():
    assert TextField(lines=True).clean("a\r\nb") == "a\nb"
    with pytest.raises(ValidationError):
        TextField().clean("a\x07b")


def test_a_record_speaks_the_readers_language_or_vietnamese():
    class Record:
        name = Bilingual()
        name_vi, name_en = "Phường Hà Tu", "Hà Tu Ward"

    record = Record()
    assert record.name == "Phường Hà Tu"
    with translation.override("en"):
        assert record.name == "Hà Tu Ward"
        record.name_en = ""
        assert record.name == "Phường Hà Tu"
