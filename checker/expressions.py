"""Regular expressions of plancheck's own: compiled here, in one place, and only once ever.

Compiling the two hundred patterns that reading one plan takes costs as much time as starting
Python seven times over. So their code, the numbers that ``re`` hands to its engine, is kept in
the cache, and a later process gives it to the engine again. The engine validates code as it
takes it. Any other Python, and anything unexpected, falls back to ``re.compile``.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any

from msgspec import Raw, Struct, msgpack

from checker.cache import keep, key, package_stamp, recall

_sre: Any = sys.modules.get("_sre")
"""The engine; loaded by ``re``. There is none but in CPython."""

# More patterns than plancheck has by far; beyond it those that a run did not use are dropped.
_MOST = 2000

_MAKERS = ("re._parser", "re._compiler") if sys.version_info >= (3, 11) else ("sre_parse", "sre_compile")


class Code(Struct, frozen=True, array_like=True):
    """What ``re`` makes of a pattern."""

    flags: int
    groups: int
    names: dict[str, int]
    code: bytes
    """Words of 32 bits, in the machine's order."""
    needle: str | None
    """The pattern of what a text must hold for this one to match; None if that is next to nothing."""


_kept: dict[str, Raw] | None = None
_compiled: dict[str, re.Pattern[str]] = {}
_needles: dict[str, str | None] = {}
_new: dict[str, tuple[str, int]] = {}


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the compiled form of a pattern of plancheck's own or of its lexicon."""
    flags = int(flags)  # also of a RegexFlag
    name = f"{flags}:{pattern}"
    made = _compiled.get(name)
    if made is None:
        made = _compiled[name] = _restored(name, pattern) or re.compile(pattern, flags)
        if name not in _known():
            _new[name] = (pattern, flags)
    return made


def is_kept(pattern: str, flags: int = 0) -> bool:
    """Say whether an earlier process has compiled a pattern here: what it asked of it first need not be asked again."""
    return f"{int(flags)}:{pattern}" in _known()


def needle(pattern: str, flags: int = 0) -> re.Pattern[str] | None:
    """Return the pattern of what a text must hold for ``pattern`` to match in it; None if that is next to nothing."""
    name = f"{int(flags)}:{pattern}"
    if name not in _needles:
        expression(pattern, flags)  # the cache may know
    if name not in _needles:
        from checker.needles import needle_of

        _needles[name] = needle_of(import_module(_MAKERS[0]).parse(pattern, flags))
    found = _needles[name]
    return expression(found) if found else None


def keep_new_expressions() -> None:
    """Keep the code of the patterns that this process was the first to compile.

    For the end of a run. A process that only imports checker need not call it.
    """
    if not _new or not _usable():
        return
    all_kept: dict[str, Raw | Code | None] = {**_known()}
    all_kept |= {name: _code(pattern, flags) for name, (pattern, flags) in _new.items()}
    if len(all_kept) > _MOST:
        all_kept = {name: code for name, code in all_kept.items() if name in _compiled}
    keep("expressions", _address(), all_kept)
    _new.clear()


def _known() -> dict[str, Raw]:
    """Return what the cache has, by flags and pattern: code, or nothing for a pattern that has to be compiled.

    Each is decoded when the pattern is asked for.
    """
    global _kept
    if _kept is None:
        _kept = (recall("expressions", _address(), dict[str, Raw]) or {}) if _usable() else {}
    return _kept


def _usable() -> bool:
    return sys.implementation.name == "cpython" and getattr(_sre, "CODESIZE", 0) == 4


def _address() -> str:
    return key("expressions", package_stamp(), str(_sre.MAGIC), sys.byteorder)


def _restored(name: str, pattern: str) -> re.Pattern[str] | None:
    """Return a pattern made of code that the cache has."""
    known = _known().get(name)
    if known is None:
        return None
    try:
        code = msgpack.decode(known, type=Code | None)
        if code is None:
            return None
        _needles[name] = code.needle
        return _made(pattern, code)
    except Exception:  # the engine is not the one it was: whatever it says, re.compile knows
        return None


def _made(pattern: str, code: Code) -> re.Pattern[str]:
    """Do what ``re`` does last: hand the code to the engine."""
    names: list[str | None] = [None] * (code.groups + 1)
    for name, group in code.names.items():
        names[group] = name
    words = memoryview(code.code).cast("I").tolist()
    made: re.Pattern[str] = _sre.compile(pattern, code.flags, words, code.groups, code.names, tuple(names))
    return made


def _code(pattern: str, flags: int) -> Code | None:
    """Return the code of a pattern; None unless the engine makes of it exactly what ``re.compile`` does."""
    from checker.needles import needle_of

    try:
        parser, compiler = map(import_module, _MAKERS)
        parsed = parser.parse(pattern, flags)
        state = parsed.state
        words = compiler._code(parsed, flags)
        packed = b"".join(word.to_bytes(4, sys.byteorder) for word in words)
        code = Code(flags | state.flags, state.groups - 1, dict(state.groupdict), packed, needle_of(parsed))
        ours, theirs = _made(pattern, code), re.compile(pattern, flags)
        # Equal patterns have the same code and flags.
        same = ours == theirs and (ours.groups, ours.groupindex) == (theirs.groups, theirs.groupindex)
        return code if same else None
    except Exception:
        return None
