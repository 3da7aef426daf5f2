from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag(name="site_name")
def site_name() -> str:
    """The name of the back office, beside every title of it."""
    return settings.WAGTAIL_SITE_NAME
