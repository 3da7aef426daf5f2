"""Hà hands in a list of people who have agreed to come: all of them get a seat, or nobody does."""

import io
import threading
import time
import unicodedata
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.query import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from content.templatetags.kit import vn_date
from events import importing, tasks, tick
from events.eligibility import Busy, Refused
from events.importing import Faulty, Line, Outcome
from events.models import ImportRun, Quota, Registration, TicketType
from events.models.question import Kind
from home.audit import broken_rules
from letters.models import Letter
from letters.tick import deliver_due
from people.models import AuditEntry, Consent, Unit
from tests.at_once import refused, together
from tests.events.test_questions import put_question
from tests.people.test_reading_a_list import NAMES as VIETNAMESE
from tests.people.test_reading_a_list import OLD_NAMES

from .conftest import make_event, somebody

HEADINGS = ["Họ và tên", "E-mail", "Cơ quan, đơn vị", "Chức vụ", "Điện thoại"]
AN = ["Trần Văn An", "An@Mau.example", "Sở Khoa học và Công nghệ", "Chuyên viên", "0912345678"]
BINH = ["Nguyễn Thị Bình", "binh@mau.example", "UBND Phường Bãi Cháy", "Phó Chủ tịch", "0912345679"]
CHI = ["Lê Kim Chi", "chi@mau.example", "Trường Đại học Hạ Long", "", ""]
NAMES = ["full_name", "email", "organisation", "position", "phone"]


def xlsx(*rows) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    for row in rows:
        sheet.append(row)
    book.save(file := io.BytesIO())
    return file.getvalue()


def pasted(*rows) -> str:
    return "\r\n".join("\t".join(row) for row in rows)


def lines(*people) -> list[Line]:
    return [Line(n, dict(zip(NAMES, row, strict=False))) for n, row in enumerate(people, 2)]


def crowd(number: int, start: int = 0) -> list[Line]:
    return lines(*([f"Nguyễn Thị Khách {n}", f"khach{n}@mau.example", "Sở"] for n in range(start, start + number)))


@pytest.fixture
def desk(client, ha, site_tree, delegate):
    """Hà at her desk."""
    client.force_login(ha)
    return client


@pytest.fixture
def hand_in(desk, delegate, django_capture_on_commit_callbacks):
    """Hand in a list and wait until it has been read: the page that comes then, and the list."""

    def doing(content: bytes | str, *, name="danh-sach.xlsx", kind=None, letters=True, answers_needed=False):
        form = {"ticket_type": (kind or delegate).pk, "consent": "on"} | ({"letters": "on"} if letters else {})
        form |= {"answers_needed": "on"} if answers_needed else {}
        form |= {"pasted": content} if isinstance(content, str) else {"file": SimpleUploadedFile(name, content)}
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(reverse("events_import:index"), form)
        assert answer.status_code == 302
        return desk.get(answer.headers["Location"]), ImportRun.objects.latest("pk")

    return doing


@pytest.fixture
def press(desk, django_capture_on_commit_callbacks):
    """Press the button of a list, and wait."""

    def doing(run: ImportRun, button: str = "start", **form):
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(reverse(f"events_import:{button}", args=[run.pk]), form)
        run.refresh_from_db()
        return desk.get(answer.headers["Location"])

    return doing


def said(run: ImportRun) -> list[str]:
    return [f"{row} {column}: {sentence}" for row, column, sentence in run.problems]


# ---------------------------------------------------------------- the whole way


