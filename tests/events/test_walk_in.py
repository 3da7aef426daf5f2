"""Somebody stands at the desk and is not registered."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from events.models import Registration, Scan, State, TicketType
from letters.models import Letter
from people.models import AuditEntry, Consent

pytestmark = pytest.mark.django_db
DESK = "events_walk_in:index"


@pytest.fixture
def desk(client, ha, site_tree, event, delegate):
    client.force_login(ha)
    return client


def fill(kind: TicketType, **changed) -> dict:
    return {
        "su-kien": kind.event.slug,
        "full_name": "Phạm Thị Đến",
        "organisation": "Sở Khoa học và Công nghệ",
        "ticket_type": kind.pk,
        "email": "",
        "form_key": "6f2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a6b",
    } | changed


def test_one_short_form_and_the_person_is_inside_with_a_ticket(desk, event, delegate, ha):
    assert desk.get(reverse(DESK)).status_code == 200
    page = desk.post(reverse(DESK), fill(delegate, let_in="on"), follow=True)
    made = Registration.objects.get()
    assert (made.state, made.source, made.letters, made.shares_mailbox) == (State.CONFIRMED, "desk", False, True)
    assert made.email == event.contact_email
    assert Scan.objects.standing().filter(registration=made, by=ha).exists()
    assert made.full_name in page.text
    assert '<svg class="qr"' in page.text
    assert page.context["form"].initial["let_in"] is True
    assert not page.context["form"].is_bound
    assert not Letter.objects.exists()
    assert AuditEntry.objects.get(verb="registration.walk_in").actor == ha
    consent = Consent.objects.get()
    assert (consent.email, consent.actor) == (event.contact_email, ha)
    assert made.code in consent.source
    assert desk.get(reverse("events_walk_in:paper", args=[event.slug])).content.startswith(b"%PDF")


def test_with_an_address_the_ticket_comes_by_letter(desk, delegate):
    desk.post(reverse(DESK), fill(delegate, email="den@mau.example"))
    made = Registration.objects.get()
    assert (made.email, made.letters, made.shares_mailbox) == ("den@mau.example", True, False)
    assert made.entry() is None
    assert Letter.objects.about(made).get().kind == "registration_confirmed"


def test_registration_may_be_closed_or_for_invited_people_only(desk, event, delegate, now):
    event.registration_closes_at = now
    event.save()
    TicketType.objects.filter(pk=delegate.pk).update(visibility="invitation", needs_approval=True, price=100)
    desk.post(reverse(DESK), fill(delegate))
    assert Registration.objects.get().state == State.CONFIRMED


def test_a_full_kind_is_refused_clearly_and_what_was_typed_stays(desk, register, student):
    register(1, ticket_type=student)
    register(2, ticket_type=student)
    page = desk.post(reverse(DESK), fill(student))
    assert page.status_code == 422
    assert "hết chỗ, nên chưa đăng ký cho ai" in page.text
    assert "Phạm Thị Đến" in page.text
    assert Registration.objects.count() == 2


def test_a_double_click_is_one_person(desk, delegate):
    for _click in range(2):
        desk.post(reverse(DESK), fill(delegate, let_in="on"))
    assert Registration.objects.count() == 1
    assert Consent.objects.count() == 1


def test_a_namesake_without_an_address_is_told_apart_by_one(desk, delegate):
    desk.post(reverse(DESK), fill(delegate))
    other = fill(delegate, form_key="0b2b4b0e-1d5c-4b7e-9d0a-3c1f2e4d5a6b", organisation="Báo Quảng Ninh")
    page = desk.post(reverse(DESK), other)
    assert page.status_code == 422
    assert "Nếu là người khác, hãy nhập địa chỉ thư" in page.text
    desk.post(reverse(DESK), other | {"email": "khac@mau.example"})
    assert Registration.objects.count() == 2


def test_an_address_that_is_registered_is_said_beside_the_field(desk, delegate, register):
    guest = register(1)
    page = desk.post(reverse(DESK), fill(delegate, email=guest.email))
    assert "email" in page.context["form"].errors


def test_without_a_contact_address_of_the_event_one_is_needed(desk, event, delegate):
    event.contact_email = ""
    event.save()
    page = desk.post(reverse(DESK), fill(delegate))
    assert "email" in page.context["form"].errors
    assert not Registration.objects.exists()


def test_gate_staff_need_the_permission_and_see_nobody_else(client, site_tree, event, delegate, register, giang):
    other = register(1)
    client.force_login(giang)
    assert client.get(reverse(DESK)).status_code in (302, 403)
    assert client.post(reverse(DESK), fill(delegate)).status_code in (302, 403)
    giang.user_permissions.add(Permission.objects.get(codename="add_walk_in"))
    page = client.post(reverse(DESK), fill(delegate, let_in="on"), follow=True)
    assert "Phạm Thị Đến" in page.text
    assert other.full_name not in page.text
    assert client.get(reverse("events_registration_paper", args=[other.pk])).status_code in (302, 403)
    menu = client.get(reverse("wagtailadmin_home")).text
    assert "/quan-tri/dang-ky-tai-ban/" in menu
    assert "/quan-tri/dang-ky-du/" not in menu
