"""The courses of the demo story: twelve, five of them compulsory, and thirty officials on their way through those.

Everything goes through the doors that people use: pages are published, learners enrol, what they did is recorded.
May be repeated.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from wagtail.models import Site

from content import cache
from courses import manuscripts
from courses.demo_desk import set_up_desk
from courses.demo_doing import Doing
from courses.demo_talk import talk
from courses.demo_work import hand_in_some
from courses.loading import put_course, put_index
from courses.models import Course, CourseIndexPage, CoursePage, Enrolment, LearningEvent
from courses.path_demo import follow, put_path
from courses.rules import Rule, Verb
from people.models import Unit, User

HOST = "mau.example"
WARD = "phuong-bai-chay"
OPENED = timedelta(days=30)  # before the demo is built
INDEX_VI = {
    "title": "Vận hành chính quyền số hai cấp",
    "intro": "Các chuyên đề cho cán bộ, công chức, viên chức ở 54 xã, phường, đặc khu. "
    "Ai cũng đọc được; đăng nhập để được ghi nhận kết quả.",
    "is_sample": True,
}
INDEX_EN = {
    "title": "Running a two-level digital government",
    "intro": "Courses for officials in the 54 communes, wards and special zones. "
    "Everybody may read them; log in to have your results recorded.",
}
LEARNERS = [
    "Phạm Thị Hoài An", "Đặng Văn Bảo", "Vũ Thị Minh Châu", "Hoàng Quốc Cường", "Lê Thị Thùy Dung", "Nguyễn Tiến Đạt",
    "Bùi Thị Hương Giang", "Trần Văn Hải", "Đỗ Thị Thu Hằng", "Ngô Xuân Hiếu", "Phạm Thị Hòa", "Lưu Đức Huy",
    "Nguyễn Thị Khuyên", "Đinh Trung Kiên", "Vũ Thị Lan", "Hà Văn Long", "Trần Thị Ngọc Mai", "Lê Hoàng Nam",
    "Đoàn Thị Nga", "Phạm Văn Phong", "Nguyễn Thị Phượng", "Hoàng Văn Quân", "Vi Thị Quyên", "Trương Văn Sơn",
    "Bùi Thị Thanh Tâm", "Chu Văn Thắng", "Nguyễn Thị Thảo", "Đặng Quang Trung", "La Thị Uyên", "Phùng Văn Vinh",
]  # fmt: skip


def build(stage: str, at: datetime, site: Site) -> dict[str, Any]:
    index = put_index(site.root_page.specific, INDEX_VI, INDEX_EN)
    mark_sample(index)
    courses = [put_sample(index, name, at) for name in manuscripts.codes()]
    people = put_learners(at)
    compulsory = [course for course in courses if course.group == CoursePage.Group.COMPULSORY]
    do = Doing()
    for place, person in enumerate(people):
        learn(person, place, compulsory, at, do)
    bring_binh_along(compulsory, at, do)
    bring_others_along(compulsory, at, do)
    talk(compulsory[4], f"lan@{HOST}", HOST, at)
    path = put_path(index)
    follow(path, people[::3], at - timedelta(days=20))
    follow(path, list(User.objects.filter(email__in=[f"binh@{HOST}", f"son@{HOST}"])), at - timedelta(days=20))
    hand_in_some(compulsory[1], f"lan@{HOST}", HOST, at)
    set_up_desk(compulsory, WARD, "tam", HOST, at, do)
    cache.bump()
    return report(index, courses)


def mark_sample(index) -> None:
    """The catalogue says that its list is made up, in both languages."""
    for page in CourseIndexPage.objects.filter(translation_key=index.translation_key, is_sample=False):
        page.is_sample = True
        page.save_revision().publish()


def put_sample(index, name: str, at: datetime) -> Course:
    """The pages, and the record as it would be had they been published a month ago."""
    written = manuscripts.read_course(manuscripts.CONTENT / name)
    assert written is not None
    with transaction.atomic():
        page = put_course(index, written)
        course = Course.project_for(page.translation_key, clock=lambda: at - OPENED)
        assert course is not None
    return course


# ---------------------------------------------------------------- people


def put_learners(at: datetime) -> list[User]:
    """Sample officials over some units: a third of them in Bình's ward, so that its numbers are worth a look."""
    ward = Unit.objects.filter(slug=WARD).first()
    units = list(Unit.objects.offices().exclude(kind=Unit.Kind.DEPARTMENT).order_by("slug"))
    found = []
    for place, name in enumerate(LEARNERS):
        email = f"hv{place + 1:02d}@{HOST}"
        person = User.objects.filter(email=email).first()
        if person is None:
            person = User.objects.create_user(email, name)
            unit = ward if place % 3 == 0 else units[(place * place) % 11 * 4 % len(units)] if units else None
            if unit is not None:
                person.join(unit, "Công chức (mẫu)", (at - timedelta(days=60)).date())
        found.append(person)
    return found