@pytest.mark.django_db
def test_ha_imports_three_people_from_excel(hand_in, press, event, delegate, ha, mailoutbox):
    page, run = hand_in(xlsx(["DANH SÁCH ĐẠI BIỂU"], HEADINGS, AN, [*BINH[:4], 912345679], CHI))
    assert (run.state, run.rows, run.created, run.already, run.problems) == ("checked", 3, 3, 0, [])
    assert "Nhập 3 người" in page.text
    assert not Registration.objects.exists(), "so far it was only read"

    page = press(run)
    assert "3 người đã được đăng ký" in page.text
    assert [r.full_name for r in event.registrations.order_by("pk")] == [AN[0], BINH[0], CHI[0]]
    an, binh, _chi = event.registrations.order_by("pk")
    assert (an.email, an.phone, an.organisation) == ("an@mau.example", "+84912345678", AN[2])
    assert binh.phone == "+84912345679", "Excel had eaten the zero"
    assert (an.ticket_type, an.state, an.source, an.language, an.letters) == (
        delegate,
        "confirmed",
        "import",
        "vi",
        True,
    )
    assert Registration.objects.matching("tran van an").get() == an
    assert [(c.by, c.was, c.became) for c in an.changes.all()] == [(ha, "", "confirmed")]
    consent = Consent.objects.get(email="an@mau.example")
    assert (consent.purpose, consent.source, consent.actor) == ("registration", event.slug, ha)

    entry = AuditEntry.objects.get(verb="registration.imported")
    assert (entry.actor, entry.subject, entry.data["created"]) == (ha, event, 3)
    assert run.state == "done"
    assert (run.content, run.preview, run.headings) == (None, {}, []), "the list itself is not kept"

    letters = Letter.objects.filter(kind="registration_confirmed")
    assert {letter.queue for letter in letters} == {"bulk"}
    deliver_due(timezone.now() + timedelta(minutes=2))
    assert sorted(message.to[0] for message in mailoutbox) == ["an@mau.example", "binh@mau.example", "chi@mau.example"]


@pytest.mark.django_db
def test_rows_pasted_from_excel_are_imported_too(hand_in, press, event):
    _page, run = hand_in(pasted(HEADINGS, AN, BINH))
    press(run)
    assert event.registrations.count() == 2


