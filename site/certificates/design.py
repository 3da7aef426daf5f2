"""How the words of a certificate are laid out: which line says what, and how large it may be.

A design that papers were issued with is never changed; a new look is a new number (`Certificate.template_version`),
with its own template and sheet beside the old ones.
"""

import math
import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from certificates import pdf, qr

if TYPE_CHECKING:
    from certificates.models import Certificate

MM_PER_POINT = 25.4 / 72
# Kerning and hinting move a line by a hair; names are set without kerning and measured exactly.
SAFETY = 0.985
POST_WIDE, POST_HIGH = 88, 27  # millimetres; points, all lines together
MISSING = -1  # the box a font draws for a letter it does not have
# Hard spaces keep the dots apart; the one soft space is where a line may break.
BETWEEN = "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{MIDDLE DOT} \N{NO-BREAK SPACE}"


# ------------------------------------------------------------ fitting: WeasyPrint cannot shrink a line to its box
class Fitted(NamedTuple):
    """Text that stands in its box. `size` is ready for CSS (no decimal comma), `text` has its line breaks."""

    size: str
    text: str
    lines: int


@cache
def _advances(weight: str) -> tuple[dict[int, int], int]:
    """Width of every letter of a face, and units per em."""
    from fontTools.ttLib import TTFont

    with TTFont(pdf.FOLDER / "fonts" / f"BeVietnamPro-{weight}.ttf") as font:
        widths = font["hmtx"].metrics
        advances = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
        return advances | {MISSING: widths[".notdef"][0]}, font["head"].unitsPerEm


def width(text: str, weight: str) -> float:
    """Width of one line in em."""
    advances, em = _advances(weight)
    return sum(advances.get(ord(letter), advances[MISSING]) for letter in text) / em


def _halves(text: str, weight: str) -> list[str]:
    """The text in two lines, even and breaking well; a text without spaces breaks in the middle.

    A good break comes after a comma or dash. A bad one tears a Vietnamese word of two syllables: "Quốc | gia",
    "Khởi | nghiệp"; a capital followed by a small letter gives it away.
    """
    words = text.split(" ")
    if len(words) < 2:
        middle = len(text) // 2
        return [text[:middle], text[middle:]]

    def badness(at: int) -> float:
        before, after = words[at - 1], words[at]
        length = max(width(" ".join(words[:at]), weight), width(" ".join(words[at:]), weight))
        torn = before[:1].isupper() and after[:1].islower()
        return length * (1.3 if torn else 1) * (0.85 if before[-1:] in ",;:–" else 1)

    at = min(range(1, len(words)), key=badness)
    return [" ".join(words[:at]).rstrip(), " ".join(words[at:]).lstrip()]


def fit(text: str, box: float, most: float, *, weight: str = "Regular", least: float = 0, lines: int = 1) -> Fitted:
    """The largest size, at most `most` points, in which `text` stands in `box` millimetres.

    Would it have to be smaller than `least` points, it takes two lines (where `lines` allows) of at most `least`
    points; if even those are too long they shrink on, so nothing ever overflows.
    """
    text = " ".join(re.split(r"[ \t\r\n]+", str(text).strip()))

    def largest(parts: list[str], most: float) -> float:
        widest = max(width(part, weight) for part in parts) or 0.001
        return min(most, box * SAFETY / (widest * MM_PER_POINT))

    parts, size = [text], largest([text], most)
    if lines > 1 and size < least and len(text) > 1:
        parts = _halves(text, weight)
        size = largest(parts, least)
    return Fitted(f"{int(size * 100) / 100:.2f}", "\n".join(parts), len(parts))


def post(text: str) -> Fitted | None:
    """The signatory's position with its own line breaks, over the room for signature and seal.

    However long it is, it takes three lines of that room at most; CSS breaks the lines.
    """
    lines = [" ".join(line.split()) for line in str(text).strip().splitlines() if line.strip()]
    if not lines:
        return None
    for size in (11.0, 10.0, 9.0, 8.0, 7.0):
        # A word that moves to the next line leaves a gap, so a line is never full.
        taken = sum(math.ceil(width(line, "SemiBold") * size * MM_PER_POINT / (POST_WIDE * 0.9)) for line in lines)
        if taken * size <= POST_HIGH:
            break
    return Fitted(f"{size:.2f}", "\n".join(lines), taken)


# ------------------------------------------------------------ the words
def long_date(day: date) -> str:
    """`ngày 12 tháng 9 năm 2025`, `12 September 2025`."""
    return _("%(day)s %(month)s %(year)s") % {"day": day.day, "month": _month(day), "year": day.year}


def _month(day: date) -> str:
    from django.utils.dates import MONTHS

    return str(day.month) if (translation.get_language() or "vi").startswith("vi") else str(MONTHS[day.month])


def _day(snapshot: dict[str, Any]) -> str:
    """When it took place: the words given for this language, else the ISO date written out."""
    spoken = (translation.get_language() or "vi")[:2]
    if words := snapshot.get(f"date_{spoken}"):
        return str(words)
    try:
        day = date.fromisoformat(str(snapshot.get("date", ""))[:10])
    except ValueError:
        return str(snapshot.get("date_vi") or "")
    return f"{day.day}/{day.month}/{day.year}" if spoken == "vi" else long_date(day)


