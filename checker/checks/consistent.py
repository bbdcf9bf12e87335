"""``consistent``: one thing is written in one way all through the plan.

The way that most of the nodes have is taken as the plan's own; the nodes that have another are one
finding for each other way, at the first of them, with all places.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct
from msgspec.structs import replace

from checker.checks import CheckType, Pattern, together
from checker.folding import simplified
from checker.model import Bilingual, Found, Plan, Span
from checker.nodes import column, place_in, shown, span_of
from checker.patterns import search


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """One way of writing it."""

    name: str
    pattern: Pattern
    name_en: str | None = None


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``consistent`` can be told."""

    of: Annotated[str, Meta(description="看哪个属性 / the attribute that is looked at")]
    variants: Annotated[
        tuple[Variant, ...],
        Meta(
            description="几种写法；不写则属性的值就是写法 / the ways of writing it; by default the value itself is one"
        ),
    ] = ()
    by: Annotated[
        str | tuple[str, ...] | None,
        Meta(description="按哪个（哪些）属性分组，各组自成一体 / only nodes alike in this attribute (or these)"),
    ] = None
    show_usual: Annotated[
        bool, Meta(description="连常用写法的各处一起列出 / the places of the usual way are listed, too")
    ] = False
    max_share: Annotated[
        float,
        Meta(
            gt=0,
            le=0.5,
            description="少数写法最多占多大比例才算不一致；再多就是两种写法并用，不报"
            " / how large a share the rarer way may have to count as a slip",
        ),
    ] = 0.5


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield one finding for each way of writing that is not the plan's usual one."""
    paths = (options.by,) if isinstance(options.by, str) else options.by or ()
    groups: dict[Any, list[tuple[Bilingual, Span, Any]]] = {}
    values = column(nodes, options.of, plan)
    keys = list(zip(*(column(nodes, path, plan) for path in paths), strict=True)) if paths else [()] * len(nodes)
    pairs = Counter(group for group, _ in set(zip(keys, values, strict=True)))
    for group, node, given in zip(keys, nodes, values, strict=True):
        # Where all of a group have one value, there is nothing to find.
        if (options.variants or pairs[group] > 1) and (written := _written(node, given, options, plan)) is not None:
            groups.setdefault(group, []).append((*written, node))
    for written_in_group in groups.values():
        yield from _rarer(written_in_group, options)


def _written(node: Any, given: Any, options: Options, plan: Plan) -> tuple[Bilingual, Span] | None:
    """Return how a node is written and where; None for one that has it not, or in two ways at once."""
    if given is None:
        return None
    if not options.variants and isinstance(given, str):
        return Bilingual(given, given), span_of(node)
    if not options.variants:
        return Bilingual(shown(given, "zh"), shown(given, "en")), span_of(node)
    text = simplified(shown(given, "zh"))
    found = [(variant, match) for variant in options.variants if (match := search(variant.pattern, text))]
    if len(found) != 1:
        return None
    variant, match = found[0]
    name = Bilingual(variant.name, variant.name_en or variant.name)
    return name, place_in(node, plan, options.of, match.start(), match.end()) or span_of(node)


def _rarer(written: Sequence[tuple[Bilingual, Span, Any]], options: Options) -> Iterator[Found]:
    counts = Counter([name for name, _, _ in written])
    if len(counts) == 1:
        return
    usual, most = counts.most_common(1)[0]
    for name, number in counts.items():
        if name != usual and number <= options.max_share * len(written):
            fields: dict[str, object] = {"written": name, "usual": usual, "usual_count": most}
            others = [span for one, span, _ in written if one == usual] if options.show_usual else []
            places = [Found(span, fields, node=node) for one, span, node in written if one == name]
            places[0] = replace(places[0], others=tuple(others))
            yield from together(places)


CHECK = CheckType(
    "consistent",
    Options,
    check,
    Bilingual("同一事物写法前后一致", "one thing is written in one way"),
    fields=("written", "usual", "usual_count"),
    attributes={"of": ("text", "number"), "by": ("text", "number")},
)
