"""Training managers enrol people: a unit, people ticked, a list. Looked over first, and twice is once."""

import datetime
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook

from courses.models import Course, Enrolment, EnrolmentList
from people.management.commands.load_units import load
from people.models import AuditEntry, Unit, UnitManager, User

from .conftest import a_lesson, did

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/ghi-danh/"


@pytest.fixture
def course(site_tree):
    load()
    course = Course.objects.create(key=uuid.uuid4(), code="BB01", title_vi="Mô hình hai cấp", opened_at=timezone.now())
    course.apply([a_lesson(uuid.UUID(int=1)), a_lesson(uuid.UUID(int=2))])
    return course


@pytest.fixture
def ward(course):
    return Unit.objects.get(slug="phuong-bai-chay")


@pytest.fixture
def hand_in(client, course, django_capture_on_commit_callbacks):
    """A list as somebody hands it in, and what became of it."""

    def hand_in(text: str = "", file=None, **more) -> EnrolmentList:
        form = {"way": "list", "l-course": course.pk, "l-letters": "on", "l-pasted": text} | more
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(PAGE, form | ({"l-file": file} if file else {}))
        assert answer.status_code == 302, answer.content.decode()
        return EnrolmentList.objects.latest("pk")

    return hand_in


@pytest.fixture
def carry_out(client, django_capture_on_commit_callbacks):
    def carry_out(found: EnrolmentList) -> EnrolmentList:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"{PAGE}danh-sach/{found.pk}/ghi-danh/")
        found.refresh_from_db()
        return found

    return carry_out


def official(name: str, unit: Unit | None = None, email: str | None = None, **fields) -> User:
    person = User.objects.create_user(email, name, **fields)
    if unit:
        person.join(unit, "Công chức", timezone.localdate())
    return person


def test_a_whole_unit_is_looked_over_and_enrolled_once(client, khanh, course, ward):
    room = Unit.objects.create(slug="phong-a", kind="department", name="Phòng A", full_name_vi="Phòng A", parent=ward)
    hoa, nam = official("Lê Thị Hoa", ward, "hoa@mau.example"), official("Trần Văn Nam", room)
    official("Đinh Văn Xa", Unit.objects.get(slug="dac-khu-co-to"))
    course.enrol(hoa)
    client.force_login(khanh)
    form = {"way": "units", "u-course": course.pk, "u-units": [ward.pk], "u-below": "on", "u-letters": "on"}
    assert client.post(PAGE, form | {"u-due_on": "2020-01-01"}).status_code == 422
    looked = client.post(PAGE, form).content.decode()
    assert "Ghi danh 1 người" in looked
    assert Enrolment.objects.count() == 1, "looking writes nothing"
    assert client.post(PAGE, form | {"confirmed": "1"}).status_code == 302
    enrolment = Enrolment.objects.get(person=nam)
    assert (enrolment.source, enrolment.unit_at_start, enrolment.lessons_total) == ("manager", room, 2)
    client.post(PAGE, form | {"confirmed": "1"})
    assert Enrolment.objects.count() == 2
    assert AuditEntry.objects.filter(verb="enrolment.enrolled", actor=khanh).count() == 2
    due = (timezone.localdate().replace(year=timezone.localdate().year + 1)).isoformat()
    client.post(
        PAGE, {"way": "people", "p-course": course.pk, "p-people": [khanh.pk], "p-due_on": due, "confirmed": "1"}
    )
    assert timezone.localtime(Enrolment.objects.get(person=khanh).due_at).date().isoformat() == due


