"""What a person typed, turned into what `Event.register` and `registration.correct` understand."""

from __future__ import annotations

import uuid
from datetime import datetime

from django import forms
from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event, Person, Registration, TicketType
from people import consent
from people.formfields import EmailField, NameField, PhoneField, TextField
from people.models import Unit

CONSENT_VERSION = consent.current("registration").version
SALT = "events.register"


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

    @classmethod
    def of(cls, registration: Registration, data=None) -> CorrectionForm:
        fields = ("full_name", "organisation", "position", "phone")
        return cls(data, initial={field: getattr(registration, field) for field in fields})


class RegistrationForm(Details):
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
    consent = forms.BooleanField(error_messages={"required": _("We need your consent before we can make the ticket.")})
    # People do not see this one; scripts fill it in.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["ticket_type", "full_name", "organisation", "position", "email", "phone", "consent"]

    def __init__(self, *args, event: Event, offers: list[TicketType], at: datetime, **kwargs):
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"form_key": uuid.uuid4(), "shown_at": signing.dumps(at.timestamp(), salt=SALT)} | kwargs[
            "initial"
        ]
        super().__init__(*args, **kwargs)
        self.event, self.at = event, at
        self.offer(offers)
        if not self.is_bound and "ticket_type" not in self.initial:
            self.initial["ticket_type"] = next((str(offer.pk) for offer in self.offers if not offer.is_full), None)

    def offer(self, offers: list[TicketType]) -> None:
        self.offers = [offer for offer in offers if offer.is_open(self.at) and not offer.price]
        self.fields["ticket_type"].choices = [(str(offer.pk), offer.name) for offer in self.offers]

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
        try:
            shown = float(signing.loads(cleaned.get("shown_at") or "", salt=SALT))
        except (signing.BadSignature, ValueError):
            shown = None
        if shown is None or self.at.timestamp() - shown < settings.REGISTRATION_SECONDS_AT_LEAST:
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
        return [(offer, str(offer.pk) == value) for offer in self.offers]

    def person(self) -> Person:
        data = self.cleaned_data
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


def unit_named(organisation: str) -> Unit | None:
    """The unit, when somebody chose or typed its whole name."""
    if not organisation:
        return None
    named = Q(full_name_vi=organisation) | Q(full_name_en=organisation) | Q(name=organisation)
    return Unit.objects.offices().filter(named).only("pk").first()
