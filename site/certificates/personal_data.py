"""What this app keeps about a person: the papers of their account. They are never edited, so they stay."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from certificates.models import Certificate
from people.holdings import Holding, Row, Subject, named, told

PAPER = ("serial", "kind", "issued_at", "revoked_at", "reason_revoked")


def papers(subject: Subject) -> list[Row]:
    """Of the account; the papers of tickets without an account stand beside their registrations."""
    return [told(paper, *PAPER) | paper.snapshot for paper in Certificate.objects.filter(holder__in=subject.accounts)]


def labels() -> dict:
    words = {"name": gettext_lazy("Full name"), "title_vi": pgettext_lazy("certificate", "what it is about")}
    return named(Certificate, *PAPER) | words


HOLDINGS = [
    Holding(
        key="certificates",
        name=gettext_lazy("Certificates"),
        find=papers,
        labels=labels,
        kept=gettext_lazy("Stay with every word on them: others must be able to check a paper that was handed out."),
    ),
]
