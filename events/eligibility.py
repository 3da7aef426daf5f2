"""May somebody register, and if not, why and what next.

One ordered list of small gates; the first that says no ends it. The page, the form and the POST all ask
`event.eligibility`; the seats
are asked once more under the lock (registering.py).
"""

from __future__ import annotations

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

    `reason` is a stable code; `sentence` says it to a person; `next_step` is what the page offers then.
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
    "not_open_yet": _("Registration is not open yet"),
    "finished": _("The event is over"),
    "too_early": _("Registration is not open yet"),
    "closed": _("Registration is closed"),
    "paused": _("Registration is paused"),
    "type_closed": _("This kind of ticket is not on offer now"),
    "paid": _("This kind of ticket cannot be had here"),
    "already_registered": _("This address is already registered"),
    "too_often": _("This address was registered several times within the hour"),
    "full": _("No seats left"),
}
SENTENCES = {
    "not_open_yet": _("The organiser has not opened this event yet. Please come back later."),
    "finished": _("Who attended finds the certificate of attendance on the page of their ticket."),
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

    @cached_property
    def counted(self) -> list[TicketType]:
        offers = self.event.offers(self.at) if self.offers is None else self.offers
        return [offer for offer in offers if self.ticket_type is None or offer.pk == self.ticket_type.pk]

    @cached_property
    def address_is_taken(self) -> bool:
        return bool(self.email) and self.event.registrations.live().of_address(self.email).exists()


def published(facts: Facts) -> Verdict | None:
    return None if facts.event.is_published(facts.at) else Verdict(False, "not_open_yet", "wait")


def not_over(facts: Facts) -> Verdict | None:
    return Verdict(False, "finished", "certificate") if facts.event.is_over(facts.at) else None


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


def type_on_offer(facts: Facts) -> Verdict | None:
    chosen = facts.ticket_type
    if chosen is None:
        return None
    if chosen.event_id != facts.event.pk or not chosen.is_open(facts.at):
        return Verdict(False, "type_closed", "choose")
    return Verdict(False, "paid", "ask") if chosen.price else None


def new_address(facts: Facts) -> Verdict | None:
    return Verdict(False, "already_registered", "send_link") if facts.address_is_taken else None


def seat_free(facts: Facts) -> Verdict | None:
    open_offers = [offer for offer in facts.counted if offer.is_open(facts.at) and not offer.price]
    return None if any(not offer.is_full for offer in open_offers) else Verdict(False, "full", "choose")


GATES = (published, not_over, window, not_paused, type_on_offer, new_address, seat_free)


def ask(
    event: Event,
    ticket_type: TicketType | None = None,
    email: str = "",
    *,
    at: datetime,
    offers: list[TicketType] | None = None,
    count: bool = True,
) -> Verdict:
    facts = Facts(event, ticket_type, email, at, offers)
    gates = GATES if count else [gate for gate in GATES if gate is not seat_free]
    return next((no for gate in gates if (no := gate(facts))), Verdict(True, outcome="confirmed"))


NEXT_STEPS = {"already_registered": "send_link", "too_often": "wait"}


def refusal(reason: str) -> Verdict:
    """A refusal that came too late for a gate: found under the lock or by a constraint."""
    return Verdict(False, reason, NEXT_STEPS.get(reason, "choose"))
