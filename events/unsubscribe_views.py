"""The way out of letters with news."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events import mailing
from people import consent


@csrf_exempt  # a mailbox's own button posts here without ever having seen the page (RFC 8058); the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link does nothing, for scanners open links; the button does, without any question."""
    email = mailing.reader_of(token)
    if email is None:
        raise Http404
    if request.method == "POST":
        consent.withdraw("newsletter", email=email, at=timezone.now())
    return render(request, "events/unsubscribe.html", {"done": request.method == "POST"})
