"""Anybody may knock at the two doors of providers, with whatever bytes: no knock is an error of ours."""

import json
import os

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import BankLine, LedgerEntry, ProviderEvent
from events.payments import inbox, notifier, stripe
from tests.fake_stripe import FakeStripe

pytestmark = pytest.mark.django_db

SECRET = "whsec_door"
STRIPE, WATCHER = "/thong-bao/stripe/", "/thong-bao/ngan-hang/"


@pytest.fixture(autouse=True)
def doors(settings, account):
    fake = FakeStripe()
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRETS = "sk_test_door", [SECRET]
    settings.STRIPE_API_URL, settings.BANK_NOTIFIER_SECRETS = fake.url, [SECRET]
    yield
    fake.stop()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
number = st.text(min_size=1, max_size=8) | anything
event = st.fixed_dictionaries(
    {
        "id": number,
        "object": st.sampled_from(["event", "v2.core.event"]) | anything,
        "type": st.sampled_from(sorted(stripe.SESSION_TYPES | stripe.REFUND_TYPES | stripe.DISPUTE_TYPES)) | number,
        "livemode": st.booleans() | anything,
        "data": st.fixed_dictionaries(
            {"object": st.fixed_dictionaries({"id": number}, optional={"payment_intent": number})}
        )
        | anything,
    }
)
notice = st.fixed_dictionaries(
    {
        "id": number,
        "account": st.just("1017595600") | number,
        "amount": st.integers(-1, 10**13) | anything,
        "at": st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()) | number,
        "reference": number,
    },
    optional={"text": number, "name": number, "bank": st.just("970436") | number},
)
bodies = st.binary(max_size=200) | (event | notice | anything).map(lambda value: json.dumps(value).encode())
header = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60)
NAMES = ["Stripe-Signature", notifier.HEADER, "Content-Type", "Content-Length", "Content-Encoding", "Accept-Language"]


@settings(
    max_examples=3000 if os.environ.get("HYPOTHESIS_LONG") else 150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    door=st.sampled_from([STRIPE, WATCHER]),
    method=st.sampled_from(["POST"] * 8 + ["GET", "PUT", "DELETE", "OPTIONS"]),
    body=bodies,
    is_signed=st.booleans(),
    headers=st.dictionaries(st.sampled_from(NAMES), header, max_size=3),
)
def test_no_body_and_no_header_is_an_error_of_ours(client, door, method, body, is_signed, headers):
    """Signed rightly, so that the body is read; or not. What was written down is then acted upon, in vain or not."""
    if is_signed and door == STRIPE:
        headers["Stripe-Signature"] = FakeStripe.signed(body, SECRET)[1]
    elif is_signed:
        headers[notifier.HEADER] = notifier.sign(body, SECRET, int(timezone.now().timestamp()))
    kind = headers.pop("Content-Type", "application/json")
    answer = client.generic(method, door, body, content_type=kind, headers=headers)
    assert answer.status_code in ((200, 400) if method == "POST" else (405,))
    if not is_signed:
        assert answer.status_code != 200
    inbox.work_through(timezone.now())
    assert not LedgerEntry.objects.exists()


def test_what_is_right_passes_both_doors(client, account):
    """Else the test above would prove nothing."""
    stamp = int(timezone.now().timestamp())
    said = {"id": "evt_1", "object": "event", "type": "checkout.session.completed", "livemode": False}
    body, signature = FakeStripe.signed(said | {"data": {"object": {"id": "cs_1"}}}, SECRET)
    kinds = {"content_type": "application/json"}
    assert client.post(STRIPE, body, headers={"Stripe-Signature": signature}, **kinds).status_code == 200
    said = {"id": "1", "account": account.account, "amount": 5, "at": timezone.now().isoformat(), "reference": "F1"}
    body = json.dumps(said).encode()
    headers = {notifier.HEADER: notifier.sign(body, SECRET, stamp)}
    assert client.post(WATCHER, body, headers=headers, **kinds).status_code == 200
    inbox.work_through(timezone.now())
    assert (ProviderEvent.objects.count(), BankLine.objects.count()) == (2, 1)
