"""What learners send, and files with ranges. Pages to read are Wagtail's; these are only for acting."""

from django.urls import path

from courses import afterwards, media, offline, path_views, practical, reader_urls, views
from courses.quizzing import urls as quizzing

app_name = "courses"

urlpatterns = [
    path("hoc/su-kien/", views.events, name="events"),
    path("hoc/khoa/<uuid:key>/ghi-danh/", views.enrol, name="enrol"),
    path("hoc/lo-trinh/<uuid:key>/bat-dau/", path_views.join_path, name="join_path"),
    path("hoc/bai/<uuid:key>/xong/", views.complete, name="complete"),
    path("hoc/bai/<uuid:key>/nop/", practical.hand_in, name="hand_in"),
    path("hoc/bai-nop/<uuid:pk>/tep/", practical.file, name="submission_file"),
    path("hoc/khoa/<uuid:key>/danh-gia/", afterwards.evaluate, name="evaluate"),
    path("hoc/thu-nhac/", afterwards.reminders, name="reminders"),
    path("hoc/thu-nhac/<str:token>/", afterwards.reminders_off, name="reminders_off"),
    *reader_urls.urlpatterns,
    *quizzing.urlpatterns,
    path("tep/<int:document_id>/<str:filename>", media.serve, name="file"),
]

# A worker answers only for what lies below its own address.
plain_urlpatterns = [path("hoc-ngoai-tuyen.js", offline.worker, name="offline_worker")]
