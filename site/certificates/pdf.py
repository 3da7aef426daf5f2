"""The only door to WeasyPrint: a template and a style sheet of `papers/` become an archive-grade, tagged PDF.

Every file is PDF/A-3a and PDF/UA-1. A page gets nothing from a disk or a network: what it may use is a table of names
(`asset:art-certificate.svg`, see `asset_names()`). Equal input gives equal bytes.

What a template must do for PDF/UA: `<html lang>`, `<title>`, a `<title>` inside every inline `<svg>`, decoration only
as CSS `background`. A QR code is embedded inline: `certificates.qr.svg(certificates.qr.link("T", code), "what it is")`.
Fonts: "Be Vietnam Pro" 400, 600 and 700 (`asset:BeVietnamPro-Regular.ttf`, `-SemiBold`, `-Bold`) through the
`@font-face` rules of the sheets. Pictures: `asset:art-certificate.svg` (A4), `asset:art-ticket.svg` (105 x 36 mm).
"""

import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

FOLDER = Path(__file__).parent / "papers"
KINDS = {".svg": "image/svg+xml", ".ttf": "font/ttf", ".png": "image/png", ".jpg": "image/jpeg"}
# Moves on when what this module makes of the same words changes; download addresses say so to browsers.
EDITION = "1"
DEBIAN_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfError(Exception):
    """A paper could not be made."""


class PangoMissing(PdfError):
    """The text library that WeasyPrint needs is not on this machine."""

    def __init__(self) -> None:
        super().__init__(f"PDF papers need Pango. On Debian or Ubuntu: apt install {DEBIAN_PACKAGES}")


class ForeignAsset(PdfError):
    """A paper asked for a picture, font or file that is not one of ours, or that does not exist."""


class Attached(NamedTuple):
    """A file inside the PDF. Its moment is part of the bytes, so it is given, never `now`."""

    name: str
    content: bytes
    description: str
    moment: datetime
    relationship: str = "Source"


@cache
def _own_assets() -> dict[str, tuple[bytes, str]]:
    files = [*FOLDER.glob("*.svg"), *FOLDER.glob("fonts/*.ttf")]
    return {f"asset:{path.name}": (path.read_bytes(), KINDS[path.suffix]) for path in files}


def asset_names() -> list[str]:
    """What a template or sheet may name in `url("…")`."""
    return sorted(_own_assets())


class _Kit:
    """What all papers share: one fetcher, one font configuration, parsed sheets, one image cache, one lock.

    A font configuration per document would leak memory, and parsing the sheets again costs as much as the layout. The
    lock is there because nobody promises that two threads may share the configuration.
    """

    def __init__(self) -> None:
        try:
            from weasyprint.text.fonts import FontConfiguration
            from weasyprint.urls import URLFetcher, URLFetcherResponse
        except OSError as error:
            raise PangoMissing from error

        class Assets(URLFetcher):
            """Named assets only. The parent's set-up (network handlers, an SSL context) is left out on purpose."""

            def __init__(self) -> None:
                self._fail_on_errors = True  # a missing crest stops the paper instead of leaving a hole in it
                self.lent: Mapping[str, tuple[bytes, str]] = {}

            def fetch(self, url: str, headers=None) -> URLFetcherResponse:
                found = self.lent.get(url) or _own_assets().get(url)
                if found is None:
                    raise ValueError(f"not one of our assets: {url[:200]}")
                return URLFetcherResponse(url, found[0], {"Content-Type": found[1]})

            def open(self, url, data=None, timeout=None) -> URLFetcherResponse:
                return self.fetch(getattr(url, "full_url", url))

        _end_streams_clearly()
        self.lock = threading.Lock()
        self.fetcher = Assets()
        self.fonts = FontConfiguration()
        self.images: dict[str, Any] = {}
        self.sheets: dict[str, Any] = {}

    def sheet(self, name: str):
        from weasyprint import CSS

        if name not in self.sheets:
            path = FOLDER / name
            if path.parent != FOLDER or path.suffix != ".css" or not path.is_file():
                raise ForeignAsset(f"no style sheet {name!r} in {FOLDER.name}/")
            self.sheets[name] = CSS(
                string=path.read_text(encoding="utf-8"),
                base_url="asset:",
                font_config=self.fonts,
                url_fetcher=self.fetcher,
            )
        return self.sheets[name]


def _end_streams_clearly() -> None:
    """pydyf ends a stream with LF. Data that happens to end in CR then seems one byte short to strict checkers."""
    import pydyf

    plain = pydyf.Stream.data.fget

    def data(stream) -> bytes:
        written = plain(stream)
        if written.endswith(b"\r\nendstream"):
            return written.removesuffix(b"\nendstream") + b"\r\nendstream"
        return written

    pydyf.Stream.data = property(data)


@cache
def _kit() -> _Kit:
    return _Kit()


_kit_lock = threading.Lock()


def load_engine() -> bool:
    """Read the engine into memory before it is needed, nothing more; False when Pango is missing."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def render_paper(
    template: str,
    context: Mapping[str, Any],
    *,
    css: str,
    assets: Mapping[str, tuple[bytes, str]] | None = None,
    attachments: Iterable[Attached] = (),
) -> bytes:
    """The PDF of a Django template, in the language being spoken.

    `css` names one sheet of `papers/` (several: separated by a space). `assets` lends pictures for this paper alone, as
    {name: (bytes, media type)}; the page then says `asset:name`. Raises PangoMissing, ForeignAsset or PdfError.
    """
    html = render_to_string(template, {"lang": (translation.get_language() or "vi")[:2], **context})
    return _print(html, css, assets or {}, attachments)


def _print(html: str, css: str, assets: Mapping[str, tuple[bytes, str]], attachments: Iterable[Attached]) -> bytes:
    with _kit_lock:
        kit = _kit()
    from weasyprint import HTML, Attachment
    from weasyprint.urls import FatalURLFetchingError

    with kit.lock:
        kit.fetcher.lent = {f"asset:{name}": asset for name, asset in assets.items()}
        try:
            return HTML(string=html, base_url="asset:", url_fetcher=kit.fetcher).write_pdf(
                stylesheets=[kit.sheet(name) for name in css.split()],
                font_config=kit.fonts,
                # Lent pictures may differ under one name: they must not stay in the shared cache.
                cache={} if assets else kit.images,
                pdf_variant="pdf/a-3a",
                finisher=_also_ua1,
                attachments=[
                    Attachment(
                        string=file.content,
                        name=file.name,
                        base_url=file.name,
                        description=file.description,
                        url_fetcher=kit.fetcher,
                        created=file.moment.astimezone(UTC),
                        modified=file.moment.astimezone(UTC),
                        relationship=file.relationship,
                    )
                    for file in attachments
                ],
            )
        except FatalURLFetchingError as error:  # a BaseException: `except Exception` elsewhere would not see it
            raise ForeignAsset(str(error)) from None
        except RecursionError as error:
            raise PdfError("the paper is nested too deeply") from error
        finally:
            kit.fetcher.lent = {}


# WeasyPrint writes one profile. PDF/UA-1 needs its own mark in the metadata, and PDF/A wants every mark described.
_UA_MARK = b'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" '
_UA_SCHEMA = (
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"
)


def _also_ua1(document, pdf) -> None:
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False  # some checkers read only plain metadata
    xmp = b"".join(metadata.stream)
    xmp = xmp.replace(
        b'<rdf:Description rdf:about="" pdfaid:', b"<rdf:Description " + _UA_MARK + b'rdf:about="" pdfaid:', 1
    )
    metadata.stream = [xmp.replace(b"</rdf:RDF>", _UA_SCHEMA, 1)]
