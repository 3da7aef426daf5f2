"""After a backup was restored: money that Stripe has, for orders that are younger than the backup."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from events.eligibility import PAYMENT, STAFF, Refused
from events.models.event import Event, TicketType
from events.models.order import Order, Payer
from events.models.payment import Payment, Provider
from events.models.registration import Person, Registration, Source, State


def rebuild(session: Any, *, at: datetime) -> bool:
    """Make the order of a paid session anew from what was written into the session, and settle it.

    The seats that are still free are confirmed; for the others the payer is told, as always when money is late. False
    when the session is none of ours, or its event is not known.
    """
    names = session.metadata.to_dict() if session.metadata else {}
    event = Event.objects.filter(slug=names.get("event", "")).first()
    lines = [names[f"line{number}"].split(":") for number in range(50) if f"line{number}" in names]
    details = session.customer_details
    address = (details.email if details else None) or session.customer_email
    if session.payment_status != "paid" or event is None or not lines or not address:
        return False
    name = (details.name if details else None) or address.partition("@")[0]
    with transaction.atomic():
        payer = Payer(name=name, email=address, language="en" if session.locale == "en" else "vi")
        # The order may be older than the backup, and only the payment younger; or it was paid twice.
        order = Order.objects.filter(event=event, code=names["order"]).first()
        order = order or made_anew(event, names["order"], lines, payer, session.currency or "", at=at)
        payment = order.payments.create(
            provider=Provider.STRIPE,
            reference=names["reference"],
            amount=order.total,
            currency=order.currency,
            state=Payment.State.EXPIRED,  # until it is looked at: another one may be waiting
            created_at=at,
            session_id=session.id,
        )
        payment.changes.create(at=at, became=payment.state, note=gettext_noop("rebuilt after a restore"))
    from events.payments.stripe import take

    take(session, at=at)
    return True


def made_anew(event: Event, code: str, lines: list[list[str]], payer: Payer, currency: str, *, at: datetime) -> Order:
    rows = [found_or_made(event, uuid.UUID(key), int(kind), payer, at=at) for key, kind, _amount in lines]
    order = Order.objects.create(
        event=event,
        code=code,
        currency=currency,
        total=sum(int(amount) for _key, _kind, amount in lines),
        language=payer.language,
        created_at=at,
        payer_name=payer.name,
        payer_email=payer.email,
    )
    for row, (_key, _kind, amount) in zip(rows, lines, strict=True):
        for former in Order.objects.filter(state=Order.State.OPEN, lines__registration=row):
            former.void(at=at)
        order.lines.create(
            registration=row, what_vi=row.ticket_type.name_vi, what_en=row.ticket_type.name_en, price=int(amount)
        )
    return order


def found_or_made(event: Event, key: uuid.UUID, kind: int, payer: Payer, *, at: datetime) -> Registration:
    """The registration of this form. One that is not there is made: its seat is counted when the money is."""
    found = Registration.objects.filter(form_key=key, event=event).select_related("ticket_type").first()
    if found is not None:
        return found
    ticket_type = TicketType.objects.get(pk=kind, event=event)
    person = Person(full_name=f"{payer.name} {str(key)[:4].upper()}", email=payer.email)
    with suppress(Refused):
        return event.register(
            ticket_type,
            person,
            at=at,
            form_key=key,
            language=payer.language,
            source=Source.IMPORT,
            shares_mailbox=True,
            waive=STAFF - {PAYMENT},
        )
    # No seat: it stands there as one whose time was over, and the money for it is late.
    made = Registration(
        event=event,
        ticket_type=ticket_type,
        full_name=person.full_name,
        email=payer.email,
        language=payer.language,
        created_at=at,
        form_key=key,
        source=Source.IMPORT,
        shares_mailbox=True,
        state=State.UNPAID,
        hold_until=at,
        letters=False,
    )
    made.save(force_insert=True)
    made.changes.create(at=at, became=State.UNPAID)
    made.expire(at=at)
    Registration.objects.filter(pk=made.pk).update(letters=True)  # should a seat be found, the ticket is told
    return made
