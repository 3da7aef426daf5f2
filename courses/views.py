"""What learners send: enrol, "I have read this", and what their browser saw. Quizzes: quizzing/views.py."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.models import (
    Course,
    CoursePage,
    Enrolment,
    EnrolmentRefused,
    LearningEvent,
    LessonPage,
    OutlineItem,
    Receipt,
)
from courses.order import first_before
from courses.rules import FROM_BROWSERS, Verb, clean_intervals
from people import naming
from people.browser import browser_key, browser_keys
from people.formfields import NameField
from people.models import User

MOST_EVENTS = 200
MOST_BYTES = 256 * 1024


class SignedIn(HttpRequest):
    """A request behind @login_required."""

    user: User


class EnrolForm(forms.Form):
    """Asked only of people whose name we do not know yet: it will stand on the certificate."""

    full_name = NameField(label=_("Full name"))


def local_page(model, key: UUID):
    """The page with this key in the language being spoken, else the Vietnamese one."""
    pages = model.objects.live().filter(translation_key=key).select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    return by_language.get(translation.get_language() or "vi") or by_language.get("vi")


def back(request: HttpRequest, otherwise: str = "/") -> str:
    """Where the form says to go on; only addresses of this site."""
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}) else otherwise


def whole_number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


@login_required
def enrol(request: SignedIn, key: UUID) -> HttpResponse:
    """Begin a course. A GET (after logging in) only leads back to the course."""
    course = get_object_or_404(Course, pk=key)
    page = local_page(CoursePage, key)
    address = page.get_url(request) if page else "/"
    if request.method != "POST":
        return redirect(address)
    if not request.user.full_name:
        form = EnrolForm(request.POST)
        if not form.is_valid():
            answer = {"form": form, "course": course, "course_url": address, "next": back(request)}
            answer["invitation"] = request.POST.get("invitation", "")
            return render(request, "courses/enrol.html", answer, status=422 if "full_name" in request.POST else 200)
        request.user.full_name = form.cleaned_data["full_name"]
        request.user.save(update_fields=["full_name"])
        naming.named(request.user, timezone.now())
    try:
        course.enrol(
            request.user, language=translation.get_language() or "vi", invitation=request.POST.get("invitation", "")
        )
    except EnrolmentRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(address)
    return redirect(back(request, address))


def learning_here(user, key: UUID) -> Enrolment | None:
    """This person's enrolment in the course that has this lesson now."""
    return (
        Enrolment.objects.filter(person=user, course__outline__lesson_key=key, course__outline__until=None)
        .select_related("course")
        .order_by(F("course__outline__missing_since").asc(nulls_first=True), "-cycle")  # it may have moved just now
        .first()
    )


@login_required
def complete(request: SignedIn, key: UUID) -> HttpResponse:
    """ "I have read this" under a text, or under the transcript of a video. The same form sent twice counts once."""
    if request.method != "POST":
        return to_lesson(request, key)
    enrolment = learning_here(request.user, key)
    if enrolment is not None and first_before(enrolment, key):
        return to_lesson(request, key)  # which says what comes first
    before = enrolment.completed_at if enrolment else None
    by = "transcript" if request.POST.get("by") == "transcript" else "reading"
    event = LearningEvent(
        pk=as_uuid(request.POST.get("event")) or uuid.uuid4(),
        lesson_key=key,
        edition=whole_number(request.POST.get("edition")),
        verb=Verb.COMPLETED,
        data={"by": by},
        at=timezone.now(),
    )
    if enrolment is None:
        return no_longer_here(request, key, event)
    receipt = enrolment.record([event])[0]
    if receipt.status == "refused":
        messages.error(request, refusal(receipt.reason))
        return to_lesson(request, key)
    if before is None and enrolment.completed_at is not None:
        return to_course(request, enrolment.course_id)
    return redirect(back(request)) if request.POST.get("next") else to_lesson(request, key)


def no_longer_here(request: SignedIn, key: UUID, event: LearningEvent) -> HttpResponse:
    """The lesson was taken out while somebody read it: what they did is kept, and they are told."""
    enrolment, receipts = Enrolment.record_lesson(request.user, key, [event])
    if enrolment is None:
        messages.error(request, refusal("not_enrolled"))
        known = OutlineItem.objects.filter(lesson_key=key).order_by("since").last()
        return to_course(request, known.course_id) if known else to_lesson(request, key)
    if receipts[0].status == "refused":
        messages.error(request, refusal(receipts[0].reason))
    else:
        messages.info(
            request,
            _("This lesson has been taken out of the course meanwhile. That you did it is kept, should it come back."),
        )
    return to_course(request, enrolment.course_id)


def to_lesson(request: HttpRequest, key: UUID, anchor: str = "") -> HttpResponse:
    page = local_page(LessonPage, key)
    return HttpResponseRedirect((page.get_url(request) if page else "/") + anchor)


def to_course(request: HttpRequest, key: UUID) -> HttpResponse:
    page = local_page(CoursePage, key)
    return HttpResponseRedirect((page.get_url(request) if page else "/") + "#ket-qua")


# ---------------------------------------------------------------- what a browser saw


def as_uuid(text: object) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def refusal(reason: str) -> str:
    return {
        "unknown_lesson": _("This lesson is no longer part of the course."),
        "other_enrolment": _("This activity belongs to somebody else."),
        "not_allowed": _("This cannot be reported by a browser."),
        "not_enrolled": _("You are not enrolled in this course."),
        "malformed": _("This activity could not be read."),
    }.get(reason, _("This activity could not be counted."))


