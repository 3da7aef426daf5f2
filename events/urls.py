"""What both languages have under /dien-dan/ and /ve/.

/T/… has no language prefix, so it is what a QR code says for ever.
"""

from django.urls import path, re_path, register_converter

from events import views


class TokenConverter:
    """26 base32 characters; capitals and small letters alike."""

    regex = "[A-Za-z2-7]{26}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


register_converter(TokenConverter, "token")

app_name = "events"

_forum = "dien-dan/<slug:slug>/"
_mine = "ve/<token:token>/"

urlpatterns = [
    path(f"{_forum}dang-ky/", views.register, name="register"),
    path(f"{_forum}gui-lai-ve/", views.resend, name="resend"),
    path(f"{_forum}chuong-trinh/", views.agenda, name="agenda"),
    path(f"{_forum}chuong-trinh.ics", views.agenda_ics, name="agenda_ics"),
    path(f"{_forum}chuong-trinh/<slug:session>/", views.session, name="session"),
    path(f"{_forum}chuong-trinh/<slug:session>.ics", views.session_ics, name="session_ics"),
    path(f"{_forum}dien-gia/<slug:speaker>/", views.speaker, name="speaker"),
    path("T/<token:code>", views.ticket, name="ticket"),
    path(_mine, views.registration, name="registration"),
    path(f"{_mine}sua/", views.registration_edit, name="registration_edit"),
    path(f"{_mine}huy/", views.registration_cancel, name="registration_cancel"),
    path(f"{_mine}gui-lai/", views.registration_resend, name="registration_resend"),
    path(f"{_mine}ve.pdf", views.ticket_pdf, name="ticket_pdf"),
    path(f"{_mine}ve.ics", views.ticket_ics, name="ticket_ics"),
    path(f"{_mine}giay-chung-nhan/", views.registration_certificate, name="registration_certificate"),
]

# A phone or a person may have written the address in small letters or with a slash behind it.
plain_urlpatterns = [
    re_path(r"^(?:t/(?P<small>[A-Za-z2-7]{26})/?|T/(?P<slashed>[A-Za-z2-7]{26})/)$", views.canonical_ticket)
]
