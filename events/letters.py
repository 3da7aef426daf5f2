"""The letters that registrations cause. Rendered when they leave, from what is true then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates import qr
from events import calendar, letter_text, paper
from letters import kinds

if TYPE_CHECKING:
    from events.models import Confirmation, Delegation, EventChange, Order, Registration
    from letters.models import Letter

FRAME = "letters/registration"


def registration_of(letter: Letter) -> Registration:
    from events.models import Registration

    return Registration.objects.select_related("event", "ticket_type", "delegation").get(pk=letter.about_id)


def delegation_of(letter: Letter) -> Delegation:
    from events.models import Delegation

    return Delegation.objects.select_related("event", "ticket_type").get(pk=letter.about_id)


def about_registration(
    button: Any, *, facts: bool = True, ticket: bool = False, public: bool = False
) -> Callable[[Letter], dict[str, Any]]:
    """What the frame and the words of a letter about a registration read.

    `ticket`: it carries the QR code once the seat is confirmed. `public`: it leads to the event's own page, and may be
    read by whoever is no longer allowed to open the registration's.
    """

    def context(letter: Letter) -> dict[str, Any]:
        from events.models import Order

        registration = registration_of(letter)
        event = registration.event
        last = registration.changes.exclude(was=F("became")).last()
        waits = registration.state == "waitlisted"
        order = Order.objects.open_for(registration) if registration.state == "unpaid" else None
        return {
            "registration": registration,
            "event": event,
            "addressee": letter.data.get("former_name") or addressee(registration),
            "was": last.was if last else "",
            "reason": last.said if last and not registration.was_declined else "",
            "declined": registration.was_declined,
            # While the event is off nobody's time runs, and there is no moment to name.
            "held_until": registration.hold_until
            if registration.is_held(timezone.now()) and not event.is_off
            else None,
            "place": registration.place_in_line() if waits else 0,
            "order": order,
            "account": event.transfer_account if order else None,
            "facts": facts,
            "ticket": ticket and registration.is_confirmed,
            "button": button,
            "link": settings.SITE_URL + (event if public else registration).get_absolute_url(),
            "secret": not public,
        }

    return context


def addressee(registration: Registration) -> str:
    return f"{registration.salutation} {registration.full_name}".strip()


def about_change(context: Callable[[Letter], dict[str, Any]]) -> Callable[[Letter], dict[str, Any]]:
    """The same, and what was announced; None for a letter that is only looked at."""
    return lambda letter: context(letter) | {"change": change_of(letter)}


def change_of(letter: Letter) -> EventChange | None:
    from events.models import EventChange

    return EventChange.objects.select_related("event").filter(pk=letter.data.get("change")).first()


def order_of(letter: Letter) -> Order:
    from events.models import Order

    return Order.objects.select_related("event").get(pk=letter.about_id)


def about_order(letter: Letter) -> dict[str, Any]:
    """What a letter about money reads; `refund`: the one that it tells of."""
    from events.models import Refund

    order = order_of(letter)
    refund = Refund.objects.filter(pk=letter.data["refund"]).first() if "refund" in letter.data else None
    lines = order.lines.select_related("registration").order_by("pk")
    return {
        "order": order,
        "event": order.event,
        "lines": lines,
        "late": [line for line in lines if line.state == "late"],
        "refund": refund,
        "addressee": order.payer_name,
        "button": _("Open the page of the order"),
        "link": settings.SITE_URL + order.get_absolute_url(),
        "secret": True,
    }


def to_the_office(letter: Letter) -> dict[str, Any]:
    from events.models import Payment

    payment = Payment.objects.filter(pk=letter.data.get("payment")).first()
    return about_order(letter) | {
        "payment": payment,
        "why": letter.data.get("why", ""),
        "button": _("Open it in the back office"),
        "link": settings.SITE_URL + reverse("events_order:inspect", args=[letter.about_id]),
        "secret": False,
    }


def to_accountants(letter: Letter) -> dict[str, Any]:
    from events.models import BankLine

    return {
        "number": BankLine.objects.waiting().count(),
        "button": _("Open the transfers"),
        "link": settings.SITE_URL + reverse("events_bankline:index"),
    }


def transfers_wait(letter: Letter) -> bool:
    """Somebody may have decided meanwhile, or the reader keeps the books no more."""
    from events.models import BankLine

    may = letter.person is not None and letter.person.has_perm("events.handle_bankline")
    return may and BankLine.objects.waiting().exists()


def same_payer(letter: Letter) -> bool:
    return order_of(letter).payer_email == letter.to


def about_delegation(letter: Letter) -> dict[str, Any]:
    delegation = delegation_of(letter)
    return {
        "delegation": delegation,
        "event": delegation.event,
        "addressee": delegation.coordinator_name,
        "members": delegation.registrations.live().by_name(),
        "button": _("Open the page of the delegation"),
        "link": settings.SITE_URL + delegation.get_absolute_url(),
        "secret": True,
    }


# ---------------------------------------------------------------- is it still for this reader?


def same_holder(letter: Letter) -> bool:
    """A letter that waited while the ticket was handed over must not bring the new holder's ticket to the old one."""
    return registration_of(letter).email == letter.to


