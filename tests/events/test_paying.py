"""A ticket with a price: who is asked for how much, and what happens when the money comes, too late, twice, or not."""

from datetime import timedelta

import pytest

from events import retention, tick
from events.models import (
    Delegation,
    Discount,
    GroupPrice,
    LedgerEntry,
    Order,
    OrderLine,
    Payment,
    PriceStep,
    Quota,
    Refund,
    Registration,
    State,
    TicketType,
)
from events.payments import refunding, settling
from events.payments.ordering import CannotAsk
from events.payments.refunding import CannotRefund
from letters.models import Letter
from letters.render import message_of
from people.models import AuditEntry

from .conftest import somebody

PRICE = 500_000


@pytest.fixture
def gala(event) -> TicketType:
    """A kind of ticket with three seats that costs money."""
    event.payment_note_vi = "Chuyển khoản vào tài khoản của Ban tổ chức."
    event.transfer_prefix = "DDKN7"
    event.save()
    kind = TicketType.objects.create(event=event, name_vi="Tiệc tối", name_en="Gala", position=3, price=PRICE)
    Quota.objects.create(event=event, name="Tiệc", size=3).ticket_types.add(kind)
    return kind


@pytest.fixture
def guest(event, gala, now):
    def come(number: int = 1, at=None, shared: bool = False, **fields) -> Registration:
        return event.register(gala, somebody(number, **fields), at=at or now, shares_mailbox=shared)

    return come


@pytest.fixture
def loan(db):
    """The second person who keeps the books."""
    from tests.conftest import person

    return person("loan@mau.example", "Ngô Thị Loan", "Kế toán")


def order_of(registration: Registration) -> Order:
    order = Order.objects.open_for(registration)
    assert order is not None
    return order


def state(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def payment_of(order: Order) -> Payment:
    return order.payments.get()


def letters_about(order: Order) -> list[str]:
    return sorted(Letter.objects.about(order).filter(to=order.payer_email).values_list("kind", flat=True))


def test_money_over_the_counter_confirms_the_seat_and_is_counted_once(guest, ha, now):
    lan = guest()
    order = order_of(lan)
    assert (lan.state, order.total, order.code[:5]) == (State.UNPAID, PRICE, "DDKN7")
    for _again in range(2):
        order.receive(PRICE, reference="PT 17", at=now, by=ha)
    order.refresh_from_db()
    assert (order.state, order.paid_by.received) == (Order.State.PAID, PRICE)
    assert LedgerEntry.objects.count() == 1
    assert state(lan) == State.CONFIRMED
    assert letters_about(order) == ["payment_received"]
    assert Letter.objects.filter(kind="registration_confirmed").count() == 1


def test_one_payer_pays_for_three_and_the_group_is_cheaper(guest, gala, ha, now):
    GroupPrice.objects.create(ticket_type=gala, people=3, price=400_000)
    three = [guest(n, email="thuky@mau.example", shared=True) for n in (1, 2, 3)]
    singles = [order_of(one) for one in three]
    order = Order.objects.ask(three, at=now)
    assert order.total == 1_200_000
    assert {Order.objects.get(pk=one.pk).state for one in singles} == {Order.State.VOID}
    order.receive(1_200_000, reference="FT1", at=now, by=ha)
    assert {state(one) for one in three} == {State.CONFIRMED}


def test_who_is_left_of_a_group_is_asked_alone(guest, now):
    lan, minh = guest(1), guest(2)
    both = Order.objects.ask([lan, minh], at=now)
    alone = Order.objects.ask([lan], at=now)
    assert Order.objects.get(pk=both.pk).state == Order.State.VOID
    assert order_of(lan) == alone
    assert [line.registration for line in order_of(minh).lines.all()] == [minh]


def test_the_early_bird_pays_the_price_of_the_day_of_registration(guest, gala, now):
    PriceStep.objects.create(ticket_type=gala, until=now + timedelta(days=1), price=300_000)
    PriceStep.objects.create(ticket_type=gala, until=now + timedelta(days=3), price=400_000)
    assert [order_of(guest(n, at=now + timedelta(days=n))).total for n in (0, 2, 4)] == [300_000, 400_000, PRICE]


def test_the_form_says_what_a_ticket_costs_now_and_later(client, event, gala, delegate, now, site_tree):
    form = f"/dien-dan/{event.slug}/dang-ky/"
    assert "500.000" in client.get(form).text
    PriceStep.objects.create(ticket_type=gala, until=now + timedelta(days=1), price=300_000)
    page = client.get(form).text
    assert "300.000" in page
    assert "sau đó 500.000" in page


def test_a_discount_code_lasts_as_long_as_it_is_meant_to(event, guest, now):
    Discount.objects.create(event=event, code="dối tác", kind="percent", value=30, max_uses=1)
    lan, minh = guest(1), guest(2)
    assert Order.objects.ask([lan], at=now, code=" DỐI tác ").total == 350_000
    assert Order.objects.ask([lan], at=now, code="dối tác").total == 350_000, "asking anew does not use it up"
    with pytest.raises(CannotAsk, match="code_used_up"):
        Order.objects.ask([minh], at=now, code="dối tác")
    assert order_of(minh).total == PRICE, "nothing was changed"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"valid_until": timedelta(days=-1)}, "code_not_now"),
        ({"valid_from": timedelta(days=1)}, "code_not_now"),
        ({"code": "KHAC"}, "code_unknown"),
        ({"only": "delegate"}, "code_other_kind"),
    ],
)
def test_a_code_that_does_not_fit_is_refused_with_the_reason(event, delegate, guest, now, fields, reason):
    values = {name: now + value if isinstance(value, timedelta) else value for name, value in fields.items()}
    only = values.pop("only", None)
    code = Discount.objects.create(**{"event": event, "code": "MOI", "kind": "amount", "value": 50_000} | values)
    if only:
        code.ticket_types.set([delegate])
    with pytest.raises(CannotAsk, match=reason):
        Order.objects.ask([guest()], at=now, code="MOI")


