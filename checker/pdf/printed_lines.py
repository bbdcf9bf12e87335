"""Characters to lines, by where they stand: the order in which a file sets them says nothing."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import mode
from unicodedata import east_asian_width

from msgspec import Struct

from checker.pdf.characters import SOFT_HYPHEN, raised
from checker.pdf.page import Char

GAP = 1.5
"""So many characters apart, two stretches of a line are columns, and no text set wide."""
_WORD_GAP = 0.22
"""So far apart, in characters, are two words of Latin letters; typographers go from a quarter to a third."""
_LONGEST_GAP = 8


class PrintedLine(Struct):
    """A line as it stands on a page, or a row of a table."""

    page: int
    chars: tuple[Char, ...]
    """From left to right, white space among them; none before the first that can be seen."""
    left: float
    right: float
    baseline: float
    size: float
    """Of most of its characters."""
    font: int
    """Of most of its characters."""
    frame: tuple[float, float] | None = None
    """Left and right edge of the column that it stands in, where a page has columns."""
    cells: tuple[tuple[PrintedLine, ...], ...] | None = None
    """For a row of a table the lines of each cell."""
    from_above: tuple[int, ...] = ()
    """Which of the cells, counted from 0, are one with the cell above them."""
    bottom: float = 0.0
    """Where a row ends; 0 for a line."""
    running: bool = False
    """True for a running header, a page number, and the like."""
    page_number: bool = False
    turned: bool = False
    """True for one that stands at a right angle to the page's text."""
    note: bool = False
    """True for one of a footnote."""
    known: tuple[str, list[int]] | None = None
    """What ``written`` has found."""
    gaps: tuple[tuple[float, float], ...] | None = None
    """Left and right edge of what may part columns, once that was asked for."""

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.baseline - 0.88 * self.size

    @property
    def text(self) -> str:
        """Its characters, see ``written``."""
        return self.written[0]

    @property
    def written(self) -> tuple[str, list[int]]:
        """Its text, and the index in it of each character."""
        if self.known is None:
            self.known = written(self.chars)
        return self.known


def printed_lines(chars: Sequence[Char], page: int) -> list[PrintedLine]:
    """Return the lines that characters make, from top to bottom."""
    strips: list[_Strip] = []
    for row in sorted(_rows(chars), key=len, reverse=True):  # main text first, superscripts after it
        _add(row, strips)
    return [line for strip in strips if (line := _line(strip.chars, page)) is not None]


class _Strip(Struct, order=True):
    """A stretch of the page over its whole width, as high as a line."""

    baseline: float
    size: float
    chars: list[Char]


def _rows(chars: Sequence[Char]) -> Iterable[list[Char]]:
    """Return characters of one baseline and size together."""
    rows: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        rows.setdefault((round(char.baseline * 2), round(char.size * 2)), []).append(char)
    return rows.values()


def _add(row: list[Char], strips: list[_Strip]) -> None:
    """Put characters of one baseline to the strip in which they stand, or to a new one."""
    new = _Strip(row[0].baseline, row[0].size, row)
    at = bisect_left(strips, new.baseline, key=lambda strip: strip.baseline)
    beside = strips[max(0, at - 2) : at + 2]
    if best := max(beside, key=lambda strip: _overlap(strip, new), default=None):
        lower = min(best.size, new.size)
        same_line = abs(best.baseline - new.baseline) <= 0.25 * lower
        if same_line or _overlap(best, new) >= 0.65 * lower:
            best.chars.extend(row)
            return
    insort(strips, new, key=lambda strip: strip.baseline)


def _overlap(one: _Strip, other: _Strip) -> float:
    """Return by how much two strips lie beside each other, in points."""
    bottom = min(one.baseline + 0.12 * one.size, other.baseline + 0.12 * other.size)
    return bottom - max(one.baseline - 0.88 * one.size, other.baseline - 0.88 * other.size)


def _line(chars: Iterable[Char], page: int) -> PrintedLine | None:
    """Return characters of one strip as a line; None where nothing can be seen."""
    ordered = list(_once(sorted(chars, key=lambda char: char.left)))
    while ordered and ordered[-1].is_blank:
        ordered.pop()
    first = next((index for index, char in enumerate(ordered) if not char.is_blank), len(ordered))
    return line_of(ordered[first:], page)


def line_of(chars: Sequence[Char], page: int) -> PrintedLine | None:
    """Return characters from left to right as a line; None where nothing can be seen."""
    seen = [char for char in chars if not char.is_blank]
    if not seen:
        return None
    # 汉字 say how a line is set; it may well have more Latin letters and digits.
    telling = [char for char in seen if is_wide(char.text)] or seen
    size, font, baseline = mode((char.size, char.font, char.baseline) for char in telling)
    right = max(char.right for char in seen)
    return PrintedLine(page, tuple(chars), seen[0].left, right, baseline, size, font)


