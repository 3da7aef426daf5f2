"""The roles. Each app says in its `roles.py` what they may do there; after a migration this puts it together."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

GROUPS = (
    "Biên tập viên",
    "Người duyệt",
    "Ban tổ chức",
    "Cổng vào",
    "Kế toán",
    "Quản lý đào tạo",
    "Quản lý đào tạo đơn vị",
    "Người hướng dẫn",
)


def role_permissions() -> dict[str, set[str]]:
    """{group: {"app.codename", …}} of all installed apps."""
    wanted: dict[str, set[str]] = {name: set() for name in GROUPS}
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.roles"):
            for group, permissions in import_module(f"{app.name}.roles").PERMISSIONS.items():
                wanted.setdefault(group, set()).update(permissions)
    return wanted


def create_groups(using: str = "default", app_config=None, **kwargs) -> None:
    """Create missing groups and give each what it needs. Idempotent; what an administrator added by hand stays."""
    from django.contrib.auth.models import Group, Permission
    from django.db import connections

    # The signal comes once an app and each app's permissions are born in its own turn: wait for the last.
    if app_config is not None and app_config != [app for app in apps.get_app_configs() if app.models_module][-1]:
        return
    if Permission._meta.db_table not in connections[using].introspection.table_names():
        return
    known = {
        f"{row.content_type.app_label}.{row.codename}": row
        for row in Permission.objects.using(using).select_related("content_type")
    }
    for name, wanted in role_permissions().items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*[known[key] for key in wanted if key in known])
