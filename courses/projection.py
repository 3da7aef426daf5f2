"""What the page tree wants to count: the Vietnamese pages of one course, read. Applying it is Course.apply()'s work.

The required set comes from one home language only: trees of translations drift apart when pages are moved.
"""

from collections.abc import Collection
from uuid import UUID

from courses.models.course import Wanted
from courses.pages import CoursePage, LessonPage, SectionPage
from courses.quizzing import bank

HOME_LANGUAGE = "vi"
OTHER_LANGUAGE = "en"


def home_page(key: UUID) -> CoursePage | None:
    return CoursePage.objects.filter(translation_key=key, locale__language_code=HOME_LANGUAGE).first()


def wanted(page: CoursePage | None, *, published=None, without: Collection[UUID] = ()) -> list[Wanted]:
    """Lessons that are live in live sections of a live course: publishing the course last opens them all together.

    To look ahead: `published` is a page as it is about to be published; `without` are keys of pages about to go.
    """
    if published is not None and page is not None and published.pk == page.pk:
        page = published
    if page is None or not (page.live or page is published) or page.translation_key in without:
        return []
    sections = [as_published(each, published) for each in SectionPage.objects.child_of(page)]
    lessons = [as_published(each, published) for each in LessonPage.objects.descendant_of(page).order_by("path")]
    there = [each for each in sections if (each.live or each is published) and each.translation_key not in without]
    open_sections = {each.path: each for each in there}
    return [
        found
        for found in as_wanted(open_sections, [each for each in lessons if each.live or each is published])
        if found.lesson_key not in without
    ]


def drafted(page: CoursePage) -> list[Wanted]:
    """All lessons of the course in their latest draft, published or not."""
    sections = {each.path: each.get_latest_revision_as_object() for each in SectionPage.objects.child_of(page)}
    lessons = LessonPage.objects.descendant_of(page).order_by("path")
    return as_wanted(sections, [each.get_latest_revision_as_object() for each in lessons])


def as_published(page, published):
    return published if published is not None and published.pk == page.pk else page


def as_wanted(sections: dict[str, SectionPage], lessons: list[LessonPage]) -> list[Wanted]:
    """Lessons below these sections (by path), in the order of the tree."""
    lessons = [lesson for lesson in lessons if lesson.path[: -lesson.steplen] in sections]
    english = english_titles([*sections.values(), *lessons])
    found = []
    for position, lesson in enumerate(bank.know_quizzes(lessons), start=1):
        section = sections[lesson.path[: -lesson.steplen]]
        found.append(
            Wanted(
                lesson_key=lesson.translation_key,
                edition=lesson.edition,
                required=lesson.required,
                only_new=lesson.only_new,
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
