"""QTI 2.1: a zip of items with a manifest, as other learning platforms read it. Vietnamese only; pictures stay here.

Reading takes what we write, and the usual single and multiple choice of others. XML from outside is parsed without
entities and doctypes, and a package is measured before it is unpacked.
"""

import io
import re
import zipfile
from typing import BinaryIO
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from courses.quizzing.kinds import Kind
from courses.quizzing.markdown import Reading
from courses.quizzing.written import KEY, Line, Text, Written, clean, short_name, tags
from people.sheets import Unreadable
from people.text import slug

NS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
TEMPLATE = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
MOST_FILES, MOST_BYTES, MOST_XML = 2_000, 20_000_000, 1_000_000
READ = ("choiceInteraction", "orderInteraction", "matchInteraction", "textEntryInteraction")
OURS = re.compile(r"^\[(?P<kind>\w+)\]")


# ---------------------------------------------------------------- writing


def write(code: str, items: list[Written]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in items:
            archive.writestr(f"items/{item.key}.xml", item_xml(item))
        archive.writestr("imsmanifest.xml", manifest(code, items))
    return out.getvalue()


def manifest(code: str, items: list[Written]) -> str:
    resources = "".join(
        f'<resource identifier={quoteattr("r-" + item.key)} type="imsqti_item_xmlv2p1"'
        f" href={quoteattr(f'items/{item.key}.xml')}><file href={quoteattr(f'items/{item.key}.xml')}/></resource>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier={quoteattr("bank-" + slug(code))}>'
        "<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>"
        f"<organizations/><resources>{resources}</resources></manifest>"
    )


def item_xml(item: Written) -> str:
    kind = Kind(item.kind)
    names = [f"A{number}" for number, _line in enumerate(item.lines, start=1)]
    declaration, interaction, template = _parts(kind, item, names)
    feedback = "".join(
        f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{name}" showHide="show">'
        f"<p>{escape(line.feedback.vi)}</p></modalFeedback>"
        for name, line in zip(names, item.lines, strict=True)
        if line.feedback
    )
    why = (
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="EXPLANATION" showHide="show">'
        f"{paragraphs(item.explanation.vi)}</modalFeedback>"
        if item.explanation
        else ""
    )
    about = f"[{kind.value}] tags={','.join(item.tags)}; source={item.source}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<assessmentItem xmlns="{NS}" identifier={quoteattr(item.key)}'
        f" title={quoteattr(item.text.vi[:80])} label={quoteattr(about)}"
        f' adaptive="false" timeDependent="false" xml:lang="vi">{declaration}'
        f'<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" normalMaximum="{item.points}"/>'
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>'
        f"<itemBody>{paragraphs(item.text.vi)}{interaction}</itemBody>"
        f'<responseProcessing template="{TEMPLATE}{template}"/>{feedback}{why}</assessmentItem>'
    )


def paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in text.split("\n\n") if part)


def _parts(kind: Kind, item: Written, names: list[str]) -> tuple[str, str, str]:
    lines = item.lines
    if kind.has_options:
        cardinality = "multiple" if kind is Kind.SEVERAL else "single"
        values = [name for name, line in zip(names, lines, strict=True) if line.right]
        options = "".join(
            f'<simpleChoice identifier="{name}">{escape(line.text.vi)}</simpleChoice>'
            for name, line in zip(names, lines, strict=True)
        )
        most = 0 if kind is Kind.SEVERAL else 1
        body = (
            f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}">'
            f"{options}</choiceInteraction>"
        )
        return _declared(cardinality, "identifier", values), body, "match_correct"
    if kind is Kind.ORDERING:
        options = "".join(
            f'<simpleChoice identifier="{name}">{escape(line.text.vi)}</simpleChoice>'
            for name, line in zip(names, lines, strict=True)
        )
        body = f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true">{options}</orderInteraction>'
        return _declared("ordered", "identifier", names), body, "match_correct"
    if kind is Kind.MATCHING:
        left = "".join(
            f'<simpleAssociableChoice identifier="{name}" matchMax="1">{escape(line.text.vi)}</simpleAssociableChoice>'
            for name, line in zip(names, lines, strict=True)
            if line.text
        )
        right = "".join(
            f'<simpleAssociableChoice identifier="B{name[1:]}" matchMax="1">'
            f"{escape(line.match.vi)}</simpleAssociableChoice>"
            for name, line in zip(names, lines, strict=True)
        )
        pairs = [f"{name} B{name[1:]}" for name, line in zip(names, lines, strict=True) if line.text]
        body = (
            f'<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="{len(pairs)}">'
            f"<simpleMatchSet>{left}</simpleMatchSet><simpleMatchSet>{right}</simpleMatchSet></matchInteraction>"
        )
        return _declared("multiple", "directedPair", pairs), body, "match_correct"
    entry = '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    if kind is Kind.NUMBER:
        about = f'<p class="tolerance">± {escape(item.tolerance)}</p>' if item.tolerance not in ("", "0") else ""
        return _declared("single", "float", [lines[0].text.vi]), entry + about, "match_correct"
    entries = "".join(
        f'<mapEntry mapKey={quoteattr(line.text.vi)} mappedValue="{item.points}" caseSensitive="false"/>'
        for line in lines
    )
    mapping = f'<mapping defaultValue="0">{entries}</mapping>'
    return _declared("single", "string", [lines[0].text.vi], mapping), entry, "map_response"


