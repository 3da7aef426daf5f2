"""A course to learn: pages made as editors make them, published through Wagtail's own doors."""

import datetime
import uuid

import pytest
from django.utils import timezone

from courses.models import (
    Course,
    CourseIndexPage,
    CoursePage,
    LearningEvent,
    LessonPage,
    Quiz,
    QuizDraw,
    QuizItem,
    SectionPage,
    Wanted,
)
from courses.quizzing.kinds import Kind
from courses.quizzing.written import Line, Text, Written
from courses.rules import Verb

QUESTION = {
    "question": "Chị Hoa cư trú ở Cô Tô, đến Bãi Cháy nộp hồ sơ. Việc nào là đúng?",
    "kind": "single",
    "options": [
        {"text": "Mời chị về nộp tại Cô Tô", "correct": False},
        {"text": "Tiếp nhận rồi chuyển đúng nơi", "correct": True},
        {"text": "Hẹn chị tuần sau", "correct": False},
    ],
    "explanation": "Giải thích: hồ sơ phi địa giới nộp ở đâu cũng được.",
}
SEVERAL = {
    "question": "Những dấu hiệu nào cho thấy một thư lừa đảo?",
    "kind": "multiple",
    "options": [
        {"text": "Thúc giục làm ngay", "correct": True},
        {"text": "Địa chỉ gửi lạ", "correct": True},
        {"text": "Có chữ ký", "correct": False},
    ],
    "explanation": "Giải thích: thúc giục và địa chỉ lạ là hai dấu hiệu thường gặp.",
}


def text(html: str = "<p>Nội dung bài học.</p>"):
    return ("text", html)


def written(question: dict, key: str, *tags: str) -> Written:
    return Written(
        key=key,
        kind=Kind.SEVERAL if question["kind"] == "multiple" else Kind.ONE,
        text=Text(question["question"]),
        lines=[Line(Text(option["text"]), option["correct"]) for option in question["options"]],
        explanation=Text(question["explanation"]),
        tags=list(tags),
    )


def quiz(*questions, course: Course | None = None, **fields):
    """A block with a quiz of the newest course that asks these questions."""
    course = course or Course.objects.order_by("opened_at").last()
    name = f"cau-{course.quizzes.count() + 1}"
    for number, question in enumerate(questions or [QUESTION, SEVERAL], start=1):
        QuizItem.write(course, written(question, f"{name}-{number}", name))
    made = Quiz.objects.create(course=course, title_vi=f"Kiểm tra {name}", **{"shuffle": False} | fields)
    QuizDraw.objects.create(quiz=made, tag=name)
    return ("quiz", made)


def right_answers(attempt) -> dict[int, list[str]]:
    return {row.position: row.version.key["right"] for row in attempt.responses.select_related("version")}


def wrong_answers(attempt) -> dict[int, list[str]]:
    return {
        row.position: [o["id"] for o in row.version.asked["options"] if o["id"] not in row.version.key["right"]][:1]
        for row in attempt.responses.select_related("version")
    }


def sheet_of(answers: dict[int, list[str]], **more) -> dict:
    """As a browser without JavaScript sends the form of an attempt."""
    form: dict = {f"a-{position}": answer for position, answer in answers.items()}
    return form | {f"was-{position}": "null" for position in answers} | more


class Workshop:
    """Makes courses the way editors do."""

    def __init__(self, tree, run_on_commit):
        self.tree, self.run_on_commit = tree, run_on_commit
        self.index = self.put(tree.vi, CourseIndexPage(title="Vận hành chính quyền số hai cấp", slug="khoa-hoc"))

    def put(self, parent, page, publish: bool = True):
        page.locale = parent.locale
        page.live = False
        parent.refresh_from_db()
        with self.run_on_commit(execute=True):
            page = parent.add_child(instance=page)
            if publish:
                page.save_revision().publish()
        page.refresh_from_db()
        return page

    def publish(self, page):
        with self.run_on_commit(execute=True):
            page.save_revision().publish()
        page.refresh_from_db()

    def unpublish(self, page):
        with self.run_on_commit(execute=True):
            page.unpublish()
        page.refresh_from_db()

    def course(
        self, code: str = "BB02", title: str = "Trung tâm Phục vụ hành chính công cấp xã", lessons: int = 2, **fields
    ):
        """A published course with one section of lessons that are done by confirming."""
        page = self.put(
            self.index,
            CoursePage(title=title, slug=code.lower(), code=code, group="compulsory", **fields),
            publish=False,
        )
        section = self.put(page, SectionPage(title="Phần một", slug="phan-mot"))
        for number in range(1, lessons + 1):
            self.lesson(section, f"Bài {number}")
        self.publish(page)
        return page

    def section(self, course):
        return SectionPage.objects.child_of(course).first()

    def lesson(self, section, title: str, body=None, publish: bool = True, **fields):
        page = LessonPage(title=title, body=body or [text()], **fields)
        return self.put(section, page, publish)

    def translate(self, page, title: str):
        """An English page of the same thing, published."""
        from wagtail.models import Locale

        with self.run_on_commit(execute=True):
            copy = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
            copy.title, copy.slug = title, page.slug
            copy.save_revision().publish()
        copy.refresh_from_db()
        return copy


@pytest.fixture
def workshop(site_tree, django_capture_on_commit_callbacks):
    return Workshop(site_tree, django_capture_on_commit_callbacks)


@pytest.fixture
def record_of():
    return lambda page: Course.objects.get(pk=page.translation_key)


def did(lesson_key, edition: int = 1, at=None, by: str = "reading", **fields) -> LearningEvent:
    """ "I have read this", as an event; `at` may be filled in by who records it."""
    return LearningEvent(lesson_key=lesson_key, edition=edition, verb=Verb.COMPLETED, data={"by": by}, at=at, **fields)


def a_lesson(key: uuid.UUID, **fields) -> Wanted:
    return Wanted(lesson_key=key, title_vi=f"Bài {key}", **fields)


class Clock:
    """A clock turned by hand, in minutes. It runs ahead of the real one: nothing it dates is overdue for the audit."""

    def __init__(self, tick: int = 100):
        self.start = timezone.now().replace(second=0, microsecond=0) + datetime.timedelta(days=60)
        self.tick = tick

    def at(self, tick: float) -> datetime.datetime:
        return self.start + datetime.timedelta(minutes=tick)

    def __call__(self) -> datetime.datetime:
        return self.at(self.tick)
