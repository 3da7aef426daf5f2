"""Units are found by the names people know, also those of before July 2025."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from people.forms import UnitField, unit_suggestions
from people.management.commands.load_units import load
from people.models import Unit, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(db):
    load()


def names(found):
    return {unit.full_name_vi for unit in found}


def test_all_offices_of_the_province_are_there_once_however_often_they_are_loaded(units):
    assert Unit.objects.offices().count() == 69
    assert Unit.objects.filter(kind="ward").count() == 30
    assert load() == 0


def test_a_former_name_finds_every_unit_it_went_into(units):
    assert names(Unit.objects.matching("ha khau")) == {"Phường Việt Hưng", "Phường Tuần Châu"}
    assert names(Unit.objects.matching("Hà Khẩu")) == {"Phường Việt Hưng", "Phường Tuần Châu"}


def test_units_have_english_names(units):
    assert Unit.objects.get(slug="dac-khu-co-to").full_name_en == "Cô Tô Special Zone"
    assert "Hà Tu Ward" in {unit.full_name_en for unit in Unit.objects.matching("ha tu ward")}


def test_typing_a_name_chooses_the_unit(units):
    field = UnitField()
    assert field.clean("phuong ha long").full_name_vi == "Phường Hạ Long"
    assert field.clean("Phường Hạ Long (Phường Hồng Hà)").full_name_vi == "Phường Hạ Long"
    assert field.clean("Cô Tô").full_name_vi == "Đặc khu Cô Tô"
    assert field.clean("giếng đáy").full_name_vi == "Phường Việt Hưng"


def test_when_several_units_match_all_are_named(units):
    with pytest.raises(ValidationError, match="Phường Tuần Châu") as refusal:
        UnitField().clean("ha khau")
    assert "Phường Việt Hưng" in str(refusal.value)
    with pytest.raises(ValidationError):
        UnitField().clean("Atlantis")


def test_suggestions_name_each_unit_and_its_former_names(units):
    offered = unit_suggestions()
    assert "Phường Hạ Long" in offered
    assert "Phường Hạ Long (Phường Hồng Hà)" in offered


def test_moving_to_another_unit_keeps_the_history(units, binh):
    first, second = Unit.objects.get(slug="phuong-ha-tu"), Unit.objects.get(slug="dac-khu-van-don")
    start = datetime.date(2026, 1, 5)
    binh.join(first, "Công chức", start)
    binh.join(second, "Phó Chủ tịch", datetime.date(2026, 6, 1))
    assert binh.membership_on(datetime.date(2026, 5, 31)).unit == first
    assert binh.membership_on(datetime.date(2026, 6, 1)).unit == second
    assert binh.memberships.count() == 2
    binh.join(second, "Chủ tịch", datetime.date(2026, 6, 1))
    assert binh.memberships.count() == 2, "a correction on the same day is no move"


def test_a_list_of_people_with_their_units_costs_a_constant_number_of_queries(units, django_assert_num_queries):
    unit = Unit.objects.get(slug="phuong-ha-tu")
    for n in range(5):
        User.objects.create_user(f"p{n}@mau.example").join(unit, "", datetime.date(2026, 1, 1))
    with django_assert_num_queries(3):
        assert {person.unit for person in User.objects.prefetch_related("memberships__unit")} == {unit}


def test_a_person_corrects_their_own_details(units, binh, client):
    client.force_login(binh)
    page = client.get("/trang-cua-toi/thong-tin/")
    assert "Phường Hạ Long (Phường Hồng Hà)" in page.content.decode()
    sent = {
        "full_name": "Nguyễn  Thị Bình",
        "phone": "0912 345 678",
        "unit": "van don",
        "position": "Công chức",
        "language": "vi",
    }
    assert client.post("/trang-cua-toi/thong-tin/", sent).status_code == 302
    binh.refresh_from_db()
    assert (binh.phone, binh.unit.slug, binh.position) == ("+84912345678", "dac-khu-van-don", "Công chức")
    answer = client.post("/trang-cua-toi/thong-tin/", sent | {"unit": "", "position": "Công chức"})
    assert answer.status_code == 422


def test_strangers_have_no_details_page(client):
    assert client.get("/trang-cua-toi/thong-tin/").url == "/accounts/login/?next=/trang-cua-toi/thong-tin/"
