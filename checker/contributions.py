"""What a plugin gives through its hooks, held against what it may give.

A plugin is code of strangers: what it returns is looked at before anything relies on it, so that a
mistake is told where it was made. Whatever is wrong raises Fault.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from checker.checks import CheckType
from checker.model import Bilingual
from checker.problems import Problem
from checker.reader import Reader
from checker.reporters import NEEDS, Reporter

if TYPE_CHECKING:
    import click

T = TypeVar("T")
Named = TypeVar("Named", CheckType, Reader, Reporter)

GRAMMARS = ("plan", "clause", "target", "schedule", "citation")
"""The grammars that plugins may extend or replace."""
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
_SUFFIX = re.compile(r"(?:\.[a-z0-9]+)+")


class Fault(Problem):
    """Why a plugin cannot be used."""


class Given(Struct, frozen=True):
    """All that one plugin gives."""

    packs: tuple[str, ...] = ()
    """Folders of rule packs."""
    words: tuple[str, ...] = ()
    """Folders of words."""
    checks: tuple[CheckType, ...] = ()
    readers: tuple[Reader, ...] = ()
    reporters: tuple[Reporter, ...] = ()
    grammars: dict[str, str] = {}
    """Sources of grammars, by name."""
    commands: dict[str, Any] = {}
    """click commands, by name."""
    judges: bool = False
    """True where it has a say on the violations of a draft."""


def folders(given: object, hook: str) -> tuple[str, ...]:
    """Return the folders that a hook gives, absolute: where a run stands may change, a plugin does not."""
    found = _items(given, hook, "文件夹", "folders")
    for one in found:
        if not isinstance(one, (str, os.PathLike)) or not _can_be_path(os.fspath(one)):
            raise _not(hook, one, "文件夹的路径", "the path of a folder")
    return tuple(os.path.abspath(os.fspath(one)) for one in found)


def _can_be_path(given: str | bytes) -> bool:
    try:
        return isinstance(given, str) and b"\0" not in os.fsencode(given)
    except UnicodeEncodeError:
        return False


def check_types(given: object) -> tuple[CheckType, ...]:
    """Return the check types that a plugin gives."""
    return tuple(_sound(given, "plancheck_checks", CheckType, "检查类型（CheckType）", _mistakes_of_check_type))


def readers(given: object) -> tuple[Reader, ...]:
    """Return the readers that a plugin gives."""
    return tuple(_sound(given, "plancheck_readers", Reader, "读取器（Reader）", _mistakes_of_reader))


def reporters(given: object) -> tuple[Reporter, ...]:
    """Return the reporters that a plugin gives."""
    return tuple(_sound(given, "plancheck_reporters", Reporter, "报告格式（Reporter）", _mistakes_of_reporter))


def grammar(given: object, name: str) -> str:
    """Return the source of a grammar that lark makes a parser of."""
    if not isinstance(given, str):
        raise _not("plancheck_grammar", given, "语法的源文（str）", "the source of a grammar (str)")
    from checker.grammar import tables_of
    from checker.soundness import said_by

    try:
        tables_of(given)
    except Exception as error:  # lark has many, and its own trees raise others
        first = " ".join(said_by(error).split())[:200]
        zh, en = f"语法 {name} 不能用：{first}", f"grammar {name} cannot be used: {first}"
        raise Fault(Bilingual(zh, en)) from error
    return given


def commands(group: click.Group) -> dict[str, Any]:
    """Return the commands that a plugin has added to a group of its own."""
    import click as cli

    for name, command in group.commands.items():
        if not isinstance(command, cli.Command):
            raise _not("plancheck_commands", command, "click 命令", "a click command")
        if not _NAME.fullmatch(name):
            raise _misnamed("命令", "command", name)
    return dict(group.commands)


def _items(given: object, hook: str, zh: str, en: str) -> list[Any]:
    if isinstance(given, (str, bytes)) or not isinstance(given, (Sequence, Iterator, set, frozenset)):
        raise _not(hook, given, f"{zh}的列表", f"a list of {en}")
    return list(given)


def _sound(
    given: object, hook: str, kind: type[Named], zh: str, mistakes: Callable[[Named], Iterator[Bilingual]]
) -> Iterator[Named]:
    for one in _items(given, hook, zh, f"{kind.__name__} objects"):
        if not isinstance(one, kind):
            raise _not(hook, one, zh, f"a {kind.__name__}")
        if not isinstance(one.name, str) or not _NAME.fullmatch(one.name):
            raise _misnamed(zh, kind.__name__, one.name)
        for wrong in mistakes(one):
            raise Fault(Bilingual(f"{zh}“{one.name}”：{wrong.zh}", f"{kind.__name__} {one.name!r}: {wrong.en}"))
        yield one


def _mistakes_of_check_type(given: CheckType) -> Iterator[Bilingual]:
    from msgspec import inspect, json

    from checker.kinds import KINDS

    if not (isinstance(given.options, type) and issubclass(given.options, Struct)):
        yield Bilingual("options 应是 msgspec.Struct 的子类", "'options' has to be a subclass of msgspec.Struct")
        return
    try:
        inspect.type_info(given.options)
        json.schema(given.options)  # refuses types that no YAML can hold
    except (TypeError, NameError) as error:
        yield Bilingual(f"options 的类型读不懂：{error}", f"the types of 'options' make no sense: {error}")
    if not callable(given.check):
        yield Bilingual("check 应是函数", "'check' has to be a function")
    if not isinstance(given.description, Bilingual):
        yield Bilingual("description 应是 Bilingual", "'description' has to be a Bilingual")
    for name, value in (("nodes", given.nodes), ("fields", given.fields)):
        if not isinstance(value, (tuple, list)) or not all(isinstance(one, str) for one in value):
            yield Bilingual(f"{name} 应是名称的元组", f"{name!r} has to be a tuple of names")
    if not isinstance(given.attributes, Mapping):
        yield Bilingual("attributes 应是字典", "'attributes' has to be a dict")
    for name in ("message_fields", "waits_for", "mistakes"):
        if not (getattr(given, name) is None or callable(getattr(given, name))):
            yield Bilingual(f"{name} 应是函数或 None", f"{name!r} has to be a function or None")
    for kind in given.nodes:
        if kind not in KINDS:
            from checker.definitions import no_such

            yield no_such(Bilingual("节点", "node"), str(kind), sorted(KINDS))


def _mistakes_of_reader(given: Reader) -> Iterator[Bilingual]:
    if not given.suffixes and not given.magic:
        yield Bilingual("没有写明后缀（suffixes）", "it has no 'suffixes'")
    for suffix in given.suffixes if isinstance(given.suffixes, tuple) else (given.suffixes,):
        if not isinstance(suffix, str) or not _SUFFIX.fullmatch(suffix):
            zh = f"后缀 {suffix!r} 应写成 ('.abc',) 这样，小写"
            yield Bilingual(zh, f"suffix {suffix!r} has to be like ('.abc',), in small letters")
    for magic in given.magic if isinstance(given.magic, tuple) else (given.magic,):
        if not isinstance(magic, bytes) or len(magic) < 2:
            zh = f"文件头 {magic!r} 应写成 (b'%PDF',) 这样，至少两个字节"
            yield Bilingual(zh, f"magic {magic!r} has to be like (b'%PDF',), of two bytes or more")
    if not callable(given.read):
        yield Bilingual("read 应是函数", "'read' has to be a function")
    for name in ("write", "revise", "read_original", "depends_on"):
        if not (getattr(given, name) is None or callable(getattr(given, name))):
            yield Bilingual(f"{name} 应是函数或 None", f"{name!r} has to be a function or None")
    if not isinstance(given.in_folders, bool):
        yield Bilingual("in_folders 应是 True 或 False", "'in_folders' has to be True or False")


def _mistakes_of_reporter(given: Reporter) -> Iterator[Bilingual]:
    if not callable(given.render):
        yield Bilingual("render 应是函数", "'render' has to be a function")
    for need in given.needs if isinstance(given.needs, (tuple, list)) else (given.needs,):
        if need not in NEEDS:
            zh = f"needs 里的 {need!r} 不能用，可用的：{'、'.join(NEEDS)}"
            yield Bilingual(zh, f"'needs' has {need!r}; allowed: {', '.join(NEEDS)}")
    if not isinstance(given.one_draft, bool):
        yield Bilingual("one_draft 应是 True 或 False", "'one_draft' has to be True or False")
    for suffix in given.suffixes if isinstance(given.suffixes, (tuple, list)) else (given.suffixes,):
        if not isinstance(suffix, str) or not _SUFFIX.fullmatch(suffix):
            zh = f"后缀 {suffix!r} 应写成 ('.abc',) 这样，小写"
            yield Bilingual(zh, f"suffix {suffix!r} has to be like ('.abc',), in small letters")


def _not(hook: str, given: object, zh: str, en: str) -> Fault:
    is_ = f"{type(given).__name__} {given!r}"[:80]
    return Fault(Bilingual(f"{hook} 返回了 {is_}，应是{zh}", f"{hook} returned {is_}, not {en}"))


def _misnamed(zh: str, en: str, name: object) -> Fault:
    rule_zh = "用小写字母开头，后面还可用数字，词之间用 - 或 _"
    rule_en = "small letters and digits, with - or _ between words"
    return Fault(Bilingual(f"{zh}的名称 {name!r} 不能用：{rule_zh}", f"{name!r} is no name for a {en}: {rule_en}"))
