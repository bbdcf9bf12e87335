"""Ruling lines to tables: what stands between them are cells, whatever lines their text takes.

A table is a grid of at least two columns whose lines cross; a line that is missing between two cells makes
them one. Tables without ruling lines stay lines with gaps.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from checker.pdf.page import Char, Page, Rule
from checker.pdf.printed_lines import PrintedLine, printed_lines

_NEAR = 2.5
"""Lines so near to each other, in points, are one: the two edges of a line that is drawn as a box."""
_LEAST = 7.0
"""No row is lower and no column narrower than this, in points."""
_MOST_CELLS = 5000


class _Grid(Struct):
    """A table: where its columns and rows are divided, and by which lines."""

    across: list[float]
    down: list[float]
    horizontals: list[Rule]
    verticals: list[Rule]


def with_tables(page: Page) -> list[PrintedLine]:
    """Return the lines of a page from top to bottom, those inside of tables as rows."""
    grids = list(_grids(page.rules)) if page.chars else []
    if not grids:
        return printed_lines(page.chars, page.number)
    inside, outside = _shared(page.chars, grids)
    lines = printed_lines(outside, page.number)
    for number, grid in enumerate(grids):
        lines += _rows(grid, inside[number], page.number)
    return sorted(lines, key=lambda line: line.top)


def _shared(chars: Sequence[Char], grids: Sequence[_Grid]) -> tuple[list[list[Char]], list[Char]]:
    """Return the characters in each grid, and those in none."""
    inside: list[list[Char]] = [[] for _ in grids]
    outside: list[Char] = []
    for char in chars:
        x, y = (char.left + char.right) / 2, (char.top + char.bottom) / 2
        for grid, found in zip(grids, inside, strict=True):
            if grid.across[0] <= x < grid.across[-1] and grid.down[0] <= y < grid.down[-1]:
                found.append(char)
                break
        else:
            outside.append(char)
    return inside, outside


# ------------------------------------------------------------------------------- grids


def _grids(rules: Sequence[Rule]) -> Iterator[_Grid]:
    horizontals = _joined([rule for rule in rules if rule.right - rule.left >= rule.bottom - rule.top])
    turned = [Rule(rule.top, rule.left, rule.bottom, rule.right) for rule in rules]
    verticals = [
        Rule(rule.top, rule.left, rule.bottom, rule.right)
        for rule in _joined([rule for rule in turned if rule.right - rule.left > rule.bottom - rule.top])
    ]
    if len(horizontals) * len(verticals) > 250_000:
        return  # a drawing
    for across, down in _crossing(horizontals, verticals):
        grid = _grid(across, down)
        if grid is not None:
            yield grid


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Return horizontal lines, those that touch or lie upon each other as one."""
    joined: list[Rule] = []
    levels = _clusters([rule.top for rule in rules])
    by_level: dict[int, list[Rule]] = {}
    for rule in rules:
        by_level.setdefault(_nearest(levels, rule.top), []).append(rule)
    for level, on_it in by_level.items():
        left = right = None
        for rule in sorted(on_it, key=lambda rule: rule.left):
            if right is not None and left is not None and rule.left <= right + _NEAR:
                right = max(right, rule.right)
                continue
            if left is not None and right is not None:
                joined.append(Rule(left, levels[level], right, levels[level]))
            left, right = rule.left, rule.right
        if left is not None and right is not None:
            joined.append(Rule(left, levels[level], right, levels[level]))
    return joined


