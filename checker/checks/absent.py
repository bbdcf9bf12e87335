"""``absent``: the plan has none of the chosen nodes; each one is a finding."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.checks import CheckType, together
from checker.model import Bilingual, Found, Plan
from checker.nodes import shown, span_of, value


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """``where`` says what must not be there."""

    once: Annotated[bool, Meta(description="全部合并为一个问题 / one violation for all of them")] = False
    by: Annotated[
        str | None, Meta(description="这个属性相同的合并为一个问题 / one violation for those alike in this attribute")
    ] = None


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node, or one finding for all."""
    found = [Found(span_of(node), node=node) for node in nodes]
    if not options.once and options.by is None:
        yield from found
        return
    alike: dict[Any, list[Found]] = {}
    for one in found:
        alike.setdefault(value(one.node, options.by, plan) if options.by else None, []).append(one)
    for shared, group in alike.items():
        yield from together(group, shown(shared, "zh"))


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if options.once and options.by is not None:
        yield "by", Bilingual("once 和 by 只写一个", "give either once or by")


CHECK = CheckType(
    "absent",
    Options,
    check,
    Bilingual("不应出现", "there is none"),
    needs_nodes=False,
    attributes={"by": ("text", "number")},
    mistakes=_mistakes,
)
