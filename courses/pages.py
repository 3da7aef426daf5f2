"""Catalogue, course, section, lesson: what people read. What counts is copied into records by Course.project()."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.pages import SitePage
from content.search import folded, found
from courses.blocks import LessonBlock
from courses.models.outline import OutlineItem
from courses.rules import HIGHEST_COVERAGE, Rule


class CourseIndexPage(SitePage):
    """The catalogue: compulsory courses, then elective ones, each with my state when I am logged in."""

    intro = models.TextField(_("introduction"), blank=True)
    note = models.TextField(
        _("what is needed for the whole programme"),
        blank=True,
        help_text=_("Stands in a box above the list. Left empty, no box."),
    )
    is_sample = models.BooleanField(_("sample list"), default=False, help_text=_("Shows the mark “sample data”."))

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("note"), FieldPanel("is_sample")]
    search_fields = folded([*SitePage.search_fields, index.SearchField("intro")])
    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("course catalogue")
        verbose_name_plural = _("course catalogues")

    @property
    def share_text(self) -> str:
        return self.search_description or self.intro

    def courses(self, text: str = "") -> list["CoursePage"]:
        pages = CoursePage.objects.child_of(self).live().public().order_by("path")
        return found(pages, text) if text else list(pages)

    def get_context(self, request, *args, **kwargs):
        from courses.catalogue import groups

        context = super().get_context(request, *args, **kwargs)
        context["text"] = " ".join(request.GET.get("q", "").split())[:100]
        context["groups"] = groups(self.courses(context["text"]), request.user)
        return context


class CoursePage(SitePage):
    """One course. What its record needs (for_record) is taken from the Vietnamese page."""

    class Group(models.TextChoices):
        COMPULSORY = "compulsory", _("Compulsory")
        ELECTIVE = "elective", _("Elective")

    code = models.CharField(
        _("code"), max_length=20, help_text=_("Short and unique, such as BB02; stands on certificates.")
    )
    group = models.CharField(_("group"), max_length=12, choices=Group.choices, default=Group.ELECTIVE)
    summary = models.TextField(_("summary"), blank=True)
    goals = models.TextField(
        _("what learners can do afterwards"), blank=True, help_text=_("One goal a line, each beginning with a verb.")
    )
    audience = models.CharField(_("for whom"), max_length=300, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("hours"), null=True, blank=True, help_text=_("Only if it was decided; stands on certificates.")
    )
    gives_certificate = models.BooleanField(_("gives a certificate"), default=True)
    opens_at = models.DateTimeField(
        _("enrolment opens"), null=True, blank=True, help_text=_("Empty: as soon as the course is published.")
    )
    closes_at = models.DateTimeField(_("enrolment closes"), null=True, blank=True)
    sources = models.TextField(_("sources"), blank=True, help_text=_("One source a line: name | address."))
    is_sample = models.BooleanField(
        _("sample course"), default=False, help_text=_("Shows the mark “sample data” and prints it on certificates.")
    )

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("group")]),
        FieldPanel("summary"),
        FieldPanel("goals"),
        FieldPanel("audience"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("gives_certificate")]),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
        FieldPanel("sources"),
        FieldPanel("is_sample"),
    ]
    search_fields = folded(
        [
            *SitePage.search_fields,
            index.SearchField("code"),
            index.SearchField("summary"),
            index.SearchField("goals"),
            index.SearchField("audience"),
        ]
    )
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.SectionPage"]
    template = "courses/course.html"

    class Meta:
        verbose_name = _("course page")
        verbose_name_plural = _("course pages")

    @property
    def share_text(self) -> str:
        return self.search_description or self.summary

    @property
    def goal_list(self) -> list[str]:
        return lines(self.goals)

    @property
    def source_list(self) -> list[tuple[str, str]]:
        return sources(self.sources)

    def for_record(self) -> dict:
        from courses.projection import english_titles

        return {
            "code": self.code,
            "group": self.group,
            "title_vi": self.title,
            "title_en": english_titles([self]).get(self.translation_key, ""),
            "hours": self.hours,
            "is_sample": self.is_sample,
            "gives_certificate": self.gives_certificate,
        }

    def cache_until(self, at):
        """The button changes when enrolment opens or closes."""
        return min((moment for moment in (self.opens_at, self.closes_at) if moment and moment > at), default=None)

    def get_context(self, request, *args, **kwargs):
        from courses.study import Study

        context = super().get_context(request, *args, **kwargs)
        study = context["study"] = Study.of(self.translation_key, request.user, self.locale_code, request)
        context["can_enrol"] = study.course is not None and study.course.is_open(timezone.now())
        return context

    @cached_property
    def locale_code(self) -> str:
        from django.utils.translation import get_language

        return get_language() or "vi"


class SectionPage(SitePage):
    """A heading in the outline. It has no page of its own to read: its address leads to its course."""

    content_panels = [*Page.content_panels]
    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage"]
    search_fields: list = []

    class Meta:
        verbose_name = _("section of a course")
        verbose_name_plural = _("sections of courses")

    def serve(self, request, *args, **kwargs):
        from django.shortcuts import redirect

        return redirect(self.get_parent().get_url(request))

    def serve_preview(self, request, mode_name):
        return self.get_parent().specific.serve_preview(request, "")


class LessonForm(WagtailAdminPageForm):
    """A lesson nobody could finish is not published. The tick “learners must redo it” begins a new edition."""

    redo = forms.BooleanField(
        label=_("Learners must do this lesson again"),
        required=False,
        help_text=_(
            "From the next publishing on, what was done before no longer counts for this lesson. "
            "Completed courses stay completed."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        rule = cleaned.get("rule")
        publishing = bool(self.data.get("action-publish")) and "body" in cleaned
        if publishing and rule and (problem := problem_with(rule, cleaned["body"])):
            self.add_error("rule", ValidationError(problem))
        return cleaned

    def save(self, commit=True):
        if self.cleaned_data.get("redo"):
            self.instance.begin_new_edition()
        return super().save(commit)


class LessonPage(SitePage):
    """One lesson: the unit of progress, named by its translation key in every language."""

    goal = models.CharField(_("goal"), max_length=300, blank=True, help_text=_("After this lesson, you …"))
    body = StreamField(LessonBlock(), blank=True, verbose_name=_("lesson"))
    rule = models.CharField(_("done when"), max_length=16, choices=Rule.choices, default=Rule.CONFIRMED)
    required = models.BooleanField(
        _("required"), default=True, help_text=_("Optional lessons are kept track of but not counted.")
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1, help_text=_("1, or the minutes it takes."))
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    sources = models.TextField(_("sources"), blank=True, help_text=_("One source a line: name | address."))
    is_sample = models.BooleanField(
        _("sample lesson"), default=False, help_text=_("Shows “sample lesson, awaiting approval by the Department”.")
    )

    base_form_class = LessonForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("goal"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("rule"), FieldRowPanel([FieldPanel("required"), FieldPanel("weight")]), FieldPanel("redo")],
            _("Progress"),
        ),
        FieldPanel("sources"),
        FieldPanel("is_sample"),
    ]
    search_fields = folded([*SitePage.search_fields, index.SearchField("goal"), index.SearchField("body")])
    parent_page_types = ["courses.SectionPage"]
    subpage_types: list[str] = []
    template = "courses/lesson.html"

    class Meta:
        verbose_name = _("lesson page")
        verbose_name_plural = _("lesson pages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, edition__gte=1), name="lesson_weight_and_edition_positive"
            )
        ]

    @property
    def share_text(self) -> str:
        return self.search_description or self.goal

    @property
    def source_list(self) -> list[tuple[str, str]]:
        return sources(self.sources)

    @property
    def goal_in_a_sentence(self) -> str:
        """ "Nêu được hai cấp" stands within a sentence as "nêu được hai cấp"."""
        return self.goal[:1].lower() + self.goal[1:].rstrip(".")

    # ------------------------------------------------------------ what the record needs
    @cached_property
    def film(self):
        return next((block for block in self.body if block.block_type == "film"), None)

    @cached_property
    def quiz(self):
        return next((block for block in self.body if block.block_type == "quiz"), None)

    @property
    def text_blocks(self) -> list:
        """Everything but the quiz, which stands at the end in a form of its own."""
        return [block for block in self.body if block.block_type != "quiz"]

    def rule_for_record(self) -> dict:
        return rule_of(self.rule, self.body)

    def problem(self) -> str:
        """Why nobody could finish this lesson, or nothing."""
        return problem_with(self.rule, self.body)

    def begin_new_edition(self) -> None:
        """Assigned, not added: ten saved drafts are still one step."""
        highest = (
            OutlineItem.objects.filter(lesson_key=self.translation_key).aggregate(Max("edition"))["edition__max"] or 0
        )
        self.edition = highest + 1

    # ------------------------------------------------------------ reading it
    def serve(self, request, *args, **kwargs):
        if not getattr(request, "is_preview", False) and not all(page.live for page in self.trail):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        from courses.study import lesson_context

        return super().get_context(request, *args, **kwargs) | lesson_context(self, request)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def sources(text: str) -> list[tuple[str, str]]:
    """(name, address) of each line; only web addresses become links."""
    found = []
    for line in lines(text):
        name, _bar, address = line.partition("|")
        address = address.strip()
        found.append((name.strip(), address if address.startswith(("https://", "http://")) else ""))
    return found


def block_of(body, block_type: str):
    return next((block for block in body or [] if block.block_type == block_type), None)


def rule_of(rule: str, body) -> dict:
    """The rule as the outline keeps it: all that judging needs, so that it does not change when the page does."""
    kind = Rule(rule)
    kept: dict = {"kind": str(kind.value)}
    if kind.needs_video and (film := block_of(body, "film")):
        kept |= {"block": film.id, "seconds": film.value["seconds"], "coverage": film.value["coverage"]}
        if not film.value["by_transcript"]:  # what is usual is not written: rules kept before this tick stay the same
            kept["by_transcript"] = False
    if kind.needs_quiz and (quiz := block_of(body, "quiz")):
        kept |= {"quiz": quiz.id, "pass_mark": quiz.value["pass_mark"]}
    return kept


def problem_with(rule: str, body) -> str:
    kind = Rule(rule)
    if kind.needs_video:
        film = block_of(body, "film")
        if film is None:
            return gettext(
                "The rule asks for a video, but the lesson has no video file. Videos of other sites cannot be measured."
            )
        if not film.value.get("file"):
            return gettext("The video file is missing.")
        if not film.value.get("seconds"):
            return gettext("The length of the video is not given.")
        if (film.value.get("coverage") or 0) > HIGHEST_COVERAGE:
            return gettext("Nobody can be sure to watch more than %(percent)s percent of a video.") % {
                "percent": HIGHEST_COVERAGE
            }
    if kind.needs_quiz:
        quiz = block_of(body, "quiz")
        if quiz is None or not quiz.value["questions"]:
            return gettext("The rule asks for a quiz, but the lesson has no questions.")
        if any(not item["right"] for item in quiz.value.key):
            return gettext("A question of the quiz has no correct answer.")
    return ""
