"""The first administrator's link: mail may not work yet, so a command prints a way in that works once."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from people.accounts import confirm_address
from people.models import AuditEntry, User

SALT = "people.first"
LASTS = 30 * 60


def fingerprint(person: User) -> str:
    """Changes with every login, which is what makes a link good for one use."""
    return person.last_login.isoformat() if person.last_login else "never"


def link(person: User) -> str:
    token = signing.dumps([person.pk, fingerprint(person)], salt=SALT)
    return settings.SITE_URL + reverse("people_first", args=[token])


def person_of(token: str) -> User | None:
    """Whom the link lets in, unless it is forged, older than half an hour, or was used."""
    try:
        pk, mark = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return person if person and fingerprint(person) == mark else None


def enter(request: HttpRequest, token: str) -> HttpResponse | None:
    """Log the person in. The row is locked first, so that two clicks at once open one session."""
    with transaction.atomic():
        if (person := person_of(token)) is None:
            return None
        if fingerprint(User.objects.select_for_update().get(pk=person.pk)) != fingerprint(person):
            return None
        confirm_address(person)
        AuditEntry.objects.record(person, "person.first_link_used", person)
        login = Login(user=person, email=person.email, email_verification="none", redirect_url=next_page(person))
        return perform_login(request, login)


def next_page(person: User) -> str:
    return settings.ADMIN_PREFIX if person.has_perm("wagtailadmin.access_admin") else reverse("my_page")
