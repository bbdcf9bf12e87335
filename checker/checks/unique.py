"""``unique``: nothing stands twice: a unit in a clause, a word in a row, a phrase in a sentence, a value of nodes."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.conditions import is_missing
from checker.expressions import expression
from checker.folding import fold, simplified
from checker.model import Bilingual, Found, Part, Plan
from checker.nodes import KINDS, place_in, shown, span_of, value

_PARTS: dict[Part, Bilingual] = {
    "lead": Bilingual("牵头单位", "lead"),
    "responsible": Bilingual("责任单位", "responsible unit"),
    "supporter": Bilingual("配合单位", "supporting unit"),
    "roster": Bilingual("成员单位", "member"),
}


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``unique`` can be told."""

    of: Annotated[
        Literal["units", "words", "phrases", "nodes"],
        Meta(
            description="units：责任条款里的单位；words：紧挨着的词；phrases：一句里的短语；nodes：各节点的 field"
            " / units of a clause, words in a row, phrases of a sentence, or the field of all nodes"
        ),
    ]
    field: Annotated[str | None, Meta(description="看哪个属性 / the attribute that is looked at")] = None
    min_length: Annotated[
        int, Meta(ge=1, le=50, description="词或短语至少几个字 / words and phrases of at least so many characters")
    ] = 2
    allowed: Annotated[tuple[str, ...], Meta(description="可以重复的词 / words that may stand twice")] = ()


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield the second and later places of what stands twice."""
    if options.of == "nodes":
        yield from _equal_nodes(nodes, options, plan)
        return
    for node in nodes:
        if options.of == "units":
            yield from _units(node)
        else:
            text = value(node, options.field or "text", plan) or ""
            places = _words(text, options) if options.of == "words" else _phrases(text, options)
            for word, first, again in places:
                field = options.field or "text"
                before = place_in(node, plan, field, first, first + len(word))
                place = place_in(node, plan, field, again, again + len(word)) or span_of(node)
                others = (before,) if before and options.of == "phrases" else ()
                yield Found(place, {"repeated": word}, others, node)


def _units(clause: Any) -> Iterator[Found]:
    """Yield each unit that a clause names again, as the same part or as another."""
    seen: dict[str, Any] = {}
    for unit in clause.units:
        first = seen.setdefault(unit.name, unit)
        if first is not unit:
            parts = {"first_part": _PARTS[first.part], "second_part": _PARTS[unit.part]}
            yield Found(unit.span, {"repeated": unit.name, **parts}, (first.span,), clause)


def _words(text: str, options: Options) -> Iterator[tuple[str, int, int]]:
    """Yield words that stand twice in a row: 队伍队伍."""
    repeated = expression(rf"([\u4e00-\u9fff]{{{options.min_length},{max(8, options.min_length)}}}?)\1")
    for found in repeated.finditer(text):
        if found[1] not in options.allowed:
            yield found[1], found.start(), found.end(1)


def _phrases(text: str, options: Options) -> Iterator[tuple[str, int, int]]:
    """Yield phrases between marks that stand twice in the text."""
    seen: dict[str, int] = {}
    for found in expression("[^，。；：、！？（）“”]+").finditer(fold(text)):
        phrase = found[0].strip()
        if len(phrase) >= options.min_length and phrase not in options.allowed:
            if phrase in seen:
                yield phrase, seen[phrase], found.start()
            seen.setdefault(phrase, found.start())


def _equal_nodes(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    seen: dict[str, Any] = {}
    for node in nodes:
        given = value(node, options.field or "title", plan)
        if is_missing(given) or shown(given, "zh") in options.allowed:
            continue
        first = seen.setdefault(simplified(fold(shown(given, "zh"))), node)
        if first is not node:
            yield Found(span_of(node), {"repeated": shown(given, "zh")}, (span_of(first),), node)


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if options.of == "units" and kind != "clause":
        yield "of", Bilingual("of: units 只能用于 node: clause", "of: units is for node: clause")
    default = {"nodes": "title", "words": "text", "phrases": "text"}.get(options.of)
    if default and options.field is None and default not in KINDS[kind].attributes:
        yield "of", Bilingual(f"{kind} 没有 {default} 这个属性，请写明 field", f"{kind} has no {default}: give field")


def _message_fields(options: Options) -> tuple[tuple[str, ...], bool]:
    return CHECK.fields if options.of == "units" else ("repeated",), True


CHECK = CheckType(
    "unique",
    Options,
    check,
    Bilingual("没有重复", "nothing stands twice"),
    fields=("repeated", "first_part", "second_part"),
    attributes={"field": ("text",)},
    message_fields=_message_fields,
    mistakes=_mistakes,
)
