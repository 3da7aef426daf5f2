"""A quiz draws questions from the bank of its course; an attempt is one person answering what was drawn for them."""

import datetime
import random
import secrets
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from courses.clock import Clock, database_now
from courses.models.enrolment import Enrolment
from courses.models.progress import LearningEvent
from courses.models.quiz_bank import ItemVersion, QuizItem
from courses.quizzing import kinds
from courses.rules import Verb
from people.text import Bilingual

if TYPE_CHECKING:
    from courses.models.course import Course
    from courses.models.outline import OutlineItem
    from people.models import User

PASS_MARK = 50  # percent: five out of ten
LATE = datetime.timedelta(seconds=5)  # on its way when the time ran out


class NoAttemptLeft(Exception):
    """All attempts are used up; a training manager can grant another."""


class NothingToAsk(Exception):
    """The bank holds no question for this quiz."""


class Quiz(ClusterableModel):
    """How many questions of which tags are asked, and by which rules. A block of a lesson points here."""

    class Shows(models.TextChoices):
        PASSED = "passed", _("what was right and why; right answers once passed or no attempt is left")
        ALWAYS = "always", _("all right answers after every attempt")
        NEVER = "never", _("the result only")

    course = models.ForeignKey(
        "courses.Course", on_delete=models.PROTECT, related_name="quizzes", verbose_name=_("course")
    )
    title_vi = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title = Bilingual()
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=PASS_MARK, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_limit = models.PositiveSmallIntegerField(
        _("attempts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as often as one likes. The best result counts."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes for one attempt"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Empty: no limit. What was saved when the time is over is handed in."),
    )
    shuffle = models.BooleanField(_("mix questions and answers"), default=True)
    shows = models.CharField(_("shown after an attempt"), max_length=8, choices=Shows.choices, default=Shows.PASSED)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["course", "title_vi"]
        default_permissions = ["add", "change", "view"]
        constraints = [
            models.CheckConstraint(condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="quiz_pass_mark_is_percent"),
        ]

    COPIED = ("title_en", "pass_mark", "attempts_limit", "minutes", "shuffle", "shows")

    def __str__(self) -> str:
        return self.title

    # ------------------------------------------------------------ what it asks
    @property
    def _bank(self):
        return QuizItem.objects.filter(course=self.course_id).in_use()

    @cached_property
    def _wanted(self) -> list[tuple[str, int | None]]:
        """(tag, how many) of each draw, in their order; no number means all."""
        return [(draw.tag, draw.number) for draw in self.draws.all()] or [("", None)]

    @cached_property
    def _tags(self) -> list[list[str]]:
        """The tags of every question in use."""
        return [row.split() for row in self._bank.values_list("tags", flat=True)]

    def knows(
        self, wanted: list[tuple[str, int | None]], tags: list[list[str]], items: list[QuizItem] | None = None
    ) -> None:
        """Its draws, the tags and the questions of its bank, read elsewhere for many quizzes at once."""
        self.__dict__ |= {"_wanted": wanted or [("", None)], "_tags": tags, "_items": items}

    _items: list[QuizItem] | None = None

    @cached_property
    def questions(self) -> int:
        """How many are asked. Two queries, whatever the size of the bank."""
        if any(number is None and not tag for tag, number in self._wanted):
            return len(self._tags)
        have = {tag: sum(not tag or tag in tags for tags in self._tags) for tag, _number in self._wanted}
        asked = sum(have[tag] if number is None else min(number, have[tag]) for tag, number in self._wanted)
        return min(asked, len(self._tags))

    def problem(self) -> str:
        """Why nobody could pass this, or nothing."""
        if not self._tags:
            return gettext("The quiz “%(quiz)s” has no questions: the bank of its course is empty.") % {"quiz": self}
        for tag, number in self._wanted:
            have = sum(not tag or tag in tags for tags in self._tags)
            if have < (number or 1):
                sentence = gettext(
                    "The quiz “%(quiz)s” draws %(number)s questions tagged “%(tag)s”; there are %(have)s."
                )
                return sentence % {"quiz": self, "number": number or 1, "tag": tag or "*", "have": have}
        return ""

    def drawn(self, seed: int) -> list[tuple[ItemVersion, list[str]]]:
        """The questions of one attempt, each with the order of its options. The same seed and bank draw the same."""
        mixer = random.Random(seed)  # noqa: S311 - fairness, not secrecy
        items = list(self._bank.to_ask()) if self._items is None else self._items
        chosen: list[QuizItem] = []
        for tag, number in self._wanted:
            left = [item for item in items if item not in chosen and (not tag or tag in item.tag_list)]
            chosen += left if number is None else mixer.sample(left, min(number, len(left)))
        if self.shuffle:
            mixer.shuffle(chosen)
        versions = [item.current for item in chosen if item.current is not None]
        return [(one, kinds.drawn_order(one.kind, one.asked, mixer, self.shuffle)) for one in versions]

    def copy_to(self, course: "Course") -> "Quiz":
        """The same quiz in the bank of another course; found again where it was copied before."""
        same = {name: getattr(self, name) for name in self.COPIED}
        quiz, made = Quiz.objects.get_or_create(course=course, title_vi=self.title_vi, defaults=same)
        if made:
            for draw in self.draws.all():
                QuizDraw.objects.create(quiz=quiz, tag=draw.tag, number=draw.number, sort_order=draw.sort_order)
        return quiz

    # ------------------------------------------------------------ one person
    def granted(self, enrolment: Enrolment) -> tuple[int, int]:
        """Attempts and minutes that this person was granted on top."""
        more = self.allowances.filter(enrolment=enrolment).aggregate(a=Sum("attempts"), m=Sum("minutes"))
        return more["a"] or 0, more["m"] or 0

    def begin(self, enrolment: Enrolment, item: "OutlineItem", *, clock: Clock = database_now) -> "QuizAttempt":
        """The one door to an attempt: the open one of this lesson, else a new one. Asking twice draws once.

        An attempt whose time ran out meanwhile is closed and given back, so that nobody loses one unawares.
        """
        with transaction.atomic():
            me = enrolment._locked()
            now = max(clock(), me.started_at)
            mine = me.attempts.filter(lesson_key=item.lesson_key)
            if attempt := mine.filter(submitted_at=None).select_for_update().first():
                if attempt.is_over(now):
                    return attempt._close(me, now)
                if attempt.quiz_id == self.pk and attempt.edition == item.edition:
                    return attempt
                attempt._close(me, now)  # of a quiz or an edition that is gone: what was saved counts there
            attempts, minutes = self.granted(me)
            used = mine.filter(quiz=self, edition=item.edition).count()
            if self.attempts_limit is not None and used >= self.attempts_limit + attempts:
                raise NoAttemptLeft
            seed = secrets.randbits(53)
            drawn = self.drawn(seed)
            if not drawn:
                raise NothingToAsk
            latest = mine.aggregate(latest=models.Max("number"))["latest"] or 0
            attempt = QuizAttempt.objects.create(
                enrolment=me,
                quiz=self,
                lesson_key=item.lesson_key,
                edition=item.edition,
                number=latest + 1,
                seed=seed,
                pass_mark=self.pass_mark,
                started_at=now,
                deadline_at=now + datetime.timedelta(minutes=self.minutes + minutes) if self.minutes else None,
                max_points=sum(version.points for version, _order in drawn),
            )
            QuizResponse.objects.bulk_create(
                QuizResponse(attempt=attempt, position=position, version=version, order=order)
                for position, (version, order) in enumerate(drawn, start=1)
            )
            return attempt

    def allow(
        self,
        enrolment: Enrolment,
        by: "User",
        reason: str,
        *,
        attempts: int = 0,
        minutes: int = 0,
        clock: Clock = database_now,
    ) -> "QuizAllowance":
        """A training manager grants one person another attempt or more time; an attempt under way gets the time too."""
        with transaction.atomic():
            me = enrolment._locked()
            if minutes:
                more = datetime.timedelta(minutes=minutes)
                under_way = me.attempts.filter(quiz=self, submitted_at=None, deadline_at__isnull=False)
                for attempt in under_way.select_for_update():
                    if attempt.deadline_at is not None:
                        attempt.deadline_at += more
                        attempt.save(update_fields=["deadline_at"])
            return QuizAllowance.objects.create(
                enrolment=me,
                quiz=self,
                given_by=by,
                reason=reason,
                attempts=attempts,
                minutes=minutes,
                given_at=clock(),
            )


