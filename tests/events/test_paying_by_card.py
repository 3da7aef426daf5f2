"""Card payments, by the real client of Stripe against a Stripe of our own: late, twice, never told, restored."""

import json
import typing
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from events import tick
from events.models import (
    Confirmation,
    ConfirmationCounter,
    Dispute,
    LedgerEntry,
    LeftOutNumbers,
    Order,
    Payment,
    Provider,
    ProviderEvent,
    Quota,
    Refund,
    Registration,
    State,
    TicketType,
)
from events.payments import inbox, refunding, stripe, tasks
from events.payments.ordering import CannotAsk
from events.payments.refunding import CannotRefund
from letters.models import Letter
from letters.render import message_of
from tests.fake_stripe import FakeStripe
from tests.stripe_contract import complaints, fields

from .conftest import somebody

PRICE = 500_000
SECRETS = ["whsec_new", "whsec_old"]


@pytest.fixture
def bank(settings):
    fake = FakeStripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRETS = "sk_test_fake", SECRETS
    settings.STRIPE_API_URL = fake.url
    yield fake
    fake.stop()


@pytest.fixture
def gala(event, bank) -> TicketType:
    kind = TicketType.objects.create(event=event, name_vi="Tiệc tối", name_en="Gala", price=PRICE)
    Quota.objects.create(event=event, name="Tiệc", size=2).ticket_types.add(kind)
    return kind


@pytest.fixture
def guest(event, gala, now):
    def come(number: int = 1, **fields) -> Registration:
        return event.register(gala, somebody(number, **fields), at=now)

    return come


@pytest.fixture
def lan(guest) -> Registration:
    return guest(1)


def order_of(registration: Registration) -> Order:
    return Order.objects.filter(lines__registration=registration).latest("pk")


def state(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def session_of(order: Order) -> str:
    return order.payments.filter(provider=Provider.STRIPE).latest("pk").session_id


def begun(order: Order, at) -> str:
    stripe.checkout(order, at=at)
    return session_of(order)


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Stripe's machine knocks; what the message asks for is done as soon as it is written down."""

    def knock(event: dict | bytes, secret: str = SECRETS[0], **signing):
        body, signature = FakeStripe.signed(event, secret, **signing)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                "/thong-bao/stripe/", body, content_type="application/json", headers={"Stripe-Signature": signature}
            )

    return knock


# ---------------------------------------------------------------- the way it goes


def test_a_delegate_pays_by_card_and_has_the_ticket(client, site_tree, bank, lan):
    order = order_of(lan)
    page = client.get(order.get_absolute_url())
    assert "Trả 500.000" in page.text
    away = client.post(f"{order.get_absolute_url()}the/")
    session = session_of(order)
    assert (away.status_code, away["Location"]) == (303, bank.sessions[session]["url"])
    assert client.post(f"{order.get_absolute_url()}the/")["Location"] == away["Location"], "the same page again"
    assert bank.pay(session)
    back = client.get(f"{order.get_absolute_url()}da-tra/?s={session}", follow=True)
    assert "Đã thanh toán" in back.text
    assert state(lan) == State.CONFIRMED
    asked = bank.sessions[session]
    assert (asked["amount_total"], asked["currency"]) == (PRICE, "vnd")
    assert asked["expires_at"] < Registration.objects.get(pk=lan.pk).created_at.timestamp() + 3600


@pytest.mark.parametrize("way", ["message", "returned", "tick", "all three, and again"])
def test_however_we_learn_of_it_it_is_counted_once(client, site_tree, bank, lan, now, way, post):
    order = order_of(lan)
    session = begun(order, now)
    bank.pay(session)
    for _again in range(1 if way != "all three, and again" else 2):
        if way in ("message", "all three, and again"):
            for event in reversed(bank.events):
                assert post(event).status_code == 200
        if way in ("returned", "all three, and again"):
            client.get(f"{order.get_absolute_url()}da-tra/?s={session}")
        if way in ("tick", "all three, and again"):
            tick.ask_stripe(now + timedelta(minutes=10))
    assert state(lan) == State.CONFIRMED
    assert LedgerEntry.objects.get().amount == PRICE
    assert Letter.objects.filter(kind="payment_received").count() == 1


