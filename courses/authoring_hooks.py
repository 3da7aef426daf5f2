"""Wagtail's hooks for those who write courses: the outline, publishing with care. Registered by wagtail_hooks.py."""

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from courses import care, outline_views
from courses.attention import edits_pages
from courses.copying import bring_questions
from courses.models import CoursePage

care.register()


@hooks.register("register_admin_urls")
def authoring_urls():
    return [*care.urls, *outline_views.urls]


@hooks.register("after_copy_page")
def questions_come_along(request, page, copy):
    page, copy = page.specific, copy.specific
    if isinstance(copy, CoursePage) and copy.alias_of_id is None:
        bring_questions(page, copy, request.user)


class AuthoringItem(MenuItem):
    def is_shown(self, request):
        return edits_pages(request.user)


@hooks.register("register_admin_menu_item")
def authoring_item():
    return AuthoringItem(
        gettext_lazy("Write courses"),
        reverse_lazy("courses_authoring"),
        name="write-courses",
        icon_name="list-ol",
        order=150,
    )


@hooks.register("register_page_header_buttons")
def outline_in_the_header(page, user, view_name, next_url=None):
    """From any page of a course to its outline."""
    if not isinstance(page.specific_deferred, care.OURS):
        return
    course = CoursePage.objects.ancestor_of(page, inclusive=True).first()
    if course is not None and course.permissions_for_user(user).can_edit():
        yield Button(
            _("Outline of the course"), reverse("courses_outline", args=[course.pk]), icon_name="list-ol", priority=5
        )