@pytest.mark.django_db
def test_the_empty_list_that_is_offered_can_be_filled_in_and_imported(desk, hand_in, press, event):
    answer = desk.get(reverse("events_import:template"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book.active[1]] == [names[0] for names in importing.COLUMNS.values()]
    full = [*AN[:3], AN[3], AN[4], "Ông", "Lãnh đạo tỉnh", "Khu A", "Đón ở cửa số 1", "en"]
    book.active.append(full)
    book.save(file := io.BytesIO())
    _page, run = hand_in(file.getvalue())
    press(run)
    an = event.registrations.get()
    assert [an.salutation, an.rank, an.seating, an.gate_note, an.language] == full[5:]


@pytest.mark.django_db
def test_a_unit_is_found_by_its_whole_name_as_on_the_form(event, delegate, now):
    from events.forms import unit_named

    unit = Unit.objects.create(slug="bai-chay", kind="ward", name="Bãi Cháy", full_name_vi="Phường Bãi Cháy")
    event.register_many(
        lines([*AN[:2], "Phường Bãi Cháy"], [*BINH[:2], "Bãi Cháy"], [*CHI[:2], "Phường khác"]),
        delegate, at=now, by=None, letters=False,
    )  # fmt: skip
    assert list(event.registrations.order_by("pk").values_list("unit", flat=True)) == [unit.pk, unit.pk, None]
    assert all(r.unit == unit_named(r.organisation) for r in event.registrations.all())


@pytest.mark.django_db
def test_past_people_get_no_letters(hand_in, press, event):
    _page, run = hand_in(pasted(HEADINGS, AN), letters=False)
    page = press(run)
    assert "Không gửi thư." in page.text
    assert not Letter.objects.exists()
    assert event.registrations.get().letters is False
    tick.resume_imports(timezone.now())
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_type_that_needs_approval_or_money_is_given_by_the_organisers_word(event, now):
    kind = TicketType.objects.create(
        event=event, name_vi="VIP", price=500_000, needs_approval=True, visibility="invitation"
    )
    outcome = event.register_many(lines(AN), kind, at=now, by=None, letters=False)
    assert outcome == Outcome(1, 0)
    assert event.registrations.get().state == "confirmed"


# ---------------------------------------------------------------- an event that is over


@pytest.mark.django_db
def test_who_came_to_a_past_event_is_taken_in_afterwards_without_letters(hand_in, press, now):
    past = make_event(
        now - timedelta(days=50), slug="dien-dan-6", published_at=None, retention_days=365, waiting_list=True
    )
    kind = TicketType.objects.create(event=past, name_vi="Khách mời", visibility="invitation", needs_approval=True)
    _page, run = hand_in(pasted(HEADINGS, AN, BINH), kind=kind)  # with the box for letters ticked, as it is
    page = press(run)
    assert (run.state, run.letters) == ("done", False)
    assert "Không gửi thư." in page.text
    assert {(r.state, r.letters) for r in past.registrations.all()} == {("confirmed", False)}
    tick.resume_imports(now)
    assert not Letter.objects.exists()
    with pytest.raises(Refused, match="finished"):
        past.register(kind, somebody(1), at=now, waive=importing.waived(None, letters=True))

    past.retention_days = 10
    past.save()
    _page, run = hand_in(pasted(HEADINGS, CHI), kind=kind)
    assert "không còn được lưu" in run.refusal, "who would be emptied at once is not taken in"
    assert not run.can_start


# ---------------------------------------------------------------- the organiser's questions


@pytest.fixture
def asked(event):
    """What Hà asks: a dish, which kind of vegetarian, topics, a country, a number, a day, yes or no."""
    meals = put_question(event, "Quý vị ăn gì?", Kind.CHOICE, ("Ăn mặn", "Ăn chay"), required=True)
    chay = meals.current.choices[1]["key"]
    how = put_question(event, "Ăn chay theo cách nào?", depends_on=meals, depends_on_values=[chay], required=True)
    others = [
        put_question(event, "Chủ đề", Kind.CHOICES, ("Vốn, tín dụng", "Công nghệ", "Nhân lực")),
        put_question(event, "Quốc tịch", Kind.COUNTRY, label_en="Nationality"),
        put_question(event, "Số người đi cùng", Kind.NUMBER),
        put_question(event, "Ngày đến", Kind.DATE),
        put_question(event, "Cần xe đón?", Kind.YES_NO),
    ]
    return [meals, how, *others]


ASKED = [
    "Quý vị ăn gì?",
    "Ăn chay theo cách nào",
    "CHỦ ĐỀ",
    "Nationality",
    "Số người đi cùng",
    "Ngày đến",
    "Cần xe đón",
]


@pytest.mark.django_db
def test_answers_come_in_with_the_list_by_the_words_of_the_questions(desk, asked, hand_in, press, event):
    day = timezone.now().replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    an = [*AN, "ăn chay", "Thuần chay", "Công nghệ; vốn, tín dụng", "Viet Nam", "1.200", day, "x"]
    binh = [*BINH, "Ăn mặn in English", "bỏ qua", "Công nghệ, Nhân lực", "Japan", 2, "24/11/2026", "Không"]
    _page, run = hand_in(xlsx(HEADINGS + ASKED, an, binh, CHI))
    assert run.problems == []
    assert run.notices == ["1 người chưa trả lời “Quý vị ăn gì?” và sẽ được đăng ký mà không có câu trả lời này."]
    press(run)
    answers = {
        r.full_name: {a.question.label_vi: a.text for a in r.answers.select_related("question", "version")}
        for r in event.registrations.all()
    }
    assert answers[AN[0]] == {
        "Quý vị ăn gì?": "Ăn chay", "Ăn chay theo cách nào?": "Thuần chay", "Chủ đề": "Công nghệ; Vốn, tín dụng",
        "Quốc tịch": "Việt Nam", "Số người đi cùng": "1200", "Ngày đến": vn_date(day.date()), "Cần xe đón?": "Có",
    }  # fmt: skip
    assert answers[BINH[0]] == {
        "Quý vị ăn gì?": "Ăn mặn", "Chủ đề": "Công nghệ; Nhân lực", "Quốc tịch": "Nhật Bản",
        "Số người đi cùng": "2", "Ngày đến": "24/11/2026", "Cần xe đón?": "Không",
    }  # fmt: skip
    assert answers[CHI[0]] == {}

    page = desk.get(reverse("events_import:index"))
    assert f"?event={event.pk}" in page.text
    book = openpyxl.load_workbook(io.BytesIO(desk.get(reverse("events_import:template"), {"event": event.pk}).content))
    assert [cell.value for cell in book.active[1]][-7:] == [question.label_vi for question in asked]


@pytest.mark.django_db
def test_answers_are_judged_by_the_rules_of_the_questions(asked, hand_in, press, event):
    bad = [*AN, "Ăn gì cũng được", "", "Công nghệ; Bóng đá", "Atlantis", "nhiều", "hôm qua", "có lẽ"]
    _page, run = hand_in(xlsx(HEADINGS + ASKED, bad))
    assert [problem[:2] for problem in run.problems] == [
        [2, f"{letter} ({heading})"] for letter, heading in zip("FHIJKL", [*ASKED[:1], *ASKED[2:]], strict=True)
    ]
    page = press(run)
    assert not Registration.objects.exists()

    # By hand, and with everything answered that must be.
    rows = [["Bữa trưa", *HEADINGS], ["Ăn chay", *AN], ["Ăn mặn", *BINH], ["", *CHI]]
    page, run = hand_in(pasted(*rows), answers_needed=True)
    assert asked[0].label in page.text, "it can be chosen by hand"
    columns = {name: str(place) for name, place in run.columns.items()}
    press(run, "columns", **columns, **{asked[0].field_name: "0"})
    assert said(run) == [
        "2 : “Ăn chay theo cách nào?”: Xin trả lời câu hỏi này.",
        "4 A (Bữa trưa): Xin trả lời câu hỏi này.",
    ]
    with pytest.raises(Faulty):
        event.register_many(lines(AN), run.ticket_type, at=run.at, by=None, letters=False, answers_needed=True)


# ---------------------------------------------------------------- the same list again


@pytest.mark.django_db
def test_the_same_list_again_changes_nothing(hand_in, press, event, delegate, register, now):
    register(1, email="an@mau.example", full_name="Trần An")
    list_of_two = pasted(HEADINGS, AN, BINH)
    page, run = hand_in(list_of_two)
    assert (run.created, run.already) == (1, 1)
    assert "đã đăng ký từ trước" in page.text
    press(run)
    assert event.registrations.get(email="an@mau.example").full_name == "Trần An", "who is there stays as they are"

    page, run = hand_in(list_of_two)
    assert (run.created, run.already, run.can_start) == (0, 2, False)
    assert "Không có gì để nhập" in page.text
    press(run)
    assert event.registrations.count() == 2
    assert event.register_many(lines(AN, BINH), delegate, at=now, by=None, letters=False) == Outcome(0, 2)


@pytest.mark.django_db
def test_pressed_twice_it_is_imported_once(hand_in, press, event):
    _page, run = hand_in(pasted(HEADINGS, AN))
    press(run)
    press(run)
    tasks.import_list.enqueue(run.pk)
    assert event.registrations.count() == 1
    assert AuditEntry.objects.filter(verb="registration.imported").count() == 1
    run.refresh_from_db()
    assert (run.state, run.created) == ("done", 1)


@pytest.mark.django_db
def test_who_cancelled_may_be_on_the_list(event, delegate, register, now):
    register(1, email="an@mau.example").cancel(at=now)
    assert event.register_many(lines(AN), delegate, at=now, by=None, letters=False) == Outcome(1, 0)


@pytest.mark.django_db
def test_a_companion_on_a_secretarys_mailbox_is_there_already(event, delegate, register, now):
    secretary = register(1)
    event.register(delegate, somebody(2, full_name=AN[0], email=secretary.email), at=now, contact=secretary)
    again = lines([AN[0], secretary.email, "Sở"])
    assert event.register_many(again, delegate, at=now, by=None, letters=False) == Outcome(0, 1)


# ---------------------------------------------------------------- nothing, when something is wrong


@pytest.mark.django_db
def test_one_bad_row_and_nobody_is_imported(hand_in, press, event, delegate, now):
    bad = ["", "khong-phai-thu", "", "x" * 300, "không có"]
    page, run = hand_in(xlsx(HEADINGS, AN, bad, [*BINH[:1], AN[1].upper(), *BINH[2:]]))
    assert said(run) == [
        "3 A (Họ và tên): Xin nhập họ và tên.",
        "3 B (E-mail): Địa chỉ thư chưa đúng. Ví dụ: nguyenvana@quangninh.gov.vn",
        "3 C (Cơ quan, đơn vị): Xin cho biết cơ quan, đơn vị của Quý vị.",
        "3 D (Chức vụ): Giá trị này chỉ có tối đa 200 kí tự (hiện có 300)",
        "3 E (Điện thoại): Số điện thoại chưa đúng. Ví dụ: 0912 345 678, 0203 382 1234, +49 30 123456",
        "4 B (E-mail): Hàng 2 đã có địa chỉ này.",
    ]
    assert run.bad == 2
    assert "Hàng 2 đã có địa chỉ này" in page.text
    assert "Nhập 1 người" not in page.text
    press(run)
    assert not Registration.objects.exists()
    with pytest.raises(Faulty):
        event.register_many(lines(AN, bad), delegate, at=now, by=None, letters=False)
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_of_many_bad_rows_the_first_hundred_are_said(hand_in):
    page, run = hand_in(pasted(HEADINGS, *([f"Khách {n}", "sai", "Sở", "", ""] for n in range(150))))
    assert (len(run.problems), run.bad) == (100, 150)
    assert "Chỉ hiện những lỗi đầu tiên" in page.text


@pytest.mark.django_db
def test_too_few_seats_and_nobody_is_imported(hand_in, event, student, now):
    page, run = hand_in(pasted(HEADINGS, AN, BINH, CHI), kind=student)
    assert "Danh sách cần 3 chỗ, chỉ còn 2" in run.refusal
    assert run.refusal in page.text
    assert not run.can_start
    with pytest.raises(Refused, match="full"):
        event.register_many(lines(AN, BINH, CHI), student, at=now, by=None, letters=True)
    assert not Registration.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_seats_taken_after_the_list_was_read_are_missed_when_it_is_imported(hand_in, press, event, student, register):
    _page, run = hand_in(pasted(HEADINGS, AN, BINH), kind=student)
    assert run.can_start
    register(1, ticket_type=student)
    page = press(run)
    assert (run.state, run.can_start) == ("checked", False)
    assert "Hết chỗ" in page.text
    assert event.registrations.count() == 1


@pytest.mark.django_db
def test_nobody_is_imported_into_an_event_that_is_over_or_called_off(hand_in, event, delegate, now):
    with pytest.raises(Refused, match="finished"):
        event.register_many(lines(AN), delegate, at=event.ends_at, by=None, letters=True)
    event.cancelled_at = now
    with pytest.raises(Refused, match="called_off"):
        event.register_many(lines(AN), delegate, at=now, by=None, letters=False)
    other = make_event(now, slug="khac")
    with pytest.raises(Refused, match="type_closed"):
        other.register_many(lines(AN), delegate, at=now, by=None, letters=False)


@pytest.mark.django_db
def test_seats_that_are_kept_for_the_waiting_list_are_not_given_to_a_list(event, student, register, now):
    register(1, ticket_type=student).cancel(at=now)
    event.register(student, somebody(2), at=now)
    event.register(student, somebody(3), at=now)
    event.register(student, somebody(4), at=now, wait=True)
    Quota.objects.filter(name="Sinh viên").update(size=4)
    with pytest.raises(Refused, match="held_for_waiting_list"):
        event.register_many(lines(AN, BINH), student, at=now, by=None, letters=False)
    assert event.register_many(lines(AN), student, at=now, by=None, letters=False) == Outcome(1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel đời cũ"),
        ("anh.png", b"\x89PNG\r\n\x1a\n", "Chỉ đọc được"),
        ("hong.xlsx", b"PK\x03\x04abc", "bị hỏng"),
        ("khong-tieu-de.csv", b"a,b\nc,d", "Họ và tên, E-mail"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence_and_not_kept(hand_in, name, content, why):
    page, run = hand_in(content, name=name)
    assert (run.state, run.content) == ("failed", None)
    assert why in run.refusal
    assert why in page.text


@pytest.mark.django_db
def test_a_file_or_rows_and_people_who_agreed(desk, delegate):
    def sent(**form):
        return desk.post(reverse("events_import:index"), {"ticket_type": delegate.pk, "consent": "on"} | form)

    assert "một trong hai cách" in sent().text
    assert "một trong hai cách" in sent(pasted="x", file=SimpleUploadedFile("a.csv", b"x")).text
    assert "hỏi ý kiến những người này" in sent(pasted="x", consent="").text
    assert "Tệp trống" in sent(file=SimpleUploadedFile("a.csv", b"")).text
    assert sent(pasted="x").status_code == 302
    assert ImportRun.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["giang", "chi", "dung", None])
def test_lists_are_the_organisers_alone(who, request, client, site_tree, event, delegate, now):
    run = ImportRun.objects.begin(event=event, ticket_type=delegate, at=now, content=pasted(HEADINGS, AN).encode())
    if who:
        client.force_login(request.getfixturevalue(who))
    for name, *key in [("index",), ("template",), ("run", run.pk), ("progress", run.pk)]:
        answer = client.get(reverse(f"events_import:{name}", args=key))
        assert answer.status_code in (302, 403, 404), (name, answer.status_code)
        assert AN[0] not in answer.text
    for name in ("columns", "start"):
        assert client.post(reverse(f"events_import:{name}", args=[run.pk])).status_code in (302, 403, 404)
    assert not Registration.objects.exists()


# ---------------------------------------------------------------- columns


@pytest.mark.django_db
def test_columns_with_other_names_are_chosen_by_hand(hand_in, press, event):
    page, run = hand_in(pasted(["Người dự", "E-mail", "Nơi làm việc"], AN[:3]))
    assert "Vui lòng chọn các cột: Họ và tên, Cơ quan, đơn vị." in page.text
    assert not run.can_start
    page = press(run, "columns", full_name="0", email="1", organisation="2")
    assert (run.state, run.created, run.refusal) == ("checked", 1, "")
    press(run)
    assert event.registrations.get().organisation == AN[2]


@pytest.mark.django_db
def test_each_column_is_one_thing(hand_in, press):
    _page, run = hand_in(pasted(HEADINGS, AN))
    page = press(run, "columns", full_name="0", email="1", organisation="1")
    assert "chọn mỗi cột một lần" in page.text
    page = press(run, "columns", full_name="0", email="1", organisation="99")
    assert run.columns["organisation"] == 2
    assert run.can_start


# ---------------------------------------------------------------- hostile and unlucky cells


@pytest.mark.django_db
def test_formulas_and_what_cannot_be_seen_come_out_harmless(hand_in, press, desk, event):
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Hồng")
    tricky = [f"{apart}\u200b\u202e", "hong@mau.example", '=HYPERLINK("http://a.example","x")', "@SUM(A1)\x00", ""]
    _page, run = hand_in(pasted(HEADINGS, tricky).encode(), name="la.csv")
    page = press(run)
    assert "1 người đã được đăng ký" in page.text
    hong = event.registrations.get()
    assert (hong.full_name, hong.position) == ("Nguyễn Thị Hồng", "@SUM(A1)")
    exported = desk.get(reverse("events_registration:index"), {"export": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(exported.getvalue()))
    [cell] = [cell for row in book.active.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cell.data_type == "s", "text, no formula"


@pytest.mark.django_db
def test_markup_in_a_cell_is_shown_as_text(hand_in):
    page, run = hand_in(pasted(HEADINGS, [*AN[:2], "<script>alert(1)</script>"], ["<b>x</b>", *BINH[1:3]]))
    assert "<script>alert" not in page.text
    assert [row for row, _column, _sentence in run.problems] == [3]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row", [["x" * 1_000_000, *AN[1:3]], [*AN[:2], "ế" * 1_000_000], ["An", "x" * 300 + "@a.vn", "Sở"]]
)
def test_a_cell_of_a_megabyte_is_named(hand_in, row):
    content = "\n".join(",".join(cells) for cells in ([h.replace(",", " ") for h in HEADINGS[:3]], row))
    _page, run = hand_in(content.encode(), name="dai.csv")
    assert run.bad == 1
    assert not run.can_start


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["TCVN3", "VNI", "Windows-1258"])
def test_names_in_old_encodings_come_in_as_unicode(hand_in, press, event, how):
    if how == "Windows-1258":
        tones = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
        apart = [unicodedata.normalize("NFD", name) for name in VIETNAMESE]
        letters = ["".join(c for c in name if c not in tones) for name in apart]
        assert letters
        names = ["".join(_as_1258(letter, tones) for letter in name) for name in VIETNAMESE]
    else:
        names = OLD_NAMES[how]
    people = [f"{name},p{n}@mau.example,KHCN" for n, name in enumerate(names)]
    text = "\n".join(["Ho va ten,E-mail,Don vi", *people])
    page, run = hand_in(text.encode("cp1258" if how == "Windows-1258" else "utf-8"), name="cu.csv")
    assert how in page.text, "the page says that it was converted"
    press(run)
    assert [r.full_name for r in event.registrations.order_by("pk")] == VIETNAMESE


def _as_1258(letter: str, tones: set[str]) -> str:
    """As that code page wants it: letters with hat or horn, tones after them."""
    apart = unicodedata.normalize("NFD", letter)
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
    return bare + "".join(c for c in apart if c in tones)


# ---------------------------------------------------------------- in the background


@pytest.mark.django_db
def test_while_the_background_works_the_page_says_how_far_it_is(desk, event, delegate, now):
    run = ImportRun.objects.create(
        event=event, ticket_type=delegate, at=now, beat_at=now, language="vi", content=b"x", rows=10_000, done=2_500
    )
    page = desk.get(reverse("events_import:run", args=[run.pk]))
    assert '<progress max="10000" value="2500"' in page.text
    assert "Xem lại" in page.text, "without JavaScript it is loaded again by a link"
    assert "js/import.js" in page.text
    answer = desk.get(reverse("events_import:progress", args=[run.pk]))
    assert answer.json() == {"busy": True, "state": "checking", "done": 2500, "rows": 10000}


@pytest.mark.django_db
def test_the_worker_takes_a_list_before_letters_to_thousands_and_after_codes(hand_in, press, settings, ha):
    settings.IMMEDIATE_TASKS = False
    settings.TASKS = settings.TASKS | {
        "background": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "prompt", "bulk"]}
    }
    page, run = hand_in(pasted(HEADINGS, AN))
    assert run.state == "checking"
    assert "Đang đọc danh sách" in page.text
    [task] = DBTaskResult.objects.all()
    assert (task.queue_name, task.priority) == ("bulk", 5)
    tasks.check_list.func(run.pk)
    page = press(run)
    assert run.state == "running"
    assert "Đang đăng ký" in page.text
    tasks.import_list.func(run.pk)
    run.refresh_from_db()
    assert run.state == "done"


