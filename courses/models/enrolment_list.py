"""A list of officials that a training manager handed in."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models.enrolment import Enrolment
from people.models import EVERY_UNIT, AuditEntry, Unit
from people.sheets import Table, Unreadable, match_columns, phone_from_number, read_file, read_pasted

if TYPE_CHECKING:
    from courses.listing import Checked
    from people.models import User

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=48)
SILENT_FOR = timedelta(minutes=10)  # a task that has not ended by then is dead
STARTS = 3
SHOWN = 100
GONE: dict[str, Any] = {"content": None, "preview": []}  # what the list said about people


class EnrolmentListQuerySet(models.QuerySet["EnrolmentList"]):
    def begin(self, *, at: datetime, **fields) -> EnrolmentList:
        """Take a list in; reading it is work for the background."""
        mine = self.create(at=at, beat_at=at, language=translation.get_language() or "vi", **fields)
        mine._hand_over()
        return mine

    def visible_to(self, user: User) -> EnrolmentListQuerySet:
        """One's own; whoever manages every unit sees all."""
        if not (user.is_active and user.has_perm("courses.enrol_people")):
            return self.none()
        return self if user.has_perm(EVERY_UNIT) else self.filter(by=user)

    def resume(self, at: datetime) -> int:
        """Lists whose task died begin again: reading writes nothing, and importing is all or nothing."""
        busy = self.filter(state__in=EnrolmentList.BUSY, beat_at__lt=at - SILENT_FOR).defer("content")
        for mine in busy:
            if mine.starts < STARTS:
                EnrolmentList.objects.filter(pk=mine.pk).update(beat_at=at)
                mine._hand_over()
            else:
                with translation.override(mine.language):
                    mine._fail(_("The computer gave up on this list several times. Nothing was written."))
        return len(busy)

    def forget(self, at: datetime) -> int:
        """Whoever looked a list over two days ago will not import it."""
        old = self.filter(state=EnrolmentList.State.CHECKED, at__lt=at - KEPT_FOR)
        return old.update(state=EnrolmentList.State.FORGOTTEN, finished_at=at, **GONE)


