"""What a payer takes along by the secret link of the order, and the door of the program that watches the account."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from events.models import Provider, ProviderEvent
from events.payment_views import own_order
from events.payments import confirming, notifier, tasks

BODY_AT_MOST = 20_000  # bytes


def pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@require_safe
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """How to transfer, on paper: for the counter of a bank, or for the accountants."""
    mine = own_order(token)
    account = mine.event.transfer_account
    if account is None or not mine.is_payable(timezone.now()):
        raise Http404
    until = None if mine.event.is_off else mine.hold_until()
    return pdf(confirming.transfer_pdf(mine, account, until), f"chuyen-khoan-{mine.code}.pdf")


@require_safe
def confirmation(request: HttpRequest, token: str, year: int, number: int) -> HttpResponse:
    """A paper of this order: the confirmation of payment, or the one that cancels it."""
    mine = own_order(token)
    paper = get_object_or_404(mine.confirmations, year=year, number=number)
    return pdf(confirming.confirmation_pdf(paper), paper.file_name)


@csrf_exempt  # a machine posts here; the signature is the proof
@require_POST
def bank_message(request: HttpRequest) -> HttpResponse:
    """Write a message of the account's watcher down, answer, act on it later. What is not signed by us is refused."""
    at = timezone.now()
    try:
        if int(request.headers.get("Content-Length") or 0) > BODY_AT_MOST:
            return HttpResponse(status=400)
        body = request.body
        header = request.headers.get(notifier.HEADER, "")
        notifier.verify(body, header, settings.BANK_NOTIFIER_SECRETS, at=at)
        notice = notifier.read(body)
    except Exception:
        return HttpResponse(status=400)
    with transaction.atomic():
        event = ProviderEvent.objects.take_in(Provider.BANK, notice.number, "transfer", body.decode(), at=at)
        if event is not None:
            key = event.pk
            transaction.on_commit(lambda: tasks.act_upon.enqueue(key))
    return HttpResponse(status=200)