def _declared(cardinality: str, base: str, values: list[str], more: str = "") -> str:
    found = "".join(f"<value>{escape(value)}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{found}</correctResponse>{more}</responseDeclaration>"
    )


# ---------------------------------------------------------------- reading


def read(name: str, file: BinaryIO) -> Reading:
    reading = Reading()
    for path, data in _files(name, file):
        root = _parsed(data)
        if _tag(root) == "assessmentItem":
            _item(reading, path, root)
    return reading.judge()


def _files(name: str, file: BinaryIO) -> list[tuple[str, bytes]]:
    if not zipfile.is_zipfile(file):
        file.seek(0)
        data = file.read(MOST_XML + 1)
        if len(data) > MOST_XML:
            raise Unreadable(_("The file is too large for one question."))
        return [(name, data)]
    try:
        with zipfile.ZipFile(file) as archive:
            parts = [part for part in archive.infolist() if part.filename.lower().endswith(".xml")]
            too_much = len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_BYTES
            odd = any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
            if too_much or odd or any(part.file_size > MOST_XML or part.flag_bits & 1 for part in parts):
                raise Unreadable(_("There is far more in this package than questions."))
            return [(part.filename, archive.read(part)) for part in parts]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise Unreadable(_("The package is damaged.")) from error


def _parsed(data: bytes) -> ElementTree.Element:
    """Without a doctype there are no entities, and without those nothing to expand or to fetch."""

    def refuse(*_declaration) -> None:
        raise Unreadable(_("The file holds a document type, which questions do not need."))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    depth = [0, 0]

    def start(_name, _attributes) -> None:
        depth[0] += 1
        depth[1] += 1
        if depth[0] > 100 or depth[1] > 20_000:
            raise Unreadable(_("There is far more in this package than questions."))

    def end(_name) -> None:
        depth[0] -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
        return ElementTree.fromstring(data)  # noqa: S314 - looked at above: no doctype, so no entities
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_("This is no XML file that can be read.")) from error


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(root: ElementTree.Element, *names: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if _tag(element) in names]


def _words(element: ElementTree.Element) -> str:
    return clean(" ".join("".join(element.itertext()).split()))


def _lines(element: ElementTree.Element) -> str:
    """The words of a paragraph, a line where the file breaks one."""
    found = "".join(element.itertext()) if not _all(element, "br") else _broken(element)
    return clean("\n".join(" ".join(line.split()) for line in found.split("\x00")))


