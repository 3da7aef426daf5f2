"""One person registered twice? The pairs side by side; an organiser decides."""

from __future__ import annotations

from itertools import islice

from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from events.models import DistinctPeople, Event, Registration, Scan
from events.models.duplicate import pairs
from events.models.registration import AlreadyInside
from people.models import AuditEntry, person_of
from people.office import looked_through

MAY = "events.change_registration"
SHOWN = 25
TWICE = gettext_noop("registered twice; your other registration stays as it is")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    at, slug = timezone.now(), request.GET.get("su-kien", "")
    event = get_object_or_404(Event, slug=slug) if slug else Event.objects.at_the_gate(at) or Event.objects.first()
    found = list(islice(pairs(event), SHOWN + 1)) if event else []
    keys = {one.pk for pair in found for one in (pair.first, pair.second)}
    entry = Scan.objects.standing().filter(registration=OuterRef("pk")).values("at")[:1]
    rows = Registration.objects.filter(pk__in=keys).select_related("event", "ticket_type", "delegation")
    whole = {row.pk: row for row in rows.annotate(entry_at=Subquery(entry))}
    looked_through(request, Registration)
    context = {
        "page_title": gettext("Registered twice?"),
        "events": Event.objects.all(),
        "event": event,
        "pairs": [
            {"sides": [whole[pair.first.pk], whole[pair.second.pk]], "reasons": pair.sentences}
            for pair in found[:SHOWN]
        ],
        "more": len(found) > SHOWN,
        "at": at,
    }
    return render(request, "events/admin/duplicates.html", context)


def _pair(request: HttpRequest) -> tuple[Registration, Registration]:
    """The two of the form, of one event."""
    visible = Registration.objects.visible_to(person_of(request)).select_related("event", "ticket_type")

    def one(name: str) -> Registration:
        key = request.POST.get(name, "")
        return get_object_or_404(visible, pk=int(key) if key.isdecimal() and len(key) <= 18 else 0)

    mine, other = one("one"), one("other")
    get_object_or_404(Event, pk=mine.event_id, registrations=other)
    return mine, other


def _back(event: Event) -> HttpResponse:
    return redirect(f"{reverse('events_duplicates:index')}?su-kien={event.slug}")


@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """One of the two is cancelled, as long as the other one still holds."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    mine, other = _pair(request)
    at, by = timezone.now(), person_of(request)
    try:
        with transaction.atomic():
            # Both, in one order: two organisers who look at one pair never take both away.
            pair = Registration.objects.filter(pk__in=[mine.pk, other.pk]).order_by("pk").locked()
            still = {one.pk for one in pair if one.is_live}
            done = {mine.pk, other.pk} <= still and mine.pk != other.pk and mine.cancel(at=at, by=by, reason=TWICE)
    except AlreadyInside:
        messages.error(request, gettext("This person is inside. Take back the entry at the gate first."))
    else:
        if done:
            AuditEntry.objects.record(by, "registration.cancelled", mine, duplicate_of=other.pk)
            messages.success(request, gettext("Cancelled. The other registration stays as it is."))
        else:
            messages.error(request, gettext("Nothing was done: the other registration does not hold any more."))
    return _back(mine.event)


@require_POST
def distinct(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    mine, other = _pair(request)
    if mine.pk != other.pk:
        DistinctPeople.objects.say(mine, other, at=timezone.now(), by=person_of(request))
        AuditEntry.objects.record(request.user, "registration.distinct", mine, from_registration=other.pk)
        messages.success(request, gettext("Remembered: two people. This pair is not shown again."))
    return _back(mine.event)


class DuplicatesViewSet(ViewSet):
    name = "events_duplicates"
    url_prefix = "trung-nguoi"
    icon = "copy"
    menu_label = _("Registered twice?")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY)
        return item

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("huy/", cancel, name="cancel"),
            path("hai-nguoi/", distinct, name="distinct"),
        ]
