"""How a record looks in the back office."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.admin.views import generic

from people.models import AuditEntry, names_a_person
from people.text import having_words

NOTHING = "–"


def looked_through(request: HttpRequest, people: type[models.Model]) -> None:
    """Somebody of the staff looked at a list of people: written down once a day.

    The login session remembers it, so that the list costs no statement more.
    """
    today, seen = timezone.localdate().isoformat(), request.session.get("looked_through", {})
    if seen.get(people._meta.label_lower) != today:
        AuditEntry.objects.viewed(request.user, people)
        request.session["looked_through"] = {**seen, people._meta.label_lower: today}


class WordSearch:
    """Before IndexView in the bases: the search box finds what holds all the words, in whatever way the rows are
    `matching`, or in the folded column of another row that `search_in` names."""

    search_in = ""

    def search_queryset(self, queryset):
        if not self.search_query:
            return queryset
        return (
            having_words(queryset, self.search_query, self.search_in)
            if self.search_in
            else queryset.matching(self.search_query)
        )


class PlainInspect(generic.InspectView):
    """Wagtail's page about one record, with the office's clock, a dash for what is empty and our names of things.

    Opening what is kept about a person is written down.
    """

    page_title = _("Details")
    labels: ClassVar[dict[str, Any]] = {}

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if names_a_person(self.model):
            AuditEntry.objects.viewed(request.user, self.object)
        return response

    def get_field_label(self, field_name, field) -> str:
        return str(self.labels[field_name]) if field_name in self.labels else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        value = getattr(self.object, field_name, None)
        if isinstance(value, datetime):
            return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if isinstance(value, bool):
            return pgettext("answer", "yes") if value else pgettext("answer", "no")
        if field_name == "language":
            return dict(settings.LANGUAGES).get(value, value or NOTHING)
        if value in (None, ""):
            return NOTHING
        shown = super().get_field_display_value(field_name, field)
        return NOTHING if shown in (None, "", "None", "-") else shown
