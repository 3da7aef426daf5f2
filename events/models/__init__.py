"""The forum's nouns: an event and its seats, registrations, scans at the gate, the agenda; and the pages in front
of them.
"""

from events.models.agenda import Room, Session, SessionSpeaker, Speaker, Track
from events.models.bank import BankAccount, BankLine, Statement
from events.models.bulk_run import BulkRun
from events.models.confirmation import Confirmation, ConfirmationCounter, LeftOutNumbers
from events.models.delegation import Delegation
from events.models.duplicate import DistinctPeople
from events.models.event import Event, Quota, TicketType, Visibility
from events.models.event_change import EventChange
from events.models.import_run import ImportRun
from events.models.letter_text import LetterText
from events.models.mass_mail import MassMail, MassMailRecipient
from events.models.order import Order, OrderLine, Payer
from events.models.payment import Dispute, LedgerEntry, Payment, PaymentChange, Provider, ProviderEvent, Refund
from events.models.price import Discount, GroupPrice, PriceStep
from events.models.question import Answer, Question, QuestionChoice, QuestionVersion
from events.models.registration import (
    LIVE_STATES,
    Person,
    Registration,
    RegistrationChange,
    RetiredTicket,
    Source,
    State,
)
from events.models.retention import EventStatistics
from events.models.saved_filter import SavedFilter
from events.models.scan import Scan, ScanResult
from events.pages import EventIndexPage, EventPage

__all__ = [
    "LIVE_STATES",
    "Answer",
    "BankAccount",
    "BankLine",
    "BulkRun",
    "Confirmation",
    "ConfirmationCounter",
    "Delegation",
    "Discount",
    "Dispute",
    "DistinctPeople",
    "Event",
    "EventChange",
    "EventIndexPage",
    "EventPage",
    "EventStatistics",
    "GroupPrice",
    "ImportRun",
    "LedgerEntry",
    "LeftOutNumbers",
    "LetterText",
    "MassMail",
    "MassMailRecipient",
    "Order",
    "OrderLine",
    "Payer",
    "Payment",
    "PaymentChange",
    "Person",
    "PriceStep",
    "Provider",
    "ProviderEvent",
    "Question",
    "QuestionChoice",
    "QuestionVersion",
    "Quota",
    "Refund",
    "Registration",
    "RegistrationChange",
    "RetiredTicket",
    "Room",
    "SavedFilter",
    "Scan",
    "ScanResult",
    "Session",
    "SessionSpeaker",
    "Source",
    "Speaker",
    "State",
    "Statement",
    "TicketType",
    "Track",
    "Visibility",
]
