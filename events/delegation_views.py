"""The desk of a delegation's coordinator: by its secret link, without an account."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.delegation_forms import AT_ONCE, COLUMNS, PersonForm, VouchForm, check
from events.eligibility import Busy, Refused, Verdict, refusal
from events.forms import CONSENT_VERSION
from events.lists import ListForm
from events.models import Delegation, Order, Payer, Registration, Scan, State
from events.models.registration import AlreadyInside, CannotCorrect
from events.payments.ordering import CannotAsk
from events.views import RETRY_AFTER
from people import limits
from people.formfields import local_phone

CHANGES_PER_HOUR = 60  # lists and people: each may bring letters to strangers


def own_desk(token: str) -> Delegation:
    """By the secret link, and by nothing else."""
    return get_object_or_404(Delegation.objects.select_related("event", "ticket_type", "unit"), token=token)


def own_member(desk: Delegation, code: str) -> Registration | None:
    """None once the ticket with this code was handed on: a form sent twice replaces a person once."""
    members = desk.registrations.select_related("event", "ticket_type", "certificate")
    return members.filter(code=code.upper()).first()


@require_safe
def delegation(request: HttpRequest, token: str) -> HttpResponse:
    """The allotment and the people: who confirmed, who has not, who came."""
    desk, at = own_desk(token), timezone.now()
    entry = Scan.objects.standing().filter(registration=OuterRef("pk")).values("at")[:1]
    people = list(desk.registrations.annotate(entry_at=Subquery(entry)).by_name())
    for one in people:
        one.event = desk.event
    here = [one for one in people if one.is_confirmed or one.is_held(at)]
    waiting = [one for one in here if one.state == State.OFFERED]
    return render(
        request,
        "events/delegation.html",
        {
            "delegation": desk,
            "event": desk.event,
            "is_open": desk.is_open(at),
            "people": here,
            "gone": [one for one in people if one not in here],
            "confirmed": sum(one.is_confirmed for one in here),
            "inside": sum(one.entry_at is not None for one in here),
            "waiting": len(waiting),
            "left": max(0, desk.size - len(here)),
            "unpaid": sum(one.state == State.UNPAID for one in here),
        },
    )


# ---------------------------------------------------------------- a list


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_list(request: HttpRequest, token: str) -> HttpResponse:
    """Rows from Excel: first looked at, with every error by row and column; then all of them or none."""
    desk, at = own_desk(token), timezone.now()
    if not desk.is_open(at):
        return redirect(desk)
    if request.method != "POST" or "change" in request.POST:
        form = ListForm(initial={"rows": request.POST.get("rows", "")}, known=COLUMNS, most=AT_ONCE)
        return list_page(request, desk, form, at)
    form = ListForm(request.POST, request.FILES, known=COLUMNS, most=AT_ONCE)
    if not form.is_valid() or form.handed_in is None:
        return list_page(request, desk, form, at, status=422)
    handed_in = form.handed_in
    if form.was_looked_at and desk.took(handed_in.key):
        return redirect(desk)
    checked = check(desk, handed_in.lines, at=at)
    problems = handed_in.problems(checked.faults)
    verdict = refusal("allotment_full") if len(checked.people) > desk.seats_left(at) else None
    if problems or verdict:
        return list_page(request, desk, form, at, status=422, handed_in=handed_in, problems=problems, verdict=verdict)

    asked = sum(one.own for one in checked.people)
    vouch = VouchForm(request.POST if form.was_looked_at else None) if asked < len(checked.people) else None
    typed = form.cleaned_data["rows"]
    context = {"handed_in": handed_in, "people": checked.people, "asked": asked, "vouch": vouch, "typed": typed}
    if not form.was_looked_at:
        return preview(request, desk, context)
    if vouch is not None and not vouch.is_valid():
        return preview(request, desk, context, status=422)
    try:
        may_change(desk)
        named = desk.name_people(
            [one.person for one in checked.people], at=at, key=handed_in.key, consent_version=CONSENT_VERSION
        )
    except Refused as refused:
        return preview(request, desk, context | {"verdict": refused.verdict}, status=409)
    except Busy:
        return busy(preview(request, desk, context | {"busy": True}, status=503))
    said = ngettext("%(number)d person is on the list.", "%(number)d people are on the list.", len(named))
    messages.success(request, said % {"number": len(named)})
    return redirect(desk)


def list_page(
    request: HttpRequest, desk: Delegation, form: ListForm, at: datetime, *, status: int = 200, **context
) -> HttpResponse:
    context |= {"delegation": desk, "event": desk.event, "form": form, "left": max(0, desk.seats_left(at))}
    return render(request, "events/delegation_list.html", context, status=status)


def preview(request: HttpRequest, desk: Delegation, context: dict, *, status: int = 200) -> HttpResponse:
    context |= {"delegation": desk, "event": desk.event}
    return render(request, "events/delegation_preview.html", context, status=status)


# ---------------------------------------------------------------- one person


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_add(request: HttpRequest, token: str) -> HttpResponse:
    desk, at = own_desk(token), timezone.now()
    if not desk.is_open(at):
        return redirect(desk)
    form = PersonForm(request.POST if request.method == "POST" else None, delegation=desk)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        return changed(
            request,
            desk,
            form,
            lambda: desk.name_people([form.person()], at=at, key=key, consent_version=CONSENT_VERSION),
            gettext("%(name)s is on the list.") % {"name": form.cleaned_data["full_name"]},
        )
    return person_page(request, desk, form, status=422 if form.is_bound else 200)


@require_safe
def delegation_member(request: HttpRequest, token: str, code: str) -> HttpResponse:
    desk, at = own_desk(token), timezone.now()
    member = own_member(desk, code)
    if member is None:
        return redirect(desk)
    entry = member.entry()
    here = member.is_confirmed or member.is_held(at)
    return render(
        request,
        "events/delegation_member.html",
        {
            "delegation": desk,
            "event": desk.event,
            "member": member,
            "entry": entry,
            "phone": local_phone(member.phone),
            "may_change": here and entry is None and desk.is_open(at),
            # Whoever has an address of their own gets the ticket there, and only there.
            "ticket": member if member.shares_mailbox and member.is_confirmed else None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_replace(request: HttpRequest, token: str, code: str) -> HttpResponse:
    desk, at = own_desk(token), timezone.now()
    member = own_member(desk, code)
    if member is None or not desk.is_open(at) or not (member.is_confirmed or member.is_held(at)):
        return redirect(desk)
    form = PersonForm(request.POST if request.method == "POST" else None, delegation=desk)
    if request.method == "POST" and form.is_valid():
        former = member.full_name
        return changed(
            request,
            desk,
            form,
            lambda: desk.substitute(member, form.person(), at=at, consent_version=CONSENT_VERSION),
            gettext("%(name)s comes instead of %(former)s.")
            % {"name": form.cleaned_data["full_name"], "former": former},
            member=member,
        )
    return person_page(request, desk, form, member=member, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_remove(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Asks first; the seat comes back to the delegation."""
    desk, at = own_desk(token), timezone.now()
    member = own_member(desk, code)
    if member is None or not desk.is_open(at) or not member.is_live:
        return redirect(desk)
    if request.method == "POST":
        try:
            desk.take_off(member, at=at)
            messages.success(request, gettext("%(name)s is no longer on the list.") % {"name": member.full_name})
        except AlreadyInside:
            messages.error(request, gettext("This person is inside already."))
        except Refused as refused:
            messages.error(request, refused.verdict.heading)
        except Busy:
            messages.error(request, gettext("Many people are registering right now. Please press the button again."))
        return redirect(desk)
    return render(request, "events/delegation_remove.html", {"delegation": desk, "event": desk.event, "member": member})


