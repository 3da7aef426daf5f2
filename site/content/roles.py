"""What editors and approvers may do: words, pictures and documents; only approvers put a page before the public."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITORS = "Biên tập viên"
APPROVERS = "Người duyệt"
ADMIN = "wagtailadmin.access_admin"
SHARED = [
    ADMIN,
    "content.view_feedback",
    "content.change_feedback",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
]

PERMISSIONS = {
    EDITORS: [*SHARED, "simple_translation.submit_translation"],
    APPROVERS: [*SHARED, "simple_translation.submit_translation", "content.change_sitesettings"],
    "Ban tổ chức": [ADMIN],
    "Cổng vào": [ADMIN],
    "Quản lý đào tạo": [ADMIN],
    "Quản lý đào tạo đơn vị": [ADMIN],
}
PAGE_PERMISSIONS = {
    EDITORS: ["add_page", "change_page"],
    APPROVERS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
FILE_PERMISSIONS = {
    ("wagtailimages", "image"): ["add", "change", "choose"],  # also governs our own image model
    ("wagtaildocs", "document"): ["add", "change", "choose"],
}
WORKFLOW_NAME = "Duyệt bài"
# What Wagtail's first migration brings: a workflow on the root page whose group nobody here belongs to.
WAGTAILS_WORKFLOW, WAGTAILS_GROUPS = "Moderators approval", ("Moderators", "Editors")


def grant_pages(root: Page) -> None:
    """Page, picture and document permissions, and the way a text takes from its author to an approver. Idempotent."""
    for name, codenames in PAGE_PERMISSIONS.items():
        group, _made = Group.objects.get_or_create(name=name)
        wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
        for permission in wanted:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        _grant_files(group)
    _make_workflow(root)


def _grant_files(group: Group) -> None:
    collection = Collection.get_first_root_node()
    if collection is None:
        return
    for (app, model), verbs in FILE_PERMISSIONS.items():
        for permission in Permission.objects.filter(
            content_type__app_label=app, codename__in=[f"{verb}_{model}" for verb in verbs]
        ):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _make_workflow(root: Page) -> None:
    """One workflow, one step: whoever belongs to the approvers reads it and publishes it or sends it back."""
    _put_wagtails_own_away()
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW_NAME, defaults={"active": True})
    if made or not workflow.workflow_tasks.exists():
        task = GroupApprovalTask.objects.filter(name=WORKFLOW_NAME).first() or GroupApprovalTask.objects.create(
            name=WORKFLOW_NAME
        )
        task.groups.set([Group.objects.get_or_create(name=APPROVERS)[0]])
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    # What somebody chose by hand for this part of the tree stays.
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})


def _put_wagtails_own_away() -> None:
    """Or editors would hand in to a group that is empty. Somebody in one of these groups means that they are wanted."""
    if Group.objects.filter(name__in=WAGTAILS_GROUPS, user__isnull=False).exists():
        return
    for workflow in Workflow.objects.filter(name=WAGTAILS_WORKFLOW, active=True):
        tasks = list(workflow.tasks)
        workflow.deactivate()
        for task in tasks:
            task.deactivate()
        Group.objects.filter(name__in=WAGTAILS_GROUPS).delete()
