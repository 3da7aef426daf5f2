"""A course that was copied asks its own questions: its bank and quizzes are copied with the pages."""

from typing import TYPE_CHECKING

from django.db import transaction

from courses.models import Course, CoursePage, LessonPage, Quiz, QuizItem
from courses.projection import HOME_LANGUAGE

if TYPE_CHECKING:
    from people.models import User


def bring_questions(page: CoursePage, copy: CoursePage, by: "User | None" = None) -> None:
    """Each question that is drawn begins in the new bank with its newest wording; the lessons point at the new quizzes.

    Changing one of them then changes nothing in the course that it came from. A second time changes nothing.
    """
    if copy.locale.language_code != HOME_LANGUAGE or not Course.objects.filter(pk=page.translation_key).exists():
        return
    with transaction.atomic():
        course, _made = Course.objects.get_or_create(
            key=copy.translation_key, defaults={"code": copy.code, "title_vi": copy.title}
        )
        for item in QuizItem.objects.in_use().filter(course=page.translation_key).select_related("current"):
            if item.current is not None:
                item.current.item = item
                QuizItem.write(course, item.current.written, by)
        quizzes = {quiz.pk: quiz.copy_to(course) for quiz in Quiz.objects.filter(course=page.translation_key)}
        for lesson in LessonPage.objects.descendant_of(copy):
            draft = lesson.get_latest_revision_as_object()
            if point_at(lesson, quizzes):
                lesson.save(update_fields=["body"])
            if point_at(draft, quizzes):
                revision = draft.save_revision(user=by, changed=False, clean=False)
                LessonPage.objects.filter(pk=lesson.pk, live=True).update(live_revision=revision)
        transaction.on_commit(lambda: Course.project_for(course.pk))


def point_at(lesson: LessonPage, quizzes: dict[int, Quiz]) -> bool:
    """Did a block of this lesson ask one of the quizzes that were copied?"""
    changed = False
    for place, block in enumerate(list(lesson.body.raw_data)):
        if block["type"] == "quiz" and block["value"] in quizzes:
            lesson.body[place] = ("quiz", quizzes[block["value"]], block.get("id"))
            changed = True
    return changed
