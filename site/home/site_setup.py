"""What every site of this kind has from the start. Idempotent: what is there stays as editors left it.

`ensure_site()` makes the trunk (languages, root, home pages, the Site row) and is quick: every test stands on it.
`ensure_pages()` adds the news and the pages that the law calls for, as drafts in their wording but open to the public.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Site

from content import cache
from content.models import SiteImage, SiteSettings
from content.pages import ArticleIndexPage, ContactPage, StandardPage
from content.roles import grant_pages
from courses.models import CourseIndexPage
from events.models import EventIndexPage
from home import standing_texts as texts
from home.models import HomePage

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class SiteTree:
    """The trunk of the site. `vi` and `en` are the two home pages."""

    site: Site
    root: Page
    vi: HomePage
    en: HomePage

    @property
    def home(self) -> HomePage:
        return self.vi


def ensure_site() -> SiteTree:
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    # Wagtail's migrations call both "Root"; editors read the names in breadcrumbs and choosers.
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    if collection.name == "Root":
        Collection.objects.filter(pk=collection.pk).update(name=texts.ROOT_COLLECTION)
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales["vi"])
    if root.title == "Root":
        root.title = root.draft_title = texts.ROOT_PAGE
        Page.objects.filter(pk=root.pk).update(title=root.title, draft_title=root.title)
    vi = HomePage.objects.filter(locale=locales["vi"], depth=2).order_by("path").first()
    if vi is None:
        vi = HomePage(locale=locales["vi"], slug="trang-chu", **texts.HOME_VI)
        _put(root, vi)
    en = HomePage.objects.filter(locale=locales["en"], translation_key=vi.translation_key).first()
    if en is None:
        en = HomePage(locale=locales["en"], translation_key=vi.translation_key, slug="home", **texts.HOME_EN)
        if root.get_children().filter(slug="home").exists():  # Wagtail's welcome page, removed below
            en.slug = "home-en"
        _put(root, en)
    site = _site(vi)
    _remove_welcome_page(root)
    SiteSettings.objects.get_or_create(site=site, defaults=texts.SETTINGS)
    grant_pages(root)
    Site.clear_site_root_paths_cache()
    cache.bump()
    return SiteTree(site=site, root=root, vi=vi, en=en)


def _put(parent: Page, page: Page) -> Page:
    """A live page at once; going through a draft would only cost time here."""
    page.live = True
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    return page


def _site(home: HomePage) -> Site:
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    wanted = {
        "hostname": address.hostname,
        "port": address.port or PORTS[address.scheme],
        "root_page_id": home.pk,
        "site_name": site.site_name or settings.SITE_NAME,
    }
    if site.pk is None or any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    return site


def _remove_welcome_page(root: Page) -> None:
    """The page that Wagtail's first migration brings."""
    plain = ContentType.objects.get_for_model(Page)
    for page in root.get_children().filter(content_type=plain, slug="home", numchild=0):
        page.delete()
    root.refresh_from_db()


def ensure_pages(tree: SiteTree) -> dict[str, Page]:
    """News and standing pages in both languages, by path. Returns the Vietnamese ones."""
    made = {}
    for model, slug, vi, en in _standing():
        made[slug] = page = _child(tree.vi, model, slug, vi)
        _translation(page, tree.en, en)
    _fill_menu(tree, made)
    cache.bump()
    return made


def _standing():
    yield ArticleIndexPage, "tin-tuc", texts.NEWS_VI, texts.NEWS_EN
    yield StandardPage, "cau-hoi-thuong-gap", texts.FAQ_VI, texts.FAQ_EN
    yield ContactPage, "lien-he", texts.CONTACT_VI, texts.CONTACT_EN
    yield StandardPage, "du-lieu-ca-nhan", texts.PRIVACY_VI, texts.PRIVACY_EN
    yield StandardPage, "kha-nang-tiep-can", texts.ACCESSIBILITY_VI, texts.ACCESSIBILITY_EN
    yield StandardPage, "nguon-du-lieu", texts.SOURCES_VI, texts.SOURCES_EN
    # The two products' lists: empty until an event and a course have pages.
    yield EventIndexPage, "dien-dan", texts.FORUM_VI, texts.FORUM_EN
    yield CourseIndexPage, "khoa-hoc", texts.COURSES_VI, texts.COURSES_EN


