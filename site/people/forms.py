"""What people fill in about themselves."""

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import limits, naming
from people.accounts import ensure_email_address
from people.browser import SHARED
from people.formfields import EmailField, NameField, PhoneField, TextField
from people.models import Unit, User
from people.text import search_text

TOO_MANY_LETTERS = _(
    "We have already sent several letters to this address. Please look in the spam folder, or try again in an hour."
)


class LoginForm(allauth_forms.LoginForm):
    """An address, nothing else; a code goes there. The same answer comes whether somebody is known or not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField(
            label=_("E-mail address"),
            widget=forms.EmailInput(
                attrs={
                    "autocomplete": "username webauthn",
                    "inputmode": "email",
                    "autocapitalize": "none",
                    "autofocus": True,
                }
            ),
        )
        self.fields["shared"] = forms.BooleanField(
            label=_("Others use this computer too"),
            required=False,
            help_text=_("You are signed out when the browser is closed, and no lesson is kept on it."),
        )

    def login(self, request, redirect_url=None):
        if self.cleaned_data["shared"]:
            request.session[SHARED] = True
        else:
            request.session.pop(SHARED, None)
        return super().login(request, redirect_url)

    def clean_login(self) -> str:
        email = self.cleaned_data["login"]
        # Two buckets: a stranger elsewhere who empties the small one does not keep the owner out.
        here = f"{email} {limits.visitor(context.request)}"
        if not (limits.allow("login code here", here, 10, 3600) and limits.allow("login code", email, 40, 3600)):
            raise ValidationError(TOO_MANY_LETTERS, code="too_many")
        return email

    def clean(self):
        cleaned = super().clean()
        if getattr(self, "user", None) is not None:
            ensure_email_address(self.user)
        return cleaned


class SignupForm(allauth_forms.SignupForm):
    """An address and the name as it stands on papers; the rest is asked later, on the person's own page."""

    full_name = NameField(label=_("Full name"), help_text=_("As it should stand on certificates."))
    email = EmailField()
    field_order = ["full_name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        trap = self.fields[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]
        # Hidden by a class in the template: an inline style is forbidden by our CSP.
        trap.widget = forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
        trap.label = _("Leave this empty")

    def visible_to_people(self):
        return [self[name] for name in self.fields if name != settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]

    def honeypot(self):
        return self[settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD]

    def clean(self):
        cleaned = super().clean()
        if self.errors or cleaned.get(settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD):
            return cleaned
        if not limits.allow("signup", cleaned["email"], 3, 3600):
            self.add_error("email", ValidationError(TOO_MANY_LETTERS, code="too_many"))
        return cleaned


class SlipForm(forms.Form):
    """The code on a printed slip, however it is typed."""

    WRONG = _("This code is not valid: it was typed wrongly, used already, or is too old. Ask for a new slip.")
    TOO_MANY = _("Too many wrong codes came from here. Please try again in an hour, or ask for help.")

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        help_text=_("Twelve letters and figures, such as 7KQ2-M9XD-4HTB. It works once."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class UnitField(forms.Field):
    """A unit found by its name: chosen from suggestions, or typed with or without accents, also by a former name."""

    default_error_messages = {
        "unknown": _("We know no unit of this name. Please choose one from the list."),
        "several": _("Several units match: %(names)s. Please choose one from the list."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", pgettext_lazy("office", "Unit"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "maxlength": "160"}))
        super().__init__(**kwargs)

    def to_python(self, value) -> Unit | None:
        if isinstance(value, Unit):
            return value
        # A suggestion by a former name reads "Phường Hạ Long (Phường Hồng Hà)".
        words = search_text((value or "")[:400].partition(" (")[0])
        if not words:
            return None
        found = list(Unit.objects.offices().matching(words))
        exact = [unit for unit in found if words in suggestions_of(unit)]
        if len(exact) == 1:
            return exact[0]
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        names = ", ".join(unit.full_name for unit in found[:6])
        raise ValidationError(self.error_messages["several"], code="several", params={"names": names})

    def prepare_value(self, value):
        return value.full_name if isinstance(value, Unit) else value


def suggestions_of(unit: Unit) -> set[str]:
    """Every spelling that means exactly this unit."""
    names = {unit.full_name_vi, unit.full_name_en, unit.name}
    return {search_text(name) for name in names if name}


def unit_suggestions() -> list[str]:
    """What the field offers: each unit by its name, and once more for each former name."""
    offered: list[str] = []
    for unit in Unit.objects.offices():
        offered.append(unit.full_name)
        offered.extend(
            f"{unit.full_name} ({alias})"
            for alias in unit.aliases
            if search_text(alias) != search_text(unit.full_name_vi)
        )
    return offered


class ProfileForm(forms.ModelForm):
    """What the person says about themselves; every change of workplace is dated from today."""

    full_name = NameField(label=_("Name on papers"), help_text=_("As it should stand on certificates."))
    phone = PhoneField(required=False)
    unit = UnitField(
        required=False, help_text=_("Type a few letters, with or without accents. Former names are found too.")
    )
    position = TextField(label=_("Position"), max_length=160, required=False)

    class Meta:
        model = User
        fields = ["full_name", "phone", "unit", "position", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        membership = self.instance.membership
        self.initial |= {
            "unit": membership.unit if membership else None,
            "position": membership.position if membership else "",
        }
        self.fields["unit"].suggestions = unit_suggestions()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("position") and "unit" in cleaned and cleaned["unit"] is None:
            self.add_error("unit", _("Please also say at which unit."))
        return cleaned

    def save(self, commit=True):
        person = super().save(commit)
        person.join(self.cleaned_data["unit"], self.cleaned_data["position"], timezone.localdate())
        naming.named(person, timezone.now())
        return person
