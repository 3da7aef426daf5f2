"""Letters follow the account that stays, and both mailboxes are told that the two became one."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from letters import kinds
from people import merging


def move(pair: merging.Pair) -> tuple[int, list[str]]:
    from letters.models import Letter

    number = Letter.objects.filter(person=pair.double).update(person=pair.kept)
    for address in filter(None, {pair.kept.email, pair.double.email}):
        Letter.objects.post(
            "accounts_united",
            address,
            language=pair.kept.language,
            about=pair.kept,
            person=pair.kept,
            once=f"accounts_united:{pair.kept.pk}:{pair.double.pk}:{address}",
        )
    return number, []


def context(letter) -> dict:
    return {"person": letter.about, "site_url": settings.SITE_URL}


def register() -> None:
    kinds.register(kinds.Kind("accounts_united", name=_("Two accounts became one"), context=context))
    merging.register(merging.Mover("letters", _("Letters"), move))
