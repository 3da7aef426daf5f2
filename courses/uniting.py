"""What two accounts of one person learnt becomes one: events are united as sets, and all else follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.checking import put_right
from courses.models import (
    Complaint,
    Course,
    Enquiry,
    Enrolment,
    EvaluationMark,
    LearningEvent,
    LessonProgress,
    NoReminders,
    Note,
    PathEnrolment,
    QuizAttempt,
    Reminder,
    Reply,
    Submission,
)
from people import merging
from people.merging import Pair


def lock(pair: Pair) -> list[Enrolment]:
    """All courses, so that nobody enrols the double meanwhile; then both people's enrolments and paths, by key."""
    list(Course.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    both = [pair.kept.pk, pair.double.pk]
    found = list(Enrolment.objects.select_for_update(of=("self",)).filter(person__in=both).order_by("pk"))
    list(PathEnrolment.objects.select_for_update(of=("self",)).filter(person__in=both).order_by("pk"))
    return found


def move_enrolments(pair: Pair) -> tuple[int, list[str]]:
    enrolments = lock(pair)
    mine = {(one.course_id, one.cycle): one for one in enrolments if one.person_id == pair.kept.pk}
    theirs = [one for one in enrolments if one.person_id == pair.double.pk]
    titles = {course.pk: str(course) for course in Course.objects.filter(pk__in=[one.course_id for one in theirs])}
    notes = []
    for other in theirs:
        here = mine.get((other.course_id, other.cycle))
        if here is None:
            Enrolment.objects.filter(pk=other.pk).update(person=pair.kept)
            said = _("%(course)s: %(done)s of %(total)s lessons go over.")
            notes.append(
                said % {"course": titles[other.course_id], "done": other.lessons_done, "total": other.lessons_total}
            )
        else:
            before = f"{here.lessons_done} + {other.lessons_done}"
            unite(here, other, pair)
            here.refresh_from_db()
            said = _("%(course)s: %(before)s lessons become %(done)s of %(total)s%(complete)s.")
            complete = _(", completed") if here.is_complete else ""
            facts = {"course": titles[other.course_id], "before": before, "done": here.lessons_done}
            notes.append(said % {**facts, "total": here.lessons_total, "complete": complete})
    return len(theirs), notes


def unite(here: Enrolment, other: Enrolment, pair: Pair) -> None:
    """One enrolment with the events of both, as if everything had been done with one account from the start."""
    renumber(here, other, pair.at)
    other.events.update(enrolment=here)
    other.lessons.all().delete()  # a cache; worked out again from the events
    told = set(here.reminders.values_list("kind", "due"))
    for reminder in other.reminders.all():
        if (reminder.kind, reminder.due) in told:
            reminder.delete()
    other.reminders.update(enrolment=here)
    if EvaluationMark.objects.filter(enrolment=here).exists():
        EvaluationMark.objects.filter(enrolment=other).delete()
    else:
        EvaluationMark.objects.filter(enrolment=other).update(enrolment=here)
    one_paper(here, other, pair)
    earlier = min(here, other, key=lambda one: one.started_at)
    latest = max(here, other, key=lambda one: (one.last_at is not None, one.last_at or one.started_at))
    here.started_at, here.unit_at_start = earlier.started_at, earlier.unit_at_start or here.unit_at_start
    here.due_at = here.due_at or other.due_at
    here.last_at, here.last_lesson_key = latest.last_at, latest.last_lesson_key
    here.awarded_at = min(filter(None, [here.awarded_at, other.awarded_at]), default=None)
    here.save()
    for relation in Enrolment._meta.related_objects:  # what a later version adds is moved, not lost
        if relation.one_to_many and relation.related_model not in SEEN_TO:
            relation.related_model._default_manager.filter(**{relation.field.name: other.pk}).update(
                **{relation.field.name: here.pk}
            )
    other.delete()
    put_right(here)
    here.refresh_from_db()
    if here.is_complete:
        here.award(pair.at)


SEEN_TO = (LearningEvent, LessonProgress, QuizAttempt, Submission, Reminder)


def renumber(here: Enrolment, other: Enrolment, at: datetime) -> None:
    """Tries are counted on as they were made. Of two that are open, or wait for a tutor, the later stays so."""
    for submission in other.submissions.filter(state=Submission.State.WAITING):
        rival = here.submissions.filter(
            lesson_key=submission.lesson_key, edition=submission.edition, state=Submission.State.WAITING
        ).first()
        if rival is not None:
            older = min(rival, submission, key=lambda one: one.handed_in_at)
            older.state, older.points, older.marked_at = Submission.State.RETURNED, 0, max(at, older.handed_in_at)
            older.comment = _("Two accounts became one; what was handed in later is marked.")
            older.save(update_fields=["state", "points", "marked_at", "comment"])
    number_on(Submission, here, other, ("lesson_key", "edition"), "handed_in_at")
    for attempt in other.attempts.filter(submitted_at=None):
        if also := here.attempts.filter(lesson_key=attempt.lesson_key, submitted_at=None).first():
            min(also, attempt, key=lambda one: one.started_at).hand_in()  # with the answers saved so far
    number_on(QuizAttempt, here, other, ("lesson_key",), "started_at")


def number_on(model, here: Enrolment, other: Enrolment, group: Iterable[str], moment: str) -> None:
    """Give the tries of both one row of numbers, by when they were made. High numbers first keep them apart."""
    rows = list(model.objects.filter(enrolment__in=[here.pk, other.pk]))
    model.objects.filter(enrolment=other.pk).update(number=models.F("number") + 10_000, enrolment=here.pk)
    groups: dict[tuple, list] = {}
    for row in rows:
        groups.setdefault(tuple(getattr(row, name) for name in group), []).append(row)
    for tries in groups.values():
        if not any(row.enrolment_id == other.pk for row in tries):
            continue
        model.objects.filter(pk__in=[row.pk for row in tries], number__lt=10_000).update(
            number=models.F("number") + 20_000
        )
        for number, row in enumerate(sorted(tries, key=lambda row: (getattr(row, moment), str(row.pk))), start=1):
            model.objects.filter(pk=row.pk).update(number=number)


def one_paper(here, other, pair: Pair) -> None:
    """Of two certificates for one completion the earlier stays valid; the other is taken back and names it."""
    mine, theirs = here.certificate, other.certificate
    type(other).objects.filter(pk=other.pk).update(certificate=None)
    if theirs is None:
        return
    if mine is None:
        here.certificate = theirs
        return
    first, second = sorted((mine, theirs), key=lambda paper: (not paper.current.is_valid, paper.issued_at, paper.pk))
    here.certificate = first
    if second.current.is_valid:
        reason = _("Two accounts of one person became one. The certificate that is valid: %(serial)s.")
        second.current.revoke(reason % {"serial": first.current.serial}, pair.by, pair.at)


def move_paths(pair: Pair) -> tuple[int, list[str]]:
    theirs = list(pair.double.paths.select_related("certificate"))
    mine = {one.path_id: one for one in pair.kept.paths.select_related("certificate")}
    for other in theirs:
        here = mine.get(other.path_id)
        if here is None:
            PathEnrolment.objects.filter(pk=other.pk).update(person=pair.kept)
            continue
        one_paper(here, other, pair)
        here.started_at = min(here.started_at, other.started_at)
        here.awarded_at = min(filter(None, [here.awarded_at, other.awarded_at]), default=None)
        here.save()
        other.delete()
    PathEnrolment.bring_in_line(list(pair.kept.paths.order_by("pk").values_list("pk", flat=True)))
    return len(theirs), []


def move_notes(pair: Pair) -> tuple[int, list[str]]:
    """Two notes under one lesson are one, with both texts."""
    theirs = list(Note.objects.of(pair.double))
    mine = {note.lesson_key: note for note in Note.objects.of(pair.kept)}
    for note in theirs:
        here = mine.get(note.lesson_key)
        if here is None:
            Note.objects.filter(pk=note.pk).update(person=pair.kept)
            continue
        if note.text and note.text not in here.text:
            here.text = f"{here.text}\n\n{note.text}".strip()
        here.marked_at = min(filter(None, [here.marked_at, note.marked_at]), default=None)
        here.changed_at = max(here.changed_at, note.changed_at)
        note.delete()
        here.save()
    return len(theirs), []


def move_words(pair: Pair) -> tuple[int, list[str]]:
    """Questions, answers and reports under lessons."""
    number = Enquiry.objects.filter(asker=pair.double).update(asker=pair.kept)
    number += Reply.objects.filter(author=pair.double).update(author=pair.kept)
    reported = Complaint.objects.filter(by=pair.kept)
    for field in ("enquiry", "reply"):
        twice = reported.exclude(**{field: None}).values_list(field, flat=True)
        Complaint.objects.filter(by=pair.double, **{f"{field}__in": list(twice)}).delete()
    return number + Complaint.objects.filter(by=pair.double).update(by=pair.kept), []


def move_reminders(pair: Pair) -> tuple[int, list[str]]:
    number = Reminder.objects.filter(person=pair.double).update(person=pair.kept)
    for choice in NoReminders.objects.filter(person=pair.double):
        NoReminders.objects.get_or_create(person=pair.kept, defaults={"since": choice.since})
        choice.delete()
    return number, []


def register() -> None:
    for mover in (
        merging.Mover("enrolments", pgettext_lazy("learning", "Courses"), move_enrolments),
        merging.Mover("paths", gettext_lazy("Learning paths"), move_paths),
        merging.Mover("notes", gettext_lazy("Notes"), move_notes),
        merging.Mover("words", gettext_lazy("Questions and answers under lessons"), move_words),
        merging.Mover("reminders", gettext_lazy("Reminders"), move_reminders),
    ):
        merging.register(mover)
