"""The periodic work runs what is due, one at a time, and goes on when a job fails; the audit says what is wrong."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from home import audit, schedule, tick
from home.models import JobRun
from people.checks import Check
from people.schedule import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def diary(monkeypatch) -> list:
    """Two jobs of ours instead of everybody's; what they did is written here."""
    entries: list = []
    jobs = [
        Job("each.minute", 60, lambda at: entries.append(("minute", at))),
        Job("each.day", 86_400, lambda at: entries.append(("day", at))),
    ]
    monkeypatch.setattr(schedule, "jobs", lambda: jobs)
    return entries


def test_jobs_run_when_they_are_due(diary):
    at = timezone.now()
    schedule.run_due(at)
    assert [name for name, _at in diary] == ["minute", "day"]
    schedule.run_due(at + timedelta(seconds=20))
    assert len(diary) == 2
    schedule.run_due(at + timedelta(seconds=58))  # cron came two seconds early
    assert [name for name, _at in diary] == ["minute", "day", "minute"]
    schedule.run_due(at + timedelta(days=1))
    assert [name for name, _at in diary][3:] == ["minute", "day"]


def test_a_job_that_fails_stops_no_other_and_is_remembered(monkeypatch):
    done = []

    def breaks(at):
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(
        schedule, "jobs", lambda: [Job("a.breaks", 60, breaks), Job("b.works", 60, lambda at: done.append(at))]
    )
    outcomes = schedule.run_due(timezone.now())
    assert [bool(outcome.error) for outcome in outcomes] == [True, False]
    assert done
    assert "by nothing" in JobRun.objects.get(name="a.breaks").error
    JobRun.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("tick", verbosity=0, stderr=io.StringIO())


def test_a_second_tick_at_the_same_time_goes_home(diary, monkeypatch):
    answers = []
    monkeypatch.setattr(schedule, "jobs", lambda: [Job("outer", 60, lambda at: answers.append(second()))])

    def second():
        if connection.vendor == "postgresql":
            # The same connection may take an advisory lock twice: ask as another process would.
            import psycopg

            values = connection.get_connection_params()
            values = {key: values[key] for key in ("host", "port", "user", "dbname", "password") if key in values}
            with psycopg.connect(**values) as other:
                return other.execute("SELECT pg_try_advisory_lock(%s)", [schedule.ADVISORY_KEY]).fetchone()[0] or None
        return schedule.run_due(timezone.now())

    assert schedule.run_due(timezone.now()) is not None
    assert answers == [None]
    assert schedule.run_due(timezone.now()) is not None  # free again


def test_a_run_that_died_keeps_the_others_out_for_ten_minutes_at_most(diary):
    """On PostgreSQL not at all: there the lock goes with the connection."""
    JobRun.objects.create(name=schedule.LOCK, started_at=timezone.now() - timedelta(minutes=9), finished_at=None)
    assert (schedule.run_due(timezone.now()) is None) == (connection.vendor == "sqlite")
    JobRun.objects.filter(name=schedule.LOCK).update(started_at=timezone.now() - timedelta(minutes=11))
    assert schedule.run_due(timezone.now()) is not None


def task(status: str, minutes_ago: int, tries: int = 1) -> DBTaskResult:
    from letters.tasks import deliver

    at = timezone.now() - timedelta(minutes=minutes_ago)
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path=deliver.module_path,
        backend_name="background",
        status=status,
        enqueued_at=at,
        started_at=at,
        finished_at=at if status in ("SUCCESSFUL", "FAILED") else None,
        worker_ids=[str(n) for n in range(tries)],
        exception_class_path="",
        traceback="",
    )


def test_a_task_whose_worker_died_waits_again_at_most_three_times():
    fresh, dead, hopeless = task("RUNNING", 5), task("RUNNING", 20), task("RUNNING", 20, tries=3)
    assert tick.reap_tasks(timezone.now()) == 2
    for row in (fresh, dead, hopeless):
        row.refresh_from_db()
    assert [fresh.status, dead.status, hopeless.status] == ["RUNNING", "READY", "FAILED"]


def test_old_results_are_thrown_away():
    old, new, waiting = task("SUCCESSFUL", 60 * 24 * 8), task("SUCCESSFUL", 60), task("READY", 60 * 24 * 30)
    tick.prune(timezone.now())
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {new.pk, waiting.pk}
    assert old.pk


def test_all_jobs_of_all_apps_run(site_tree):
    outcomes = schedule.run_due(timezone.now())
    assert [outcome.error for outcome in outcomes if outcome.error] == []
    names = {outcome.name for outcome in outcomes}
    assert {"home.publish_scheduled", "home.reap_tasks", "home.prune", "home.audit", "letters.deliver_due"} <= names


def test_the_books_balance_on_an_empty_site(site_tree):
    out = io.StringIO()
    call_command("audit", stdout=out)
    assert "rules hold" in out.getvalue()


@pytest.mark.unbalanced
def test_the_audit_says_what_is_wrong_and_exits_with_1(site_tree):
    from letters.models import Letter

    Letter.objects.post("account", "an@mau.example", language="vi", subject="x", text="x")
    Letter.objects.update(state="failed", attempts=0, next_try_at=None, sent_at=None)
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("audit", stdout=out)
    assert error.value.returncode == 1
    assert "letters.failed_was_tried" in out.getvalue()
    assert str(Letter.objects.get().pk) in out.getvalue()
    with pytest.raises(tick.BooksDoNotBalance):
        tick.audit(timezone.now())


@pytest.mark.unbalanced
def test_progress_that_drifted_is_found_by_the_clock_each_day_and_told_on_the_dashboard(client, site_tree, binh, minh):
    """`check_progress` without a command: what the clock runs works all progress out again."""
    from courses.models import Course, Enrolment

    at = timezone.now()
    course = Course.objects.create(
        key=uuid.uuid4(), code="BB01", title_vi="Mô hình hai cấp", opened_at=at - timedelta(hours=1)
    )
    enrolment = course.enrol(binh)
    assert (job := next(job for job in schedule.jobs() if job.name == "home.audit")).every_seconds == tick.DAY
    schedule.run_due(at)
    assert JobRun.objects.get(name=job.name).error == ""
    Enrolment.objects.filter(pk=enrolment.pk).update(total=3, done=1, lessons_total=3, lessons_done=1)
    schedule.run_due(at + timedelta(hours=1))
    assert JobRun.objects.get(name=job.name).error == "", "not due yet"
    schedule.run_due(at + timedelta(days=1))
    assert "courses.recomputed" in JobRun.objects.get(name=job.name).error
    client.force_login(minh)
    assert "courses.recomputed" in client.get(reverse("wagtailadmin_home")).text


def test_a_long_list_is_cut():
    broken = audit.ask(Check("x.many", "There are none.", "SELECT id FROM django_content_type"))
    assert len(broken.rows) == audit.SHOWN_ROWS
    assert f"+{broken.count - audit.SHOWN_ROWS}" in str(broken)
