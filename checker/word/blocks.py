"""The blocks of a document: its paragraphs and tables, whatever holds them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from checker.word import tags
from checker.word.characters import chosen

_HOLDERS = frozenset({tags.CONTENT_CONTROL, tags.CONTROL_CONTENT, tags.CUSTOM_XML, tags.SMART_TAG})
_CONTENTS = "Table of Contents"


def blocks(container: _Element, *wanted: str) -> Iterator[tuple[_Element, bool]]:
    """Yield the elements of some kinds in a container, each with whether it is in a table of contents.

    Content controls and the like only hold others; of several ways to write the same one is taken. What stands
    inside of a wanted element is not looked at.
    """
    levels = [(iter(container), False)]
    while levels:
        children, is_contents = levels[-1]
        for child in children:
            tag = child.tag
            if tag in wanted:
                yield child, is_contents
            elif tag in _HOLDERS:
                levels.append((iter(child), is_contents or _holds_contents(child)))
                break
            elif tag == tags.ALTERNATE:
                levels.append((iter(chosen(child)), is_contents))
                break
        else:
            levels.pop()


def _holds_contents(control: _Element) -> bool:
    """Say whether a content control is what Word makes of a table of contents."""
    said = control.find(tags.CONTROL_PROPERTIES)
    return said is not None and any(gallery.get(tags.VAL) == _CONTENTS for gallery in said.iter(tags.GALLERY))
