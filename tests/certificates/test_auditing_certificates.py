"""Each rule of the audit is broken once, behind the model's back, and must be found."""

import pytest
from django.db import connection
from django.utils import timezone

from certificates.audit import CHECKS


def broken() -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for check in CHECKS:
            cursor.execute(check.sql)
            if cursor.fetchall():
                found.add(check.name.removeprefix("certificates."))
    return found


def change(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_ordinary_life_breaks_nothing(issue):
    issue()
    issue(reason="x:2").revoke("Cấp nhầm người")
    issue(reason="x:3").supersede({"name": "Tên khác"}).supersede({"name": "Tên khác nữa"})
    issue(reason="x:4", prefix="QN")
    issue(reason="x:5", prefix="QN-7")
    assert broken() == set()


@pytest.mark.unbalanced
def test_a_vanished_certificate_is_noticed(issue):
    issue()
    issue(reason="x:2")
    change("DELETE FROM certificates_certificate WHERE serial = 'QN7-000001'")
    assert broken() == {"serials_without_gaps"}


@pytest.mark.unbalanced
def test_two_valid_papers_for_one_reason_are_noticed(issue):
    first, second = issue(), issue(reason="x:2")
    change("UPDATE certificates_certificate SET reason = %s, edition = 3 WHERE id = %s", first.reason, second.pk)
    assert broken() == {"one_valid_for_a_reason"}


@pytest.mark.unbalanced
def test_a_correction_that_lost_its_successor_is_noticed(issue):
    old = issue()
    old.supersede({"name": "Tên khác"})
    change("UPDATE certificates_certificate SET superseded_by_id = NULL WHERE id = %s", old.pk)
    assert broken() == {"superseded_has_successor", "one_valid_for_a_reason"}


@pytest.mark.unbalanced
def test_a_paper_superseded_by_a_stranger_is_noticed(issue):
    old, stranger = issue(), issue(reason="x:2")
    change("UPDATE certificates_certificate SET superseded_by_id = %s WHERE id = %s", stranger.pk, old.pk)
    assert broken() == {"superseded_has_successor"}


@pytest.mark.unbalanced
def test_a_serial_or_token_made_by_hand_is_noticed(issue):
    issue()
    change("UPDATE certificates_certificate SET token = 'ABC', serial = 'XX-000001'")
    assert broken() == {"well_formed", "serials_without_gaps"}


def test_the_database_holds_the_rule_on_reasons_by_itself(issue):
    from django.db import IntegrityError, transaction

    issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        change("UPDATE certificates_certificate SET revoked_at = %s", timezone.now())
