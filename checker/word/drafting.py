"""A draft of any format as a Word file in the form of a 公文.

Source: GB/T 9704—2012 《党政机关公文格式》: 5.1 (paper), 5.2 (margins, fonts, 22 lines of 28 characters), 7.2.8 and 7.3
(document number, title, addressees, text and its levels, attachments, signature, date), 7.4 (copies and printing), 7.5
(page numbers).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from checker.document_words import DOC_NUMBER, PRINTED, begins_foot, document_words, is_issue_note, is_title_line
from checker.expressions import expression
from checker.model import Paragraph, Plan, Section, Span
from checker.reporters.words import printable
from checker.word.manuscript import Manuscript, Piece, began

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section as Pages
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

BODY_FONT, TITLE_FONT, NUMBER_FONT = "仿宋_GB2312", "方正小标宋简体", "宋体"
LEVEL_FONTS = ("黑体", "楷体_GB2312", BODY_FONT, BODY_FONT)
"""Of headings of the first to the fourth level: 7.3.3."""
TITLE_SIZE, BODY_SIZE, NUMBER_SIZE, TABLE_SIZE = 22.0, 16.0, 14.0, 12.0
"""2 号、3 号、4 号、小 4 号, in points."""
_TWIPS = 20
_LINES, _CHARACTERS = 22, 28
_LINE = int(225 / 25.4 * 72 * _TWIPS / _LINES)
"""How high a line is, in twentieths of a point: 22 of them fill 225 mm and no more."""
_WIDTH = 156 / 25.4 * 72 / _CHARACTERS
"""How wide a character is of which 28 fill 156 mm, in points: a little less than it is high."""
_CLOSER = round((_WIDTH - BODY_SIZE - 0.02) * _TWIPS)
"""By how much characters of 16 points are set closer for that, in twentieths of a point.

