import logging
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.models import Page, get_page_models

from content import cache
from content.search import as_typed, found
from courses.catalogue import hidden_keys
from events.models import Session, Speaker
from home import routing, site_map
from home.context import PERSONAL
from home.frame import frame_of
from home.mine import things_of
from people.browser import browser_key
from people.busy import is_busy

logger = logging.getLogger(__name__)
MOST_RESULTS = 20


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's serve, with the page found in two queries (home.routing) below the home page that the frame knows."""
    home = frame_of(request).home
    if home is not None:
        routing.find(request, home, path)
    return wagtail_views.serve(request, path)


@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    mine = things_of(request.user, timezone.now(), request)
    return render(request, "home/my_page.html", {"mine": mine, "sync_learner": browser_key(request.user)})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages, courses, sessions and speakers in one list. The same number of queries whatever is found."""
    text = as_typed(request.GET.get("q", ""))
    groups: dict[str, list] = {"pages": [], "courses": [], "sessions": [], "speakers": []}
    if text:
        at = timezone.now()
        for page in found_pages(request, text):
            groups["courses" if page.content_type.app_label == "courses" else "pages"].append(page)
        open_to_see = {"event__published_at__lte": at}
        groups["sessions"] = list(
            Session.objects.matching(text).filter(**open_to_see).select_related("event")[:MOST_RESULTS]
        )
        groups["speakers"] = list(
            Speaker.objects.matching(text).filter(**open_to_see).select_related("event")[:MOST_RESULTS]
        )
    number = sum(len(group) for group in groups.values())
    return render(request, "search/search.html", {"text": text, "number": number, **groups})


def found_pages(request: HttpRequest, text: str) -> list[Page]:
    home = frame_of(request).home
    if home is None:
        return []
    pages = (
        Page.objects.descendant_of(home, inclusive=True)
        .live()
        .public()
        .filter(locale=home.locale_id)
        .exclude(translation_key__in=hidden_keys(request.user))
        .select_related("content_type")
    )
    hidden = [model for model in get_page_models() if not getattr(model, "in_site_search", True)]
    if hidden:
        pages = pages.not_exact_type(*hidden)
    return found(pages, text, MOST_RESULTS)


# ---------------------------------------------------------------- for machines


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody else, or a slow database would get healthy processes killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """May visitors be sent here: database and cache answer."""
    state = {"database": _answers(_ask_database), "cache": _answers(_ask_cache)}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _answers(question) -> bool:
    try:
        question()
    except Exception:
        logger.exception("not ready")
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _ask_cache() -> None:
    for alias in ("default", "pages"):
        caches[alias].set("health", "ok", 30)
        if caches[alias].get("health") != "ok":
            raise RuntimeError(f"the cache {alias} forgets")


@require_safe
@cache.public
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *"]
    lines += [f"Disallow: {start}" for start in PERSONAL]
    lines += [f"Disallow: /en{start}" for start in PERSONAL if start not in ("/T/", settings.ADMIN_PREFIX)]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache.public
def sitemap(request: HttpRequest) -> HttpResponse:
    rows = site_map.rows(frame_of(request), timezone.now())
    return HttpResponse(
        render_to_string("home/sitemap.xml", {"rows": rows}), content_type="application/xml; charset=utf-8"
    )


# ---------------------------------------------------------------- when something went wrong


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    request.is_lost = True
    return render(request, "home/csrf_failure.html", {}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    request.is_lost = True
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too large, cut off, or sent to a host that is not ours: the request itself is not to be asked anything more."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Says so without asking the database, which may be what broke: no request, so no context processors.

    A lock that some middleware (session, login) waited for in vain ends here too: Django turns its error into this
    page before any other middleware could see it.
    """
    try:
        if is_busy(sys.exception()):
            headers = {"Retry-After": "5", "Cache-Control": "private, no-store"}
            return HttpResponse(render_to_string("busy.html"), status=503, headers=headers)
        return HttpResponseServerError(render_to_string("500.html"))
    except Exception:
        logger.exception("the page for errors is broken too")
        text = "Trang gặp lỗi. Xin thử lại sau một phút. / Something broke on our side. Please try again in a minute.\n"
        return HttpResponseServerError(text, content_type="text/plain; charset=utf-8")
