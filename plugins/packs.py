"""The bundled rule packs."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from checker.hookspecs import hookimpl


@hookimpl
def plancheck_rule_packs() -> list[Path]:
    """Return the folder that holds plan/ and science-literacy/."""
    return [Path(str(files("checker.rules")))]
