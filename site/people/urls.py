from django.urls import path

from people import views

app_name = "people"
urlpatterns = [path("trang-cua-toi/thong-tin/", views.profile, name="profile")]
