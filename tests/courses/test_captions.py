"""Captions of every kind that authors have: made clean, or refused with a sentence that says where; never a crash."""

import json
import random
import unicodedata
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.models import Collection
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from courses import captions
from courses.film_block import FilmBlock

SAID = [
    (1000, 4000, "Xin chào. Tiếp nhận hồ sơ phi địa giới, năm bước."),
    (4000, 6500, "Cư trú ở Cô Tô, nộp ở Bãi Cháy: được."),
    (70_000, 3_723_450, "Trả kết quả đúng hẹn & đúng nơi."),
]
CLEAN = """WEBVTT

00:00:01.000 --> 00:00:04.000
Xin chào. Tiếp nhận hồ sơ phi địa giới, năm bước.

00:00:04.000 --> 00:00:06.500
Cư trú ở Cô Tô, nộp ở Bãi Cháy: được.

00:01:10.000 --> 01:02:03.450
Trả kết quả đúng hẹn &amp; đúng nơi.
"""


def written(kind: str, newline: str = "\n", form: str = "NFC") -> str:
    comma = "," if kind == "srt" else "."
    cues = []
    for number, (start, end, said) in enumerate(SAID, start=1):
        times = f"{captions.face(start)} --> {captions.face(end)}".replace(".", comma)
        cues.append(f"{number}\n{times}\n{said}" if kind == "srt" else f"{times}\n{said}")
    head = "" if kind == "srt" else "WEBVTT\n\nNOTE người viết: Sở\n\n"
    text = head + "\n\n".join(cues) + "\n"
    return unicodedata.normalize(form, text).replace("\n", newline)


