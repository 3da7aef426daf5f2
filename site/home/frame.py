"""Menu, footer and names of the site in one language: built from five queries, kept until the next publish.

Kept beside the pages (no database query there) under the same generation, so an edit shows at once.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Page, Site

from content import cache
from content.models import SiteSettings
from content.pages import StandardPage

KEPT_SECONDS = 3600
WITHOUT_LANGUAGE = ("/T/", "/C/", "/tai-lieu/", "/media/", "/static/", "/health/")


@dataclass
class Frame:
    site: Site | None = None
    home: Page | None = None  # in this language; plain Page, without HomePage's own fields
    homes: dict[str, str] = field(default_factory=dict)  # language -> address of its front page
    root_paths: list = field(default_factory=list)
    site_name: str = ""
    short_name: str = ""
    place: str = ""
    menu: list[dict] = field(default_factory=list)
    footer_text: str = ""
    footer_contact: str = ""
    columns: list[dict] = field(default_factory=list)
    image: str = ""
    privacy_page: str = ""  # what every consent box links to


def localised(address: str, language: str) -> str:
    """An address of this site written without a language, in the reader's."""
    if language == settings.LANGUAGE_CODE or not address.startswith("/") or address.startswith(WITHOUT_LANGUAGE):
        return address
    return address if address.startswith(f"/{language}/") else f"/{language}{address}"


def frame_of(request: HttpRequest) -> Frame:
    """The frame of the site that the request names, in the active language; once a request."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    kept = getattr(request, "_frames", None)
    if kept is None:
        kept = request._frames = {}
    if language not in kept:
        key = f"frame:{cache.generation()}:{request.get_host()}:{language}"
        frame = caches["pages"].get(key)
        if frame is None:
            frame = build(request, language)
            if frame.site is not None:
                caches["pages"].set(key, frame, KEPT_SECONDS)
        kept[language] = frame
        if frame.site is not None:
            request._wagtail_site = frame.site
            request._wagtail_cached_site_root_paths = frame.root_paths
    return kept[language]


def build(request: HttpRequest, language: str) -> Frame:
    site = Site.find_for_request(request)
    if site is None:
        return Frame()
    paths = Site.get_site_root_paths()
    homes = list(
        Page.objects.filter(translation_key=site.root_page.translation_key, live=True)
        .select_related("locale")
        .order_by("path")
    )
    by_language = {home.locale.language_code: home for home in homes}
    home = by_language.get(language)
    settings_row = SiteSettings.objects.filter(site=site).select_related("share_image").first() or SiteSettings(
        site=site
    )
    with translation.override(language):
        links = LinkResolver(settings_row, language, paths)
        frame = Frame(
            site=site,
            home=home,
            homes={code: localised("/", code) for code in by_language},
            root_paths=paths,
            site_name=settings_row.organisation,
            short_name=settings_row.short_name,
            place=settings_row.place,
            menu=[link for block in settings_row.menu if (link := links.link(block.value))],
            footer_text=settings_row.footer,
            footer_contact=" · ".join(
                part for part in (settings_row.address, settings_row.phone, settings_row.email) if part
            ),
            columns=links.columns(),
            image=share_address(settings_row.share_image),
            privacy_page=privacy.get_url(request) if (privacy := StandardPage.privacy_notice(language)) else "",
        )
    return frame


def share_address(image) -> str:
    """The whole address of a picture cut for sharing, or nothing."""
    if image is None:
        return ""
    try:
        url = image.get_rendition("fill-1200x630|format-jpeg").url
    except (OSError, ValueError):  # the file is gone: the page still opens
        return ""
    return url if url.startswith("http") else settings.SITE_URL + url


class LinkResolver:
    """Menu and footer links in a language: a page's translation where there is one, else the page itself."""

    def __init__(self, row: SiteSettings, language: str, root_paths: list):
        self.row, self.language = row, language
        ids = {page_id for value in self._values() if (page_id := self._page_id(value))}
        keys = dict(Page.objects.filter(pk__in=ids).values_list("pk", "translation_key")) if ids else {}
        wanted = (
            Page.objects.live().filter(translation_key__in=set(keys.values())).select_related("locale") if keys else []
        )
        pages: dict = {}
        for page in wanted:
            page._wagtail_cached_site_root_paths = root_paths
            pages.setdefault(page.translation_key, {})[page.locale.language_code] = page
        self.pages = {}
        for pk, key in keys.items():
            versions = pages.get(key, {})
            if page := versions.get(language) or versions.get(settings.LANGUAGE_CODE):
                self.pages[pk] = page

    def _values(self):
        for block in self.row.menu:
            yield block.value
        for block in self.row.footer_columns:
            yield from block.value["links"]

    @staticmethod
    def _page_id(value) -> int | None:
        page = value.get("page")
        return page.pk if page else None

    def link(self, value) -> dict | None:
        label = (value.get("label_en") if self.language == "en" else "") or value.get("label_vi")
        if page_id := self._page_id(value):
            page = self.pages.get(page_id)
            if page is None:
                return None
            url = page.get_url()
            # A label written for one language is no label for a page of the other.
            return {"url": url, "title": label or page.title} if url else None
        return (
            {"url": localised(value["address"], self.language), "title": label or value["address"]}
            if value.get("address")
            else None
        )

    def columns(self) -> list[dict]:
        result = []
        for block in self.row.footer_columns:
            heading = (block.value["title_en"] if self.language == "en" else "") or block.value["title_vi"]
            links = [link for value in block.value["links"] if (link := self.link(value))]
            if links:
                result.append({"heading": heading, "links": links})
        return result
