"""Every letter about a registration says what happened and what comes next, to whoever holds it now."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from events.letters import FRAME
from events.models import Delegation, Order, Registration, State
from letters import kinds
from letters.models import Letter
from letters.render import message_of, render

from .conftest import somebody

pytestmark = pytest.mark.django_db


def of(registration: Registration) -> Letter:
    """The letter about its last change."""
    return Letter.objects.about(registration).order_by("pk").last()


def parts(letter: Letter) -> dict[str, str]:
    return {part[0]: part[2] for part in render(letter).attachments}


@pytest.fixture
def offered(event, student, register, now):
    """Two students have the seats, 3 waits; 1 cancels and 3 is offered the seat."""
    first, _second = register(1, ticket_type=student), register(2, ticket_type=student)
    waiting = event.register(student, somebody(3), at=now, wait=True)
    waitlisted = render(of(waiting))
    first.cancel(at=now)
    event.offer_free_seats(now)
    waiting.refresh_from_db()
    return waiting, waitlisted


def test_the_ticket_comes_with_pdf_calendar_and_code(register):
    mine = register()
    letter = of(mine)
    words = render(letter)
    assert letter.kind == "registration_confirmed"
    assert words.subject.startswith("Vé của Quý vị") or mine.event.name in words.subject
    assert set(parts(letter)) == {f"ve-{mine.code}.pdf", f"{mine.event.slug}.ics", "qr.png"}
    for said in (words.text, words.html):
        assert mine.get_absolute_url() in said
        assert mine.code_groups[0] in said
    assert 'src="cid:qr"' in words.html
    assert "/en/ve/" in words.html


def test_a_pending_registration_is_told_until_when_and_that_it_has_no_ticket(delegate, register):
    delegate.needs_approval = True
    delegate.save()
    mine = register()
    words = render(of(mine))
    assert "chưa phải là vé" in words.text
    assert "chờ" not in words.subject
    assert parts(of(mine)) == {}
    assert "cid:qr" not in words.html
    mine.reject(at=timezone.now(), by=None, reason="Hội nghị chỉ dành cho cơ quan nhà nước")
    words = render(of(mine))
    assert "Hội nghị chỉ dành cho cơ quan nhà nước" in words.text
    assert mine.get_absolute_url() in words.text
    assert parts(of(mine)) == {}


def test_an_unpaid_seat_says_how_much_how_and_by_when(event, delegate, register):
    event.payment_note_vi = "Chuyển khoản vào tài khoản của Ban tổ chức."
    event.save()
    delegate.price = 500_000
    delegate.save()
    mine = register()
    text = render(of(mine)).text
    assert "500.000" in text
    assert "Chuyển khoản vào tài khoản" in text
    assert Order.objects.open_for(mine).code in text
    assert parts(of(mine)) == {}


def test_who_waits_is_told_the_place_and_an_offer_until_when_it_is_kept(offered):
    mine, waitlisted = offered
    assert "số 1" in waitlisted.text
    letter = of(mine)
    words = render(letter)
    until = timezone.localtime(mine.hold_until)
    assert letter.kind == "registration_offered"
    assert f"{until:%H:%M} ngày {until.day}/{until.month}/{until.year}" in words.subject
    assert f"{until:%H:%M} ngày {until.day}/{until.month}/{until.year}" in words.text
    assert "Mở trang chưa" in words.text, "the button decides, not the link"
    assert "nhan-cho" not in words.html, "no link in the letter takes the seat"
    assert parts(letter) == {}


def test_an_offer_that_lapsed_says_so_in_every_later_letter(offered):
    mine, _waitlisted = offered
    offer = of(mine)
    mine.expire(at=mine.hold_until + timedelta(minutes=1))
    assert of(mine).kind == "registration_expired"
    assert "chưa nhận được trả lời" in render(of(mine)).text
    assert "đang giữ" not in render(offer).text


def test_an_invitation_names_who_invites(event, delegate, now):
    guest = event.register(
        delegate, somebody(salutation="Ông"), at=now, source="invitation", offer_until=now + timedelta(days=3)
    )
    text = render(of(guest)).text
    assert of(guest).kind == "registration_invited"
    assert "Ông Nguyễn Thị Khách 1" in text
    assert event.organiser in text
    assert guest.get_absolute_url() in text


@pytest.fixture
def delegation(event, delegate, now):
    return Delegation.objects.set_aside(
        event,
        delegate,
        name="Sở Công Thương",
        size=4,
        release_at=now + timedelta(days=5),
        coordinator_name="Phạm Thu Hằng",
        coordinator_email="hang@mau.example",
        at=now,
    )


def test_a_coordinator_gets_the_page_and_one_list_and_each_delegate_an_own_letter(delegation, now):
    link = Letter.objects.get(kind="delegation_link")
    text = render(link).text
    assert delegation.get_absolute_url() in text
    assert "4 chỗ" in text
    first, _second = delegation.name_people([somebody(1), somebody(2)], at=now)
    summary = render(Letter.objects.get(kind="delegation_summary"))
    assert "Nguyễn Thị Khách 1" in summary.text
    assert "2/4" in summary.text
    assert "Phạm Thu Hằng (Sở Công Thương)" in render(of(first)).text
    delegation.entrust(coordinator_name="Trần Nam", coordinator_email="nam@mau.example")
    assert not kinds.get("delegation_link").still_due(link), "the former coordinator learns no new address"


def test_after_a_cancellation_the_calendar_entry_goes_but_only_where_there_was_one(register, offered, now):
    mine = register(7)
    mine.cancel(at=now)
    assert parts(of(mine)) == {f"{mine.event.slug}.ics": "text/calendar; method=CANCEL; charset=utf-8"}
    waiting, _words = offered
    waiting.decline(at=now)
    assert of(waiting).kind == "registration_cancelled"
    assert parts(of(waiting)) == {}
    text = render(of(waiting)).text
    assert "Cảm ơn Quý vị đã trả lời" in text
    assert "lịch" not in text
    assert "Lý do" not in text


def test_the_organisers_reason_stands_in_the_letter(register, minh, now):
    mine = register()
    mine.cancel(by=minh, at=now, reason="Đăng ký trùng")
    assert "Lý do: Đăng ký trùng" in render(of(mine)).text


def test_the_former_holder_learns_nothing_of_the_new_one(register, now, django_capture_on_commit_callbacks):
    mine = register()
    ticket = of(mine)
    mine.hand_over(somebody(9, organisation="Tổng công ty Thử"), at=now)
    handed_over = render(Letter.objects.get(kind="registration_handed_over"))
    for secret in (mine.manage_token, mine.code, "Khách 9", "Tổng công ty Thử"):
        assert secret not in handed_over.text + handed_over.html
    assert "Nguyễn Thị Khách 1" in handed_over.text
    # The first ticket letter had not left yet: it is given up, for it would now carry the new holder's ticket.
    assert not ticket.deliver(timezone.now())
    assert not mail.outbox
    ticket.refresh_from_db()
    assert (ticket.state, ticket.error, ticket.next_try_at) == ("failed", "outdated", None)
    assert of(mine).deliver(timezone.now())
    assert [message.to for message in mail.outbox] == [["khach9@mau.example"]]


def test_a_changed_or_cancelled_event_is_told(event, register, now):
    mine = register()
    changed = Letter.objects.post("event_changed", mine.email, language="vi", about=mine)
    assert parts(changed) == {f"{event.slug}.ics": "text/calendar; method=PUBLISH; charset=utf-8"}
    event.postponed_at = now
    event.save()
    assert "tạm hoãn" in render(changed).text
    assert parts(changed) == {f"{event.slug}.ics": "text/calendar; method=CANCEL; charset=utf-8"}
    event.cancelled_at = now
    event.save()
    off = Letter.objects.post("event_cancelled", mine.email, language="vi", about=mine)
    assert parts(off) == {f"{event.slug}.ics": "text/calendar; method=CANCEL; charset=utf-8"}


def test_the_link_that_was_lost_says_how_the_registration_stands(offered):
    mine, _words = offered
    mine.send_link()
    words = render(of(mine))
    assert "cid:qr" not in words.html
    assert "được mời nhận chỗ" in words.text or "giữ" in words.text
    assert mine.get_absolute_url() in words.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_reads_well_in_both_languages(event, register, delegation, language):
    mine = register()
    ours = [kind for kind in kinds.KINDS.values() if kind.frame == FRAME and kind.key != "mass_mail"]
    assert {"registration_confirmed", "reminder", "delegation_link"} <= {kind.key for kind in ours}
    for kind in ours:
        about = delegation if kind.key.startswith("delegation_") else mine
        letter = Letter.objects.post(kind.key, mine.email, language=language, about=about)
        message = message_of(letter)
        with translation.override(language):
            assert event.name in message.subject, kind.key
            assert "\n\n\n" not in message.body.split("    ")[0], kind.key
            for stray in ("{%", "{{", "None"):
                assert stray not in message.body + message.subject, kind.key
            path = event.get_absolute_url() if not kind.secret else about.get_absolute_url()
        assert path in message.body, kind.key


def test_a_name_with_tags_is_only_a_name(register):
    mine = register(full_name="Nguyễn <b>An</b> & Co")
    words = render(of(mine))
    assert "<b>An</b>" not in words.html
    assert "Nguyễn <b>An</b> & Co" in words.text


def test_states_and_letters_match():
    from events.models.registration import LETTERS

    assert set(LETTERS) == set(State)
    assert set(LETTERS.values()) <= set(kinds.KINDS)
