"""From a letter's row to what the mail server gets: subject, text, HTML with its styles in place, attachments.

Templates are written plainly (`<p>`, `<p class="soft">`, `<a class="button">`); mail clients read only styles that
stand on the tag itself, so `inline_styles` puts them there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import MIMEPart
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from letters import kinds
from letters.kinds import Attachment
from letters.models import Letter

type OwnWords = Callable[[Letter, dict], tuple[str, str]]
KARST = Path(__file__).with_name("art") / "mail-karst.png"

INK = "#092a36"
SOFT = "#4f5f65"
LINE = "#d4cfc5"
# tag or tag.class: the style written onto each such tag without one of its own, and the class for the dark scheme.
STYLES = {
    "p": (f"margin:0 0 16px;font-size:17px;line-height:27px;color:{INK}", "ink"),
    "p.soft": (f"margin:0 0 12px;font-size:15px;line-height:24px;color:{SOFT}", "soft"),
    "p.small": (f"margin:0 0 10px;font-size:13px;line-height:20px;color:{SOFT}", "soft"),
    "p.code": (
        f"margin:8px 0 24px;font-size:34px;line-height:44px;font-weight:600;letter-spacing:8px;color:{INK}",
        "ink",
    ),
    "h1": (f"margin:0 0 16px;font-size:22px;line-height:30px;font-weight:600;color:{INK}", "ink"),
    "h2": (f"margin:0 0 8px;font-size:19px;line-height:26px;font-weight:600;color:{INK}", "ink"),
    "ul": (f"margin:0 0 16px;padding:0 0 0 22px;font-size:17px;line-height:27px;color:{INK}", "ink"),
    "li": ("margin:0 0 6px", ""),
    "b": ("font-weight:600", ""),
    "a": ("color:#096255", "link"),
    "table.facts": (f"width:100%;margin:0 0 24px;border-top:1px solid {LINE};border-bottom:1px solid {LINE}", "line"),
    "th": (
        "padding:8px 20px 8px 0;text-align:left;vertical-align:top;font-size:15px;line-height:24px;font-weight:400;"
        f"color:{SOFT}",
        "soft",
    ),
    "td": (f"padding:8px 0;vertical-align:top;font-size:17px;line-height:24px;color:{INK}", "ink"),
    "img.qr": (
        "display:block;border:1px solid #d4cfc5;border-radius:6px;background:#ffffff;padding:5px;margin:0 0 20px",
        "qr",
    ),
}
BUTTON = (
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 22px"><tr>'
    '<td class="go" bgcolor="#096255" style="background:#096255;border-radius:6px">'
    '<a href="{href}" style="display:inline-block;padding:13px 24px;font-size:17px;line-height:22px;font-weight:600;'
    'color:#fffefc;text-decoration:none">{words}</a></td></tr></table>'
)


def inline_styles(html: str) -> str:
    """Put the styles of the kit onto each plain tag, and make buttons that Outlook shows too."""

    def button(found: re.Match) -> str:
        href = re.search(r'href="([^"]*)"', found[1])
        return BUTTON.format(href=href[1] if href else "", words=found[2].strip())

    def styled(found: re.Match) -> str:
        tag, rest = found[1], found[2]
        if "style=" in rest or 'role="presentation"' in rest:
            return found[0]
        named = re.search(r'class="([^"]*)"', rest)
        style, dark = next(
            (STYLES[f"{tag}.{name}"] for name in (named[1].split() if named else ()) if f"{tag}.{name}" in STYLES),
            STYLES.get(tag, ("", "")),
        )
        if not style:
            return found[0]
        rest = re.sub(r'\s*class="[^"]*"', "", rest)
        return f'<{tag}{f" class={chr(34)}{dark}{chr(34)}" if dark else ""}{rest} style="{style}">'

    html = re.sub(r'<a\b([^>]*class="button"[^>]*)>(.*?)</a>', button, html, flags=re.DOTALL)
    return re.sub(r"<(p|h1|h2|ul|li|b|a|table|th|td|img)\b([^>]*)>", styled, html)


@dataclass
class Rendered:
    """A letter in words."""

    subject: str
    text: str
    html: str
    attachments: list[Attachment] = field(default_factory=list)


def one_line(text: str) -> str:
    """A header holds one line: no sender can smuggle a second header in."""
    return " ".join(text.split())


def plain(template: str, context: dict) -> str:
    """A text template: an apostrophe stays an apostrophe."""
    return get_template(template).template.render(Context(context, autoescape=False))


def built_in_words(kind: kinds.Kind, context: dict) -> str:
    """The words of a kind that has a frame: paragraphs with one empty line between them."""
    return re.sub(r"\n\s*\n", "\n\n", plain(f"{kind.template}.words.txt", context).strip())


def render(letter: Letter, *, own_words: OwnWords | None = None, attach: bool = True) -> Rendered:
    """What the letter says now, in its own language.

    `own_words` stand in the place of the kind's, to look at words that are not saved yet; such a look needs no files.
    """
    with translation.override(letter.language):
        kind = kinds.get(letter.kind)
        context = {"SITE_URL": settings.SITE_URL, "letter": letter, "site_name": settings.SITE_NAME}
        if letter.is_finished_message:
            html = letter.html or render_to_string("letters/plain.html", context | {"text": letter.text})
            return Rendered(one_line(letter.subject), letter.text, inline_styles(html), list(kind.attachments(letter)))
        context |= kind.context(letter)
        subject, words = (own_words or kind.own_words)(letter, context)
        if kind.frame:
            context["words"] = words or built_in_words(kind, context)
        frame = kind.frame or kind.template
        return Rendered(
            subject=one_line(subject or plain(f"{kind.template}.subject.txt", context)),
            text=plain(f"{frame}.txt", context).strip() + "\n",
            html=inline_styles(render_to_string(f"{frame}.html", context)),
            attachments=list(kind.attachments(letter)) if attach else [],
        )


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The message for the mail server."""
    rendered = render(letter)
    message = EmailMultiAlternatives(
        subject=rendered.subject,
        body=rendered.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.to],
        headers={
            "Message-ID": letter.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
            **kinds.get(letter.kind).headers(letter),
        },
    )
    message.attach_alternative(rendered.html, "text/html")
    for attachment in [*rendered.attachments, *pictures(rendered)]:
        name, content, mimetype, *cid = attachment
        part = MIMEPart()
        # "text/calendar; method=PUBLISH" carries parameters that calendars look for.
        kind, *parameters = [word.strip() for word in mimetype.split(";")]
        main, _slash, sub = kind.partition("/")
        part.set_content(
            content,
            maintype=main,
            subtype=sub,
            filename=name,
            disposition="inline" if cid else "attachment",
            cid=f"<{cid[0]}>" if cid else None,
            params=dict(parameter.split("=", 1) for parameter in parameters),
        )
        message.attach(part)
    return message


def pictures(rendered: Rendered) -> list[Attachment]:
    """The drawn islands on the letterhead, when the letter shows them."""
    if "cid:karst" not in rendered.html:
        return []
    return [("karst.png", KARST.read_bytes(), "image/png", "karst")]