def windows_1258(text: str) -> bytes:
    """As that code page writes Vietnamese: tones as signs of their own behind the letter."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        pieces.append(unicodedata.normalize("NFC", apart.replace(tone, "")) + tone if tone else letter)
    return "".join(pieces).encode("cp1258")


def tcvn3(text: str) -> bytes:
    from people.old_fonts import TCVN3

    back = {new: chr(old) for old, new in TCVN3.items()}
    return "".join(back.get(ord(letter), letter) for letter in text).encode("cp1252")


ENCODINGS = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 LE with a mark": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE with a mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-32 LE with a mark": lambda text: b"\xff\xfe\0\0" + text.encode("utf-32-le"),
    "UTF-32 BE with a mark": lambda text: b"\0\0\xfe\xff" + text.encode("utf-32-be"),
    "UTF-16 LE without a mark": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE without a mark": lambda text: text.encode("utf-16-be"),
    "Windows-1258": windows_1258,
    "TCVN3": tcvn3,
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_and_both_kinds_become_the_same_clean_file(encoding):
    for kind in ("srt", "vtt"):
        for newline in ("\n", "\r\n"):
            data = ENCODINGS[encoding](written(kind, newline))
            assert captions.webvtt(data) == CLEAN, (kind, newline)
    if encoding.startswith("UTF"):
        assert captions.webvtt(ENCODINGS[encoding](written("vtt", "\r", "NFD"))) == CLEAN


def test_what_is_clean_stays_as_it_is():
    assert captions.webvtt(CLEAN.encode()) == CLEAN


def test_marks_that_players_know_stay_and_others_become_text():
    data = (
        b"WEBVTT - phim\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nb\n"
        b"00:00:05.000 --> 00:00:06.000 line:0 region:x\n<v Lan><b>hai</b> < ba & b&amp;n</v>\n\n"
        b"a\n00:01.000 --> 00:02.500 align:start\n<font color=red><i>m\xe1\xbb\x99t</i></font> {\\an8}\n<script>x\n"
    )
    assert captions.webvtt(data) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500 align:start\n<i>một</i>\n&lt;script&gt;x\n\n"
        "00:00:05.000 --> 00:00:06.000 line:0\n<v Lan><b>hai</b> &lt; ba &amp; b&amp;n</v>\n"
    )


GOOD = "1\n00:00:01,000 --> 00:00:02,000\nmột\n\n"
MALFORMED = {
    "": "không có dòng phụ đề nào",
    "WEBVTT\n": "không có dòng phụ đề nào",
    "WEBVTT\n00:01.000 --> 00:02.000\nx": "thiếu một dòng trống",
    GOOD + "2\n00:00:03,000 -> 00:00:04,000\nhai\n": "Phụ đề thứ 2 (dòng 5",
    GOOD + "2\n00:00:03,000 --> 00:00:x4,000\nhai\n": "Phụ đề thứ 2 (dòng 6",
    GOOD + "2\n00:00:99,000 --> 00:01:04,000\nhai\n": "Phụ đề thứ 2 (dòng 6",
    GOOD + "2\n00:00:09,000 --> 00:00:04,000\nhai\n": "kết thúc trước khi bắt đầu",
    GOOD + "2\n00:00:03,000 --> 00:00:04,000\nhai\n00:00:05,000 --> 00:00:06,000\nba\n": "(dòng 8",
    GOOD + "chữ không có giờ\n": "không có dòng ghi giờ",
    GOOD + "2\n00:00:03,000 --> 00:00:04,000\nh\ufffdi\n": "có chữ bị hỏng",
    GOOD + "2\n00:00:03,000 --> 00:00:04,000\nh\x07i\n": "có chữ bị hỏng",
    "<html><body>Không tìm thấy</body></html>": "Phụ đề thứ 1 (dòng 1",
    "{\\rtf1\\ansi xin chao}": "Phụ đề thứ 1",
}


@pytest.mark.parametrize("text", MALFORMED)
def test_what_cannot_be_shown_is_refused_and_the_first_bad_place_named(text):
    with pytest.raises(captions.Malformed, match=r".") as problem:
        captions.webvtt(text.encode())
    assert MALFORMED[text] in str(problem.value)


def test_letters_nobody_can_tell_are_refused():
    cafe = "1\n00:00:01,000 --> 00:00:02,000\nle caf\xe9, \xfcbrig\xe7 \xf1\n"
    whole = written("srt").encode("utf-16")
    for data in (
        cafe.encode("latin-1"),
        whole[:-1],
        b"\xff\xfe\0\0abc",
        bytes(range(256)),
        b"\x00\x00\x00\x18ftypmp42",
    ):
        with pytest.raises(captions.Malformed):
            captions.webvtt(data)
    with pytest.raises(captions.Malformed, match="quá lớn"):
        captions.webvtt(b"x" * (captions.MOST_BYTES + 1))


def test_whatever_is_done_to_a_file_it_is_made_clean_or_refused():
    dice = random.Random(8)
    outcomes = {"clean": 0, "refused": 0}
    for _round in range(400):
        data = bytearray(dice.choice(list(ENCODINGS.values()))(written(dice.choice(["srt", "vtt"]))))
        for _hit in range(dice.randrange(1, 6)):
            place = dice.randrange(len(data))
            match dice.randrange(4):
                case 0:
                    data[place] = dice.randrange(256)
                case 1:
                    del data[place : place + dice.randrange(1, 9)]
                case 2:
                    data[place:place] = dice.randbytes(dice.randrange(1, 5))
                case 3:
                    data = data[:place] + b"x"
        try:
            made = captions.webvtt(bytes(data))
        except captions.Malformed:
            outcomes["refused"] += 1
        else:
            assert captions.webvtt(made.encode()) == made, "what was made clean is clean"
            outcomes["clean"] += 1
    assert min(outcomes.values()) > 20, outcomes


# ---------------------------------------------------------------- in the editor, and what a player gets


def stored(name: str, content: bytes):
    document = get_document_model()(title=name)
    document.file.save(name, ContentFile(content), save=False)
    document.save()
    document.get_file_size()
    document.get_file_hash()
    return document


def film(**fields):
    block = FilmBlock()
    value = {"title": "Phim", "seconds": 60, "coverage": 90, "by_transcript": True, "transcript": "<p>Lời</p>"} | fields
    return block.clean(block.to_python({k: getattr(v, "pk", v) for k, v in value.items()}))


@pytest.mark.django_db
def test_the_editor_reads_which_caption_is_wrong_and_a_player_gets_clean_ones(client, site_tree):
    video = stored("phim.mp4", b"0" * 2000)
    old = stored("cu.srt", windows_1258(written("srt", "\r\n")))
    bad = stored("hong.srt", (GOOD + "2\n00:00:03,000 -> 00:00:04,000\nhai\n").encode())
    with pytest.raises(StructBlockValidationError) as problem:
        film(file=video, captions=bad)
    assert "Phụ đề thứ 2 (dòng 5" in str(problem.value.block_errors["captions"])
    value = film(file=video, captions=old, transcript="")
    assert "Cư trú ở Cô Tô, nộp ở Bãi Cháy: được." in value["transcript"].source, "made from the captions"
    answer = client.get(f"/tep/{old.pk}/{old.filename}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert answer.content.decode() == CLEAN
    assert client.get(f"/tep/{old.pk}/{old.filename}", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get(f"/tep/{bad.pk}/{bad.filename}").status_code == 404


def through_the_form(client, lesson, video, captions_file) -> tuple[int, str]:
    """Upload the file into the library, choose it in the film of a lesson, save: what the editor answers."""
    name, content = captions_file
    answer = client.post(
        reverse("wagtaildocs:add"),
        {"title": name, "file": SimpleUploadedFile(name, content), "collection": Collection.get_first_root_node().pk},
    )
    assert answer.status_code == 302, "the library takes whatever bytes"
    film = {
        "title": "Phim",
        "file": video.pk,
        "others": streamfield([]),
        "audio": "",
        "captions": get_document_model().objects.order_by("pk").last().pk,
        "transcript": rich_text("<p>Lời</p>"),
        "poster": "",
        "seconds": "60",
        "coverage": "90",
        "by_transcript": "on",
    }
    form = {
        "title": lesson.title,
        "slug": lesson.slug,
        "goal": "",
        "body": streamfield([("film", film)]),
        "rule": "confirmed",
        "weight": "1",
        "sources": "",
        "seo_title": "",
        "search_description": "",
        "og_image": "",
        "comments": inline_formset([]),
    }
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), nested_form_data(form))
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_captions_come_in_through_the_editor_or_are_refused_there_with_a_sentence(client, workshop, minh):
    """Never a 500, whatever the bytes."""
    lesson = workshop.lesson(workshop.section(workshop.course(lessons=0)), "Có phim")
    client.force_login(minh)
    video = stored("phim.mp4", b"0" * 2000)
    for encoding in ENCODINGS:
        for kind in ("srt", "vtt"):
            answer = through_the_form(client, lesson, video, (f"phu-de.{kind}", ENCODINGS[encoding](written(kind))))
            assert answer[0] == 302, f"{encoding}, {kind}: saved"
    unread = "Không đọc được chữ trong tệp phụ đề. Hãy lưu tệp theo bảng mã UTF-8 rồi chọn lại."
    refused = [
        *((f"hong.{kind}", text.encode(), said) for text, said in MALFORMED.items() if text for kind in ("srt", "vtt")),
        (
            "lay-tu-may-khac.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nle caf\xe9, \xfcbrig\xe7 \xf1\n".encode("latin-1"),
            unread,
        ),
        ("nua-chu.srt", written("srt").encode("utf-16")[:-1], unread),
        ("phim.srt", b"\x00\x00\x00\x18ftypmp42", unread),
        ("moi-thu.vtt", bytes(range(256)), unread),
    ]
    for name, content, said in refused:
        status, html = through_the_form(client, lesson, video, (name, content))
        assert status == 200, f"{name}, {content[:40]!r}: not saved"
        # The editor's script is handed the sentences as JSON.
        assert json.dumps(said)[1:-1] in unescape(html), f"{name}, {content[:60]!r}"
