"""``unique``: nothing stands twice: a unit in a clause, a word in a row, a phrase in a sentence, a value of nodes."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from checker.checks import CheckType, Pattern
from checker.conditions import is_missing
from checker.folding import fold, simplified
from checker.formalities import Stretch
from checker.kinds import KINDS
from checker.model import Bilingual, Clause, Edit, Found, Part, Plan, Span
from checker.nodes import place_in, shown, span_of, value
from checker.patterns import matches, search
from checker.repetitions import (
    Repetition,
    doubled_word,
    equal_phrases,
    may_repeat,
    phrases,
    phrases_in_a_row,
    phrases_within_the_next,
    sentences_alike,
    words_in_a_row,
)
from checker.view import view

_PARTS: dict[Part, Bilingual] = {
    "lead": Bilingual("牵头单位", "lead"),
    "responsible": Bilingual("责任单位", "responsible unit"),
    "supporter": Bilingual("配合单位", "supporting unit"),
    "roster": Bilingual("成员单位", "member"),
}


Length = Annotated[int, Meta(ge=1, le=50)]
"""A number of characters."""


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
    also: Annotated[
        Pattern | None,
        Meta(description="words：另外也算重复的，正则表达式，如“，，” / other things that count as doubled"),
    ] = None
    ignore: Annotated[
        Pattern | None,
        Meta(
            description="words、phrases：不算重复的，正则表达式，从前一处开头查到后一处后面六个字"
            " / what is none, searched from the first place to six characters behind the second"
        ),
    ] = None
    marks: Annotated[
        str, Meta(min_length=1, description="phrases：隔开短语的标点 / the marks that stand between phrases")
    ] = "，。；：、！？（）“”"
    taken_up: Annotated[
        Length | None,
        Meta(
            description="phrases：被相邻的短语整个包含的也算，至少几个字"
            " / phrases of so many characters that the next one, or the one before, takes up whole, too",
        ),
    ] = None
    in_a_row: Annotated[
        Annotated[int, Meta(ge=1, le=50)] | None,
        Meta(
            description="phrases：紧挨着重复的短语，至少几个字就算"
            " / phrases of so many characters that stand twice in a row, too",
        ),
    ] = None
    alike: Annotated[
        tuple[Length, Length] | None,
        Meta(
            description="phrases：相邻两句，开头、结尾至少这么多字相同的也算"
            " / also adjacent sentences with so many characters alike at their beginning and end"
        ),
    ] = None


_GO_WITH = {
    "also": ("words",),
    "ignore": ("words", "phrases"),
    "taken_up": ("phrases",),
    "in_a_row": ("phrases",),
    "alike": ("phrases",),
}
"""The options of some kinds of repetition only."""

_BEHIND = 6
"""How many characters behind the second place ``ignore`` can see."""


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield the second and later places of what stands twice."""
    if options.of == "nodes":
        yield from _equal_nodes(nodes, options, plan)
        return
    if options.of == "words" and (options.field or "text") == "text":
        nodes = _with_doubled_words(nodes, options, plan)
    for node in nodes:
        yield from _units(node, options) if options.of == "units" else _repetitions(node, options, plan)


def _with_doubled_words(nodes: Sequence[Any], options: Options, plan: Plan) -> Sequence[Any]:
    """Return the nodes that may hold a word twice in a row: all paragraphs are searched at once."""
    patterns = (doubled_word(options.min_length), *((options.also,) if options.also else ()))
    may = {id(node) for pattern in patterns for node in view(plan).with_match(nodes, pattern)}
    return [node for node in nodes if id(node) in may]