def test_a_session_whose_number_was_lost_is_found(bank, lan, now):
    order = order_of(lan)
    session = begun(order, now)
    Payment.objects.update(session_id=None)  # the process died before it was written down
    bank.pay(session)
    tick.ask_stripe(now + timedelta(minutes=10))
    assert state(lan) == State.CONFIRMED
    assert session_of(order) == session


def test_pressing_again_after_a_death_is_the_same_session(bank, lan, now):
    order = order_of(lan)
    session = begun(order, now)
    Payment.objects.update(session_id=None)
    assert begun(order, now) == session
    assert len(bank.sessions) == 1


def test_who_does_not_pay_gives_the_seat_back_and_cannot_pay_any_more(bank, event, lan, now):
    event.payment_hours = 1
    event.save()
    order = order_of(lan)
    session = begun(order, now)
    Registration.objects.update(hold_until=now + timedelta(minutes=46))
    tick.ask_stripe(now + timedelta(minutes=42))
    assert bank.sessions[session]["status"] == "expired"
    assert order.payments.get().state == Payment.State.EXPIRED
    assert not bank.pay(session)
    tick.tidy_lapsed_holds(now + timedelta(minutes=47))
    assert state(lan) == State.EXPIRED


def test_a_hold_outlives_the_session(bank, lan, now):
    Registration.objects.update(hold_until=now + timedelta(minutes=5))
    order = order_of(lan)
    begun(order, now)
    held = Registration.objects.get(pk=lan.pk).hold_until
    assert held > stripe.moment(bank.sessions[session_of(order)]["expires_at"])


def test_nobody_is_taken_to_the_bank_for_a_seat_that_is_gone(bank, lan, now):
    with pytest.raises(CannotAsk, match="seats_gone"):
        stripe.checkout(order_of(lan), at=now + timedelta(hours=80))
    assert not bank.sessions


@pytest.mark.parametrize("ok", [True, False])
def test_a_bank_that_takes_days_keeps_the_seat_meanwhile(bank, lan, now, ok):
    order = order_of(lan)
    session = begun(order, now)
    bank.pay(session, delayed=True)
    stripe.look(session, at=now)
    assert order.payments.get().state == Payment.State.PROCESSING
    with pytest.raises(CannotAsk, match="on_its_way"):
        Order.objects.ask([lan], at=now)
    bank.bank_answers(session, ok=ok)
    stripe.look(session, at=now)
    assert state(lan) == (State.CONFIRMED if ok else State.UNPAID)
    assert order.payments.get().state == (Payment.State.PAID if ok else Payment.State.FAILED)


def test_banks_that_take_days_keep_a_seat_for_three_days_in_all(bank, lan, now):
    order = order_of(lan)

    def until():
        return Registration.objects.get(pk=lan.pk).hold_until

    for days in (0, 2, 4):
        at = now + timedelta(days=days)
        Registration.objects.filter(pk=lan.pk).update(hold_until=at + timedelta(hours=1))
        bank.ahead = days * 86400.0
        session = begun(order, at)
        bank.pay(session, delayed=True)
        stripe.look(session, at=at)
        assert (until() == at + timedelta(hours=2)) is (days < 3)
        bank.bank_answers(session, ok=False)
        stripe.look(session, at=at)


@pytest.mark.parametrize(("amount", "currency"), [(PRICE - 1, "vnd"), (PRICE, "usd")])
def test_another_amount_or_currency_waits_for_a_person(bank, lan, now, amount, currency):
    session = begun(order_of(lan), now)
    bank.pay(session, amount=amount, currency=currency)
    stripe.look(session, at=now)
    assert Payment.objects.get().state == Payment.State.MISMATCH
    assert state(lan) == State.UNPAID


def test_cents_are_exact(bank, event, gala, now, settings):
    settings.CURRENCY = "usd"
    gala.price = 1_999
    gala.save()
    lan = event.register(gala, somebody(1), at=now)
    session = begun(order_of(lan), now)
    assert bank.sessions[session]["amount_total"] == 1_999
    bank.pay(session)
    stripe.look(session, at=now)
    assert (state(lan), LedgerEntry.objects.get().amount) == (State.CONFIRMED, 1_999)
    from content.templatetags.kit import money

    assert money(1_999, "usd") == "19,99\N{NO-BREAK SPACE}USD"
    assert money(1_500_000) == "1.500.000\N{NO-BREAK SPACE}₫"


