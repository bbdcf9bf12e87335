"""``absent``: the plan has none of the chosen nodes; each one is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from checker.checks import CheckType
from checker.model import Found, Plan


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """``absent`` has no options: ``where`` says it all."""


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node."""
    for node in nodes:
        yield Found(node.span, node=node)


CHECK = CheckType("absent", Options, check, "不应出现 / there is none", needs_nodes=False)
