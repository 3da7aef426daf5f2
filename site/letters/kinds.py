"""The kinds of letter. Each app registers its own in AppConfig.ready(): letters knows nobody above it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from letters.models import Letter

# (file name, bytes, mime type) or, for a picture inside the letter, (file name, bytes, mime type, content id)
Attachment = tuple[str, bytes, str] | tuple[str, bytes, str, str]


def nothing(letter: "Letter") -> dict[str, Any]:
    return {}


def no_attachments(letter: "Letter") -> list[Attachment]:
    return []


def built_in(letter: "Letter", context: dict[str, Any]) -> tuple[str, str]:
    """Nobody wrote words of their own."""
    return "", ""


def always(letter: "Letter") -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """`context` and `attachments` are asked at delivery, in the letter's language.

    `secret` letters open an account or a registration: their bodies are masked in the back office and never kept.
    `frame` names a txt and an html that several kinds share; such a kind has only a subject.txt and a words.txt of its
    own, and `own_words` may put another subject and other words in their place (empty: the built-in ones).
    `still_due` is asked just before: a ticket that was handed over meanwhile must not reach its former holder.
    `finished` letters are stored in words when they are written, and are not rendered again.
    `headers` are for the mail server, beside those that every letter has.
    """

    key: str
    name: Any
    context: Callable[["Letter"], dict[str, Any]] = nothing
    attachments: Callable[["Letter"], list[Attachment]] = no_attachments
    secret: bool = False
    queue: Literal["prompt", "bulk"] = "prompt"
    finished: bool = False
    frame: str = ""
    own_words: Callable[["Letter", dict[str, Any]], tuple[str, str]] = built_in
    still_due: Callable[["Letter"], bool] = always
    headers: Callable[["Letter"], dict[str, str]] = nothing

    @property
    def template(self) -> str:
        """`event.ticket` is written in templates/letters/event_ticket.{subject.txt,txt,html}."""
        return f"letters/{self.key.replace('.', '_')}"


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    if kind.key in KINDS and KINDS[kind.key] != kind:
        raise ValueError(f"Two kinds of letter are called {kind.key!r}")
    KINDS[kind.key] = kind
    return kind


def get(key: str) -> Kind:
    return KINDS[key]


def choices() -> list[tuple[str, Any]]:
    return [(kind.key, kind.name) for kind in KINDS.values()]
