"""``balanced``: brackets and quotation marks close, in the paragraph in which they open.

Signs that look like brackets or marks and are none need no partner: < and > of a comparison or of
a path, the apostrophe of Let’s, the half bracket of a number 1）.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.expressions import expression
from checker.folding import fold
from checker.formalities import Stretch
from checker.model import Bilingual, Found, Plan
from checker.nodes import place_in, span_of, value
from checker.outline import labels

Pair = Annotated[str, Meta(min_length=2, max_length=2)]

_RELATIONS = "<>＜＞﹤﹥"
# 包括：1）选题；2）选人。
_NUMBERS = r"(?<=[，。；：、！？])(?:[0-9]{1,2}|[a-zA-Z])）"


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``balanced`` can be told."""

    pairs: Annotated[
        tuple[Pair, ...],
        Meta(min_length=1, description="成对的符号，不分全角半角 / the pairs, whatever their width"),
    ] = ("（）", "〔〕", "《》", "〈〉", "“”", "‘’")


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each bracket or mark that has no partner."""
    pairs = [fold(pair) for pair in options.pairs]
    any_mark = expression(f"[{re.escape(''.join(pairs))}\n]")
    texts = [node.folded if isinstance(node, Stretch) else fold(value(node, "text", plan) or "") for node in nodes]
    marks = "".join(any_mark.findall("\n".join(texts))).split("\n")
    for node, text, in_text in zip(nodes, texts, marks, strict=True):
        if _all_paired(in_text, pairs):
            continue
        written = value(node, "text", plan)
        label = labels().match(text)  # 1）开展培训: the bracket belongs to the number
        alone = _unpaired(text, pairs, label[1] if label else 0)
        numbers = {found.end() - 1 for found in expression(_NUMBERS).finditer(text)} if alone else set()
        for index in alone:
            if written[index] not in _RELATIONS and index not in numbers:
                place = place_in(node, plan, "text", index, index + 1) or span_of(node)
                yield Found(place, {"mark": written[index]}, node=node)


def _all_paired(marks: str, pairs: Sequence[str]) -> bool:
    """Say whether a row of marks is made of pairs, one in another or one after another."""
    closing = {pair[1]: pair[0] for pair in pairs}
    open_: list[str] = []
    for mark in marks:
        if mark not in closing:
            open_.append(mark)
        elif not open_ or open_.pop() != closing[mark]:
            return False
    return not open_


def _unpaired(text: str, pairs: Sequence[str], start: int) -> list[int]:
    """Return the indexes of marks that are not closed, or not opened."""
    closing = {pair[1]: pair[0] for pair in pairs}
    opening = set(closing.values())
    open_: list[tuple[str, int]] = []
    how_many = dict.fromkeys(opening, 0)
    alone: list[int] = []
    for found in expression(f"[{re.escape(''.join(pairs))}]").finditer(text, start):
        index, char = found.start(), found[0]
        if char in opening:
            open_.append((char, index))
            how_many[char] += 1
        elif not _is_apostrophe(text, index):
            if not how_many[closing[char]]:
                alone.append(index)
                continue
            while (last := open_.pop())[0] != closing[char]:
                how_many[last[0]] -= 1
                alone.append(last[1])  # opened inside, never closed
            how_many[closing[char]] -= 1
    return sorted(alone + [index for _, index in open_])


def _is_apostrophe(text: str, index: int) -> bool:
    """Say whether a mark stands between two letters: Let’s."""
    return text[index] == "’" and expression("[A-Za-z]’[A-Za-z]").match(text, max(0, index - 1)) is not None


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
