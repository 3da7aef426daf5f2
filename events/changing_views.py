"""An organiser changes the event itself: pause, postpone, move, call off, copy. Beside the form of its record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_denied
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from events.changing import WHERE_AND_WHEN, CannotChange
from events.copying import PathTaken
from events.models import Event, EventChange
from events.models.event_change import coordinators_of, delegates_of
from people.models import AuditEntry, person_of

SHOWN = 20  # changes in the history
PAUSED = "event.registration_paused"


class EventForm(WagtailAdminModelForm):
    """Once people count on it, when and where change only together with a letter to them, and its address stays."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        event = self.instance
        self.is_registered_for = event.pk is not None and (
            event.registrations.live().exists() or event.delegations.exists()
        )
        if self.is_registered_for:
            for field in ["slug", *WHERE_AND_WHEN]:
                self.fields[field].disabled = True


class ChangeForm(WagtailAdminModelForm):
    """What becomes of the event, and what people should know about it."""

    what = forms.ChoiceField(
        label=_("What becomes of the event"),
        choices=[
            ("take_place", _("It takes place on the day and at the place given below")),
            ("postpone", _("Postponed: the new day is not known yet")),
            ("call_off", _("Called off")),
        ],
        widget=forms.RadioSelect,
    )
    with_sessions = forms.BooleanField(
        label=_("The sessions of the agenda move with it"),
        required=False,
        initial=True,
        help_text=_("By as many days and minutes as the start."),
    )
    letters = forms.BooleanField(
        label=_("Write to everybody who is registered"),
        required=False,
        initial=True,
        help_text=_("With the new entry for the calendar. Without the tick only the pages change."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields = [*WHERE_AND_WHEN, "notice_vi", "notice_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("notice_vi", "notice_en")}

    field_order = ["what", *WHERE_AND_WHEN, "with_sessions", "notice_vi", "notice_en", "letters", "seen"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial |= {"notice_vi": "", "notice_en": "", "seen": self.instance.calendar_sequence}
        self.fields["notice_vi"].help_text = _(
            "One or two sentences: stand on the pages of the event and in the letter."
        )
        self.fields["notice_en"].help_text = _("Empty: who reads English reads the Vietnamese sentence.")

    def clean(self):
        cleaned = super().clean()
        told = cleaned.get("letters") or cleaned.get("what") != "take_place"
        if told and not cleaned.get("notice_vi", "").strip() and "notice_vi" not in self.errors:
            self.add_error("notice_vi", gettext("Please say in a sentence what people should know."))
        doors, starts = cleaned.get("doors_at"), cleaned.get("starts_at")
        if doors and starts and doors > starts:
            self.add_error("doors_at", gettext("The doors open before the start."))
        return cleaned

    def carry_out(self, event: Event, by) -> EventChange:
        """Raises `CannotChange`."""
        given = self.cleaned_data
        terms = {name: given[name] for name in ("notice_vi", "notice_en", "letters", "seen")}
        terms |= {"at": timezone.now(), "by": by}
        if given["what"] == "call_off":
            return event.call_off(**terms)
        if given["what"] == "postpone":
            return event.postpone(**terms)
        where_and_when = {field: given[field] for field in WHERE_AND_WHEN}
        return event.take_place(where_and_when, with_sessions=given["with_sessions"], **terms)


class CopyForm(forms.Form):
    slug = forms.SlugField(
        label=_("path"), max_length=80, help_text=_("Stands in every address of this event. For example: dien-dan-8")
    )
    first_day = forms.DateField(
        label=_("first day"), widget=AdminDateInput, help_text=_("All other dates move by as many days.")
    )
    name_vi = forms.CharField(label=_("name (Vietnamese)"), max_length=250)
    name_en = forms.CharField(label=_("name (English)"), max_length=250, required=False)
    with_sessions = forms.BooleanField(label=_("The sessions of the agenda too"), required=False)
    with_speakers = forms.BooleanField(label=_("The speakers too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))

    def clean_slug(self) -> str:
        if Event.objects.filter(slug=self.cleaned_data["slug"]).exists():
            raise ValidationError(gettext("Another event has this path."))
        return self.cleaned_data["slug"]


def _one(request: HttpRequest, pk: int, permission: str = "events.change_event") -> Event | None:
    return get_object_or_404(Event, pk=pk) if request.user.has_perm(permission) else None


def _back(event: Event) -> HttpResponse:
    return redirect("events_event:edit", event.pk)


def state_of(event: Event, at) -> dict[str, Any]:
    """What stands above the form of an event."""
    paused = (
        AuditEntry.objects.filter(
            verb=PAUSED, subject_type=ContentType.objects.get_for_model(event), subject_id=str(event.pk)
        )
        .select_related("actor")
        .first()
    )
    return {
        "event": event,
        "is_over": event.is_over(at),
        "paused_by": paused.actor if paused and event.registration_paused_at else None,
    }


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: nobody registers from this moment on, or people register again."""
    if (event := _one(request, pk)) is None:
        return permission_denied(request)
    if request.POST.get("do") == "pause":
        if event.pause(timezone.now()):
            AuditEntry.objects.record(request.user, PAUSED, event)
        messages.success(request, gettext("Registration is paused. Tickets that were given out stay valid."))
    else:
        if event.unpause():
            AuditEntry.objects.record(request.user, "event.registration_unpaused", event)
        messages.success(request, gettext("People can register again."))
    return _back(event)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """First what would happen, in numbers and words; then a button does it."""
    if (event := _one(request, pk)) is None:
        return permission_denied(request)
    posted = request.method == "POST"
    # The form writes what was typed into the event it has.
    form = ChangeForm(request.POST if posted else None, instance=Event.objects.get(pk=pk), for_user=request.user)
    step = request.POST.get("do", "")
    if posted and form.is_valid() and step != "edit":
        if step == "confirm":
            try:
                made = form.carry_out(event, person_of(request))
            except CannotChange as refused:
                if refused.reason == "meanwhile":
                    messages.error(request, refused.sentence)
                    return redirect("events_event_change", event.pk)
                form.add_error(None, refused.sentence)
            else:
                AuditEntry.objects.record(
                    request.user, f"event.{made.kind}", event, number=made.number, letters=made.total
                )
                if made.letters:
                    said = gettext("Done. %(number)s letters leave one after the other.") % {"number": made.total}
                else:
                    said = gettext("Done. No letters are written.")
                messages.success(request, said)
                return redirect("events_event_change", event.pk)
        else:
            return _look(request, event, form)
    context = {
        "event": event,
        "form": form,
        "changes": event.changes.select_related("by", "event")[:SHOWN],
        "page_title": gettext("Change the event"),
    }
    status = 422 if posted and form.errors else 200
    return render(request, "events/admin/event_change.html", context, status=status)


def _look(request: HttpRequest, event: Event, form: ChangeForm) -> HttpResponse:
    at, given = timezone.now(), form.cleaned_data
    people = delegates_of(event)
    live = event.registrations.live()
    takes_place = given["what"] == "take_place"
    proposed: Event = form.instance
    moved = [field for field in WHERE_AND_WHEN if takes_place and getattr(event, field) != getattr(proposed, field)]
    context = {
        "event": event,
        "form": form,
        "what": dict(form.fields["what"].choices)[given["what"]],
        "moved": [
            (event._meta.get_field(field).verbose_name, getattr(event, field), getattr(proposed, field))
            for field in moved
        ],
        "sessions": event.sessions.count() if given["with_sessions"] and "starts_at" in moved else 0,
        "letters": given["letters"],
        "readers": people.count(),
        "in_english": people.filter(language="en").count(),
        "coordinators": coordinators_of(event, at).count(),
        "silent": live.filter(letters=False).count(),
        "closes_late": takes_place and event.registration_closes_at > given["starts_at"],
        "is_closed": takes_place and event.registration_closes_at <= at,
        "page_title": gettext("Change the event"),
    }
    return render(request, "events/admin/event_change_look.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """To the next edition; then to its form, where the rest is looked through."""
    if (event := _one(request, pk, "events.add_event")) is None:
        return permission_denied(request)
    initial = {"name_vi": event.name_vi, "name_en": event.name_en}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            new = event.copy_to(at=timezone.now(), **form.cleaned_data)
        except PathTaken:
            form.add_error("slug", gettext("Another event has this path."))
        else:
            AuditEntry.objects.record(request.user, "event.copied", new, source=event.slug)
            messages.success(
                request,
                gettext(
                    "Copied. Nobody sees it before it is published. Please look through names, dates, texts of the"
                    " certificate and letters."
                ),
            )
            if new.ticket_types.exclude(access_code="").exists():
                messages.warning(request, gettext("Ticket types with an access code have a new code each."))
            return _back(new)
    context = {"event": event, "form": form, "page_title": gettext("Copy to the next edition")}
    return render(request, "events/admin/event_copy.html", context, status=422 if form.errors else 200)


urls = [
    path("su-kien/<int:pk>/tam-dung/", pause, name="events_event_pause"),
    path("su-kien/<int:pk>/thay-doi/", change, name="events_event_change"),
    path("su-kien/<int:pk>/chep/", copy, name="events_event_copy"),
]