def _once(chars: Iterable[Char]) -> Iterator[Char]:
    """Leave out what is set a second time at almost the same place, to look bold or to throw a shadow."""
    kept: defaultdict[str, deque[Char]] = defaultdict(deque)
    for char in chars:
        alike = kept[char.text]
        while alike and char.left - alike[0].left > 0.25 * char.size:
            alike.popleft()
        if not any(_is_double(char, other) for other in alike):
            alike.append(char)
            yield char


def _is_double(char: Char, other: Char) -> bool:
    near = 0.2 * char.size
    return abs(char.left - other.left) < near and abs(char.baseline - other.baseline) < near


# ------------------------------------------------------------------------------- its text


def written(chars: Sequence[Char]) -> tuple[str, list[int]]:
    """Return the text of a line, and the index in it of each character.

    White space of the file stays where it can be seen; where words stand apart without it, a space is added,
    and where columns do, as many full-width spaces as fit in between.
    """
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    before: Char | None = None
    blanks: list[Char] = []
    base = _base(chars)
    usual: float | None = None
    for index, char in enumerate(chars):
        if char.is_blank:
            starts.append(length)
            blanks.append(char)
            continue
        between = _between(before, char, blanks) if before is not None else ""
        if before is not None and not between and _has_room(before, char):
            usual = _usual_room(chars) if usual is None else usual
            between = "\u3000" if _has_room(before, char, usual) else ""
        text = _shown(char, base, is_last=index == len(chars) - 1)
        starts.append(length + len(between))
        parts += between, text
        length += len(between) + len(text)
        before, blanks = char, []
    return "".join(parts), starts


def _between(before: Char, char: Char, blanks: Sequence[Char]) -> str:
    """Return what stands between two characters that can be seen: white space, or nothing."""
    size = max(before.size, char.size)
    gap = (char.left - before.right) / size
    text = "".join(blank.text for blank in blanks)
    if gap >= GAP:
        room = min(_LONGEST_GAP, max(2, round(gap)))
        return text if _width(text) >= 2 * room - 1 else "\u3000" * room
    if blanks:
        if text == " " and gap >= 0.75:  # pdfium gives one for several
            return text * max(2, min(6, round(gap * size / max(1.0, blanks[0].right - blanks[0].left))))
        return text if gap >= 0.1 else ""
    return " " if gap >= _WORD_GAP and _is_latin(before.text[-1]) and _is_latin(char.text[0]) else ""


def _has_room(before: Char, char: Char, usual: float = 0.0) -> bool:
    """Say whether a space stood between two characters: more room than the ``usual`` one of their line.

    pdfium loses some spaces. What is set wide is so in all of the line.
    """
    # Beside a mark or a figure programs leave room of their own; 汉字 stand close unless there was a space.
    between_words = all(one.isalnum() and is_wide(one) for one in (before.text[-1], char.text[0]))
    least = (0.45 if between_words else 0.8) * max(before.size, char.size)
    room = char.left - before.right
    return room >= least and room - usual >= least


def _usual_room(chars: Sequence[Char]) -> float:
    """Return how much room most characters of a line have between them, at most."""
    rooms = sorted(after.left - one.right for one, after in pairwise(chars) if not (one.is_blank or after.is_blank))
    return rooms[(len(rooms) - 1) // 2] if rooms else 0.0


def _base(chars: Sequence[Char]) -> tuple[float, float]:
    """Return baseline and size of the largest characters: what is raised stands above it."""
    seen = [char for char in chars if not char.is_blank]
    if not seen:
        return 0.0, 0.0
    most = max(char.size for char in seen)
    return mode(char.baseline for char in seen if char.size >= 0.9 * most), most


def _shown(char: Char, base: tuple[float, float], is_last: bool) -> str:
    baseline, size = base
    if char.text == SOFT_HYPHEN:
        return "-" if is_last else ""
    if char.size <= 0.9 * size and baseline - char.baseline >= 0.2 * size:
        return raised(char.text)
    return char.text


def gaps(line: PrintedLine) -> Iterator[tuple[float, float]]:
    """Yield the left and right edge of each gap of a line that sets columns apart."""
    seen = [char for char in line.chars if not char.is_blank]
    right = seen[0].right
    for before, char in pairwise(seen):
        right = max(right, before.right)
        if char.left - right >= GAP * max(before.size, char.size):
            yield right, char.left


def is_wide(text: str) -> bool:
    """Say whether a character takes the room of a 汉字."""
    return east_asian_width(text[0]) in "FW"


def _is_latin(char: str) -> bool:
    return "!" <= char <= "~"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "FW" else 1 for char in text)
