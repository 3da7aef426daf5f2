"""The paper itself: looked at as a picture, read as text, judged by checkers."""

import io
import unicodedata
import zlib

import pydyf
import pytest
import zxingcpp
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation
from fontTools import subset
from fontTools.ttLib import TTFont

from certificates import design, pdf
from certificates.models import Certificate
from tests.certificates import paper

SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
ALPHABET = SMALL + SMALL.upper()
SAME = 25  # pixels; right letters measure 0 to 14, one wrong tone 80 to 160


def name_size(certificate: Certificate) -> float:
    return float(design.certificate_context(certificate)["name"].size)


@pytest.mark.parametrize("letters", [ALPHABET[at : at + 17] for at in range(0, len(ALPHABET), 17)])
def test_every_vietnamese_letter_is_printed_as_the_font_draws_it(issue, letters):
    certificate = issue(name=letters)
    printed = paper.name_line(paper.picture(certificate.pdf()))
    assert paper.strangeness(printed, letters, name_size(certificate)) < SAME


def test_a_name_is_printed_as_the_font_draws_it(issue):
    certificate = issue()
    printed = paper.name_line(paper.picture(certificate.pdf()))
    assert paper.strangeness(printed, "Nguyễn Thị Thanh Huyền", name_size(certificate)) < SAME


def without_vietnamese() -> bytes:
    """The same face with every letter but ễ: what a font split for the web does to a paper."""
    font = TTFont(pdf.FOLDER / "fonts" / "BeVietnamPro-Regular.ttf")
    cutter = subset.Subsetter()
    cutter.populate(unicodes=[code for code in font.getBestCmap() if code != ord("ễ")])
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def test_the_picture_check_sees_a_font_that_lacks_a_letter(issue):
    """The control: without it the two tests above would prove nothing."""
    certificate = issue()
    with translation.override("vi"):
        html = render_to_string(
            "certificates/papers/certificate-1.html", {"lang": "vi", **design.certificate_context(certificate)}
        )
    face = '<style>@font-face { font-family: Cut; src: url("asset:cut.ttf") } .name { font-family: Cut }</style></head>'
    content = pdf._print(
        html.replace("</head>", face), "certificate-1.css", {"cut.ttf": (without_vietnamese(), "font/ttf")}, ()
    )
    assert "Nguy" in paper.text(content)
    assert (
        paper.strangeness(paper.name_line(paper.picture(content)), certificate.name, name_size(certificate)) > 2 * SAME
    )


@pytest.mark.parametrize("other", ["Nguyên Thị Thanh Huyền", "Nguyễn Thi Thanh Huyền", "Nguyễn Thị Thanh Huyễn"])
def test_the_picture_check_sees_one_wrong_tone(issue, other):
    certificate = issue()
    printed = paper.name_line(paper.picture(certificate.pdf()))
    assert paper.strangeness(printed, other, name_size(certificate)) > 2 * SAME


def test_no_stream_ends_in_a_way_that_two_checkers_count_differently():
    """One stream in 256 ends in CR by chance; with LF alone after it, its length could be read in two ways."""
    pdf._kit()
    words = b"\f"
    assert zlib.compress(words)[-1:] == b"\r"
    assert pydyf.Stream([words], compress=True).data.endswith(b"\r\r\nendstream")
    assert not pydyf.Stream([b"1"], compress=True).data.endswith(b"\r\nendstream")


