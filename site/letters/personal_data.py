"""What this app keeps about a person: which letters went to the address."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from letters.models import Letter
from people.holdings import CannotErase, Holding, Row, Subject, named
from people.models import User

LETTER = ("language", "state", "created_at", "sent_at")


def letters_of(subject: Subject):
    return Letter.objects.filter(Q(to__iexact=subject.email) | Q(person__in=subject.accounts))


def letters(subject: Subject) -> list[Row]:
    found = letters_of(subject).defer("text", "html").order_by("created_at", "pk")
    rows = []
    for letter in found:
        words = {"kind": letter.kind_name, "subject": "" if letter.is_secret else letter.subject}
        rows.append(words | {name: getattr(letter, name) for name in LETTER} | {"state": letter.get_state_display()})
    return rows


def erase(subject: Subject, at: datetime, by: User | None) -> int:
    mine = letters_of(subject)
    if mine.filter(state=Letter.State.SENDING).exists():
        raise CannotErase(_("A letter to this address is on its way this very moment. Please try again in a minute."))
    return mine.forget()


HOLDINGS = [
    Holding(
        key="letters",
        name=gettext_lazy("Letters"),
        find=letters,
        labels=lambda: (
            {"kind": pgettext_lazy("letter", "kind"), "subject": gettext_lazy("subject")} | named(Letter, *LETTER)
        ),
        erase=erase,
        kept=gettext_lazy("What waits is not sent; of the others the kind and the day stay."),
    ),
]
