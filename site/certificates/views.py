"""Is this paper real? Open to everybody who holds the paper, closed to search engines and to people who only guess."""

import hashlib
import logging
import re
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from certificates import pdf
from certificates.models import Certificate
from people.limits import allow, visitor
from people.text import nfc

log = logging.getLogger(__name__)
A_MINUTE = 60
TOKEN = re.compile("[A-Za-z2-7]{26}")


def unlisted(limit: int):
    """Never indexed, never kept by a cache, at most `limit` a minute from one address: far above a hall checking."""

    def decorate(view):
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if allow(f"certificates.{view.__name__}", visitor(request), limit, A_MINUTE):
                response = view(request, *args, **kwargs)
            else:
                response = render(request, "certificates/too_many.html", status=429)
                response["Retry-After"] = str(A_MINUTE)
            response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
            if "Cache-Control" not in response:
                response["Cache-Control"] = "private, no-store"
            response["Referrer-Policy"] = "no-referrer"  # the address is a key to somebody's name
            return response

        return require_safe(guarded)

    return decorate


def _find(token: str) -> Certificate | None:
    if not TOKEN.fullmatch(token):
        return None
    return Certificate.objects.select_related("superseded_by").filter(token=token.upper()).first()


@unlisted(600)
def verify(request: HttpRequest, token: str) -> HttpResponse:
    certificate = _find(token)
    if certificate is None:
        return render(request, "certificates/unknown.html", status=404)
    return render(request, "certificates/verify.html", {"certificate": certificate})


@unlisted(120)
def download(request: HttpRequest, token: str) -> HttpResponse:
    certificate = _find(token)
    if certificate is None:
        return render(request, "certificates/unknown.html", status=404)
    if not certificate.is_valid:
        return render(request, "certificates/verify.html", {"certificate": certificate}, status=410)
    return _paper(request, certificate)


def _etag(request: HttpRequest, certificate: Certificate) -> str:
    """Changes with the words and the design; the moment is in neither, for the paper is the same on every day."""
    seed = repr((certificate.token, certificate.snapshot, certificate.template_version, settings.SITE_URL, pdf.EDITION))
    return quote_etag(hashlib.sha256(seed.encode()).hexdigest()[:32])


@condition(etag_func=_etag)
def _paper(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    try:
        content = certificate.pdf()
    except pdf.PangoMissing as error:
        log.error("%s", error)
        return render(request, "certificates/no_paper.html", {"certificate": certificate}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, file_name(certificate))
    # A browser may keep it but asks again each time: a revoked paper must not come from a cache.
    response["Cache-Control"] = "private, no-cache"
    return response


def file_name(certificate: Certificate) -> str:
    return _("Certificate %(serial)s.pdf") % {"serial": certificate.serial}


def canonical(request: HttpRequest, small: str = "", slashed: str = "") -> HttpResponse:
    return HttpResponsePermanentRedirect(f"/C/{(small or slashed).upper()}")


@unlisted(120)
def check(request: HttpRequest) -> HttpResponse:
    """By number alone only the status: numbers can be guessed, names are not given away to guesses."""
    asked = nfc(request.GET.get("so", ""))[:60].strip()
    serial = "".join(asked.upper().split())
    found = Certificate.objects.filter(serial=serial).first() if serial and "\0" not in serial else None
    return render(request, "certificates/check.html", {"asked": asked, "serial": serial, "certificate": found})
