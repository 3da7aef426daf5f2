"""Who looks after the training of which unit, in the back office."""

from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from people.forms import UnitField
from people.models import AuditEntry, UnitManager, User, person_of
from people.text import nfc


class PersonByIdentity(forms.Field):
    """Somebody who has an account, by e-mail address or staff code."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": "254"})

    def to_python(self, value):
        if isinstance(value, User) or not value:
            return value or None
        typed = nfc(value[:254]).strip()
        found = list(User.objects.filter(is_active=True).by_identity(typed)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("No account has this address or staff code."), code="unknown")
        return found[0]

    def prepare_value(self, value):
        return (value.email or value.staff_code) if isinstance(value, User) else value


class UnitManagerForm(WagtailAdminModelForm):
    who = PersonByIdentity(label=_("E-mail address or staff code"), help_text=_("Of somebody who has an account here."))
    at_unit = UnitField(help_text=_("They see this unit and all below it."))

    class Meta:
        model = UnitManager
        fields: ClassVar = ["who", "at_unit", "since", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {"who": self.instance.person, "at_unit": self.instance.unit}
            self.fields["who"].disabled = self.fields["at_unit"].disabled = True
        else:
            self.initial.setdefault("since", timezone.localdate())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("The last day is before the first."))
        if not self.instance.pk and cleaned.get("who") and cleaned.get("at_unit"):
            self.instance.person, self.instance.unit = cleaned["who"], cleaned["at_unit"]
            if UnitManager.objects.filter(person=cleaned["who"], unit=cleaned["at_unit"]).exists():
                self.add_error("at_unit", _("This person manages that unit already: change the dates there."))
        return cleaned


class Appoints:
    def save_instance(self):
        row = self.form.instance
        return UnitManager.objects.appoint(row.person, row.unit, row.since, person_of(self.request), row.until)


class UnitManagerCreate(Appoints, generic.CreateView):
    pass


class UnitManagerEdit(Appoints, generic.EditView):
    pass


class UnitManagerDelete(generic.DeleteView):
    def delete_action(self):
        person, unit = self.object.person, self.object.unit
        super().delete_action()
        AuditEntry.objects.record(self.request.user, "unit_manager.dismissed", person, unit=unit.full_name_vi)
        UnitManager.objects.relieve(timezone.localdate())


class UnitManagerIndex(generic.IndexView):
    def get_base_queryset(self):
        return UnitManager.objects.select_related("person", "unit")

    @cached_property
    def columns(self):
        return [
            self._get_title_column_class(TitleColumn)("person", label=_("Person"), get_url=self.get_edit_url),
            Column("unit", label=pgettext_lazy("office", "Unit"), sort_key="unit__name_sort"),
            DateColumn("since", label=pgettext_lazy("people", "From"), sort_key="since"),
            DateColumn("until", label=pgettext_lazy("people", "Until"), sort_key="until"),
        ]


class UnitManagerViewSet(ModelViewSet):
    model = UnitManager
    name = "unit-managers"
    icon = "group"
    menu_label = _("Managers of units")
    list_per_page = 80
    ordering = "unit__name_sort"
    index_view_class = UnitManagerIndex
    add_view_class = UnitManagerCreate
    edit_view_class = UnitManagerEdit
    delete_view_class = UnitManagerDelete
    search_fields: ClassVar = ["person__search_text", "unit__search_text"]
    search_backend_name = None
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update=False):
        return UnitManagerForm
