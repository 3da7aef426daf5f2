"""Printing sign-in slips, in the back office: for officials without a mailbox, of the units one manages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_denied
from wagtail.admin.viewsets.base import ViewSet

from people import slips
from people.models import SignInSlip, Unit, UnitMembership, User, person_of

MAY = "people.add_signinslip"
ON_A_PAGE = 100
AT_ONCE = 200


def people_of(request: HttpRequest):
    """Whom this manager may let in."""
    return User.objects.without_mailbox().visible_to(person_of(request)).filter(is_superuser=False, groups=None)


def units_of(user: User):
    every = Unit.objects.offices()
    return every if user.has_perm("people.manage_every_unit") else every.filter(pk__in=Unit.objects.managed_by(user))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    today = timezone.localdate()
    units = list(units_of(person_of(request)))
    people = people_of(request)
    chosen = next((unit for unit in units if str(unit.pk) == request.GET.get("unit")), None)
    if chosen is not None:
        people = people.in_units([chosen.pk], today)
    if words := request.GET.get("q", ""):
        people = people.matching(words)
    newest = SignInSlip.objects.filter(person=OuterRef("pk"), withdrawn_at=None).order_by("-made_at")
    where = UnitMembership.objects.on(today).filter(person=OuterRef("pk"))
    people = people.annotate(
        unit_name=Subquery(where.values("unit__full_name_vi")[:1]),
        printed_at=Subquery(newest.values("made_at")[:1]),
        used_at=Subquery(newest.values("used_at")[:1]),
        slip_until=Subquery(newest.values("expires_at")[:1]),
    ).order_by("name_sort", "pk")
    context = {
        "people": Paginator(people, ON_A_PAGE).get_page(request.GET.get("p")),
        "units": units,
        "unit": chosen,
        "q": words,
        "now": timezone.now(),
        "page_title": gettext("Sign-in slips"),
    }
    return render(request, "people/admin/slips.html", context)


@never_cache
@require_POST
def print_slips(request: HttpRequest) -> HttpResponse:
    """The sheet to print. The codes are on it and nowhere else: whoever loses it prints another."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    keys = [key for key in request.POST.getlist("person") if key.isdecimal()][:AT_ONCE]
    at = timezone.now()
    with transaction.atomic():
        people = list(
            people_of(request).filter(pk__in=keys).order_by("name_sort", "pk").prefetch_related("memberships__unit")
        )
        made = [(person, *slips.make(person, person_of(request), at)) for person in people]
    if not made:
        messages.error(request, gettext("Tick the people who are to get a slip."))
        return redirect("sign_in_slips:index")
    context = {"made": made, "address": settings.SITE_URL + reverse("people_slip"), "at": at}
    return render(request, "people/admin/slips_print.html", context)


class SlipViewSet(ViewSet):
    name = "sign_in_slips"
    url_prefix = "phieu-dang-nhap"
    icon = "key"
    menu_label = pgettext_lazy("menu", "Sign-in slips")

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(MAY)
        return item

    def get_urlpatterns(self):
        return [path("", index, name="index"), path("in/", print_slips, name="print")]
