"""An organiser pauses registration, postpones, moves or calls off an event, and everybody is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from content import cache
from content.templatetags.kit import vn_date, vn_weekday_date
from events import tasks, tick
from events.changing import CannotChange
from events.eligibility import Refused
from events.models import Delegation, Event, EventChange, EventIndexPage, EventPage, Quota, Registration, State
from events.models import event_change as announcing
from home.audit import broken_rules
from letters.models import Letter
from letters.render import message_of, render
from people.models import AuditEntry

from .conftest import fill_agenda, somebody

pytestmark = pytest.mark.django_db

WORDS = {"notice_vi": "Vì bão số 3, ban tổ chức xin dời ngày.", "notice_en": "Because of a storm the day has changed."}


@pytest.fixture
def desk(client, ha, site_tree):
    """Hà at her desk."""
    client.force_login(ha)
    return client


def typed(event: Event, what: str, /, **changed) -> dict:
    """The screen as the browser sends it back, in local time."""
    moment = lambda value: timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""  # noqa: E731
    values = {
        "what": what,
        "starts_at": moment(event.starts_at),
        "ends_at": moment(event.ends_at),
        "doors_at": moment(event.doors_at),
        "venue_vi": event.venue_vi,
        "venue_en": event.venue_en,
        "address_vi": event.address_vi,
        "address_en": event.address_en,
        "letters": "on",
        "seen": event.calendar_sequence,
        "do": "confirm",
        **WORDS,
    }
    return values | {key: value if isinstance(value, str | int) else moment(value) for key, value in changed.items()}


def entry(letter: Letter):
    """(method, the one entry) of the calendar file that the letter carries."""
    part = next(part for part in message_of(letter).message().walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def letters_of(registration: Registration, *kinds: str):
    return Letter.objects.about(registration).filter(kind__in=kinds or ["event_changed", "event_cancelled"])


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    """Everything that was begun is carried out: the task writes its letters."""

    def doing(verb, **terms) -> EventChange:
        with django_capture_on_commit_callbacks(execute=True):
            change = verb(at=timezone.now(), **WORDS | terms)
        change.refresh_from_db()
        return change

    return doing


# ---------------------------------------------------------------- the switch


def test_one_press_pauses_registration_and_another_opens_it_again(desk, event, delegate, ha):
    edit = reverse("events_event:edit", args=[event.pk])
    assert "Tạm dừng đăng ký" in desk.get(edit).text
    desk.post(reverse("events_event_pause", args=[event.pk]), {"do": "pause"})
    event.refresh_from_db()
    assert event.registration_paused_at is not None
    assert event.eligibility(at=timezone.now()).reason == "paused"
    shown = desk.get(edit).text
    assert "Mở lại đăng ký" in shown
    assert "Đỗ Thu Hà" in shown.split("w-editor-form")[0]
    desk.logout()
    assert "Tạm dừng" in desk.get(reverse("events:register", args=[event.slug])).text
    desk.force_login(ha)
    desk.post(reverse("events_event_pause", args=[event.pk]), {"do": "unpause"})
    event.refresh_from_db()
    assert event.eligibility(at=timezone.now()).allowed
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["event.registration_paused", "event.registration_unpaused"]


def test_pressing_twice_is_pressing_once(desk, event, now):
    assert event.pause(now)
    assert not event.pause(now + timedelta(minutes=5))
    assert event.registration_paused_at == now
    assert event.unpause()
    assert not event.unpause()


# ---------------------------------------------------------------- moved


def test_a_moved_event_is_told_to_everybody_in_their_language(event, delegate, student, register, tell, ha):
    vietnamese, english = register(1), register(2)
    Registration.objects.filter(pk=english.pk).update(language="en")
    register(3, ticket_type=student)
    register(4, ticket_type=student)
    waiting = event.register(student, somebody(5), at=timezone.now(), wait=True)
    gone = register(6)
    gone.cancel(at=timezone.now())
    [session] = fill_agenda(event, 1)
    week = timedelta(days=7)
    days = {field: getattr(event, field) + week for field in ("starts_at", "ends_at", "doors_at")}
    places = {"venue_vi": "Cung Quy hoạch", "venue_en": "Planning Palace"}
    change = tell(lambda **terms: event.take_place(days | places, by=ha, with_sessions=True, **terms))

    assert (event.starts_at, event.venue_vi) == (days["starts_at"], "Cung Quy hoạch")
    was = session.starts_at
    session.refresh_from_db()
    assert session.starts_at == was + week
    assert (change.kind, change.total, change.written) == ("moved", 5, 5)
    assert ["Địa điểm (tiếng Việt)".lower(), "Khu du lịch Bãi Cháy", "Cung Quy hoạch"] in [
        [label.lower(), old, new] for label, old, new in change.differences
    ]
    assert not letters_of(gone).exists()
    assert letters_of(waiting).count() == 1

    words = render(letters_of(vietnamese).get())
    assert "Cung Quy hoạch" in words.text
    assert "bão số 3" in words.text
    assert vn_date(event.starts_at) in words.text
    words = render(letters_of(english).get())
    assert words.subject.startswith("Changed:")
    assert "Planning Palace" in words.text
    assert "Because of a storm" in words.text


def test_calendars_take_the_new_day_over_the_old_one(event, register, tell):
    guest = register(1, at=event.registration_opens_at)
    _method, before = entry(Letter.objects.get(kind="registration_confirmed"))
    starts_at = event.starts_at + timedelta(days=1)
    tell(lambda **terms: event.take_place({"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}, **terms))
    method, after = entry(letters_of(guest).get())
    assert (method, after["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt
    assert after["ORGANIZER"] == "mailto:diendan@example.vn"
    guest.refresh_from_db()
    guest.cancel(at=timezone.now())
    method, gone = entry(Letter.objects.get(kind="registration_cancelled"))
    assert (method, gone["STATUS"]) == ("CANCEL", "CANCELLED")
    assert gone["SEQUENCE"] > after["SEQUENCE"]


def test_the_agenda_stays_where_it_is_unless_the_organiser_says_so(event, register, tell):
    [session] = fill_agenda(event, 1)
    was = session.starts_at
    tell(lambda **terms: event.take_place({"ends_at": event.ends_at + timedelta(hours=1)}, **terms))
    session.refresh_from_db()
    assert session.starts_at == was


# ---------------------------------------------------------------- postponed and called off


def test_a_postponed_event_keeps_its_tickets_and_comes_back_with_a_new_day(client, event, delegate, register, tell):
    guest = register(1)
    tell(event.postpone)
    assert event.eligibility(at=timezone.now()).reason == "postponed"
    method, old = entry(letters_of(guest).get())
    assert (method, old["STATUS"]) == ("CANCEL", "CANCELLED")
    assert "tạm hoãn" in render(letters_of(guest).get()).text
    page = client.get(guest.get_absolute_url()).text
    assert "bão số 3" in page
    assert vn_date(event.starts_at) not in page
    assert "ticket" in page

    # Its old day goes by, and nothing that happens at a day's end happens.
    month = timedelta(days=30)
    days = {field: getattr(event, field) for field in ("starts_at", "ends_at", "doors_at")}
    Event.objects.update(**{field: moment - month for field, moment in days.items()})
    event.refresh_from_db()
    guest.refresh_from_db()
    assert not event.is_over(timezone.now())
    assert guest.can_be_cancelled(timezone.now())
    tell(lambda **terms: event.take_place({field: moment + month for field, moment in days.items()}, **terms))
    assert event.postponed_at is None
    method, new = entry(letters_of(guest).latest("pk"))
    assert (method, new["SEQUENCE"] > old["SEQUENCE"]) == ("PUBLISH", True)
    guest.refresh_from_db()
    assert guest.state == State.CONFIRMED


@pytest.mark.parametrize("off", ["postpone", "call_off"])
def test_while_an_event_is_off_nobodys_time_to_answer_runs(event, delegate, student, tell, off):
    """Lan has two days left to answer, a delegation three, Mai's seat two; the event is off for five days."""
    at, day = timezone.now(), timedelta(days=1)
    terms = {"at": at, "letters": False}
    desk = Delegation.objects.set_aside(
        event,
        delegate,
        name="Sở Nội vụ",
        size=3,
        release_at=at + 3 * day,
        coordinator_name="Lê Văn Tư",
        coordinator_email="tu@mau.example",
        **terms,
    )
    lan = event.register(student, somebody(1), offer_until=at + 2 * day, **terms)
    mai = event.register(student, somebody(2), offer_until=at + 2 * day, **terms)
    getattr(event, off)(at=at, letters=False)

    back = at + 5 * day
    assert tick.tidy_lapsed_holds(back) == 0
    with pytest.raises(Refused) as refused:
        desk.resize(size=5, release_at=back + 9 * day, at=back)
    assert refused.value.verdict.reason == {"postpone": "postponed", "call_off": "called_off"}[off]
    with pytest.raises(Refused):
        Delegation.objects.set_aside(
            event,
            delegate,
            name="Sở Y tế",
            size=1,
            release_at=back + day,
            coordinator_name="Lê Văn Năm",
            coordinator_email="nam@mau.example",
            at=back,
        )
    new_start = event.starts_at + timedelta(hours=1)
    event.take_place({"starts_at": new_start}, at=back, letters=False)
    for row in (desk, lan, mai):
        row.refresh_from_db()
    assert desk.release_at == back + 3 * day
    assert lan.hold_until == back + 2 * day
    assert tick.tidy_lapsed_holds(back) == 0
    lan.accept(at=back + day)
    assert lan.is_confirmed
    assert tick.tidy_lapsed_holds(back + 2 * day) == 1, "Mai has not answered"


