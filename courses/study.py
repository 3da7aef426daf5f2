"""A course as one person sees it: the outline in force, in their language, and what they have done.

The number of queries does not depend on the number of lessons.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from courses import media
from courses.completion import percent
from courses.models.course import Course
from courses.models.discussion import Enquiry
from courses.models.enrolment import Enrolment
from courses.models.note import Note
from courses.models.outline import OutlineItem, outline_at
from courses.models.progress import LessonProgress
from courses.offline import keeps, version_of
from courses.order import set_locks
from courses.practical import task_context
from courses.quizzing.card import QuizCard
from courses.rules import Rule, length, takes_transcript
from courses.short_codes import address_of
from people.browser import browser_key

LANGUAGES = tuple(dict(settings.LANGUAGES))


@dataclass
class Step:
    """One lesson of the outline."""

    number: int
    item: OutlineItem
    title: str
    url: str
    language: str
    progress: LessonProgress | None = None
    # language -> address, of every version that is published
    versions: dict[str, str] = field(default_factory=dict)
    # Has this person to do it?
    counts: bool = True
    # The lesson that has to be done before this one opens (order.py).
    comes_first: "Step | None" = None

    @property
    def key(self) -> UUID:
        return self.item.lesson_key

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.completed_at is not None

    @property
    def minute(self) -> str:
        """Where the video stopped, as 2:10."""
        return clock_face(self.progress.position) if self.progress and self.progress.position else ""


@dataclass
class Section:
    key: UUID
    title: str
    steps: list[Step] = field(default_factory=list)


@dataclass
class Study:
    course: Course | None
    enrolment: Enrolment | None
    steps: list[Step]

    @classmethod
    def of(cls, course_key: UUID, user, language: str, request=None) -> "Study":
        enrolment = None
        if user.is_authenticated:
            enrolment = (
                Enrolment.objects.filter(course=course_key, person=user)
                .select_related("course", "certificate")
                .with_marks()
                .order_by("-cycle")
                .first()
            )
        course = enrolment.course if enrolment else Course.objects.filter(pk=course_key).first()
        if course is None:
            return cls(None, None, [])
        rows = outline_at(course.pk, course.outline_version, course.projected_at)
        items = [item for item in rows if item.until is None]
        done = {(row.lesson_key, row.edition): row for row in enrolment.lessons.all()} if enrolment else {}
        return cls(course, enrolment, steps_of(items, done, language, request))

    def __post_init__(self) -> None:
        for step in self.steps:
            step.counts = step.item.counts_for(self.enrolment.started_at) if self.enrolment else step.item.required
        if self.course is not None and self.course.sequential:
            set_locks(self.steps)

    def step(self, key: UUID) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    @cached_property
    def sections(self) -> list[Section]:
        found: dict[UUID, Section] = {}
        for step in self.steps:
            found.setdefault(
                step.item.section_key, Section(step.item.section_key, step.item.section_title)
            ).steps.append(step)
        return list(found.values())

    @property
    def required(self) -> list[Step]:
        return [step for step in self.steps if step.counts]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.required)

    @property
    def total(self) -> int:
        return len(self.required)

    @property
    def seconds(self) -> int:
        """Time spent, lesson by lesson as stretches that the page was open."""
        return sum(step.progress.seconds for step in self.steps if step.progress)

    @property
    def percent(self) -> int:
        return self.enrolment.percent if self.enrolment else percent(0, self.total)

    @property
    def is_complete(self) -> bool:
        return self.enrolment is not None and self.enrolment.is_complete

    @cached_property
    def next_step(self) -> Step | None:
        """Where a learner goes on: the lesson last open if it is not done, else the first that is not."""
        if self.enrolment is None:
            return None  # who only reads has nothing to go on with
        left = [step for step in self.steps if not step.is_done and step.url and not step.comes_first]
        last = self.enrolment.last_lesson_key
        return (
            next((step for step in left if step.key == last), None)
            or next((step for step in left if step.counts), None)
            or next(iter(left), None)
        )

    @property
    def first_step(self) -> Step | None:
        return next((step for step in self.steps if step.url), None)

    @cached_property
    def changes(self) -> list["Change"]:
        """What is different from the course that this person finished."""
        return since_finished(self)


@dataclass(frozen=True)
class Change:
    """One thing that is different from the course that somebody finished."""

    kind: str  # "new": a lesson that came; "redo": one to be done again; "gone": one that no longer counts
    title: str
    url: str
    at: datetime
    is_done: bool = False


def since_finished(study: Study) -> list[Change]:
    """What changed since this person finished, the newest first: read from the outline that is known already."""
    finished = study.enrolment.completed_at if study.enrolment else None
    if finished is None or study.course is None:
        return []
    rows = outline_at(study.course.pk, study.course.outline_version, study.course.projected_at)
    before = {item.lesson_key: item for item in rows if item.since <= finished}
    open_now = {step.key: step for step in study.steps}
    found = []
    for step in study.steps:
        if step.item.since <= finished or not step.counts:
            continue
        known = before.get(step.key)
        if known is None or known.edition < step.item.edition:
            kind = "new" if known is None else "redo"
            found.append(Change(kind, step.title, step.url, step.item.since, step.is_done))
    for item in rows:
        if item.until is not None and item.until > finished and item.lesson_key not in open_now and item.required:
            found.append(Change("gone", item.title, "", item.until))
    return sorted(found, key=lambda change: change.at, reverse=True)


def steps_of(items: Iterable[OutlineItem], done: dict, language: str, request=None) -> list[Step]:
    """The outline in this language, with what was done of it. One query."""
    items = list(items)
    found = published([item.lesson_key for item in items], request)
    steps = []
    for number, item in enumerate(items, start=1):
        versions = found.get(item.lesson_key, {})
        spoken, title, url = in_language(versions, language) or (language, item.title, "")
        known = {code: address for code, (_title, address) in versions.items()}
        steps.append(Step(number, item, title, url, spoken, done.get((item.lesson_key, item.edition)), versions=known))
    return steps


type Versions = dict[str, tuple[str, str]]


def addresses(keys: list[UUID], language: str, request=None) -> dict[UUID, tuple[str, str, str]]:
    """lesson -> (language, title, address): in the language asked for, else in Vietnamese. One query."""
    return {
        key: found for key, versions in published(keys, request).items() if (found := in_language(versions, language))
    }


def in_language(versions: Versions, language: str) -> tuple[str, str, str] | None:
    return next(((code, *versions[code]) for code in (language, "vi") if code in versions), None)


def published(keys: list[UUID], request=None) -> dict[UUID, Versions]:
    """lesson -> language -> (title, address) of its published pages. One query."""
    roots = getattr(request, "_wagtail_cached_site_root_paths", None) or Site.get_site_root_paths()
    prefixes = {}
    for code in LANGUAGES:
        with translation.override(code):
            prefixes[code] = reverse("wagtail_serve", args=[""])
    found: dict[UUID, Versions] = {}
    pages = Page.objects.filter(translation_key__in=keys, locale__language_code__in=LANGUAGES, live=True)
    for key, code, path, title in pages.values_list("translation_key", "locale__language_code", "url_path", "title"):
        root = next((root.root_path for root in roots if path.startswith(root.root_path)), None)
        if root is not None:
            found.setdefault(key, {})[code] = (title, prefixes[code] + path[len(root) :])
    return found


def study_of(course_page, request) -> Study:
    """The course as the person who asks sees it: read once a request. Previews put their own there."""
    if not hasattr(request, "_study"):
        language = translation.get_language() or "vi"
        request._study = Study.of(course_page.translation_key, request.user, language, request)
    return request._study


def closed_door(page, request) -> HttpResponse | None:
    """What is shown in place of a course or lesson: the login, or which lesson comes first. None: come in."""
    course_page = page.course_page
    study = study_of(course_page, request)
    course = study.course
    if course is None:
        return None
    if course.visibility == Course.Visibility.SIGNED_IN and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    step = study.step(page.translation_key)
    if step is None or step.comes_first is None:
        return None
    answer = {
        "page": page,
        "study": study,
        "step": step,
        "course_page": course_page,
        "course_url": course_page.get_url(request),
        "can_enrol": course.is_open(timezone.now()),
    }
    request.site_page = page
    return render(request, "courses/locked.html", answer)


def clock_face(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


# ---------------------------------------------------------------- the lesson page


def lesson_context(page, request) -> dict:
    """Everything the lesson page shows."""
    language = translation.get_language() or "vi"
    course_page = page.trail[-2] if len(page.trail) > 1 else None
    study = study_of(course_page, request) if course_page else Study(None, None, [])
    step = study.step(page.translation_key)
    place = study.steps.index(step) if step else None
    if step is not None and page.live:
        request._page_addresses = step.versions  # home.context need not ask where the page's translations are
    # As it is judged: the rule in force comes from the Vietnamese page.
    in_force = step.item.rule if step else page.rule_for_record()
    rule, by_transcript = Rule(in_force["kind"]), takes_transcript(in_force)
    page.complete_for(in_force)
    context = {
        "study": study,
        "step": step,
        "course_page": course_page,
        "course_url": course_page.get_url(request) if course_page else "",
        "previous_step": study.steps[place - 1] if place else None,
        "following_step": study.steps[place + 1] if place is not None and place + 1 < len(study.steps) else None,
        "learning": study.enrolment is not None and step is not None,
        "can_enrol": study.course is not None and study.course.is_open(timezone.now()),
        "rule": rule,
        "by_transcript": by_transcript,
        "what_is_left": what_is_left(rule, by_transcript),
        # Stands on the page twice, folded on a phone and open on a desk: drawn once.
        "rail": render_to_string(
            "courses/_outline.html",
            {"study": study, "current": step.key, "on_rail": True, "LANGUAGE_CODE": language},
        )
        if step
        else "",
        "short_address": address_of(page.translation_key, language) if step else "",
        "sync_learner": browser_key(request.user),
        "keep_version": version_of(page, step.item.edition) if study.enrolment and step and keeps(request) else "",
        "event_id": uuid.uuid4(),
        "transcript_event_id": uuid.uuid4(),
        "server_time": timezone.now().isoformat(),
    }
    if study.enrolment is not None and step is not None and not getattr(request, "is_preview", False):
        context["note"] = Note.objects.of(request.user).filter(lesson_key=step.key).first()
        context["enquiries"] = list(Enquiry.objects.under(study.enrolment, step.key)[:4])
    if page.film is not None:
        context["film"] = film_context(page.film, step)
    if page.task is not None:
        context |= task_context(page, study, step)
    if page.quiz is not None:
        context["card"] = QuizCard.of(page.quiz, study.enrolment if step else None, step)
    return context


def what_is_left(rule: Rule, by_transcript: bool) -> str:
    """In one sentence, what finishes this lesson. Where both count, either is named."""
    watch = _("watched the video or read its transcript") if by_transcript else _("watched the video")
    parts = {"video": watch, "quiz": _("passed the questions"), "task": _("passed the practical task")}
    named = [parts[part] for part in ("video", "quiz", "task") if part in rule.parts]
    if not named:
        return ""
    joined = (_(", or ") if rule.one_is_enough else _(", and ")).join(named)
    return _("This lesson is done when you have %(what)s.") % {"what": joined}


def film_context(block, step: Step | None) -> dict:
    seconds = block.value["seconds"] or 0
    progress = step.progress if step else None
    intervals = (progress.evidence.get("watched", {}).get(block.id, []) if progress else []) or []
    seen = min(int(length(intervals)), seconds)
    hole = next((start for start in gaps(intervals, seconds)), None)
    poster, audio = block.value.get("poster"), block.value.get("audio")
    return {
        "id": block.id,
        "value": block.value,
        "poster_url": poster.get_rendition("width-960|format-webp").url if poster else "",
        "videos": [{"url": media.url(video), "size": video.file_size} for video in block.value.videos],
        "audio": {"url": media.url(audio), "size": audio.file_size} if audio else None,
        "captions_url": media.url(block.value["captions"]) if block.value["captions"] else "",
        "seconds": seconds,
        "seen": seen,
        "seen_face": clock_face(seen),
        "seconds_face": clock_face(seconds),
        "left_face": clock_face(max(seconds - seen, 0)),
        "hole": hole,
        "hole_face": clock_face(hole) if hole is not None else "",
        "position": progress.position if progress else None,
        "position_face": clock_face(progress.position) if progress and progress.position else "",
        "intervals": intervals,
    }


def gaps(intervals: list, seconds: int):
    """Where what was not watched begins."""
    reached = 0.0
    for start, end in intervals:
        if start > reached + 2:
            yield int(reached)
        reached = max(reached, end)
    if reached + 2 < seconds:
        yield int(reached)
