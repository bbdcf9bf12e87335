"""The task matrix as pages show it: by task, by unit, with the places in the draft that it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from checker.matrix import TASK_COLUMNS, UNIT_COLUMNS, UNTITLED, Cell, task_cells, unit_cells
from checker.tasks import FileTasks, Task

_UNITS = {"leads": "leads", "responsible": "responsible", "supporters": "supporters"}


class Head(Struct, frozen=True):
    """The head of a column."""

    key: str
    words: str
    numeric: bool


class TaskCell(Struct, frozen=True):
    """A cell: words or a number; names of units or tasks one by one, so that a page can keep each in one piece."""

    key: str
    content: Cell
    names: tuple[str, ...] = ()
    numeric: bool = False
    line: int = 0
    """Where a cell that says where the task stands leads to; 0 for others."""


class Table(Struct, frozen=True):
    """The task matrix of a file."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[TaskCell, ...], ...]
    units: tuple[tuple[str, int], ...] = ()
    """To filter by: each unit with the number of its tasks, those who lead most first."""


def by_task(file: FileTasks, language: str) -> Table:
    """Return the tasks of a file; the plan is said only where a file has several, empty columns are left out."""
    left_out = {"file"} | (set() if len(file.plans) > 1 else {"plan"})
    rows = list(_rows(file, language, left_out))
    used = {cell.key for row in rows for cell in row if cell.content != "" or cell.names}
    heads = tuple(
        Head(column.key, column.head.in_language(language), column.numeric)
        for column in TASK_COLUMNS
        if column.key in used or column.key in ("measure", "leads", "supporters")
    )
    kept = {head.key for head in heads}
    shown = tuple(tuple(cell for cell in row if cell.key in kept) for row in rows)
    return Table(heads, shown, tuple((one.unit, one.tasks) for one in file.units))


def _rows(file: FileTasks, language: str, left_out: set[str]) -> Iterator[tuple[TaskCell, ...]]:
    columns = [column for column in TASK_COLUMNS if column.key not in left_out]
    for plan in file.plans:
        title = plan.title or UNTITLED.in_language(language)
        for task in plan.tasks:
            cells: dict[str, Cell] = {"plan": title, **task_cells(task, language)}
            yield tuple(
                TaskCell(
                    column.key,
                    cells[column.key],
                    _units(task, column.key),
                    column.numeric,
                    task.line if column.key == "line" else 0,
                )
                for column in columns
            )


def _units(task: Task, key: str) -> tuple[str, ...]:
    units: tuple[str, ...] = getattr(task, _UNITS[key]) if key in _UNITS else ()
    return units


def by_unit(file: FileTasks, language: str) -> Table:
    """Return the units of a file with what they lead, answer for and support; empty columns are left out."""
    names = {task.number: f"{task.number} {task.name}" for task in file.tasks}
    left_out = {"file"}
    if not any(one.responsible for one in file.units):
        left_out |= {"answering", "responsible"}
    columns = [column for column in UNIT_COLUMNS if column.key not in left_out]
    heads = tuple(Head(column.key, column.head.in_language(language), column.numeric) for column in columns)
    rows = []
    for one, cells in zip(file.units, unit_cells(file), strict=True):
        tasks = {"leads": one.leads, "responsible": one.responsible, "supports": one.supports}
        listed = {key: tuple(names[number] for number in numbers) for key, numbers in tasks.items()}
        rows.append(
            tuple(
                TaskCell(column.key, cells[column.key], listed.get(column.key, ()), column.numeric)
                for column in columns
            )
        )
    return Table(heads, tuple(rows))
