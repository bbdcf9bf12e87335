"""``required``: the field of each chosen node is not empty.

A measure's inherited units count unless ``inherit`` is false. Where no node has the field,
the plan does not use it at all: that is one finding with all places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from checker.checks import CheckType
from checker.model import Found, Measure, Plan
from checker.nodes import value


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``required`` can be told."""

    field: str
    """An attribute of the node."""
    instead: tuple[str, ...] = ()
    """Attributes of which any one will do as well."""
    inherit: bool = True
    """For a measure: the units of the enclosing section's clause count."""
    sole_responsible: bool = False
    """For a measure: its only responsible unit counts as its lead."""


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node whose field is empty; one finding if it is empty in all of several."""
    empty = [node for node in nodes if not _has(node, options)]
    if 1 < len(empty) == len(nodes):
        yield Found(empty[0].span, others=tuple(node.span for node in empty[1:]), node=empty[0])
        return
    for node in empty:
        yield Found(node.span, node=node)


def _has(node: Any, options: Options) -> bool:
    if isinstance(node, Measure):
        if not options.inherit and _is_inherited(node, options.field):
            return False
        if options.sole_responsible and len(node.responsible) == 1 and not node.leads:
            return True
    return any(value(node, field) not in (None, (), "") for field in (options.field, *options.instead))


def _is_inherited(measure: Measure, field: str) -> bool:
    """Say whether a measure has its units of this part from the enclosing section's clause."""
    return measure.responsibility == "section" or (measure.responsibility == "mixed" and field == "leads")


CHECK = CheckType("required", Options, check, "字段不能为空 / the field is not empty", attributes=("field", "instead"))
