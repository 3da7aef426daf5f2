"""A list of people that an organiser handed in."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from events.eligibility import Busy, Refused
from events.models.registration import Source
from people.models import AuditEntry
from people.sheets import Table, Unreadable, match_columns, phone_from_number, read_file, read_pasted

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from events.importing import Fault, Guest, Line, Outcome
    from people.models import User

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=48)
SILENT_FOR = timedelta(minutes=5)  # a task that says nothing for so long is dead
STARTS = 3
SHOWN_PROBLEMS, SHOWN_PEOPLE = 100, 20
SAY_EVERY = 250  # rows between two signs of progress
WAITS_WHEN_BUSY = (1, 2, 4, 8)  # seconds
GONE: dict[str, Any] = {"content": None, "preview": {}, "headings": []}  # what the list said about people
FINDINGS = (
    "rows",
    "columns",
    "headings",
    "notices",
    "problems",
    "bad",
    "refusal",
    "preview",
    "created",
    "already",
)


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def begin(self, *, at: datetime, **fields) -> ImportRun:
        """Take a list in; reading it is work for the background."""
        run = self.create(at=at, beat_at=at, language=translation.get_language() or "vi", **fields)
        run._hand_over()
        return run

    def resume(self, at: datetime) -> int:
        """Lists whose task died begin again: reading writes nothing, and importing is all or nothing."""
        busy = self.filter(state__in=ImportRun.BUSY, beat_at__lt=at - SILENT_FOR).defer("content")
        for run in busy:
            if run.starts < STARTS:
                ImportRun.objects.filter(pk=run.pk).update(beat_at=at)
                run._hand_over()
            else:
                with translation.override(run.language):
                    run._fail(_("The computer gave up on this list several times. Nothing was written."), at)
        return len(busy)

    def forget(self, at: datetime) -> int:
        """Whoever looked a list over two days ago will not import it."""
        old = self.filter(state=ImportRun.State.CHECKED, at__lt=at - KEPT_FOR)
        return old.update(state=ImportRun.State.FORGOTTEN, finished_at=at, **GONE)

    def visible_to(self, user: User | AnonymousUser) -> ImportRunQuerySet:
        return self if user.is_active and user.has_perm("events.add_importrun") else self.none()


class ImportRun(models.Model):
    """One list: handed in, read, looked over, imported. The list itself is kept only until then."""

    class State(models.TextChoices):
        CHECKING = "checking", pgettext_lazy("list", "being read")
        CHECKED = "checked", pgettext_lazy("list", "read")
        RUNNING = "running", pgettext_lazy("list", "being imported")
        DONE = "done", pgettext_lazy("list", "imported")
        FAILED = "failed", pgettext_lazy("list", "not imported")
        FORGOTTEN = "forgotten", pgettext_lazy("list", "deleted, not imported")

    BUSY = (State.CHECKING, State.RUNNING)

    event = models.ForeignKey(
        "events.Event", on_delete=models.PROTECT, related_name="import_runs", verbose_name=gettext_lazy("event")
    )
    ticket_type = models.ForeignKey(
        "events.TicketType", on_delete=models.PROTECT, related_name="+", verbose_name=gettext_lazy("ticket type")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200, blank=True)  # empty: pasted
    content = models.BinaryField(null=True)  # as uploaded; None as soon as nobody needs it
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)  # in which problems are said
    letters = models.BooleanField(default=True)
    answers_needed = models.BooleanField(default=False)  # are people refused who say nothing to what must be answered?
    consent_version = models.CharField(max_length=60, blank=True)
    invite_until = models.DateTimeField(null=True)  # filled in: nobody is registered, everybody is asked until then
    delegation = models.ForeignKey("events.Delegation", null=True, on_delete=models.PROTECT, related_name="+")

    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    starts = models.PositiveSmallIntegerField(default=0)  # how often a task took it up since somebody asked
    beat_at = models.DateTimeField()  # the task's last sign of life
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # of the rows, in the step that is being taken

    columns = models.JSONField(default=dict)  # which column of the list is which field: {"email": 2}
    headings = models.JSONField(default=list)  # every column as the list calls it
    notices = models.JSONField(default=list)
    problems = models.JSONField(default=list)  # the first hundred: [row, column, sentence]
    bad = models.PositiveIntegerField(default=0)  # rows with a problem
    refusal = models.TextField(blank=True)  # why the list as a whole cannot be imported
    preview = models.JSONField(default=dict)  # some of the people, by what would become of them
    created = models.PositiveIntegerField(default=0)  # who was registered, or would be
    already = models.PositiveIntegerField(default=0)  # who was registered before

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("imported list")
        verbose_name_plural = gettext_lazy("imported lists")
        ordering = ["-at", "-pk"]
        default_permissions = ("add",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["done", "failed", "forgotten"]) | models.Q(content__isnull=True),
                name="a_finished_list_is_not_kept",
            )
        ]

    def __str__(self) -> str:
        return self.file_name or _("pasted list")

    # ------------------------------------------------------------ what a person asks
    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def can_be_mapped(self) -> bool:
        return self.state == self.State.CHECKED and bool(self.headings)

    @property
    def can_start(self) -> bool:
        return self.state == self.State.CHECKED and not (self.bad or self.refusal) and self.created > 0

    @cached_property
    def known_columns(self) -> dict[str, list[str]]:
        """The columns that it may have, each with its names."""
        from events import importing, questions

        return importing.columns_with(questions.ask(self.event, ticket_type=self.ticket_type))

    @property
    def percent(self) -> int:
        return 100 * self.done // self.rows if self.rows else 0

    def map_columns(self, columns: dict[str, int], at: datetime) -> bool:
        """Read the list anew with these columns. False: it is being read or was imported meanwhile."""
        return self._begin(self.State.CHECKING, at, columns=columns)

    def start(self, at: datetime) -> bool:
        """Import it. False where somebody pressed twice, or it cannot be imported."""
        return self.can_start and self._begin(self.State.RUNNING, at)

    # ------------------------------------------------------------ what tasks do
    def look_over(self, at: datetime) -> None:
        """Read the list and say what would become of every row. Writes nothing but what it found."""
        self._work(self.State.CHECKING, self._read, at)

    def carry_out(self, at: datetime) -> None:
        """Register everybody, once, however often a task comes round with it."""
        self._work(self.State.RUNNING, self._register, at)

    def _read(self, at: datetime) -> None:
        from events import importing

        table = self._table()
        self.rows, self.notices, self.refusal = len(table.rows), table.notices, ""
        missing = [importing.COLUMNS[name][0] for name in importing.NEEDED if name not in self.columns]
        checked = importing.Checked()
        if missing:
            self.refusal = _("Please choose the columns: %(missing)s.") % {"missing": ", ".join(missing)}
        else:
            lines = self._lines(table)
            checked = importing.check(
                self.event,
                self.ticket_type,
                lines,
                at=at,
                waive=importing.waived(self.invite_until, self.letters),
                answers_needed=self.answers_needed,
                progress=self._beat,
            )
            if self.invite_until is None:  # who is invited answers on the page of the invitation
                self.notices = [*self.notices, *(_open(*pair) for pair in checked.unanswered.items())]
            if self.delegation is None:
                left = importing.seats_left(self.event, self.ticket_type, at)
            else:
                left = self.delegation.seats_left(at)
            if left is not None and left < len(checked.guests):
                self.refusal = self._too_few(len(checked.guests), left)
        self._complain(table, checked.faults)
        self.created, self.already = len(checked.guests), len(checked.already)
        self.preview = {"new": _shown(checked.guests), "already": _shown(checked.already)}
        self._become(self.State.CHECKED)

    def _register(self, at: datetime) -> None:
        from events.importing import Faulty

        table = self._table()
        if table.complaints:
            raise Faulty([])
        terms: dict[str, Any] = {
            "at": at,
            "by": self.by,
            "source": Source.IMPORT if self.invite_until is None else Source.INVITATION,
            "letters": self.letters,
            "consent_version": self.consent_version,
            "offer_until": self.invite_until,
            "delegation": self.delegation,
            "answers_needed": self.answers_needed,
        }
        for wait in (*WAITS_WHEN_BUSY, None):
            try:
                self.event.register_many(
                    self._lines(table), self.ticket_type, progress=self._beat, then=self._finish, **terms
                )
            except Busy:
                if wait is None:
                    raise
                time.sleep(wait)
            else:
                return

    def _finish(self, outcome: Outcome) -> None:
        """In the transaction of the registrations: the run is done exactly when they are there."""
        running = ImportRun.objects.filter(pk=self.pk, state=self.State.RUNNING)
        if running.update(
            state=self.State.DONE,
            created=outcome.created,
            already=outcome.already,
            done=self.rows,
            finished_at=timezone.now(),
            **GONE,
        ):
            AuditEntry.objects.record(
                self.by,
                "registration.imported" if self.invite_until is None else "registration.invited",
                self.event,
                list=self.pk,
                file=self.file_name,
                ticket_type=self.ticket_type_id,
                created=outcome.created,
                already=outcome.already,
                letters=self.letters,
            )

    # ------------------------------------------------------------ inside
    def _begin(self, state: str, at: datetime, **fields) -> bool:
        fresh = {"starts": 0, "done": 0, "beat_at": at, "refusal": ""} | fields
        begun = ImportRun.objects.filter(pk=self.pk, state=self.State.CHECKED).update(state=state, **fresh)
        if begun:
            self.state = state
            self._hand_over()
        return bool(begun)

    def _hand_over(self) -> None:
        from events import tasks

        task = tasks.check_list if self.state == self.State.CHECKING else tasks.import_list
        transaction.on_commit(lambda: task.enqueue(self.pk))

    def _work(self, state: str, step: Callable[[datetime], None], at: datetime) -> None:
        """One step in the words of whoever handed the list in. Whatever goes wrong, the person reads a sentence."""
        from events.importing import Faulty

        mine = ImportRun.objects.filter(pk=self.pk, state=state)
        if not mine.update(beat_at=at, starts=models.F("starts") + 1, done=0):
            return
        self.state = state
        with translation.override(self.language):
            try:
                step(at)
            except Unreadable as error:
                self._fail(str(error), at)
            except Faulty as error:
                self._complain(self._table(), error.faults)
                self._become(self.State.CHECKED)
            except Refused as refused:
                self.refusal = f"{refused.verdict.heading}. {refused.verdict.sentence}"
                self._become(self.State.CHECKED)
            except Busy:
                self.refusal = _("Too many people are registering at this moment. Please check again and import.")
                self._become(self.State.CHECKED)
            except Exception:
                logger.exception("list %s: %s", self.pk, state)
                self._fail(_("Something went wrong, and nothing was written. The log says what it was."), at)

    def _table(self) -> Table:
        """The list, its columns matched: as chosen, else by their headings."""
        data = bytes(self.content or b"")
        table = read_file(self.file_name, io.BytesIO(data)) if self.file_name else read_pasted(data.decode())
        matched = match_columns(table, self.known_columns)
        self.columns = self.columns or matched
        first = table.rows[0].cells
        self.headings = [
            table.column(index) + ("" if table.columns else f": {cell[:30]}") for index, cell in enumerate(first)
        ]
        return table

    def _lines(self, table: Table) -> Iterator[Line]:
        from events.importing import Line

        for row in table.rows:
            typed = {name: row.cells[index] for name, index in self.columns.items()}
            if "phone" in typed:
                typed["phone"] = phone_from_number(typed["phone"])
            yield Line(row.number, typed)

    def _complain(self, table: Table, faults: list[Fault]) -> None:
        self.bad = len({row for row, *_cell in table.complaints} | {fault.number for fault in faults})
        for fault in faults:
            table.complain(fault.number, self.columns.get(fault.field), fault.sentence)
        self.problems = [[problem.row, problem.column, problem.sentence] for problem in table.problems[:SHOWN_PROBLEMS]]

    def _too_few(self, wanted: int, left: int) -> str:
        numbers = {"wanted": wanted, "left": left}
        return (
            _("The list needs %(wanted)s seats; %(left)s are left. Please raise the quota or hand in fewer.") % numbers
        )

    def _beat(self, done: int) -> None:
        if done % SAY_EVERY == 0:
            ImportRun.objects.filter(pk=self.pk).update(done=done, rows=self.rows, beat_at=timezone.now())

    def _become(self, state: str, **fields) -> None:
        """Leave the state in which the task found the list, with its findings; another task may have been first."""
        values = {name: getattr(self, name) for name in FINDINGS} | fields
        if ImportRun.objects.filter(pk=self.pk, state=self.state).update(state=state, **values):
            self.state = state

    def _fail(self, sentence: str, at: datetime) -> None:
        self.refusal = sentence
        self._become(self.State.FAILED, finished_at=at, **GONE)


def _open(question: str, number: int) -> str:
    return ngettext(
        "%(number)s person has no answer to “%(question)s”, and would be registered without.",
        "%(number)s people have no answer to “%(question)s”, and would be registered without.",
        number,
    ) % {"number": number, "question": question}


def _shown(guests: list[Guest]) -> list[list[Any]]:
    return [
        [guest.number, guest.person.full_name, guest.person.email, guest.person.organisation]
        for guest in guests[:SHOWN_PEOPLE]
    ]
