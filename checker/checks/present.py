"""``present``: the plan has at least one of the chosen nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct

from checker.checks import CheckType, place_of
from checker.model import Found, Plan, Role


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``present`` can be told."""

    report_at: tuple[Role, ...] = ()
    """Roles of the sections at whose heading it is reported, in order; else at the plan's title."""
    year: Literal["any", "last"] = "any"
    """``last``: a node counts only for the last year of the plan's period.

    One without a year counts too: that it has none is another rule's finding.
    """


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield one finding if there is no such node."""
    period = plan.metadata.period
    last = period[1] if period else None
    if options.year == "last" and last is not None:
        nodes = [node for node in nodes if node.year in (None, last)]
    if not nodes:
        yield Found(place_of(plan, options.report_at), {"last_year": last or ""})


CHECK = CheckType(
    "present", Options, check, "至少有一处 / there is at least one", needs_nodes=False, fields=("last_year",)
)
