"""Coming in with a code from the mailbox, and what strangers learn from trying: nothing."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from letters.models import Letter
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Posts, and delivers the letters as the end of the transaction does; here the test is that transaction."""

    def post_and_deliver(path, data, **extra):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data, **extra)

    return post_and_deliver


def code_in(letter) -> str:
    return re.search(r"\b(\d{6})\b", letter.body)[1]


def test_the_login_page_asks_for_an_address_and_nothing_else(client):
    page = client.get("/accounts/login/").content.decode()
    assert 'name="login"' in page
    assert 'type="password"' not in page
    assert client.get("/accounts/login/code/").url == "/accounts/login/"
    assert client.get("/accounts/password/reset/").url == "/accounts/login/"


def test_binh_signs_in_with_the_code_from_the_letter(binh, client, post):
    answer = post("/accounts/login/?next=/khoa-hoc/", {"login": "Binh@Mau.example", "next": "/khoa-hoc/"})
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/code/confirm/")
    assert mail.outbox[-1].to == ["binh@mau.example"]
    answer = post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1]), "next": "/khoa-hoc/"})
    assert answer.url == "/khoa-hoc/"
    assert client.session["_auth_user_id"] == str(binh.pk)


def test_somebody_made_in_the_back_office_needs_one_code_only(client, post):
    person = User.objects.create_user("moi@mau.example", "Người Mới")
    post("/accounts/login/", {"login": "moi@mau.example"})
    post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert EmailAddress.objects.get(user=person).verified


def test_an_unknown_address_gets_the_same_answer(binh, client, post):
    known = post("/accounts/login/", {"login": "binh@mau.example"})
    known_page = client.get(known.url).content.decode()
    client.cookies.clear()
    unknown = post("/accounts/login/", {"login": "la@mau.example"})
    unknown_page = client.get(unknown.url).content.decode()
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)

    def plain(text):
        return re.sub(r'value="[^"]*"|\w+@mau\.example', "", text)

    assert plain(known_page) == plain(unknown_page)
    assert "la@mau.example" in mail.outbox[-1].to
    assert not re.search(r"\b\d{6}\b", mail.outbox[-1].body)


def test_a_wrong_code_does_not_open_and_three_end_the_try(binh, client, post):
    post("/accounts/login/", {"login": "binh@mau.example"})
    right = code_in(mail.outbox[-1])
    wrong = "000000" if right != "000000" else "111111"
    assert post("/accounts/login/code/confirm/", {"code": wrong}).status_code == 200
    post("/accounts/login/code/confirm/", {"code": wrong})
    post("/accounts/login/code/confirm/", {"code": wrong})
    post("/accounts/login/code/confirm/", {"code": right})
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_for_ten_minutes(binh, client, post, monkeypatch):
    import time

    post("/accounts/login/", {"login": "binh@mau.example"})
    later = time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)
    post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert "_auth_user_id" not in client.session


def test_dung_opens_an_account(client, post):
    answer = post("/accounts/signup/", {"email": "Moi@mau.example", "full_name": "  Hoàng  Dũng ", "phone_number": ""})
    assert answer.url == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session
    answer = post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert answer.status_code == 302
    person = User.objects.get(email="moi@mau.example")
    assert (person.full_name, person.has_usable_password()) == ("Hoàng Dũng", False)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_signing_up_in_english_is_answered_in_english(client, post):
    post("/en/accounts/signup/", {"email": "ann@mau.example", "full_name": "Ann", "phone_number": ""})
    assert User.objects.get(email="ann@mau.example").language == "en"
    assert "Here is the code" in mail.outbox[-1].body


def test_a_known_address_cannot_be_told_from_a_new_one_at_sign_up(binh, client, post):
    answer = post("/accounts/signup/", {"email": "binh@mau.example", "full_name": "Kẻ Lạ", "phone_number": ""})
    assert answer.url == "/accounts/confirm-email/"
    assert User.objects.filter(email="binh@mau.example").count() == 1
    assert not re.search(r"\b\d{6}\b", mail.outbox[-1].body)


