"""Tags for the templates of papers (`{% load papers %}`)."""

from django import template
from django.utils.translation import get_language

from certificates import design, qr

register = template.Library()


@register.simple_tag
def fit(text, box, most, weight="Regular", least=0, lines=1) -> design.Fitted:
    """`{% fit name 87 20 weight="SemiBold" as line %}`, then `font-size: {{ line.size }}pt` and `{{ line.text }}`."""
    return design.fit(text, box, most, weight=weight, least=least, lines=lines)


@register.simple_tag
def joined(*parts) -> str:
    """What there is of `parts`, with commas between."""
    return ", ".join(str(part) for part in parts if part)


@register.filter
def spaced(code: str) -> str:
    """A long code in groups of four, so that a person can read it out."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.simple_tag
def other_language() -> str:
    return "vi" if (get_language() or "vi").startswith("en") else "en"


@register.simple_tag
def link_code(address: str, title: str = ""):
    """The QR code of an address, for a page that is printed from the browser."""
    return qr.svg(address, title)