@pytest.mark.django_db
def test_a_list_whose_task_died_is_taken_up_again(event, delegate, ha, now, django_capture_on_commit_callbacks):
    run = ImportRun.objects.begin(
        event=event, ticket_type=delegate, by=ha, at=now, content=pasted(HEADINGS, AN).encode()
    )
    assert ImportRun.objects.get().state == "checking", "the task never came"
    with django_capture_on_commit_callbacks(execute=True):
        assert tick.resume_imports(now + timedelta(minutes=4)) == 0, "perhaps it is only slow"
    with django_capture_on_commit_callbacks(execute=True):
        assert tick.resume_imports(now + timedelta(minutes=6)) == 1
    run.refresh_from_db()
    assert run.state == "checked"
    assert run.start(now)
    with django_capture_on_commit_callbacks(execute=True):
        tick.resume_imports(now + timedelta(minutes=12))
    run.refresh_from_db()
    assert (run.state, event.registrations.count()) == ("done", 1)


@pytest.mark.django_db
def test_a_list_that_kills_every_task_is_given_up(event, delegate, now):
    run = ImportRun.objects.begin(event=event, ticket_type=delegate, at=now, content=b"x")
    ImportRun.objects.update(starts=3)
    tick.resume_imports(now + timedelta(minutes=6))
    run.refresh_from_db()
    assert (run.state, run.content) == ("failed", None)
    assert "bỏ dở" in run.refusal


