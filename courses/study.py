"""A course as one person sees it: the outline in force, in their language, and what they have done.

The number of queries does not depend on the number of lessons.
"""

import uuid
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, Site

from courses import media
from courses.completion import percent
from courses.models.course import Course
from courses.models.enrolment import Enrolment
from courses.models.outline import OutlineItem, outline_at
from courses.models.progress import LessonProgress
from courses.models.quiz import QuizAttempt
from courses.rules import Rule, length, takes_transcript

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
                .order_by("-cycle")
                .first()
            )
        course = enrolment.course if enrolment else Course.objects.filter(pk=course_key).first()
        if course is None:
            return cls(None, None, [])
        rows = outline_at(course.pk, course.outline_version, course.projected_at)
        items = [item for item in rows if item.until is None]
        found = published([item.lesson_key for item in items], request)
        done = {(row.lesson_key, row.edition): row for row in enrolment.lessons.all()} if enrolment else {}
        steps = []
        for number, item in enumerate(items, start=1):
            versions = found.get(item.lesson_key, {})
            spoken, title, url = in_language(versions, language) or (language, item.title, "")
            known = {code: address for code, (_title, address) in versions.items()}
            steps.append(
                Step(number, item, title, url, spoken, done.get((item.lesson_key, item.edition)), versions=known)
            )
        return cls(course, enrolment, steps)

    def step(self, key: UUID) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    @cached_property
    def sections(self) -> list[Section]:
        found: dict[UUID, Section] = {}
        for step in self.steps:
            found.setdefault(step.item.section_key, Section(step.item.section_title)).steps.append(step)
        return list(found.values())

    @property
    def required(self) -> list[Step]:
        return [step for step in self.steps if step.item.required]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.required)

    @property
    def total(self) -> int:
        return len(self.required)

    @property
    def percent(self) -> int:
        return self.enrolment.percent if self.enrolment else percent(0, self.total)

    @property
    def is_complete(self) -> bool:
        return self.enrolment is not None and self.enrolment.is_complete

    @cached_property
    def next_step(self) -> Step | None:
        """Where to go on: the lesson last open if it is not done, else the first that is not."""
        left = [step for step in self.steps if not step.is_done and step.url]
        last = self.enrolment.last_lesson_key if self.enrolment else None
        return (
            next((step for step in left if step.key == last), None)
            or next((step for step in left if step.item.required), None)
            or next(iter(left), None)
        )

    @property
    def first_step(self) -> Step | None:
        return next((step for step in self.steps if step.url), None)

    @property
    def new_since_completion(self) -> list[Step]:
        """What was added after this person had finished."""
        finished = self.enrolment.completed_at if self.enrolment else None
        if finished is None:
            return []
        return [step for step in self.required if not step.is_done and step.item.since > finished]


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


def clock_face(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


# ---------------------------------------------------------------- the lesson page


def lesson_context(
    page, request, answers: dict[str, list[str]] | None = None, unanswered: tuple[int, ...] = ()
) -> dict:
    """Everything the lesson page shows. `answers` are given back to a learner who left a question out."""
    language = translation.get_language() or "vi"
    course_page = page.trail[-2] if len(page.trail) > 1 else None
    study = (
        Study.of(course_page.translation_key, request.user, language, request) if course_page else Study(None, None, [])
    )
    step = study.step(page.translation_key)
    place = study.steps.index(step) if step else None
    if step is not None and page.live:
        request._page_addresses = step.versions  # home.context need not ask where the page's translations are
    context = {
        "study": study,
        "step": step,
        "course_page": course_page,
        "course_url": course_page.get_url(request) if course_page else "",
        "previous_step": study.steps[place - 1] if place else None,
        "following_step": study.steps[place + 1] if place is not None and place + 1 < len(study.steps) else None,
        "learning": study.enrolment is not None and step is not None,
        "can_enrol": study.course is not None and study.course.is_open(timezone.now()),
        "rule": Rule(page.rule),
        # As it is judged: the rule in force comes from the Vietnamese page.
        "by_transcript": takes_transcript(step.item.rule if step else page.rule_for_record()),
        # Stands on the page twice, folded on a phone and open on a desk: drawn once.
        "rail": render_to_string(
            "courses/_outline.html",
            {"study": study, "current": step.key, "on_rail": True, "LANGUAGE_CODE": language},
        )
        if step
        else "",
        "event_id": uuid.uuid4(),
        "transcript_event_id": uuid.uuid4(),
        "server_time": timezone.now().isoformat(),
    }
    if page.film is not None:
        context["film"] = film_context(page.film, step)
    if page.quiz is not None:
        context |= quiz_context(page, study, step, request, answers, unanswered)
    return context


def film_context(block, step: Step | None) -> dict:
    seconds = block.value["seconds"] or 0
    progress = step.progress if step else None
    intervals = (progress.evidence.get("watched", {}).get(block.id, []) if progress else []) or []
    seen = min(int(length(intervals)), seconds)
    hole = next((start for start in gaps(intervals, seconds)), None)
    poster = block.value.get("poster")
    return {
        "id": block.id,
        "value": block.value,
        "kind": media.KINDS.get(block.value["file"].file_extension.lower(), "video/mp4") if block.value["file"] else "",
        "poster_url": poster.get_rendition("width-960|format-webp").url if poster else "",
        "url": media.url(block.value["file"]) if block.value["file"] else "",
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


def quiz_context(page, study: Study, step: Step | None, request, answers, unanswered) -> dict:
    """Which options are right is said only to somebody who has passed."""
    attempt = None
    # Whoever handed answers in has a row of progress in this lesson.
    if study.enrolment and step and step.progress and answers is None and "lam-lai" not in request.GET:
        attempt = QuizAttempt.objects.filter(
            enrolment=study.enrolment, lesson_key=step.key, edition=step.item.edition, block_id=page.quiz.id
        ).first()
    quiz = page.quiz.value
    key = {item["id"]: item["right"] for item in quiz.key} if attempt else {}
    explanations = quiz.explanations if attempt else {}
    items = []
    for item in quiz.asked:
        chosen = (attempt.answers if attempt else answers or {}).get(item["id"], [])
        shown = {**item, "missing": item["number"] in unanswered, "options": []}
        if attempt:
            shown |= {"right": attempt.is_right(item["id"]), "explanation": explanations.get(item["id"], "")}
        for option in item["options"]:
            state = ""
            if attempt and option["id"] in chosen:
                state = "right" if option["id"] in key.get(item["id"], []) else "wrong"
            elif attempt and attempt.passed and option["id"] in key.get(item["id"], []):
                state = "right"
            shown["options"].append({**option, "chosen": option["id"] in chosen, "state": state})
        items.append(shown)
    return {
        "quiz_items": items,
        "attempt": attempt,
        "unanswered": unanswered,
        "pass_mark": quiz["pass_mark"],
        "quiz_id": page.quiz.id,
    }