The grid says the same; but LibreOffice gives a character that is wider than its grid two places of it. So text is set
without the grid, and looks alike in all programs.
"""
_CELL_LINE = 20.0
_LONGEST_CELL = 22
"""So many characters at most have a say in how wide a column is."""
_MOST_COLUMNS = 63
"""More columns Word does not show."""
_MOST_CELLS = 50_000
"""So many cells may all tables of a document have: each takes 2 kB of memory, those that a row lacks as well."""
_FOOTER = 25.0
"""From the edge of the paper to the foot of the page number, in mm: its dashes then stand 7 mm below the text."""

_Kind = Literal["title", "heading", "number", "note", "addressee", "signature", "foot", "annex", "body"]
_SIGNATURE_INDENT = 4
"""How many characters the date keeps from the right edge: 7.3.5."""
_ANNEX = expression("附件[0-9一二三四五六七八九十]{0,2}[：:]?$")


def drafted(plan: Plan) -> Manuscript:
    """Return a draft as a Word document in the form of GB/T 9704—2012, and where its characters stand in it.

    All text of the draft is in it once, in its order; blank lines, page numbers and marks of Markdown are not. Tables
    are tables, but for those that are too large: their rows are paragraphs. The file is the same for the same draft,
    but for the time at which this program began.
    """
    document = docx.Document()
    _set_up(document, plan)
    writing = _Writing(document, plan)
    read = [paragraph for paragraph in plan.text.paragraphs if not paragraph.layout and paragraph.text]
    for is_table, paragraphs in groupby(read, key=lambda paragraph: bool(paragraph.cells)):
        if is_table:
            writing.table(list(paragraphs))
        else:
            for paragraph in paragraphs:
                writing.paragraph(paragraph)
    return Manuscript(_saved(document), document, writing.pieces, writing.paragraphs)


def _saved(document: Document) -> bytes:
    """Return the bytes of a document, the same for the same document: no member says when it was written."""
    made, stamped = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(stamped, "w", zipfile.ZIP_DEFLATED) as again:
        for member in archive.infolist():
            again.writestr(zipfile.ZipInfo(member.filename), archive.read(member), zipfile.ZIP_DEFLATED)
    return stamped.getvalue()


# ------------------------------------------------------------------------------- the pages


def _set_up(document: Document, plan: Plan) -> None:
    properties = document.core_properties
    properties.author, properties.comments = "plancheck", ""
    properties.title = printable(plan.metadata.title or "")[:255]
    properties.created = properties.modified = began()
    _set_up_pages(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(document.sections[0])
    _set_up_styles(document)


def _set_up_pages(pages: Pages) -> None:
    pages.page_width, pages.page_height = Mm(210), Mm(297)
    pages.top_margin, pages.bottom_margin = Mm(37), Mm(35)
    pages.left_margin, pages.right_margin = Mm(28), Mm(26)
    pages.header_distance, pages.footer_distance = Mm(15), Mm(_FOOTER)
    grid = pages._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        pages._sectPr.append(grid)
    _set(grid, type="linesAndChars", linePitch=_LINE, charSpace=round((_WIDTH - BODY_SIZE) * 4096))


def _number_pages(pages: Pages) -> None:
    """Put — 1 — below the text, outside: on the right of odd pages, on the left of even ones, one character in."""
    for footer, side in ((pages.footer, "right"), (pages.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        _set(_of_properties(paragraph, "w:ind"), **{f"{side}Chars": 100, side: round(NUMBER_SIZE * _TWIPS)})
        for words in ("— ", None, " —"):
            run = paragraph.add_run(words or "")
            _set_font(run, NUMBER_FONT, NUMBER_SIZE)
            if words is None:
                _add_page_field(run)


def _add_page_field(run: Run) -> None:
    for kind in ("begin", "instruction", "separate", "number", "end"):
        if kind == "instruction":
            element: Any = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = " PAGE "
        elif kind == "number":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            _set(element, fldCharType=kind)
        run._r.append(element)


# ------------------------------------------------------------------------------ the styles


def _set_up_styles(document: Document) -> None:
    styles: Any = document.styles
    _set_style(styles["Normal"], BODY_FONT, BODY_SIZE)
    body = styles["Body Text"]
    _set_style(body, BODY_FONT, BODY_SIZE)
    _indent(body)
    _set_style(styles["Title"], TITLE_FONT, TITLE_SIZE)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, font in enumerate(LEVEL_FONTS, start=1):
        heading = styles[f"Heading {level}"]
        _set_style(heading, font, BODY_SIZE)
        _indent(heading)
        heading.paragraph_format.keep_with_next = True
    _set_style(styles["Footer"], NUMBER_FONT, NUMBER_SIZE)
    styles["Footer"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _set_style(style: ParagraphStyle, font: str, size: float) -> None:
    """Give a style the look of a 公文 and nothing of the look that the template has for it."""
    element = style.element
    for properties in (element.find(qn("w:rPr")), element.find(qn("w:pPr"))):
        for one in list(properties) if properties is not None else ():
            if one.tag not in (qn("w:outlineLvl"), qn("w:tabs")):
                properties.remove(one)
    style.font.size = Pt(size)
    style.font.snap_to_grid = False
    _set_fonts(style.element.get_or_add_rPr(), font)
    if size == BODY_SIZE:
        _set_closer(style.element.rPr, _CLOSER)
    layout = style.paragraph_format
    element.get_or_add_pPr().insert_element_before(_off("w:snapToGrid"), *_BEHIND_SNAPPING)
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = Pt(_LINE / _TWIPS)
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY


_BEHIND_SNAPPING = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
"""What stands behind ``w:snapToGrid`` in a paragraph's properties (17.3.1.26), of what styles have here."""
_BEHIND_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs")
"""What stands behind ``w:spacing`` in a run's properties (17.3.2.28), of what they have here."""


def _off(tag: str) -> Any:
    element: Any = OxmlElement(tag)
    _set(element, val=0)
    return element


def _set_closer(properties: Any, by: int) -> None:
    """Set characters wider by so many twentieths of a point, or closer by less than none."""
    spacing: Any = OxmlElement("w:spacing")
    _set(spacing, val=by)
    properties.insert_element_before(spacing, *_BEHIND_SPACING)


