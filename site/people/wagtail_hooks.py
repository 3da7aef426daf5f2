from wagtail import hooks
from wagtail.permissions import register_permission_policy

from people import viewsets
from people.models import AuditEntry
from people.policies import ReadOnlyPolicy

register_permission_policy(AuditEntry, ReadOnlyPolicy(AuditEntry))


@hooks.register("register_admin_viewset")
def units():
    return viewsets.UnitViewSet()


@hooks.register("register_admin_viewset")
def audit_log():
    return viewsets.AuditViewSet()
