# ruff: noqa: F811 - fixtures of the forum are used under their own names
"""What is kept about one person: handed over on request, erased on request, and who of the staff looked."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content.models import Feedback
from courses.models import Course, Enrolment
from events.models import Delegation, Registration, State
from home import personal_data
from letters.models import Letter
from people import consent
from people.holdings import NOWHERE, CannotErase, fingerprint
from people.models import AuditEntry, Consent, Unit, User
from tests.conftest import person
from tests.events.conftest import delegate, event, make_event, now, register, somebody  # noqa: F401
from tests.events.test_retention import every_text

pytestmark = pytest.mark.django_db

ADDRESS = "bi.mat@canary.vn"
SECRETS = (ADDRESS, "bi mat", "Bí Mật", "909999999", "Lời Nhắn Kín", "Chức Vụ Kín")


@pytest.fixture
def canary(site_tree, register, now, ha):
    """Somebody with an account, a registration that was corrected and read at the gate, a course, letters, feedback."""
    user = person(ADDRESS, "Bí Mật")
    user.phone = "+84909999999"
    user.save()
    unit = Unit.objects.create(slug="so", kind="department", name="Sở", full_name_vi="Sở Thử")
    user.join(unit, "Chức Vụ Kín", timezone.localdate())
    course = Course.objects.create(key="6f2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a6b", code="BB01", title_vi="Bài bản")
    Course.objects.update(opened_at=now - timedelta(days=1))
    course.refresh_from_db()
    course.enrol(user)
    mine = register(1, full_name="Bí Mật", email=ADDRESS, phone="+84909999999", position="Chức Vụ Kín")
    consent.give("registration", email=ADDRESS, at=now, source=mine.event.slug)
    consent.give("newsletter", email=ADDRESS, at=now, source="/", person=user)
    mine.correct(at=now, by=ha, full_name="Bí Mật", organisation="Sở Thử", position="Chức Vụ Kín", phone=mine.phone)
    Feedback.objects.create(name="Bí Mật", email=ADDRESS, message="Lời Nhắn Kín")
    Letter.objects.update(state=Letter.State.SENT, sent_at=now, next_try_at=None)
    return user


@pytest.fixture
def desk(client, minh, site_tree):
    client.force_login(minh)
    return client


PAGE, ERASE = "/quan-tri/du-lieu-ca-nhan/", "/quan-tri/du-lieu-ca-nhan/xoa/"
ASKED = {"email": ADDRESS, "reason": "Đơn ngày 24/11, đã gọi lại"}


# ---------------------------------------------------------------- told


def test_an_administrator_sees_all_that_is_kept_and_what_erasing_would_do(desk, canary):
    assert desk.get(PAGE).status_code == 200
    page = desk.post(PAGE, {**ASKED, "email": "Bi.Mat@Canary.VN "})
    assert page.status_code == 200
    for words in ("Bí Mật", "Lời Nhắn Kín", "Bài bản", "Sở Thử", "Chức Vụ Kín", "giữ nguyên"):
        assert words in page.text, words
    assert "no-store" in page.headers["Cache-Control"]
    assert Registration.objects.get().full_name == "Bí Mật"


def test_the_files_hold_everything_in_words_and_nothing_that_opens_a_door(desk, canary):
    answer = desk.post(PAGE, ASKED | {"json": "1"})
    assert "attachment" in answer.headers["Content-Disposition"]
    told = json.loads(answer.content)
    assert told["email"] == ADDRESS
    data = told["data"]
    assert {
        "registrations",
        "registration_changes",
        "enrolments",
        "letters",
        "feedback",
        "consents",
        "memberships",
        "account",
    } <= set(data)
    assert data["registrations"][0]["phone"] == "+84909999999"
    assert len(data["consents"]) == 2
    mine = Registration.objects.get()
    for secret in (mine.manage_token, mine.checkin_token, mine.public_token):
        assert secret not in answer.content.decode()

    answer = desk.post(PAGE, ASKED | {"xlsx": "1"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == len(data) + 1, "the first file left a line in the audit log"
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells)
    assert {"Bí Mật", "+84909999999", "Lời Nhắn Kín"} <= {cell.value for cell in cells}


def test_every_look_needs_a_reason_and_stands_in_the_record(desk, canary, minh):
    assert desk.post(PAGE, {"email": ADDRESS, "reason": ""}).status_code == 422
    assert not AuditEntry.objects.filter(verb__startswith="personal_data").exists()
    for button in ({}, {"json": "1"}, {"xlsx": "1"}):
        desk.post(PAGE, ASKED | button)
    entries = AuditEntry.objects.filter(verb="personal_data.exported").order_by("pk")
    assert [entry.data["form"] for entry in entries] == ["screen", "json", "xlsx"]
    assert {entry.actor_id for entry in entries} == {minh.pk}
    assert entries[0].data["reason"] == ASKED["reason"]
    assert entries[0].data["person"] == fingerprint(ADDRESS)
    assert ADDRESS not in str([entry.data for entry in entries])


def test_an_address_nothing_is_kept_of(desk):
    page = desk.post(PAGE, ASKED | {"email": "la@mau.example"})
    assert "Không lưu gì" in page.text
    assert ERASE not in page.text
    assert desk.post(PAGE, ASKED | {"email": "la@mau.example", "xlsx": "1"}).status_code == 200


def test_others_are_not_told(client, canary, chi, ha, khanh, giang, an):
    for stranger in (chi, ha, khanh, giang, an):
        client.force_login(stranger)
        assert client.get(PAGE).status_code in (302, 403)
        assert client.post(PAGE, ASKED).status_code in (302, 403)
        assert client.post(ERASE, ASKED | {"again": ADDRESS}).status_code in (302, 403)
    assert Registration.objects.get().full_name == "Bí Mật"


# ---------------------------------------------------------------- erased


def erase(minh, email=ADDRESS):
    return personal_data.erase(email, at=timezone.now(), by=minh, reason="Đơn ngày 24/11")


def test_erasing_is_confirmed_by_typing_the_address_again(desk, canary):
    for again in ("", "khac@canary.vn"):
        assert desk.post(ERASE, ASKED | {"again": again}).status_code == 422
    assert Registration.objects.get().full_name == "Bí Mật"
    answer = desk.post(ERASE, ASKED | {"again": ADDRESS}, follow=True)
    assert "Đã xóa" in answer.text
    assert Registration.objects.get().full_name == "(đã xóa)"


def test_nothing_in_any_table_says_who_it_was(canary, minh, ha, client):
    client.force_login(ha)
    client.get(reverse("events_registration:inspect", args=[Registration.objects.get().pk]))
    erase(minh)
    left = every_text()
    for secret in SECRETS:
        assert secret not in left, secret


def test_the_seat_is_given_back_and_no_letter_tells_it(
    canary,
    minh,
    django_capture_on_commit_callbacks,
    event,
):
    before = Letter.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        erase(minh)
    mine = Registration.objects.get()
    assert (mine.state, mine.cancelled_by) == (State.CANCELLED, minh)
    assert Letter.objects.count() == before
    assert mail.outbox == []


def test_a_letter_that_waits_is_not_sent(canary, minh, now):
    Registration.objects.get().send_link()
    assert Letter.objects.waiting().count() == 1
    erase(minh)
    assert Letter.objects.waiting().count() == 0


def test_a_letter_that_is_on_its_way_right_now_is_waited_for(canary, minh, now):
    Registration.objects.get().send_link()
    Letter.objects.waiting().update(state=Letter.State.SENDING, claimed_at=now)
    with pytest.raises(CannotErase):
        erase(minh)
    assert Registration.objects.get().full_name == "Bí Mật", "all of it or nothing"


def test_who_was_there_stays_a_number(canary, minh, now, ha):
    mine = Registration.objects.get()
    mine.check_in(by=ha, at=now)
    erase(minh)
    mine.refresh_from_db()
    assert mine.state == State.CONFIRMED
    assert mine.scans.standing().count() == 1


def test_the_account_is_closed_and_what_was_learnt_stays_a_number(client, canary, minh):
    client.force_login(canary)
    assert client.get("/trang-cua-toi/").status_code == 200
    erase(minh)
    canary.refresh_from_db()
    assert (canary.full_name, canary.is_active, canary.email.partition("@")[2]) == ("", False, NOWHERE)
    assert not canary.emailaddress_set.exists()
    assert client.get("/trang-cua-toi/").status_code == 302
    assert Enrolment.objects.get().person == canary
    assert not Enrolment.objects.get().sends_letters


def test_devices_and_second_proofs_are_told_without_secrets_and_go(client, canary, minh, now):
    Authenticator.objects.create(user=canary, type=Authenticator.Type.TOTP, data={"secret": "kín-lắm"})
    client.force_login(canary)
    UserSession.objects.create(
        user=canary, ip="203.0.113.9", user_agent="Cốc Cốc", session_key=client.session.session_key, last_seen_at=now
    )
    told = personal_data.as_json(ADDRESS, personal_data.everything(ADDRESS), timezone.now()).decode()
    assert "203.0.113.9" in told
    assert "kín-lắm" not in told
    assert client.session.session_key not in told
    erase(minh)
    left = every_text()
    assert "203.0.113.9" not in left
    assert "kín-lắm" not in left


def test_consents_are_withdrawn_and_their_proof_stays(canary, minh):
    erase(minh)
    for proof in Consent.objects.all():
        assert proof.withdrawn_at is not None
        assert proof.person is None
        assert proof.email == f"{fingerprint(ADDRESS)}@{NOWHERE}"


def test_a_certificate_stays_and_the_person_is_told_so(canary, minh, event, ha):
    Registration.objects.get().check_in(by=ha, at=timezone.now())
    event.starts_at, event.ends_at = timezone.now() - timedelta(hours=3), timezone.now() - timedelta(hours=1)
    event.save()
    mine = Registration.objects.get()
    paper = mine.certificate_of_attendance(timezone.now())
    kept = {one.holding.key: str(one.holding.kept) for one in personal_data.everything(ADDRESS)}
    assert "kiểm tra được" in kept["certificates"]
    erase(minh)
    paper.refresh_from_db()
    assert paper.name == "Bí Mật"


def test_the_record_says_who_erased_whom_and_how_much(canary, minh):
    erase(minh)
    entry = AuditEntry.objects.get(verb="personal_data.erased")
    assert (entry.actor_id, entry.subject, entry.subject_name) == (minh.pk, canary, "")
    assert entry.data["person"] == fingerprint(ADDRESS.upper())
    assert (entry.data["registrations"], entry.data["account"]) == (1, 1)


def test_the_coordinator_of_a_delegation_is_erased_also_where_consents_name_them(
    minh,
    event,
    delegate,
    now,
    site_tree,
):
    party = Delegation.objects.set_aside(
        event,
        delegate,
        name="Đoàn Thử",
        size=2,
        release_at=now + timedelta(days=5),
        coordinator_name="Bí Mật",
        coordinator_email=ADDRESS,
        at=now,
    )
    party.name_people([somebody(1, email="")], at=now, consent_version="registration-2026-11")
    assert "Bí Mật" in Consent.objects.get().source
    desk_of = party.get_absolute_url()
    done = erase(minh)
    assert (done["delegations"], done["registrations"]) == (1, 1), "whoever was named on that mailbox, too"
    assert "Bí Mật" not in every_text()
    party.refresh_from_db()
    assert party.name == "Đoàn Thử"
    assert party.get_absolute_url() != desk_of


def test_erasing_twice_finds_nothing(canary, minh):
    erase(minh)
    assert personal_data.everything(ADDRESS) == []
    assert erase(minh) == {}


def test_somebody_who_works_here_is_not_erased_by_a_slip(desk, ha, minh):
    for colleague in (ha, minh):
        with pytest.raises(CannotErase):
            erase(minh, colleague.email)
        colleague.refresh_from_db()
        assert colleague.is_active
    page = desk.post(ERASE, {"email": ha.email, "again": ha.email, "reason": "x"}, follow=True)
    assert "thu lại mọi vai trò" in page.text


def test_others_are_left_alone(canary, minh, register, binh):
    other = register(2)
    erase(minh)
    other.refresh_from_db()
    assert other.is_confirmed
    assert User.objects.get(pk=binh.pk).full_name == "Nguyễn Thị Bình"


def test_every_model_with_an_address_is_looked_after():
    """Whoever adds a table with an e-mail address lists it in the app's personal_data.py, or here with the reason."""
    from django.apps import apps
    from django.db.models import EmailField

    told = {"events.Registration", "events.Delegation", "letters.Letter", "people.User", "people.Consent"} | {
        "events.Order",
        "content.Feedback",
        "account.EmailAddress",  # goes with the account
    }
    offices = {"events.Event", "content.SiteSettings", "content.ContactPage"}
    having = {
        model._meta.label
        for model in apps.get_models()
        if any(isinstance(field, EmailField) for field in model._meta.concrete_fields)
    }
    assert having <= told | offices


