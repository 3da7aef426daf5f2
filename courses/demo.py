"""The courses of the demo story: five compulsory courses, and thirty officials somewhere on their way through them.

Everything goes through the doors that people use: pages are published, learners enrol, what they did is recorded.
May be repeated.
"""

import uuid
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.db import transaction
from wagtail.models import Site

from content import cache
from courses.loading import put_course, put_index
from courses.models import Course, CourseIndexPage, CoursePage, Enrolment, LearningEvent, OutlineItem
from courses.rules import Rule, Verb
from people.models import Unit, User

HOST = "mau.example"
SAMPLES = ("bb01", "bb02", "bb03", "bb04", "bb05")
# Where a film belongs that the written lesson does not name.
FILMS = {"danh-gia-do-tin-cay-cua-thong-tin": "bon-cau-hoi-truoc-khi-bam"}
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
    courses = [put_sample(index, name, at) for name in SAMPLES]
    people = put_learners(at)
    for place, person in enumerate(people):
        learn(person, place, courses, at)
    bring_binh_along(courses, at)
    cache.bump()
    return report(index, courses)


def mark_sample(index) -> None:
    """The catalogue says that its list is made up, in both languages."""
    for page in CourseIndexPage.objects.filter(translation_key=index.translation_key, is_sample=False):
        page.is_sample = True
        page.save_revision().publish()


def put_sample(index, name: str, at: datetime) -> Course:
    """The pages, and the record as it would be had they been published a month ago."""
    written = import_module(f"courses.samples.{name}").COURSE
    with transaction.atomic():
        page = put_course(index, written, FILMS)
        Course.project_for(page.translation_key, clock=lambda: at - OPENED)
    return Course.objects.get(pk=page.translation_key)


# ---------------------------------------------------------------- people


def put_learners(at: datetime) -> list[User]:
    """Sample officials over some units: more of them in some, none in most."""
    units = list(Unit.objects.offices().exclude(kind=Unit.Kind.DEPARTMENT).order_by("slug"))
    found = []
    for place, name in enumerate(LEARNERS):
        email = f"hv{place + 1:02d}@{HOST}"
        person = User.objects.filter(email=email).first()
        if person is None:
            person = User.objects.create_user(email, name)
            if units:
                person.join(
                    units[(place * place) % 11 * 4 % len(units)], "Công chức (mẫu)", (at - timedelta(days=60)).date()
                )
        found.append(person)
    return found


def learn(person: User, place: int, courses: list[Course], at: datetime) -> None:
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
        enrol_and_do(enrolment, items[:done], [min(moment, at - timedelta(hours=1)) for moment in moments], place)


def enrol_and_do(enrolment: Enrolment, items: list[OutlineItem], moments: list[datetime], place: int = 0) -> None:
    events: list[LearningEvent] = []
    for item, moment in zip(items, moments, strict=True):
        events += done_by(enrolment, item, moment, 67 + place % 4 * 11)
    if events:
        enrolment.record(events, offline_grace=None)


def done_by(enrolment: Enrolment, item: OutlineItem, moment: datetime, score: int) -> list[LearningEvent]:
    """What doing this lesson leaves behind. The ids follow from what it is, so building twice changes nothing."""
    rule = Rule(item.rule["kind"])
    said: list[tuple[Verb, dict[str, Any]]] = []
    if rule is Rule.CONFIRMED:
        said.append((Verb.COMPLETED, {"by": "reading"}))
    if rule.needs_video:
        said.append((Verb.COMPLETED, {"by": "transcript"}))
    if rule.needs_quiz:
        said.append((Verb.PASSED, {"score": min(score, 100)}))
    return [
        LearningEvent(
            pk=uuid.uuid5(enrolment.pk, f"{item.lesson_key}/{item.edition}/{verb}"),
            lesson_key=item.lesson_key,
            edition=item.edition,
            verb=verb,
            data={**data, "wall": 300},
            at=moment,
        )
        for verb, data in said
    ]


def bring_binh_along(courses: list[Course], at: datetime) -> None:
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
        enrol_and_do(enrolment, doing, [begun + timedelta(hours=22 * (n + 1)) for n in range(len(doing))], 3)
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
