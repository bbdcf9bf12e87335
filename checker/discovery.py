"""Finding plugins: those that are installed, by their entry points, and modules that a person names.

``importlib.metadata`` takes five times as long as Python needs to start. What it finds is kept, by
the state of the environment: which distributions there are, and since when.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from msgspec import Struct

from checker import cache
from checker.model import Bilingual
from checker.problems import Problem

GROUP = "plancheck"
"""The group of entry points that are plugins."""


class EntryPoint(Struct, frozen=True):
    """A plugin that a distribution announces."""

    name: str
    value: str
    """``package.module`` or ``package.module:object``."""
    distribution: str
    version: str


def installed() -> list[EntryPoint]:
    """Return the entry points of all installed plugins, in order of the names of distributions and their own."""
    name = cache.key("plugins", cache.package_stamp(), *_environment())
    known = cache.recall("plugins", name, list[EntryPoint])
    if known is None:
        known = _looked_up()
        cache.keep("plugins", name, known)
    return known


def _environment() -> Iterator[str]:
    """Yield place and time of change of the metadata of each distribution; installing it again makes it anew."""
    for place, entry in cache.folders_of_metadata():
        path = os.path.join(place or os.getcwd(), entry)
        try:
            yield f"{path}:{os.stat(path).st_mtime_ns}"
        except OSError as error:
            yield f"{path}:{error.errno}"


def _looked_up() -> list[EntryPoint]:
    from importlib.metadata import entry_points

    found = [
        EntryPoint(one.name, one.value, one.dist.metadata["Name"], one.dist.version)
        for one in entry_points(group=GROUP)
        if one.dist is not None
    ]
    return sorted(found, key=lambda one: (one.distribution.lower(), one.name))


def load(value: str) -> Any:
    """Return what ``package.module`` or ``package.module:object`` names; raises whatever importing it raises."""
    module, _, attributes = value.partition("[")[0].partition(":")
    found: Any = import_module(module.strip())
    for attribute in filter(None, attributes.strip().split(".")):
        found = getattr(found, attribute)
    return found


def load_file(path: str) -> ModuleType:
    """Return the module in a file that a person names; raises Problem where there is none."""
    from importlib.util import module_from_spec, spec_from_file_location

    stem = os.path.splitext(os.path.basename(path))[0]
    name = f"plancheck_plugin_{stem}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not os.path.isfile(path):
        raise Problem(Bilingual("没有这个文件", "no such file"))
    module = module_from_spec(spec)
    sys.modules[name] = module  # what looks for its own module, as msgspec does for types, finds it
    spec.loader.exec_module(module)
    return module
