"""What a stranger can do with an address: not fill its mailbox, not lock its owner out, not learn who is registered."""

import itertools
import re
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from content.models import Feedback, SiteSettings
from events import tasks
from events.models import Delegation, Quota, Registration, State, TicketType
from letters.models import Letter
from people.models import RateLimit

from .conftest import make_event, somebody

pytestmark = pytest.mark.django_db

VICTIM = "nan.nhan@mau.example"
SOON = timedelta(minutes=1)


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Post as a visitor who keeps no cookie, and let the letters go."""

    def posting(path, data, **extra):
        client.cookies.clear()
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data, **extra)

    return posting


@pytest.fixture
def form(answers):
    """A form that was never sent before."""
    return lambda **changed: answers(form_key=str(uuid.uuid4()), **changed)


def desk(event) -> str:
    return reverse("events:register", args=[event.slug])


def arrived(address: str = VICTIM) -> int:
    """Letters that reached the mailbox."""
    return sum(message.to == [address] for message in mail.outbox)


def waiting(address: str = VICTIM):
    return Letter.objects.waiting().filter(to=address)


# ---------------------------------------------------------------- a hall is one network address


def test_two_hundred_people_behind_one_address_all_register(client, site_tree, event, delegate, form):
    Quota.objects.update(size=None)
    told = Counter()
    for number in range(200):
        client.cookies.clear()
        answer = client.post(
            desk(event),
            form(email=f"nguoi{number}@mau.example", full_name=f"Nguyễn Văn Người {chr(65 + number % 26)}"),
            REMOTE_ADDR="203.0.113.1",
        )
        told[answer.status_code] += 1
    assert told == {302: 200}
    assert Registration.objects.filter(state=State.CONFIRMED).count() == 200


def test_and_all_find_their_lost_tickets(client, site_tree, event, register, django_capture_on_commit_callbacks):
    people = [register(number) for number in range(50)]
    for person in people:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(
                reverse("events:resend", args=[event.slug]), {"email": person.email}, REMOTE_ADDR="203.0.113.1"
            )
        assert answer.status_code == 200
    assert Letter.objects.filter(kind="registration_link").count() == 50


def test_no_limit_of_the_forum_hangs_on_a_network_address(site_tree, event, delegate, form, post):
    """The same person from two places is counted once; two persons from one place are counted apart."""
    post(desk(event), form(email="mot@mau.example"), REMOTE_ADDR="203.0.113.1")
    buckets = RateLimit.objects.count()
    post(desk(event), form(email="mot@mau.example"), REMOTE_ADDR="198.51.100.7")
    assert RateLimit.objects.count() == buckets
    post(desk(event), form(email="hai@mau.example"), REMOTE_ADDR="203.0.113.1")
    assert RateLimit.objects.count() == buckets + 1


# ---------------------------------------------------------------- nobody fills a mailbox


def ask_for_links(post, event, form):
    post(reverse("events:resend", args=[event.slug]), {"email": VICTIM})


def register_again(post, event, form):
    post(desk(event), form(email=VICTIM))


def press_resend(post, event, form):
    mine = Registration.objects.filter(email=VICTIM).first()
    post(reverse("events:registration_resend", args=[mine.manage_token]), {})


def sign_up(post, event, form):
    post("/accounts/signup/", {"email": VICTIM, "full_name": "Kẻ Lạ", "phone_number": ""})


PATHS = [ask_for_links, register_again, press_resend, sign_up]


@pytest.mark.parametrize("path", PATHS)
def test_three_letters_an_hour_by_each_path(site_tree, event, register, form, post, path):
    register(1, email=VICTIM)
    for _ in range(8):
        path(post, event, form)
    assert arrived() == 3


def test_three_letters_an_hour_by_all_paths_together(site_tree, event, register, form, post):
    register(1, email=VICTIM)
    for _ in range(4):
        for path in PATHS:
            path(post, event, form)
    assert arrived() == 3


def test_registering_counts_on_the_same_bucket(site_tree, event, delegate, form, post, now):
    other = make_event(now, slug="ky-khac")
    kind = TicketType.objects.create(event=other, name_vi="Đại biểu", position=1)
    post(desk(event), form(email=VICTIM))
    post(desk(other), form(email=VICTIM, ticket_type=str(kind.pk)))
    assert arrived() == 2
    for _ in range(4):
        ask_for_links(post, event, form)
    assert arrived() == 3


def test_a_mailbox_of_many_is_not_sent_all_of_them_at_once(site_tree, event, delegate, register, form, post, now):
    """A stranger who asks for the links of a secretary's mailbox must not be answered with thirty letters."""
    first = register(1, email=VICTIM)
    for number in range(2, 12):
        event.register(delegate, somebody(number, email=VICTIM), at=now, contact=first)
    RateLimit.objects.all().delete()  # an hour later
    Letter.objects.all().delete()
    Registration.objects.update(letters=False)  # what the deleted letters told
    for _ in range(3):
        ask_for_links(post, event, form)
    assert arrived() == 3


