"""Hà writes to many: to whom it goes, when it leaves, how she stops it, and how readers leave."""

from datetime import timedelta

import pytest
from django.core import mail as post
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events import mailing, tick
from events.models import MassMail, MassMailRecipient, State, TicketType
from events.models import mass_mail as module
from events.models.mass_mail import ask_for_news, wants_news
from letters.models import Letter
from letters.render import message_of, render
from people import consent
from people.models import AuditEntry

from .conftest import make_event, somebody

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(client, ha, site_tree):
    """Hà at her desk."""
    client.force_login(ha)
    return client


@pytest.fixture
def write(event, now):
    """A draft: `write(chosen={"came": "yes"})`."""

    def doing(**fields) -> MassMail:
        values = {
            "event": event,
            "subject_vi": "Đường đến {dia_diem}",
            "body_vi": "Kính gửi {ten},\n\nXe đón tại cổng chính. Vé: {lien_ket}",
            "created_at": now,
        }
        return MassMail.objects.create(**values | fields)

    return doing


def filled(event, **changed) -> dict:
    return {
        "event": str(event.pk),
        "purpose": "practical",
        "subject_vi": "Đường đến {dia_diem}",
        "body_vi": "Kính gửi {ten},\n\nXe đón tại cổng chính.",
        "subject_en": "",
        "body_en": "",
        "states": ["confirmed"],
        "came": "",
        "unit": "",
        "language": "",
    } | changed


def page_of(mail) -> str:
    return reverse("events_massmail:mail", args=[mail.pk])


def readers(mail) -> set[str]:
    return set(mail.audience().values_list("email", flat=True))


def written(mail) -> list[str]:
    """The addresses that letters of this mail were written to."""
    return sorted(Letter.objects.filter(data__mail=mail.pk).values_list("to", flat=True))


def test_it_is_written_looked_at_tried_counted_released_and_delivered(
    desk, ha, event, register, now, django_capture_on_commit_callbacks
):
    first, _second = register(1), register(2)
    register(3).cancel(at=now)
    answer = desk.post(reverse("events_massmail:write"), filled(event))
    mail = MassMail.objects.get()
    assert answer.url == page_of(mail)
    page = desk.get(page_of(mail), {"code": first.code, "language": "vi"})
    assert "Đường đến Khu du lịch Bãi Cháy" in page.text
    assert "Kính gửi Nguyễn Thị Khách 1" in page.text
    assert first.manage_token not in page.text
    assert 'name="readers" value="2"' in page.text

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("events_massmail:trial", args=[mail.pk]), {"code": first.code, "language": "vi"})
    assert [message.to for message in post.outbox] == [[ha.email]]
    assert written(mail) == []
    post.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("events_massmail:release", args=[mail.pk]), {"readers": "2"})
        mail.refresh_from_db()
        assert mail.total == 2
        assert written(mail) == []
        assert tick.letters_to_many(timezone.now()) == 2
    assert sorted(message.to[0] for message in post.outbox) == ["khach1@mau.example", "khach2@mau.example"]
    [mine] = [message for message in post.outbox if message.to == [first.email]]
    assert first.manage_token in mine.body
    assert "List-Unsubscribe" not in mine.message()
    page = desk.get(page_of(mail))
    assert "Đã gửi" in page.text
    assert "khach2@mau.example" in page.text
    assert "http-equiv" not in page.text, "everything has left: nothing to wait for"
    assert "Thư gửi nhiều người" in desk.get(reverse("events_registration:inspect", args=[first.pk])).text
    assert AuditEntry.objects.get(verb="mass_mail.released").data["readers"] == 2


def test_released_twice_and_carried_on_twice_it_is_one_letter_each(write, register, now):
    for n in range(1, 4):
        register(n)
    mail = write()
    assert mail.release(at=now)
    assert not mail.release(at=now)
    assert MassMailRecipient.objects.count() == 3
    assert mail.carry_on(now) == 3
    assert mail.carry_on(now + MINUTE) == 0
    # A batch that was written but not noted, as after a crash: asked for again, it is the same letter.
    MassMailRecipient.objects.update(posted_at=None, letter=None)
    MassMail.objects.update(finished_at=None)
    assert mail.carry_on(now + 2 * MINUTE) == 3
    assert len(written(mail)) == 3


