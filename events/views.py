"""What people open: registering, their own ticket, the agenda. Thin: rules live on the nouns."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from certificates import qr
from certificates.pdf import PangoMissing
from content import cache
from events import agenda as agendas
from events import calendar, eligibility, paper, tasks
from events.eligibility import Busy, Refused
from events.forms import CONSENT_VERSION, AddressForm, CorrectionForm, RegistrationForm
from events.models import Event, Registration, Session, Speaker
from events.models.registration import AlreadyInside, CannotCorrect
from people import limits

RETRY_AFTER = "5"
LINKS_PER_HOUR = tasks.LINKS_PER_HOUR


# ---------------------------------------------------------------- finding


def published_event(request: HttpRequest, slug: str, at: datetime) -> Event:
    """The event, if it is published; organisers see it before."""
    event = get_object_or_404(Event, slug=slug)
    if not event.is_published(at) and not request.user.has_perm("events.view_event"):
        raise Http404
    return event


def own_registration(token: str) -> Registration:
    """By the secret link, and by nothing else."""
    return get_object_or_404(
        Registration.objects.select_related("event", "ticket_type", "certificate"), manage_token=token
    )


def calendar_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def crumbs(event: Event, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """(title, address) from the event down."""
    return [(event.name, event.get_absolute_url()), *more]


# ---------------------------------------------------------------- registering


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """One screen, no account. The answer to a good form is the ticket."""
    at = timezone.now()
    event = published_event(request, slug, at)
    request.share_title = gettext("Register: %(event)s") % {"event": event.name}
    if request.method != "POST":
        offers = event.offers(at)
        verdict = eligibility.ask(event, at=at, offers=offers)
        if not verdict.allowed:
            return no_form(request, event, verdict, status=200)
        return form_page(request, event, RegistrationForm(event=event, offers=offers, at=at), at)

    # Seats are counted once, under the lock; whoever gets the form back sees them counted anew.
    form = RegistrationForm(request.POST, event=event, offers=list(event.ticket_types.all()), at=at)
    if not form.is_valid():
        offers = form.recount()
        general = eligibility.ask(event, at=at, offers=offers)
        if not general.allowed and general.reason != "full":
            return refused_page(request, event, form, at, general)
        return form_page(request, event, form, at, status=422)
    try:
        registration = event.register(
            form.chosen,
            form.person(),
            at=at,
            form_key=form.cleaned_data["form_key"],
            language=get_language() or "vi",
            consent_version=CONSENT_VERSION,
            rationed=True,
        )
    except Refused as refused:
        if refused.verdict.reason == "already_registered":
            tasks.ask_for_links(event, form.cleaned_data["email"])
        form.recount()
        return refused_page(request, event, form, at, refused.verdict)
    except Busy:
        form.recount()
        response = form_page(request, event, form, at, status=503, busy=True)
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    if registration.was_corrected(at):
        messages.success(request, gettext("Your ticket now shows the corrected information."))
    return redirect(registration)


def refused_page(
    request: HttpRequest, event: Event, form: RegistrationForm, at: datetime, verdict: eligibility.Verdict
) -> HttpResponse:
    """Why not, and below it everything that was typed; only a past event has no use for it any more."""
    if verdict.reason == "finished":
        return no_form(request, event, verdict, status=409)
    status = 429 if verdict.reason == "too_often" else 409
    return form_page(request, event, form, at, status=status, verdict=verdict)


def form_page(
    request: HttpRequest,
    event: Event,
    form: RegistrationForm,
    at: datetime,
    *,
    status: int = 200,
    verdict=None,
    busy: bool = False,
) -> HttpResponse:
    return render(
        request,
        "events/register.html",
        {
            "event": event,
            "form": form,
            "verdict": verdict,
            "busy": busy,
            "breadcrumbs": crumbs(event),
        },
        status=status,
    )


def no_form(request: HttpRequest, event: Event, verdict: eligibility.Verdict, *, status: int) -> HttpResponse:
    return render(
        request,
        "events/register_no.html",
        {"event": event, "verdict": verdict, "breadcrumbs": crumbs(event)},
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resend(request: HttpRequest, slug: str) -> HttpResponse:
    """“Send me my ticket again”: one answer for every address, in words and in time; the work is done in the
    background.
    """
    event = published_event(request, slug, timezone.now())
    form = AddressForm(request.POST or None)
    sent = False
    if request.method == "POST" and form.is_valid():
        tasks.ask_for_links(event, form.cleaned_data["email"])
        sent = True
    return render(
        request,
        "events/resend.html",
        {"event": event, "form": form, "sent": sent, "breadcrumbs": crumbs(event)},
        status=422 if form.is_bound and not form.is_valid() else 200,
    )


# ---------------------------------------------------------------- my registration


def drawn(mine: Registration) -> str:
    """The code for the screen.

    Its box on the page is already called "qr", so the drawing itself goes without the name.
    """
    return mark_safe(qr.svg(mine.ticket_url, gettext("QR code of the ticket"), quiet=2).replace('class="qr" ', ""))  # noqa: S308


@require_GET
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """The ticket, and everything one may do with it."""
    mine = own_registration(token)
    at = timezone.now()
    event = mine.event
    # Nobody is inside before the doors open, so nothing is asked then.
    entry = mine.entry() if at >= (event.doors_at or event.starts_at) and mine.is_confirmed else None
    return render(
        request,
        "events/registration.html",
        {
            "registration": mine,
            "event": event,
            "qr": drawn(mine),
            "entry": entry,
            "is_over": event.is_over(at),
            "certificate": mine.certificate.current if mine.certificate_id else None,
            "certificate_is_due": mine.certificate_id is None and entry is not None and event.is_over(at),
            "can_be_corrected": mine.can_be_corrected(at),
            "can_be_cancelled": mine.can_be_cancelled(at) and entry is None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def registration_edit(request: HttpRequest, token: str) -> HttpResponse:
    mine = own_registration(token)
    at = timezone.now()
    if not mine.can_be_corrected(at):
        return redirect(mine)
    form = CorrectionForm.of(mine, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = mine.correct(at=at, **form.cleaned_data)
        except CannotCorrect:
            return redirect(mine)
        if changed:
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
            mine.cancel(at=at)
        except AlreadyInside:
            messages.error(request, gettext("You are already at the event, so the ticket can no longer be cancelled."))
        return redirect(mine)
    return render(request, "events/registration_cancel.html", {"registration": mine, "event": mine.event})


@require_POST
def registration_resend(request: HttpRequest, token: str) -> HttpResponse:
    mine = own_registration(token)
    if limits.allow("events.link", mine.email, LINKS_PER_HOUR, 3600):
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


@require_safe
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """What a phone's camera opens: “a ticket of event X” for everybody; staff at the gate go on to the gate's page."""
    found = Registration.objects.filter(checkin_token=code).select_related("event").first()
    if found is None:
        raise Http404
    if request.user.is_authenticated and request.user.has_perm("events.check_in"):
        return redirect(f"{reverse('events_gate')}?su-kien={found.event.slug}&ma={code}")
    return render(request, "events/ticket.html", {"event": found.event, "valid": found.is_confirmed})


@require_safe
def canonical_ticket(request: HttpRequest, small: str | None = None, slashed: str | None = None) -> HttpResponse:
    return redirect("events:ticket", (small or slashed or "").upper(), permanent=True)


# ---------------------------------------------------------------- agenda


@require_safe
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything on one page, day by day. The same for everybody, so it may be kept whole."""
    at = timezone.now()
    event = published_event(request, slug, at)
    every = list(event.sessions.for_reading())
    tracks = sorted({session.track for session in every if session.track}, key=lambda track: (track.position, track.pk))
    chosen = next((track for track in tracks if str(track.pk) == request.GET.get("chu-de")), None)
    shown = [session for session in every if chosen is None or session.track_id == chosen.pk]
    request.share_title = gettext("Agenda: %(event)s") % {"event": event.name}
    request.share_text = event.theme
    response = render(
        request,
        "events/agenda.html",
        {
            "event": event,
            "days": agendas.days(shown, at),
            "tracks": tracks,
            "chosen": chosen,
            "now": agendas.on_now(shown, at),
            "next": agendas.next_session(shown, at),
            "breadcrumbs": crumbs(event),
        },
    )
    return shared(response, event, at, agendas.next_boundary(every, at))


