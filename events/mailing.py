"""Letters to many, and looking at letters before anybody gets them."""

from __future__ import annotations

import base64
import re
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from certificates import qr
from events import letter_text, letters
from events.letter_text import MASS_MAIL
from letters import kinds
from letters.models import Letter
from letters.render import Rendered, built_in_words, pictures, render

if TYPE_CHECKING:
    from django.db import models

    from events.models import MassMail
    from letters.render import OwnWords
    from people.models import User

TRIAL = "trial"  # a look at a letter, sent to the person who writes it
UNSUBSCRIBE = signing.Signer(
    salt="events.unsubscribe.letter"
)  # a link of one kind is of no use in the place of another
HIDDEN = "•" * 26


# ---------------------------------------------------------------- the kind


def mail_of(letter: Letter) -> MassMail:
    from events.models import MassMail

    return MassMail.objects.get(pk=letter.data["mail"])


def context(letter: Letter) -> dict[str, Any]:
    found = letters.about_registration(_("Open my page"), facts=False)(letter)
    return found | {"unsubscribe": unsubscribe_link(letter) if mail_of(letter).is_news else ""}


def own_words(letter: Letter, context: dict[str, Any]) -> tuple[str, str]:
    return words_in(mail_of(letter))(letter, context)


def words_in(text) -> OwnWords:
    """The words of a mail in the reader's language, with the reader's facts."""

    def words(letter: Letter, context: dict[str, Any]) -> tuple[str, str]:
        return (
            letter_text.fill(text.subject, MASS_MAIL, context),
            letter_text.fill(text.body, MASS_MAIL, context),
        )

    return words


def still_due(letter: Letter) -> bool:
    return letters.same_holder(letter) and mail_of(letter).is_for(letters.registration_of(letter))


def headers(letter: Letter) -> dict[str, str]:
    """RFC 8058: mailboxes show a button of their own that unsubscribes with one request."""
    if not mail_of(letter).is_news:
        return {}
    return {
        "List-Unsubscribe": f"<{unsubscribe_link(letter)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def sample_code(letter: Letter) -> list[kinds.Attachment]:
    """A letter that is only looked at shows a code that opens nothing."""
    return [("qr.png", qr.png(settings.SITE_URL, 8), "image/png", "qr")] if "cid:qr" in letter.html else []


def register_kinds() -> None:
    kinds.register(
        kinds.Kind(
            MASS_MAIL,
            _("Letter to many"),
            context,
            secret=True,
            queue="bulk",
            frame=letters.FRAME,
            own_words=own_words,
            still_due=still_due,
            headers=headers,
        )
    )
    kinds.register(kinds.Kind(TRIAL, _("Letter on trial"), attachments=sample_code, finished=True, secret=True))


# ---------------------------------------------------------------- no more news


def unsubscribe_link(letter: Letter) -> str:
    """Named after the letter, not the ticket: whoever has the ticket next is another reader."""
    token = UNSUBSCRIBE.sign(letter.key.hex)
    return settings.SITE_URL + reverse("events:unsubscribe", args=[token])


def reader_of(token: str) -> str | None:
    """The address that a link was sent to; None for a link that we did not make."""
    try:
        key = UNSUBSCRIBE.unsign(token)
    except signing.BadSignature:
        return None
    return Letter.objects.filter(key=uuid.UUID(key)).values_list("to", flat=True).first()


# ---------------------------------------------------------------- looking before sending


def look(
    kind: str, about: models.Model, *, language: str, own_words: OwnWords | None = None, data: dict | None = None
) -> Rendered:
    """A letter as its reader would get it now, but its links open nothing: no secret address is shown to staff."""
    letter = Letter(kind=kind, to=_address(about), language=language, about_id=str(about.pk), data=data or {})
    rendered = render(letter, own_words=own_words, attach=False)
    return Rendered(_masked(rendered.subject, about), _masked(rendered.text, about), _masked(rendered.html, about))


def _address(about) -> str:
    return getattr(about, "email", "") or about.coordinator_email


def _masked(text: str, about) -> str:
    for field in ("manage_token", "checkin_token", "token"):
        if secret := getattr(about, field, ""):
            text = re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE)
    return re.sub(r"(/huy-nhan-thu/)[\w:.-]+", rf"\1{HIDDEN}", text)


def framed(rendered: Rendered) -> str:
    """The HTML with its pictures inside, for a frame in the back office.

    Codes (of a ticket, of a transfer) are drawn when a letter leaves; here another one stands for them.
    """
    html = rendered.html
    for _name, content, mimetype, cid in pictures(rendered):
        html = html.replace(f"cid:{cid}", f"data:{mimetype};base64,{base64.b64encode(content).decode()}")
    code = base64.b64encode(qr.png(settings.SITE_URL, 8)).decode()
    return re.sub(r"cid:[a-z]+", f"data:image/png;base64,{code}", html)


def send_trial(rendered: Rendered, *, to: User, language: str) -> Letter:
    """The letter as it was looked at, to the person who looks."""
    with override(language):
        subject = gettext("[Trial] %(subject)s") % {"subject": rendered.subject}
    return Letter.objects.post(
        TRIAL,
        to.email or "",
        language=language,
        person=to,
        subject=subject[:300],
        text=rendered.text,
        html=rendered.html,
    )


def facts(kind: str, about: models.Model, *, language: str) -> list[tuple[str, Any, str]]:
    """(word in braces, what it is, what would stand there) for the list beside the form."""
    letter = Letter(kind=kind, language=language, about_id=str(about.pk), to=_address(about))
    with override(language):
        read = _context(letter)
        return [
            (f"{{{word.name}}}", word.label, _masked(str(word.read(read)), about))
            for word in letter_text.words_of(kind)
        ]


def built_in(kind: str, about: models.Model, *, language: str) -> str:
    """The words that stand there as long as nobody writes others."""
    letter = Letter(kind=kind, language=language, about_id=str(about.pk), to=_address(about))
    with override(language):
        return _masked(built_in_words(kinds.get(kind), _context(letter)), about)


def _context(letter: Letter) -> dict[str, Any]:
    found = (
        kinds.get(letter.kind).context(letter) if letter.kind != MASS_MAIL else letters.about_registration("")(letter)
    )
    return found | {"letter": letter}