def test_its_readers_are_fixed_at_the_release(write, register, now):
    register(1)
    mail = write()
    mail.release(at=now)
    register(2)
    assert mail.carry_on(now) == 1
    assert written(mail) == ["khach1@mau.example"]


def test_it_leaves_little_by_little_and_can_be_stopped_and_go_on(desk, write, register, now, monkeypatch):
    monkeypatch.setattr(module, "A_MINUTE", 2)
    for n in range(1, 6):
        register(n)
    mail = write()
    mail.release(at=now)
    assert mail.carry_on(now) == 2
    assert mail.carry_on(now + timedelta(seconds=20)) == 0, "two in a minute, however often the clock comes round"
    assert 'http-equiv="refresh"' in desk.get(page_of(mail)).text
    assert mail.progress().waiting == 3

    Letter.objects.filter(data__mail=mail.pk).order_by("pk").first().deliver(timezone.now())
    desk.post(reverse("events_massmail:stop", args=[mail.pk]))
    assert mail.carry_on(now + 2 * MINUTE) == 0
    mail.refresh_from_db()
    progress = mail.progress()
    assert (progress.sent, progress.under_way, progress.waiting) == (1, 0, 4), "what waited was taken back"
    assert not Letter.objects.waiting().filter(data__mail=mail.pk).exists()
    assert "http-equiv" not in desk.get(page_of(mail)).text

    desk.post(reverse("events_massmail:go_on", args=[mail.pk]))
    later = timezone.now()
    assert [mail.carry_on(later + n * MINUTE) for n in (1, 2, 3)] == [2, 2, 0]
    assert written(mail) == [f"khach{n}@mau.example" for n in range(1, 6)]


def test_who_gets_it_is_chosen(write, event, register, student, now):
    register(1).check_in(by=None, at=now)
    register(2)
    register(3, ticket_type=student)
    event.register(student, somebody(4), at=now, language="en")
    register(5).cancel(at=now)
    register(6, letters=False)
    everybody = {f"khach{n}@mau.example" for n in (1, 2, 3, 4)}
    assert readers(write()) == everybody
    assert readers(write(chosen={"ticket_types": [student.pk]})) == {"khach3@mau.example", "khach4@mau.example"}
    assert readers(write(chosen={"came": "yes"})) == {"khach1@mau.example"}
    assert readers(write(chosen={"came": "no"})) == everybody - {"khach1@mau.example"}
    assert readers(write(chosen={"language": "en"})) == {"khach4@mau.example"}
    assert readers(write(chosen={"states": ["cancelled"]})) == {"khach5@mau.example"}


def test_the_form_keeps_what_was_chosen(desk, event, student):
    desk.post(
        reverse("events_massmail:write"),
        filled(event, states=["confirmed", "pending"], ticket_types=[student.pk], came="no"),
    )
    mail = MassMail.objects.get()
    assert mail.chosen == {
        "states": ["confirmed", "pending"],
        "ticket_types": [student.pk],
        "came": "no",
        "unit": None,
        "language": "",
    }
    page = desk.get(page_of(mail)).text
    assert f'value="{student.pk}"' in page
    assert page.count("checked") >= 3


def test_ticket_types_of_another_event_are_refused(desk, event, now):
    other = TicketType.objects.create(event=make_event(now, slug="dien-dan-8"), name_vi="Đại biểu")
    page = desk.post(reverse("events_massmail:write"), filled(event, ticket_types=[other.pk]))
    assert page.status_code == 422
    assert not MassMail.objects.exists()


def test_readers_read_it_in_their_language(write, event, delegate, register, now):
    register(1)
    event.register(delegate, somebody(2), at=now, language="en")
    mail = write(body_en="Dear {ten}, the bus waits at the main gate.", subject_en="The way to {dia_diem}")
    mail.release(at=now)
    mail.carry_on(now)
    words = {letter.to: render(letter) for letter in Letter.objects.filter(data__mail=mail.pk)}
    assert words["khach1@mau.example"].subject == "Đường đến Khu du lịch Bãi Cháy"
    assert words["khach2@mau.example"].subject == "The way to Bãi Cháy tourist area"
    assert "Dear Nguyễn Thị Khách 2, the bus" in words["khach2@mau.example"].text