def test_a_free_ticket_needs_no_money(event, guest, ha, now):
    Discount.objects.create(event=event, code="KHACHMOI", kind="percent", value=100)
    lan, minh = guest(1), guest(2)
    assert Order.objects.ask([lan], at=now, code="khachmoi").state == Order.State.PAID
    Order.objects.ask([minh], at=now, by=ha, free="Khách mời của Sở")
    assert (state(lan), state(minh)) == (State.CONFIRMED, State.CONFIRMED)
    assert not Payment.objects.exists()


def test_late_money_gets_a_seat_that_is_free_and_is_told_when_none_is(guest, ha, now):
    lan, minh = guest(1), guest(2)
    first, second = order_of(lan), order_of(minh)
    later = now + timedelta(hours=80)
    tick.tidy_lapsed_holds(later)
    tick.close_orders(later)
    assert (state(lan), Order.objects.get(pk=first.pk).state) == (State.EXPIRED, Order.State.VOID)
    others = [guest(n, at=later) for n in (3, 4)]
    first.receive(PRICE, reference="FT1", at=later, by=ha)
    assert state(lan) == State.CONFIRMED, "one of three seats was free"
    second.receive(PRICE, reference="FT2", at=later, by=ha)
    second.refresh_from_db()
    assert (state(minh), second.paid_by.state) == (State.EXPIRED, Payment.State.LATE)
    assert letters_about(second) == ["payment_late", "payment_received"]
    assert Letter.objects.filter(kind="payment_attention", to="diendan@example.vn").exists()
    assert settling.admit(second, at=later, by=ha) == 1, "still full"
    others[0].cancel(at=later, by=ha)
    assert settling.admit(second, at=later, by=ha) == 0
    assert state(minh) == State.CONFIRMED


def test_money_of_the_last_moment_does_not_get_a_seat_that_was_given_away_meanwhile(guest, gala, ha, now):
    gala.quotas.update(size=1)
    lan = guest(1)
    order, end = order_of(lan), lan.hold_until
    guest(2, at=end + timedelta(milliseconds=1))
    order.receive(PRICE, reference="FT1", at=end - timedelta(milliseconds=1), by=ha)
    order.refresh_from_db()
    assert (state(lan), order.paid_by.state) == (State.UNPAID, Payment.State.LATE)
    tick.tidy_lapsed_holds(end)
    assert state(lan) == State.EXPIRED


def test_a_late_group_is_seated_in_its_order_while_seats_last(guest, ha, now):
    three = [guest(n) for n in (1, 2, 3)]
    order = Order.objects.ask(three, at=now)
    later = now + timedelta(hours=80)
    tick.tidy_lapsed_holds(later)
    guest(4, at=later)
    order.receive(order.total, reference="FT1", at=later, by=ha)
    states = [line.state for line in order.lines.order_by("pk")]
    assert states == [OrderLine.State.CONFIRMED, OrderLine.State.CONFIRMED, OrderLine.State.LATE]


