"""What stands around every page: menu, footer, the same page in the other language, its address for sharing."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from content.cache import TRACKING
from home.frame import frame_of, share_address

NAMES = dict(settings.LANGUAGES)
# About one person, or of no use to a search engine: no canonical address, and robots.txt asks to stay out.
PERSONAL = (
    "/ve/",
    "/doan/",
    "/T/",
    "/C/",
    "/trang-cua-toi/",
    "/accounts/",
    "/tim-kiem/",
    "/hop-thu/",
    "/kit/",
    "/hoc/",
    "/gop-y/",
    settings.ADMIN_PREFIX,
)


def page_frame(request: HttpRequest) -> dict:
    """`frame` in every template; nothing is asked before a template reads it, and nothing at all in the back office."""
    if request.path.startswith(settings.ADMIN_PREFIX):
        return {}
    return {"frame": SimpleLazyObject(lambda: around(request))}


def around(request: HttpRequest) -> dict:
    frame = frame_of(request)
    language = translation.get_language() or settings.LANGUAGE_CODE
    page = getattr(request, "site_page", None)
    addresses = page_addresses(page, request) if page is not None else view_addresses(request, language)
    here = addresses.get(language)
    lost = getattr(request, "is_lost", False)
    shared = not lost and here is not None and not without_language(request.path).startswith(PERSONAL)
    menu = [{**item, "current": is_current(item["url"], request.path)} for item in frame.menu]
    return {
        "site_name": frame.site_name,
        "short_name": frame.short_name,
        "place": frame.place,
        "menu": menu,
        "footer": {"text": frame.footer_text, "contact": frame.footer_contact, "columns": frame.columns},
        "canonical": f"{settings.SITE_URL}{here}" if shared else "",
        "alternates": alternates(addresses) if shared else [],
        "title": getattr(page, "seo_title", "")
        or getattr(page, "title", "")
        or getattr(request, "share_title", "")
        or frame.site_name,
        "description": share_text(page) or getattr(request, "share_text", ""),
        "image": share_address(getattr(page, "share_image", None)) or frame.image,
        "switch": switch(addresses, frame.homes, language, request, lost),
    }


def share_text(page) -> str:
    if page is None:
        return ""
    return getattr(page, "share_text", "") or page.search_description


def without_language(path: str) -> str:
    return path[3:] if path.startswith("/en/") else path


def is_current(address: str, path: str) -> bool:
    return path == address or (address not in ("/", "/en/") and path.startswith(address))


def page_addresses(page: Page, request: HttpRequest) -> dict[str, str]:
    """language -> address, of the page and of its published translations; one query a request."""
    known = getattr(request, "_page_addresses", None)
    if known is None:
        known = {}
        versions = (
            Page.objects.filter(translation_key=page.translation_key).live().select_related("locale") if page.pk else []
        )
        for version in versions:
            if address := version.get_url(request):
                known[version.locale.language_code] = path_of(address)
        request._page_addresses = known
    return known


def path_of(address: str) -> str:
    """Wagtail gives a whole address where there are several sites."""
    return "/" + address.split("/", 3)[3] if "://" in address else address


def view_addresses(request: HttpRequest, language: str) -> dict[str, str]:
    """A view of ours has the same address in both languages; what stands outside the languages has one for both."""
    if request.resolver_match is None:
        return {}
    result = {language: request.path}
    for code in NAMES:
        if code != language and (address := translate_url(request.path, code)) != request.path:
            result[code] = address
    return result


def alternates(addresses: dict[str, str]) -> list[dict]:
    if len(addresses) < 2:
        return []
    rows = [
        {"lang": code, "url": settings.SITE_URL + address} for code, address in sorted(addresses.items(), reverse=True)
    ]
    return [
        *rows,
        {
            "lang": "x-default",
            "url": settings.SITE_URL + addresses.get(settings.LANGUAGE_CODE, next(iter(addresses.values()))),
        },
    ]


def switch(
    addresses: dict[str, str], homes: dict[str, str], language: str, request: HttpRequest, lost: bool
) -> dict | None:
    """The link to the other language: this page there, else its front page."""
    other = "en" if language == "vi" else "vi"
    address = None if lost else addresses.get(other)
    if address and request.GET and request.method == "GET" and getattr(request, "site_page", None) is None:
        # A kept page goes to others too: where its first reader came from is not theirs to carry on.
        asked = request.GET.copy()
        for name in TRACKING & asked.keys():
            del asked[name]
        address = f"{address}?{asked.urlencode()}" if asked else address
    address = address or homes.get(other)
    return {"lang": other, "url": address, "label": NAMES[other]} if address else None
