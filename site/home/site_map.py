"""What search engines may know: public pages and agendas, each with its versions in the other language."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, get_page_models

from courses.catalogue import hidden_keys
from events.models import Event
from home.frame import Frame

MOST = 5_000


@dataclass
class Row:
    url: str
    changed: datetime | None
    alternates: list[tuple[str, str]] = field(default_factory=list)


def rows(frame: Frame, at: datetime) -> list[Row]:
    """Two queries for pages (one asks for restrictions), one for events."""
    return [*_pages(frame), *_agendas(at)] if frame.site else []


def _pages(frame: Frame) -> list[Row]:
    key = frame.site.root_page.translation_key
    tops = Page.objects.filter(translation_key=key).values_list("path", flat=True)
    pages = Page.objects.live().public().filter(depth__gte=2).select_related("locale").order_by("path")
    if unlisted := hidden_keys():
        pages = pages.exclude(translation_key__in=unlisted)
    if hidden := [model for model in get_page_models() if not getattr(model, "in_sitemap", True)]:
        pages = pages.not_exact_type(*hidden)
    tops = tuple(tops)
    versions: dict = {}
    found = []
    for page in pages[:MOST]:
        if not page.path.startswith(tops):
            continue
        page._wagtail_cached_site_root_paths = frame.root_paths
        if (address := page.get_full_url()) is None:
            continue
        address = settings.SITE_URL + "/" + address.split("/", 3)[3]
        versions.setdefault(page.translation_key, []).append((page.locale.language_code, address))
        found.append((page, Row(address, page.last_published_at)))
    for page, row in found:
        if len(versions[page.translation_key]) > 1:
            row.alternates = versions[page.translation_key]
    return [row for _page, row in found]


def _agendas(at: datetime) -> list[Row]:
    found = []
    for event in Event.objects.published(at):
        addresses = []
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                addresses.append((code, settings.SITE_URL + reverse("events:agenda", args=[event.slug])))
        found += [Row(address, None, addresses) for _code, address in addresses]
    return found
