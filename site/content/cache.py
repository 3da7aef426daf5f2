"""Which answers may be kept whole for everybody, and how all of them are forgotten at once.

A view says that its answer is the same for every anonymous visitor; nothing else is ever kept. The page cache in
config/middleware.py reads these marks. Every key carries the generation: publishing anything begins a new one.
"""

import functools
import time
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone

GENERATION = "generation"
# These say where a visitor came from and never change the page.
TRACKING = {"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "fbclid", "gclid", "zarsrc"}


def mark_public(response: HttpResponse, *, until: datetime | None = None) -> HttpResponse:
    """Say that an answer may be given to every anonymous visitor, at most until a boundary such as opening time."""
    response.public = True
    if until is not None:
        response.public_until = min(until, getattr(response, "public_until", until))
    return response


def public(view_or_response):
    """`@public` on a view, or `public(response)` in one: mark_public for GET and HEAD."""
    if isinstance(view_or_response, HttpResponse) or not callable(view_or_response):
        return mark_public(view_or_response)
    view: Callable = view_or_response

    @functools.wraps(view)
    def marked(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        return mark_public(response) if request.method in ("GET", "HEAD") and response.status_code == 200 else response

    return marked


def is_public(response: HttpResponse) -> bool:
    return getattr(response, "public", False)


def lifetime(response: HttpResponse, at: datetime | None = None) -> int | None:
    """Whole seconds that the answer may be kept, or None when it is not for everybody."""
    if not is_public(response):
        return None
    seconds = settings.PAGE_CACHE_SECONDS
    if boundary := getattr(response, "public_until", None):
        seconds = min(seconds, int((boundary - (at or timezone.now())).total_seconds()))
    return max(seconds, 0)


def generation() -> int:
    kept = caches["pages"].get_or_set(GENERATION, time.time_ns, None)
    assert kept is not None  # what is not there is made
    return kept


def bump(**kwargs) -> None:
    """Forget every kept page. Also a signal receiver, hence the ignored arguments."""
    _begin_generation()
    if transaction.get_connection().in_atomic_block:
        # A page built between now and the commit still shows the old text.
        transaction.on_commit(_begin_generation)


def _begin_generation() -> None:
    caches["pages"].set(GENERATION, time.time_ns(), None)
