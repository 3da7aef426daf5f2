"""What files say of themselves: how long an MP4 lasts, how many pages a PDF has. None where they do not say it."""

import re
import zlib
from typing import BinaryIO

MOST_BOXES = 2000
MOST_PDF = 60_000_000
PAGES = re.compile(rb"/Type\s*/Pages\b")
COUNT = re.compile(rb"/Count\s+(\d{1,6})\b")
STREAM = re.compile(rb"stream\r?\n")


def seconds_of(file: BinaryIO) -> float | None:
    """The length in the header of an MP4 or M4A file (boxes moov, mvhd)."""
    try:
        found = _box(file, 0, None, b"moov")
        header = found and _box(file, *found, b"mvhd")
        if not header:
            return None
        file.seek(header[0])
        body = file.read(36)
        if body[:1] == b"\x01":
            scale, length = int.from_bytes(body[20:24]), int.from_bytes(body[24:32])
        else:
            scale, length = int.from_bytes(body[12:16]), int.from_bytes(body[16:20])
    except (OSError, ValueError):
        return None
    return length / scale if scale and length else None


def _box(file: BinaryIO, start: int, end: int | None, wanted: bytes) -> tuple[int, int] | None:
    """(first byte, end) of what a box of this name holds."""
    place = start
    for _ in range(MOST_BOXES):
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            return None
        size, name, header = int.from_bytes(head[:4]), head[4:8], 8
        if size == 1 and len(head) == 16:
            size, header = int.from_bytes(head[8:16]), 16
        if name == wanted:
            return place + header, place + (size or 1 << 62)
        if size < header or (end is not None and place + size >= end):
            return None
        place += size
    return None


def pages_of(file: BinaryIO) -> int | None:
    """The number of pages in a PDF: the greatest count of its page tree, also where that is in a compressed stream."""
    try:
        data = file.read(MOST_PDF)
    except OSError:
        return None
    if not data.startswith(b"%PDF-"):
        return None
    counts = list(_counts(data))
    for start in STREAM.finditer(data):
        head = data[max(start.start() - 400, 0) : start.start()]
        if b"/ObjStm" not in head[head.rfind(b"obj") :]:
            continue
        try:
            counts += _counts(zlib.decompressobj().decompress(data[start.end() : start.end() + 2_000_000], 4_000_000))
        except zlib.error:
            continue
    return max(counts, default=None)


def _counts(text: bytes):
    for found in PAGES.finditer(text):
        before = text.rfind(b"<<", 0, found.start())
        after = text.find(b">>", found.end())
        piece = text[max(before, found.start() - 2000) : after if after > 0 else found.end() + 2000]
        if count := COUNT.search(piece):
            yield int(count[1])
