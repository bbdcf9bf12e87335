"""YAML files of definitions, read with the place of every key and value.

A file is data of strangers until it has been held against its type: depth and aliases are
bounded, nothing in it is run, and every mistake in it is reported with line and column, what
stands there, what is allowed and the nearest correct spelling.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import inspect

from checker.lexicon import lexicon
from checker.model import Bilingual
from checker.patterns import pattern_problem
from checker.reporters.words import width
from checker.slips import Place, certain, in_words, likely, text_hint, unquoted

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
_BENT_KEYS = {"bool", "int", "float", "null", "timestamp"}
# How a bound is kept, and how it is said.
_BOUNDS: dict[str, tuple[Callable[[float, float], bool], str, str]] = {
    "ge": (operator.ge, ">=", "数值最小为"),
    "gt": (operator.gt, ">", "数值应大于"),
    "le": (operator.le, "<=", "数值最大为"),
    "lt": (operator.lt, "<", "数值应小于"),
    "min_length": (operator.ge, "of length >=", "长度最小为"),
    "max_length": (operator.le, "of length <=", "长度最大为"),
}
_TYPE_NAMES = {dict: "object", list: "array", str: "str", bool: "bool", int: "int", float: "float", type(None): "null"}


class Definition:
    """One YAML file, its data, and what is wrong with it."""

    def __init__(self, path: Path, whose: Bilingual | None = None, holds_dates: bool = False) -> None:
        self.path = path
        self._holds_dates = holds_dates
        self.whose = whose
        """The plugin of a third party that brings the file."""
        self.problems: list[Bilingual] = []
        self.data: Any = None
        self.ambiguous = False
        """True where a key stands twice or an alias in itself: what follows from the data means nothing."""
        self._empty = False
        self._marks: dict[str, yaml.Mark | Place] = {}
        self._ends: dict[str, yaml.Mark | Place] = {}
        self._lines: list[str] = []
        self._reported: set[tuple[int, int]] = set()
        self.mistakes = 0
        """How many were found, those at a place with one before included."""
        try:
            source = read_definition(path)
        except TooLong:
            self._say(Bilingual(f"文件太大（上限 {MAX_LENGTH} 字节）", f"too large (the limit is {MAX_LENGTH} bytes)"))
            return
        except NotUtf8 as error:
            zh, en = "不是 UTF-8 编码，请另存为 UTF-8", "not in UTF-8, save it as UTF-8"
            guess = error.encoding
            self._say(
                Bilingual(f"{zh}（像是 {guess}）" if guess else zh, f"{en} (it looks like {guess})" if guess else en)
            )
            return
        except NotAFile:
            self._say(Bilingual("是文件夹或设备，不是规则文件", "a folder or device, not a rule file"))
            return
        except OSError as error:
            reason = error.strerror or error
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
                if root is None or root.tag.endswith(":null"):
                    self._empty = True
                    return
                if isinstance(root, yaml.ScalarNode) and self._say_slips():
                    return
                self._note(root, "", ())
                if not any(mark is None for mark in self._marks.values()):
                    self.data = reader.construct_document(root)
            finally:
                reader.dispose()
        except yaml.YAMLError as error:
            self._say_broken(error)
        except ValueError as error:  # a day that there is not, of which it has been told
            if not self.problems:
                self._say(Bilingual(f"有读不出的值（{error}）", f"a value makes no sense ({error})"))

    def _say_slips(self) -> bool:
        """Report slips of the hand; say whether there are any."""
        slips = list(certain(self._lines))
        for slip in slips:
            self._say(slip.message, slip.start, slip.end)
        return bool(slips)

    def _say_broken(self, error: yaml.YAMLError) -> None:
        """Report what is no YAML: the slips behind it, else PyYAML's words."""
        if self._say_slips():
            return None
        mark = getattr(error, "problem_mark", None)
        if mark is not None and mark.line >= len(self._lines):  # what was never closed is better shown where it opens
            mark = getattr(error, "context_mark", None) or mark
            if mark.line >= len(self._lines):
                mark = Place(len(self._lines) - 1, len(self._lines[-1]))
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        around = getattr(error, "context", None) or ""
        line = self._lines[mark.line] if mark is not None and mark.line < len(self._lines) else ""
        slip = likely(line, mark.line) if mark is not None else None
        if slip is not None:
            return self._say(slip.message, slip.start, slip.end)
        return self._say(in_words(f"{around}: {said}" if around else said), mark)

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
                if isinstance(key, yaml.ScalarNode) and key.tag.rpartition(":")[2] in _BENT_KEYS:
                    key.tag = "tag:yaml.org,2002:str"  # on, no, 2021: the word itself is looked at
                if not isinstance(key, yaml.ScalarNode) or not key.tag.endswith(":str"):
                    self._say(Bilingual("键应为文字", "a key is a text"), key.start_mark)
                    continue
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
        if kind == "timestamp" and self._holds_dates:
            if not _is_day(node.value):
                zh = f"没有“{node.value}”这一天；日期写成 2026-12-31 这样"
                said = Bilingual(zh, f"{node.value!r} is no day; write a date like 2026-12-31")
                self._say(said, node.start_mark, node.end_mark)
            return
        bent = (
            (kind == "bool" and node.value not in ("true", "false"))
            or (kind == "int" and re.match(r"[-+]?0[0-9_xb]|.*[:_]", node.value))
            or kind == "timestamp"
        )
        if not bent:
            return
        word, quoted = node.value, f"'{node.value}'"
        if kind == "timestamp":
            zh = f"YAML 会把“{word}”读成日期值；请加引号：{quoted}"
            en = f"YAML reads {word!r} as a date of its own; put it in quotes: {quoted}"
        elif kind == "bool":
            zh = f"YAML 会把“{word}”读成是非值（bool）；是非写 true 或 false，文字请加引号：{quoted}"
            en = f"YAML reads {word!r} as a bool; write true or false, or put a text in quotes: {quoted}"
        else:
            zh = f"YAML 会把“{word}”读成别的数（int）；数写成十进制，文字请加引号：{quoted}"
            en = f"YAML reads {word!r} as another int; write a decimal number, or put a text in quotes: {quoted}"
        self._say(Bilingual(zh, en), node.start_mark, node.end_mark)

    # ------------------------------------------------------------------------- reporting

    def _say(
        self, message: Bilingual, mark: yaml.Mark | Place | None = None, end: yaml.Mark | Place | None = None
    ) -> None:
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
        zh, en = (f"{self.whose.zh}：", f"{self.whose.en}: ") if self.whose else ("", "")
        self.problems.append(Bilingual(f"{where}: {zh}{message.zh}{shown}", f"{where}: {en}{message.en}{shown}"))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the file but comments."""
        return self._empty and not self.problems

    def line_of(self, path: str) -> int:
        """Return the line, from 1, in which what stands at a path like ``.options.field`` begins; 1 if unknown."""
        mark = self._marks.get(path)
        return mark.line + 1 if mark is not None else 1

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

    def report_within(self, path: str, words: str, before: int, message: Bilingual) -> None:
        """Report a mistake at some words of the text at ``path``: at those with ``before`` of the same before them."""
        mark, end = self._marks.get(path), self._ends.get(path)
        if mark is not None and end is not None:
            for number in range(mark.line, min(end.line + 1, len(self._lines))):
                first = mark.column if number == mark.line else 0
                last = end.column if number == end.line else len(self._lines[number])
                at = self._lines[number].find(words, first, last)
                while at >= 0:
                    if before == 0:
                        self.mistakes += 1
                        return self._say(message, Place(number, at), Place(number, at + len(words)))
                    before -= 1
                    at = self._lines[number].find(words, at + 1, last)
        return self.report(path, message)

    def add_note(self, note: Bilingual) -> None:
        """Add a line to the last mistake: what comes of it."""
        if self.problems:
            last = self.problems[-1]
            self.problems[-1] = Bilingual(f"{last.zh}\n{note.zh}", f"{last.en}\n{note.en}")

    def unknown(self, path: str, what: Bilingual, word: str, allowed: Sequence[str]) -> None:
        """Report a word that names nothing, with what is allowed and a guess."""
        self.report(path, no_such(what, word, allowed))

    # ------------------------------------------------------------------------ its type

    def holds(self, shape: type[Any]) -> Any:
        """Return the data as ``shape``; None after reporting everything in which it differs."""
        if self._empty:
            names = [field.encode_name for field in msgspec.structs.fields(shape) if field.required]
            zh, en = "文件是空的", "the file is empty"
            if names:
                zh = f"{zh}；里面要有 {'、'.join(names)}（plancheck new-rule 会写出一份能用的）"
                en = f"{en}; it has to hold {', '.join(names)} ('plancheck new-rule' writes one that works)"
            self._say(Bilingual(zh, en))
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
        except msgspec.ValidationError as error:  # what only msgspec checks
            said, _, at = str(error).partition(" - at `$")
            self.report(path + at.rstrip("`"), Bilingual(f"值不符合要求：{said}", said))
            return False
        return True

    def _compare(self, data: Any, wanted: inspect.Type, path: str, example: str = "") -> None:
        if isinstance(wanted, inspect.AnyType):
            return None
        if isinstance(wanted, inspect.Metadata):
            if (wanted.extra or {}).get("pattern") and isinstance(data, str) and (wrong := pattern_problem(data)):
                return self.report(path, wrong)
            examples = (wanted.extra_json_schema or {}).get("examples")
            return self._compare(data, wanted.type, path, str(examples[0]) if examples else example)
        if isinstance(wanted, inspect.UnionType):
            if data is None and wanted.includes_none:
                return None
            choices = [choice for choice in wanted.types if not isinstance(choice, inspect.NoneType)]
            return self._compare(data, next((c for c in choices if _is_of(data, c)), choices[0]), path, example)
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
                self._compare(key, wanted.key_type, f"{path}.{key}#key")
                self._compare(value, wanted.value_type, f"{path}.{key}")
        elif isinstance(wanted, inspect.TupleType):
            self._compare_tuple(data, wanted, path, example)
        elif isinstance(wanted, (inspect.VarTupleType, inspect.ListType)):
            if not isinstance(data, list):
                return self._wrong(data, "array", path)
            for index, value in enumerate(data):
                self._compare(value, wanted.item_type, f"{path}[{index}]")
            self._hold_bounds(len(data), wanted, path)
        elif (name := _scalar(wanted)) and not _is_scalar(data, name):
            self._wrong(data, name, path)
        elif isinstance(data, (str, int, float)):
            self._hold_bounds(len(data) if isinstance(data, str) else data, wanted, path)
        return None

    def _compare_tuple(self, data: Any, wanted: inspect.TupleType, path: str, example: str) -> None:
        """Compare with a list of so many values, each of its own type."""
        many = len(wanted.item_types)
        if not isinstance(data, list) or len(data) != many:
            got = _TYPE_NAMES.get(type(data), type(data).__name__)
            there = Bilingual(f"{_IN_CHINESE.get(got, got)}", f"`{got}`")
            if isinstance(data, list):
                there = Bilingual(f" {len(data)} 项", f"{len(data)}")
            zh, en = f"应为 {many} 项的列表，实为{there.zh}", f"Expected `array` of length {many}, got {there.en}"
            if example:
                zh, en = f"{zh}；例如 {example}", f"{en}; for example {example}"
            return self.report(path, Bilingual(zh, en))
        for index, (value, item) in enumerate(zip(data, wanted.item_types, strict=True)):
            self._compare(value, item, f"{path}[{index}]")
        return None

    def _hold_bounds(self, size: float, wanted: inspect.Type, path: str) -> None:
        """Report a number or a length that is too large or too small."""
        given = {name: bound for name in _BOUNDS if (bound := getattr(wanted, name, None)) is not None}
        broken = next((name for name, bound in given.items() if not _BOUNDS[name][0](size, bound)), None)
        if broken is None:
            return None
        if "ge" in given and "le" in given:
            low, high = given["ge"], given["le"]
            zh, en = f"应在 {low} 到 {high} 之间，实为 {size}", f"between {low} and {high} is needed, not {size}"
            return self.report(path, Bilingual(f"值不符合要求：{zh}", en))
        _, sign, zh = _BOUNDS[broken]
        en = f"Expected `{_scalar(wanted) or 'array'}` {sign} {given[broken]}"
        return self.report(path, Bilingual(f"值不符合要求：{zh} {given[broken]}", en))

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
        en = f"Expected `{wanted}`, got `{got}`"
        hint = text_hint(data) if isinstance(data, str) and wanted in ("object", "array") else None
        if isinstance(data, str) and wanted in ("int", "float") and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", data):
            hint = Bilingual(f"数不要加引号：{data}", f"a number takes no quotes: {data}")
        if hint is not None:
            zh, en = f"{zh}。{hint.zh}", f"{en}. {hint.en}"
        self.report(path, Bilingual(zh, en))


def _is_day(word: str) -> bool:
    try:
        return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False


class TooLong(Exception):
    """A file that is longer than a definition may be."""


class NotAFile(Exception):
    """A folder, a pipe, a device."""


class NotUtf8(Exception):
    """A file in another encoding, or none; ``encoding`` is a guess."""

    def __init__(self, encoding: str) -> None:
        super().__init__(encoding)
        self.encoding = encoding


def read_definition(path: Path) -> str:
    """Return the text of a definition; raises TooLong, NotAFile, NotUtf8 and OSError."""
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise NotAFile
    with path.open("rb") as file:
        data = file.read(MAX_LENGTH + 1)
    if len(data) > MAX_LENGTH:
        raise TooLong
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8(_encoding(data)) from None
    if text.count("\0") * 4 > len(text):
        raise NotUtf8("UTF-16")
    return text


def _encoding(data: bytes) -> str:
    """Return the encoding that a file seems to be in, empty if none is likely."""
    from checker.decoding import decode
    from checker.problems import Unreadable

    if data.count(0) * 4 > len(data):
        return "UTF-16"
    try:
        return decode(data)[1].upper()
    except Unreadable:  # a rule has more Latin letters than a draft, of which ``decode`` makes nothing
        pass
    try:
        return "GB18030" if data.decode("gb18030").replace("\r", "").replace("\n", "").isprintable() else ""
    except UnicodeDecodeError:
        return ""


def _is_of(data: Any, wanted: inspect.Type) -> bool:
    """Say whether data may be meant as one of the types that a field allows."""
    while isinstance(wanted, inspect.Metadata):
        wanted = wanted.type
    if isinstance(wanted, (inspect.VarTupleType, inspect.TupleType, inspect.ListType)):
        return isinstance(data, list)
    if isinstance(wanted, (inspect.StructType, inspect.DictType)):
        return isinstance(data, dict)
    name = _scalar(wanted)
    return name is not None and _is_scalar(data, name)


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
    bare = unquoted(word)
    if bare != word:
        zh = f"“{bare}”外面多了全角引号；直接写 {bare}，或用半角引号"
        en = f"full-width quotes around {bare!r}; write {bare}, or quotes of half width"
        return Bilingual(zh, en) if bare in allowed else no_such(what, bare, allowed)
    zh = f"没有名为“{word}”的{what.zh}；可用的：{'、'.join(allowed)}"
    en = f"no {what.en} named {word!r}; there are: {', '.join(allowed)}"
    if hint := text_hint(word):
        return Bilingual(f"{zh}。{hint.zh}", f"{en}. {hint.en}")
    if near := meant(word, allowed):
        zh += f"。您是不是想写“{near}”？"
        en += f". Did you mean {near!r}?"
    return Bilingual(zh, en)


def meant(word: str, allowed: Sequence[str]) -> str | None:
    """Return which of the words that are allowed may be meant: one like it, or what is Chinese for it."""
    near = get_close_matches(word, allowed, n=1)
    if near:
        return near[0]
    folded = next((one for one in allowed if one.lower() == word.strip().lower()), None)
    meanings = lexicon().rule_words.meanings
    known = [name for name in meanings if name in allowed]
    same = next((name for name in known if word in meanings[name]), None)
    return folded or same
