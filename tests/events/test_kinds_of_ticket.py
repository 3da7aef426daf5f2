"""Who may choose which kind of ticket: windows, access codes, invitations, audiences, approval, price."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from events import eligibility
from events.eligibility import Refused
from events.models import Quota, Registration, RegistrationChange, State, TicketType, Visibility
from events.models.registration import TRANSITIONS, IllegalTransition
from letters.models import Letter

from .conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(event, delegate) -> TicketType:
    return TicketType.objects.create(
        event=event, name_vi="Báo chí", position=3, visibility=Visibility.CODE, access_code="Báo 2026"
    )


@pytest.fixture
def moderated(delegate) -> TicketType:
    delegate.needs_approval = True
    delegate.save()
    return delegate


def path(event) -> str:
    return f"/dien-dan/{event.slug}/dang-ky/"


def refusal(event, kind, **terms) -> str:
    with pytest.raises(Refused) as refused:
        event.register(kind, somebody(1), **terms)
    return refused.value.verdict.reason


# ---------------------------------------------------------------- access codes, invitations, audiences


def test_a_code_reveals_a_kind_of_ticket_and_what_was_typed_stays(client, site_tree, event, press, answers_for):
    assert "Báo chí" not in client.get(path(event)).text
    shown = client.post(path(event), answers_for(press, access_code="báo  2026", reveal="1"))
    assert shown.status_code == 200
    assert "Báo chí" in shown.text
    assert "Nguyễn Hoàng Thùy Dương" in shown.text
    answer = client.post(path(event), answers_for(press, access_code="BÁO 2026"))
    assert answer.status_code == 302
    assert Registration.objects.get().ticket_type == press


def test_without_the_right_code_it_cannot_be_had(client, site_tree, event, press, answers_for, now):
    assert client.post(path(event), answers_for(press, access_code="sai")).status_code == 422
    assert refusal(event, press, at=now) == "code_needed"
    assert refusal(event, press, at=now, code="sai") == "code_needed"


def test_no_seats_left_is_said_only_where_seats_ran_out(client, site_tree, event, delegate, now):
    """With nothing to choose the page says why: for invited people, not on offer now, or a code that opens it."""
    delegate.visibility = Visibility.INVITATION
    delegate.save()
    page = client.get(path(event)).text
    assert str(eligibility.HEADINGS["by_invitation"]) in page
    assert "Hết chỗ" not in page
    delegate.visibility, delegate.access_code = Visibility.CODE, "Mở"
    delegate.save()
    event.waiting_list = False
    event.save()
    page = client.get(path(event)).text
    assert 'name="access_code"' in page, "the code can be typed where nothing else is on offer"
    assert "Hết chỗ" not in page
    assert delegate.name_vi in client.get(path(event), {"access_code": "mở"}).text
    delegate.visibility, delegate.opens_at = Visibility.PUBLIC, now + timedelta(days=1)
    delegate.save()
    page = client.get(path(event)).text
    assert str(eligibility.HEADINGS["nothing_on_offer"]) in page
    assert "Hết chỗ" not in page
    delegate.opens_at = None
    delegate.save()
    Quota.objects.update(size=0)
    assert "Hết chỗ" in client.get(path(event)).text


def test_a_kind_for_invited_people_is_not_on_the_form(client, site_tree, event, delegate, answers, now):
    delegate.visibility = Visibility.INVITATION
    delegate.save()
    assert client.post(path(event), answers()).status_code == 409
    assert refusal(event, delegate, at=now) == "invitation_needed"
    invited = event.register(
        delegate, somebody(1), at=now, source="invitation", offer_until=now + timedelta(days=3), letters=False
    )
    assert invited.state == State.OFFERED


def test_an_audience_is_known_by_its_addresses(event, delegate, now):
    delegate.only_domains = "quangninh.gov.vn, @edu.vn"
    delegate.save()
    assert refusal(event, delegate, at=now) == "not_in_audience"
    for number, host in enumerate(["quangninh.gov.vn", "so.quangninh.gov.vn", "edu.vn"]):
        person = somebody(number, email=f"a{number}@{host}")
        assert event.register(delegate, person, at=now, letters=False).state == State.CONFIRMED
    assert refusal_of(event, delegate, "b@xedu.vn", now) == "not_in_audience"


def refusal_of(event, kind, email, at) -> str:
    return event.eligibility(kind, email, at=at).reason


def test_every_refusal_has_a_heading_and_a_sentence(event, now):
    for reason in eligibility.HEADINGS:
        verdict = eligibility.Verdict(False, reason, moment=now)
        assert verdict.heading
        assert verdict.sentence
    assert set(eligibility.HEADINGS) == set(eligibility.SENTENCES)


# ---------------------------------------------------------------- approval and price


def test_a_moderated_kind_waits_for_the_organiser_and_holds_its_seat(
    client, site_tree, event, moderated, answers, ha, now
):
    client.post(path(event), answers())
    mine = Registration.objects.get()
    assert mine.state == State.PENDING
    assert Quota.objects.with_taken(now).get(name="Hội trường").taken == 1
    assert "tiếp nhận" in client.get(mine.get_absolute_url()).text
    assert client.get(f"/ve/{mine.manage_token}/ve.pdf").status_code == 404
    assert mine.approve(at=now, by=ha)
    assert not mine.approve(at=now, by=ha), "asked again, nothing happens"
    assert mine.state == State.CONFIRMED
    kinds = list(Letter.objects.about(mine).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["registration_received", "registration_confirmed"]


def test_a_rejection_says_why(client, site_tree, event, moderated, register, ha, now):
    mine = register(1)
    assert mine.reject(at=now, by=ha, reason="Số đại biểu của đơn vị đã đủ.")
    assert "Số đại biểu của đơn vị đã đủ." in client.get(mine.get_absolute_url()).text
    assert not mine.approve(at=now, by=ha)
    assert Quota.objects.with_taken(now).get(name="Hội trường").taken == 0
    assert mine.changes.last().by == ha


def test_after_its_deadline_a_seat_is_approved_only_if_one_is_left(event, student, register, ha, now):
    student.needs_approval, student.approval_days = True, 1
    student.save()
    yesterday = now - timedelta(days=1, minutes=1)
    late, other = (register(number, ticket_type=student, at=yesterday) for number in (1, 2))
    third, fourth = (register(number, ticket_type=student) for number in (3, 4))
    with pytest.raises(Refused) as refused:
        late.approve(at=now, by=ha)
    assert refused.value.verdict.reason == "full"
    fourth.cancel(at=now)
    assert late.approve(at=now, by=ha)
    assert (other.state, third.state) == (State.PENDING, State.PENDING)


def test_a_price_is_awaited_and_marked_as_paid_by_the_organiser(client, site_tree, event, delegate, answers, ha, now):
    delegate.price = 500_000
    delegate.save()
    assert client.post(path(event), answers()).status_code == 409, "nobody said how to pay"
    event.payment_note_vi = "Chuyển khoản tới tài khoản của Ban tổ chức."
    event.save()
    client.post(path(event), answers())
    mine = Registration.objects.get()
    assert mine.state == State.UNPAID
    page = client.get(f"{mine.get_absolute_url()}thanh-toan/", follow=True).text
    assert "500.000" in page
    assert "Chuyển khoản tới tài khoản" in page
    assert mine.mark_paid(at=now, by=ha)
    assert mine.state == State.CONFIRMED


# ---------------------------------------------------------------- states


def test_no_state_follows_another_but_as_the_table_says(register, now):
    mine = register(1, letters=False)
    allowed = {(was, became) for was, after in TRANSITIONS.items() for became in after}
    for was in State:
        for became in State:
            mine.state, mine.hold_until = was, now + timedelta(days=1)
            if (was, became) in allowed or was == became:
                continue
            with pytest.raises(IllegalTransition):
                mine._become(became, at=now, by=None)
            with pytest.raises(IntegrityError), transaction.atomic():
                RegistrationChange.objects.create(registration=mine, at=now, was=was, became=became)


def test_an_other_kind_of_ticket_only_where_a_seat_is_free(event, delegate, student, register, ha, now):
    mine = register(1)
    assert mine.change_ticket_type(student, at=now, by=ha)
    assert mine.ticket_type == student
    register(2, ticket_type=student)
    other = register(3)
    with pytest.raises(Refused):
        other.change_ticket_type(student, at=now, by=ha)
    assert mine.changes.last().corrected == {"ticket_type": ["Đại biểu", "Sinh viên"]}


def test_a_seat_that_one_has_is_not_asked_for_again_by_the_waiting_list(event, delegate, register, now):
    """The hall is full, but whoever is in it may still have a dinner that somebody waits for, if enough are left."""
    Quota.objects.update(size=1)
    gala = TicketType.objects.create(event=event, name_vi="Dự tiệc")
    dinner = TicketType.objects.create(event=event, name_vi="Chỉ dự tiệc")
    Quota.objects.get(name="Hội trường").ticket_types.add(gala)
    table = Quota.objects.create(event=event, name="Tiệc", size=1)
    table.ticket_types.set([gala, dinner])
    mine = register(1)
    register(2, ticket_type=dinner)
    event.register(dinner, somebody(3), at=now, wait=True)
    Quota.objects.filter(pk=table.pk).update(size=2)
    with pytest.raises(Refused, match="held_for_waiting_list"):
        mine.change_ticket_type(gala, at=now, by=None)
    Quota.objects.filter(pk=table.pk).update(size=3)
    assert mine.change_ticket_type(gala, at=now, by=None), "one dinner for who waits, one for me"