def test_paid_twice_one_of_them_goes_back_by_itself(bank, lan, ha, now):
    order = order_of(lan)
    session = begun(order, now)
    order.receive(PRICE, reference="FT1", at=now, by=ha)
    bank.pay(session)
    stripe.look(session, at=now)
    tick.act_on_messages(now)
    refund = Refund.objects.get()
    assert (refund.state, refund.amount, len(bank.refunds)) == (Refund.State.DONE, PRICE, 1)
    assert order.payments.get(provider=Provider.STRIPE).state == Payment.State.REFUNDED
    assert state(lan) == State.CONFIRMED


def test_an_order_that_was_replaced_is_closed_at_the_bank_too(bank, guest, now):
    lan, minh = guest(1), guest(2)
    old = order_of(lan)
    session = begun(old, now)
    Order.objects.ask([lan, minh], at=now)
    tick.ask_stripe(now + timedelta(minutes=6))
    assert bank.sessions[session]["status"] == "expired"


def test_late_money_is_kept_and_told_when_no_seat_is_left(bank, guest, now):
    lan = guest(1)
    session = begun(order_of(lan), now)
    Registration.objects.update(hold_until=now + timedelta(minutes=1))
    later = now + timedelta(minutes=2)
    tick.tidy_lapsed_holds(later)
    lan.event.register(lan.ticket_type, somebody(2), at=later)
    lan.event.register(lan.ticket_type, somebody(3), at=later)
    bank.pay(session)
    stripe.look(session, at=later)
    assert Payment.objects.get(session_id=session).state == Payment.State.LATE
    assert Letter.objects.filter(kind="payment_late").count() == 1


# ---------------------------------------------------------------- Stripe in trouble


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", 409])
def test_an_answer_that_was_lost_is_asked_for_again(bank, lan, now, fault):
    bank.faults.append(fault)
    begun(order_of(lan), now)
    assert len(bank.sessions) == 1


@pytest.mark.parametrize("fault", [429, 500, "hang"])
def test_stripe_down_loses_nothing_and_the_button_is_there_again(client, site_tree, bank, lan, now, fault, monkeypatch):
    monkeypatch.setattr(stripe, "SECONDS", 0.3)
    bank.faults.extend([fault] * 3)
    order = order_of(lan)
    page = client.post(f"{order.get_absolute_url()}the/", follow=True)
    assert "Chưa có khoản nào bị trừ" in page.text
    assert "Trả 500.000" in page.text
    bank.faults.clear()
    bank.answers.clear()  # Stripe forgets the answers to a key after a day
    assert client.post(f"{order.get_absolute_url()}the/").status_code == 303


@pytest.mark.parametrize("fault", ["currency", "key"])
def test_a_refusal_for_good_says_what_to_do_and_is_told_to_the_organiser_once(
    client, site_tree, bank, guest, settings, fault
):
    if fault == "currency":
        bank.faults.extend([400] * 3)
    else:
        bank.faults.extend([401] * 3)
    for order in (order_of(guest(1)), order_of(guest(2)), order_of(Registration.objects.first())):
        page = client.post(f"{order.get_absolute_url()}the/", follow=True)
        assert "hiện không trả bằng thẻ được" in page.text
        assert "diendan@example.vn" in page.text
        assert "bấm lại" not in page.text
    letter = Letter.objects.get(kind="card_refused")
    assert letter.to == "diendan@example.vn"
    assert "Stripe từ chối" in message_of(letter).body
    assert Payment.objects.waiting().count() == 0
    assert client.post(f"{order.get_absolute_url()}the/").status_code == 303, "mended, it is taken"


def test_a_session_of_a_key_that_was_changed_is_begun_anew(client, site_tree, bank, lan, now):
    order = order_of(lan)
    begun(order, now)
    bank.sessions.clear()
    assert client.post(f"{order.get_absolute_url()}the/").status_code == 303


