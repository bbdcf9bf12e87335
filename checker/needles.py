"""What a text must hold wherever a pattern matches: looked for first, since most texts do not hold it.

Of ``成立[^。]{0,20}(?:领导小组|联席会议)`` it is ``联席会议|领导小组``, which a plan holds less often than 成立. Where
that does not stand, neither does a match, and nothing slow has been done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, NamedTuple

_MOST_TEXTS = 48
"""More alternatives than these are not looked for one by one."""
_MOST_OF_A_CLASS = 8
_TOO_OFTEN = 20
"""A needle that is expected so often in a thousand characters is in most paragraphs, and spares few."""
_MARKS = {"，": 50, "、": 50, "。": 20, "；": 10, "：": 10, "（": 10, "）": 10}


class Needle(NamedTuple):
    """Texts and ranges of characters of which one at least stands in whatever a pattern matches."""

    texts: frozenset[str]
    ranges: frozenset[tuple[int, int]] = frozenset()

    @property
    def often(self) -> float:
        """About how often it is expected in a thousand characters of a plan."""
        return sum(map(_how_often, self.texts)) + sum(_how_often(chr(first)) * 20 for first, _ in self.ranges)

    @property
    def pattern(self) -> str:
        """The pattern that looks for it, one character first: ``[Ѐ-ӿ甲]|成立|组建``."""
        single = "".join(map(re.escape, sorted(text for text in self.texts if len(text) == 1)))
        ranged = "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in sorted(self.ranges))
        longer = [re.escape(text) for text in sorted(self.texts) if len(text) > 1]
        return "|".join([*([f"[{ranged}{single}]"] if ranged or single else []), *longer])


def needle_of(parsed: Sequence[tuple[Any, Any]]) -> str | None:
    """Return the pattern of what has to stand where a parsed pattern matches; None where that is next to nothing."""
    found = _best(_needs(parsed))
    return found.pattern if found and found.often < _TOO_OFTEN else None


def _best(needs: Iterable[Needle]) -> Needle | None:
    return min(needs, key=lambda needle: needle.often, default=None)


def _either(texts: Iterable[str], ranges: Iterable[tuple[int, int]] = ()) -> Needle:
    """Return a needle without the texts that hold another of them."""
    ranges, kept = frozenset(ranges), list[str]()
    for text in sorted(set(texts), key=len):
        ranged = any(first <= ord(char) <= last for char in text for first, last in ranges)
        if not ranged and not any(shorter in text for shorter in kept):
            kept.append(text)
    return Needle(frozenset(kept), ranges)


def _how_often(text: str) -> float:
    if len(text) > 1:
        return float(4 ** (1 - len(text)))
    if "\u4e00" <= text <= "\u9fff" or text.isdigit():
        return 3
    return _MARKS.get(text) or (0.5 if text.isascii() or unicodedata.category(text)[0] == "P" else 0.05)


def _needs(parsed: Sequence[tuple[Any, Any]]) -> list[Needle]:
    """Return what each part of a sequence needs; parts that are exact texts are taken together."""
    needs: list[Needle] = []
    run = frozenset({""})
    for operation, argument in parsed:
        name = str(operation)
        if name in ("AT", "ASSERT_NOT"):
            continue
        if name == "ASSERT":
            needs += _needs(list(argument[1]))
            continue
        texts = _exact(name, argument)
        longer = frozenset(a + b for a, b in product(run, texts)) if texts and len(run) * len(texts) < 999 else None
        if longer is not None and len(longer) <= _MOST_TEXTS:
            run = longer
            continue
        needs += _of_run(run)
        run = frozenset({""})
        if texts:
            run = texts
        else:
            needs += _of_part(name, argument)
    return [*needs, *_of_run(run)]


def _of_run(texts: frozenset[str]) -> list[Needle]:
    return [] if "" in texts else [_either(texts)]


def _of_part(name: str, argument: Any) -> list[Needle]:
    """Return what a part needs that is no exact text."""
    if name == "IN":
        return _of_class(argument)
    if name == "SUBPATTERN":
        return _needs(list(argument[-1]))
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _needs(list(argument[2])) if argument[0] else []
    if name == "BRANCH":
        branches = [_best(_needs(list(branch))) for branch in argument[1]]
        found = [branch for branch in branches if branch]
        if len(found) == len(branches):
            return [_either((t for one in found for t in one.texts), (r for one in found for r in one.ranges))]
    return []


def _of_class(members: list[tuple[Any, Any]]) -> list[Needle]:
    texts: set[str] = set()
    ranges: set[tuple[int, int]] = set()
    for kind, what in members:
        if str(kind) == "LITERAL":
            texts.add(chr(what))
        elif str(kind) == "RANGE":
            ranges.add((what[0], what[1]))
        else:
            return []
    return [Needle(frozenset(texts), frozenset(ranges))]


def _exact(name: str, argument: Any) -> frozenset[str] | None:
    """Return the texts of which a part is one; None where they are too many, or not told one by one."""
    if name == "LITERAL":
        return frozenset({chr(argument)})
    if name == "IN":
        members = [needle.texts for needle in _of_class(argument) if not needle.ranges]
        return members[0] if members and len(members[0]) <= _MOST_OF_A_CLASS else None
    if name == "SUBPATTERN":
        return _exact_of_all(list(argument[-1]))
    if name == "BRANCH":
        branches = [_exact_of_all(list(branch)) for branch in argument[1]]
        found = frozenset(text for branch in branches for text in branch or ())
        return found if None not in branches and len(found) <= _MOST_TEXTS else None
    if name in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] == 1:
        once = _exact_of_all(list(argument[2]))
        return once | {""} if once else None
    return None


def _exact_of_all(parsed: Sequence[tuple[Any, Any]]) -> frozenset[str] | None:
    texts = frozenset({""})
    for operation, argument in parsed:
        if str(operation) in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        more = _exact(str(operation), argument)
        if more is None or len(texts) * len(more) > _MOST_TEXTS:
            return None
        texts = frozenset(a + b for a, b in product(texts, more))
    return texts
