"""``within``: numbers of each chosen node are what they should be, within a tolerance.

Nodes with the same wrong numbers are one finding with all places. What a node does not say is not asked.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.checks import CheckType, together
from checker.model import Bilingual, Found, Plan
from checker.nodes import attribute, path_problem, shown, span_of, value

_UNSAID = Bilingual("不明", "unknown")
_ROUNDING = 1e-6
"""A number at the tolerance is within it, however it is rounded."""


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``within`` can be told."""

    values: Annotated[
        dict[str, float],
        Meta(description="属性和它应有的数 / attributes and the numbers that they should hold", min_length=1),
    ]
    tolerance: Annotated[float, Meta(description="允许相差多少 / how far off a number may be", ge=0)] = 0


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield a finding for each set of wrong numbers, with those that there should be."""
    fields: dict[str, object] = {f"wanted_{name}": number for name, number in options.values.items()}
    wrong: dict[tuple[Any, ...], list[Found]] = {}
    for node in nodes:
        numbers = tuple(value(node, name, plan) for name in options.values)
        if any(_is_off(*pair, options.tolerance) for pair in zip(numbers, options.values.values(), strict=True)):
            unsaid = {name: _UNSAID for name, one in zip(options.values, numbers, strict=True) if one is None}
            wrong.setdefault(numbers, []).append(Found(span_of(node), {**fields, **unsaid}, node=node))
    for numbers, found in wrong.items():
        yield from together(found, about=" ".join(shown(number, "zh") for number in numbers))


def _is_off(number: float | None, wanted: float, tolerance: float) -> bool:
    return number is not None and abs(number - wanted) > tolerance + _ROUNDING


def _message_fields(options: Options) -> tuple[tuple[str, ...], bool]:
    return tuple(f"wanted_{name}" for name in options.values), True


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    for name in options.values:
        if problem := path_problem(kind, name):
            wrong, allowed = problem
            zh = f"{kind} 没有“{wrong}”，有：{'、'.join(allowed)}"
            yield "values", Bilingual(zh, f"{kind} has no {wrong!r}; it has {', '.join(allowed)}")
        elif (found := attribute(kind, name)) is not None and found.shape != "number":
            yield "values", Bilingual(f"“{name}”不是数", f"{name!r} is no number")


CHECK = CheckType(
    "within",
    Options,
    check,
    Bilingual("数值与应有的相差不超过允许的范围", "numbers are what they should be, within a tolerance"),
    message_fields=_message_fields,
    mistakes=_mistakes,
)
