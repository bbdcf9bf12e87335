"""What a rule can look at: the kinds of nodes of a plan, and the attributes of each.

The attributes of a kind are also the fields of a rule's message and the keys of ``where``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_args

import regex
from msgspec import Struct

from checker.folding import simplified
from checker.model import (
    Bilingual,
    Citation,
    Clause,
    Comparator,
    CountOf,
    Measure,
    Part,
    Per,
    Plan,
    Responsibility,
    Role,
    Section,
    Span,
    Stage,
    StatedCount,
    Target,
    Unit,
)
from checker.problems import BadRule

Where = Mapping[str, Any]
# No rule file may hang the checker.
PATTERN_SECONDS = 1.0


class Task(Struct, frozen=True):
    """An action or project: a section with that role, or a measure straight under its group."""

    title: str | None
    role: str
    section: Section
    span: Span


@dataclass(frozen=True)
class Kind:
    """A kind of node: how to find its nodes in a plan, and what can be asked of one."""

    name: str
    find: Callable[[Plan], Iterable[Any]]
    attributes: Mapping[str, Callable[[Any], Any]]
    section: Callable[[Any], Section | None]


def _plain(*names: str) -> dict[str, Callable[[Any], Any]]:
    """Return attributes that are fields of the node under the same name."""
    return {name: attrgetter(name) for name in names}


def _metadata(*names: str) -> dict[str, Callable[[Any], Any]]:
    return {name: attrgetter(f"metadata.{name}") for name in names}


def _measure_title(measure: Measure) -> str:
    return measure.title or f"{measure.label or ''}{measure.text[:16]}…"


def stage_name(stage: Stage) -> str:
    """Return the label of a stage, else the words with which it begins."""
    return stage.label or re.split("[,，：:]", stage.quote)[0][:12]


def _tasks(plan: Plan) -> list[Task]:
    sections = [Task(s.title, s.role, s, s.span) for s in plan.sections if s.role in ("action", "project")]
    straight = [
        Task(m.title, m.section.role.removesuffix("s"), m.section, m.span)
        for m in plan.measures
        if m.section.role in ("actions", "projects")
    ]
    return sorted(sections + straight, key=lambda task: task.span)


def _own_section(node: Any) -> Section | None:
    section: Section | None = node.section
    return section


_SECTION = _plain("id", "level", "label", "ordinal", "title", "role", "parent", "text")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "plan",
            lambda plan: [plan],
            {
                **_metadata("title", "place", "issuer", "doc_number", "period", "signed_date", "printed_date"),
                "format": lambda plan: plan.text.format,
            },
            lambda node: None,
        ),
        Kind("section", lambda plan: plan.sections, _SECTION, lambda node: node),
        Kind("task", _tasks, _plain("title", "role", "section"), _own_section),
        Kind(
            "measure",
            lambda plan: plan.measures,
            {
                **_plain("label", "leads", "responsible", "supporters", "responsibility", "section", "text"),
                "title": _measure_title,
            },
            _own_section,
        ),
        Kind(
            "clause",
            lambda plan: plan.clauses,
            _plain("leads", "responsible", "supporters", "deadline", "form", "readable", "section", "measure", "text"),
            _own_section,
        ),
        Kind(
            "unit",
            lambda plan: [*(unit for clause in plan.clauses for unit in clause.units), *plan.roster],
            _plain("name", "part", "written"),
            lambda node: None,
        ),
        Kind(
            "target",
            lambda plan: plan.targets,
            _plain("metric", "comparator", "value", "unit", "year", "per", "quote", "section"),
            _own_section,
        ),
        Kind(
            "stage",
            lambda plan: plan.stages,
            {
                **_plain("quote", "section"),
                "label": stage_name,
                "from": lambda stage: stage.start,
                "to": lambda stage: stage.end,
            },
            _own_section,
        ),
        Kind(
            "citation",
            lambda plan: plan.citations,
            _plain("title", "number", "alias", "section"),
            _own_section,
        ),
        Kind(
            "stated_count",
            lambda plan: plan.stated_counts,
            _plain("quote", "stated", "of", "actual", "section"),
            _own_section,
        ),
    )
}

_BY_TYPE: dict[type, str] = {
    Plan: "plan",
    Section: "section",
    Task: "task",
    Measure: "measure",
    Clause: "clause",
    Unit: "unit",
    Target: "target",
    Stage: "stage",
    Citation: "citation",
    StatedCount: "stated_count",
}


def kind_of(node: object) -> Kind:
    """Return the kind of a node."""
    return KINDS[_BY_TYPE[type(node)]]


def value(node: object, path: str) -> Any:
    """Return the value of an attribute path of a node: ``year``, ``section.role``."""
    current: Any = node
    for name in path.split("."):
        if current is None:
            return None
        current = kind_of(current).attributes[name](current)
    return current


def path_problem(kind: str, path: str) -> tuple[str, list[str]] | None:
    """Return the first name of ``path`` that ``kind`` does not have and what it has; None if all is well."""
    allowed = sorted(KINDS[kind].attributes)
    first, _, rest = path.partition(".")
    if first not in allowed:
        return first, allowed
    if not rest:
        return None
    return path_problem("section", rest) if first in ("section", "parent") else (rest, [])


def chosen(plan: Plan, kind: str, where: Where) -> list[Any]:
    """Return the nodes of a kind that fit all conditions of ``where``."""
    nodes = KINDS[kind].find(plan)
    return [node for node in nodes if all(_fits(value(node, path), wanted) for path, wanted in where.items())]


VALUES: dict[str, tuple[str, ...]] = {
    "role": get_args(Role),
    "responsibility": get_args(Responsibility),
    "comparator": get_args(Comparator),
    "per": get_args(Per),
    "part": get_args(Part),
    "of": get_args(CountOf),
}
"""The values that an attribute can have, where they are few."""
OPERATORS = ("matches", "missing", "lt", "le", "gt", "ge")


def _fits(actual: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return all(_fits_operator(actual, operator, operand) for operator, operand in wanted.items())
    if isinstance(wanted, list):
        return actual in wanted
    return bool(actual == wanted)


def _fits_operator(actual: Any, operator: str, operand: Any) -> bool:
    if operator == "matches":
        return (
            actual is not None
            and compiled(operand).search(simplified(str(actual)), timeout=PATTERN_SECONDS) is not None
        )
    empty = actual is None or actual == () or actual == ""
    if operator == "missing":
        return empty is bool(operand)
    if empty:
        return False
    compare: dict[str, Callable[[Any, Any], bool]] = {
        "lt": lambda a, b: a < b,
        "le": lambda a, b: a <= b,
        "gt": lambda a, b: a > b,
        "ge": lambda a, b: a >= b,
    }
    return compare[operator](actual, operand)


@lru_cache(maxsize=512)
def compiled(pattern: str) -> regex.Pattern[str]:
    """Compile a pattern of a rule; raises BadRule for one that is none."""
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise BadRule(Bilingual(f"正则表达式“{pattern}”有误：{error}", f"bad pattern {pattern!r}: {error}")) from error
