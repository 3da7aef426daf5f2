"""The papers of a person with two accounts are all held by the one that stays. The words on them never change."""

from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate
from people import merging


def move(pair: merging.Pair) -> tuple[int, list[str]]:
    return Certificate.objects.filter(holder=pair.double).update(holder=pair.kept), []


def register() -> None:
    merging.register(merging.Mover("certificates", _("Certificates"), move))
