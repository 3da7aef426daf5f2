"""Letters in the back office: the words of each kind, and letters to many."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from events import letter_text, mailing
from events.letter_text import MASS_MAIL
from events.models import Delegation, Event, LetterText, MassMail, Registration, State, TicketType
from events.models.mass_mail import Came
from letters import kinds
from letters.models import Letter
from people.models import AuditEntry, Unit, person_of
from people.office import looked_through

MAY_WRITE = "events.change_lettertext"
MAY_SEND = "events.add_massmail"
EVENTS, RECENT, PEOPLE = 30, 50, 50


class SampleForm(forms.Form):
    """Whose letter is looked at, and in which language."""

    code = forms.CharField(
        label=_("Ticket code"),
        required=False,
        max_length=200,
        help_text=_("Of the registration to look with. Empty: the latest one."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)

    def chosen_language(self) -> str:
        return self.cleaned_data.get("language") or "vi" if self.is_valid() else "vi"

    def chosen(self, request: HttpRequest, event: Event, kind: str) -> models.Model | None:
        """The registration (or delegation) to look with: the one that was named, else the latest."""
        if kind.startswith("delegation_"):
            may = request.user.has_perm("events.change_delegation")
            return Delegation.objects.filter(event=event).order_by("-pk").first() if may else None
        people = Registration.objects.visible_to(person_of(request)).filter(event=event)
        if self.is_valid() and (typed := self.cleaned_data["code"]):
            return people.with_code(typed).first()
        return people.order_by("-pk").first()


def panel(request: HttpRequest, event: Event, kind: str, own_words=None, data: dict | None = None) -> dict[str, Any]:
    """What stands beside the form: the words that can be filled in, and the letter as somebody would get it."""
    # Asked for with GET on a page that is looked at, with POST together with words that are not saved yet.
    asked = request.POST if request.method == "POST" else request.GET
    sample = SampleForm(asked if "code" in asked else {"code": "", "language": "vi"}, auto_id="sample_%s")
    about, language = sample.chosen(request, event, kind), sample.chosen_language()
    context: dict[str, Any] = {"sample": sample, "about": about, "language": language}
    if about is None:
        words = [(f"{{{word.name}}}", word.label, "") for word in letter_text.words_of(kind)]
        return context | {"words": words, "rendered": None}
    AuditEntry.objects.viewed(request.user, about)
    rendered = mailing.look(kind, about, language=language, own_words=own_words, data=data)
    return context | {
        "words": mailing.facts(kind, about, language=language),
        "rendered": rendered,
        "framed": mailing.framed(rendered),
    }


def send_trial(request: HttpRequest, shown: dict[str, Any]) -> None:
    if shown["rendered"] is None:
        messages.error(request, gettext("There is no registration to try it with."))
        return
    me = person_of(request)
    mailing.send_trial(shown["rendered"], to=me, language=shown["language"])
    messages.success(request, gettext("The letter is on its way to %(address)s.") % {"address": me.email})


# ---------------------------------------------------------------- the words of each kind


class LetterTextForm(forms.ModelForm):
    class Meta:
        model = LetterText
        fields = ["subject_vi", "body_vi", "subject_en", "body_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in ("body_vi", "body_en")}

    def is_empty(self) -> bool:
        return not any(self.cleaned_data.values())


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """Every kind of letter of one event, and whose words it has."""
    if not request.user.has_perm(MAY_WRITE):
        return permission_denied(request)
    events = list(Event.objects.order_by("-starts_at", "-pk")[:EVENTS])
    wanted = request.GET.get("event", "")
    event = next((found for found in events if str(found.pk) == wanted), events[0] if events else None)
    own = set(LetterText.objects.filter(event=event).values_list("kind", flat=True))
    rows = [(kind, kind.key in own) for kind in letter_text.editable()] if event else []
    context = {"events": events, "event": event, "rows": rows, "page_title": gettext("Words of letters")}
    return render(request, "events/admin/letter_texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, event_pk: int, kind_key: str) -> HttpResponse:
    """The words of one kind. "Look" and "send me a trial" save nothing."""
    if not request.user.has_perm(MAY_WRITE):
        return permission_denied(request)
    event = get_object_or_404(Event, pk=event_pk)
    kind = next((kind for kind in letter_text.editable() if kind.key == kind_key), None)
    if kind is None:
        raise Http404
    instance = LetterText.objects.filter(event=event, kind=kind.key).first()
    instance = instance or LetterText(event=event, kind=kind.key)
    posted = request.method == "POST"
    form = LetterTextForm(request.POST if posted else None, instance=instance)
    valid = posted and form.is_valid()
    if valid and request.POST.get("do") == "save":
        return _save(request, form)
    own_words = partial(letter_text.words_in, instance) if valid or not posted else None
    shown = panel(request, event, kind.key, own_words)
    if valid and request.POST.get("do") == "trial":
        send_trial(request, shown)
    built_in = {}
    if shown["about"] is not None:
        for code, _name in settings.LANGUAGES:
            built_in[code] = mailing.built_in(kind.key, shown["about"], language=code)
    context = {
        "event": event,
        "kind": kind,
        "form": form,
        "built_in": built_in,
        "page_title": kind.name,
        **shown,
    }
    return render(request, "events/admin/letter_text.html", context, status=422 if posted and not valid else 200)


def _save(request: HttpRequest, form: LetterTextForm) -> HttpResponse:
    text = form.instance
    if form.is_empty():
        if text.pk:
            text.delete()
        messages.success(request, gettext("The letter has the built-in words."))
    else:
        form.save()
        messages.success(request, gettext("Saved. Letters that leave from now on have these words."))
    AuditEntry.objects.record(request.user, "letter_text.changed", text.event, kind=text.kind)
    return redirect("events_lettertext:text", text.event_id, text.kind)


class LetterTextViewSet(ViewSet):
    name = "events_lettertext"
    url_prefix = "loi-thu"
    icon = "edit"
    menu_label = _("Words of letters")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY_WRITE)
        return item

    def get_urlpatterns(self):
        return [
            path("", texts, name="index"),
            path("<int:event_pk>/<slug:kind_key>/", text, name="text"),
        ]


# ---------------------------------------------------------------- letters to many


class NamedWithEvent(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: TicketType) -> str:
        return f"{obj.event}: {obj}"


class MassMailForm(forms.ModelForm):
    """The words, and for whom they are. Nothing is sent by saving."""

    states = forms.MultipleChoiceField(
        label=_("State of the registration"),
        choices=State.choices,
        initial=[State.CONFIRMED],
        widget=forms.CheckboxSelectMultiple,
    )
    ticket_types = NamedWithEvent(
        label=_("Ticket types"),
        queryset=TicketType.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )
    came = forms.ChoiceField(label=_("Came"), choices=[("", _("everybody")), *Came.choices], required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("everybody")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("everybody")), *settings.LANGUAGES], required=False
    )

    class Meta:
        model = MassMail
        fields = ["event", "purpose", "subject_vi", "body_vi", "subject_en", "body_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in ("body_vi", "body_en")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = Event.objects.order_by("-starts_at", "-pk")
        types = TicketType.objects.select_related("event").order_by("-event__starts_at", "position", "pk")
        units = Registration.objects.filter(unit__isnull=False)
        if self.instance.pk:
            types = types.filter(event=self.instance.event_id)
            units = units.filter(event=self.instance.event_id)
            self.fields["event"].disabled = True
        self.fields["ticket_types"].queryset = types
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units.values("unit"))
        self.initial |= self.instance.chosen

    def clean(self):
        cleaned = super().clean()
        event, types = cleaned.get("event"), cleaned.get("ticket_types") or []
        if event and any(kind.event_id != event.pk for kind in types):
            self.add_error("ticket_types", gettext("Please choose ticket types of this event only."))
        unit = cleaned.get("unit")
        self.instance.chosen = {
            "states": cleaned.get("states", []),
            "ticket_types": [kind.pk for kind in types],
            "came": cleaned.get("came", ""),
            "unit": unit.pk if unit else None,
            "language": cleaned.get("language", ""),
        }
        return cleaned


def _mail(request: HttpRequest, pk: int) -> MassMail:
    mails = MassMail.objects.visible_to(request.user).select_related("event", "created_by", "released_by")
    return get_object_or_404(mails, pk=pk)


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY_SEND):
        return permission_denied(request)
    found = MassMail.objects.visible_to(request.user).select_related("event", "created_by")
    page = Paginator(found, RECENT).get_page(request.GET.get("p"))
    return render(request, "events/admin/mass_mails.html", {"page": page, "page_title": gettext("Letters to many")})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY_SEND):
        return permission_denied(request)
    posted = request.method == "POST"
    latest = Event.objects.at_the_gate(timezone.now())
    draft = MassMail(created_at=timezone.now(), created_by=person_of(request))
    form = MassMailForm(request.POST if posted else None, instance=draft, initial={"event": latest})
    if posted and form.is_valid():
        return redirect("events_massmail:mail", form.save().pk)
    words = [(f"{{{word.name}}}", word.label, "") for word in letter_text.words_of(MASS_MAIL)]
    context = {"form": form, "words": words, "page_title": gettext("Write to many")}
    return render(request, "events/admin/mass_mail.html", context, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is edited, looked at and counted; a released mail is watched."""
    found = _mail(request, pk)
    if found.is_released:
        return _watch(request, found)
    posted = request.method == "POST"
    form = MassMailForm(request.POST if posted else None, instance=found)
    if posted and form.is_valid():
        form.save()
        messages.success(request, gettext("Saved. Nothing has been sent yet."))
        return redirect("events_massmail:mail", found.pk)
    if posted:  # what is looked at is what is saved
        found = _mail(request, pk)
    context = {
        "mail": found,
        "form": form,
        "readers": found.audience().count(),
        "page_title": gettext("Write to many"),
        **_shown(request, found),
    }
    return render(request, "events/admin/mass_mail.html", context, status=422 if posted else 200)


