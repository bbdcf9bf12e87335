"""The automatic numbers of a document, which stand nowhere in its text: ``numbering.xml`` (ECMA-376 part 1, §17.9).

A paragraph names a list (``w:num``) and a level of it; the list takes its levels from an abstract one
(``w:abstractNum``), whose counters all its lists share.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.etree import _Element

from checker.word import tags
from checker.word.number_formats import written
from checker.word.styles import Styles
from checker.word.symbols import of_font
from checker.word.tags import is_on, number, value

_LEVELS = 9
_LONGEST = 64
"""How much of what a level writes is looked at, in characters."""
_PLACE = re.compile("%([1-9])")
_FONTS = f"{tags.W}rFonts"
_FONT_NAMES = (f"{tags.W}ascii", f"{tags.W}hAnsi", f"{tags.W}eastAsia", f"{tags.W}hint")


class _Level(NamedTuple):
    """One level of a list."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    """The level, from 1, that restarts it, and those above; 0 for none, None for all above."""
    is_legal: bool = False
    """True where the numbers of the levels above are written in digits."""
    style: str | None = None
    paragraph: _Element | None = None
    """What it says of its paragraphs: ``w:pPr``."""


class _List(NamedTuple):
    """A list with its levels as it has them, and where it begins anew."""

    counters: str
    """The id of the abstract list whose counters it goes on with."""
    levels: tuple[_Level, ...]
    starts: tuple[int | None, ...]
    """For each level where the list itself begins counting; None where it goes on."""


class Numbering:
    """The lists of a document and how far they have been counted: ask for each paragraph once, in order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, _Element] = {}
        self._lists: dict[str, _Element] = {}
        for element in () if root is None else root.iterchildren(tags.ABSTRACT_NUMBERING, tags.NUMBERING):
            if element.tag == tags.NUMBERING:
                self._lists.setdefault(element.get(tags.NUMBER_ID, ""), element)
            else:
                self._abstract.setdefault(element.get(tags.ABSTRACT_ID, ""), element)
        self._linked: dict[str, str] = {}
        """By the id of a style of lists, the abstract list that says it is that."""
        for abstract_id, abstract in self._abstract.items():
            if link := value(abstract.find(tags.STYLE_LINK)):
                self._linked.setdefault(link, abstract_id)
        self._levels: dict[str, tuple[_Level, ...]] = {}
        self._known: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        """The levels of lists with a start of their own that have been used."""

    def label(self, list_id: str, level: int, styles: tuple[str, ...]) -> str | None:
        """Count on, and return what is written before the next paragraph of a list; None for no such list.

        ``styles`` are those that put it into the list: the level that names one of them is its level.
        """
        if list_id not in self._known:
            self._known[list_id] = self._list(list_id)
        found = self._known[list_id]
        if found is None:
            return None
        level = _level_of(found, styles, level)
        own = found.levels[level]
        if own.format == "bullet":
            return own.text
        counters = self._counted(list_id, found, level)
        return _PLACE.sub(lambda place: _number(found, counters, level, int(place[1]) - 1), own.text)

    def paragraph_properties(self, list_id: str, level: int, styles: tuple[str, ...]) -> _Element | None:
        """Return what a level of a list says of its paragraphs; None for nothing. It does not count on."""
        if list_id not in self._known:
            self._known[list_id] = self._list(list_id)
        found = self._known[list_id]
        return None if found is None else found.levels[_level_of(found, styles, level)].paragraph

    def _counted(self, list_id: str, found: _List, level: int) -> list[int | None]:
        """Count on at a level, let the levels below begin anew, and return the counters."""
        counters = self._counters.setdefault(found.counters, [None] * _LEVELS)
        start = found.starts[level]
        if start is not None and (list_id, level) not in self._begun:
            self._begun.add((list_id, level))
            counters[level] = start
        else:
            before = counters[level]
            first = found.levels[level].start if start is None else start
            counters[level] = first if before is None else before + 1
        for below in range(level + 1, _LEVELS):
            restarts = found.levels[below].restarts_after
            if restarts is None or level < restarts:
                counters[below] = None
        for above in range(level):  # 1.1 before any 1: the 1 counts as used (Microsoft Q110380)
            if counters[above] is None:
                counters[above] = found.levels[above].start
        return counters

    # -------------------------------------------------------------------- what the lists are

    def _list(self, list_id: str) -> _List | None:
        element = self._lists.get(list_id)
        if element is None:
            return None
        abstract_id = self._abstract_id(element)
        if abstract_id is None:
            return None
        levels = list(self._levels_of(abstract_id))
        starts: list[int | None] = [None] * _LEVELS
        for override in element.iterchildren(tags.LEVEL_OVERRIDE):
            index = number(override, tags.LEVEL_INDEX)
            if index is None or not 0 <= index < _LEVELS:
                continue
            own = override.find(tags.LEVEL)
            if own is not None:
                levels[index] = _level(own)
            starts[index] = number(override.find(tags.START_OVERRIDE))
            if own is not None and starts[index] is None:
                starts[index] = levels[index].start
        return _List(abstract_id, tuple(levels), tuple(starts))

    def _levels_of(self, abstract_id: str) -> tuple[_Level, ...]:
        """Return the levels of an abstract list, put together once."""
        if abstract_id not in self._levels:
            levels = [_Level()] * _LEVELS
            for element in self._abstract[abstract_id].iterchildren(tags.LEVEL):
                index = number(element, tags.LEVEL_INDEX)
                if index is not None and 0 <= index < _LEVELS:
                    levels[index] = _level(element)
            self._levels[abstract_id] = tuple(levels)
        return self._levels[abstract_id]

    def _abstract_id(self, element: _Element) -> str | None:
        """Return the abstract list of a list, through the styles of lists that stand between them."""
        seen: set[str] = set()
        while True:
            abstract_id = value(element.find(tags.ABSTRACT_ID))
            if abstract_id is None or abstract_id not in self._abstract or abstract_id in seen or len(seen) > _LEVELS:
                return None
            seen.add(abstract_id)
            link = value(self._abstract[abstract_id].find(tags.NUMBERING_STYLE_LINK))
            following = None if link is None else self._lists.get(self._styles.named(link).numbering or "")
            if following is None:
                return self._linked.get(link or "", abstract_id)
            element = following


