"""The bundled check types."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from checker.hookspecs import hookimpl

if TYPE_CHECKING:
    from checker.checks import CheckType


_NAMES = (
    "absent",
    "balanced",
    "compare",
    "consistent",
    "count",
    "covers",
    "member",
    "pattern",
    "present",
    "registered",
    "required",
    "sequence",
    "timeline",
    "typeset",
    "unique",
    "within",
    "wording",
)


@hookimpl
def plancheck_checks() -> list[CheckType]:
    """Return the check types of ``checker.checks``."""
    return [import_module(f"checker.checks.{name}").CHECK for name in _NAMES]