class EnrolmentList(models.Model):
    """One list: handed in, read, looked over, carried out whole or not at all. Kept only until then."""

    class State(models.TextChoices):
        CHECKING = "checking", pgettext_lazy("list", "being read")
        CHECKED = "checked", pgettext_lazy("list", "read")
        RUNNING = "running", pgettext_lazy("list", "being imported")
        DONE = "done", pgettext_lazy("list", "imported")
        FAILED = "failed", pgettext_lazy("list", "not imported")
        FORGOTTEN = "forgotten", pgettext_lazy("list", "deleted, not imported")

    BUSY = (State.CHECKING, State.RUNNING)

    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="lists")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    letters = models.BooleanField(default=True)
    file_name = models.CharField(max_length=200, blank=True)  # empty: pasted
    content = models.BinaryField(null=True)  # as uploaded; None as soon as nobody needs it
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)  # in which problems are said

    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    starts = models.PositiveSmallIntegerField(default=0)  # how often a task took it up since somebody asked
    beat_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    numbers = models.JSONField(default=dict)  # listing.Checked.numbers: as looked over, then as done
    notices = models.JSONField(default=list)
    problems = models.JSONField(default=list)  # the first hundred: [row, column, sentence]
    bad = models.PositiveIntegerField(default=0)  # rows with a problem
    refusal = models.TextField(blank=True)  # why the list as a whole cannot be imported
    preview = models.JSONField(default=list)  # some rows: [row, name, unit, what would become of it]

    objects = EnrolmentListQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("list of people to enrol")
        verbose_name_plural = gettext_lazy("lists of people to enrol")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["done", "failed", "forgotten"]) | models.Q(content__isnull=True),
                name="a_finished_enrolment_list_is_not_kept",
            )
        ]

    def __str__(self) -> str:
        return self.file_name or _("pasted list")

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def can_start(self) -> bool:
        something = any(self.numbers.get(name) for name in ("people", "moving", "enrol", "dated"))
        return self.state == self.State.CHECKED and not (self.bad or self.refusal) and something

    def start(self, at: datetime) -> bool:
        """Carry it out. False where somebody pressed twice, or it cannot be done."""
        if not self.can_start:
            return False
        begun = EnrolmentList.objects.filter(pk=self.pk, state=self.State.CHECKED).update(
            state=self.State.RUNNING, starts=0, beat_at=at
        )
        if begun:
            self.state = self.State.RUNNING
            self._hand_over()
        return bool(begun)

    def _hand_over(self) -> None:
        from courses import tasks

        transaction.on_commit(lambda: tasks.work_on_list.enqueue(self.pk))

    # ------------------------------------------------------------ what the task does
    def work(self, at: datetime) -> None:
        """The next step: read it, or carry it out. Whatever goes wrong, the person reads a sentence."""
        if not self.is_busy:
            return
        mine = EnrolmentList.objects.filter(pk=self.pk, state=self.state)
        if not mine.update(beat_at=at, starts=models.F("starts") + 1):
            return
        step: Callable[[datetime], None] = self._read if self.state == self.State.CHECKING else self._carry_out
        with translation.override(self.language):
            try:
                step(at)
            except Unreadable as error:
                self._fail(str(error))
            except IntegrityError:
                self.refusal = _(
                    "Somebody else changed these people at the same moment. Please hand the list in again."
                )
                self._become(self.State.CHECKED)
            except Exception:
                logger.exception("list of enrolments %s: %s", self.pk, self.state)
                self._fail(_("Something went wrong, and nothing was written. The log says what it was."))

    def _read(self, at: datetime) -> None:
        table, columns, checked = self._checked(at)
        if table is not None and checked is not None:
            self._found(table, columns, checked)
            self.numbers = checked.numbers
            self.preview = [self._line(one, checked) for one in checked.officials[:SHOWN]]
        self._become(self.State.CHECKED)

    def _carry_out(self, at: datetime) -> None:
        from courses import listing

        table, columns, checked = self._checked(at)
        assert table is not None
        assert checked is not None, "what could be read once can be read again"
        if checked.faults or checked.numbers != self.numbers:
            self._found(table, columns, checked)
            self.refusal = _("Something has changed since you looked the list over. Please hand it in again.")
            self._become(self.State.CHECKED)
            return
        with transaction.atomic():
            people = listing.write_people(checked, timezone.localtime(at).date())
            made = self.course.enrol_many(people, Enrolment.Source.IMPORT, due_at=self.due_at, letters=self.letters)
            done = checked.numbers | {
                "enrol": len(made.new), "already": len(people) - len(made.new), "dated": made.dated
            }  # fmt: skip
            finished = EnrolmentList.objects.filter(pk=self.pk, state=self.State.RUNNING).update(
                state=self.State.DONE, numbers=done, finished_at=timezone.now(), **GONE
            )
            if not finished:  # another task was first: undo ours
                raise IntegrityError("this list was carried out already")
            AuditEntry.objects.record(
                self.by, "enrolment.imported", self.course, list=self.pk, file=self.file_name, **done
            )

    def _checked(self, at: datetime) -> tuple[Table | None, dict[str, int], Checked | None]:
        from courses import listing

        data = bytes(self.content or b"")
        table = read_file(self.file_name, io.BytesIO(data)) if self.file_name else read_pasted(data.decode())
        columns = match_columns(table, listing.COLUMNS)
        self.rows, self.notices, self.refusal = len(table.rows), table.notices, ""
        if missing := [listing.COLUMNS[name][0] for name in listing.NEEDED if name not in columns]:
            self.refusal = _("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)}
            return None, columns, None
        units = None
        if self.by is None or not self.by.has_perm(EVERY_UNIT):
            units = set(Unit.objects.managed_by(self.by)) if self.by else set()
        lines = self._lines(table, columns)
        day = timezone.localtime(at).date()
        return table, columns, listing.check(self.course, lines, day=day, units=units, due_at=self.due_at)

    @staticmethod
    def _lines(table: Table, columns: dict[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
        for row in table.rows:
            typed = {name: row.cells[index] for name, index in columns.items()}
            if "phone" in typed:
                typed["phone"] = phone_from_number(typed["phone"])
            yield row.number, typed

    def _found(self, table: Table, columns: dict[str, int], checked: Checked) -> None:
        self.bad = len({row for row, *_cell in table.complaints} | {fault.number for fault in checked.faults})
        for fault in checked.faults:
            table.complain(fault.number, columns.get(fault.column), fault.sentence)
        self.problems = [[one.row, one.column, one.sentence] for one in table.problems[:SHOWN]]

    @staticmethod
    def _line(one, checked: Checked) -> list:
        said = []
        if one.person is None:
            said.append(_("new account") if one.email else _("new account without a mailbox, comes in by a slip"))
        elif one.moves:
            before = one.person.unit
            said.append(_("moves from %(unit)s") % {"unit": before} if before else _("gets a unit"))
        already = one.person is not None and one.person.pk in checked.enrolled
        said.append(_("enrolled already") if already else _("is enrolled"))
        return [one.number, one.full_name, str(one.unit), ", ".join(said)]

    def _become(self, state: str, **fields) -> None:
        names = ("rows", "numbers", "notices", "problems", "bad", "refusal", "preview")
        values = {name: getattr(self, name) for name in names} | fields
        if EnrolmentList.objects.filter(pk=self.pk, state=self.state).update(state=state, **values):
            self.state = state

    def _fail(self, sentence: str) -> None:
        self.refusal = sentence
        self._become(self.State.FAILED, finished_at=timezone.now(), **GONE)
