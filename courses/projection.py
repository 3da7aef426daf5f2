"""What the page tree wants to count: the Vietnamese pages of one course, read. Applying it is Course.apply()'s work.

The required set comes from one home language only: trees of translations drift apart when pages are moved.
"""

from uuid import UUID

from courses.models.course import Wanted
from courses.pages import CoursePage, LessonPage, SectionPage

HOME_LANGUAGE = "vi"
OTHER_LANGUAGE = "en"


def home_page(key: UUID) -> CoursePage | None:
    return CoursePage.objects.filter(translation_key=key, locale__language_code=HOME_LANGUAGE).first()


def wanted(page: CoursePage | None) -> list[Wanted]:
    """Lessons that are live in live sections of a live course: publishing the course last opens them all together."""
    if page is None or not page.live:
        return []
    sections = {section.path: section for section in SectionPage.objects.child_of(page).live()}
    lessons = [
        lesson
        for lesson in LessonPage.objects.descendant_of(page).live().order_by("path")
        if lesson.path[: -lesson.steplen] in sections
    ]
    english = english_titles([*sections.values(), *lessons])
    found = []
    for position, lesson in enumerate(lessons, start=1):
        section = sections[lesson.path[: -lesson.steplen]]
        found.append(
            Wanted(
                lesson_key=lesson.translation_key,
                edition=lesson.edition,
                required=lesson.required,
                weight=lesson.weight,
                rule=lesson.rule_for_record(),
                section_key=section.translation_key,
                section_title_vi=section.title,
                section_title_en=english.get(section.translation_key, ""),
                position=position,
                title_vi=lesson.title,
                title_en=english.get(lesson.translation_key, ""),
                problem=lesson.problem(),
            )
        )
    return found


def english_titles(pages: list) -> dict[UUID, str]:
    from wagtail.models import Page

    return dict(
        Page.objects.filter(
            translation_key__in=[page.translation_key for page in pages], locale__language_code=OTHER_LANGUAGE
        ).values_list("translation_key", "title")
    )


def course_key(page) -> UUID | None:
    """The key of the course that a course, section or lesson page belongs to, in any language."""
    if isinstance(page.specific_deferred, CoursePage):
        return page.translation_key
    return CoursePage.objects.ancestor_of(page).values_list("translation_key", flat=True).first()
