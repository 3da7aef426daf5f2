"""`{% load development %}{% shown_code form as code %}`: codes on the page, on a developer's own machine only."""

from django import template

from people.development import on_this_machine

register = template.Library()


@register.simple_tag(takes_context=True)
def shown_code(context: dict, form) -> str:
    """The code that the form expects, where no letter leaves the machine."""
    request = context.get("request")
    return (getattr(form, "expected_code", None) or "") if request and on_this_machine(request) else ""
