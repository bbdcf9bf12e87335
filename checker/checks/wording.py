"""``wording``: what has a fixed wording is written so, letter by letter.

Each item names a wording and a pattern of what is recognisably the same thing; where the pattern
matches something else than the wording, that is a finding. An item without a pattern is
recognised by the slip that replacing 市 with 县 throughout a text leaves: 智慧城县.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.checks.pattern import DEFAULT_FIELDS, default_field
from checker.expressions import expression
from checker.folding import fold, simplified
from checker.kinds import KINDS
from checker.lexicon import FixedWording, any_of, lexicon, made_of_words
from checker.model import Bilingual, Found, Plan
from checker.nodes import place_in, plain, shown, span_of, value
from checker.patterns import matches, pattern_problem
from checker.view import view


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``wording`` can be told."""

    items: Annotated[
        Literal["phrases", "terms"] | tuple[FixedWording, ...],
        Meta(
            description="phrases（固定提法）、terms（固定名词），或列出各项"
            " / the fixed phrases or terms of the lexicon, or the items themselves"
        ),
    ]
    more: Annotated[
        tuple[FixedWording, ...], Meta(description="另加的各项 / further items, beside those of the lexicon")
    ] = ()
    field: Annotated[
        str | None, Meta(description="在哪个属性里找；不写则为标题、全文 / the attribute; title or text by default")
    ] = None


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each place that has another wording than the fixed one."""
    field = options.field or (default_field(nodes[0], plan) if nodes else "text")
    items = (*_items(options), *options.more)
    for item in items:
        if item.pattern is not None:
            for node in view(plan).with_match(nodes, item.pattern, field, folded=True):
                yield from _bent(item, node, field, plan)
    without_pattern = tuple(item for item in items if item.pattern is None)
    if without_pattern:
        slips = _slips(without_pattern)
        for node in view(plan).with_match(nodes, slips.pattern, field, folded=True):
            for item, start, end in slips.found_in(_compared(node, field, plan)):
                yield _finding(item, (start, end), node, field, plan)


def _items(options: Options) -> tuple[FixedWording, ...]:
    if isinstance(options.items, tuple):
        return options.items
    words = lexicon().wordings
    return words.terms if options.items == "terms" else words.phrases


def _bent(item: FixedWording, node: Any, field: str, plan: Plan) -> Iterator[Found]:
    """Yield the places of one node where the pattern of an item matches something else than its wording."""
    text = _compared(node, field, plan)
    right = expression(any_of(tuple(simplified(fold(wording)) for wording in (item.name, *item.allowed))))
    rest = right.finditer(text)
    last, following = 0, next(rest, None)
    for found in matches(item.pattern or "", text):
        while following is not None and following.start() < found.end():
            last, following = following.end(), next(rest, None)
        if last <= found.start():
            yield _finding(item, found.span(), node, field, plan)


def _compared(node: Any, field: str, plan: Plan) -> str:
    """Return a text as wordings are compared, folded and simplified, every character in its place."""
    return fold(plain(node, field, plan) or "")


def _finding(item: FixedWording, at: tuple[int, int], node: Any, field: str, plan: Plan) -> Found:
    text = shown(value(node, field, plan), "zh")
    place = place_in(node, plan, field, *at) or span_of(node)
    return Found(place, {"written": text[slice(*at)], "wording": item.name}, node=node)


class _Slips(NamedTuple):
    """What replacing one level word by another makes of fixed terms."""

    pattern: re.Pattern[str]
    """Two characters of each, with which a text is looked over: 城县."""
    words: dict[str, list[tuple[int, str, FixedWording]]]
    """By those two, the whole words, and where the two stand in each."""

    def found_in(self, text: str) -> Iterator[tuple[FixedWording, int, int]]:
        """Yield the terms that are bent in a text, and where."""
        for found in self.pattern.finditer(text):
            for at, word, item in self.words[found[0]]:
                start = found.start() - at
                if start >= 0 and text.startswith(word, start):
                    yield item, start, start + len(word)


@made_of_words(16)
def _slips(items: tuple[FixedWording, ...]) -> _Slips:
    levels = lexicon().wordings.levels
    words: dict[str, list[tuple[int, str, FixedWording]]] = {}
    for item in items:
        name, *allowed = (simplified(fold(wording)) for wording in (item.name, *item.allowed))
        for at, char in enumerate(name):
            for other in item.levels or levels if char in levels else ():
                word = name[:at] + other + name[at + 1 :]
                if other != char and word not in allowed and len(word) > 1:
                    first = max(0, at - 1)
                    words.setdefault(word[first : first + 2], []).append((first, word, item))
    return _Slips(expression(any_of(tuple(words)) or "(?!)"), words)


def problem_of_term(item: FixedWording) -> Bilingual | None:
    """Return what is wrong with a term that comes without a pattern: with no level word in it nothing can be found."""
    levels = lexicon().wordings.levels
    if set(item.name) & set(levels):
        return None
    zh = f"“{item.name}”里没有层级的字（{levels}），要写明 pattern"
    return Bilingual(zh, f"{item.name!r} has no level word: give a pattern")


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if options.field is None and KINDS[kind].attributes.keys().isdisjoint(DEFAULT_FIELDS):
        yield "items", Bilingual(f"{kind} 没有可查找的文字，请写明 field", f"{kind} has no text of its own: give field")
    for name in ("items", "more"):
        given = getattr(options, name)
        if name == "items" and not given:
            yield name, Bilingual("各项是空的", "there are no items")
        for index, item in enumerate(given if isinstance(given, tuple) else ()):
            if item.pattern is not None and (wrong := pattern_problem(item.pattern)):
                yield f"{name}[{index}].pattern", wrong
            elif item.pattern is None and (wrong := problem_of_term(item)):
                yield f"{name}[{index}]", wrong


CHECK = CheckType(
    "wording",
    Options,
    check,
    Bilingual("固定的说法一字不差", "what has a fixed wording is written so"),
    fields=("written", "wording"),
    attributes={"field": ("text",)},
    mistakes=_mistakes,
)
