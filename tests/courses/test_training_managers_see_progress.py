"""Reports in the back office: right numbers, text-only files, and nobody sees them who should not."""

import io
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from courses.checking import differences
from courses.models import Course, Enrolment, LearningEvent
from people.management.commands.load_units import load
from people.models import AuditEntry, Unit, User

from .conftest import a_lesson, did

pytestmark = pytest.mark.django_db
A, B = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def course(site_tree):
    load()
    course = Course.objects.create(key=uuid.uuid4(), code="BB01", title_vi="Mô hình hai cấp", opened_at=timezone.now())
    course.apply([a_lesson(A), a_lesson(B)])
    return course


@pytest.fixture
def learners(course):
    """Two in Bãi Cháy, one of them done; one without a unit whose name a spreadsheet would take for a formula."""
    unit = Unit.objects.get(slug="phuong-bai-chay")
    people = []
    for name, at_work, done in (("Lê Thị Hoa", unit, 2), ("Trần Văn Nam", unit, 1), ("=cmd|' /C calc'!A0", None, 0)):
        person = User.objects.create_user(f"nguoi{len(people)}@mau.example", name, phone="0912345678")
        if at_work:
            person.join(at_work, "Công chức", timezone.localdate())
        enrolment = course.enrol(person)
        enrolment.record([did(key, at=timezone.now()) for key in (A, B)[:done]])
        people.append(enrolment)
    return people


def rows(response):
    sheet = load_workbook(io.BytesIO(b"".join(response) if response.streaming else response.content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_progress_by_course_and_by_unit(client, khanh, course, learners):
    client.force_login(khanh)
    html = client.get("/quan-tri/course_report/").content.decode()
    assert "BB01 Mô hình hai cấp" in html
    table = rows(client.get("/quan-tri/course_report/?export=xlsx"))
    assert table[1] == ["BB01 Mô hình hai cấp", "3", "2", "1", "33"]
    table = rows(client.get(f"/quan-tri/unit_report/?course={course.pk}&export=xlsx"))
    found = {row[0]: row[1:] for row in table}
    assert found["Phường Bãi Cháy"] == ["2", "2", "1", "1", "50"]
    assert found["Chưa rõ đơn vị"][1:4] == ["1", "1", "0"]
    assert found["Tổng cộng"][1:4] == ["3", "2", "1"]
    assert len(table) > 54, "also units where nobody has begun"
    assert AuditEntry.objects.filter(verb="courses.units.export", actor=khanh).exists()


def test_the_list_of_learners_is_searched_filtered_and_exported_as_text(client, khanh, course, learners):
    client.force_login(khanh)
    html = client.get("/quan-tri/learners/?q=tran+van").content.decode()
    assert "Trần Văn Nam" in html
    assert "Lê Thị Hoa" not in html
    html = client.get("/quan-tri/learners/?state=completed").content.decode()
    assert "Lê Thị Hoa" in html
    assert "Trần Văn Nam" not in html
    table = rows(client.get("/quan-tri/learners/?export=xlsx"))
    assert len(table) == 4
    assert "=cmd|' /C calc'!A0" in {row[0] for row in table}


def test_a_learner_in_detail_and_a_waived_lesson(client, khanh, course, learners):
    client.force_login(khanh)
    enrolment = learners[1]
    html = client.get(f"/quan-tri/learners/inspect/{enrolment.pk}/").content.decode()
    assert "Miễn bài" in html
    item = course.outline.get(lesson_key=B)
    address = f"/quan-tri/dao-tao/{enrolment.pk}/mien/{item.pk}/"
    client.post(address, {"reason": "whatever"})
    enrolment.refresh_from_db()
    assert not enrolment.is_complete
    client.post(address, {"reason": "equivalent_course"})
    enrolment.refresh_from_db()
    assert enrolment.is_complete
    assert LearningEvent.objects.get(verb="waived").data["by"] == khanh.pk
    assert AuditEntry.objects.filter(verb="enrolment.waive", actor=khanh).exists()


@pytest.mark.parametrize("who", ["ha", "giang", "binh"])
@pytest.mark.parametrize("address", ["course_report/", "unit_report/", "learners/", "unit_report/?export=xlsx"])
def test_others_see_none_of_it(client, course, learners, who, address, request):
    client.force_login(request.getfixturevalue(who))
    response = client.get(f"/quan-tri/{address}")
    assert response.status_code in (302, 403)
    enrolment = learners[1]
    client.post(f"/quan-tri/dao-tao/{enrolment.pk}/mien/{course.outline.last().pk}/", {"reason": "equivalent_course"})
    assert not LearningEvent.objects.filter(verb="waived").exists()


def test_everybody_finds_only_their_own_enrolments(course, learners, khanh, dung):
    assert Enrolment.objects.visible_to(khanh).count() == 3
    assert Enrolment.objects.visible_to(dung).count() == 0
    assert list(Enrolment.objects.visible_to(learners[0].person)) == [learners[0]]


# ---------------------------------------------------------------- check_progress


def test_nothing_differs(course, learners, capsys):
    call_command("check_progress")
    assert "0 differences" in capsys.readouterr().out


def test_what_was_tampered_with_is_found_and_put_right(course, learners, capsys):
    Enrolment.objects.filter(pk=learners[1].pk).update(done=0, lessons_done=0)
    learners[0].lessons.filter(lesson_key=A).update(completed_at=None)
    with pytest.raises(SystemExit):
        call_command("check_progress")
    assert "done is 0, should be 1" in capsys.readouterr().out
    call_command("check_progress", "--fix")
    assert list(differences(with_pages=False)) == []


def test_a_certificate_without_completion_is_found(course, learners, khanh):
    enrolment = learners[0]
    enrolment.void(LearningEvent.objects.filter(enrolment=enrolment).first(), "nhầm", khanh)
    assert [d.sentence for d in differences(with_pages=False)] == ["has a valid certificate but is not complete"]
    enrolment.certificate.revoke("Hủy hoàn thành", khanh)
    assert list(differences(with_pages=False)) == []
