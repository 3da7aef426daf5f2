"""Text typed with the fonts of before Unicode: western letters and signs that only those fonts show as Vietnamese.

No maintained library knows them. They are told by what makes Vietnamese syllables, over whole columns, so that
"Loïc" among French names stays Loïc; what could be both is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from people.text import TONES, nfc

if TYPE_CHECKING:
    from people.sheets import Row, Table

SOFT_HYPHEN = "\u00ad"  # is the letter ư in TCVN3, so it goes last
TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)
CIRCUMFLEX, BREVE = "\u0302", "\u0306"
GRAVE, HOOK, TILDE, ACUTE, DOT = TONES
VNI_TONES = {"ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT}
VNI_CIRCUMFLEX = {"â": "", "á": ACUTE, "à": GRAVE, "å": HOOK, "ã": TILDE, "ä": DOT}
VNI_BREVE = {"ê": "", "é": ACUTE, "è": GRAVE, "ú": HOOK, "ü": TILDE, "ë": DOT}
VNI_ALONE = {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}


def _vni_letters() -> dict[str, str]:
    letters = dict(VNI_ALONE)
    for vowel in "aeouyôö":
        base = VNI_ALONE.get(vowel, vowel)
        letters |= {vowel + mark: nfc(base + tone) for mark, tone in VNI_TONES.items()}
        if vowel in "aeo":
            letters |= {vowel + mark: nfc(base + CIRCUMFLEX + tone) for mark, tone in VNI_CIRCUMFLEX.items()}
    letters |= {"a" + mark: nfc("a" + BREVE + tone) for mark, tone in VNI_BREVE.items()}
    return letters


VNI = _vni_letters()
VNI_LETTER = re.compile("|".join(sorted(VNI, key=len, reverse=True)), re.IGNORECASE)


def _from_vni(text: str) -> str:
    def letter(match: re.Match) -> str:
        small = VNI[match[0].lower()]
        return small.upper() if match[0][0].isupper() else small

    return VNI_LETTER.sub(letter, text)


def _from_tcvn3(text: str) -> str:
    """The fonts for capitals show small letters with tones as capitals, so words of capitals are raised whole."""

    def raised(piece: str) -> str:
        capitals = re.search(r"[A-Z]\S*[A-Z]", piece) and not re.search(r"[a-z]", piece)
        return piece.translate(TCVN3).upper() if capitals else piece.translate(TCVN3)

    return raised(text) if not re.search(r"[a-z]", text) else "".join(map(raised, re.split(r"(\s+)", text)))


OLD_FONTS: dict[str, Callable[[str], str]] = {"TCVN3 (ABC)": _from_tcvn3, "VNI": _from_vni}
EVIDENCE = {"TCVN3 (ABC)": 2, "VNI": 3}  # different words; VNI's letters are nearer to those of western names

SURELY_UNICODE = re.compile("[\u0100-\u1eff]")  # no old font has such a letter
WORD = re.compile(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7f\u2000-\u206f]+")
INITIALS = "ngh ng nh gh gi kh kr ph th tr ch qu b c d đ g h k l m n p r s t v x"
RIMES = """
a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc ăk âm ân âng âp ât âc âu ây e em en eng ep et ec eo ê êm
ên ênh êp êt êch êu i im in inh ip it ich iu ia iêm iên iêng iêp iêt iêc iêu o oi om on ong op ot oc oa oai oay oam
oan oang oanh oap oat oac oach oao oăm oăn oăng oăt oăc oe oen oeo oet oong ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt u
ui um un ung up ut uc ua uôi uôm uôn uông uôt uôc uân uâng uât uây uê uên uênh uêch uêt uy uyên uyêt uya uynh uych uyt
uyu uơ ư ưi ưng ưt ưc ưu ưa ươi ươm ươn ương ươp ươt ươc ươu y yên yêm yêt yêu yêng ynh ych
"""
SYLLABLE = re.compile(f"(?:{'|'.join(INITIALS.split())})?(?:{'|'.join(RIMES.split())})")


def is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in apart if c in TONES]
    bare = nfc("".join(c for c in apart if c not in TONES))
    if len(tones) > 1 or not SYLLABLE.fullmatch(bare):
        return False
    return not bare.endswith(("p", "t", "c", "ch", "k")) or tones in ([ACUTE], [DOT])


def _reading(word: str, converted: str) -> str:
    """Which of the two is Vietnamese: "old" font, "unicode", "both" or "neither"; "same" if the two are one."""
    before = is_syllable(word)
    if converted == word:
        return "same" if before else "neither"
    if is_syllable(converted):
        return "both" if before else "old"
    return "unicode" if before else "neither"


def convert(table: Table) -> None:
    """Unicode in place of the columns typed with an old font; a notice says so, a complaint names what is unsure."""
    width = len(table.rows[0].cells)
    words: list[Counter[str]] = [Counter() for _index in range(width)]  # those of each column that are in question
    modern = [0] * width
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            if not cell.isascii():
                if SURELY_UNICODE.search(cell):
                    modern[index] += 1
                else:
                    words[index].update(word for word in WORD.findall(cell) if not word.isascii())
    for font, convert in OLD_FONTS.items():
        readings = {word: _reading(word, convert(word)) for column in words for word in column}
        typed: dict[int, bool] = {}  # the columns in this font, and whether they surely have Unicode in them as well
        evidence: Counter[str] = Counter()
        for index, column in enumerate(words):
            count: Counter[str] = Counter()
            for word, times in column.items():
                count[readings[word]] += times
            if count["old"] and count["old"] >= 2 * count["neither"] and count["old"] * 10 >= modern[index]:
                typed[index] = bool(modern[index] or count["unicode"])
                evidence.update({word: times for word, times in column.items() if readings[word] == "old"})
        if len(evidence) < EVIDENCE[font]:
            continue
        for row in table.rows:
            for index, mixed in typed.items():
                _convert_cell(table, row, index, font, readings, mixed)
        table.notices.append(
            _("The list was typed with an old font, %(font)s, and has been converted. Please look at the names.")
            % {"font": font}
        )
        for index in typed:
            words[index].clear()
    for row in table.rows:
        row.cells = [cell if cell.isascii() else cell.replace(SOFT_HYPHEN, "") for cell in row.cells]


def _convert_cell(table: Table, row: Row, index: int, font: str, readings: Mapping[str, str], mixed: bool) -> None:
    cell = row.cells[index]
    if cell.isascii() or SURELY_UNICODE.search(cell):
        return
    converted = OLD_FONTS[font](cell)
    if converted == cell:
        return
    here = {readings[word] for word in WORD.findall(cell) if not word.isascii()} - {"same"}
    if here <= {"unicode", "both"} and "unicode" in here:
        return
    if here and here <= {"old", "both"} and ("old" in here or not mixed):
        row.cells[index] = converted
        return
    table.complain(
        row.number,
        index,
        _("Perhaps typed with an old font (%(font)s). Please convert it to Unicode, for example with UniKey.")
        % {"font": font},
    )
