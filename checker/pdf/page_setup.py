"""How pages are set up, as far as what is printed on them shows it: paper, margins, lines and characters.

Only what leaves no doubt is told. The left margin is where lines begin. The right one is where they end, if they
are justified. The top one is told by the first line: programs set its characters in the middle of the line's
height, or four fifths below its top (LibreOffice, for a height of points), so that the mean of both is half a
millimetre off at most. Nothing tells the bottom margin: the last line leaves less than a line free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from checker.model import PageSetup
from checker.pdf.page import Font, Page
from checker.pdf.paragraphs import Margins
from checker.pdf.printed_lines import PrintedLine, is_wide

_MM = 25.4 / 72


class Measured(Struct, frozen=True):
    """Pages of one kind in a row."""

    pages: tuple[Page, ...]
    lines: tuple[PrintedLine, ...]
    """Their lines, the running ones among them."""
    start: int
    """The offset in the source of the first character on them."""


def page_setup(measured: Measured, margins: Margins | None, fonts: Sequence[Font]) -> PageSetup | None:
    """Return how pages are set up; None where nothing on them tells."""
    page = measured.pages[0]
    text = [line for line in measured.lines if not line.running and not line.turned]
    if margins is None or not text:
        return None
    pitch = _pitch(text)
    by_page: dict[int, list[PrintedLine]] = {}
    for line in text:
        by_page.setdefault(line.page, []).append(line)
    firsts = [lines[0] for lines in by_page.values() if lines[0].cells is None]
    tops = [_top(line, pitch) for line in firsts] if pitch is not None else []
    numbers = [line for line in measured.lines if line.page_number]
    number = numbers[0] if numbers else None
    return PageSetup(
        measured.start,
        _mm(page.width),
        _mm(page.height),
        top=_mm(median(tops) if len(tops) > 2 else min(tops)) if tops else None,
        right=_mm(page.width - margins.right) if _is_justified(text, margins) else None,
        left=_mm(margins.left),
        lines=_lines(by_page, pitch),
        characters=_characters(text, margins),
        page_number=2 * len(numbers) >= len(measured.pages),
        page_number_font=fonts[number.font].name if number is not None else None,
        page_number_size=round(number.size, 1) if number is not None else None,
    )


def _mm(points: float) -> float:
    return round(points * _MM, 1)


def _top(line: PrintedLine, pitch: float) -> float:
    """Return where the first line of a page begins: between the two ways of setting it."""
    return line.baseline - (0.5 * pitch + 0.38 * line.size + 0.8 * pitch) / 2


def _is_justified(text: Sequence[PrintedLine], margins: Margins) -> bool:
    """Say whether lines that are full end at one place, also those with digits: 汉字 alone always do."""
    full = [
        line
        for line in text
        if line.cells is None
        and abs(margins.right - line.right) < 1.5 * line.size
        and not all(is_wide(char.text) for char in line.chars)
    ]
    return len(full) >= 4 and sum(abs(margins.right - line.right) <= 1.5 for line in full) >= 0.6 * len(full)


def _pitch(text: Sequence[PrintedLine]) -> float | None:
    """Return how far the lines of running text are from each other; None where nothing tells."""
    size = Counter(line.size for line in text).most_common(1)[0][0]
    steps = [
        round(after.baseline - before.baseline, 1)
        for before, after in pairwise(text)
        if before.page == after.page
        and before.cells is None
        and after.cells is None
        and before.size == after.size == size
        and after.baseline > before.baseline + 0.5 * size
    ]
    return Counter(steps).most_common(1)[0][0] if len(steps) >= 3 else None


def _lines(by_page: dict[int, list[PrintedLine]], pitch: float | None) -> float | None:
    """Return how many lines a full page has: those of running text alone, of which nearly all are so far apart."""
    if pitch is None:
        return None
    counts = []
    for lines in by_page.values():
        steps = [after.baseline - before.baseline for before, after in pairwise(lines)]
        if (
            all(line.cells is None for line in lines)
            and steps
            and sum(abs(s - pitch) < 1 for s in steps) >= 0.9 * len(steps)
        ):
            counts.append(len(lines))
    # A page has fewer where the next would begin with a single line.
    return float(max(counts)) if len(counts) >= 4 else None


def _characters(text: Sequence[PrintedLine], margins: Margins) -> float | None:
    """Return how many characters the full lines have of which each is as wide as a 汉字."""
    size = Counter(line.size for line in text).most_common(1)[0][0]
    counts = [
        len(line.chars) + round((line.left - margins.left) / size)  # the first of a paragraph is indented
        for line in text
        if line.size == size
        and line.cells is None
        and abs(margins.right - line.right) < 0.7 * size
        and all(is_wide(char.text) for char in line.chars)
    ]
    return float(Counter(counts).most_common(1)[0][0]) if len(counts) >= 3 else None
