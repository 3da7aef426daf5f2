"""Video, audio and captions with HTTP ranges, also without nginx: players seek by them, and Safari needs them."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model

from courses import captions

CHUNK = 64 * 1024
KINDS = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
}
CAPTIONS = ("vtt", "srt")
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def url(document) -> str:
    """The same in both languages, so that one copy serves both."""
    with translation.override("vi"):
        return reverse("courses:file", args=[document.pk, document.filename])


class Unsatisfiable(Exception):
    pass


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte of a single range; None where the whole file is the right answer."""
    found = ONE_RANGE.fullmatch(header.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return None  # several ranges or nonsense: a server may always answer with everything
    first, last = found.groups()
    if not first:  # the last n bytes
        length = int(last)
        if length == 0 or size == 0:
            raise Unsatisfiable
        return max(size - length, 0), size - 1
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, min(end, size - 1)


def pieces(file, start: int, length: int):
    try:
        file.seek(start)
        while length > 0 and (piece := file.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece
    finally:
        file.close()


def clean_captions(file, headers: dict[str, str]) -> HttpResponse:
    """What players understand, made from whatever the author had."""
    with file:
        data = file.read(captions.MOST_BYTES + 1)
    try:
        text = captions.webvtt(data)
    except captions.Malformed as error:
        raise Http404 from error
    del headers["Accept-Ranges"]
    return HttpResponse(text, content_type="text/vtt; charset=utf-8", headers=headers)


@require_safe
def serve(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    document = get_object_or_404(get_document_model(), pk=document_id)
    if document.filename != filename:
        raise Http404
    for hook in hooks.get_hooks("before_serve_document"):  # private collections stay private
        answer = hook(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    extension = document.file_extension.lower()
    kind = KINDS.get(extension)
    if kind is None and extension not in CAPTIONS:
        raise Http404
    try:
        file = document.file.storage.open(document.file.name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    etag = f'"{document.file_hash or document.pk}"'
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }
    if request.headers.get("If-None-Match") == etag:
        file.close()
        return HttpResponse(status=304, headers=headers)
    if kind is None:
        return clean_captions(file, headers)
    size = document.file.size
    part = None
    response: FileResponse | StreamingHttpResponse
    if (header := request.headers.get("Range")) and request.headers.get("If-Range", etag) == etag:
        try:
            part = wanted_range(header, size)
        except Unsatisfiable:
            file.close()
            return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    if part is None:
        response = FileResponse(file, content_type=kind)
        length = size
    else:
        start, end = part
        length = end - start + 1
        response = StreamingHttpResponse(pieces(file, start, length), status=206, content_type=kind)
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
        response._resource_closers.append(file.close)
    for name, value in {**headers, "Content-Length": str(length)}.items():
        response[name] = value
    return response