def _repetitions(node: Any, options: Options, plan: Plan) -> Iterator[Found]:
    """Yield the words in a row, or the phrases, that stand twice in a node's text: each once, with all places."""
    field = options.field or "text"
    text = value(node, field, plan) or ""
    folded = node.folded if isinstance(node, Stretch) and field == "text" else fold(text)
    plain, places = simplified(text), dict[str, list[Span]]()
    for one in _words(text, options) if options.of == "words" else _phrases(text, folded, options):
        if one.words in options.allowed:
            continue
        # 按照规定，按照规定 is a slip, whatever may be said again a sentence later.
        if not (options.of == "phrases" and one.is_in_a_row) and _is_ignored(one, plain, options):
            continue
        first = place_in(node, plan, field, *one.first)
        again = place_in(node, plan, field, *one.again) or span_of(node)
        if options.of == "words":
            if not _in_columns(first, again, plan):
                places.setdefault(one.words, []).append(again)
        elif isinstance(node, Clause) or not (_in_clause(again, plan) or (first and _in_clause(first, plan))):
            places.setdefault(one.words, []).extend((again, first) if first else (again,))
    for words, (place, *others) in places.items():
        spans = tuple(dict.fromkeys((place, *others)))
        # Of a doubled mark the second is one too many; of a doubled word, that may be another word left out.
        edits = () if any(map(str.isalnum, words)) else _taken_away(spans, plan)
        yield Found(place, {"repeated": words}, spans[1:], node, edits=edits)


def _taken_away(places: Sequence[Span], plan: Plan) -> tuple[Edit, ...]:
    """Return the edits that take away the second of two marks; three and more may stand for an ellipsis, or a gap."""
    source = plan.text.source
    made = []
    for place in places:
        mark = source[place.start : place.end]
        around = fold(source[max(0, place.start - 2) : place.end + 1])
        if len(mark) == 1 and around.count(fold(mark)) == 2 and fold(mark) * 2 in around:
            made.append(Edit(place, ""))
    return tuple(made)


def _words(text: str, options: Options) -> Iterator[Repetition]:
    yield from words_in_a_row(text, options.min_length)
    if options.also:
        for found in matches(options.also, simplified(text)):
            start, end = found.span()
            middle = (start + end) // 2
            yield Repetition(text[start:middle], (start, middle), (middle, end))


def _phrases(text: str, folded: str, options: Options) -> Iterator[Repetition]:
    marks = fold(options.marks)
    if not may_repeat(folded, marks, options.min_length, options.taken_up, options.alike, options.in_a_row):
        return
    of_text = phrases(text, marks)
    yield from equal_phrases(of_text, options.min_length)
    if options.in_a_row:
        yield from phrases_in_a_row(of_text, options.in_a_row, options.min_length)
    if options.taken_up:
        yield from phrases_within_the_next(of_text, options.taken_up)
    if options.alike:
        yield from sentences_alike(of_text, *options.alike)


def _is_ignored(one: Repetition, text: str, options: Options) -> bool:
    around = text[one.first[0] : one.again[1] + _BEHIND]
    return options.ignore is not None and search(options.ignore, around) is not None


def _in_columns(before: Span | None, place: Span, plan: Plan) -> bool:
    """Say whether white space stands in what is repeated, as in a form: 年　月　日　　年　月　日."""
    stretch = plan.text.source[before.start if before else place.start : place.end]
    return "\n" not in stretch and any(char.isspace() for char in stretch)


def _in_clause(place: Span, plan: Plan) -> bool:
    """Say whether a place lies in a responsibility clause: the units of several clauses may be the same."""
    return any(clause.span.start <= place.start < clause.span.end for clause in plan.clauses)


def _units(clause: Any, options: Options) -> Iterator[Found]:
    """Yield each unit that a clause names again, as the same part or as another."""
    seen: dict[str, Any] = {}
    for unit in clause.units:
        first = seen.setdefault(unit.name, unit)
        if first is not unit and unit.name not in options.allowed:
            parts = {"first_part": _PARTS[first.part], "second_part": _PARTS[unit.part]}
            yield Found(unit.span, {"repeated": unit.name, **parts}, (first.span,), clause)


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
    if options.of == "units" and options.field is not None:
        yield "field", Bilingual("of: units 看的是单位的名称，不用写 field", "of: units looks at the names: no field")
    for name, of in _GO_WITH.items():
        if getattr(options, name) is not None and options.of not in of:
            zh, en = "、".join(of), " or ".join(of)
            yield name, Bilingual(f"{name} 只与 of: {zh} 同用", f"{name} goes with of: {en} only")
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
