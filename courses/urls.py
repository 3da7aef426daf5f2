"""What learners send, and files with ranges. Pages to read are Wagtail's; these are only for acting."""

from django.urls import path

from courses import media, views

app_name = "courses"

urlpatterns = [
    path("hoc/su-kien/", views.events, name="events"),
    path("hoc/khoa/<uuid:key>/ghi-danh/", views.enrol, name="enrol"),
    path("hoc/bai/<uuid:key>/xong/", views.complete, name="complete"),
    path("hoc/bai/<uuid:key>/tra-loi/", views.answer, name="answer"),
    path("tep/<int:document_id>/<str:filename>", media.serve, name="file"),
]