def test_a_hold_is_prolonged_by_the_card_once_and_not_again_and_again(client, site_tree, bank, lan, now):
    order = order_of(lan)
    almost = Registration.objects.get(pk=lan.pk).hold_until - timedelta(minutes=2)

    def until():
        return Registration.objects.get(pk=lan.pk).hold_until

    bank.ahead = (almost - now).total_seconds()
    begun(order, almost)
    assert until() == almost.replace(microsecond=0) + timedelta(minutes=45), "Stripe's page and ten minutes"
    latest = until()
    stripe.close(Payment.objects.get(), at=almost)
    # Anew: the page has to close with the hold, as long as that is half an hour.
    begun(order, almost + timedelta(minutes=2))
    assert until() == latest
    session = bank.sessions[session_of(order)]
    assert session["expires_at"] == (latest - timedelta(minutes=10)).timestamp()
    for minutes in (10, 20, 40):
        stripe.close(order.payments.latest("pk"), at=almost)
        bank.ahead += 600
        with pytest.raises(CannotAsk, match="too_late_for_card"):
            stripe.checkout(order, at=almost + timedelta(minutes=minutes))
    assert until() == latest


def test_who_pays_early_may_come_back_for_the_last_half_hour(bank, lan, now):
    """A session in the middle of a long hold prolongs nothing, and does not use up what may be prolonged."""
    order = order_of(lan)
    before = Registration.objects.get(pk=lan.pk).hold_until
    begun(order, now)
    assert Registration.objects.get(pk=lan.pk).hold_until == before
    stripe.close(Payment.objects.get(), at=now)
    almost = before - timedelta(minutes=2)
    bank.ahead = (almost - now).total_seconds()
    begun(order, almost)
    assert Registration.objects.get(pk=lan.pk).hold_until > before


# ---------------------------------------------------------------- refunds and disputes


@pytest.fixture
def paid(bank, lan, now) -> Payment:
    session = begun(order_of(lan), now)
    bank.pay(session)
    stripe.look(session, at=now)
    return Payment.objects.get()


def test_part_and_rest_go_back_through_stripe(bank, paid, lan, ha, now):
    paid.ask_back(200_000, reason="Giảm giá muộn", at=now, by=ha)
    tick.act_on_messages(now)
    assert (Payment.objects.get().refunded, state(lan)) == (200_000, State.CONFIRMED)
    rest = Payment.objects.get().ask_back(300_000, reason="Không dự được", at=now, by=ha, release=True)
    for _twice in range(2):
        tasks.send_refund.call(rest.pk)
    assert [row["amount"] for row in bank.refunds.values()] == [200_000, 300_000]
    assert (Payment.objects.get().state, state(lan)) == (Payment.State.REFUNDED, State.CANCELLED)


def test_a_refund_whose_answer_was_lost_is_one_refund(bank, paid, ha, now):
    bank.faults.extend(["drop_after", "drop_after", "drop_after"])
    refund = paid.ask_back(PRICE, reason="Không dự được", at=now, by=ha)
    tasks.send_refund.call(refund.pk)
    assert Refund.objects.get().state == Refund.State.APPROVED
    tick.act_on_messages(now + timedelta(hours=1))
    assert Refund.objects.get().state == Refund.State.DONE
    assert len(bank.refunds) == 1


def test_a_refund_made_in_stripes_dashboard_is_booked_once(client, bank, paid, post):
    bank.refund_in_dashboard(next(iter(bank.intents)), 100_000)
    for event in bank.events * 2:
        post(event)
    assert (Payment.objects.get().refunded, Refund.objects.get().state) == (100_000, Refund.State.DONE)


def test_a_refund_that_fails_later_is_taken_back_in_the_books(client, bank, paid, ha, now, post):
    refund = paid.ask_back(PRICE, reason="Không dự được", at=now, by=ha)
    tasks.send_refund.call(refund.pk)
    bank.refund_fails(next(iter(bank.refunds)))
    for event in bank.events:
        post(event)
    assert (Refund.objects.get().state, Payment.objects.get().balance) == (Refund.State.FAILED, PRICE)
    assert Letter.objects.filter(kind="payment_attention").exists()


