"""What search engines and other sites see of a page: canonical address, languages, picture, site map, robots."""

import re

import pytest
from wagtail.models import PageViewRestriction

from content.pages import ArticlePage
from home.site_setup import ensure_pages, ensure_share_image

pytestmark = pytest.mark.django_db
HERE = "http://localhost:8000"


@pytest.fixture
def pages(site_tree, settings):
    settings.SITE_URL = HERE
    return ensure_pages(site_tree)


def alternates(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))


def test_both_versions_name_each_other(client, pages):
    wanted = {"vi": f"{HERE}/lien-he/", "en": f"{HERE}/en/lien-he/", "x-default": f"{HERE}/lien-he/"}
    for address in ("/lien-he/", "/en/lien-he/"):
        html = client.get(address).content.decode()
        assert alternates(html) == wanted
        assert f'<link rel="canonical" href="{HERE}{address}">' in html


def test_a_page_without_translation_names_none_and_leads_to_the_other_front_page(client, pages):
    pages["tin-tuc"].add_child(
        instance=ArticlePage(title="Chỉ tiếng Việt", summary="x", locale=pages["tin-tuc"].locale)
    )
    html = client.get("/tin-tuc/chi-tieng-viet/").content.decode()
    assert alternates(html) == {}
    assert '<a href="/en/" lang="en" hreflang="en">' in html


def test_a_view_of_ours_has_the_same_address_in_both_languages(client, pages):
    html = client.get("/tim-kiem/?q=vịnh").content.decode()
    assert 'href="/en/tim-kiem/?q=v%E1%BB%8Bnh" lang="en"' in html
    assert "canonical" not in html


def test_a_lost_page_has_no_address_to_share(client, pages):
    html = client.get("/khong-co/").content.decode()
    assert "canonical" not in html
    assert '<a href="/en/" lang="en"' in html


def test_a_shared_page_has_title_text_and_picture(client, site_tree, pages):
    ensure_share_image(site_tree)
    article = ArticlePage(title="Lớp học số mở", summary="Học lúc nào cũng được.", locale=pages["tin-tuc"].locale)
    pages["tin-tuc"].add_child(instance=article)
    html = client.get("/tin-tuc/lop-hoc-so-mo/").content.decode()
    assert '<meta property="og:title" content="Lớp học số mở">' in html
    assert '<meta property="og:description" content="Học lúc nào cũng được.">' in html
    assert re.search(rf'<meta property="og:image" content="{HERE}/media/images/[^"]+\.jpg">', html)
    assert '<meta property="og:locale" content="vi_VN">' in html


def test_the_site_map_lists_public_pages_with_their_languages(client, pages):
    PageViewRestriction.objects.create(page=pages["nguon-du-lieu"], restriction_type=PageViewRestriction.LOGIN)
    text = client.get("/sitemap.xml").content.decode()
    assert f"<loc>{HERE}/lien-he/</loc>" in text
    assert f"<loc>{HERE}/en/lien-he/</loc>" in text
    assert f'hreflang="en" href="{HERE}/en/lien-he/"' in text
    assert f"<loc>{HERE}/nguon-du-lieu/</loc>" not in text


def test_the_site_map_takes_few_queries(client, pages, django_assert_max_num_queries):
    client.get("/lien-he/")
    with django_assert_max_num_queries(5):
        client.get("/sitemap.xml")


def test_robots_stay_out_of_personal_pages(client, pages):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /ve/" in text
    assert "Disallow: /en/trang-cua-toi/" in text
    assert f"Sitemap: {HERE}/sitemap.xml" in text
