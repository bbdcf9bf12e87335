"""``count``: how many there are of something lies within bounds, or equals a number that the node states.

With ``field``, the values of that attribute are counted (or the number in it taken) for each node;
without, the chosen nodes themselves, once for the plan.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.checks import CheckType, Place, place_of, together
from checker.model import Bilingual, Found, Plan
from checker.nodes import span_of, value


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``count`` can be told."""

    field: Annotated[
        str | None,
        Meta(description="数哪个属性的值；不写则数节点 / the attribute whose values are counted; the nodes by default"),
    ] = None
    min: Annotated[int | None, Meta(description="最少几个 / at least so many")] = None
    max: Annotated[int | None, Meta(description="最多几个 / at most so many")] = None
    equals: Annotated[
        str | None, Meta(description="应当等于这个属性的数目 / an attribute whose number or count it has to be")
    ] = None
    others_have: Annotated[
        bool,
        Meta(description="min 只有其他同类大多做到了才要求 / min is asked only where most of the others have so many"),
    ] = False
    by: Annotated[
        str | None,
        Meta(description="others_have 只在这个属性相同的节点之间比较 / others are those alike in this attribute"),
    ] = None
    report_at: Annotated[
        tuple[Place, ...],
        Meta(description="数节点时报告在哪种章节的标题处 / at which sections it is reported where nodes are counted"),
    ] = ()


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node with too few, too many or another number; one finding where nodes are counted."""
    if options.field is None:
        if not _fits(len(nodes), options, None):
            fields = _fields(len(nodes), options, None)
            if _is_too_few(len(nodes), options):
                yield Found(place_of(plan, options.report_at), fields, about="")
            else:
                yield from together([Found(span_of(node), fields, node=node) for node in nodes])
        return
    wrong: list[Found] = []
    few: list[Found] = []
    for node in nodes:
        number = _number(value(node, options.field, plan))
        wanted = _number(value(node, options.equals, plan)) if options.equals else None
        if number is not None and not _fits(number, options, wanted):
            found = Found(span_of(node), _fields(number, options, wanted), node=node)
            (few if options.others_have and _is_too_few(number, options) else wrong).append(found)
    alike = Counter(_group(node, options, plan) for node in nodes)
    lacking = Counter(_group(found.node, options, plan) for found in few)
    groups = {group for group, number in lacking.items() if number * 2 < alike[group]}
    yield from sorted(
        wrong + [found for found in few if _group(found.node, options, plan) in groups], key=lambda found: found.span
    )


def _is_too_few(number: float, options: Options) -> bool:
    return options.min is not None and number < options.min


def _group(node: Any, options: Options, plan: Plan) -> Any:
    return value(node, options.by, plan) if options.by else None


def _number(given: Any) -> float | None:
    if isinstance(given, tuple):
        return len(given)
    return given if isinstance(given, (int, float)) else None


def _fits(number: float, options: Options, wanted: Any) -> bool:
    return not (
        (options.min is not None and number < options.min)
        or (options.max is not None and number > options.max)
        or (wanted is not None and number != wanted)
    )


def _fields(number: float, options: Options, wanted: Any) -> dict[str, object]:
    bounds = {"min": options.min, "max": options.max, "wanted": wanted}
    return {"number": number, **{name: "" if bound is None else bound for name, bound in bounds.items()}}


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if options.min is None and options.max is None and options.equals is None:
        yield "", Bilingual("min、max、equals 至少写一个", "give min, max or equals")
    if options.equals is not None and options.field is None:
        yield "equals", Bilingual("equals 要与 field 同用", "equals goes with field")
    if options.min is not None and options.max is not None and options.min > options.max:
        yield "min", Bilingual("min 大于 max，任何数量都不符合", "min is above max: no number fits")
    if options.max is not None and options.max < 0:
        yield "max", Bilingual("max 小于 0，没有数量符合", "max is below 0: no number fits")
    if options.min is not None and options.min <= 0 and options.max is None and options.equals is None:
        yield "min", Bilingual("min 不大于 0，任何数量都符合", "min is not above 0: every number fits")


def _message_fields(options: Options) -> tuple[tuple[str, ...], bool]:
    return CHECK.fields, options.field is not None


CHECK = CheckType(
    "count",
    Options,
    check,
    Bilingual("数量在范围内，或与写明的数一致", "a number lies within bounds, or equals one that is stated"),
    needs_nodes=False,
    fields=("number", "min", "max", "wanted"),
    attributes={
        "field": ("texts", "nodes", "number"),
        "equals": ("number", "texts", "nodes"),
        "by": ("text", "number"),
    },
    message_fields=_message_fields,
    mistakes=_mistakes,
)
