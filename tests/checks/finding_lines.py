"""The lines of what a check type finds, where nothing else about it matters."""

from __future__ import annotations

from typing import Any

from checker.testing import findings


def lines(*asked: Any, **more: Any) -> list[list[int]]:
    """Return the lines of each of the ``findings``."""
    return [one.lines for one in findings(*asked, **more)]
