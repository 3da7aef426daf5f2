"""A learner and a quiz: begin, answer (saved as one goes, with or without JavaScript), hand in, look at the result."""

import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.models import LessonPage, NoAttemptLeft, NothingToAsk, OutlineItem, QuizAttempt, Saved
from courses.order import first_before
from courses.quizzing import sheet
from courses.quizzing.card import QuizCard
from courses.study import Step, addresses
from courses.views import SignedIn, as_uuid, batch_of, learning_here, moment, to_lesson


@login_required
def begin(request: SignedIn, key: UUID) -> HttpResponse:
    """Draw the questions, or go on with those drawn before. A GET (after logging in) only leads back to the lesson."""
    enrolment = learning_here(request.user, key) if request.method == "POST" else None
    # The Vietnamese lesson's quiz holds in every language.
    page = LessonPage.objects.live().filter(translation_key=key, locale__language_code="vi").first()
    if request.method == "POST" and enrolment is None:
        messages.error(request, _("This lesson is no longer part of the course."))
    if enrolment is None or page is None or first_before(enrolment, key):
        return to_lesson(request, key)
    item = get_object_or_404(OutlineItem.objects.open(), course=enrolment.course_id, lesson_key=key)
    page.complete_for(item.rule)
    if page.quiz is None:
        return to_lesson(request, key)
    try:
        mine = page.quiz.begin(enrolment, item)
    except NoAttemptLeft:
        messages.error(request, _("All attempts are used up. The training office can grant you another."))
        return to_lesson(request, key, "#cau-hoi")
    except NothingToAsk:
        messages.error(request, _("This quiz has no questions at the moment. Please come back later."))
        return to_lesson(request, key, "#cau-hoi")
    return redirect("courses:attempt", mine.pk)


def mine_or_404(request: SignedIn, pk: UUID) -> QuizAttempt:
    return get_object_or_404(
        QuizAttempt.objects.select_related("quiz", "enrolment__course", "enrolment__certificate", "enrolment__person"),
        pk=pk,
        enrolment__person=request.user,
    )


@never_cache
@login_required
def attempt(request: SignedIn, pk: UUID) -> HttpResponse:
    """The questions while the attempt is open, the result afterwards."""
    mine = mine_or_404(request, pk).close_if_over()
    rows = sheet.rows_of(mine)
    if not mine.is_open:
        return result(request, mine, rows)
    left_out: list[int] = []
    if request.method == "POST":
        now = timezone.now()
        given = sheet.sent(rows, request.POST)
        in_time = mine.save_answers(Saved(position, answer, now, uuid.uuid4()) for position, answer in given.items())
        rows = sheet.rows_of(mine)
        if request.POST.get("hand-in") == "1" and in_time:
            left_out = [row.position for row in rows if not row.is_whole]
        if "hand-in" in request.POST and not left_out:
            mine.hand_in()
        if not left_out:
            return redirect("courses:attempt", mine.pk)
    context = about(request, mine) | {
        "questions": sheet.to_answer(rows),
        "left_out": left_out,
        "answered": sum(row.is_whole for row in rows),
        "saved_at": max((row.answered_at for row in rows if row.answered_at), default=None),
        "seconds_left": seconds_left(mine),
    }
    return render(request, "courses/attempt.html", context, status=422 if left_out else 200)


def seconds_left(mine: QuizAttempt) -> int | None:
    return max(int((mine.deadline_at - timezone.now()).total_seconds()), 0) if mine.deadline_at else None


def about(request: HttpRequest, mine: QuizAttempt) -> dict[str, Any]:
    """Which lesson this belongs to, and where to go from here."""
    language = translation.get_language() or "vi"
    found = addresses([mine.lesson_key, mine.enrolment.course_id], language, request)
    _language, title, url = found.get(mine.lesson_key, ("", "", ""))
    item = OutlineItem.objects.filter(lesson_key=mine.lesson_key, course=mine.enrolment.course_id).last()
    return {
        "attempt": mine,
        "quiz": mine.quiz,
        "lesson_title": title or (item.title if item else ""),
        "lesson_url": url,
        "course_title": mine.enrolment.course.title,
        "course_url": found.get(mine.enrolment.course_id, ("", "", ""))[2],
        "item": item,
    }


def result(request: SignedIn, mine: QuizAttempt, rows: list) -> HttpResponse:
    context = about(request, mine)
    item = context["item"]
    card = QuizCard(mine.quiz)
    if item is not None:
        item.edition = mine.edition
        card = QuizCard.of(mine.quiz, mine.enrolment, Step(0, item, "", "", ""))
    context |= {
        "card": card,
        "questions": sheet.judged(rows, mine.quiz, card.shows_key),
        "enrolment": mine.enrolment,
    }
    return render(request, "courses/attempt_result.html", context)


@never_cache
@require_POST
def save(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answers as they are given, from a page with JavaScript. Says what was kept and how much time is left."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Please log in again; nothing is lost.")}, status=401)
    mine = mine_or_404(request, pk)
    batch = batch_of(request, "answers")
    if batch is None:
        return HttpResponseBadRequest()
    now = timezone.now()
    sent_at = moment(batch.get("sent_at"))
    skew = now - sent_at if sent_at else timedelta()
    answers = []
    for raw in batch["answers"][:200]:
        if not isinstance(raw, dict) or type(raw.get("position")) is not int:
            continue
        key, at = as_uuid(raw.get("id")), moment(raw.get("at"), skew)
        if key is not None and at is not None:
            answers.append(Saved(raw["position"], raw.get("answer"), at, key))
    is_open = mine.save_answers(answers)
    if not is_open:
        mine.close_if_over()
    return JsonResponse(
        {
            "open": is_open,
            "kept": [str(one.event) for one in answers],
            "saved_at": timezone.localtime(now).strftime("%H:%M:%S"),
            "seconds_left": seconds_left(mine),
        }
    )
