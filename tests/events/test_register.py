"""Somebody registers for the forum, or is told why not."""

import re
import unicodedata
import uuid
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from events import tasks
from events.eligibility import Refused
from events.forms import SALT
from events.models import Quota, Registration, State
from letters.models import Letter
from people.consent import TEXTS
from people.models import Consent, Unit

from .conftest import somebody

pytestmark = pytest.mark.django_db


def path(event, language="vi") -> str:
    with translation.override(language):
        return reverse("events:register", args=[event.slug])


def test_a_delegate_registers_on_one_screen_and_sees_the_ticket_at_once(
    client, site_tree, event, delegate, student, answers
):
    page = client.get(path(event))
    assert page.status_code == 200
    assert "Đại biểu" in page.text
    assert "100" in page.text
    assert 'name="consent"' in page.text
    assert "checked" not in page.text.split('name="consent"')[1].split(">")[0]
    answer = client.post(path(event), answers(phone="0912 345 678"))
    registration = Registration.objects.get()
    assert answer.status_code == 302
    assert answer.url == f"/ve/{registration.manage_token}/"
    assert (registration.state, registration.phone, registration.language) == (State.CONFIRMED, "+84912345678", "vi")
    ticket = client.get(answer.url)
    assert ticket.status_code == 200
    assert "Nguyễn Hoàng Thùy Dương" in ticket.text
    assert registration.checkin_token[:4] in ticket.text
    assert "<svg" in ticket.text
    assert "no-store" in ticket.headers["Cache-Control"]


def test_the_same_in_english(client, site_tree, event, delegate, answers):
    assert path(event, "en") == f"/en/dien-dan/{event.slug}/dang-ky/"
    page = client.get(path(event, "en"))
    assert "Delegate" in page.text
    assert 'lang="en"' in page.text
    answer = client.post(path(event, "en"), answers())
    registration = Registration.objects.get()
    assert registration.language == "en"
    assert answer.url == f"/en/ve/{registration.manage_token}/"
    assert "7th National Innovation Startup Forum" in client.get(answer.url).text


def test_consent_is_kept_with_its_version(client, site_tree, event, delegate, answers):
    client.post(path(event), answers())
    consent = Consent.objects.get()
    assert consent.purpose == "registration"
    assert TEXTS[consent.text_version].purpose == "registration"
    sentence = str(TEXTS[consent.text_version].text).partition("%(keeper)s")[2]
    assert sentence in client.get(path(event)).content.decode(), "what is kept is what was read"
    assert consent.email == "thuyduong@mau.example"


def test_the_office_is_matched_when_its_whole_name_was_chosen(client, site_tree, event, delegate, answers):
    unit = Unit.objects.create(
        slug="phuong-thu", kind="ward", name="Phường Thử", full_name_vi="Ủy ban nhân dân Phường Thử"
    )
    client.post(path(event), answers(organisation="Ủy ban nhân dân Phường Thử"))
    assert Registration.objects.get().unit == unit


