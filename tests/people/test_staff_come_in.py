"""The back office's door."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.management import call_command

from people import first
from people.accounts import MFAAdapter
from people.groups import GROUPS, create_groups
from people.models import AuditEntry, User

pytestmark = pytest.mark.django_db


def test_there_is_one_login_page_for_everybody(client):
    answer = client.get("/quan-tri/login/?next=/quan-tri/")
    assert answer.url == "/accounts/login/?next=/quan-tri/"
    assert client.get("/quan-tri/").url.startswith("/accounts/login/")


def test_staff_without_a_second_proof_are_sent_to_set_one_up(minh, binh, client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(minh)
    assert client.get("/quan-tri/units/").url == "/accounts/2fa/"
    Authenticator.objects.create(user=minh, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert client.get("/quan-tri/units/").url == "/accounts/2fa/", "recovery codes alone are no second proof"
    Authenticator.objects.create(user=minh, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get("/quan-tri/units/").status_code == 200


def test_an_administrator_can_set_up_an_authenticator_app_at_once(minh, client):
    client.force_login(minh)
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    assert b"data:image/svg" in page.content


def test_secrets_of_authenticator_apps_survive_a_change_of_key(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "first-key-of-the-server", []
    kept = MFAAdapter().encrypt("JBSWY3DP")
    assert "JBSWY3DP" not in kept
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "second-key-of-the-server", ["first-key-of-the-server"]
    assert MFAAdapter().decrypt(kept) == "JBSWY3DP"


def printed_path(capsys) -> str:
    return capsys.readouterr().out.strip().splitlines()[-1].removeprefix("http://localhost:8000").strip()


def test_the_first_administrator_comes_in_by_a_printed_link_once(client, capsys):
    call_command("first_admin", "Dau.Tien@mau.example", "--name", "Quản Trị")
    path = printed_path(capsys)
    assert client.get(path).status_code == 200
    assert "_auth_user_id" not in client.session, "opening the link lets nobody in: mail scanners open links"
    answer = client.post(path)
    person = User.objects.get(email="dau.tien@mau.example")
    assert person.is_superuser
    assert (answer.status_code, answer.url) == (302, "/quan-tri/")
    assert client.session["_auth_user_id"] == str(person.pk)
    client.logout()
    assert client.post(path).status_code == 410
    assert "_auth_user_id" not in client.session
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "person.first_link_made",
        "person.first_link_used",
    }


def test_the_printed_link_lasts_half_an_hour_and_cannot_be_forged(client, minh, monkeypatch):
    import time

    link = first.link(minh)
    path = link.removeprefix("http://localhost:8000")
    assert client.post(path[:-3] + "xx/").status_code == 410
    later = time.time() + first.LASTS + 5
    monkeypatch.setattr("time.time", lambda: later)
    assert client.post(path).status_code == 410


def test_roles_are_made_again_without_harm(db):
    create_groups()
    before = Group.objects.count()
    create_groups()
    assert Group.objects.count() == before >= len(GROUPS)
    assert Group.objects.get(name="Ban tổ chức").permissions.filter(codename="view_letter").exists()


def test_an_administrator_makes_a_person_and_gives_a_role(minh, client):
    client.force_login(minh)
    organisers = Group.objects.get(name="Ban tổ chức")
    answer = client.post(
        "/quan-tri/users/new/",
        {"email": "Lan@mau.example", "full_name": "Phạm Lan", "phone": "", "groups": [organisers.pk]},
    )
    assert answer.status_code == 302
    lan = User.objects.get(email="lan@mau.example")
    assert not lan.has_usable_password()
    assert lan.has_perm("letters.view_letter")
    entry = AuditEntry.objects.get(verb="person.rights_changed")
    assert (entry.actor, entry.data["given"]) == (minh, ["Ban tổ chức"])
    assert client.get(f"/quan-tri/users/edit/{lan.pk}/").status_code == 200
    listing = client.get("/quan-tri/users/?q=pham lan")
    assert "Phạm Lan" in listing.content.decode()


def test_units_and_the_audit_log_are_the_administrators(minh, ha, client):
    call_command("load_units")
    AuditEntry.objects.record(minh, "test.happened", minh)
    client.force_login(minh)
    assert "Phường Hạ Long" in client.get("/quan-tri/units/?q=hong ha").content.decode()
    log = client.get("/quan-tri/audit-entries/")
    assert "test.happened" in log.content.decode()
    assert client.get("/quan-tri/audit-entries/new/").status_code == 302, "nobody writes history by hand"
    client.force_login(ha)
    assert client.get("/quan-tri/audit-entries/").status_code == 302
    assert client.get("/quan-tri/units/").status_code == 302


def test_history_cannot_be_rewritten(minh):
    entry = AuditEntry.objects.record(minh, "test.happened", minh, reason="thử")
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.filter(pk=entry.pk).update(verb="other")
    entry.verb = "other"
    with pytest.raises(TypeError):
        entry.save()


def test_staff_read_why_and_are_led_back_once_the_second_proof_is_there(minh, client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(minh)
    assert "xác thực hai bước" not in client.get("/accounts/email/").content.decode()
    client.get("/quan-tri/units/?q=x")
    assert "Trang quản trị cần xác thực hai bước." in client.get("/accounts/2fa/").content.decode()
    Authenticator.objects.create(user=minh, type=Authenticator.Type.TOTP, data={"secret": "x"})
    page = client.get("/accounts/2fa/").content.decode()
    assert '<a href="/quan-tri/units/?q=x">Vào trang quản trị</a>' in page
    assert client.get("/quan-tri/units/?q=x").status_code == 200
    assert "Vào trang quản trị" not in client.get("/accounts/2fa/").content.decode(), "said once"


@pytest.mark.parametrize("path", ["/quan-tri/", "/quan-tri/units/", "/quan-tri/login/?next=/quan-tri/"])
def test_somebody_without_a_role_is_told_so_and_may_change_the_account(an, client, path):
    client.force_login(an)
    answer = client.get(path)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Trang này dành cho người quản trị" in page
    assert 'href="/trang-cua-toi/"' in page
    assert 'action="/accounts/logout/"' in page
    an.language = "en"
    an.save()
    assert "This page is for the staff of the site" in client.get(path).content.decode()
    assert client.post("/accounts/logout/", {"next": "/accounts/login/"}).url == "/accounts/login/"
