"""The task list as JSON. The keys are a contract, see ``plancheck schema tasks``."""

from __future__ import annotations

from msgspec import Struct

from checker.matrix import Matrix
from checker.tasks import FileTasks
from checker.written_json import written


class TasksJson(Struct):
    """The task lists of the files of a run; ``units`` of a file names tasks by their numbers."""

    schema: int
    files: tuple[FileTasks, ...]


def render(matrix: Matrix) -> str:
    """Return tasks and units as JSON, indented, with a line end."""
    return written(TasksJson(1, matrix.files))