def test_a_letter_brings_the_ticket(client, site_tree, event, delegate, answers, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path(event), answers())
    registration = Registration.objects.get()
    letter = Letter.objects.get(kind="registration_confirmed")
    assert letter.to == registration.email
    assert letter.about == registration
    assert letter.is_secret
    [message] = mail.outbox
    assert message.to == [registration.email]
    assert event.name in message.subject
    assert registration.manage_token in message.body


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"email": "thuyduong@"}, "email"),
        ({"organisation": ""}, "organisation"),
        ({"consent": ""}, "consent"),
        ({"ticket_type": ""}, "ticket_type"),
        ({"ticket_type": "999999"}, "ticket_type"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_lost(
    client, site_tree, event, delegate, answers, wrong, field
):
    answer = client.post(path(event), answers(**wrong))
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.text
    assert 'role="alert"' in answer.text
    if field != "full_name":
        assert "Nguyễn Hoàng Thùy Dương" in answer.text
    assert not Registration.objects.exists()


def test_scripts_are_stopped_politely(client, site_tree, event, delegate, answers, settings):
    assert client.post(path(event), answers(website="https://spam.example")).status_code == 422
    assert client.post(path(event), answers(shown_at="forged")).status_code == 422
    settings.REGISTRATION_SECONDS_AT_LEAST = 120
    assert client.post(path(event), answers()).status_code == 422
    assert not Registration.objects.exists()


def test_a_form_that_lay_open_for_days_is_taken_at_the_second_press(client, site_tree, event, delegate, answers):
    """Also one whose mark was made with another key: people cannot help that."""
    for shown_at in (signing.dumps(timezone.now().timestamp() - 90_000, salt=SALT), "forged"):
        page = client.post(path(event), answers(shown_at=shown_at))
        assert page.status_code == 422
        assert "Biểu mẫu này đã mở từ lâu" in page.text
        assert "Nguyễn Hoàng Thùy Dương" in page.text
        fresh = re.search(r'name="shown_at" value="([^"]+)"', page.text)[1]
        assert 0 <= timezone.now().timestamp() - signing.loads(fresh, salt=SALT) < 60
    assert not Registration.objects.exists()


def test_a_double_click_gives_one_ticket(client, site_tree, event, delegate, answers):
    first, second = client.post(path(event), answers()), client.post(path(event), answers())
    assert first.url == second.url
    assert Registration.objects.count() == 1
    assert Letter.objects.count() == 1


def test_the_same_form_for_somebody_else_is_a_new_registration(client, site_tree, event, delegate, answers):
    client.post(path(event), answers())
    client.post(path(event), answers(full_name="Trần Văn Khác", email="khac@mau.example"))
    assert Registration.objects.count() == 2


def test_going_back_to_mend_a_word_mends_the_ticket(client, site_tree, event, delegate, answers):
    first = client.post(path(event), answers(full_name="Nguyen Hoang Thuy Duong"))
    again = client.post(path(event), answers(position="Phó Giám đốc"))
    assert again.url == first.url
    registration = Registration.objects.get()
    assert (registration.full_name, registration.position) == ("Nguyễn Hoàng Thùy Dương", "Phó Giám đốc")
    assert registration.changes.last().corrected["full_name"] == ["Nguyen Hoang Thuy Duong", "Nguyễn Hoàng Thùy Dương"]
    assert "Vé đã mang thông tin mới." in client.get(again.url).text
    client.post(path(event), answers(position="Phó Giám đốc"))
    assert registration.changes.count() == 2, "the same words once more change nothing"


def test_the_same_form_sent_after_cancelling_registers_anew(client, site_tree, event, delegate, answers, now):
    first = client.post(path(event), answers())
    Registration.objects.get().cancel(at=now)
    second = client.post(path(event), answers())
    assert second.status_code == 302
    assert second.url != first.url
    assert list(Registration.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "confirmed"]


@pytest.mark.parametrize(("language", "words"), [("vi", "nhiều lần trong một giờ"), ("en", "within the hour")])
def test_nobody_can_flood_a_mailbox_by_registering_and_cancelling(
    client, site_tree, event, delegate, answers, language, words
):
    def post(**changed):
        return client.post(path(event, language), answers(form_key=str(uuid.uuid4()), **changed))

    for _ in range(3):
        registered = post()
        assert registered.status_code == 302
        assert client.post(f"{registered.url}huy/").status_code == 302
    letters = Letter.objects.count()
    answer = post()
    assert answer.status_code == 429
    assert words in answer.text
    assert 'value="Nguyễn Hoàng Thùy Dương"' in answer.text
    assert not Registration.objects.live().exists()
    assert Letter.objects.count() == letters == 6, "every change of state was told"
    assert post(email="khac@mau.example").status_code == 302, "others are not held up"


def test_only_a_seat_that_was_given_counts_against_the_address(
    client, site_tree, event, student, answers_for, register
):
    Quota.objects.filter(name="Sinh viên").update(size=1)
    other = register(1, ticket_type=student)
    for _ in range(5):
        assert client.post(path(event), answers_for(student)).status_code == 409
    other.cancel(at=timezone.now())
    for _ in range(5):
        assert client.post(path(event), answers_for(student)).status_code == 302, "a double click costs nothing"


def test_organisers_may_register_an_address_as_often_as_they_need(register, now):
    for _ in range(5):
        register(1).cancel(at=now)
    assert register(1).is_confirmed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"registration_paused_at": timedelta(hours=-1)}, "tạm dừng"),
        ({"registration_closes_at": timedelta(hours=-1)}, "diendan@example.vn"),
    ],
)
@pytest.mark.parametrize("wrong", [{}, {"phone": "12"}])
def test_a_door_that_closes_while_somebody_types_loses_nothing(
    client, site_tree, event, delegate, answers, now, change, words, wrong
):
    for field, value in change.items():
        setattr(event, field, now + value)
    event.save()
    answer = client.post(path(event), answers(**wrong))
    assert answer.status_code == 409
    main = answer.text.split("<main")[1]
    assert words in main
    assert 'value="Nguyễn Hoàng Thùy Dương"' in main
    assert 'value="thuyduong@mau.example"' in main