def _broken(element: ElementTree.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        parts += ["\x00" if _tag(child) == "br" else _broken(child), child.tail or ""]
    return "".join(parts)


def _item(reading: Reading, path: str, root: ElementTree.Element) -> None:
    identifier = root.get("identifier", "")
    key = identifier if KEY.fullmatch(identifier) else short_name(identifier or path)
    interactions = [element for element in root.iter() if _tag(element).endswith("Interaction")]
    if len(interactions) != 1 or _tag(interactions[0]) not in READ:
        reading.complain(path, key, _("This kind of question cannot be taken over; please write it anew."))
        return
    declaration = next(iter(_all(root, "responseDeclaration")), root)
    said = {one.get("identifier", ""): Text(_words(one)) for one in _all(root, "modalFeedback", "feedbackInline")}
    label = root.get("label", "")
    ours = OURS.match(label)
    about = dict(part.strip().partition("=")[::2] for part in label.partition("]")[2].split(";")) if ours else {}
    score = next(
        (one.get("normalMaximum") for one in _all(root, "outcomeDeclaration") if one.get("identifier") == "SCORE"), ""
    )
    whole = re.fullmatch(r"(\d{1,3})(\.0*)?", score or "")
    explanation = next((one for one in _all(root, "modalFeedback") if one.get("identifier") == "EXPLANATION"), None)
    written = Written(
        key=key,
        kind="",
        text=Text(_question(root)),
        lines=[],
        tags=tags(about.get("tags", "")),
        points=max(int(whole[1]), 1) if whole else 1,
        source=about.get("source", ""),
        explanation=Text(_blocks(explanation)) if explanation is not None else Text(),
        place=path,
    )
    _read_answers(written, interactions[0], declaration, said, ours["kind"] if ours else "")
    if written.kind == "number":
        written.tolerance = tolerance_of(root)
    reading.items.append(written)


def _question(root: ElementTree.Element) -> str:
    """The words of the body before and around the interaction, and its prompt."""
    body = next(iter(_all(root, "itemBody")), None)
    if body is None:
        return ""
    parts = []
    for child in body:
        if _tag(child) == "p" and (child.get("class") == "tolerance" or _all(child, "textEntryInteraction")):
            continue
        if _tag(child).endswith("Interaction"):
            parts += [_words(prompt) for prompt in _all(child, "prompt")]
        elif not any(_tag(inner).endswith("Interaction") for inner in child.iter()):
            parts.append(_lines(child))
        else:
            parts += [_words(prompt) for prompt in _all(child, "prompt")]
            parts += [_words(inner) for inner in child if _tag(inner) == "p"]
    return clean("\n\n".join(part for part in parts if part))


def _blocks(element: ElementTree.Element) -> str:
    return clean("\n\n".join(_lines(child) for child in element)) if len(element) else _words(element)


def _read_answers(written: Written, interaction, declaration, said: dict[str, Text], ours: str) -> None:
    values = [_words(value) for value in _all(declaration, "value") if value.text]
    name = _tag(interaction)
    choices = _all(interaction, "simpleChoice")
    if name == "choiceInteraction":
        several = declaration.get("cardinality") == "multiple"
        written.kind = ours if ours in ("one", "several", "truefalse") else ("several" if several else "one")
        for choice in choices:
            own = choice.get("identifier", "")
            inner = Text(" ".join(_words(one) for one in _all(choice, "feedbackInline")))
            text = _words(choice)
            if inner and text.endswith(inner.vi):
                text = text[: -len(inner.vi)].strip()
            written.lines.append(Line(Text(text), own in values, feedback=inner or said.get(own, Text())))
    elif name == "orderInteraction":
        written.kind = "ordering"
        steps = {choice.get("identifier", ""): choice for choice in choices}
        for own in values:
            if own in steps:
                written.lines.append(Line(Text(_words(steps[own])), True, feedback=said.get(own, Text())))
    elif name == "matchInteraction":
        written.kind = "matching"
        known = {one.get("identifier", ""): _words(one) for one in _all(interaction, "simpleAssociableChoice")}
        sets = _all(interaction, "simpleMatchSet")
        partners = dict(value.split(" ", 1) for value in values if " " in value)
        for left, right in partners.items():
            written.lines.append(
                Line(Text(known.get(left, "")), True, Text(known.get(right, "")), said.get(left, Text()))
            )
        for one in _all(sets[1], "simpleAssociableChoice") if len(sets) == 2 else []:
            if one.get("identifier", "") not in partners.values():
                written.lines.append(Line(Text(), False, Text(_words(one))))
    elif declaration.get("baseType") in ("float", "integer"):
        written.kind = "number"
        written.lines = [Line(Text(value), True, feedback=said.get("A1", Text())) for value in values[:1]]
    else:
        written.kind = "short"
        accepted = [one.get("mapKey", "") for one in _all(declaration, "mapEntry")] or values
        found = enumerate(dict.fromkeys(text for text in accepted if text), start=1)
        written.lines = [Line(Text(text), True, feedback=said.get(f"A{n}", Text())) for n, text in found]


def tolerance_of(root: ElementTree.Element) -> str:
    """How far a number may be off: a line of ours in the body, or the rule of response processing of others."""
    for line in _all(root, "p"):
        if line.get("class") == "tolerance":
            return _words(line).lstrip("± ")
    for rule in _all(root, "equal"):
        if rule.get("toleranceMode") == "absolute":
            return (rule.get("tolerance") or "0").split()[0]
    return "0"
