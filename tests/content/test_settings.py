"""The texts, menu and footer of the whole site follow the settings, in the reader's language."""

import pytest

from content import cache
from content.models import SiteSettings
from home.site_setup import ensure_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(site_tree):
    ensure_pages(site_tree)
    return SiteSettings.objects.get(site=site_tree.site)


def test_menu_and_footer_speak_the_readers_language(client, row):
    vietnamese = client.get("/lien-he/").content.decode()
    english = client.get("/en/lien-he/").content.decode()
    assert '<a href="/tin-tuc/">Tin tức</a>' in vietnamese
    assert '<a href="/en/tin-tuc/">News</a>' in english
    assert '<a href="/du-lieu-ca-nhan/">Dữ liệu cá nhân</a>' in vietnamese
    assert '<a href="/en/du-lieu-ca-nhan/">Personal data</a>' in english
    assert '<a href="/en/gop-y/">Feedback</a>' in english


def test_the_menu_marks_where_one_is(client, row):
    assert '<a href="/tin-tuc/" aria-current="page">' in client.get("/tin-tuc/").content.decode()


def test_a_saved_setting_shows_at_once(client, row):
    assert "12 Đường Mẫu" not in client.get("/lien-he/").content.decode()
    before = cache.generation()
    row.address_vi = "12 Đường Mẫu"
    row.save()
    assert cache.generation() > before
    assert "12 Đường Mẫu" in client.get("/lien-he/").content.decode()


def test_an_unpublished_page_leaves_the_menu(client, row):
    from content.pages import ArticleIndexPage

    ArticleIndexPage.objects.get(locale__language_code="vi").unpublish()
    assert 'href="/tin-tuc/"' not in client.get("/lien-he/").content.decode()


def test_a_page_without_translation_stays_in_the_english_menu(client, row):
    from content.pages import ArticleIndexPage

    ArticleIndexPage.objects.get(locale__language_code="en").unpublish()
    assert '<a href="/tin-tuc/">News</a>' in client.get("/en/lien-he/").content.decode()


def test_the_frame_costs_no_query_once_it_is_known(client, row, django_assert_num_queries):
    client.get("/lien-he/")
    with django_assert_num_queries(4):  # page, its own fields, restrictions, translations
        client.get("/lien-he/")


def test_setting_the_site_up_again_changes_nothing(site_tree, row):
    from wagtail.models import Page

    from home.site_setup import ensure_site

    row.menu = []
    row.organisation_vi = "Sở khác"
    row.save()
    count = Page.objects.count()
    ensure_pages(ensure_site())
    row.refresh_from_db()
    assert Page.objects.count() == count
    assert row.organisation_vi == "Sở khác"
