"""``absent``: the plan has none of the chosen nodes; each one is a finding."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.checks import CheckType, together
from checker.model import Bilingual, Found, Plan
from checker.nodes import span_of


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """``where`` says what must not be there."""

    once: Annotated[bool, Meta(description="全部合并为一个问题 / one violation for all of them")] = False


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node, or one finding for all."""
    found = [Found(span_of(node), node=node) for node in nodes]
    yield from together(found) if options.once else found


CHECK = CheckType("absent", Options, check, Bilingual("不应出现", "there is none"), needs_nodes=False)
