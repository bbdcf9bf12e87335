"""Comments in a Word document, at the exact words; whatever else it holds stays as it is.

The parts that change are the text, which gets the marks of the comments, the comments themselves, and, where there
were none before, the two lists that say that there are: see ECMA-376, 17.13.4 (comments) and part 2 (packages).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree
from msgspec import Struct

from checker.reporters.words import printable
from checker.word.manuscript import AUTHOR, INITIALS, Element, Manuscript, Piece, began, ids, unused
from checker.word.package import TYPES, member, with_parts, xml_of
from checker.word.parts import related
from checker.word.tags import (
    DELETED,
    ENDNOTE_REFERENCE,
    FOOTNOTE_REFERENCE,
    INSERTED,
    RUN,
    TEXT_BOX,
)

_NOTES = {qn("w:footnote"): FOOTNOTE_REFERENCE, qn("w:endnote"): ENDNOTE_REFERENCE}
_SMALL = 18
"""The size of a comment's characters, in half points, where the document has no style for them."""


class Words(Struct, frozen=True):
    """A paragraph of a comment: what it is about, which stands out, and what is said."""

    head: str
    text: str = ""


class Comment(Struct, frozen=True):
    """What is to be said of a stretch of the source."""

    start: int
    end: int
    """The same as ``start`` for what is missing there."""
    words: tuple[Words, ...]


def commented(manuscript: Manuscript, comments: Sequence[Comment], changed: Mapping[str, bytes] | None = None) -> bytes:
    """Return the bytes of a document with comments by plancheck, behind those that it has already.

    A comment stands at the exact words; one on what the body does not hold, as a number that Word makes, at the
    nearest words, one on a note at its mark in the text. ``changed`` are further members of the archive that have
    changed by now.
    """
    part: Any = manuscript.document.part
    place, was = _comments_part(manuscript)
    root: Element = parse_xml(was) if was is not None else OxmlElement("w:comments")
    text = part.element
    free = unused((*ids(root, "w:comment"), *ids(text, "w:commentRangeStart", "w:commentReference")), 0)
    styles, marking = _Styles(manuscript), _Marking(manuscript)
    places = [manuscript.nearest(comment.start, comment.end) for comment in comments]
    manuscript.cut(pieces for pieces in places if pieces and not marking.is_outside(pieces))
    for number, comment, pieces in zip(free, comments, places, strict=False):
        root.append(_comment(number, comment.words, styles))
        marking.mark(number, pieces, comment.start, styles)
    parts = {**(changed or {}), _name(part.partname): xml_of(text)}
    if comments:
        parts[place] = xml_of(root)
        if was is None:
            parts |= _announced(manuscript, place)
    return with_parts(manuscript.was, parts)


def _name(partname: str) -> str:
    """Return the name that a part has in the archive."""
    return str(partname).lstrip("/")


# -------------------------------------------------------------------------- the marks in the text


