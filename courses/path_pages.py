"""The page in front of a learning path: what it asks for, and how far the person who looks is."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.pages import SitePage
from content.search import folded
from courses.models.course import Course
from courses.models.path import Path, PathEnrolment, WantedGroup, finished_courses
from courses.page_forms import is_handed_over
from courses.path_completion import Standing, standings


class GroupBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Name of the group"), max_length=200)
    needs = blocks.IntegerBlock(
        label=_("At least so many"), required=False, min_value=1, help_text=_("Left empty: all courses of the group.")
    )
    courses = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="courses.CoursePage", label=_("Course")), label=_("Courses"), min_num=1
    )

    class Meta:
        icon = "list-ol"
        label = _("Group of courses")


class PathForm(WagtailAdminPageForm):
    """A path nobody could complete is not published."""

    def clean(self):
        cleaned = super().clean()
        if is_handed_over(self.data) and "groups" in cleaned and (problem := problem_with_groups(cleaned["groups"])):
            self.add_error(None, ValidationError(problem))
        return cleaned


@dataclass
class Line:
    """A course of the path as the person who looks sees it."""

    course: Course
    title: str
    url: str
    state: str  # "new", "begun" or "complete"
    completed_at: Any = None
    lessons_done: int = 0
    lessons_total: int = 0


@dataclass
class Group:
    key: UUID
    title: str
    needs: int | None
    standing: Standing
    lines: list[Line] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        return self.standing.have >= self.standing.need


class PathPage(SitePage):
    """A programme of courses. What its record needs is taken from the Vietnamese page."""

    code = models.CharField(
        _("code"), max_length=20, help_text=_("Short and unique, such as LT01; stands on certificates.")
    )
    summary = models.TextField(_("summary"), blank=True)
    groups = StreamField(
        [("group", GroupBlock())],
        blank=True,
        verbose_name=_("what has to be completed"),
        help_text=_("All groups have to be done: in each all of its courses, or at least as many as you say."),
    )
    gives_certificate = models.BooleanField(_("gives a certificate"), default=True)
    is_sample = models.BooleanField(
        _("sample path"), default=False, help_text=_("Shows the mark “sample data” and prints it on certificates.")
    )

    base_form_class = PathForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("summary"),
        FieldPanel("groups"),
        FieldRowPanel([FieldPanel("gives_certificate"), FieldPanel("is_sample")]),
    ]
    search_fields = folded([*SitePage.search_fields, index.SearchField("code"), index.SearchField("summary")])
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types: list[str] = []
    template = "courses/path.html"

    class Meta:
        verbose_name = _("page of a learning path")
        verbose_name_plural = _("pages of learning paths")

    @property
    def share_text(self) -> str:
        return self.search_description or self.summary

    # ------------------------------------------------------------ what the record needs
    def for_record(self) -> dict:
        from courses.projection import english_titles

        return {
            "code": self.code,
            "title_vi": self.title,
            "title_en": english_titles([self]).get(self.translation_key, ""),
            "is_sample": self.is_sample,
            "gives_certificate": self.gives_certificate,
        }

    def wanted(self) -> list[WantedGroup]:
        english = PathPage.objects.filter(translation_key=self.translation_key, locale__language_code="en").first()
        titles = {block.id: block.value["title"] for block in english.groups} if english else {}
        return [
            WantedGroup(
                UUID(block.id),
                block.value["title"],
                [page.translation_key for page in block.value["courses"]],
                block.value["needs"],
                titles.get(block.id, ""),
            )
            for block in self.groups
        ]

    def problem(self) -> str:
        """Why nobody could complete this path, or nothing."""
        return problem_with_groups(self.groups)

    # ------------------------------------------------------------ reading it
    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        path = context["path"] = Path.objects.filter(pk=self.translation_key).first()
        context["can_join"] = path is not None and path.is_open(timezone.now())
        context["mine"] = mine = (
            PathEnrolment.objects.filter(path=path, person=request.user)
            .select_related("certificate", "path", "person")
            .first()
            if path and request.user.is_authenticated
            else None
        )
        context["groups"] = groups = groups_for(path, request.user, request) if path else []
        context["done"] = sum(group.standing.counted for group in groups)
        context["total"] = sum(group.standing.need for group in groups)
        context["percent"] = mine.percent if mine else 100 * context["done"] // context["total"] if groups else 0
        context["next_line"] = next(
            (
                line
                for state in ("begun", "new")
                for group in groups
                if not group.is_done
                for line in group.lines
                if line.state == state and line.url
            ),
            None,
        )
        return context


def problem_with_groups(groups) -> str:
    if not groups:
        return gettext("The path has no courses yet.")
    seen = set()
    for block in groups:
        courses = list(block.value["courses"])
        if any(page is None for page in courses) or not courses:
            return gettext("A course of the group “%(group)s” was deleted; choose another one or take it out.") % {
                "group": block.value["title"]
            }
        if (block.value["needs"] or 0) > len(courses):
            return gettext("The group “%(group)s” asks for more courses than it has.") % {"group": block.value["title"]}
        for page in courses:
            if page.translation_key in seen:
                return gettext("The course “%(course)s” stands in the path twice.") % {"course": page.title}
            seen.add(page.translation_key)
            if not Course.objects.filter(pk=page.translation_key, opened_at__isnull=False).exists():
                return gettext("The course “%(course)s” is not published yet.") % {"course": page.title}
    return ""


def groups_for(path: Path, user, request=None) -> list[Group]:
    """What the path asks for now, and what this person has of it. Three queries."""
    from courses.study import addresses

    items = list(path.items.filter(until=None).select_related("course").order_by("position", "pk"))
    keys = [item.course_id for item in items]
    language = translation.get_language() or "vi"
    found = addresses(keys, language, request)
    begun = {}
    if user.is_authenticated:
        for enrolment in user.enrolments.filter(course__in=keys).order_by("cycle"):
            begun[enrolment.course_id] = enrolment
    finished = finished_courses([user.pk], keys).get(user.pk, {}) if begun else {}
    each = standings([item.as_asked for item in items], finished)
    groups: dict[UUID, Group] = {}
    for item in items:
        enrolment = begun.get(item.course_id)
        _language, title, url = found.get(item.course_id, ("", item.course.title, ""))
        group = groups.setdefault(
            item.group_key, Group(item.group_key, item.group_title, item.needs, each[item.group_key])
        )
        group.lines.append(
            Line(
                item.course,
                title,
                url,
                "complete" if item.course_id in finished else "begun" if enrolment else "new",
                finished.get(item.course_id),
                enrolment.lessons_done if enrolment else 0,
                enrolment.lessons_total if enrolment else 0,
            )
        )
    return list(groups.values())
