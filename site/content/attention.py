"""What the dashboard asks each app: what needs somebody today? Events and courses answer in the same form."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import Page, Revision, TaskState

from content.models import Feedback, StandardPage
from content.roles import APPROVERS


@dataclass(frozen=True)
class Item:
    """One line of the panel: what is the matter, and where to deal with it."""

    text: str
    url: str = ""
    urgent: bool = False


def items(user, at: datetime) -> list[Item]:
    """At most six queries: what this person may deal with among words and pictures."""
    found: list[Item] = []
    may_publish = user.is_superuser or APPROVERS in user.groups.values_list("name", flat=True)
    if may_publish:
        waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count()
        if waiting:
            text = ngettext("%(count)d text waits for approval", "%(count)d texts wait for approval", waiting) % {
                "count": waiting
            }
            found.append(Item(text, reverse("wagtailadmin_reports:workflow"), urgent=True))
    if user.has_perm("content.change_feedback"):
        unread = Feedback.objects.waiting().count()
        if unread:
            text = ngettext(
                "%(count)d message from visitors is unanswered",
                "%(count)d messages from visitors are unanswered",
                unread,
            )
            found.append(Item(text % {"count": unread}, reverse("feedback:index"), urgent=True))
    if may_publish:
        soon = Revision.page_revisions.filter(
            approved_go_live_at__gt=at, approved_go_live_at__lte=at + timedelta(days=7)
        ).count()
        if soon:
            text = ngettext(
                "%(count)d page is published by itself this week",
                "%(count)d pages are published by themselves this week",
                soon,
            )
            found.append(Item(text % {"count": soon}, reverse("wagtailadmin_reports:site_history")))
        expiring = Page.objects.filter(live=True, expire_at__gt=at, expire_at__lte=at + timedelta(days=7)).count()
        if expiring:
            text = ngettext("%(count)d page expires this week", "%(count)d pages expire this week", expiring) % {
                "count": expiring
            }
            found.append(Item(text, reverse("wagtailadmin_reports:aging_pages")))
        if drafts := StandardPage.objects.live().filter(is_draft_text=True).count():
            text = ngettext(
                "%(count)d standing page still says “draft, awaiting approval”",
                "%(count)d standing pages still say “draft, awaiting approval”",
                drafts,
            )
            found.append(Item(text % {"count": drafts}, reverse("wagtailadmin_explore_root")))
    return found