# ---------------------------------------------------------------- who looked


LOG = "/quan-tri/reports/du-lieu-ca-nhan/"


def test_opening_a_registration_is_written_down_once_a_day(client, canary, ha, minh, monkeypatch):
    address = reverse("events_registration:inspect", args=[Registration.objects.get().pk])
    client.force_login(ha)
    for _ in range(3):
        client.get(address)
    entry = AuditEntry.objects.get(verb="events.registration.view")
    assert (entry.actor_id, entry.subject_name) == (ha.pk, "")
    views = AuditEntry.objects.filter(verb="events.registration.view")
    client.force_login(minh)
    client.get(address)
    assert views.count() == 2
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    client.force_login(ha)
    client.get(address)
    assert views.count() == 3


def test_looking_through_a_list_of_people_is_written_down_once_a_day_without_what_was_searched(
    client, canary, ha, minh
):
    client.force_login(ha)
    for _ in range(2):
        client.get(reverse("events_registration:index"), {"q": "bi mat"})
        client.get(reverse("letters:index"))
        client.get(reverse("events_gate"), {"tim": "bi mat"})
        client.get(reverse("events_duplicates:index"))
    entries = AuditEntry.objects.about_personal_data()
    assert sorted(entries.values_list("verb", flat=True)) == ["events.registration.list", "letters.letter.list"]
    assert all(entry.data == {} for entry in entries)
    client.force_login(minh)
    page = client.get(LOG).text
    assert "xem danh sách" in page
    assert "Các đăng ký" in page or "Đăng ký" in page


