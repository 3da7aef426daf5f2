from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from events import viewsets
from events.gate import gate
from events.models import Registration
from people.policies import ReadOnlyPolicy

# Registrations are changed by their own verbs, never by a form over the row.
register_permission_policy(Registration, ReadOnlyPolicy(Registration))


@hooks.register("register_admin_viewset")
def forum():
    return viewsets.ForumGroup()


@hooks.register("register_admin_urls")
def forum_urls():
    return [path("cua/", gate, name="events_gate"), *viewsets.registration_urls]


class GateMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("events.check_in")


@hooks.register("register_admin_menu_item")
def gate_menu_item():
    return GateMenuItem(_("Gate"), reverse_lazy("events_gate"), name="gate", icon_name="key", order=210)


@hooks.register("register_permissions")
def forum_permissions():
    return Permission.objects.filter(
        Q(codename="check_in") | Q(codename="change_registration"), content_type__app_label="events"
    )
