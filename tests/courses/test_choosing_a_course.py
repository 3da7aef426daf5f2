"""The catalogue: searched and filtered, also without JavaScript, in the same number of queries however many courses."""

import pytest
from django.utils import timezone

from courses.models import Course, LessonPage

from .conftest import did
from .test_pages_ask_little_of_the_database import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses(workshop):
    short = workshop.course("BB04", "An toàn thông tin", lessons=2, topics="an toàn thông tin, 757/QĐ-BKHCN")
    long = workshop.course("BB05", "Kỹ năng số cơ bản", lessons=7, topics="kỹ năng số, 757/QĐ-BKHCN")
    third = workshop.course("TC06", "Trí tuệ nhân tạo", lessons=4)
    third.group = "elective"
    workshop.publish(third)
    workshop.translate(short, "Information security")
    return short, long, third


def listed(client, query: str) -> list[str]:
    page = client.get(f"/khoa-hoc/?{query}").content.decode()
    return [
        title for title in ("An toàn thông tin", "Kỹ năng số cơ bản", "Trí tuệ nhân tạo") if f">{title}</a>" in page
    ]


def test_courses_are_chosen_by_topic_group_length_language_and_words(client, courses):
    assert len(listed(client, "")) == 3
    assert listed(client, "chu-de=757/QĐ-BKHCN") == ["An toàn thông tin", "Kỹ năng số cơ bản"]
    assert listed(client, "chu-de=757/QĐ-BKHCN&dai=dai") == ["Kỹ năng số cơ bản"]
    assert listed(client, "nhom=elective") == ["Trí tuệ nhân tạo"]
    assert listed(client, "dai=ngan") == ["An toàn thông tin"]
    assert listed(client, "ngon-ngu=en") == ["An toàn thông tin"]
    assert listed(client, "q=tri+tue") == ["Trí tuệ nhân tạo"]
    assert listed(client, "q=ky+nang&dai=dai") == ["Kỹ năng số cơ bản"]
    page = client.get("/khoa-hoc/?chu-de=757/QĐ-BKHCN&dai=dai").content.decode()
    assert "Có 1 chuyên đề." in page
    assert '<option value="757/QĐ-BKHCN" selected>' in page
    # What is no choice chooses nothing; what fits nothing is said in a sentence.
    assert len(listed(client, "chu-de=zzz&trang-thai=complete&dai=%00")) == 3
    assert "Không có chuyên đề nào như vậy." in client.get("/khoa-hoc/?nhom=elective&dai=ngan").content.decode()


def test_learners_choose_by_their_own_state(client, courses, binh):
    short, long, _third = courses
    client.force_login(binh)
    for page in (short, long):
        Course.objects.get(pk=page.translation_key).enrol(binh)
    enrolment = Course.objects.get(pk=short.translation_key).enrolments.get()
    for lesson in LessonPage.objects.descendant_of(short):
        enrolment.record([did(lesson.translation_key, at=timezone.now())])
    assert listed(client, "trang-thai=complete") == ["An toàn thông tin"]
    assert listed(client, "trang-thai=begun") == ["Kỹ năng số cơ bản"]
    assert listed(client, "trang-thai=new") == ["Trí tuệ nhân tạo"]


def test_the_filtered_catalogue_asks_the_same_however_many_courses(client, workshop, binh):
    client.force_login(binh)
    counted = []
    for number in range(1, 7):
        workshop.course(f"K{number}", f"Khóa {number}", lessons=1, topics=f"chủ đề {number}, chung")
        if number in (2, 6):
            counted.append(statements(client, "/khoa-hoc/?chu-de=chung&q=khoa"))
    assert counted[0] == counted[1] <= 15
