"""The printed one-time code of an official without a mailbox: made, shown once on paper, good for one sign-in.

The code has 59 random bits and stands in the database as a keyed hash; whoever reads the table cannot sign in with it.
"""

import secrets
from datetime import datetime, timedelta

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from people import limits
from people.first import next_page
from people.models import AuditEntry, SignInSlip, User

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what looks like another
LENGTH, GROUP = 12, 4
LASTS = timedelta(days=7)
WRONG_AN_HOUR = 200  # from one network address: far above the slips of a hall, far below what guessing would need


class NoSlip(Exception):
    """This person gets no slip; the sentence says why."""


def code_hash(code: str, key: str = "") -> str:
    return salted_hmac("people.slips", code, secret=key or settings.SECRET_KEY, algorithm="sha256").hexdigest()


def read(typed: str) -> str:
    """What was typed, as it was printed: without spaces and hyphens."""
    return "".join(letter for letter in typed.upper()[:60] if letter.isascii() and letter.isalnum())


def printed(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def why_none(person: User) -> str:
    """Why this person gets no slip; empty where they may have one.

    Whoever holds a slip is that person for the site: never staff, and never somebody whom a code by e-mail reaches.
    """
    if not person.is_active:
        return _("This account is not active.")
    if person.email:
        return _("This person has a mailbox: the code goes there.")
    if person.is_staff_member:
        return _("This person works in the back office and cannot come in by a slip.")
    return ""


def make(person: User, by: User, at: datetime) -> tuple[SignInSlip, str]:
    """A new slip and its code, which is told this once. The person's earlier ones no longer work."""
    if reason := why_none(person):
        raise NoSlip(reason)
    code = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
    with transaction.atomic():
        person.slips.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        slip = SignInSlip.objects.create(
            person=person, code_hash=code_hash(code), made_by=by, made_at=at, expires_at=at + LASTS
        )
        AuditEntry.objects.record(by, "slip.printed", person, slip=slip.pk)
    return slip, printed(code)


def may_try(request: HttpRequest) -> bool:
    """Only wrong codes are counted: a hall of people with good ones behind one address all come in."""
    return limits.left("wrong slip", limits.visitor(request), WRONG_AN_HOUR, 3600) >= 1


def enter(request: HttpRequest, typed: str, at: datetime) -> HttpResponse | None:
    """Sign in whoever's code this is, once. None where it is not good, or no longer."""
    code = read(typed)
    hashes = [code_hash(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    with transaction.atomic():
        slip = SignInSlip.objects.select_related("person").filter(code_hash__in=hashes).first()
        # One UPDATE decides who was first.
        good = slip is not None and SignInSlip.objects.filter(
            pk=slip.pk,
            used_at=None,
            withdrawn_at=None,
            expires_at__gt=at,
            person__is_active=True,
            person__email=None,
        ).update(used_at=at)
        if slip is None or not good or slip.person.is_staff_member:
            limits.allow("wrong slip", limits.visitor(request), WRONG_AN_HOUR, 3600)
            return None
        AuditEntry.objects.record(slip.person, "slip.used", slip.person, slip=slip.pk)
    login = Login(user=slip.person, email_verification="none", redirect_url=next_page(slip.person))
    return perform_login(request, login)
