"""What only a developer at this machine may see: codes on the page, the mailbox."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def on_this_machine(request: HttpRequest) -> bool:
    """In development, and asked from this machine itself, not through a proxy."""
    if not settings.SHOW_LETTERS or request.META.get("HTTP_X_FORWARDED_FOR"):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