def test_forms_and_letters_that_show_a_person_are_written_down_too(client, canary, ha, minh):
    client.force_login(ha)
    person = Registration.objects.get()
    for name in ("correct", "cancel", "hand_over"):
        client.get(reverse(f"events_registration_{name}", args=[person.pk]))
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["events.registration.view"]
    client.force_login(minh)
    client.get(reverse("events_lettertext:text", args=[person.event_id, "registration_confirmed"]))
    entries = AuditEntry.objects.filter(subject_id=str(person.pk), verb="events.registration.view")
    assert {entry.actor_id for entry in entries} == {ha.pk, minh.pk}


def test_whoever_may_not_open_it_leaves_no_trace(client, canary, giang):
    client.force_login(giang)
    client.get(reverse("events_registration:inspect", args=[Registration.objects.get().pk]))
    assert not AuditEntry.objects.about_personal_data().exists()


def test_learners_letters_feedback_and_accounts_too(desk, canary):
    for name, record in (
        ("learners:inspect", Enrolment.objects.get()),
        ("letters:inspect", Letter.objects.first()),
        ("feedback:inspect", Feedback.objects.get()),
        ("wagtailusers_users:edit", canary),
    ):
        assert desk.get(reverse(name, args=[record.pk])).status_code == 200, name
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "courses.enrolment.view",
        "letters.letter.view",
        "content.feedback.view",
        "people.user.view",
    }


