"""Everything that can be wrong with one rule file or one pack file.

Every mistake of a file is found at once, each with its line and column, what stands there,
what is allowed and the nearest correct spelling: a rule that could only stay silent is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from typing import Any

import msgspec

from checker.checks import CheckType
from checker.conditions import OPERATORS, RELATIONS, is_day
from checker.definitions import Definition, meant, no_such
from checker.kinds import KINDS, Attribute
from checker.model import Bilingual
from checker.nodes import attribute, path_problem
from checker.patterns import compiled, pattern_problem
from checker.rule_files import Example, LookFile, RuleFile
from checker.soundness import RAISED, of_plugin, raised

# Not ``..``, which is a folder, nor ``-x``, which is an option.
_NAME = re.compile(r"\w[\w.-]*")


def name_problem(name: str) -> Bilingual | None:
    """Return what is wrong with the name of a pack or rule; None if it can be selected by it."""
    if _NAME.fullmatch(name) and name != "all":
        return None
    zh = f"名称“{name}”不能用：用字母、数字或汉字开头，后面还可用 -、_ 和 .，也不能是 all"
    return Bilingual(zh, f"{name!r} is no name: a letter or digit, then also -, _ and ., and not 'all'")


# ----------------------------------------------------------------------------- one rule


def read_rule(file: Definition, checks: Mapping[str, CheckType]) -> RuleFile | None:
    """Return the rule in a file, or None after reporting every mistake in it."""
    given: RuleFile | None = file.holds(RuleFile)
    if wrong := name_problem(file.path.stem):
        file.report("", wrong)
    raw = file.data if isinstance(file.data, dict) and not file.ambiguous else {}
    examples = _key_of("examples", raw, RuleFile)
    _check_examples(file, f".{examples}", raw.get(examples))
    applies_when = _key_of("applies_when", raw, RuleFile)
    if isinstance(raw.get(applies_when), dict):
        check_where(file, f".{applies_when}", raw[applies_when], "plan")
    seen = _check_look(file, "", raw, RuleFile, checks)
    _check_messages(file, "", raw, RuleFile, *seen)
    _check_example_options(file, f".{examples}", raw.get(examples), *seen)
    also = _key_of("also", raw, RuleFile)
    for index, look in enumerate(raw[also] if isinstance(raw.get(also), list) else ()):
        if isinstance(look, dict):
            at = f".{also}[{index}]"
            seen = _check_look(file, at, look, LookFile, checks)
            _check_messages(file, at, look, LookFile, *seen)
            if _key_of("message", look, LookFile) not in look:  # the rule's own has to do here, too
                _check_messages(file, "", raw, RuleFile, *seen)
    return None if given is None or file.problems else given


def _check_look(
    file: Definition, at: str, raw: Mapping[Any, Any], shape: type[msgspec.Struct], checks: Mapping[str, CheckType]
) -> tuple[str | None, CheckType | None, Any]:
    """Report what is wrong with one look of a rule; return its kind of node, check type and options, if any."""
    key = {name: _key_of(name, raw, shape) for name in ("node", "check", "where", "options")}
    kind, check = raw.get(key["node"]), checks.get(str(raw.get(key["check"])))
    if isinstance(kind, str) and kind not in KINDS:
        file.unknown(f"{at}.{key['node']}", Bilingual("节点", "node"), kind, sorted(KINDS))
    if isinstance(raw.get(key["check"]), str) and check is None:
        file.unknown(f"{at}.{key['check']}", Bilingual("检查类型", "check type"), raw[key["check"]], sorted(checks))
    known = kind if isinstance(kind, str) and kind in KINDS else None
    where = raw.get(key["where"])
    if known and isinstance(where, dict):
        check_where(file, f"{at}.{key['where']}", where, known)
    options = None
    if known and check:
        _check_looks_at(file, f"{at}.{key['node']}", known, check)
        options = check_options(file, f"{at}.{key['options']}", raw.get(key["options"], {}), known, check)
    return known, check, options


def _check_messages(
    file: Definition,
    at: str,
    raw: Mapping[Any, Any],
    shape: type[msgspec.Struct],
    kind: str | None,
    check: CheckType | None,
    options: Any,
) -> None:
    for name in ("message", "message_en"):
        key = _key_of(name, raw, shape)
        if isinstance(raw.get(key), str):
            check_message(file, f"{at}.{key}", raw[key], kind, check, options)


def _key_of(name: str, raw: Mapping[Any, Any], shape: type[msgspec.Struct]) -> str:
    """Return the key under which a field stands: its name, or a misspelt key that obviously means it."""
    fields = [field.encode_name for field in msgspec.structs.fields(shape)]
    others = [key for key in raw if isinstance(key, str) and key not in fields]
    return name if name in raw else next((key for key in others if meant(key, fields) == name), name)


def _check_looks_at(file: Definition, at: str, kind: str, check: CheckType) -> None:
    if check.nodes and kind not in check.nodes:
        zh = f"检查类型“{check.name}”不能用于 {kind}；可用的节点：{'、'.join(check.nodes)}"
        file.report(
            at, Bilingual(zh, f"check type {check.name!r} cannot look at {kind}, only at {', '.join(check.nodes)}")
        )


def _check_examples(file: Definition, path: str, examples: Any) -> None:
    """Report a bad example that says nowhere what is wrong with it, and lines that it does not have."""
    for index, example in _examples_in(examples, "bad"):
        at, key = f"{path}.bad[{index}]", _key_of("at", example, Example)
        reported = example.get(key, [])
        if reported == []:
            zh = "坏例子没有毛病：用 at 写明应在第几行报告；没有毛病的例子放到 good 里"
            file.report(at, Bilingual(zh, "a bad example without a defect: say in 'at' at which lines it is reported"))
        plan = example.get("plan")
        lines = len(plan.splitlines()) if isinstance(plan, str) else 0
        for number in reported if isinstance(reported, list) and lines else ():
            if type(number) is int and not 1 <= number <= lines:
                zh = f"例子只有 {lines} 行，没有第 {number} 行"
                file.report(f"{at}.{key}", Bilingual(zh, f"the example has {lines} lines, there is no line {number}"))
    for index, example in _examples_in(examples, "good"):
        if example.get("at"):
            zh = "好例子不会被报告，不要写 at；有毛病的例子放到 bad 里"
            file.report(f"{path}.good[{index}].at", Bilingual(zh, "a good example is not reported: it has no 'at'"))


def _check_example_options(
    file: Definition, path: str, examples: Any, kind: str | None, check: CheckType | None, options: Any
) -> None:
    """Report options of examples that the rule's check type does not take."""
    if kind is None or check is None or options is None:
        return
    own: Any = None
    with _asking(check, file, path):
        own = msgspec.to_builtins(options)
    for name in ("good", "bad"):
        for index, example in _examples_in(examples, name):
            if given := example.get(_key_of("options", example, Example)):
                check_options(file, f"{path}.{name}[{index}].options", given, kind, check, own)