def _hours(snapshot: dict[str, Any]) -> str:
    hours = snapshot.get("hours")
    if not isinstance(hours, (int, float)) or isinstance(hours, bool) or hours <= 0:
        return ""
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": number_format(hours)}


def kind_name(certificate: "Certificate") -> str:
    if word := certificate.word("kind"):
        return word
    if certificate.kind == "attendance":
        return _("Certificate of attendance")
    if certificate.snapshot.get("programme"):
        return _("Certificate of completing a learning path")
    return _("Certificate of course completion")


def _kind_line(certificate: "Certificate") -> str:
    """What stands under the heading CERTIFICATE."""
    if certificate.kind == "attendance":
        return pgettext("under the heading CERTIFICATE", "of attendance")
    if certificate.snapshot.get("programme"):
        return pgettext("under the heading CERTIFICATE", "of completing a learning path")
    return pgettext("under the heading CERTIFICATE", "of course completion")


def _lead(certificate: "Certificate") -> str:
    """Who certifies, before the name."""
    issuer, attendance = certificate.issuer, certificate.kind == "attendance"
    if issuer and attendance:
        return _("%(issuer)s hereby certifies that the delegate") % {"issuer": issuer}
    if issuer:
        return _("%(issuer)s hereby certifies that") % {"issuer": issuer}
    if attendance:
        return pgettext("on a certificate", "This is to certify that the delegate")
    return pgettext("on a certificate", "This is to certify that")


def facts(certificate: "Certificate") -> list[str]:
    """Day, place, hours and result, as far as they are known."""
    day = _day(certificate.snapshot)
    if day and certificate.kind != "attendance":
        # A bare date beside the day of issue would be a riddle.
        day = pgettext("on a certificate", "completed on %(day)s") % {"day": day}
    given = (
        day,
        certificate.word("place"),
        _hours(certificate.snapshot),
        certificate.word("result"),
    )
    return [fact for fact in given if fact]


def other_language_line(certificate: "Certificate") -> tuple[str, str]:
    """The paper in one line of the other language, for readers abroad (or at home): (language, line)."""
    other = "en" if certificate.language == "vi" else "vi"
    with translation.override(other):
        title = certificate.snapshot.get(f"title_{other}")
        if not title:
            return other, ""
        line = f"{kind_name(certificate)}: {title}"
        return other, BETWEEN.join([line, *facts(certificate)])


def certificate_context(certificate: "Certificate") -> dict[str, Any]:
    """Everything the template prints, in the language being spoken."""
    snapshot = certificate.snapshot
    attendance = certificate.kind == "attendance"
    issuer = certificate.issuer
    other, line = other_language_line(certificate)
    title = fit(certificate.title, 244, 17, weight="SemiBold", least=14.5, lines=2)
    return {
        "certificate": certificate,
        "sample": certificate.is_sample,
        "kind": kind_name(certificate),
        "kind_line": certificate.word("kind_line") or _kind_line(certificate),
        "attendance": attendance,
        # The motto of the state stands on an act of a state body (a course), not on the memento of several organisers.
        "motto": bool(snapshot.get("motto", not attendance)),
        "above_issuer": certificate.word("above_issuer"),
        "issuer": fit(issuer.upper(), 102, 10.5, weight="SemiBold", least=9, lines=2) if issuer else None,
        "partner": certificate.word("partner"),
        "lead": fit(_lead(certificate), 240, 11, least=9, lines=2),
        "name": fit(certificate.name, 244, 48, least=24, lines=2),
        "position": fit(words, 240, 12, least=9, lines=2) if (words := _post_of_holder(certificate)) else None,
        "title": title,
        "facts": fit(BETWEEN.join(facts(certificate)), 240, 11, least=9, lines=2) if facts(certificate) else None,
        "other_language": other,
        "other_line": fit(line, 240, 8.5, least=7, lines=2) if line else None,
        "signed": _signed(certificate),
        "post": post(certificate.word("signatory_title")),
        "signatory": certificate.word("signatory_name"),
        "qr": qr.svg(qr.link("C", certificate.token), _("QR code of the page that verifies this certificate")),
        "check_address": urlsplit(settings.SITE_URL).netloc + reverse("certificates:check"),
        "issued_at": certificate.issued_at,
    }


def _post_of_holder(certificate: "Certificate") -> str:
    return ", ".join(part for part in (certificate.word("position"), certificate.word("organisation")) if part)


def _signed(certificate: "Certificate") -> str:
    """The line over the signature: place and the day of issue by the clock of the office."""
    day = long_date(timezone.localtime(certificate.issued_at).date())
    place = certificate.word("signed_in")
    return f"{place}, {day}" if place else day[:1].upper() + day[1:]


def certificate_pdf(certificate: "Certificate") -> bytes:
    with translation.override(certificate.language):
        return pdf.render_paper(
            f"certificates/papers/certificate-{certificate.template_version}.html",
            certificate_context(certificate),
            css=f"certificate-{certificate.template_version}.css",
        )
