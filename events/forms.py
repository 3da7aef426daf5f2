"""What a person typed, turned into what `Event.register` and `registration.correct` understand."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import questions
from events.models import Event, Person, QuestionVersion, Registration, TicketType
from events.models.question import Moment, Value
from people import consent
from people.formfields import EmailField, NameField, PhoneField, TextField
from people.models import Unit

CONSENT_VERSION = consent.current("registration").version
SALT = "events.register"
FORM_LASTS = 86_400  # seconds from opening the form to sending it


class Details(forms.Form):
    """What is printed on ticket, badge and certificate, and how to reach the person."""

    full_name = NameField(label=_("Full name"))
    organisation = TextField(
        label=_("Agency or organisation"),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Please say which agency or organisation you come from.")},
    )
    position = TextField(
        label=pgettext_lazy("job", "Position"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = PhoneField(
        label=_("Phone"),
        required=False,
        help_text=_("We call only if something urgent comes up on the day. Numbers from abroad begin with +"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Asked only when the form is drawn.
        self.fields["organisation"].suggestions = SimpleLazyObject(Unit.objects.offices().full_names)


class CorrectionForm(Details):
    """For a ticket that is already there. The address stays: the ticket belongs to whoever reads that mailbox."""

    answers: dict[QuestionVersion, Value | None]

    def __init__(self, data=None, *, registration: Registration):
        super().__init__(data, initial={field: getattr(registration, field) for field in Details.base_fields})
        self.ticket_type = registration.ticket_type
        asked = questions.ask(registration.event, ticket_type=self.ticket_type)
        questions.add_fields(self, asked, questions.given_by(registration) if asked else {})

    @classmethod
    def of(cls, registration: Registration, data=None) -> Self:
        return cls(data, registration=registration)

    def clean(self):
        cleaned = super().clean()
        self.answers = questions.clean(self, self.asked, self.ticket_type)
        return cleaned

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Details.base_fields}


class Consenting(forms.Form):
    """The box of the consent text; never ticked beforehand."""

    consent = forms.BooleanField(error_messages={"required": _("We need your consent before we can make the ticket.")})


class AcceptanceForm(Consenting, CorrectionForm):
    """Somebody was named by an organiser or a coordinator, looks over the own data and takes the seat."""

    field_order = ["full_name", "organisation", "position", "phone", "consent"]


class GateForm(forms.Form):
    """What is asked of somebody who comes in."""

    answers: dict[QuestionVersion, Value | None]

    def __init__(self, data=None, *, registration: Registration):
        super().__init__(data)
        self.ticket_type = registration.ticket_type
        self.given = questions.given_by(registration)
        asked = questions.ask(registration.event, Moment.CHECK_IN, ticket_type=self.ticket_type, given=self.given)
        questions.add_fields(self, asked, self.given)

    def clean(self):
        cleaned = super().clean()
        self.answers = questions.clean(self, self.asked, self.ticket_type, self.given)
        return cleaned


class HandOverForm(Details):
    """Who comes instead."""

    email = EmailField(label=_("E-mail address"), help_text=_("The new ticket is sent here"))
    consent = forms.BooleanField(
        label=_("This person agrees to come and to being registered."),
        error_messages={"required": _("Please ask the person first, then tick this box.")},
    )

    field_order = ["full_name", "email", "organisation", "position", "phone", "consent"]

    def person(self) -> Person:
        return person_of(self.cleaned_data)


class RegistrationForm(Consenting, Details):
    """The whole registration on one screen."""

    ticket_type = forms.ChoiceField(
        label=_("You come as"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose as what you come."),
            "invalid_choice": _("Please choose one of these kinds of ticket."),
        },
    )
    email = EmailField(label=_("E-mail address"), help_text=_("The ticket and changes of the agenda are sent here"))
    access_code = TextField(
        label=_("Access code"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    news = forms.BooleanField(required=False)
    # People do not see this one; scripts fill it in.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["ticket_type", "full_name", "organisation", "position", "email", "phone", "consent"]

    answers: dict[QuestionVersion, Value | None]

    def __init__(self, *args, event: Event, offers: list[TicketType], at: datetime, **kwargs):
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"form_key": uuid.uuid4(), "shown_at": signing.dumps(at.timestamp(), salt=SALT)} | kwargs[
            "initial"
        ]
        super().__init__(*args, **kwargs)
        self.event, self.at = event, at
        self.offer(offers)
        questions.add_fields(self, questions.ask(event))
        self.fields["consent"] = self.fields.pop("consent")  # the last thing one reads
        if not self.is_bound and "ticket_type" not in self.initial:
            free = next((offer for offer in self.offers if not offer.is_full), self.offers[0] if self.offers else None)
            self.initial["ticket_type"] = str(free.pk) if free else None

    def offer(self, offers: list[TicketType]) -> None:
        self.has_codes = any(offer.access_code for offer in offers)
        self.offers = [
            offer for offer in offers if offer.is_open(self.at) and offer.can_be_had and offer.is_shown(self.code)
        ]
        self.fields["ticket_type"].choices = [(str(offer.pk), offer.name) for offer in self.offers]

    @classmethod
    def kept(cls, typed: QueryDict) -> dict[str, Any]:
        """What was typed before an access code was looked up, or came in an address with “?code=”."""
        own: dict[str, Any] = {name: typed[name] for name in cls.base_fields if name in typed and name != "shown_at"}
        return own | questions.kept(typed)

    @property
    def code(self) -> str:
        """The access code as typed."""
        return str(self["access_code"].value() or "")[:40]

    @property
    def brings_ticket_at_once(self) -> bool:
        """Is there nothing to pay and nobody to ask, whichever kind is chosen?"""
        return not any(offer.price or offer.needs_approval for offer in self.offers)

    @property
    def has_waiting_list(self) -> bool:
        return self.event.has_waiting_list(self.at)

    def recount(self) -> list[TicketType]:
        """Before the form is shown again: every type with the seats it has left now. What was typed stays."""
        offers = self.event.offers(self.at)
        self.offer(offers)
        return offers

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Please leave this field empty."))
        return ""

    def clean(self):
        cleaned = super().clean()
        self.answers = questions.clean(self, self.asked, self.chosen if "ticket_type" in cleaned else None)
        try:
            shown = float(signing.loads(cleaned.get("shown_at") or "", salt=SALT))
        except (signing.BadSignature, ValueError):
            shown = 0.0
        age = self.at.timestamp() - shown
        if age > FORM_LASTS:
            # Shown again, it is a fresh form: what was typed stays, and the next press is taken.
            self.data = self.data.copy()
            self.data["shown_at"] = signing.dumps(self.at.timestamp(), salt=SALT)
            raise forms.ValidationError(
                _("This form was opened long ago. Nothing is lost: please look over it and press the button once more.")
            )
        if age < settings.REGISTRATION_SECONDS_AT_LEAST:
            raise forms.ValidationError(
                _("That was very fast. Please look over your answers and press the button once more.")
            )
        return cleaned

    @property
    def chosen(self) -> TicketType:
        return next(offer for offer in self.offers if str(offer.pk) == self.cleaned_data["ticket_type"])

    @property
    def cards(self) -> list[tuple[TicketType, bool]]:
        """(ticket type, is it the chosen one) for the template."""
        value = str(self["ticket_type"].value() or "")
        return [(offer, str(offer.pk) == value, offer.step_at(self.at)) for offer in self.offers]

    def person(self) -> Person:
        return person_of(self.cleaned_data)


class CompanionForm(RegistrationForm):
    """Another person on the mailbox of somebody who is registered already."""

    def __init__(self, *args, contact: Registration, **kwargs):
        super().__init__(*args, **kwargs)
        self.contact = contact
        del self.fields["email"]

    def person(self) -> Person:
        return person_of({**self.cleaned_data, "email": self.contact.email})


def person_of(data: dict[str, str]) -> Person:
    return Person(
        full_name=data["full_name"],
        email=data["email"],
        phone=data["phone"],
        organisation=data["organisation"],
        position=data["position"],
        unit=unit_named(data["organisation"]),
    )


class AddressForm(forms.Form):
    """“Send me my ticket again”."""

    email = EmailField(label=_("E-mail address"), help_text=_("The address with which you registered"))


# Written out, since everybody passes here (decision 0010).
UNIT_NAMED = """
SELECT id FROM people_unit WHERE kind <> %s AND (full_name_vi = %s OR full_name_en = %s OR name = %s)
ORDER BY name_sort, slug LIMIT 1
"""


def unit_named(organisation: str) -> Unit | None:
    """The unit, when somebody chose or typed its whole name."""
    if not organisation:
        return None
    return next(iter(Unit.objects.raw(UNIT_NAMED, [Unit.Kind.PROVINCE, *[organisation] * 3])), None)


def units_by_name() -> dict[str, Unit]:
    """What `unit_named` answers, for every name there is."""
    found: dict[str, Unit] = {}
    for unit in Unit.objects.offices():
        for name in filter(None, (unit.full_name_vi, unit.full_name_en, unit.name)):
            found.setdefault(name, unit)
    return found
