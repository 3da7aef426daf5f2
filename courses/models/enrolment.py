"""One person in one course: the facts come in here, and the roll-up that every report reads is kept here."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses import completion
from courses.clock import Clock, database_now, now_beside
from courses.models.outline import OutlineItem, outline_at
from courses.models.progress import LearningEvent, LessonProgress
from courses.rules import FASTEST, SLACK, Verb, length, met_at, present, union, watched
from people.models import EVERY_UNIT, Unit, UnitMembership

if TYPE_CHECKING:
    from courses.models.practical import Submission
    from courses.models.quiz import QuizAttempt
    from people.models import User

OFFLINE_GRACE = datetime.timedelta(days=14)  # older events count from when they were received
LATE_BROWSER = datetime.timedelta(minutes=5)


@dataclass(frozen=True)
class Receipt:
    """What became of one event that was handed in. `reason` is a word for programs; views say it in a sentence."""

    id: UUID
    status: Literal["accepted", "duplicate", "refused"]
    reason: str = ""


# Asked at every sign of life of every learner, and written out because of that: the ORM takes longer to put such a
# question together than the database to answer it (docs/decisions/0010).
NEWEST_WITH_LESSON = """
    SELECT * FROM courses_enrolment
    WHERE person_id = %s AND course_id IN (SELECT course_id FROM courses_outlineitem WHERE lesson_key = %s)
    ORDER BY (
        SELECT MIN(CASE WHEN until IS NOT NULL THEN 2 WHEN missing_since IS NOT NULL THEN 1 ELSE 0 END)
        FROM courses_outlineitem WHERE course_id = courses_enrolment.course_id AND lesson_key = %s
    ), cycle DESC LIMIT 1
"""
LESSONS_BEGUN = "SELECT id, lesson_key, edition, completed_at FROM courses_lessonprogress WHERE enrolment_id = %s"
THEIR_EVENTS = """
    SELECT * FROM courses_learningevent
    WHERE (enrolment_id = %s AND lesson_key IN ({lessons})) OR id IN ({ids})
"""


def kept(key: UUID) -> UUID | str:
    """A key as this database keeps it, for SQL that is written out."""
    return key if connection.features.has_native_uuid_field else key.hex


class Row(NamedTuple):
    """What working out needs of a stored LessonProgress."""

    pk: int | None
    completed_at: datetime.datetime | None


type Rows = dict[tuple[UUID, int], Row]


def who_took_over(person: int) -> "User | None":
    """The account that this one became part of, if it did."""
    from people.models import User

    row = User.objects.select_related("merged_into").filter(pk=person).first()
    return row.merged_into if row else None


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: "User"):
        """Everybody sees their own; who manages the training of units sees whoever works or enrolled there."""
        if not (user.is_active and user.has_perm("courses.view_enrolment")):
            return self.filter(person=user.pk)
        if user.has_perm(EVERY_UNIT):
            return self
        return self.at_units(Unit.objects.managed_by(user), timezone.localdate(), or_of=user)

    def at_units(self, units: Iterable[int], day: datetime.date, or_of: "User | None" = None):
        """Of people who work there on that day, or did when they enrolled; and of one more, wherever."""
        units = list(units)
        there = UnitMembership.objects.on(day).filter(person=OuterRef("person"), unit__in=units)
        return self.filter(Exists(there) | Q(unit_at_start__in=units) | Q(person=or_of.pk if or_of else None))

    def with_marks(self):
        """Each knows whether its owner evaluated the course, and whether they want no reminders; in the same query."""
        from courses.models.evaluation import EvaluationMark
        from courses.models.reminder import NoReminders

        return self.annotate(
            evaluated=Exists(EvaluationMark.objects.filter(enrolment=OuterRef("pk"))),
            wants_no_reminders=Exists(NoReminders.objects.filter(person=OuterRef("person"))),
        )

    def completed(self):
        return self.filter(completed_at__isnull=False)

    def in_progress(self):
        return self.filter(completed_at=None)

    def holding_paper(self):
        """With a certificate that is valid today: the one issued, or the one that took its place."""
        from certificates.models import Certificate

        return self.filter(Exists(Certificate.objects.valid().filter(reason=OuterRef("certificate__reason"))))

    def without_paper(self):
        """Complete, but certificate and letter are still owed. A certificate waits for its owner's name."""
        owed = self.completed().filter(awarded_at=None)
        return owed.exclude(course__gives_certificate=True, person__full_name="")