def _indent(style: ParagraphStyle) -> None:
    """Indent the first line by two characters, and let the others be as wide as the page: 5.2.3, 7.3.3."""
    element = style.element.get_or_add_pPr().get_or_add_ind()
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _set(element, firstLineChars=200, firstLine=round(2 * BODY_SIZE * _TWIPS))


def _set_font(run: Run, font: str, size: float | None = None) -> None:
    if size is not None:
        run.font.size = Pt(size)
    _set_fonts(run._r.get_or_add_rPr(), font)


def _set_fonts(properties: Any, font: str) -> None:
    """Set Chinese characters, and with them letters and figures, in a font."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    _set(fonts, ascii=font, hAnsi=font, eastAsia=font, cs=font)


def _set(element: Any, **attributes: object) -> None:
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))


def _of_properties(paragraph: WordParagraph, tag: str) -> Any:
    properties: Any = paragraph._p.get_or_add_pPr()
    return {"w:ind": properties.get_or_add_ind}[tag]()


# -------------------------------------------------------------------------------- the text


class _Run(NamedTuple):
    """Characters of a paragraph that are set alike."""

    start: int
    end: int
    font: str | None
    bold: bool


class _Writing:
    """A document that is being written, and where the characters of the draft stand in it."""

    def __init__(self, document: Document, plan: Plan) -> None:
        self.pieces: list[Piece] = []
        self.paragraphs: list[tuple[int, Any]] = []
        self._document, self._plan, self._source = document, plan, plan.text.source
        plans = (plan, *plan.plans)
        self._titles = [span for one in plans for span in (one.metadata.title_span, one.metadata.notice_span)]
        self._titles = [span for span in self._titles if span.end > span.start and not _is_untitled(plans, span)]
        self._sections = sorted((one for each in plans for one in each.sections), key=lambda one: one.span)
        self._bodies = [_body_of(one) for one in plans]
        self._before: _Kind | None = None
        """What the paragraph before was."""
        self._has_title = False
        self._is_addressed = False
        self._cells = 0
        """How many there are in its tables."""

    def paragraph(self, paragraph: Paragraph) -> None:
        """Write a paragraph as what it is: a title, a heading, a signature."""
        is_first = not self._has_title
        kind, level = self._kind(paragraph)
        written = self._document.add_paragraph(style=_style(kind, level))
        _lay_out(written, kind)
        _set_apart(written, kind, self._before, is_first=is_first)
        self._before = kind
        for run in self._runs(paragraph, kind):
            self._write(written, paragraph, run, len(paragraph.text))
        self.paragraphs.append((paragraph.span.start, written._p))

    def table(self, rows: Sequence[Paragraph]) -> None:
        """Write rows as a table, the first as its head, which stands on every page; too many cells as paragraphs."""
        columns = max(len(row.cells) for row in rows)
        if columns > _MOST_COLUMNS or self._cells + len(rows) * columns > _MOST_CELLS:
            for row in rows:
                self.paragraph(row)
            return
        self._cells += len(rows) * columns
        self._before = "body"
        table: Any = self._document.add_table(rows=len(rows), cols=columns, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        widths = list(_widths(rows, columns))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, (row, written) in enumerate(zip(rows, table._tbl.tr_lst, strict=True)):
            _keep_together(written, is_head=not number)
            for cell, width in zip(written.tc_lst, widths, strict=True):
                cell.width = Mm(width)
            self._row(row, [_cell(one) for one in written.tc_lst], is_head=not number)

    def _row(self, row: Paragraph, cells: Sequence[WordParagraph], *, is_head: bool) -> None:
        for at, written in enumerate(cells):
            if is_head:
                written.alignment = WD_ALIGN_PARAGRAPH.CENTER
            written.paragraph_format.line_spacing = Pt(_CELL_LINE)
            written.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            if at < len(row.cells):
                start, end = row.cells[at]
                for run in _divided(row, start, end, LEVEL_FONTS[0] if is_head else None):
                    self._write(written, row, run, end, TABLE_SIZE)
        self.paragraphs.append((row.span.start, cells[0]._p))

    def _write(
        self,
        written: WordParagraph,
        paragraph: Paragraph,
        run: _Run,
        end_of_all: int,
        size: float | None = None,
    ) -> None:
        """Write characters as one run, with the white space that stands among them in a line of the draft.

        ``end_of_all`` is where the last run of the paragraph or cell ends.
        """
        words: list[str] = []
        length = 0
        pieces: list[tuple[int, int, int]] = []
        gaps = {index for index, _ in paragraph.gaps}
        for start, end in _adjacent(paragraph, run.start, run.end):
            offset = paragraph.offset(start)
            if start in gaps and start > run.start and (white := self._white(paragraph, start)):
                words.append(white)
                length += len(white)
            words.append(printable(paragraph.text[start:end]))
            pieces.append((offset, offset + end - start, length))
            length += end - start
        if run.end in gaps and run.end < end_of_all and (white := self._white(paragraph, run.end)):
            words.append(white)
        made = written.add_run("".join(words))
        if run.font is not None:
            _set_font(made, run.font)
        if size is not None:
            made.font.size = Pt(size)
        made.bold = True if run.bold else None
        for element in made._r.findall(qn("w:t"))[:1]:
            self.pieces += (Piece(start, end, element, at) for start, end, at in pieces)

    def _white(self, paragraph: Paragraph, index: int) -> str:
        """Return the white space that stands before the character at ``index`` of a paragraph."""
        between = self._source[paragraph.offset(index - 1) + 1 : paragraph.offset(index)]
        return "".join("\u3000" if char == "\u3000" else " " for char in between if char in " \t\u3000\xa0")

    def _runs(self, paragraph: Paragraph, kind: _Kind) -> Iterator[_Run]:
        """Yield a paragraph in runs; of a heading that goes on as text only its words have its font."""
        length = len(paragraph.text)
        font = {"annex": LEVEL_FONTS[0], "note": LEVEL_FONTS[1]}.get(kind)
        heads = [] if kind in ("title", "heading") else list(self._headings(paragraph))
        at = 0
        for section in heads:
            start = max(at, paragraph.index(section.span.start))
            end = min(length, paragraph.index(section.span.end - 1) + 1)
            if end > start:
                yield from _divided(paragraph, at, start, font)
                yield from _divided(paragraph, start, end, LEVEL_FONTS[min(section.level, len(LEVEL_FONTS)) - 1])
                at = end
        yield from _divided(paragraph, at, length, font)

    def _headings(self, paragraph: Paragraph) -> Iterator[Section]:
        """Yield the sections whose headings stand in a paragraph, or begin it."""
        from bisect import bisect_left

        span = paragraph.span
        for section in self._sections[bisect_left(self._sections, span.start, key=lambda one: one.span.start) :]:
            if section.span.start >= span.end:
                return
            yield section

    def _kind(self, paragraph: Paragraph) -> tuple[_Kind, int]:
        """Return what a paragraph is, and the level of a heading."""
        start, end = paragraph.source_span(0, len(paragraph.text))
        if any(title.start <= start and end <= title.end for title in self._titles):
            self._has_title, self._is_addressed = True, False
            return "title", 0
        heading = next((one for one in self._headings(paragraph) if one.span.start <= start), None)
        if heading is not None and _fills(heading, paragraph):
            return "heading", heading.level
        if any(body.start <= start < body.end for body in self._bodies):
            return "body", 0
        if self._before == "annex" and is_title_line(paragraph):
            return "title", 0
        return self._part(paragraph.folded), 0

    def _part(self, folded: str) -> _Kind:
        """Return what a paragraph outside of a plan's own text is."""
        words = document_words()
        if DOC_NUMBER.fullmatch(folded) or (not self._has_title and words.issuer.match(folded)):
            return "number"
        if self._has_title and is_issue_note(folded):
            return "note"
        if self._has_title and not self._is_addressed and folded.endswith("：") and not begins_foot(folded):
            self._is_addressed = True
            return "addressee"
        self._is_addressed = self._is_addressed or folded.endswith("。")
        if _ANNEX.match(folded):
            return "annex"
        if PRINTED.search(folded) or folded.startswith("抄送"):
            return "foot"
        if self._has_title and (words.signature.match(folded) or words.issuer.match(folded)):
            return "signature"
        return "body"


