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
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from checker import cache
from checker.model import Bilingual
from checker.problems import Problem

if TYPE_CHECKING:
    from importlib.metadata import Distribution

GROUP = "plancheck"
"""The group of entry points that are plugins."""
_ENTRY_POINTS = "entry_points.txt"


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
    """Yield place and times of change of the metadata of each distribution, and of each archive on the path."""
    folders = [os.path.join(place or os.getcwd(), entry) for place, entry in cache.folders_of_metadata()]
    archives = [place for place in sys.path if os.path.isfile(place)]
    for path in (*folders, *(os.path.join(folder, _ENTRY_POINTS) for folder in folders), *archives):
        try:
            yield f"{path}:{os.stat(path).st_mtime_ns}"
        except OSError as error:
            yield f"{path}:{error.errno}"


def _looked_up() -> list[EntryPoint]:
    from importlib.metadata import distributions

    found: dict[str, list[EntryPoint]] = {}
    for one in distributions():
        name, version = _metadata_of(one)
        # Of two with one name Python imports the first.
        same = name.lower().replace("_", "-").replace(".", "-") or str(id(one))
        if same not in found:
            found[same] = _of_group(one, name, version)
    together = [entry for some in found.values() for entry in some]
    return sorted(together, key=lambda one: (one.distribution.lower(), one.name))


def _metadata_of(one: Distribution) -> tuple[str, str]:
    """Return name and version of a distribution, as far as its metadata says them."""
    try:
        return str(one.metadata["Name"] or ""), str(one.metadata["Version"] or "")
    except Exception:  # a file that is missing or cut off
        return "", ""


def _of_group(one: Distribution, name: str, version: str) -> list[EntryPoint]:
    """Return the entry points of a distribution that are plugins.

    Where they cannot be read, it is one that names no module, for the host to say so; and none if it has nothing
    to do with plancheck.
    """
    try:
        return [
            EntryPoint(point.name, point.value, name, version) for point in one.entry_points if point.group == GROUP
        ]
    except Exception as error:
        written = getattr(error, "object", None) or (one.read_text(_ENTRY_POINTS) or "").encode()
        return [EntryPoint(name or GROUP, "", name, version)] if f"[{GROUP}]".encode() in written else []


def load(value: str) -> Any:
    """Return what ``package.module`` or ``package.module:object`` names; raises whatever importing it raises."""
    if not value:
        zh, en = "发行包的 entry_points.txt 读不懂", "the entry_points.txt of its distribution cannot be read"
        raise Problem(Bilingual(zh, en))
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
        from checker.reader import missing

        raise Problem(missing(path, Bilingual("没有这个文件", "no such file")))
    module = module_from_spec(spec)
    sys.modules[name] = module  # what looks for its own module, as msgspec does for types, finds it
    spec.loader.exec_module(module)
    return module
