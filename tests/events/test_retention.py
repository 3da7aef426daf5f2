"""What an event knows about people goes when its days are over; the numbers stay."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from events import retention
from events.models import Delegation, Event, EventStatistics, Quota, Registration, RegistrationChange, State
from events.models.question import Answer, Question, QuestionChoice
from events.tick import JOBS
from home.audit import broken_rules
from letters.models import Letter
from people.holdings import NOWHERE, fingerprint
from people.models import AuditEntry, Consent, Unit

from .conftest import make_event, somebody

pytestmark = pytest.mark.django_db

CANARY = ("Bí Mật", "bi.mat@canary.vn", "+84909999999", "Cơ quan Kín", "Chức Vụ Kín", "Ghi chú kín")


@pytest.fixture
def canary(event, delegate, now, ha):
    """Somebody of whom everything is known, who was corrected, handed the ticket on and came in."""
    unit = Unit.objects.create(slug="kin", kind="ward", name="Kín", full_name_vi="UBND Phường Kín")
    registration = event.register(
        delegate,
        somebody(
            full_name="Bí Mật",
            email="bi.mat@canary.vn",
            phone="+84909999999",
            organisation="Cơ quan Kín",
            position="Chức Vụ Kín",
            gate_note="Ghi chú kín",
            salutation="Ghi chú kín",
            rank="Ghi chú kín",
            unit=unit,
        ),
        at=now,
        consent_version="registration-2026-11",
    )
    registration.correct(
        at=now,
        by=ha,
        full_name="Bí Mật Hơn",
        organisation="Cơ quan Kín",
        position="Chức Vụ Kín",
        phone="+84909999999",
    )
    registration.check_in(by=ha, at=now)
    Letter.objects.update(state=Letter.State.SENT, sent_at=now, next_try_at=None, subject="Vé của Bí Mật")
    return registration


def ended(event: Event, days: int) -> None:
    """Let the event have ended so many days ago."""
    event.ends_at = timezone.now() - timedelta(days=days)
    event.starts_at = event.ends_at - timedelta(hours=8)
    event.registration_closes_at = event.starts_at
    event.registration_opens_at = event.starts_at - timedelta(days=30)
    event.save()


def every_text() -> str:
    """Every value of every table; what SQLite keeps as \\u1ead in JSON is read as the letter it means."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.append(f"{table}: {cursor.fetchall()}")
    return re.sub(r"\\+u([0-9a-f]{4})", lambda letter: chr(int(letter[1], 16)), "\n".join(found))


def test_after_a_year_nobody_can_tell_any_more_who_came(canary, event, now):
    old = (canary.manage_token, canary.checkin_token, canary.public_token)
    ended(event, 366)
    assert retention.carry_out(timezone.now()) > 0
    canary.refresh_from_db()
    assert canary.erased_at is not None
    assert (canary.full_name, canary.email.partition("@")[2], canary.unit) == ("(đã xóa)", NOWHERE, None)
    assert not {canary.manage_token, canary.checkin_token, canary.public_token} & set(old)
    left = every_text()
    for secret in (*CANARY, "bi mat", "0909999999", *old):
        assert secret not in left, secret


def test_the_seat_the_entry_and_the_story_without_words_stay(canary, event, now):
    ended(event, 366)
    retention.carry_out(timezone.now())
    canary.refresh_from_db()
    assert (canary.state, canary.event, canary.code) == (State.CONFIRMED, event, canary.checkin_token[:8])
    assert canary.scans.standing().count() == 1
    corrected = [change.corrected for change in canary.changes.all() if change.corrected]
    assert corrected == [{"full_name": ["", ""]}]
    assert canary.changes.last().reason == "erased"
    [letter] = Letter.objects.about(canary)
    assert (letter.kind, letter.subject, letter.to.partition("@")[2]) == ("registration_confirmed", "", NOWHERE)
    assert not letter.can_be_sent_again


def test_the_numbers_are_written_before_and_survive(canary, event, student, register):
    register(2, ticket_type=student).cancel(at=timezone.now())
    ended(event, 366)
    retention.carry_out(timezone.now())
    numbers = event.statistics
    assert numbers.final
    assert numbers.by("ticket_type", "unit", "state", "came_in") == [
        (("Sinh viên", "", "cancelled", False), 1),
        (("Đại biểu", "UBND Phường Kín", "confirmed", True), 1),
    ]
    retention.carry_out(timezone.now() + timedelta(days=1))
    event.refresh_from_db()
    assert event.statistics.rows == numbers.rows, "counted when the people were still there"


