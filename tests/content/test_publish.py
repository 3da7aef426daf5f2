"""From a draft to the public: workflow, schedule, translation, moved paths; and the page cache forgets at each step."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, TaskState, Workflow, WorkflowPage, WorkflowTask

from content import cache
from content.pages import ArticlePage, StandardPage
from home.site_setup import ensure_pages, ensure_site
from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(site_tree):
    return ensure_pages(site_tree)["tin-tuc"]


@pytest.fixture
def draft(news, chi) -> ArticlePage:
    page = ArticlePage(title="Bài của Chi", summary="Tóm tắt", live=False, owner=chi, locale=news.locale)
    news.add_child(instance=page)
    page.save_revision(user=chi)
    return page


def test_an_author_hands_in_and_an_approver_publishes(client, draft, chi, duyet):
    client.force_login(chi)
    data = {
        "title": draft.title,
        "slug": draft.slug,
        "date": "2026-01-02",
        "summary": "Tóm tắt",
        "body-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), data | {"action-submit": "1"})
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    assert task.task.specific.groups.get().name == "Người duyệt"

    client.force_login(duyet)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk]), {"comment": "Được"})
    draft.refresh_from_db()
    assert draft.live
    client.logout()
    assert client.get("/tin-tuc/bai-cua-chi/").status_code == 200


def test_an_approver_hears_of_a_text_that_waits(client, draft, chi, duyet):
    Workflow.objects.get(name="Duyệt bài").start(draft, chi)
    assert Letter.objects.filter(to=duyet.email).exists()


def test_authors_hand_in_to_our_approvers_also_where_wagtail_brought_a_workflow_of_its_own(site_tree, draft):
    """Its first migration puts one on the root page; a database made without migrations does not have it."""
    WorkflowPage.objects.all().delete()
    moderators, editors = (Group.objects.create(name=name) for name in ("Moderators", "Editors"))
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    task.groups.add(moderators)
    wagtails = Workflow.objects.create(name="Moderators approval", active=True)
    WorkflowTask.objects.create(workflow=wagtails, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=wagtails, page=site_tree.root)
    assert draft.get_workflow() == wagtails

    for _twice in range(2):
        ensure_site()
        assert draft.get_workflow().name == "Duyệt bài"
    assert not Group.objects.filter(pk__in=[moderators.pk, editors.pk]).exists()
    assert not Workflow.objects.get(pk=wagtails.pk).active


def test_an_author_cannot_approve(client, draft, chi):
    Workflow.objects.get(name="Duyệt bài").start(draft, chi)
    task = TaskState.objects.get()
    client.force_login(chi)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk]), {"comment": ""})
    draft.refresh_from_db()
    assert not draft.live


def test_a_page_goes_live_and_expires_by_itself(client, draft):
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision().publish()
    draft.refresh_from_db()
    assert not draft.live

    draft.go_live_at = timezone.now() - timedelta(minutes=1)
    draft.expire_at = timezone.now() + timedelta(hours=1)
    revision = draft.save_revision()
    revision.approved_go_live_at = draft.go_live_at
    revision.save()
    before = cache.generation()
    call_command("tick", verbosity=0)
    draft.refresh_from_db()
    assert draft.live
    assert cache.generation() > before
    assert client.get("/tin-tuc/bai-cua-chi/").status_code == 200

    ArticlePage.objects.filter(pk=draft.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    from home.models import JobRun

    JobRun.objects.filter(name="home.publish_scheduled").update(started_at=timezone.now() - timedelta(minutes=2))
    call_command("tick", verbosity=0)
    assert client.get("/tin-tuc/bai-cua-chi/").status_code == 404


def test_an_old_path_leads_to_the_new_one(client, draft, django_capture_on_commit_callbacks):
    draft.save_revision().publish()
    draft.refresh_from_db()
    draft.slug = "bai-moi"
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision().publish()
    response = client.get("/tin-tuc/bai-cua-chi/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/tin-tuc/bai-moi/"


def test_a_page_is_translated_as_a_draft_under_the_same_path(client, draft, chi):
    draft.save_revision().publish()
    client.force_login(chi)
    english = Locale.objects.get(language_code="en")
    url = reverse("simple_translation:submit_page_translation", args=[draft.pk])
    assert client.post(url, {"locales": [english.pk]}).status_code == 302
    copy = ArticlePage.objects.get(translation_key=draft.translation_key, locale=english)
    assert copy.slug == "bai-cua-chi"
    assert not copy.live
    assert copy.get_latest_revision_as_object().slug == "bai-cua-chi"
    copy.get_latest_revision().publish()
    client.logout()
    assert client.get("/en/tin-tuc/bai-cua-chi/").status_code == 200


def test_publishing_moving_and_deleting_begin_a_new_generation(draft, site_tree):
    def moved(action) -> bool:
        before = cache.generation()
        action()
        return cache.generation() > before

    assert moved(lambda: draft.save_revision().publish())
    assert moved(lambda: ArticlePage.objects.get(pk=draft.pk).unpublish())
    page = StandardPage(title="Tạm", locale=site_tree.vi.locale)
    site_tree.vi.add_child(instance=page)
    assert moved(
        lambda: page.move(
            StandardPage.objects.get(slug="nguon-du-lieu", locale=site_tree.vi.locale_id), pos="last-child"
        )
    )
    assert moved(lambda: StandardPage.objects.get(pk=page.pk).delete())
    assert not moved(lambda: None)


def test_an_unpublished_page_and_what_is_below_it_are_gone(client, site_tree):
    parent = StandardPage(title="Cha", locale=site_tree.vi.locale)
    site_tree.vi.add_child(instance=parent)
    child = StandardPage(title="Con", locale=site_tree.vi.locale)
    parent.add_child(instance=child)
    assert client.get("/cha/con/").status_code == 200
    parent.unpublish()
    assert client.get("/cha/").status_code == 404
    assert client.get("/cha/con/").status_code == 404
