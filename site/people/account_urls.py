"""What stands beside allauth under /accounts/, and is asked before it."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from people import views

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("first/<str:token>/", views.first_link, name="people_first"),
    path("phieu/", views.slip, name="people_slip"),
    # One login page for everybody: allauth's second one, and its password pages, lead there too.
    path("login/code/", to_login),
    re_path(r"^password/(?:change|set|reset)/", to_login),
]
