"""Rules and packs, read from YAML: a rule is data, and a rule that lies is an error here.

Every mistake of a file is found at once, each with its line and column, what stands there,
what is allowed and the nearest correct spelling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
from msgspec import Struct

from checker.checks import CheckType
from checker.definitions import Definition
from checker.model import Bilingual, Severity
from checker.nodes import KINDS, OPERATORS, VALUES, compiled, path_problem
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
    files: dict[str, Definition] = {}
    for folder in folders:
        for place in _pack_folders(folder):
            pack = _load_pack(place, checks, problems, files)
            if pack is not None:
                packs.append(pack)
    known = sorted(rule.id for pack in packs for rule in pack.rules)
    for rule_id, file in files.items():
        rule = next(rule for pack in packs for rule in pack.rules if rule.id == rule_id)
        for index, other in enumerate(rule.definition.unless):
            if other not in known:
                file.unknown(f".unless[{index}]", Bilingual("规则", "rule"), other, known)
        problems += file.problems
    return Rulebook(tuple(sorted(map(_without(files), packs), key=lambda pack: pack.name)), tuple(problems))


def _without(files: Mapping[str, Definition]) -> Callable[[Pack], Pack]:
    """Return a function that takes the rules with mistakes out of a pack."""

    def sound(pack: Pack) -> Pack:
        return Pack(pack.name, pack.definition, tuple(rule for rule in pack.rules if not files[rule.id].problems))

    return sound


def _pack_folders(folder: Path) -> list[Path]:
    """Return the packs that a folder is or holds."""
    if (folder / "pack.yaml").is_file():
        return [folder]
    return sorted(path.parent for path in folder.glob("*/pack.yaml"))


def _load_pack(
    folder: Path, checks: Mapping[str, CheckType], problems: list[Bilingual], files: dict[str, Definition]
) -> Pack | None:
    """Return a pack; what is wrong with its files goes to ``problems``."""
    file = Definition(folder / "pack.yaml")
    definition: PackFile | None = file.holds(PackFile)
    if definition is not None:
        _check_where(file, ".applies_when", definition.applies_when, "plan")
    problems += file.problems
    if definition is None or file.problems:
        return None
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "pack.yaml":
            continue
        file = Definition(path)
        rule = _rule(file, folder.name, checks)
        problems += file.problems
        if rule is not None:
            rules.append(rule)
            files[rule.id] = file
    return Pack(folder.name, definition, tuple(rules))


# ----------------------------------------------------------------------------- one rule


def _rule(file: Definition, pack: str, checks: Mapping[str, CheckType]) -> Rule | None:
    """Return the rule in a file, or None after reporting every mistake in it."""
    given: RuleFile | None = file.holds(RuleFile)
    raw = file.data if isinstance(file.data, dict) and not file.ambiguous else {}
    node, check = raw.get("node"), checks.get(str(raw.get("check")))
    if isinstance(node, str) and node not in KINDS:
        file.unknown(".node", Bilingual("节点", "node"), node, sorted(KINDS))
    if isinstance(raw.get("check"), str) and check is None:
        file.unknown(".check", Bilingual("检查类型", "check type"), raw["check"], sorted(checks))
    if not isinstance(node, str) or node not in KINDS or check is None:
        return None
    if isinstance(raw.get("where"), dict):
        _check_where(file, ".where", raw["where"], node)
    _check_options(file, raw.get("options", {}), node, check)
    for key in ("message", "message_en"):
        if isinstance(raw.get(key), str):
            _check_message(file, key, raw[key], {*KINDS[node].attributes, *check.fields, "count"})
    if given is None or file.problems:
        return None
    return Rule(f"{pack}/{file.path.stem}", pack, given, check, msgspec.convert(given.options, check.options))


def _check_options(file: Definition, options: Any, node: str, check: CheckType) -> None:
    """Report options that the check type does not have, or that name no attribute of the node."""
    if not isinstance(options, dict):
        return
    allowed = {field.encode_name: field for field in msgspec.structs.fields(check.options)}
    for key in options:
        if key not in allowed:
            file.unknown(f".options.{key}#key", Bilingual("选项", "option"), str(key), list(allowed))
    file.compare(check.options, ".options", options)
    known = {key: value for key, value in options.items() if key in allowed}
    for key, value in known.items():
        if key in check.attributes:
            for path in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
                _check_attribute(file, f".options.{key}", str(path), node)


def _check_attribute(file: Definition, at: str, path: str, node: str) -> bool:
    wrong = path_problem(node, path)
    if wrong:
        file.unknown(at, Bilingual("属性", "attribute"), wrong[0], wrong[1])
    return wrong is None


def _check_message(file: Definition, key: str, template: str, fields: set[str]) -> None:
    """Report a message that cannot be filled in."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError as error:
        file.report(f".{key}", Bilingual(f"消息里的花括号不成对：{error}", f"braces of the message: {error}"))
        return
    for name in names:
        if name not in fields:
            file.unknown(f".{key}", Bilingual("消息字段", "message field"), name, sorted(fields))


def _check_where(file: Definition, at: str, where: Mapping[str, Any], node: str) -> None:
    """Report conditions on attributes that are none, with operators or values that are none."""
    for path, wanted in where.items():
        if not _check_attribute(file, f"{at}.{path}#key", str(path), node):
            continue
        if isinstance(wanted, Mapping):
            for operator, operand in wanted.items():
                _check_operator(file, f"{at}.{path}", str(operator), operand)
            continue
        values = VALUES.get(str(path).rpartition(".")[2])
        for value in wanted if isinstance(wanted, list) else [wanted]:
            if values and value not in values:
                file.unknown(f"{at}.{path}", Bilingual("值", "value"), str(value), list(values))


def _check_operator(file: Definition, at: str, operator: str, operand: Any) -> None:
    if operator not in OPERATORS:
        file.unknown(f"{at}.{operator}#key", Bilingual("条件", "condition"), operator, list(OPERATORS))
        return
    wanted: dict[str, type] = {"matches": str, "missing": bool}
    file.compare(wanted.get(operator, float), f"{at}.{operator}", operand)
    if operator == "matches" and isinstance(operand, str):
        try:
            compiled(operand)
        except BadRule as error:
            file.report(f"{at}.{operator}", error.message)
