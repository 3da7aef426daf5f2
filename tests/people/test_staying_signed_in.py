"""From one request to the next: a session says who somebody is, and what changed meanwhile counts at once."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import LoginSession, User
from people.sessions import SessionStore

pytestmark = pytest.mark.django_db

PERSONAL = "/accounts/2fa/"  # any page that only the signed-in may see


def who(client) -> str | None:
    """Whom the site takes this browser for."""
    answer = client.get(PERSONAL)
    return answer.context["user"].email if answer.status_code == 200 else None


def test_binh_stays_signed_in(client, binh):
    client.force_login(binh)
    assert who(client) == binh.email
    assert who(client) == binh.email


def test_session_and_person_come_in_one_query(client, binh):
    client.force_login(binh)
    with CaptureQueriesContext(connection) as captured:
        assert client.post("/hoc/su-kien/", {"batch": "?"}).status_code == 400, "known, though nothing could be read"
    assert len(captured) == 1, [query["sql"] for query in captured]


def test_a_stranger_has_no_session(client, binh):
    client.force_login(binh)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert who(client) is None


def test_a_session_that_is_over_opens_nothing(client, binh):
    client.force_login(binh)
    LoginSession.objects.update(expire_date="2020-01-01T00:00:00Z")
    assert who(client) is None


def test_a_browser_without_a_person_keeps_what_it_was_told(client, db):
    session = SessionStore()
    session["gate"] = "A"
    session.save()
    assert SessionStore(session.session_key)["gate"] == "A"
    assert LoginSession.objects.get().person is None


def test_signing_in_changes_the_key_and_names_the_person(client, binh):
    session = client.session
    session["gate"] = "A"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key
    client.force_login(binh)
    row = LoginSession.objects.get()
    assert row.session_key != before, "a key that a stranger had planted is worth nothing"
    assert (row.person, client.session["gate"]) == (binh, "A")


def test_only_what_the_session_says_counts_never_the_person_beside_it(client, binh, minh):
    client.force_login(binh)
    LoginSession.objects.update(person=minh)
    assert who(client) == binh.email
    LoginSession.objects.update(person=None)
    assert who(client) == binh.email


def test_signing_out_ends_the_session(client, binh):
    client.force_login(binh)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/accounts/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert who(client) is None


def test_a_closed_account_is_out_at_once(client, binh):
    client.force_login(binh)
    User.objects.filter(pk=binh.pk).update(is_active=False)
    assert who(client) is None


def test_a_deleted_account_takes_its_sessions_along(client, binh):
    client.force_login(binh)
    binh.delete()
    assert not LoginSession.objects.exists()
    assert who(client) is None


def test_a_changed_secret_ends_every_session(client, binh):
    client.force_login(binh)
    binh.set_unusable_password()  # draws a new one
    binh.save()
    assert who(client) is None


def test_a_new_name_shows_at_once(client, binh):
    client.force_login(binh)
    client.get(PERSONAL)
    User.objects.filter(pk=binh.pk).update(full_name="Nguyễn Thanh Bình")
    assert client.get(PERSONAL).context["user"].full_name == "Nguyễn Thanh Bình"


def test_a_role_counts_from_the_next_request_and_no_longer_than_it_is_held(client, binh):
    client.force_login(binh)
    assert client.get("/quan-tri/").status_code == 403
    binh.groups.add(Group.objects.get(name="Cổng vào"))
    assert client.get("/quan-tri/").status_code == 200
    binh.groups.clear()
    assert client.get("/quan-tri/").status_code == 403


def test_what_somebody_may_do_is_their_own_and_their_roles_and_asked_once(binh):
    mine, of_role = (Permission.objects.get(codename=name) for name in ("check_in", "view_unit"))
    role = Group.objects.create(name="Vai thử")
    role.permissions.add(of_role)
    binh.groups.add(role)
    binh.user_permissions.add(mine)
    binh = User.objects.get(pk=binh.pk)
    with CaptureQueriesContext(connection) as captured:
        assert binh.get_all_permissions() == {"events.check_in", "people.view_unit"}
        assert binh.has_perm("events.check_in")
        assert not binh.has_perm("events.change_event")
        assert not binh.has_perm("events.check_in", binh), "nothing is allowed for single records"
    assert len(captured) == 1


def test_a_closed_account_may_do_nothing_and_an_administrator_everything(binh, minh):
    binh.user_permissions.add(Permission.objects.get(codename="check_in"))
    User.objects.filter(pk=binh.pk).update(is_active=False)
    assert User.objects.get(pk=binh.pk).get_all_permissions() == set()
    assert len(minh.get_all_permissions()) == Permission.objects.count()
