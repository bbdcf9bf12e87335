"""What was worked out once, kept by content below the user's cache directory.

Each entry is data, never code: msgpack of a given type, behind a checksum. The name of an entry
is a digest of all that it was made from, so that nothing needs to be invalidated. An entry is
written whole or not at all, by whichever of several runs comes last, and one that was cut off or
damaged is thrown away. A cache that cannot be read or written is no error: the work is done again.
"""

from __future__ import annotations

import os
import sys
import time
from binascii import crc32
from collections.abc import Iterator
from functools import cache
from typing import TypeVar

import msgspec

from checker import __version__

if sys.version_info >= (3, 12):
    # hashlib would load OpenSSL, a fifth of Python's own start; the random module does the same.
    from _sha2 import sha256  # type: ignore[import-not-found, unused-ignore]
else:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        from hashlib import sha256

T = TypeVar("T")

_CHECKSUM = 4
_DAY = 24 * 60 * 60
_OLDEST = 30 * _DAY
_LARGEST = 200_000_000
_SUFFIXES = (".py", ".yaml", ".lark")


def digest(data: bytes) -> bytes:
    """Return the SHA-256 of ``data``."""
    made: bytes = sha256(data).digest()
    return made


def key(*ingredients: str | bytes) -> str:
    """Return the name of what is made from ``ingredients``: another one for any other row of them."""
    encoded = [
        ingredient if isinstance(ingredient, bytes) else ingredient.encode("utf-8", "surrogateescape")
        for ingredient in ingredients
    ]
    return digest(b"".join(b"%d:%b" % (len(data), data) for data in encoded)).hex()


def recall(kind: str, name: str, shape: type[T]) -> T | None:
    """Return the entry of that name; None if there is none that can be used."""
    try:
        path = _path(kind, name)
        with open(path, "rb") as file:
            entry = file.read()
            if time.time() - os.fstat(file.fileno()).st_mtime > _DAY:
                os.utime(path)  # still in use: see ``prune``
        if entry[:_CHECKSUM] == _checksum(entry[_CHECKSUM:]):
            return msgspec.msgpack.decode(entry[_CHECKSUM:], type=shape)
    except (OSError, ValueError, msgspec.MsgspecError):
        pass
    return None


def keep(kind: str, name: str, value: object) -> None:
    """Keep an entry, whole or not at all."""
    try:
        payload = msgspec.msgpack.encode(value)
        path = _path(kind, name)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        temporary = f"{path}.{os.getpid()}.{time.monotonic_ns()}"
        try:
            with open(temporary, "xb") as file:
                file.write(_checksum(payload) + payload)
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
    except (OSError, ValueError):
        return


def _checksum(payload: bytes) -> bytes:
    """Return what tells a damaged entry: a digest would say no more of it, and take twelve times as long."""
    return crc32(payload).to_bytes(_CHECKSUM, "big")


def folder() -> str:
    """Return where everything is kept: PLANCHECK_CACHE_DIR, else below the user's cache directory."""
    given = os.environ.get("PLANCHECK_CACHE_DIR")
    return given or _user_folder()


@cache
def _user_folder() -> str:
    if sys.platform == "linux" and os.path.isabs(os.environ.get("HOME", "/")):
        # What platformdirs says too, by the XDG specification; but importing it takes two thirds
        # of Python's own start, in every run.
        given = os.environ.get("XDG_CACHE_HOME", "")
        below = given if os.path.isabs(given) else os.path.expanduser("~/.cache")
        return os.path.join(below, "plancheck")
    from platformdirs import user_cache_dir

    try:
        return user_cache_dir("plancheck", appauthor=False)
    except RuntimeError as error:
        raise OSError("no home directory") from error


def _path(kind: str, name: str) -> str:
    return os.path.join(folder(), kind, name[:2], f"{name[2:]}.msgpack")


# --------------------------------------------------------------------------- ingredients


def stamp(folders: list[str]) -> str:
    """Return name, size and time of change of every source file in ``folders``, in order."""
    return "\n".join(line for folder in folders for line in _stamped(folder))


