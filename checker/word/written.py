"""What ``checker.word.body`` makes of a document: its lines, and which element holds each character."""

from __future__ import annotations

from typing import NamedTuple

from lxml.etree import _Element

from checker.model import Line


class Piece(NamedTuple):
    """Characters of a line that one element of the document holds."""

    start: int
    end: int
    """Index range in the line's text."""
    element: _Element
    """The ``w:t``, or what else stands for characters: ``w:tab``, ``w:noBreakHyphen``, ``w:sym`` …"""
    at: int
    """The index in the element's text of the first of them; 0 for an element without text."""


class WrittenLine(NamedTuple):
    """A line, and where its characters stand in the document."""

    line: Line
    paragraph: _Element
    """The ``w:p`` that it stands in; of a row the first, of joined paragraphs the last, whose properties hold."""
    pieces: tuple[Piece, ...]
    """In order. Automatic numbers, and what stands between cells, are in no element and have none."""
