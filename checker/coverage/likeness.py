"""How like two texts are, from 0 to 1, whatever their places and levels: by rapidfuzz.

A text is compared by its pairs of neighbouring characters: single characters stand in any text of
officialese, 科学, 学素, 素质 in a row do not. So that rapidfuzz compares pairs as it does
characters, each different pair gets a character of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from checker.expressions import expression
from checker.folding import compared
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Plan

_LONGEST = 600
"""How much of a text is compared, in characters: the whole of nearly every measure, and time stays bounded."""
_FIRST = 0x10000
_LAST = 0x10FFFF
"""The characters that stand for pairs: none of them is a surrogate."""


class Words(Struct, frozen=True):
    """A title and a text as they are compared."""

    title: str
    """Without places, levels and what names no particular task; the whole title where nothing else is in it."""
    whole_title: str
    whole_text: str
    text: str
    """The whole text with a character for each pair of characters."""


class Reading:
    """Makes words of the titles and texts of two plans, with one table of pairs for both."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        places = sorted({name for plan in plans for name in _names(plan)}, key=len, reverse=True)
        self._places = re.compile(any_of(tuple(places))) if places else None
        self._pairs: dict[str, str] = {}

    def words(self, title: str, text: str) -> Words:
        """Return the words of a title and what stands under it."""
        whole = self.bare(title)
        below = self.bare(text[: 2 * _LONGEST])[:_LONGEST]
        return Words(_generic().sub("", whole) or whole, whole, below, self._paired(below))

    def bare(self, text: str) -> str:
        """Return a text without marks, places and words of levels."""
        text = compared(text)
        if self._places:
            text = self._places.sub("", text)
        return "".join(char for char in _levels().sub("", text) if char.isalnum())

    def _paired(self, text: str) -> str:
        table = self._pairs
        found = []
        for start in range(len(text) - 1):
            pair = text[start : start + 2]
            if pair not in table:
                table[pair] = chr(_FIRST + len(table) % (_LAST - _FIRST))
            found.append(table[pair])
        return "".join(found)


def likeness(one: str, other: str) -> float:
    """Return how much of two texts is in both, in one order; 0 where one is empty."""
    return fuzz.ratio(one, other) / 100 if one and other else 0.0


def taken_up(one: str, other: str) -> tuple[float, float]:
    """Return how like two texts are, and how much of the first is in the other, both in its order."""
    if not one or not other:
        return 0.0, 0.0
    common = LCSseq.similarity(one, other)
    return 2 * common / (len(one) + len(other)), common / len(one)


class Pairs:
    """Which of some texts hold which pairs: most texts have so few in common that they need no comparison."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        self._holding: dict[str, list[int]] = {}
        for index, text in enumerate(texts):
            for pair in set(text):
                self._holding.setdefault(pair, []).append(index)

    def common(self, text: str) -> list[int]:
        """Return how many different pairs of ``text`` are in each of the texts."""
        counts = [0] * self._count
        for pair in set(text):
            for index in self._holding.get(pair, ()):
                counts[index] += 1
        return counts


def _names(plan: Plan) -> Iterable[str]:
    """Yield the place of a plan and its parts, with and without what they are: 澜海省棠城县, 棠城县, 棠城."""
    place = compared(plan.metadata.place or "")
    if not place:
        return
    yield place
    for part in re.findall(f".+?(?:自治区|自治州|自治县|[{''.join(lexicon().units.levels)}]|$)", place):
        yield part
        core = re.sub(f"(?:自治)?[{''.join(lexicon().units.levels)}]$", "", part)
        if len(core) > 1:
            yield core


@made_of_words()
def _levels() -> re.Pattern[str]:
    return expression("|".join(lexicon().coverage.levels))


@made_of_words()
def _generic() -> re.Pattern[str]:
    return expression("|".join((*lexicon().roles.generic, *lexicon().coverage.generic)))
