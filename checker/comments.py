"""Comments in which a draft of text or Markdown speaks to plancheck.

    <!-- plancheck: ignore plan/lead-unit: 由村里自办，没有牵头单位 -->

In a line of its own it holds for the paragraph that follows, else for the paragraph in which it stands.
Several rules, or packs, stand with commas between; behind the colon stands the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from checker.model import Comment, Paragraph, Span, Text

_COMMENT = re.compile(r"<!--[ \t]*plancheck[:：][ \t]*ignore\b(?P<said>[^<>]{0,1000}?)-->")
_SAID = re.compile(r"\s*(?P<rules>[\w./-]+(?:\s*[,，、]\s*[\w./-]+)*)?\s*(?:[:：](?P<reason>.*))?", re.DOTALL)
_BETWEEN = re.compile(r"\s*[,，、]\s*")


def spans(source: str) -> list[tuple[int, int]]:
    """Return where comments to plancheck stand in a draft: they are not read."""
    return [found.span() for found in _COMMENT.finditer(source)]


def comments(text: Text) -> Text:
    """Return a text with its comments to plancheck."""
    found = tuple(_comments(text))
    return replace(text, comments=found) if found else text


def _comments(text: Text) -> Iterator[Comment]:
    for found in _COMMENT.finditer(text.source):
        said = _SAID.fullmatch(found["said"])
        rules = tuple(_BETWEEN.split(said["rules"])) if said and said["rules"] else ()
        reason = " ".join((said["reason"] or "").split()) if said else ""
        yield Comment(Span(*found.span()), _lines(text, found.start(), found.end()), rules, reason)


def _lines(text: Text, start: int, end: int) -> tuple[int, int]:
    """Return the first and last line of the paragraph for which a comment holds."""
    line_start = text.line_starts[text.position(start).line - 1]
    line_end = text.source.find("\n", end)
    around = text.source[line_start:start] + text.source[end : line_end if line_end >= 0 else None]
    paragraph = text.paragraph(start) if around.strip() else _next(text, end)
    if paragraph is None:
        line = text.position(start).line
        return line, line
    first, last = _extent(paragraph)
    return text.position(first).line, text.position(last).line


def _next(text: Text, offset: int) -> Paragraph | None:
    return next((one for one in text.paragraphs if one.text and one.offset(0) >= offset), None)


def _extent(paragraph: Paragraph) -> tuple[int, int]:
    """Return where the first and the last character of a paragraph stand."""
    if not paragraph.text:
        return paragraph.span.start, max(paragraph.span.start, paragraph.span.end - 1)
    return paragraph.offset(0), paragraph.offset(len(paragraph.text) - 1)
