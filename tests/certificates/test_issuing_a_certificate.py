"""A certificate is born once for a reason and never edited."""

import re
import threading
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.models import Certificate, NeverEdited, SerialCounter
from people.models import AuditEntry
from tests.at_once import together


def test_asking_twice_for_one_reason_gives_the_same_paper(issue, an):
    first = issue(holder=an)
    again = issue(holder=an, name="Một người khác")
    assert again == first
    assert again.name == "Nguyễn Thị Thanh Huyền"
    assert Certificate.objects.count() == 1


def test_serials_count_up_under_each_prefix_without_gaps(issue):
    papers = [issue(reason=f"x:{number}", prefix=prefix) for number, prefix in enumerate(["QN7", "QN7", "BB02", "QN7"])]
    assert [paper.serial for paper in papers] == ["QN7-000001", "QN7-000002", "BB02-000001", "QN7-000003"]


def test_without_a_prefix_the_serial_still_has_one(issue):
    assert issue(prefix="").serial == "GCN-000001"


@pytest.mark.parametrize("prefix", ["qn7", "QN 7", "-QN", "QN-", "A" * 30, "QN'; --"])
def test_a_prefix_that_cannot_be_read_out_is_refused(issue, prefix):
    with pytest.raises(ValueError, match="prefix"):
        issue(prefix=prefix)


def test_a_refused_paper_uses_up_no_number(issue):
    issue()
    with pytest.raises(ValueError, match="name"):
        issue(reason="x:2", name="  ")
    assert issue(reason="x:3").serial == "QN7-000002"


def test_a_token_is_26_letters_that_a_qr_code_stores_compactly(issue):
    tokens = {issue(reason=f"x:{number}").token for number in range(50)}
    assert len(tokens) == 50
    assert all(re.fullmatch("[A-Z2-7]{26}", token) for token in tokens)


@pytest.mark.parametrize("name", ["An\x00", "An\x1b[31m", "An\ud800", "A" * 401])
def test_words_that_cannot_be_printed_are_refused(issue, name):
    with pytest.raises(ValueError, match=r"snapshot\.name"):
        issue(name=name)


def test_a_paper_is_never_edited_or_deleted(issue):
    certificate = issue()
    certificate.snapshot["name"] = "Người khác"
    with pytest.raises(NeverEdited):
        certificate.save()
    with pytest.raises(NeverEdited):
        certificate.delete()
    with pytest.raises(NeverEdited):
        Certificate.objects.all().delete()
    assert Certificate.objects.get().name == "Nguyễn Thị Thanh Huyền"


def test_revoking_needs_a_reason_and_happens_once(issue, ha):
    certificate, at = issue(), timezone.now()
    with pytest.raises(ValueError, match="reason"):
        certificate.revoke("  ", by=ha, at=at)
    certificate.revoke("Cấp nhầm người", by=ha, at=at)
    certificate.revoke("Lý do khác", by=ha)
    assert (certificate.status, certificate.revoked_at, certificate.reason_revoked) == ("revoked", at, "Cấp nhầm người")
    entry = AuditEntry.objects.get(verb="certificate.revoke")
    assert (entry.actor, entry.subject, entry.data["reason"]) == (ha, certificate, "Cấp nhầm người")


def test_a_revoked_paper_is_not_issued_again_by_asking(issue):
    certificate = issue()
    certificate.revoke("Cấp nhầm người")
    assert issue() == certificate
    assert not issue().is_valid


def test_a_correction_is_a_new_paper_that_replaces_the_old_one(issue, an, ha):
    old = issue(holder=an)
    new = old.supersede({"name": "Nguyễn Thị Thanh Huyên"}, by=ha)
    assert (old.status, old.superseded_by, old.current) == ("superseded", new, new)
    assert (new.status, new.name, new.edition, new.serial) == ("valid", "Nguyễn Thị Thanh Huyên", 2, "QN7-000002")
    assert new.title == old.title
    assert issue() == new
    assert old.supersede({"name": "Ai đó"}, by=ha) == new
    assert list(Certificate.objects.held_by(an)) == [new]
    assert AuditEntry.objects.get(verb="certificate.supersede").data == {
        "serial": "QN7-000001",
        "successor": "QN7-000002",
    }


def test_the_paper_stands_when_the_account_is_gone(issue, an):
    certificate = issue(holder=an)
    type(an).objects.filter(pk=an.pk).delete()
    certificate.refresh_from_db()
    assert certificate.holder is None
    assert certificate.name == "Nguyễn Thị Thanh Huyền"


def test_search_needs_no_accents(issue):
    certificate = issue()
    issue(reason="x:2", name="Vũ Ân")
    assert list(Certificate.objects.matching("thanh huyen")) == [certificate]
    assert list(Certificate.objects.matching("qn7-000001")) == [certificate]


def test_the_database_itself_refuses_a_second_paper_for_a_reason(issue):
    certificate = issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            token="A" * 26, serial="QN7-000009", reason=certificate.reason, snapshot={}, issued_at=timezone.now()
        )


def test_the_database_itself_refuses_a_revocation_without_a_reason(issue):
    issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(revoked_at=timezone.now())


# ------------------------------------------------------------ at the same moment (real locks)


def eight(work) -> list:
    """`work(number)` by eight at once."""
    return together(*(partial(work, number) for number in range(8)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_asked_by_eight_at_once_one_paper_is_issued(issue):
    papers = eight(lambda _number: issue())
    assert {paper.pk for paper in papers} == {Certificate.objects.get().pk}
    assert SerialCounter.objects.get().last == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_reason_under_eight_prefixes_at_once_is_still_one_paper(issue):
    papers = eight(lambda number: issue(prefix=f"P{number}"))
    assert len({paper.pk for paper in papers}) == 1
    assert sum(SerialCounter.objects.values_list("last", flat=True)) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_reasons_at_once_get_eight_numbers_in_a_row(issue):
    papers = eight(lambda number: issue(reason=f"x:{number}"))
    assert sorted(paper.serial for paper in papers) == [f"QN7-{number:06d}" for number in range(1, 9)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_corrected_by_eight_at_once_there_is_one_successor(issue):
    pk = issue().pk
    heirs = eight(lambda number: Certificate.objects.get(pk=pk).supersede({"name": f"Tên số {number}"}))
    assert len({heir.pk for heir in heirs}) == 1
    assert Certificate.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_numbers_would_collide(issue, monkeypatch):
    """The control: the three tests above see it when the guard is gone."""
    met = threading.Barrier(8)

    def unguarded(prefix: str) -> SerialCounter:
        counter, _made = SerialCounter.objects.get_or_create(prefix=prefix)
        met.wait(timeout=10)
        return counter

    issue(reason="x:first")
    monkeypatch.setattr(SerialCounter, "lock", unguarded)
    results = eight(lambda number: issue(reason=f"x:{number}"))
    assert any(isinstance(result, IntegrityError) for result in results)
