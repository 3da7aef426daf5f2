"""Bình looks for courses; Khánh lets people in. Who sees a course, who may enrol, and in which order it is learnt."""

import datetime

import pytest
from django.utils import timezone

from courses.mine import for_person
from courses.models import Course, CoursePage, LearningEvent, LessonPage
from courses.models.course import ByInvitation, OnlyForUnits, OthersFirst
from courses.page_forms import CourseForm
from people.models import Unit

from .conftest import did

pytestmark = pytest.mark.django_db


@pytest.fixture
def course_page(workshop):
    return workshop.course(lessons=3)


def settings_of(workshop, page, **fields) -> Course:
    for name, value in fields.items():
        setattr(page, name, value)
    workshop.publish(page)
    return Course.objects.get(pk=page.translation_key)


def enrol(client, page, **fields):
    return client.post(f"/hoc/khoa/{page.translation_key}/ghi-danh/", {"next": "/trang-cua-toi/", **fields})


def shown(client, page) -> str:
    names = [template.name for template in client.get(page.url).templates]
    return next(name for name in names if name in ("courses/lesson.html", "courses/locked.html"))


def lists_with(client, page) -> list[str]:
    """Where the course can be found, of the catalogue, the search, the front page, the map for search engines."""
    addresses = (page.get_parent().get_url(), "/tim-kiem/?q=trung+tâm", "/", "/sitemap.xml")
    return [address for address in addresses if page.url in client.get(address).content.decode()]


