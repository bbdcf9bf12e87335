"""``compare``: a value of each chosen node stands in a relation to another value of it, or to a fixed one.

Where one of the two is missing there is nothing to compare, and nothing is said.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.conditions import RELATIONS, is_day, is_missing
from checker.folding import without_marks
from checker.model import Bilingual, Found, Plan
from checker.nodes import attribute, path_problem, shown, span_of, value

Relation = Literal["same", "differs", "contains", "lt", "le", "gt", "ge"]


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``compare`` can be told."""

    field: Annotated[str, Meta(description="比较哪个属性 / the attribute that is compared")]
    relation: Annotated[
        Relation,
        Meta(
            description="same：相同（不计标点、空格、字形）；differs：不同；contains：包含；lt、le、gt、ge：小于、不大于、大于、不小于"
            " / same (marks, spaces and widths aside), differs, contains, or less, at most, more, at least"
        ),
    ]
    with_: Annotated[str | None, Meta(description="与哪个属性比 / the attribute that it is compared with")] = (
        msgspec.field(default=None, name="with")
    )
    than: Annotated[
        float | str | msgspec.UnsetType | None,
        Meta(
            description="与这个固定的值比；null 表示由规则包写明，没有写明就不适用"
            " / the fixed value that it is compared with; null leaves it to a pack"
        ),
    ] = msgspec.UNSET


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node for which the relation does not hold."""
    holds = _relation(options.relation)
    for node in nodes:
        one = value(node, options.field, plan)
        other = value(node, options.with_, plan) if options.with_ else options.than
        if not is_missing(one) and not is_missing(other) and not holds(one, other):
            yield Found(span_of(node), {"value": shown(one, "zh"), "other": shown(other, "zh")}, node=node)


def _relation(name: Relation) -> Callable[[Any, Any], bool]:
    if name == "same":
        return lambda one, other: _plain(one) == _plain(other)
    if name == "differs":
        return lambda one, other: _plain(one) != _plain(other)
    if name == "contains":
        return lambda one, other: str(_plain(other)) in str(_plain(one))
    return RELATIONS[name]


def _plain(given: Any) -> Any:
    return without_marks(given) if isinstance(given, str) else given


def _waits_for(options: Options) -> Bilingual | None:
    if options.than is not None:
        return None
    return Bilingual(
        "要比的值（than）还没有写明，请写在规则包或 .plancheck.yaml 里",
        "the value to compare with (than) is left to a pack",
    )


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if (options.with_ is None) == (options.than is msgspec.UNSET):
        yield "relation", Bilingual("with 和 than 要写一个，只写一个", "give either with or than")
    if isinstance(options.than, str) and not path_problem(kind, options.field):
        found = attribute(kind, options.field)
        if found and found.shape == "date" and not is_day(options.than):
            zh = f"“{options.than}”不是日期，要写成 '2021-12-20' 这样"
            yield "than", Bilingual(zh, f"{options.than!r} is no day like '2021-12-20'")
    if options.with_ == options.field:
        yield "with", Bilingual("与自身比较没有意义", "compares the attribute with itself")
    paths = [path for path in (options.field, options.with_) if path and not path_problem(kind, path)]
    shapes = {found.shape for path in paths if (found := attribute(kind, path))}
    fixed = options.than is not msgspec.UNSET and options.than is not None
    if fixed:
        shapes.add("text" if isinstance(options.than, str) else "number")
    plain = {"date": "text"} if fixed else {}
    if len({plain.get(shape, shape) for shape in shapes}) > 1:
        names = "、".join(sorted(shapes))
        yield "field", Bilingual(f"比较的两个值类型不同：{names}", f"the two values are of different kinds: {names}")
    elif options.relation in RELATIONS and "text" in shapes and "date" not in shapes:
        yield "relation", Bilingual("文字不能比大小", "texts are not more or less than one another")
    elif options.relation == "contains" and shapes - {"text"}:
        yield "relation", Bilingual("contains 只能用于文字", "contains is for texts")


CHECK = CheckType(
    "compare",
    Options,
    check,
    Bilingual("一个值与另一个值的关系成立", "a value stands in a relation to another"),
    fields=("value", "other"),
    attributes={"field": ("text", "number", "date"), "with": ("text", "number", "date")},
    waits_for=_waits_for,
    mistakes=_mistakes,
)
