"""What keeps a page of a course from being published: a translation through which nobody could finish.

The rule of a lesson itself is checked by `problem_with` (pages.py).
"""

from uuid import UUID

from django.utils.translation import gettext, ngettext

HOME_LANGUAGE = "vi"


def untranslated(page) -> str:
    """Why a course in another language is not ready: required lessons that have no published page in it."""
    from courses.models.outline import OutlineItem
    from courses.pages import LessonPage

    if page.locale.language_code == HOME_LANGUAGE:
        return ""
    there = LessonPage.objects.descendant_of(page).live().values("translation_key")
    lacking = (
        OutlineItem.objects.filter(course=page.translation_key)
        .open()
        .required()
        .exclude(lesson_key__in=there)
        .in_order()
    )
    titles = list(lacking.values_list("title_vi", flat=True))
    if not titles:
        return ""
    sentence = ngettext(
        "This translation lacks a required lesson: %(titles)s. Translate and publish it first.",
        "This translation lacks %(number)s required lessons: %(titles)s. Translate and publish them first.",
        len(titles),
    )
    return sentence % {"number": len(titles), "titles": "; ".join(f"“{title}”" for title in titles[:5])}


def unfit(page, body, course: UUID | None) -> str:
    """Why this lesson is not ready though its own rule could be met."""
    return another_courses_quiz(body, course) or unlike_the_original(page, body)


def another_courses_quiz(body, course: UUID | None) -> str:
    """Its questions would change with a course that this one has nothing to do with."""
    from courses.pages import block_of

    block = block_of(body, "quiz")
    if course is None or block is None or block.value is None or block.value.course_id == course:
        return ""
    return gettext(
        "The quiz “%(quiz)s” belongs to another course: %(course)s. Choose a quiz of this course, or write one."
    ) % {"quiz": block.value, "course": block.value.course}


def unlike_the_original(page, body) -> str:
    """Why a translated lesson could not be finished: the rule of the Vietnamese one speaks of a block it has not."""
    from courses.pages import LessonPage

    if page.locale.language_code == HOME_LANGUAGE:
        return ""
    original = LessonPage.objects.filter(
        translation_key=page.translation_key, locale__language_code=HOME_LANGUAGE
    ).first()
    return without_its_part(original.rule_for_record(), body) if original else ""


def without_its_part(rule: dict, body) -> str:
    """What of a rule a translation does not have, in a sentence."""
    names = {"film": gettext("its video"), "quiz": gettext("its quiz"), "task": gettext("its practical task")}
    for part in lacking(rule, body):
        return gettext(
            "The Vietnamese lesson is done by %(part)s, which this translation does not have. Copy the block back "
            "from an earlier version, or translate the lesson anew."
        ) % {"part": names[part]}
    return ""


def lacking(rule: dict, body) -> list[str]:
    """Kinds of block that the rule speaks of and this lesson does not have."""
    from courses.pages import block_of

    asked = {"film": rule.get("block"), "quiz": rule.get("quiz"), "task": rule.get("task")}
    return [kind for kind, key in asked.items() if key is not None and known_by(block_of(body, kind)) != key]


def known_by(block):
    """What a rule calls it: a video goes by its block, a quiz is a record."""
    if block is None:
        return None
    return (block.value and block.value.pk) if block.block_type == "quiz" else block.id
