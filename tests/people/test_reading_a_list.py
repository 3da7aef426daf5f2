"""An organiser hands in a list of people: pasted from Excel, or as a file, however it was made."""

import datetime
import io
import random
import time
import tracemalloc
import unicodedata
import zipfile

import pytest
from django.utils import translation
from openpyxl import Workbook

from people import sheets
from people.sheets import Problem, Unreadable, match_columns, phone_from_number, read_file, read_pasted

KNOWN = {
    "full_name": ["Họ và tên", "Full name", "Tên"],
    "email": ["E-mail", "Thư điện tử"],
    "phone": ["Điện thoại", "Số điện thoại", "Phone"],
    "organisation": ["Đơn vị", "Cơ quan", "Organisation"],
}
AN = ["Trần Văn An", "an@mau.example", "0912345678", "Sở Khoa học và Công nghệ"]
BINH = ["Nguyễn Thị Bình", "binh@mau.example", "+84 987 654 321", "Phường Hà Tu"]
NAMES = ["Nguyễn Văn Dũng", "Trần Thị Phương", "Đỗ Đức Thắng", "Phạm Quốc Việt", "Vũ Thị Mỹ Hạnh", "Lê Hoàng Sơn"]
OLD_NAMES = {  # the same six, as those fonts keep them
    "TCVN3": [
        "NguyÔn V¨n Dòng",
        "TrÇn ThÞ Ph\u00ad¬ng",
        "§ç §øc Th¾ng",
        "Ph¹m Quèc ViÖt",
        "Vò ThÞ Mü H¹nh",
        "Lª Hoµng S¬n",
    ],
    "VNI": [
        "Nguyeãn Vaên Duõng",
        "Traàn Thò Phöông",
        "Ñoã Ñöùc Thaéng",
        "Phaïm Quoác Vieät",
        "Vuõ Thò Myõ Haïnh",
        "Leâ Hoaøng Sôn",
    ],
}
FOREIGN = ["Loïc Dupont", "Raphaël Noël", "Maïté Élise", "José Muñoz", "Jürgen Groß", "Günther Böhm", "Mª João Simões"]


def lines(*rows, by="\t"):
    return "\r\n".join(by.join(row) for row in rows)


def xlsx(*rows, title="Danh sách") -> io.BytesIO:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    book.save(file := io.BytesIO())
    return file


def csv(text: str, code="utf-8"):
    return read_file("danh-sach.csv", io.BytesIO(text if isinstance(text, bytes) else text.encode(code)))


def cells(table):
    return [row.cells for row in table.rows]


def column(*names):
    return read_pasted("\n".join(names))


def said(table):
    return [str(problem) for problem in table.problems]


# What is handed in


def test_rows_pasted_from_excel_with_their_headings():
    table = read_pasted(
        lines(["TT", "HỌ VÀ TÊN", "Thư điện tử (bắt buộc)", "Ghi chú"], ["1", *AN[:2], "x"], ["2", *BINH[:2]])
    )
    columns = match_columns(table, KNOWN)
    assert columns == {"full_name": 1, "email": 2}
    assert [(row.number, row.cells[columns["full_name"]]) for row in table.rows] == [(2, AN[0]), (3, BINH[0])]
    assert table.rows[1].cells[3] == "", "all rows are equally long"
    assert table.problems == []


@pytest.mark.parametrize(
    "heading", ["ho ten", "Ho va ten", "HỌ VÀ TÊN (*)", "FULL NAME", "Họ và tên / Full name", "full_name"]
)
def test_headings_are_known_without_diacritics_and_in_english(heading):
    table = read_pasted(lines(["Số điện thoại", heading], ["0912345678", "An"]))
    assert match_columns(table, KNOWN | {"full_name": ["Họ và tên", "Họ tên", "Full name"]}) == {
        "phone": 0,
        "full_name": 1,
    }


