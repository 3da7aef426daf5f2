from django.urls import path

from content import views

app_name = "content"

urlpatterns = [
    path("gop-y/", views.feedback, name="feedback"),
    path("gop-y/da-nhan/", views.feedback_received, name="feedback_received"),
]
