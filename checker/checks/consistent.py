"""``consistent``: one thing is written in one way all through the plan.

The way that most of the nodes have is taken as the plan's own; the nodes that have another are one
finding for each other way, at the first of them, with all places.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, NamedTuple

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
    values = column(nodes, options.of, plan)
    keys = list(zip(*(column(nodes, path, plan) for path in paths), strict=True)) if paths else [()] * len(nodes)
    ways = {given: _way(given, options) for given in set(values)}
    groups: dict[Any, list[tuple[_Way, Any]]] = {}
    pairs = Counter(group for group, way in {(group, ways[given]) for group, given in zip(keys, values, strict=True)})
    for group, node, given in zip(keys, nodes, values, strict=True):
        way = ways[given]
        if way is not None and pairs[group] > 1:  # where all of a group are written alike, there is nothing to find
            groups.setdefault(group, []).append((way, node))
    for written in groups.values():
        yield from _rarer(written, options, plan)


class _Way(NamedTuple):
    """How something is written, and where in its text that is seen."""

    name: Bilingual
    at: tuple[int, int] | None = None

    def place(self, node: Any, options: Options, plan: Plan) -> Span:
        """Return where it is seen in one node."""
        found = place_in(node, plan, options.of, *self.at) if self.at else None
        return found or span_of(node)


def _way(given: Any, options: Options) -> _Way | None:
    """Return how a value is written; None for none, or one that is written in two ways at once."""
    if given is None:
        return None
    if not options.variants:
        return _Way(Bilingual(shown(given, "zh"), shown(given, "en")))
    text = simplified(shown(given, "zh"))
    found = [(variant, match) for variant in options.variants if (match := search(variant.pattern, text))]
    if len(found) != 1:
        return None
    variant, match = found[0]
    return _Way(Bilingual(variant.name, variant.name_en or variant.name), match.span())


def _rarer(written: Sequence[tuple[_Way, Any]], options: Options, plan: Plan) -> Iterator[Found]:
    counts = Counter([way.name for way, _ in written])
    usual, most = counts.most_common(1)[0]
    for name, number in counts.items():
        if name != usual and number <= options.max_share * len(written):
            fields: dict[str, object] = {"written": name, "usual": usual, "usual_count": most}
            rarer = [(way.place(node, options, plan), node) for way, node in written if way.name == name]
            places = [Found(span, fields, node=node) for span, node in rarer]
            if options.show_usual:
                others = tuple(way.place(node, options, plan) for way, node in written if way.name == usual)
                places[0] = replace(places[0], others=others)
            yield from together(places, name.zh)


CHECK = CheckType(
    "consistent",
    Options,
    check,
    Bilingual("同一事物写法前后一致", "one thing is written in one way"),
    fields=("written", "usual", "usual_count"),
    attributes={"of": ("text", "number"), "by": ("text", "number")},
)
