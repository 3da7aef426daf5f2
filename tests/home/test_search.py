"""Searching: with marks, marks must match; without them everything does. On both databases."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from content.pages import ArticlePage, StandardPage
from home.site_setup import ensure_pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(site_tree):
    pages = ensure_pages(site_tree)
    for title, summary in [
        ("Khởi nghiệp ở vùng mỏ", "Chuyện của những người trẻ"),
        ("Du lịch thông minh", "Vịnh và bản đồ số"),
    ]:
        pages["tin-tuc"].add_child(instance=ArticlePage(title=title, summary=summary, locale=site_tree.vi.locale))
    return pages


def titles(client, text: str, prefix: str = "") -> list[str]:
    response = client.get(f"{prefix}/tim-kiem/", {"q": text})
    assert response.status_code == 200
    return [page.title for page in response.context["pages"]]


@pytest.mark.parametrize(
    "text",
    ["khoi nghiep vung mo", "khởi nghiệp vùng mỏ", "KHOI NGHIEP VUNG", "Khởi nghiệp vung mo", "khơi nghiêp vung"],
)
def test_with_and_without_marks(client, pages, text):
    assert titles(client, text) == ["Khởi nghiệp ở vùng mỏ"]


@pytest.mark.parametrize("text", ["757/QĐ-BKHCN", "757/QD-BKHCN", "757 bkhcn", "quyết định 757", "757/qđ-bkhcn"])
def test_the_number_of_a_decision_is_found(client, pages, site_tree, text):
    news = ArticlePage(
        title="Khung kỹ năng", summary="Theo Quyết định 757/QĐ-BKHCN ngày 29/4", locale=site_tree.vi.locale
    )
    pages["tin-tuc"].add_child(instance=news)
    assert titles(client, text) == ["Khung kỹ năng"]


def test_decomposed_text_is_the_same_text(client, pages):
    import unicodedata

    assert titles(client, unicodedata.normalize("NFD", "khởi nghiệp vùng mỏ")) == ["Khởi nghiệp ở vùng mỏ"]


def test_typed_marks_must_match_when_something_does(client, pages, site_tree):
    site_tree.vi.add_child(instance=StandardPage(title="Bán hàng", locale=site_tree.vi.locale))
    site_tree.vi.add_child(instance=StandardPage(title="Bạn hàng", locale=site_tree.vi.locale))
    assert titles(client, "bạn hàng") == ["Bạn hàng"]
    assert sorted(titles(client, "ban hang")) == ["Bán hàng", "Bạn hàng"]


def test_the_text_of_blocks_is_found(client, pages):
    assert "Dữ liệu cá nhân" in titles(client, "khong nhan anh giay to tuy than")


def test_each_language_finds_its_own_pages(client, pages):
    assert titles(client, "Personal data", "/en")[0] == "Personal data"
    assert "Personal data" not in titles(client, "personal data")


def test_drafts_and_restricted_pages_are_not_found(client, pages, site_tree):
    hidden = StandardPage(title="Riêng tư tuyệt đối", locale=site_tree.vi.locale)
    site_tree.vi.add_child(instance=hidden)
    assert titles(client, "rieng tu tuyet doi") == ["Riêng tư tuyệt đối"]
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, "rieng tu tuyet doi") == []
    PageViewRestriction.objects.all().delete()
    hidden.unpublish()
    assert titles(client, "rieng tu tuyet doi") == []


@pytest.mark.parametrize("text", ["", "   ", "\0", "%", "' OR 1=1 --", '"', "(((", "*", "x" * 3000, "a & | !"])
def test_strange_words_find_nothing_and_break_nothing(client, pages, text):
    assert titles(client, text) == []


def test_the_page_is_not_indexed_and_not_kept(client, pages):
    response = client.get("/tim-kiem/?q=vịnh")
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_what_was_asked_is_escaped(client, pages):
    assert "<script>" not in client.get("/tim-kiem/", {"q": "<script>alert(1)</script>"}).content.decode()


@pytest.mark.parametrize("number", [1, 6])
def test_the_number_of_queries_does_not_grow(client, pages, site_tree, django_assert_max_num_queries, number):
    for n in range(number):
        site_tree.vi.add_child(instance=StandardPage(title=f"Cồn cát {n}", locale=site_tree.vi.locale))
    client.get("/tim-kiem/?q=x")
    with django_assert_max_num_queries(6):
        assert len(titles(client, "con cat")) == number


def test_sessions_and_speakers_of_published_events_are_found(client, pages):
    from events.models import Event, Session, Speaker

    at = timezone.now()
    event = Event.objects.create(
        slug="lan-thu-7",
        name_vi="Diễn đàn",
        venue_vi="Bãi Cháy",
        organiser_vi="UBND tỉnh",
        starts_at=at + timedelta(days=9),
        ends_at=at + timedelta(days=10),
        registration_opens_at=at,
        registration_closes_at=at + timedelta(days=5),
    )
    Session.objects.create(
        event=event,
        slug="khai-mac",
        title_vi="Phiên khai mạc",
        starts_at=event.starts_at,
        ends_at=event.starts_at + timedelta(hours=1),
    )
    Speaker.objects.create(event=event, slug="an", name="Trần Thị Khai")
    response = client.get("/tim-kiem/?q=khai")
    assert response.context["sessions"] == response.context["speakers"] == []
    event.published_at = at - timedelta(days=1)
    event.save()
    response = client.get("/tim-kiem/?q=khai")
    assert [session.slug for session in response.context["sessions"]] == ["khai-mac"]
    assert [speaker.name for speaker in response.context["speakers"]] == ["Trần Thị Khai"]
