"""What a rule and a pack want, in words: what ``plancheck explain`` and the manual both say.

Words come in both languages and values as they stand in the rule; neither is escaped for a
terminal or for Markdown yet, that is for whoever prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from checker.checks import CheckType
from checker.model import Bilingual
from checker.rule_files import Example, PackFile, RuleFile

LOOKS_AT = Bilingual("检查", "looks at")
LOOKS_AT_TOO = Bilingual("还检查", "also looks at")
HOLDS_WHEN = Bilingual("要求", "holds when")
OPTIONS = Bilingual("选项", "options")
LAYOUT = Bilingual("版面", "layout")
MESSAGE = Bilingual("消息", "message")
BASIS = Bilingual("依据", "basis")
SILENT_WHERE = Bilingual("让位于", "silent where")
ENABLED = Bilingual("启用", "enabled")
GOOD = Bilingual("好例子", "good examples")
BAD = Bilingual("坏例子", "bad examples")
PACK = Bilingual("规则包", "pack")
APPLIES = Bilingual("适用", "applies")
EXTENDS = Bilingual("基于", "extends")
CHANGES = Bilingual("改动的规则", "changes")
ALWAYS = Bilingual("总是", "always")
ONLY_BY_ID = Bilingual("只有点名才执行", "only when selected by id")
DEFAULT = Bilingual("默认", "default")
REQUIRED = Bilingual("必须写", "required")

_RELATIONS = {
    "matches": Bilingual("匹配", "matches"),
    "lacks": Bilingual("不匹配", "does not match"),
    "missing": Bilingual("缺失", "missing"),
    "lt": Bilingual("<", "<"),
    "le": Bilingual("≤", "≤"),
    "gt": Bilingual(">", ">"),
    "ge": Bilingual("≥", "≥"),
}
_EQUALS = Bilingual("=", "=")


class Condition(NamedTuple):
    """What is wanted of an attribute: each relation with the values that it may have."""

    path: str
    wanted: tuple[tuple[Bilingual, tuple[str, ...]], ...]


class Option(NamedTuple):
    """An option of a check type, as a rule has it."""

    name: str
    value: str | None
    """As YAML on one line; None where it must be written and is not."""
    by_default: bool
    description: Bilingual


def conditions(given: Mapping[str, Any]) -> list[Condition]:
    """Return what ``where`` or ``applies_when`` asks for."""
    return [Condition(path, _wanted(wanted)) for path, wanted in given.items()]


def _wanted(wanted: Any) -> tuple[tuple[Bilingual, tuple[str, ...]], ...]:
    if isinstance(wanted, Mapping):
        return tuple((_RELATIONS[name], (_shown(operand),)) for name, operand in wanted.items())
    values = wanted if isinstance(wanted, list) else [wanted]
    return ((_EQUALS, tuple(map(_shown, values))),)


def _shown(given: Any) -> str:
    """Return a value of a condition as a rule has it."""
    return str(given).lower() if isinstance(given, bool) else str(given)


def years(pack: PackFile) -> str:
    """Return the years of plans that a pack is for; nothing if it is for all."""
    return f"{pack.valid[0]}—{pack.valid[1]}" if pack.valid is not None else ""


def options(check: CheckType, given: Mapping[str, Any]) -> list[Option]:
    """Return the options of a check type with their values: the rule's, else the defaults."""
    found = []
    for field in msgspec.inspect.type_info(check.options).fields:  # type: ignore[attr-defined]
        name, value = field.encode_name, None
        if name in given:
            value = as_yaml(given[name])
        elif not field.required:
            value = as_yaml(field.default)
        found.append(Option(name, value, name not in given and not field.required, _description(field.type)))
    return found


def _description(wanted: msgspec.inspect.Type) -> Bilingual:
    """Return the two halves of ``中文 / English``; the whole twice if there is no other half."""
    if not isinstance(wanted, msgspec.inspect.Metadata):
        return Bilingual("", "")
    zh, _, en = (wanted.extra_json_schema or {}).get("description", "").partition(" / ")
    return Bilingual(zh, en or zh)


def as_yaml(given: Any) -> str:
    """Return a value as it would stand in a rule, on one line."""
    import yaml

    plain = msgspec.to_builtins(given) if given is not msgspec.NODEFAULT else None
    text: str = yaml.safe_dump(plain, allow_unicode=True, default_flow_style=True, width=10_000)
    text = text.removesuffix("...\n").strip()
    # YAML folds a text of several lines; as JSON, which is YAML too, it stays on one.
    return msgspec.json.encode(plain).decode() if "\n" in text else text


def changes(before: RuleFile, after: RuleFile) -> list[tuple[str, str]]:
    """Return what a pack makes of a rule: keys with their new values."""
    found = [
        (key, as_yaml(value))
        for key, value in after.options.items()
        if key not in before.options or value != before.options[key]
    ]
    found += [
        (name, as_yaml(getattr(after, name)))
        for name in ("severity", "enabled")
        if getattr(after, name) != getattr(before, name)
    ]
    messages = (("message", before.message, after.message), ("message_en", before.message_en, after.message_en))
    return found + [(name, new) for name, old, new in messages if new and new != old]


def trial(example: Example) -> list[tuple[Bilingual, str]]:
    """Return what an example is tried with beside its text, each as YAML: other options, a layout."""
    given = [(OPTIONS, example.options), (LAYOUT, example.layout)]
    return [(what, as_yaml(one)) for what, one in given if one]


def numbered_lines(example: Example) -> list[str]:
    """Return the lines of an example with their numbers; those where something is reported begin with ``>``."""
    lines = example.plan.splitlines()
    width = len(str(len(lines)))
    return [
        f"{'>' if number in example.at else ' '} {number:{width}} │ {line}".rstrip()
        for number, line in enumerate(lines, start=1)
    ]
