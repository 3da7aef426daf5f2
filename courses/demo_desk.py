"""The training desk of the demo story: a ward with numbers worth looking at, planned numbers, and what people think.

A manager of that ward, two dozen officials of it at every stage, two of them without a mailbox.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from courses.demo_doing import Doing
from courses.models import Course, Evaluation, EvaluationMark, PlannedNumber
from courses.models.evaluation import QUESTIONS
from people.models import Unit, UnitManager, User

# (staff code, name, mailbox or None, how many tenths of the first and of the second course are done)
OFFICIALS: list[tuple[str, str, str | None, int, int]] = [
    ("BC001", "Nguyễn Văn Tài", "tai", 10, 10), ("BC002", "Trần Thị Bích Ngọc", "ngoc", 10, 10),
    ("BC003", "Phạm Quang Huy", "huy", 10, 7), ("BC004", "Lê Thị Hồng Nhung", "nhung", 10, 5),
    ("BC005", "Hoàng Minh Đức", "duc", 10, 3), ("BC006", "Vũ Thị Thu Trang", "trang", 10, 0),
    ("BC007", "Đặng Văn Lâm", "lam", 10, 0), ("BC008", "Bùi Thị Yến", "yen", 7, 0),
    ("BC009", "Ngô Đình Khải", "khai", 7, 0), ("BC010", "Đỗ Thị Kim Oanh", "oanh", 5, 0),
    ("BC011", "Phan Văn Đông", "dong", 3, 0), ("BC012", "Lý Thị Mai", "mai.ly", 3, 0),
    ("BC013", "Cao Xuân Trường", "truong", 0, 0), ("BC014", "Tô Thị Hạnh", "hanh", 0, 0),
    ("BC015", "Dương Văn Tiến", None, 3, 0), ("BC016", "Mạc Thị Sáu", None, 0, 0),
]  # fmt: skip
# Of the ward first, then of some others: people planned for each compulsory course.
PLANNED = (("phuong-bai-chay", 30), ("phuong-ha-long", 28), ("phuong-hong-gai", 25), ("dac-khu-co-to", 8))
WORDS = {
    0: "Ví dụ sát với việc ở quầy, dễ nhớ.",
    3: "Nên có thêm bài tập tình huống.",
    4: "Xem trên điện thoại rất tiện.",
    7: "Phần văn bản hơi dài, nên chia nhỏ hơn.",
}


def set_up_desk(courses: list[Course], ward: str, manager: str, host: str, at: datetime, do: Doing) -> None:
    unit = Unit.objects.filter(slug=ward).first()
    khanh = User.objects.filter(email=f"khanh@{host}").first()
    if unit is None or khanh is None:
        return
    today = timezone.localtime(at).date()
    tam = User.objects.filter(email=f"{manager}@{host}").first()
    if tam is not None and not UnitManager.objects.filter(person=tam, unit=unit).exists():
        UnitManager.objects.appoint(tam, unit, today - timedelta(days=60), khanh)
    plan(courses)
    people = [official(row, unit, host, today) for row in OFFICIALS]
    for number, course in enumerate(courses[:2]):
        learn(course, number, people, at, do)
    say_what_they_think(courses[0], at)


def plan(courses: list[Course]) -> None:
    units = {unit.slug: unit for unit in Unit.objects.filter(slug__in=[slug for slug, _number in PLANNED])}
    PlannedNumber.objects.bulk_create(
        [
            PlannedNumber(course=course, unit=units[slug], people=number)
            for course in courses
            for slug, number in PLANNED
            if slug in units
        ],
        ignore_conflicts=True,
    )


def official(row: tuple[str, str, str | None, int, int], unit: Unit, host: str, today: date) -> User:
    code, name, mailbox, *_done = row
    person = User.objects.filter(staff_code=code).first()
    if person is None:
        person = User.objects.create_user(f"{mailbox}@{host}" if mailbox else None, name, staff_code=code)
        person.join(unit, "Công chức (mẫu)", today - timedelta(days=90))
    return person


def learn(course: Course, number: int, people: list[User], at: datetime, do: Doing) -> None:
    """Enrolled by the manager three weeks ago, due in nine days; some done, some stuck, some not begun."""
    since = at - timedelta(days=22 - number)
    fresh = {
        one.person_id: one
        for one in course.enrol_many(people, "manager", since, due_at=at + timedelta(days=9), letters=False).new
    }
    items = list(course.outline.open().required().in_order())
    for place, (person, row) in enumerate(zip(people, OFFICIALS, strict=True)):
        enrolment = fresh.get(person.pk)
        tenths = (row[3], row[4])[number]
        if enrolment is None or not tenths:
            continue
        doing = items[: max(1, len(items) * tenths // 10)]
        begun = since + timedelta(days=1 + place % 4, hours=place % 7)
        do(enrolment, doing, [begun + timedelta(hours=5 * step) for step in range(len(doing))], place, sits=number == 0)


def say_what_they_think(course: Course, at: datetime) -> None:
    """Ten answers over two months; asked again, nothing is added."""
    if course.evaluations.exists():
        return
    finished = course.enrolments.completed().exclude(pk__in=EvaluationMark.objects.values("enrolment"))
    for number, enrolment in enumerate(finished.order_by("completed_at", "pk")[:10]):
        scores = {name: 3 + (number * 2 + place * 5 + number * place) % 7 % 3 for place, name in enumerate(QUESTIONS)}
        moment = at - timedelta(days=32 if number < 5 else 1)
        Evaluation.objects.give(enrolment, scores, WORDS.get(number, ""), moment)
