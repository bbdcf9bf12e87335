"""The rows and cells of a table as a person sees them."""

from __future__ import annotations

from typing import NamedTuple

from lxml.etree import _Element

from checker.word import tags
from checker.word.blocks import blocks
from checker.word.tags import number

_MOST_COLUMNS = 63
"""Word makes no more."""


class Cell(NamedTuple):
    """A cell, or a column over which the one before it goes."""

    element: _Element | None
    """None for a column that only another cell covers."""
    number: int
    """Which cell of its row, from 1."""
    from_above: bool = False
    """True for one that is merged with the cell above."""


class Row(NamedTuple):
    """A row, with a cell for each column that its table has there."""

    element: _Element
    cells: tuple[Cell, ...]


def rows(table: _Element, original: bool) -> list[Row]:
    """Return the rows of a table without those that tracked changes take away; ``original`` before them."""
    found: list[Row] = []
    for element, _ in blocks(table, tags.ROW):
        said = element.find(tags.ROW_PROPERTIES)
        gone = tags.INSERTED if original else tags.DELETED
        if said is not None and said.find(gone) is not None:
            continue
        width_above = len(found[-1].cells) if found else 0
        found.append(Row(element, tuple(_cells(element, said, original, width_above))))
    return found


def is_layout(found: list[Row]) -> bool:
    """Say whether a table only sets text: one with a single cell in each row."""
    return all(sum(cell.element is not None for cell in row.cells) <= 1 for row in found)


def _cells(row: _Element, said: _Element | None, original: bool, width_above: int) -> list[Cell]:
    left_out = None if said is None else number(said.find(tags.GRID_BEFORE))
    cells = [Cell(None, 1)] * min(max(left_out or 0, 0), _MOST_COLUMNS)
    count = 0
    for element, _ in blocks(row, tags.CELL):
        properties = element.find(tags.CELL_PROPERTIES)
        span, from_above = 1, False
        if properties is not None:
            gone = tags.CELL_INSERTED if original else tags.CELL_DELETED
            if properties.find(gone) is not None:
                continue
            span = number(properties.find(tags.GRID_SPAN)) or 1
            merge = properties.find(tags.VERTICAL_MERGE)
            from_above = merge is not None and merge.get(tags.VAL, "continue") == "continue"
        count += 1
        cells.append(Cell(element, count, from_above and len(cells) < width_above))
        cells += [Cell(None, count)] * (min(max(span, 1), _MOST_COLUMNS) - 1)
    return cells