def test_who_is_invited_to_a_postponed_event_reads_that_the_time_stands_still_and_may_answer(client, event, student):
    long_ago = timezone.now() - timedelta(days=3)
    terms = {"at": long_ago, "letters": False, "source": "invitation"}
    lan, mai = (event.register(student, somebody(n), offer_until=long_ago + timedelta(days=1), **terms) for n in (1, 2))
    page = client.get(lan.get_absolute_url())
    assert "Đã hết hạn trả lời" in page.text
    event.postpone(at=long_ago + timedelta(hours=1), letters=False)
    page = client.get(lan.get_absolute_url())
    assert "Thời gian trả lời tạm dừng tính" in page.text
    assert "Đã hết hạn trả lời" not in page.text
    lan = Registration.objects.get(pk=lan.pk)
    assert lan.accept(at=timezone.now())

    client.post(reverse("events:registration_cancel", args=[mai.manage_token]))
    page = client.get(mai.get_absolute_url())
    assert "Quý vị đã từ chối" in page.text
    assert "Đăng ký này đã hủy" not in page.text


def test_no_time_to_answer_runs_past_the_new_start(event, student):
    at, day = timezone.now(), timedelta(days=1)
    lan = event.register(student, somebody(1), offer_until=at + 2 * day, at=at, letters=False)
    event.postpone(at=at, letters=False)
    start = at + 6 * day
    event.take_place({"starts_at": start, "ends_at": start + day, "doors_at": start}, at=at + 5 * day, letters=False)
    lan.refresh_from_db()
    assert lan.hold_until == start


