"""The bundled check types."""

from __future__ import annotations

from checker.checks import (
    CheckType,
    absent,
    balanced,
    compare,
    consistent,
    count,
    covers,
    member,
    pattern,
    present,
    registered,
    required,
    sequence,
    timeline,
    unique,
)
from checker.hookspecs import hookimpl

_MODULES = (
    absent,
    balanced,
    compare,
    consistent,
    count,
    covers,
    member,
    pattern,
    present,
    registered,
    required,
    sequence,
    timeline,
    unique,
)


@hookimpl
def plancheck_checks() -> list[CheckType]:
    """Return the check types of ``checker.checks``."""
    return [module.CHECK for module in _MODULES]
