from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from people import first
from people.forms import ProfileForm
from people.models import User


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """What the person told us, to be corrected by them."""
    person = User.objects.prefetch_related("memberships__unit").get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("Your details are saved."))
        return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
def first_link(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner or a preview only opens links; the button is what lets a person in."""
    if request.method == "POST" and (response := first.enter(request, token)):
        return response
    known = first.person_of(token)
    return render(request, "people/first.html", {"known": known}, status=200 if known else 410)