def event_from(raw: object, skew: timedelta) -> LearningEvent | str:
    """One event of a batch as a record, or the word why not. Only what is understood is kept."""
    if not isinstance(raw, dict):
        return "malformed"
    key, lesson, at = as_uuid(raw.get("id")), as_uuid(raw.get("lesson")), moment(raw.get("at"), skew)
    edition = raw.get("edition")
    if key is None or lesson is None or at is None or type(edition) is not int or not 1 <= edition < 10_000:
        return "malformed"
    verb, sent = raw.get("verb"), raw.get("data")
    if not isinstance(verb, str) or verb not in FROM_BROWSERS:
        return "not_allowed"
    if not isinstance(sent, dict):
        sent = {}
    data: dict = {}
    if sent.get("by") in ("reading", "transcript"):
        data["by"] = sent["by"]
    if intervals := clean_intervals(sent.get("watched")):
        data["watched"] = intervals[:200]
    for name, most in (("position", 1_000_000), ("wall", 3600)):
        number = sent.get(name)
        if isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= most:
            data[name] = round(number, 1)
    return LearningEvent(
        pk=key,
        lesson_key=lesson,
        edition=edition,
        block_id=as_uuid(raw.get("block")),
        verb=verb,
        data=data,
        at=at,
    )


def moment(text: object, skew: timedelta = timedelta()) -> datetime | None:
    """A time with its zone, put right by how wrong the browser's clock is; None for anything else."""
    try:
        found = parse_datetime(text) if isinstance(text, str) else None
        return (found + skew).astimezone(UTC) if found is not None and timezone.is_aware(found) else None
    except (ValueError, OverflowError):
        return None


def batch_of(request: HttpRequest, of: str) -> dict | None:
    """{"sent_at": …, "events": […]}, or "answers": a JSON body, or (a beacon cannot set headers) a form whose field
    `batch` holds the same."""
    try:
        if request.content_type == "application/json":
            text = request.body.decode()
        else:
            text = request.POST.get("batch", "")
        batch = json.loads(text) if len(text) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    return batch if isinstance(batch, dict) and isinstance(batch.get(of), list) else None


@require_POST
def events(request: HttpRequest) -> JsonResponse:
    """A batch of events, each answered on its own: accepted, duplicate, or refused with a sentence."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Please log in again; nothing is lost.")}, status=401)
    batch = batch_of(request, "events")
    if batch is None or len(batch["events"]) > MOST_EVENTS:
        return JsonResponse({"error": refusal("malformed")}, status=400)
    learner = batch.get("learner")
    if learner not in (None, browser_key(request.user)) and learner not in browser_keys(request.user):
        # Somebody else is signed in in this browser by now: to refuse the events would lose them.
        return JsonResponse({"error": _("This activity belongs to somebody else.")}, status=409)
    now = timezone.now()
    sent_at = moment(batch.get("sent_at"))
    skew = now - sent_at if sent_at else timedelta()
    results: list[dict] = []
    accepted: list[LearningEvent] = []
    for raw in batch["events"]:
        event = event_from(raw, skew)
        if isinstance(event, str):
            results.append(
                {"id": raw.get("id") if isinstance(raw, dict) else None, "status": "refused", "reason": refusal(event)}
            )
        else:
            accepted.append(event)
    answer: dict = {"server_time": now.isoformat(), "results": results}
    finished: set[UUID] = set()
    recorded = record(request.user, accepted)
    known = {receipt.id for _enrolment, receipts in recorded for receipt in receipts}
    results += [
        {"id": str(event.pk), "status": "refused", "reason": refusal("not_enrolled")}
        for event in accepted
        if event.pk not in known
    ]
    for enrolment, receipts in recorded:
        for receipt in receipts:
            row = {"id": str(receipt.id), "status": receipt.status}
            results.append(row | {"reason": refusal(receipt.reason)} if receipt.status == "refused" else row)
        answer |= {"percent": enrolment.percent, "completed": enrolment.is_complete}
        finished |= enrolment.finished_lessons
    answer["done"] = sorted(str(key) for key in finished & {event.lesson_key for event in accepted})
    return JsonResponse(answer)


def record(user, events: list[LearningEvent]) -> list[tuple[Enrolment, list[Receipt]]]:
    """Each event goes to the enrolment it belongs to, in a transaction for each; without one it is in no receipt."""
    if len({event.lesson_key for event in events}) == 1:  # as nearly always: a page speaks of its own lesson
        enrolment, receipts = Enrolment.record_lesson(user, events[0].lesson_key, events)
        return [(enrolment, receipts)] if enrolment else []
    by_enrolment: dict[Enrolment, list[LearningEvent]] = {}
    enrolments = enrolments_for(user, events)
    for event in events:
        if enrolment := enrolments.get(event.lesson_key):
            by_enrolment.setdefault(enrolment, []).append(event)
    return [(enrolment, enrolment.record(theirs)) for enrolment, theirs in by_enrolment.items()]


def enrolments_for(user, events: list[LearningEvent]) -> dict[UUID, Enrolment]:
    """lesson -> this person's enrolment in the course that has it now, else in one that had it; the newest of those.

    Only the keys are read: `record` reads the row itself, under its lock.
    """
    rows = (
        OutlineItem.objects.filter(
            lesson_key__in={event.lesson_key for event in events}, course__enrolments__person=user
        )
        .annotate(has_it=Case(When(until__isnull=False, then=0), When(missing_since__isnull=False, then=1), default=2))
        .order_by("has_it", "course__enrolments__cycle")
        .values_list("lesson_key", "course__enrolments__pk")
    )
    return {lesson: Enrolment(pk=key) for lesson, key in rows}
