"""Two rounds of review: which violations of the old draft are fixed, which are still open, which are new.

A violation of the old draft and one of the new are the same if they have the same fingerprint. Of the rest
those of one rule are matched that are likest: the same text in another section, or much the same text in much
the same section, as when the title of a measure, or of the section itself, was mended a little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from checker.fingerprints import unnumbered
from checker.model import FileReport, Violation, Waived

State = Literal["new", "open", "fixed", "waived", "unknown"]
"""``unknown``: in one of the drafts the rule could not be evaluated."""
Matched = Literal["fingerprint", "similar"]

LIKE = 0.6
"""From which share of common text on two places in one section are the same one, edited."""
_MOST = 40_000
"""How many pairs of one rule are looked at for likeness: more is no draft that a person has edited."""
_NUMBER = re.compile(r"^[第(（]?[零〇一二三四五六七八九十百\d]+(?:[-.．][\d]+)*[)）]?[章节条、.．]?|^[①-⑳]")
_SHOWN = 40


class Compared(Struct, frozen=True):
    """One violation through both rounds."""

    state: State
    old: Violation | None = None
    """None for a new one."""
    new: Violation | None = None
    """None for one that is fixed."""
    matched: Matched | None = None
    """How the two were found to be the same; None where there is but one."""

    @property
    def place(self) -> Violation:
        """The violation where it is to be shown: in the new draft, else in the old."""
        found = self.new or self.old
        assert found is not None
        return found


class DraftPair(Struct, frozen=True):
    """The two versions of one draft, and what became of its violations."""

    name: str
    """Its path below both folders; of two files the path of the new one."""
    old: FileReport | None
    """None where only the new folder has it."""
    new: FileReport | None
    violations: tuple[Compared, ...] = ()
    """New, still open and waived ones in the order of the new draft, then the others in the order of the old."""

    @property
    def reports(self) -> tuple[FileReport, ...]:
        """The reports on those versions that there are."""
        return tuple(one for one in (self.old, self.new) if one is not None)


class Comparison(Struct, frozen=True):
    """The result of comparing, as it is printed."""

    version: str
    packs: dict[str, str]
    plugins: dict[str, str]
    old: str
    new: str
    drafts: tuple[DraftPair, ...]
    language: str = "zh"
    problems: tuple[str, ...] = ()
    """What is wrong with rules, words, plugins, and names in the selection."""

    def count(self, state: State) -> int:
        """Return how many violations are in a state."""
        return sum(one.state == state for draft in self.drafts for one in draft.violations)


# ------------------------------------------------------------------------------------- one draft


def compared(name: str, old: FileReport | None, new: FileReport | None) -> DraftPair:
    """Tell apart what became of each violation of a draft; nothing is said where a version could not be read."""
    if new is None or new.error is not None or (old is not None and old.error is not None):
        return DraftPair(name, old, new)
    before = old.violations if old is not None else ()
    pairs = dict(_same(before, new.violations))
    left = [index for index in range(len(new.violations)) if index not in pairs]
    taken = {index for index, _ in pairs.values()}
    rest = [index for index in range(len(before)) if index not in taken]
    pairs |= _similar(before, rest, new.violations, left)
    blind = _not_evaluated(old), _not_evaluated(new)
    found = [_of_new(one, pairs.get(index), before, blind[0]) for index, one in enumerate(new.violations)]
    taken = {index for index, _ in pairs.values()}
    gone = [one for index, one in enumerate(before) if index not in taken]
    found += [Compared("unknown" if one.rule in blind[1] else "fixed", one) for one in gone]
    return DraftPair(name, old, new, tuple(found))


def _not_evaluated(report: FileReport | None) -> set[str]:
    return {one.rule for one in report.rules if one.outcome == "not-evaluated"} if report is not None else set()


def _of_new(one: Violation, pair: tuple[int, Matched] | None, before: Sequence[Violation], blind: set[str]) -> Compared:
    """Return what a violation of the new draft is, by the one of the old that it was found to be."""
    old, matched = (before[pair[0]], pair[1]) if pair is not None else (None, None)
    if one.waived is None and old is not None and old.waived == Waived("baseline"):
        one = replace(one, waived=old.waived)  # a baseline of the old version knows the new one, too
    if one.waived is not None:
        return Compared("waived", old, one, matched)
    if old is not None:
        return Compared("open", old, one, matched)
    return Compared("unknown" if one.rule in blind else "new", None, one)


# -------------------------------------------------------------------------------------- matching


def _same(before: Sequence[Violation], after: Sequence[Violation]) -> Iterator[tuple[int, tuple[int, Matched]]]:
    """Yield for each violation of the new draft that of the old with its fingerprint.

    Of equal ones those with the same message first: the index among equals says nothing of which is mended.
    """
    old = _grouped(range(len(before)), lambda index: unnumbered(before[index].fingerprint))
    new = _grouped(range(len(after)), lambda index: unnumbered(after[index].fingerprint))
    for common, members in new.items():
        backwards = old.get(common, [])[::-1]  # the first is taken from the end
        by_message = _grouped(backwards, lambda index: (before[index].rule, before[index].message))
        without: list[int] = []
        for index in members:
            same = by_message.get((after[index].rule, after[index].message))
            if same:
                yield index, (same.pop(), "fingerprint")
            else:
                without.append(index)
        rest = sorted(index for some in by_message.values() for index in some)
        yield from ((index, (other, "fingerprint")) for index, other in zip(without, rest, strict=False))


def _grouped(indexes: Sequence[int], key: Callable[[int], Hashable]) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index in indexes:
        groups[key(index)].append(index)
    return groups


def _similar(
    before: Sequence[Violation], rest: Sequence[int], after: Sequence[Violation], left: Sequence[int]
) -> dict[int, tuple[int, Matched]]:
    """Return for violations of the new draft the likest of the old that are left, each taken once."""
    old = _grouped(rest, lambda index: before[index].rule)
    new = _grouped(left, lambda index: after[index].rule)
    pairs: dict[int, tuple[int, Matched]] = {}
    for rule, members in new.items():
        others = old.get(rule, [])
        if len(members) * len(others) > _MOST:
            continue
        places = {index: _Place(before[index]) for index in others}
        likest = sorted(
            (-likeness, abs(index - other), index, other)
            for index in members
            for here in [_Place(after[index])]
            for other in others
            if (likeness := here.likeness(places[other])) > 0
        )
        taken: set[int] = set()
        for _, _, index, other in likest:
            if index not in pairs and other not in taken:
                pairs[index] = other, "similar"
                taken.add(other)
    return pairs


class _Place:
    """Where a violation is, as two versions are compared: its section without the number, its words without marks."""

    def __init__(self, violation: Violation) -> None:
        self.section = _plain(violation.section_label or "")
        self.words = _plain(violation.excerpt)
        if sum(map(str.isalpha, self.words)) < 2:  # a bracket, a number: what stands behind it says more
            self.words = _plain(violation.source_line[violation.column - 1 :][:_SHOWN])

    def likeness(self, other: _Place) -> float:
        """Return from 0 (not the same) to 2 (the same words in the same section) how alike two places are.

        Where a heading was edited it is the place and the section, too: so a section may be much the same.
        """
        same_section = self.section == other.section
        if self.words == other.words:
            return (1.0 + same_section) if self.words else 0.0
        words = _ratio(self.words, other.words)
        if not words or same_section:
            return words
        return words * _ratio(self.section, other.section)


def _ratio(one: str, other: str) -> float:
    """Return how much of two texts is common, 0 if that is less than ``LIKE``."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= LIKE else 0.0


def _plain(written: str) -> str:
    words, again = written.strip(), ""
    while words != again:  # 三（五）标题 has two numbers
        words, again = _NUMBER.sub("", words, count=1).lstrip(), words
    return "".join(filter(str.isalnum, words))