def _child(parent: Page, model: type[Page], slug: str, fields: dict) -> Page:
    existing = model.objects.child_of(parent).filter(slug=slug).first()
    if existing is not None:
        return existing
    return _put(parent, model(slug=slug, locale=parent.locale, **fields))


def _translation(page: Page, parent: Page, fields: dict) -> Page:
    existing = type(page).objects.filter(translation_key=page.translation_key, locale=parent.locale).first()
    if existing is not None:
        return existing
    copy = type(page)(slug=page.slug, locale=parent.locale, translation_key=page.translation_key, **fields)
    return _put(parent, copy)


def _fill_menu(tree: SiteTree, pages: dict[str, Page]) -> None:
    """A menu and a footer to begin with. An editor's own are left alone."""
    row = SiteSettings.objects.get(site=tree.site)
    if not row.menu:
        row.menu = [("link", _page_link(page, vi, en)) for page, vi, en in _menu_pages(tree, pages)]
    if not row.footer_columns:
        row.footer_columns = [
            ("column", {"title_vi": vi, "title_en": en, "links": [_link(target, pages) for target in links]})
            for vi, en, links in texts.FOOTER
        ]
    row.save()


def ensure_share_image(tree: SiteTree) -> None:
    """The picture shown when a page without its own is shared: our karst, drawn by us."""
    row = SiteSettings.objects.get(site=tree.site)
    if row.share_image_id is not None:
        return
    art = Path(__file__).with_name("art") / "share.png"
    image = SiteImage.objects.create(
        title="Vịnh Hạ Long (hình vẽ)",
        credit=row.organisation_vi,
        file=ImageFile(BytesIO(art.read_bytes()), name="karst.png"),
        file_size=art.stat().st_size,
    )
    row.share_image = image
    row.save(update_fields=["share_image"])


def product_pages(tree: SiteTree) -> dict[str, Page]:
    """The pages of the two products, when they are there: children of the home page by their agreed paths."""
    return {page.slug: page for page in tree.vi.get_children().filter(slug__in=("dien-dan", "khoa-hoc"), live=True)}


def _menu_pages(tree: SiteTree, pages: dict[str, Page]):
    products = product_pages(tree)
    for slug, vi, en in (("dien-dan", "Diễn đàn", "The forum"), ("khoa-hoc", "Khóa học", "Courses")):
        if slug in products:
            yield products[slug], vi, en
    yield pages["tin-tuc"], "Tin tức", "News"


def _page_link(page: Page, vi: str = "", en: str = "") -> dict:
    return {"page": page.page_ptr if hasattr(page, "page_ptr") else page, "address": "", "label_vi": vi, "label_en": en}


def _link(target: tuple[str, str, str], pages: dict[str, Page]) -> dict:
    where, vi, en = target
    if where in pages:
        return _page_link(pages[where], vi, en)
    return {"page": None, "address": where, "label_vi": vi, "label_en": en}


def link_products(tree: SiteTree) -> None:
    """Once forum and courses have pages: the two doors of the home page and the menu lead to them."""
    products = product_pages(tree)
    for home in (tree.vi, tree.en):
        home.refresh_from_db()
        changed = []
        for field, slug in (("forum_page", "dien-dan"), ("courses_page", "khoa-hoc")):
            if getattr(home, f"{field}_id") is None and slug in products:
                own = Page.objects.filter(
                    translation_key=products[slug].translation_key, locale=home.locale, live=True
                ).first()
                setattr(home, field, own or products[slug])
                changed.append(field)
        if changed:
            home.save()
    row = SiteSettings.objects.get(site=tree.site)
    linked = {block.value["page"].pk for block in row.menu if block.value.get("page")}
    missing = [(page, vi, en) for page, vi, en in _menu_pages(tree, ensure_pages(tree)) if page.pk not in linked]
    if missing:
        first = [("link", _page_link(page, vi, en)) for page, vi, en in missing]
        row.menu = first + [("link", block.value) for block in row.menu]
        row.save()
    cache.bump()