class QuizDraw(Orderable):
    """So many questions of a tag; without a number all of them, without a tag from the whole bank."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="draws")
    tag = models.CharField(_("tag"), max_length=40, blank=True, help_text=_("Empty: any question of the bank."))
    number = models.PositiveSmallIntegerField(
        _("how many"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: all of them.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        default_permissions = ()


class Saved(NamedTuple):
    """One whole answer to one question, as it arrives. `at` is when it was given, `event` names it for repeats."""

    position: int
    answer: object
    at: datetime.datetime
    event: UUID


class QuizAttempt(models.Model):
    """One person answering once what was drawn for them. Open until handed in, or until its time is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts", verbose_name=_("quiz"))
    lesson_key = models.UUIDField(_("lesson"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    number = models.PositiveIntegerField(_("number"), default=1)
    seed = models.PositiveBigIntegerField(_("seed"), default=0)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark in percent"))
    started_at = models.DateTimeField(_("begun"))
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    ran_out = models.BooleanField(_("time ran out"), default=False)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    max_points = models.PositiveSmallIntegerField(_("out of"))
    passed = models.BooleanField(_("passed"), default=False)  # set once and never taken away

    class Meta:
        verbose_name = _("quiz attempt")
        verbose_name_plural = _("quiz attempts")
        default_permissions = ()
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["enrolment", "lesson_key", "-submitted_at"], name="attempt_newest"),
            models.Index(fields=["deadline_at"], condition=Q(submitted_at=None), name="attempt_runs_out"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_points__gte=1) & (Q(points=None) | Q(points__lte=F("max_points"))),
                name="attempt_points_within_maximum",
            ),
            models.UniqueConstraint(fields=["enrolment", "lesson_key", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["enrolment", "lesson_key"], condition=Q(submitted_at=None), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, points=None, passed=False)
                | Q(submitted_at__gte=F("started_at"), points__isnull=False),
                name="attempt_judged_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}/{self.max_points}"

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None

    @property
    def score(self) -> int:
        return 100 * (self.points or 0) // self.max_points

    @property
    def result_event(self) -> UUID:
        return uuid.uuid5(self.pk, "result")

    def reaches(self, points: int) -> bool:
        return points * 100 >= self.pass_mark * self.max_points

    def is_over(self, now: datetime.datetime) -> bool:
        return self.is_open and self.deadline_at is not None and now > self.deadline_at + LATE

    # ------------------------------------------------------------ answering
    def save_answers(self, sent: Iterable[Saved], *, clock: Clock = database_now) -> bool:
        """Keep whole answers as they come; of one question the latest wins, a repeat changes nothing.

        False once the attempt is closed or its time is over: the server's clock alone decides that.
        """
        with transaction.atomic():
            me = QuizAttempt.objects.select_for_update().get(pk=self.pk)
            now = clock()
            if not me.is_open or me.is_over(now):
                return False
            me._keep(list(sent), now)
            return True

    def _keep(self, sent: list[Saved], now: datetime.datetime) -> None:
        rows = {row.position: row for row in self.responses.select_related("version")} if sent else {}
        changed = {}
        for one in sent:
            row = rows.get(one.position)
            if row is None:
                continue
            at = min(max(one.at, self.started_at), now)
            if row.answered_at is not None and (at, str(one.event)) <= (row.answered_at, str(row.event_id)):
                continue
            row.answer = kinds.clean_answer(row.version.kind, row.version.asked, one.answer)
            row.answered_at, row.event_id = at, one.event
            changed[one.position] = row
        QuizResponse.objects.bulk_update(changed.values(), ["answer", "answered_at", "event_id"])

    def hand_in(self, sent: Iterable[Saved] = (), *, clock: Clock = database_now) -> "QuizAttempt":
        """The end of it: last answers, judging, the result as an event of the lesson. A second time changes nothing.

        Locks: the enrolment, then the attempt. Answers that come after the deadline are left out.
        """
        with transaction.atomic():
            me = Enrolment.locked_of(self)
            attempt = QuizAttempt.objects.select_for_update(of=("self",)).select_related("quiz").get(pk=self.pk)
            if not attempt.is_open:
                return attempt
            now = max(clock(), attempt.started_at)
            if not attempt.is_over(now):
                attempt._keep(list(sent), now)
            return attempt._close(me, now)

    def close_if_over(self, *, clock: Clock = database_now) -> "QuizAttempt":
        """For whoever looks at it, and for the clock: closed with what was saved once its time is over."""
        if not self.is_open or self.deadline_at is None:
            return self
        with transaction.atomic():
            me = Enrolment.locked_of(self)
            attempt = QuizAttempt.objects.select_for_update(of=("self",)).select_related("quiz").get(pk=self.pk)
            now = clock()
            return attempt._close(me, now) if attempt.is_over(now) else attempt

    def _close(self, enrolment: Enrolment, now: datetime.datetime) -> "QuizAttempt":
        """Judge what was saved and tell the enrolment. The enrolment is locked by whoever calls."""
        rows = list(self.responses.select_related("version"))
        for row in rows:
            row.points = row.version.points if row.version.is_right(row.answer) else 0
        QuizResponse.objects.bulk_update(rows, ["points"])
        self.ran_out = self.is_over(now)
        self.submitted_at = min(now, self.deadline_at) if self.deadline_at else now
        self.points = sum(row.points or 0 for row in rows)
        self.passed = self.reaches(self.points)
        self.save(update_fields=["ran_out", "submitted_at", "points", "passed"])
        self._tell(enrolment, now)
        self.enrolment = enrolment
        return self

    def _tell(self, enrolment: Enrolment, now: datetime.datetime) -> None:
        """The result as a fact of the lesson. After a pass there is no "failed": then it is only an answer."""
        verb = Verb.PASSED
        if not self.passed:
            before = enrolment.attempts.filter(lesson_key=self.lesson_key, edition=self.edition, passed=True)
            verb = Verb.ANSWERED if before.exists() else Verb.FAILED
        self._record(enrolment, self.result_event, verb, {}, self.submitted_at, now)

    def _record(self, enrolment: Enrolment, key: UUID, verb: Verb, data: dict, at, now: datetime.datetime) -> None:
        event = LearningEvent(
            pk=key,
            lesson_key=self.lesson_key,
            edition=self.edition,
            verb=verb,
            data={"attempt": str(self.pk), "score": self.score, **data},
            at=at,
        )
        enrolment.record([event], offline_grace=None, clock=lambda: now)

    def _tell_regraded(self, enrolment: Enrolment, regrade: "Regrade", data: dict[str, Any], newly: bool) -> None:
        """One event an attempt and regrade: a new pass dates from the day of handing in, the rest from now."""
        key = uuid.uuid5(self.pk, f"regrade/{regrade.pk}")
        at = self.submitted_at if newly else regrade.at
        self._record(enrolment, key, Verb.PASSED if newly else Verb.ANSWERED, data, at, regrade.at)


class QuizResponse(models.Model):
    """One drawn question of an attempt: which wording, in which order its options stood, and the answer kept so far."""

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="responses")
    position = models.PositiveSmallIntegerField(_("position"))
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="responses")
    order = models.JSONField(default=list, blank=True)
    answer = models.JSONField(_("answer"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    event_id = models.UUIDField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    # The wording whose key judged it, where that is a later one.
    judged_by = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("answer in a quiz")
        verbose_name_plural = _("answers in quizzes")
        default_permissions = ()
        ordering = ["attempt", "position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="response_once_a_position")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"

    @property
    def is_whole(self) -> bool:
        return kinds.is_whole(self.version.kind, self.version.asked, self.answer)

    @property
    def key(self) -> dict[str, Any]:
        """What is right, as it is known today."""
        return (self.judged_by or self.version).key


class QuizAllowance(models.Model):
    """What a training manager granted one person beyond the rules of a quiz, and why."""

    enrolment = models.ForeignKey("courses.Enrolment", on_delete=models.PROTECT, related_name="quiz_allowances")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="allowances", verbose_name=_("quiz"))
    attempts = models.PositiveSmallIntegerField(_("more attempts"), default=0)
    minutes = models.PositiveSmallIntegerField(_("more minutes"), default=0)
    reason = models.CharField(_("reason"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    given_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("more attempts or time")
        verbose_name_plural = _("more attempts or time")
        default_permissions = ()
        ordering = ["given_at"]
        constraints = [
            models.CheckConstraint(condition=Q(attempts__gte=1) | Q(minutes__gte=1), name="allowance_of_something")
        ]

    def __str__(self) -> str:
        return self.reason


class Change(NamedTuple):
    """What a regrade does to one answer of somebody's."""

    response: QuizResponse
    before: int
    after: int

    @property
    def attempt(self) -> QuizAttempt:
        return self.response.attempt

    @property
    def total(self) -> int:
        return (self.attempt.points or 0) - self.before + self.after

    @property
    def will_pass(self) -> bool:
        return not self.attempt.passed and self.attempt.reaches(self.total)


class Regrade(models.Model):
    """Answers to earlier wordings of a question judged anew by a corrected one: who decided it, and why.

    What it changed stands in one event an attempt, with the points before and after.
    """

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="regrades")
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))
    changed = models.PositiveIntegerField(_("answers changed"), default=0)

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        default_permissions = ()
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.reason

    @staticmethod
    def _affected(version: ItemVersion):
        """Handed-in answers to this wording and to earlier ones of the same kind."""
        return QuizResponse.objects.filter(
            version__item=version.item_id,
            version__kind=version.kind,
            version__number__lte=version.number,
            attempt__submitted_at__isnull=False,
        )

    @classmethod
    def preview(cls, version: ItemVersion) -> list[Change]:
        """What would change, read only. Points are those of the wording that was asked."""
        found = []
        rows = cls._affected(version).select_related("version", "attempt__quiz", "attempt__enrolment__person")
        for row in rows.order_by("attempt__submitted_at", "pk"):
            after = row.version.points if version.is_right(row.answer) else 0
            if after != row.points:
                found.append(Change(row, row.points or 0, after))
        return found

    @classmethod
    def decide(cls, version: ItemVersion, by: "User", reason: str, *, clock: Clock = database_now) -> "Regrade":
        return cls.objects.create(version=version, by=by, reason=reason, at=clock())

    def apply(self) -> int:
        """Judge again, an enrolment at a time; a second time changes nothing. How many answers changed.

        Who now passes does so from the day they handed it in. No pass is taken away.
        """
        number = sum(self._judge(change) for change in self.preview(self.version))
        self._affected(self.version).update(judged_by=self.version)
        return number

    def _judge(self, change: Change) -> int:
        with transaction.atomic():
            me = Enrolment.locked_of(change.attempt)
            attempt = QuizAttempt.objects.select_for_update().get(pk=change.attempt.pk)
            row = QuizResponse.objects.select_related("version").get(pk=change.response.pk)
            before = row.points or 0
            row.points = row.version.points if self.version.is_right(row.answer) else 0
            row.judged_by = self.version
            row.save(update_fields=["points", "judged_by"])
            if row.points == before:
                return 0
            attempt.points = (attempt.points or 0) - before + row.points
            newly = not attempt.passed and attempt.reaches(attempt.points)
            attempt.passed = attempt.passed or newly
            attempt.save(update_fields=["points", "passed"])
            who = {"regrade": self.pk, "by": self.by_id, "why": self.reason}
            attempt._tell_regraded(me, self, who | {"before": before, "after": row.points}, newly)
            Regrade.objects.filter(pk=self.pk).update(changed=F("changed") + 1)
            return 1
