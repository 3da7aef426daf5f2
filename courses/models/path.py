"""A learning path: a programme of courses, who follows it, and how far they are."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.clock import Clock, database_now
from courses.completion import percent
from courses.models.course import Course
from courses.models.enrolment import Enrolment, who_took_over
from courses.path_completion import Asked, Finished, Standing, path_completed_at, standings
from people.text import Bilingual


class PathNotOpen(Exception):
    """Nobody can begin this path now."""

    @property
    def sentence(self) -> str:
        return gettext("This learning path is not open now.")


@dataclass(frozen=True)
class WantedGroup:
    """A group as the page wants it: `needs` None is all of its courses."""

    key: UUID
    title_vi: str
    courses: Sequence[UUID]
    needs: int | None = None
    title_en: str = ""


class Path(models.Model):
    """A programme in all languages. Its key is the translation key of its pages."""

    key = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(_("code"), max_length=20, blank=True)
    title_vi = models.CharField(_("title"), max_length=255, blank=True)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    title = Bilingual()
    is_sample = models.BooleanField(_("sample"), default=False)
    gives_certificate = models.BooleanField(_("gives a certificate"), default=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outline_version = models.PositiveIntegerField(_("version of the outline"), default=0)
    projected_at = models.DateTimeField(_("last projected"), null=True, blank=True)

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")
        ordering = ["code", "title_vi"]
        default_permissions = ["view"]

    COPIED = ("code", "title_vi", "title_en", "is_sample", "gives_certificate")

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    def is_open(self, at: datetime.datetime) -> bool:
        return self.opened_at is not None and self.opened_at <= at and not (self.closed_at and self.closed_at <= at)

    # ------------------------------------------------------------ people come in
    def join(
        self, person, *, language: str = "vi", at: datetime.datetime | None = None, letters: bool = True
    ) -> "PathEnrolment":
        """Begin the path. Asking twice gives the same row; courses completed before count.

        Locks the path, so as not to miss a projection, and the person's enrolments, so as not to miss a completion.
        """
        with transaction.atomic():
            path = Path.objects.select_for_update(no_key=True).get(pk=self.pk)
            if existing := PathEnrolment.objects.filter(person=person, path=path).first():
                return existing
            now = database_now()
            if not path.is_open(now):
                raise PathNotOpen
            list(person.enrolments.select_for_update().order_by("pk").values_list("pk", flat=True))
            if other := who_took_over(person.pk):  # while we waited, two accounts became one
                return path.join(other, language=language, at=at, letters=letters)
            found = PathEnrolment.objects.create(
                person=person, path=path, language=language, started_at=at or now, sends_letters=letters
            )
            PathEnrolment.bring_in_line([found.pk])
        found.refresh_from_db()
        return found

    # ------------------------------------------------------------ courses come in
    @classmethod
    def project_for(cls, key: UUID, *, clock: Clock = database_now) -> "Path | None":
        """Bring the record in line with its page; it is made at the first publishing."""
        from courses.path_pages import PathPage

        page = PathPage.objects.filter(translation_key=key, locale__language_code="vi").first()
        if page is not None:
            cls.objects.get_or_create(key=key)
        path = cls.objects.filter(key=key).first()
        if path is not None:
            path.project(page, clock=clock)
        return path

    def project(self, page, *, clock: Clock = database_now) -> bool:
        """The page's groups become the outline. A page with a problem, or none, leaves the outline as it was."""
        with transaction.atomic():
            Path.objects.select_for_update(no_key=True).get(pk=self.pk)
            changed = False
            if page is not None and page.live and not page.problem():
                changed = self.apply(page.wanted(), clock=clock)
            self.refresh_from_db()
            before = {name: getattr(self, name) for name in (*self.COPIED, "opened_at", "closed_at")}
            if page is not None:
                for name, value in page.for_record().items():
                    setattr(self, name, value)
            if page is not None and page.live:
                self.opened_at, self.closed_at = self.opened_at or clock(), None
            elif self.opened_at and self.closed_at is None:
                self.closed_at = clock()
            if different := [name for name, value in before.items() if getattr(self, name) != value]:
                self.save(update_fields=different)
        return changed

    def apply(self, wanted: Sequence[WantedGroup], *, clock: Clock = database_now) -> bool:
        """Make the outline as wanted, in one instant, and bring everybody in line. A second call writes nothing.

        Locks: the path, then everybody on it by key; only then is the clock read.
        """
        with transaction.atomic():
            path = Path.objects.select_for_update(no_key=True).get(pk=self.pk)
            new, closing, opening, staying = path.difference(wanted)
            renamed = [row for row in staying if row.rename(*new[row.course_id])]
            PathItem.objects.bulk_update(renamed, PathItem.NAMES)
            if not closing and not opening:
                return bool(renamed)
            people = list(path.people.select_for_update().order_by("pk").values_list("pk", flat=True))
            instant = path._instant(clock)
            path.items.filter(pk__in=[row.pk for row in closing]).update(until=instant)
            for key in opening:
                place, group = new[key]
                row = PathItem(path=path, course_id=key, group_key=group.key, needs=group.needs, since=instant)
                row.rename(place, group)
                row.save(force_insert=True)
            path.outline_version += 1
            path.projected_at = instant
            path.save(update_fields=["outline_version", "projected_at"])
            PathEnrolment.bring_in_line(people)
            return True

    def difference(
        self, wanted: Sequence[WantedGroup]
    ) -> tuple[dict[UUID, tuple[int, WantedGroup]], list["PathItem"], list[UUID], list["PathItem"]]:
        """What is wanted by course, and the rows that close, the courses that open, the rows that stay. Reads only."""
        now = {row.course_id: row for row in self.items.filter(until=None).select_related("course")}
        new = {course: (place, group) for place, group in enumerate(wanted, start=1) for course in group.courses}
        closing = [row for key, row in now.items() if key not in new or row.differs_from(new[key][1])]
        gone = {row.course_id for row in closing}
        opening = [key for key in new if key not in now or key in gone]
        return new, closing, opening, [row for key, row in now.items() if key not in gone]

    def _instant(self, clock: Clock) -> datetime.datetime:
        """Strictly after every completion of the path and every boundary so far, as Course._instant."""
        known = [
            self.people.aggregate(latest=Max("completed_at"))["latest"],
            *self.items.aggregate(opened=Max("since"), closed=Max("until")).values(),
        ]
        latest = max(filter(None, known), default=None)
        now = clock()
        return now if latest is None else max(now, latest + datetime.timedelta(microseconds=1))


