"""Buckets of tokens in the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people import consent, limits
from people.models import Consent, RateLimit

pytestmark = pytest.mark.django_db


def test_a_bucket_empties_and_fills_again(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert [limits.allow("mail", "An@mau.example", 3, 3600) for _ in range(4)] == [True, True, True, False]
    assert limits.allow("mail", "binh@mau.example", 3, 3600), "another person's bucket"
    assert limits.allow("other", "an@mau.example", 3, 3600), "another action's bucket"
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=20))
    assert limits.allow("mail", "an@mau.example", 3, 3600)
    assert not limits.allow("mail", "an@mau.example", 3, 3600)


def test_the_table_names_nobody_and_is_swept():
    limits.allow("mail", "an@mau.example", 3, 3600)
    assert "an@" not in RateLimit.objects.get().key
    assert limits.sweep(timezone.now() + timedelta(days=3)) == 1


def test_consent_keeps_its_proof_when_withdrawn(an):
    now = timezone.now()
    consent.give("newsletter", email=an.email, at=now, source="/dien-dan/7/dang-ky/", person=an)
    assert consent.withdraw("newsletter", email=an.email, at=now) == 1
    row = Consent.objects.get()
    assert (row.text_version, row.withdrawn_at) == ("newsletter-2026-11", now)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.4", "198.51.100.1"),  # nobody in front of us: whoever says otherwise made it up
        (1, "203.0.113.4", "203.0.113.4"),
        (1, "192.0.2.9, 203.0.113.4", "203.0.113.4"),  # what the visitor wrote there himself does not count
        (2, "203.0.113.4, 10.0.0.2", "203.0.113.4"),
        (2, "203.0.113.4", "198.51.100.1"),
        (1, "", "198.51.100.1"),
    ],
)
def test_a_visitor_is_seen_through_our_own_proxies_only(rf, settings, proxies, forwarded, found):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert limits.visitor(request) == found


def test_letters_to_one_address_are_counted_together_and_those_that_must_go_wait_their_turn(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert limits.may_write_to("an@mau.example")
    assert limits.pause_before("An@mau.example ") == timedelta(0)
    assert limits.may_write_to("an@mau.example")
    assert not limits.may_write_to("an@mau.example"), "three within the hour, whoever counted them"
    waits = [limits.pause_before("an@mau.example") for _ in range(3)]
    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [20, 40, 60]
    assert limits.may_write_to("binh@mau.example"), "another person's mailbox"
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=61))
    assert not limits.may_write_to("an@mau.example"), "the hour went to those that waited"
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=81))
    assert limits.may_write_to("an@mau.example")