def test_calling_off_stops_everything_and_touches_no_registration(client, event, student, register, tell, now):
    first, second = register(1, ticket_type=student), register(2, ticket_type=student)
    waiting = event.register(student, somebody(3), at=now, wait=True)
    change = tell(event.call_off)
    assert (change.kind, change.written) == ("called_off", 3)
    letter = letters_of(first).get()
    assert letter.kind == "event_cancelled"
    assert "không tổ chức" in render(letter).text
    assert "bão số 3" in render(letter).text
    method, off = entry(letter)
    assert (method, off["STATUS"]) == ("CANCEL", "CANCELLED")

    with pytest.raises(Refused) as refused:
        register(4)
    assert refused.value.verdict.reason == "called_off"
    first.cancel(at=timezone.now())
    assert event.offer_free_seats(timezone.now()) == 0
    assert tick.tidy_lapsed_holds(event.ends_at) == 0
    waiting.refresh_from_db()
    assert waiting.state == State.WAITLISTED
    answer = second.check_in(by=None, at=event.starts_at)
    assert (answer.accepted, answer.reason) == (False, "event_off")
    assert Event.objects.at_the_gate(now) is None


def test_who_was_offered_a_seat_cannot_take_it_once_the_event_is_off(client, event, delegate, tell, now):
    guest = event.register(delegate, somebody(1), at=now, source="invitation", offer_until=now + timedelta(days=3))
    tell(event.call_off)
    with pytest.raises(Refused):
        guest.accept(at=timezone.now())
    assert tick.tidy_lapsed_holds(now + timedelta(days=4)) == 0, "nobody is told that a seat of nothing is gone"
    page = client.get(guest.get_absolute_url()).text
    assert "registration_accept" not in page
    assert "/nhan/" not in page
    assert "bão số 3" in page


