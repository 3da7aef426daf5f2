"""How a record looks in the back office."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.admin.views import generic

NOTHING = "–"


class PlainInspect(generic.InspectView):
    """Wagtail's page about one record, with the office's clock, a dash for what is empty and our names of things."""

    page_title = _("Details")
    labels: ClassVar[dict[str, Any]] = {}

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
