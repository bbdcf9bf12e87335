"""Conditions on nodes: what ``where`` and ``applies_when`` mean.

``{section.role: [actions, projects], year: {ge: 2021}}``: attribute paths, each with a value, a list
of values, or operators; all of them have to hold. For an attribute with several values (``leads``)
a condition holds if one of them fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from types import NoneType
from typing import Any

from checker.folding import fold, simplified
from checker.formalities import Stretch
from checker.model import Plan
from checker.nodes import column, nodes_of, value
from checker.patterns import lines_with, search
from checker.view import view

Where = Mapping[str, Any]

_FEW = 4
"""So many different texts are as quickly searched one by one."""

RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}
OPERATORS = ("matches", "lacks", "missing", *RELATIONS)


def chosen(plan: Plan, kind: str, where: Where) -> list[Any]:
    """Return the nodes of a kind that fit all conditions of ``where``."""
    tests = {path: _test(condition) for path, condition in where.items()}
    for path in [path for path in tests if path.startswith("plan.")]:  # the same for all nodes
        if not tests.pop(path)(value(plan, path.removeprefix("plan."), plan)):
            return []
    nodes: Sequence[Any] = nodes_of(plan, kind)
    for path, fits in tests.items():
        nodes = _fitting(nodes, path, where[path], fits, plan)
    return list(nodes)


def _fitting(nodes: Sequence[Any], path: str, condition: Any, fits: Callable[[Any], bool], plan: Plan) -> Sequence[Any]:
    """Return the nodes whose value at a path fits a condition.

    A pattern is searched for in the texts of all nodes at once: few are left to ask one by one.
    """
    searched = _only_pattern(condition)
    if searched and path in ("text", "written") and nodes and isinstance(nodes[0], Stretch):
        pattern, lacking = searched
        may = {id(one) for folded in (False, True) for one in view(plan).with_match(nodes, pattern, path, folded)}
        return [one for one in nodes if (fits(value(one, path, plan)) if id(one) in may else lacking)]
    values = column(nodes, path, plan)
    if values and not isinstance(values[0], (str, int, NoneType)):
        return [node for node, one in zip(nodes, values, strict=True) if fits(one)]
    different = set(values)
    known: dict[Any, bool] = {}
    if searched and len(different) > _FEW:
        pattern, lacking = searched
        texts = [one for one in different if one and isinstance(one, str)]
        known = dict.fromkeys(set(texts).difference(_may_match(pattern, texts)), lacking)
    known |= {one: fits(one) for one in different if one not in known}
    return [node for node, one in zip(nodes, values, strict=True) if known[one]]


def _only_pattern(condition: Any) -> tuple[str, bool] | None:
    """Return the pattern that a condition consists of, and whether it has to be lacking."""
    if not isinstance(condition, Mapping) or len(condition) != 1:
        return None
    ((operator, pattern),) = condition.items()
    return (pattern, operator == "lacks") if operator in ("matches", "lacks") else None


def _may_match(pattern: str, texts: Sequence[str]) -> Iterable[str]:
    """Return those of many texts that a pattern may match, in the widths in which they are written or in the usual."""
    whole = simplified("\n".join(texts))
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    each_is_a_line = whole.count("\n") == len(texts) - 1
    found = lines_with(pattern, whole, starts, each_is_a_line)
    more = found if (folded := fold(whole)) == whole else lines_with(pattern, folded, starts, each_is_a_line)
    return texts if found is None or more is None else [texts[number] for number in found | more]


def is_missing(actual: Any) -> bool:
    """Say whether a value is none: not there, or empty."""
    return actual is None or actual == () or actual == ""


def is_day(text: str) -> bool:
    """Say whether a text is a day as attributes hold them: 2021-12-20."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _test(condition: Any) -> Callable[[Any], bool]:
    """Return the test that a condition is: operators, or a list of values that will do, their texts simplified."""
    if isinstance(condition, Mapping):
        if list(condition) == ["missing"]:
            wanted = bool(condition["missing"])
            return lambda actual: is_missing(actual) is wanted
        return lambda actual: all(_fits_operator(actual, operator, operand) for operator, operand in condition.items())
    values = [_plain(one) for one in (condition if isinstance(condition, list) else [condition])]

    def fits(actual: Any) -> bool:
        if isinstance(actual, tuple):
            return any(one in values or _plain(one) in values for one in actual)
        return actual in values or (isinstance(actual, str) and _plain(actual) in values)

    return fits


def _plain(actual: Any) -> Any:
    """Return a text in simplified characters, whichever the plan and the rule are written in."""
    return simplified(actual) if isinstance(actual, str) else actual


def _is_found(pattern: str, text: str) -> bool:
    """Say whether a pattern is found in a text, in the widths in which it is written or in the usual ones."""
    return search(pattern, text) is not None or ((folded := fold(text)) != text and search(pattern, folded) is not None)


def _fits_operator(actual: Any, operator: str, operand: Any) -> bool:
    if operator == "missing":
        return is_missing(actual) is bool(operand)
    if is_missing(actual):
        return False
    if operator in ("matches", "lacks"):
        texts = actual if isinstance(actual, tuple) else (actual,)
        return any(_is_found(operand, simplified(str(text))) for text in texts) is (operator == "matches")
    return RELATIONS[operator](actual, operand)
