from django.db import models
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.permissions import register_permission_policy

from content import viewsets
from content.models import Feedback
from content.widgets import VietnameseSlugInput
from people.policies import ReadOnlyPolicy

register_permission_policy(Feedback, ReadOnlyPolicy(Feedback))
register_form_field_override(models.SlugField, override={"widget": VietnameseSlugInput})


@hooks.register("register_admin_viewset")
def feedback():
    return viewsets.FeedbackViewSet()


@hooks.register("register_admin_urls")
def settle_url():
    return viewsets.urlpatterns
