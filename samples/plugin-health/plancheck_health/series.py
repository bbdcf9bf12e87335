"""``series``: the values that one metric has to reach in several years rise from year to year, or fall.

What counts as one metric is told by its subject and unit: 全县居民健康素养水平 and 居民健康素养水平 are one.
Two values of one year are another matter (plan/target-conflict).
"""

# Without ``from __future__ import annotations``: the types of the options would be compiled in every run.

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal

from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.model import Bilingual, Found, Plan, Target
from checker.nodes import span_of, value


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``series`` can be told."""

    direction: Annotated[
        Literal["rising", "falling"],
        Meta(description="rising：逐年提高；falling：逐年降低 / rising or falling from year to year"),
    ]
    may_stay: Annotated[
        bool, Meta(description="后一年与前一年持平也可以 / a later year may keep the value of an earlier one")
    ] = False


def check(nodes: Sequence[Target], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each target that does not go on as it should from the one of the year before."""
    for targets in _metrics(nodes, plan):
        for earlier, later in pairwise(targets):
            if value(earlier, "due", plan) != value(later, "due", plan) and not _goes_on(earlier, later, options):
                fields = {
                    "earlier_year": value(earlier, "due", plan),
                    "earlier_value": earlier.value,
                    "later_year": value(later, "due", plan),
                    "later_value": later.value,
                }
                yield Found(span_of(later), fields, (span_of(earlier),), later)


def _metrics(nodes: Sequence[Target], plan: Plan) -> list[list[Target]]:
    """Return the targets of each metric in the order of their years."""
    found: dict[tuple[str, str], list[Target]] = {}
    for node in nodes:
        if value(node, "due", plan) is not None and node.per is None:
            found.setdefault((value(node, "subject", plan), node.unit), []).append(node)
    return [sorted(targets, key=lambda target: value(target, "due", plan)) for targets in found.values()]


def _goes_on(earlier: Target, later: Target, options: Options) -> bool:
    if later.value == earlier.value:
        return options.may_stay
    return (later.value > earlier.value) == (options.direction == "rising")


CHECK = CheckType(
    "series",
    Options,
    check,
    Bilingual("一个指标各年的目标逐年提高，或逐年降低", "the targets of one metric rise, or fall, from year to year"),
    nodes=("target",),
    fields=("earlier_year", "earlier_value", "later_year", "later_value"),
)
