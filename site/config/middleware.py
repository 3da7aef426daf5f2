"""Three small middlewares: the admin's own CSP, whole pages for anonymous visitors, and "busy, try again"."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers

from content import cache
from content.cache import TRACKING
from people.busy import is_busy

type Handler = Callable[[HttpRequest], HttpResponse]


class AdminCSPMiddleware:
    """Wagtail's admin needs inline script and style; the public site does not: only the admin gets the wider policy."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(settings.ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ADMIN_CSP  # type: ignore[attr-defined]
        return response


class PageCacheMiddleware:
    """Whole pages for anonymous visitors.

    Only a response that its view marked public (`content.cache.public`) is kept, and only without cookies; every other
    response leaves as `private, no-store`. The key holds a generation that each publish moves on, so nothing stale
    outlives an edit. A visitor with a login session or a message is never answered from here.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = self.key(request) if settings.PAGE_CACHE_SECONDS else None
        if key and (kept := caches["pages"].get(key)):
            status, headers, body = kept
            response = HttpResponse(body if request.method == "GET" else b"", status=status)
            for name, value in headers.items():
                response.headers[name] = value
            response.headers["X-Page-Cache"] = "hit"
            return response
        response = self.get_response(request)
        if "Cache-Control" in response.headers:
            return response
        lifetime = cache.lifetime(response)
        if lifetime is None or response.status_code != 200 or response.cookies or self.signed_in(request):
            patch_cache_control(response, private=True, no_store=True)
            return response
        patch_vary_headers(response, ["Cookie"])
        # Browsers ask again each time; a proxy in front may hold the page for a second (stale-if-error covers
        # restarts).
        patch_cache_control(response, public=True, max_age=0, s_maxage=1, stale_if_error=86400)
        if key and request.method == "GET" and not response.streaming:
            headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
            caches["pages"].set(key, (response.status_code, headers, response.content), lifetime)
        return response

    @staticmethod
    def signed_in(request: HttpRequest) -> bool:
        return bool({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())

    def key(self, request: HttpRequest) -> str | None:
        if request.method not in ("GET", "HEAD") or self.signed_in(request):
            return None
        if request.path.startswith(
            (settings.ADMIN_PREFIX, settings.STATIC_URL, settings.MEDIA_URL, "/accounts/", "/health/")
        ):
            return None
        query = urlencode([(n, v) for n in sorted(request.GET) if n not in TRACKING for v in request.GET.getlist(n)])
        if len(query) > 200:
            return None
        return f"{cache.generation()}:{request.scheme}:{request.get_host()}:{request.path}?{query}"


class BusyMiddleware:
    """A lock that could not be had in time (PostgreSQL lock_timeout, SQLite busy) becomes 503 "busy, try again".

    That is for views; what other middleware raises never comes by here and is told apart in `home.views.server_error`.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_busy(exception):
            response = render(request, "busy.html", status=503)
            response.headers["Retry-After"] = "5"
            return response
        return None
