"""What this app keeps about a person: what they wrote through the form for feedback."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from content.models import Feedback
from people.holdings import Holding, Row, Subject, gone, named, told
from people.models import User

FEEDBACK = ("name", "email", "message", "language", "page", "created_at", "handled_at")


def feedback(subject: Subject) -> list[Row]:
    return [told(row, *FEEDBACK) for row in Feedback.objects.filter(email__iexact=subject.email)]


def erase(subject: Subject, at: datetime, by: User | None) -> int:
    """The row stays, as the letter to the office points at it."""
    mine = Feedback.objects.filter(email__iexact=subject.email)
    mine.filter(handled_at=None).update(handled_at=at)
    return mine.update(name="–", email=gone("gop-y"), message="–", page="")


HOLDINGS = [
    Holding(
        key="feedback",
        name=gettext_lazy("Feedback"),
        find=feedback,
        labels=lambda: named(Feedback, *FEEDBACK),
        erase=erase,
    ),
]
