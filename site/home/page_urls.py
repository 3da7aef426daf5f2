"""Wagtail's own addresses, but pages are found by home.views.serve_page, and there is one login page."""

from django.urls import path, re_path
from django.views.generic import RedirectView
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_urlpatterns

from home import views

REPLACED = {"wagtail_serve", "wagtailcore_login"}

urlpatterns = [
    *[pattern for pattern in wagtail_urlpatterns if pattern.name not in REPLACED],
    path(
        "_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="wagtailcore_login"
    ),
    re_path(serve_pattern, views.serve_page, name="wagtail_serve"),
]