def _clusters(values: Iterable[float]) -> list[float]:
    """Return one value for all that are near to each other, in order."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR and value - found[-1][0] <= 2 * _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(one) / len(one) for one in found]


def _nearest(values: Sequence[float], value: float) -> int:
    at = bisect_right(values, value)
    return min((index for index in (at - 1, at) if 0 <= index < len(values)), key=lambda i: abs(values[i] - value))


def _crossing(horizontals: list[Rule], verticals: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the lines that hang together, the horizontal and the vertical ones."""
    touching: list[list[int]] = [[] for _ in verticals]
    for number, rule in enumerate(horizontals):
        for index, other in enumerate(verticals):
            if (
                rule.left - _NEAR <= other.left <= rule.right + _NEAR
                and other.top - _NEAR <= rule.top <= other.bottom + _NEAR
            ):
                touching[index].append(number)
    touched: dict[int, list[int]] = {}
    for index, numbers in enumerate(touching):
        for number in numbers:
            touched.setdefault(number, []).append(index)
    done: set[int] = set()
    for index in range(len(verticals)):
        if index in done:
            continue
        columns, rows, waiting = {index}, set[int](), [index]
        while waiting:
            for number in touching[waiting.pop()]:
                if number not in rows:
                    rows.add(number)
                    new = set(touched[number]) - columns
                    columns |= new
                    waiting += new
        done |= columns
        yield [horizontals[number] for number in sorted(rows)], [verticals[number] for number in sorted(columns)]


def _grid(horizontals: list[Rule], verticals: list[Rule]) -> _Grid | None:
    """Return lines that hang together as a table; None where they make none."""
    if not horizontals or not verticals:
        return None
    across = _clusters(rule.left for rule in verticals)
    down = _clusters(rule.top for rule in horizontals)
    # A table may be open at its sides.
    left, right = min(rule.left for rule in horizontals), max(rule.right for rule in horizontals)
    if left < across[0] - _LEAST:
        across.insert(0, left)
    if right > across[-1] + _LEAST:
        across.append(right)
    across, down = _spread(across), _spread(down)
    if len(across) < 3 or len(down) < 2 or len(across) * len(down) > _MOST_CELLS:
        return None
    return _Grid(across, down, horizontals, verticals)


def _spread(values: list[float]) -> list[float]:
    """Leave out what lies too near to the one before: double lines."""
    kept = values[:1]
    for value in values[1:]:
        if value - kept[-1] >= _LEAST:
            kept.append(value)
    return kept


# -------------------------------------------------------------------------------- rows


def _rows(grid: _Grid, chars: Sequence[Char], page: int) -> Iterator[PrintedLine]:
    """Yield the rows that have text."""
    owner = _owners(grid)
    texts: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        row = bisect_right(grid.down, (char.top + char.bottom) / 2) - 1
        column = bisect_right(grid.across, (char.left + char.right) / 2) - 1
        texts.setdefault(owner[row, column], []).append(char)
    for row in range(len(grid.down) - 1):
        cells = tuple(
            tuple(printed_lines(texts.get((row, column), ()), page)) for column in range(len(grid.across) - 1)
        )
        if lines := [line for cell in cells for line in cell]:
            first = lines[0]
            yield PrintedLine(
                page,
                (),
                grid.across[0],
                grid.across[-1],
                grid.down[row] + 0.88 * first.size,
                first.size,
                first.font,
                cells=cells,
                from_above=tuple(column for column in range(len(cells)) if owner[row, column][0] < row),
                bottom=grid.down[row + 1],
            )


def _owners(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each place of a grid the first place of its cell: more than one where no line parts them."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    rows, columns = list(pairwise(grid.down)), list(pairwise(grid.across))

    def is_parted(rules: Sequence[tuple[float, float, float]], at: float, along: float) -> bool:
        return any(abs(level - at) <= _NEAR + 1 and first <= along <= last for level, first, last in rules)

    upright = [(rule.left, rule.top, rule.bottom) for rule in grid.verticals]
    level = [(rule.top, rule.left, rule.right) for rule in grid.horizontals]
    for row, (top, bottom) in enumerate(rows):
        for column, (left, right) in enumerate(columns):
            mine = (row, column)
            if column and not is_parted(upright, left, (top + bottom) / 2):
                mine = owner[row, column - 1]
            elif row and not is_parted(level, top, (left + right) / 2):
                mine = owner[row - 1, column]
            owner[row, column] = mine
    return owner