def test_others_on_ones_mailbox_get_their_tickets_but_not_all_within_the_hour(
    client, site_tree, event, delegate, form, post
):
    """Whoever registers a stranger's mailbox sees the ticket's page at once, and could register thirty more on it."""
    first = post(desk(event), form(email=VICTIM))
    for number in range(12):
        answers = form(full_name=f"Nguyễn Văn {chr(65 + number)}")
        del answers["email"]
        assert post(f"{first.url}them-nguoi/", answers).status_code == 302
    assert Registration.objects.filter(email=VICTIM, state=State.CONFIRMED).count() == 13
    assert arrived() == 3
    assert waiting().count() == 10, "every one has its letter; it only waits"
    moments = sorted(waiting().values_list("next_try_at", flat=True))
    assert moments[0] - timezone.now() > timedelta(minutes=15)
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert min(gaps) > timedelta(minutes=19)


def test_calling_them_off_again_does_not_fill_it_either(site_tree, event, delegate, form, post):
    first = post(desk(event), form(email=VICTIM))
    for number in range(10):
        answers = form(full_name=f"Nguyễn Văn {chr(65 + number)}")
        del answers["email"]
        companion = post(f"{first.url}them-nguoi/", answers)
        post(f"{companion.url}huy/", {})
    assert arrived() <= 3
    assert Letter.objects.filter(to=VICTIM, kind="registration_cancelled").count() == 10


def test_what_an_organiser_does_is_told_at_once(event, delegate, register, now, ha, django_capture_on_commit_callbacks):
    first = register(1, email=VICTIM)
    others = [event.register(delegate, somebody(n, email=VICTIM), at=now, contact=first, by=ha) for n in range(2, 8)]
    with django_capture_on_commit_callbacks(execute=True):
        for other in others:
            other.cancel(at=now, by=ha)
    assert arrived() == 6
    assert not waiting().filter(next_try_at__gt=timezone.now() + SOON).exists()


def test_a_ticket_is_handed_on_three_times_a_day_at_most(site_tree, event, register, post):
    mine = register(1)
    told = []
    for number in range(5):
        mine.refresh_from_db()
        answer = post(
            reverse("events:registration_hand_over", args=[mine.manage_token]),
            {
                "full_name": f"Người Lạ {chr(65 + number)}",
                "email": f"la{number}@mau.example",
                "organisation": "x",
                "consent": "on",
            },
        )
        told.append(answer.status_code)
    assert told == [200, 200, 200, 409, 409]
    assert "nhiều lần" in answer.text
    assert "Người Lạ E" in answer.text, "what was typed is still there"
    mine.refresh_from_db()
    assert mine.email == "la2@mau.example"


def test_a_refused_hand_over_costs_nothing(site_tree, event, register, post):
    mine, hers = register(1), register(2)
    path = reverse("events:registration_hand_over", args=[mine.manage_token])
    person = {"full_name": "Phạm Lan", "organisation": "x", "consent": "on"}
    for _ in range(5):
        assert post(path, person | {"email": hers.email}).status_code == 409
    assert post(path, person | {"email": "lan@mau.example"}).status_code == 200


def test_many_tickets_cannot_be_handed_to_one_mailbox_to_fill_it(site_tree, event, delegate, register, post, now):
    """Each in turn: it is handed on again at once, so that the address is free for the next."""
    for number in range(6):
        ticket = register(number)
        ticket.hand_over(somebody(100 + number, email=VICTIM), at=now)
        ticket.hand_over(somebody(200 + number, email=f"khac{number}@mau.example"), at=now)
    own = Letter.objects.filter(to=VICTIM, kind="registration_confirmed")
    assert own.count() == 6
    assert own.filter(next_try_at__lte=timezone.now() + SOON).count() == 3