class _Marking:
    """Puts the marks of comments into the text of a document."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._text: Element = manuscript.document.element.body
        self._notes: dict[tuple[str, str | None], Element] = {}
        """The first mark of each note."""
        for mark in self._text.iter(*_NOTES.values()):
            self._notes.setdefault((mark.tag, mark.get(qn("w:id"))), mark)

    def mark(self, number: int, pieces: Sequence[Piece], offset: int, styles: _Styles) -> None:
        """Put the marks of a comment where it begins, where it ends, and behind that its reference."""
        begin, end = _marker("w:commentRangeStart", number), _marker("w:commentRangeEnd", number)
        ends = self._ends(pieces, offset)
        if ends is None:
            paragraph = self._manuscript.paragraph(offset)
            paragraph.append(begin)
            paragraph.append(end)
        else:
            ends[0].addprevious(begin)
            ends[1].addnext(end)
        end.addnext(_reference(number, styles))

    def is_outside(self, pieces: Sequence[Piece]) -> bool:
        """Say whether one end of a stretch is in a note or in a text box."""
        return any(self._in_text(one.element) is not None for one in (pieces[0], pieces[-1]))

    def _ends(self, pieces: Sequence[Piece], offset: int) -> tuple[Element, Element] | None:
        """Return what a comment begins before, and what it ends behind; None for a paragraph of which nothing is text.

        Word has comments in the text only: what stands in a note is marked where the note's number stands, what stands
        in a text box where the box is anchored.
        """
        manuscript = self._manuscript
        if not pieces:
            outer = self._in_text(manuscript.paragraph(offset))
            return None if outer is None else (outer, outer)
        first, last = self._in_text(pieces[0].element), self._in_text(pieces[-1].element)
        if first is None:
            first = _outermost(manuscript.beginning(pieces[0]), False)
        if last is None:
            last = _outermost(manuscript.ending(pieces[-1]), True)
        return first, last

    def _in_text(self, element: Element) -> Element | None:
        """Return the run of the text in which a note or a text box stands that holds an element.

        None for the text itself. A note of which the text has no mark is taken for one at its beginning.
        """
        outer = None
        for above in element.iterancestors():
            if above.tag in _NOTES:
                mark = self._notes.get((_NOTES[above.tag], above.get(qn("w:id"))))
                return next(self._text.iter(RUN)) if mark is None else mark.getparent()
            if above.tag == TEXT_BOX:
                outer = next((one for one in above.iterancestors(RUN)), above)
        return outer


def _outermost(run: Element, at_end: bool) -> Element:
    """Return the tracked changes of ours that a run stands in, to their end where one ends: they go together."""
    outer = run
    while (above := outer.getparent()) is not None and _is_ours(above):
        outer = above
    while at_end and _is_ours(outer) and (following := outer.getnext()) is not None and _is_ours(following):
        outer = following
    return outer


def _is_ours(element: Element) -> bool:
    return element.tag in (INSERTED, DELETED) and element.get(qn("w:author")) == AUTHOR


def _marker(tag: str, number: int) -> Element:
    element: Element = OxmlElement(tag)
    element.set(qn("w:id"), str(number))
    return element


def _reference(number: int, styles: _Styles) -> Element:
    run: Element = OxmlElement("w:r")
    run.append(styles.of_reference())
    run.append(_marker("w:commentReference", number))
    return run


# ------------------------------------------------------------------------------ the comments


class _Styles:
    """The styles that a document has for comments, and the look of comments where it has none.

    None are added: the part with the styles stays as it is.
    """

    def __init__(self, manuscript: Manuscript) -> None:
        root: Any = related(manuscript.document, "styles")
        known = {
            style.find(qn("w:name")).get(qn("w:val"), "").lower(): style.get(qn("w:styleId"))
            for style in (root.iter(qn("w:style")) if root is not None else ())
            if style.find(qn("w:name")) is not None
        }
        self._text, self._reference = known.get("annotation text"), known.get("annotation reference")

    def of_reference(self) -> Element:
        """Return the properties of the run that refers to a comment."""
        properties: Element = OxmlElement("w:rPr")
        if self._reference is not None:
            properties.append(_valued("w:rStyle", self._reference))
        else:
            properties.append(_valued("w:sz", _SMALL))
            properties.append(_valued("w:szCs", _SMALL))
        return properties

    def of_paragraph(self) -> Element:
        """Return the properties of a paragraph of a comment, free of what a 公文 has for its own paragraphs."""
        properties: Element = OxmlElement("w:pPr")
        if self._text is not None:
            properties.append(_valued("w:pStyle", self._text))
        spacing, indent = OxmlElement("w:spacing"), OxmlElement("w:ind")
        for name, value in (("before", 0), ("after", 0), ("line", 240)):
            spacing.set(qn(f"w:{name}"), str(value))
        spacing.set(qn("w:lineRule"), "auto")
        for name in ("left", "firstLineChars", "firstLine"):
            indent.set(qn(f"w:{name}"), "0")
        properties.extend([spacing, indent, _valued("w:jc", "left")])
        return properties

    def of_words(self, bold: bool) -> Element:
        """Return the properties of the words of a comment."""
        properties: Element = OxmlElement("w:rPr")
        if bold:
            properties.extend([OxmlElement("w:b"), OxmlElement("w:bCs")])
        if self._text is None:
            properties.extend([_valued("w:sz", _SMALL), _valued("w:szCs", _SMALL)])
        return properties


def _valued(tag: str, value: object) -> Element:
    element: Element = OxmlElement(tag)
    element.set(qn("w:val"), str(value))
    return element


def _comment(number: int, words: Iterable[Words], styles: _Styles) -> Element:
    comment: Element = OxmlElement("w:comment")
    for name, value in (("id", str(number)), ("author", AUTHOR), ("date", f"{began().isoformat()}Z")):
        comment.set(qn(f"w:{name}"), value)
    comment.set(qn("w:initials"), INITIALS)
    for one in words:
        paragraph: Element = OxmlElement("w:p")
        paragraph.append(styles.of_paragraph())
        if not len(comment):
            mark: Element = OxmlElement("w:r")
            mark.extend([styles.of_reference(), OxmlElement("w:annotationRef")])
            paragraph.append(mark)
        for text, bold in ((one.head, True), (one.text, False)):
            if text:
                paragraph.append(_run(printable(text), styles.of_words(bold)))
        comment.append(paragraph)
    return comment


def _run(text: str, properties: Element) -> Element:
    run: Element = OxmlElement("w:r")
    words: Element = OxmlElement("w:t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    run.extend([properties, words])
    return run


# --------------------------------------------------------------------------- parts of the package


def _comments_part(manuscript: Manuscript) -> tuple[str, bytes | None]:
    """Return the name of the part with the comments, and what it holds; None where there is none yet."""
    part: Any = manuscript.document.part
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.COMMENTS and not relation.is_external:
            name = _name(relation.target_part.partname)
            return name, member(manuscript.was, name)
    folder = _name(part.partname).rpartition("/")[0]
    taken = {_name(one.partname) for one in part.package.iter_parts()}
    names = (f"{folder}/comments{number}.xml".lstrip("/") for number in ("", *range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken), None


def _announced(manuscript: Manuscript, place: str) -> dict[str, bytes]:
    """Return the two members that say that there is a part with comments."""
    part: Any = manuscript.document.part
    types = parse_xml(member(manuscript.was, TYPES) or b"<Types/>")
    override = etree.SubElement(types, types.tag.replace("Types", "Override"))
    override.set("PartName", f"/{place}")
    override.set("ContentType", CONTENT_TYPE.WML_COMMENTS)
    name = _name(part.partname.rels_uri)
    relations = parse_xml(member(manuscript.was, name) or _NO_RELATIONS)
    taken = {one.get("Id") for one in relations}
    relation = etree.SubElement(relations, relations.tag.replace("Relationships", "Relationship"))
    relation.set("Id", next(key for n in range(1, len(taken) + 2) if (key := f"rId{n}") not in taken))
    relation.set("Type", RELATIONSHIP_TYPE.COMMENTS)
    relation.set("Target", f"/{place}")
    return {TYPES: xml_of(types), name: xml_of(relations)}


_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
