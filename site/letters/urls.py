from django.urls import path

from letters import views

urlpatterns = [
    path("hop-thu/", views.mailbox, name="mailbox"),
    path("hop-thu/<int:pk>/", views.read, name="mailbox_letter"),
    path("hop-thu/<int:pk>/html/", views.body, name="mailbox_body"),
    path("hop-thu/<int:pk>/<int:number>/", views.attachment, name="mailbox_attachment"),
]
