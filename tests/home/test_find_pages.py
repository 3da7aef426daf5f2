"""From an address to a page: in few queries, right for restrictions, drafts and page types with routes of their own."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction

from content.pages import StandardPage
from home import routing
from home.site_setup import ensure_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def deep(site_tree) -> list[StandardPage]:
    chain = [site_tree.vi]
    for title in ("Một", "Hai", "Ba", "Bốn"):
        page = StandardPage(title=title, locale=site_tree.vi.locale)
        chain[-1].add_child(instance=page)
        chain.append(page)
    return chain


def request():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def test_a_deep_page_takes_two_queries(site_tree, deep, django_assert_num_queries):
    home = Page.objects.get(pk=site_tree.vi.pk)
    with django_assert_num_queries(2):
        found = routing.route(home, request(), ["mot", "hai", "ba", "bon"])
    assert found.page == deep[-1]
    assert isinstance(found.page, StandardPage)
    with django_assert_num_queries(0):
        assert [page.title for page in found.page.trail] == ["Trang chủ", "Một", "Hai", "Ba"]
        assert found.page.get_parent().title == "Ba"


def test_a_whole_request_costs_the_same_at_any_depth(client, deep, django_assert_num_queries):
    client.get("/mot/")
    for address in ("/mot/", "/mot/hai/ba/bon/"):
        with django_assert_num_queries(4):
            assert client.get(address).status_code == 200


def test_breadcrumbs_lead_back(client, deep):
    html = client.get("/mot/hai/ba/").content.decode()
    assert (
        '<li><a href="/">Trang chủ</a></li><li><a href="/mot/">Một</a></li><li><a href="/mot/hai/">Hai</a></li>' in html
    )


@pytest.mark.parametrize(
    "address", ["/khong-co/", "/mot/khong-co/", "/khong-co/mot/", "/mot/hai/ba/bon/nam/", "/home/", "/trang-chu/"]
)
def test_what_does_not_exist_is_404(client, deep, address):
    response = client.get(address)
    assert response.status_code == 404
    assert '<body class="lost-page">' in response.content.decode()
    assert "Content-Security-Policy" in response.headers


def test_a_page_below_a_draft_is_404(client, deep):
    deep[1].unpublish()
    assert client.get("/mot/hai/").status_code == 404


def test_a_page_of_one_language_is_not_found_under_the_other(client, deep):
    assert client.get("/en/mot/").status_code == 404


def test_a_restriction_above_holds_below(client, deep, an):
    client.get("/mot/hai/ba/")
    PageViewRestriction.objects.create(page=deep[1], restriction_type=PageViewRestriction.LOGIN)
    response = client.get("/mot/hai/ba/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/_util/login/")
    client.force_login(an)
    response = client.get("/mot/hai/ba/")
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert not getattr(response, "public", False)


def test_a_restriction_on_the_root_holds_everywhere(client, deep, site_tree):
    PageViewRestriction.objects.create(page=site_tree.root, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/mot/").status_code == 302


def test_a_password_opens_a_page(client, deep):
    restriction = PageViewRestriction.objects.create(
        page=deep[1], restriction_type=PageViewRestriction.PASSWORD, password="mo-cua"
    )
    response = client.get("/mot/")
    assert "password" in response.content.decode()
    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{deep[1].pk}/",
        {"password": "mo-cua", "return_url": "/mot/"},
    )
    assert "Một" in client.get("/mot/").content.decode()


def test_the_second_login_page_leads_to_the_first(client, site_tree):
    response = client.get("/_util/login/?next=/mot/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/mot/"


def test_a_page_type_with_its_own_routes_gets_the_rest_of_the_address(site_tree, deep, monkeypatch):
    seen = []

    def own_route(self, request, components):
        seen.append((self.title, components, [page.title for page in self.trail]))
        raise Http404

    monkeypatch.setattr(StandardPage, "route", own_route)
    with pytest.raises(Http404):
        routing.route(site_tree.vi, request(), ["mot", "hai", "su-kien"])
    assert seen == [("Một", ["hai", "su-kien"], ["Trang chủ"])]


def test_posting_to_a_page_and_previews_are_not_kept(client, site_tree, minh):
    ensure_pages(site_tree)
    response = client.post("/lien-he/")
    assert response.headers["Cache-Control"] == "private, no-store"
    client.force_login(minh)
    assert client.get("/lien-he/").headers["Cache-Control"] == "private, no-store"


def test_a_kept_page_asks_no_database(client, site_tree, settings, django_assert_num_queries):
    ensure_pages(site_tree)
    settings.PAGE_CACHE_SECONDS = 60
    first = client.get("/lien-he/")
    with django_assert_num_queries(0):
        second = client.get("/lien-he/?utm_source=zalo")
    assert second.headers["X-Page-Cache"] == "hit"
    assert second.content == first.content
    assert not second.cookies
    site_tree.vi.save_revision().publish()
    assert "X-Page-Cache" not in client.get("/lien-he/").headers


def test_the_link_to_the_other_language_keeps_what_was_asked_and_not_where_one_came_from(client, site_tree):
    assert 'href="/en/gop-y/"' in client.get("/gop-y/?utm_source=zalo&fbclid=abc").content.decode()
    html = client.get("/gop-y/?tu=/tin-tuc/&utm_campaign=x").content.decode()
    assert 'href="/en/gop-y/?tu=%2Ftin-tuc%2F"' in html
    assert "utm_" not in html
