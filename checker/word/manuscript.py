"""A Word document, where the characters of a draft stand in it, and its runs cut where something begins or ends."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import datetime, timezone
from functools import cache
from itertools import count, filterfalse, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from docx.oxml.ns import qn

from checker.expressions import expression
from checker.word.tags import DELETED_TEXT, PARAGRAPH, RUN, RUN_PROPERTIES, SPACE, TEXT, number

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

    def cut(self, stretches: Iterable[Sequence[Piece]]) -> None:
        """Cut runs at both ends of all stretches, none of them empty, at once.

        What follows cuts no more there: one by one, each cut moves all that stands behind it.
        """
        points: dict[Element, set[int]] = {}
        starts: dict[Element, int] = {}
        for pieces in stretches:
            first, last = pieces[0], pieces[-1]
            for piece, at in ((first, first.at), (last, last.at + last.end - last.start)):
                points.setdefault(piece.element, set()).add(at)
                starts[piece.element] = max(piece.start, starts.get(piece.element, 0))
        for element in sorted(points, key=lambda one: starts[one], reverse=True):
            if element.getparent().tag == RUN and element not in self._cuts:
                self._cut_at(element, sorted(points[element]))

    def _cut_at(self, element: Element, points: Sequence[int]) -> None:
        """Cut a whole element, and its run with it, at indexes; 0 and its length are cuts of the run alone."""
        text = (element.text or "") if element.tag in TEXTS else "."
        following = element.getnext()
        if points[-1] >= len(text) and following is not None:
            _split(element.getparent(), following)
        if points[0] <= 0 and _has_before(element):
            _split(element.getparent(), element)
        edges = [0, *(at for at in points if 0 < at < len(text)), len(text)]
        if len(edges) == 2:
            return
        parts = self._cuts[element] = [(0, element)]
        run, behind = element.getparent(), element.getnext()
        for at, end in pairwise(edges[1:]):
            part = element.makeelement(element.tag, dict(element.attrib), nsmap=element.nsmap)
            set_text(part, text[at:end])
            run = _beside(run)
            run.append(part)
            parts.append((at, part))
        if behind is not None:
            run.extend([behind, *behind.itersiblings()])
        set_text(element, text[: edges[1]])

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
            element = self._cut(piece, piece.at)
        run = element.getparent()
        return _split(run, element) if _has_before(element) else run

    def ending(self, piece: Piece) -> Element:
        """Return a run that ends with the last character of a piece, cut off from what stands behind it."""
        last = piece.end - piece.start - 1
        element, at = self._now(piece.element, piece.at + last)
        run = element.getparent()
        if run.tag != RUN:
            return _child_of_paragraph(element)
        if element.tag in TEXTS and at + 1 < len(element.text or ""):
            self._cut(piece, piece.at + last + 1)
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

    def _cut(self, piece: Piece, index: int) -> Element:
        """Cut what has become of a piece's element in two before an index of it; return the second."""
        parts = self._cuts.setdefault(piece.element, [(0, piece.element)])
        place = bisect_left(parts, index, key=lambda one: one[0])
        start, element = parts[place - 1]
        at = index - start
        second = element.makeelement(element.tag, dict(element.attrib), nsmap=element.nsmap)
        text = element.text or ""
        set_text(element, text[:at])
        set_text(second, text[at:])
        element.addnext(second)
        parts.insert(place, (index, second))
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
    second = _beside(run)
    second.extend([element, *element.itersiblings()])
    return second


def _beside(run: Element) -> Element:
    """Put an empty run of the same look behind a run; return it."""
    second = run.makeelement(run.tag, dict(run.attrib), nsmap=run.nsmap)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        second.append(deepcopy(properties))
    run.addnext(second)
    return second


def _has_before(element: Element) -> bool:
    """Say whether anything but its properties stands before an element of a run."""
    return any(one.tag != RUN_PROPERTIES for one in element.itersiblings(preceding=True))


def _child_of_paragraph(element: Element) -> Element:
    """Return what a paragraph holds of which an element is a part: a formula, which is not cut."""
    while (above := element.getparent()) is not None and above.tag != PARAGRAPH:
        element = above
    return element


def ids(root: Element, *tags: str) -> Iterator[int]:
    """Yield the ids that annotations of a part have: those of some tags, or all."""
    name = qn("w:id")
    for element in root.iter(*(qn(tag) for tag in tags)):
        if (given := number(element, name)) is not None:
            yield given


def unused(taken: Iterable[int], first: int) -> Iterator[int]:
    """Yield the ids from ``first`` on that are not taken: Word opens no file with one of more than 31 bits."""
    return filterfalse(frozenset(taken).__contains__, count(first))
