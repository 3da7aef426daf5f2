"""What this app keeps about a person: which courses they learn, and what they did in them."""

from datetime import datetime

from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models import (
    Complaint,
    Enquiry,
    Enrolment,
    LearningEvent,
    LessonProgress,
    NoReminders,
    Note,
    PathEnrolment,
    QuizAllowance,
    QuizAttempt,
    QuizResponse,
    Reminder,
    Reply,
    Submission,
)
from courses.models.outline import OutlineItem
from people.holdings import Holding, Row, Subject, named, told
from people.models import User

ENROLMENT = ("course", "source", "language", "unit_at_start", "started_at", "due_at", "completed_at", "certificate")
FOLLOWING = ("path", "language", "started_at", "completed_at", "certificate")
EVENT = ("verb", "data", "at", "received_at")
PROGRESS = ("first_at", "completed_at", "score", "seconds")
WORK = ("title", "number", "text", "file_name", "handed_in_at", "state", "points", "comment", "marked_at")
REMINDER = ("kind", "due", "at")
ATTEMPT = ("number", "started_at", "submitted_at", "points", "max_points", "passed")
RESPONSE = ("answer", "answered_at", "points")
ALLOWANCE = ("quiz", "attempts", "minutes", "reason", "given_at")


def mine(subject: Subject):
    return Enrolment.objects.filter(person__in=subject.accounts).order_by("started_at")


def enrolments(subject: Subject) -> list[Row]:
    rows = mine(subject).select_related("course", "unit_at_start", "certificate", "person")
    return [told(row, *ENROLMENT) for row in rows]


def with_lesson(rows, *names: str) -> list[Row]:
    """These columns of each row, behind the course and the lesson they belong to."""
    rows = list(rows.select_related("enrolment__course"))
    items = OutlineItem.objects.filter(lesson_key__in={row.lesson_key for row in rows})
    titles = dict(items.values_list("lesson_key", "title_vi"))
    return [
        {"course": str(row.enrolment.course), "lesson": titles.get(row.lesson_key, str(row.lesson_key))}
        | told(row, *names)
        for row in rows
    ]


def progress(subject: Subject) -> list[Row]:
    return with_lesson(LessonProgress.objects.filter(enrolment__in=mine(subject)).order_by("first_at"), *PROGRESS)


def events(subject: Subject) -> list[Row]:
    return with_lesson(LearningEvent.objects.filter(enrolment__in=mine(subject)).order_by("at"), *EVENT)


def attempts(subject: Subject) -> list[Row]:
    return with_lesson(QuizAttempt.objects.filter(enrolment__in=mine(subject)).order_by("submitted_at"), *ATTEMPT)


def work(subject: Subject) -> list[Row]:
    return with_lesson(Submission.objects.filter(enrolment__in=mine(subject)).order_by("handed_in_at"), *WORK)


def empty_work(subject: Subject, at: datetime, by: User | None) -> int:
    found = list(Submission.objects.filter(enrolment__in=mine(subject)))
    for submission in found:
        submission.empty()
    return len(found)


def paths(subject: Subject) -> list[Row]:
    rows = PathEnrolment.objects.filter(person__in=subject.accounts).order_by("started_at")
    return [told(row, *FOLLOWING) for row in rows.select_related("path", "certificate", "person")]


def no_letters_about_paths(subject: Subject, at: datetime, by: User | None) -> int:
    return PathEnrolment.objects.filter(person__in=subject.accounts).update(sends_letters=False)


def responses(subject: Subject) -> list[Row]:
    """Each question as it was asked, and the answer in its own words."""
    rows = QuizResponse.objects.filter(attempt__enrolment__in=mine(subject)).order_by("attempt__started_at", "position")
    return [
        {"course": str(row.attempt.enrolment.course), "question": row.version.text_vi}
        | told(row, *RESPONSE)
        | {"answer": in_words(row)}
        for row in rows.select_related("attempt__enrolment__course", "version")
    ]


def in_words(row: QuizResponse) -> str:
    asked = row.version.asked
    words = {one["id"]: one["vi"] for part in ("options", "left", "right") for one in asked.get(part, [])}
    if isinstance(row.answer, dict):
        return "; ".join(f"{words.get(key, key)}: {words.get(value, value)}" for key, value in row.answer.items())
    if isinstance(row.answer, list):
        return "; ".join(words.get(one, one) for one in row.answer)
    return row.answer or ""


def allowances(subject: Subject) -> list[Row]:
    rows = QuizAllowance.objects.filter(enrolment__in=mine(subject)).order_by("given_at").select_related("quiz")
    return [told(row, *ALLOWANCE) for row in rows]


def no_more_letters(subject: Subject, at: datetime, by: User | None) -> int:
    return mine(subject).update(sends_letters=False)


NOTE = ("text", "marked_at", "changed_at")
SAID = ("text", "at", "state")


