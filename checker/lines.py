"""Lines as readers of Word, PDF and the like hand them over, to a ``Text``.

Such formats have no lines of a file and no marks among their characters: what is bold, a heading, a cell of
a table, where a person finds it, comes beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from checker import clauses
from checker.expressions import expression
from checker.model import Bilingual, Line, Place, Span, Text
from checker.plain_text import begins_paragraph
from checker.problems import Unreadable
from checker.reflow import read_text

_ENDS = expression(r"[\r\n]")


def from_lines(lines: Sequence[Line], format: str) -> Text:
    """Return lines as a ``Text`` whose source is their characters, each line ended by a line feed.

    ``format`` is the suffix without the dot. A line end inside of a line becomes a space. Raises Unreadable for
    lines without a character that can be read.
    """
    if not any(line.text.strip() for line in lines):
        raise Unreadable(Bilingual("文件里没有文字", "there is no text in the file"))
    whole = [_whole(line) for line in lines]
    source = "".join(f"{line.text}\n" for line in whole)
    text = read_text(source, begins_paragraph, clauses.is_whole_list, format, known=whole)
    begun = list(zip(text.line_starts, whole, strict=True))
    return replace(text, places=tuple(_places(begun)), furniture=tuple(_furniture(begun)))


def _whole(line: Line) -> Line:
    return replace(line, text=_ENDS.sub(" ", line.text)) if _ENDS.search(line.text) else line


def _furniture(lines: Iterable[tuple[int, Line]]) -> Iterator[Span]:
    """Yield the lines that are not to be read, each with its line end."""
    for start, line in lines:
        if line.layout:
            yield Span(start, start + len(line.text) + 1)


def _places(lines: Iterable[tuple[int, Line]]) -> Iterator[tuple[int, Place]]:
    for start, line in lines:
        for index, place in line.places:
            yield start + index, place
