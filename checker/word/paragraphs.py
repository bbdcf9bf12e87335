"""What a paragraph is: its style, its list, the level of its heading, whether its end is still there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml.etree import _Element

from checker.word import tags
from checker.word.styles import BODY_TEXT, Style, Styles
from checker.word.tags import is_on, number, value


class ParagraphProperties(NamedTuple):
    """What is said of a paragraph by itself and by its style."""

    style: Style
    heading: int
    """The level of a heading, from 1; 0 for what is none."""
    numbering: str | None
    """The id of its list; None for one in no list."""
    level: int
    """Its level in the list, from 0, as it says or its style."""
    numbered_by: tuple[str, ...]
    """The ids of the styles that put it into the list; none for one that names its list itself."""
    goes_on: bool
    """True where its mark has gone, so that the next paragraph goes on with it."""
    bold: bool
    """Whether its runs are bold where they do not say so themselves."""
    hidden: bool


def properties(paragraph: _Element, styles: Styles, original: bool) -> ParagraphProperties:
    """Return the properties of a paragraph, ``original`` before its tracked changes."""
    style_id: str | None = None
    outline: int | None = None
    list_: _Element | None = None
    mark: _Element | None = None
    for child in _said(paragraph, original):
        tag = child.tag
        if tag == tags.PARAGRAPH_STYLE:
            style_id = child.get(tags.VAL)
        elif tag == tags.NUMBERING_PROPERTIES:
            list_ = child
        elif tag == tags.OUTLINE_LEVEL:
            outline = number(child)
        elif tag == tags.RUN_PROPERTIES:
            mark = child
    style = styles.of_paragraph(style_id)
    outline = style.outline if outline is None else outline
    numbering, level, by_style = _list(list_, style)
    return ParagraphProperties(
        style,
        outline + 1 if outline is not None and 0 <= outline < BODY_TEXT else 0,
        None if original and _was_put_in_now(list_) else numbering,
        level,
        _numbering_styles(style_id, style) if by_style else (),
        mark is not None and _has_gone(mark, original),
        styles.bold or bool(style.bold),
        styles.hidden or bool(style.hidden),
    )


def _was_put_in_now(list_: _Element | None) -> bool:
    """Say whether tracked changes have put a paragraph into its list (§17.13.5.19)."""
    return list_ is not None and list_.find(tags.INSERTED) is not None


def _said(paragraph: _Element, original: bool) -> Iterable[_Element]:
    """Return what stands in the properties of a paragraph, now or before its tracked changes."""
    said = paragraph.find(tags.PARAGRAPH_PROPERTIES)
    if said is None:
        return ()
    if original and (change := said.find(tags.PARAGRAPH_CHANGE)) is not None:
        before = change.find(tags.PARAGRAPH_PROPERTIES)
        mark = said.find(tags.RUN_PROPERTIES)
        return [*(() if before is None else before), *(() if mark is None else (mark,))]
    return said


def _has_gone(mark: _Element, original: bool) -> bool:
    """Say whether the mark of a paragraph is one that tracked changes take away, or only parts two styles."""
    gone = {tags.INSERTED, tags.MOVED_TO} if original else {tags.DELETED, tags.MOVED_FROM}
    return any(child.tag in gone or (child.tag == tags.JOINED_MARK and is_on(child)) for child in mark)


def _list(own: _Element | None, style: Style) -> tuple[str | None, int, bool]:
    """Return the list of a paragraph, its level there, and whether it is in it by its style alone."""
    numbering, level, by_style = style.numbering, style.level, True
    if own is not None:
        own_level = number(own.find(tags.LEVEL_INDEX))
        own_id = value(own.find(tags.NUMBER_ID))
        by_style = own_level is None and own_id is None
        level = own_level if own_level is not None else level
        numbering = own_id if own_id is not None else numbering
    return (None if numbering == "0" else numbering), min(max(level or 0, 0), 8), by_style


def _numbering_styles(style_id: str | None, style: Style) -> tuple[str, ...]:
    """Return the styles by which a level of a list may claim a paragraph: its own, that which names the list."""
    named = [style_id, style.numbered_by if style.level is None else None]
    return tuple(name for name in named if name is not None)
