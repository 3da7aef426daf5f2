"""Reports in the back office: right numbers, text-only files, and nobody sees them who should not."""

import datetime
import io
import json
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone
from openpyxl import load_workbook

from courses import dashboard
from courses.checking import differences
from courses.models import Course, Enrolment, LearningEvent, LessonPage, PlannedNumber, Saved
from courses.tick import PagesDiffer, check_pages
from people.management.commands.load_units import load
from people.models import AuditEntry, Unit, UnitManager, User

from .conftest import SEVERAL, a_lesson, did, quiz, right_answers, text

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
    assert table[0][1:] == ["Kế hoạch", "Đã ghi danh", "Tham gia", "Đang học", "Đã hoàn thành", "%"]
    assert table[1] == ["BB01 Mô hình hai cấp", "0", "3", "2", "1", "1", "33"]
    PlannedNumber.objects.create(course=course, unit=Unit.objects.get(slug="phuong-bai-chay"), people=40)
    table = rows(client.get(f"/quan-tri/unit_report/?course={course.pk}&export=xlsx"))
    found = {row[0]: row[1:] for row in table}
    assert found["Phường Bãi Cháy"] == ["2", "40", "2", "2", "1", "1", "50"]
    assert found["Chưa rõ đơn vị"] == ["0", "0", "1", "0", "0", "0", "0"]
    assert found["Tổng cộng"] == ["2", "40", "3", "2", "1", "1", "33"]
    assert len(table) > 54, "also units where nobody has begun"
    assert AuditEntry.objects.filter(verb="courses.units.export", actor=khanh).exists()
    html = client.get(f"/quan-tri/unit_report/?course={course.pk}").content.decode()
    shown, folded = html.split("<details", 1)
    assert "Phường Bãi Cháy" in shown
    assert "Đặc khu Cô Tô" not in shown
    assert "Đặc khu Cô Tô" in folded


def test_the_course_at_a_glance(client, khanh, workshop, monkeypatch):
    """Three begin, one is done, two stop at the quiz and fail its second question."""
    monkeypatch.setattr(dashboard, "ANSWERS_NEEDED", 3)
    load()
    page = workshop.course(lessons=0)
    section = workshop.section(page)
    for title, body, rule in (("Bài đọc", [text()], "confirmed"), ("Bài hỏi", [text(), quiz(pass_mark=80)], "quiz")):
        section.refresh_from_db()  # both open in one projection: nobody completes between them
        section.add_child(instance=LessonPage(title=title, slug=rule, body=body, rule=rule, locale=section.locale))
    course = Course.project_for(page.translation_key)
    reading, asking = course.outline.open().in_order()
    at = timezone.now()
    long_ago = at - datetime.timedelta(days=20)
    later = long_ago + datetime.timedelta(hours=1)
    asked = LessonPage.objects.get(translation_key=asking.lesson_key).quiz
    for number in range(4):
        person = User.objects.create_user(f"hv{number}@mau.example", f"Học viên {number}")
        enrolment = course.enrol(person, "manager", at=long_ago, letters=False)
        if number == 3:
            continue
        enrolment.record([did(reading.lesson_key, at=long_ago)], offline_grace=None)
        then = later if number else at
        attempt = asked.begin(enrolment, asking, clock=lambda then=then: then)
        answers = right_answers(attempt) | ({2: []} if number else {})
        sent = [Saved(position, answer, then, uuid.uuid4()) for position, answer in answers.items()]
        attempt.hand_in(sent, clock=lambda then=then: then)
    client.force_login(khanh)
    found = dashboard.Dashboard.of(course, khanh, at)
    assert (found.figures.enrolled, found.figures.took_part, found.figures.completed) == (4, 3, 1)
    assert (found.figures.active, found.figures.stuck, found.figures.not_begun) == (3, 2, 1)
    assert [(stop.begun, stop.done, stop.stopped, stop.is_worst) for stop in found.funnel] == [
        (3, 3, 0, False),
        (3, 1, 2, True),
    ]
    assert [(hard.question[:20], hard.asked, hard.wrong) for hard in found.hard] == [(SEVERAL["question"][:20], 3, 2)]
    html = client.get(f"/quan-tri/course_report/{course.pk}/").content.decode()
    assert "Những dấu hiệu nào" in html
    ward = Unit.objects.get(slug="phuong-bai-chay")
    address = f"/quan-tri/course_report/{course.pk}/chi-tieu/"
    assert client.post(address, {f"u{ward.pk}": "-1"}).status_code == 422
    assert client.post(address, {f"u{ward.pk}": "12"}).status_code == 302
    assert ">12<" in client.get(f"/quan-tri/course_report/{course.pk}/").content.decode()
    assert client.post(address, {}).status_code == 302
    assert not PlannedNumber.objects.exists()