def same_coordinator(letter: Letter) -> bool:
    return delegation_of(letter).coordinator_email == letter.to


def tells_the_latest(letter: Letter) -> bool:
    """Who gets two letters about an event should not read the earlier one last."""
    change = change_of(letter)
    return change is None or change.is_latest


def latest_of_same_holder(letter: Letter) -> bool:
    return same_holder(letter) and tells_the_latest(letter)


def latest_of_same_coordinator(letter: Letter) -> bool:
    return same_coordinator(letter) and tells_the_latest(letter)


def still_comes(letter: Letter) -> bool:
    """Reminders and thanks: not after cancelling, and not for an event that does not take place."""
    registration = registration_of(letter)
    return registration.is_confirmed and not registration.event.is_off and same_holder(letter)


# ---------------------------------------------------------------- attachments


def ticket_files(letter: Letter) -> list[kinds.Attachment]:
    """The ticket as PDF, the calendar file, and the code as a picture inside the letter.

    Without a confirmed seat there is no ticket.
    """
    registration = registration_of(letter)
    if not registration.is_confirmed:
        return []
    return [
        (f"ve-{registration.code}.pdf", paper.ticket_pdf(registration), "application/pdf"),
        _calendar(registration),
        _code(registration),
    ]


def transfer_code(letter: Letter) -> list[kinds.Attachment]:
    """Who has to pay gets the code for the bank's app as a picture inside the letter."""
    from events.models import Order

    registration = registration_of(letter)
    order = Order.objects.open_for(registration) if registration.state == "unpaid" else None
    account = registration.event.transfer_account if order else None
    transfer = account.transfer_for(order) if account and order else None
    return [("vietqr.png", transfer.png(), "image/png", "vietqr")] if transfer else []


def confirmation_files(letter: Letter) -> list[kinds.Attachment]:
    """The confirmation of payment that is valid when the letter leaves."""
    return [_paper(paper) for paper in order_of(letter).confirmations.valid()]


def cancellation_files(letter: Letter) -> list[kinds.Attachment]:
    """The latest paper that cancels a confirmation, and the valid one if there is one again."""
    papers = order_of(letter).confirmations.order_by("-year", "-number")
    cancelled = papers.filter(kind="cancelled")[:1]
    return [_paper(paper) for paper in (*papers.valid(), *cancelled)]


def _paper(paper: Confirmation) -> kinds.Attachment:
    from events.payments import confirming

    return paper.file_name, confirming.confirmation_pdf(paper), "application/pdf"


def code_picture(letter: Letter) -> list[kinds.Attachment]:
    """The code alone, for letters to thousands: the PDF is on the page."""
    registration = registration_of(letter)
    return [_code(registration)] if registration.is_confirmed else []


def calendar_file(letter: Letter) -> list[kinds.Attachment]:
    """For who has the event in a calendar: where and when it is now, or that the entry is to be taken out."""
    registration = registration_of(letter)
    return [] if registration.confirmed_at is None else [_calendar(registration)]


def _calendar(registration: Registration) -> kinds.Attachment:
    method = calendar.method_of(registration)
    name = f"{registration.event.slug}.ics"
    return name, calendar.of_registration(registration), f"text/calendar; method={method}; charset=utf-8"