@pytest.mark.parametrize("how", ["refused", "failed later"])
def test_what_stripe_can_never_send_goes_back_by_a_transfer_of_two_people(
    client, bank, paid, ha, loan, now, settings, lan, post, how
):
    settings.REFUND_SECOND_PERSON_ABOVE = PRICE - 1
    refund = paid.ask_back(PRICE, reason="Không dự được", at=now, by=ha, release=True)
    refunding.approve(refund, at=now, by=loan)
    if how == "refused":
        bank.intents[next(iter(bank.intents))]["amount_received"] = 0
    tasks.send_refund.call(refund.pk)
    if how == "failed later":
        bank.refund_fails(next(iter(bank.refunds)))
        stripe.reconcile(now)
    assert Refund.objects.get().state == Refund.State.FAILED

    client.force_login(loan)
    page = client.get("/quan-tri/hoan-tien/").text
    assert "Chuyển khoản trả lại thay vì qua thẻ" in page
    client.post(f"/quan-tri/hoan-tien/{refund.pk}/chuyen-khoan/", {"list": "1"})
    by_hand = Refund.objects.get(by_transfer=True)
    assert by_hand.state == Refund.State.ASKED, "to whose account is a decision of its own"
    with pytest.raises(CannotRefund, match="not_now"):
        refunding.sent_by_hand(by_hand, reference="FT9", at=now, by=loan)
    with pytest.raises(CannotRefund, match="same_person"):
        refunding.approve(by_hand, at=now, by=loan)
    refunding.approve(by_hand, at=now, by=ha)
    client.post(f"/quan-tri/hoan-tien/{by_hand.pk}/da-chuyen/", {"reference": "FT9"})

    for event in bank.events:  # late: the failed one stays closed
        post(event)
    for _clock in range(2):
        tick.act_on_messages(now + timedelta(hours=1))
        stripe.reconcile(now + timedelta(hours=1))
    states = list(Refund.objects.order_by("pk").values_list("state", flat=True))
    assert states == [Refund.State.CANCELLED, Refund.State.DONE]
    payment = Payment.objects.get()
    assert (payment.state, payment.balance, state(lan)) == (Payment.State.REFUNDED, 0, State.CANCELLED)
    assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0
    assert LedgerEntry.objects.get(external_id="FT9").provider == Provider.BANK
    assert not Confirmation.objects.valid().exists()
    with pytest.raises(CannotRefund, match="not_now"):
        refunding.by_transfer(refund, at=now, by=ha)


@pytest.mark.parametrize("what", ["made in the dashboard", "failed later"])
def test_a_refund_of_which_no_message_came_is_found_by_the_clock(bank, paid, ha, now, what):
    later = now + timedelta(minutes=10)
    if what == "failed later":
        tasks.send_refund.call(paid.ask_back(PRICE, reason="Không dự được", at=now, by=ha).pk)
        bank.refund_fails(next(iter(bank.refunds)))
    else:
        bank.refund_in_dashboard(next(iter(bank.intents)), 100_000)
    tick.ask_stripe(later)
    wanted = Refund.State.FAILED if what == "failed later" else Refund.State.DONE
    assert Refund.objects.get().state == wanted
    asked = len(bank.requests)
    tick.ask_stripe(later)
    assert len(bank.requests) == asked + 3, "three lists, and nothing else is asked again"


def test_a_key_that_is_wrong_is_no_error_page(client, site_tree, bank, lan, now):
    begun(order_of(lan), now)
    bank.sessions.clear()  # another account: nothing of ours is known there
    bank.answers.clear()
    tick.ask_stripe(now + timedelta(minutes=10))
    assert Payment.objects.get().state == Payment.State.FAILED


def test_a_dispute_is_written_down_with_its_deadline(client, bank, paid, post):
    bank.dispute(next(iter(bank.intents)))
    for event in bank.events * 2:
        post(event)
    dispute = Dispute.objects.get()
    assert dispute.due_by > timezone.now()
    assert LedgerEntry.objects.get(kind="dispute").amount == -PRICE
    assert Letter.objects.filter(kind="payment_attention").count() == 1


def test_a_dispute_of_which_no_message_came_is_found_by_the_clock_and_followed(bank, paid, now):
    dispute = bank.dispute(next(iter(bank.intents)))
    stranger = bank.dispute(next(iter(bank.intents)), payment_intent="pi_of_another_shop", balance_transactions=[])
    later = now + timedelta(minutes=10)
    for _twice in range(2):
        tick.ask_stripe(later)
    assert Dispute.objects.get().closed_at is None
    assert not Dispute.objects.filter(provider_id=stranger["id"]).exists()
    assert Letter.objects.filter(kind="payment_attention").count() == 1
    # Weeks later the bank has decided, and gives the money back; the clock still asks for the open one.
    back = dispute["balance_transactions"][0] | {"id": "txn_back", "amount": PRICE}
    dispute.update(status="won", balance_transactions=[*dispute["balance_transactions"], back])
    tick.ask_stripe(later + timedelta(days=30))
    assert Dispute.objects.get().closed_at is not None
    assert sum(LedgerEntry.objects.filter(kind="dispute").values_list("amount", flat=True)) == 0


