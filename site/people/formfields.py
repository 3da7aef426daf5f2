"""Form fields that turn what people type into what we keep: composed, trimmed, without control characters."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.text import nfc, phone

NAME_LABEL = _("Full name")
EMAIL_LABEL = _("E-mail address")
TELEPHONE_LABEL = _("Telephone")


def refuse_control_characters(text: str, *, lines: bool = False) -> None:
    allowed = "\n\r\t" if lines else ""
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in text):
        raise ValidationError(_("Please remove the invisible characters from this field."), code="control")


class TextField(forms.CharField):
    """A line of text, or several when `lines=True`."""

    def __init__(self, *, lines: bool = False, **kwargs):
        self.lines = lines
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def to_python(self, value):
        text = nfc(super().to_python(value) or "")
        if self.lines:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        refuse_control_characters(text, lines=self.lines)
        return text


class NameField(forms.CharField):
    """The whole name in one field, as it stands on paper. Names are not judged, but a link is no name."""

    default_error_messages = {
        "required": _("Please enter the full name."),
        "name": _("Please enter a name in letters, without links or signs such as < and >."),
    }

    def __init__(self, *, label=NAME_LABEL, max_length=120, min_length=2, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}))
        super().__init__(label=label, max_length=max_length, min_length=min_length, **kwargs)

    def to_python(self, value):
        text = super().to_python(value) or ""
        refuse_control_characters(re.sub(r"\s", " ", text))
        text = " ".join(nfc(text).split())
        strange = re.search(r"[<>@{}\[\]\\|]|://|www\.", text, re.IGNORECASE)
        if text and (strange or not any(c.isalpha() for c in text)):
            raise ValidationError(self.error_messages["name"], code="name")
        return text


class EmailField(forms.EmailField):
    """Composed and in lower case, so that one mailbox is one person."""

    default_error_messages = {
        "required": _("Please enter an e-mail address."),
        "invalid": _("This does not look like an e-mail address. Example: nguyenvana@quangninh.gov.vn"),
    }

    def __init__(self, *, label=EMAIL_LABEL, **kwargs):
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault(
            "widget",
            forms.EmailInput(
                attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        super().__init__(label=label, **kwargs)

    def to_python(self, value):
        return nfc(super().to_python(value) or "").lower()


class PhoneField(forms.CharField):
    """A telephone number in any usual spelling, kept as E.164."""

    default_error_messages = {
        "required": _("Please enter a telephone number."),
        "phone": _("This does not look like a telephone number. Examples: 0912 345 678, 0203 382 1234, +49 30 123456"),
    }

    def __init__(self, *, label=TELEPHONE_LABEL, max_length=32, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}))
        super().__init__(label=label, max_length=max_length, **kwargs)

    def to_python(self, value):
        text = super().to_python(value) or ""
        if not text:
            return ""
        try:
            return phone(text)
        except ValueError:
            raise ValidationError(self.error_messages["phone"], code="phone") from None

    def prepare_value(self, value):
        return local_phone(value) if isinstance(value, str) else value


def local_phone(number: str) -> str:
    """ "+84912345678" as people write it: "0912 345 678"."""
    if re.fullmatch(r"\+84[35789]\d{8}", number):
        return f"0{number[3:6]} {number[6:9]} {number[9:]}"
    if re.fullmatch(r"\+842\d{9}", number):
        return f"0{number[3:6]} {number[6:9]} {number[9:]}"
    return number