def test_a_coordinators_link_is_no_machine_for_letters_to_one_person(
    site_tree, event, delegate, now, django_capture_on_commit_callbacks
):
    party = Delegation.objects.set_aside(
        event,
        delegate,
        name="Đoàn Lạ",
        size=5,
        release_at=now + timedelta(days=5),
        coordinator_name="Kẻ Lạ",
        coordinator_email="ke.la@mau.example",
        at=now,
    )
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(6):
            [member] = party.name_people([somebody(1, email=VICTIM)], at=now)
            party.take_off(member, at=now)
    assert arrived() <= 3
    assert Letter.objects.filter(to=VICTIM).count() == 12, "each change of state has its letter; most wait"


def test_the_office_is_not_flooded_by_the_contact_form(client, site_tree, post):
    settings = SiteSettings.for_site(site_tree.site)
    settings.email = "van.thu@mau.example"
    settings.save()
    for number in range(40):
        post(
            "/gop-y/",
            {"name": "Kẻ Lạ", "email": f"la{number}@mau.example", "message": "Xin chào các anh chị"},
            REMOTE_ADDR=f"203.0.113.{number}",
        )
    assert Feedback.objects.count() == 40, "each is kept and waits on the dashboard"
    assert arrived("van.thu@mau.example") == 30


def test_codes_have_a_bucket_of_their_own(site_tree, event, register, binh, form, post):
    """Whoever used up the letters of an address does not keep its owner from signing in."""
    register(1, email=binh.email)
    for _ in range(6):
        post(reverse("events:resend", args=[event.slug]), {"email": binh.email})
    mail.outbox.clear()
    post("/accounts/login/", {"login": binh.email})
    assert re.search(r"\b\d{6}\b", mail.outbox[-1].body)


def test_a_code_asked_for_again_and_again_is_not_sent_for_ever(
    client, binh, settings, django_capture_on_commit_callbacks
):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "100/m/key"}
    for number in range(30):  # from many places, each asking twice more
        client.cookies.clear()
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/accounts/login/", {"login": binh.email}, REMOTE_ADDR=f"203.0.113.{number}")
            for _ in range(2):
                client.post("/accounts/login/code/confirm/", {"action": "resend"}, REMOTE_ADDR=f"203.0.113.{number}")
    assert arrived(binh.email) <= 40 + 10


def test_an_account_is_no_machine_for_letters_to_others(client, binh, settings, django_capture_on_commit_callbacks):
    """Changing one's address sends a code to the new one, whosever it is."""
    settings.ACCOUNT_RATE_LIMITS = {
        "change_email": "100/m/user",
        "manage_email": "100/m/user",
        "confirm_email": "100/m/key",
    }
    client.force_login(binh)
    for _ in range(8):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/accounts/email/", {"action_add": "", "email": VICTIM})
    assert arrived() == 3


# ---------------------------------------------------------------- nobody is locked out


def test_the_owner_still_has_a_page_a_cancellation_and_letters_about_changes(
    client, site_tree, event, register, form, post, ha, now
):
    mine = register(1, email=VICTIM)
    for _ in range(10):
        for path in PATHS:
            path(post, event, form)
    assert client.get(mine.get_absolute_url()).status_code == 200
    mail.outbox.clear()
    answer = post(reverse("events:registration_cancel", args=[mine.manage_token]), {})
    assert answer.status_code == 302
    assert arrived() == 1, "a letter about a change of state is never dropped"


def test_the_bucket_fills_again_within_the_hour(site_tree, event, register, form, post, monkeypatch):
    register(1, email=VICTIM)
    for _ in range(6):
        ask_for_links(post, event, form)
    mail.outbox.clear()
    later = timezone.now() + timedelta(minutes=21)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    ask_for_links(post, event, form)
    assert arrived() == 1


def test_an_unknown_address_uses_nothing_up(site_tree, event, register, form, post):
    """A stranger who asks for links of an address before its owner registers takes nothing from the owner."""
    for _ in range(6):
        ask_for_links(post, event, form)
    register(1, email=VICTIM)
    ask_for_links(post, event, form)
    assert arrived() == 1


# ---------------------------------------------------------------- nobody learns who is registered


def statements(client, path: str, data: dict) -> list[str]:
    """What the database was asked, without the values."""
    with CaptureQueriesContext(connection) as captured:
        client.post(path, data)
    return [re.sub(r"'[^']*'|\b\d+\b|[0-9a-f]{32}", "?", query["sql"]) for query in captured]


@pytest.fixture
def with_a_worker(settings):
    settings.TASKS = settings.TASKS | {
        "background": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "prompt", "bulk"]}
    }
    settings.IMMEDIATE_TASKS = False


