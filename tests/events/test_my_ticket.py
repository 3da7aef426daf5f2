"""The delegate's own page: see, correct, cancel, send again, add to the calendar, get the certificate."""

import io
from datetime import date, timedelta
from email import message_from_bytes

import icalendar
import pytest
import zxingcpp
from django.core import mail
from django.urls import reverse
from django.utils import translation
from PIL import Image

from certificates import design
from certificates.models import Certificate
from certificates.qr import link
from events import attendance, paper
from events.mine import for_person
from events.models import Registration, State
from events.models.registration import AlreadyInside, CannotCorrect
from letters.models import Letter

from .conftest import somebody

pytestmark = pytest.mark.django_db


def url(name: str, registration: Registration) -> str:
    return reverse(f"events:{name}", args=[registration.manage_token])


@pytest.fixture
def mine(site_tree, register) -> Registration:
    return register(1, full_name="Công Tằng Tôn Nữ Thị Ngọc Phương Anh")


@pytest.fixture
def over(event, now):
    """Move the event into the past."""

    def end() -> None:
        event.doors_at, event.starts_at, event.ends_at = (
            now - timedelta(hours=10),
            now - timedelta(hours=9),
            now - timedelta(hours=1),
        )
        event.registration_closes_at = now - timedelta(hours=12)
        event.registration_opens_at = now - timedelta(days=9)
        event.save()

    return end


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_secret_page_shows_the_ticket_in_both_languages(client, mine, prefix):
    page = client.get(f"{prefix}{url('registration', mine)}")
    assert page.status_code == 200
    assert mine.full_name in page.text
    assert mine.code_groups[0] in page.text
    assert "noindex" in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_a_token_of_one_kind_opens_nothing_under_another_address(client, mine):
    for wrong in (mine.checkin_token, mine.public_token):
        for name in ("registration", "registration_edit", "registration_cancel", "ticket_pdf", "ticket_ics"):
            assert client.get(reverse(f"events:{name}", args=[wrong])).status_code == 404
    for wrong in (mine.manage_token, mine.public_token):
        assert client.get(f"/T/{wrong}").status_code == 404
    assert Registration.objects.with_code(mine.manage_token).first() is None
    assert len({mine.manage_token, mine.checkin_token, mine.public_token}) == 3


def test_correcting_the_name_keeps_history(client, mine):
    page = client.get(url("registration_edit", mine))
    assert mine.full_name in page.text
    answer = client.post(
        url("registration_edit", mine),
        {"full_name": "Tôn Nữ Phương Anh", "organisation": mine.organisation, "position": "Trưởng phòng", "phone": ""},
    )
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert (mine.full_name, mine.position) == ("Tôn Nữ Phương Anh", "Trưởng phòng")
    change = mine.changes.last()
    assert set(change.corrected) == {"full_name", "position"}
    assert "phuong anh" in mine.search_text
    assert client.post(url("registration_edit", mine), {"full_name": ""}).status_code == 422


def test_correcting_nothing_writes_nothing(mine, now):
    same = {field: getattr(mine, field) for field in ("full_name", "organisation", "position", "phone")}
    assert mine.correct(at=now, **same) == []
    assert mine.changes.count() == 1


def test_opening_the_cancel_link_does_nothing_and_pressing_the_button_does(
    client, mine, django_capture_on_commit_callbacks
):
    assert client.get(url("registration_cancel", mine)).status_code == 200
    mine.refresh_from_db()
    assert mine.state == State.CONFIRMED
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("registration_cancel", mine))
    mine.refresh_from_db()
    assert mine.state == State.CANCELLED
    assert mine.cancelled_at is not None
    [message] = [m for m in mail.outbox if mine.event.name in m.subject]
    [calendar] = [part for part in message.message().walk() if part.get_content_type() == "text/calendar"]
    [entry] = icalendar.Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert entry["STATUS"] == "CANCELLED"
    page = client.get(url("registration", mine))
    assert page.status_code == 200
    assert 'class="qr"' not in page.text
    assert client.get(url("ticket_pdf", mine)).status_code == 404


def test_cancelling_twice_is_one_cancellation(mine, now):
    assert mine.cancel(at=now) is True
    assert mine.cancel(at=now) is False
    assert mine.changes.count() == 2
    assert Letter.objects.filter(kind="registration_cancelled").count() == 1


def test_who_is_inside_cannot_be_cancelled_and_who_is_cancelled_cannot_be_corrected(mine, now):
    mine.check_in(by=None, at=now)
    with pytest.raises(AlreadyInside):
        mine.cancel(at=now)
    mine.scans.get().undo(by=None, at=now)
    mine.cancel(at=now)
    with pytest.raises(CannotCorrect):
        mine.correct(at=now, full_name="Ai Đó", organisation="", position="", phone="")


def test_sending_again_goes_to_the_registered_address_three_times_an_hour(client, mine):
    for _ in range(5):
        assert client.post(url("registration_resend", mine)).status_code == 302
    letters = Letter.objects.filter(kind="registration_link")
    assert {letter.to for letter in letters} == {mine.email}
    assert letters.count() == 3
    assert client.get(url("registration_resend", mine)).status_code == 405