def test_a_certificate_keeps_its_own_words(canary, event, now):
    ended(event, 1)
    canary.refresh_from_db()
    paper = canary.certificate_of_attendance(timezone.now())
    assert paper.name == "Bí Mật Hơn"
    ended(event, 366)
    retention.carry_out(timezone.now())
    paper.refresh_from_db()
    assert paper.name == "Bí Mật Hơn"
    canary.refresh_from_db()
    assert canary.certificate == paper


def test_nobody_gets_a_paper_without_a_name(canary, event):
    ended(event, 366)
    retention.carry_out(timezone.now())
    canary.refresh_from_db()
    assert canary.certificate_of_attendance(timezone.now()) is None


def test_five_people_of_one_mailbox_are_emptied_too(event, delegate, register, now):
    first = register(1)
    for number in range(2, 7):
        event.register(delegate, somebody(number, email=first.email), at=now, contact=first)
    ended(event, 366)
    retention.carry_out(timezone.now())
    assert Registration.objects.filter(erased_at=None).count() == 0
    assert len(set(Registration.objects.values_list("email", flat=True))) == 6


@pytest.mark.parametrize(
    ("key", "secret", "stays"),
    [
        ("phone", "909999999", "bi.mat@canary.vn"),
        ("reception", "Ghi chú kín", "909999999"),
        ("workplace", "Chức Vụ Kín", "bi.mat@canary.vn"),
        ("email", "bi.mat@canary.vn", "909999999"),
    ],
)
def test_a_field_may_go_earlier_than_the_rest(canary, event, now, key, secret, stays):
    canary.correct(
        at=now + timedelta(seconds=1),
        full_name=canary.full_name,
        organisation="Nơi khác",
        position="Việc khác",
        phone="+84911111111",
    )
    canary.correct(
        at=now + timedelta(seconds=2),
        full_name=canary.full_name,
        organisation="Cơ quan Kín",
        position="Chức Vụ Kín",
        phone="+84909999999",
    )
    event.retention_of_fields = {key: 30}
    event.save()
    ended(event, 29)
    assert retention.carry_out(timezone.now()) == 0
    ended(event, 31)
    retention.carry_out(timezone.now())
    left = every_text()
    assert secret not in left
    assert stays in left
    canary.refresh_from_db()
    assert (canary.full_name, canary.erased_at) == ("Bí Mật Hơn", None)
    assert not event.statistics.final


def test_running_again_finds_nothing_and_writes_nothing(canary, event):
    event.retention_of_fields = {"phone": 30, "email": 60}
    event.save()
    ended(event, 366)
    assert retention.carry_out(timezone.now()) > 0
    entries, changes = AuditEntry.objects.count(), canary.changes.count()
    assert retention.carry_out(timezone.now()) == 0
    assert (AuditEntry.objects.count(), canary.changes.count()) == (entries, changes)


def test_one_line_in_the_record_says_how_many(canary, event, register):
    register(2)
    register(3)
    ended(event, 366)
    retention.carry_out(timezone.now())
    [entry] = AuditEntry.objects.filter(verb="retention.carried_out")
    assert entry.actor_id is None
    assert entry.subject == event
    assert (entry.data["everything"], entry.data["consents"]) == (3, 1)


def test_consents_keep_their_proof_under_a_hash(canary, event):
    ended(event, 366)
    retention.carry_out(timezone.now())
    proof = Consent.objects.get()
    assert (proof.text_version, proof.source) == ("registration-2026-11", event.slug)
    assert proof.email.partition("@")[0] == fingerprint("Bi.Mat@canary.vn"), "found again by who shows the address"


