"""Results of earlier runs, kept by content: an unchanged draft is not parsed again.

The key is made of everything that a result depends on: the bytes of the draft, the rules
that run, the files of plancheck itself, language and version. A cache that cannot be read
or written is no error: the draft is checked as if there were none.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec

from checker.model import FileReport


class Results:
    """A folder of results for runs with the same rules and options."""

    def __init__(self, folder: Path, ingredients: Iterable[str]) -> None:
        self._folder = folder
        self._base = sha256("\0".join(ingredients).encode()).digest()

    def _path(self, path: str, data: bytes) -> Path:
        key = sha256(self._base + path.encode("utf-8", "surrogateescape") + b"\0" + data).hexdigest()
        return self._folder / key[:2] / f"{key[2:]}.msgpack"

    def get(self, path: str, data: bytes) -> FileReport | None:
        """Return the result for a draft, None if there is none that can be used."""
        try:
            return msgspec.msgpack.decode(self._path(path, data).read_bytes(), type=FileReport)
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, path: str, data: bytes, report: FileReport) -> None:
        """Keep the result for a draft, whole or not at all."""
        if any(outcome.outcome == "not-evaluated" for outcome in report.rules):
            return  # out of time today may be in time tomorrow
        place = self._path(path, data)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=place.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(msgspec.msgpack.encode(report))
                os.replace(temporary, place)
            except OSError:
                Path(temporary).unlink()
        except OSError:
            return


def stamp(folders: Iterable[Path]) -> list[str]:
    """Return name, size and time of change of every file in ``folders``: what the code depends on."""
    found = []
    for folder in folders:
        for base, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(names):
                if name.endswith((".py", ".yaml", ".lark")):
                    status = os.stat(os.path.join(base, name))
                    found.append(f"{base}/{name}:{status.st_size}:{status.st_mtime_ns}")
    return found


def folder() -> Path:
    """Return where results are kept: below the user's cache directory."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("PLANCHECK_CACHE_DIR") or user_cache_path("plancheck", appauthor=False)) / "results"