def test_who_registered_anew_meanwhile_has_no_second_seat_by_late_money(guest, ha, now):
    lan = guest(1)
    order = order_of(lan)
    later = now + timedelta(hours=80)
    tick.tidy_lapsed_holds(later)
    again = guest(1, at=later)
    order.receive(PRICE, reference="FT1", at=later, by=ha)
    assert (state(lan), state(again)) == (State.EXPIRED, State.UNPAID)
    assert order.late_lines().count() == 1


@pytest.mark.parametrize("amount", [PRICE - 1, PRICE + 1, 1])
def test_another_amount_waits_for_a_person_who_accepts_it(guest, ha, now, amount):
    lan = guest()
    order = order_of(lan)
    order.receive(amount, reference="FT1", at=now, by=None)
    payment = payment_of(order)
    assert (payment.state, state(lan)) == (Payment.State.MISMATCH, State.UNPAID)
    assert list(Payment.objects.for_a_person()) == [payment]
    settling.accept(payment, at=now, by=ha, note="Phí ngân hàng")
    assert state(lan) == State.CONFIRMED


def test_what_was_too_much_goes_back_and_the_rest_counts(guest, ha, now):
    lan = guest()
    order = order_of(lan)
    order.receive(PRICE + 50_000, reference="FT1", at=now, by=None)
    refund = payment_of(order).ask_back(50_000, reason="Chuyển thừa", at=now, by=ha)
    refunding.sent_by_hand(refund, reference="FT9", at=now, by=ha)
    assert state(lan) == State.CONFIRMED
    assert payment_of(order).state == Payment.State.PAID