def test_a_run_that_dies_half_way_is_finished_by_the_next(event, register, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    unit = Unit.objects.create(slug="kin", kind="ward", name="Kín", full_name_vi="UBND Phường Kín")
    for number in range(5):
        register(number, unit=unit)
    ended(event, 366)
    whole = retention.erase
    calls = []

    def dies(rows, **terms):
        calls.append(rows)
        if len(calls) == 2:
            raise ConnectionError
        whole(rows, **terms)

    monkeypatch.setattr(retention, "erase", dies)
    with pytest.raises(ConnectionError):
        retention.carry_out(timezone.now())
    assert Registration.objects.filter(erased_at=None).count() == 3
    monkeypatch.setattr(retention, "erase", whole)
    retention.carry_out(timezone.now())
    assert Registration.objects.filter(erased_at=None).count() == 0
    assert event.statistics.by("unit") == [(("UBND Phường Kín",), 5)], "counted before the first of them went"


@pytest.mark.parametrize("why", ["kept", "not over", "postponed"])
def test_what_is_kept(canary, event, why):
    ended(event, 5000 if why != "not over" else 100)
    if why == "kept":
        Event.objects.update(retention_days=None)
    if why == "postponed":
        Event.objects.update(postponed_at=timezone.now())
    assert retention.carry_out(timezone.now()) == 0
    canary.refresh_from_db()
    assert canary.full_name == "Bí Mật Hơn"


def test_what_was_postponed_and_then_called_off_is_emptied(canary, event):
    now = timezone.now()
    event.postpone(at=now, notice_vi="Hoãn.", letters=False)
    event.call_off(at=now, notice_vi="Không tổ chức.", letters=False)
    ended(event, 366)
    assert retention.carry_out(timezone.now()) > 0
    canary.refresh_from_db()
    assert canary.erased_at is not None


def test_the_clock_does_it_once_a_day():
    [job] = [job for job in JOBS if job.name == "events.retention"]
    assert (job.every_seconds, job.function) == (86_400, retention.carry_out)


def test_a_dry_run_changes_nothing_and_says_what_would_go(canary, event):
    event.retention_of_fields = {"phone": 30}
    event.save()
    ended(event, 31)
    before = every_text()
    out = io.StringIO()
    call_command("retention", "--dry-run", stdout=out)
    assert every_text() == before
    lines = out.getvalue().splitlines()
    assert lines[0].split("\t")[:3] == [event.slug, "NOW", "1"]
    assert lines[1].split("\t")[0] == event.slug
    assert "NOW" not in lines[1]
    call_command("retention", stdout=out)
    canary.refresh_from_db()
    assert canary.phone == ""


def test_answers_go_by_their_own_days_and_choices_stay_as_numbers(canary, event, now):
    meal = Question.objects.create(event=event, kind="choice", label_vi="Bữa ăn", retention_days=10)
    choice = QuestionChoice.objects.create(question=meal, label_vi="Chay")
    free = Question.objects.create(event=event, kind="short", label_vi="Dị ứng", retention_days=10)
    kept = Question.objects.create(event=event, kind="short", label_vi="Ghi chú")
    for question, value in ((meal, str(choice.pk)), (free, "lạc"), (kept, "ở lại")):
        version = question.settle(now)
        Answer.objects.create(registration=canary, question=question, version=version, value=value, at=now)
    ended(event, 11)
    retention.carry_out(timezone.now())
    assert [answer.value for answer in Answer.objects.all()] == ["ở lại"]
    assert event.statistics.answers == {"Bữa ăn": {"Chay": 1}}
    ended(event, 366)
    retention.carry_out(timezone.now())
    assert not Answer.objects.exists()
    assert EventStatistics.objects.get().answers == {"Bữa ăn": {"Chay": 1}}


def test_the_coordinator_of_a_delegation_goes_with_the_event(event, delegate, now):
    Delegation.objects.set_aside(
        event,
        delegate,
        name="Sở Kín",
        size=2,
        release_at=now + timedelta(days=1),
        coordinator_name="Bí Mật",
        coordinator_email="bi.mat@canary.vn",
        at=now,
    )
    event.register(delegate, somebody(1), at=now)
    Letter.objects.update(state=Letter.State.SENT, sent_at=now, next_try_at=None)
    Delegation.objects.update(release_at=now)
    ended(event, 366)
    retention.carry_out(timezone.now())
    assert "bi.mat@canary.vn" not in every_text()
    assert Delegation.objects.get().name == "Sở Kín"


# ---------------------------------------------------------------- what people read


@pytest.mark.parametrize(("language", "words"), [("vi", "Số điện thoại được xóa ngày"), ("en", "The phone number is")])
def test_the_form_promises_the_day_without_asking_more_of_the_database(
    client, site_tree, event, delegate, language, words
):
    with translation.override(language):
        address = reverse("events:register", args=[event.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        assert words not in client.get(address).text
    event.ends_at = timezone.make_aware(timezone.datetime(2030, 9, 12, 17))
    event.starts_at = event.ends_at - timedelta(hours=8)
    event.retention_of_fields = {"phone": 30}
    event.save()
    with CaptureQueriesContext(connection) as after:
        page = client.get(address).text
    assert words in page
    assert ("12/10/2030" if language == "vi" else "12 October 2030") in page
    assert len(after) == len(before)


def test_an_event_that_keeps_everything_promises_nothing(event):
    event.retention_days = None
    assert event.retention_promise() == []


# ---------------------------------------------------------------- the back office


@pytest.fixture
def desk(client, ha, site_tree):
    client.force_login(ha)
    return client


def test_organisers_see_what_goes_when(desk, canary, event):
    event.retention_of_fields = {"phone": 30}
    event.save()
    ended(event, 31)
    page = desk.get(reverse("events_retention"))
    assert page.status_code == 200
    assert event.name in page.text
    assert "đến hạn" in page.text


def test_statements_do_not_grow_with_events(desk, now, delegate):
    counts = []
    for number in (2, 12):
        while Event.objects.count() < number:
            made = make_event(now, slug=f"ky-{Event.objects.count()}")
            Question.objects.create(event=made, kind="short", label_vi="?", retention_days=3)
        desk.get(reverse("events_retention"))
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse("events_retention"))
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_an_organiser_sets_the_days_of_an_event(desk, event, ha):
    address = reverse("events_retention_event", args=[event.pk])
    assert desk.get(address).status_code == 200
    answer = desk.post(address, {"everything": "180", "phone": "30", "reception": "0", "workplace": "", "email": ""})
    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.retention_days, event.retention_of_fields) == (180, {"phone": 30, "reception": 0})
    entry = AuditEntry.objects.get(verb="retention.changed")
    assert (entry.actor_id, entry.data["phone"]) == (ha.pk, [None, 30])
    assert "được xóa ngày" in desk.get(address).text


def test_what_was_promised_is_shortened_but_not_extended(desk, event, register):
    event.retention_of_fields = {"phone": 30}
    event.save()
    address = reverse("events_retention_event", args=[event.pk])
    days = {"everything": "365", "phone": "30", "reception": "", "workplace": "", "email": ""}
    assert desk.post(address, days | {"everything": "400"}).status_code == 302, "nobody has registered yet"
    desk.post(address, days)
    register(1)
    for longer in ({"everything": "366"}, {"everything": ""}, {"phone": "31"}, {"phone": ""}):
        assert desk.post(address, days | longer).status_code == 422, longer
    assert desk.post(address, days | {"everything": "300", "phone": "20"}).status_code == 302
    event.refresh_from_db()
    assert (event.retention_days, event.retention_of_fields) == (300, {"phone": 20})


def test_others_do_not_come_in(client, site_tree, event, chi, giang, an):
    for stranger in (chi, giang, an):
        client.force_login(stranger)
        assert client.get(reverse("events_retention")).status_code in (302, 403)
        address = reverse("events_retention_event", args=[event.pk])
        assert client.post(address, {"everything": "1"}).status_code in (302, 403)
    event.refresh_from_db()
    assert event.retention_days == 365


def test_the_numbers_are_shown_beside_the_event(desk, canary, event):
    ended(event, 366)
    retention.carry_out(timezone.now())
    page = desk.get(reverse("events_retention_event", args=[event.pk])).text
    assert "UBND Phường Kín" in page
    assert date.today().strftime("%Y") in page


def test_nothing_is_asked_for_each_person_alone(event, delegate, now, django_assert_max_num_queries):
    Quota.objects.update(size=None)
    rows = []
    for number in range(600):
        row = Registration(
            event=event,
            ticket_type=delegate,
            full_name=f"Người {number}",
            email=f"nguoi{number}@mau.example",
            created_at=now,
            confirmed_at=now,
            letters=False,
        )
        row.derive()
        rows.append(row)
    Registration.objects.bulk_create(rows)
    RegistrationChange.objects.bulk_create(
        RegistrationChange(registration=row, at=now, became=State.CONFIRMED) for row in rows
    )
    ended(event, 366)
    with django_assert_max_num_queries(80):
        retention.carry_out(timezone.now())
    assert Registration.objects.filter(erased_at=None).count() == 0


@pytest.mark.unbalanced
def test_the_books_see_an_erased_registration_that_says_who_it_was(canary, event):
    ended(event, 366)
    retention.carry_out(timezone.now())
    assert broken_rules() == []
    Registration.objects.update(phone="+84909999999")
    assert [rule.name for rule in broken_rules()] == ["events.erased_has_no_name"]
