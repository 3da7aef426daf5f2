"""Django asks one catalogue after another: of two translations of the same words one is never seen anywhere."""

from collections import defaultdict
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
# Either will do wherever the words stand.
EITHER = {
    *("text", "Answers", "kind", "written", "picture", "Picture", "Kind", "what", "Questions and answers", "Search"),
    *("Breadcrumb", "Note", "active", "subject", "E-mail address"),
}


def test_no_catalogue_overrules_another_with_a_different_meaning():
    """“Correct” was “Đáp án đúng” on the button that corrects a certificate, “Light” was bright and not small."""
    found = defaultdict(dict)
    for path in [*ROOT.glob("*/locale/vi/LC_MESSAGES/django.po"), *ROOT.glob("site/*/locale/vi/LC_MESSAGES/django.po")]:
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                said = entry.msgstr or tuple(entry.msgstr_plural.values())
                found[entry.msgctxt, entry.msgid][path.relative_to(ROOT).parts[:2]] = said
    clashes = {words: said for words, said in found.items() if len(set(said.values())) > 1 and words[1] not in EITHER}
    assert clashes == {}, "give one of them a context (pgettext)"
