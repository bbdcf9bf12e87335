"""What the text of a Word document looks like: by its own format, its styles, the document's defaults, in this order.

Source: ECMA-376 part 1, §17.7.2 (how styles build on one another), §17.3.2.26 (``w:rFonts``), §20.1.4 (themes).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from docx.document import Document
from docx.oxml import parse_xml
from lxml.etree import XMLSyntaxError, _Element

from checker.model import Alignment
from checker.word import tags
from checker.word.parts import related
from checker.word.styles import Styles
from checker.word.tags import W, number, value

_FONTS, _SIZE = f"{W}rFonts", f"{W}sz"
_EAST_ASIAN, _EAST_ASIAN_THEME = f"{W}eastAsia", f"{W}eastAsiaTheme"
_LATIN, _LATIN_THEME = f"{W}ascii", f"{W}asciiTheme"
_ALIGNMENT, _INDENT, _SPACING = f"{W}jc", f"{W}ind", f"{W}spacing"
_LINE, _LINE_RULE = f"{W}line", f"{W}lineRule"
_LEFT, _START = f"{W}left", f"{W}start"
_LEFT_CHARACTERS, _START_CHARACTERS = f"{W}leftChars", f"{W}startChars"
_FIRST, _FIRST_CHARACTERS = f"{W}firstLine", f"{W}firstLineChars"
_HANGING, _HANGING_CHARACTERS = f"{W}hanging", f"{W}hangingChars"
_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
_THEME = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SMALLEST = 10.0
"""What Word takes for the size, in points, where nothing says it."""


class Format(NamedTuple):
    """What holds for a paragraph, or a run in it; None for what is said nowhere."""

    font: str | None = None
    """Of Chinese characters."""
    latin_font: str | None = None
    size: float = _SMALLEST
    """In points."""
    alignment: Alignment | None = None
    first_line: float = 0
    """How far the first line begins from the margin, in twips."""
    first_line_characters: float = 0
    """The same where it is given in characters; both are added."""
    exact_spacing: float | None = None
    """The distance of lines in twips, where it is fixed."""


class Formats:
    """The formats of a document; each style is looked up once."""

    def __init__(self, document: Document) -> None:
        root = related(document, "styles")
        self._styles = Styles(root)
        self._theme = _theme(document)
        self._of_style: dict[tuple[str | None, bool], Format] = {}
        self._defaults = Format()
        for defaults in () if root is None else root.iterchildren(tags.DEFAULTS):
            for properties in defaults.iter(tags.RUN_PROPERTIES, tags.PARAGRAPH_PROPERTIES):
                self._defaults = self._with(self._defaults, properties)
        self._body = self._named(self._styles.known(None), self._defaults, is_paragraph=True)
        self._last: tuple[_Element, Format] | None = None

    @property
    def body(self) -> Format:
        """What holds where a paragraph says nothing: the default style."""
        return self._body

    def of_paragraph(self, paragraph: _Element) -> Format:
        """Return the format of a paragraph, which its runs have too unless they say otherwise."""
        if self._last is not None and self._last[0] is paragraph:
            return self._last[1]
        own = paragraph.find(tags.PARAGRAPH_PROPERTIES)
        style_id = self._styles.known(None if own is None else value(own.find(tags.PARAGRAPH_STYLE)))
        found = self._named(style_id, self._defaults, is_paragraph=True)
        if own is not None:
            found = self._with_paragraph(found, own)
        self._last = paragraph, found
        return found

    def of_run(self, run: _Element, paragraph: Format) -> Format:
        """Return the format of a run in a paragraph of the format ``paragraph``."""
        own = run.find(tags.RUN_PROPERTIES)
        if own is None:
            return paragraph
        style_id = value(own.find(tags.RUN_STYLE))
        if style_id is not None:
            paragraph = self._with_style(paragraph, style_id)
        return self._with_run(paragraph, own)

    # ----------------------------------------------------------------------------- styles

    def _named(self, style_id: str | None, base: Format, *, is_paragraph: bool) -> Format:
        key = style_id, is_paragraph
        if key not in self._of_style:
            self._of_style[key] = base if style_id is None else self._with_style(base, style_id)
        return self._of_style[key]

    def _with_style(self, base: Format, style_id: str) -> Format:
        for _, style in reversed(list(self._styles.chain(style_id))):
            for properties in style.iterchildren(tags.RUN_PROPERTIES, tags.PARAGRAPH_PROPERTIES):
                base = self._with(base, properties)
        return base

    def _with(self, base: Format, properties: _Element) -> Format:
        if properties.tag == tags.RUN_PROPERTIES:
            return self._with_run(base, properties)
        return self._with_paragraph(base, properties)

    # ------------------------------------------------------------------------- properties

    def _with_run(self, base: Format, properties: _Element) -> Format:
        font, latin, size = base.font, base.latin_font, base.size
        for child in properties.iterchildren(_FONTS, _SIZE):
            if child.tag == _SIZE:
                halves = number(child)
                size = halves / 2 if halves else size
                continue
            font = self._font(child, _EAST_ASIAN, _EAST_ASIAN_THEME) or font
            latin = self._font(child, _LATIN, _LATIN_THEME) or latin
        if (font, latin, size) == base[:3]:
            return base
        return base._replace(font=font, latin_font=latin, size=size)

    def _font(self, fonts: _Element, name: str, theme: str) -> str | None:
        """Return the font that is named; one of the theme goes before (§17.3.2.26)."""
        return self._theme.get(fonts.get(theme, "")) or fonts.get(name)

    @staticmethod
    def _with_paragraph(base: Format, properties: _Element) -> Format:
        alignment, indent, spacing = (properties.find(tag) for tag in (_ALIGNMENT, _INDENT, _SPACING))
        if alignment is not None:
            base = base._replace(alignment=_ALIGNMENTS.get(alignment.get(tags.VAL, ""), base.alignment))
        if indent is not None:
            base = _indented(base, indent)
        if spacing is not None and spacing.get(_LINE) is not None:
            exact = spacing.get(_LINE_RULE) == "exact"
            base = base._replace(exact_spacing=number(spacing, _LINE) if exact else None)
        return base


def _indented(base: Format, indent: _Element) -> Format:
    """Return a format with an indent; what is given in characters goes before what is given in twips (§17.3.1.12)."""
    characters = _first_of(indent, (_LEFT_CHARACTERS, _START_CHARACTERS)) / 100
    characters += (_first_of(indent, (_FIRST_CHARACTERS,)) - _first_of(indent, (_HANGING_CHARACTERS,))) / 100
    twips = 0.0
    if not _first_of(indent, (_LEFT_CHARACTERS, _START_CHARACTERS)):
        twips += _first_of(indent, (_LEFT, _START))
    if not _first_of(indent, (_FIRST_CHARACTERS, _HANGING_CHARACTERS)):
        twips += _first_of(indent, (_FIRST,)) - _first_of(indent, (_HANGING,))
    return base._replace(first_line=twips, first_line_characters=characters)


def _first_of(element: _Element, names: Iterable[str]) -> int:
    return next((given for name in names if (given := number(element, name)) is not None), 0)


def _theme(document: Document) -> dict[str, str]:
    """Return the fonts of the document's theme by the names that formats have for them: minorEastAsia."""
    part = next((one for one in document.part.rels.values() if one.reltype == _THEME and not one.is_external), None)
    if part is None:
        return {}
    try:
        root = parse_xml(part.target_part.blob)
    except XMLSyntaxError:
        return {}
    found: dict[str, str] = {}
    for kind, name in (("major", f"{_DRAWING}majorFont"), ("minor", f"{_DRAWING}minorFont")):
        for fonts in root.iter(name):
            latin = value(fonts.find(f"{_DRAWING}latin"), "typeface")
            found.update({f"{kind}{which}": latin for which in ("Ascii", "HAnsi") if latin})
            chinese = value(fonts.find(f"{_DRAWING}ea"), "typeface") or next(
                (one.get("typeface") for one in fonts.iter(f"{_DRAWING}font") if one.get("script") == "Hans"), None
            )
            if chinese:
                found[f"{kind}EastAsia"] = chinese
    return found