def test_who_cancels_before_it_leaves_gets_nothing(write, register, now):
    mine = register()
    mail = write()
    mail.release(at=now)
    mail.carry_on(now)
    mine.cancel(at=now)
    letter = Letter.objects.get(data__mail=mail.pk)
    assert not letter.deliver(timezone.now())
    assert not post.outbox
    assert (mail.progress().left_out, mail.progress().failed) == (1, 0)


def test_who_was_erased_after_the_release_is_written_nothing_and_the_mail_comes_to_an_end(desk, write, register, now):
    from events import retention

    register(1), register(2), register(3)
    mail = write()
    mail.release(at=now)
    retention.erase_person("khach1@mau.example", at=now, by=None)  # before its letter is written
    mail.carry_on(now)
    retention.erase_person("khach2@mau.example", at=now, by=None)  # before it leaves
    assert readers_written_to(mail) == {"khach3@mau.example"}
    Letter.objects.get(data__mail=mail.pk).deliver(timezone.now())
    progress = mail.progress()
    assert (progress.total, progress.sent, progress.left_out, progress.waiting) == (3, 1, 2, 0)
    page = desk.get(page_of(mail)).text
    assert 'http-equiv="refresh"' not in page
    assert page.count("<td>không gửi<") == 2


def readers_written_to(mail) -> set[str]:
    return set(Letter.objects.filter(data__mail=mail.pk).values_list("to", flat=True))


def test_a_number_that_changed_is_shown_before_anything_leaves(desk, write, register):
    register(1)
    mail = write()
    register(2)
    desk.post(reverse("events_massmail:release", args=[mail.pk]), {"readers": "1"})
    mail.refresh_from_db()
    assert not mail.is_released
    desk.post(reverse("events_massmail:release", args=[mail.pk]), {"readers": "2"})
    mail.refresh_from_db()
    assert mail.is_released


def test_what_is_released_is_edited_and_deleted_no_more(desk, write, event, register, now):
    register()
    mail = write()
    mail.release(at=now)
    desk.post(page_of(mail), filled(event, subject_vi="Khác"))
    desk.post(reverse("events_massmail:discard", args=[mail.pk]))
    assert MassMail.objects.get().subject_vi == "Đường đến {dia_diem}"


def test_a_draft_can_be_deleted(desk, write):
    desk.post(reverse("events_massmail:discard", args=[write().pk]))
    assert not MassMail.objects.exists()


def test_a_misspelt_word_is_said_beside_the_field(desk, event):
    page = desk.post(reverse("events_massmail:write"), filled(event, body_vi="Kính gửi {ho_ten}, xin chào"))
    assert page.status_code == 422
    assert "{ho_ten}" in page.text


def test_nobody_else_writes_to_many(client, giang, chi, khanh, dung, event, write, site_tree, register):
    register()
    mail = write()
    for person in (giang, chi, khanh, dung):
        client.force_login(person)
        assert client.get(reverse("events_massmail:index")).status_code in (302, 403)
        assert client.post(reverse("events_massmail:write"), filled(event)).status_code in (302, 403)
        assert client.get(page_of(mail)).status_code in (302, 403, 404)
        for verb in ("trial", "release", "stop", "go_on", "discard"):
            assert client.post(reverse(f"events_massmail:{verb}", args=[mail.pk])).status_code in (302, 403, 404)
    assert not MassMail.objects.get().is_released
    assert not Letter.objects.filter(kind="trial").exists()


# ---------------------------------------------------------------- news


@pytest.fixture
def news(write, register, now):
    """Two people of three asked for news; one of them registered a second person with the same mailbox."""
    first, second, _third = register(1), register(2), register(3)
    consent.give("newsletter", email=first.email, at=now, source="/")
    consent.give("newsletter", email=second.email, at=now, source="/")
    return write(purpose="other", subject_vi="Diễn đàn lần thứ 8", body_vi="Mời Quý vị đón đọc tin mới.")


def test_news_goes_only_to_who_asked_for_it_and_once_to_a_mailbox(news, event, delegate, register, now):
    first = event.registrations.get(email="khach1@mau.example")
    event.register(delegate, somebody(7, email=first.email), at=now, contact=first)
    assert sorted(news.audience().values_list("email", flat=True)) == ["khach1@mau.example", "khach2@mau.example"]
    news.release(at=now)
    assert news.total == 2
    news.carry_on(now)
    assert written(news) == ["khach1@mau.example", "khach2@mau.example"]


