"""A course as a record: what counts in it, and the doors through which people and lessons come in."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from courses.clock import Clock, database_now
from courses.models.enrolment import Enrolment
from courses.models.outline import OutlineItem
from courses.models.progress import LessonProgress
from people.text import Bilingual, search_text

NO_SECTION = UUID(int=0)


class CourseNotOpen(Exception):
    """Nobody can enrol now: the course has not opened yet, or was closed."""


@dataclass(frozen=True)
class Wanted:
    """A lesson as the page tree wants it to count. `problem` keeps it from opening, never closes it."""

    lesson_key: UUID
    title_vi: str
    edition: int = 1
    required: bool = True
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

    @property
    def counts(self) -> bool:
        return bool(self.to_open or self.to_close)


class CourseQuerySet(models.QuerySet["Course"]):
    def open_on(self, at: datetime.datetime):
        return self.filter(opened_at__lte=at).exclude(closed_at__lte=at)

    def matching(self, text: str):
        found = self
        for word in search_text(text).split():
            found = found.filter(search_text__contains=word)
        return found


class Course(models.Model):
    """One course in all languages. Its key is the translation key of its pages; names come from the Vietnamese one."""

    class Group(models.TextChoices):
        COMPULSORY = "compulsory", _("Compulsory")
        ELECTIVE = "elective", _("Elective")

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
    COPIED = ("code", "group", "title_vi", "title_en", "hours", "is_sample", "gives_certificate")

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    def save(self, *args, **kwargs):
        self.search_text = search_text(self.code, self.title_vi, self.title_en)[:600]
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def is_open(self, at: datetime.datetime) -> bool:
        return self.opened_at is not None and self.opened_at <= at and not (self.closed_at and self.closed_at <= at)

    # ------------------------------------------------------------ people come in
    def enrol(
        self,
        person,
        source: str = "self",
        at: datetime.datetime | None = None,
        *,
        language: str = "vi",
        letters: bool = True,
        clock: Clock = database_now,
    ) -> Enrolment:
        """The one door to learning. Asking twice gives the same enrolment.

        The course's row is locked first: an enrolment must not miss a projection that runs beside it.
        """
        with transaction.atomic():
            course = Course.objects.select_for_update().get(pk=self.pk)
            at = at or clock()
            if existing := Enrolment.objects.filter(person=person, course=course).order_by("-cycle").first():
                return existing
            if source == Enrolment.Source.SELF and not course.is_open(at):
                raise CourseNotOpen
            required = (
                course.outline.open().required().aggregate(total=Coalesce(Sum("weight"), 0), lessons=models.Count("pk"))
            )
            return Enrolment.objects.create(
                person=person,
                course=course,
                source=source,
                language=language,
                unit_at_start=person.unit,
                started_at=at,
                total=required["total"],
                lessons_total=required["lessons"],
                sends_letters=letters,
            )

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
            Course.objects.select_for_update().get(pk=self.pk)
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

    def difference(self, wanted: Iterable[Wanted], at: datetime.datetime, *, at_once: bool = False) -> Difference:
        """Compare the outline with what is wanted. Reads only."""
        found = Difference()
        rows = list(self.outline.all())
        by_key = {row.lesson_key: row for row in rows if row.until is None}
        highest: dict[UUID, int] = {}
        for each in rows:
            highest[each.lesson_key] = max(each.edition, highest.get(each.lesson_key, 0))
        seen = set()
        for lesson in wanted:
            seen.add(lesson.lesson_key)
            # An old revision never lowers the edition; a lesson that returns does so in its latest one.
            edition = max(lesson.edition, highest.get(lesson.lesson_key, 1))
            lesson = replace(lesson, edition=edition)
            row: OutlineItem | None = by_key.get(lesson.lesson_key)
            if row is None:
                if not lesson.problem:
                    found.to_open.append(lesson)
                continue
            if not lesson.problem and any(getattr(row, name) != getattr(lesson, name) for name in Wanted.COUNTS):
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
            course = Course.objects.select_for_update().get(pk=self.pk)
            difference = course.difference(wanted, clock(), at_once=at_once)
            if not difference:
                return difference
            if difference.counts:
                list(course.enrolments.select_for_update().order_by("pk").values_list("pk", flat=True))
            instant = course._instant(clock)
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
                    **{name: getattr(lesson, name) for name in (*Wanted.COUNTS, *Wanted.NAMES)},
                )
                for lesson in difference.to_open
            )
            course.outline_version += 1
            course.projected_at = instant
            course.save(update_fields=["outline_version", "projected_at"])
            if difference.counts:
                course._roll_up(instant)
            self.outline_version, self.projected_at = course.outline_version, course.projected_at
            return difference

    def _instant(self, clock: Clock) -> datetime.datetime:
        """Strictly after every completion and boundary so far, or a lesson added in that tick would undo one."""
        latest = max(
            filter(
                None,
                [
                    self.enrolments.aggregate(latest=Max("completed_at"))["latest"],
                    *self.outline.aggregate(opened=Max("since"), closed=Max("until")).values(),
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
        totals = required.aggregate(total=Coalesce(Sum("weight"), 0), lessons=models.Count("pk"))
        finished = LessonProgress.objects.filter(
            enrolment=OuterRef(OuterRef("pk")),
            lesson_key=OuterRef("lesson_key"),
            edition=OuterRef("edition"),
            completed_at__isnull=False,
        )
        done = required.filter(Exists(finished)).order_by().values("course")
        self.enrolments.update(
            done=Coalesce(Subquery(done.annotate(sum=Sum("weight")).values("sum")), 0),
            lessons_done=Coalesce(Subquery(done.annotate(number=models.Count("pk")).values("number")), 0),
            total=totals["total"],
            lessons_total=totals["lessons"],
        )
        completed = list(
            self.enrolments.filter(completed_at=None, total__gt=0, done=models.F("total")).values_list("pk", flat=True)
        )
        if not completed:
            return
        counted = required.filter(lesson_key=OuterRef("lesson_key"), edition=OuterRef("edition"))
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
        from courses.tasks import award

        keys = [str(pk) for pk in completed]
        transaction.on_commit(lambda: award.enqueue(keys))
