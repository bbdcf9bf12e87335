"""The matrix as one page to look at, pass on and print: by task, by unit, and as pictures."""

from __future__ import annotations

from checker.matrix import Matrix
from checker.pages.tasks import page


def render(matrix: Matrix) -> str:
    """Return the page; it holds both the tasks and the units of each file."""
    return page(matrix)