def test_a_list_makes_accounts_moves_people_and_enrols(client, khanh, course, ward, hand_in, carry_out):
    hoa = official("Lê Thị Hoa", ward, "hoa@mau.example", staff_code="CB1")
    nam = official("Trần Văn Nam", Unit.objects.get(slug="dac-khu-co-to"), phone="+84912345678")
    course.enrol(hoa)
    client.force_login(khanh)
    book = Workbook()
    for row in (
        ["DANH SÁCH HỌC VIÊN"],
        ["STT", "Mã cán bộ", "Họ và tên", "Thư điện tử", "Số điện thoại", "Đơn vị công tác", "Chức vụ"],
        [1, "cb 1", "Lê Thị Hoa", "", "", "phuong bai chay", ""],
        [2, "", "Trần Văn Nam", "", 912345678, "Phường Bãi Cháy", "Phó phòng"],
        [3, "CB3", "Phạm Thị Mới", "", "", "Bãi Cháy", ""],
        [4, "", "Vũ Văn Thư", "thu@mau.example", "", "P. Bãi Cháy", ""],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = hand_in(file=SimpleUploadedFile("ds.xlsx", out.getvalue()))
    assert found.problems == [[6, "F (Đơn vị công tác)", found.problems[0][2]]]
    assert "Ý anh/chị là Phường Bãi Cháy?" in found.problems[0][2]
    assert not found.can_start
    book.active["F6"] = "Phường Bãi Cháy"
    out = io.BytesIO()
    book.save(out)
    found = hand_in(file=SimpleUploadedFile("ds.xlsx", out.getvalue()))
    assert found.numbers == {"people": 2, "moving": 1, "enrol": 3, "already": 1, "dated": 0}
    page = client.get(f"{PAGE}danh-sach/{found.pk}/").content.decode()
    assert "chuyển từ Đặc khu Cô Tô" in page
    assert "đăng nhập bằng phiếu" in page
    assert not User.objects.filter(staff_code="CB3").exists(), "reading writes nothing"

    found = carry_out(found)
    assert (found.state, found.content, found.preview) == ("done", None, [])
    nam.refresh_from_db()
    assert (nam.unit, nam.position) == (ward, "Phó phòng")
    new = User.objects.get(staff_code="CB3")
    assert (new.email, new.unit, new.full_name) == (None, ward, "Phạm Thị Mới")
    assert User.objects.matching("pham thi moi").get() == new
    assert Enrolment.objects.filter(course=course).count() == 4
    assert Enrolment.objects.get(person=new).source == "import"

    again = hand_in(file=SimpleUploadedFile("ds.xlsx", out.getvalue()))
    assert again.numbers == {"people": 0, "moving": 0, "enrol": 0, "already": 4, "dated": 0}
    assert not again.can_start


def test_a_date_is_for_those_enrolled_before_too_but_not_for_who_has_completed(
    client, khanh, course, ward, hand_in, carry_out
):
    hoa, nam = official("Lê Thị Hoa", ward, "hoa@mau.example"), official("Trần Văn Nam", ward, "nam@mau.example")
    mine, done = course.enrol(hoa), course.enrol(nam)
    done.record([did(uuid.UUID(int=number), at=timezone.now()) for number in (1, 2)])
    client.force_login(khanh)
    day = timezone.localdate() + datetime.timedelta(days=30)
    form = {"way": "units", "u-course": course.pk, "u-units": [ward.pk], "u-due_on": day.isoformat()}
    assert "Đặt hạn mới</button>" in client.post(PAGE, form).content.decode()
    mine.refresh_from_db()
    assert mine.due_at is None, "looking writes nothing"
    said = client.post(PAGE, form | {"confirmed": "1"}, follow=True).content.decode()
    assert "Được đặt hạn mới: 1." in said
    mine.refresh_from_db()
    done.refresh_from_db()
    assert (timezone.localtime(mine.due_at).date(), done.due_at) == (day, None)
    assert "Không có gì để làm" in client.post(PAGE, form).content.decode(), "the same date changes nothing"
    client.post(PAGE, form | {"u-due_on": "", "confirmed": "1"})
    mine.refresh_from_db()
    assert mine.due_at is not None, "no date takes none away"

    later = day + datetime.timedelta(days=9)
    rows = "Họ và tên\tThư điện tử\tĐơn vị\nLê Thị Hoa\thoa@mau.example\tPhường Bãi Cháy"
    found = hand_in(rows, **{"l-due_on": later.isoformat()})
    assert (found.numbers["dated"], found.numbers["already"], found.can_start) == (1, 1, True), found.problems
    assert "Trong đó được đặt hạn mới" in client.get(f"{PAGE}danh-sach/{found.pk}/").content.decode()
    found = carry_out(found)
    mine.refresh_from_db()
    assert (found.state, found.numbers["dated"], timezone.localtime(mine.due_at).date()) == ("done", 1, later)


def test_what_contradicts_is_named_by_row_and_column_and_nothing_is_written(client, khanh, course, ward, hand_in):
    official("Lê Thị Hoa", ward, "hoa@mau.example", staff_code="CB1")
    official("Trần Văn Nam", ward, "nam@mau.example")
    closed = official("Ngô Văn Đóng", ward, staff_code="CB9")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    client.force_login(khanh)
    rows = [
        "Mã cán bộ\tHọ và tên\tE-mail\tĐiện thoại\tĐơn vị",
        "CB1\tLê Thị Hoa\tnam@mau.example\t\tPhường Bãi Cháy",
        "\tAi Đó Khác\tnam@mau.example\t\tPhường Bãi Cháy",
        "\tKhông Dấu Vết\t\t\tPhường Bãi Cháy",
        "\tThư Sai\tkhông-phải-thư\t\tPhường Bãi Cháy",
        "CB9\tNgô Văn Đóng\t\t\tPhường Bãi Cháy",
        "CB7\tHai Lần\t\t\tPhường Bãi Cháy",
        "CB7\tHai Lần\t\t\tPhường Bãi Cháy",
        "CB8\tKhông Đơn Vị\t\t\t",
    ]
    found = hand_in("\n".join(rows))
    assert [(row, column[:1]) for row, column, _sentence in found.problems] == [
        (2, "C"), (3, "C"), (4, ""), (5, "C"), (6, ""), (8, ""), (9, "E")
    ]  # fmt: skip
    assert "Ở đây đó là Trần Văn Nam" in found.problems[1][2]
    assert (found.bad, found.can_start) == (7, False)
    assert not Enrolment.objects.exists()
    assert hand_in("Họ và tên\tE-mail\nA B\ta@mau.example").refusal == "Thiếu các cột: Đơn vị."


def test_a_list_that_changed_meanwhile_is_looked_over_again(client, khanh, course, hand_in, carry_out):
    client.force_login(khanh)
    found = hand_in("CB5\tVũ Văn Năm\t\t\tPhường Bãi Cháy")
    assert found.can_start
    official("Vũ Văn Năm", staff_code="CB5")
    found = carry_out(found)
    assert found.state == "checked"
    assert "đã thay đổi" in found.refusal
    assert not Enrolment.objects.exists()


def test_a_manager_of_a_unit_enrols_its_people_alone(client, khanh, course, ward, dung, hand_in, binh):
    elsewhere = official("Đinh Văn Xa", Unit.objects.get(slug="dac-khu-co-to"), staff_code="CB2")
    UnitManager.objects.appoint(dung, ward, timezone.localdate(), khanh)
    client.force_login(dung)
    assert "Cô Tô" not in client.get(PAGE).content.decode()
    assert "Cô Tô" not in client.get(f"{PAGE}nguoi/").content.decode()
    refused = client.post(PAGE, {"way": "people", "p-course": course.pk, "p-people": [elsewhere.pk], "confirmed": "1"})
    assert refused.status_code == 422
    unit = {"way": "units", "u-course": course.pk, "u-units": [elsewhere.unit.pk], "confirmed": "1"}
    assert client.post(PAGE, unit).status_code == 422
    found = hand_in("CB2\tĐinh Văn Xa\t\t\tPhường Bãi Cháy\nCB3\tAi Đó\t\t\tĐặc khu Cô Tô")
    assert [row for row, *_rest in found.problems] == [1, 2]
    assert not Enrolment.objects.exists()
    client.force_login(binh)
    for address in (PAGE, f"{PAGE}nguoi/", f"{PAGE}danh-sach/{found.pk}/", f"{PAGE}mau.xlsx"):
        assert client.get(address).status_code in (302, 403)


def test_a_task_that_died_is_taken_up_and_an_old_list_is_forgotten(client, khanh, course, hand_in):
    client.force_login(khanh)
    found = hand_in("CB5\tVũ Văn Năm\t\t\tPhường Bãi Cháy")
    late = timezone.now() + datetime.timedelta(hours=49)
    EnrolmentList.objects.filter(pk=found.pk).update(state="checking", starts=3)
    assert EnrolmentList.objects.resume(late) == 1
    found.refresh_from_db()
    assert (found.state, found.content) == ("failed", None)
    other = hand_in("CB6\tVũ Văn Sáu\t\t\tPhường Bãi Cháy")
    assert EnrolmentList.objects.forget(late) == 1
    other.refresh_from_db()
    assert (other.state, other.content) == ("forgotten", None)
