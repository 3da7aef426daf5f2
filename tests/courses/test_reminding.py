"""Letters that bring learners back: the right one, once, at most one a week, and none to whoever wants none."""

import datetime
import uuid

import pytest
from django.utils import timezone

from courses import reminding
from courses.models import Course, CourseIndexPage, CoursePage, NoReminders, Reminder
from letters.models import Letter
from letters.render import message_of
from people.models import User

from .conftest import a_lesson, did

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
KEYS = [uuid.UUID(int=number) for number in range(1, 6)]


@pytest.fixture
def morning():
    """Nine o'clock, half a year ago: every step of these tests lies in the past, as events must."""
    long_ago = timezone.localtime() - 180 * DAY
    return long_ago.replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def make_course(site_tree, morning):
    index = CourseIndexPage(title="Khóa học", slug="khoa-hoc", locale=site_tree.vi.locale)
    site_tree.vi.add_child(instance=index)

    def make(code: str = "BB01", closes: datetime.datetime | None = None, live: bool = True) -> Course:
        opened = morning - 30 * DAY
        course = Course.objects.create(
            key=uuid.uuid4(), code=code, title_vi=f"Khóa {code}", opened_at=opened, closed_at=closes
        )
        course.apply([a_lesson(key) for key in KEYS], clock=lambda: opened)
        page = CoursePage(
            title=course.title_vi,
            slug=code.lower(),
            code=code,
            translation_key=course.key,
            locale=index.locale,
            live=live,
            closes_at=closes,
        )
        index.add_child(instance=page)
        return course

    return make


def person(number: int, **fields) -> User:
    email = fields.pop("email", f"hv{number}@mau.example")
    return User.objects.create_user(email, f"Học viên {number}", **fields)


def kinds() -> list[tuple[str, str]]:
    rows = Reminder.objects.order_by("at", "person").values_list("person__full_name", "kind")
    return [(name.removeprefix("Học viên "), kind) for name, kind in rows]


def study(enrolment, lessons: int, at) -> None:
    enrolment.record([did(key, at=at) for key in KEYS[:lessons]], offline_grace=None)


def test_each_kind_at_its_time_and_once(make_course, morning):
    course = make_course()
    not_begun = course.enrol(person(1), at=morning)
    stuck, nearly, due, gone = (course.enrol(person(number), at=morning) for number in (2, 3, 4, 5))
    study(stuck, 1, morning)
    study(nearly, 4, morning)
    study(due, 1, morning)
    study(gone, 5, morning)
    due.due_at = morning + 10 * DAY
    due.save()
    found = []
    for day in range(40):
        reminding.run(morning + day * DAY)
        found += [(day, *row) for row in kinds()[len(found) :]]
    assert found == [
        (3, "4", "due_soon"),
        (4, "3", "nearly_done"),
        (7, "1", "not_begun"),
        (14, "2", "stuck"),
        (14, "4", "stuck"),
    ]
    assert not_begun.reminders.count() == 1
    assert Letter.objects.filter(kind="course_reminder").count() == 5
    letter = message_of(Letter.objects.get(person=due.person, about_id=str(due.reminders.get(kind="due_soon").pk)))
    assert letter.subject == f"“Khóa BB01”: hoàn thành trước hết ngày {(morning + 10 * DAY).strftime('%-d/%-m/%Y')}"
    assert "1/5 bài" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers

    due.due_at = morning + 50 * DAY
    due.save()
    assert [reminding.run(morning + day * DAY) for day in (42, 43, 44)] == [0, 1, 0], (
        "a day that was moved reminds anew"
    )


def test_at_most_one_letter_a_week_and_only_by_day(make_course, morning):
    courses = [make_course(f"K{number}") for number in range(3)]
    learner = person(1)
    for course in courses:
        course.enrol(learner, at=morning)
    written = [day for day in range(40) if reminding.run(morning + day * DAY)]
    assert written == [7, 14, 21]
    night = (morning + 8 * DAY).replace(hour=23)
    other = courses[0].enrol(person(2), at=morning)
    assert reminding.run(night) == 0
    assert other.reminders.count() == 0


