from django import forms
from django.utils.translation import gettext_lazy as _

from content.models import Feedback
from people.formfields import EmailField, NameField, TextField


class FeedbackForm(forms.Form):
    """What a visitor tells us. `website` is a trap: people do not see it, robots fill it in."""

    name = NameField()
    email = EmailField()
    message = TextField(
        label=_("Message"),
        lines=True,
        min_length=5,
        max_length=5000,
        error_messages={"required": _("Please write your message."), "min_length": _("Please write a little more.")},
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    page = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def feedback(self, language: str) -> Feedback:
        data = self.cleaned_data
        page = data["page"] if data["page"].startswith("/") else ""
        return Feedback(name=data["name"], email=data["email"], message=data["message"], page=page, language=language)
