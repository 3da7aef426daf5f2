"""The page at the gate: a keyboard scanner or fingers, one answer in huge letters. Works without JavaScript."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from events import questions
from events.forms import GateForm
from events.models import Event, Question, Registration, Scan
from events.models.question import Moment
from events.models.registration import CannotCorrect
from events.models.scan import CheckIn, check_in_by_code
from people.models import AuditEntry, person_of
from people.office import looked_through

if TYPE_CHECKING:
    from people.models import User

FOUND_AT_MOST = 12
DIGITS_AT_MOST = 18  # every number of so many digits fits a primary key


def reasons() -> dict[str, str]:
    return {
        "unknown": gettext("No ticket has this code"),
        "handed_over": gettext("This ticket was handed over to another person"),
        "cancelled": gettext("This ticket was cancelled"),
        "not_confirmed": gettext("This registration is not confirmed"),
        "other_event": gettext("This ticket is for another event"),
        "event_off": gettext("The event does not take place as planned"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("events.check_in"):
        raise PermissionDenied
    by = person_of(request)
    at = timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    event = chosen_event(asked.get("su-kien", ""), at)
    if event is None:
        return render(request, "events/gate.html", {"event": None})
    name = gate_name(request, asked.get("cua"))
    context: dict = {"event": event, "gate": name, "client_id": uuid.uuid4(), "code": ""}
    if request.method == "POST":
        if request.POST.get("viec") == "undo":
            context["undone"] = undo(by, event, request.POST.get("luot", ""), at)
        elif request.POST.get("viec") == "answer":
            context |= answered(by, event, request.POST, at)
        else:
            typed = request.POST.get("ma", "").strip()
            context["answer"] = answer = let_in(by, event, typed, name, request.POST.get("lan", ""), at)
            if answer and answer.accepted and answer.registration and event.asks_at_the_gate:
                context |= asking(GateForm(registration=answer.registration), answer.registration)
            context["reason"] = reasons().get(answer.reason, "") if answer else ""
            # Vietnamese typing tools turn "AA" into "Â": the scanner is right, the keyboard is not.
            context["keyboard"] = bool(answer and answer.reason == "unknown" and not typed.isascii())
    elif typed := request.GET.get("ma", "").strip():
        context["held"] = held = Registration.objects.with_code(typed).select_related("event", "ticket_type").first()
        context["code"] = held.checkin_token if held else ""
        context["lost"] = held is None
        if held is not None:
            AuditEntry.objects.viewed(by, held)
    elif words := request.GET.get("tim", "").strip():
        looked_through(request, Registration)
        context |= {"words": words, "people": people(by, event, words)}
    context["inside"] = event.number_inside()
    return render(request, "events/gate.html", context)


def chosen_event(slug: str, at) -> Event | None:
    """With `asks_at_the_gate`: are there questions that are asked only here?"""
    asked = Question.objects.filter(event=OuterRef("pk"), moment=Moment.CHECK_IN, current__isnull=False)
    events = Event.objects.annotate(asks_at_the_gate=Exists(asked))
    return get_object_or_404(events, slug=slug) if slug else events.at_the_gate(at)


def gate_name(request: HttpRequest, typed: str | None) -> str:
    """Said once a shift, then remembered for this login."""
    kept = request.session.get("gate", "")
    if typed is not None and typed.strip()[:60] != kept:
        kept = request.session["gate"] = typed.strip()[:60]
    return kept


def let_in(user: User, event: Event, typed: str, gate: str, client_id: str, at) -> CheckIn | None:
    if not typed:
        return None
    try:
        screen = uuid.UUID(client_id)
    except ValueError:
        screen = uuid.uuid4()
    return check_in_by_code(typed, by=user, at=at, gate=gate, screen=screen, event=event)


def asking(form: GateForm, registration: Registration) -> dict:
    return {"asking": form, "asked_of": registration} if form.asked else {}


def answered(user: User, event: Event, typed: QueryDict, at) -> dict:
    """What somebody who is inside answered; the form again where something is wrong."""
    inside = Scan.objects.standing().values("registration")
    registration = get_object_or_404(
        event.registrations.select_related("event", "ticket_type").filter(pk__in=inside),
        checkin_token=typed.get("ma", ""),
    )
    form = GateForm(typed, registration=registration)
    if not form.is_valid():
        return asking(form, registration)
    try:
        questions.change(registration, form.answers, at, user)
    except CannotCorrect:
        return {"undone": gettext("This registration can no longer be corrected.")}
    return {"undone": gettext("Answers kept: %(name)s") % {"name": registration.full_name}}


def undo(user: User, event: Event, scan: str, at) -> str:
    number = int(scan) if scan.isdecimal() and len(scan) <= DIGITS_AT_MOST else 0
    found = get_object_or_404(Scan.objects.select_related("registration"), pk=number, registration__event=event)
    if found.undo(by=user, at=at):
        return gettext("Taken back: %(name)s is not inside.") % {"name": found.registration.full_name}
    return gettext("This entry cannot be taken back any more.")


def people(user: User, event: Event, words: str) -> list[Registration]:
    """Confirmed people by name, code, agency or phone, each with `.entry`, the scan that let them in."""
    standing = Scan.objects.standing().filter(registration__event=event)
    found = list(
        event.registrations.filter(state="confirmed")
        .matching(words)
        .select_related("ticket_type")
        .by_name()[:FOUND_AT_MOST]
    )
    entries = {scan.registration_id: scan for scan in standing.filter(registration__in=found)} if found else {}
    for registration in found:
        registration.entry = entries.get(registration.pk)
    return found
