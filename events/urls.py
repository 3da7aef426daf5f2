"""What both languages have under /dien-dan/, /ve/ and /doan/.

/T/… has no language prefix, so it is what a QR code says for ever.
"""

from django.urls import path, re_path, register_converter

from events import delegation_views, payment_views, ticket_views, transfer_views, unsubscribe_views, views


class TokenConverter:
    """26 base32 characters; capitals and small letters alike."""

    regex = "[A-Za-z2-7]{26}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class CodeConverter(TokenConverter):
    """The first eight of them: what is read out at the gate."""

    regex = "[A-Za-z2-7]{8}"


register_converter(TokenConverter, "token")
register_converter(CodeConverter, "code")

app_name = "events"

_forum = "dien-dan/<slug:slug>/"
_mine = "ve/<token:token>/"
_desk = "doan/<token:token>/"
_order = "thanh-toan/<token:token>/"

urlpatterns = [
    path(f"{_forum}dang-ky/", views.register, name="register"),
    path(f"{_forum}gui-lai-ve/", views.resend, name="resend"),
    path(f"{_forum}chuong-trinh/", views.agenda, name="agenda"),
    path(f"{_forum}chuong-trinh.ics", views.agenda_ics, name="agenda_ics"),
    path(f"{_forum}chuong-trinh/<slug:session>/", views.session, name="session"),
    path(f"{_forum}chuong-trinh/<slug:session>.ics", views.session_ics, name="session_ics"),
    path(f"{_forum}dien-gia/<slug:speaker>/", views.speaker, name="speaker"),
    path("T/<token:code>", ticket_views.ticket, name="ticket"),
    path(_mine, ticket_views.registration, name="registration"),
    path(f"{_mine}sua/", ticket_views.registration_edit, name="registration_edit"),
    path(f"{_mine}nhan-cho/", ticket_views.registration_accept, name="registration_accept"),
    path(f"{_mine}nhuong-ve/", ticket_views.registration_hand_over, name="registration_hand_over"),
    path(f"{_mine}them-nguoi/", ticket_views.registration_another, name="registration_another"),
    path(f"{_mine}huy/", ticket_views.registration_cancel, name="registration_cancel"),
    path(f"{_mine}gui-lai/", ticket_views.registration_resend, name="registration_resend"),
    path(f"{_mine}ve.pdf", ticket_views.ticket_pdf, name="ticket_pdf"),
    path(f"{_mine}ve.ics", ticket_views.ticket_ics, name="ticket_ics"),
    path(f"{_mine}giay-chung-nhan/", ticket_views.registration_certificate, name="registration_certificate"),
    path(f"{_mine}thanh-toan/", payment_views.of_registration, name="registration_pay"),
    path(_order, payment_views.order, name="order"),
    path(f"{_order}cung-tra/", payment_views.together, name="order_together"),
    path(f"{_order}ma-giam-gia/", payment_views.discount, name="order_discount"),
    path(f"{_order}nguoi-tra/", payment_views.payer, name="order_payer"),
    path(f"{_order}the/", payment_views.card, name="order_card"),
    path(f"{_order}da-tra/", payment_views.returned, name="order_returned"),
    path(f"{_order}chuyen-khoan.pdf", transfer_views.sheet, name="order_transfer"),
    path(f"{_order}xac-nhan/<int:year>-<int:number>.pdf", transfer_views.confirmation, name="order_confirmation"),
    path("huy-nhan-thu/<str:token>/", unsubscribe_views.unsubscribe, name="unsubscribe"),
    path(_desk, delegation_views.delegation, name="delegation"),
    path(f"{_desk}danh-sach/", delegation_views.delegation_list, name="delegation_list"),
    path(f"{_desk}them/", delegation_views.delegation_add, name="delegation_add"),
    path(f"{_desk}thanh-toan/", delegation_views.delegation_pay, name="delegation_pay"),
    path(f"{_desk}nhac/", delegation_views.delegation_remind, name="delegation_remind"),
    path(f"{_desk}<code:code>/", delegation_views.delegation_member, name="delegation_member"),
    path(f"{_desk}<code:code>/thay/", delegation_views.delegation_replace, name="delegation_replace"),
    path(f"{_desk}<code:code>/bo/", delegation_views.delegation_remove, name="delegation_remove"),
]

# A phone or a person may have written the address in small letters or with a slash behind it.
plain_urlpatterns = [
    path("thong-bao/stripe/", payment_views.stripe_message, name="events_stripe_message"),
    path("thong-bao/ngan-hang/", transfer_views.bank_message, name="events_bank_message"),
    re_path(r"^(?:t/(?P<small>[A-Za-z2-7]{26})/?|T/(?P<slashed>[A-Za-z2-7]{26})/)$", ticket_views.canonical_ticket),
]
