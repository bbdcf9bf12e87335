"""The responsibility matrix in its forms: what all of them show, and in which columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from checker.model import Bilingual
from checker.places import where
from checker.tasks import FileTasks, Promise, Task

By = Literal["task", "unit"]
Cell = str | int


class Matrix(Struct, frozen=True):
    """The task lists of a run, and how they are to be shown."""

    files: tuple[FileTasks, ...]
    language: str = "zh"
    by: By = "task"

    @property
    def several_files(self) -> bool:
        """True where the file has to be said."""
        return len(self.files) > 1

    @property
    def several_plans(self) -> bool:
        """True where a file holds several plans, and the plan has to be said."""
        return any(len(file.plans) > 1 for file in self.files)


class Column(Struct, frozen=True):
    """A column: its key, its head, and how wide it may become, in columns of a terminal."""

    key: str
    head: Bilingual
    widest: int
    numeric: bool = False


TASK_COLUMNS = (
    Column("number", Bilingual("序号", "no."), 6, numeric=True),
    Column("file", Bilingual("文件", "file"), 28),
    Column("plan", Bilingual("方案", "plan"), 30),
    Column("place", Bilingual("位置", "place"), 20),
    Column("action", Bilingual("行动（工程）", "action or project"), 26),
    Column("measure", Bilingual("措施", "measure"), 32),
    Column("leads", Bilingual("牵头单位", "lead"), 26),
    Column("responsible", Bilingual("责任单位", "responsible"), 28),
    Column("supporters", Bilingual("配合单位", "supporting"), 40),
    Column("responsibility", Bilingual("责任条款", "clause"), 26),
    Column("targets", Bilingual("目标", "targets"), 46),
    Column("deadline", Bilingual("完成时限", "deadline"), 16),
    Column("line", Bilingual("行", "line"), 6, numeric=True),
)
UNIT_COLUMNS = (
    Column("file", Bilingual("文件", "file"), 28),
    Column("unit", Bilingual("单位", "unit"), 28),
    Column("leading", Bilingual("牵头", "leading"), 10, numeric=True),
    Column("answering", Bilingual("责任", "responsible"), 12, numeric=True),
    Column("supporting", Bilingual("配合", "supporting"), 12, numeric=True),
    Column("all", Bilingual("合计", "tasks"), 8, numeric=True),
    Column("leads", Bilingual("牵头的措施", "lead of"), 56),
    Column("responsible", Bilingual("负责的措施", "responsible for"), 56),
    Column("supports", Bilingual("配合的措施", "supporter of"), 64),
)
NOTHING = Bilingual("没有读出措施，也没有读出责任条款", "no measures and no responsibility clauses were found")
UNTITLED = Bilingual("（没有标题）", "(no title)")
_WHOSE = {
    "own": Bilingual("本措施", "its own"),
    "section": Bilingual("所在章节", "its section's"),
    "mixed": Bilingual("所在章节（牵头）、本措施", "its section's (lead) and its own"),
    "none": Bilingual("没有", "none"),
}
OF_A_SECTION = Bilingual("整个章节", "of a whole section")
_IN_AN_ANNEX = Bilingual("附表", "in a table")
_UNREADABLE = Bilingual("（有未读懂的条款）", " (not all of it could be read)")


def columns(matrix: Matrix) -> list[Column]:
    """Return the columns of the matrix: the file and the plan only where there are several."""
    left_out = set() if matrix.several_files else {"file"}
    left_out |= set() if matrix.several_plans else {"plan"}
    return [one for one in (UNIT_COLUMNS if matrix.by == "unit" else TASK_COLUMNS) if one.key not in left_out]


def rows(matrix: Matrix, file: FileTasks) -> Iterator[list[Cell]]:
    """Yield the rows of a file, a cell for each column of the matrix; words as they stand in the draft, not defused."""
    keys = [column.key for column in columns(matrix)]
    for row in unit_cells(file) if matrix.by == "unit" else _task_rows(file, matrix.language):
        yield [row[key] for key in keys]


def _task_rows(file: FileTasks, language: str) -> Iterator[dict[str, Cell]]:
    for plan in file.plans:
        for task in plan.tasks:
            yield {"file": file.path, "plan": plan.title or "", **task_cells(task, language)}


def task_cells(task: Task, language: str) -> dict[str, Cell]:
    """Return the cells of a task by the keys of their columns."""
    return {
        "number": task.number,
        "place": task.place,
        "action": task.action or "",
        "measure": "" if task.name == task.section_label else task.name,
        "leads": "、".join(task.leads),
        "responsible": "、".join(task.responsible),
        "supporters": "、".join(task.supporters),
        "responsibility": whose(task).in_language(language),
        "targets": "；".join(map(_promised, task.targets)),
        "deadline": task.deadline or "",
        "line": task.line if task.at is None else where(task.line, task.at).in_language(language),
    }


def whose(task: Task) -> Bilingual:
    """Return whose the units of a task are, and whether some may be missing."""
    said = _WHOSE[task.responsibility]
    if task.kind == "clause":
        said = _IN_AN_ANNEX if task.measure or task.section is None else OF_A_SECTION
    return said if task.readable else Bilingual(said.zh + _UNREADABLE.zh, said.en + _UNREADABLE.en)


def _promised(target: Promise) -> str:
    """Return a target with its year, unless its words have it."""
    if target.year is None or str(target.year) in target.quote:
        return target.quote
    return f"{target.quote}（{target.year}年）"


def unit_cells(file: FileTasks) -> Iterator[dict[str, Cell]]:
    """Yield the cells of each unit by the keys of their columns."""
    names = {task.number: f"{task.number} {task.name}" for task in file.tasks}
    for one in file.units:
        yield {
            "file": file.path,
            "unit": one.unit,
            "leading": len(one.leads),
            "answering": len(one.responsible),
            "supporting": len(one.supports),
            "all": one.tasks,
            "leads": _listed(one.leads, names),
            "responsible": _listed(one.responsible, names),
            "supports": _listed(one.supports, names),
        }


def _listed(numbers: Sequence[int], names: dict[int, str]) -> str:
    return "；".join(names[number] for number in numbers)
