from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from people import first, slips
from people.forms import ProfileForm, SlipForm
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


@never_cache
@sensitive_post_parameters()
def slip(request: HttpRequest) -> HttpResponse:
    """Come in by the code on a printed slip."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not slips.may_try(request):
            form.add_error("code", form.TOO_MANY)
        elif response := slips.enter(request, form.cleaned_data["code"], timezone.now()):
            return response
        else:
            form.add_error("code", form.WRONG)
    return render(request, "people/slip.html", {"form": form}, status=422 if form.errors else 200)
