"""The texts people agree to. A text that was once agreed to is never edited: a new version gets a new id."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from people.models import Consent, User


@dataclass(frozen=True)
class ConsentText:
    """One version of one text, in both languages through gettext."""

    version: str
    purpose: str
    text: object


TEXTS = {
    text.version: text
    for text in (
        ConsentText(
            "registration-2026-11",
            "registration",
            _("I agree that %(keeper)s uses this information to make my ticket, badge and certificate for this event."),
        ),
        ConsentText(
            "photos-2026-11",
            "photos",
            _(
                "I agree that photographs and recordings of the event on which I can be seen are published by "
                "the organiser."
            ),
        ),
        ConsentText(
            "newsletter-2026-11",
            "newsletter",
            _("Please write to me about later editions of the forum and new courses."),
        ),
        ConsentText(
            "account-2026-11",
            "account",
            _("I have read the privacy notice and agree that my name, address and progress are kept for my account."),
        ),
    )
}
CURRENT = {
    "registration": "registration-2026-11",
    "photos": "photos-2026-11",
    "newsletter": "newsletter-2026-11",
    "account": "account-2026-11",
}


def current(purpose: str) -> ConsentText:
    """The text that is shown today for a purpose."""
    return TEXTS[CURRENT[purpose]]


def give(
    purpose: str,
    *,
    email: str,
    at: datetime,
    source: str,
    person: User | None = None,
    actor: User | None = None,
    version: str = "",
) -> Consent:
    """Write down that somebody ticked the box: which text, when, on which page, and who entered it.

    `version`: the text that was on the screen, where it may be older than today's.
    """
    consent = _consent(purpose, email, at, source, person, actor, version)
    consent.save(force_insert=True)
    return consent


def give_all(
    purpose: str, emails: Iterable[str], *, at: datetime, source: str, actor: User | None, version: str = ""
) -> None:
    """The same for everybody of a list, whose word somebody else has."""
    Consent.objects.bulk_create(
        [_consent(purpose, email, at, source, None, actor, version) for email in emails], batch_size=1_000
    )


def _consent(
    purpose: str, email: str, at: datetime, source: str, person: User | None, actor: User | None, version: str
) -> Consent:
    return Consent(
        purpose=purpose,
        text_version=version or current(purpose).version,
        person=person,
        email=email,
        given_at=at,
        source=source[:300],
        actor=actor,
    )


def withdraw(purpose: str, *, email: str, at: datetime) -> int:
    """The proof stays; from now on it no longer allows anything."""
    return Consent.objects.filter(purpose=purpose, email=email, withdrawn_at=None).update(withdrawn_at=at)