def test_two_halves_make_the_whole(guest, ha, now):
    lan = guest()
    order = order_of(lan)
    order.receive(PRICE // 2, reference="FT1", at=now, by=None)
    order.receive(PRICE // 2, reference="FT2", at=now, by=None)
    payment = payment_of(order)
    assert (payment.received, payment.state, state(lan)) == (PRICE, Payment.State.PAID, State.CONFIRMED)


def test_money_for_an_order_that_was_replaced_waits_for_a_person(guest, ha, now):
    lan, minh = guest(1), guest(2)
    old = order_of(lan)
    Order.objects.ask([lan, minh], at=now)
    old.receive(PRICE, reference="FT1", at=now, by=None)
    assert payment_of(old).state == Payment.State.MISMATCH
    settling.accept(payment_of(old), at=now, by=ha, note="Khách trả riêng")
    assert state(lan) == State.CONFIRMED


def test_a_refund_gives_the_seat_back_and_never_more_than_came(guest, ha, now):
    lan = guest()
    order = order_of(lan)
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    payment = payment_of(order)
    for amount, reason in ((PRICE + 1, "too_much"), (0, "nothing")):
        with pytest.raises(CannotRefund, match=reason):
            payment.ask_back(amount, reason="Không dự được", at=now, by=ha)
    part = payment.ask_back(200_000, reason="Giảm giá muộn", at=now, by=ha)
    with pytest.raises(CannotRefund, match="too_much"):
        payment.ask_back(PRICE - 100_000, reason="Không dự được", at=now, by=ha)
    refunding.sent_by_hand(part, reference="FT8", at=now, by=ha)
    assert (state(lan), payment_of(order).state) == (State.CONFIRMED, Payment.State.PAID)
    rest = payment_of(order).ask_back(300_000, reason="Không dự được", at=now, by=ha, release=True)
    refunding.sent_by_hand(rest, reference="FT9", at=now, by=ha)
    assert (state(lan), payment_of(order).state) == (State.CANCELLED, Payment.State.REFUNDED)
    assert letters_about(order).count("payment_refunded") == 2
    with pytest.raises(CannotRefund, match="not_now"):
        refunding.sent_by_hand(rest, reference="FT9", at=now, by=ha)
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0


def test_much_money_goes_back_only_with_a_second_person(guest, ha, loan, now, settings):
    settings.REFUND_SECOND_PERSON_ABOVE = 100_000
    order = order_of(guest())
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    refund = payment_of(order).ask_back(PRICE, reason="Không dự được", at=now, by=ha)
    assert refund.state == Refund.State.ASKED
    with pytest.raises(CannotRefund, match="same_person"):
        refunding.approve(refund, at=now, by=ha)
    with pytest.raises(CannotRefund, match="not_now"):
        refunding.sent_by_hand(refund, reference="FT9", at=now, by=ha)
    refunding.approve(refund, at=now, by=loan)
    refunding.sent_by_hand(refund, reference="FT9", at=now, by=loan)
    assert payment_of(order).state == Payment.State.REFUNDED


def test_an_event_that_was_called_off_seats_nobody_who_pays(event, guest, ha, now):
    lan = guest()
    order = order_of(lan)
    event.call_off(at=now, by=ha, notice_vi="Bão số 3")
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    assert (state(lan), order.late_lines().count()) == (State.UNPAID, 1)


def test_a_postponed_event_lets_the_time_to_pay_stand_still_and_says_so(client, site_tree, event, guest, ha, now):
    lan = guest()
    order = order_of(lan)
    event.postpone(at=now, by=ha, notice_vi="Bão số 3")
    later = now + timedelta(hours=80)
    tick.tidy_lapsed_holds(later)
    order = Order.objects.get(pk=order.pk)
    assert order.is_payable(later), "of the 72 hours none has passed"
    page = client.get(order.get_absolute_url()).text
    assert "hạn trả tiền được tạm dừng" in page
    assert "phải trả lại chỗ" not in page
    order.receive(PRICE, reference="FT1", at=later, by=ha)
    assert state(lan) == State.CONFIRMED


def test_the_page_of_a_called_off_event_asks_for_no_money(client, site_tree, event, guest, ha, now):
    order = order_of(guest())
    event.call_off(at=now, by=ha, notice_vi="Bão số 3")
    page = client.get(order.get_absolute_url()).text
    assert "Vui lòng không trả tiền nữa: sự kiện đã bị hủy." in page
    assert "đăng ký lại" not in page
    assert not Order.objects.get(pk=order.pk).is_payable(now)


def test_discount_codes_are_not_guessed_by_writing_ones_address_in_another_way(
    client, site_tree, event, guest, now, monkeypatch
):
    monkeypatch.setattr("events.payment_views.TRIES_PER_HOUR", 3)
    mine, other = order_of(guest(1)), order_of(guest(2))
    where = f"{mine.get_absolute_url()}ma-giam-gia/"
    said = {"name": "Khách", "address": "", "tax_code": ""}
    answers = []
    for address in ("a@mau.example", "a+1@mau.example", "A@MAU.example", other.payer_email, "b@mau.example"):
        client.post(f"{mine.get_absolute_url()}nguoi-tra/", said | {"email": address})
        answers.append(client.post(where, {"code": "SAI"}).status_code)
    assert answers == [422, 422, 422, 429, 429]
    assert client.post(f"{other.get_absolute_url()}ma-giam-gia/", {"code": "SAI"}).status_code == 422


def test_another_kind_of_ticket_is_another_price(event, gala, guest, ha, now):
    small = TicketType.objects.create(event=event, name_vi="Hội thảo", price=100_000)
    lan = guest()
    lan.change_ticket_type(small, at=now, by=ha)
    assert order_of(lan).total == 100_000
    lan.mark_paid(at=now, by=ha, reason="PT 3")
    assert lan.state == State.CONFIRMED


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_letter_about_money_reads_well(guest, ha, now, language):
    order = order_of(guest())
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    payment = payment_of(order)
    refund = payment.ask_back(100_000, reason="Giảm giá muộn", at=now, by=ha)
    for kind in ("payment_received", "payment_late", "payment_refunded", "payment_attention"):
        data = {"refund": refund.pk, "payment": payment.pk}
        letter = Letter.objects.post(kind, order.payer_email, language=language, about=order, data=data)
        message = message_of(letter)
        assert order.code in message.subject, kind
        assert ("500.000" if language == "vi" else "500,000") in message.body, kind
        assert "/thanh-toan/" in message.body or "/quan-tri/" in message.body, kind
        for stray in ("{%", "{{", "None", "\n\n\n"):
            assert stray not in message.body.split("    ")[0] + message.subject, kind


def test_the_payers_page_says_how_much_how_until_when_and_takes_a_code(client, event, guest, ha, now, site_tree):
    Discount.objects.create(event=event, code="MOI", kind="percent", value=10)
    lan = guest(1)
    event.register(lan.ticket_type, somebody(2, email=lan.email, full_name="Trần Minh"), at=now, contact=lan)
    order = order_of(lan)
    page = client.get(order.get_absolute_url())
    assert page.status_code == 200
    for words in ("500.000", order.code, "Chuyển khoản vào tài khoản", "Trần Minh"):
        assert words in page.text, words
    wrong = client.post(f"{order.get_absolute_url()}ma-giam-gia/", {"code": "SAI"})
    assert wrong.status_code == 422
    assert "Không có mã giảm giá này." in wrong.text
    assert 'value="SAI"' in wrong.text
    other = Registration.objects.get(full_name="Trần Minh")
    client.post(f"{order.get_absolute_url()}cung-tra/", {"person": other.manage_token})
    order = order_of(lan)
    assert order.total == 2 * PRICE
    client.post(f"{order.get_absolute_url()}ma-giam-gia/", {"code": "moi"})
    order = order_of(lan)
    assert order.total == 900_000
    bad = client.post(f"{order.get_absolute_url()}nguoi-tra/", {"name": "Công ty A", "email": "x", "tax_code": "12"})
    assert bad.status_code == 422
    assert "Công ty A" in bad.text
    said = {"name": "Công ty A", "email": "ketoan@mau.example", "address": "Hạ Long", "tax_code": "5700100256"}
    client.post(f"{order.get_absolute_url()}nguoi-tra/", said)
    order.refresh_from_db()
    assert (order.payer_name, order.payer_tax_code) == ("Công ty A", "5700100256")
    order.receive(900_000, reference="FT1", at=now, by=ha)
    assert "Đã thanh toán" in client.get(order.get_absolute_url()).text
    assert client.get(f"/thanh-toan/{'A' * 26}/").status_code == 404


def test_a_stranger_cannot_put_somebody_elses_ticket_on_an_order(client, guest, now, site_tree):
    mine, other = order_of(guest(1)), guest(2)
    client.post(f"{mine.get_absolute_url()}cung-tra/", {"person": other.manage_token})
    assert order_of(other).lines.count() == 1


def test_a_coordinator_pays_for_the_delegation_at_once(client, event, gala, now, site_tree):
    desk = Delegation.objects.set_aside(
        event,
        gala,
        name="Sở Công Thương (mẫu)",
        size=3,
        release_at=now + timedelta(days=5),
        coordinator_name="Bùi Thị Thư",
        coordinator_email="thu@mau.example",
        at=now,
    )
    people = [somebody(number, email="") for number in (1, 2)]
    for one in desk.name_people(people, at=now, consent_version="1"):
        one.accept(at=now)
    assert "Trả tiền cho 2 người" in client.get(desk.get_absolute_url()).text
    page = client.post(f"{desk.get_absolute_url()}thanh-toan/", follow=True)
    order = Order.objects.get(state=Order.State.OPEN)
    assert (order.payer_name, order.total, order.lines.count()) == ("Bùi Thị Thư", 2 * PRICE, 2)
    assert "1.000.000" in page.text


def test_the_desk_of_accounts_decides_and_others_cannot(client, guest, ha, loan, now, site_tree):
    order = order_of(guest())
    order.receive(1, reference="FT1", at=now, by=None)
    payment = payment_of(order)
    office = f"/quan-tri/thanh-toan/{payment.pk}/"
    client.force_login(ha)
    assert client.post(f"{office}chap-nhan/", {"note": "x"}).status_code == 302
    assert payment_of(order).state == Payment.State.MISMATCH, "an organiser sees money and does not settle it"
    assert client.get("/quan-tri/don-thanh-toan/").status_code == 200
    client.force_login(loan)
    assert "1 khoản thanh toán cần xử lý" in client.get("/quan-tri/").text
    assert client.post(f"{office}chap-nhan/", {"note": ""}).status_code == 422
    too_much = client.post(f"{office}hoan-tien/", {"amount": "2", "reason": "Trả nhầm"})
    assert too_much.status_code == 422
    assert 'value="2"' in too_much.text
    client.post(f"{office}hoan-tien/", {"amount": "1", "reason": "Trả nhầm"})
    refund = Refund.objects.get()
    assert "1 khoản hoàn tiền" in client.get("/quan-tri/").text
    client.post(f"/quan-tri/hoan-tien/{refund.pk}/da-chuyen/", {"reference": "FT9"})
    assert payment_of(order).state == Payment.State.REFUNDED
    assert AuditEntry.objects.filter(verb__startswith="refund.").count() == 2


def test_a_guest_of_honour_pays_nothing(client, guest, loan, site_tree):
    lan = guest()
    order = order_of(lan)
    client.force_login(loan)
    assert client.post(f"/quan-tri/don-thanh-toan/{order.pk}/mien-phi/", {"reason": ""}).status_code == 422
    page = client.post(f"/quan-tri/don-thanh-toan/{order.pk}/mien-phi/", {"reason": "Khách của tỉnh"}, follow=True)
    assert "Khách của tỉnh" in page.text
    assert state(lan) == State.CONFIRMED
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("people", [1, 12])
def test_the_payers_page_asks_as_much_for_a_group_as_for_one(
    client, event, guest, now, site_tree, django_assert_max_num_queries, people
):
    Quota.objects.filter(event=event).update(size=100)
    rows = [guest(number, email="thuky@mau.example", shared=True) for number in range(people + 1)]
    order = Order.objects.ask(rows[:people], at=now)
    with django_assert_max_num_queries(15):
        assert client.get(order.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("number", [2, 12])
def test_lists_of_money_ask_as_much_for_many_as_for_few(
    client, event, gala, guest, loan, now, site_tree, django_assert_max_num_queries, number
):
    Quota.objects.filter(event=event).update(size=100)
    for one in range(number):
        order_of(guest(one)).receive(PRICE - one % 2, reference=f"FT{one}", at=now, by=loan)
        Payment.objects.latest("pk").ask_back(1, reason="Thử", at=now, by=loan)
    client.force_login(loan)
    for path, most in (
        ("don-thanh-toan/", 16),
        ("hoan-tien/", 12),
        ("doi-soat/", 13),
        ("don-thanh-toan/?decision=1", 17),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(f"/quan-tri/{path}").status_code == 200


def test_who_paid_is_forgotten_and_the_books_stay(event, guest, ha, now):
    order = order_of(guest())
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    after = event.ends_at + timedelta(days=400)
    retention.carry_out(after)
    order.refresh_from_db()
    assert (order.total, order.paid_by.received) == (PRICE, PRICE)
    assert "Khách" not in order.payer_name
    assert not order.payer_email.endswith("mau.example")


def test_one_receipt_is_not_booked_for_two_orders(guest, ha, now):
    first, second = order_of(guest(1)), order_of(guest(2))
    first.receive(PRICE, reference="PT01", at=now, by=ha)
    with pytest.raises(CannotAsk, match="reference_known"):
        second.receive(PRICE, reference="PT01", at=now, by=ha)
    assert not second.payments.exists()


def test_many_small_refunds_are_one_large_one(guest, ha, now, settings):
    settings.REFUND_SECOND_PERSON_ABOVE = 100_000
    order = order_of(guest())
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    asked = [payment_of(order).ask_back(60_000, reason="Lẻ", at=now, by=ha).state for _ in range(2)]
    assert asked == [Refund.State.APPROVED, Refund.State.ASKED]


def test_a_part_that_came_already_is_not_booked_again_by_one_press(guest, ha, now):
    lan = guest()
    order_of(lan).receive(PRICE // 2, reference="FT1", at=now, by=ha)
    with pytest.raises(CannotAsk, match="some_came"):
        lan.mark_paid(at=now, by=ha)


def test_money_after_everything_went_back_waits_for_a_person(guest, ha, now):
    order = order_of(guest())
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    refunding.sent_by_hand(
        payment_of(order).ask_back(PRICE, reason="Hủy", at=now, by=ha), reference="FT2", at=now, by=ha
    )
    order.receive(PRICE, reference="FT3", at=now, by=ha)
    assert list(Payment.objects.for_a_person()) == [payment_of(order)]


def test_what_came_too_late_goes_back_and_nothing_is_left_to_decide(guest, ha, now):
    three = [guest(n) for n in (1, 2, 3)]
    order = Order.objects.ask(three, at=now)
    later = now + timedelta(hours=80)
    tick.tidy_lapsed_holds(later)
    guest(4, at=later)
    order.receive(order.total, reference="FT1", at=later, by=ha)
    refund = payment_of(order).ask_back(PRICE, reason="Hết chỗ", at=later, by=ha, release=True)
    refunding.sent_by_hand(refund, reference="FT2", at=later, by=ha)
    assert payment_of(order).state == Payment.State.PAID
    assert not Payment.objects.for_a_person()