def _examples_in(examples: Any, kind: str) -> list[tuple[int, dict[Any, Any]]]:
    """Return the good or bad examples of a rule with mistakes, as far as they are some."""
    given = examples.get(kind) if isinstance(examples, dict) else None
    return [(index, one) for index, one in enumerate(given) if isinstance(one, dict)] if isinstance(given, list) else []


def check_options(file: Definition, at: str, options: Any, kind: str, check: CheckType, base: Any = None) -> Any:
    """Return the options as the check type's own, or None after reporting what is wrong with them.

    Reported are options that the check type does not have, have the wrong type, or name no fitting attribute.

    ``base`` are the options of the rule that is changed, where these are a pack's changes to it.
    """
    with _asking(check, file, at):
        return _checked_options(file, at, options, kind, check, base)
    return None


@contextmanager
def _asking(check: CheckType, file: Definition, at: str) -> Iterator[None]:
    """Report what a check type of a third party raises, or returns, that it may not when it is asked of its options."""
    try:
        yield
    except RAISED as error:
        if check.origin is None:
            raise
        zh, en = f"的检查类型“{check.name}”", f"(check type {check.name!r})"
        said = raised(error)
        file.report(at, of_plugin(check.origin, Bilingual(f"{zh}{said.zh}", f"{en} {said.en}")))


def _checked_options(file: Definition, at: str, options: Any, kind: str, check: CheckType, base: Any) -> Any:
    if not isinstance(options, dict):
        return None
    before = file.mistakes
    fields = [field.encode_name for field in msgspec.structs.fields(check.options)]
    for key in options:
        if key not in fields:
            file.unknown(f"{at}.{key}#key", Bilingual("选项", "option"), str(key), fields)
    whole = {**(base or {}), **options}
    fits = file.compare(check.options, at, whole)
    for key, given in options.items():
        for path in [given] if isinstance(given, str) else given if isinstance(given, list) else []:
            if key in check.attributes and _check_attribute(file, f"{at}.{key}", str(path), kind):
                _check_shape(file, f"{at}.{key}", str(path), kind, check.attributes[key])
    if not fits or file.mistakes > before:
        return None
    typed = msgspec.convert(whole, check.options)
    for name, wrong in check.mistakes(typed, kind) if check.mistakes is not None else ():
        file.report(f"{at}.{name}" if name else at, wrong)
    return typed if file.mistakes == before else None


