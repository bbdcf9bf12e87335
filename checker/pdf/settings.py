"""In what each stretch of the text is set: font, size, alignment, indent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.model import Alignment, Setting, Span, Text
from checker.pdf.arranged import ArrangedLine, Run
from checker.pdf.page import Char, Font
from checker.pdf.paragraphs import Standing
from checker.pdf.printed_lines import is_wide

_SAME_SIZE = 0.3
"""Sizes that differ by less, in points, are one: files round them."""


def settings(text: Text, lines: Sequence[ArrangedLine]) -> Iterator[Setting]:
    """Yield the settings of all lines that are read, in order."""
    firsts: dict[int, ArrangedLine] = {}
    at = 0
    for one in lines:
        if not one.line.layout and one.first is not None:
            first = firsts.setdefault(text.paragraph(at + one.first).span.start, one)
            for run in one.runs:
                span = Span(at + run.start, at + run.end)
                yield Setting(span, run.font, round(run.size, 1), first.alignment, first.indent)
        at += len(one.line.text) + 1


def alignment_and_indent(first: Standing | None) -> tuple[Alignment | None, float | None]:
    """Return alignment and indent of a paragraph by its first line, where that leaves no doubt."""
    if first is None:
        return None, None
    if first.stand == "centred":
        return "center", None
    if first.stand in ("flush", "indented") and first.begins == "apart":
        return None, round(first.indent, 1)
    return None, None


def runs(chars: Sequence[tuple[int, Char]], fonts: Sequence[Font]) -> Iterator[Run]:
    """Yield the stretches of a line of one size whose 汉字 are of one font.

    Latin letters and digits among them have a font of their own, which is not asked for; what is raised or
    lowered is no size of its own.
    """

    def run() -> Run:
        return Run(start, end, fonts[font].name if font is not None else None, size)

    start, end, size, baseline = 0, 0, 0.0, 0.0
    font: int | None = None
    for index, char in chars:
        wide = is_wide(char.text)
        other_size = abs(char.size - size) > _SAME_SIZE and (wide or abs(char.baseline - baseline) < 0.5)
        other_font = wide and font is not None and char.font != font
        if end and (other_size or other_font):
            yield run()
            end = 0
        if not end:
            start, font, size, baseline = index, None, char.size, char.baseline
        end = index + len(char.text)
        if wide and font is None:
            font = char.font
    if end:
        yield run()
