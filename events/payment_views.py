"""The payer's page by its secret link, and the door at which providers knock."""

from __future__ import annotations

import logging
from datetime import datetime

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from events.eligibility import Busy
from events.models import Order, Registration, State
from events.models.order import OrderLine
from events.models.payment import Payment, Provider, ProviderEvent
from events.payments import bank, stripe, tasks
from events.payments.ordering import CannotAsk
from events.payments.tax_code import tax_code
from events.ticket_views import own_registration
from people import limits
from people.formfields import EmailField, TextField

logger = logging.getLogger(__name__)

BODY_AT_MOST = 256_000  # bytes; Stripe's messages are a few thousand
TRIES_PER_HOUR = 60  # for one registration: discount codes could be guessed


class PayerForm(forms.Form):
    """Who pays, as it shall stand on the confirmation of payment."""

    name = TextField(label=_("Name or agency"), max_length=250)
    email = EmailField(label=_("E-mail address"), help_text=_("The confirmation of payment is sent there."))
    address = TextField(label=_("Address"), max_length=250, required=False)
    tax_code = forms.CharField(
        label=_("Tax code"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_tax_code(self) -> str:
        if not (typed := self.cleaned_data["tax_code"]):
            return ""
        try:
            return tax_code(typed)
        except ValueError:
            raise forms.ValidationError(
                gettext("A tax code has 10 digits, or 13 for a branch; one digit of this one is wrong or missing.")
            ) from None

    @classmethod
    def of(cls, order: Order, data=None) -> PayerForm:
        initial = {
            "name": order.payer_name,
            "email": order.payer_email,
            "address": order.payer_address,
            "tax_code": order.payer_tax_code,
        }
        return cls(data, initial=initial)


class CodeForm(forms.Form):
    code = TextField(label=_("Discount code"), max_length=30)


def own_order(token: str) -> Order:
    """By the secret link, and by nothing else."""
    return get_object_or_404(Order.objects.select_related("event", "replaced_by", "paid_by"), token=token)


def lines_of(order: Order) -> list[OrderLine]:
    related = "registration__ticket_type", "registration__event", "discount"
    return list(order.lines.select_related(*related).order_by("pk"))


def others(lines: list[OrderLine]) -> list[Registration]:
    """Whom the reader could pay for as well: unpaid people whom the same mailbox registered."""
    here = [line.registration for line in lines]
    firsts = {one.contact_id or one.pk for one in here}
    together = Registration.objects.filter(Q(contact__in=firsts) | Q(pk__in=firsts), state=State.UNPAID)
    of_mailbox = together.filter(email__in={one.email for one in here})
    return list(of_mailbox.exclude(pk__in=[one.pk for one in here]).order_by("pk"))


@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be paid, how, and what has become of it."""
    return order_page(request, own_order(token), timezone.now())


def order_page(
    request: HttpRequest,
    mine: Order,
    at: datetime,
    *,
    code_form: CodeForm | None = None,
    payer_form: PayerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = lines_of(mine)
    payable = mine.is_payable(at) and all(line.registration.is_held(at) for line in lines)
    states = set(mine.payments.values_list("state", flat=True))
    waiting = Payment.State.PROCESSING in states
    odd = mine.is_open and (Payment.State.MISMATCH in states or bank.has_unclear_money(mine))
    payable &= not waiting and not odd
    account = mine.event.transfer_account if payable else None
    transfer = account.transfer_for(mine) if account else None
    return render(
        request,
        "events/order.html",
        {
            "order": mine,
            "event": mine.event,
            "lines": lines,
            "until": mine.hold_until(),
            "payable": payable,
            "waiting": waiting,
            "late": [line for line in lines if line.state == OrderLine.State.LATE],
            "odd": odd,
            "account": account,
            "transfer": transfer,
            "qr_svg": transfer.svg(gettext("VietQR code of the transfer")) if transfer else "",
            "paper": mine.confirmations.valid().first() if mine.is_paid else None,
            "left": [line for line in lines if line.registration.state == State.UNPAID] if mine.is_open else [],
            "card": stripe.is_on() and payable and len(lines) <= stripe.TOGETHER,
            "others": others(lines) if payable else [],
            "has_codes": payable and mine.event.discounts.exists(),
            "code_form": code_form or CodeForm(),
            "payer_form": payer_form or PayerForm.of(mine),
        },
        status=status,
    )


@require_safe
def of_registration(request: HttpRequest, token: str) -> HttpResponse:
    """From the page of a registration to the order that it waits for."""
    mine = own_registration(token)
    found = Order.objects.open_for(mine) if mine.state == State.UNPAID else None
    return redirect(found or mine)


def ask_anew(request: HttpRequest, mine: Order, rows: list[Registration], *, code: str = "") -> Order | None:
    """Another order in the place of this one, for the same payer; None (and a message) if it cannot be."""
    try:
        return Order.objects.ask(rows, at=timezone.now(), payer=mine.payer, code=code)
    except CannotAsk as cannot:
        messages.error(request, cannot.sentence)
    return None


@require_POST
def together(request: HttpRequest, token: str) -> HttpResponse:
    """One payment for several people: those ticked, and those of this order who still have to pay."""
    mine = own_order(token)
    if not mine.is_open:
        return redirect(mine)
    lines = lines_of(mine)
    chosen = set(request.POST.getlist("person"))
    rows = [line.registration for line in lines if line.registration.state == State.UNPAID]
    rows += [one for one in others(lines) if one.manage_token in chosen]
    return redirect(ask_anew(request, mine, rows, code=code_of(lines)) or mine)


def code_of(lines: list[OrderLine]) -> str:
    return next((line.discount.code for line in lines if line.discount is not None), "")


def may_try_a_code(lines: list[OrderLine]) -> bool:
    """Counted for each ticket: whoever has the link may write the payer's address in a hundred ways, or another's."""
    keys = [f"registration {line.registration_id}" for line in lines]
    return all(limits.allow("discount", key, TRIES_PER_HOUR, 3600) for key in keys)


@require_POST
def discount(request: HttpRequest, token: str) -> HttpResponse:
    mine, at = own_order(token), timezone.now()
    form = CodeForm(request.POST)
    if not mine.is_open:
        return redirect(mine)
    if not form.is_valid():
        return order_page(request, mine, at, code_form=form, status=422)
    if not may_try_a_code(lines_of(mine)):
        form.add_error("code", _("Many codes were tried within one hour. Please wait some minutes."))
        return order_page(request, mine, at, code_form=form, status=429)
    rows = [line.registration for line in lines_of(mine) if line.registration.state == State.UNPAID]
    try:
        made = Order.objects.ask(rows, at=at, payer=mine.payer, code=form.cleaned_data["code"])
    except CannotAsk as cannot:
        form.add_error("code", cannot.sentence)
        return order_page(request, mine, at, code_form=form, status=422)
    return redirect(rows[0] if made.is_paid and len(rows) == 1 else made)


@require_POST
def payer(request: HttpRequest, token: str) -> HttpResponse:
    """Who pays may be somebody else; once a confirmation was made, it stays as it is."""
    mine, at = own_order(token), timezone.now()
    form = PayerForm.of(mine, request.POST)
    if not mine.is_open:
        return redirect(mine)
    if not form.is_valid():
        return order_page(request, mine, at, payer_form=form, status=422)
    with transaction.atomic():
        locked = Order.objects.locked().get(pk=mine.pk)
        for field, value in form.cleaned_data.items():
            setattr(locked, f"payer_{field}", value)
        locked.save(update_fields=[f"payer_{field}" for field in form.cleaned_data])
    messages.success(request, gettext("The payer was noted."))
    return redirect(mine)


@require_POST
def card(request: HttpRequest, token: str) -> HttpResponse:
    """On to Stripe's page. It may be down: then the seats are kept as before, and the button is there again."""
    mine, at = own_order(token), timezone.now()
    if not stripe.is_on() or not mine.is_payable(at):
        return redirect(mine)
    try:
        address = stripe.checkout(mine, at=at)
    except CannotAsk as cannot:
        address = mine.event.contact_email
        more = gettext("Questions? Please write to %(address)s.") % {"address": address} if address else ""
        messages.error(request, f"{cannot.sentence} {more}".strip())
    except (stripe.Away, Busy):
        messages.error(
            request,
            gettext("The payment page does not answer at the moment. Nothing was charged; please press once more."),
        )
    else:
        return HttpResponse(status=303, headers={"Location": address})
    return redirect(mine)


@require_safe
def returned(request: HttpRequest, token: str) -> HttpResponse:
    """Back from Stripe's page. Stripe is asked, so it does not matter whether its message came first, or ever."""
    mine, at = own_order(token), timezone.now()
    session = request.GET.get("s", "")
    known = mine.payments.filter(provider=Provider.STRIPE)
    if stripe.is_on() and known.exists() and not mine.is_paid:
        found = known.filter(session_id=session).first() or known.filter(session_id__isnull=False).last()
        try:
            if found is not None and found.session_id:
                stripe.look(found.session_id, at=at)
            elif session.startswith("cs_") and len(session) < 200:
                stripe.look(session, at=at)  # its number was lost before it was written down
        except (stripe.Away, stripe.Unknown, Busy):
            messages.info(request, gettext("We are asking the bank. This page shows it as soon as the money has come."))
        except Exception:
            logger.exception("returned from checkout")
    return redirect(mine)


@csrf_exempt  # Stripe's machines post here; the signature is the proof
@require_POST
def stripe_message(request: HttpRequest) -> HttpResponse:
    """Write Stripe's message down, answer, act on it later. What Stripe has not signed is refused, whatever it is."""
    if not stripe.is_on():
        return HttpResponse(status=400)
    try:
        if int(request.headers.get("Content-Length") or 0) > BODY_AT_MOST:
            return HttpResponse(status=400)
        body = request.body
        number, kind = stripe.message(body, request.headers.get("Stripe-Signature", ""))
    except Exception:
        return HttpResponse(status=400)
    at = timezone.now()
    with transaction.atomic():
        event = ProviderEvent.objects.take_in(Provider.STRIPE, number, kind, body.decode(), at=at)
        if event is not None:
            key = event.pk
            transaction.on_commit(lambda: tasks.act_upon.enqueue(key))
    return HttpResponse(status=200)
