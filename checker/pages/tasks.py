"""The page of ``plancheck tasks``: the matrix by task and by unit, and what each unit has to do as a picture."""

from __future__ import annotations

from msgspec import Struct

from checker import __version__
from checker.matrix import NOTHING, Matrix
from checker.pages.glance import Leadership, Load, leadership, loads
from checker.pages.page import rendered
from checker.pages.tables import Table, by_task, by_unit
from checker.pages.words import joined, words
from checker.tasks import FileTasks


class FilePart(Struct, frozen=True):
    """The tasks of one file."""

    number: int
    path: str
    title: str
    error: str | None
    total: int
    lacking: int
    """How many measures have no lead."""
    units: int
    tasks: Table | None
    by_unit: Table | None
    loads: tuple[Load, ...]
    leadership: Leadership | None


def page(matrix: Matrix) -> str:
    """Return the page of the task lists of a run, as HTML; by which of the two it opens the matrix says."""
    language = matrix.language
    files = [_file(number, file, language) for number, file in enumerate(matrix.files, start=1)]
    return rendered(
        "tasks.html",
        language,
        title=files[0].title if len(files) == 1 else words(language)["tasks_page"],
        files=files,
        several=len(files) > 1,
        by=matrix.by,
        nothing=NOTHING.in_language(language),
        footer=[words(language)["by"].format(__version__)],
    )


def _file(number: int, file: FileTasks, language: str) -> FilePart:
    titles = [plan.title for plan in file.plans if plan.title]
    measures = [task for task in file.tasks if task.kind == "measure"]
    return FilePart(
        number=number,
        path=file.path,
        title=joined(titles, language) or file.path,
        error=file.error,
        total=len(file.tasks),
        lacking=sum(not task.leads for task in measures),
        units=len(file.units),
        tasks=by_task(file, language) if file.tasks else None,
        by_unit=by_unit(file, language) if file.units else None,
        loads=loads(file.tasks),
        leadership=leadership(measures),
    )
