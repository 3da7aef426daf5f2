"""Chi writes: every page type opens, renders, is edited and previewed, and the path of a page is readable."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from content.pages import ArticleIndexPage, ArticlePage, ContactPage, StandardPage
from content.widgets import vietnamese_formatters
from home.models import HomePage
from home.site_setup import ensure_pages

pytestmark = pytest.mark.django_db


def article(index: ArticleIndexPage, title: str = "Đổi mới sáng tạo ở đặc khu", **fields) -> ArticlePage:
    page = ArticlePage(title=title, summary="Tóm tắt", locale=index.locale, **fields)
    index.add_child(instance=page)
    return page


@pytest.fixture
def pages(site_tree):
    return ensure_pages(site_tree)


def test_a_vietnamese_title_becomes_a_readable_path(pages):
    assert article(pages["tin-tuc"]).slug == "doi-moi-sang-tao-o-dac-khu"
    assert article(pages["tin-tuc"]).slug == "doi-moi-sang-tao-o-dac-khu-2"


def test_the_editor_spells_paths_the_same_way():
    table = {letter: plain for letters, plain in vietnamese_formatters() for letter in letters.strip("[]")}
    assert "".join(table.get(letter, letter) for letter in "đổi mới ở đặc khu") == "doi moi o dac khu"


def test_the_path_field_of_a_page_form_knows_vietnamese(client, chi, pages):
    client.force_login(chi)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[pages["lien-he"].pk])).content.decode()
    assert "data-w-slug-formatters-value" in html


@pytest.mark.parametrize(
    "slug", ["tin-tuc", "cau-hoi-thuong-gap", "lien-he", "du-lieu-ca-nhan", "kha-nang-tiep-can", "nguon-du-lieu"]
)
def test_standing_pages_open_in_both_languages(client, pages, slug):
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/{slug}/")
        assert response.status_code == 200
        assert response.public
        assert not response.cookies


def test_every_page_type_is_read_edited_and_previewed(client, minh, site_tree, pages):
    client.force_login(minh)
    news = article(pages["tin-tuc"])
    for page in [site_tree.vi, site_tree.en, news, *pages.values()]:
        page = page.specific
        assert client.get(page.url).status_code == 200, page
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, page
        preview = page.make_preview_request()
        assert preview.status_code == 200, page
        assert page.title in preview.rendered_content or isinstance(page, HomePage)


def test_page_types_stand_where_they_belong():
    assert HomePage.allowed_parent_page_models() == [Page]
    assert ArticlePage.allowed_parent_page_models() == [ArticleIndexPage]
    assert ArticleIndexPage.allowed_subpage_models() == [ArticlePage]
    assert HomePage in StandardPage.allowed_parent_page_models()
    assert ContactPage.allowed_subpage_models() == []


def test_chi_writes_an_article_and_cannot_publish_it(client, chi, pages):
    client.force_login(chi)
    url = reverse("wagtailadmin_pages:add", args=["content", "articlepage", pages["tin-tuc"].pk])
    data = nested_form_data(
        {
            "title": "Lớp học số mở",
            "slug": "lop-hoc-so-mo",
            "date": "2026-03-02",
            "summary": "Học lúc nào cũng được.",
            "body": streamfield([("text", rich_text("<p>Xin chào.</p>"))]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    client.post(url, data)
    page = ArticlePage.objects.get(slug="lop-hoc-so-mo")
    assert not page.live
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data | {"action-publish": "1"})
    page.refresh_from_db()
    assert not page.live
    assert client.get("/tin-tuc/lop-hoc-so-mo/").status_code == 404


def test_the_gate_volunteer_edits_no_pages(client, giang, pages):
    client.force_login(giang)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[pages["lien-he"].pk]))
    assert response.status_code == 302


def test_a_page_says_when_it_was_updated(client, pages):
    pages["nguon-du-lieu"].save_revision().publish()
    assert "Cập nhật ngày" in client.get("/nguon-du-lieu/").content.decode()


def test_draft_wording_is_marked(client, pages):
    assert "chờ Sở duyệt" in client.get("/du-lieu-ca-nhan/").content.decode()
    assert "awaiting approval" in client.get("/en/du-lieu-ca-nhan/").content.decode()
    assert "chờ Sở duyệt." not in client.get("/cau-hoi-thuong-gap/").content.decode()


def test_the_privacy_notice_names_no_unconfirmed_number_of_days(pages):
    """Two sources confirm 2 working days and 15 or 20 days; none confirms 72 hours or a retention period."""
    text = str(pages["du-lieu-ca-nhan"].body)
    assert "hai ngày làm việc" in text
    assert "15 ngày" in text
    assert "72" not in text


@pytest.mark.parametrize("number", [1, 8])
def test_the_news_list_takes_the_same_number_of_queries(client, pages, django_assert_num_queries, number):
    for n in range(number):
        article(pages["tin-tuc"], title=f"Tin {n}")
    client.get("/tin-tuc/")
    with django_assert_num_queries(7):  # one of them asks which pages are restricted
        response = client.get("/tin-tuc/")
    assert response.content.decode().count('class="title"') == number


def test_long_news_is_split_into_pages(client, pages):
    for n in range(13):
        article(pages["tin-tuc"], title=f"Tin số {n}")
    assert client.get("/tin-tuc/").content.decode().count('class="title"') == 12
    assert client.get("/tin-tuc/?trang=2").content.decode().count('class="title"') == 1
    assert client.get("/tin-tuc/?trang=99").status_code == 200


def test_an_article_names_its_source(client, pages):
    article(pages["tin-tuc"], title="Tin", source_name="Tiền Phong", source_url="https://tienphong.vn/x")
    html = client.get("/tin-tuc/tin/").content.decode()
    assert 'href="https://tienphong.vn/x"' in html
    assert "Tiền Phong" in html
