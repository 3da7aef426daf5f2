"""The code that names an order in the text of a transfer: short, in capitals, without letters that look alike."""

import re
import secrets
from collections.abc import Iterable

from people.text import fold

ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"
DRAWN = 6
# None shares a factor with the 26 letters, so that one wrong letter never passes.
WEIGHTS = (1, 3, 5, 7, 9, 11)


def new_code(prefix: str) -> str:
    """`prefix`, six random characters and one that checks them."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
    return f"{prefix}{drawn}{check(drawn)}"


def check(drawn: str) -> str:
    total = sum(weight * ALPHABET.index(letter) for weight, letter in zip(WEIGHTS, drawn, strict=True))
    return ALPHABET[total % len(ALPHABET)]


def prefix_of(code: str) -> str:
    return code[: -DRAWN - 1]


def squash(text: str) -> str:
    """What is left of a text whatever a bank did to it: capitals and digits, no spaces, no marks, no accents."""
    return re.sub(r"[^A-Z0-9]", "", fold(text).upper())


def found_in(text: str, prefixes: Iterable[str]) -> list[str]:
    """The codes in a bank's text, each once, in their order. Words may stand before, behind and, as spaces are dropped,
    against them; the last character tells a code from what only looks like one.
    """
    bare = squash(text)
    length = DRAWN + 1
    found: dict[int, str] = {}
    for prefix in sorted(set(prefixes), key=len):  # at one place the longest prefix wins
        for match in re.finditer(f"(?={re.escape(prefix)}([{ALPHABET}]{{{length}}}))", bare):
            drawn = match[1]
            if check(drawn[:-1]) == drawn[-1]:
                found[match.start() + len(prefix)] = prefix + drawn
    return list(dict.fromkeys(found[at] for at in sorted(found)))


def is_nearly(code: str, text: str) -> bool:
    """Does the text hold this code but for one wrong, missing or added character? Only ever a suggestion."""
    bare, length = squash(text), len(code)
    head, tail = code[: length // 2], code[length // 2 :]
    # One slip leaves one of the halves whole: only there is it worth looking closer.
    if head not in bare and tail not in bare:
        return False
    for match in re.finditer(f"(?=({re.escape(head)}|{re.escape(tail)}))", bare):
        start = match.start() if match[1] == head else match.start() - len(head)
        for begin in (start - 1, start, start + 1):
            for size in (length - 1, length, length + 1):
                if begin >= 0 and one_slip(code, bare[begin : begin + size]):
                    return True
    return False


def one_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    if one[same:] == other[same:]:
        return True
    swapped = one[same : same + 2] == other[same : same + 2][::-1] and one[same + 2 :] == other[same + 2 :]
    return (
        swapped
        or one[same + 1 :] == other[same + 1 :]
        or one[same + 1 :] == other[same:]
        or one[same:] == other[same + 1 :]
    )
