"""The order in which the lines of a page are read: from top to bottom, and in two columns where they are certain.

Two columns are certain where many lines in a row leave the same stretch free, and what stands left of it is
text that goes on in the next line: it reaches the stretch. A table without ruling lines does not, and its
lines are read across, with gaps.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from checker.pdf.page import Char
from checker.pdf.printed_lines import PrintedLine, gaps, line_of

_FEWEST = 6
"""In so many lines both columns have text."""
_SHORTEST = 7
"""So many characters has a line of a column at least, on average."""
_MOST_GAPS = 3
"""A line with more gaps is one of a table."""
_MOST = 400
"""A page of more lines is no page of a plan: time is bounded."""


class _Gutter(Struct):
    """Lines in a row that leave one stretch of the page free."""

    left: float
    right: float
    lines: list[tuple[PrintedLine, int | None]]
    """Each with the index of its first character right of the stretch; None where it stands on one side."""


def in_reading_order(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a page, given from top to bottom, as they are read."""
    if len(lines) > _MOST:
        return list(lines)
    ordered: list[PrintedLine] = []
    at = 0
    while at < len(lines):
        gutter = _gutter(lines, at)
        if gutter is None:
            ordered.append(lines[at])
            at += 1
            continue
        ordered += _in_columns(gutter)
        at += len(gutter.lines)
    return ordered


def _gutter(lines: Sequence[PrintedLine], at: int) -> _Gutter | None:
    """Return the columns that begin with the line ``at``; None where there are none."""
    first = lines[at]
    if first.cells is not None:
        return None
    for left, right in _few_gaps(first):
        gutter = _Gutter(left, right, [])
        for line in lines[at:]:
            if not _take(gutter, line):
                break
        while gutter.lines and gutter.lines[-1][1] is None:
            gutter.lines.pop()
        if _is_certain(gutter):
            return gutter
    return None


def _few_gaps(line: PrintedLine) -> Sequence[tuple[float, float]]:
    if line.gaps is None:
        found = tuple(gaps(line))
        line.gaps = found if len(found) <= _MOST_GAPS else ()
    return line.gaps


def _take(gutter: _Gutter, line: PrintedLine) -> bool:
    """Add a line that leaves the stretch free; say whether it does."""
    if line.cells is not None:
        return False
    least = line.size
    for left, right in _few_gaps(line):
        inner_left, inner_right = max(left, gutter.left), min(right, gutter.right)
        if inner_right - inner_left >= least:
            gutter.left, gutter.right = inner_left, inner_right
            gutter.lines.append((line, _first_right_of(line, inner_left)))
            return True
    if line.right <= gutter.left + least or line.left >= gutter.right - least:
        gutter.left = max(gutter.left, line.right) if line.right <= gutter.left + least else gutter.left
        gutter.right = min(gutter.right, line.left) if line.left >= gutter.right - least else gutter.right
        if gutter.right - gutter.left < least:
            return False
        gutter.lines.append((line, None))
        return True
    return False


def _first_right_of(line: PrintedLine, x: float) -> int:
    return next(index for index, char in enumerate(line.chars) if not char.is_blank and char.left >= x)


def _is_certain(gutter: _Gutter) -> bool:
    both = [(line, at) for line, at in gutter.lines if at is not None]
    if len(both) < _FEWEST:
        return False
    size = both[0][0].size
    reaching = sum(_right_of(line.chars[:at]) >= gutter.left - 1.6 * size for line, at in both)
    beginning = sum(line.chars[at].left <= gutter.right + 2.6 * size for line, at in both)
    lefts = sum(at for _, at in both) / len(both)
    rights = sum(len(line.chars) - at for line, at in both) / len(both)
    return reaching >= 0.6 * len(both) and beginning >= 0.9 * len(both) and min(lefts, rights) >= _SHORTEST


def _right_of(chars: Sequence[Char]) -> float:
    return max((char.right for char in chars if not char.is_blank), default=0.0)


def _in_columns(gutter: _Gutter) -> list[PrintedLine]:
    """Return the lines of the left column, then those of the right one."""
    first: list[PrintedLine] = []
    second: list[PrintedLine] = []
    for line, at in gutter.lines:
        if at is None:
            (first if line.right <= gutter.left + line.size else second).append(line)
            continue
        for side, chars in ((first, line.chars[:at]), (second, line.chars[at:])):
            if (part := line_of(_stripped(chars), line.page)) is not None:
                side.append(part)
    for side in (first, second):
        frame = (min(line.left for line in side), max(line.right for line in side))
        for line in side:
            line.frame = frame
    return first + second


def _stripped(chars: Sequence[Char]) -> Sequence[Char]:
    end = len(chars)
    while end and chars[end - 1].is_blank:
        end -= 1
    return chars[:end]
