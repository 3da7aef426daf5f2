"""The back office: found, exported, taken back. Never edited."""

import ast
import inspect
import io

import openpyxl
import pytest
from django.urls import NoReverseMatch, reverse

import courses.papers
import events.attendance
from certificates.models import Certificate
from certificates.viewsets import WORDS
from people.models import AuditEntry

INDEX = "certificate_records:index"


@pytest.mark.parametrize("role", ["ha", "khanh", "minh"])
def test_organiser_training_manager_and_administrator_see_certificates(client, issue, role, request):
    issue()
    client.force_login(request.getfixturevalue(role))
    page = client.get(reverse(INDEX)).content.decode()
    assert "QN7-000001" in page
    assert "Nguyễn Thị Thanh Huyền" in page


@pytest.mark.parametrize("role", ["an", "chi", "giang"])
def test_others_see_none(client, issue, role, request):
    certificate = issue()
    client.force_login(request.getfixturevalue(role))
    for address in (
        reverse(INDEX),
        reverse("certificate_records:inspect", args=[certificate.pk]),
        reverse("certificate_revoke", args=[certificate.pk]),
        reverse("certificate_correct", args=[certificate.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code in (302, 403)
        assert "Huyền" not in answer.content.decode()


def test_nobody_edits_adds_or_deletes_not_even_the_administrator(client, issue, minh):
    certificate = issue()
    client.force_login(minh)
    for name, args in (("edit", [certificate.pk]), ("delete", [certificate.pk]), ("add", [])):
        try:
            address = reverse(f"certificate_records:{name}", args=args)
        except NoReverseMatch:
            continue
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (302, 403, 404)
    assert Certificate.objects.count() == 1


def test_found_by_a_name_without_accents_and_by_state(client, issue, khanh):
    issue()
    issue(reason="x:2", name="Vũ Ân").revoke("Cấp nhầm người")
    client.force_login(khanh)
    found = client.get(reverse(INDEX), {"q": "thanh huyen"}).content.decode()
    assert "Huyền" in found
    assert "Vũ Ân" not in found
    revoked = client.get(reverse(INDEX), {"state": "revoked"}).content.decode()
    assert "Vũ Ân" in revoked
    assert "Huyền" not in revoked
    assert "Huyền" in client.get(reverse(INDEX), {"state": "valid", "kind": "attendance"}).content.decode()


def test_the_list_asks_as_much_for_thirty_papers_as_for_one(client, issue, khanh, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    issue()
    client.force_login(khanh)
    client.get(reverse(INDEX))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse(INDEX))
    for number in range(30):
        issue(reason=f"x:{number}")
    with django_assert_num_queries(len(one)):
        client.get(reverse(INDEX))


def test_the_spreadsheet_has_the_filtered_list_in_local_time(client, issue, khanh):
    issue()
    issue(reason="x:2", name="=1+1").revoke("Cấp nhầm người")
    client.force_login(khanh)
    answer = client.get(reverse(INDEX), {"export": "xlsx", "state": "valid"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 2
    assert rows[1][:2] == ["QN7-000001", "Nguyễn Thị Thanh Huyền"]
    assert f"{rows[1][4]:%Y-%m-%d %H:%M}" == "2025-09-12 09:00"
    assert rows[1][5] == "Còn hiệu lực"
    assert AuditEntry.objects.get(verb="certificate.export").actor == khanh


def test_a_certificate_is_looked_at_word_by_word(client, issue, ha):
    certificate = issue()
    client.force_login(ha)
    page = client.get(reverse("certificate_records:inspect", args=[certificate.pk])).content.decode()
    for words in ("Trần Văn Mẫu", "Khu du lịch Bãi Cháy", reverse("certificate_revoke", args=[certificate.pk])):
        assert words in page


def test_whatever_the_two_products_write_on_a_paper_is_shown_under_a_name_in_words():
    """The name and the number stand on top of the page; `prefix` is part of the number."""
    written = set()
    for module in (courses.papers, events.attendance):
        tree = ast.parse(inspect.getsource(module))
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                written |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
    assert {"name", "partner_vi", "signatory_title_en", "course_code"} <= written
    assert written - set(WORDS) - {"name", "prefix"} == set()


def test_partner_and_post_are_looked_at_too(client, issue, ha):
    certificate = issue(partner_vi="Bộ Khoa học và Công nghệ", signatory_title_en="HEAD OF THE COMMITTEE")
    client.force_login(ha)
    page = client.get(reverse("certificate_records:inspect", args=[certificate.pk])).text
    for words in (
        "Đơn vị phối hợp, bằng tiếng Việt",
        "Bộ Khoa học và Công nghệ",
        "Chức danh người ký, bằng tiếng Anh",
        "HEAD OF THE COMMITTEE",
    ):
        assert words in page


def test_revoking_asks_for_a_reason_and_is_written_down(client, issue, ha):
    certificate = issue()
    client.force_login(ha)
    address = reverse("certificate_revoke", args=[certificate.pk])
    assert "Nguyễn Thị Thanh Huyền" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 200
    certificate.refresh_from_db()
    assert certificate.is_valid
    answer = client.post(address, {"reason": "Cấp nhầm người"}, follow=True)
    assert "Đã thu hồi giấy chứng nhận QN7-000001." in answer.content.decode()
    certificate.refresh_from_db()
    assert certificate.reason_revoked == "Cấp nhầm người"
    assert AuditEntry.objects.get(verb="certificate.revoke").actor == ha
    assert client.post(address, {"reason": "Lần nữa"}).status_code == 404


def correction(**changed) -> dict:
    """What Hà's form holds when she has opened it."""
    words = {
        "name": "Nguyễn Thị Thanh Huyền",
        "position": "Phó Chủ tịch Ủy ban nhân dân phường Hồng Gai",
        "reason": "Viết nhầm dấu",
    }
    return words | changed


def test_a_wrong_name_is_corrected_by_a_new_paper(client, issue, ha, an):
    old = issue(holder=an)
    client.force_login(ha)
    address = reverse("certificate_correct", args=[old.pk])
    assert address in client.get(reverse("certificate_records:inspect", args=[old.pk])).text
    form = client.get(address).text
    assert "Nguyễn Thị Thanh Huyền" in form
    assert 'name="organisation"' not in form, "this paper says none"
    page = client.post(address, correction(name="Nguyễn Thị Thanh Huyên"), follow=True).text
    assert "Giấy chứng nhận QN7-000002 thay cho QN7-000001." in page
    old.refresh_from_db()
    new = old.current
    assert (new.name, new.serial, new.edition, new.holder) == ("Nguyễn Thị Thanh Huyên", "QN7-000002", 2, an)
    assert new.token != old.token
    assert new.snapshot == old.snapshot | {"name": "Nguyễn Thị Thanh Huyên"}
    entry = AuditEntry.objects.get(verb="certificate.supersede")
    assert (entry.actor, entry.data["reason"], entry.data["successor"]) == (ha, "Viết nhầm dấu", new.serial)
    assert "Giấy này đã có bản mới thay" in client.get(old.get_absolute_url()).text
    assert "Nguyễn Thị Thanh Huyên" in client.get(new.get_absolute_url()).text
    assert client.post(address, correction(name="Lần nữa")).status_code == 404
    client.force_login(an)
    mine = client.get(reverse("my_page")).text
    assert new.get_absolute_url() in mine
    assert old.get_absolute_url() not in mine


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "Nguyễn Thị Huyên", "reason": " "}, "Trường này là bắt buộc."),
        ({"name": ""}, "Xin nhập họ và tên"),
        ({}, "Chưa có gì khác với tờ giấy hiện tại."),
    ],
)
def test_a_correction_needs_a_reason_a_name_and_something_to_correct(client, issue, ha, changed, said):
    certificate = issue()
    client.force_login(ha)
    page = client.post(reverse("certificate_correct", args=[certificate.pk]), correction(**changed))
    assert page.status_code == 200
    assert said in page.text
    assert Certificate.objects.get().is_valid


def test_a_revoked_paper_is_not_corrected(client, issue, ha):
    certificate = issue()
    certificate.revoke("Cấp nhầm người")
    client.force_login(ha)
    assert client.get(reverse("certificate_correct", args=[certificate.pk])).status_code == 404
