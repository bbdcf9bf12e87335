"""Words of packs and plugins: files that add to those of ``rules/lexicon``.

A file has the name of the one that it adds to (``organs.yaml``, ``register.yaml``), and of its keys
those that it adds to. What is added stands before what is bundled: where the first that fits is
taken, a local word goes before a general one. What is a single text is not added to.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_origin

import msgspec
from msgspec import Struct

from checker import cache, lexicon
from checker.model import Bilingual
from checker.pack_folders import NOBODY, whose

if TYPE_CHECKING:
    from msgspec import inspect


class Extension(Struct, frozen=True):
    """What packs and plugins add, by the names of the files, and what is wrong with their files."""

    words: dict[str, tuple[dict[str, Any], ...]] = {}
    problems: tuple[Bilingual, ...] = ()


BUNDLED: Mapping[str, str] = {}
"""No grammar but the bundled ones."""


def use(
    folders: Sequence[str], origins: Mapping[str, Bilingual] = NOBODY, grammars: Mapping[str, str] = BUNDLED
) -> tuple[Bilingual, ...]:
    """Add the words in ``folders`` to the lexicon, in place of those added before; return what is wrong with them.

    ``origins`` are the plugins of third parties, by their folders; ``grammars`` the sources of the
    grammars that they have extended or replaced, by name.
    """
    extension = _known(folders, origins) if folders else Extension()
    lexicon.extend(extension.words, grammars)
    return extension.problems


def _known(folders: Sequence[str], origins: Mapping[str, Bilingual]) -> Extension:
    """Return what is in the folders, as an earlier run has read and tried it if they are the same."""
    name = cache.key("words", cache.package_stamp(), *folders, cache.contents(list(folders)))
    known = cache.recall("lexicons", name, Extension)
    if known is None:
        known = _read(folders, origins)
        if not known.problems:
            cache.keep("lexicons", name, known)
    return known


def _read(folders: Sequence[str], origins: Mapping[str, Bilingual]) -> Extension:
    from pathlib import Path

    from msgspec import inspect

    from checker.checks.wording import problem_of_term
    from checker.definitions import Definition, no_such
    from checker.patterns import problem_in_words
    from checker.schemas import registers

    shapes = registers()
    words: dict[str, list[dict[str, Any]]] = {}
    problems: list[Bilingual] = []
    for path in (Path(entry) for folder in folders for entry in _files(folder, problems)):
        file = Definition(path, whose(str(path), origins))
        if path.stem not in shapes:
            file.report("", no_such(Bilingual("词表", "word list"), path.stem, sorted(shapes)))
        elif file.holds(_addition(shapes[path.stem])) is not None:
            for at, pattern in _patterns(inspect.type_info(shapes[path.stem]), file.data):
                if wrong := problem_in_words(pattern):
                    file.report(at, wrong)
            for at, item in _wordings(file.data) if path.stem == "wordings" else ():
                if item.pattern is None and (wrong := problem_of_term(item)):
                    file.report(at, wrong)
            if not file.problems:
                words.setdefault(path.stem, []).append(file.data)
        problems += file.problems
    return Extension({name: tuple(given) for name, given in words.items()}, tuple(problems))


def _patterns(wanted: inspect.Type, data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the patterns in data of a type, with their paths."""
    from msgspec import inspect

    if isinstance(wanted, inspect.Metadata):
        if (wanted.extra or {}).get("pattern"):
            yield path, data
    elif isinstance(wanted, inspect.UnionType):
        for one in wanted.types if data is not None else ():
            yield from _patterns(one, data, path)
    elif isinstance(wanted, inspect.StructType):
        for field in wanted.fields:
            if field.encode_name in data:
                yield from _patterns(field.type, data[field.encode_name], f"{path}.{field.encode_name}")
    elif isinstance(wanted, inspect.VarTupleType):
        for index, one in enumerate(data):
            yield from _patterns(wanted.item_type, one, f"{path}[{index}]")
    elif isinstance(wanted, inspect.DictType):
        for key, one in data.items():
            yield from _patterns(wanted.value_type, one, f"{path}.{key}")


def _wordings(data: Mapping[str, Any]) -> Iterator[tuple[str, lexicon.FixedWording]]:
    for kind in ("phrases", "terms"):
        for index, one in enumerate(data.get(kind, ())):
            yield f".{kind}[{index}]", msgspec.convert(one, lexicon.FixedWording)


def _files(folder: str, problems: list[Bilingual]) -> Iterator[str]:
    """Yield the files of words in a folder; note a folder that is none, and files that seem to be some and are not."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        reason = error.strerror or str(error)
        problems.append(Bilingual(f"{folder}: 无法读取（{reason}）", f"{folder}: cannot be read ({reason})"))
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.endswith(".yaml"):
            yield path
        elif name.lower().endswith((".yml", ".yaml", ".yaml.txt", ".yml.txt")):
            zh, en = "词表文件应以 .yaml 结尾，不读", "a file of words ends in .yaml; it is not read"
            problems.append(Bilingual(f"{path}: {zh}", f"{path}: {en}"))


def _addition(shape: type[Struct]) -> type[Struct]:
    """Return the type of what may be added to ``shape``: any of its lists and tables."""
    fields: list[tuple[str, Any, Any]] = []
    names: Mapping[str, str] = {field.name: field.encode_name for field in msgspec.structs.fields(shape)}
    for field in msgspec.structs.fields(shape):
        if isinstance(field.type, type) and issubclass(field.type, Struct):
            fields.append((field.name, _addition(field.type) | msgspec.UnsetType, msgspec.UNSET))
        elif get_origin(field.type) in (tuple, dict):
            fields.append((field.name, field.type | msgspec.UnsetType, msgspec.UNSET))
    made: type[Struct] = msgspec.defstruct(
        shape.__name__, fields, frozen=True, forbid_unknown_fields=True, rename=names.get
    )
    return made