class PathItem(models.Model):
    """A course in a group of a path, valid on [since, until). Written by Path.apply() alone; closed, never deleted."""

    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="items", verbose_name=_("learning path"))
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+", verbose_name=_("course"))
    group_key = models.UUIDField(_("group"))
    group_title_vi = models.CharField(max_length=200, blank=True)
    group_title_en = models.CharField(max_length=200, blank=True)
    group_title = Bilingual()
    needs = models.PositiveSmallIntegerField(_("at least so many"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    NAMES = ("group_title_vi", "group_title_en", "position")

    class Meta:
        verbose_name = _("course of a learning path")
        verbose_name_plural = _("courses of learning paths")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["path", "course"], condition=Q(until=None), name="path_course_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="path_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=Q(needs=None) | Q(needs__gte=1), name="path_needs_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.path} · {self.course}"

    @property
    def as_asked(self) -> Asked:
        return Asked(self.group_key, self.course_id, self.needs, self.since, self.until)

    def differs_from(self, group: WantedGroup) -> bool:
        return (self.group_key, self.needs) != (group.key, group.needs)

    def rename(self, place: int, group: WantedGroup) -> bool:
        """Title and place are written in the row itself; True when one of them was another."""
        position = place * 1000 + list(group.courses).index(self.course_id)
        before = tuple(getattr(self, name) for name in self.NAMES)
        self.group_title_vi, self.group_title_en, self.position = group.title_vi, group.title_en, position
        return before != (group.title_vi, group.title_en, position)


class PathEnrolmentQuerySet(models.QuerySet["PathEnrolment"]):
    def visible_to(self, user):
        """Everybody sees their own; those who manage training see those whose courses they see."""
        if user.is_active and user.has_perm("courses.view_enrolment"):
            return self.filter(person__in=Enrolment.objects.visible_to(user).values("person"))
        return self.filter(person=user.pk)

    def without_paper(self):
        owed = self.filter(completed_at__isnull=False, awarded_at=None)
        return owed.exclude(path__gives_certificate=True, person__full_name="")


class PathEnrolment(models.Model):
    """A person follows a path. `done`, `total` and `completed_at` are a cache of path_completion.py."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="paths", verbose_name=_("learner")
    )
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="people", verbose_name=_("learning path"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="vi")
    started_at = models.DateTimeField(_("begun"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    done = models.PositiveIntegerField(_("courses done"), default=0)
    total = models.PositiveIntegerField(_("courses needed"), default=0)
    certificate = models.OneToOneField(
        "certificates.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="path_enrolment"
    )
    awarded_at = models.DateTimeField(_("certificate and letter dealt with"), null=True, blank=True)
    sends_letters = models.BooleanField(_("sends letters"), default=True)

    is_about_a_person = True
    objects = PathEnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("learner of a path")
        verbose_name_plural = _("learners of paths")
        ordering = ["-started_at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "path"], name="path_once_a_person"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="path_done_within_total"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.path}"

    @property
    def percent(self) -> int:
        return percent(self.done, self.total)

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None

    @property
    def waits_for_name(self) -> bool:
        owed = self.is_complete and self.awarded_at is None and self.path.gives_certificate
        return owed and not self.person.full_name

    # ------------------------------------------------------------ from completed courses to the path
    @classmethod
    def follow(cls, people: Iterable, course: UUID) -> None:
        """These people's completion of this course changed: what follows for the paths they are on.

        Called in the transaction of the change, with the enrolments locked: paths are locked after enrolments.
        """
        concerned = cls.objects.filter(person__in=list(people), path__items__course=course)
        if keys := list(concerned.order_by("pk").values_list("pk", flat=True).distinct()):
            cls.bring_in_line(keys)

    @classmethod
    def bring_in_line(cls, keys: Sequence[UUID]) -> None:
        """Work these out anew from the completed courses, under their locks. Award those that became complete."""
        for start in range(0, len(keys), 500):
            with transaction.atomic():
                some = keys[start : start + 500]
                rows = list(cls.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk"))
                outlines: dict[UUID, list[Asked]] = {}
                for item in PathItem.objects.filter(path__in={row.path_id for row in rows}):
                    outlines.setdefault(item.path_id, []).append(item.as_asked)
                courses = {asked.course for outline in outlines.values() for asked in outline}
                finished = finished_courses([row.person_id for row in rows], courses)
                changed, complete = [], []
                for row in rows:
                    expected = cls.worked_out(outlines.get(row.path_id, []), finished.get(row.person_id, {}))
                    if expected != row.kept:
                        if expected[0] and not row.completed_at:
                            complete.append(row)
                        row.completed_at, row.done, row.total = expected
                        changed.append(row)
                cls.objects.bulk_update(changed, ["completed_at", "done", "total"])
                if len(complete) == 1:
                    complete[0].award(timezone.now())
                elif complete:
                    award_later([str(row.pk) for row in complete])

    @property
    def kept(self) -> tuple[datetime.datetime | None, int, int]:
        return self.completed_at, self.done, self.total

    @staticmethod
    def worked_out(outline: list[Asked], finished: Finished) -> tuple[datetime.datetime | None, int, int]:
        """(completed_at, done, total) as they should be."""
        each = standings(outline, finished).values()
        return (
            path_completed_at(outline, finished),
            sum(standing.counted for standing in each),
            sum(standing.need for standing in each),
        )

    def standings(self) -> dict[UUID, Standing]:
        outline = [item.as_asked for item in self.path.items.filter(until=None)]
        courses = {asked.course for asked in outline}
        return standings(outline, finished_courses([self.person_id], courses).get(self.person_id, {}))

    # ------------------------------------------------------------ what completing brings
    def award(self, at: datetime.datetime) -> None:
        """The certificate and the letter, once."""
        from courses.papers import certificate_for_path
        from letters.models import Letter

        with transaction.atomic():
            rows = PathEnrolment.objects.select_for_update(of=("self",)).select_related("path", "person")
            me = rows.filter(pk=self.pk).first()
            if me is None:
                return  # it became part of another one, which is awarded itself
            if me.awarded_at is not None or me.completed_at is None or me.waits_for_name:
                return
            if me.path.gives_certificate:
                me.certificate = certificate_for_path(me, at)
            me.awarded_at = at
            me.save(update_fields=["certificate", "awarded_at"])
            if me.sends_letters and me.person.email:
                Letter.objects.post("path_completed", me.person.email, language=me.language, about=me, person=me.person)


def award_later(keys: list[str]) -> None:
    from courses.tasks import award_paths

    transaction.on_commit(lambda: award_paths.enqueue(keys))


def finished_courses(people: Iterable, courses: Iterable[UUID]) -> dict[int, dict[UUID, datetime.datetime]]:
    """person -> course -> when it was completed first, in any cycle. One query."""
    rows = (
        Enrolment.objects.filter(person__in=list(people), course__in=list(courses), completed_at__isnull=False)
        .order_by()
        .values_list("person", "course")
        .annotate(first=Min("completed_at"))
    )
    found: dict[int, dict[UUID, datetime.datetime]] = {}
    for person, course, first in rows:
        found.setdefault(person, {})[course] = first
    return found
