"""``present``: the plan has at least one of the chosen nodes."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from checker.checks import CheckType, Place, place_of
from checker.kinds import KINDS
from checker.model import Bilingual, Found, Plan
from checker.nodes import value


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``present`` can be told."""

    report_at: Annotated[
        tuple[Place, ...],
        Meta(description="报告在哪种章节的标题处，依次寻找；没有则在方案标题处 / at which sections it is reported"),
    ] = ()
    year: Annotated[
        Literal["any", "last"],
        Meta(
            description="last：只算方案末年的；没有年份的也算，那是另一条规则的事"
            " / last: a node counts only for the plan's last year; one without a year counts too"
        ),
    ] = "any"


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield one finding if there is no such node."""
    period = plan.metadata.period
    last = period[1] if period else None
    if options.year == "last" and last is not None:
        nodes = [node for node in nodes if value(node, "year", plan) in (None, last)]
    if not nodes:
        yield Found(
            place_of(plan, options.report_at),
            {"last_year": Bilingual(f"{last}年", str(last)) if last else ""},
            about="",
        )


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if options.year == "last" and "year" not in KINDS[kind].attributes:
        yield "year", Bilingual(f"{kind} 没有 year 这个属性", f"{kind} has no attribute year")


CHECK = CheckType(
    "present",
    Options,
    check,
    Bilingual("至少有一处", "there is at least one"),
    needs_nodes=False,
    gives_node=False,
    fields=("last_year",),
    mistakes=_mistakes,
)
