"""`{% load consent_words %}{% consent_words "registration" keeper=name %}`: the very sentence whose version is kept."""

from django import template

from people import consent

register = template.Library()


@register.simple_tag
def consent_words(purpose: str, **names: str) -> str:
    return str(consent.current(purpose).text) % names
