"""A Stripe of our own for tests: the real client talks to it over HTTP, and it can be slow, down, or killed midway.

It knows Checkout sessions, payment intents, refunds, disputes and events; refuses parameters that Stripe's own types do
not know; keeps the first answer to an idempotency key, errors included; signs its messages, and sends them as often,
as late and in whatever order a test wants. `pay` and its like are what the payer and the bank do.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.stripe_contract import unknown_parameters

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Stripe giả</title><main><h1>Thanh toán thử</h1>
<p>{amount} {currency}</p><form method="post"><button name="do" value="pay">Trả tiền</button>
<button name="do" value="leave">Quay lại</button></form></main></html>"""


class Refused(Exception):
    def __init__(self, code: str, message: str = "", status: int = 400, kind: str = "invalid_request_error"):
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": message or code}}


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=c` as Stripe reads it."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        path = name.replace("]", "").split("[")
        place = root
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = value
    return lists(root)


def lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [lists(value[key]) for key in sorted(value, key=int)]
    if set(value) == {""}:
        return [lists(value[""])]
    return {key: lists(inner) for key, inner in value.items()}


class FakeStripe:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.sessions: dict[str, dict] = {}
        self.intents: dict[str, dict] = {}
        self.charges: dict[str, dict] = {}
        self.refunds: dict[str, dict] = {}
        self.disputes: dict[str, dict] = {}
        self.events: list[dict] = []
        self.answers: dict[str, tuple[Any, int, dict]] = {}
        self.requests: list[tuple[str, str, dict]] = []
        # One a request: "drop_before", "drop_after", "hang", an HTTP status; or something to do after the work.
        self.faults: deque[str | int | Callable[[], None]] = deque()
        self.on_create: Callable[[], None] | None = None
        self.ahead = 0.0  # seconds by which its clock is ahead
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: Any) -> None: ...

            def do_GET(self) -> None:
                fake.handle(self, "GET")

            def do_POST(self) -> None:
                fake.handle(self, "POST")

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def now(self) -> int:
        return int(time.time() + self.ahead)

    # ------------------------------------------------------------ HTTP
    def handle(self, http: BaseHTTPRequestHandler, method: str) -> None:
        address = urlsplit(http.path)
        body = http.rfile.read(int(http.headers.get("Content-Length") or 0)).decode()
        if address.path.startswith("/c/pay/"):
            self.page(http, method, address.path.rpartition("/")[2], body)
            return
        params = nested(parse_qsl(body if method == "POST" else address.query, keep_blank_values=True))
        with self.lock:
            self.requests.append((method, address.path, params))
            fault = self.faults.popleft() if self.faults else None
        if fault == "drop_before":
            http.close_connection = True
            http.connection.close()
            return
        if fault == "hang":
            time.sleep(3)
        if isinstance(fault, int):
            kind = {429: "rate_limit_error", 409: "invalid_request_error", 400: "invalid_request_error"}.get(
                fault, "api_error"
            )
            status, answer = fault, {"error": {"type": kind, "message": str(fault)}}
            if method == "POST" and (key := http.headers.get("Idempotency-Key")) and fault >= 500:
                with self.lock:
                    self.answers.setdefault(key, (params, status, answer))
        else:
            status, answer = self.answer(method, address.path, params, http.headers.get("Idempotency-Key"))
        if callable(fault):
            fault()
        if fault == "drop_after":
            http.close_connection = True
            http.connection.close()
            return
        self.send(http, status, json.dumps(answer).encode(), "application/json")

    @staticmethod
    def send(http: BaseHTTPRequestHandler, status: int, content: bytes, kind: str, **headers: str) -> None:
        try:
            http.send_response(status)
            for name, value in headers.items():
                http.send_header(name, value)
            http.send_header("Content-Type", kind)
            http.send_header("Content-Length", str(len(content)))
            http.end_headers()
            http.wfile.write(content)
        except OSError:
            http.close_connection = True  # whoever asked is gone

    def answer(self, method: str, path: str, params: dict, key: str | None) -> tuple[int, dict]:
        with self.lock:
            if method == "POST" and key in self.answers:
                before, status, said = self.answers[key]
                if before != params:
                    refused = Refused("idempotency_key_in_use", kind="idempotency_error")
                    return refused.status, refused.body
                return status, said
            try:
                status, said = 200, self.act(method, path.strip("/").split("/")[1:], params)
            except Refused as refused:
                status, said = refused.status, refused.body
            if method == "POST" and key:
                self.answers[key] = (params, status, said)
        if self.on_create is not None and method == "POST" and path == "/v1/checkout/sessions" and status == 200:
            self.on_create()
        return status, said

    def act(self, method: str, path: list[str], params: dict) -> dict:
        match method, path:
            case "POST", ["checkout", "sessions"]:
                return self.make_session(params)
            case "GET", ["checkout", "sessions"]:
                listed = self.listed("session", self.sessions, params, "/v1/checkout/sessions")
                inner = {"expand": [one.removeprefix("data.") for one in params.get("expand") or []]}
                return listed | {"data": [self.shown(row, inner) for row in listed["data"]]}
            case "GET", ["checkout", "sessions", key]:
                return self.shown(self.found(self.sessions, key), params)
            case "POST", ["checkout", "sessions", key, "expire"]:
                session = self.found(self.sessions, key)
                if session["status"] != "open":
                    raise Refused("resource_missing", "Only open sessions can be expired")
                session.update(status="expired", url=None)
                self.tell("checkout.session.expired", session)
                return session
            case "POST", ["refunds"]:
                return self.make_refund(params)
            case "GET", ["refunds"]:
                return self.listed("refund", self.refunds, params, "/v1/refunds")
            case "GET", ["charges"]:
                return self.listed("charge", self.charges, params, "/v1/charges")
            case "GET", ["disputes"]:
                return self.listed("dispute", self.disputes, params, "/v1/disputes")
            case "GET", ["payment_intents", key]:
                return self.found(self.intents, key)
            case "GET", ["disputes", key]:
                return self.found(self.disputes, key)
        raise Refused("resource_missing", status=404)

    @staticmethod
    def found(rows: dict[str, dict], key: str) -> dict:
        if key not in rows:
            raise Refused("resource_missing", f"No such object: {key}", status=404)
        return rows[key]

    def shown(self, session: dict, params: dict) -> dict:
        if session["status"] == "open" and session["expires_at"] <= self.now():
            session.update(status="expired", url=None)
            self.tell("checkout.session.expired", session)
        if "payment_intent.latest_charge" in (params.get("expand") or []) and session["payment_intent"]:
            intent = self.intents[session["payment_intent"]]
            return session | {"payment_intent": intent | {"latest_charge": self.charges.get(intent["latest_charge"])}}
        return session

    @staticmethod
    def listed(of: str, rows: dict[str, dict], params: dict, url: str) -> dict:
        if problems := unknown_parameters(f"list of {of}s", params):
            raise Refused("parameter_unknown", "; ".join(problems))
        created = params.get("created") or {}
        chosen = [
            row
            for row in reversed(rows.values())
            if row["created"] >= int(created.get("gte", 0))
            and row["created"] < int(created.get("lt", 1 << 60))
            and params.get("status") in (None, row["status"])
            and params.get("payment_intent") in (None, row["payment_intent"])
        ]
        if after := params.get("starting_after"):
            place = [row["id"] for row in chosen].index(after)
            chosen = chosen[place + 1 :]
        limit = int(params.get("limit", 10))
        return {"object": "list", "data": chosen[:limit], "has_more": len(chosen) > limit, "url": url}

    # ------------------------------------------------------------ what we ask for
    def make_session(self, params: dict) -> dict:
        if problems := unknown_parameters("session", params):
            raise Refused("parameter_unknown", "; ".join(problems))
        expires = int(params.get("expires_at", self.now() + 86400))
        if not self.now() + 1799 <= expires <= self.now() + 86400:
            raise Refused("parameter_invalid_integer", "expires_at must be between 30 minutes and 24 hours")
        items = params.get("line_items") or []
        total = sum(int(item["price_data"]["unit_amount"]) * int(item["quantity"]) for item in items)
        if total <= 0:
            raise Refused("parameter_invalid_integer", "amount")
        if len(params.get("metadata") or {}) > 50:
            raise Refused("parameter_invalid", "metadata holds 50 keys")
        key = f"cs_test_{secrets.token_hex(12)}"
        session = {
            "id": key,
            "object": "checkout.session",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": total,
            "currency": items[0]["price_data"]["currency"],
            "client_reference_id": params.get("client_reference_id"),
            "customer_email": params.get("customer_email"),
            "customer_details": None,
            "metadata": params.get("metadata") or {},
            "payment_intent": None,
            "created": self.now(),
            "expires_at": expires,
            "locale": params.get("locale"),
            "success_url": params.get("success_url"),
            "cancel_url": params.get("cancel_url"),
            "url": f"{self.url}/c/pay/{key}",
            "mode": "payment",
            "livemode": False,
        }
        self.sessions[key] = session
        return session

    def make_refund(self, params: dict) -> dict:
        if problems := unknown_parameters("refund", params):
            raise Refused("parameter_unknown", "; ".join(problems))
        intent = self.found(self.intents, params["payment_intent"])
        amount = int(params.get("amount", intent["amount"]))
        returned = sum(
            row["amount"]
            for row in self.refunds.values()
            if row["payment_intent"] == intent["id"] and row["status"] not in ("failed", "canceled")
        )
        if amount < 1 or returned + amount > intent["amount_received"]:
            raise Refused("amount_too_large", "Refund amount is greater than unrefunded amount on charge")
        key = f"re_{secrets.token_hex(12)}"
        refund = {
            "id": key,
            "object": "refund",
            "amount": amount,
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "charge": intent["latest_charge"],
            "status": "succeeded",
            "reason": params.get("reason"),
            "metadata": params.get("metadata") or {},
            "created": self.now(),
        }
        self.refunds[key] = refund
        charge = {"id": intent["latest_charge"], "object": "charge", "payment_intent": intent["id"]}
        self.tell("charge.refunded", charge)
        self.tell("refund.created", refund)
        return refund

    # ------------------------------------------------------------ what the payer and the bank do
    def pay(self, key: str, *, delayed: bool = False, amount: int | None = None, currency: str = "") -> bool:
        """The payer fills in the card; False when the session is open no more."""
        with self.lock:
            session = self.shown(self.sessions[key], {})
            if session["status"] != "open":
                return False
            intent = {
                "id": f"pi_{secrets.token_hex(12)}",
                "object": "payment_intent",
                "amount": amount or session["amount_total"],
                "amount_received": 0,
                "currency": currency or session["currency"],
                "status": "processing",
                "latest_charge": f"ch_{secrets.token_hex(12)}",
                "metadata": session["metadata"],
                "created": self.now(),
            }
            self.intents[intent["id"]] = intent
            session.update(
                status="complete",
                url=None,
                payment_intent=intent["id"],
                amount_total=amount or session["amount_total"],
                currency=currency or session["currency"],
                customer_details={"email": session["customer_email"], "name": "Nguyễn Thị Khách"},
            )
            if not delayed:
                self.take_money(session)
            self.tell("checkout.session.completed", session)
            return True

    def take_money(self, session: dict) -> None:
        intent = self.intents[session["payment_intent"]]
        intent.update(status="succeeded", amount_received=intent["amount"])
        session["payment_status"] = "paid"
        self.charges[intent["latest_charge"]] = {
            "id": intent["latest_charge"],
            "object": "charge",
            "amount": intent["amount"],
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "status": "succeeded",
            "created": self.now(),
        }

    def bank_answers(self, key: str, *, ok: bool) -> None:
        with self.lock:
            session = self.sessions[key]
            if ok:
                self.take_money(session)
                self.tell("checkout.session.async_payment_succeeded", session)
            else:
                self.intents[session["payment_intent"]]["status"] = "requires_payment_method"
                self.tell("checkout.session.async_payment_failed", session)

    def refund_in_dashboard(self, intent: str, amount: int) -> dict:
        with self.lock:
            return self.make_refund({"payment_intent": intent, "amount": str(amount)})

    def refund_fails(self, key: str) -> None:
        with self.lock:
            self.refunds[key].update(status="failed", failure_reason="lost_or_stolen_card")
            self.tell("refund.failed", self.refunds[key])

    def dispute(self, intent: str, **fields: Any) -> dict:
        with self.lock:
            money = self.intents[intent]
            key = f"dp_{secrets.token_hex(12)}"
            movement = {
                "id": f"txn_{secrets.token_hex(12)}",
                "object": "balance_transaction",
                "amount": -money["amount"],
                "currency": money["currency"],
                "created": self.now(),
            }
            self.disputes[key] = {
                "id": key,
                "object": "dispute",
                "amount": money["amount"],
                "currency": money["currency"],
                "payment_intent": intent,
                "charge": money["latest_charge"],
                "status": "needs_response",
                "reason": "fraudulent",
                "created": self.now(),
                "evidence_details": {
                    "due_by": self.now() + 7 * 86400,
                    "has_evidence": False,
                    "past_due": False,
                    "submission_count": 0,
                },
                "balance_transactions": [movement],
            } | fields
            self.tell("charge.dispute.created", self.disputes[key])
            return self.disputes[key]

    # ------------------------------------------------------------ messages
    def tell(self, kind: str, subject: dict) -> dict:
        event = {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "type": kind,
            "created": self.now(),
            "livemode": False,
            "data": {"object": json.loads(json.dumps(subject))},
        }
        self.events.append(event)
        return event

    @staticmethod
    def signed(event: dict | bytes, secret: str, at: int | None = None) -> tuple[bytes, str]:
        """(body, Stripe-Signature)."""
        body = event if isinstance(event, bytes) else json.dumps(event).encode()
        moment = int(time.time()) if at is None else at
        mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        return body, f"t={moment},v1={mac}"

    # ------------------------------------------------------------ the payer's page
    def page(self, http: BaseHTTPRequestHandler, method: str, key: str, body: str) -> None:
        session = self.sessions.get(key)
        if session is None:
            self.send(http, 404, b"", "text/html")
            return
        if method == "GET":
            shown = PAGE.format(amount=session["amount_total"], currency=session["currency"])
            self.send(http, 200, shown.encode(), "text/html; charset=utf-8")
            return
        if "do=pay" in body:
            self.pay(key)
            target = session["success_url"].replace("{CHECKOUT_SESSION_ID}", key)
        else:
            target = session["cancel_url"]
        self.send(http, 303, b"", "text/html", Location=target)
