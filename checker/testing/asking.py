"""What the functions of the kit take, and how they say what does not hold."""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import ModuleType

from checker.host import Host, host
from checker.model import Bilingual

Plugins = str | os.PathLike[str] | ModuleType | Sequence[str | os.PathLike[str] | ModuleType]
"""One plugin or several: the name of a module, a ``.py`` file, or a module."""


def host_with(plugins: Plugins) -> Host:
    """Return the host with these plugins; where some are named, PLANCHECK_DISABLE_PLUGINS does not keep them out."""
    several = [plugins] if isinstance(plugins, (str, os.PathLike, ModuleType)) else plugins
    names = tuple(one.__name__ if isinstance(one, ModuleType) else os.fspath(one) for one in several)
    return host(names, True if names else None)


def language() -> str:
    """Return the language in which the kit says what does not hold: ``zh`` or ``en``."""
    return "en" if os.environ.get("PLANCHECK_LANG") == "en" else "zh"


def failure(said: Bilingual, *more: str) -> AssertionError:
    """Return the error for something that does not hold; ``more`` are lines below it."""
    return AssertionError("\n".join([said.in_language(language()), *more]))