@require_POST
def delegation_remind(request: HttpRequest, token: str) -> HttpResponse:
    desk, at = own_desk(token), timezone.now()
    if desk.is_open(at):
        if number := desk.remind(at=at):
            said = ngettext("%(number)d letter is on its way.", "%(number)d letters are on their way.", number)
            messages.success(request, said % {"number": number})
        else:
            messages.warning(request, gettext("They were reminded within the last day. Please try again tomorrow."))
    return redirect(desk)


def may_change(desk: Delegation) -> None:
    if not limits.allow("events.delegation", desk.token, CHANGES_PER_HOUR, 3600):
        raise Refused(Verdict(False, "too_many_changes", "wait"))


def changed(
    request: HttpRequest, desk: Delegation, form: PersonForm, change, said: str, *, member: Registration | None = None
) -> HttpResponse:
    """Do it and go back to the desk, or show the form again with everything that was typed and why not."""
    try:
        may_change(desk)
        change()
    except Refused as refused:
        return person_page(request, desk, form, member=member, verdict=refused.verdict, status=409)
    except Busy:
        return busy(person_page(request, desk, form, member=member, busy=True, status=503))
    except (AlreadyInside, CannotCorrect):
        messages.error(request, gettext("This person is inside already."))
    else:
        messages.success(request, said)
    return redirect(desk)


def person_page(request: HttpRequest, desk: Delegation, form: PersonForm, *, status: int, **context) -> HttpResponse:
    context |= {"delegation": desk, "event": desk.event, "form": form}
    return render(request, "events/delegation_person.html", context, status=status)


def busy(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = RETRY_AFTER
    return response


@require_POST
def delegation_pay(request: HttpRequest, token: str) -> HttpResponse:
    """One payment for everybody of the delegation who still has to pay; the coordinator pays."""
    desk, at = own_desk(token), timezone.now()
    people = list(desk.registrations.filter(state=State.UNPAID))
    payer = Payer(name=desk.coordinator_name, email=desk.coordinator_email, language=desk.language)
    try:
        return redirect(Order.objects.ask(people, at=at, payer=payer))
    except CannotAsk as cannot:
        messages.error(request, cannot.sentence)
        return redirect(desk)