def test_the_lost_ticket_page_does_the_same_work_for_every_address(
    client, site_tree, event, delegate, register, now, with_a_worker
):
    """Known, unknown, cancelled, known many times over, and beyond the limit: the same statements in the same order."""
    mine, gone = register(1), register(2)
    gone.cancel(at=now)
    for number in range(3, 9):
        event.register(delegate, somebody(number, email=mine.email), at=now, contact=mine)
    path = reverse("events:resend", args=[event.slug])
    statements(client, path, {"email": "am@mau.example"})
    asked = {
        email: statements(client, path, {"email": email})
        for email in (mine.email, "ai@mau.example", gone.email, mine.email.upper(), "x" * 60 + "@mau.example")
    }
    for again in range(4):
        asked[f"{again}"] = statements(client, path, {"email": mine.email})
    assert len({tuple(found) for found in asked.values()}) == 1, asked
    assert DBTaskResult.objects.filter(task_path=tasks.send_links.module_path).count() == 10


def test_it_gives_the_same_words_for_every_address(client, site_tree, event, register):
    mine = register(1)
    path = reverse("events:resend", args=[event.slug])
    pages = {
        re.sub(r'value="[^"]*"|[\w.]+@mau\.example', "", client.post(path, {"email": email}).text)
        for email in (mine.email, "ai@mau.example")
    }
    assert len(pages) == 1


def test_registering_with_a_known_address_says_that_it_is_and_nothing_else(
    client, site_tree, event, delegate, register, form, post
):
    mine = register(1, email=VICTIM, organisation="Cơ quan Kín", phone="+84909999999")
    page = post(desk(event), form(email=VICTIM)).text
    assert "đã đăng ký" in page.lower()
    for secret in (mine.full_name, "Cơ quan Kín", "909999999", mine.code, mine.manage_token, mine.public_token):
        assert secret not in page, secret


def test_nor_does_the_state_show(client, site_tree, event, delegate, student, register, answers_for, form, post):
    """Confirmed, waiting or on offer: a stranger reads the same."""
    register(1, email=VICTIM)
    register(2, ticket_type=student)
    register(3, ticket_type=student)
    post(desk(event), answers_for(student, email="cho@mau.example", form_key=str(uuid.uuid4()), wait="1"))
    assert Registration.objects.get(email="cho@mau.example").state == State.WAITLISTED

    def read(email):
        text = post(desk(event), form(email=email)).text.split("<main")[1]
        return re.sub(r'value="[^"]*"|[\w.]+@mau\.example', "", text)

    assert read(VICTIM) == read("cho@mau.example")


# ---------------------------------------------------------------- scripts


def test_a_script_that_fills_everything_in_at_once_registers_nobody(
    client, site_tree, event, delegate, form, post, settings
):
    settings.REGISTRATION_SECONDS_AT_LEAST = 120
    for number in range(20):
        assert post(desk(event), form(email=f"robot{number}@mau.example")).status_code == 422
    settings.REGISTRATION_SECONDS_AT_LEAST = 0
    assert post(desk(event), form(website="https://spam.example")).status_code == 422
    assert not Registration.objects.exists()
    assert not Letter.objects.exists()


def test_what_is_too_large_is_refused_in_plain_words(client, site_tree, event, delegate):
    answer = client.post(f"/dien-dan/{event.slug}/dang-ky/", {"full_name": "x" * 3_000_000})
    assert answer.status_code == 400
    assert "Chưa lưu gì cả" in answer.text
    english = client.post(f"/en/dien-dan/{event.slug}/dang-ky/", {"full_name": "x" * 3_000_000})
    assert "Nothing was saved" in english.text
    strange = client.get("/", headers={"host": "la.example"})
    assert strange.status_code == 400
    assert not Registration.objects.exists()


def test_a_name_is_no_advertisement(client, site_tree, event, delegate, form, post):
    """A letter of ours must not carry a stranger's words and links to somebody else."""
    for name in ("Xem https://spam.example", "www.spam.example", "<b>Mua ngay</b>"):
        assert post(desk(event), form(email=VICTIM, full_name=name)).status_code == 422
    assert not Letter.objects.exists()


def test_the_background_task_counts_letters_not_questions(register, event, now):
    mine = register(1)
    assert [tasks.send_links.func([mine.pk]) for _ in range(5)] == [1, 1, 1, 0, 0]