def test_a_robot_that_fills_the_hidden_field_gets_a_polite_nothing(client, post):
    answer = post("/accounts/signup/", {"email": "robot@mau.example", "full_name": "Robot", "phone_number": "1"})
    assert answer.url == "/accounts/confirm-email/"
    assert not User.objects.filter(email="robot@mau.example").exists()
    assert not mail.outbox


def test_a_stranger_cannot_fill_somebodys_mailbox(client, post):
    for _ in range(5):
        client.cookies.clear()
        post("/accounts/signup/", {"email": "nan.nhan@mau.example", "full_name": "Kẻ Lạ", "phone_number": ""})
    assert Letter.objects.filter(to="nan.nhan@mau.example").count() <= 3


def test_a_stranger_elsewhere_does_not_keep_binh_out(binh, client, post, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "100/m/key"}
    for _ in range(12):
        client.cookies.clear()
        last = post("/accounts/login/", {"login": "binh@mau.example"}, REMOTE_ADDR="203.0.113.9")
    assert last.status_code == 200, "the stranger is told to wait"
    client.cookies.clear()
    assert post("/accounts/login/", {"login": "binh@mau.example"}, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_two_hundred_people_behind_one_address_all_get_in(client, post):
    for n in range(200):
        User.objects.create_user(f"nguoi{n}@mau.example", f"Người {n}")
    entered = 0
    for n in range(200):
        client.cookies.clear()
        post("/accounts/login/", {"login": f"nguoi{n}@mau.example"}, REMOTE_ADDR="203.0.113.1")
        post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, REMOTE_ADDR="203.0.113.1")
        entered += "_auth_user_id" in client.session
    assert entered == 200


def test_somebody_whose_account_is_closed_stays_out(binh, client, post):
    User.objects.filter(pk=binh.pk).update(is_active=False)
    post("/accounts/login/", {"login": "binh@mau.example"})
    assert not re.search(r"\b\d{6}\b", mail.outbox[-1].body)


def test_the_code_stands_on_the_page_only_in_development_on_this_machine(binh, client, post, settings):
    for shown, remote, expected in (
        (True, "127.0.0.1", True),
        (True, "203.0.113.1", False),
        (False, "127.0.0.1", False),
    ):
        settings.SHOW_LETTERS = shown
        client.cookies.clear()
        post("/accounts/login/", {"login": "binh@mau.example"}, REMOTE_ADDR=remote)
        page = client.get("/accounts/login/code/confirm/", REMOTE_ADDR=remote).content.decode()
        assert (code_in(mail.outbox[-1]) in page) is expected


def test_pages_of_the_account_hold_no_inline_script_or_style(binh, client):
    anonymous = ["/accounts/login/", "/accounts/signup/"]
    own = [
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/sessions/",
        "/accounts/logout/",
        "/accounts/3rdparty/",
    ]
    for path in anonymous + own:
        if path == own[0]:
            client.force_login(binh)
        answer = client.get(path, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, path
        assert 'class="top"' in page, path
        assert " style=" not in page, path
        for attrs in re.findall(r"<script([^>]*)>", page):
            assert "src=" in attrs or "application/json" in attrs, path


def test_single_sign_on_gives_the_name_in_one_piece(rf):
    from allauth.socialaccount.models import SocialLogin

    from people.accounts import SocialAccountAdapter

    for told, kept in (
        ({"name": "Nguyễn Thị Bình", "email": "b@mau.example"}, "Nguyễn Thị Bình"),
        ({"first_name": "Bình", "last_name": "Nguyễn Thị", "email": "b@mau.example"}, "Nguyễn Thị Bình"),
    ):
        person = SocialAccountAdapter().populate_user(rf.get("/"), SocialLogin(user=User()), told)
        assert (person.full_name, person.email) == (kept, "b@mau.example")


def test_changing_the_address_needs_the_code_sent_to_the_new_one(binh, client, post):
    client.force_login(binh)
    answer = post("/accounts/email/", {"action_add": "", "email": "Binh.Moi@mau.example"})
    assert answer.status_code == 302
    assert mail.outbox[-1].to == ["binh.moi@mau.example"]
    binh.refresh_from_db()
    assert binh.email == "binh@mau.example"
    post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    binh.refresh_from_db()
    assert binh.email == "binh.moi@mau.example"
