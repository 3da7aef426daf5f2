"""Somebody stands at the desk and is not registered: one short form, then the ticket and an empty form again."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from certificates import qr
from events import eligibility
from events.eligibility import Busy, Refused
from events.forms import CONSENT_VERSION, unit_named
from events.models import Event, Person, Registration, Source, TicketType
from events.registration_actions import BUSY, named_with_seats, pdf
from people import consent
from people.formfields import EmailField, NameField, TextField
from people.models import AuditEntry, Unit, person_of

MAY = "events.add_walk_in"


class WalkInForm(forms.Form):
    full_name = NameField(label=_("Full name"))
    organisation = TextField(label=_("Agency or organisation"), max_length=250, required=False)
    ticket_type = forms.ChoiceField(
        label=_("Ticket type"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a ticket type.")},
    )
    email = EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("May be left out: then there is no letter, and the ticket is the printed one."),
    )
    let_in = forms.BooleanField(label=_("Let in at once"), required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, event: Event, at: datetime, initial: dict | None = None):
        super().__init__(data, initial={"form_key": uuid.uuid4()} | (initial or {}))
        self.event = event
        self.fields["organisation"].widget.attrs["list"] = "walk-in-units"
        # People type here with others in the line: the browser's own guesses are somebody else's data.
        for name in ("full_name", "organisation", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["full_name"].widget.attrs["autofocus"] = True
        self.offers = {str(offer.pk): offer for offer in event.offers(at)}
        self.fields["ticket_type"].choices = [(key, named_with_seats(offer)) for key, offer in self.offers.items()]

    def clean(self):
        cleaned = super().clean()
        if not self.event.contact_email and "email" in cleaned and not cleaned["email"]:
            self.add_error("email", _("Please give an address: the event has no contact address that could stand in."))
        return cleaned

    @property
    def chosen(self) -> TicketType:
        return self.offers[self.cleaned_data["ticket_type"]]

    def register(self, *, at: datetime, by) -> Registration:
        """Who has no mailbox of their own stands on the event's and gets no letters. Raises `Refused` or `Busy`."""
        own = self.cleaned_data["email"]
        organisation = self.cleaned_data["organisation"]
        person = Person(
            full_name=self.cleaned_data["full_name"],
            email=own or self.event.contact_email,
            organisation=organisation,
            unit=unit_named(organisation),
        )
        with transaction.atomic():
            registration = self.event.register(
                self.chosen,
                person,
                at=at,
                by=by,
                form_key=self.cleaned_data["form_key"],
                language=get_language() or "vi",
                source=Source.DESK,
                shares_mailbox=not own,
                letters=bool(own),
                waive=eligibility.STAFF,
            )
            if registration.created_at == at:
                # Said at the desk, so the record names the desk and the ticket, whoever's mailbox it is.
                source = f"{self.event.slug}: {registration.code}"
                consent.give(
                    "registration", email=person.email, at=at, source=source, actor=by, version=CONSENT_VERSION
                )
                AuditEntry.objects.record(by, "registration.walk_in", registration)
        return registration


def _made(request: HttpRequest, event: Event) -> Registration | None:
    """Whom this desk registered last."""
    made = event.registrations.select_related("event", "ticket_type").filter(erased_at=None)
    return made.filter(pk=request.session.get("walk_in") or 0).first()


def _words(form: WalkInForm, refused: Refused) -> tuple[str, str]:
    """(field, what happened and what to do)."""
    verdict = refused.verdict
    if verdict.reason in ("full", "held_for_waiting_list"):
        said = gettext("No seat of this kind is left, so nobody was registered. Choose another kind of ticket.")
        return "ticket_type", said
    if verdict.reason != "already_registered":
        return "ticket_type", f"{verdict.heading}. {verdict.sentence}"
    if form.cleaned_data["email"]:
        return "email", gettext("This address is already registered. Look the person up at the gate by name.")
    said = gettext("Somebody of this name was registered at the desk. For another person, give an e-mail address.")
    return "full_name", said


@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    at, by = timezone.now(), person_of(request)
    slug = request.POST.get("su-kien", request.GET.get("su-kien", ""))
    event = get_object_or_404(Event, slug=slug) if slug else Event.objects.at_the_gate(at)
    context: dict[str, Any] = {
        "page_title": gettext("Register at the desk"),
        "event": event,
        "events": Event.objects.filter(ends_at__gt=at),
    }
    if event is None:
        return render(request, "events/admin/walk_in.html", context)
    may_let_in = request.user.has_perm("events.check_in")
    kept = request.session.get("walk_in_kept", {})
    form = WalkInForm(
        request.POST if request.method == "POST" else None,
        event=event,
        at=at,
        initial={"ticket_type": kept.get("type"), "let_in": kept.get("let_in", False)},
    )
    if not may_let_in:
        del form.fields["let_in"]
    if request.method == "POST" and form.is_valid():
        try:
            new = form.register(at=at, by=by)
        except Refused as refused:
            form.add_error(*_words(form, refused))
        except Busy:
            form.add_error(None, str(BUSY))
        else:
            let_in = form.cleaned_data.get("let_in", False)
            if let_in:
                new.check_in(by=by, at=at, gate=request.session.get("gate", ""), event=event)
            # The next person in the line is often of the same kind.
            request.session["walk_in_kept"] = {"type": form.cleaned_data["ticket_type"], "let_in": let_in}
            request.session["walk_in"] = new.pk
            said = gettext("%(name)s is registered and inside.") if let_in else gettext("%(name)s is registered.")
            messages.success(request, said % {"name": new.full_name})
            return redirect(f"{reverse('events_walk_in:index')}?su-kien={event.slug}&moi=1")
    made = _made(request, event) if "moi" in request.GET and request.method != "POST" else None
    context |= {"form": form, "made": made, "units": Unit.objects.offices().full_names()}
    if made is not None:
        context["qr"] = qr.svg(made.ticket_url, gettext("QR code of the ticket, to be shown at the gate"))
        context["entry"] = made.entry()
    return render(request, "events/admin/walk_in.html", context, status=422 if form.errors else 200)


@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The ticket of whom this desk registered last."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    made = _made(request, get_object_or_404(Event, slug=slug))
    return redirect("events_walk_in:index") if made is None else pdf(made)


class WalkInViewSet(ViewSet):
    name = "events_walk_in"
    url_prefix = "dang-ky-tai-ban"
    icon = "plus"
    menu_label = _("Register at the desk")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY)
        return item

    def get_urlpatterns(self):
        return [path("", walk_in, name="index"), path("<slug:slug>/ve.pdf", paper, name="paper")]