@pytest.mark.django_db
def test_a_list_that_nobody_imports_is_deleted_after_two_days(hand_in, desk):
    _page, run = hand_in(pasted(HEADINGS, AN))
    assert tick.forget_lists(run.at + timedelta(hours=47)) == 0
    assert tick.forget_lists(run.at + timedelta(hours=49)) == 1
    run.refresh_from_db()
    assert (run.state, run.content, run.preview) == ("forgotten", None, {})
    page = desk.get(reverse("events_import:run", args=[run.pk]))
    assert "Sau hai ngày" in page.text
    assert AN[0] not in page.text


@pytest.mark.unbalanced
@pytest.mark.django_db
def test_the_books_say_when_a_list_is_kept_too_long(event, delegate, now):
    ImportRun.objects.begin(event=event, ticket_type=delegate, at=now - timedelta(days=3), content=b"x")
    assert [rule.name for rule in broken_rules()] == ["events.list_kept"]


# ---------------------------------------------------------------- letters after a crash


@pytest.mark.unbalanced
@pytest.mark.django_db
def test_letters_that_a_crash_left_are_written_once(event, delegate, now, monkeypatch):
    monkeypatch.setattr(importing, "LETTERS_AT_ONCE", 2)
    event.register_many(crowd(5), delegate, at=now, by=None, letters=True)
    assert not Letter.objects.exists(), "the process died after the commit"
    assert broken_rules() == [], "ten minutes are allowed"
    Registration.objects.update(created_at=now - timedelta(minutes=11))
    assert [rule.name for rule in broken_rules()] == ["events.letter_owed"]

    after = importing.write_letters(now)
    assert Letter.objects.count() == 2, "and died again in the middle"
    assert importing.unwritten(now) == after
    event.registrations.order_by("pk").last().cancel(at=now)
    tick.resume_imports(now)
    tick.resume_imports(now)
    importing.write_letters(now)
    tickets = Letter.objects.filter(kind="registration_confirmed")
    assert sorted(tickets.values_list("to", flat=True)) == [f"khach{n}@mau.example" for n in range(4)]
    assert broken_rules() == []


