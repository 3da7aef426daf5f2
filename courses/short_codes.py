"""A lesson's address on paper: ten letters and figures of its key. It holds wherever the page is moved or renamed."""

import base64
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

LENGTH = 10  # 50 bits: two lessons of a province will not share them
MISREAD = str.maketrans("0189", "OIBP")  # not in the alphabet; what somebody who types them has most likely read


def code_of(key: UUID) -> str:
    """`k7q2m-xp4ab`: to be read out and typed."""
    code = base64.b32encode(key.bytes)[:LENGTH].decode().lower()
    return f"{code[:5]}-{code[5:]}"


def keys_of(code: str) -> tuple[UUID, UUID] | None:
    """The first and the last key that this code may mean; None for what is no code."""
    plain = code.replace("-", "").replace(" ", "").upper().translate(MISREAD)
    if len(plain) != LENGTH or not plain.isascii() or not plain.isalnum():
        return None
    try:
        lowest, highest = (base64.b32decode(plain + fill * (26 - LENGTH) + "======") for fill in "A7")
    except ValueError:
        return None
    return UUID(bytes=lowest), UUID(bytes=highest[:15] + b"\xff")


def address_of(key: UUID, language: str) -> str:
    """The whole short address of a lesson, in a language."""
    with translation.override(language):
        return settings.SITE_URL + reverse("courses:short", args=[code_of(key)])
