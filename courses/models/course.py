"""A course as a record: what counts in it, and the doors through which people and lessons come in."""

import datetime
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.clock import Clock, database_now
from courses.models.enrolment import Enrolment, counting, who_took_over
from courses.models.outline import OutlineItem
from courses.models.progress import LearningEvent, LessonProgress
from courses.rules import is_met
from people.models import Searchable, User
from people.text import Bilingual, search_text

NO_SECTION = UUID(int=0)


class EnrolmentRefused(Exception):
    """This person cannot enrol now; `sentence` says why. `courses` are those that have to be completed first."""

    courses: Sequence["Course"] = ()

    @property
    def sentence(self) -> str:
        return gettext("You cannot enrol in this course.")


class CourseNotOpen(EnrolmentRefused):
    """Nobody can enrol now: the course has not opened yet, or was closed."""

    @property
    def sentence(self) -> str:
        return gettext("This course is not open for enrolment.")


class ByInvitation(EnrolmentRefused):
    @property
    def sentence(self) -> str:
        return gettext(
            "This course takes people by invitation. Open the link that you were sent, or ask its organiser."
        )


class OnlyForUnits(EnrolmentRefused):
    @property
    def sentence(self) -> str:
        return gettext(
            "This course is for people of certain units, and yours is not among them. If you work there, "
            "ask the training office to correct your unit."
        )


class OthersFirst(EnrolmentRefused):
    def __init__(self, courses: "Sequence[Course]"):
        super().__init__(courses)
        self.courses = courses

    @property
    def sentence(self) -> str:
        names = ", ".join(f"“{course.title}”" for course in self.courses)
        return gettext("Complete this course first: %(courses)s.") % {"courses": names}


class Enrolled(NamedTuple):
    """What came of enrolling many: who is new, and how many who learnt already were given the deadline."""

    new: list[Enrolment]
    dated: int


def new_invitation() -> str:
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Wanted:
    """A lesson as the page tree wants it to count. `problem` keeps it from opening, never closes it."""

    lesson_key: UUID
    title_vi: str
    edition: int = 1
    required: bool = True
    only_new: bool = False  # required only of those who enrol from its opening on
    new_from: datetime.datetime | None = None  # since when, if it was so before; found by `difference`
    weight: int = 1
    rule: dict[str, Any] = field(default_factory=lambda: {"kind": "confirmed"})
    section_key: UUID = NO_SECTION
    section_title_vi: str = ""
    section_title_en: str = ""
    position: int = 0
    title_en: str = ""
    problem: str = ""

    # A change of these closes the row and opens another; a change of the names is written in place.
    COUNTS = ("edition", "required", "weight", "rule")
    NAMES = ("section_key", "section_title_vi", "section_title_en", "position", "title_vi", "title_en")

    def differs_from(self, row: OutlineItem) -> bool:
        """Would an open row have to close for this?"""
        only_new = row.new_from is not None
        return only_new != self.only_new or any(getattr(row, name) != getattr(self, name) for name in Wanted.COUNTS)

    def after(self, highest: int, last: OutlineItem | None) -> "Wanted":
        """As it can follow what was before: an old revision never lowers the edition, a lesson that returns does so in
        its latest one, and “only for new learners” goes on counting from the day it was first said."""
        only_new = self.only_new and self.required
        new_from = last.new_from if last is not None and only_new else None
        return replace(self, edition=max(self.edition, highest), only_new=only_new, new_from=new_from)


@dataclass
class Difference:
    """What must happen to the outline so that it is as wanted."""

    to_open: list[Wanted] = field(default_factory=list)
    to_close: list[OutlineItem] = field(default_factory=list)
    to_rename: list[OutlineItem] = field(default_factory=list)
    missing: list[OutlineItem] = field(default_factory=list)  # begin their grace
    found: list[OutlineItem] = field(default_factory=list)  # came back within the grace
    in_grace: list[OutlineItem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.to_open or self.to_close or self.to_rename or self.missing or self.found)

    # Lessons that go on in the same edition by another rule.
    judged_anew: list[Wanted] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        return bool(self.to_open or self.to_close)


def summed(items) -> Coalesce:
    """The weights of these outline items, as an expression."""
    return Coalesce(Subquery(items.annotate(sum=Sum("weight")).values("sum")), 0)


def counted_up(items) -> Coalesce:
    return Coalesce(Subquery(items.annotate(number=models.Count("pk")).values("number")), 0)


