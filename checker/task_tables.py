"""Tables of tasks (任务分工表): a row is a task and the units that answer for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from checker.clauses import Custom, RawClause, Reading, read
from checker.lexicon import lexicon
from checker.model import Paragraph, Part, Span, Unit
from checker.outline import Block
from checker.units import are_two


class TableRow(Struct):
    """A row of a table of tasks: the task's own words, and its clause."""

    task: str
    reading: Reading
    span: Span
    text: str


def table_rows(paragraphs: Sequence[Paragraph], custom: Custom) -> list[TableRow]:
    """Return the rows of tables that have a column of units."""
    rows: list[TableRow] = []
    columns: dict[int, str] = {}
    cells: list[Block] = []
    for paragraph in paragraphs:
        if not paragraph.cells:
            if paragraph.text and not paragraph.layout:
                columns = columns if rows else {}
            continue
        cells = _cells(paragraph, cells)
        heads = _columns(cells)
        if heads:
            columns = heads
        elif columns:
            row = _row(paragraph, cells, columns, custom)
            if row:
                rows.append(row)
    return rows


def _cells(paragraph: Paragraph, above: list[Block]) -> list[Block]:
    """Return the cells of a row; for one that is merged with the cell above, that cell."""
    return [
        above[index] if index in paragraph.from_above and index < len(above) else Block(paragraph, start, end)
        for index, (start, end) in enumerate(paragraph.cells)
    ]


def _columns(cells: list[Block]) -> dict[int, str]:
    """Return the kind of each column if the cells are the heads of a table of tasks."""
    words = lexicon().clauses.columns
    heads: dict[int, str] = {}
    for index, cell in enumerate(cells):
        if len(cell.folded) > 14:
            return {}
        for kind in ("lead", "supporter", "deadline", "responsible", "task"):
            if re.search(getattr(words, kind), cell.folded):
                heads[index] = kind
                break
    kinds = set(heads.values())
    return heads if "task" in kinds and kinds & {"lead", "responsible"} else {}


def _row(paragraph: Paragraph, cells: list[Block], columns: dict[int, str], custom: Custom) -> TableRow | None:
    reading = Reading()
    tasks = []
    for index, cell in enumerate(cells):
        kind = columns.get(index)
        if kind == "task":
            tasks.append(cell.folded)
        elif kind == "deadline":
            reading.deadline = cell.text or None
        elif kind and cell.end > cell.start:
            _cell_units(cell, kind, custom, reading)
    if not tasks or not reading.units:
        return None
    return TableRow(tasks[-1], reading, paragraph.span, paragraph.text)


def _cell_units(cell: Block, kind: str, custom: Custom, reading: Reading) -> None:
    whole = cell.paragraph.source_span(cell.start, cell.end)
    own = read(RawClause(_apart(cell), whole, "table", False), custom)
    for unit in own.units:
        part: Part = unit.part if unit.part == "lead" else kind  # type: ignore[assignment]
        reading.units.append(Unit(unit.name, part, unit.span, unit.written))
    reading.problem = reading.problem or own.problem


def _apart(cell: Block) -> list[Block]:
    """Return the stretches of a cell that white space separates: in a cell units often stand on lines of their own."""
    paragraph, found = cell.paragraph, [cell]
    for gap, _ in paragraph.gaps:
        last = found[-1]
        if last.start < gap < cell.end and are_two(
            paragraph.folded[last.start : gap], paragraph.folded[gap : cell.end]
        ):
            found[-1:] = [Block(paragraph, last.start, gap), Block(paragraph, gap, cell.end)]
    return found
