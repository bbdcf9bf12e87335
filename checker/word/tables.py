"""The rows and cells of a table as a person sees them."""

from __future__ import annotations

from typing import NamedTuple

from lxml.etree import _Element

from checker.document_words import PRINTED
from checker.folding import fold
from checker.model import Bilingual
from checker.problems import Unreadable
from checker.word import tags
from checker.word.blocks import blocks
from checker.word.tags import number

_LONGEST_IMPRINT = 4
_MOST_COLUMNS = 63
"""Word makes no more; cells that go over several columns are not spread over more than these."""
_MOST_CELLS = 1000
"""So many cells of a row are read, though Word makes no more than 63: other programs may."""


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
    """Return the rows of a table without those that tracked changes take away; ``original`` before them.

    Raises Unreadable for a row of more than a thousand cells.
    """
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


def is_imprint(found: list[Row]) -> bool:
    """Say whether a table is the imprint at the foot of a document (版记, GB/T 9704—2012 §7.4).

    Who is sent a copy, who printed it, and when: two or three lines that are often set as a table.
    """
    if len(found) > _LONGEST_IMPRINT or any(len(row.cells) > 2 for row in found):
        return False
    words = ("".join(text.text or "" for text in row.element.iter(tags.TEXT)) for row in found)
    return any(PRINTED.search(fold("".join(text.split()))) for text in words)


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
        if count > _MOST_CELLS:
            zh = f"表格的一行有 {_MOST_CELLS} 个以上的单元格；请拆分表格再检查"
            en = f"has a table with more than {_MOST_CELLS} cells in a row: divide the table"
            raise Unreadable(Bilingual(zh, en))
        cells.append(Cell(element, count, from_above and len(cells) < width_above))
        # A cell never goes over more columns than are left; what it holds is read all the same.
        cells += [Cell(None, count)] * max(0, min(span - 1, _MOST_COLUMNS - len(cells)))
    return cells