def _code(registration: Registration) -> kinds.Attachment:
    return "qr.png", qr.png(registration.ticket_url, 8), "image/png", "qr"


# ---------------------------------------------------------------- the kinds


def _register(key: str, name: Any, context: Callable, **more: Any) -> None:
    """A kind whose words the organiser may write anew (events.letter_text)."""
    kinds.register(kinds.Kind(key, name, context, frame=FRAME, own_words=letter_text.own_words, **more))


def register_kinds() -> None:
    mine: dict[str, Any] = {"secret": True, "still_due": same_holder}
    to_page = _("Open my page")
    page, short = about_registration(to_page), about_registration(to_page, facts=False)
    to_event = _("About the event")
    ticket = about_registration(_("Open my ticket"), ticket=True)
    answer = about_registration(_("Answer on my page"))
    _register("registration_received", _("Registration received"), page, attachments=transfer_code, **mine)
    _register("registration_confirmed", _("Ticket"), ticket, attachments=ticket_files, **mine)
    _register("registration_rejected", _("Registration rejected"), short, **mine)
    _register("registration_waitlisted", _("On the waiting list"), page, **mine)
    _register("registration_offered", _("Offer of a seat"), answer, **mine)
    _register("registration_invited", _("Invitation"), answer, **mine)
    _register("registration_expired", _("Seat no longer kept"), short, **mine)
    _register(
        "registration_cancelled",
        _("Registration cancelled"),
        about_registration(to_event, facts=False, public=True),
        attachments=calendar_file,
    )
    _register("registration_link", _("Ticket, sent again"), ticket, attachments=ticket_files, **mine)
    _register(
        "registration_handed_over",
        _("Ticket handed over, to the former holder"),
        about_registration(to_event, facts=False, public=True),
    )
    _register(
        "event_changed",
        _("Event changed"),
        about_change(page),
        attachments=calendar_file,
        queue="bulk",
        secret=True,
        still_due=latest_of_same_holder,
    )
    _register(
        "event_cancelled",
        _("Event called off"),
        about_change(about_registration(to_event, facts=False, public=True)),
        attachments=calendar_file,
        queue="bulk",
        still_due=latest_of_same_holder,
    )
    _register(
        "reminder", _("Reminder"), ticket, attachments=code_picture, queue="bulk", secret=True, still_due=still_comes
    )
    _register(
        "thanks",
        _("Thanks"),
        about_registration(_("Get my certificate"), facts=False),
        queue="bulk",
        secret=True,
        still_due=still_comes,
    )
    payer: dict[str, Any] = {"frame": "letters/payment", "secret": True, "still_due": same_payer}
    kinds.register(
        kinds.Kind("payment_received", _("Payment received"), about_order, attachments=confirmation_files, **payer)
    )
    kinds.register(
        kinds.Kind(
            "payment_corrected",
            _("Confirmation of payment corrected"),
            about_order,
            attachments=cancellation_files,
            **payer,
        )
    )
    kinds.register(kinds.Kind("payment_late", _("Payment came too late"), about_order, **payer))
    kinds.register(
        kinds.Kind("payment_refunded", _("Money returned"), about_order, attachments=cancellation_files, **payer)
    )
    kinds.register(
        kinds.Kind("payment_attention", _("Money that needs a decision"), to_the_office, frame="letters/payment")
    )
    kinds.register(kinds.Kind("card_refused", _("Cards are not taken"), to_the_office, frame="letters/payment"))
    kinds.register(kinds.Kind("transfers_waiting", _("Transfers that wait"), to_accountants, still_due=transfers_wait))
    coordinator: dict[str, Any] = {"secret": True, "still_due": same_coordinator}
    _register("delegation_link", _("Page of a delegation"), about_delegation, **coordinator)
    _register("delegation_summary", _("List of a delegation"), about_delegation, **coordinator)
    _register(
        "delegation_changed",
        _("Event changed, to a coordinator"),
        about_change(about_delegation),
        queue="bulk",
        secret=True,
        still_due=latest_of_same_coordinator,
    )