def test_somebody_else_is_registered_by_changing_the_address(client, site_tree, event, delegate, answers, register):
    register(1, email="thuyduong@mau.example")
    answer = client.post(path(event), answers())
    assert answer.status_code == 409
    assert 'value="Nguyễn Hoàng Thùy Dương"' in answer.text
    assert client.post(path(event), answers(email="dong.nghiep@mau.example")).status_code == 302


def test_an_address_that_is_registered_already_learns_nothing_but_gets_its_link(
    client, site_tree, event, delegate, answers, register, django_capture_on_commit_callbacks
):
    earlier = register(1, email="thuyduong@mau.example", full_name="Người Đến Trước")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(path(event), answers(email="ThuyDuong@Mau.Example"))
    assert answer.status_code == 409
    assert "Người Đến Trước" not in answer.text
    assert earlier.manage_token not in answer.text
    assert Letter.objects.get(kind="registration_link").to == earlier.email
    for _ in range(5):
        client.post(path(event), answers())
    assert Letter.objects.filter(kind="registration_link").count() == 3


def test_a_kind_of_ticket_that_is_full_is_refused_with_everything_kept(
    client, site_tree, event, delegate, student, answers, register
):
    without_waiting_list(event)
    register(1, ticket_type=student)
    register(2, ticket_type=student)
    assert "disabled" in client.get(path(event)).text
    answer = client.post(path(event), answers(ticket_type=str(student.pk)))
    assert answer.status_code == 409
    assert "Nguyễn Hoàng Thùy Dương" in answer.text
    assert Registration.objects.count() == 2


def without_waiting_list(event):
    event.waiting_list = False
    event.save()


def test_when_every_seat_is_gone_the_page_says_so(client, site_tree, event, student, register):
    without_waiting_list(event)
    Quota.objects.filter(name="Hội trường").update(size=1)
    register(1)
    register(2, ticket_type=student)
    register(3, ticket_type=student)
    answer = client.get(path(event))
    assert answer.status_code == 200
    assert 'name="full_name"' not in answer.text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"published_at": None}, "not_open_yet"),
        ({"ends_at": timedelta(hours=-1), "starts_at": timedelta(hours=-9)}, "finished"),
        ({"registration_opens_at": timedelta(days=1)}, "too_early"),
        ({"registration_closes_at": timedelta(days=-1)}, "closed"),
        ({"registration_paused_at": timedelta(hours=-1)}, "paused"),
    ],
)
def test_each_closed_door_has_its_own_sentence(client, site_tree, event, delegate, answers, now, change, reason):
    for field, value in change.items():
        setattr(event, field, value if value is None else now + value)
    event.save()
    verdict = event.eligibility(delegate, at=now)
    assert (verdict.allowed, verdict.reason) == (False, reason)
    assert verdict.heading
    assert verdict.sentence
    assert verdict.next_step
    with pytest.raises(Refused) as refused:
        event.register(delegate, somebody(), at=now)
    assert refused.value.verdict.reason == reason
    answer = client.post(path(event), answers())
    assert answer.status_code == (404 if reason == "not_open_yet" else 409)
    assert not Registration.objects.exists()


def test_opening_time_is_kept_to_the_second(event, delegate, now):
    opens = event.registration_opens_at
    assert event.eligibility(delegate, at=opens - timedelta(microseconds=1)).reason == "too_early"
    assert event.eligibility(delegate, at=opens).allowed
    assert not event.eligibility(delegate, at=event.registration_closes_at).allowed


def test_a_priced_ticket_is_not_given_away(event, delegate, now):
    delegate.price = 500_000
    delegate.save()
    with pytest.raises(Refused) as refused:
        event.register(delegate, somebody(), at=now)
    assert refused.value.verdict.reason == "paid"