def learn(person: User, place: int, courses: list[Course], at: datetime, do: Doing) -> None:
    """A steady picture of different people: some done, some half way, some who only enrolled."""
    for number, course in enumerate(courses):
        if (place + number) % 5 == 4 or number > 1 + place % 4:
            continue
        since = at - OPENED + timedelta(days=1 + (place * 3 + number * 2) % 14, hours=8 + place % 9)
        items = list(course.outline.open().in_order())
        share = (place * 7 + number * 3) % 10
        done = len(items) if share >= 6 else share * len(items) // 10
        enrolment = course.enrol(person, Enrolment.Source.IMPORT, since, letters=False)
        moments = [since + timedelta(hours=20 * (index + 1)) for index in range(done)]
        do(
            enrolment,
            items[:done],
            [min(moment, at - timedelta(hours=1)) for moment in moments],
            place,
            sits=number == 0,
        )


def bring_binh_along(courses: list[Course], at: datetime, do: Doing) -> None:
    """Bình has a certificate, lacks one lesson with a video of the second course, and has begun the last."""
    binh = User.objects.filter(email=f"binh@{HOST}").first()
    if binh is None:
        return
    first, second, *_others, last = courses
    begun = at - OPENED + timedelta(days=2)
    for course, left in ((first, 0), (second, 1), (last, 5)):
        enrolment = course.enrol(binh, at=begun, letters=False)
        if enrolment.last_at is not None:
            continue
        items = list(course.outline.open().in_order())
        film = [item for item in items if Rule(item.rule["kind"]).needs_video]
        waiting = film[:1] if left == 1 and film else items[len(items) - left :] if left else []
        doing = [item for item in items if item not in waiting]
        do(enrolment, doing, [begun + timedelta(hours=22 * (n + 1)) for n in range(len(doing))], 3)
        if left == 1 and film:
            watched = LearningEvent(
                pk=uuid.uuid5(enrolment.pk, "half the film"),
                lesson_key=film[0].lesson_key,
                edition=film[0].edition,
                block_id=uuid.UUID(film[0].rule["block"]),
                verb=Verb.PROGRESSED,
                data={"watched": [[0, 21]], "position": 21, "wall": 25},
                at=at - timedelta(days=1),
            )
            enrolment.record([watched], offline_grace=None)


# (mailbox, how many lessons are left of each compulsory course; None: not enrolled)
OTHERS = [("mai", (0, 3, 2, None, None)), ("son", (0, 0, 0, 0, 0))]


def bring_others_along(courses: list[Course], at: datetime, do: Doing) -> None:
    """Mai is half way through, Sơn has completed all the compulsory courses."""
    for place, (mailbox, left) in enumerate(OTHERS):
        person = User.objects.filter(email=f"{mailbox}@{HOST}").first()
        if person is None:
            continue
        for number, (course, missing) in enumerate(zip(courses, left, strict=False)):
            if missing is None:
                continue
            since = at - OPENED + timedelta(days=1 + number * 4, hours=9 + place)
            enrolment = course.enrol(person, at=since, letters=False)
            if enrolment.last_at is None:
                items = list(course.outline.open().required().in_order())
                items = items[: len(items) - missing]
                moments = [since + timedelta(hours=20 * (step + 1)) for step in range(len(items))]
                do(enrolment, items, [min(moment, at - timedelta(hours=2)) for moment in moments], place)


def report(index, courses: list[Course]) -> dict[str, Any]:
    page = CoursePage.objects.get(translation_key=courses[1].pk, locale__language_code="vi")
    urls = {"courses": index.get_url(), "course": page.get_url(), "courses_en": f"/en{index.get_url()}"}
    enrolments = Enrolment.objects.filter(person__email__endswith=f"@{HOST}")
    return {
        "urls": urls,
        "courses": len(courses),
        "lessons": sum(course.outline.open().count() for course in courses),
        "learners": enrolments.values("person").distinct().count(),
        "completed": enrolments.completed().count(),
    }
