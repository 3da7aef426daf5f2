from django.contrib.auth.models import Permission
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from letters import viewsets
from letters.models import Letter
from people.policies import ReadOnlyPolicy

register_permission_policy(Letter, ReadOnlyPolicy(Letter))


@hooks.register("register_admin_viewset")
def outbox():
    return viewsets.LetterViewSet()


@hooks.register("register_admin_urls")
def resend_url():
    return viewsets.urlpatterns


@hooks.register("register_permissions")
def resend_permission():
    return Permission.objects.filter(content_type__app_label="letters", codename="resend_letter")
