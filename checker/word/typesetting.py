"""How a Word document is laid out: its pages, and the fonts and sizes of its text (ECMA-376 part 1, §17.3, §17.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from docx.document import Document
from docx.opc.part import XmlPart
from lxml.etree import _Element

from checker.model import Layout, PageSetup, Setting, Span
from checker.word import tags
from checker.word.formats import Format, Formats
from checker.word.tags import W, value
from checker.word.written import WrittenLine

_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SECTION, _SIZE, _MARGINS, _GRID = f"{W}sectPr", f"{W}pgSz", f"{W}pgMar", f"{W}docGrid"
_HEADERS = (f"{W}headerReference", f"{W}footerReference")
_WIDTH, _HEIGHT = f"{W}w", f"{W}h"
_EDGES = (f"{W}top", f"{W}right", f"{W}bottom", f"{W}left")
_GRID_PITCH, _GRID_SPACE = f"{W}linePitch", f"{W}charSpace"
_LINE_GRIDS = ("lines", "linesAndChars", "snapToChars")
_CHARACTER_GRIDS = ("linesAndChars", "snapToChars")

_TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
_PAPER = (11906, 16838)
"""What Word takes for the paper of a section that names none, in twips: A4."""
_NEARLY = 0.05
"""A line or character that lacks less than this of its room fits: widths and pitches are rounded to twips."""
_MOST = 0.5
"""Of the text of a section more than this has to have one line spacing for it to be that of its pages."""


def layout(document: Document, written: Sequence[WrittenLine], line_starts: Sequence[int]) -> Layout:
    """Return the layout of a document, whose lines begin at ``line_starts`` of the source."""
    formats = Formats(document)
    settings: list[Setting] = []
    pages: list[PageSetup] = []
    sections = _sections(document)
    numbered = _numbered_sections(sections, document, formats)
    first = at = 0
    for number, one in enumerate(written):
        settings += _settings(one, line_starts[number], formats)
        following = written[number + 1].paragraph if number + 1 < len(written) else None
        ends = following is not one.paragraph and _closes_section(one.paragraph)
        if (ends or following is None) and at < len(sections):
            pages.append(_page(sections[at], numbered[at], line_starts[first], written[first : number + 1], formats))
            first, at = number + 1, at + 1
    return Layout(tuple(pages), tuple(settings))


# ------------------------------------------------------------------------------- settings


def _settings(one: WrittenLine, start: int, formats: Formats) -> Iterator[Setting]:
    """Yield the stretches of a line in one font and size; those of automatic numbers have neither."""
    text = one.line.text
    paragraph = formats.of_paragraph(one.paragraph)
    stretches = list(_stretches(one, paragraph, formats))
    # An indent in twips is so many characters of the text, whatever size its style says.
    size = next((stretch.size for stretch in stretches if stretch.size), paragraph.size)
    indent = None if one.line.cells else _indent(paragraph._replace(size=size), text)
    for stretch in stretches:
        span = Span(start + stretch.start, start + stretch.end)
        yield Setting(span, stretch.font, stretch.size, paragraph.alignment, indent)


class _Stretch(NamedTuple):
    start: int
    end: int
    font: str | None = None
    size: float | None = None


def _stretches(one: WrittenLine, paragraph: Format, formats: Formats) -> Iterator[_Stretch]:
    """Yield the stretches of a line; what follows in the same font and size is one with what stands before."""
    text, at = one.line.text, 0
    held: _Stretch | None = None
    for piece in one.pieces:
        words = text[piece.start : piece.end]
        if text[at : piece.start].strip():  # an automatic number, a bar between cells
            if held is not None:
                yield held
            held = _Stretch(at, piece.start)
        at = piece.end
        run = piece.element.getparent()
        if run is None or not words.strip():
            continue
        found = formats.of_run(run, paragraph)
        following = _Stretch(piece.start, piece.end, found.font if any(map(_is_chinese, words)) else None, found.size)
        if held is not None and _goes_on(held, following):
            held = held._replace(end=following.end, font=held.font or following.font)
        else:
            if held is not None:
                yield held
            held = following
    if held is not None:
        yield held


def _goes_on(held: _Stretch, following: _Stretch) -> bool:
    """Say whether a stretch is set like the one before; figures and Latin words are of any Chinese font."""
    return held.size == following.size and (None in (held.font, following.font) or held.font == following.font)


def _is_chinese(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def _indent(paragraph: Format, text: str) -> float:
    """Return how far the first line of a paragraph is indented, in characters, by its format or by white space."""
    spaces = text[: len(text) - len(text.lstrip())]
    written = sum(1.0 if char == "\u3000" else 0.5 for char in spaces if char != "\t")
    return round(paragraph.first_line + written, 2)


# ---------------------------------------------------------------------------------- pages


def _sections(document: Document) -> list[_Element]:
    """Return the properties of each section, in order; not those of before a tracked change."""
    return [
        one
        for one in document.element.body.iter(_SECTION)
        if (around := one.getparent()) is not None and around.tag in (tags.PARAGRAPH_PROPERTIES, tags.BODY)
    ]


def _closes_section(paragraph: _Element) -> bool:
    properties = paragraph.find(tags.PARAGRAPH_PROPERTIES)
    return properties is not None and properties.find(_SECTION) is not None


def _page(
    section: _Element, numbered: Format | None, start: int, written: Sequence[WrittenLine], formats: Formats
) -> PageSetup:
    size, margins = section.find(_SIZE), section.find(_MARGINS)
    width, height = (_twips(size, name, default) for name, default in zip((_WIDTH, _HEIGHT), _PAPER, strict=True))
    top, right, bottom, left = (None if margins is None else _twips(margins, name, 0) for name in _EDGES)
    return PageSetup(
        start,
        width / _TWIPS,
        height / _TWIPS,
        top=_millimetres(top),
        right=_millimetres(right),
        bottom=_millimetres(bottom),
        left=_millimetres(left),
        lines=_lines(section, height - abs(top or 0) - abs(bottom or 0), written, formats),
        characters=_characters(section, width - (left or 0) - (right or 0), written, formats),
        page_number=numbered is not None,
        page_number_font=numbered.latin_font if numbered is not None else None,
        page_number_size=numbered.size if numbered is not None else None,
    )


def _millimetres(twips: float | None) -> float | None:
    return None if twips is None else abs(twips) / _TWIPS  # a negative margin lets a header run into it


def _twips(element: _Element | None, name: str, default: float) -> float:
    try:
        return float(value(element, name) or default)
    except ValueError:
        return default


def _lines(section: _Element, height: float, written: Sequence[WrittenLine], formats: Formats) -> float | None:
    """Return how many lines a page has: by the fixed spacing of most of its text, else by the document grid."""
    spacing = _most(written, lambda one: formats.of_paragraph(one.paragraph).exact_spacing)
    grid = section.find(_GRID)
    if not spacing and value(grid, tags.TYPE) in _LINE_GRIDS:
        spacing = _twips(grid, _GRID_PITCH, 0)
    return int(height / spacing + _NEARLY) if spacing else None


def _characters(section: _Element, width: float, written: Sequence[WrittenLine], formats: Formats) -> float | None:
    """Return how many characters a line has: by the document grid, else by the size of most of the text."""
    grid = section.find(_GRID)
    if value(grid, tags.TYPE) in _CHARACTER_GRIDS:
        pitch = formats.body.size * 20 + _twips(grid, _GRID_SPACE, 0) / 4096 * 20
    else:
        pitch = 20 * (_most(written, lambda one: _size(one, formats)) or 0)
    return int(width / pitch + _NEARLY) if pitch > 0 else None


def _size(one: WrittenLine, formats: Formats) -> float | None:
    """Return the size in which a line begins."""
    paragraph = formats.of_paragraph(one.paragraph)
    run = one.pieces[0].element.getparent() if one.pieces else None
    return formats.of_run(run, paragraph).size if run is not None else None


def _most(written: Sequence[WrittenLine], asked: Callable[[WrittenLine], float | None]) -> float | None:
    """Return what holds for more than half of the text outside of tables, by its characters; None for nothing."""
    counted: Counter[float | None] = Counter()
    for one in written:
        if not one.line.cells and one.line.text:
            counted[asked(one)] += len(one.line.text)
    if not counted:
        return None
    found, number = counted.most_common(1)[0]
    return found if number > _MOST * counted.total() else None


# ----------------------------------------------------------------------------- page numbers


def _numbered_sections(sections: Sequence[_Element], document: Document, formats: Formats) -> list[Format | None]:
    """Return for each section the format of its page numbers; None for one without.

    A section that names no header or footer has those of the section before (§17.10.1).
    """
    found: list[Format | None] = []
    known: dict[str, Format | None] = {}
    for section in sections:
        references = [one.get(_RELATIONSHIP, "") for one in section.iterchildren(*_HEADERS)]
        for reference in references:
            if reference not in known:
                known[reference] = _numbered(reference, document, formats)
        own = next((one for reference in references if (one := known[reference]) is not None), None)
        found.append(own if references else found[-1] if found else None)
    return found


def _numbered(reference: str, document: Document, formats: Formats) -> Format | None:
    """Return the format of the page number in a header or footer; None where it has no such field."""
    relationship = document.part.rels.get(reference)
    if relationship is None or relationship.is_external or not isinstance(relationship.target_part, XmlPart):
        return None
    for paragraph in relationship.target_part.element.iter(tags.PARAGRAPH):
        for element in paragraph.iter(tags.FIELD_CODE, tags.SIMPLE_FIELD):
            code = element.get(tags.INSTRUCTION) if element.tag == tags.SIMPLE_FIELD else element.text
            if (code or "").split()[:1] == ["PAGE"]:
                run = element.find(tags.RUN) if element.tag == tags.SIMPLE_FIELD else element.getparent()
                found = formats.of_paragraph(paragraph)
                return formats.of_run(run, found) if run is not None else found
    return None
