"""Asking the nodes of a plan: which there are of a kind, what an attribute of one holds, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from checker.folding import simplified
from checker.formalities import Attachment, Break, Day, DocNumber, Residue, Stretch
from checker.kinds import KINDS, Attribute, measure_name
from checker.model import (
    Bilingual,
    Citation,
    Clause,
    Measure,
    Plan,
    Section,
    Span,
    Stage,
    StatedCount,
    Target,
)
from checker.typesetting import Page, SetStretch
from checker.view import Heading, NamedUnit, Roster, Task, View, view

_BY_TYPE: dict[type, str] = {
    Day: "date",
    DocNumber: "doc_number",
    Attachment: "attachment",
    Break: "break",
    Residue: "residue",
    Plan: "plan",
    Section: "section",
    Heading: "heading",
    Task: "task",
    Measure: "measure",
    Clause: "clause",
    NamedUnit: "unit",
    Target: "target",
    Stage: "stage",
    Citation: "citation",
    StatedCount: "stated_count",
    Roster: "roster",
    Stretch: "paragraph",
    Page: "page",
    SetStretch: "setting",
}


def kind_of(node: object) -> str:
    """Return the name of the kind of a node."""
    return _BY_TYPE[type(node)]


def nodes_of(plan: Plan, kind: str) -> Sequence[Any]:
    """Return all nodes of a kind in document order."""
    return KINDS[kind].find(view(plan))


def column(nodes: Sequence[Any], path: str, plan: Plan) -> list[Any]:
    """Return the value of a path for each of many nodes of one kind; the rows of ``value``, but sooner."""
    if not nodes:
        return []
    found = KINDS[_BY_TYPE[type(nodes[0])]].attributes.get(path)
    if found is not None and found.field and found.shape not in ("nodes", "texts"):
        return list(map(attrgetter(found.field), nodes))
    read, around = _reads.get((type(nodes[0]), path)) or _reading(type(nodes[0]), path), view(plan)
    return [read(node, around) for node in nodes]


_Read = Callable[[Any, "View"], Any]
_reads: dict[tuple[type, str], _Read] = {}


def value(node: object, path: str, plan: Plan) -> Any:
    """Return the value of an attribute path of a node: ``year``, ``section.role``.

    None where there is no such thing; a tuple for what holds several.
    """
    read = _reads.get((type(node), path)) or _reading(type(node), path)
    return read(node, view(plan))


def _reading(kind: type, path: str) -> _Read:
    """Return the function that follows a path from nodes of a type; it is made once."""
    first, _, rest = path.partition(".")
    found = KINDS[_BY_TYPE[kind]].attributes[first]
    read = found.read
    if rest:

        def through(node: Any, around: View) -> Any:
            inner = read(node, around)
            return None if inner is None else value(inner, rest, around.plan)

        made: _Read = through
    elif found.shape in ("nodes", "texts"):

        def several(node: Any, around: View) -> Any:
            given = read(node, around)
            return None if given is None else tuple(given)

        made = several
    else:
        made = read
    _reads[kind, path] = made
    return made


def plain(node: Any, field: str, plan: Plan) -> str | None:
    """Return a text attribute of a node in simplified characters, as patterns are searched for."""
    if field in ("text", "written") and isinstance(node, Stretch):
        kept = view(plan).simple(node, field)
        if kept is not None:
            return kept
    given = value(node, field, plan)
    return None if given is None else simplified(given)


def section_of(node: object) -> Section | None:
    """Return the section that a node stands in, or is."""
    if isinstance(node, Section):
        return node
    found: Section | None = getattr(node, "section", None)
    return found


def attribute(kind: str, path: str) -> Attribute | None:
    """Return the attribute that a path leads to; None if it leads nowhere."""
    first, _, rest = path.partition(".")
    found = KINDS[kind].attributes.get(first)
    if found is None or not rest:
        return found
    return attribute(found.kind, rest) if found.shape == "node" else None


def path_problem(kind: str, path: str) -> tuple[str, list[str]] | None:
    """Return the first name of ``path`` that ``kind`` does not have and what it has; None if all is well."""
    allowed = sorted(KINDS[kind].attributes)
    first, dot, rest = path.partition(".")
    if first not in allowed:
        return first, allowed
    if not dot:
        return None
    found = KINDS[kind].attributes[first]
    return path_problem(found.kind, rest) if found.shape == "node" else (path, [first])


def place_in(node: Any, plan: Plan, field: str, start: int, end: int) -> Span | None:
    """Return where ``start`` to ``end`` of a text attribute of a node stands; None if that cannot be told."""
    if isinstance(node, Stretch):
        if field == "written":
            first = node.paragraph.offset(node.start)
            return Span(first + start, first + end)
        return node.paragraph.source_span(node.start + start, node.start + end)
    words = value(node, field, plan)
    span = span_of(node)
    paragraph = plan.text.paragraph(span.start)
    at = paragraph.text.find(words, paragraph.index(span.start)) if isinstance(words, str) else -1
    return paragraph.source_span(at + start, at + end) if at >= 0 else None


def span_of(node: Any) -> Span:
    """Return the place of a node: for the plan itself its title."""
    span: Span = node.metadata.title_span if isinstance(node, Plan) else node.span
    return span


def shown(given: Any, language: str) -> str:
    """Return a value as messages show it."""
    if type(given) is str:
        return given
    if given is None:
        return ""
    if isinstance(given, Bilingual):
        return given.in_language(language)
    if isinstance(given, (Section, Heading, Task)):
        return given.title or ""
    if isinstance(given, Plan):
        return given.metadata.title or ""
    if isinstance(given, Measure):
        return measure_name(given)
    if isinstance(given, Clause):
        return given.text
    if isinstance(given, (tuple, list)):
        return ("、" if language == "zh" else ", ").join(shown(one, language) for one in given)
    if isinstance(given, float):
        return f"{given:g}"
    return str(given)
