"""Looking at a finished paper: what a printer would print, what a reader would read, what a checker says."""

import re
import subprocess
import tempfile
import zlib
from pathlib import Path

import page
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from certificates import design, pdf

DPI = 150
MM = DPI / 25.4


def picture(content: bytes, dpi: int = DPI) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.pdf"
        source.write_bytes(content)
        target = Path(folder) / "paper"
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "-singlefile", source, target], check=True)
        return Image.open(target.with_suffix(".png")).convert("RGB")


def text(content: bytes, order: str = "-layout") -> str:
    found = subprocess.run(["pdftotext", order, "-", "-"], input=content, capture_output=True, check=True)
    return found.stdout.decode()


def pages(content: bytes) -> int:
    found = subprocess.run(["pdfinfo", "-"], input=content, capture_output=True, check=True)
    return int(re.search(rb"Pages:\s+(\d+)", found.stdout)[1])


def failures(content: bytes) -> list[str]:
    """What PDF/A-3a and PDF/UA-1 have against a file."""
    said = []
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        verdict = page.validate_pdf_bytes(content, profile=profile)
        if not verdict.is_compliant:
            said += [str(failure) for failure in verdict.failures] or [str(profile)]
    return said


def inside(content: bytes) -> bytes:
    """The file with every compressed stream opened."""
    opened = [content]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        try:
            opened.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(opened)


# ------------------------------------------------------------ is a line of text printed with the right glyphs?
# The same letters are drawn a second time by another program (FreeType through Pillow), each where the font says it
# stands. What differs by more than the soft edge of a stroke is counted: a lost tone, a box, a face from elsewhere.


def _ink(image: Image.Image) -> Image.Image:
    return image.convert("L").point(lambda value: 255 if value < 128 else 0)


def _drawn(line: str, size: float, weight: str) -> Image.Image:
    em = size * DPI / 72
    file = pdf.FOLDER / "fonts" / f"BeVietnamPro-{weight}.ttf"
    font = ImageFont.truetype(file, em, layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("L", (int(design.width(line, weight) * em) + 40, int(em * 2.4)), 255)
    draw, x = ImageDraw.Draw(image), 20.0
    for letter in line:
        draw.text((x, em * 1.6), letter, fill=0, font=font, anchor="ls")
        x += design.width(letter, weight) * em
    return _ink(image)


def strangeness(printed: Image.Image, line: str, size: float, weight: str = "Regular") -> int:
    """How many pixels of `printed` are not those of `line` in our font, soft edges aside; 0 = the same shapes."""
    ink, twin = _ink(printed), _drawn(line, size, weight)
    here, there = ink.getbbox(), twin.getbbox()
    if here is None:
        return twin.histogram()[255]
    middle = (here[0] + here[2] - there[0] - there[2]) // 2
    differences = [
        ImageChops.difference(ink.crop((left, top, left + twin.width, top + twin.height)), twin)
        for left in range(middle - 2, middle + 3)
        for top in {edge + step for edge in (here[1] - there[1], here[3] - there[3]) for step in (-2, -1, 0, 1, 2)}
    ]
    closest = min(differences, key=lambda difference: difference.histogram()[255])
    return closest.filter(ImageFilter.MinFilter(3)).histogram()[255]


def name_line(image: Image.Image) -> Image.Image:
    """The strip of a certificate that holds the name and nothing else."""
    return image.crop((int(18 * MM), int(67.9 * MM), int(279 * MM), int(93.7 * MM)))
