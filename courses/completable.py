"""What keeps a page of a course from being published: a translation through which nobody could finish.

The rule of a lesson itself is checked by `problem_with` (pages.py).
"""

from django.utils.translation import gettext, ngettext

from courses.rules import Rule

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


def unlike_the_original(page, body) -> str:
    """Why a translated lesson could not be finished: the rule of the Vietnamese one speaks of a block it has not."""
    from courses.pages import LessonPage, block_of

    if page.locale.language_code == HOME_LANGUAGE:
        return ""
    original = LessonPage.objects.filter(
        translation_key=page.translation_key, locale__language_code=HOME_LANGUAGE
    ).first()
    if original is None:
        return ""
    # What each part of the rule speaks of, and what is said when the translation does not have it.
    parts = {
        "video": ("film", gettext("its video")),
        "quiz": ("quiz", gettext("its quiz")),
        "task": ("task", gettext("its practical task")),
    }
    for part in sorted(Rule(original.rule).parts):
        block_type, name = parts[part]
        there, here = block_of(original.body, block_type), block_of(body, block_type)
        if there is not None and (here is None or known_by(here) != known_by(there)):
            return gettext(
                "The Vietnamese lesson is done by %(part)s, which this translation does not have. Copy the block back "
                "from an earlier version, or translate the lesson anew."
            ) % {"part": name}
    return ""


def known_by(block):
    """What a rule calls it: a video goes by its block, a quiz is a record."""
    return (block.value and block.value.pk) if block.block_type == "quiz" else block.id
