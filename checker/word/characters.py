"""The characters of a paragraph: what a reader of the printed document sees of its runs.

Of tracked changes one side is read. The code of a field is not text, its result is. Hidden text is not read: it
is not printed. A phonetic guide is read without the guide; the mark of a note, a comment, a picture are nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml.etree import _Element

from checker.word import tags
from checker.word.styles import Styles
from checker.word.symbols import symbol
from checker.word.tags import is_on
from checker.word.written import Piece

NotePart = Literal["footnote", "endnote"]

_HOLDERS = frozenset(
    {
        tags.HYPERLINK,
        tags.SMART_TAG,
        tags.CUSTOM_XML,
        tags.DIRECTION,
        tags.OVERRIDE,
        tags.CONTENT_CONTROL,
        tags.CONTROL_CONTENT,
        tags.RUBY,
        tags.RUBY_BASE,
    }
)
_GRAPHICS = frozenset({tags.DRAWING, tags.PICTURE, tags.EMBEDDED_OBJECT})
_FORMULAS = frozenset({tags.MATHEMATICS, tags.MATHEMATICS_PARAGRAPH})
_FIELDS = (tags.FIELD_MARK, tags.FIELD_CODE)
_NOTES: dict[str, NotePart] = {tags.FOOTNOTE_REFERENCE: "footnote", tags.ENDNOTE_REFERENCE: "endnote"}
# What is one character, whatever the element says. A tab is as wide as two characters, and makes no cells.
_MARKS = {
    tags.TAB: "\u3000",
    tags.POSITION_TAB: "\u3000",
    tags.BREAK: "\n",
    tags.CARRIAGE_RETURN: "\n",
    tags.NO_BREAK_HYPHEN: "-",
}
_WHITE = " \t\r\n"
_BLANK = str.maketrans("\t\r\n", "   ")
_CONTROL = re.compile(r"[\t\r\n]")
_DEEPEST, _LONGEST_NAME = 64, 64
"""How many fields within one another, and how much of a code, are looked at: Word has 20 levels."""
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)


class Draft:
    """The characters of a line while they are read; ``\\n`` stands for a line break."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._separator = ""
        self.length = 0
        self.pieces: list[Piece] = []
        self.bold: list[tuple[int, int]] = []
        self.in_contents = self.outside_contents = False
        """Whether there are characters of a table of contents, and others."""

    @property
    def text(self) -> str:
        """What has been read so far."""
        return "".join(self._parts)

    def separate(self, text: str) -> None:
        """Put ``text`` before what comes next, if anything comes; nothing if it is empty."""
        self._separator = text

    def add(self, text: str, bold: bool = False, element: _Element | None = None, at: int = 0) -> None:
        """Take in characters, and the element that holds them, where one does."""
        if self._separator and text:
            text_before, self._separator = self._separator, ""
            self.add(text_before)
        start = self.length
        self.length += len(text)
        self._parts.append(text)
        if element is not None:
            self.pieces.append(Piece(start, self.length, element, at))
        if bold:
            if self.bold and self.bold[-1][1] == start:
                start = self.bold.pop()[0]
            self.bold.append((start, self.length))

    def spread_bold(self, start: int, length: int) -> None:
        """Let the ``length`` characters before ``start`` be bold where the one behind them is."""
        for index, (first, last) in enumerate(self.bold):
            if first <= start < last:
                self.bold[index] = (min(first, start - length), last)


class _Field:
    """A field whose end has not come."""

    def __init__(self) -> None:
        self.code = ""
        self.has_result = self.is_contents = False


class Reference(NamedTuple):
    """The mark of a note in the text."""

    part: NotePart
    id: str
    has_own_mark: bool
    """True where it has a sign of its own in place of a number."""


class Toggles(NamedTuple):
    """What runs are where they say nothing themselves."""

    bold: bool
    hidden: bool