def test_pasted_without_headings_the_columns_are_in_the_order_asked_for():
    table = read_pasted(lines(AN, BINH))
    assert match_columns(table, KNOWN) == {"full_name": 0, "email": 1, "phone": 2, "organisation": 3}
    assert cells(table) == [AN, BINH]
    numbered = read_pasted(lines(["1", *AN], ["2", *BINH]))
    assert match_columns(numbered, KNOWN)["full_name"] == 1


def test_a_row_with_an_address_in_it_is_a_person_not_the_headings():
    table = read_pasted(lines([*AN[:3], "Đơn vị"], BINH))
    assert match_columns(table, KNOWN)["organisation"] == 3
    assert len(table.rows) == 2


def test_the_list_is_the_first_sheet_that_can_be_seen():
    book = Workbook()
    book.active.append(["ẩn"])
    book.active.sheet_state = "hidden"
    book.create_sheet("trống")
    book.create_sheet("thấy").append(["An"])
    book.create_sheet("sau").append(["Bình"])
    book.save(file := io.BytesIO())
    assert cells(read_file("x.xlsx", file)) == [["An"]]


def test_more_columns_than_asked_for_are_not_guessed():
    with pytest.raises(Unreadable, match="Họ và tên, E-mail, Điện thoại, Đơn vị"):
        match_columns(read_pasted(lines(["Ông", *AN])), KNOWN)


def test_two_columns_with_one_heading_are_refused():
    with pytest.raises(Unreadable, match="cột B và D"):
        match_columns(read_pasted(lines(["Họ tên", "E-mail", "Ghi chú", "e-mail"], ["a", "b", "c", "d"])), KNOWN)
    table = read_pasted(lines(["Điện thoại", "Điện thoại (đơn vị)"], ["0912345678", "0203"]))
    assert match_columns(table, KNOWN)["phone"] == 0, "a whole heading counts before a part"


def test_an_excel_file_with_a_title_and_blank_rows_keeps_the_numbers_that_excel_shows():
    table = read_file(
        "dai-bieu.xlsx", xlsx(["DANH SÁCH ĐẠI BIỂU"], [], ["Họ và tên", "Email"], AN[:2], [], [None, ""], BINH[:2])
    )
    assert match_columns(table, KNOWN) == {"full_name": 0, "email": 1}
    assert [row.number for row in table.rows] == [4, 7]
    table.complain(7, 1, "sai.")
    table.complain(4, None, "trùng.")
    assert table.problems == [Problem(4, "", "trùng."), Problem(7, "B (Email)", "sai.")]
    assert said(table) == ["Hàng 4: trùng.", "Hàng 7, cột B (Email): sai."]
    with translation.override("en"):
        assert said(table)[1] == "Row 7, column B (Email): sai."


def test_a_file_without_headings_is_refused_with_those_that_are_understood():
    with pytest.raises(Unreadable, match="Họ và tên, E-mail"):
        match_columns(read_file("x.xlsx", xlsx(AN, BINH)), KNOWN)
    with pytest.raises(Unreadable, match="không có hàng nào"):
        match_columns(read_file("x.xlsx", xlsx(["Họ và tên", "E-mail"])), KNOWN)


