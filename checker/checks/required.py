"""``required``: the field of each chosen node is not empty.

A measure's inherited units count unless ``inherit`` is false. Where no node has the field,
the plan does not use it at all: that is one finding with all places.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from checker.checks import CheckType, Place, place_of, together
from checker.conditions import is_missing
from checker.model import Bilingual, Found, Measure, Plan
from checker.nodes import span_of, value


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``required`` can be told."""

    field: Annotated[str, Meta(description="不能为空的属性 / the attribute that must not be empty")]
    instead: Annotated[
        tuple[str, ...], Meta(description="有其中任何一个也可以 / attributes of which any one will do as well")
    ] = ()
    inherit: Annotated[
        bool,
        Meta(description="措施：上级章节的责任条款也算 / for a measure, the units of the enclosing section count"),
    ] = True
    sole_responsible: Annotated[
        bool,
        Meta(description="措施：唯一的责任单位视为牵头单位 / for a measure, its only responsible unit is its lead"),
    ] = False
    others_have: Annotated[
        bool,
        Meta(
            description="只有其他同类大多写了才要求：整篇都不写的，不报"
            " / asked only where most of the others have it: a plan that never has it is left alone"
        ),
    ] = False
    report_at: Annotated[
        tuple[Place, ...],
        Meta(description="报告在哪种章节的标题处；不写则在节点处 / at which sections it is reported; else at the node"),
    ] = ()
    once: Annotated[bool, Meta(description="全部合并为一个问题 / one violation for all of them")] = False


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node whose field is empty; one finding if it is empty in all of several."""
    empty = [node for node in nodes if not _has(node, options, plan)]
    if options.others_have and len(empty) * 2 >= len(nodes):
        return
    found = [
        Found(place_of(plan, options.report_at) if options.report_at else span_of(node), node=node) for node in empty
    ]
    if options.once or 1 < len(empty) == len(nodes):
        yield from together(found)
        return
    # A plan that says 责任单位 throughout has no lead anywhere, though a sole unit counts as one.
    listing = [one for one in found if options.sole_responsible and _only_lists(one.node)]
    anywhere = any(_has(node, replace(options, sole_responsible=False), plan) for node in nodes) if listing else True
    if len(listing) < 2 or anywhere:
        yield from found
        return
    yield from together(listing)
    listed = set(map(id, listing))
    yield from (one for one in found if id(one) not in listed)


def _only_lists(node: Any) -> bool:
    return isinstance(node, Measure) and len(node.responsible) > 1


def _has(node: Any, options: Options, plan: Plan) -> bool:
    if isinstance(node, Measure):
        if not options.inherit and _is_inherited(node, options.field):
            return False
        if options.sole_responsible and len(node.responsible) == 1 and not node.leads:
            return True
    return not all(is_missing(value(node, field, plan)) for field in (options.field, *options.instead))


def _is_inherited(measure: Measure, field: str) -> bool:
    """Say whether a measure has its units of this part from the enclosing section's clause."""
    return measure.responsibility == "section" or (measure.responsibility == "mixed" and field == "leads")


CHECK = CheckType(
    "required",
    Options,
    check,
    Bilingual("字段不能为空", "the field is not empty"),
    attributes={"field": (), "instead": ()},
)
