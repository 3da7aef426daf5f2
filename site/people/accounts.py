"""Where allauth asks us. Besides the forms and the middleware next to it, no module of the project knows allauth."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import limits
from people.browser import SHARED
from people.text import nfc

# Letters that a stranger can cause again and again by typing somebody's address.
STRANGERS_LETTERS = {
    "account/email/unknown_account",
    "account/email/account_already_exists",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
}
ASKED_AGAIN = (
    "account_confirm_login_code"  # the page where one asks for another code; the first is counted in LoginForm
)


class AccountAdapter(DefaultAccountAdapter):
    """Our words, our addresses, our limits."""

    def post_login(self, request, user, **kwargs):
        if request.session.get(SHARED):
            request.session.set_expiry(0)
        return super().post_login(request, user, **kwargs)

    def clean_email(self, email: str) -> str:
        return nfc(email).strip().lower()

    def save_user(self, request, user, form, commit=True):
        user.full_name = form.cleaned_data.get("full_name", "")
        user.language = (translation.get_language() or "vi")[:2]
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Links carry the site's own address, whatever host the request named.

        Whoever asks too often is not told here: letters to known addresses and to unknown ones are not equally many.
        """
        if template_prefix in STRANGERS_LETTERS and not limits.may_write_to(email):
            return
        one_more_code = template_prefix == "account/email/login_code" and self.is_asked_again()
        if one_more_code and not limits.allow("login code again", email, 10, 3600):
            return
        context = context | {
            "signup_url": settings.SITE_URL + reverse("account_signup"),
            "login_url": settings.SITE_URL + reverse("account_login"),
            "SITE_URL": settings.SITE_URL,
            "letter": {"language": translation.get_language() or "vi", "subject": ""},
        }
        super().send_mail(template_prefix, email, context)

    @staticmethod
    def is_asked_again() -> bool:
        match = getattr(current.request, "resolver_match", None)
        return match is not None and match.url_name == ASKED_AGAIN


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on gives one name; so do we keep it."""

    def populate_user(self, request, sociallogin, data):
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("last_name"), data.get("first_name"))  # Vietnamese order: family name first
        user.full_name = nfc(data.get("name") or " ".join(part for part in parts if part)).strip()[:120]
        return user


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps are encrypted with keys made of SECRET_KEY and its fallbacks."""

    def fernet(self) -> MultiFernet:
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return MultiFernet(
            [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"people.mfa:" + key.encode()).digest())) for key in keys]
        )

    def encrypt(self, text: str) -> str:
        return self.fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self.fernet().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return settings.SITE_NAME


def ensure_email_address(user) -> None:
    """Give people made in the back office their allauth row: the first code they enter then also proves the address."""
    from allauth.account.models import EmailAddress

    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)


def confirm_address(user) -> None:
    """Take the address as proved, without a letter: for the demo and for people an administrator vouches for."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def move_addresses(double, kept, main: str | None) -> None:
    """A double's proved addresses let their owner into the account that stays; `main` becomes its first one."""
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount

    SocialAccount.objects.filter(user=double).update(user=kept)
    known = [address.email.lower() for address in EmailAddress.objects.filter(user=kept)]
    for address in EmailAddress.objects.filter(user=double, verified=True):
        if address.email.lower() not in known:
            address.user, address.primary = kept, bool(main) and address.email.lower() == main
            address.save()


SIGN_IN = {
    "what": _("what"),
    "since": pgettext_lazy("people", "from"),
    "last": _("last used"),
    "address": _("network address"),
    "browser": _("browser"),
}


def ways_in(user) -> list[dict]:
    """Devices that are signed in and second proofs, in the columns of SIGN_IN; no secret among them."""
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    sessions = [
        {
            "what": _("device signed in"),
            "since": session.created_at,
            "last": session.last_seen_at,
            "address": session.ip,
            "browser": session.user_agent,
        }
        for session in UserSession.objects.filter(user=user)
    ]
    proofs = [
        {"what": proof.get_type_display(), "since": proof.created_at, "last": proof.last_used_at}
        for proof in Authenticator.objects.filter(user=user)
    ]
    return sessions + proofs


def forget_account(user) -> None:
    """Take away every way to sign in: addresses, second proofs, single sign-on, open sessions."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=user):
        session.end()
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=user).delete()
