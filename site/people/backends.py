"""Who somebody is and what they may do, asked of the database once each."""

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.db import connection

if TYPE_CHECKING:
    from people.models import User

PERMISSIONS = """
    SELECT app_label, codename FROM auth_permission
    JOIN django_content_type ON django_content_type.id = content_type_id
    WHERE auth_permission.id IN (
        SELECT permission_id FROM people_user_user_permissions WHERE user_id = %s
        UNION SELECT permission_id FROM auth_group_permissions
        JOIN people_user_groups ON people_user_groups.group_id = auth_group_permissions.group_id WHERE user_id = %s
    )
"""


class PersonBackend(AuthenticationBackend):
    """allauth's, with two shortcuts for what nearly every request of somebody signed in asks."""

    def get_user(self, user_id: int) -> "User | None":
        session = getattr(context.request, "session", None)
        person = session.take_person(user_id) if session is not None else None
        if person is None:
            return super().get_user(user_id)
        return person if self.user_can_authenticate(person) else None

    def get_all_permissions(self, user_obj, obj=None) -> set[str]:
        """Their own and those of their roles, kept for this request; Django would ask for the two apart."""
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            with connection.cursor() as cursor:
                cursor.execute(PERMISSIONS, [user_obj.pk, user_obj.pk])
                user_obj._perm_cache = {f"{app}.{name}" for app, name in cursor.fetchall()}
        return user_obj._perm_cache
