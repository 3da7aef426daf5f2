"""`/kit/`: every component once, in every state. Only where people build, never where people come."""

from datetime import UTC, datetime

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    full_name = forms.CharField(label=_("Full name"))
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        help_text=_("A number from abroad begins with +"),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"invalid": _("The part after @ is missing, for example huyen@mau.example")},
    )
    workplace = forms.CharField(label=_("Place of work"))
    unit = forms.ChoiceField(label=_("Unit"), choices=[(name, name) for name in ("Phường Bãi Cháy", "Xã Ba Chẽ")])
    invitation = forms.CharField(label=_("Invitation number"), disabled=True, initial="—")
    code = forms.CharField(label=_("Six figures from the letter"), max_length=6)
    day = forms.ChoiceField(
        label=_("Which day"),
        choices=[("1", "10/9/2025"), ("2", "11/9/2025")],
        widget=forms.RadioSelect,
        help_text=_("Choose one."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(
        label=_("I agree that these details are used to make my ticket"),
        error_messages={"required": _("Without this we cannot make the ticket")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["workplace"].suggestions = ["UBND Phường Bãi Cháy", "UBND Đặc khu Vân Đồn"]


COLOURS = (
    *("paper", "paper-sunk", "ink", "ink-soft", "water", "karst-near", "karst-mid", "karst-far", "action", "accent"),
    *("good", "warn", "bad", "track-1", "track-2", "track-3", "track-4"),
)
ICONS = (
    *("calendar", "place", "clock", "star", "check", "close", "alert", "info", "next", "back", "down", "print"),
    *("search", "menu", "play", "mail", "book", "people", "person", "lock"),
)


def kit(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.TESTING):
        raise Http404
    form = SampleForm(
        {
            "full_name": "Nguyễn Hoàng Thùy Dương",
            "phone": "0912 345 678",
            "email": "thuyduong@",
            "workplace": "UBND",
            "code": "204817",
        },
        auto_id="kit_%s",
    )
    return render(
        request,
        "kit/page.html",
        {
            "form": form,
            "colours": COLOURS,
            "icons": ICONS,
            "moment": datetime(2025, 9, 10, 1, tzinfo=UTC),
            "page": Paginator(range(50), 10).page(3),
        },
    )