def _check_attribute(file: Definition, at: str, path: str, kind: str) -> bool:
    wrong = path_problem(kind, path)
    if wrong:
        file.unknown(at, Bilingual("属性", "attribute"), wrong[0], wrong[1])
    return wrong is None


def _check_shape(file: Definition, at: str, path: str, kind: str, shapes: Sequence[str]) -> None:
    found = attribute(kind, path)
    if found is not None and shapes and found.shape not in shapes:
        zh = f"属性“{path}”是{_SHAPES[found.shape].zh}，这里要用{'或'.join(_SHAPES[shape].zh for shape in shapes)}"
        wanted = " or ".join(_SHAPES[shape].en for shape in shapes)
        file.report(at, Bilingual(zh, f"attribute {path!r} is {_SHAPES[found.shape].en}; needed is {wanted}"))


_SHAPES = {
    "text": Bilingual("文字", "a text"),
    "number": Bilingual("数", "a number"),
    "flag": Bilingual("是非值", "true or false"),
    "texts": Bilingual("文字列表", "a list of texts"),
    "date": Bilingual("日期", "a day"),
    "node": Bilingual("节点", "a node"),
    "nodes": Bilingual("节点列表", "a list of nodes"),
}


# ----------------------------------------------------------------------------- messages


_BRACES = re.compile(r"\{\{|\}\}|\{(?P<field>[^{}]*)\}|(?P<alone>[{}])|｛\s*(?P<wide>[A-Za-z_][\w.]*)\s*[｝}]")


def check_message(
    file: Definition, at: str, template: str, kind: str | None, check: CheckType | None, options: Any = None
) -> None:
    """Report a message that cannot be filled in; what it may name can depend on the ``options``.

    Without a kind and a check type only its braces are looked at.
    """
    seen, allowed = "", None
    if kind is not None and check is not None:
        given, about_node = check.fields, check.gives_node
        if check.message_fields is not None and options is not None:
            with _asking(check, file, at):
                names, about_node = check.message_fields(options)
                given = tuple(map(str, names))
        seen = kind if about_node else "plan"
        allowed = sorted({*KINDS[seen].attributes, *given, "count"})
    unbalanced = False
    for found in _BRACES.finditer(template):
        wrong = None
        if found["alone"] and not unbalanced:
            unbalanced = True
            wrong = _unbalanced(found["alone"], template[found.end() :])
        elif found["wide"]:
            zh = f"有全角花括号“{found[0]}”，不会填入内容；写成 {{{found['wide']}}}"
            wrong = Bilingual(zh, f"full-width braces {found[0]!r} are not filled in; write {{{found['wide']}}}")
        elif found["field"] is not None:
            wrong = _field_problem(found["field"], seen, allowed)
        if wrong is not None:
            file.report_within(at, found[0], template.count(found[0], 0, found.start()), wrong)


def _unbalanced(brace: str, behind: str) -> Bilingual:
    name = re.match(r"\s*([A-Za-z_][\w.]*)", behind) if brace == "{" else None
    other = "没有闭合" if brace == "{" else "前面没有“{”"
    zh = f"消息里的花括号不成对：“{brace}”{other}"
    en = f"braces of the message: {brace!r} " + ("is never closed" if brace == "{" else "closes nothing")
    if name:
        return Bilingual(f"{zh}；您是不是想写 {{{name[1]}}}？", f"{en}; did you mean {{{name[1]}}}?")
    return Bilingual(f"{zh}；要写花括号本身就写两个：{brace * 2}", f"{en}; for the brace itself write {brace * 2}")


def _field_problem(field: str, seen: str, allowed: Sequence[str] | None) -> Bilingual | None:
    name = re.split(r"[!:\[]", field)[0]
    if name != field:
        zh = f"消息字段“{name}”后面不能有格式说明：只写 {{{name}}}"
        return Bilingual(zh, f"message field {name!r} takes no format: write {{{name}}} only")
    if allowed is not None and name not in allowed and path_problem(seen, name):
        return no_such(Bilingual("消息字段", "message field"), name, allowed)
    return None


# --------------------------------------------------------------------------- conditions


def check_where(file: Definition, at: str, where: Mapping[Any, Any], kind: str) -> None:
    """Report conditions that can never hold: unknown attributes, operators, values, values of another type."""
    for path, wanted in where.items():
        place = f"{at}.{path}"
        if not _check_attribute(file, f"{place}#key", str(path), kind):
            continue
        found = attribute(kind, str(path))
        assert found is not None
        if isinstance(wanted, Mapping):
            if not wanted:
                file.report(place, Bilingual("条件是空的", "the condition is empty"))
            for operator, operand in wanted.items():
                _check_operator(file, place, str(operator), operand, found)
            _check_together(file, place, wanted)
            continue
        if isinstance(wanted, list) and not wanted:
            file.report(place, Bilingual("列表是空的，没有节点符合", "the list is empty: no node fits"))
        for index, one in enumerate(wanted if isinstance(wanted, list) else [wanted]):
            _check_value(file, f"{place}[{index}]" if isinstance(wanted, list) else place, one, found)


