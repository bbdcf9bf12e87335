"""A Word document, where the characters of a draft stand in it, and its runs cut where something begins or ends."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime, timezone
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.oxml.ns import qn

from checker.expressions import expression
from checker.word.tags import DELETED_TEXT, PARAGRAPH, RUN, RUN_PROPERTIES, SPACE, TEXT

if TYPE_CHECKING:
    from docx.document import Document

    from checker.word.written import WrittenLine

AUTHOR, INITIALS = "plancheck", "pc"
TEXTS = (TEXT, DELETED_TEXT)
"""What holds characters; any other element of a run stands for one."""
_ENDS = expression(r"[\r\n]")
"""What is a space in a source: see ``checker.lines``."""
Element = Any
"""An element of lxml, which does not say its types."""


@cache
def began() -> datetime:
    """Return when this program first asked, or what SOURCE_DATE_EPOCH says: all that one run writes has one time.

    It is the time of day where the program runs: Word shows the hour that a file says, whatever zone that names.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), timezone.utc).replace(tzinfo=None)
    return datetime.now().replace(microsecond=0)


class Piece(NamedTuple):
    """Adjacent characters of a draft that stand in one element of the document."""

    start: int
    end: int
    """Where they stand in the source of the draft."""
    element: Element
    """The ``w:t`` that holds them, or what stands for a character: ``w:tab``, ``w:br``."""
    at: int
    """The index in the element's text of the first of them."""


class Manuscript:
    """A Word document and where the characters of a draft stand in it; what is done with it changes it."""

    def __init__(
        self,
        was: bytes,
        document: Document,
        pieces: Sequence[Piece],
        paragraphs: Sequence[tuple[int, Element]],
    ) -> None:
        """Take the bytes of a document, the same opened, and by offsets in the source what stands in it.

        ``paragraphs`` says from which offset on a ``w:p`` holds the text; both are in the order of the source.
        """
        self.was, self.document = was, document
        self.pieces, self.paragraphs = pieces, paragraphs
        self._starts = [piece.start for piece in pieces]
        self._cuts: dict[Element, list[tuple[int, Element]]] = {}
        """By an element that was cut the parts that it has become, each with the index of its first character."""

    # ------------------------------------------------------------------------ what stands where

    def within(self, start: int, end: int) -> list[Piece]:
        """Return what stands in the document of a stretch of the source, cut to it; nothing of an empty one."""
        found = []
        first = max(0, bisect_right(self._starts, start) - 1)
        for piece in self.pieces[first : bisect_left(self._starts, end)]:
            at, to = max(start, piece.start), min(end, piece.end)
            if at < to:
                found.append(Piece(at, to, piece.element, piece.at + at - piece.start))
        return found

    def nearest(self, start: int, end: int) -> list[Piece]:
        """Return what stands in the document of a stretch of the source, or of an empty one the character beside it.

        Where there is none, as of a number that Word makes, all that its paragraph has; where that is empty, nothing.
        """
        found = self.within(start, end) or (self.within(start, start + 1) if start == end else [])
        if not found and start == end and start and self.paragraph(start - 1) is self.paragraph(start):
            found = self.within(start - 1, start)
        return found or self._of_paragraph(start)

    def paragraph(self, offset: int) -> Element:
        """Return the ``w:p`` that stands for a place of the source."""
        number = bisect_right(self.paragraphs, offset, key=lambda one: one[0]) - 1
        return self.paragraphs[max(0, number)][1]

    def _of_paragraph(self, offset: int) -> list[Piece]:
        number = max(0, bisect_right(self.paragraphs, offset, key=lambda one: one[0]) - 1)
        start = self.paragraphs[number][0]
        end = self.paragraphs[number + 1][0] if number + 1 < len(self.paragraphs) else self.pieces[-1].end
        return self.within(start, end)

    # ----------------------------------------------------------------------------- cutting runs

    def isolated(self, piece: Piece) -> Element:
        """Return the run that holds the characters of a piece and nothing else, cut out of its own where need be."""
        self.beginning(piece)
        return self.ending(piece)

    def beginning(self, piece: Piece) -> Element:
        """Return a run that begins with the first character of a piece, cut off from what stands before it."""
        element, at = self._now(piece.element, piece.at)
        if element.getparent().tag != RUN:
            return _child_of_paragraph(element)
        if at:
            element = self._cut(piece, element, at)
        run = element.getparent()
        before = [one for one in element.itersiblings(preceding=True) if one.tag != RUN_PROPERTIES]
        return _split(run, element) if before else run

    def ending(self, piece: Piece) -> Element:
        """Return a run that ends with the last character of a piece, cut off from what stands behind it."""
        last = piece.end - piece.start - 1
        element, at = self._now(piece.element, piece.at + last)
        run = element.getparent()
        if run.tag != RUN:
            return _child_of_paragraph(element)
        if element.tag in TEXTS and at + 1 < len(element.text or ""):
            self._cut(piece, element, at + 1)
        following = element.getnext()
        if following is not None:
            _split(run, following)
        return run

    def _now(self, element: Element, at: int) -> tuple[Element, int]:
        """Return what has become of the character at an index of an element: where it stands by now."""
        parts = self._cuts.get(element)
        if parts is None:
            return element, at
        start, part = parts[bisect_right(parts, at, key=lambda one: one[0]) - 1]
        return part, at - start

    def _cut(self, piece: Piece, element: Element, at: int) -> Element:
        """Cut an element, which is a part of the piece's, in two; return the second."""
        second = deepcopy(element)
        second.tail = None
        text = element.text or ""
        set_text(element, text[:at])
        set_text(second, text[at:])
        element.addnext(second)
        parts = self._cuts.setdefault(piece.element, [(0, piece.element)])
        number = next(number for number, (_, part) in enumerate(parts) if part is element)
        parts.insert(number + 1, (parts[number][0] + at, second))
        return second