def _shown(request: HttpRequest, found: MassMail) -> dict[str, Any]:
    return panel(request, found.event, MASS_MAIL, mailing.words_in(found), {"mail": found.pk})


def _watch(request: HttpRequest, found: MassMail) -> HttpResponse:
    """How far a released mail is, and everybody's letter. The page is loaded again by itself while letters leave."""
    looked_through(request, Registration)
    people = found.recipients.select_related("registration", "letter")
    state = request.GET.get("state", "")
    if state == "waiting":
        people = people.filter(posted_at=None)
    elif state in Letter.State.values:
        people = people.filter(letter__state=state)
    progress = found.progress()
    context = {
        "mail": found,
        "progress": progress,
        "busy": found.stopped_at is None and progress.done < progress.total,
        "page": Paginator(people, PEOPLE).get_page(request.GET.get("p")),
        "state": state,
        "states": [("waiting", _("not written yet")), *Letter.State.choices],
        "kind_name": kinds.get(found.kind).name,
        "page_title": str(found),
    }
    return render(request, "events/admin/mass_mail_progress.html", context)


@require_POST
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mail(request, pk)
    send_trial(request, _shown(request, found))
    return redirect("events_massmail:mail", found.pk)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The words that were looked at go to the number of people that was read; if it has changed, it is read anew."""
    found = _mail(request, pk)
    number = found.audience().count()
    if number == 0:
        messages.error(request, gettext("Nobody would get this letter."))
    elif not found.is_released and request.POST.get("readers") != str(number):
        messages.warning(
            request,
            gettext("The number of readers has changed meanwhile: it is %(number)s now. Please release again.")
            % {"number": number},
        )
    elif found.release(at=timezone.now(), by=person_of(request)):
        AuditEntry.objects.record(request.user, "mass_mail.released", found, readers=found.total)
        messages.success(request, gettext("Released. The letters leave within the next minutes."))
    return redirect("events_massmail:mail", found.pk)


def _say(request: HttpRequest, found: MassMail, done: bool, verb: str, sentence: str) -> HttpResponse:
    """Back to the mail; whoever pressed second is told nothing new."""
    if done:
        AuditEntry.objects.record(request.user, verb, found)
        messages.success(request, sentence)
    return redirect("events_massmail:mail", found.pk)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mail(request, pk)
    done = found.stop(at=timezone.now())
    return _say(request, found, done, "mass_mail.stopped", gettext("Stopped. No further letter leaves."))


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mail(request, pk)
    done = found.go_on(at=timezone.now())
    return _say(request, found, done, "mass_mail.resumed", gettext("The letters leave again."))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft may go; what was sent stays in the books."""
    found = _mail(request, pk)
    if not found.is_released:
        found.delete()
        messages.success(request, gettext("The draft was deleted."))
        return redirect("events_massmail:index")
    return redirect("events_massmail:mail", found.pk)


class MassMailViewSet(ViewSet):
    name = "events_massmail"
    url_prefix = "gui-nhieu-nguoi"
    icon = "mail"
    menu_label = pgettext_lazy("menu", "Letters to many")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY_SEND)
        return item

    def get_urlpatterns(self):
        return [
            path("", mails, name="index"),
            path("moi/", write, name="write"),
            path("<int:pk>/", mail, name="mail"),
            path("<int:pk>/thu/", trial, name="trial"),
            path("<int:pk>/gui/", release, name="release"),
            path("<int:pk>/dung/", stop, name="stop"),
            path("<int:pk>/tiep/", go_on, name="go_on"),
            path("<int:pk>/xoa/", discard, name="discard"),
        ]
