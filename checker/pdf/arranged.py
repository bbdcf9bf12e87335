"""What the worker makes of a PDF: the lines of the source, and in what they are set."""

from __future__ import annotations

from msgspec import Struct

from checker.model import Alignment, Bilingual, Line, PageSetup


class Run(Struct, frozen=True, array_like=True, gc=False):
    """A stretch of a line in one size, its 汉字 in one font."""

    start: int
    end: int
    """Indexes in the text of the line."""
    font: str | None
    size: float
    """In points."""


class ArrangedLine(Struct, frozen=True, array_like=True):
    """A line of the source as geometry knows it."""

    line: Line
    continues_unlabelled: bool
    """True for one that goes on with the line before unless its words say that it begins a paragraph."""
    first: int | None
    """The index of its first character that can be seen; None where there is none."""
    runs: tuple[Run, ...]
    alignment: Alignment | None
    indent: float | None
    """Of the paragraph that it begins, where that leaves no doubt."""


class Arranged(Struct, frozen=True, array_like=True, tag=True):
    """The lines of a PDF, how its pages are set up, and what of it could not be read."""

    lines: tuple[ArrangedLine, ...]
    setups: tuple[PageSetup, ...]
    problems: tuple[Bilingual, ...]


class Refusal(Struct, frozen=True, array_like=True, tag=True):
    """Why a PDF cannot be read."""

    zh: str
    en: str
