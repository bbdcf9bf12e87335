"""The matrix for a person at a terminal: in columns where they fit, else one below the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from click import style

from checker.matrix import NOTHING, OF_A_SECTION, TASK_COLUMNS, UNTITLED, Matrix, task_cells, unit_cells
from checker.model import Bilingual
from checker.places import where
from checker.reporters.words import printable, width
from checker.tasks import FileTasks, Task

_NARROWEST = 16
"""How narrow a column may become, in columns of the terminal, before all stand one below the other: eight 汉字."""
_WIDEST_NAME = 30
"""A name that is longer is cut in two rather than taking the room of the other columns."""
_GAP = 2
_FLEXIBLE = ("measure", "leads", "responsible", "supporters", "targets", "deadline")
_LIST = re.compile(r"[^、；]+[、；]?|[、；]")
"""The parts of a list: of units, targets or tasks."""
_UNBROKEN = re.compile(r"[（《“‘〔]*(?:[0-9A-Za-z.]+|.)[、，。；：！？）》”’〕%％…]*")
"""What stays in one line: a number, and marks with what they belong to."""
_LISTS = ("leads", "responsible", "supporters")
_HEADS = {column.key: column.head for column in TASK_COLUMNS}
_ABOVE, _UNREAD = "↑", "？"
_INHERITED: dict[str, tuple[str, ...]] = {"section": ("leads", "responsible", "supporters"), "mixed": ("leads",)}
_PARTS = (
    ("leads", Bilingual("牵头", "leads")),
    ("responsible", Bilingual("责任", "responsible")),
    ("supporters", Bilingual("配合", "supporting")),
    ("targets", Bilingual("目标", "targets")),
    ("deadline", Bilingual("时限", "deadline")),
)
_DUTIES = (
    ("leads", Bilingual("牵头", "leads")),
    ("responsible", Bilingual("责任", "responsible")),
    ("supports", Bilingual("配合", "supports")),
)


def render(matrix: Matrix, columns: int) -> str:
    """Return the matrix in lines of at most ``columns``; a name that is longer by itself is cut in two."""
    files = [file for file in matrix.files if file.error is None]
    return "\n".join("\n".join(_file(matrix, file, columns)) + "\n" for file in files)


def _file(matrix: Matrix, file: FileTasks, columns: int) -> Iterator[str]:
    language = matrix.language
    if matrix.several_files:
        yield style(printable(file.path), dim=True)
    if matrix.by == "unit" and file.tasks:
        yield from _titles(file, language, columns)
        yield from _units(file, language, columns)
        return
    widths = _widths(file, language, columns)
    for number, plan in enumerate(file.plans):
        if number:
            yield ""
        yield from _title(plan.title, language, columns)
        yield from _in_columns(plan.tasks, widths, language) if widths else _blocks(plan.tasks, language, columns)
        if not plan.tasks:
            yield Bilingual(f"{NOTHING.zh}。", f"{NOTHING.en.capitalize()}.").in_language(language)
    if file.tasks:
        yield ""
        for said in (*_legend(file.tasks), _summary(file)):
            yield from wrapped(said.in_language(language), columns)


def _titles(file: FileTasks, language: str, columns: int) -> Iterator[str]:
    for plan in file.plans:
        yield from _title(plan.title, language, columns)


def _title(title: str | None, language: str, columns: int) -> Iterator[str]:
    for line in wrapped(printable(title or UNTITLED.in_language(language)), columns):
        yield style(line, bold=True)


def _summary(file: FileTasks) -> Bilingual:
    """Return how many tasks and units there are, and which tasks name nobody who leads."""
    tasks, units = len(file.tasks), len(file.units)
    leaderless = [task.number for task in file.tasks if not task.leads]
    zh, en = f"{tasks} 项任务，{units} 个单位", f"{tasks} task{'s'[: tasks != 1]}, {units} unit{'s'[: units != 1]}"
    if not leaderless:
        return Bilingual(f"{zh}，每项都有牵头单位。", f"{en}; each task has a lead.")
    which_zh, which_en = (joint.join(map(str, leaderless)) for joint in ("、", ", "))
    return Bilingual(
        f"{zh}；{len(leaderless)} 项没有牵头单位（序号 {which_zh}）。",
        f"{en}; {len(leaderless)} without a lead (no. {which_en}).",
    )


# --------------------------------------------------------------------------- in columns


def _widths(file: FileTasks, language: str, columns: int) -> dict[str, int]:
    """Return the widths of the columns that hold anything; nothing if they do not fit without cutting units' names."""
    cells = [_shown(task, language) for task in file.tasks]
    wanted = {
        key: max(width(_HEADS[key].in_language(language)), *(width(row[key]) for row in cells))
        for key in ("number", *_FLEXIBLE, "line")
        if any(row[key] for row in cells)
    }
    least = {key: _longest_part(row[key] for row in cells) if key in _LISTS else _NARROWEST for key in wanted}
    room = columns - _GAP * (len(wanted) - 1)
    for cap in range(min(columns, max(wanted.values(), default=0)), _NARROWEST - 1, -1):
        widths = {key: min(wide, max(cap, least[key])) for key, wide in wanted.items()}
        if sum(widths.values()) <= room:
            return widths
    return {}


def _longest_part(cells: Iterable[str]) -> int:
    """Return the width of the longest name in lists of units, up to what is reasonable."""
    return min(_WIDEST_NAME, max(width(part) for cell in cells for part in _LIST.findall(cell)))


