"""Tables of tasks (任务分工表): a row is a task and the units that answer for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from checker.clauses import Custom, RawClause, Reading, read
from checker.lexicon import lexicon
from checker.model import Paragraph, Part, Span, Unit
from checker.outline import Block


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
    for paragraph in paragraphs:
        if not paragraph.cells:
            if paragraph.text and not paragraph.layout:
                columns = columns if rows else {}
            continue
        cells = [Block(paragraph, start, end) for start, end in paragraph.cells]
        heads = _columns(cells)
        if heads:
            columns = heads
        elif columns:
            row = _row(cells, columns, custom)
            if row:
                rows.append(row)
    return rows


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


def _row(cells: list[Block], columns: dict[int, str], custom: Custom) -> TableRow | None:
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
    first = cells[0].paragraph
    return TableRow(tasks[-1], reading, first.span, first.text)


def _cell_units(cell: Block, kind: str, custom: Custom, reading: Reading) -> None:
    own = Reading()
    whole = cell.paragraph.source_span(cell.start, cell.end)
    own = read(RawClause([cell], whole, "table", False), custom)
    for unit in own.units:
        part: Part = unit.part if unit.part == "lead" else kind  # type: ignore[assignment]
        reading.units.append(Unit(unit.name, part, unit.span, unit.written))
    reading.problem = reading.problem or own.problem