def _level(element: _Element) -> _Level:
    start = number(element.find(tags.START))
    legal = element.find(tags.LEGAL)
    run = element.find(tags.RUN_PROPERTIES)
    format = _format(element)
    text = (value(element.find(tags.LEVEL_TEXT)) or "")[:_LONGEST]
    if format == "bullet":
        text = _bullet(text, run)
    return _Level(
        1 if start is None else start,
        format,
        text,
        number(element.find(tags.RESTART)),
        legal is not None and is_on(legal),
        value(element.find(tags.PARAGRAPH_STYLE)),
        element.find(tags.PARAGRAPH_PROPERTIES),
    )


def _format(element: _Element) -> str:
    """Return the format of a level's numbers; one that only newer Words know has an older one beside it."""
    found = element.find(tags.NUMBER_FORMAT)
    if found is None:
        found = element.find(f"{tags.ALTERNATE}/{tags.FALLBACK}/{tags.NUMBER_FORMAT}")
        newer = element.find(f"{tags.ALTERNATE}/{tags.CHOICE}/{tags.NUMBER_FORMAT}")
        if newer is not None and (newer.get(tags.FORMAT) or "").startswith("01,"):
            return "decimalZero"
    return value(found) or "decimal"


def _bullet(text: str, run: _Element | None) -> str:
    """Return the sign of a list without numbers as a character of Unicode."""
    fonts = None if run is None else run.find(_FONTS)
    name = "" if fonts is None else fonts.get(_FONT_NAMES[0]) or fonts.get(_FONT_NAMES[1]) or ""
    return "".join(of_font(char, name) for char in text[:4])


def _level_of(found: _List, styles: tuple[str, ...], level: int) -> int:
    for style in styles:
        for index, one in enumerate(found.levels):
            if one.style == style:
                return index
    return level


def _number(found: _List, counters: list[int | None], level: int, index: int) -> str:
    """Return the number of level ``index`` in a label of ``level``; a level below has none there."""
    counter = counters[index]
    if index > level or counter is None:
        return ""
    format = found.levels[index].format
    if (found.levels[level].is_legal and index < level) or format == "bullet":
        format = "decimal" if format != "none" else format
    return written(counter, format)
