"""``balanced``: brackets and quotation marks close, in the paragraph in which they open."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.folding import fold
from checker.model import Bilingual, Found, Plan
from checker.nodes import place_in, span_of, value
from checker.outline import labels

Pair = Annotated[str, Meta(min_length=2, max_length=2)]


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``balanced`` can be told."""

    pairs: Annotated[
        tuple[Pair, ...],
        Meta(min_length=1, description="成对的符号，不分全角半角 / the pairs, whatever their width"),
    ] = ("（）", "〔〕", "《》", "〈〉", "“”", "‘’")


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each bracket or mark that has no partner."""
    pairs = [fold(pair) for pair in options.pairs]
    for node in nodes:
        text = fold(value(node, "text", plan) or "")
        label = labels().match(text)  # 1）开展培训: the bracket belongs to the number
        for index in _unpaired(text, pairs, label[1] if label else 0):
            place = place_in(node, plan, "text", index, index + 1) or span_of(node)
            yield Found(place, {"mark": value(node, "text", plan)[index]}, node=node)


def _unpaired(text: str, pairs: Sequence[str], start: int) -> list[int]:
    """Return the indexes of marks that are not closed, or not opened."""
    closing = {pair[1]: pair[0] for pair in pairs}
    opening = set(closing.values())
    open_: list[int] = []
    alone: list[int] = []
    for index in range(start, len(text)):
        char = text[index]
        if char in opening:
            open_.append(index)
        elif char in closing:
            partner = next((at for at in reversed(open_) if text[at] == closing[char]), None)
            if partner is None:
                alone.append(index)
            else:
                alone += [at for at in open_ if at > partner]  # opened inside, never closed
                open_ = [at for at in open_ if at < partner]
    return sorted(alone + open_)


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    for pair in options.pairs:
        if fold(pair[0]) == fold(pair[1]):
            zh = f"“{pair}”的两个符号相同，分不出开合"
            yield "pairs", Bilingual(zh, f"{pair!r} is the same mark twice: which one opens cannot be told")


CHECK = CheckType(
    "balanced",
    Options,
    check,
    Bilingual("括号、引号成对", "brackets and quotes close"),
    nodes=("paragraph", "sentence", "clause", "section", "measure"),
    fields=("mark",),
    mistakes=_mistakes,
)
