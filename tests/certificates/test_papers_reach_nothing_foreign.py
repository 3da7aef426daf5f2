"""A page that asks for files and addresses gets none of them, and the paper is not made with a hole in it."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from certificates import pdf
from tests.certificates import paper

ASKS = {
    "attachment": '<link rel="attachment" href="{url}">',
    "stylesheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import url("{url}")</style>',
    "background": '<style>body {{ background: url("{url}") }}</style>',
    "font": '<style>@font-face {{ font-family: X; src: url("{url}") }} p {{ font-family: X }}</style>',
    "picture": '<img src="{url}" alt="x">',
    "object": '<object data="{url}">x</object>',
    "embed": '<embed src="{url}">',
    "svg image": '<svg width="9" height="9"><title>x</title><image href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><title>x</title><use href="{url}#a"/></svg>',
    "list marker": '<ul style="list-style-image: url({url})"><li>x</li></ul>',
    "content": '<style>p::before {{ content: url("{url}") }}</style>',
}


@pytest.fixture(scope="module")
def canary():
    """A server on this machine that remembers who called; one of its addresses sends callers on."""
    calls = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(302 if self.path == "/redirect" else 200)
            self.send_header("Location", "/secret")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], calls
    server.shutdown()


def printed(markup: str) -> bytes | None:
    html = f'<!DOCTYPE html><html lang="vi"><head><title>x</title></head><body>{markup}<p>x</p></body></html>'
    try:
        return pdf._print(html, "ticket.css", {}, ())
    except pdf.ForeignAsset:
        return None


@pytest.mark.parametrize("ask", ASKS)
def test_nothing_is_fetched_for_a_hostile_page(ask, canary, tmp_path):
    port, calls = canary
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>mat-khau-may-chu</text></svg>', encoding="utf-8")
    for url in (
        f"http://127.0.0.1:{port}/a.svg",
        f"http://127.0.0.1:{port}/redirect",
        secret.as_uri(),
        "file:///etc/passwd",
    ):
        content = printed(ASKS[ask].format(url=url))
        if content is not None:
            assert b"mat-khau-may-chu" not in paper.inside(content)
            assert b"root:" not in paper.inside(content)
    assert calls == []


def test_a_missing_picture_stops_the_paper():
    with pytest.raises(pdf.ForeignAsset, match="art-nowhere"):
        pdf._print('<html lang="vi"><title>x</title><img src="asset:art-nowhere.svg" alt="x">', "ticket.css", {}, ())


def test_only_the_sheets_of_papers_are_sheets():
    with pytest.raises(pdf.ForeignAsset):
        pdf._print("<p>x", "../models.py", {}, ())


def test_a_lent_picture_is_there_for_one_paper_only():
    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
    html = '<html lang="vi"><title>x</title><img src="asset:logo.svg" alt="x" style="width: 9mm">'
    assert pdf._print(html, "ticket.css", {"logo.svg": (square, "image/svg+xml")}, ()).startswith(b"%PDF")
    with pytest.raises(pdf.ForeignAsset):
        pdf._print(html, "ticket.css", {}, ())


def test_a_page_nested_without_end_is_refused():
    with pytest.raises(pdf.PdfError):
        pdf._print("<div>" * 3000, "ticket.css", {}, ())


def test_without_pango_the_error_names_the_packages():
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in str(pdf.PangoMissing())


def test_a_file_inside_the_paper_keeps_its_bytes_and_its_moment(tmp_path):
    import subprocess
    from datetime import UTC, datetime

    note = pdf.Attached("note.json", b'{"a": 1}', "A note", datetime(2025, 9, 10, 2, tzinfo=UTC))
    html = '<!DOCTYPE html><html lang="vi"><head><title>x</title></head><body><p>x</p></body></html>'
    content = pdf._print(html, "ticket.css", {}, [note])
    assert pdf._print(html, "ticket.css", {}, [note]) == content
    assert paper.failures(content) == []
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, file], check=True)
    assert (tmp_path / "note.json").read_bytes() == b'{"a": 1}'