def test_nothing_goes_to_whoever_is_not_to_be_reached(make_course, morning):
    course = make_course()
    wants_none, no_mailbox, inactive, silent = person(1), person(2, email=None), person(3), person(4)
    for one in (wants_none, no_mailbox, inactive):
        course.enrol(one, at=morning)
    course.enrol(silent, at=morning, letters=False)
    make_course("AN", live=False).enrol(person(5), at=morning)
    reminding.switch_off(wants_none, morning)
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    assert sum(reminding.run(morning + day * DAY) for day in range(3, 30)) == 0
    reminding.switch_on(wants_none)
    assert reminding.run(morning + 30 * DAY) == 1


def test_the_last_day_to_enrol_is_no_deadline_and_ends_no_reminders(make_course, morning):
    enrolment = make_course(closes=morning + 5 * DAY).enrol(person(1), at=morning)
    study(enrolment, 1, morning)
    written = [day for day in range(30) if reminding.run(morning + day * DAY)]
    assert (written, kinds()) == ([14], [("1", "stuck")])
    assert "hoàn thành trước" not in message_of(Letter.objects.get(kind="course_reminder")).subject
    enrolment.due_at = morning + 40 * DAY
    enrolment.save()
    assert reminding.run(morning + 34 * DAY) == 1
    assert kinds()[-1] == ("1", "due_soon")


def test_somebody_who_finished_meanwhile_gets_no_letter(make_course, morning, mailoutbox):
    course = make_course()
    enrolment = course.enrol(person(1), at=morning)
    at = morning + 8 * DAY
    assert reminding.run(at) == 1
    letter = Letter.objects.get(kind="course_reminder")
    study(enrolment, 5, at)
    assert not letter.deliver(timezone.now())
    letter.refresh_from_db()
    assert letter.is_outdated
    assert not mailoutbox


def test_who_was_enrolled_by_a_manager_is_told_once_in_one_letter(make_course, morning):
    first, second = make_course("K1"), make_course("K2")
    learner, alone = person(1), person(2)
    for course in (first, second):
        course.enrol_many([learner], "manager", at=morning, due_at=morning + 90 * DAY)
    first.enrol(alone, at=morning)
    assert reminding.run(morning + datetime.timedelta(hours=1)) == 1
    assert reminding.run(morning + datetime.timedelta(hours=2)) == 0
    letter = message_of(Letter.objects.get(kind="course_enrolled"))
    assert letter.subject == "Anh/chị được ghi danh 2 khóa học"
    assert "Khóa K1" in letter.body
    assert "Khóa K2" in letter.body
    assert "hoàn thành trước" in letter.body
    written = [
        day
        for day in range(1, 30)
        if Reminder.objects.filter(person=learner).count() < 4 and reminding.run(morning + day * DAY)
    ]
    assert written[0] == 7, "the first letter counts for the week"


def test_switched_off_by_the_link_in_the_letter_and_on_again_on_my_page(make_course, morning, client, binh):
    enrolment = make_course().enrol(binh, at=morning)
    reminding.run(morning + 8 * DAY)
    body = message_of(Letter.objects.get(kind="course_reminder")).body
    link = next(word for word in body.split() if "/hoc/thu-nhac/" in word)
    path = "/hoc/thu-nhac/" + link.split("/hoc/thu-nhac/")[1]
    assert "Không nhắc tôi nữa" in client.get(path).content.decode()
    assert not NoReminders.objects.exists(), "a scanner that opens links switches nothing off"
    assert client.post(path).status_code == 200
    assert NoReminders.objects.get().person == binh
    assert client.post(path.replace(str(binh.pk), "999", 1)).status_code == 404
    assert client.post("/hoc/thu-nhac/", {"want": "yes"}).status_code == 302, "to the login page"
    assert NoReminders.objects.exists()
    client.force_login(binh)
    assert "Nhắc tôi trở lại" in client.get("/trang-cua-toi/").content.decode()
    client.post("/hoc/thu-nhac/", {"want": "yes"})
    assert not NoReminders.objects.exists()
    assert "Không nhắc tôi nữa" in client.get("/trang-cua-toi/").content.decode()
    assert enrolment.reminders.count() == 1