def test_the_log_says_who_opened_whom_and_how_many_were_exported(client, desk, canary, ha, minh):
    client.force_login(ha)
    client.get(reverse("events_registration:inspect", args=[Registration.objects.get().pk]))
    list(client.get(reverse("events_registration:index"), {"export": "xlsx"}).streaming_content)
    client.force_login(minh)
    page = client.get(LOG)
    assert page.status_code == 200
    for words in ("Đỗ Thu Hà", "Bí Mật", "mở xem", "xuất danh sách"):
        assert words in page.text, words
    erase(minh)
    page = client.get(LOG)
    assert "Bí Mật" not in page.text, "names are looked up, not kept"
    assert "xóa dữ liệu một người" in page.text


def test_the_log_is_filtered_by_person_and_day(desk, register, ha, minh):
    first, second = register(1), register(2)
    AuditEntry.objects.viewed(ha, first)
    AuditEntry.objects.viewed(minh, second)
    page = desk.get(LOG, {"actor": ha.pk}).text
    assert first.full_name in page
    assert second.full_name not in page
    assert first.full_name not in desk.get(LOG, {"at_from": "2099-01-01"}).text


def test_statements_do_not_grow_with_the_log(desk, register, ha):
    counts = []
    for number in (3, 30):
        while AuditEntry.objects.count() < number:
            AuditEntry.objects.viewed(ha, register(AuditEntry.objects.count()))
        desk.get(LOG)
        with CaptureQueriesContext(connection) as captured:
            desk.get(LOG)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= 20


