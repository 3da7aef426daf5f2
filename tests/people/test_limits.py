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