def shared(response: HttpResponse, event: Event, at: datetime, *boundaries: datetime | None) -> HttpResponse:
    """May be kept for everybody, until something on it changes by itself."""
    if not event.is_published(at):
        return response
    moments = [moment for moment in (event.next_boundary(at), *boundaries) if moment is not None]
    return cache.mark_public(response, until=min(moments, default=None))


@require_safe
def agenda_ics(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    event = published_event(request, slug, at)
    sessions = event.sessions.exclude(kind=Session.Kind.BREAK).for_reading()
    return shared(calendar_file(calendar.of_sessions(event, sessions, stamp_of(event)), event.slug), event, at)


def stamp_of(event: Event) -> datetime:
    """A fixed moment, so that the same agenda gives the same bytes."""
    return event.published_at or event.starts_at


def one_session(event: Event, slug: str) -> Session:
    return get_object_or_404(event.sessions.for_reading(), slug=slug, kind=Session.Kind.SESSION)


@require_safe
def session(request: HttpRequest, slug: str, session: str) -> HttpResponse:
    at = timezone.now()
    event = published_event(request, slug, at)
    shown = one_session(event, session)
    shown.event = event
    others = event.sessions.exclude(kind=Session.Kind.BREAK).order_by("starts_at", "pk")
    earlier = others.filter(starts_at__lt=shown.starts_at).last()
    later = others.filter(starts_at__gt=shown.starts_at).first()
    request.share_title, request.share_text = shown.title, shown.description[:200]
    response = render(
        request,
        "events/session.html",
        {
            "event": event,
            "session": shown,
            "earlier": earlier,
            "later": later,
            "breadcrumbs": crumbs(event, (gettext("Agenda"), reverse("events:agenda", args=[event.slug]))),
        },
    )
    return shared(response, event, at)


@require_safe
def session_ics(request: HttpRequest, slug: str, session: str) -> HttpResponse:
    at = timezone.now()
    event = published_event(request, slug, at)
    shown = one_session(event, session)
    return shared(calendar_file(calendar.of_sessions(event, [shown], stamp_of(event)), shown.slug), event, at)


@require_safe
def speaker(request: HttpRequest, slug: str, speaker: str) -> HttpResponse:
    at = timezone.now()
    event = published_event(request, slug, at)
    shown: Speaker = get_object_or_404(event.speakers.select_related("photo"), slug=speaker)
    shown.event = event
    sessions = list(event.sessions.filter(speaking__speaker=shown).for_reading())
    request.share_title, request.share_text = shown.name, shown.title
    response = render(
        request,
        "events/speaker.html",
        {
            "event": event,
            "speaker": shown,
            "sessions": sessions,
            "breadcrumbs": crumbs(event, (gettext("Agenda"), reverse("events:agenda", args=[event.slug]))),
        },
    )
    return shared(response, event, at)
