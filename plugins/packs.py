"""The bundled rule packs."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.package_data import data_folder


@hookimpl
def plancheck_rule_packs() -> list[str]:
    """Return the folder that holds plan/ and science-literacy/."""
    return [data_folder("checker.rules")]
