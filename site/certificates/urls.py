from django.urls import path, re_path

from certificates import views

app_name = "certificates"

# /C/… has no language prefix, so it is what a QR code says for ever; /en/C/… is the same page in English.
urlpatterns = [
    path("giay-chung-nhan/", views.check, name="check"),
    path("C/<str:token>", views.verify, name="verify"),
    path("C/<str:token>/pdf", views.download, name="pdf"),
]

# A phone or a person may have written the address in small letters or with a slash behind it.
plain_urlpatterns = [re_path(r"^(?:c/(?P<small>[A-Za-z2-7]{26})/?|C/(?P<slashed>[A-Za-z2-7]{26})/)$", views.canonical)]
