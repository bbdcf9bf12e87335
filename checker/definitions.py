"""YAML files of definitions, read with the place of every key and value.

A file is data of strangers until it has been held against its type: depth and aliases are
bounded, nothing in it is run, and every mistake in it is reported with line and column, what
stands there, what is allowed and the nearest correct spelling.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import inspect

from checker.model import Bilingual
from checker.patterns import pattern_problem
from checker.reporters.words import width

_MAX_DEPTH = 32
_MAX_ALIASES = 16
MAX_LENGTH = 1_000_000
"""How long a file of definitions may be, in bytes."""
_IN_CHINESE = {
    "object": "键值对（object）",
    "array": "列表（array）",
    "str": "文字（str）",
    "bool": "true 或 false（bool）",
    "int": "整数（int）",
    "float": "数（float）",
    "null": "空（null）",
}
_TYPE_NAMES = {dict: "object", list: "array", str: "str", bool: "bool", int: "int", float: "float", type(None): "null"}


class Definition:
    """One YAML file, its data, and what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Bilingual] = []
        self.data: Any = None
        self.ambiguous = False
        """True where a key stands twice or an alias in itself: what follows from the data means nothing."""
        self._marks: dict[str, yaml.Mark] = {}
        self._ends: dict[str, yaml.Mark] = {}
        self._lines: list[str] = []
        self._reported: set[tuple[int, int]] = set()
        self.mistakes = 0
        """How many were found, those at a place with one before included."""
        try:
            source = read_definition(path)
        except TooLong:
            self._say(Bilingual(f"文件太大（上限 {MAX_LENGTH} 字节）", f"too large (the limit is {MAX_LENGTH} bytes)"))
            return
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            self._say(Bilingual(f"无法读取（{reason}）", f"cannot be read ({reason})"))
            return
        self._lines = source.splitlines()
        self._read(source)

    def _read(self, source: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            self._bounded(yaml.parse(source, Loader=loader))
            if self.problems:
                return
            reader = loader(source)
            try:
                root = reader.get_single_node()
                if root is None:
                    self._say(Bilingual("文件是空的", "the file is empty"))
                    return
                self._note(root, "", ())
                if not any(mark is None for mark in self._marks.values()):
                    self.data = reader.construct_document(root)
            finally:
                reader.dispose()
        except yaml.MarkedYAMLError as error:
            what = error.problem or "YAML"
            self._say(Bilingual(f"不是正确的 YAML：{what}", f"not valid YAML: {what}"), error.problem_mark)
        except yaml.YAMLError as error:
            self._say(Bilingual(f"不是正确的 YAML：{error}", f"not valid YAML: {error}"))

    def _bounded(self, events: Iterator[Any]) -> None:
        """Report a file that is nested too deeply or repeats itself by aliases."""
        depth = aliases = 0
        for event in events:
            depth += isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
            depth -= isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
            aliases += isinstance(event, yaml.AliasEvent)
            if depth > _MAX_DEPTH:
                return self._say(Bilingual("嵌套太深", "nested too deeply"), event.start_mark)
            if aliases > _MAX_ALIASES:
                return self._say(Bilingual("别名（*）太多", "too many aliases (*)"), event.start_mark)
        return None

    def _note(self, node: yaml.Node, path: str, around: tuple[int, ...]) -> None:
        """Note the place of a node and of all below it; report what YAML lets pass and we do not."""
        if id(node) in around:
            self.ambiguous = True
            return self._say(Bilingual("别名指向自身", "an alias inside of what it stands for"), node.start_mark)
        self._marks[path], self._ends[path] = node.start_mark, node.end_mark
        within = (*around, id(node))
        if isinstance(node, yaml.ScalarNode):
            self._check_bent(node)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._note(value, f"{path}[{index}]", within)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode) or not key.tag.endswith((":str", ":bool")):
                    self._say(Bilingual("键应为文字", "a key is a text"), key.start_mark)
                    continue
                self._check_bent(key)
                if key.value in seen:
                    self.ambiguous = True
                    message = Bilingual(f"键“{key.value}”重复", f"duplicate key {key.value!r}")
                    self._say(message, key.start_mark)
                seen.add(key.value)
                self._marks[f"{path}.{key.value}#key"] = key.start_mark
                self._ends[f"{path}.{key.value}#key"] = key.end_mark
                self._note(value, f"{path}.{key.value}", within)
        return None

    def _check_bent(self, node: yaml.ScalarNode) -> None:
        """Report a word that YAML 1.1 reads as something else: no, on, 012, 1:30."""
        if node.style in ("'", '"', "|", ">"):
            return
        kind = node.tag.rpartition(":")[2]
        bent = (
            (kind == "bool" and node.value not in ("true", "false"))
            or (kind == "int" and re.match(r"[-+]?0[0-9_xb]|.*[:_]", node.value))
            or kind == "timestamp"
        )
        if bent:
            zh = f"YAML 会把“{node.value}”读成别的值（{kind}）；请加引号，或写成 true、false、十进制数"
            en = f"YAML reads {node.value!r} as a {kind}; put it in quotes, or write true, false, a decimal number"
            self._say(Bilingual(zh, en), node.start_mark)

    # ------------------------------------------------------------------------- reporting

    def _say(self, message: Bilingual, mark: yaml.Mark | None = None, end: yaml.Mark | None = None) -> None:
        """Report a mistake, one for each place, with the line and a caret under the word."""
        where, shown = str(self.path), ""
        if mark is not None:
            if (mark.line, mark.column) in self._reported:
                return
            self._reported.add((mark.line, mark.column))
            where += f":{mark.line + 1}:{mark.column + 1}"
            line = self._lines[mark.line] if mark.line < len(self._lines) else ""
            until = end.column if end is not None and end.line == mark.line else mark.column + 1
            caret = "^" + "~" * (width(line[mark.column : min(until, 200)]) - 1)
            shown = f"\n    {line[:200]}\n    {' ' * width(line[: mark.column])}{caret}"
        self.problems.append(Bilingual(f"{where}: {message.zh}{shown}", f"{where}: {message.en}{shown}"))

    def report(self, path: str, message: Bilingual) -> None:
        """Report a mistake at a path like ``.options.field``; ``#key`` is the key itself."""
        self.mistakes += 1
        at = path
        while at not in self._marks and at:
            at = re.sub(r"(?:#key|\.[^.\[]*|\[\d+\])$", "", at)
        if at not in self._marks:
            at = ""
        mark, end = self._marks.get(at), self._ends.get(at)
        self._say(message, mark, end if at == path else None)

    def unknown(self, path: str, what: Bilingual, word: str, allowed: Sequence[str]) -> None:
        """Report a word that names nothing, with what is allowed and a guess."""
        self.report(path, no_such(what, word, allowed))

    # ------------------------------------------------------------------------ its type

    def holds(self, shape: type[Any]) -> Any:
        """Return the data as ``shape``; None after reporting everything in which it differs."""
        if self.data is None or self.ambiguous:
            return None
        self.compare(shape, "", self.data)
        return None if self.problems else msgspec.convert(self.data, shape)

    def compare(self, shape: type[Any], path: str, data: Any) -> bool:
        """Report every difference between the data at ``path`` and ``shape``; say whether there is none."""
        before = self.mistakes
        self._compare(data, inspect.type_info(shape), path)
        if self.mistakes > before or self.ambiguous:
            return False
        try:
            msgspec.convert(data, shape)
        except msgspec.ValidationError as error:  # what only msgspec checks: lengths and bounds
            said, _, at = str(error).partition(" - at `$")
            self.report(path + at.rstrip("`"), Bilingual(f"值不符合要求：{_in_chinese(said)}", said))
            return False
        return True

    def _compare(self, data: Any, wanted: inspect.Type, path: str) -> None:
        if isinstance(wanted, inspect.AnyType):
            return None
        if isinstance(wanted, inspect.Metadata):
            if (wanted.extra or {}).get("pattern") and isinstance(data, str) and (wrong := pattern_problem(data)):
                return self.report(path, wrong)
            return self._compare(data, wanted.type, path)
        if isinstance(wanted, inspect.UnionType):
            if data is None and wanted.includes_none:
                return None
            choices = [choice for choice in wanted.types if not isinstance(choice, inspect.NoneType)]
            return self._compare(data, next((c for c in choices if _is_of(data, c)), choices[0]), path)
        if isinstance(wanted, inspect.StructType):
            return self._compare_struct(data, wanted, path)
        if isinstance(wanted, inspect.LiteralType):
            values = [str(value) for value in wanted.values]
            if data not in wanted.values:
                self.unknown(path, Bilingual("值", "value"), str(data), values)
        elif isinstance(wanted, inspect.DictType):
            if not isinstance(data, dict):
                return self._wrong(data, "object", path)
            for key, value in data.items():
                self._compare(value, wanted.value_type, f"{path}.{key}")
        elif isinstance(wanted, (inspect.VarTupleType, inspect.ListType)):
            if not isinstance(data, list):
                return self._wrong(data, "array", path)
            for index, value in enumerate(data):
                self._compare(value, wanted.item_type, f"{path}[{index}]")
        elif (name := _scalar(wanted)) and not _is_scalar(data, name):
            self._wrong(data, name, path)
        return None

    def _compare_struct(self, data: Any, wanted: inspect.StructType, path: str) -> None:
        if not isinstance(data, dict):
            return self._wrong(data, "object", path)
        fields = {field.encode_name: field for field in wanted.fields}
        for key, value in data.items():
            if key in fields:
                self._compare(value, fields[key].type, f"{path}.{key}")
            elif isinstance(key, str):  # any other key was bent by YAML, which is reported already
                self.unknown(f"{path}.{key}#key", Bilingual("键", "key"), str(key), list(fields))
        if not all(key in fields for key in data):
            self.mistakes += 1
            return None  # what seems to be missing may be the misspelt key
        for name, field in fields.items():
            if field.required and name not in data:
                self.report(path, Bilingual(f"缺少“{name}”", f"{name!r} is missing"))
        return None

    def _wrong(self, data: Any, wanted: str, path: str) -> None:
        got = _TYPE_NAMES.get(type(data), type(data).__name__)
        zh = f"类型不对：应为{_IN_CHINESE[wanted]}，实为{_IN_CHINESE.get(got, got)}"
        self.report(path, Bilingual(zh, f"Expected `{wanted}`, got `{got}`"))


