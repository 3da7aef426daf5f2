from django.urls import path

from courses.quizzing import views

urlpatterns = [
    path("hoc/bai/<uuid:key>/lam-bai/", views.begin, name="begin_quiz"),
    path("hoc/luot/<uuid:pk>/", views.attempt, name="attempt"),
    path("hoc/luot/<uuid:pk>/luu/", views.save, name="save_answers"),
]
