"""What this app keeps about a person: the account, where they worked, what they agreed to, what they did here."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.users.models import UserProfile

from people.accounts import SIGN_IN, forget_account, ways_in
from people.holdings import CannotErase, Holding, Row, Subject, fingerprint, gone, named, told
from people.models import AuditEntry, Consent, UnitMembership, User

ACCOUNT = ("full_name", "email", "staff_code", "phone", "language", "date_joined", "last_login", "is_active")
MEMBERSHIP = ("unit", "position", "since", "until")
CONSENT = ("purpose", "text_version", "given_at", "withdrawn_at", "source")
ENTRY = ("at", "verb")


def accounts(subject: Subject) -> list[Row]:
    return [told(user, *ACCOUNT) for user in subject.accounts]


def erase_accounts(subject: Subject, at: datetime, by: User | None) -> int:
    """The row stays without a name, as what was learnt and done hangs on it; nobody can sign in with it any more."""
    for user in subject.accounts:
        if user.is_superuser or user.groups.exists():
            raise CannotErase(_("This person works in the back office. Take all their roles away first."))
        forget_account(user)
        UserProfile.objects.filter(user=user).delete()
        user.memberships.exclude(position="").update(position="")
        user.slips.all().delete()
        user.email = gone(f"nguoi-{user.pk}")
        user.full_name, user.phone, user.staff_code, user.is_active, user.last_login = "", "", "", False, None
        user.save()
    return len(subject.accounts)


def signed_in(subject: Subject) -> list[Row]:
    return [row for user in subject.accounts for row in ways_in(user)]


def memberships(subject: Subject) -> list[Row]:
    rows = UnitMembership.objects.filter(person__in=subject.accounts).select_related("unit")
    return [told(row, *MEMBERSHIP) for row in rows]


def consents_of(subject: Subject):
    return Consent.objects.filter(Q(email__iexact=subject.email) | Q(person__in=subject.accounts))


def consents(subject: Subject) -> list[Row]:
    return [told(row, *CONSENT) for row in consents_of(subject)]


def erase_consents(subject: Subject, at: datetime, by: User | None) -> int:
    """The proof stays, under a hash of the address: it can be shown to whoever comes back with that address."""
    mine = consents_of(subject)
    mine.filter(withdrawn_at=None).update(withdrawn_at=at)
    return mine.update(email=gone(fingerprint(subject.email)), person=None)


def entries(subject: Subject) -> list[Row]:
    """What the person did in the back office, and what was done to their account."""
    keys = [str(user.pk) for user in subject.accounts]
    about = Q(subject_type__app_label="people", subject_type__model="user", subject_id__in=keys)
    rows = AuditEntry.objects.filter(Q(actor__in=subject.accounts) | about) if keys else AuditEntry.objects.none()
    return [told(row, *ENTRY) for row in rows]


HOLDINGS = [
    Holding(
        key="memberships",
        name=gettext_lazy("Places of work"),
        find=memberships,
        labels=lambda: named(UnitMembership, *MEMBERSHIP),
        kept=gettext_lazy("The position is erased; the unit stays for the reports, without a name."),
    ),
    Holding(
        key="consents",
        name=gettext_lazy("Consents"),
        find=consents,
        labels=lambda: named(Consent, *CONSENT),
        erase=erase_consents,
        kept=gettext_lazy("Withdrawn; the proof stays under a hash of the address."),
    ),
    Holding(
        key="audit",
        name=gettext_lazy("Audit log"),
        find=entries,
        labels=lambda: {"at": pgettext_lazy("people", "when"), "verb": pgettext_lazy("people", "what")},
        kept=gettext_lazy("Stays: it holds numbers instead of names and proves who did what."),
    ),
    Holding(
        key="sign_in",
        name=gettext_lazy("Devices and second proofs"),
        find=signed_in,
        labels=lambda: SIGN_IN,
        kept=gettext_lazy("Deleted with the account."),
    ),
    # Last: all others look for the account by its address.
    Holding(
        key="account",
        name=gettext_lazy("Account"),
        find=accounts,
        labels=lambda: named(User, *ACCOUNT),
        erase=erase_accounts,
    ),
]
