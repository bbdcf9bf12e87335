"""What a rule's ``fix`` makes of the words that it found: edits that touch only what changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from checker.expressions import expression
from checker.model import Edit, Span

PlaceOf = Callable[[int, int], Span | None]
"""From indexes in a node's text to where that stands in the draft; None where it cannot be told."""

# Brackets and marks that may be partners, whatever their width.
_ROUND = ("(（", ")）")
_FAMILIES = (_ROUND, ("[［〔", "]］〕"), ("<＜﹤", ">＞﹥"), ("《", "》"), ("〈", "〉"), ("【", "】"))
_OPENING = {mark: family for family in _FAMILIES for mark in family[0]}
_CLOSING = {mark: family for family in _FAMILIES for mark in family[1]}


def substituted(words: str, table: Mapping[str, str]) -> str:
    """Return ``words`` with each key of ``table`` replaced by its value, longer keys first.

    >>> substituted("2021--2025年", {"-": "—", "--": "—"})
    '2021—2025年'
    """
    return _any_of(table).sub(lambda found: table[found[0]], words)


def substitutions(
    text: str, start: int, end: int, table: Mapping[str, str], place_of: PlaceOf, source: str
) -> tuple[Edit, ...]:
    """Return the edits that replace the keys of ``table`` in ``text[start:end]``, and the partners of brackets.

    A bracket is replaced with its partner, wherever in ``text`` that stands, or not at all. Empty where
    there is nothing to replace, where a bracket has no partner, or where the words are cut by a line end.
    """
    stretches = [found.span() for found in _any_of(table).finditer(text, start, end)]
    for at in [at for at, _ in stretches]:
        if text[at] in _OPENING or text[at] in _CLOSING:
            partner = _partner(text, at)
            if partner is None:
                return ()
            if text[partner] in table:
                stretches.append((partner, partner + 1))
    edits = [edit(text[at:behind], table[text[at:behind]], place_of(at, behind), source) for at, behind in stretches]
    return tuple(dict.fromkeys(one for one in edits if one is not None)) if all(edits) else ()


def edit(words: str, instead: str, place: Span | None, source: str) -> Edit | None:
    """Return the edit that puts ``instead`` in the place of ``words``; None where other characters stand there, too."""
    if place is None or source[place.start : place.end] != words:
        return None
    return Edit(place, instead)


def _any_of(table: Mapping[str, str]) -> re.Pattern[str]:
    return expression("|".join(map(re.escape, sorted(table, key=len, reverse=True))))


def _partner(text: str, at: int) -> int | None:
    """Return the index of the bracket that belongs to the one at ``at``.

    None where it has none, or where another of its kind has none: then which belong together is not certain.
    """
    return _partners(text, _OPENING.get(text[at]) or _CLOSING[text[at]]).get(at)


@lru_cache(maxsize=8)  # one paragraph has many brackets
def _partners(text: str, family: tuple[str, str]) -> Mapping[int, int]:
    """Return the partner of each bracket of a family; nothing where one has none."""
    partners: dict[int, int] = {}
    open_: list[int] = []
    for found in expression(f"[{re.escape(''.join(family))}]").finditer(text):
        index = found.start()
        if found[0] in family[0]:
            open_.append(index)
        elif open_:
            first = open_.pop()
            partners[first], partners[index] = index, first
        elif family is not _ROUND or not _is_label(text, index):
            return {}
    return {} if open_ else partners


def _is_label(text: str, index: int) -> bool:
    """Say whether a closing bracket is that of a number: 1）has no partner."""
    return expression(r"(?:^|[^A-Za-z0-9])(?:[0-9]{1,2}|[A-Za-z])$").search(text, 0, index) is not None
