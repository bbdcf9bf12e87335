"""The styles of a document: what a paragraph or a run gets from its style and those it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element

from checker.word.tags import (
    BASED_ON,
    BOLD,
    DEFAULT,
    DEFAULTS,
    HIDDEN,
    LEVEL_INDEX,
    NAME,
    NUMBER_ID,
    NUMBERING_PROPERTIES,
    ON,
    OUTLINE_LEVEL,
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    STYLE,
    STYLE_ID,
    TYPE,
    VAL,
    is_on,
    number,
    value,
)

BODY_TEXT = 9
"""The outline level of what is no heading; those of headings count from 0."""
_LONGEST_CHAIN = 64
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)$", re.IGNORECASE)


class Style(NamedTuple):
    """What a style says, with what it takes from those it is based on; None where none of them says it."""

    numbering: str | None = None
    """The id of its list; ``0`` takes a paragraph out of the list of the style below."""
    level: int | None = None
    """Which level of the list, from 0."""
    numbered_by: str | None = None
    """The id of the style that names the list."""
    outline: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    is_contents: bool = False
    """True for the styles of a table of contents."""


class Styles:
    """The styles of a document; each is put together once."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._default: str | None = None
        self.bold = self.hidden = False
        """What holds where nothing is said."""
        if root is None:
            return
        for style in root.iterchildren(STYLE):
            self._elements.setdefault(style.get(STYLE_ID, ""), style)
            if style.get(TYPE) == "paragraph" and style.get(DEFAULT) in ON:
                self._default = style.get(STYLE_ID)
        for toggle in (toggle for defaults in root.iterchildren(DEFAULTS) for toggle in defaults.iter(BOLD, HIDDEN)):
            if toggle.tag == BOLD:
                self.bold = is_on(toggle)
            else:
                self.hidden = is_on(toggle)
        self._known: dict[str | None, Style] = {}

    def of_paragraph(self, style_id: str | None) -> Style:
        """Return the style of a paragraph; that of the document's body where there is no such style."""
        return self.named(self.known(style_id))

    def known(self, style_id: str | None) -> str | None:
        """Return the id of a paragraph's style; that of the document's body where there is no such style."""
        return style_id if style_id in self._elements else self._default

    def named(self, style_id: str | None) -> Style:
        """Return a style by its id; one that says nothing where there is no such style."""
        if style_id is None or style_id not in self._elements:
            return _NONE
        found = self._known.get(style_id)
        if found is None:
            found = self._known[style_id] = self._put_together(style_id)
        return found

    def _put_together(self, style_id: str) -> Style:
        found = _NONE
        for name, style in self.chain(style_id):
            found = _completed(found, name, style)
        return found

    def chain(self, style_id: str) -> Iterator[tuple[str, _Element]]:
        """Yield a style and those it is based on; one that comes back to itself ends there."""
        seen: set[str] = set()
        at: str | None = style_id
        while at is not None and at in self._elements and at not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(at)
            yield at, self._elements[at]
            at = value(self._elements[at].find(BASED_ON))


_NONE = Style()


def _completed(found: Style, style_id: str, style: _Element) -> Style:
    """Return ``found`` with what the next style of its chain says of what is still open."""
    outline, numbering, level, numbered_by = found.outline, found.numbering, found.level, found.numbered_by
    name = style.find(NAME)
    called = (name.get(VAL, "") if name is not None else "").strip()
    paragraph = style.find(PARAGRAPH_PROPERTIES)
    if paragraph is not None:
        if outline is None:
            outline = number(paragraph.find(OUTLINE_LEVEL))
        list_ = paragraph.find(NUMBERING_PROPERTIES)
        if list_ is not None:
            level = number(list_.find(LEVEL_INDEX)) if level is None else level
            if numbering is None and (numbering := value(list_.find(NUMBER_ID))) is not None:
                numbered_by = style_id
    if outline is None and (heading := _HEADING.match(called)):
        outline = int(heading[1]) - 1
    bold, hidden = found.bold, found.hidden
    run = style.find(RUN_PROPERTIES)
    for toggle in () if run is None else run.iterchildren(BOLD, HIDDEN):
        if toggle.tag == BOLD:
            bold = is_on(toggle) if bold is None else bold
        else:
            hidden = is_on(toggle) if hidden is None else hidden
    is_contents = found.is_contents or _CONTENTS.match(called) is not None
    return Style(numbering, level, numbered_by, outline, bold, hidden, is_contents)
