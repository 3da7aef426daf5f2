"""May somebody register, and if not, why and what next.

One ordered list of small gates; the first that says no ends it. The page, the form, the POST, imports and the back
office all ask `event.eligibility`; the seats are asked once more under the lock (seats.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from content.templatetags.kit import vn_datetime

if TYPE_CHECKING:
    from events.models import Event, TicketType


@dataclass(frozen=True)
class Verdict:
    """The answer.

    `reason` is a stable code; `sentence` says it to a person; `next_step` is what the page offers then; `outcome` is
    the state in which an allowed registration is born.
    """

    allowed: bool
    reason: str = ""
    next_step: str = ""
    outcome: str = ""
    moment: datetime | None = None

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.reason]) % {"moment": vn_datetime(self.moment)} if self.reason else ""

    @property
    def heading(self) -> str:
        return str(HEADINGS[self.reason]) if self.reason else ""


class Refused(Exception):
    """Nobody was registered; the verdict says why."""

    def __init__(self, verdict: Verdict):
        super().__init__(verdict.reason)
        self.verdict = verdict


class Busy(Exception):
    """The seats could not be had in time: press again. Nothing was written."""


HEADINGS = {
    "called_off": _("The event has been called off"),
    "postponed": _("The event has been postponed"),
    "by_invitation": _("For invited people"),
    "nothing_on_offer": _("No kind of ticket is on offer now"),
    "code_needed": _("This kind of ticket needs an access code"),
    "invitation_needed": _("This kind of ticket is for invited people"),
    "not_in_audience": _("This kind of ticket is for other addresses"),
    "held_for_waiting_list": _("No seats left"),
    "allotment_full": _("All seats of the delegation are named"),
    "allotment_used": _("More people are named already"),
    "released": _("The seats of the delegation are no longer set aside"),
    "not_open_yet": _("Registration is not open yet"),
    "finished": _("The event is over"),
    "no_longer_kept": _("Registrations of this event are no longer kept"),
    "too_early": _("Registration is not open yet"),
    "closed": _("Registration is closed"),
    "paused": _("Registration is paused"),
    "type_closed": _("This kind of ticket is not on offer now"),
    "paid": _("This kind of ticket cannot be had here"),
    "already_registered": _("This address is already registered"),
    "too_often": _("This address was registered several times within the hour"),
    "too_many_changes": _("Many changes within one hour"),
    "handed_over_often": _("This ticket was handed over several times today"),
    "full": _("No seats left"),
}
SENTENCES = {
    "called_off": _("The organiser has called the event off, so nobody can register."),
    "postponed": _("A new date will be announced. Registration opens again then."),
    "by_invitation": _("Please use the link in your invitation. Without one, please ask the organiser."),
    "nothing_on_offer": _("Please come back later, or ask the organiser when tickets can be had."),
    "code_needed": _("The code is not right. Please look at the letter that brought it, or choose another kind."),
    "invitation_needed": _("Please use the link in your invitation, or choose another kind of ticket."),
    "not_in_audience": _("Please use the address of your agency or school, or choose another kind of ticket."),
    "held_for_waiting_list": _("The seats that have just come free are kept for the people on the waiting list."),
    "allotment_full": _("Take somebody's name away first, or ask the organiser for more seats."),
    "allotment_used": _("The number of seats cannot be smaller than the number of people named."),
    "released": _("Please ask the organiser whether seats are left."),
    "not_open_yet": _("The organiser has not opened this event yet. Please come back later."),
    "finished": _("Who attended finds the certificate of attendance on the page of their ticket."),
    "no_longer_kept": _("They were emptied on %(moment)s. Please keep them longer first, on the event's own page."),
    "too_early": _("Registration opens at %(moment)s."),
    "closed": _("Registration closed at %(moment)s. Please write to the organiser if you still need a seat."),
    "paused": _("The organiser has paused registration for a short while. Please try again later."),
    "type_closed": _("Please choose another kind of ticket, or ask the organiser."),
    "paid": _("Please ask the organiser how to get a ticket of this kind."),
    "already_registered": _(
        "An earlier registration uses this address. We have sent the link to its ticket to that address,"
        " so that only its owner can open it."
    ),
    "too_often": _(
        "Each registration sends a letter to this address, and we send only a few within an hour."
        " Please look in the mailbox for the ticket, or try again in twenty minutes."
    ),
    "too_many_changes": _("Please wait some minutes and try again. Nothing you entered is lost."),
    "handed_over_often": _("Please write to the organiser if it has to change hands once more, or try again tomorrow."),
    "full": _(
        "All seats of this kind are taken. Please choose another kind of ticket, or come back:"
        " seats that are given back are free again."
    ),
}


@dataclass
class Facts:
    """What the gates look at: at most three queries, whatever they ask."""

    event: Event
    ticket_type: TicketType | None
    email: str
    at: datetime
    offers: list[TicketType] | None = field(default=None)
    code: str = ""
    wait: bool = False
    shared: bool = False
    waive: frozenset[str] = frozenset()

    @cached_property
    def counted(self) -> list[TicketType]:
        offers = self.event.offers(self.at) if self.offers is None else self.offers
        return [offer for offer in offers if self.ticket_type is None or offer.pk == self.ticket_type.pk]

    @cached_property
    def address_is_taken(self) -> bool:
        """One person, one registration; a mailbox that others share is no person."""
        if not self.email or self.shared:
            return False
        return self.event.registrations.live().filter(shares_mailbox=False).of_address(self.email).exists()


Gate = Callable[[Facts], Verdict | None]


def published(facts: Facts) -> Verdict | None:
    return None if facts.event.is_published(facts.at) else Verdict(False, "not_open_yet", "wait")


def not_off(facts: Facts) -> Verdict | None:
    if facts.event.cancelled_at is not None:
        return Verdict(False, "called_off", "event")
    return Verdict(False, "postponed", "event") if facts.event.postponed_at is not None else None


def not_over(facts: Facts) -> Verdict | None:
    return Verdict(False, "finished", "certificate") if facts.event.is_over(facts.at) else None


def still_kept(facts: Facts) -> Verdict | None:
    """Who would be emptied at once is not taken in, whoever asks."""
    until = facts.event.kept_until
    return Verdict(False, "no_longer_kept", "ask", moment=until) if until is not None and until <= facts.at else None


def window(facts: Facts) -> Verdict | None:
    event = facts.event
    if facts.at < event.registration_opens_at:
        return Verdict(False, "too_early", "wait", moment=event.registration_opens_at)
    if facts.at >= event.registration_closes_at:
        return Verdict(False, "closed", "ask", moment=event.registration_closes_at)
    return None


def not_paused(facts: Facts) -> Verdict | None:
    paused = facts.event.registration_paused_at
    return Verdict(False, "paused", "wait") if paused is not None and paused <= facts.at else None


def type_of_event(facts: Facts) -> Verdict | None:
    chosen = facts.ticket_type
    other = chosen is not None and chosen.event_id != facts.event.pk
    return Verdict(False, "type_closed", "choose") if other else None


def type_window(facts: Facts) -> Verdict | None:
    chosen = facts.ticket_type
    closed = chosen is not None and not chosen.is_open(facts.at)
    return Verdict(False, "type_closed", "choose") if closed else None


def type_shown(facts: Facts) -> Verdict | None:
    chosen = facts.ticket_type
    if chosen is None or chosen.is_shown(facts.code):
        return None
    return Verdict(False, "code_needed" if chosen.access_code else "invitation_needed", "choose")


def audience(facts: Facts) -> Verdict | None:
    chosen = facts.ticket_type
    outsider = chosen is not None and bool(facts.email) and not chosen.is_for(facts.email)
    return Verdict(False, "not_in_audience", "choose") if outsider else None


def payable(facts: Facts) -> Verdict | None:
    chosen = facts.ticket_type
    return Verdict(False, "paid", "ask") if chosen is not None and not chosen.can_be_had else None


def new_address(facts: Facts) -> Verdict | None:
    return Verdict(False, "already_registered", "send_link") if facts.address_is_taken else None


def something_to_choose(facts: Facts) -> Verdict | None:
    """Who has not chosen yet needs a kind to choose, or a code to type; else "no seats left" would not be true."""
    if facts.ticket_type is not None:
        return None
    on_offer = [offer for offer in facts.counted if offer.is_open(facts.at) and offer.can_be_had]
    if any(offer.is_shown(facts.code) for offer in on_offer):
        return None
    if any(offer.access_code and offer.visibility == "code" for offer in on_offer):
        return Verdict(True, next_step="code")
    invited = any(offer.visibility == "invitation" for offer in on_offer)
    return Verdict(False, "by_invitation" if invited else "nothing_on_offer", "ask")


def seat_free(facts: Facts) -> Verdict | None:
    offers = [offer for offer in facts.counted if offer.is_open(facts.at) and offer.is_shown(facts.code)]
    if any(offer.can_be_had and not offer.is_full for offer in offers):
        return None
    if facts.event.has_waiting_list(facts.at):
        return Verdict(facts.wait, "" if facts.wait else "full", "wait_list", outcome="waitlisted")
    return Verdict(False, "full", "choose")


# In this order; the first that says no ends it. A name can be waived: by the organiser, an invitation, an allotment.
GATES: dict[str, Gate] = {
    "published": published,
    "off": not_off,
    "over": not_over,
    "kept": still_kept,
    "window": window,
    "paused": not_paused,
    "type": type_of_event,
    "type_window": type_window,
    "shown": type_shown,
    "audience": audience,
    "payable": payable,
    "address": new_address,
    "choice": something_to_choose,
    "seat": seat_free,
}
ASK_THE_SEATS = frozenset({"choice", "seat"})  # they look at every kind of ticket and count
# Decided after the gates: does somebody have to agree first, and does money have to come?
APPROVAL, PAYMENT = "approval", "payment"

STAFF = frozenset({"published", "window", "paused", "type_window", "shown", "audience", "payable", APPROVAL, PAYMENT})
INVITED = STAFF - {PAYMENT, "payable"}
PAST = STAFF | {"over"}  # a list of who came, handed in afterwards; nobody on it gets a letter


def ask(
    event: Event,
    ticket_type: TicketType | None = None,
    email: str = "",
    *,
    at: datetime,
    offers: list[TicketType] | None = None,
    count: bool = True,
    code: str = "",
    wait: bool = False,
    shared: bool = False,
    waive: frozenset[str] = frozenset(),
) -> Verdict:
    """The verdict; when it allows, `outcome` is the state in which the registration would be born.

    `count=False` leaves the seats to whoever counts them under the lock. `code`: the access code that was typed.
    `wait`: the waiting list is welcome when no seat is left. `shared`: the mailbox is somebody else's.
    """
    facts = Facts(event, ticket_type, email, at, offers, code, wait, shared, waive)
    for name, gate in GATES.items():
        if name in waive or (name in ASK_THE_SEATS and not count):
            continue
        if (verdict := gate(facts)) is not None:
            return verdict
    return Verdict(True, outcome=outcome(ticket_type, waive))


def outcome(ticket_type: TicketType | None, waive: frozenset[str]) -> str:
    if ticket_type is not None and ticket_type.needs_approval and APPROVAL not in waive:
        return "pending"
    return "unpaid" if ticket_type is not None and ticket_type.price and PAYMENT not in waive else "confirmed"


NEXT_STEPS = {"already_registered": "send_link", "too_often": "wait", "held_for_waiting_list": "wait_list"}


def refusal(reason: str) -> Verdict:
    """A refusal that came too late for a gate: found under the lock or by a constraint."""
    return Verdict(False, reason, NEXT_STEPS.get(reason, "choose"))
