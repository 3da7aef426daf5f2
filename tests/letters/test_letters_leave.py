"""A letter is written with what caused it, and leaves once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from letters import tick
from letters.models import WAITS, Letter
from letters.render import message_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(an):
    return Letter.objects.post("test.note", an.email, language="vi", about=an, person=an, data={"word": "Chào"})


def test_a_letter_leaves_when_the_transaction_is_over(an, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter = Letter.objects.post("test.note", an.email, language="vi", about=an, data={"word": "Chào"})
        assert not mail.outbox
    letter.refresh_from_db()
    assert (letter.state, letter.queue, letter.attempts) == ("sent", "bulk", 1)
    assert letter.sent_at
    (message,) = mail.outbox
    assert message.to == [an.email]
    assert "Chào http://localhost:8000" in message.body


@pytest.mark.django_db(transaction=True)
def test_a_letter_of_something_that_did_not_happen_was_never_written():
    with transaction.atomic():
        Letter.objects.post("test.note", "an@mau.example", language="vi")
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not mail.outbox


def test_a_letter_leaves_once_however_often_it_is_delivered(note):
    now = timezone.now()
    same = Letter.objects.get(pk=note.pk)
    assert note.deliver(now)
    assert not note.deliver(now)
    assert not same.deliver(now), "a second process with an old copy"
    assert len(mail.outbox) == 1


def test_a_letter_speaks_its_readers_language(an):
    from django.utils import translation

    with translation.override("vi"):
        letter = Letter.objects.post("test.note", an.email, language="en", data={"word": "x"})
        letter.deliver(timezone.now())
    assert mail.outbox[0].subject == "Save: x"
    assert mail.outbox[0].message()["Content-Language"] == "en"


def test_a_letter_that_must_wait_waits(an):
    now = timezone.now()
    letter = Letter.objects.post("test.note", an.email, language="vi", not_before=now + timedelta(hours=2))
    assert not letter.deliver(now)
    assert tick.deliver_due(now) == 0
    assert tick.deliver_due(now + timedelta(hours=2, minutes=2)) == 1


def test_styles_and_pictures_are_put_in_place(note):
    message = message_of(note)
    html = message.alternatives[0].content
    assert '<p class="ink" style="margin' in html
    assert '<p class="soft" style="margin' in html
    assert 'bgcolor="#096255"' in html
    names = {part.get_filename(): part for part in message.message().walk() if part.get_filename()}
    assert set(names) == {"ghi-chu.ics", "karst.png"}
    assert names["karst.png"]["Content-ID"] == "<karst>"
    assert names["ghi-chu.ics"].get_content_type() == "text/calendar"
    assert names["ghi-chu.ics"].get_param("method") == "PUBLISH"


def test_names_stand_unescaped_in_the_text_and_escaped_in_the_html(an):
    message = message_of(Letter.objects.post("test.note", an.email, language="en", data={"word": "O'Neil & <Co>"}))
    assert message.subject == "Save: O'Neil & <Co>"
    assert "O'Neil & <Co>" in message.body
    assert "&lt;Co&gt;" in message.alternatives[0].content


def test_each_try_carries_the_same_message_id(note):
    assert (
        message_of(note).message()["Message-ID"] == message_of(Letter.objects.get(pk=note.pk)).message()["Message-ID"]
    )


def test_a_dead_mail_server_is_tried_again_for_about_a_day(note, server):
    from tests.letters.conftest import DeadServer

    server(DeadServer)
    at = start = timezone.now()
    for wait in WAITS:
        assert not note.deliver(at)
        assert (note.state, note.next_try_at) == ("queued", at + wait)
        assert "mau.example" not in note.error, "errors name no address"
        at = note.next_try_at
    assert not note.deliver(at)
    assert (note.state, note.attempts) == ("failed", 8)
    assert timedelta(hours=20) < at - start < timedelta(hours=36)


def test_it_leaves_as_soon_as_the_server_is_back(note, server):
    from tests.letters.conftest import DeadServer

    now = timezone.now()
    server(DeadServer)
    note.deliver(now)
    server()
    assert tick.deliver_due(now + timedelta(minutes=3)) == 1
    note.refresh_from_db()
    assert (note.state, note.attempts, note.error) == ("sent", 2, "")


def test_a_mailbox_that_does_not_exist_is_not_tried_again(note, server):
    from tests.letters.conftest import StrictServer

    server(StrictServer)
    note.deliver(timezone.now())
    assert (note.state, note.attempts) == ("failed", 1)


def test_a_down_server_holds_nobody_up_for_long(an, server):
    from tests.letters.conftest import DeadServer

    for _ in range(10):
        Letter.objects.post("test.note", an.email, language="vi")
    server(DeadServer)
    tick.deliver_due(timezone.now() + timedelta(minutes=2))
    assert Letter.objects.filter(attempts=1).count() == tick.GIVE_UP_AFTER


def test_a_letter_left_behind_by_a_process_that_died_is_taken_up(note):
    now = timezone.now()
    assert note.claim(now)
    assert tick.deliver_due(now + timedelta(minutes=9)) == 0
    assert tick.release_abandoned(now + timedelta(minutes=11)) == 1
    assert tick.deliver_due(now + timedelta(minutes=13)) == 1


@pytest.mark.unbalanced
def test_audit_finds_letters_that_hang(note):
    from django.db import connection

    from letters.audit import CHECKS

    Letter.objects.filter(pk=note.pk).update(next_try_at=timezone.now() - timedelta(hours=1))
    found = {}
    for check in CHECKS:
        with connection.cursor() as cursor:
            cursor.execute(check.sql)
            found[check.name] = len(cursor.fetchall())
    assert found == {check.name: int(check.name == "letters.not_stuck") for check in CHECKS}


# ---------------------------------------------------------------- finished messages: allauth and Wagtail


def send(**fields):
    fields = {"subject": "Mã", "body": "123456", "to": ["an@mau.example"]} | fields
    return EmailMultiAlternatives(**fields).send()


def test_whatever_django_sends_goes_through_the_outbox(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(to=["an@mau.example", "binh@mau.example"]) == 2
        assert not mail.outbox
    assert [message.to for message in mail.outbox] == [["an@mau.example"], ["binh@mau.example"]]
    assert "123456" in mail.outbox[0].body


def test_the_words_of_a_secret_letter_are_gone_once_it_left(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send()
    letter = Letter.objects.get()
    assert (letter.state, letter.subject, letter.text, letter.html) == ("sent", "", "", "")
    assert not letter.can_be_sent_again


def test_in_development_the_words_stay_for_the_mailbox(django_capture_on_commit_callbacks, settings):
    settings.SHOW_LETTERS = True
    with django_capture_on_commit_callbacks(execute=True):
        send()
    assert Letter.objects.get().text == "123456"


def test_nobody_smuggles_a_header_into_a_letter(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Letter.objects.post(
            "test.note", "an@mau.example", language="en", data={"word": "x\r\nBcc: nan.nhan@mau.example\n\nHello"}
        )
    (message,) = mail.outbox
    assert message.recipients() == ["an@mau.example"]
    assert message.message()["Bcc"] is None
    assert message.subject == "Save: x Bcc: nan.nhan@mau.example Hello"


def test_a_kind_is_registered_once():
    from letters import kinds

    with pytest.raises(ValueError, match=r"test\.note"):
        kinds.register(kinds.Kind("test.note", name="Another"))
    with pytest.raises(KeyError):
        Letter.objects.post("no.such.kind", "an@mau.example", language="vi")


def test_with_a_worker_the_delivery_is_a_row_of_the_same_transaction(an, settings):
    from django_tasks_db.models import DBTaskResult

    settings.IMMEDIATE_TASKS = False
    settings.TASKS = settings.TASKS | {
        "background": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "prompt", "bulk"]}
    }
    later = timezone.now() + timedelta(hours=1)
    Letter.objects.post("test.note", an.email, language="vi", not_before=later)
    Letter.objects.post("test.secret", an.email, language="vi")
    bulk, prompt = DBTaskResult.objects.order_by("queue_name")
    assert (bulk.queue_name, bulk.run_after, prompt.queue_name) == ("bulk", later, "prompt")
    assert prompt.priority > bulk.priority


# ---------------------------------------------------------------- one letter for one cause


def test_a_cause_has_one_letter_and_one_message_id(an):
    first = Letter.objects.post("test.note", an.email, language="vi", about=an, data={"word": "Một"}, once="ve:1")
    again = Letter.objects.post("test.note", an.email, language="vi", about=an, data={"word": "Hai"}, once="ve:1")
    other = Letter.objects.post("test.note", an.email, language="vi", about=an, once="ve:2")
    assert again.pk == first.pk
    assert again.message_id == first.message_id != other.message_id
    assert Letter.objects.get(pk=first.pk).data == {"word": "Một"}, "the first one stands"
    assert Letter.objects.count() == 2
    assert Letter.objects.post("test.note", an.email, language="vi").key != first.key


def test_a_cause_costs_one_statement(an, django_assert_num_queries):
    with transaction.atomic():
        Letter.objects.post("test.note", an.email, language="vi", about=an, once="ve:1")
        with django_assert_num_queries(1):
            Letter.objects.post("test.note", an.email, language="vi", about=an, once="ve:2")
        with django_assert_num_queries(1):
            Letter.objects.post("test.note", an.email, language="vi", about=an, once="ve:2")


def test_a_letter_that_left_does_not_leave_again_for_the_same_cause(an, django_capture_on_commit_callbacks):
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            Letter.objects.post("test.note", an.email, language="vi", once="ve:1")
    assert len(mail.outbox) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_cause_told_by_several_processes_at_once_is_one_letter(site_tree):
    from tests.at_once import refused, together

    def tell():
        with transaction.atomic():
            return Letter.objects.post("test.note", "an@mau.example", language="vi", once="ve:1").pk

    results = together(*[tell] * 8)
    assert not refused(results)
    assert len(set(results)) == 1
    assert Letter.objects.count() == 1


def test_what_is_no_longer_true_for_its_reader_is_given_up(note, monkeypatch):
    import dataclasses

    from letters import kinds

    monkeypatch.setitem(
        kinds.KINDS, "test.note", dataclasses.replace(kinds.KINDS["test.note"], still_due=lambda _: False)
    )
    assert not note.deliver(timezone.now())
    assert not mail.outbox
    note.refresh_from_db()
    assert (note.state, note.error, note.next_try_at) == ("failed", "outdated", None)
    assert tick.deliver_due(timezone.now() + timedelta(hours=1)) == 0
