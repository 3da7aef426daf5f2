"""What all back-office screens of the forum are made of."""

from django.contrib import messages
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from content import cache
from content.templatetags.kit import vn_datetime


def both(name: str) -> FieldRowPanel:
    """One text in both languages, side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_vi"), FieldPanel(f"{name}_en")])


def moment(field: str, label) -> Column:
    """Date and time as the clock says them; "two weeks ago" helps nobody who plans a day."""
    return Column(field, label=label, accessor=lambda row: vn_datetime(getattr(row, field)), sort_key=field)


def tick(yes: bool) -> str:
    return "✓" if yes else ""


class Bumps:
    """Pages show what is edited here, so kept pages are forgotten."""

    def save_instance(self):
        instance = super().save_instance()
        cache.bump()
        return instance


class CreateView(Bumps, generic.CreateView):
    pass


class EditView(Bumps, generic.EditView):
    pass


class DeleteView(generic.DeleteView):
    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, gettext("Others rest on this record, so it cannot be deleted."))
            return redirect(self.index_url_name)

    def delete_action(self):
        super().delete_action()
        cache.bump()


class OfficeView(ViewSet):
    """A screen of its own in a menu, for whoever has its permission."""

    permission: str

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm(self.permission)
        return item


class RecordViewSet(ModelViewSet):
    """What all screens of the forum's records have."""

    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
