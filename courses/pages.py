"""Catalogue, course, section, lesson: what people read. What counts is copied into records by Course.project()."""

from typing import ClassVar

from django import forms
from django.db import models
from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from content.pages import SitePage
from content.search import folded, found
from courses.blocks import LessonBlock
from courses.completable import lacking
from courses.models.course import Course
from courses.models.outline import OutlineItem
from courses.models.quiz import Quiz
from courses.page_forms import CourseForm, Duty, LessonForm
from courses.panels import ConcernPanel
from courses.rules import HIGHEST_COVERAGE, Rule
from people.browser import browser_key


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
    subpage_types = ["courses.CoursePage", "courses.PathPage"]
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("course catalogue")
        verbose_name_plural = _("course catalogues")

    @property
    def share_text(self) -> str:
        return self.search_description or self.intro

    def courses(self, text: str = "", user=None) -> list["CoursePage"]:
        hidden = list(Course.objects.hidden_from(user).values_list("pk", flat=True))
        pages = CoursePage.objects.child_of(self).live().public().exclude(translation_key__in=hidden).order_by("path")
        return found(pages, text) if text else list(pages)

    def get_context(self, request, *args, **kwargs):
        from courses.catalogue import catalogue, paths

        context = super().get_context(request, *args, **kwargs)
        context["text"] = " ".join(request.GET.get("q", "").split())[:100]
        pages = self.courses(context["text"], request.user)
        context["catalogue"] = catalogue(pages, request.user, request.GET)
        plain = not context["text"] and not context["catalogue"].is_filtered
        context["paths"] = paths(self, request.user) if plain else []
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
    topics = models.CharField(
        _("topics"),
        max_length=300,
        blank=True,
        help_text=_("Separated by commas, with the code of a framework if any: digital skills, 757/QĐ-BKHCN."),
    )
    hours = models.PositiveSmallIntegerField(
        _("hours"), null=True, blank=True, help_text=_("Only if it was decided; stands on certificates.")
    )
    gives_certificate = models.BooleanField(_("gives a certificate"), default=True)
    opens_at = models.DateTimeField(
        _("enrolment opens"), null=True, blank=True, help_text=_("Empty: as soon as the course is published.")
    )
    closes_at = models.DateTimeField(_("enrolment closes"), null=True, blank=True)
    sequential = models.BooleanField(
        _("step by step"),
        default=False,
        help_text=_("A lesson opens when all required lessons before it are done. Without the tick the order is free."),
    )
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Course.Visibility.choices, default=Course.Visibility.PUBLIC
    )
    entry = models.CharField(_("who may enrol"), max_length=10, choices=Course.Entry.choices, default=Course.Entry.OPEN)
    units = ParentalManyToManyField("people.Unit", verbose_name=_("for these units"), related_name="+", blank=True)
    prerequisites = ParentalManyToManyField(
        "courses.Course",
        verbose_name=_("to be completed before"),
        related_name="+",
        blank=True,
        help_text=_("Who has not completed these courses is sent to them first."),
    )
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
        FieldPanel("topics"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("gives_certificate")]),
        MultiFieldPanel(
            [
                FieldPanel("visibility", widget=forms.RadioSelect),
                FieldPanel("entry", widget=forms.RadioSelect),
                FieldPanel("units", widget=forms.CheckboxSelectMultiple, classname="long-choice"),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            ],
            _("Who comes in"),
            help_text=_("What stands on the Vietnamese page counts for both languages."),
        ),
        MultiFieldPanel(
            [FieldPanel("sequential"), FieldPanel("prerequisites", widget=forms.CheckboxSelectMultiple)],
            _("Order"),
            help_text=_("What stands on the Vietnamese page counts for both languages."),
        ),
        FieldPanel("sources"),
        FieldPanel("is_sample"),
    ]
    base_form_class = CourseForm
    search_fields = folded(
        [
            *SitePage.search_fields,
            index.SearchField("code"),
            index.SearchField("summary"),
            index.SearchField("goals"),
            index.SearchField("audience"),
            index.SearchField("topics"),
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
    def topic_list(self) -> list[str]:
        return list(dict.fromkeys(" ".join(topic.split()) for topic in self.topics.split(",") if topic.strip()))

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
            "sequential": self.sequential,
            "visibility": self.visibility,
            "entry": self.entry,
        }

    def cache_until(self, at):
        """The button changes when enrolment opens or closes."""
        return min((moment for moment in (self.opens_at, self.closes_at) if moment and moment > at), default=None)

    def get_context(self, request, *args, **kwargs):
        from courses.study import study_of

        context = super().get_context(request, *args, **kwargs)
        context["sync_learner"] = browser_key(request.user)
        study = context["study"] = study_of(self, request)
        context["can_enrol"] = study.course is not None and study.course.is_open(timezone.now())
        if context["can_enrol"] and study.enrolment is None and request.user.is_authenticated:
            context["invitation"] = invitation = request.GET.get("moi", "")
            context["refusal"] = refusal = study.course.refusal(request.user, timezone.now(), invitation)
            context["others_first"] = published_courses(refusal.courses, self.locale_code, request) if refusal else []
        return context

    def serve(self, request, *args, **kwargs):
        return closed_door(self, request) or unlisted(super().serve(request, *args, **kwargs), request)

    # ------------------------------------------------------------ looking at it before it is published
    preview_modes: ClassVar = [("", _("As a visitor")), ("learner", _("As a learner who begins"))]

    def serve_preview(self, request, mode_name):
        from courses.preview import course_study

        request._study = course_study(self, request, mode_name)
        return super().serve_preview(request, mode_name)

    @property
    def course_page(self) -> "CoursePage":
        return self

    @cached_property
    def locale_code(self) -> str:
        from django.utils.translation import get_language

        return get_language() or "vi"


class SectionPage(SitePage):
    """A heading in the outline. It has no page of its own to read: its address leads to its course."""

    in_site_search = in_sitemap = False
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


class LessonPage(SitePage):
    """One lesson: the unit of progress, named by its translation key in every language."""

    goal = models.CharField(_("goal"), max_length=300, blank=True, help_text=_("After this lesson, you …"))
    body = StreamField(LessonBlock(), blank=True, verbose_name=_("lesson"))
    rule = models.CharField(_("done when"), max_length=16, choices=Rule.choices, default=Rule.CONFIRMED)
    required = models.BooleanField(
        _("required"), default=True, help_text=_("Optional lessons are kept track of but not counted.")
    )
    only_new = models.BooleanField(
        _("only for those who enrol from now on"),
        default=False,
        help_text=_("“Now” is when the lesson is published like this for the first time."),
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
            [ConcernPanel(), FieldPanel("rule"), FieldPanel("duty"), FieldPanel("weight")],
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
        """The quiz that the lesson asks; its block may have been left empty, or its quiz be gone."""
        block = block_of(self.body, "quiz")
        return block.value if block else None

    @cached_property
    def task(self):
        return next((block for block in self.body if block.block_type == "task"), None)

    @property
    def course_page(self) -> Page:
        return self.trail[-2]

    @property
    def text_blocks(self) -> list:
        """Everything but the quiz and the practical task, which stand at the end in forms of their own."""
        shown = [self.film if block.block_type == "film" else block for block in self.body]
        shown = [block for block in shown if block.block_type not in ("quiz", "task")]
        return shown if self.film is None or self.film in shown else [self.film, *shown]

    def complete_for(self, rule: dict) -> None:
        """Show all that finishes this lesson by the rule in force: a block that a translation lacks is lent by the
        Vietnamese page, so that nobody comes to a dead end."""
        if not (kinds := lacking(rule, self.body)):
            return
        if "quiz" in kinds and (quiz := Quiz.objects.filter(pk=rule["quiz"]).first()):
            self.quiz = quiz
        others = set(kinds) - {"quiz"}
        original = LessonPage.objects.filter(translation_key=self.translation_key, locale__language_code="vi").first()
        if others and original is not None and original.pk != self.pk:
            if "film" in others:
                self.film = original.film
            if "task" in others:
                self.task = original.task

    def rule_for_record(self) -> dict:
        return rule_of(self.rule, self.body)

    def problem(self) -> str:
        """Why nobody could finish this lesson, or nothing."""
        return problem_with(self.rule, self.body)

    @property
    def duty(self) -> Duty:
        """Whom the lesson concerns, as this draft has it."""
        return self.duty_against(self.open_row)

    def duty_against(self, row: OutlineItem | None) -> Duty:
        """Doing it once more is a step: it is taken when this draft is published, and over then."""
        if row is not None and self.edition > row.edition:
            return Duty.REDO
        if not self.required:
            return Duty.OPTIONAL
        return Duty.NEW if self.only_new else Duty.ALL

    @property
    def open_row(self) -> OutlineItem | None:
        """The lesson as it counts now."""
        return OutlineItem.objects.open().filter(lesson_key=self.translation_key).first()

    def choose(self, duty: str) -> None:
        """The answer to “who has to do this lesson?”. Another one takes “once more” back, if it was not published."""
        self.required = duty != Duty.OPTIONAL
        self.only_new = duty == Duty.NEW
        if duty == Duty.REDO:
            self.begin_new_edition()
        elif (row := self.open_row) is not None:
            self.edition = row.edition

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
        return closed_door(self, request) or unlisted(super().serve(request, *args, **kwargs), request)

    # ------------------------------------------------------------ looking at it before it is published
    preview_modes: ClassVar = [
        ("", _("As a visitor")),
        ("learner", _("As a learner")),
        ("done", _("As a learner who has finished it")),
    ]

    def serve_preview(self, request, mode_name):
        from courses.preview import lesson_study

        request._study = lesson_study(self, request, mode_name)
        return super().serve_preview(request, mode_name)

    def get_context(self, request, *args, **kwargs):
        from courses.study import lesson_context

        return super().get_context(request, *args, **kwargs) | lesson_context(self, request)


def closed_door(page, request):
    """What is shown in place of a page of a course: the login, or which lesson comes first; None: come in."""
    from courses.study import closed_door

    return None if getattr(request, "is_preview", False) else closed_door(page, request)


def unlisted(response, request):
    """A course that only its address leads to is not for search engines either."""
    study = getattr(request, "_study", None)
    if study is not None and study.course is not None and study.course.visibility != Course.Visibility.PUBLIC:
        response["X-Robots-Tag"] = "noindex"
    return response


def published_courses(courses, language: str, request) -> list[tuple[str, str]]:
    """(title, address) of each course that has a page one can open."""
    from courses.study import addresses

    found = addresses([course.pk for course in courses], language, request)
    return [found[course.pk][1:] for course in courses if course.pk in found]


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
        kept["quiz"] = quiz.value.pk if quiz.value else None
    if kind.needs_task and (task := block_of(body, "task")):
        kept["task"] = task.id
    return kept


def problem_with(rule: str, body) -> str:
    kind = Rule(rule)
    if kind.needs_video:
        film = block_of(body, "film")
        if film is None:
            return gettext(
                "The rule asks for a video, but the lesson has no video file. Videos of other sites cannot be measured."
            )
        if not film.value.has_media:
            return gettext("The video file is missing.")
        if not film.value.get("seconds"):
            return gettext("The length of the video is not given.")
        if (film.value.get("coverage") or 0) > HIGHEST_COVERAGE:
            return gettext("Nobody can be sure to watch more than %(percent)s percent of a video.") % {
                "percent": HIGHEST_COVERAGE
            }
    if kind.needs_quiz:
        quiz = block_of(body, "quiz")
        if quiz is None or quiz.value is None:
            return gettext("The rule asks for a quiz, but the lesson has no questions.")
        if problem := quiz.value.problem():
            return problem
    if kind.needs_task and block_of(body, "task") is None:
        return gettext("The rule asks for a practical task, but the lesson has none.")
    return ""