def test_the_pages_say_so_above_everything_else(client, site_tree, event, delegate, register, tell):
    guest = register(1)
    fill_agenda(event, 1)
    tell(event.call_off)
    for address in (
        reverse("events:agenda", args=[event.slug]),
        reverse("events:session", args=[event.slug, "phien-0"]),
        reverse("events:register", args=[event.slug]),
        guest.get_absolute_url(),
        reverse("events:ticket", args=[guest.checkin_token]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Sự kiện đã bị hủy" in answer.text, address
        assert "bão số 3" in answer.text, address
    with_form = client.post(reverse("events:register", args=[event.slug]), {"full_name": "An"})
    assert with_form.status_code == 409


def test_the_page_and_the_list_of_events_forget_the_old_day(client, site_tree, event, delegate, tell):
    index = EventIndexPage(title="Diễn đàn", slug="dien-dan", locale=site_tree.vi.locale)
    site_tree.vi.add_child(instance=index)
    index.add_child(instance=EventPage(title=event.name_vi, slug=event.slug, event=event, locale=site_tree.vi.locale))
    address, old_day = f"/dien-dan/{event.slug}/", vn_weekday_date(event.starts_at)
    assert old_day in client.get(address).text
    assert "dang-ky/" in client.get(address).text
    generation = cache.generation()
    tell(event.postpone)
    assert cache.generation() != generation, "kept pages are forgotten"
    page = client.get(address).text
    assert "bão số 3" in page
    assert old_day not in page
    assert "dang-ky/" not in page
    assert "hoãn" in client.get("/dien-dan/").text


def test_the_notice_goes_when_the_organiser_takes_it_away_or_the_event_is_over(client, event, delegate, now):
    address = reverse("events:agenda", args=[event.slug])
    event.take_place({"venue_vi": "Cung Quy hoạch"}, at=now, notice_vi="Đổi địa điểm.")
    assert "Đổi địa điểm." in client.get(address).text
    event.take_place(at=now, letters=False)
    assert "Có thay đổi" not in client.get(address).text
    event.take_place(at=now, notice_vi="Đổi địa điểm.", letters=False)
    Event.objects.update(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    assert "Đổi địa điểm." not in client.get(address).text


def test_agenda_entries_are_taken_out_of_calendars_too(client, event, tell):
    fill_agenda(event, 2)
    address = reverse("events:agenda_ics", args=[event.slug])
    before = Calendar.from_ical(client.get(address).content)
    tell(event.call_off)
    after = Calendar.from_ical(client.get(address).content)
    assert (before["METHOD"], after["METHOD"]) == ("PUBLISH", "CANCEL")
    for old, new in zip(before.walk("VEVENT"), after.walk("VEVENT"), strict=True):
        assert old["UID"] == new["UID"]
        assert new["STATUS"] == "CANCELLED"
        assert new["SEQUENCE"] > old["SEQUENCE"]
        assert new["DTSTAMP"].dt > old["DTSTAMP"].dt


def test_a_called_off_event_may_take_place_after_all(event, delegate, register, tell):
    guest = register(1)
    tell(event.call_off)
    _method, off = entry(letters_of(guest).get())
    change = tell(event.take_place)
    assert change.kind == "on_again"
    assert event.eligibility(at=timezone.now()).allowed
    letter = letters_of(guest).latest("pk")
    assert "vẫn diễn ra" in render(letter).text
    method, again = entry(letter)
    assert (method, again["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert again["SEQUENCE"] > off["SEQUENCE"]


# ---------------------------------------------------------------- the letters


def test_the_task_run_twice_writes_one_letter_each(event, register, tell):
    guests = [register(number) for number in range(1, 4)]
    change = tell(event.call_off)
    EventChange.objects.update(finished_at=None, last=0, written=0)  # as after a crash before the first commit
    tasks.tell_change.call(change.pk)
    tasks.tell_change.call(change.pk)
    assert Letter.objects.filter(kind="event_cancelled").count() == len(guests)


def test_what_a_dead_task_left_is_taken_up_by_the_clock(
    event, register, monkeypatch, now, django_capture_on_commit_callbacks
):
    guests = [register(number) for number in range(1, 6)]
    monkeypatch.setattr(announcing, "AT_ONCE", 2)
    change = event.call_off(at=now, **WORDS)  # the task never ran
    assert change.write_letters(now)  # then one batch, and it died
    assert Letter.objects.filter(kind="event_cancelled").count() == 2
    assert tick.tell_changes(now + timedelta(minutes=1)) == 0, "somebody may still be at it"
    with django_capture_on_commit_callbacks(execute=True):
        assert tick.tell_changes(now + timedelta(minutes=6)) == 1
    change.refresh_from_db()
    assert (change.written, change.finished_at is not None) == (5, True)
    assert all(letters_of(guest).count() == 1 for guest in guests)
    assert tick.tell_changes(now + timedelta(hours=1)) == 0


@pytest.mark.unbalanced
def test_the_audit_finds_who_was_not_told(event, register, now):
    guest, went, moved = register(1), register(2), register(3)
    at = [now + timedelta(minutes=minute) for minute in range(10)]
    change = event.postpone(at=at[2], **WORDS)
    went.cancel(at=at[1])  # before they were written
    moved.change_email("moi@mau.example", at=at[5], by=None)
    EventChange.objects.filter(pk=change.pk).update(finished_at=at[3])
    owed = {"events.change_letter_owed"}
    assert {broken.name for broken in broken_rules()} == owed

    # A later change, also one about which everybody was told, does not make up for it; nor does leaving afterwards.
    later = event.call_off(at=at[6], **WORDS)
    while later.write_letters(at[7]):
        pass
    guest.cancel(at=at[8])
    assert {broken.name for broken in broken_rules()} == owed
    Letter.objects.post("event_changed", guest.email, language="vi", about=guest, data={"change": change.pk})
    assert broken_rules() == []


def test_the_audit_asks_for_no_letter_of_a_change_that_was_cut_short(event, register, now):
    register(1)
    event.postpone(at=now + timedelta(minutes=1), **WORDS)  # its task never ran
    off = event.call_off(at=now + timedelta(minutes=2), **WORDS)
    assert not off.write_letters(now + timedelta(minutes=3))
    assert EventChange.objects.filter(finished_at=None).count() == 0
    assert broken_rules() == []


def test_a_later_change_takes_the_place_of_an_earlier_letter(event, register, now):
    guest = register(1)
    event.postpone(at=now, **WORDS).write_letters(now)
    event.call_off(at=now, **WORDS).write_letters(now)
    postponed, off = letters_of(guest).order_by("pk")
    assert not postponed.deliver(timezone.now())
    assert off.deliver(timezone.now())
    assert [message.subject.split(":")[0] for message in mail.outbox] == ["Không tổ chức"]


def test_a_silent_correction_takes_no_letter_away(event, register, now):
    guest = register(1)
    moved = event.take_place({"venue_vi": "Cung Quy hoạch"}, at=now, **WORDS)
    event.take_place({"venue_vi": "Cung Quy hoạch, cổng B"}, at=now, letters=False)
    moved.write_letters(now)
    letter = letters_of(guest).get()
    assert "bão số 3" in render(letter).text, "the words of the move"
    assert "cổng B" in render(letter).text, "and where it is now"
    assert letter.deliver(timezone.now())


def test_what_was_silently_called_off_is_no_longer_told_to_be_moved(event, register, now):
    guest = register(1)
    moved = event.take_place({"venue_vi": "Cung Quy hoạch"}, at=now, **WORDS)
    moved.write_letters(now)
    event.call_off(at=now, letters=False, **WORDS)
    assert not letters_of(guest).get().deliver(timezone.now())


def test_a_former_holder_never_reads_the_new_address_of_the_ticket(event, register, now):
    guest = register(1)
    event.call_off(at=now, **WORDS).write_letters(now)
    guest.refresh_from_db()
    guest.hand_over(somebody(2), at=now)
    assert not Letter.objects.get(kind="event_cancelled").deliver(timezone.now())


def test_coordinators_are_told_and_tell_the_others(event, delegate, register, tell, now):
    delegation = Delegation.objects.set_aside(
        event,
        delegate,
        name="Sở Công Thương",
        size=3,
        release_at=event.starts_at,
        coordinator_name="Lê Văn Đầu Mối",
        coordinator_email="daumoi@mau.example",
        at=now,
    )
    [guest] = delegation.name_people([somebody(1, email="")], at=now)
    change = tell(event.postpone)
    assert (change.total, change.written) == (1, 1)
    assert not letters_of(guest).exists(), "the coordinator's mailbox gets one letter, not one for each"
    letter = Letter.objects.get(kind="delegation_changed")
    assert letter.to == "daumoi@mau.example"
    words = render(letter).text
    for part in ("tạm hoãn", "bão số 3", "Sở Công Thương", delegation.get_absolute_url()):
        assert part in words


def test_without_the_tick_nobody_is_written_to(event, register, tell):
    guest = register(1)
    change = tell(
        lambda **terms: event.take_place({"venue_vi": "Khu du lịch Bãi Cháy, cổng B"}, letters=False, **terms)
    )
    assert (change.total, change.finished_at is not None) == (0, True)
    assert not letters_of(guest).exists()


def test_a_batch_asks_as_much_for_one_reader_as_it_must_and_no_more(event, register, now):
    asked = []
    for number in (2, 12):
        while event.registrations.count() < number:
            register(event.registrations.count() + 1)
        change = event.take_place(at=now, notice_vi=f"Lần {number}")
        with CaptureQueriesContext(connection) as captured:
            change.write_letters(now)
        asked.append(len(captured))
    per_letter = (asked[1] - asked[0]) / 10
    assert per_letter <= 1, [query["sql"] for query in captured]


# ---------------------------------------------------------------- the screen


def test_the_organiser_sees_what_would_happen_then_does_it(
    desk, event, delegate, register, ha, django_capture_on_commit_callbacks
):
    register(1)
    Registration.objects.update(language="en")
    register(2)
    register(3, letters=False)
    fill_agenda(event, 2)
    address = reverse("events_event_change", args=[event.pk])
    assert "Thay đổi sự kiện" in desk.get(reverse("events_event:edit", args=[event.pk])).text
    assert desk.get(address).status_code == 200
    starts_at = event.starts_at + timedelta(days=7)
    given = typed(
        event, "take_place", starts_at=starts_at, ends_at=event.ends_at + timedelta(days=7), with_sessions="on"
    )
    looked = desk.post(address, given | {"do": "look"})
    assert looked.status_code == 200
    for words in ("2 người nhận thư", "1 bằng tiếng Anh", "1 người không nhận thư", "2 phiên", "bão số 3", "a storm"):
        assert words in looked.text
    event.refresh_from_db()
    assert event.calendar_sequence == 0, "looking changes nothing"
    assert 'value="take_place"' in desk.post(address, given | {"do": "edit"}).text

    hidden = looked.context["form"]
    again = {field.html_name: field.value() for field in hidden if field.value() is not None}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(address, again | {"do": "confirm"}).status_code == 302
    event.refresh_from_db()
    assert event.starts_at == starts_at.replace(second=0, microsecond=0)
    assert Letter.objects.filter(kind="event_changed").count() == 2
    done = desk.get(address).text
    assert "2 trên 2" in done
    assert "Đỗ Thu Hà" in done
    assert AuditEntry.objects.get(verb="event.moved").actor == ha


def test_the_button_pressed_twice_announces_once(desk, event, delegate, register, django_capture_on_commit_callbacks):
    register(1)
    given = typed(event, "call_off")
    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            assert desk.post(reverse("events_event_change", args=[event.pk]), given).status_code == 302
    assert EventChange.objects.count() == 1
    assert Letter.objects.filter(kind="event_cancelled").count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"notice_vi": ""}, "Hãy nói bằng một câu"),
        ({"ends_at": "2020-01-01 10:00"}, "Lúc kết thúc phải sau lúc bắt đầu"),
        ({"doors_at": "2999-01-01 10:00"}, "Giờ mở cửa phải trước giờ bắt đầu"),
        ({"starts_at": "2020-01-01 08:00", "ends_at": "2020-01-01 10:00", "doors_at": ""}, "đã qua"),
        ({"venue_vi": ""}, "bắt buộc"),
        ({"what": ""}, "bắt buộc"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(desk, event, delegate, changed, words):
    answer = desk.post(reverse("events_event_change", args=[event.pk]), typed(event, "take_place", **changed))
    assert answer.status_code == 422
    assert words in answer.text
    event.refresh_from_db()
    assert event.calendar_sequence == 0


def test_nothing_new_and_nothing_past_is_announced(event, now):
    with pytest.raises(CannotChange, match="unchanged"):
        event.take_place(at=now)
    event.call_off(at=now, **WORDS)
    with pytest.raises(CannotChange, match="unchanged"):
        event.call_off(at=now, **WORDS)
    with pytest.raises(CannotChange, match="past"):
        event.take_place(at=event.ends_at, **WORDS)
    event.take_place(at=now, **WORDS)
    for verb in (event.call_off, event.postpone, event.take_place):
        with pytest.raises(CannotChange, match="over"):
            verb(at=event.ends_at, notice_vi="Muộn rồi")


def test_only_organisers_change_an_event(client, site_tree, event, giang, chi, an):
    for stranger in (giang, chi, an):
        client.force_login(stranger)
        for name, values in (
            ("events_event_change", typed(event, "call_off")),
            ("events_event_pause", {"do": "pause"}),
            ("events_event_copy", {"slug": "dien-dan-8", "first_day": "2030-01-01", "name_vi": "Diễn đàn 8"}),
        ):
            assert client.post(reverse(name, args=[event.pk]), values).status_code in (302, 403)
    event.refresh_from_db()
    assert (event.is_off, event.registration_paused_at, Event.objects.count()) == (False, None, 1)


def test_the_form_of_a_registered_event_leaves_day_and_place_to_the_screen(desk, event, delegate, register):
    edit = reverse("events_event:edit", args=[event.pk])
    assert not desk.get(edit).context["form"].fields["starts_at"].disabled
    register(1)
    form = desk.get(edit).context["form"]
    stays = ("slug", "starts_at", "ends_at", "doors_at", "venue_vi", "address_en")
    assert all(form.fields[field].disabled for field in stays)
    assert not form.fields["registration_closes_at"].disabled


def test_so_does_that_of_an_event_with_a_delegation_alone(desk, event, delegate, now):
    Delegation.objects.set_aside(
        event,
        delegate,
        name="Sở Nội vụ",
        size=3,
        release_at=now + timedelta(days=3),
        coordinator_name="Lê Văn Tư",
        coordinator_email="tu@mau.example",
        at=now,
    )
    assert desk.get(reverse("events_event:edit", args=[event.pk])).context["form"].fields["starts_at"].disabled


def test_ticket_types_and_quotas_belong_to_their_event_for_good(desk, event, delegate):
    for name, record in (("events_tickettype", delegate), ("events_quota", delegate.quotas.get())):
        form = desk.get(reverse(f"{name}:edit", args=[record.pk])).context["form"]
        assert form.fields["event"].disabled
        assert not desk.get(reverse(f"{name}:add")).context["form"].fields["event"].disabled


def test_the_screen_asks_as_much_after_many_changes_as_after_one(desk, event, now, django_assert_num_queries):
    address = reverse("events_event_change", args=[event.pk])
    asked = []
    for number in (1, 9):
        while event.changes.count() < number:
            event.postpone(at=now, notice_vi=f"Lần {event.changes.count()}", by=None)
        desk.get(address)
        with CaptureQueriesContext(connection) as captured:
            desk.get(address)
        asked.append(len(captured))
    assert asked[0] == asked[1]


# ---------------------------------------------------------------- fewer seats than are sold


def test_fewer_seats_than_a_delegation_and_others_have_takes_nothing_away(desk, event, delegate, register, now):
    register(1)
    Delegation.objects.set_aside(
        event,
        delegate,
        name="Sở Công Thương",
        size=3,
        release_at=event.starts_at,
        coordinator_name="Lê Văn Đầu Mối",
        coordinator_email="daumoi@mau.example",
        at=now,
        letters=False,
    )
    quota = Quota.objects.get()
    values = {"event": event.pk, "name": quota.name, "size": 2, "ticket_types": [delegate.pk]}
    answer = desk.post(reverse("events_quota:edit", args=[quota.pk]), values, follow=True)
    assert "4 chỗ đã phát" in answer.text
    assert "vượt 2" in answer.text
    quota.refresh_from_db()
    assert (quota.size, quota.kept) == (2, 4)
    with pytest.raises(Refused) as refused:
        register(2)
    assert refused.value.verdict.reason == "full"
    assert event.registrations.live().count() == 1
