"""The bundled rule packs."""

from __future__ import annotations

from pathlib import Path

from checker.hookspecs import hookimpl
from checker.package_data import data_folder


@hookimpl
def plancheck_rule_packs() -> list[Path]:
    """Return the folder that holds plan/ and science-literacy/."""
    return [Path(data_folder("checker.rules"))]
