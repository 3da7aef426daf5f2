"""Officials without a mailbox come in by a printed code: once, within its time, and nobody else does."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from people import slips
from people.management.commands.load_units import load
from people.models import AuditEntry, SignInSlip, Unit, UnitManager, User

from ..conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client2():
    """Hoa's telephone."""
    return Client()


@pytest.fixture
def ward(db):
    load()
    return Unit.objects.get(slug="phuong-bai-chay")


@pytest.fixture
def lan(ward, minh):
    """Manages the training of Bãi Cháy, and of nothing else."""
    lan = person("lan@mau.example", "Vũ Thị Lan")
    UnitManager.objects.appoint(lan, ward, timezone.localdate(), minh)
    return lan


@pytest.fixture
def hoa(ward):
    hoa = User.objects.create_user(None, "Lê Thị Hoa", staff_code="cb 0012")
    hoa.join(ward, "Công chức", timezone.localdate())
    return hoa


def codes(html: str) -> list[str]:
    return re.findall(r'class="code">([^<]+)<', html)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_hoa_comes_in_by_her_slip_once_and_learns_to_do_without(client, client2, lan, hoa):
    client.force_login(lan)
    page = client.get("/quan-tri/phieu-dang-nhap/").content.decode()
    assert "Lê Thị Hoa" in page
    assert "CB0012" in page
    sheet = client.post("/quan-tri/phieu-dang-nhap/in/", {"person": [hoa.pk]})
    assert "no-store" in sheet["Cache-Control"]
    [code] = codes(sheet.content.decode())
    assert code not in str(list(SignInSlip.objects.values()))
    assert code.replace("-", "") not in str(list(AuditEntry.objects.values_list("data", flat=True)))

    assert "Mã trên phiếu" in client2.get("/accounts/phieu/").content.decode()
    answer = client2.post("/accounts/phieu/", {"code": f" {code.lower().replace('-', ' ')}"})
    assert answer.status_code == 302
    assert signed_in(client2)
    for address in ("/trang-cua-toi/", "/trang-cua-toi/thong-tin/", "/accounts/email/", "/accounts/2fa/"):
        assert client2.get(address).status_code == 200, address
    assert {"slip.printed", "slip.used"} <= set(AuditEntry.objects.values_list("verb", flat=True))

    client2.logout()
    again = client2.post("/accounts/phieu/", {"code": code})
    assert again.status_code == 422
    assert "Mã này không dùng được" in again.content.decode()
    assert not signed_in(client2)


def test_a_slip_runs_out_and_a_new_one_makes_the_old_useless(client, lan, hoa):
    now = timezone.now()
    _slip, old = slips.make(hoa, lan, now - slips.LASTS)
    assert client.post("/accounts/phieu/", {"code": old}).status_code == 422
    _slip, first = slips.make(hoa, lan, now)
    _slip, second = slips.make(hoa, lan, now)
    assert client.post("/accounts/phieu/", {"code": first}).status_code == 422
    hoa.email = "hoa@mau.example"
    hoa.save()
    assert client.post("/accounts/phieu/", {"code": second}).status_code == 422, "a mailbox of her own closes this way"
    hoa.email = None
    hoa.save()
    assert client.post("/accounts/phieu/", {"code": second}).status_code == 302


def test_nobody_gets_a_slip_for_staff_for_a_mailbox_or_for_another_unit(client, lan, hoa, binh, ward):
    stranger = User.objects.create_user(None, "Phạm Văn Tư")
    stranger.join(Unit.objects.get(slug="phuong-hong-gai"), "", timezone.localdate())
    manager = User.objects.create_user(None, "Trần Văn Ba")
    manager.groups.add(Group.objects.get(name="Ban tổ chức"))
    for other in (binh, manager):
        other.join(ward, "", timezone.localdate())
        with pytest.raises(slips.NoSlip):
            slips.make(other, lan, timezone.now())
    client.force_login(lan)
    client.post("/quan-tri/phieu-dang-nhap/in/", {"person": [stranger.pk, manager.pk, binh.pk]})
    assert not SignInSlip.objects.exists()
    client.force_login(binh)
    assert client.post("/quan-tri/phieu-dang-nhap/in/", {"person": [hoa.pk]}).status_code in (302, 403)
    assert not SignInSlip.objects.exists()


def test_guessing_is_stopped_and_a_hall_with_good_slips_is_not(client, lan, hoa, monkeypatch):
    monkeypatch.setattr(slips, "WRONG_AN_HOUR", 3)
    _slip, code = slips.make(hoa, lan, timezone.now())
    for _try in range(3):
        assert "Mã này" in client.post("/accounts/phieu/", {"code": "AAAA-AAAA-AAAA"}).content.decode()
    refused = client.post("/accounts/phieu/", {"code": code})
    assert "quá nhiều mã sai" in refused.content.decode().lower()
    elsewhere = client.post("/accounts/phieu/", {"code": code}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302


def test_a_manager_of_a_unit_is_appointed_and_relieved(client, khanh, ward, dung):
    client.force_login(khanh)
    today = timezone.localdate()
    form = {"who": "dung@mau.example", "at_unit": "bai chay", "since": today.isoformat(), "until": ""}
    bad = client.post("/quan-tri/unit-managers/new/", form | {"who": "khong-co@mau.example"})
    assert "Không có tài khoản nào" in bad.content.decode()
    assert client.post("/quan-tri/unit-managers/new/", form).status_code == 302
    row = UnitManager.objects.get(person=dung)
    assert Unit.objects.managed_by(dung) == [ward.pk]
    assert dung.groups.get().name == "Quản lý đào tạo đơn vị"
    assert "Hoàng Tiến Dũng" in client.get("/quan-tri/unit-managers/").content.decode()
    row.until = today
    row.save()
    assert UnitManager.objects.relieve(today) == 0
    assert UnitManager.objects.relieve(today + datetime.timedelta(days=1)) == 1
    assert not dung.groups.exists()


def test_whoever_manages_a_department_manages_what_is_below(ward, dung, minh):
    room = Unit.objects.create(slug="phong-a", kind="department", name="Phòng A", full_name_vi="Phòng A", parent=ward)
    UnitManager.objects.appoint(dung, ward, timezone.localdate(), minh)
    assert set(Unit.objects.managed_by(dung)) == {ward.pk, room.pk}
    assert set(Unit.objects.under([ward.pk])) == {ward.pk, room.pk}


def test_the_data_of_somebody_without_a_mailbox_is_found_by_the_staff_code(client, minh, hoa):
    client.force_login(minh)
    answer = client.post("/quan-tri/du-lieu-ca-nhan/", {"email": "CB0012", "reason": "bà Hoa đến tận nơi"})
    assert "Lê Thị Hoa" in answer.content.decode()
    call_command("audit")
