"""The back office in Vietnamese, with a dashboard that says what needs somebody today."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from content.models import Feedback
from content.pages import ArticlePage
from content.roles import grant_pages
from home.models import JobRun
from home.site_setup import ensure_pages
from home.wagtail_hooks import items
from tests.events.conftest import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(site_tree):
    return ensure_pages(site_tree)


def waiting_text(pages, author) -> ArticlePage:
    page = ArticlePage(title="Chờ duyệt", summary="x", live=False, locale=pages["tin-tuc"].locale)
    pages["tin-tuc"].add_child(instance=page)
    page.save_revision(user=author)
    Workflow.objects.get(name="Duyệt bài").start(page, author)
    return page


def test_the_dashboard_tells_an_approver_what_waits(client, pages, chi, duyet):
    waiting_text(pages, chi)
    Feedback.objects.create(name="An", email="an@mau.example", message="Xin chào")
    client.force_login(duyet)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Việc cần chú ý" in html
    assert "1 bài đang chờ duyệt" in html
    assert "1 ý kiến của người xem chưa được trả lời" in html
    assert "trang cố định còn ghi" in html
    assert "Sở Khoa học và Công nghệ" in html


def test_an_author_is_not_told_what_approvers_do(pages, chi):
    waiting_text(pages, chi)
    assert not any("chờ duyệt" in item.text for item in items(chi, timezone.now()) if "bài" in item.text)


def test_the_gate_has_nothing_to_do_here(client, pages, giang):
    client.force_login(giang)
    assert "Không có việc nào đang chờ." in client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_failed_job_is_told_to_the_administrator_alone(pages, minh, duyet):
    JobRun.objects.create(name="home.audit", error="BooksDoNotBalance: x")
    assert any("home.audit" in item.text for item in items(minh, timezone.now()))
    assert not any("home.audit" in item.text for item in items(duyet, timezone.now()))


def test_strangers_do_not_enter(client, pages, an):
    client.force_login(an)
    answer = client.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 403, "the login page would send somebody signed in straight back"
    assert "an@mau.example" in answer.content.decode()
    assert reverse("account_logout") in answer.content.decode()


def test_roles_and_workflow_are_made_once(site_tree):
    before = Workflow.objects.count(), Page.objects.count()
    grant_pages(site_tree.root)
    grant_pages(site_tree.root)
    assert (Workflow.objects.count(), Page.objects.count()) == before
    assert Workflow.objects.get().workflow_tasks.count() == 1


def test_editors_add_pictures_and_approvers_change_settings(client, pages, chi, duyet):
    client.force_login(chi)
    assert client.get(reverse("wagtailimages:add")).status_code == 200
    settings_url = reverse("wagtailsettings:edit", args=["content", "sitesettings", pages["lien-he"].get_site().pk])
    assert client.get(settings_url).status_code == 302
    client.force_login(duyet)
    assert client.get(settings_url).status_code == 200


def test_the_menu_keeps_to_what_is_used(client, pages, minh):
    client.force_login(minh)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "guide.wagtail.org" not in html


def test_organisers_see_their_figures_and_editors_no_screen_of_the_events(client, pages, ha, chi):
    make_event(timezone.now())
    client.force_login(ha)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "0 người đăng ký, 0 người đã vào" in html
    assert reverse("events_event:index") in html
    client.force_login(chi)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "người đăng ký" not in html
    assert reverse("events_event:index") not in html


def listed(client, address: str) -> str:
    """What a person reads in the main part of a screen of the back office."""
    text = client.get(f"/quan-tri/{address}").text
    text = text[text.index("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<(script|svg)\b.*?</\1>", "", text, flags=re.DOTALL)).split())


def test_names_and_columns_of_the_frame_are_vietnamese(client, site_tree, minh):
    client.force_login(minh)
    sites = listed(client, "sites/")
    assert "Cổng Tên trang web Trang gốc" in sites
    assert "Root" not in sites
    assert "Danh mục trang: Cấp gốc" in listed(client, "pages/")
    assert "Tất cả" in listed(client, "collections/add/")
    assert "Root" not in listed(client, "collections/add/")
    found = listed(client, "pages/search/?q=trang")
    assert "1-1 trong số 1 " in found
    assert "None" not in found
    people = client.get("/quan-tri/users/").text
    assert "Có" in people
    assert ">True<" not in people.replace("\n", "").replace(" ", "")


def test_a_page_that_nobody_published_by_hand_says_so(client, site_tree, minh):
    client.force_login(minh)
    assert "None" not in listed(client, "reports/aging-pages/")
    site_tree.vi.save_revision(user=minh).publish(user=minh)
    assert "minh@mau.example" in listed(client, "reports/aging-pages/")


def test_a_root_that_was_renamed_keeps_its_name(site_tree):
    from wagtail.models import Collection

    from home.site_setup import ensure_site

    Collection.objects.update(name="Kho ảnh của Sở")
    ensure_site()
    assert Collection.get_first_root_node().name == "Kho ảnh của Sở"
