"""``member``: values belong to a list: the roster of the plan, or a list of the rule's own.

Without a roster there is nothing to belong to, and nothing is said.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from checker.checks import CheckType, together
from checker.folding import compared
from checker.model import Bilingual, Found, Plan
from checker.nodes import column, nodes_of, path_problem, span_of, value

# What units of a bureau end in, beside bureaus themselves.
_BUREAUS = ("局", "厅")
_HAVE_PARTS = ("队", *_BUREAUS)


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``member`` can be told."""

    in_: Annotated[
        str | tuple[str, ...],
        Meta(description="roster（领导小组成员名单），或列出各项 / roster, or the list itself"),
    ] = msgspec.field(name="in")
    once: Annotated[bool, Meta(description="全部合并为一个问题 / one violation for all of them")] = False
    field: Annotated[str, Meta(description="看哪个属性 / the attribute that is looked at")] = "name"


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield one finding for each value that is not on the list, with all its places."""
    known = {compared(name) for name in _listed(options, plan)}
    strangers: dict[str, list[Found]] = {}
    names: dict[Any, str | None] = {None: None}
    """By each value its name as it is compared; None for one that is on the list."""
    for node, given in zip(nodes, column(nodes, options.field, plan), strict=True) if known else ():
        for one in given if isinstance(given, tuple) else (given,):
            if one not in names:
                name = compared(str(one))
                names[one] = None if name in known or _is_part(name, known) else name
            if (stranger := names[one]) is not None:
                found_here = Found(span_of(node), {"value": str(one), "number": 1}, node=node)
                strangers.setdefault(stranger, []).append(found_here)
    if options.once and strangers:
        found = [one for places in strangers.values() for one in places]
        missing = tuple(places[0].fields["value"] for places in strangers.values())
        (first,) = together(sorted(found, key=lambda one: one.span))
        yield replace(first, fields={"value": missing, "number": len(missing)})
        return
    for name, places in strangers.items():
        yield from together(places, name)


def _is_part(name: str, known: set[str]) -> bool:
    """Say whether a unit is part of one on the list, or the other way round: 县公安局交警大队, 县公安局."""
    return name.endswith(_HAVE_PARTS) and any(
        (name.startswith(other) and other.endswith(_BUREAUS)) or other.startswith(name) for other in known
    )


def _listed(options: Options, plan: Plan) -> Iterator[str]:
    """Yield what is on the list: of the roster's units the same attribute as of the nodes."""
    if isinstance(options.in_, tuple):
        yield from options.in_
        return
    of_units = path_problem("unit", options.field) is None
    for unit in nodes_of(plan, "unit") if of_units and plan.roster else ():
        if unit.part == "roster" and (given := value(unit, options.field, plan)) is not None:
            yield str(given)
    if not of_units:
        yield from (unit.name for unit in plan.roster)


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if isinstance(options.in_, str) and options.in_ != "roster":
        yield (
            "in",
            Bilingual(
                f"没有名为“{options.in_}”的名单；可用 roster，或列出各项", f"no list {options.in_!r}: roster, or a list"
            ),
        )
    if not options.in_:
        yield "in", Bilingual("名单是空的", "the list is empty")


CHECK = CheckType(
    "member",
    Options,
    check,
    Bilingual("值在名单之内", "values belong to a list"),
    fields=("value", "number"),
    attributes={"field": ("text", "texts", "number")},
    mistakes=_mistakes,
)