def test_money_of_late_evening_belongs_to_the_evening_for_both(client, site_tree, bank, lan, loan, now):
    """Taken at 23:50 by a page that was opened at 23:40, known here after midnight."""
    client.force_login(loan)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    begun(order_of(lan), now)
    (session,) = bank.sessions
    bank.ahead = (midnight - timedelta(minutes=10) - now).total_seconds()
    bank.pay(session)
    bank.sessions[session]["created"] = int((midnight - timedelta(minutes=20)).timestamp())
    stripe.look(session, at=now)
    entry = LedgerEntry.objects.get()
    assert (timezone.localtime(entry.occurred_at).strftime("%H:%M"), entry.booked_at) == ("23:50", now)
    days = [midnight - timedelta(days=1), midnight]
    said = [stripe.day(one, one + timedelta(days=1)) for one in days]
    assert [(one["came"], one["unknown"], one["missing"]) for one in said] == [(PRICE, [], []), (0, [], [])]
    page = client.get("/quan-tri/doi-soat/", {"ngay": f"{days[0]:%Y-%m-%d}", "stripe": "1"}).text
    assert "Hai bên khớp nhau." in page
    assert "ghi sổ lúc" in page
    assert "Không có khoản tiền nào" in client.get("/quan-tri/doi-soat/", {"ngay": f"{days[1]:%Y-%m-%d}"}).text


def test_a_refund_that_failed_later_is_no_difference_between_stripe_and_us(bank, paid, ha, now):
    tasks.send_refund.call(paid.ask_back(PRICE, reason="Không dự được", at=now, by=ha).pk)
    bank.refund_fails(next(iter(bank.refunds)))
    stripe.reconcile(now)
    said = stripe.day(now - timedelta(hours=1), now + timedelta(hours=1))
    assert (said["came"], said["went"], said["unknown"], said["missing"]) == (PRICE, 0, [], [])


# ---------------------------------------------------------------- after a restore


@pytest.mark.parametrize("younger", ["registrations", "orders", "payments"])
def test_money_for_what_a_restored_backup_does_not_know_is_a_ticket_again(bank, guest, now, younger):
    """The backup is a savepoint: rolling back to it is what restoring does; Stripe keeps what it has."""
    backup = transaction.savepoint_create()
    two = [guest(1), guest(2)]
    if younger == "orders":
        backup = transaction.savepoint_create()
    order = Order.objects.ask(two, at=now)
    if younger == "payments":
        backup = transaction.savepoint_create()
    session = begun(order, now)
    bank.pay(session)
    stripe.look(session, at=now)
    transaction.savepoint_rollback(backup)
    assert stripe.reconcile(now, since=now - timedelta(hours=1))["rebuilt"] == 1
    confirmed = Registration.objects.filter(state=State.CONFIRMED)
    assert set(confirmed.values_list("form_key", flat=True)) == {one.form_key for one in two}
    assert Letter.objects.filter(kind="registration_confirmed").count() == 2
    assert Order.objects.get(state=Order.State.PAID).code == order.code
    assert stripe.reconcile(now, since=now - timedelta(hours=1))["rebuilt"] == 0