class Enrolment(models.Model):
    """A person learns a course, in whatever language. `done`, `total`, `completed_at` are a cache (completion.py)."""

    class Source(models.TextChoices):
        SELF = "self", _("by themselves")
        MANAGER = "manager", _("by a training manager")
        IMPORT = "import", _("import")
        RULE = "rule", _("duty")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("learner")
    )
    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("course")
    )
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1)
    source = models.CharField(_("enrolled"), max_length=8, choices=Source.choices, default=Source.SELF)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="vi")
    unit_at_start = models.ForeignKey(
        "people.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit when enrolled"),
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    started_at = models.DateTimeField(_("enrolled on"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    lessons_done = models.PositiveIntegerField(_("lessons done"), default=0)
    lessons_total = models.PositiveIntegerField(_("lessons"), default=0)
    last_lesson_key = models.UUIDField(null=True, blank=True)
    last_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    certificate = models.OneToOneField(
        "certificates.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="enrolment"
    )
    awarded_at = models.DateTimeField(_("certificate and letter dealt with"), null=True, blank=True)
    sends_letters = models.BooleanField(_("sends letters"), default=True)

    is_about_a_person = True
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-started_at", "pk"]
        default_permissions = ["view"]
        permissions = [
            ("correct_enrolment", _("Can waive lessons and void events")),
            ("enrol_people", _("Can enrol people")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "cycle"], name="enrolment_once_a_person_course_and_cycle"
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="enrolment_done_within_total"),
            models.CheckConstraint(
                condition=Q(lessons_done__lte=F("lessons_total")), name="enrolment_lessons_within_total"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(completed_at__gte=F("started_at")),
                name="enrolment_completed_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["course", "unit_at_start", "completed_at"], name="enrolment_report"),
            models.Index(fields=["completed_at", "awarded_at"], name="enrolment_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.course}"

    # Keys of the lessons finished in any edition; filled in by `record`.
    finished_lessons: frozenset[UUID] | set[UUID] = frozenset()

    @property
    def percent(self) -> int:
        return completion.percent(self.done, self.total)

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def waits_for_name(self) -> bool:
        """Finished, but nobody has said whose name is to stand on the certificate."""
        owed = self.is_complete and self.awarded_at is None and self.course.gives_certificate
        return owed and not self.person.full_name

    # ------------------------------------------------------------ facts come in
    def record(
        self,
        events: Iterable[LearningEvent],
        *,
        offline_grace: datetime.timedelta | None = OFFLINE_GRACE,
        clock: Clock | None = None,
    ) -> list[Receipt]:
        """Take in what the learner did, in one short transaction, and bring the roll-up in line.

        Any order and any repetition of events gives the same result. Imports of past data pass `offline_grace=None`.
        Without a `clock` the time is the database's.
        """
        with transaction.atomic():
            me = self._locked()
            receipts = me._take_in(list(events), offline_grace, clock)
        self._take_over(me)
        self.finished_lessons = me.finished_lessons
        return receipts

    def _locked(self) -> "Enrolment":
        """The row, locked; the one that took it in, where two accounts became one while we waited."""
        if me := Enrolment.objects.select_for_update().filter(pk=self.pk).first():
            return me
        theirs = Enrolment.objects.select_for_update().filter(course=self.course_id, cycle=self.cycle)
        return theirs.get(person=who_took_over(self.person_id))

    @classmethod
    def locked_of(cls, row: "QuizAttempt | Submission") -> "Enrolment":
        """What an attempt or a piece of work belongs to, locked; the row went over if two accounts became one."""
        found = cls.objects.select_for_update()
        if me := found.filter(pk=row.enrolment_id).first():
            return me
        row.refresh_from_db(fields=["enrolment"])
        return found.get(pk=row.enrolment_id)

    @classmethod
    def record_lesson(
        cls, person: "User", lesson: UUID, events: list[LearningEvent]
    ) -> tuple["Enrolment | None", list[Receipt]]:
        """`record` for events of one lesson, in whichever enrolment they belong to: found and locked in one query."""
        with transaction.atomic():
            me = cls._locked_by_lesson(person, lesson) or cls._locked_by_lesson(who_took_over(person.pk), lesson)
            return me, me._take_in(events, OFFLINE_GRACE) if me else []

    @classmethod
    def _locked_by_lesson(cls, person: "User | None", lesson: UUID) -> "Enrolment | None":
        """Theirs, locked: in the course that has the lesson now, else in one that had it; the newest of them."""
        if person is None:
            return None
        for_update = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
        # Raw SQL: our own words only, every value is a parameter; it spares the ORM's composing (decision 0010).
        found = cls.objects.raw(NEWEST_WITH_LESSON + for_update, [person.pk, kept(lesson), kept(lesson)])
        return next(iter(found), None)

    def _take_in(
        self,
        events: list[LearningEvent],
        offline_grace: datetime.timedelta | None,
        clock: Clock | None = None,
    ) -> list[Receipt]:
        """What `record` does under the lock."""
        now, outline, rows = self._standing()
        # A clock that stepped back does not lead before the enrolment.
        received_at = max(clock() if clock else now, self.started_at)
        stored = self._stored(events)
        receipts, fresh = self._sorted_out(events, stored, outline, received_at, offline_grace)
        if fresh:
            mine = [event for event in stored if event.enrolment_id == self.pk]
            self._bound_claims(fresh, mine)
            LearningEvent.objects.bulk_create(
                fresh
            )  # an id taken meanwhile by somebody else undoes all of it; the repeat is refused
            self._bring_in_line(fresh, mine, outline, rows)
        self.finished_lessons = {lesson for (lesson, _edition), row in rows.items() if row.completed_at}
        return receipts

    def _standing(self) -> tuple[datetime.datetime, Sequence[OutlineItem], Rows]:
        """The database's time, the outline and the lesson rows as they are now that the lock is held.

        Statements of their own: what the one that waited for the lock read of other tables, and plain now(), are from
        before the wait. A projection that counts needs our lock, so the outline stays at the version found here.
        """
        now, version, projected_at = now_beside(
            ", outline_version, projected_at FROM courses_course WHERE key = %s", kept(self.course_id)
        )
        # Raw SQL: as above, one parameter.
        found = LessonProgress.objects.raw(LESSONS_BEGUN, [kept(self.pk)])
        rows = {(row.lesson_key, row.edition): Row(row.pk, row.completed_at) for row in found}
        return now, outline_at(self.course_id, version, projected_at), rows

    def _stored(self, events: list[LearningEvent]) -> list[LearningEvent]:
        """Events with one of these ids, whosever, and all of ours about the same lessons: one query for both."""
        if not events:
            return []
        lessons = list({kept(event.lesson_key) for event in events})
        ids = list({kept(event.pk) for event in events})
        # Raw SQL: only the number of placeholders is put together, every value is a parameter (decision 0010).
        sql = THEIR_EVENTS.format(lessons=", ".join(["%s"] * len(lessons)), ids=", ".join(["%s"] * len(ids)))
        return list(LearningEvent.objects.raw(sql, [kept(self.pk), *lessons, *ids]))

    def _take_over(self, row: "Enrolment") -> None:
        for column in self._meta.concrete_fields:
            setattr(self, column.attname, getattr(row, column.attname))

    def _sorted_out(
        self, events, stored, outline, received_at, offline_grace
    ) -> tuple[list[Receipt], list[LearningEvent]]:
        """Which events are new and acceptable; each bears its final `at` and `received_at` afterwards."""
        owners = {event.pk: event.enrolment_id for event in stored}
        known = {(item.lesson_key, item.edition) for item in outline}
        receipts, fresh = [], {}
        for event in events:
            reason = ""
            if event.pk in owners:
                if owners[event.pk] == self.pk:
                    receipts.append(Receipt(event.pk, "duplicate"))
                    continue
                reason = "other_enrolment"
            elif event.pk in fresh:
                receipts.append(Receipt(event.pk, "duplicate"))
                continue
            elif (event.lesson_key, event.edition) not in known:
                reason = "unknown_lesson"
            elif event.verb not in Verb.values:
                reason = "unknown_verb"
            if reason:
                receipts.append(Receipt(event.pk, "refused", reason))
                continue
            event.enrolment = self
            event.received_at = received_at
            claimed = event.at
            if offline_grace is not None and claimed < received_at - offline_grace:
                event.at = received_at
            event.at = min(max(event.at, self.started_at), received_at)
            if event.at != claimed:
                event.data = {**event.data, "claimed_at": claimed.isoformat()}
            fresh[event.pk] = event
            receipts.append(Receipt(event.pk, "accepted"))
        return receipts, list(fresh.values())

    def _bound_claims(self, fresh: list[LearningEvent], earlier: list[LearningEvent]) -> None:
        """Nobody learns before they enrolled, and more video than a player can play is kept but not counted.

        Time is spent by telling what was watched of the same video, by nothing else: that the lesson was opened on
        another device meanwhile takes nothing from what plays on the first.
        """
        told_before = [e for e in (*earlier, *fresh) if e.verb == Verb.PROGRESSED]
        for event in fresh:
            since_start = (event.at - self.started_at).total_seconds()
            if (event.data.get("wall") or 0) > since_start:
                event.data = {**event.data, "wall": since_start, "claimed_wall": event.data["wall"]}
            if event.verb != Verb.PROGRESSED:
                continue
            film = (event.lesson_key, event.block_id)
            told = (e.at for e in told_before if (e.lesson_key, e.block_id) == film and e.at < event.at)
            possible = (event.at - max(told, default=self.started_at)).total_seconds() * FASTEST + SLACK
            if length(union(event.data.get("watched", []))) > possible:
                event.data = {**event.data, "counted": False}

    def _bring_in_line(
        self,
        fresh: list[LearningEvent],
        stored: list[LearningEvent],
        outline: Sequence[OutlineItem],
        rows: Rows,
    ) -> None:
        """From the events to the lessons they touch (their `rows`), from the lessons to the roll-up."""
        touched = {(event.lesson_key, event.edition) for event in fresh}
        history = defaultdict(list)
        for event in [*stored, *fresh]:
            history[event.lesson_key, event.edition].append(event)
        to_add = []
        for lesson in touched:
            found = progress_from(history[lesson], outline, lesson)
            pk = rows[lesson].pk if lesson in rows else None
            rows[lesson] = Row(pk, found["completed_at"])
            if pk is None:
                to_add.append(LessonProgress(enrolment=self, lesson_key=lesson[0], edition=lesson[1], **found))
            else:  # hardly ever more than one: a plain UPDATE is cheaper to build than bulk_update's CASE
                LessonProgress.objects.filter(pk=pk).update(**found)
        if to_add:
            LessonProgress.objects.bulk_create(to_add)
        latest = max(fresh, key=lambda event: event.at)
        if self.last_at is None or latest.at >= self.last_at:
            self.last_at, self.last_lesson_key = latest.at, latest.lesson_key
        self._roll_up(outline, rows)

    def _roll_up(self, outline: Sequence[OutlineItem], rows: Rows) -> None:
        before = self.completed_at
        done = {key: row.completed_at for key, row in rows.items() if row.completed_at}
        found = roll_up_from(outline, done, self.started_at)
        for name, value in found.items():
            setattr(self, name, value)
        Enrolment.objects.filter(pk=self.pk).update(**found, last_at=self.last_at, last_lesson_key=self.last_lesson_key)
        if self.completed_at != before:
            from courses.models.path import PathEnrolment

            PathEnrolment.follow([self.person_id], self.course_id)
        if self.is_complete and before is None:
            self.award(timezone.now())

    # ------------------------------------------------------------ corrections by a named person
    def waive(
        self, item: OutlineItem, reason: str, by: "User", note: str = "", *, clock: Clock = database_now
    ) -> Receipt:
        """A manager says that this lesson need not be done here."""
        data = {"reason": reason, "note": note, "by": by.pk}
        event = LearningEvent(lesson_key=item.lesson_key, edition=item.edition, verb=Verb.WAIVED, data=data, at=clock())
        return self.record([event], clock=clock)[0]

    def void(
        self, event: LearningEvent, reason: str, by: "User | None" = None, *, clock: Clock = database_now
    ) -> Receipt:
        """A manager says that this event should not count. The event stays; what follows from it is worked out anew.

        This alone can move a completion later or take it away. A certificate issued meanwhile is revoked by a person.
        """
        if event.enrolment_id != self.pk or event.verb == Verb.VOIDED:
            return Receipt(event.pk, "refused", "other_enrolment")
        data = {"event": str(event.pk), "reason": reason, "by": by.pk if by else None}
        correction = LearningEvent(
            lesson_key=event.lesson_key, edition=event.edition, verb=Verb.VOIDED, data=data, at=clock()
        )
        return self.record([correction], clock=clock)[0]

    # ------------------------------------------------------------ what completing brings
    def award(self, at: datetime.datetime) -> None:
        """The certificate and the letter, once: in the completion's transaction, or from a task after a projection."""
        from courses.papers import certificate_for
        from letters.models import Letter

        with transaction.atomic():
            rows = Enrolment.objects.select_for_update(of=("self",)).select_related("course", "person")
            me = rows.filter(pk=self.pk).first()
            if me is None:
                return  # it became part of another one, which is awarded itself
            if me.awarded_at is not None or me.completed_at is None or me.waits_for_name:
                return
            if me.course.gives_certificate:
                me.certificate = certificate_for(me, at)
            me.awarded_at = at
            me.save(update_fields=["certificate", "awarded_at"])
            if me.sends_letters and me.person.email:
                Letter.objects.post(
                    "course_completed", me.person.email, language=me.language, about=me, person=me.person
                )
        self.certificate, self.awarded_at = me.certificate, me.awarded_at

    # ------------------------------------------------------------ working everything out again
    def recomputed(self, outline: Sequence[OutlineItem], events: list[LearningEvent]) -> tuple[dict, dict]:
        """(lesson rows, roll-up) as they should be, from nothing but the outline and the events."""
        history = defaultdict(list)
        for event in events:
            history[event.lesson_key, event.edition].append(event)
        lessons = {lesson: progress_from(happened, outline, lesson) for lesson, happened in history.items()}
        done = {lesson: row["completed_at"] for lesson, row in lessons.items() if row["completed_at"]}
        return lessons, roll_up_from(outline, done, self.started_at)


PROGRESS_FIELDS = ["first_at", "completed_at", "rule", "score", "seconds", "position", "evidence"]


def rule_history(outline: Sequence[OutlineItem], lesson: tuple[UUID, int]):
    """The rule that held for this lesson at a moment (before it opened, the first; after it closed, the last), and the
    moments at which another may have begun."""
    rows = sorted((i for i in outline if (i.lesson_key, i.edition) == lesson), key=lambda item: item.since)

    def rule_at(at: datetime.datetime) -> dict | None:
        return next((row.rule for row in reversed(rows) if row.since <= at), rows[0].rule if rows else None)

    return rule_at, [row.since for row in rows[1:]]


def counting(events: Iterable[LearningEvent]) -> list[LearningEvent]:
    """Without those that were voided, and without the corrections themselves."""
    events = list(events)
    voided = {event.data.get("event") for event in events if event.verb == Verb.VOIDED}
    return [event for event in events if event.verb != Verb.VOIDED and str(event.pk) not in voided]


def progress_from(events: list[LearningEvent], outline: Sequence[OutlineItem], lesson: tuple[UUID, int]) -> dict:
    """What the events of one lesson amount to, whatever order they came in."""
    valid = counting(events)
    evidence = [event.evidence for event in valid]
    rule_at, changed = rule_history(outline, lesson)
    seen = sorted((event for event in valid if event.verb == Verb.PROGRESSED), key=lambda e: (e.at, str(e.pk)))
    blocks = sorted({str(event.block_id) for event in seen if event.block_id})
    scores = [
        event.data["score"]
        for event in valid
        if event.verb in (Verb.PASSED, Verb.FAILED, Verb.ANSWERED) and "score" in event.data
    ]
    positions = [event.data["position"] for event in seen if event.data.get("position") is not None]
    first = min(event.at for event in events)
    return {
        "first_at": first,
        "completed_at": met_at(rule_at, evidence, changed),
        "rule": rule_at(max(event.at for event in events)) or {},
        "score": max(scores, default=None),
        "seconds": int(length(present(evidence))),
        "position": positions[-1] if positions else None,
        "evidence": {"watched": {block: [list(pair) for pair in watched(evidence, block)] for block in blocks}}
        if blocks
        else {},
    }


def roll_up_from(
    outline: Sequence[OutlineItem], done: dict[tuple[UUID, int], datetime.datetime], started_at: datetime.datetime
) -> dict:
    required = completion.outline_for((item.as_required for item in outline if item.required), started_at)
    tally = completion.tally(required, done)
    return {
        "done": tally.done,
        "total": tally.total,
        "lessons_done": tally.lessons_done,
        "lessons_total": tally.lessons_total,
        "completed_at": completion.completed_at(required, done),
    }