def test_others_do_not_read_the_log(client, site_tree, ha, chi, an):
    for stranger in (ha, chi, an):
        client.force_login(stranger)
        assert client.get(LOG).status_code in (302, 403)


# ---------------------------------------------------------------- a ticket that had two holders


OTHER = "nguoi.thay@canary.vn"


@pytest.fixture
def handed_on(canary, now):
    """Bí Mật's ticket, corrected once, went to somebody else, who corrected it again."""
    mine = Registration.objects.get()
    mine.hand_over(
        somebody(2, full_name="Người Thay", email=OTHER, phone="+84911111111", organisation="Viện Thay"),
        at=now + timedelta(minutes=1),
    )
    mine.correct(
        at=now + timedelta(minutes=2), full_name="Người Thay Thế", organisation="Viện Thay", position="Phó", phone=""
    )
    return mine


def told_to(address: str) -> str:
    from events.personal_data import changes
    from people.holdings import Subject

    return json.dumps(changes(Subject(address)), default=str, ensure_ascii=False)


def test_a_former_holder_is_told_the_own_part_of_the_history_and_not_the_next_persons(handed_on):
    told = told_to(ADDRESS)
    assert "Bí Mật" in told
    assert "+84909999999" in told
    for others in ("Người Thay", OTHER, "+84911111111", "Viện Thay"):
        assert others not in told, others


def test_the_next_holder_is_not_told_who_had_the_ticket_before(handed_on):
    told = told_to(OTHER)
    assert "Người Thay" in told
    for others in ("Bí Mật", ADDRESS, "+84909999999", "Chức Vụ Kín"):
        assert others not in told, others


def test_a_former_holder_is_erased_and_the_ticket_stays_the_next_persons(handed_on, minh):
    personal_data.erase(ADDRESS, at=timezone.now(), by=minh, reason="Đơn")
    mine = Registration.objects.get()
    assert (mine.full_name, mine.email, mine.state) == ("Người Thay Thế", OTHER, State.CONFIRMED)
    left = json.dumps(list(mine.changes.values_list("corrected", flat=True)), ensure_ascii=False)
    for gone in ("Bí Mật", ADDRESS, "+84909999999"):
        assert gone not in left, gone
    assert "Người Thay Thế" in left
    assert "Người Thay" in told_to(OTHER)
    assert told_to(ADDRESS) == "[]"


def test_a_letter_that_was_being_sent_during_the_erasure_is_forgotten_by_the_clock(canary, now):
    from events import retention

    letter = Letter.objects.get(kind="registration_confirmed")
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENDING, sent_at=None, claimed_at=now)
    retention.erase_person(ADDRESS, at=now, by=None)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=now, claimed_at=None)
    retention.carry_out(now)
    letter.refresh_from_db()
    assert letter.to.endswith(f"@{NOWHERE}")