@pytest.mark.django_db
def test_a_ticket_handed_over_before_its_letter_is_written_needs_no_other(event, delegate, now):
    event.register_many(lines(AN), delegate, at=now, by=None, letters=True)
    event.registrations.get().hand_over(somebody(7), at=now)
    tick.resume_imports(now)
    assert [letter.to for letter in Letter.objects.filter(kind="registration_confirmed")] == ["khach7@mau.example"]


# ---------------------------------------------------------------- many at once


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_list(event, delegate, now):
    counts = []
    for number, start in ((5, 0), (60, 100)):
        with CaptureQueriesContext(connection) as captured:
            event.register_many(crowd(number, start), delegate, at=now, by=None, letters=True, consent_version="x")
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 21


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_seats_are_locked_as_the_very_last_thing(event, delegate, now):
    with CaptureQueriesContext(connection) as captured:
        event.register_many(crowd(5), delegate, at=now, by=None, letters=False, consent_version="x")
    statements = [query["sql"] for query in captured.captured_queries]
    [lock] = [n for n, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql and "events_quota" in sql]
    assert any(sql.startswith("SET CONSTRAINTS ALL IMMEDIATE") for sql in statements[:lock]), "or the commit does it"
    assert not [sql for sql in statements[lock:] if sql.startswith(("INSERT", "UPDATE", "SET CONSTRAINTS"))]


