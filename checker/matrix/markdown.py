"""The matrix as tables of Markdown, one below the title of each file's plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.matrix import NOTHING, UNTITLED, Matrix, columns, rows
from checker.reporters.cells import markdown_text
from checker.tasks import FileTasks


def render(matrix: Matrix) -> str:
    """Return a table for each file that could be read."""
    return "\n\n".join("\n".join(_file(matrix, file)) for file in matrix.files if file.error is None) + "\n"


def _file(matrix: Matrix, file: FileTasks) -> Iterator[str]:
    titles = (plan.title or UNTITLED.in_language(matrix.language) for plan in file.plans)
    yield f"# {markdown_text('、'.join(titles))}\n"
    if not file.tasks:
        yield NOTHING.in_language(matrix.language)
        return
    heads = columns(matrix)
    yield _row(column.head.in_language(matrix.language) for column in heads)
    yield _row("---:" if column.numeric else "---" for column in heads)
    for row in rows(matrix, file):
        yield _row(markdown_text(str(cell)) for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
