"""The bundled check types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.hookspecs import hookimpl

if TYPE_CHECKING:
    from checker.checks import CheckType


@hookimpl
def plancheck_checks() -> list[CheckType]:
    """Return the check types of ``checker.checks``."""
    from checker.checks import (
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

    modules = (
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
    return [module.CHECK for module in modules]