class TooLong(Exception):
    """A file that is longer than a definition may be."""


def read_definition(path: Path) -> str:
    """Return the text of a definition; raises TooLong, OSError and UnicodeDecodeError."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise OSError(errno.EINVAL, "not a file")
    with path.open("rb") as file:
        data = file.read(MAX_LENGTH + 1)
    if len(data) > MAX_LENGTH:
        raise TooLong
    return data.decode("utf-8-sig")


def _is_of(data: Any, wanted: inspect.Type) -> bool:
    """Say whether data may be meant as one of the types that a field allows."""
    while isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, (inspect.VarTupleType, inspect.ListType)):
        return isinstance(data, list)
    if isinstance(wanted, (inspect.StructType, inspect.DictType)):
        return isinstance(data, dict)
    name = _scalar(wanted)
    return name is not None and _is_scalar(data, name)


def _in_chinese(said: str) -> str:
    """Return what msgspec says of a bound in Chinese: Expected `array` of length >= 1."""
    found = re.match(r"Expected `(\w+)` (?:of length )?(<=|>=|<|>|==) ([\d.]+)", said)
    if not found:
        return said
    length = "长度" if "of length" in said else ""
    relation = {"<=": "最大为", ">=": "最小为", "<": "应小于", ">": "应大于", "==": "应为"}[found[2]]
    return f"{length or '数值'}{relation} {found[3]}"


def _scalar(wanted: inspect.Type) -> str | None:
    names: dict[type[inspect.Type], str] = {
        inspect.StrType: "str",
        inspect.BoolType: "bool",
        inspect.IntType: "int",
        inspect.FloatType: "float",
    }
    return names.get(type(wanted))


def _is_scalar(data: Any, name: str) -> bool:
    if name == "float":
        return isinstance(data, (int, float)) and not isinstance(data, bool)
    if name == "int":
        return isinstance(data, int) and not isinstance(data, bool)
    return isinstance(data, {"str": str, "bool": bool}[name])


def no_such(what: Bilingual, word: str, allowed: Sequence[str]) -> Bilingual:
    """Return the sentence for a word that names nothing: what there is, and a guess."""
    near = get_close_matches(word, allowed, n=1)
    zh = f"没有名为“{word}”的{what.zh}；可用的：{'、'.join(allowed)}"
    en = f"no {what.en} named {word!r}; there are: {', '.join(allowed)}"
    if near:
        zh += f"。您是不是想写“{near[0]}”？"
        en += f". Did you mean {near[0]!r}?"
    return Bilingual(zh, en)