def test_the_form_asks_who_wants_news_and_the_box_is_empty(client, site_tree, event, answers, write):
    mail = write(purpose="other")
    address = reverse("events:register", args=[event.slug])
    box = client.get(address).text.partition('name="news"')[2].partition(">")[0]
    assert box
    assert "checked" not in box
    client.post(address, answers())
    assert readers(mail) == set()
    for _ in range(2):
        client.post(
            address, answers(news="on", email="doc@mau.example", form_key="7f2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a6b")
        )
    assert readers(mail) == {"doc@mau.example"}
    assert module.Consent.objects.filter(purpose="newsletter").count() == 1


def test_one_click_unsubscribes_for_good(news, event, write, now, site_tree, client):
    news.release(at=now)
    news.carry_on(now)
    letter = Letter.objects.get(data__mail=news.pk, to="khach1@mau.example")
    message = message_of(letter).message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip("<>")
    words = render(letter)
    assert link in words.text
    assert link in words.html
    path = link.removeprefix("http://localhost:8000").partition("/huy-nhan-thu/")
    path = path[1] + path[2]
    assert "khach1" not in path, "no address in an address"

    assert client.get(path).status_code == 200
    assert "khach1@mau.example" in readers(news), "opening the link does nothing: mail scanners open links"
    # What a mailbox's own button sends: no cookie, no page seen before.
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert readers(news) == {"khach2@mau.example"}
    assert not letter.deliver(timezone.now()), "also what was on its way"
    assert "khach1@mau.example" in readers(write()), "what concerns the ticket still comes"
    assert client.post(path).status_code == 200


def test_an_old_link_does_not_unsubscribe_who_has_the_ticket_now(news, event, now, site_tree, client):
    news.release(at=now)
    news.carry_on(now)
    letter = Letter.objects.get(data__mail=news.pk, to="khach1@mau.example")
    mine = event.registrations.get(email="khach1@mau.example")
    mine.hand_over(somebody(7), at=now)
    ask_for_news("khach7@mau.example", at=now, source="/")
    client.post(mailing.unsubscribe_link(letter).removeprefix("http://localhost:8000"))
    assert wants_news("khach7@mau.example")
    assert not wants_news("khach1@mau.example")


def test_a_link_that_we_did_not_make_does_nothing(news, event, client, site_tree):
    from django.core import signing

    mine = event.registrations.get(email="khach1@mau.example")
    forged = signing.Signer(salt="another.kind").sign(mine.pk)
    for token in ("abc", str(mine.pk), forged, mine.manage_token):
        assert client.post(reverse("events:unsubscribe", args=[token])).status_code == 404
    assert "khach1@mau.example" in readers(news)


def test_staff_never_see_the_link_that_unsubscribes(desk, news):
    page = desk.get(page_of(news)).text
    assert "huy-nhan-thu" in page
    assert mailing.HIDDEN in page


# ---------------------------------------------------------------- the clock


@pytest.fixture
def soon(event, now):
    """Reminders and thanks are switched on."""
    event.sends_reminders = event.sends_thanks = True
    event.save()
    return event


def sent_by_the_clock(at) -> list[str]:
    tick.letters_to_many(at)
    return list(MassMail.objects.order_by("pk").values_list("occasion", flat=True))


def test_reminders_come_seven_days_and_one_day_before(soon, register):
    mine = register()
    register(2).cancel(at=timezone.now())
    day = f"{soon.first_day:%Y-%m-%d}"
    assert sent_by_the_clock(soon.starts_at - timedelta(days=8)) == []
    week = soon.starts_at - timedelta(days=7)
    assert sent_by_the_clock(week) == [f"reminder-7:{day}"]
    assert sent_by_the_clock(week + MINUTE) == [f"reminder-7:{day}"], "once"
    assert sent_by_the_clock(soon.starts_at - timedelta(days=1)) == [f"reminder-7:{day}", f"reminder-1:{day}"]
    first, second = Letter.objects.filter(kind="reminder").order_by("pk")
    assert first.to == second.to == mine.email
    words = render(first)
    assert "cid:qr" in words.html
    assert [part[0] for part in words.attachments] == ["qr.png"], "no PDF in a letter to thousands"
    assert mine.get_absolute_url() in words.text