@pytest.fixture
def hall():
    """An event with a hundred seats."""
    event = make_event(timezone.now())
    kind = TicketType.objects.create(event=event, name_vi="Đại biểu")
    Quota.objects.create(event=event, name="Hội trường", size=100).ticket_types.add(kind)
    return event, kind


@pytest.fixture
def slow_hands(monkeypatch):
    """A pause between counting and the commit: without a lock everybody sees the same free seats."""
    take = importing.take_seats

    def slowly(*args, **terms):
        take(*args, **terms)
        time.sleep(0.3)

    monkeypatch.setattr(importing, "take_seats", slowly)


def patiently(verb):
    """Press again as long as the site says that it is busy."""

    def pressing():
        while True:
            try:
                return verb()
            except Busy:
                continue

    return pressing


def rush(event, kind) -> list:
    """Two lists of sixty, and forty people on their own, for a hundred seats."""

    def a_list(start):
        return lambda: event.register_many(crowd(60, start), kind, at=timezone.now(), by=None, letters=False)

    def alone(number):
        return lambda: event.register(kind, somebody(number), at=timezone.now(), letters=False)

    verbs = [a_list(1000), a_list(2000), *(alone(number) for number in range(40))]
    return together(*map(patiently, verbs))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_lists_and_people_at_once_never_oversell(hall, slow_hands):
    event, kind = hall
    results = rush(event, kind)
    assert [error.verdict.reason for error in refused(results)] == ["full"], "one of the lists"
    assert event.registrations.filter(source="import").count() == 60, "the other, whole"
    assert Quota.objects.with_taken(timezone.now()).get().taken == 100


