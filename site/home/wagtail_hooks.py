"""The dashboard answers "what needs me today?", and the menu keeps to what this department uses."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Site
from wagtail.sites.views import IndexView as SiteIndex

from content.attention import Item
from events.attention import figures
from home import personal_data_views
from home.models import JobRun

# Not used here, or only confusing: help for Wagtail's editors' guide in English, search promotions, form submissions.
HIDDEN_MENU_ITEMS = {"help", "forms"}
HIDDEN_SETTINGS_ITEMS = {"promoted-search-results"}
ADMINISTRATORS_REPORTS = {"workflow-tasks", "page-types-usage"}

# Wagtail names these columns by the fields' names in code, in English.
for column in SiteIndex.columns:
    if column.name in ("port", "site_name", "root_page"):
        column.label = lazy(capfirst, str)(Site._meta.get_field(column.name).verbose_name)


def items(user, at) -> list[Item]:
    """What every app has to say to this person, urgent things first."""
    found: list[Item] = []
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.attention"):
            found += [
                item if isinstance(item, Item) else Item(*item)
                for item in import_module(f"{app.name}.attention").items(user, at)
            ]
    if user.is_superuser:
        found += [Item(f"{run.name}: {run.error[:200]}", urgent=True) for run in JobRun.objects.exclude(error="")]
    return sorted(found, key=lambda item: not item.urgent)


class AttentionPanel(Component):
    name = "attention"
    order = 10
    template_name = "home/admin/attention.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user, at = parent_context["request"].user, timezone.now()
        context["items"] = items(user, at)
        context["figures"] = figures(at) if user.has_perm("events.view_registration") else []
        return context


@hooks.register("construct_homepage_panels")
def attention_panel(request, panels):
    panels.append(AttentionPanel())


@hooks.register("construct_main_menu")
def fewer_menu_items(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_MENU_ITEMS]


@hooks.register("construct_settings_menu")
def fewer_settings(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN_SETTINGS_ITEMS]


@hooks.register("construct_reports_menu")
def fewer_reports(request, menu_items):
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in ADMINISTRATORS_REPORTS]


class AdministratorsItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


class LogItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(personal_data_views.SEES_LOG)


@hooks.register("register_admin_urls")
def personal_data_urls():
    return personal_data_views.urlpatterns


@hooks.register("register_settings_menu_item")
def personal_data_item():
    address = reverse_lazy("personal_data")
    return AdministratorsItem(_("Data of one person"), address, name="personal-data", icon_name="user", order=630)


@hooks.register("register_reports_menu_item")
def personal_data_log_item():
    address = reverse_lazy("personal_data_log")
    return LogItem(_("Personal data log"), address, name="personal-data-log", icon_name="view", order=900)


@hooks.register("insert_global_admin_css")
def department_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