class Characters:
    """Reads the characters of one paragraph after another: fields go on from one to the next."""

    def __init__(self, styles: Styles, original: bool) -> None:
        self._styles = styles
        self._passed_over = (
            frozenset({tags.INSERTED, tags.MOVED_TO}) if original else frozenset({tags.DELETED, tags.MOVED_FROM})
        )
        self._holders = _HOLDERS | ({tags.INSERTED, tags.DELETED, tags.MOVED_TO, tags.MOVED_FROM} - self._passed_over)
        self._fields: list[_Field] = []
        self._codes = self._contents = 0
        """How many of them have no result yet, and of how many the result is a table of contents."""
        self.references: list[Reference] = []
        """The notes that were referred to."""
        self.boxes: list[_Element] = []
        """The text boxes that were met since they were last taken away."""

    @property
    def is_in_contents(self) -> bool:
        """Whether a table of contents has begun and not ended."""
        return self._contents > 0

    def end_story(self) -> None:
        """Forget the fields that have no end."""
        self._fields.clear()
        self._codes = self._contents = 0

    def read(self, paragraph: _Element, toggles: Toggles, draft: Draft) -> None:
        """Add the characters of a paragraph."""
        self._read(paragraph, toggles, draft)
        if self._codes:  # a code ends within its paragraph: one that does not is damaged, and hides no text
            self._fields = [field for field in self._fields if field.has_result]
            self._codes = 0

    def _read(self, holder: _Element, toggles: Toggles, draft: Draft) -> None:
        for child in holder:
            tag = child.tag
            if tag == tags.RUN:
                self._run(child, toggles, draft)
            elif tag in self._holders:
                self._read(child, toggles, draft)
            elif tag == tags.ALTERNATE:
                self._read(chosen(child), toggles, draft)
            elif tag == tags.SIMPLE_FIELD:
                self._simple_field(child, toggles, draft)
            elif tag in _FORMULAS:
                for text in child.iter(tags.MATHEMATICS_TEXT):
                    self._text(text, toggles.bold, draft)

    def _simple_field(self, element: _Element, toggles: Toggles, draft: Draft) -> None:
        is_contents = _CONTENTS.match(element.get(tags.INSTRUCTION, "")) is not None
        self._contents += is_contents
        self._read(element, toggles, draft)
        self._contents = max(0, self._contents - is_contents)

    def _run(self, run: _Element, toggles: Toggles, draft: Draft) -> None:
        bold = toggles.bold
        for child in run:
            tag = child.tag
            if tag == tags.TEXT or tag == tags.DELETED_TEXT:
                self._text(child, bold, draft)
            elif tag == tags.RUN_PROPERTIES:
                bold, hidden = self._toggled(child, toggles)
                if hidden:
                    for mark in run.iterchildren(*_FIELDS):
                        self._field(mark)
                    return
            elif tag in _MARKS:
                self._sign(_MARKS[tag], bold, child, draft)
            elif tag == tags.SYMBOL:
                self._sign(symbol(child), bold, child, draft)
            elif tag in _FIELDS:
                self._field(child)
            elif tag in _NOTES:
                has_own_mark = child.get(tags.CUSTOM_MARK) in tags.ON
                self.references.append(Reference(_NOTES[tag], child.get(tags.ID, ""), has_own_mark))
            elif tag in _GRAPHICS:
                self.boxes += boxes_in(child)
            elif tag == tags.ALTERNATE:
                self._run(chosen(child), Toggles(bold, False), draft)
            elif tag == tags.RUBY:
                self._read(child, Toggles(bold, False), draft)

    def _toggled(self, properties: _Element, toggles: Toggles) -> tuple[bool, bool]:
        bold, hidden = toggles
        own_bold: bool | None = None
        own_hidden: bool | None = None
        for child in properties.iterchildren(tags.RUN_STYLE, tags.BOLD, tags.HIDDEN):
            if child.tag == tags.BOLD:
                own_bold = is_on(child)
            elif child.tag == tags.HIDDEN:
                own_hidden = is_on(child)
            else:  # what both styles switch on is off again: §17.7.3
                style = self._styles.named(child.get(tags.VAL))
                bold, hidden = bold ^ bool(style.bold), hidden ^ bool(style.hidden)
        return bold if own_bold is None else own_bold, hidden if own_hidden is None else own_hidden

    def _field(self, mark: _Element) -> None:
        """Take in a part of a field: where it begins, its code, where its result begins, where it ends."""
        kind = mark.get(tags.FIELD_MARK_TYPE)
        if kind == "begin":
            if len(self._fields) < _DEEPEST:
                self._fields.append(_Field())
                self._codes += 1
            return
        field = self._fields[-1] if self._fields else None
        if field is None:
            return
        if mark.tag == tags.FIELD_CODE:
            if len(field.code) < _LONGEST_NAME:
                field.code += mark.text or ""
        elif kind == "separate" and not field.has_result:
            field.has_result = True
            field.is_contents = _CONTENTS.match(field.code) is not None
            self._codes -= 1
            self._contents += field.is_contents
        elif kind == "end":
            self._fields.pop()
            self._codes -= not field.has_result
            self._contents -= field.is_contents

    def _is_text(self, draft: Draft) -> bool:
        """Say whether what comes now is text, and let the draft know whether it is of a table of contents."""
        if self._codes:
            return False
        if self._contents:
            draft.in_contents = True
        else:
            draft.outside_contents = True
        return True

    def _sign(self, char: str, bold: bool, element: _Element, draft: Draft) -> None:
        if self._is_text(draft):
            draft.add(char, bold, element)

    def _text(self, element: _Element, bold: bool, draft: Draft) -> None:
        text, at = element.text, 0
        if not text or not self._is_text(draft):
            return
        if (text[0] in _WHITE or text[-1] in _WHITE) and element.get(tags.SPACE) != "preserve":
            bare = text.strip(_WHITE)
            at, text = text.find(bare), bare
        if text:
            draft.add(text.translate(_BLANK) if _CONTROL.search(text) else text, bold, element, at)


def chosen(alternate: _Element) -> _Element:
    """Return the one of several ways to write the same that is read: the first, as Word does."""
    for way in (tags.CHOICE, tags.FALLBACK):
        found = alternate.find(way)
        if found is not None and len(found):
            return found
    return alternate


def boxes_in(graphic: _Element) -> Iterator[_Element]:
    """Yield the text boxes of a drawing, without those within them."""
    ahead = [graphic]
    while ahead:
        element = ahead.pop()
        if element.tag == tags.TEXT_BOX:
            yield element
        elif element.tag == tags.ALTERNATE:
            if (way := chosen(element)) is not element:
                ahead.append(way)
        else:
            ahead += reversed(element)
