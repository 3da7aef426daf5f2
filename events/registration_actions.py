"""What an organiser does with one registration: always a verb of the registration, and a line in the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_denied

from events import questions
from events.eligibility import HEADINGS, Busy, Refused
from events.forms import CONSENT_VERSION, CorrectionForm, HandOverForm
from events.models import Registration, TicketType
from events.models.bulk_run import VERBS, Action
from events.models.registration import NAME_TAKEN, AlreadyInside, CannotCorrect, NameTaken
from events.paper import ticket_pdf
from events.payments.ordering import CannotAsk
from people.formfields import EmailField, TextField
from people.models import AuditEntry, person_of

BUSY = _("Many people are registering right now. Please press the button again.")


class OfficeForm(CorrectionForm):
    """Everything that organisers may correct: also the mailbox, and what protocol has to know."""

    email = EmailField(
        label=_("E-mail address"),
        help_text=_("Another address: the letter with the ticket goes there, and the link sent before is dead."),
    )
    salutation = TextField(label=_("Salutation"), max_length=40, required=False)
    rank = TextField(label=_("Rank of protocol"), max_length=80, required=False)
    seating = TextField(label=_("Seating block"), max_length=80, required=False)
    gate_note = TextField(
        label=_("Note for the gate"), max_length=250, required=False, help_text=_("Read at the gate in large letters.")
    )
    PROTOCOL = ("salutation", "rank", "seating", "gate_note")
    field_order = [
        "salutation",
        "full_name",
        "rank",
        "organisation",
        "position",
        "email",
        "phone",
        "seating",
        "gate_note",
    ]

    def __init__(self, data=None, *, registration: Registration):
        super().__init__(data, registration=registration)
        self.initial = {**self.initial, **{name: getattr(registration, name) for name in ("email", *self.PROTOCOL)}}
        self.fields["organisation"].required = False  # a guest of honour comes from nowhere

    def details(self) -> dict[str, str]:
        return super().details() | {name: self.cleaned_data[name] for name in self.PROTOCOL}


class ReasonForm(forms.Form):
    reason = TextField(
        label=_("Reason"),
        max_length=250,
        widget=forms.TextInput(),
        help_text=_("Stands in the letter to the delegate. For example: the hall is for invited guests only."),
    )


class CancelForm(forms.Form):
    reason = TextField(
        label=_("Reason (stands in the letter to the delegate)"),
        max_length=250,
        required=False,
        widget=forms.TextInput(),
    )


class NoteForm(forms.Form):
    reason = TextField(
        label=_("Note for the history"),
        max_length=250,
        required=False,
        help_text=_("For example the number of the receipt."),
    )


class TicketTypeForm(forms.Form):
    ticket_type = forms.ChoiceField(label=_("New ticket type"), widget=forms.RadioSelect)

    def __init__(self, data=None, *, registration: Registration, at):
        super().__init__(data)
        offers = registration.event.offers(at)
        self.offers = {str(offer.pk): offer for offer in offers if offer.pk != registration.ticket_type_id}
        self.fields["ticket_type"].choices = [(key, named_with_seats(offer)) for key, offer in self.offers.items()]

    @property
    def chosen(self) -> TicketType:
        return self.offers[self.cleaned_data["ticket_type"]]


def named_with_seats(offer: TicketType) -> str:
    """A kind of ticket that came from `event.offers`, for a list to choose from."""
    if offer.seats_left is None:
        return offer.name
    return gettext("%(type)s (seats left: %(seats)s)") % {"type": offer.name, "seats": offer.seats_left}


# ---------------------------------------------------------------- views


def _one(request: HttpRequest, pk: int) -> Registration | None:
    if not request.user.has_perm("events.change_registration"):
        return None
    visible = Registration.objects.visible_to(person_of(request)).select_related("event", "ticket_type")
    found = get_object_or_404(visible.filter(erased_at=None), pk=pk)
    if request.method == "GET":  # a form that shows who it is; what is then done has an entry of its own
        AuditEntry.objects.viewed(request.user, found)
    return found


def _back(registration: Registration) -> HttpResponse:
    return redirect("events_registration:inspect", registration.pk)


def _posted(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def _say(
    request: HttpRequest,
    registration: Registration,
    entry: str,
    verb: Callable[[], object],
    done: str,
    *,
    form: forms.Form | None = None,
    field: str | None = None,
) -> bool:
    """Say a verb; tell the organiser what came of it, and the audit trail if something did.

    False: it was refused, and why stands in the form (beside `field`), so that another try loses nothing.
    """

    def refuse(sentence: str, beside: str | None = None) -> bool:
        if form is None:
            messages.error(request, sentence)
            return True
        form.add_error(beside, sentence)
        return False

    try:
        changed = verb()
    except AlreadyInside:
        messages.error(request, gettext("This person is inside. Take back the entry at the gate first."))
    except CannotCorrect:
        messages.error(request, gettext("This registration can no longer be changed in this way."))
    except Refused as refused:
        why = refused.verdict
        # Nobody sends a link to an address that the office has typed.
        said = why.heading if why.reason == "already_registered" else f"{why.heading}. {why.sentence}"
        return refuse(said, field)
    except CannotAsk as cannot:
        return refuse(cannot.sentence, field)
    except Busy:
        return refuse(str(BUSY))
    else:
        if changed is False:
            messages.warning(request, gettext("Nothing was done: the registration is in another state by now."))
            return True
        AuditEntry.objects.record(request.user, entry, registration)
        messages.success(request, done % {"address": registration.email})
    return True


def _ask(
    request: HttpRequest,
    registration: Registration,
    form: forms.Form,
    entry: str,
    verb: Callable[[], object],
    *,
    done: str,
    field: str | None = None,
    **page: Any,
) -> HttpResponse:
    """A page that says what will happen and asks for what is needed; then the verb is said."""
    if form.is_valid() and _say(request, registration, entry, verb, done, form=form, field=field):
        return _back(registration)
    status = 422 if form.errors else 200
    return render(
        request,
        "events/admin/registration_act.html",
        page | {"registration": registration, "form": form},
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    at, by = timezone.now(), person_of(request)
    if registration.is_live and not registration.can_be_cancelled(at):
        messages.error(request, str(HEADINGS["finished"]))
        return _back(registration)
    form = CancelForm(_posted(request))
    return _ask(
        request,
        registration,
        form,
        VERBS[Action.CANCEL],
        lambda: registration.cancel(by=by, at=at, reason=form.cleaned_data["reason"]),
        done=gettext("Cancelled. The seat is free again, and a letter is on its way."),
        page_title=gettext("Cancel registration"),
        sentence=gettext("The ticket becomes invalid, the seat is free again, and a letter tells the delegate."),
        button=gettext("Cancel registration"),
        is_serious=True,
    )


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    by, at = person_of(request), timezone.now()
    done = gettext("Approved. The letter is on its way to %(address)s.")
    _say(request, registration, VERBS[Action.APPROVE], lambda: registration.approve(by=by, at=at), done)
    return _back(registration)


@require_http_methods(["GET", "HEAD", "POST"])
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    at, by = timezone.now(), person_of(request)
    form = ReasonForm(_posted(request))
    return _ask(
        request,
        registration,
        form,
        VERBS[Action.REJECT],
        lambda: registration.reject(by=by, at=at, reason=form.cleaned_data["reason"]),
        done=gettext("Rejected. The seat is free again, and a letter with the reason is on its way."),
        page_title=gettext("Reject registration"),
        sentence=gettext("The seat that is held becomes free, and a letter tells the delegate the reason."),
        button=gettext("Reject registration"),
        is_serious=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mark_paid(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    at, by = timezone.now(), person_of(request)
    form = NoteForm(_posted(request))
    return _ask(
        request,
        registration,
        form,
        "registration.paid",
        lambda: registration.mark_paid(by=by, at=at, reason=form.cleaned_data["reason"]),
        done=gettext("Paid. The ticket is on its way."),
        page_title=gettext("Mark as paid"),
        sentence=gettext("The registration is confirmed, and the ticket is sent."),
        button=gettext("The money has come"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_type(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    at, by = timezone.now(), person_of(request)
    form = TicketTypeForm(_posted(request), registration=registration, at=at)
    return _ask(
        request,
        registration,
        form,
        "registration.type_changed",
        lambda: registration.change_ticket_type(form.chosen, at=at, by=by),
        done=gettext("The ticket type was changed."),
        field="ticket_type",
        page_title=gettext("Change ticket type"),
        sentence=gettext("The ticket keeps its code. No letter is sent."),
        button=gettext("Change ticket type"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    at, by = timezone.now(), person_of(request)
    form = HandOverForm(_posted(request), initial={"organisation": registration.organisation})
    return _ask(
        request,
        registration,
        form,
        "registration.handed_over",
        lambda: registration.hand_over(form.person(), at=at, by=by, consent_version=CONSENT_VERSION),
        done=gettext("Handed over. The new ticket is on its way, and the old code is dead at once."),
        field="email",
        page_title=gettext("Hand the ticket to another person"),
        sentence=gettext("The seat stays; the new person gets a ticket with a new code, the old one is dead at once."),
        button=gettext("Hand over"),
    )


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    if registration.is_confirmed:
        registration.send_link()
        AuditEntry.objects.record(request.user, VERBS[Action.SEND], registration)
        messages.success(request, gettext("The ticket is on its way to %(address)s.") % {"address": registration.email})
    return _back(registration)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    form = OfficeForm(request.POST if request.method == "POST" else None, registration=registration)
    if request.method == "POST" and form.is_valid():
        by, at = person_of(request), timezone.now()
        moved = False
        try:
            with transaction.atomic():
                changed = registration.correct(by=by, at=at, **form.details())
                changed += questions.change(registration, form.answers, at, by)
                moved = registration.change_email(form.cleaned_data["email"], at=at, by=by)
        except NameTaken:
            form.add_error("full_name", str(NAME_TAKEN))
        except Refused as refused:
            form.add_error("email", refused.verdict.heading)
        except CannotCorrect:
            messages.error(request, gettext("This registration can no longer be corrected."))
            return _back(registration)
        else:
            if changed or moved:
                fields = [*changed, *(["email"] if moved else [])]
                AuditEntry.objects.record(request.user, "registration.corrected", registration, fields=fields)
                messages.success(request, gettext("The information was corrected."))
            if moved:
                said = gettext("The letter with the new link is on its way to %(address)s.")
                messages.info(request, said % {"address": registration.email})
            return _back(registration)
        registration = _one(request, pk) or registration  # as it still is: everything was rolled back
    return render(
        request,
        "events/admin/registration_correct.html",
        {"registration": registration, "form": form, "page_title": gettext("Correct registration")},
        status=422 if form.errors else 200,
    )


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticket, to be printed for somebody who stands at the desk."""
    if (registration := _one(request, pk)) is None:
        return permission_denied(request)
    if not registration.is_confirmed:
        return _back(registration)
    AuditEntry.objects.record(request.user, "registration.printed", registration)
    return pdf(registration)


def pdf(registration: Registration) -> HttpResponse:
    name = {"Content-Disposition": f'inline; filename="ve-{registration.code}.pdf"'}
    return HttpResponse(ticket_pdf(registration), content_type="application/pdf", headers=name)


urls = [
    path("dang-ky-du/<int:pk>/huy/", cancel, name="events_registration_cancel"),
    path("dang-ky-du/<int:pk>/duyet/", approve, name="events_registration_approve"),
    path("dang-ky-du/<int:pk>/tu-choi/", reject, name="events_registration_reject"),
    path("dang-ky-du/<int:pk>/da-tra-tien/", mark_paid, name="events_registration_paid"),
    path("dang-ky-du/<int:pk>/doi-loai-ve/", change_type, name="events_registration_change_type"),
    path("dang-ky-du/<int:pk>/nhuong-ve/", hand_over, name="events_registration_hand_over"),
    path("dang-ky-du/<int:pk>/gui-lai/", send, name="events_registration_send"),
    path("dang-ky-du/<int:pk>/sua-doi/", correct, name="events_registration_correct"),
    path("dang-ky-du/<int:pk>/ve.pdf", paper, name="events_registration_paper"),
]