@pytest.mark.parametrize("kind", ["attendance", "completion"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("sample", [True, False])
def test_a_certificate_is_archive_grade_and_tagged(issue, kind, language, sample):
    content = issue(kind=kind, language=language, sample=sample).pdf()
    assert paper.failures(content) == []
    assert paper.pages(content) == 1


@override_settings(SITE_URL="https://dien-dan.example")
def test_its_qr_code_opens_the_verify_page(issue):
    certificate = issue()
    found = zxingcpp.read_barcodes(paper.picture(certificate.pdf(), dpi=100))
    assert [code.text for code in found] == [f"HTTPS://DIEN-DAN.EXAMPLE/C/{certificate.token}"]


def test_equal_words_give_equal_bytes(issue):
    certificate = issue()
    first = certificate.pdf()
    issue(reason="event:7:registration:2", name="Vũ Ân").pdf()
    assert Certificate.objects.get(pk=certificate.pk).pdf() == first


def test_it_speaks_its_own_language_and_one_line_of_the_other(issue):
    with translation.override("en"):
        vietnamese = paper.text(issue().pdf())
    with translation.override("vi"):
        english = paper.text(issue(reason="x:2", language="en").pdf())
    assert "GIẤY CHỨNG NHẬN" in vietnamese
    assert "Certificate of attendance: 7th National Innovative Start-up Forum" in " ".join(vietnamese.split())
    assert "ngày 12 tháng 9 năm 2025" in vietnamese.lower()
    assert "6 giờ" in vietnamese
    assert "CERTIFICATE" in english
    assert "6 hours" in english
    assert "12 September 2025" in english
    assert "Giấy chứng nhận tham dự: Diễn đàn Khởi nghiệp" in " ".join(english.split())


def test_only_a_sample_says_so(issue):
    assert "BẢN MẪU" in " ".join(paper.text(issue(sample=True).pdf(), "-raw").split())
    assert "BẢN MẪU" not in " ".join(paper.text(issue(reason="x:2", sample=False).pdf(), "-raw").split())


def test_the_printed_day_is_the_one_on_the_office_clock(issue):
    from datetime import UTC, datetime

    assert "ngày 1 tháng 1 năm 2026" in paper.text(issue(at=datetime(2025, 12, 31, 18, tzinfo=UTC)).pdf()).lower()


LONG = "Công Tằng Tôn Nữ Phương Nghiêng Hoàng Thị Thanh Huyền Nguyễn"


@pytest.mark.parametrize("name", [LONG, "W" * 60, "Nguyễn " * 30, "Vũ Ân", "Ậ" * 200])
def test_a_name_of_any_length_stands_inside_the_frame(issue, name):
    image = paper.picture(issue(name=name).pdf(), dpi=72)
    mm = 72 / 25.4
    for strip in ((11.5, 66, 18, 93), (279, 66, 285.5, 93)):
        box = tuple(int(edge * mm) for edge in strip)
        assert min(image.crop(box).convert("L").tobytes()) > 200


def test_a_name_of_sixty_letters_is_still_read_without_a_glass(issue):
    assert len(LONG) == 60
    assert name_size(issue(name=LONG)) > 20


def test_a_long_title_takes_two_lines_and_stays_above_the_signature(issue):
    title = (
        "Mô hình chính quyền địa phương hai cấp: tổ chức, phân cấp, phân quyền, phân định thẩm quyền và phối hợp " * 2
    )
    content = issue(title_vi=title.strip(), title_en=title.strip()).pdf()
    assert paper.pages(content) == 1
    assert paper.failures(content) == []
    image = paper.picture(content, dpi=72).convert("L")
    mm = 72 / 25.4
    assert min(image.crop((int(60 * mm), int(136.5 * mm), int(180 * mm), int(138.5 * mm))).tobytes()) > 200


def test_a_name_typed_in_parts_comes_out_whole(issue):
    certificate = issue(name=unicodedata.normalize("NFD", "Nguyễn Thị Thanh Huyền"))
    assert certificate.name == "Nguyễn Thị Thanh Huyền"
    content = certificate.pdf()
    assert "Nguyễn Thị Thanh Huyền" in paper.text(content)
    printed = paper.name_line(paper.picture(content))
    assert paper.strangeness(printed, certificate.name, name_size(certificate)) < SAME


@pytest.mark.parametrize(
    "hostile",
    [
        "{0.__class__}",
        "{{ settings.SECRET_KEY }}",
        "{% load x %}",
        "<b>in đậm</b>",
        "%(issuer)s",
        '"><img src=x>',
        "a & b",
    ],
)
def test_hostile_words_come_out_as_they_were_typed(issue, hostile):
    said = "".join(paper.text(issue(name=hostile, issuer_vi=hostile).pdf()).split())
    assert said.count("".join(hostile.split())) >= 2


def test_the_name_is_not_in_the_file_s_description(issue):
    content = issue().pdf()
    described = paper.inside(content).split(b"<x:xmpmeta")[-1].split(b"</x:xmpmeta>")[0]
    assert "Huyền".encode() not in described


def test_a_ticket_is_printed_through_the_same_door(db):
    from certificates import qr

    context = {
        "event_name": "Diễn đàn Khởi nghiệp sáng tạo Quốc gia lần thứ 7 – Quảng Ninh 2025",
        "full_name": "Nguyễn Thị Thanh Huyền",
        "organisation": "Ủy ban nhân dân phường Hồng Gai",
        "position": "Phó Chủ tịch",
        "ticket_type": "Đại biểu",
        "date": "Thứ Tư, 10/9/2025",
        "time": "07:30",
        "venue": "Khu du lịch Bãi Cháy",
        "gate": "A",
        "code": "H4XQ7MZK2WNB5RTYC3DJ6PVLAE",
        "qr_svg": qr.svg(qr.link("T", "H4XQ7MZK2WNB5RTYC3DJ6PVLAE"), "Mã QR của vé"),
        "sample": True,
    }
    with translation.override("vi"):
        content = pdf.render_paper("events/papers/ticket.html", context, css="ticket.css")
    assert paper.failures(content) == []
    assert paper.pages(content) == 1
    assert "Mở cửa" in paper.text(content)
    codes = zxingcpp.read_barcodes(paper.picture(content, dpi=100))
    assert [code.text for code in codes] == [qr.link("T", "H4XQ7MZK2WNB5RTYC3DJ6PVLAE")]


def test_a_png_of_a_code_for_letters_can_be_read():
    from PIL import Image

    from certificates import qr

    image = Image.open(io.BytesIO(qr.png(qr.link("T", "H4XQ7MZK2WNB5RTYC3DJ6PVLAE"), 6)))
    assert [code.text for code in zxingcpp.read_barcodes(image)] == [qr.link("T", "H4XQ7MZK2WNB5RTYC3DJ6PVLAE")]