class CourseQuerySet(Searchable["Course"]):
    def annotate_people(self):
        """With `finished` and `learning`: how many have completed it, and how many have not yet."""
        finished = models.Count("enrolments__completed_at")
        return self.annotate(finished=finished, learning=models.Count("enrolments") - finished)

    def hidden_from(self, user):
        """Courses that no list shows to this person; whoever has the address may open those hidden by their link."""
        if user is not None and user.is_authenticated:
            return self.filter(visibility=Course.Visibility.LINK)
        return self.exclude(visibility=Course.Visibility.PUBLIC)


class Course(models.Model):
    """One course in all languages. Its key is the translation key of its pages; names come from the Vietnamese one."""

    class Group(models.TextChoices):
        COMPULSORY = "compulsory", _("Compulsory")
        ELECTIVE = "elective", _("Elective")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everybody")
        SIGNED_IN = "signed_in", _("People who are logged in")
        LINK = "link", _("Whoever has the address: it stands in no list")

    class Entry(models.TextChoices):
        OPEN = "open", _("Everybody who is logged in")
        INVITATION = "invitation", _("By invitation: with the link, or by a training manager")
        UNITS = "units", _("People of the chosen units")

    key = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(_("code"), max_length=20, blank=True)
    group = models.CharField(_("group"), max_length=12, choices=Group.choices, default=Group.ELECTIVE)
    title_vi = models.CharField(_("title"), max_length=255, blank=True)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    title = Bilingual()
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    gives_certificate = models.BooleanField(_("gives a certificate"), default=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    sequential = models.BooleanField(_("step by step"), default=False)
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    entry = models.CharField(_("who may enrol"), max_length=10, choices=Entry.choices, default=Entry.OPEN)
    units = models.ManyToManyField("people.Unit", verbose_name=_("for these units"), related_name="+", blank=True)
    prerequisites = models.ManyToManyField(
        "self", verbose_name=_("to be completed before"), symmetrical=False, related_name="leads_to", blank=True
    )
    # The link of an invitation ends with it.
    invitation = models.CharField(_("invitation"), max_length=32, default=new_invitation, editable=False)
    outline_version = models.PositiveIntegerField(_("version of the outline"), default=0)
    projected_at = models.DateTimeField(_("last projected"), null=True, blank=True)
    search_text = models.CharField(max_length=600, blank=True, editable=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["code", "title_vi"]
        default_permissions = ["view"]

    # What project() copies from the page.
    COPIED = (
        "code",
        "group",
        "title_vi",
        "title_en",
        "hours",
        "is_sample",
        "gives_certificate",
        "sequential",
        "visibility",
        "entry",
    )

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    def save(self, *args, **kwargs):
        self.search_text = search_text(self.code, self.title_vi, self.title_en)[:600]
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def is_open(self, at: datetime.datetime) -> bool:
        return self.opened_at is not None and self.opened_at <= at and not (self.closed_at and self.closed_at <= at)

    @classmethod
    def locked(cls, key: UUID) -> "Course":
        """The row, locked until the end of the transaction: only one enrols or projects at a time.

        Its key stays free (FOR NO KEY UPDATE): whoever completes writes an enrolment twice, and PostgreSQL then looks
        at the course again when committing. A projection that waits for that enrolment would wait for ever.
        """
        return cls.objects.select_for_update(no_key=True).get(pk=key)

    # ------------------------------------------------------------ people come in
    def refusal(self, person, at: datetime.datetime, invitation: str = "") -> EnrolmentRefused | None:
        """Why this person may not enrol by themselves now. What training managers decide is not asked here."""
        if not self.is_open(at):
            return CourseNotOpen()
        if self.entry == self.Entry.INVITATION and not constant_time_compare(invitation, self.invitation):
            return ByInvitation()
        if self.entry == self.Entry.UNITS:
            unit = person.unit
            if unit is None or not self.units.filter(pk__in=[unit.pk, unit.parent_id]).exists():
                return OnlyForUnits()
        if lacking := self.lacking(person):
            return OthersFirst(lacking)
        return None

    def lacking(self, person) -> list["Course"]:
        """Courses that have to be completed before, and were not."""
        finished = Enrolment.objects.filter(person=person, completed_at__isnull=False).values("course")
        return list(self.prerequisites.exclude(pk__in=finished).order_by("code", "title_vi"))

    def invite_anew(self) -> None:
        """The link given out so far leads in no longer."""
        self.invitation = new_invitation()
        self.save(update_fields=["invitation"])

    def enrol(
        self,
        person,
        source: str = "self",
        at: datetime.datetime | None = None,
        *,
        invitation: str = "",
        language: str = "vi",
        letters: bool = True,
        clock: Clock = database_now,
    ) -> Enrolment:
        """The one door to learning. Asking twice gives the same enrolment.

        The course's row is locked first: an enrolment must not miss a projection that runs beside it.
        """
        with transaction.atomic():
            course = Course.locked(self.pk)
            # Not before the last projection, whatever the clock says: who comes after it is new to what it opened.
            at = at or max(filter(None, [clock(), course.projected_at]))
            person = who_took_over(person.pk) or person  # while we waited, two accounts may have become one
            if existing := Enrolment.objects.filter(person=person, course=course).order_by("-cycle").first():
                return existing
            if source == Enrolment.Source.SELF and (refusal := course.refusal(person, at, invitation)):
                raise refusal
            return Enrolment.objects.create(
                person=person,
                course=course,
                source=source,
                language=language,
                unit_at_start=person.unit,
                started_at=at,
                sends_letters=letters,
                **course._counting(at),
            )

    def _counting(self, at: datetime.datetime) -> dict[str, int]:
        """What somebody who enrols then has before them."""
        counting = self.outline.open().required().counting_for(at)
        return counting.aggregate(total=Coalesce(Sum("weight"), 0), lessons_total=models.Count("pk"))

    def to_date(self, people, due_at: datetime.datetime | None):
        """Enrolments of these people that this deadline would change: not complete, with another one or none."""
        if due_at is None:
            return self.enrolments.none()
        return self.enrolments.filter(person__in=people, completed_at=None).exclude(due_at=due_at)

    def enrol_many(
        self,
        people: Iterable["User"],
        source: str,
        at: datetime.datetime | None = None,
        *,
        due_at: datetime.datetime | None = None,
        letters: bool = True,
        clock: Clock = database_now,
    ) -> Enrolled:
        """The same for many at once, by a training manager: those who were not enrolled yet, in one short lock.

        A deadline is for those enrolled before too; without one theirs stays.
        `memberships__unit` of the people should be prefetched.
        """
        by_key = {person.pk: person for person in people}
        with transaction.atomic():
            course = Course.locked(self.pk)
            at = at or max(filter(None, [clock(), course.projected_at]))
            enrolled: set[int] = set()
            dated = 0
            for keys in batched(by_key, 5_000, strict=False):
                dated += course.to_date(keys, due_at).update(due_at=due_at)
                enrolled.update(course.enrolments.filter(person__in=keys).values_list("person", flat=True))
            # Asked under the lock: who was united with another account meanwhile learns there.
            active: set[int] = set()
            for keys in batched(by_key, 5_000, strict=False):
                active.update(User.objects.filter(pk__in=keys, is_active=True).values_list("pk", flat=True))
            counting = course._counting(at)
            new = [
                Enrolment(
                    person=person,
                    course=course,
                    source=source,
                    language=person.language,
                    unit_at_start=person.unit,
                    started_at=at,
                    due_at=due_at,
                    sends_letters=letters,
                    **counting,
                )
                for pk, person in by_key.items()
                if pk not in enrolled and pk in active
            ]
            return Enrolled(Enrolment.objects.bulk_create(new, batch_size=1_000), dated)

    # ------------------------------------------------------------ lessons come in
    @classmethod
    def project_for(cls, key: UUID, *, clock: Clock = database_now, at_once: bool = False) -> "Course | None":
        """Bring the record of this course in line with its pages; the record is made at the first publishing."""
        from courses.projection import home_page

        if home_page(key) is not None:
            cls.objects.get_or_create(key=key)
        course = cls.objects.filter(key=key).first()
        if course is not None:
            course.project(clock=clock, at_once=at_once)
        return course

    def project(self, *, clock: Clock = database_now, at_once: bool = False) -> Difference:
        """Read what the page tree wants and apply the difference. `at_once` skips the grace of missing lessons."""
        from courses.projection import home_page, wanted

        with transaction.atomic():
            Course.locked(self.pk)
            page = home_page(self.key)
            difference = self.apply(wanted(page), clock=clock, at_once=at_once)
            self.refresh_from_db()
            self._copy(page, clock)
        return difference

    def _copy(self, page, clock: Clock) -> None:
        before = {name: getattr(self, name) for name in (*self.COPIED, "opened_at", "closed_at")}
        if page is not None:
            for name, value in page.for_record().items():
                setattr(self, name, value)
        if page is not None and page.live:
            self.opened_at = page.opens_at or self.opened_at or clock()
            self.closed_at = page.closes_at
        elif self.opened_at and self.closed_at is None:
            self.closed_at = clock()
        changed = [name for name, value in before.items() if getattr(self, name) != value]
        if changed:
            self.save(update_fields=changed)
        if page is not None and page.live:
            self.units.set(page.units.all())
            self.prerequisites.set(page.prerequisites.exclude(pk=self.pk))

    def difference(self, wanted: Iterable[Wanted], at: datetime.datetime, *, at_once: bool = False) -> Difference:
        """Compare the outline with what is wanted. Reads only."""
        found = Difference()
        rows = list(self.outline.all())
        by_key = {row.lesson_key: row for row in rows if row.until is None}
        highest: dict[UUID, int] = {}
        last: dict[UUID, OutlineItem] = {}
        for each in sorted(rows, key=lambda row: row.since):
            highest[each.lesson_key] = max(each.edition, highest.get(each.lesson_key, 0))
            last[each.lesson_key] = each
        seen = set()
        for lesson in wanted:
            seen.add(lesson.lesson_key)
            lesson = lesson.after(highest.get(lesson.lesson_key, 1), last.get(lesson.lesson_key))
            row: OutlineItem | None = by_key.get(lesson.lesson_key)
            if row is None:
                if not lesson.problem:
                    found.to_open.append(lesson)
                continue
            if not lesson.problem and lesson.differs_from(row):
                found.to_close.append(row)
                found.to_open.append(lesson)
                continue
            if row.missing_since is not None:
                row.missing_since = None
                found.found.append(row)
            if any(getattr(row, name) != getattr(lesson, name) for name in Wanted.NAMES):
                for name in Wanted.NAMES:
                    setattr(row, name, getattr(lesson, name))
                found.to_rename.append(row)
        rules = {(each.lesson_key, each.edition): each.rule for each in last.values()}
        found.judged_anew = [
            lesson
            for lesson in found.to_open
            if rules.get((lesson.lesson_key, lesson.edition), lesson.rule) != lesson.rule
        ]
        gone = [row for key, row in by_key.items() if key not in seen]
        grace = datetime.timedelta(minutes=settings.COURSES_CLOSING_GRACE_MINUTES)
        # All missing lessons of a course close together, once the youngest has been away long enough.
        if gone and (at_once or all(row.missing_since and row.missing_since + grace <= at for row in gone)):
            found.to_close.extend(gone)
        else:
            found.missing = [row for row in gone if row.missing_since is None]
            found.in_grace = gone
        return found

    def apply(self, wanted: Sequence[Wanted], *, clock: Clock = database_now, at_once: bool = False) -> Difference:
        """Make the outline as wanted, in one instant, and bring every enrolment in line. A second call writes nothing.

        Locks: the course, then all its enrolments by key; only then is the clock read (see docs on progress).
        """
        with transaction.atomic():
            course = Course.locked(self.pk)
            difference = course.difference(wanted, clock(), at_once=at_once)
            if not difference:
                return difference
            if difference.counts:
                list(course.enrolments.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
            instant = course._instant(clock, difference.judged_anew)
            for row in difference.missing:
                row.missing_since = instant
            OutlineItem.objects.bulk_update([*difference.missing, *difference.found], ["missing_since"])
            OutlineItem.objects.bulk_update(difference.to_rename, Wanted.NAMES)
            course.outline.filter(pk__in=[row.pk for row in difference.to_close]).update(
                until=instant, missing_since=None
            )
            OutlineItem.objects.bulk_create(
                OutlineItem(
                    course=course,
                    lesson_key=lesson.lesson_key,
                    since=instant,
                    new_from=(lesson.new_from or instant) if lesson.only_new else None,
                    **{name: getattr(lesson, name) for name in (*Wanted.COUNTS, *Wanted.NAMES)},
                )
                for lesson in difference.to_open
            )
            course.outline_version += 1
            course.projected_at = instant
            course.save(update_fields=["outline_version", "projected_at"])
            if difference.counts:
                for lessons in batched(course.done_by_new_rules(difference), 5_000, strict=False):
                    LessonProgress.objects.filter(pk__in=lessons).update(completed_at=instant)
                course._roll_up(instant)
            self.outline_version, self.projected_at = course.outline_version, course.projected_at
            return difference

    def done_by_new_rules(self, difference: Difference) -> list[int]:
        """Lessons begun and not done, of whoever has done by now all that the new rule asks. Reads only.

        From the instant of the projection on they are done: that follows from the events (rules.met_at).
        """
        found = []
        for lesson in difference.judged_anew:
            begun = LessonProgress.objects.filter(
                enrolment__course=self, lesson_key=lesson.lesson_key, edition=lesson.edition, completed_at=None
            )
            for rows in batched(begun.values_list("pk", "enrolment"), 1_000, strict=False):
                told: dict[UUID, list[LearningEvent]] = {enrolment: [] for _pk, enrolment in rows}
                for event in LearningEvent.objects.filter(
                    enrolment__in=told, lesson_key=lesson.lesson_key, edition=lesson.edition
                ):
                    told[event.enrolment_id].append(event)
                for pk, enrolment in rows:
                    if is_met(lesson.rule, [event.evidence for event in counting(told[enrolment])]):
                        found.append(pk)
        return found

    def _instant(self, clock: Clock, judged_anew: Sequence[Wanted]) -> datetime.datetime:
        """Strictly after every completion and boundary so far, or a lesson added in that tick would undo one; after
        everybody's beginning, or a lesson only for new learners would meet somebody who was here before; and after all
        that was done in a lesson that gets another rule, or a stricter one would judge what was done before it."""
        done = LearningEvent.objects.filter(
            enrolment__course=self, lesson_key__in=[lesson.lesson_key for lesson in judged_anew]
        )
        latest = max(
            filter(
                None,
                [
                    *self.enrolments.aggregate(completed=Max("completed_at"), began=Max("started_at")).values(),
                    *self.outline.aggregate(opened=Max("since"), closed=Max("until")).values(),
                    *(done.aggregate(latest=Max("at")).values() if judged_anew else ()),
                ],
            ),
            default=None,
        )
        now = clock()
        return now if latest is None else max(now, latest + datetime.timedelta(microseconds=1))

    def _roll_up(self, instant: datetime.datetime) -> None:
        """Write `done` and `total` of every enrolment again, and complete those who now lack nothing.

        After a projection no earlier date can appear for people not yet complete, so the instant is their exact date;
        only where a fact bears a later date (a clock that stepped back) the fact's date counts.
        """
        required = self.outline.open().required()
        finished = LessonProgress.objects.filter(
            enrolment=OuterRef(OuterRef("pk")),
            lesson_key=OuterRef("lesson_key"),
            edition=OuterRef("edition"),
            completed_at__isnull=False,
        )
        done = required.filter(Exists(finished)).order_by().values("course")
        totals: dict[str, Any] = required.aggregate(
            total=Coalesce(Sum("weight"), 0), lessons_total=models.Count("pk"), narrowed=models.Count("new_from")
        )
        if totals.pop("narrowed"):  # what counts depends on when somebody began
            theirs = required.counting_for(OuterRef("started_at")).order_by().values("course")
            done = done.counting_for(OuterRef("started_at"))
            totals = {"total": summed(theirs), "lessons_total": counted_up(theirs)}
        self.enrolments.update(done=summed(done), lessons_done=counted_up(done), **totals)
        completed = list(
            self.enrolments.filter(completed_at=None, total__gt=0, done=models.F("total")).values_list("pk", flat=True)
        )
        if not completed:
            return
        counted = required.filter(lesson_key=OuterRef("lesson_key"), edition=OuterRef("edition")).counting_for(
            OuterRef("enrolment__started_at")
        )
        last_fact = (
            LessonProgress.objects.filter(Exists(counted), enrolment=OuterRef("pk"))
            .order_by()
            .values("enrolment")
            .annotate(latest=Max("completed_at"))
            .values("latest")
        )
        self.enrolments.filter(Q(completed_at=None), total__gt=0, done=models.F("total")).update(
            completed_at=Greatest(models.Value(instant, output_field=models.DateTimeField()), Subquery(last_fact))
        )
        from courses.models.path import PathEnrolment
        from courses.tasks import award

        PathEnrolment.follow(self.enrolments.filter(pk__in=completed).values_list("person", flat=True), self.pk)
        keys = [str(pk) for pk in completed]
        transaction.on_commit(lambda: award.enqueue(keys))
