"""Nothing is refused by the content policy, nothing fails on the console, nothing is asked of another host."""

import pytest
from wagtail.models import Page

from events.models import Registration
from tests.journeys.places import places, places_before, visit, windows_for
from tests.journeys.walk import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REFUSED = (
    "addEventListener('securitypolicyviolation', "
    "e => console.error('refused: ' + e.violatedDirective + ' ' + e.blockedURI))"
)


def test_the_public_site_keeps_its_own_policy(tell, request, window):
    """The window itself watches: see conftest. So it does in English, in test_accessibility."""
    for stage, listed in (("before", places_before), ("after", places)):
        tell(stage)
        window_of = windows_for(window, "vi", 1280)
        started = set()
        for place in listed(request.getfixturevalue("forum")):
            page = window_of(place)
            if page not in started:
                page.add_init_script(REFUSED)
                started.add(page)
            visit(page, place, "vi")
            page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")


def test_the_public_policy_allows_nothing_inline_and_nobody_else(before, client, forum):
    for path in ("/", forum.get_absolute_url(), "/accounts/login/", "/khoa-hoc/"):
        policy = client.get(path).headers["Content-Security-Policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
        assert rules["default-src"] == rules["script-src"] == rules["style-src"] == "'self'"
        assert rules["object-src"] == rules["base-uri"] == "'none'"


def test_the_back_office_works_under_its_policy(before, window):
    """Fourteen screens with all that Wagtail does there: editor, preview, choosers, reports, settings."""
    minh = person("minh")
    registration = Registration.objects.first()
    article = Page.objects.get(url_path="/trang-chu/tin-tuc/khai-mac-dien-dan-lan-thu-7/")
    index = article.get_parent()
    page = window("vi", 1280, user=minh)
    page.add_init_script(REFUSED)
    for path in (
        "",
        f"pages/{index.pk}/",
        f"pages/{article.pk}/edit/",
        f"pages/{article.pk}/history/",
        f"pages/add/content/articlepage/{index.pk}/",
        "images/",
        "documents/",
        "reports/site-history/",
        "users/",
        "groups/",
        "dang-ky-du/",
        f"dang-ky-du/inspect/{registration.pk}/",
        "cau-hoi/new/",
        "phien/",
        "letters/",
        "cua/",
        "workflows/list/",
        "redirects/",
        "units/",
        "audit-entries/",
    ):
        answer = page.goto(f"/quan-tri/{path}")
        assert answer.status == 200, path
        assert page.url.endswith(path), f"{path} leads to {page.url}"
        page.wait_for_timeout(200)  # the widgets that start after the page has loaded
