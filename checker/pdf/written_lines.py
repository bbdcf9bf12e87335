"""Printed lines as lines of the source, with what each character of them is set in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.model import Line, Place
from checker.pdf.page import Char, Font
from checker.pdf.paragraphs import Standing
from checker.pdf.printed_lines import PrintedLine

_INDENT = "\u3000\u3000"


class Written(Struct, frozen=True):
    """A line of the source, and what it is made of."""

    line: Line
    chars: tuple[tuple[int, Char], ...]
    """``(index in its text, character)`` for each that can be seen, in order."""
    printed: PrintedLine | None
    standing: Standing | None


def single(printed: PrintedLine, place: Place, standing: Standing | None, fonts: Sequence[Font]) -> Written:
    """Return a line of a page; the first of an indented paragraph begins with two full-width spaces.

    ``standing`` is None for a running line.
    """
    text, starts = printed.written
    before = _INDENT if standing is not None and standing.stand == "indented" else ""
    chars = tuple(_seen(printed.chars, starts, len(before)))
    line = Line(
        before + text,
        ((0, place),),
        bold=tuple(_bold(chars, fonts)),
        apart=standing is not None and standing.begins == "apart",
        continues=standing is not None and standing.begins == "continues",
        layout=printed.running,
        note=printed.note,
    )
    return Written(line, chars, printed, standing)


def row(printed: PrintedLine, place: Place, fonts: Sequence[Font]) -> Written:
    """Return a row of a table: ``| 任务 | 牵头单位 |``, the lines of each cell joined."""
    text = "|"
    chars: list[tuple[int, Char]] = []
    cells: list[tuple[int, int]] = []
    for cell in printed.cells or ():
        text += " "
        first = len(text)
        for number, line in enumerate(cell):
            of_line, starts = line.written
            text += _joint(text, of_line) if number else ""
            chars += _seen(line.chars, starts, len(text))
            text += of_line
        cells.append((first, len(text)))
        text += " |"
    whole = Line(text, ((0, place),), cells=tuple(cells), from_above=printed.from_above, layout=printed.running)
    return Written(whole, tuple(chars), printed, None)


def _joint(before: str, after: str) -> str:
    """Return what goes between two lines of a cell: a space between words."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalnum()
    return " " if latin else ""


def _seen(chars: Sequence[Char], starts: Sequence[int], first: int) -> Iterator[tuple[int, Char]]:
    for char, start in zip(chars, starts, strict=True):
        if not char.is_blank:
            yield first + start, char


def _bold(chars: Sequence[tuple[int, Char]], fonts: Sequence[Font]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that are bold."""
    start = end = None
    for index, char in chars:
        if fonts[char.font].bold:
            start, end = index if start is None else start, index + len(char.text)
        elif start is not None and end is not None:
            yield start, end
            start = None
    if start is not None and end is not None:
        yield start, end
