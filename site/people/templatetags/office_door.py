"""`{% load office_door %}{% office_door as door %}`: what somebody on the way to the back office must know."""

from django import template

from people.middleware import WAITS, has_second_proof

register = template.Library()


@register.simple_tag(takes_context=True)
def office_door(context: dict) -> dict[str, object] | None:
    """The page that was asked for, and whether it opens by now."""
    request = context.get("request")
    waits = request.session.get(WAITS) if request and request.user.is_authenticated else None
    return {"url": waits, "open": has_second_proof(request.user)} if waits else None
