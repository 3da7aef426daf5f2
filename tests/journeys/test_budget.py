"""What a first visit costs, and that whole pages can be kept for everybody."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.journeys.places import places, places_before
from tests.journeys.walk import SIZES

KILOBYTE = 1024
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def first_view(window, path: str, width: int) -> dict[str, dict[str, int]]:
    """Bytes as they travel (text compressed, as nginx and WhiteNoise send it), by kind, of a visit with no cache."""
    page = window("vi", width)
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    sizes: dict[str, dict[str, int]] = {}
    for answer in answers:
        body = answer.body()
        kind = answer.request.resource_type
        is_text = kind in ("document", "stylesheet", "script") or urlsplit(answer.url).path.endswith(".svg")
        size = len(gzip.compress(body, 6)) if is_text else len(body)
        sizes.setdefault(kind, {})[urlsplit(answer.url).path] = size
    return sizes


@pytest.mark.parametrize("width", sorted(SIZES))
def test_the_forum_page_is_light(before, forum, window, width):
    sizes = first_view(window, forum.get_absolute_url(), width)
    text = sum(sum(sizes.get(kind, {}).values()) for kind in ("document", "stylesheet", "script"))
    whole = sum(sum(by_path.values()) for by_path in sizes.values())
    assert text < 50 * KILOBYTE, sizes
    assert whole < 150 * KILOBYTE, sizes


def test_the_forum_page_does_not_jump(before, forum, window):
    page = window("vi", 360)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) "
        "if (!e.hadRecentInput) moved += e.value; })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(forum.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") < 0.05


def test_pages_for_everybody_carry_no_cookie_and_nobodys_name(tell, request):
    """Marked public, without a cookie or a form's secret, and the same for two strangers; all else is never kept."""
    from people.models import User

    for stage, listed in (("before", places_before), ("after", places)):
        tell(stage)
        names = set(User.objects.exclude(full_name="").values_list("full_name", flat=True))
        for place in listed(request.getfixturevalue("forum")):
            if place.who:
                continue
            for language in ("vi", "en") if place.both else ("vi",):
                address = place.address(language)
                answer = Client().get(address)
                kept = "public" in answer.headers["Cache-Control"]
                assert kept is (place.cached and answer.status_code == 200), (
                    f"{address}: {answer.headers['Cache-Control']}"
                )
                if not kept:
                    assert "no-store" in answer.headers["Cache-Control"], address
                    continue
                text = answer.content.decode()
                assert not answer.cookies, address
                assert "csrfmiddlewaretoken" not in text, address
                assert not {name for name in names if name in text}, address
                assert Client().get(address).content == answer.content, address


def test_kept_pages_are_answered_without_the_database(before, forum, settings, client, django_assert_num_queries):
    settings.PAGE_CACHE_SECONDS = 60
    for address in ("/", "/en/", forum.get_absolute_url(), f"{forum.get_absolute_url()}chuong-trinh/"):
        first = client.get(address)
        with django_assert_num_queries(0):
            second = client.get(address + "?utm_source=zalo")
        assert second.headers.get("X-Page-Cache") == "hit", address
        assert re.sub(rb"\s", b"", second.content) == re.sub(rb"\s", b"", first.content)


def test_a_publish_forgets_every_kept_page(before, forum, settings, client):
    from content.pages import ArticlePage

    settings.PAGE_CACHE_SECONDS = 60
    addresses = ("/", "/tin-tuc/", forum.get_absolute_url())
    for address in addresses:
        client.get(address)
        assert client.get(address).headers.get("X-Page-Cache") == "hit", address
    article = ArticlePage.objects.live().filter(locale__language_code="vi").newest_first().first()
    article.title = "Tin vừa đổi tiêu đề"
    article.save_revision().publish()
    for address in addresses:
        assert "X-Page-Cache" not in client.get(address).headers, address
    assert article.title in client.get("/tin-tuc/").content.decode()
