"""Filters of the list of registrations, kept under a name."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_denied

from events.models import SavedFilter
from events.registration_viewsets import filter_of, filter_to_keep
from people.formfields import TextField
from people.models import person_of

MAY = "events.view_registration"


class SavedFilterForm(forms.Form):
    name = TextField(max_length=80)
    query = forms.CharField(max_length=1000)
    shared = forms.BooleanField(required=False)

    def clean_query(self) -> str:
        """Only what the list understands, and never a whole address."""
        if not (query := filter_to_keep(QueryDict(self.cleaned_data["query"]))):
            raise forms.ValidationError("empty")
        return query


def _list(query: str = "") -> HttpResponse:
    address = reverse("events_registration:index")
    return redirect(f"{address}?{query}" if query else address)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Under the name of an own filter: that one is replaced."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    form = SavedFilterForm(request.POST)
    if not form.is_valid():
        messages.error(
            request,
            gettext(
                "Filter the list first, then give the filter a name. Words of the search box are not kept, since they"
                " are mostly somebody's name."
            ),
        )
        return _list(filter_of(QueryDict(request.POST.get("query", ""))))
    values = {field: form.cleaned_data[field] for field in ("query", "shared")}
    SavedFilter.objects.update_or_create(owner=person_of(request), name=form.cleaned_data["name"], defaults=values)
    messages.success(request, gettext("The filter is saved as “%(name)s”.") % {"name": form.cleaned_data["name"]})
    return _list(values["query"])


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own filter, shared or not."""
    if not request.user.has_perm(MAY):
        return permission_denied(request)
    saved = get_object_or_404(SavedFilter, pk=pk, owner=person_of(request))
    saved.delete()
    messages.success(request, gettext("The filter “%(name)s” is deleted.") % {"name": saved.name})
    return _list()


urls = [
    path("dang-ky-du/bo-loc/", save, name="events_saved_filter_save"),
    path("dang-ky-du/bo-loc/<int:pk>/xoa/", delete, name="events_saved_filter_delete"),
]
