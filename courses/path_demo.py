"""The learning path of the demo: the compulsory courses, and at least five of the elective ones."""

from datetime import datetime

from wagtail.models import Locale

from courses.loading import block_id, put, translated
from courses.models import CoursePage, Path, PathPage
from people.models import User

CODE = "LT01"
VI = {
    "title": "Lộ trình vận hành chính quyền số hai cấp",
    "summary": "Các chuyên đề bắt buộc, và các chuyên đề tự chọn theo việc của anh/chị.",
}
EN = {
    "title": "Learning path: running a two-level digital government",
    "summary": "The compulsory courses, and elective ones that fit your work.",
}
GROUPS = {
    "compulsory": {"vi": "Chuyên đề bắt buộc", "en": "Compulsory courses"},
    "elective": {"vi": "Chuyên đề tự chọn", "en": "Elective courses"},
}
ELECTIVES = 5


def groups_of(index, language: str) -> list[dict]:
    """By the group of each course; a group without courses is left out."""
    found = []
    for group, titles in GROUPS.items():
        pages = list(CoursePage.objects.child_of(index).live().filter(group=group).order_by("code"))
        if not pages:
            continue
        courses = [{"type": "item", "value": page.pk, "id": block_id(CODE, group, page.code)} for page in pages]
        needs = min(ELECTIVES, len(pages)) if group == "elective" else None
        value = {"title": titles[language], "needs": needs, "courses": courses}
        found.append({"type": "group", "id": block_id(CODE, group), "value": value})
    return found


def put_path(index) -> Path:
    """The page in both languages; built again it takes in courses that came since."""
    page = PathPage.objects.child_of(index).filter(code=CODE).first()
    groups = groups_of(index, "vi")
    if page is None:
        page = put(index, PathPage(slug="lo-trinh", code=CODE, groups=groups, is_sample=True, **VI))
    elif [block["value"]["courses"] for block in page.groups.get_prep_value()] != [
        g["value"]["courses"] for g in groups
    ]:
        page.groups = groups
        page.save_revision().publish()
    if index.get_translation_or_none(Locale.objects.get(language_code="en")) is not None:
        translated(page, groups=groups_of(index, "en"), **EN)
    path = Path.project_for(page.translation_key)
    assert path is not None
    return path


def follow(path: Path, people: list[User], at: datetime) -> None:
    """Every third learner follows it, and whoever is named."""
    if path.items.filter(until=None).exists():
        for person in people:
            path.join(person, at=at, letters=False)
