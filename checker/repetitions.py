"""What stands twice in a text: words in a row, phrases between marks, sentences that are nearly the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from checker.expressions import expression
from checker.folding import fold

# Sentences end here; a semicolon joins what is meant to be parallel.
_ENDS = ("。", "！", "？")


class Repetition(Struct, frozen=True):
    """What stands twice, and the indexes of both places."""

    words: str
    """The words that stand twice."""
    first: tuple[int, int]
    again: tuple[int, int]

    @property
    def is_in_a_row(self) -> bool:
        """Whether nothing but a mark stands between the two."""
        return self.again[0] - self.first[1] <= 1


class Phrase(Struct, frozen=True, gc=False):
    """What stands between two marks: 组织比赛 in “加强宣传，组织比赛。”"""

    words: str
    start: int
    after: str
    """The mark behind it; empty at the end of the text."""
    title: bool
    """True for the first of several sentences: it may be the title of the others, 加强宣传。"""

    @property
    def place(self) -> tuple[int, int]:
        """The indexes from its first character to the one behind its last."""
        return self.start, self.start + len(self.words)


def doubled_word(shortest: int) -> re.Pattern[str]:
    """Return the pattern of a word of Chinese characters that stands twice in a row."""
    return expression(rf"([一-鿿]{{{shortest},{max(8, shortest)}}}?)\1")


def words_in_a_row(text: str, shortest: int) -> Iterator[Repetition]:
    """Yield words of Chinese characters that stand twice in a row: 队伍队伍."""
    for found in doubled_word(shortest).finditer(text):
        yield Repetition(found[1], found.span(1), (found.end(1), found.end()))


def may_repeat(
    folded: str, marks: str, shortest: int, taken_up: int | None, alike: tuple[int, int] | None, in_a_row: int | None
) -> bool:
    """Say whether a phrase of a folded text may repeat another: a cheap look, after which most texts are done with."""
    least = min(taken_up or 99, in_a_row or 99)
    start, end = alike or (99, 99)
    seen: set[str] = set()
    before = ""
    for words in expression(f"[{re.escape(marks)}]").split(folded):
        phrase = words.strip() if " " in words else words
        if len(phrase) >= shortest:
            if phrase in seen:
                return True
            seen.add(phrase)
        if len(phrase) >= least and len(before) >= least and (phrase in before or before in phrase):
            return True
        if len(phrase) >= end and phrase[-end:] == before[-end:] and phrase[:start] == before[:start]:
            return True
        if phrase:
            before = phrase
    return False


def phrases(text: str, marks: str) -> list[Phrase]:
    """Return the phrases of a text: what stands between ``marks``, in document order."""
    folded = fold(text)
    found: list[Phrase] = []
    for match in expression(f"[^{re.escape(marks)}]+").finditer(folded):
        start, end = match.span()
        words = match[0].strip()
        start += len(match[0]) - len(match[0].lstrip())
        after = folded[end : end + 1]
        found.append(Phrase(words, start, after, not found and after in _ENDS))
    return found


def equal_phrases(of_text: list[Phrase], shortest: int) -> Iterator[Repetition]:
    """Yield phrases of at least ``shortest`` characters, digits and marks aside, that stand in the text already."""
    seen: dict[str, Phrase] = {}
    for phrase in of_text:
        if len(phrase.words) >= shortest:
            before = seen.get(phrase.words)
            seen[phrase.words] = phrase
            if before is not None and length(phrase.words) >= shortest:
                yield Repetition(phrase.words, before.place, phrase.place)


def phrases_in_a_row(of_text: list[Phrase], shortest: int, longest: int) -> Iterator[Repetition]:
    """Yield phrases of ``shortest`` to ``longest`` - 1 characters that stand twice in a row: 结合实际，结合实际."""
    for one, following in pairwise(of_text):
        if one.words == following.words and shortest <= length(one.words) < longest:
            yield Repetition(one.words, one.place, following.place)


def phrases_within_the_next(of_text: list[Phrase], shortest: int) -> Iterator[Repetition]:
    """Yield phrases that the next one takes up whole, or that take up the one before: 组织比赛，依法组织比赛.

    A title that the first sentence takes up is none: 加强宣传。进一步加强宣传，…
    """
    for one, following in pairwise(of_text):
        taken_up = _one_within_the_other(one.words, following.words)
        if taken_up is not None and length(taken_up) >= shortest and not one.title:
            yield Repetition(taken_up, one.place, following.place)


def _one_within_the_other(one: str, other: str) -> str | None:
    """Return the shorter of two texts if the other holds it and more."""
    if len(one) < len(other):
        return one if one in other else None
    return other if other in one and one != other else None


def sentences_alike(of_text: list[Phrase], start: int, end: int) -> Iterator[Repetition]:
    """Yield sentences that differ from the end of the sentence before in a few characters of their middle.

    鼓励企业设立阅读岗位。鼓励医院设立阅读岗位。 At least ``start`` characters at the beginning and
    ``end`` at the end are the same, more than differ. Other figures make another sentence.
    """
    for one, following in pairwise(of_text):
        if one.after in _ENDS and following.after in _ENDS and one.words[:start] == following.words[:start]:
            head = _common(one.words, following.words)
            tail = _common(one.words[head:][::-1], following.words[head:][::-1])
            middles = [phrase.words[head : len(phrase.words) - tail] for phrase in (one, following)]
            few = all(0 < len(middle) < head + tail for middle in middles)
            if tail >= end and few and not expression("[0-9]").search("".join(middles)):
                yield Repetition(one.words[len(one.words) - tail :], one.place, following.place)


def length(words: str) -> int:
    """Return how many characters a text has, digits and marks aside."""
    return sum(char.isalpha() for char in words)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
