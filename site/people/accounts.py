"""Where allauth asks us. Besides the forms and the middleware next to it, no module of the project knows allauth."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from people import limits
from people.text import nfc

# Letters that a stranger can cause again and again by typing somebody's address.
STRANGERS_LETTERS = {"account/email/unknown_account", "account/email/account_already_exists"}


class AccountAdapter(DefaultAccountAdapter):
    """Our words, our addresses, our limits."""

    def clean_email(self, email: str) -> str:
        return nfc(email).strip().lower()

    def save_user(self, request, user, form, commit=True):
        user.full_name = form.cleaned_data.get("full_name", "")
        user.language = (translation.get_language() or "vi")[:2]
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Links carry the site's own address, whatever host the request named."""
        if template_prefix in STRANGERS_LETTERS and not limits.allow("strangers letter", email, 3, 3600):
            return
        context = context | {
            "signup_url": settings.SITE_URL + reverse("account_signup"),
            "login_url": settings.SITE_URL + reverse("account_login"),
            "SITE_URL": settings.SITE_URL,
            "letter": {"language": translation.get_language() or "vi", "subject": ""},
        }
        super().send_mail(template_prefix, email, context)


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
