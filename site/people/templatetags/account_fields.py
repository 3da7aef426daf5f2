"""`{% load account_fields %}{% bare form as form %}`: allauth's fields the way ours look."""

from django import forms, template
from django.forms.utils import pretty_name
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag
def bare(form: forms.BaseForm) -> forms.BaseForm:
    """No placeholders, which vanish while one types and repeat the label; and every label in the reader's language."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if field.label is None:
            field.label = gettext(pretty_name(name))
    return form
