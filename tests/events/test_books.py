"""What `manage.py audit` and `manage.py tick` say about registrations."""

from datetime import timedelta

import pytest
from django.db import connection

from events import audit, tick
from events.models import Quota, Registration, RegistrationChange, Scan, State
from home.audit import broken_rules
from letters.models import Letter

from .conftest import make_event

pytestmark = pytest.mark.django_db


def broken() -> set[str]:
    return {rule.name for rule in broken_rules()}


def oversold(register, now):
    register(1)
    register(2)
    Quota.objects.update(size=1)


def tokenless(register, now):
    Registration.objects.filter(pk=register(1).pk).update(public_token="")


def letterless(register, now):
    register(1)
    Letter.objects.all().delete()


def cancelled_in_silence(register, now):
    register(1).cancel(at=now)
    Letter.objects.filter(kind="registration_cancelled").delete()


def without_history(register, now):
    register(1)
    RegistrationChange.objects.all().delete()


def changed_behind_the_back(register, now):
    Registration.objects.filter(pk=register(1).pk).update(state=State.PENDING, hold_until=now)


def in_another_event(register, now):
    Registration.objects.filter(pk=register(1).pk).update(event=make_event(now, slug="dien-dan-8"))


def inside_and_cancelled(register, now):
    guest = register(1)
    guest.cancel(at=now)
    Scan.objects.create(registration=guest, at=now, result="accepted")


def certificate_for_nobody(register, now):
    guest = register(1)
    guest.check_in(by=None, at=now)
    guest.event.ends_at = now - timedelta(minutes=1)
    guest.event.starts_at = now - timedelta(hours=1)
    guest.event.save()
    guest.refresh_from_db()
    assert guest.certificate_of_attendance(now)
    Scan.objects.update(undone_at=now)


@pytest.mark.unbalanced
@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (oversold, "events.quota_exceeded"),
        (tokenless, "events.tokens"),
        (letterless, "events.letter_owed"),
        (cancelled_in_silence, "events.cancel_letter_owed"),
        (without_history, "events.history"),
        (changed_behind_the_back, "events.history"),
        (in_another_event, "events.ticket_of_another_event"),
        (inside_and_cancelled, "events.inside_without_seat"),
        (certificate_for_nobody, "events.certificate_without_entry"),
    ],
)
def test_each_damage_is_found_by_its_rule(register, now, damage, rule):
    assert broken() == set()
    damage(register, now)
    assert rule in broken()


def test_every_rule_can_be_asked(db):
    for check in audit.CHECKS:
        with connection.cursor() as cursor:
            cursor.execute(check.sql)
            assert cursor.fetchall() == []


def test_a_lapsed_hold_is_free_by_the_clock_and_tidied_by_tick(event, delegate, register, now):
    delegate.needs_approval, delegate.approval_days = True, 1
    delegate.save()
    held = register(1)
    assert held.state == State.PENDING
    later = now + timedelta(days=1)
    assert Quota.objects.with_taken(now).get().taken == 1
    assert Quota.objects.with_taken(later).get().taken == 0
    assert tick.tidy_lapsed_holds(now) == 0
    assert tick.tidy_lapsed_holds(later) == 1
    assert tick.tidy_lapsed_holds(later) == 0
    held.refresh_from_db()
    assert held.state == State.EXPIRED
