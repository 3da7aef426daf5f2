"""Publishing tells the course to look at its pages again, after the commit. No rule lives here."""

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.models import Course, CoursePage, LessonPage, Path, PathPage, SectionPage
from courses.projection import course_key

OURS = (CoursePage, SectionPage, LessonPage)
PUBLISHED = "courses.published"


def look_again(key) -> None:
    if key is not None:
        transaction.on_commit(lambda: Course.project_for(key))


def page_changed(sender, instance, **kwargs) -> None:
    if issubclass(sender, OURS):
        look_again(course_key(instance))
    elif issubclass(sender, PathPage):
        transaction.on_commit(lambda: Path.project_for(instance.translation_key))


def page_moved(sender, instance, parent_page_before, **kwargs) -> None:
    if issubclass(sender, OURS):
        for key in {course_key(instance), course_key(parent_page_before)}:
            look_again(key)


def listen() -> None:
    page_published.connect(page_changed, dispatch_uid=PUBLISHED)


listen()
page_unpublished.connect(page_changed, dispatch_uid="courses.unpublished")
post_page_move.connect(page_moved, dispatch_uid="courses.moved")
for model in (*OURS, PathPage):
    post_delete.connect(page_changed, sender=model, dispatch_uid=f"courses.deleted.{model.__name__}")
