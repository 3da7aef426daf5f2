"""Vietnamese at /, English at /en/. Whatever stands outside i18n_patterns speaks Vietnamese, or both."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

import certificates.urls
import courses.urls
import events.urls
from content.kit import kit
from courses.care import approve_in_the_editor

handler400 = "home.views.bad_request"
handler404 = "home.views.not_found"
handler500 = "home.views.server_error"

urlpatterns = [
    # Wagtail's own login would let a password in past allauth's limits and MFA: one login page for everybody.
    path("quan-tri/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("quan-tri/logout/", RedirectView.as_view(pattern_name="account_logout")),
    path(
        "quan-tri/pages/workflow/action/<int:page_id>/approve/<int:task_state_id>/",
        require_admin_access(approve_in_the_editor),
    ),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tai-lieu/", include(wagtaildocs_urls)),
    *events.urls.plain_urlpatterns,
    *certificates.urls.plain_urlpatterns,
    *courses.urls.plain_urlpatterns,
    path("", include("home.plain_urls")),
]

if settings.DEBUG or settings.TESTING:
    urlpatterns.append(path("kit/", kit, name="kit"))

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

urlpatterns += i18n_patterns(
    path("accounts/", include("people.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("people.urls")),
    path("", include("letters.urls")),
    path("", include("events.urls")),
    path("", include("courses.urls")),
    path("", include("certificates.urls")),
    path("", include("content.urls")),
    path("", include("home.urls")),
    path("", include("home.page_urls")),  # Wagtail's own, finding pages in two queries
    prefix_default_language=False,
)