@pytest.mark.parametrize("by", [",", ";", "\t"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_files_of_every_kind(by, code):
    text = lines(
        ["Họ và tên", "Đơn vị"],
        ["Trần Văn An", f'"Sở ""KH{by}CN"", Quảng Ninh"' if by != "," else '"Sở ""KH,CN"""'],
        by=by,
    )
    assert cells(csv(text, code))[1] == [
        "Trần Văn An",
        f'Sở "KH{by}CN", Quảng Ninh'.replace("\t", " ") if by != "," else 'Sở "KH,CN"',
    ]


def test_the_line_that_tells_excel_the_separator_is_no_row():
    table = csv("sep=|\r\nHọ tên|E-mail\r\nAn|an@mau.example")
    assert [row.number for row in table.rows] == [1, 2]
    assert table.rows[1].cells == ["An", "an@mau.example"]


def test_quotation_marks_in_pasted_text_stay_and_swallow_no_rows():
    table = read_pasted('"Hoa Sen" Ltd\tAn\n"Hoa\tBình\n"Hai\ndòng"\t"Chi"\n')
    assert cells(table) == [['"Hoa Sen" Ltd', "An"], ['"Hoa', "Bình"], ["Hai\ndòng", '"Chi"']]


def test_names_and_addresses_typed_by_hand():
    assert cells(read_pasted("An; an@mau.example\nBình; binh@mau.example")) == [["An", AN[1]], ["Bình", BINH[1]]]
    assert cells(read_pasted("Sở Khoa học, Công nghệ\nTỉnh đoàn")) == [["Sở Khoa học, Công nghệ"], ["Tỉnh đoàn"]]


def test_numbers_and_dates_in_excel_cells():
    day = datetime.datetime(2026, 11, 24)
    row = [912345678.0, 84912345678, 1.5, day, day.replace(hour=8, minute=30), datetime.time(13, 45), True, 0, 1e300]
    assert cells(read_file("x.xlsx", xlsx(row)))[0] == [
        "912345678", "84912345678", "1.5", "2026-11-24", "2026-11-24 08:30", "13:45", "TRUE", "0", "1e+300"
    ]  # fmt: skip
    assert phone_from_number("912345678") == "0912345678"
    assert phone_from_number("2033821234") == "02033821234"
    assert [phone_from_number(text) for text in ("0912345678", "+84912345678", "12", "")] == [
        "0912345678", "+84912345678", "12", ""
    ]  # fmt: skip


# Hostile and unlucky cells


def test_formulas_are_text_and_phones_with_a_plus_survive():
    typed = ["=1+1", "+84912345678", "-5", "@SUM(A1)", '=HYPERLINK("http://a.example","x")']
    assert cells(read_pasted("\t".join(typed)))[0] == typed
    book = Workbook()
    book.active.append(["An", "=1+1", "cuối"])
    book.save(file := io.BytesIO())
    assert cells(read_file("x.xlsx", file))[0] == ["An", "", "cuối"], "what Excel shows counts, never what it computes"


def test_what_cannot_be_seen_is_taken_away_and_text_is_composed():
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Hồng")
    hidden = "A\0n\x07 \u200bBì\u202enh\ufeff\u00a0Chi\ud800"
    assert cells(read_pasted(f"{apart}\t{hidden}"))[0] == ["Nguyễn Thị Hồng", "An Bình Chi"]
    assert cells(csv(b"Ng\0uy\xe1\xbb\x85n,\0,x"))[0] == ["Nguyễn", "", "x"]
    assert cells(read_file("x.xlsx", xlsx([apart, "hai_x000D_\ndòng"])))[0] == ["Nguyễn Thị Hồng", "hai\ndòng"]


@pytest.mark.parametrize("size", [2_001, 1_000_000])
def test_a_very_long_cell_is_named(size):
    long = "ế" * size
    for table in (
        read_pasted(lines(["Họ và tên", "E-mail"], ["An", long])),
        csv(lines(["Họ và tên", "E-mail"], ["An", long], by=",")),
        *([read_file("x.xlsx", xlsx(["Họ và tên", "E-mail"], ["An", long]))] if size < 32_000 else []),
    ):
        match_columns(table, KNOWN)
        assert said(table) == ["Hàng 2, cột B (E-mail): Dài quá 2000 ký tự."]
        assert len(table.rows[0].cells[1]) < 10
    exact = unicodedata.normalize("NFD", "ế" * 2_000)
    assert read_pasted(exact).problems == [], "what counts is the composed text"


def test_an_error_that_excel_shows_is_named():
    table = read_pasted(lines(["An", "#N/A"]))
    assert said(table) == ["Hàng 1, cột B: Excel báo lỗi #N/A ở ô này."]


def test_lost_letters_are_named():
    assert "Hàng 1, cột A" in said(csv(b"Nguy\xe1\xbb\x85n V\xe4\x83n D\xc5\xa9ng \xc4\x91\xe1\xba\xbfn"))[0]


def test_windows_1258_is_converted_and_said():
    text = lines(["Họ và tên", "Đơn vị"], *([name, "Sở Khoa học"] for name in NAMES), by=",")
    tones = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
    split = "".join(  # as that code page wants it: letters with hat or horn, tones after them
        unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
        + "".join(c for c in apart if c in tones)
        for apart in (unicodedata.normalize("NFD", c) for c in text)
    )
    table = csv(split, "cp1258")
    assert [row.cells[0] for row in table.rows[1:]] == NAMES
    assert len(table.notices) == 1
    assert "Windows-1258" in table.notices[0]
    assert csv(text).notices == []


@pytest.mark.parametrize("font", ["TCVN3", "VNI"])
def test_text_of_old_fonts_is_converted_and_said(font):
    old = OLD_NAMES[font]
    for table in (
        column(*old),
        read_file("x.xlsx", xlsx(*([name] for name in old))),
        csv("\n".join(old)),
        csv("\n".join(old), "cp1252"),
        column(old[0]),
    ):
        assert [row.cells[0] for row in table.rows] == NAMES[: len(table.rows)]
        assert font in table.notices[0]
        assert table.problems == []


def test_fonts_for_capitals_and_headings_of_old_fonts():
    table = column("Hä vµ tªn", "TRÇN V¡N B×NH", "Lª V¡N B¶O", "NguyÔn Hµ")
    assert match_columns(table, KNOWN) == {"full_name": 0}
    assert [row.cells[0] for row in table.rows] == ["TRẦN VĂN BÌNH", "LÊ VĂN BẢO", "Nguyễn Hà"]
    assert cells(column("TRAÀN VAÊN BÌNH", "Nguyeãn Thò AÙnh")) == [["TRẦN VĂN BÌNH"], ["Nguyễn Thị Ánh"]]


def test_names_from_abroad_and_unicode_names_stay():
    for names in (
        FOREIGN,
        NAMES,
        FOREIGN + NAMES * 5,
        ["Loïc", "Maï"],
        ["Loïc Phạm", "José Lý"],
        ["Ngô Lê Tố", "Hồ Bá Bình", "Lê Hà", "Võ Thị Bé"],
    ):
        table = column(*names)
        assert [row.cells[0] for row in table.rows] == names
        assert (table.problems, table.notices) == ([], [])
    assert [row.cells[0] for row in csv("\n".join(FOREIGN), "cp1252").rows] == FOREIGN


@pytest.mark.parametrize("others", [FOREIGN, NAMES * 20], ids=["foreign", "Vietnamese"])
def test_a_few_names_that_look_like_an_old_font_stay_among_others(others):
    few = ["Loïc", "Maï", "Naïm"]
    table = column(*others, *few)
    assert [row.cells[0] for row in table.rows] == [*others, *few]
    assert table.problems == []


def test_a_name_that_may_be_either_goes_by_the_others():
    old = OLD_NAMES["TCVN3"]
    assert column(*old, "Tó").rows[6].cells == ["Tú"], "nobody here writes Unicode"
    table = column(*old, "Hoàng Đức Phương", "Tó", "Quèc", "Loïc Phạm")
    assert [row.cells[0] for row in table.rows[6:]] == ["Hoàng Đức Phương", "Tó", "Quốc", "Loïc Phạm"]
    assert [problem.row for problem in table.problems] == [8]


def test_only_the_columns_in_an_old_font_are_converted():
    table = read_pasted(lines(*zip(OLD_NAMES["TCVN3"], NAMES, FOREIGN, strict=False)))
    assert cells(table) == [list(row) for row in zip(NAMES, NAMES, FOREIGN, strict=False)]


def test_what_cannot_be_told_for_sure_is_named_not_guessed():
    table = column(*OLD_NAMES["TCVN3"], "Hoàng Đức Phương", "José", "D¬ng V¨n Ba")
    assert table.rows[6].cells == ["Hoàng Đức Phương"], "Unicode among the others stays"
    assert [problem.row for problem in table.problems] == [8, 9], "a name from abroad; ư lost on the way"
    assert "UniKey" in said(table)[0]


# What cannot be read at all


def zipped(**parts) -> io.BytesIO:
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file


def with_part(name: str, content: bytes, kind=zipfile.ZIP_DEFLATED) -> io.BytesIO:
    """A good XLSX file with one part exchanged."""
    with zipfile.ZipFile(xlsx(AN)) as good, zipfile.ZipFile(file := io.BytesIO(), "w", kind) as archive:
        for part in good.namelist():
            if part != name:
                archive.writestr(part, good.read(part))
        archive.writestr(name, content)
    return file


SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel đời cũ"),
        ("khoa.xlsx", b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("anh.png", b"\x89PNG\r\n\x1a\n", "Chỉ đọc được"),
        ("thu.csv", b"\x89PNG\r\n\x1a\n" + bytes(1000), "Chỉ đọc được"),
        ("hong.xlsx", b"PK\x03\x04abc", "bị hỏng"),
        ("thu.docx", zipped(word__document="<a/>").getvalue(), "Chỉ đọc được"),
        ("rong.csv", b"\n\n ", "trống"),
        ("rong.csv", b",,\n,,", "trống"),
        ("rong.xlsx", xlsx().getvalue(), "trống"),
        ("xml.xlsx", with_part(SHEET, HEAD + b"<row><c>").getvalue(), "bị hỏng"),
        ("thuc-the.xlsx", with_part(SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]>' + HEAD).getvalue(), "nhiều hơn"),
    ],
)
def test_files_that_are_no_list(name, data, why):
    with pytest.raises(Unreadable, match=why):
        read_file(name, io.BytesIO(data))


def test_nothing_pasted():
    with pytest.raises(Unreadable, match="trống"):
        read_pasted(" \n\t\n")


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(lambda: with_part(SHEET, HEAD + b"<row/>" * 210_000), id="rows"),
        pytest.param(lambda: with_part(SHEET, HEAD + b"<row>" + b"<c/><row/>" * 20), id="rows in a row"),
        pytest.param(lambda: with_part(SHEET, HEAD + b"<row>" + b"<c/>" * 60_000), id="cells in one row"),
        pytest.param(lambda: with_part(SHEET, HEAD + b"<row " + b"a='' " * 9_000 + b"/>"), id="attributes"),
        pytest.param(lambda: with_part("xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 60_000), id="styles"),
        pytest.param(lambda: with_part("xl/media/a.bin", bytes(81_000_000)), id="size"),
        pytest.param(lambda: with_part("xl/a.xml", b"<a/>", zipfile.ZIP_LZMA), id="compression"),
        pytest.param(lambda: zipped(xl__workbook="", **{f"p{n}": "" for n in range(1_001)}), id="parts"),
    ],
)
def test_bombs_are_refused_before_they_go_off(bomb):
    file = bomb()
    assert len(file.getvalue()) < sheets.MAX_FILE
    began = time.process_time()
    with pytest.raises(Unreadable, match="nhiều hơn"):
        read_file("x.xlsx", file)
    assert time.process_time() - began < 2


def test_a_directory_that_lies_about_the_size_helps_nobody():
    data = with_part(SHEET, HEAD + b"<row/>" * 100_000).getvalue()
    real = (len(HEAD) + 600_000).to_bytes(4, "little")
    assert data.count(real) == 2
    with pytest.raises(Unreadable, match="bị hỏng"):
        read_file("x.xlsx", io.BytesIO(data.replace(real, (100).to_bytes(4, "little"))))


def test_one_long_text_shared_by_many_cells_does_not_multiply(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_TEXT", 100_000)
    with pytest.raises(Unreadable, match="quá dài"):
        read_file("x.xlsx", xlsx(*([["x" * 1_900] * 50] * 2)))


def test_too_many_rows_and_columns(monkeypatch):
    with pytest.raises(Unreadable, match="hơn 60 cột"):
        read_file("x.xlsx", xlsx(["x"] * 61))
    assert read_file("x.xlsx", xlsx(["x"] * 60)).rows
    monkeypatch.setattr(sheets, "MAX_ROWS", 50)
    with pytest.raises(Unreadable, match="quá dài"):
        match_columns(csv("Họ tên\n" + "An\n" * 51), KNOWN | {"full_name": ["Họ tên"]})
    table = csv("Họ tên\n" + "An\n" * 50)
    match_columns(table, KNOWN | {"full_name": ["Họ tên"]})
    assert len(table.rows) == 50


def test_a_row_at_the_bottom_of_the_sheet_and_a_false_dimension():
    table = read_file("x.xlsx", with_part(SHEET, HEAD.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>') + (
        b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="1048576"><c><v>3</v></c></row>'
        b'<row r="99999999999"><c><v>4</v></c></row></sheetData></worksheet>'
    )))  # fmt: skip
    assert [(row.number, row.cells) for row in table.rows] == [(1, ["1", "2"]), (1_048_576, ["3", ""])]


def test_a_file_as_excel_itself_writes_it():
    """Shared strings, rich text, how a name is pronounced, a formula with what it shows, dates by their style."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    day = b'<row r="2" spans="1:5"><c r="B2" s="1"><v>46350</v></c><c r="C2" s="1"><v>1e99</v></c>'
    sheet = with_part(SHEET, HEAD + b'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="C1" t="s"><v>0</v></c>'
        b'<c r="D1" t="str"><f>A1&amp;"x"</f><v>Tr&#7847;n</v></c><c r="E1" t="b"><v>1</v></c></row>' + day +
        b'<c r="D2" t="inlineStr"><is><r><t>Ha</t></r><r><t>i</t></r></is></c><c r="E2" t="e"><v>#N/A</v></c></row>'
        b"</sheetData></worksheet>")  # fmt: skip
    strings = b"<sst " + main + (
        b'><si><t xml:space="preserve"> An </t></si>'
        b"<si><r><t>B\xc3\xac</t></r><r><rPr><b/></rPr><t>nh</t></r><rPh sb='0' eb='1'><t>bee</t></rPh></si></sst>"
    )  # fmt: skip
    styles = b"<styleSheet " + main + b'><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'\
        b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'  # fmt: skip
    with zipfile.ZipFile(sheet) as good, zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        for part in good.namelist():
            if part not in ("xl/styles.xml", "xl/sharedStrings.xml"):
                content = good.read(part)
                if part == "[Content_Types].xml" and b"sharedStrings" not in content:
                    content = content.replace(b"</Types>", types)
                archive.writestr(part, content)
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/styles.xml", styles)
    table = read_file("x.xlsx", file)
    assert cells(table) == [
        ["Bình", "", "An", "Trần", "TRUE"],
        ["", "2026-11-24", "#VALUE!", "Hai", "#N/A"],
    ]  # fmt: skip
    assert len(table.problems) == 2


def test_thousands_of_rows_stay_small():
    chance = random.Random(7)
    rows = [[chance.choice(NAMES) + f" {n}", f"p{n}@mau.example", *AN[2:], *BINH] for n in range(4_000)]
    file = xlsx(["Họ và tên", "E-mail", "Điện thoại", "Đơn vị", "a", "b", "c", "d"], *rows)
    del rows
    tracemalloc.start()
    try:
        table = read_file("x.xlsx", file)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(table.rows) == 4_001
    assert peak < 30_000_000
