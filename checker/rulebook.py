"""Rules and packs, read from YAML: a rule is data, and a rule that lies is an error here.

Every mistake of a file is found at once, each with its line and column, what stands there,
what is allowed and the nearest correct spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from checker.checks import CheckType
from checker.model import Bilingual, Severity
from checker.nodes import KINDS, OPERATORS, compiled, path_problem
from checker.problems import BadRule


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of a plan on which a rule shows what it does."""

    plan: str
    why: str | None = None
    at: tuple[int, ...] = ()
    """Lines of the example at which a bad one is reported, counted from 1."""


class Examples(Struct, frozen=True, forbid_unknown_fields=True):
    """Good examples stay silent, bad ones are reported at exactly their lines."""

    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()


class RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``rules/<pack>/<rule>.yaml``."""

    title: str
    severity: Severity
    node: str
    check: str
    message: str
    title_en: str | None = None
    message_en: str | None = None
    where: dict[str, Any] = {}
    options: dict[str, Any] = {}
    unless: tuple[str, ...] = ()
    enabled: bool = True
    basis: str | None = None
    help: str | None = None
    examples: Examples = Examples()


class PackFile(Struct, frozen=True, forbid_unknown_fields=True):
    """``rules/<pack>/pack.yaml``."""

    title: str
    version: str
    title_en: str | None = None
    description: str | None = None
    applies_when: dict[str, Any] = {}
    """Conditions on the plan, as in ``where``; without them the pack applies to every plan."""


class Rule(Struct, frozen=True):
    """A rule that can run: its definition, its check type, its options with their types."""

    id: str
    pack: str
    definition: RuleFile
    check: CheckType
    options: Any

    def title(self, language: str) -> str:
        """Return the title in a language."""
        return self.definition.title_en or self.definition.title if language == "en" else self.definition.title

    def message(self, language: str) -> str:
        """Return the template of the message in a language."""
        given = self.definition
        return given.message_en or given.message if language == "en" else given.message


class Pack(Struct, frozen=True):
    """A pack and its rules in order of their names."""

    name: str
    definition: PackFile
    rules: tuple[Rule, ...]


class Rulebook(Struct, frozen=True):
    """All packs of a run, and what was wrong with files that could not be used."""

    packs: tuple[Pack, ...]
    problems: tuple[Bilingual, ...] = ()

    @property
    def rules(self) -> list[Rule]:
        """Every rule of every pack."""
        return [rule for pack in self.packs for rule in pack.rules]

    def pack(self, name: str) -> Pack:
        """Return a pack by its name."""
        return next(pack for pack in self.packs if pack.name == name)


def load(folders: Sequence[Path], checks: Mapping[str, CheckType]) -> Rulebook:
    """Return the packs in ``folders``; a file with a mistake is left out and named."""
    packs: list[Pack] = []
    problems: list[Bilingual] = []
    for folder in folders:
        for place in _pack_folders(folder):
            pack, wrong = _load_pack(place, checks)
            problems += wrong
            if pack is not None:
                packs.append(pack)
    known = {rule.id for pack in packs for rule in pack.rules}
    for pack in packs:
        for rule in pack.rules:
            for other in rule.definition.unless:
                if other not in known:
                    problems.append(_unknown(f"{rule.id}", "规则", "rule", other, sorted(known)))
    return Rulebook(tuple(sorted(packs, key=lambda pack: pack.name)), tuple(problems))


def _pack_folders(folder: Path) -> list[Path]:
    """Return the packs that a folder is or holds."""
    if (folder / "pack.yaml").is_file():
        return [folder]
    return sorted(path.parent for path in folder.glob("*/pack.yaml"))


def _load_pack(folder: Path, checks: Mapping[str, CheckType]) -> tuple[Pack | None, list[Bilingual]]:
    definition, problems = _read(folder / "pack.yaml", PackFile)
    if definition is None:
        return None, problems
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "pack.yaml":
            continue
        given, wrong = _read(path, RuleFile)
        problems += wrong
        if given is not None:
            rule, wrong = _make(path, folder.name, given, checks)
            problems += wrong
            if rule is not None:
                rules.append(rule)
    return Pack(folder.name, definition, tuple(rules)), problems


# ----------------------------------------------------------------------- reading a file


class _File:
    """A YAML file with the place of every key and value."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source = path.read_text(encoding="utf-8")
        self.lines = self.source.splitlines()
        self.problems: list[Bilingual] = []
        self.marks: dict[str, yaml.Mark] = {}

    def data(self) -> Any:
        """Return what the file says, or None after a mistake in its YAML."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self.source)
        try:
            root = loader.get_single_node()
            if root is None:
                self.report(None, Bilingual("文件是空的", "the file is empty"))
                return None
            self._note(root, "")
            return loader.construct_document(root)
        except yaml.MarkedYAMLError as error:
            what = error.problem or "YAML"
            self.report(error.problem_mark, Bilingual(f"不是正确的 YAML：{what}", f"not valid YAML: {what}"))
        finally:
            loader.dispose()
        return None

    def _note(self, node: yaml.Node, path: str) -> None:
        self.marks[path] = node.start_mark
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if key.value in seen:
                    self.report(key.start_mark, Bilingual(f"键“{key.value}”重复", f"duplicate key {key.value!r}"))
                seen.add(key.value)
                below = f"{path}.{key.value}"
                self.marks[f"{below}#key"] = key.start_mark
                self._note(value, below)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                self._note(value, f"{path}[{index}]")

    def report(self, mark: yaml.Mark | None, message: Bilingual) -> None:
        """Note a mistake at a place of the file, with the line and a caret under it."""
        if mark is None:
            where, shown = str(self.path), ""
        else:
            where = f"{self.path}:{mark.line + 1}:{mark.column + 1}"
            line = self.lines[mark.line] if mark.line < len(self.lines) else ""
            shown = f"\n    {line}\n    {' ' * mark.column}^"
        self.problems.append(Bilingual(f"{where}: {message.zh}{shown}", f"{where}: {message.en}{shown}"))

    def at(self, path: str) -> yaml.Mark | None:
        """Return the place of a key or value, or of the nearest thing around it."""
        while path not in self.marks and path:
            path = re.sub(r"(?:\.[^.\[]*|\[\d+\])$", "", path)
        return self.marks.get(path)


def _read(path: Path, shape: type[Any]) -> tuple[Any, list[Bilingual]]:
    """Return a definition of ``shape``, or None and every mistake."""
    try:
        file = _File(path)
    except (OSError, UnicodeDecodeError) as error:
        return None, [Bilingual(f"{path}: 无法读取（{error}）", f"{path}: cannot be read ({error})")]
    data = file.data()
    if data is None:
        return None, file.problems
    allowed = [field.encode_name for field in msgspec.structs.fields(shape)]
    if isinstance(data, dict):
        for key in data:
            if key not in allowed:
                guess = _guess(str(key), allowed)
                file.report(
                    file.at(f".{key}#key"),
                    Bilingual(
                        f"没有名为“{key}”的键；可用的键：{'、'.join(allowed)}{guess.zh}",
                        f"no key named {key!r}; keys: {', '.join(allowed)}{guess.en}",
                    ),
                )
        data = {key: value for key, value in data.items() if key in allowed}
    try:
        return _unless(file, msgspec.convert(data, shape)), file.problems
    except msgspec.ValidationError as error:
        _report_type(file, error, "")
        return None, file.problems


def _unless(file: _File, definition: Any) -> Any:
    return None if file.problems else definition


def _report_type(file: _File, error: msgspec.ValidationError, below: str) -> None:
    what, _, where = str(error).partition(" - at `$")
    path = below + where.rstrip("`").replace("[...]", "")
    file.report(file.at(path), Bilingual(f"类型不对：{_in_chinese(what)}", what))


def _in_chinese(what: str) -> str:
    found = re.match("Expected `(.*)`, got `(.*)`", what)
    if found:
        return f"应为 {found[1]}，实为 {found[2]}"
    found = re.match("Object missing required field `(.*)`", what)
    return f"缺少“{found[1]}”" if found else what


def _guess(word: str, allowed: Sequence[str]) -> Bilingual:
    near = get_close_matches(word, allowed, n=1)
    return Bilingual(f"。您是不是想写“{near[0]}”？", f". Did you mean {near[0]!r}?") if near else Bilingual("", "")


def _unknown(where: str, zh: str, en: str, word: str, allowed: Sequence[str]) -> Bilingual:
    guess = _guess(word, allowed)
    return Bilingual(
        f"{where}: 没有名为“{word}”的{zh}；可用的：{'、'.join(allowed)}{guess.zh}",
        f"{where}: no {en} named {word!r}; there are: {', '.join(allowed)}{guess.en}",
    )


# ----------------------------------------------------------------- from definition to rule


def _make(
    path: Path, pack: str, given: RuleFile, checks: Mapping[str, CheckType]
) -> tuple[Rule | None, list[Bilingual]]:
    """Return the rule that a definition makes, or None and every name in it that is not one."""
    file = _File(path)
    file.data()
    file.problems.clear()

    def unknown(at: str, zh: str, en: str, word: str, allowed: Sequence[str]) -> None:
        guess = _guess(word, allowed)
        file.report(
            file.at(at),
            Bilingual(
                f"没有名为“{word}”的{zh}；可用的：{'、'.join(allowed)}{guess.zh}",
                f"no {en} named {word!r}; there are: {', '.join(allowed)}{guess.en}",
            ),
        )

    if given.node not in KINDS:
        unknown(".node", "节点", "node", given.node, sorted(KINDS))
    check = checks.get(given.check)
    if check is None:
        unknown(".check", "检查类型", "check type", given.check, sorted(checks))
    if file.problems or check is None:
        return None, file.problems
    for wrong in where_problems(given.where, given.node):
        unknown(f".where.{wrong[0]}#key", "属性或条件", "attribute or condition", wrong[1], wrong[2])
    options: Any = None
    allowed = [field.encode_name for field in msgspec.structs.fields(check.options)]
    for key in given.options:
        if key not in allowed:
            unknown(f".options.{key}#key", "选项", "option", key, allowed)
    if not file.problems:
        try:
            options = msgspec.convert(given.options, check.options)
        except msgspec.ValidationError as error:
            _report_type(file, error, ".options")
    fields = {*KINDS[given.node].attributes, *check.fields, "count"}
    for key, template in (("message", given.message), ("message_en", given.message_en or "")):
        for name in _fields_of(template):
            if name not in fields:
                unknown(f".{key}", "消息字段", "message field", name, sorted(fields))
    for pattern, key in _patterns_in(given.where):
        try:
            compiled(pattern)
        except BadRule as error:
            file.report(file.at(f".where.{key}"), error.message)
    if file.problems:
        return None, file.problems
    return Rule(f"{pack}/{path.stem}", pack, given, check, options), []


def _fields_of(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def where_problems(where: Mapping[str, Any], kind: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield key, wrong word and allowed words for each mistake in the conditions of a rule."""
    for path, wanted in where.items():
        wrong = path_problem(kind, path)
        if wrong:
            yield path, wrong[0], wrong[1]
        if isinstance(wanted, Mapping):
            for operator in wanted:
                if operator not in OPERATORS:
                    yield path, str(operator), list(OPERATORS)


def _patterns_in(where: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for path, wanted in where.items():
        if isinstance(wanted, Mapping) and isinstance(wanted.get("matches"), str):
            yield wanted["matches"], path
