"""In what each stretch of the text is set: font, size, alignment, indent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model import Alignment, Setting, Span, Text
from checker.pdf.page import Char, Font
from checker.pdf.paragraphs import Standing
from checker.pdf.printed_lines import is_wide
from checker.pdf.written_lines import Written

_SAME_SIZE = 0.3
"""Sizes that differ by less, in points, are one: files round them."""


def settings(text: Text, written: Sequence[Written], fonts: Sequence[Font]) -> Iterator[Setting]:
    """Yield the settings of all lines that are read, in order."""
    standings: dict[int, Standing | None] = {}
    at = 0
    for one in written:
        if not one.line.layout and one.chars:
            paragraph = text.paragraph(at + one.chars[0][0]).span.start
            first = standings.setdefault(paragraph, one.standing)
            alignment, indent = _of_paragraph(first)
            for start, end, font, size in _runs(one.chars):
                name = fonts[font].name if font is not None else None
                yield Setting(Span(at + start, at + end), name, round(size, 1), alignment, indent)
        at += len(one.line.text) + 1


def _of_paragraph(first: Standing | None) -> tuple[Alignment | None, float | None]:
    """Return alignment and indent of a paragraph by its first line, where that leaves no doubt."""
    if first is None:
        return None, None
    if first.stand == "centred":
        return "center", None
    if first.stand in ("flush", "indented") and first.begins == "apart":
        return None, round(first.indent, 1)
    return None, None


def _runs(chars: Sequence[tuple[int, Char]]) -> Iterator[tuple[int, int, int | None, float]]:
    """Yield start, end, font and size of each stretch of one size whose 汉字 are of one font.

    Latin letters and digits among them have a font of their own, which is not asked for; what is raised or
    lowered is no size of its own.
    """
    start, end, font, size, baseline = 0, 0, None, 0.0, 0.0
    for index, char in chars:
        wide = is_wide(char.text)
        other_size = abs(char.size - size) > _SAME_SIZE and (wide or abs(char.baseline - baseline) < 0.5)
        other_font = wide and font is not None and char.font != font
        if end and (other_size or other_font):
            yield start, end, font, size
            end = 0
        if not end:
            start, font, size, baseline = index, None, char.size, char.baseline
        end = index + len(char.text)
        if wide and font is None:
            font = char.font
    if end:
        yield start, end, font, size