def _stamped(folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(_SUFFIXES):
            try:
                status = entry.stat()
                yield f"{entry.path}:{status.st_size}:{status.st_mtime_ns}"
            except OSError as error:  # a link to nowhere, as editors make them for a lock
                yield f"{entry.path}:{error.errno}"
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _stamped(entry.path)


def contents(folders: list[str]) -> str:
    """Return a digest of every rule file in ``folders``: of those that people edit, whatever the clock says.

    A rule file stands in a folder or right below it, behind links too: no other place is looked at,
    so that a folder with a whole disk below it takes no longer.
    """
    return "\n".join(line for folder in folders for place in (folder, *_below(folder)) for line in _digests(place))


def _below(folder: str) -> list[str]:
    try:
        return sorted(entry.path for entry in os.scandir(folder) if entry.is_dir())
    except OSError:
        return []


def _digests(folder: str) -> Iterator[str]:
    try:
        paths = sorted(entry.path for entry in os.scandir(folder) if entry.name.endswith((".yaml", ".yml")))
    except OSError as error:
        yield f"{folder}:{error.errno}"
        return
    yield os.path.realpath(folder)  # of which a pack has its name: . may be any folder
    for path in paths:
        if not os.path.isfile(path):  # a pipe, of which there may be no end
            yield path
            continue
        try:
            with open(path, "rb") as file:
                yield f"{path}:{digest(file.read()).hex()}"
        except OSError as error:
            yield f"{path}:{error.errno}"


@cache
def package_stamp() -> str:
    """Return version, source files and Python of this process: the code that makes what is kept."""
    from checker.package_data import data_folder

    folders = ["checker", "checker.grammars", "checker.rules", "checker.plugins"]
    found = stamp(list(dict.fromkeys(map(data_folder, folders))))
    return f"{__version__}\n{sys.implementation.cache_tag}\n{sys.version}\n{found}"


@cache
def distributions(*names: str) -> str:
    """Return the versions of installed distributions, as the names of their folders of metadata say them.

    ``importlib.metadata`` says the same, but takes five times as long as Python needs to start.
    """
    wanted = tuple(f"{name.lower()}-" for name in names)
    return "\n".join(
        f"{place}/{entry}"
        for place, entry in folders_of_metadata()
        if entry.lower().replace("_", "-").startswith(wanted)
    )


def folders_of_metadata() -> list[tuple[str, str]]:
    """Return place and name of the metadata of every distribution that Python finds: click-8.1.7.dist-info."""
    return list(_folders_of_metadata(tuple(sys.path)))


@cache
def _folders_of_metadata(places: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found = []
    for place in places:
        try:
            inside = os.listdir(place or ".")
        except OSError:
            continue
        found += [(place, entry) for entry in inside if entry.endswith((".dist-info", ".egg-info"))]
    return tuple(sorted(found))


# ------------------------------------------------------------------------------- tidying


def prune(now: float | None = None) -> None:
    """Once a day throw away what no run has used for thirty days, and the oldest beyond 200 MB.

    Several runs may do so at once: what one has thrown away the other passes over.
    """
    now = time.time() if now is None else now
    try:
        marker = os.path.join(folder(), "pruned")
        if os.path.exists(marker) and abs(now - os.stat(marker).st_mtime) < _DAY:
            return
        with open(marker, "wb"):
            os.utime(marker, (now, now))
    except (OSError, ValueError):
        return
    entries = sorted(_entries(folder()), reverse=True)
    size = 0
    for changed, length, path in entries:
        size += length
        if now - changed > _OLDEST or size > _LARGEST:
            try:
                os.unlink(path)
            except OSError:
                continue


def _entries(folder: str) -> Iterator[tuple[float, int, str]]:
    """Yield time of last use, size and path of each entry, whole or left half written."""
    for base, _, names in os.walk(folder):
        for name in names:
            if ".msgpack" in name:
                path = os.path.join(base, name)
                try:
                    status = os.stat(path)
                except OSError:
                    continue
                yield status.st_mtime, status.st_size, path