def manuscript_of(was: bytes, source: str) -> Manuscript | None:
    """Return a Word file of which ``source`` was read, with tracked changes as accepted, or as it was before them.

    None where something else is read of it: by a reader of another plugin, or when it was another file. Raises
    Unreadable for a file that cannot be opened.
    """
    from checker.word.body import written_lines
    from checker.word.opening import opened

    for original in (False, True):
        document = opened(was)
        lines = written_lines(document, original)
        if "".join(f"{_ENDS.sub(' ', one.line.text)}\n" for one in lines) == source:
            return _manuscript(was, document, lines)
    return None


def _manuscript(was: bytes, document: Document, lines: Sequence[WrittenLine]) -> Manuscript:
    pieces: list[Piece] = []
    paragraphs: list[tuple[int, Element]] = []
    at = 0
    for written in lines:
        paragraphs.append((at, written.paragraph))
        pieces += (Piece(at + one.start, at + one.end, one.element, one.at) for one in written.pieces)
        at += len(written.line.text) + 1
    return Manuscript(was, document, pieces, paragraphs)


def set_text(element: Element, text: str) -> None:
    """Put a text into a ``w:t``; raises ValueError for characters that no XML may hold."""
    element.text = text
    if text != text.strip():
        element.set(SPACE, "preserve")


def _split(run: Element, element: Element) -> Element:
    """Cut a run before one of its elements, which has others before it; return the second, of the same look."""
    second = run.makeelement(run.tag, dict(run.attrib), nsmap=run.nsmap)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        second.append(deepcopy(properties))
    second.extend([element, *element.itersiblings()])
    run.addnext(second)
    return second


def _child_of_paragraph(element: Element) -> Element:
    """Return what a paragraph holds of which an element is a part: a formula, which is not cut."""
    while (above := element.getparent()) is not None and above.tag != PARAGRAPH:
        element = above
    return element


def ids(root: Element, *tags: str) -> Iterator[int]:
    """Yield the ids that annotations of a part have: those of some tags, or all."""
    name = qn("w:id")
    for element in root.iter(*(qn(tag) for tag in tags)):
        given = element.get(name, "")
        if given.lstrip("-").isdecimal():
            yield int(given)
