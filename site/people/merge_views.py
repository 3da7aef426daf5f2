"""Uniting two accounts of one person, in the back office: name both, look at what would happen, confirm."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from people import merging
from people.formfields import TextField
from people.manager_viewsets import PersonByIdentity
from people.models import person_of

MAY = "people.unite_people"


class PairForm(forms.Form):
    """Which account stays, and which is given up."""

    kept = PersonByIdentity(
        label=_("Account that stays"),
        help_text=_("Its e-mail address or staff code. Without either: # and the number of the account, such as #123."),
    )
    double = PersonByIdentity(
        label=_("Account to be given up"),
        help_text=_("All that was learnt with it goes to the other; nobody signs in with it any more."),
    )

    def clean(self):
        cleaned = super().clean()
        kept, double = cleaned.get("kept"), cleaned.get("double")
        if kept and double and (sentence := merging.why_not(kept, double)):
            raise forms.ValidationError(sentence)
        return cleaned


class ConfirmForm(PairForm):
    """The second step."""

    reason = TextField(
        label=_("How you made sure that it is one person"),
        max_length=250,
        help_text=_("It stands in the audit log."),
    )
    sure = forms.BooleanField(
        label=_("I have looked at the numbers above. This cannot be undone."),
        error_messages={"required": _("Please tick this box when you are sure.")},
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def unite(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    form = PairForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "page_title": gettext("Unite two accounts")}
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/admin/unite.html", context, status=422 if form.is_bound else 200)
    kept, double, at = form.cleaned_data["kept"], form.cleaned_data["double"], timezone.now()
    confirm = ConfirmForm(request.POST) if "confirmed" in request.POST else ConfirmForm(initial=form.cleaned_data)
    try:
        if confirm.is_bound and confirm.is_valid():
            reason = confirm.cleaned_data["reason"]
            moved = merging.unite(kept, double, at=at, by=person_of(request), reason=reason)
            number = sum(one.number for one in moved)
            said = gettext("The two accounts are one now; %(number)s records were moved. Both addresses get a letter.")
            messages.success(request, said % {"number": number})
            return redirect(reverse("uniting:index"))
        moved = merging.preview(kept, double, at=at)
    except merging.CannotUnite as error:
        messages.error(request, str(error))
        return redirect(reverse("uniting:index"))
    context |= {"confirm": confirm, "kept": kept, "double": double, "moved": moved}
    return render(request, "people/admin/unite_look.html", context, status=422 if confirm.is_bound else 200)


class UniteViewSet(ViewSet):
    name = "uniting"
    url_prefix = "gop-tai-khoan"
    icon = "duplicate"
    menu_label = pgettext_lazy("menu", "Unite accounts")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY)
        return item

    def get_urlpatterns(self):
        return [path("", unite, name="index")]