def notes(subject: Subject) -> list[Row]:
    rows = list(Note.objects.filter(person__in=subject.accounts).select_related("course"))
    return [{"course": str(row.course)} | told(row, *NOTE) for row in rows]


def erase_notes(subject: Subject, at: datetime, by: User | None) -> int:
    return Note.objects.filter(person__in=subject.accounts).delete()[0]


def asked(subject: Subject) -> list[Row]:
    rows = Enquiry.objects.filter(asker__in=subject.accounts).select_related("course")
    replies = Reply.objects.filter(author__in=subject.accounts).select_related("enquiry__course")
    return [
        *({"course": str(row.course)} | told(row, *SAID) for row in rows),
        *({"course": str(row.enquiry.course)} | told(row, *SAID) for row in replies),
    ]


def erase_asked(subject: Subject, at: datetime, by: User | None) -> int:
    """The words go; what a tutor answered to all stays, under a question without words that nobody sees."""
    enquiries = Enquiry.objects.filter(asker__in=subject.accounts)
    replies = Reply.objects.filter(author__in=subject.accounts)
    replies.update(pinned_at=None)
    Complaint.objects.filter(by__in=subject.accounts).update(reason="")
    return enquiries.update(text="", state=Enquiry.State.HIDDEN) + replies.update(text="", state=Reply.State.HIDDEN)


def reminders(subject: Subject) -> list[Row]:
    rows = Reminder.objects.filter(person__in=subject.accounts).select_related("enrolment__course").order_by("at")
    return [{"course": str(row.enrolment.course)} | told(row, *REMINDER) for row in rows]


def no_choice_kept(subject: Subject, at: datetime, by: User | None) -> int:
    return NoReminders.objects.filter(person__in=subject.accounts).delete()[0]


BELONGS = {"course": gettext_lazy("course"), "lesson": gettext_lazy("lesson")}
WITHOUT_A_NAME = gettext_lazy("Stays in the totals of the reports; the account it belongs to has no name any more.")

HOLDINGS = [
    Holding(
        key="reminders",
        name=gettext_lazy("Reminders"),
        find=reminders,
        labels=lambda: {"course": gettext_lazy("course")} | named(Reminder, *REMINDER),
        erase=no_choice_kept,
        kept=WITHOUT_A_NAME,
    ),
    Holding(
        key="enrolments",
        name=pgettext_lazy("learning", "Courses"),
        find=enrolments,
        labels=lambda: named(Enrolment, *ENROLMENT),
        erase=no_more_letters,
        kept=WITHOUT_A_NAME,
    ),
    Holding(
        key="paths",
        name=gettext_lazy("Learning paths"),
        find=paths,
        labels=lambda: named(PathEnrolment, *FOLLOWING),
        erase=no_letters_about_paths,
        kept=WITHOUT_A_NAME,
    ),
    Holding(
        key="lessons",
        name=gettext_lazy("Progress in lessons"),
        find=progress,
        labels=lambda: BELONGS | named(LessonProgress, *PROGRESS),
        kept=WITHOUT_A_NAME,
    ),
    Holding(
        key="learning_events",
        name=gettext_lazy("What was done in lessons"),
        find=events,
        labels=lambda: BELONGS | named(LearningEvent, *EVENT),
        kept=WITHOUT_A_NAME,
    ),
    Holding(
        key="practical_work",
        name=gettext_lazy("Practical work"),
        find=work,
        labels=lambda: BELONGS | named(Submission, *WORK),
        erase=empty_work,
        kept=gettext_lazy("That something was handed in, and its points; neither what was written nor the file."),
    ),
    Holding(
        key="quiz_attempts",
        name=gettext_lazy("Answers in quizzes"),
        find=attempts,
        labels=lambda: BELONGS | named(QuizAttempt, *ATTEMPT),
        kept=WITHOUT_A_NAME,
    ),
    Holding(
        key="lesson_notes",
        name=gettext_lazy("Notes on lessons"),
        find=notes,
        labels=lambda: {"course": gettext_lazy("course")} | named(Note, *NOTE),
        erase=erase_notes,
    ),
    Holding(
        key="lesson_questions",
        name=gettext_lazy("Questions and answers under lessons"),
        find=asked,
        labels=lambda: {"course": gettext_lazy("course")} | named(Enquiry, *SAID),
        erase=erase_asked,
    ),
    Holding(
        key="quiz_answers",
        name=gettext_lazy("Questions asked and answered"),
        find=responses,
        labels=lambda: (
            {"course": BELONGS["course"], "question": gettext_lazy("question")} | named(QuizResponse, *RESPONSE)
        ),
        kept=WITHOUT_A_NAME,
    ),
    Holding(
        key="quiz_allowances",
        name=gettext_lazy("More attempts or time"),
        find=allowances,
        labels=lambda: named(QuizAllowance, *ALLOWANCE),
        kept=WITHOUT_A_NAME,
    ),
]