def _in_columns(tasks: Sequence[Task], widths: dict[str, int], language: str) -> Iterator[str]:
    """Yield a head and a row for each task, below the section that it stands in."""
    if tasks:
        for line in _row({key: _HEADS[key].in_language(language) for key in widths}, widths):
            yield style(line, dim=True)
    section: str | None = None
    for task in tasks:
        if task.section_label != section:
            section = task.section_label
            yield ""
            yield from _section(task, sum(widths.values()) + _GAP * (len(widths) - 1))
        yield from _row(_shown(task, language), widths)


def _section(task: Task, columns: int) -> Iterator[str]:
    for line in wrapped(printable(task.section_label or "—"), columns):
        yield style(line, fg="cyan")


def _row(cells: dict[str, str], widths: dict[str, int]) -> Iterator[str]:
    """Yield the lines of a row, each cell broken into lines of its column."""
    broken = [wrapped(cells[key], wide, as_list=key in _LISTS) for key, wide in widths.items()]
    for number in range(max(map(len, broken))):
        line = ""
        for (key, wide), lines in zip(widths.items(), broken, strict=True):
            words = lines[number] if number < len(lines) else ""
            room = " " * (wide - width(words))
            line += (room + words if key in ("number", "line") else words + room) + " " * _GAP
        yield line.rstrip()


def _shown(task: Task, language: str) -> dict[str, str]:
    """Return the cells of a task as a terminal may have them, with marks for what stands elsewhere or was not read."""
    cells = {key: printable(str(cell)) for key, cell in task_cells(task, language).items()}
    if not cells["measure"]:
        said = OF_A_SECTION.in_language(language)
        cells["measure"] = f"（{said}）" if language == "zh" else f"({said})"
    for part in _INHERITED.get(task.responsibility, ()):
        cells[part] = f"{_ABOVE}{cells[part]}" if cells[part] else ""
    return cells if task.readable else {**cells, "measure": f"{cells['measure']} {_UNREAD}"}


def _legend(tasks: Sequence[Task]) -> Iterator[Bilingual]:
    if any(task.responsibility in _INHERITED for task in tasks):
        yield Bilingual(
            f"{_ABOVE} 单位写在所在章节的责任条款里。", f"{_ABOVE} The clause of the section names the units."
        )
    if not all(task.readable for task in tasks):
        zh, en = "责任条款没有完全读懂，单位可能不全", "Not all of the clause could be read: units may be missing"
        yield Bilingual(f"{_UNREAD} {zh}。", f"{_UNREAD} {en}.")


# ------------------------------------------------------------------- one below the other


def _blocks(tasks: Sequence[Task], language: str, columns: int) -> Iterator[str]:
    section: str | None = None
    for task in tasks:
        yield ""
        if task.section_label != section:
            section = task.section_label
            yield from _section(task, columns)
        yield from _block(task, language, columns)


def _block(task: Task, language: str, columns: int) -> Iterator[str]:
    cells = _shown(task, language)
    line = where(task.line, task.at).in_language(language)
    label = f"{task.number:>4}  "
    first, *more = wrapped(cells["measure"], columns - len(label) - width(line) - _GAP)
    room = columns - len(label) - width(first) - width(line)
    yield label + style(first, bold=True) + " " * room + style(line, dim=True)
    for rest in more:
        yield " " * len(label) + style(rest, bold=True)
    named = [(head.in_language(language), cells[key]) for key, head in _PARTS if cells[key]]
    yield from _entries(named, columns, len(label))
    if not (task.leads or task.responsible or task.supporters):
        nobody = Bilingual("没有写明任何单位", "names no unit").in_language(language)
        yield " " * len(label) + style(nobody, fg="yellow")


def _entries(named: Sequence[tuple[str, str]], columns: int, indent: int) -> Iterator[str]:
    """Yield words behind their names, the lines of each right below the first."""
    wide = max([width(name) for name, _ in named], default=0) + _GAP
    for name, words in named:
        for number, line in enumerate(wrapped(words, columns - indent - wide, as_list=True)):
            head = style(name, dim=True) + " " * (wide - width(name)) if number == 0 else " " * wide
            yield " " * indent + head + line


def _units(file: FileTasks, language: str, columns: int) -> Iterator[str]:
    for duties, cells in zip(file.units, map(dict, unit_cells(file)), strict=True):
        counts = (
            Bilingual(f"{word.zh} {len(numbers)}", f"{word.en} {len(numbers)}").in_language(language)
            for (_, word), numbers in zip(_DUTIES, (duties.leads, duties.responsible, duties.supports), strict=True)
            if numbers
        )
        yield ""
        for line in wrapped(f"{printable(duties.unit)}  {' · '.join(counts)}", columns):
            yield style(line, bold=True)
        named = [(word.in_language(language), printable(str(cells[key]))) for key, word in _DUTIES if cells[key]]
        yield from _entries(named, columns, 2)


def wrapped(words: str, columns: int, *, as_list: bool = False) -> list[str]:
    """Return words in lines of at most ``columns``, at least one line; parts of a list are cut only if they have to."""
    lines: list[str] = []
    line, used, room = "", 0, max(columns, 2)
    for piece in _pieces(words, room, as_list):
        wide = width(piece)
        if line and used + wide > room:
            lines.append(line.rstrip())
            line, used = "", 0
        line += piece
        used += wide
    return [*lines, line.rstrip()]


def _pieces(words: str, room: int, as_list: bool) -> Iterator[str]:
    """Yield what is not to be cut, in order; nothing of it is wider than ``room``."""
    for part in _LIST.findall(words) if as_list else [words]:
        if as_list and width(part) <= room:
            yield part
            continue
        for piece in _UNBROKEN.findall(part):
            yield from [piece] if width(piece) <= room else piece
