"""What both languages have. Names without a prefix: templates of every app link here."""

from django.urls import path

from home import views

urlpatterns = [
    path("trang-cua-toi/", views.my_page, name="my_page"),
    path("tim-kiem/", views.search, name="search"),
]