def test_one_address_in_any_case_and_unicode_form_is_one_person(event, delegate, now):
    event.register(delegate, somebody(email="hòa@mau.example"), at=now)
    for other in (unicodedata.normalize("NFD", "hòa@mau.example"), "HÒA@mau.example"):
        with pytest.raises(Refused) as refused:
            event.register(delegate, somebody(2, email=other), at=now)
        assert refused.value.verdict.reason == "already_registered"


def test_the_database_itself_refuses_a_second_live_registration(register):
    first = register(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(
            event=first.event,
            ticket_type=first.ticket_type,
            full_name="Ai Đó",
            email=first.email.upper(),
            created_at=first.created_at,
            confirmed_at=first.created_at,
        )


def test_who_cancelled_may_register_again(register, now):
    register(1).cancel(at=now)
    again = register(1)
    assert again.state == State.CONFIRMED
    assert Registration.objects.count() == 2


def test_a_quota_below_what_is_given_out_takes_nothing_away(event, delegate, register, now):
    register(1)
    register(2)
    quota = Quota.objects.get(name="Hội trường")
    quota.size = 1
    quota.save()
    quota.settle(now)
    assert Registration.objects.live().count() == 2
    with pytest.raises(Refused):
        register(3)


def test_a_shared_quota_counts_for_both_kinds(event, delegate, student, register):
    Quota.objects.get(name="Hội trường").ticket_types.add(student)
    Quota.objects.filter(name="Hội trường").update(size=2)
    register(1)
    register(2, ticket_type=student)
    with pytest.raises(Refused):
        register(3)


def test_seats_are_told_in_words_to_everybody(event, delegate, register):
    assert event.seats(timezone.now()) == "open"
    Quota.objects.update(size=3)
    assert event.seats(timezone.now()) == "few"
    for number in range(3):
        register(number)
    assert event.seats(timezone.now()) == "full"


def test_registering_stays_within_its_statements(
    client, site_tree, event, delegate, answers, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    client.get(path(event))  # menus and content types are kept from here on
    with django_assert_max_num_queries(25):
        client.get(path(event))
        with django_capture_on_commit_callbacks():
            answer = client.post(path(event), answers())
        client.get(answer.url)


def test_the_lost_ticket_page_reveals_nothing(client, site_tree, event, register, django_capture_on_commit_callbacks):
    mine = register(1)
    address = reverse("events:resend", args=[event.slug])
    with django_capture_on_commit_callbacks(execute=True):
        known = client.post(address, {"email": mine.email})
        unknown = client.post(address, {"email": "ai@mau.example"})
    strip = lambda page: page.text.split("</header>")[1]  # noqa: E731
    assert strip(known) == strip(unknown)
    assert [letter.to for letter in Letter.objects.filter(kind="registration_link")] == [mine.email]
    assert client.post(address, {"email": "khong-phai"}).status_code == 422


def test_a_background_row_holds_no_address_and_costs_the_same_for_every_address(
    client, site_tree, event, register, settings
):
    """With a worker the task waits as a row; what is asked of the database must not tell who is registered."""
    settings.TASKS = settings.TASKS | {
        "background": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "prompt", "bulk"]}
    }
    mine, address = register(1), reverse("events:resend", args=[event.slug])
    client.post(address, {"email": "am@mau.example"})
    asked = []
    for email in (mine.email.upper(), "ai@mau.example"):
        with CaptureQueriesContext(connection) as captured:
            client.post(address, {"email": email})
        asked.append([query["sql"].partition(" ")[0] for query in captured])
    assert asked[0] == asked[1]
    _warming_up, known, unknown = DBTaskResult.objects.order_by("enqueued_at")
    assert (known.args_kwargs["args"], unknown.args_kwargs["args"]) == ([[mine.pk]], [[]])
    assert "@" not in str([known.args_kwargs, unknown.args_kwargs])
    assert tasks.send_links.func([mine.pk]) == 1
    assert tasks.send_links.func([]) == 0


def test_links_are_limited_by_address_and_a_cancelled_registration_gets_none(register, event, now):
    mine, other, gone = register(1), register(2), register(3)
    gone.cancel(at=now)
    for _ in range(5):
        tasks.ask_for_links(event, mine.email.upper())
    tasks.ask_for_links(event, other.email)
    tasks.ask_for_links(event, gone.email)
    sent = Letter.objects.filter(kind="registration_link").values_list("to", flat=True)
    assert sorted(sent) == [mine.email] * 3 + [other.email]