@pytest.mark.parametrize("card", [True, False])
def test_no_number_of_a_paper_that_a_payer_may_have_is_given_again_after_a_restore(
    client, bank, account, guest, ha, loan, now, settings, card
):
    Quota.objects.update(size=3)
    order_of(guest(1)).receive(PRICE, reference="PT 1", at=now, by=ha)
    backup = transaction.savepoint_create()
    order = order_of(guest(2))
    if card:
        session = begun(order, now)
        bank.pay(session)
        stripe.look(session, at=now)
    else:
        settings.STRIPE_SECRET_KEY = ""
        order.receive(PRICE, reference="PT 2", at=now, by=ha)
    lost = Confirmation.objects.latest("number")
    assert lost.number == 2
    transaction.savepoint_rollback(backup)

    since = (now - timedelta(hours=1)).isoformat()
    for _twice in range(2):
        call_command("reconcile", since=since)
    order_of(guest(3)).receive(PRICE, reference="PT 3", at=now, by=ha)
    numbers = list(Confirmation.objects.order_by("number").values_list("number", flat=True))
    assert numbers == ([1, 2001, 2002] if card else [1, 2001])
    gap = LeftOutNumbers.objects.get()
    assert (gap.first, gap.last) == (2, 2000)
    client.force_login(loan)
    assert gap.sentence in client.get("/quan-tri/xac-nhan-thanh-toan/").text

    # The same backup once more, without what the first restore wrote down: somebody knows how far it had come.
    call_command("reconcile", since=since, last_number=4711)
    assert ConfirmationCounter.objects.get().last == 6000
    with pytest.raises(CommandError):
        call_command("reconcile", last_number=3)
    with pytest.raises(CommandError):
        call_command("reconcile", since=(now + timedelta(days=1)).isoformat())


def test_a_restored_backup_in_which_the_seats_are_gone_tells_the_payer(bank, event, gala, guest, now):
    backup = transaction.savepoint_create()
    session = begun(order_of(guest(1)), now)
    bank.pay(session)
    stripe.look(session, at=now)
    transaction.savepoint_rollback(backup)
    Quota.objects.filter(event=event).update(size=1)
    guest(5)
    stripe.reconcile(now, since=now - timedelta(hours=1))
    assert Order.objects.get(state=Order.State.PAID).late_lines().count() == 1
    assert Letter.objects.filter(kind="payment_late").count() == 1


def test_without_since_unknown_money_is_an_alarm_and_nothing_is_invented(bank, guest, now, caplog):
    backup = transaction.savepoint_create()
    session = begun(order_of(guest(1)), now)
    bank.pay(session)
    transaction.savepoint_rollback(backup)
    assert stripe.reconcile(now)["unknown"] == 1
    assert "unknown payment" in caplog.text
    assert not Order.objects.exists()


# ---------------------------------------------------------------- the contract


def test_every_word_we_say_to_stripe_is_one_it_knows(bank, guest, ha, now):
    """Also what the fake answers: a field that Stripe's types do not have would prove nothing."""
    import stripe as library
    from stripe.params import RefundCreateParams
    from stripe.params.checkout import SessionCreateParams

    order = Order.objects.ask([guest(1), guest(2)], at=now)
    asked = stripe.asked_for(stripe.keep_seats(order.pay_by(Provider.STRIPE, at=now), at=now))
    assert list(complaints(asked, SessionCreateParams)) == []
    assert list(complaints(asked | {"payment_method_types": ["card"]}, SessionCreateParams)) != [], "the check checks"
    session = begun(order, now)
    bank.pay(session)
    stripe.look(session, at=now)
    payment = Payment.objects.get()
    refund = payment.ask_back(1, reason="Thử", at=now, by=ha)
    tasks.send_refund.call(refund.pk)
    _method, _path, sent = bank.requests[-1]
    assert list(complaints(sent, RefundCreateParams, typed=False)) == []
    dispute = bank.dispute(next(iter(bank.intents)))
    for rows, model in (
        (bank.sessions.values(), library.checkout.Session),
        (bank.intents.values(), library.PaymentIntent),
        (bank.charges.values(), library.Charge),
        (bank.refunds.values(), library.Refund),
        ([dispute], library.Dispute),
        (dispute["balance_transactions"], library.BalanceTransaction),
        (bank.events, library.Event),
    ):
        for row in rows:
            assert set(row) <= fields(model), model
    known = set(typing.get_args(library.Event.__annotations__["type"]))
    assert known >= stripe.SESSION_TYPES | stripe.REFUND_TYPES | stripe.DISPUTE_TYPES
    assert known >= {event["type"] for event in bank.events}


# ---------------------------------------------------------------- messages


def test_a_message_is_kept_once_acted_on_and_may_be_replayed(client, site_tree, bank, lan, now, ha, post):
    from django.contrib.auth.models import Group

    session = begun(order_of(lan), now)
    bank.pay(session)
    assert post(bank.events[0]).status_code == 200
    assert post(bank.events[0], SECRETS[1]).status_code == 200, "the secret before is still good"
    event = ProviderEvent.objects.get()
    assert event.done_at is not None
    ha.groups.add(Group.objects.get(name="Kế toán"))
    client.force_login(ha)
    assert bank.events[0]["id"] in client.get("/quan-tri/thong-bao-thanh-toan/").text
    replayed = client.post(event.get_absolute_url(), follow=True)
    assert "Đã xử lý." in replayed.text
    assert LedgerEntry.objects.count() == 1