def _is_untitled(plans: Sequence[Plan], span: Span) -> bool:
    """Say whether a place stands in for the title of a plan that has none."""
    return any(plan.metadata.title is None and plan.metadata.title_span == span for plan in plans)


def _body_of(plan: Plan) -> Span:
    """Return where the plan's own text stands: from its preamble or first section on, to the foot."""
    starts = [one.start for one in (plan.preamble, *(section.span for section in plan.sections)) if one is not None]
    return Span(min(starts, default=plan.closing), plan.closing)


def _fills(section: Section, paragraph: Paragraph) -> bool:
    """Say whether nothing stands in a paragraph but a heading and the full stop behind it."""
    behind = paragraph.index(section.span.end - 1) + 1
    return not paragraph.text[behind:].strip("。.：: ")


def _divided(paragraph: Paragraph, start: int, end: int, font: str | None) -> Iterator[_Run]:
    """Yield a stretch of a paragraph, bold words apart."""
    edges = {edge for pair in paragraph.bold for edge in pair if start < edge < end}
    cuts = sorted({start, end, *edges})
    for at, to in pairwise(cuts):
        yield _Run(at, to, font, any(first <= at < last for first, last in paragraph.bold))


def _adjacent(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a paragraph whose characters stand one behind another in the source."""
    cuts = sorted({start, end, *(index for index, _ in paragraph.runs if start < index < end)})
    yield from pairwise(cuts)


# ---------------------------------------------------------------------- the look of a paragraph


def _style(kind: _Kind, level: int) -> str:
    if kind == "title":
        return "Title"
    if kind == "heading":
        return f"Heading {min(level, len(LEVEL_FONTS))}"
    return "Body Text" if kind == "body" else "Normal"


def _lay_out(paragraph: WordParagraph, kind: _Kind) -> None:
    if kind in ("number", "note"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind == "signature":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        right = round(_SIGNATURE_INDENT * BODY_SIZE * _TWIPS)
        _set(_of_properties(paragraph, "w:ind"), rightChars=100 * _SIGNATURE_INDENT, right=right)
    elif kind == "foot":
        chars = {"leftChars": 100, "left": round(BODY_SIZE * _TWIPS)}
        _set(_of_properties(paragraph, "w:ind"), **chars, rightChars=100, right=round(BODY_SIZE * _TWIPS))


def _cell(element: Any) -> WordParagraph:
    from docx.text.paragraph import Paragraph as Written

    return Written(element.p_lst[0], element)


def _keep_together(row: Any, *, is_head: bool) -> None:
    """Let a row stand on one page, and the head on every page."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _widths(rows: Sequence[Paragraph], columns: int) -> Iterator[float]:
    """Yield how wide columns are, in mm: by their longest words, within bounds, 156 in all."""
    longest = [
        max((row.cells[at][1] - row.cells[at][0] for row in rows if at < len(row.cells)), default=0)
        for at in range(columns)
    ]
    shares = [min(max(length, 2), _LONGEST_CELL) + 3 for length in longest]
    yield from (156 * share / sum(shares) for share in shares)


def _set_apart(paragraph: WordParagraph, kind: _Kind, before: _Kind | None, *, is_first: bool) -> None:
    """Leave the lines free that a 公文 has between its parts; a document behind the first begins on a new page.

    ``is_first`` says that no title has come before.
    """
    layout = paragraph.paragraph_format
    if kind == "annex" and before is not None:
        layout.page_break_before = True
    elif kind == "title" and before not in ("title", None):
        if is_first or before in ("number", "annex"):
            layout.space_before = Pt(_LINE / _TWIPS)
        else:
            layout.page_break_before = True
    elif (before == "title" and kind != "title") or (kind == "signature" and before in ("body", "heading")):
        layout.space_before = Pt(_LINE / _TWIPS)
