"""The lines of a Word document, in the order in which they are read, with the elements that hold them.

A paragraph is a line, and so is a row of a table, ``| 任务 | 牵头单位 |``. A line break begins a new one. Text boxes
come after the paragraph at which they are anchored, footnotes and endnotes after everything else. Headers and
footers are apart: they are none of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from docx.document import Document
from lxml.etree import _Element
from msgspec.structs import replace

from checker.model import Bilingual, Line, Place, PlacePart
from checker.problems import Unreadable
from checker.word import tags
from checker.word.blocks import blocks
from checker.word.characters import Characters, Draft, Toggles
from checker.word.notes import shown_notes
from checker.word.numbering import Numbering
from checker.word.paragraphs import ParagraphProperties, properties
from checker.word.parts import related
from checker.word.styles import Styles
from checker.word.tables import Row, is_imprint, is_layout, rows
from checker.word.written import Piece, WrittenLine

MAX_LINES = 50_000
"""The most paragraphs and rows of tables that a document may have: one of a hundred pages has some 2 000."""
MAX_CHARACTERS = 5_000_000
"""The most characters that all of them may have, numbers and the bars between cells included."""
__all__ = ["MAX_CHARACTERS", "MAX_LINES", "Piece", "WrittenLine", "written_lines"]


def written_lines(document: Document, original: bool = False) -> list[WrittenLine]:
    """Return the lines of a document with its tracked changes accepted; ``original`` as it was before them.

    Raises Unreadable for more than ``MAX_LINES`` or ``MAX_CHARACTERS``.
    """
    writer = _Writer(document, original)
    writer.write_all()
    return writer.lines


class _Part:
    """A part of the document whose paragraphs and tables are counted: its body, a note, a text box."""

    def __init__(self, part: PlacePart = "body", number: int = 0) -> None:
        self.part, self.number = part, number
        self.paragraphs = self.tables = 0

    def next_paragraph(self) -> Place:
        """Return the place of the next paragraph outside of tables."""
        self.paragraphs += 1
        return Place(self.part, self.number, self.paragraphs)

    def cell(self, table: int, row: int, cell: int) -> Place:
        """Return the place of a cell."""
        return Place(self.part, self.number, table=table, row=row, cell=cell)


class _Writer:
    """Writes the lines of a document one after another: numbers, fields and notes count on through it."""

    def __init__(self, document: Document, original: bool) -> None:
        self._document, self._original = document, original
        self._styles = Styles(related(document, "styles"))
        self._numbering = Numbering(related(document, "numbering"), self._styles)
        self._characters = Characters(self._styles, original)
        self._text_boxes = 0
        self._apart = False
        """Whether the next line does not go on with the one before."""
        self._last_words: int | None = None
        """The last line that is not empty."""
        self._contents_open: list[int] = []
        """The lines of a table of contents whose end has not come."""
        self._size = 0
        """How many characters the lines have."""
        self.lines: list[WrittenLine] = []

    def write_all(self) -> None:
        """Write the body, then the notes."""
        self._write(self._document.element.body, _Part())
        self._end_story()
        references = self._characters.references
        for part, number, note in shown_notes(self._document, references):
            self._apart = True
            self._write(note, _Part(part, number))
            self._end_story()

    def _end_story(self) -> None:
        """Forget the fields that are still open: what seemed a table of contents is none if it has no end."""
        for index in self._contents_open:
            written = self.lines[index]
            self.lines[index] = written._replace(line=replace(written.line, layout=False))
        self._contents_open.clear()
        self._characters.end_story()

    def _write(self, container: _Element, part: _Part, place: Place | None = None) -> None:
        """Write the blocks of a container; ``place`` is that of the cell in which they all stand."""
        group: list[tuple[_Element, ParagraphProperties]] = []
        for element, is_contents in blocks(container, tags.PARAGRAPH, tags.TABLE):
            if element.tag == tags.TABLE:
                self._write_rest(group, part, place)
                self._table(element, part)
                continue
            said = properties(element, self._styles, self._original)
            group.append((element, said))
            if not said.goes_on:
                self._paragraph(group, part, place, is_contents or said.style.is_contents)
                group = []
        self._write_rest(group, part, place)

    def _write_rest(self, group: list[tuple[_Element, ParagraphProperties]], part: _Part, place: Place | None) -> None:
        """Write what has lost its end, and is not followed by a paragraph that goes on with it."""
        if any(self._characters.has_text(element) for element, _ in group):
            self._paragraph(group, part, place, False)
        group.clear()

    # ----------------------------------------------------------------------------- paragraphs

    def _paragraph(
        self,
        group: list[tuple[_Element, ParagraphProperties]],
        part: _Part,
        place: Place | None,
        is_contents: bool,
    ) -> None:
        """Write a paragraph, made of one element or of several whose marks have gone."""
        element, said = group[-1]
        draft = Draft()
        self._read(group, draft)
        if place is None:
            place = part.next_paragraph()
        is_contents = is_contents or (draft.in_contents and not draft.outside_contents)
        for line, pieces in _lines(draft, place, said.heading, self._apart):
            self._add(WrittenLine(line, element, pieces), is_contents)
            self._apart = False
        self._write_boxes()

    def _read(self, group: list[tuple[_Element, ParagraphProperties]], draft: Draft) -> None:
        """Add the number and the characters of a paragraph to a draft."""
        label = self._label(group[-1][1])
        if label:
            draft.add(label)
        start = draft.length
        for element, said in group:
            self._characters.read(element, Toggles(said.bold, said.hidden), draft)
        if label:
            draft.spread_bold(start, len(label))

    def _label(self, said: ParagraphProperties) -> str:
        """Return the automatic number of a paragraph, as it stands before its text."""
        if said.numbering is None:
            return ""
        label = self._numbering.label(said.numbering, said.level, said.numbered_by) or ""
        return f"{label} " if label[-1:].isascii() and label[-1:].isalnum() else label

    def _add(self, written: WrittenLine, is_contents: bool) -> None:
        if len(self.lines) >= MAX_LINES:
            zh = f"段落和表格行超过 {MAX_LINES} 个；请分成几个文件检查"
            raise Unreadable(Bilingual(zh, f"more than {MAX_LINES} paragraphs and rows: split it up"))
        if is_contents:
            written = written._replace(line=replace(written.line, layout=True))
            self._leave_out_heading()
            if self._characters.is_in_contents:
                self._contents_open.append(len(self.lines))
        if not self._characters.is_in_contents:
            self._contents_open.clear()
        self._size += len(written.line.text) + 1
        if self._size > MAX_CHARACTERS:
            zh = f"文字超过 {MAX_CHARACTERS:,} 个字；请分成几个文件检查"
            raise Unreadable(Bilingual(zh, f"more than {MAX_CHARACTERS:,} characters: split it up"))
        if written.line.text:
            self._last_words = len(self.lines)
        self.lines.append(written)

    def _leave_out_heading(self) -> None:
        """Let the heading of a table of contents be layout, too."""
        if self._last_words is not None:
            written = self.lines[self._last_words]
            if "".join(written.line.text.split()) in _CONTENTS_HEADINGS:
                self.lines[self._last_words] = written._replace(line=replace(written.line, layout=True))

    def _write_boxes(self) -> None:
        """Write the text boxes that are anchored in what has just been written."""
        boxes, self._characters.boxes = self._characters.boxes, []
        for box in boxes:
            self._text_boxes += 1
            self._apart = True
            self._write(box, _Part("text-box", self._text_boxes))
        self._apart = self._apart or bool(boxes)

    # --------------------------------------------------------------------------------- tables

    def _table(self, table: _Element, part: _Part) -> None:
        """Write a table row by row; the text of one that only sets text paragraph by paragraph."""
        found = rows(table, self._original)
        part.tables += 1
        number = part.tables
        sets_text, imprint = is_layout(found), is_imprint(found)
        for row_number, row in enumerate(found, start=1):
            if imprint:
                self._imprint(row, part, number, row_number)
                continue
            if not sets_text:
                self._row(row, part, number, row_number)
                continue
            self._apart = True
            for cell in row.cells:
                if cell.element is not None and not cell.from_above:
                    self._write(cell.element, part, part.cell(number, row_number, cell.number))
        self._apart = True

    def _row(self, row: Row, part: _Part, table: int, row_number: int) -> None:
        draft = Draft()
        cells: list[tuple[int, int]] = []
        places: list[tuple[int, Place]] = []
        for cell in row.cells:
            draft.add("| ")
            start = draft.length
            if cell.element is not None:
                places.append((start if places else 0, part.cell(table, row_number, cell.number)))
                if not cell.from_above:
                    self._cell(cell.element, draft)
            draft.separate("")
            cells.append((start, draft.length))
            draft.add(" ")
        draft.add("|")
        from_above = tuple(index for index, cell in enumerate(row.cells) if cell.from_above)
        line = Line(
            draft.text.replace("\n", " "),
            tuple(places),
            tuple(draft.bold),
            tuple(cells),
            from_above,
            note=part.part in _NOTES,
        )
        first = next(row.element.iter(tags.PARAGRAPH), row.element)
        self._add(WrittenLine(line, first, tuple(draft.pieces)), False)
        self._write_boxes()

    def _imprint(self, row: Row, part: _Part, table: int, row_number: int) -> None:
        """Write a row of an imprint as the line that it is when it is set without a table."""
        draft = Draft()
        places: list[tuple[int, Place]] = []
        for cell in row.cells:
            if cell.element is not None and not cell.from_above:
                places.append((draft.length, part.cell(table, row_number, cell.number)))
                self._cell(cell.element, draft)
                draft.separate("\u3000\u3000")
        text = draft.text.replace("\n", " ")
        line = Line(text, _without_repeats(places), tuple(draft.bold), apart=True, note=part.part in _NOTES)
        self._add(WrittenLine(line, next(row.element.iter(tags.PARAGRAPH), row.element), tuple(draft.pieces)), False)
        self._write_boxes()

    def _cell(self, cell: _Element, draft: Draft) -> None:
        """Add the text of a cell, a space between paragraphs; of tables in it, too."""
        group: list[tuple[_Element, ParagraphProperties]] = []
        for element, _ in blocks(cell, tags.PARAGRAPH, tags.TABLE):
            if element.tag == tags.TABLE:
                for row in rows(element, self._original):
                    for inner in row.cells:
                        if inner.element is not None and not inner.from_above:
                            self._cell(inner.element, draft)
                continue
            said = properties(element, self._styles, self._original)
            group.append((element, said))
            if not said.goes_on:
                self._read(group, draft)
                draft.separate(" ")
                group = []
        if group:
            self._read(group, draft)
            draft.separate(" ")


_CONTENTS_HEADINGS = ("目录", "目次")
_NOTES: tuple[PlacePart, ...] = ("footnote", "endnote")


def _lines(draft: Draft, place: Place, heading: int, apart: bool) -> Iterator[tuple[Line, tuple[Piece, ...]]]:
    """Yield the lines of a paragraph: one, unless there are line breaks in it."""
    text = draft.text
    if "\n" not in text:
        yield (
            Line(text, ((0, place),), tuple(draft.bold), heading=heading, apart=apart, note=place.part in _NOTES),
            tuple(draft.pieces),
        )
        return
    pieces, start = deque(draft.pieces), 0
    bold = deque(draft.bold)
    for written in text.removesuffix("\n").split("\n"):
        end = start + len(written)
        line = Line(
            written,
            ((0, place),),
            tuple(_moved(first, last, start) for first, last in _taken(bold, start, end)),
            heading=heading,
            apart=apart and start == 0,
            note=place.part in _NOTES,
        )
        own = []
        while pieces and pieces[0].end <= end:
            own.append(pieces.popleft())
        yield line, tuple(Piece(*_moved(piece.start, piece.end, start), piece.element, piece.at) for piece in own)
        if pieces:
            pieces.popleft()  # the line break
        start = end + 1


def _without_repeats(places: list[tuple[int, Place]]) -> tuple[tuple[int, Place], ...]:
    """Return places without those of cells that are empty: there the next one begins."""
    return tuple(dict(places).items())


def _taken(ranges: deque[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what of the first ranges lies between ``start`` and ``end``, and take away what ends there."""
    while ranges and ranges[0][0] < end:
        first, last = ranges[0]
        if last > start:
            yield max(first, start), min(last, end)
        if last > end:
            return
        ranges.popleft()


def _moved(first: int, last: int, start: int) -> tuple[int, int]:
    return first - start, last - start