def test_a_message_that_cannot_be_acted_on_now_is_tried_again(client, bank, lan, now, monkeypatch, post):
    session = begun(order_of(lan), now)
    bank.pay(session)
    bank.faults.extend([429])
    assert post(bank.events[0]).status_code == 200
    event = ProviderEvent.objects.get()
    assert (event.done_at, event.error) == (None, "Away")
    assert inbox.work_through(timezone.now() + timedelta(minutes=2)) == 1
    assert state(lan) == State.CONFIRMED


GOOD = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "livemode": False,
    "data": {"object": {"id": "cs_1"}},
}


class Broken(Exception):
    """The line to the database is cut."""


@contextmanager
def breaking_at(number: int):
    """The n-th statement from now on is never carried out."""
    said = 0

    def cut(execute, sql, params, many, context):
        nonlocal said
        said += 1
        if said == number:
            raise Broken
        return execute(sql, params, many, context)

    with connection.execute_wrapper(cut):
        yield


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"",
        b"not json",
        b"[]",
        b"1",
        b'"x"',
        b"[" * 20_000,
        b'{"object": "v2.core.event"}',
        b"{}",
        b'{"object":"event","data":null}',
        b'{"a": NaN}',
        json.dumps(GOOD | {"id": 7}).encode(),
        json.dumps(GOOD | {"type": None}).encode(),
        json.dumps(GOOD | {"livemode": True}).encode(),
        json.dumps(GOOD | {"id": "evt_\x00"}).encode(),
        json.dumps(GOOD | {"id": "e" * 300}).encode(),
        json.dumps(GOOD | {"id": "\ud800"}).encode(),
        json.dumps(GOOD | {"data": {"object": []}}).encode(),
    ],
    ids=lambda body: body[:24].decode("latin-1"),
)
def test_what_is_signed_but_no_message_is_refused(client, bank, event, body, post):
    assert post(body).status_code == 400
    assert not ProviderEvent.objects.exists()


def test_what_is_not_signed_by_stripe_is_refused(client, bank, event, post):
    signature = FakeStripe.signed(GOOD, SECRETS[0])[1]
    body = json.dumps(GOOD).encode()
    old = int(timezone.now().timestamp()) - 301
    for header in ("", "t=1,v1=é", "t=x", "v0=abc", signature.replace("v1=", "v0="), "t=,v1=", "t=1"):
        answer = client.post(
            "/thong-bao/stripe/", body, content_type="application/json", headers={"Stripe-Signature": header}
        )
        assert answer.status_code == 400, header
    assert post(GOOD, "whsec_other").status_code == 400
    assert post(GOOD, at=old).status_code == 400
    assert post(GOOD, at=old + 900).status_code == 400, "from the future"
    assert post(json.dumps(GOOD).encode() + b" " * 300_000).status_code == 400
    assert not ProviderEvent.objects.exists()
    assert post(GOOD).status_code == 200


def test_without_keys_the_card_is_not_offered_and_nobody_knocks(client, site_tree, bank, lan, settings, post):
    settings.STRIPE_SECRET_KEY = ""
    order = order_of(lan)
    assert "bằng thẻ" not in client.get(order.get_absolute_url()).text
    assert client.post(f"{order.get_absolute_url()}the/").status_code == 302
    assert post(GOOD).status_code == 400
    assert tick.ask_stripe(timezone.now()) == 0
    assert not bank.requests


def test_settling_breaks_off_whole_whichever_statement_fails(bank, lan, now):
    """A process that dies between two statements leaves nothing behind; asked again, everything is there."""
    order = order_of(lan)
    session = begun(order, now)
    bank.pay(session)
    broken = 0
    for number in range(1, 200):
        try:
            with transaction.atomic(), breaking_at(number):
                stripe.look(session, at=now)
        except Broken:
            broken += 1
            assert (state(lan), LedgerEntry.objects.count()) == (State.UNPAID, 0), number
        else:
            break
    assert broken > 10
    assert state(lan) == State.CONFIRMED
