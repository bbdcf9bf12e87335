"""What the text of a Word document looks like: by its own format, its styles, the document's defaults, in this order.

Source: ECMA-376 part 1, §17.7.2 (how styles build on one another), §17.3.2.26 (``w:rFonts``), §20.1.4 (themes).
"""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document
from docx.oxml import parse_xml
from lxml.etree import XMLSyntaxError, _Element

from checker.model import Alignment
from checker.word import tags
from checker.word.numbering import Numbering
from checker.word.paragraphs import properties
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
_TWIPS = 20
"""In a point."""
_SMALLEST = 10.0
"""What Word takes for the size, in points, where nothing says it."""


class Indent(NamedTuple):
    """The indent of a paragraph as its format gives it: each number by itself, as each is inherited by itself."""

    left: int = 0
    left_characters: int = 0
    first: int = 0
    """Of the first line from there; negative for one that hangs out."""
    first_characters: int = 0

    @property
    def characters(self) -> float:
        """How far the first line begins, as far as that is given in characters."""
        return (self.left_characters + self.first_characters) / 100

    @property
    def twips(self) -> int:
        """How far it begins, as far as that is given in twips: where it is in characters, these hold (§17.3.1.12)."""
        return (0 if self.left_characters else self.left) + (0 if self.first_characters else self.first)


class Format(NamedTuple):
    """What holds for a paragraph, or a run in it; None for what is said nowhere."""

    font: str | None = None
    """Of Chinese characters."""
    latin_font: str | None = None
    size: float = _SMALLEST
    """In points."""
    alignment: Alignment | None = None
    indent: Indent = Indent()
    spacing: int | None = None
    """The distance of lines, in twips where it is fixed."""
    spacing_rule: str | None = None

    @property
    def exact_spacing(self) -> int | None:
        """The distance of lines in twips, where it is fixed."""
        return self.spacing if self.spacing_rule == "exact" else None

    @property
    def first_line(self) -> float:
        """How far the first line begins from the margin, in characters of the paragraph's size."""
        return self.indent.characters + self.indent.twips / (self.size * _TWIPS)


class Formats:
    """The formats of a document; each style is looked up once."""

    def __init__(self, document: Document) -> None:
        root = related(document, "styles")
        self._styles = Styles(root)
        self._numbering = Numbering(related(document, "numbering"), self._styles)
        self._theme = _theme(document)
        self._of_style: dict[str | None, Format] = {}
        self._defaults = Format()
        for defaults in () if root is None else root.iterchildren(tags.DEFAULTS):
            for said in defaults.iter(tags.RUN_PROPERTIES, tags.PARAGRAPH_PROPERTIES):
                self._defaults = self._with(self._defaults, said)
        self._body = self._named(self._styles.known(None))
        self._of_paragraph: dict[_Element, Format] = {}

    @property
    def body(self) -> Format:
        """What holds where a paragraph says nothing: the default style."""
        return self._body

    def of_paragraph(self, paragraph: _Element) -> Format:
        """Return the format of a paragraph, which its runs have too unless they say otherwise."""
        if paragraph not in self._of_paragraph:
            self._of_paragraph[paragraph] = self._found(paragraph)
        return self._of_paragraph[paragraph]

    def _found(self, paragraph: _Element) -> Format:
        own = paragraph.find(tags.PARAGRAPH_PROPERTIES)
        found = self._named(self._styles.known(None if own is None else value(own.find(tags.PARAGRAPH_STYLE))))
        if (level := self._level(paragraph)) is not None:
            found = self._with_paragraph(found, level)
        if own is not None:
            found = self._with_paragraph(found, own)
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

    def _level(self, paragraph: _Element) -> _Element | None:
        """Return what the level of its list says of a paragraph: it goes between style and paragraph (§17.7.2)."""
        said = properties(paragraph, self._styles, original=False)
        if said.numbering is None:
            return None
        return self._numbering.paragraph_properties(said.numbering, said.level, said.numbered_by)

    def _named(self, style_id: str | None) -> Format:
        if style_id not in self._of_style:
            base = self._defaults
            self._of_style[style_id] = base if style_id is None else self._with_style(base, style_id)
        return self._of_style[style_id]

    def _with_style(self, base: Format, style_id: str) -> Format:
        for _, style in reversed(list(self._styles.chain(style_id))):
            for said in style.iterchildren(tags.RUN_PROPERTIES, tags.PARAGRAPH_PROPERTIES):
                base = self._with(base, said)
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
            base = base._replace(indent=_indented(base.indent, indent))
        if spacing is not None:
            line, rule = number(spacing, _LINE), spacing.get(_LINE_RULE)
            base = base._replace(
                spacing=base.spacing if line is None else line, spacing_rule=base.spacing_rule if rule is None else rule
            )
        return base


def _indented(base: Indent, indent: _Element) -> Indent:
    """Return an indent with what an element says of it; what it does not say stays."""

    def said(*names: str) -> int | None:
        return next((given for name in names if (given := number(indent, name)) is not None), None)

    def first(hanging: str, first_line: str) -> int | None:
        out = said(hanging)
        return -out if out else said(first_line) if said(first_line) is not None else out

    return Indent(
        *(
            given if given is not None else before
            for given, before in zip(
                (
                    said(_LEFT, _START),
                    said(_LEFT_CHARACTERS, _START_CHARACTERS),
                    first(_HANGING, _FIRST),
                    first(_HANGING_CHARACTERS, _FIRST_CHARACTERS),
                ),
                base,
                strict=True,
            )
        )
    )


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
