"""Wagtail's user screens with our two small forms: one full name, no password."""

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.users.forms import UserCreationForm as WagtailCreationForm
from wagtail.users.forms import UserEditForm as WagtailEditForm
from wagtail.users.views import users as wagtail_users

from people import naming
from people.formfields import EmailField, NameField, PhoneField
from people.models import AuditEntry, User, staff_code
from people.office import WordSearch


class PersonForm(forms.ModelForm):
    """What both forms share; Wagtail's own ask for a first and a last name."""

    first_name = None
    last_name = None
    email = EmailField()
    full_name = NameField(help_text=_("As it should stand on certificates."))
    phone = PhoneField(required=False)

    def clean_staff_code(self) -> str:
        code = staff_code(self.cleaned_data["staff_code"])
        if code and User.objects.filter(staff_code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another person has this staff code."))
        return code


class PersonCreationForm(PersonForm, WagtailCreationForm):
    class Meta(WagtailCreationForm.Meta):
        model = User
        fields = ["email", "full_name", "phone", "staff_code", "is_superuser", "groups"]

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class PersonEditForm(PersonForm, WagtailEditForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Officials without a mailbox come in by a printed slip; staff cannot.
        self.fields["email"].required = self.instance.email is not None

    def clean_is_active(self) -> bool:
        if self.cleaned_data["is_active"] and self.instance.merged_into_id:
            raise forms.ValidationError(_("This account was united with another one and stays closed."))
        return self.cleaned_data["is_active"]

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"] or None

    class Meta(WagtailEditForm.Meta):
        model = User
        fields = ["email", "full_name", "phone", "staff_code", "is_active", "is_superuser", "groups"]


class UserIndex(WordSearch, wagtail_users.IndexView):
    default_ordering = "name_sort"

    @cached_property
    def columns(self):
        name_column = self._get_title_column_class(wagtail_users.UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            name_column(
                "name",
                accessor=str,
                label=_("Full name"),
                sort_key="name_sort",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("groups", accessor=lambda u: ", ".join(g.name for g in u.groups.all()), label=_("Roles")),
            Column(
                "is_superuser",
                accessor=lambda u: _("Administrator") if u.is_superuser else "",
                label=pgettext_lazy("people", "Access"),
            ),
            BooleanColumn("is_active", label=pgettext_lazy("people", "Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("groups")


class RecordsRights:
    """Writes down who gave whom which role."""

    def save_instance(self):
        before = (
            set() if self.form.instance._state.adding else set(self.form.instance.groups.values_list("name", flat=True))
        )
        person = super().save_instance()
        naming.named(person, timezone.now())
        after = set(person.groups.values_list("name", flat=True))
        if before != after or "is_superuser" in self.form.changed_data or "is_active" in self.form.changed_data:
            AuditEntry.objects.record(
                self.request.user,
                "person.rights_changed",
                person,
                given=sorted(after - before),
                taken=sorted(before - after),
                administrator=person.is_superuser,
                active=person.is_active,
            )
        return person


class UserCreate(RecordsRights, wagtail_users.CreateView):
    pass


class UserEdit(RecordsRights, wagtail_users.EditView):
    def get(self, request, *args, **kwargs):
        AuditEntry.objects.viewed(request.user, self.object)
        return super().get(request, *args, **kwargs)


class UserViewSet(wagtail_users.UserViewSet):
    ordering = "name_sort"
    menu_label = _("People")
    index_view_class = UserIndex
    add_view_class = UserCreate
    edit_view_class = UserEdit
    template_prefix = "people/users/"
    search_fields = ["search_text"]
    search_backend_name = None

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
