from django.contrib.auth.models import Permission
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from certificates import viewsets
from certificates.models import Certificate
from people.policies import ReadOnlyPolicy

register_permission_policy(Certificate, ReadOnlyPolicy(Certificate))


@hooks.register("register_admin_viewset")
def certificates_viewset():
    return viewsets.CertificateViewSet()


@hooks.register("register_admin_urls")
def revoke_url():
    return viewsets.urlpatterns


@hooks.register("register_permissions")
def revoke_permission():
    return Permission.objects.filter(content_type__app_label="certificates", codename="revoke_certificate")