def test_thanks_go_to_who_came_with_the_way_to_the_certificate(soon, register):
    came, _stayed_away = register(1), register(2)
    came.check_in(by=None, at=soon.starts_at)
    assert sent_by_the_clock(soon.ends_at - MINUTE) == []
    assert sent_by_the_clock(soon.ends_at) == [f"thanks:{soon.first_day:%Y-%m-%d}"]
    letter = Letter.objects.get(kind="thanks")
    assert letter.to == came.email
    assert came.get_absolute_url() in render(letter).text


def test_a_reminder_that_comes_too_late_is_left_out(soon, register):
    register()
    assert sent_by_the_clock(soon.starts_at - timedelta(days=3)) == []


@pytest.mark.parametrize("why", ["switched off", "postponed", "called off", "unpublished"])
def test_the_clock_writes_nothing_when(soon, register, now, why):
    register()
    changes = {
        "switched off": {"sends_reminders": False, "sends_thanks": False},
        "postponed": {"postponed_at": now},
        "called off": {"cancelled_at": now},
        "unpublished": {"published_at": None},
    }
    for field, value in changes[why].items():
        setattr(soon, field, value)
    soon.save()
    assert sent_by_the_clock(soon.starts_at - timedelta(days=7)) == []
    assert sent_by_the_clock(soon.ends_at) == []


def test_after_a_move_to_another_day_people_are_reminded_of_that_one(soon, register):
    register()
    sent_by_the_clock(soon.starts_at - timedelta(days=7))
    soon.starts_at += timedelta(days=30)
    soon.ends_at += timedelta(days=30)
    soon.save()
    assert len(sent_by_the_clock(soon.starts_at - timedelta(days=7))) == 2


def test_a_reminder_has_the_organisers_words_where_there_are_any(soon, register):
    from events.models import LetterText

    register()
    LetterText.objects.create(event=soon, kind="reminder", body_vi="Xin mang theo căn cước.")
    sent_by_the_clock(soon.starts_at - timedelta(days=7))
    assert "Xin mang theo căn cước." in render(Letter.objects.get(kind="reminder")).text


def test_the_clock_writes_to_nobody_who_is_on_the_waiting_list(soon, student, register, now):
    register(1, ticket_type=student)
    register(2, ticket_type=student)
    waiting = soon.register(student, somebody(3), at=now, wait=True)
    assert waiting.state == State.WAITLISTED
    sent_by_the_clock(soon.starts_at - timedelta(days=7))
    assert waiting.email not in Letter.objects.filter(kind="reminder").values_list("to", flat=True)


# ---------------------------------------------------------------- how much it costs


def test_statements_grow_with_the_batch_alone(write, register, now):
    """The letters of a minute are written one by one; everything else is as many statements however many people."""
    counts = {}
    for number in (5, 25):
        for n in range(1, number + 1):
            register(number * 100 + n)
        mail = write()
        with CaptureQueriesContext(connection) as release:
            mail.release(at=now)
        with CaptureQueriesContext(connection) as batch:
            written_now = mail.carry_on(now)
        counts[number] = (len(release), len(batch) - written_now)
    assert counts[5][0] == counts[25][0]
    assert counts[5][1] == counts[25][1]


def test_statements_of_the_screens_do_not_grow(desk, write, register, now):
    counts = []
    for number in (3, 30):
        for n in range(1, number + 1):
            register(number * 100 + n)
        draft, mail = write(), write()
        mail.release(at=now)
        mail.carry_on(now)
        numbers = []
        for address in (reverse("events_massmail:index"), page_of(draft), page_of(mail)):
            desk.get(address)
            with CaptureQueriesContext(connection) as queries:
                desk.get(address)
            numbers.append(len(queries))
        counts.append(numbers)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 30


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_one_moment_write_each_letter_once(write, register, now):
    from tests.at_once import refused, together

    for n in range(1, 31):
        register(n)
    mail = write()
    released = together(*[lambda: MassMail.objects.get(pk=mail.pk).release(at=now)] * 4)
    assert sorted(released) == [False, False, False, True]
    numbers = together(*[lambda: MassMail.objects.get(pk=mail.pk).carry_on(now)] * 4)
    assert not refused(numbers)
    assert sorted(numbers) == [0, 0, 0, 30]
    assert Letter.objects.filter(kind="mass_mail").count() == 30