def test_a_course_for_people_who_are_logged_in_is_shown_to_no_one_else(client, workshop, course_page, binh):
    lesson = LessonPage.objects.descendant_of(course_page).first()
    assert client.get(lesson.url).status_code == 200
    settings_of(workshop, course_page, visibility="signed_in")
    assert lists_with(client, course_page) == []
    for page in (course_page, lesson):
        answer = client.get(page.url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")
    client.force_login(binh)
    assert course_page.get_parent().get_url() in lists_with(client, course_page)
    assert client.get(lesson.url).status_code == 200


def test_a_course_behind_a_link_stands_in_no_list(client, workshop, course_page, binh):
    settings_of(workshop, course_page, visibility="link")
    assert lists_with(client, course_page) == []
    answer = client.get(course_page.url)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    client.force_login(binh)
    assert lists_with(client, course_page) == []
    enrol(client, course_page)
    assert binh.enrolments.get().course_id == course_page.translation_key


def test_an_invitation_is_a_link_until_another_one_is_made(client, workshop, course_page, binh, dung):
    course = settings_of(workshop, course_page, entry="invitation")
    client.force_login(binh)
    assert "nhận người học theo thư mời" in client.get(course_page.url).content.decode()
    enrol(client, course_page)
    enrol(client, course_page, invitation="đoán bừa")
    assert not binh.enrolments.exists()
    html = client.get(f"{course_page.url}?moi={course.invitation}").content.decode()
    assert f'name="invitation" value="{course.invitation}"' in html
    enrol(client, course_page, invitation=course.invitation)
    assert binh.enrolments.exists()
    old = course.invitation
    course.invite_anew()
    with pytest.raises(ByInvitation):
        course.enrol(dung, invitation=old)
    assert course.enrol(dung, "manager").source == "manager", "training managers need no link"


def test_a_course_for_some_units_takes_their_people(client, workshop, course_page, binh, dung):
    hai_hoa, mong_cai = (
        Unit.objects.create(slug=name, kind="commune", name=name, full_name_vi=name) for name in ("hai-hoa", "mong-cai")
    )
    binh.join(hai_hoa, "", timezone.localdate())
    dung.join(mong_cai, "", timezone.localdate())
    course = settings_of(workshop, course_page, entry="units", units=[hai_hoa])
    assert course.enrol(binh)
    client.force_login(dung)
    assert "dành cho người của một số đơn vị" in client.get(course_page.url).content.decode()
    with pytest.raises(OnlyForUnits):
        course.enrol(dung)


def test_what_must_be_completed_before_is_named_and_linked(client, workshop, course_page, binh):
    before = workshop.course("BB01", "Chính quyền hai cấp", lessons=1)
    first = Course.objects.get(pk=before.translation_key)
    course = settings_of(workshop, course_page, prerequisites=[first])
    client.force_login(binh)
    html = client.get(course_page.url).content.decode()
    assert "Hãy hoàn thành trước: “Chính quyền hai cấp”" in html
    assert f'href="{before.url}"' in html
    with pytest.raises(OthersFirst):
        course.enrol(binh)
    answer = client.post(f"/hoc/khoa/{course.pk}/ghi-danh/", follow=True)
    assert "Hãy hoàn thành trước" in answer.content.decode()
    lesson = LessonPage.objects.descendant_of(before).get()
    first.enrol(binh).record([did(lesson.translation_key, at=timezone.now())])
    assert course.enrol(binh)


def form_for(page, **fields):
    """The editor's form as it would be judged, with what matters here."""
    form_class = CoursePage.get_edit_handler().get_form_class()
    assert issubclass(form_class, CourseForm)
    data = {
        "title": page.title,
        "slug": page.slug,
        "code": page.code,
        "group": page.group,
        "visibility": page.visibility,
        "entry": page.entry,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-publish": "1",
    } | fields
    return form_class(data, instance=page)


def test_settings_that_would_let_nobody_in_are_refused(workshop, course_page, minh):
    before = Course.objects.get(pk=workshop.course("BB01", "Chính quyền hai cấp", lessons=1).translation_key)
    record = Course.objects.get(pk=course_page.translation_key)
    before.prerequisites.add(record)
    for fields, name, sentence in [
        ({"entry": "units"}, "units", "ít nhất một đơn vị"),
        ({"prerequisites": [str(before.pk)]}, "prerequisites", "không ai bắt đầu được"),
        ({"opens_at": "2026-05-02 08:00", "closes_at": "2026-05-01 08:00"}, "closes_at", "đóng trước khi mở"),
    ]:
        form = form_for(course_page, **fields)
        assert not form.is_valid()
        assert sentence in form.errors[name][0], form.errors


@pytest.fixture
def stepwise(workshop, course_page):
    return settings_of(workshop, course_page, sequential=True)


def test_step_by_step_says_which_lesson_comes_first(client, stepwise, course_page, binh):
    one, two, three = LessonPage.objects.descendant_of(course_page).order_by("path")
    enrolment = stepwise.enrol(binh)
    client.force_login(binh)
    assert shown(client, one) == "courses/lesson.html"
    locked = client.get(three.url)
    assert shown(client, three) == "courses/locked.html"
    assert "Bài này mở khi học xong bài 1, “Bài 1”" in locked.content.decode()
    assert "Sau bài 1" in client.get(course_page.url).content.decode()
    client.post(f"/hoc/bai/{three.translation_key}/xong/", {"edition": "1", "by": "reading"})
    assert not enrolment.lessons.exists(), "a page that was open before the lock counts nothing"
    client.post(f"/hoc/bai/{one.translation_key}/xong/", {"edition": "1", "by": "reading"})
    assert shown(client, two) == "courses/lesson.html"
    assert "bài 2, “Bài 2”" in client.get(three.url).content.decode()


def test_my_page_goes_on_where_the_door_is_open(client, stepwise, course_page, workshop, binh):
    one, two, three = LessonPage.objects.descendant_of(course_page).order_by("path")
    enrolment = stepwise.enrol(binh)
    client.force_login(binh)

    def next_on_my_page():
        (mine,) = for_person(binh, timezone.now())
        assert f'href="{mine.next.url}"' in client.get("/trang-cua-toi/").content.decode()
        assert f'href="{mine.next.url}"' in client.get(course_page.url).content.decode()
        return mine.next.number, mine.next.url

    assert next_on_my_page() == (1, one.url)
    # A page that was open before the lock tells that the last lesson was looked at.
    enrolment.record([LearningEvent(lesson_key=three.translation_key, verb="initialized", at=timezone.now())])
    assert shown(client, three) == "courses/locked.html"
    assert next_on_my_page() == (1, one.url)
    workshop.unpublish(one)
    assert next_on_my_page() == (2, two.url)
    settings_of(workshop, course_page, sequential=False)
    assert next_on_my_page() == (3, three.url), "where one was last"


def test_step_by_step_is_never_a_dead_end(client, stepwise, course_page, workshop, binh):
    one, two, three = LessonPage.objects.descendant_of(course_page).order_by("path")
    enrolment = stepwise.enrol(binh)
    # A device that was offline tells of the third lesson: done is done, and does not lock again.
    enrolment.record([did(three.translation_key, at=timezone.now())])
    client.force_login(binh)
    assert shown(client, three) == "courses/lesson.html"
    # The first lesson is away for a while: it still counts, and holds nobody up.
    workshop.unpublish(one)
    assert shown(client, two) == "courses/lesson.html"
    client.post(f"/hoc/bai/{two.translation_key}/xong/", {"edition": "1", "by": "reading"})
    enrolment.refresh_from_db()
    assert (enrolment.lessons_done, enrolment.lessons_total) == (2, 3)


def test_a_visitor_reads_the_first_lesson_of_a_stepwise_course(client, stepwise, course_page):
    one, two, _three = LessonPage.objects.descendant_of(course_page).order_by("path")
    assert shown(client, one) == "courses/lesson.html"
    html = client.get(two.url).content.decode()
    assert "Bài đầu tiên mở cho mọi người" in html
    assert f'href="{one.url}"' in html


def test_what_is_for_new_learners_locks_nothing_for_others(client, stepwise, course_page, workshop, binh, dung):
    one, two, three = LessonPage.objects.descendant_of(course_page).order_by("path")
    stepwise.enrol(binh)
    two.only_new = True
    workshop.publish(two)
    stepwise.enrol(dung)
    for person, template in ((binh, "courses/lesson.html"), (dung, "courses/locked.html")):
        client.force_login(person)
        client.post(f"/hoc/bai/{one.translation_key}/xong/", {"edition": "1", "by": "reading"})
        assert shown(client, three) == template
    client.force_login(binh)
    assert "Không bắt buộc" in client.get(course_page.url).content.decode()


def test_a_course_that_closes_takes_nobody_and_lets_its_learners_go_on(client, workshop, course_page, binh, dung):
    course = Course.objects.get(pk=course_page.translation_key)
    enrolment = course.enrol(binh)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    course = settings_of(workshop, course_page, opens_at=yesterday - datetime.timedelta(days=9), closes_at=yesterday)
    client.force_login(dung)
    enrol(client, course_page)
    assert not dung.enrolments.exists()
    lesson = LessonPage.objects.descendant_of(course_page).first()
    client.force_login(binh)
    client.post(f"/hoc/bai/{lesson.translation_key}/xong/", {"edition": "1", "by": "reading"})
    enrolment.refresh_from_db()
    assert enrolment.lessons_done == 1