def test_a_manager_of_one_unit_sees_that_unit_alone(client, khanh, course, learners, dung):
    ward = Unit.objects.get(slug="phuong-bai-chay")
    elsewhere = User.objects.create_user("xa@mau.example", "Đinh Văn Xa")
    elsewhere.join(Unit.objects.get(slug="dac-khu-co-to"), "", timezone.localdate())
    other = course.enrol(elsewhere)
    for slug, people in (("phuong-bai-chay", 40), ("dac-khu-co-to", 7)):
        PlannedNumber.objects.create(course=course, unit=Unit.objects.get(slug=slug), people=people)
    UnitManager.objects.appoint(dung, ward, timezone.localdate(), khanh)
    client.force_login(dung)
    html = client.get("/quan-tri/unit_report/").content.decode()
    assert "Phường Bãi Cháy" in html
    assert "Cô Tô" not in html
    assert len(rows(client.get("/quan-tri/unit_report/?export=xlsx"))) == 3
    table = rows(client.get("/quan-tri/learners/?export=xlsx"))
    assert {row[0] for row in table[1:]} == {"Lê Thị Hoa", "Trần Văn Nam"}
    assert AuditEntry.objects.get(verb="courses.enrolment.export", actor=dung).data["rows"] == 2
    assert client.get(f"/quan-tri/learners/inspect/{learners[0].pk}/").status_code == 200
    assert client.get(f"/quan-tri/learners/inspect/{other.pk}/").status_code == 404
    assert rows(client.get("/quan-tri/course_report/?export=xlsx"))[1][1:3] == ["40", "2"]
    glance = client.get(f"/quan-tri/course_report/{course.pk}/").content.decode()
    assert ">40<" in glance.replace("\n", ""), "what is planned for the unit, and not for the others"
    client.force_login(khanh)
    assert rows(client.get("/quan-tri/course_report/?export=xlsx"))[1][1:3] == ["47", "4"]
    client.force_login(dung)
    assert dashboard.Dashboard.of(course, dung, timezone.now()).figures.enrolled == 2
    assert client.get(f"/quan-tri/course_report/{course.pk}/chi-tieu/").status_code in (302, 403)
    html = client.get(f"/quan-tri/learners/?unit={ward.pk}&state=in_progress").content.decode()
    assert "Trần Văn Nam" in html
    assert "Lê Thị Hoa" not in html


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


def test_one_course_some_learners_and_a_form_for_programs(course, learners, capsys):
    Enrolment.objects.filter(pk=learners[1].pk).update(done=0, lessons_done=0)
    other = Course.objects.create(key=uuid.uuid4(), title_vi="Khóa khác", gives_certificate=False)
    call_command("check_progress", "--course", str(other.pk))
    assert "0 differences" in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        call_command("check_progress", "--course", str(course.pk), "--sample", "3", "--json")
    assert left.value.code == 1
    assert {row["sentence"] for row in json.loads(capsys.readouterr().out)} == {
        "done is 0, should be 1",
        "lessons_done is 0, should be 1",
    }
    Enrolment.objects.filter(pk=learners[1].pk).update(done=1, lessons_done=1)


def test_the_clock_looks_whether_outlines_follow_their_pages(workshop):
    check_pages(timezone.now())
    page = workshop.course(lessons=1)
    LessonPage.objects.descendant_of(page).update(weight=7)  # behind the back of every signal
    with pytest.raises(PagesDiffer, match="differs from the published pages"):
        check_pages(timezone.now() + datetime.timedelta(days=1))


def test_a_certificate_without_completion_is_found(course, learners, khanh):
    enrolment = learners[0]
    enrolment.void(LearningEvent.objects.filter(enrolment=enrolment).first(), "nhầm", khanh)
    assert [d.sentence for d in differences(with_pages=False)] == ["has a valid certificate but is not complete"]
    enrolment.certificate.revoke("Hủy hoàn thành", khanh)
    assert list(differences(with_pages=False)) == []
