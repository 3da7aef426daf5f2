"""A filter of the list of registrations, kept under a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def usable_by(self, user) -> SavedFilterQuerySet:
        return self.filter(Q(owner=user) | Q(shared=True))


class SavedFilter(models.Model):
    """Seen by whoever saved it, or by all organisers."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=1000)  # of the list's address
    shared = models.BooleanField(_("for all organisers"), default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_saved_filter_per_owner_and_name")]

    def __str__(self) -> str:
        return self.name