def test_the_letter_carries_pdf_picture_and_calendar(mine, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mine.send_link()
    parts = list(message_from_bytes(mail.outbox[-1].message().as_bytes()).walk())
    by_type = {part.get_content_type(): part for part in parts}
    assert by_type["application/pdf"].get_payload(decode=True).startswith(b"%PDF")
    assert b"BEGIN:VCALENDAR" in by_type["text/calendar"].get_payload(decode=True)
    [code] = [part for part in parts if part.get_content_type() == "image/png" and part["Content-ID"] == "<qr>"]
    picture = Image.open(io.BytesIO(code.get_payload(decode=True))).convert("L")
    assert zxingcpp.read_barcodes(picture)[0].text == link("T", mine.checkin_token)
    assert "cid:qr" in by_type["text/html"].get_payload(decode=True).decode()
    assert mine.manage_token in by_type["text/plain"].get_payload(decode=True).decode()


@pytest.mark.parametrize(("language", "words"), [("vi", "Đại biểu"), ("en", "Delegate")])
def test_the_paper_ticket_can_be_read_by_people_and_scanners(client, mine, language, words, tmp_path):
    import subprocess

    Registration.objects.filter(pk=mine.pk).update(language=language)
    mine.refresh_from_db()
    answer = client.get(url("ticket_pdf", mine))
    assert answer.headers["Content-Type"] == "application/pdf"
    file = tmp_path / "ve.pdf"
    file.write_bytes(answer.content)
    text = " ".join(
        subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout.split()
    )
    assert "Công Tằng Tôn Nữ Thị Ngọc Phương Anh" in text
    assert words in text
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", file, tmp_path / "ve"], check=True)
    read = zxingcpp.read_barcodes(Image.open(tmp_path / "ve.png").convert("L"))
    assert read[0].text == link("T", mine.checkin_token)
    assert paper.ticket_pdf(mine) == answer.content


def test_the_calendar_file_names_place_and_time(client, mine, event):
    answer = client.get(url("ticket_ics", mine))
    [entry] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry["SUMMARY"] == event.name
    assert entry["DTSTART"].dt == event.doors_at.replace(microsecond=0)
    assert "Bãi Cháy" in entry["LOCATION"]


def test_a_stranger_who_scans_the_code_sees_no_name(client, mine, event):
    for address in (f"/T/{mine.checkin_token}", f"/en/T/{mine.checkin_token}"):
        page = client.get(address)
        assert page.status_code == 200
        assert mine.full_name not in page.text
        assert mine.email not in page.text
    small = client.get(f"/t/{mine.checkin_token.lower()}", follow=True)
    assert small.status_code == 200
    assert client.get("/T/AAAAAAAAAAAAAAAAAAAAAAAAAA").status_code == 404


# ---------------------------------------------------------------- the certificate


def test_who_came_in_gets_the_certificate_once_the_event_is_over(client, mine, over, now):
    assert mine.certificate_of_attendance(now) is None
    mine.check_in(by=None, at=now)
    assert mine.certificate_of_attendance(now) is None, "not before the end"
    over()
    mine.refresh_from_db()
    assert url("registration_certificate", mine) in client.get(url("registration", mine)).text
    assert mine.full_name in client.get(url("registration_certificate", mine)).text
    assert not Certificate.objects.exists(), "looking at it makes nothing"
    client.post(url("registration_certificate", mine))
    client.post(url("registration_certificate", mine))
    certificate = Certificate.objects.get()
    assert certificate.name == mine.full_name
    assert certificate.kind == "attendance"
    page = client.get(url("registration", mine))
    assert certificate.serial in page.text
    assert certificate.get_pdf_url() in page.text


@pytest.mark.parametrize(
    ("first", "last", "vietnamese", "english"),
    [
        ((2026, 9, 10), (2026, 9, 10), "10/9/2026", "10 September 2026"),
        ((2026, 9, 10), (2026, 9, 12), "10–12/9/2026", "10–12 September 2026"),
        ((2026, 9, 30), (2026, 10, 2), "30/9–2/10/2026", "30 September – 2 October 2026"),
        ((2025, 12, 31), (2026, 1, 1), "31/12/2025–1/1/2026", "31 December 2025 – 1 January 2026"),
    ],
)
def test_the_days_of_an_event_are_written_in_both_languages(first, last, vietnamese, english):
    assert attendance.days(date(*first), date(*last), "vi") == vietnamese
    assert attendance.days(date(*first), date(*last), "en") == english


def test_an_english_certificate_speaks_english_only(event, mine, over, now):
    event.organiser_en, event.partner_vi, event.partner_en = "People's Committee", "Sở Khoa học", "Science Department"
    event.signatory_title_vi, event.signatory_title_en = "TRƯỞNG BAN", "HEAD OF THE COMMITTEE"
    mine.check_in(by=None, at=now)
    over()
    mine.refresh_from_db()
    certificate = mine.certificate_of_attendance(now)
    with translation.override("en"):
        assert certificate.issuer == "People's Committee"
        assert certificate.word("partner") == "Science Department"
        assert certificate.word("signatory_title") == "HEAD OF THE COMMITTEE"
        assert "/" not in certificate.facts
    with translation.override("vi"):
        assert certificate.issuer == event.organiser_vi
        assert certificate.word("partner") == "Sở Khoa học"
        assert certificate.word("signatory_title") == "TRƯỞNG BAN"


def test_the_paper_keeps_room_for_signature_and_seal(event, mine, over, now):
    """The place before the date, the position in its own lines, the name; between the two nothing is printed."""
    event.signed_in_vi = "Quảng Ninh"
    event.signatory_name = "Trần Văn Mẫu"
    mine.check_in(by=None, at=now)
    for title, size, lines in (
        ("TM. BAN TỔ CHỨC\r\nTRƯỞNG BAN", "11.00", 2),
        ("PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nTRƯỞNG BAN TỔ CHỨC DIỄN ĐÀN KHỞI NGHIỆP SÁNG TẠO QUỐC GIA", "9.00", 3),
    ):
        post = design.post(title)
        assert (post.size, post.lines) == (size, lines), title
    over()
    event.signatory_title_vi = "TM. BAN TỔ CHỨC\r\nTRƯỞNG BAN"
    event.save()
    mine.refresh_from_db()
    context = design.certificate_context(mine.certificate_of_attendance(now))
    assert context["signed"].startswith("Quảng Ninh, ngày ")
    assert context["post"].text == "TM. BAN TỔ CHỨC\nTRƯỞNG BAN"
    assert context["signatory"] == "Trần Văn Mẫu"


def test_who_never_came_gets_none(client, mine, over):
    over()
    assert client.post(url("registration_certificate", mine)).status_code == 302
    assert not Certificate.objects.exists()
    assert client.get(url("registration", mine)).status_code == 200


def test_a_certificate_stops_corrections_and_keeps_its_scan(mine, over, now):
    mine.check_in(by=None, at=now)
    over()
    mine.refresh_from_db()
    mine.certificate_of_attendance(now)
    with pytest.raises(CannotCorrect):
        mine.correct(at=now, full_name="Ai Đó", organisation="", position="", phone="")
    assert mine.scans.get().undo(by=None, at=now) is False


def test_my_page_finds_tickets_by_verified_address_only(an, dung, register, now):
    register(1, email="An@mau.example")
    assert [registration.full_name for registration in for_person(an, now)] == ["Nguyễn Thị Khách 1"]
    assert for_person(dung, now) == []


# ---------------------------------------------------------------- a name that stands on the mailbox already


def companion(registration: Registration, now, **terms) -> Registration:
    """Somebody with the same mailbox."""
    person = somebody(2, email=registration.email)
    return registration.event.register(registration.ticket_type, person, at=now, contact=registration, **terms)


def typed(name: str, **changed) -> dict[str, str]:
    return {
        "full_name": name,
        "organisation": "Sở Khoa học và Công nghệ",
        "position": "Phó phòng",
        "phone": "",
    } | changed


def test_correcting_to_the_name_of_another_of_the_mailbox_is_said_beside_it_and_what_was_typed_stays(client, mine, now):
    other = companion(mine, now)
    page = client.post(url("registration_edit", other), typed(mine.full_name))
    assert page.status_code == 422
    assert page.context["form"].errors["full_name"] == ["Đã có người cùng họ tên đăng ký với địa chỉ thư này."]
    assert "Phó phòng" in page.text
    other.refresh_from_db()
    assert other.full_name == "Nguyễn Thị Khách 2"


def test_taking_a_seat_under_the_name_of_another_of_the_mailbox_is_said_too_and_nothing_is_taken(client, mine, now):
    guest = companion(mine, now, source="invitation", offer_until=now + timedelta(days=3))
    page = client.post(url("registration_accept", guest), typed(mine.full_name, consent="on"))
    assert page.status_code == 422
    assert page.context["form"].errors["full_name"] == ["Đã có người cùng họ tên đăng ký với địa chỉ thư này."]
    assert "Phó phòng" in page.text
    guest.refresh_from_db()
    assert (guest.full_name, guest.state) == ("Nguyễn Thị Khách 2", State.OFFERED)
    client.post(url("registration_accept", guest), typed("Trần Thị Khác", consent="on"))
    guest.refresh_from_db()
    assert (guest.full_name, guest.state) == ("Trần Thị Khác", State.CONFIRMED)


def test_a_seat_that_cannot_be_taken_any_more_corrects_nothing_either(client, mine, now):
    guest = companion(mine, now, source="invitation", offer_until=now + timedelta(days=3))
    Registration.objects.filter(pk=guest.pk).update(hold_until=now - timedelta(minutes=1))
    client.post(url("registration_accept", guest), typed("Trần Thị Khác", consent="on"))
    guest.refresh_from_db()
    assert (guest.full_name, guest.state) == ("Nguyễn Thị Khách 2", State.OFFERED)
