"""What an organiser does with many registrations at once: those that were ticked, or all that the filter shows."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.bulk_action import BulkAction

from events import tasks
from events.models import BulkRun, Registration, State
from events.models.bulk_run import APPLIES_TO, Action
from events.models.registration import RegistrationQuerySet
from events.registration_actions import ReasonForm
from events.registration_viewsets import filter_of, listed
from people.formfields import TextField

NAMED = 20  # people on the page that asks; the rest is a number


class SureForm(forms.Form):
    """`newest`: the last registration that was there when the page asked. Who came later is not meant."""

    newest = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SureReasonForm(SureForm, ReasonForm):
    pass


class SureNoteForm(SureForm):
    reason = TextField(
        label=_("Reason, for the history"),
        max_length=250,
        required=False,
        help_text=_("Stands in the letter to the delegates too."),
    )


class OnRegistrations(BulkAction):
    """Wagtail's own bulk actions take “all” for the whole table; this one takes it for the filtered list."""

    models: ClassVar = [Registration]
    template_name = "events/admin/registration_bulk.html"
    form_class: type[SureForm] = SureForm
    action: Action
    sentence = _("Each registration is asked again: what changed meanwhile is respected.")
    needed = "events.change_registration"
    is_serious = False

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not request.user.has_perm(self.needed):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def selection(self) -> RegistrationQuerySet:
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            return listed(self.request.GET, self.request.user)
        ticked = [int(key) for key in ids if key.isdecimal() and len(key) <= 18]
        return Registration.objects.visible_to(self.request.user).filter(pk__in=ticked)

    def get_initial(self):
        newest = self.selection().order_by("-pk").values_list("pk", flat=True).first()
        return {"newest": newest or 0}

    def get_context_data(self, **kwargs):
        chosen = self.selection()
        fitting = chosen.filter(state__in=APPLIES_TO[self.action])
        states = dict(chosen.order_by().values_list("state").annotate(number=Count("pk")))
        form = kwargs.pop("form", None) or self.get_form()
        number = sum(states[state] for state in states if state in APPLIES_TO[self.action])
        return {
            "form": form,
            "view": self,
            "page_title": self.display_name,
            "sentence": self.sentence,
            "is_serious": self.is_serious,
            "chosen": sum(states.values()),
            "number": number,
            "states": [(State(state).label, states[state]) for state in State.values if state in states],
            "people": fitting.select_related("ticket_type")[:NAMED],
            "more": max(0, number - NAMED),
            "is_filter": "all" in self.request.GET.getlist("id"),
            "next": self.next_url,
            "submit_url": f"{self.request.path}?{self.request.GET.urlencode()}",
        }

    def form_valid(self, form: SureForm) -> HttpResponse:
        at, by = timezone.now(), self.request.user
        chosen = self.selection().filter(pk__lte=form.cleaned_data["newest"])
        reason = form.cleaned_data.get("reason", "")
        with transaction.atomic():
            run = BulkRun.objects.begin(self.action, chosen, at=at, by=by, reason=reason)
            if run.in_background:
                tasks.carry_out.enqueue(run.pk)
        if run.in_background:
            said = gettext("%(number)s registrations are worked through in the background; the list tells how far.")
            messages.info(self.request, said % {"number": len(run.keys)})
        else:
            run.carry_out()
            tell = messages.success if run.done else messages.warning
            tell(self.request, f"{run.get_action_display()}: {run.summary}")
        return redirect(self.next_url)


class Approve(OnRegistrations):
    action = Action.APPROVE
    display_name = aria_label = pgettext_lazy("bulk", "Approve")
    action_type = "approve"
    action_priority = 10


class Reject(OnRegistrations):
    action = Action.REJECT
    display_name = aria_label = pgettext_lazy("bulk", "Reject")
    action_type = "reject"
    action_priority = 20
    form_class = SureReasonForm
    sentence = _("Their seats become free, and a letter tells each of them the reason.")
    is_serious = True


class Cancel(OnRegistrations):
    action = Action.CANCEL
    display_name = aria_label = _("Cancel registration")
    action_type = "cancel"
    action_priority = 40
    form_class = SureNoteForm
    sentence = _("Their tickets become invalid, and a letter tells each of them. This cannot be taken back.")
    is_serious = True
    classes: ClassVar = {"serious"}


class Send(OnRegistrations):
    action = Action.SEND
    display_name = aria_label = _("Send ticket again")
    action_type = "send"
    action_priority = 30
    sentence = _("Each of them gets a letter with the link to the ticket.")


class Export(OnRegistrations):
    """The ticked rows, or all of the filter, as the list's own spreadsheet."""

    action = Action.SEND
    display_name = aria_label = _("Download as Excel")
    action_type = "export"
    action_priority = 50
    needed = "events.view_registration"

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not request.user.has_perm(self.needed):
            return permission_denied(request)
        ids = request.GET.getlist("id")
        query = filter_of(request.GET) if "all" in ids else urlencode([("chosen", key) for key in ids])
        return redirect(f"{reverse('events_registration:index')}?{query}&export=xlsx")


ACTIONS = (Approve, Reject, Send, Cancel, Export)
