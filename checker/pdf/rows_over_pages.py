"""Tables over page breaks: the head that is printed again, and the row that the break has cut in two.

That a row goes on is seen where one of its cells is empty that no other row of the table leaves empty: its
number, its task. A row of which every cell goes on looks like two rows, and is read as two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.pdf.printed_lines import PrintedLine

_FEWEST = 2
"""So many other rows tell which cells are never empty."""
_NEAR = 3.0
_LONGEST_HEAD = 3


def join_rows(pages: Sequence[list[PrintedLine]]) -> None:
    """Join the rows that page breaks have cut, and mark heads that are printed again as running lines."""
    for table in list(_tables(pages)):
        for number in range(1, len(table)):
            head = _repeated_head(table[0], table[number])
            for row in table[number][:head]:
                row.running = True
            rest = table[number][head:]
            if rest and _goes_on(rest[0], table):
                _join(table[number - 1][-1], rest[0])
                pages[rest[0].page - 1].remove(rest[0])
                table[number].remove(rest[0])
                if len(table[number]) == head:  # a row over three pages
                    table[number].append(table[number - 1][-1])


def _tables(pages: Sequence[Sequence[PrintedLine]]) -> Iterator[list[list[PrintedLine]]]:
    """Yield the tables that go on over page breaks: their rows, page by page."""
    table: list[list[PrintedLine]] = []
    for lines in pages:
        rows = [line for line in lines if not line.running and not line.turned]
        first = _rows(rows)
        if table and first and _is_alike(table[-1][-1], first[0]):
            table.append(first)
        else:
            if len(table) > 1:
                yield table
            table = []
        if len(first) < len(rows) or not table:
            if len(table) > 1:
                yield table
            last = _rows(rows[::-1])[::-1]
            table = [last] if last else []
    if len(table) > 1:
        yield table


def _rows(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Return the rows of one table with which lines begin."""
    rows: list[PrintedLine] = []
    for line in lines:
        if line.cells is None or (rows and not _is_alike(rows[-1], line)):
            break
        rows.append(line)
    return rows


def _is_alike(one: PrintedLine, other: PrintedLine) -> bool:
    """Say whether two rows can be of one table."""
    return (
        one.cells is not None
        and other.cells is not None
        and len(one.cells) == len(other.cells)
        and abs(one.left - other.left) <= _NEAR
        and abs(one.right - other.right) <= _NEAR
    )


def _texts(row: PrintedLine) -> list[str]:
    return ["".join(line.text for line in cell) for cell in row.cells or ()]


def _repeated_head(first: Sequence[PrintedLine], rows: Sequence[PrintedLine]) -> int:
    """Return how many rows at the top of a page are the table's first ones again."""
    count = 0
    for one, other in zip(first[:_LONGEST_HEAD], rows, strict=False):
        if _texts(one) != _texts(other):
            break
        count += 1
    return count


def _goes_on(row: PrintedLine, table: Sequence[Sequence[PrintedLine]]) -> bool:
    others = [
        _texts(other)
        for number, rows in enumerate(table)
        for index, other in enumerate(rows)
        if not other.running and not (number and not index) and other is not row
    ]
    if len(others) < _FEWEST:
        return False
    return any(
        not text and all(index < len(other) and other[index] for other in others)
        for index, text in enumerate(_texts(row))
    )


def _join(row: PrintedLine, rest: PrintedLine) -> None:
    if row.cells is not None and rest.cells is not None:
        row.cells = tuple((*one, *other) for one, other in zip(row.cells, rest.cells, strict=True))
