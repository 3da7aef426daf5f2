"""The words that an organiser writes instead of the built-in ones, with a fixed set of `{words}` in them.

Nothing else in such a text is interpreted: it is never a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from content.templatetags import kit
from letters import kinds

if TYPE_CHECKING:
    from events.models import LetterText
    from letters.models import Letter

MASS_MAIL = "mass_mail"  # the kind of letters to many; their words are the mail's own
IN_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Word:
    """`{name}` in a text, and what takes its place: read from the context of the letter."""

    name: str
    label: Any
    read: Callable[[dict[str, Any]], object]


WORDS = {
    word.name: word
    for word in (
        Word("ten", _("name of the reader"), lambda c: c["addressee"]),
        Word("su_kien", _("name of the event"), lambda c: c["event"].name),
        Word("ngay", _("first day"), lambda c: kit.vn_weekday_date(c["event"].starts_at)),
        Word("gio", _("time at which it starts"), lambda c: kit.vn_time(c["event"].starts_at)),
        Word(
            "gio_mo_cua",
            _("time at which the doors open"),
            lambda c: kit.vn_time(c["event"].doors_at or c["event"].starts_at),
        ),
        Word("dia_diem", _("venue"), lambda c: c["event"].venue),
        Word("dia_chi", _("address of the venue"), lambda c: c["event"].address),
        Word("ban_to_chuc", _("organiser"), lambda c: c["event"].organiser),
        Word("thu_lien_he", _("contact e-mail"), lambda c: c["event"].contact_email),
        Word("lien_ket", _("address of the reader's page"), lambda c: c["link"]),
        Word("loai_ve", _("ticket type"), lambda c: (c.get("registration") or c["delegation"]).ticket_type.name),
        Word("ma_ve", _("ticket code"), lambda c: c["registration"].code_groups[0]),
        Word("trang_thai", _("state of the registration"), lambda c: c["registration"].get_state_display()),
        Word("don_vi", _("agency or organisation"), lambda c: c["registration"].organisation),
        Word("chuc_vu", _("position of the reader"), lambda c: c["registration"].position),
        Word("han_giu_cho", _("until when the seat is kept"), lambda c: kit.vn_datetime(_kept_until(c))),
        Word("so_thu_tu", _("place on the waiting list"), lambda c: c["place"] or ""),
        Word("ly_do", _("reason that was given"), lambda c: c["reason"]),
        Word("doan", _("name of the delegation"), lambda c: c["delegation"].name),
        Word("so_cho", _("seats of the delegation"), lambda c: c["delegation"].size),
    )
}
OF_EVENT = list(WORDS)[: list(WORDS).index("lien_ket") + 1]
OF_DELEGATION = [*OF_EVENT, "loai_ve", "han_giu_cho", "doan", "so_cho"]
OF_REGISTRATION = [name for name in WORDS if name not in ("doan", "so_cho")]


def _kept_until(context: dict[str, Any]):
    delegation = context.get("delegation")
    return delegation.release_at if delegation else context["held_until"]


def words_of(kind: str) -> list[Word]:
    """What may stand in braces in a letter of this kind."""
    if kind == "registration_handed_over":  # the registration belongs to somebody else by then
        names = OF_EVENT
    else:
        names = OF_DELEGATION if kind.startswith("delegation_") else OF_REGISTRATION
    return [WORDS[name] for name in names]


def editable() -> list[kinds.Kind]:
    """The kinds whose words may be written anew."""
    return [kind for kind in kinds.KINDS.values() if kind.own_words is own_words]


def fill(text: str, kind: str, context: dict[str, Any]) -> str:
    """Put the reader's facts in the place of the words in braces. One pass: what was put in is not read again."""
    known = {word.name: word for word in words_of(kind)}

    def fact(found: re.Match) -> str:
        word = known.get(found[1])
        return str(word.read(context)) if word else found[0]

    return IN_BRACES.sub(fact, text)


def check(text: str, kind: str) -> None:
    """A word in braces that does not exist is most likely misspelt: say so before thousands read it."""
    known = {word.name for word in words_of(kind)}
    unknown = [found for found in IN_BRACES.findall(text) if found not in known]
    if unknown:
        raise ValidationError(
            gettext("{%(word)s} is not one of the words that can be filled in. Please choose one from the list."),
            params={"word": unknown[0]},
        )


def own_words(letter: Letter, context: dict[str, Any]) -> tuple[str, str]:
    """What the organiser wrote for this event, this kind and this language; empty: the built-in words."""
    from events.models import LetterText

    text = LetterText.objects.filter(event=context["event"], kind=letter.kind).first()
    return words_in(text, letter, context) if text else ("", "")


def words_in(text: LetterText, letter: Letter, context: dict[str, Any]) -> tuple[str, str]:
    subject, body = text.in_language((get_language() or "vi")[:2])
    return fill(subject, letter.kind, context), fill(body, letter.kind, context)