@pytest.mark.postgres
@pytest.mark.unbalanced
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_they_oversell(hall, slow_hands, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **kwargs: self.all())
    rush(*hall)
    assert Quota.objects.with_taken(timezone.now()).get().taken > 100


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [100, None])
def test_the_same_list_twice_at_once_is_one_list(hall, size):
    event, kind = hall
    Quota.objects.update(size=size)
    results = together(
        *(lambda: event.register_many(crowd(60), kind, at=timezone.now(), by=None, letters=False) for _ in range(3))
    )
    assert refused(results) == []
    assert sorted(outcome.created for outcome in results) == [0, 0, 60]
    assert event.registrations.count() == 60


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_somebody_of_the_list_who_registers_at_that_moment_is_there_once(hall, slow_hands):
    event, kind = hall
    go = threading.Event()

    def a_list():
        go.set()
        return event.register_many(crowd(30), kind, at=timezone.now(), by=None, letters=False)

    def myself():
        go.wait()
        return event.register(kind, somebody(7), at=timezone.now(), letters=False)

    results = together(patiently(a_list), patiently(myself))
    assert [error.verdict.reason for error in refused(results)] in ([], ["already_registered"])
    assert results[0] in (Outcome(30, 0), Outcome(29, 1))
    assert event.registrations.count() == 30
