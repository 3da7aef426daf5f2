"""A delegate's own registration, by its secret link, and what a ticket's code leads to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from certificates import qr
from certificates.pdf import PangoMissing
from events import calendar, eligibility, paper, questions
from events.eligibility import Refused
from events.forms import CONSENT_VERSION, AcceptanceForm, CompanionForm, CorrectionForm, HandOverForm
from events.models import Question, Registration, RetiredTicket, State
from events.models.question import Moment
from events.models.registration import NAME_TAKEN, AlreadyInside, CannotCorrect, Lapsed, NameTaken
from events.views import calendar_file, form_page, no_form, registered
from people import limits

OTHERS_PER_HOUR = 30  # people whom one mailbox registers
STANDS_STILL = gettext_lazy(
    "A seat is kept for you while the new day is not known. Your time stands still until then: what is left of it"
    " counts from the day on which the organiser names the new one."
)
HAND_OVERS_PER_DAY = 3  # of one ticket: each brings letters to two mailboxes


def own_registration(token: str) -> Registration:
    """By the secret link, and by nothing else."""
    asks = Question.objects.filter(event=OuterRef("event"), moment=Moment.REGISTRATION, current__isnull=False)
    # Few have a certificate before the event is over; who has one pays a statement for it.
    related = Registration.objects.select_related("event", "ticket_type")
    return get_object_or_404(related.annotate(has_questions=Exists(asks)), manage_token=token)


def drawn(mine: Registration) -> str:
    """The code for the screen.

    Its box on the page is already called "qr", so the drawing itself goes without the name.
    """
    # Safe: our own drawing of a token of 26 capitals; its title is ours and escaped by `qr.svg`.
    return mark_safe(qr.svg(mine.ticket_url, gettext("QR code of the ticket"), quiet=2).replace('class="qr" ', ""))  # noqa: S308


@require_GET
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """The ticket, or how far the registration is; and everything one may do with it."""
    mine = own_registration(token)
    at = timezone.now()
    return ticket_page(request, mine, at) if mine.is_confirmed else state_page(request, mine, at)


def common(mine: Registration, at: datetime) -> dict[str, Any]:
    may_bring_others = not mine.shares_mailbox or mine.contact_id is not None
    return {
        "registration": mine,
        "event": mine.event,
        "is_over": mine.event.is_over(at),
        "can_be_corrected": mine.can_be_corrected(at),
        "others": list(mine.others_of_mailbox().only("full_name", "state", "manage_token")) if may_bring_others else [],
        "may_bring_others": may_bring_others and mine.is_live and mine.event.eligibility(at=at, count=False).allowed,
    }


def ticket_page(request: HttpRequest, mine: Registration, at: datetime) -> HttpResponse:
    event = mine.event
    # Nobody is inside before the doors open, so nothing is asked then.
    entry = mine.entry() if at >= (event.doors_at or event.starts_at) else None
    return render(
        request,
        "events/registration.html",
        common(mine, at)
        | {
            "qr": drawn(mine),
            "entry": entry,
            "certificate": mine.certificate.current if mine.certificate_id else None,
            "certificate_is_due": mine.certificate_id is None and entry is not None and event.is_over(at),
            "can_be_cancelled": mine.can_be_cancelled(at) and entry is None,
            "can_be_handed_over": mine.can_be_handed_over(at) and entry is None,
        },
    )


def state_page(
    request: HttpRequest, mine: Registration, at: datetime, form: AcceptanceForm | None = None
) -> HttpResponse:
    """Not a ticket yet, or no longer."""
    held = mine.is_held(at)
    if form is None and held and mine.state == State.OFFERED and mine.is_invited:
        form = AcceptanceForm.of(mine)
    return render(
        request,
        "events/registration_state.html",
        common(mine, at)
        | {
            "held": held,
            "declined": mine.was_declined,
            "stands_still": STANDS_STILL,
            "form": form,
            "place": mine.place_in_line() if mine.state == State.WAITLISTED else None,
            "can_be_cancelled": mine.can_be_cancelled(at),
        },
        status=422 if form is not None and form.errors else 200,
    )


@require_POST
def registration_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the offered seat. Mail scanners open links, so only a button does it."""
    mine = own_registration(token)
    at = timezone.now()
    if mine.state != State.OFFERED:
        return redirect(mine)
    form = AcceptanceForm.of(mine, request.POST) if mine.is_invited else None
    if form is not None and not form.is_valid():
        return state_page(request, mine, at, form)
    try:
        with transaction.atomic():
            if form is not None:
                mine.correct(at=at, **form.details())
                questions.change(mine, form.answers, at)
            mine.accept(at=at, consent_version="" if form is None else CONSENT_VERSION)
    except NameTaken:
        if form is not None:
            form.add_error("full_name", str(NAME_TAKEN))
        return state_page(request, mine, at, form)
    except Lapsed:
        messages.error(request, gettext("The time to answer is over, and the seat has gone to somebody else."))
    except Refused as refused:
        messages.error(request, refused.verdict.sentence)
    except CannotCorrect:
        pass  # answered on another screen meanwhile; the page says how
    return redirect(mine)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_hand_over(request: HttpRequest, token: str) -> HttpResponse:
    """Another person comes instead. From then on this address is dead; the new person gets one of their own."""
    mine = own_registration(token)
    at = timezone.now()
    if not mine.can_be_handed_over(at):
        return redirect(mine)
    form = HandOverForm(request.POST if request.method == "POST" else None, initial={"organisation": mine.organisation})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                # A refusal below rolls the count back with everything else.
                if not limits.allow("events.hand_over", str(mine.pk), HAND_OVERS_PER_DAY, 86_400):
                    raise Refused(eligibility.refusal("handed_over_often"))
                mine.hand_over(form.person(), at=at, consent_version=CONSENT_VERSION)
        except Refused as error:
            refused = error.verdict
        except (AlreadyInside, CannotCorrect):
            return redirect(mine)
        else:
            return render(request, "events/registration_handed_over.html", {"registration": mine, "event": mine.event})
    return render(
        request,
        "events/registration_hand_over.html",
        {"registration": mine, "event": mine.event, "form": form, "verdict": refused},
        status=409 if refused else 422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def registration_another(request: HttpRequest, token: str) -> HttpResponse:
    """One mailbox, several people: a secretary registers the leaders. Whoever has this page reads the mailbox."""
    mine = own_registration(token)
    at = timezone.now()
    event = mine.event
    contact = mine.contact
    first = contact if contact is not None and contact.email == mine.email else mine
    if not mine.is_live or (mine.shares_mailbox and mine.contact_id is None):
        return redirect(mine)
    offers = event.offers(at) if request.method != "POST" else list(event.ticket_types.all())
    form = CompanionForm(
        request.POST if request.method == "POST" else None,
        event=event,
        offers=offers,
        at=at,
        contact=first,
        initial={"organisation": mine.organisation},
    )
    if request.method != "POST":
        verdict = eligibility.ask(event, at=at, offers=offers)
        if not verdict.allowed and verdict.next_step != "wait_list":
            return no_form(request, event, verdict, status=200)
        return form_page(request, event, form, at, verdict=None if verdict.allowed else verdict)

    def register() -> Registration:
        if not limits.allow("events.another", first.email, OTHERS_PER_HOUR, 3600):
            raise Refused(eligibility.refusal("too_often"))
        return event.register(
            form.chosen,
            form.person(),
            at=at,
            form_key=form.cleaned_data["form_key"],
            language=get_language() or "vi",
            consent_version=CONSENT_VERSION,
            wait="wait" in request.POST,
            contact=first,
            answers=form.answers,
        )

    return registered(request, event, form, at, register)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_edit(request: HttpRequest, token: str) -> HttpResponse:
    mine = own_registration(token)
    at = timezone.now()
    if not mine.can_be_corrected(at):
        return redirect(mine)
    form = CorrectionForm.of(mine, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                changed = mine.correct(at=at, **form.details())
                answered = questions.change(mine, form.answers, at)
        except NameTaken:
            form.add_error("full_name", str(NAME_TAKEN))
        except CannotCorrect:
            return redirect(mine)
        else:
            if answered and not changed:
                messages.success(request, gettext("Your answers have been changed."))
            elif changed:
                messages.success(request, gettext("Your ticket now shows the corrected information."))
            return redirect(mine)
    status = 422 if form.is_bound else 200
    return render(
        request,
        "events/registration_edit.html",
        {"registration": mine, "event": mine.event, "form": form},
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def registration_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first: mail scanners open links, so nothing happens by opening one."""
    mine = own_registration(token)
    at = timezone.now()
    if not mine.can_be_cancelled(at):
        return redirect(mine)
    if request.method == "POST":
        try:
            mine.decline(at=at)
        except AlreadyInside:
            messages.error(request, gettext("You are already at the event, so the ticket can no longer be cancelled."))
        return redirect(mine)
    return render(request, "events/registration_cancel.html", {"registration": mine, "event": mine.event})


@require_POST
def registration_resend(request: HttpRequest, token: str) -> HttpResponse:
    mine = own_registration(token)
    if limits.may_write_to(mine.email):
        mine.send_link()
        messages.success(request, gettext("The ticket is on its way to %(address)s.") % {"address": mine.masked_email})
    else:
        messages.warning(
            request,
            gettext("The ticket was sent several times within the hour. Please look in your mailbox, also among spam."),
        )
    return redirect(mine)


@require_GET
def ticket_pdf(request: HttpRequest, token: str) -> HttpResponse:
    mine = own_registration(token)
    if not mine.is_confirmed:
        raise Http404
    try:
        content = paper.ticket_pdf(mine)
    except PangoMissing:
        messages.error(request, gettext("The PDF cannot be made right now. This page can be printed instead."))
        return redirect(mine)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="ve-{mine.code}.pdf"'
    return response


@require_GET
def ticket_ics(request: HttpRequest, token: str) -> HttpResponse:
    mine = own_registration(token)
    return calendar_file(calendar.of_registration(mine), mine.event.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """The owner looks at the name once more before it is printed for good."""
    mine = own_registration(token)
    at = timezone.now()
    if mine.certificate_id is None and not mine.certificate_is_due(at):
        return redirect(mine)
    if request.method == "POST" or mine.certificate_id is not None:
        mine.certificate_of_attendance(at)
        return redirect(mine)
    return render(request, "events/registration_certificate.html", {"registration": mine, "event": mine.event})


# ---------------------------------------------------------------- the code on the ticket


@require_safe
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """What a phone's camera opens: “a ticket of event X” for everybody; staff at the gate go on to the gate's page."""
    found = Registration.objects.filter(checkin_token=code).select_related("event").first()
    valid = found is not None and found.is_confirmed
    if found is None:
        retired = RetiredTicket.objects.filter(token=code).select_related("registration__event").first()
        if retired is None:
            raise Http404
        found = retired.registration
    if request.user.is_authenticated and request.user.has_perm("events.check_in"):
        return redirect(f"{reverse('events_gate')}?su-kien={found.event.slug}&ma={code}")
    return render(request, "events/ticket.html", {"event": found.event, "valid": valid})


@require_safe
def canonical_ticket(request: HttpRequest, small: str | None = None, slashed: str | None = None) -> HttpResponse:
    return redirect("events:ticket", (small or slashed or "").upper(), permanent=True)
