"""What people open: registering and the agenda; their own ticket is in ticket_views. Thin: rules live on the nouns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from content import cache
from events import agenda as agendas
from events import calendar, eligibility, tasks
from events.eligibility import Busy, Refused
from events.forms import CONSENT_VERSION, AddressForm, RegistrationForm
from events.models import Event, Registration, Session, Speaker
from events.models.mass_mail import ask_for_news

RETRY_AFTER = "5"


# ---------------------------------------------------------------- finding


def published_event(request: HttpRequest, slug: str, at: datetime) -> Event:
    """The event, if it is published; organisers see it before."""
    # Written out, since everybody passes here (decision 0010).
    event = next(iter(Event.objects.raw("SELECT * FROM events_event WHERE slug = %s", [slug])), None)
    if event is None:
        raise Http404
    if not event.is_published(at) and not request.user.has_perm("events.view_event"):
        raise Http404
    return event


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
    """One screen, no account. The answer to a good form is the ticket, or the place in the line."""
    at = timezone.now()
    event = published_event(request, slug, at)
    request.share_title = gettext("Register: %(event)s") % {"event": event.name}
    if request.method != "POST" or "reveal" in request.POST:
        typed = request.POST if request.method == "POST" else request.GET
        offers = event.offers(at)
        form = RegistrationForm(event=event, offers=offers, at=at, initial=RegistrationForm.kept(typed))
        verdict = eligibility.ask(event, at=at, offers=offers, code=form.code)
        if verdict.next_step == "wait_list":
            return form_page(request, event, form, at, verdict=verdict)
        if not verdict.allowed:
            return no_form(request, event, verdict, status=200)
        return form_page(request, event, form, at)

    # Seats are counted once, under the lock; whoever gets the form back sees them counted anew.
    kinds = list(event.ticket_types.order_by("position", "pk"))
    form = RegistrationForm(request.POST, event=event, offers=kinds, at=at)
    return registered(request, event, form, at, lambda: entered(event, form, at, wait="wait" in request.POST))


def entered(event: Event, form: RegistrationForm, at: datetime, *, wait: bool) -> Registration:
    registration = event.register(
        form.chosen,
        form.person(),
        at=at,
        form_key=form.cleaned_data["form_key"],
        language=get_language() or "vi",
        consent_version=CONSENT_VERSION,
        rationed=True,
        code=form.code,
        wait=wait,
        answers=form.answers,
    )
    if form.cleaned_data["news"]:
        ask_for_news(registration.email, at=at, source=event.slug)
    return registration


def registered(
    request: HttpRequest, event: Event, form: RegistrationForm, at: datetime, register: Callable[[], Registration]
) -> HttpResponse:
    """What a filled-in form leads to: the ticket, or the form again with everything that was typed and why not."""
    if not form.is_valid():
        offers = form.recount()
        general = eligibility.ask(event, at=at, offers=offers, code=form.code)
        if not general.allowed and general.reason != "full":
            return refused_page(request, event, form, at, general)
        return form_page(request, event, form, at, status=422)
    try:
        registration = register()
    except Refused as refused:
        if refused.verdict.reason == "already_registered":
            tasks.ask_for_links(event, form.person().email)
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
    """Why not, and below it everything that was typed; only an event that is past or off has no use for it any more."""
    if verdict.reason in ("finished", "called_off", "postponed"):
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
            "may_wait": verdict is not None and verdict.next_step == "wait_list",
            "currency": settings.CURRENCY,
            "busy": busy,
            "breadcrumbs": crumbs(event),
        },
        status=status,
    )


def no_form(request: HttpRequest, event: Event, verdict: eligibility.Verdict, *, status: int) -> HttpResponse:
    return render(
        request,
        "events/register_no.html",
        {
            "event": event,
            "verdict": verdict,
            "is_over": verdict.reason == "finished",
            "breadcrumbs": crumbs(event),
        },
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
            "days": agendas.days(shown, at, off=event.is_off),
            "tracks": tracks,
            "chosen": chosen,
            # What is off is not on now, whatever its old times say.
            "now": [] if event.is_off else agendas.on_now(shown, at),
            "next": None if event.is_off else agendas.next_session(shown, at),
            "is_over": event.is_over(at),
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
    return event.changed_at or event.published_at or event.starts_at


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
            "is_over": event.is_over(at),
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
