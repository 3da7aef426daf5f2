from django.contrib.auth.models import Permission
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from events import (
    bank_viewsets,
    bulk_actions,
    changing_views,
    delegation_viewsets,
    payment_viewsets,
    registration_actions,
    retention_views,
    saved_filter_views,
    viewsets,
)
from events.gate import gate
from events.models import Confirmation, Order, Registration
from people.policies import ReadOnlyPolicy

# Registrations are changed by their own verbs, never by a form over the row.
register_permission_policy(Registration, ReadOnlyPolicy(Registration))
register_permission_policy(Order, ReadOnlyPolicy(Order))
register_permission_policy(Confirmation, ReadOnlyPolicy(Confirmation))


@hooks.register("register_admin_viewset")
def forum():
    return viewsets.ForumGroup()


@hooks.register("register_admin_viewset")
def payments():
    return payment_viewsets.PaymentGroup()


@hooks.register("register_admin_urls")
def forum_urls():
    return [
        path("cua/", gate, name="events_gate"),
        *registration_actions.urls,
        *changing_views.urls,
        *delegation_viewsets.delegation_urls,
        *payment_viewsets.order_urls,
        *bank_viewsets.urls,
        *retention_views.urlpatterns,
    ]


@hooks.register("register_admin_urls")
def saved_filter_urls():
    return saved_filter_views.urls


for action in bulk_actions.ACTIONS:
    hooks.register("register_bulk_action", action)


class GateMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("events.check_in")


@hooks.register("register_admin_menu_item")
def gate_menu_item():
    return GateMenuItem(_("Gate"), reverse_lazy("events_gate"), name="gate", icon_name="key", order=210)


class RetentionItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(retention_views.MAY)


@hooks.register("register_reports_menu_item")
def retention_item():
    address = reverse_lazy("events_retention")
    return RetentionItem(
        _("How long registrations are kept"), address, name="retention", icon_name="history", order=910
    )


@hooks.register("register_permissions")
def desk_permission():
    return Permission.objects.filter(codename="add_walk_in", content_type__app_label="events")


@hooks.register("register_permissions")
def forum_permissions():
    return Permission.objects.filter(
        codename__in=[
            "check_in",
            "change_registration",
            "add_importrun",
            "change_lettertext",
            "add_massmail",
            "view_order",
            "settle_payment",
            "approve_refund",
        ],
        content_type__app_label="events",
    )
