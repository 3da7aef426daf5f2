"""QR codes of links: as an inline drawing for papers and pages, as a PNG for letters.

A link in capitals (`HTTPS://HOST/C/TOKEN`) uses the alphanumeric mode and stays at 29 × 29 modules up to 61 characters.
Black on white, also in dark mode: the phone has to read it.
"""

import io
from functools import lru_cache
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules of white that the standard asks for on every side


def link(*path: str) -> str:
    """The address of `/T/…` or `/C/…` as a QR says it: whole and in capitals (views accept either case)."""
    site = urlsplit(settings.SITE_URL)
    return "/".join([f"{site.scheme}://{site.netloc}", *path]).upper()


def _make(text: str) -> segno.QRCode:
    # The mask is fixed: every mask is legal, and trying all eight costs five times the drawing.
    return segno.make(text, error="m", boost_error=False, mask=4, micro=False)


def matrix(text: str) -> list[list[bool]]:
    """Rows of modules, True = dark, without the quiet zone."""
    return [[bool(module) for module in row] for row in _make(text).matrix]


@lru_cache(maxsize=256)
def _path(text: str) -> tuple[int, str]:
    """Side length and one SVG path; a rectangle of dark modules is drawn once, so that no hairlines show in print."""
    rows = matrix(text)
    side, drawn = len(rows), []
    for y, row in enumerate(rows):
        x = 0
        while x < side:
            if not row[x]:
                x += 1
                continue
            start = x
            while x < side and row[x]:
                x += 1
            height = 1
            while (
                y + height < side
                and all(rows[y + height][start:x])
                and not (start and rows[y + height][start - 1])
                and not (x < side and rows[y + height][x])
            ):
                rows[y + height][start:x] = [False] * (x - start)
                height += 1
            drawn.append(f"M{start} {y}h{x - start}v{height}h-{x - start}")
    return side, "".join(drawn)


def svg(text: str, title: str = "", *, quiet: int = 0) -> SafeString:
    """An inline `<svg class="qr">`. `title` is for screen readers (papers need it); `quiet` = white modules around."""
    side, path = _path(text)
    box = side + 2 * quiet
    label = f"<title>{escape(title)}</title>" if title else ""
    hidden = "" if title else ' aria-hidden="true"'
    return mark_safe(  # noqa: S308 - the path is made of numbers, the title is escaped
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="{-quiet} {-quiet} {box} {box}"{hidden}>'
        f'{label}<path d="{path}"/></svg>'
    )


def png(text: str, scale: int = 8) -> bytes:
    """A PNG with its quiet zone, for letters (mail clients block inline drawings)."""
    out = io.BytesIO()
    _make(text).save(out, kind="png", scale=scale, border=QUIET_ZONE)
    return out.getvalue()