def _check_together(file: Definition, at: str, wanted: Mapping[Any, Any]) -> None:
    """Report operators that contradict one another: {gt: 5, lt: 3}, {matches: …, missing: true}."""
    if wanted.get("missing") is True and len(wanted) > 1:
        zh = "missing: true 不能与别的条件同用：缺失的内容不会符合别的条件"
        file.report(at, Bilingual(zh, "missing: true goes with no other condition: what is missing fits none"))
    low = [(wanted[name], name == "gt") for name in ("gt", "ge") if name in wanted]
    high = [(wanted[name], name == "lt") for name in ("lt", "le") if name in wanted]
    for (least, above), (most, below) in product(low, high):
        if type(least) is type(most) and (least > most or (least == most and (above or below))):
            zh = f"没有值同时符合：大于 {least!r} 又小于 {most!r}"
            file.report(at, Bilingual(zh, f"no value is above {least!r} and below {most!r}"))


def _check_value(file: Definition, at: str, given: Any, found: Attribute) -> None:
    if given is None or given == "":
        zh = "没有值的条件写成 {missing: true}"
        file.report(at, Bilingual(zh, "for what is missing write {missing: true}"))
    elif found.shape in ("node", "nodes"):
        zh = f"这里是{_SHAPES[found.shape].zh}，只能用 missing，或用路径写明它的属性"
        file.report(
            at, Bilingual(zh, f"this is {_SHAPES[found.shape].en}: only 'missing', or a path to an attribute of it")
        )
    elif isinstance(given, str) and given != given.strip():
        zh = f"值“{given}”首尾有空格，不会符合；写成“{given.strip()}”"
        file.report(at, Bilingual(zh, f"{given!r} has blanks at its ends and never fits; write {given.strip()!r}"))
    elif found.values and given not in found.values:
        file.unknown(at, Bilingual("值", "value"), str(given), list(found.values))
    elif not _is_of(given, found.shape):
        _wrong_type(file, at, given, found)


def _is_of(given: Any, shape: str) -> bool:
    if shape == "number":
        return isinstance(given, (int, float)) and not isinstance(given, bool) and given == given
    if shape == "flag":
        return isinstance(given, bool)
    if shape == "date":
        return isinstance(given, str) and is_day(given)
    return isinstance(given, str)


def _wrong_type(file: Definition, at: str, given: Any, found: Attribute) -> None:
    wanted = {"number": "数", "flag": "true 或 false", "date": "日期，如 '2021-12-20'"}.get(found.shape, "文字")
    wanted_en = {"number": "a number", "flag": "true or false", "date": "a day like '2021-12-20'"}.get(
        found.shape, "a text"
    )
    zh = f"值的类型不对，永远不会符合：应为{wanted}，实为 {given!r}"
    file.report(at, Bilingual(zh, f"a value of the wrong type, which never fits: {wanted_en} is needed, not {given!r}"))


def _check_operator(file: Definition, at: str, operator: str, operand: Any, found: Attribute) -> None:
    allowed = _operators(found)
    place = f"{at}.{operator}"
    if operator not in OPERATORS:
        file.unknown(f"{place}#key", Bilingual("条件", "condition"), operator, allowed)
    elif operator not in allowed:
        zh = f"{_SHAPES[found.shape].zh}不能用 {operator}；可用的：{'、'.join(allowed)}"
        file.report(
            f"{place}#key", Bilingual(zh, f"{operator} is not for {_SHAPES[found.shape].en}: {', '.join(allowed)}")
        )
    elif operator in RELATIONS:
        if not _is_of(operand, found.shape):
            _wrong_type(file, place, operand, found)
    elif operator == "missing":
        file.compare(bool, place, operand)
    elif not isinstance(operand, str):
        file.compare(str, place, operand)
    elif wrong := pattern_problem(operand):
        file.report(place, wrong)
    elif found.values and not any(compiled(operand).search(one) for one in found.values):
        zh = f"正则表达式“{operand}”不匹配任何可能的值：{'、'.join(found.values)}"
        file.report(place, Bilingual(zh, f"pattern {operand!r} matches none of the values: {', '.join(found.values)}"))


def _operators(found: Attribute) -> list[str]:
    """Return the operators that make sense for an attribute."""
    if found.shape in ("text", "texts"):
        return ["matches", "lacks", "missing"]
    return ["missing", *RELATIONS] if found.shape in ("number", "date") else ["missing"]
