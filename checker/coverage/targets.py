"""Which target of a draft takes up which of the superior's plan, and whether it is lower."""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec import Struct

from checker.coverage.assignment import best_pairs
from checker.coverage.likeness import Reading, likeness
from checker.coverage.model import Node, Verdict
from checker.expressions import expression
from checker.folding import compared
from checker.lexicon import any_of, lexicon
from checker.model import Per, Target
from checker.numerals import number
from checker.view import words_of

NEEDED = 0.45
"""The least score of a pairing."""
_A_YEAR: dict[Per, int] = {"year": 1, "half-year": 2, "term": 2, "quarter": 4, "month": 12, "week": 52, "day": 365}
_UPWARD, _DOWNWARD = (">", ">="), ("<", "<=")
_GENERAL = ("objectives", "general_requirements", "guiding_thought")


class Side(Struct, frozen=True):
    """The targets of one plan, and in which of its tasks each of them stands, by index; None for the aims of all."""

    targets: Sequence[Node]
    homes: Sequence[int | None]


class Matching(Struct, frozen=True):
    """What takes up each target, by indexes of both lists, with the score; and what is nearest to the rest."""

    found: dict[int, tuple[int, float]]
    nearest: dict[int, tuple[int, float]]


def match(superior: Side, draft: Side, tasks: Set[tuple[int | None, int | None]], reading: Reading) -> Matching:
    """Return which targets of a draft take up the superior's; ``tasks`` are the tasks that do, in pairs."""
    asked, given = (
        [(node, home, reading.bare(_measured(_target(node)))) for node, home in zip(*parts, strict=True)]
        for parts in ((superior.targets, superior.homes), (draft.targets, draft.homes))
    )
    scores = [
        [
            _likeness(_target(node), words, _target(other), others, _stand_together(node, home, other, place, tasks))
            for other, place, others in given
        ]
        for node, home, words in asked
    ]
    pairs = best_pairs(
        {row: {column: one for column, one in enumerate(line) if one >= NEEDED} for row, line in enumerate(scores)}
    )
    found = {row: (column, scores[row][column]) for row, column in pairs.items()}
    rest = {row: max(enumerate(line), key=lambda one: one[1]) for row, line in enumerate(scores) if line}
    return Matching(found, {row: nearest for row, nearest in rest.items() if row not in found})


def _stand_together(
    node: Node, home: int | None, other: Node, place: int | None, tasks: Set[tuple[int | None, int | None]]
) -> bool:
    """Say whether two targets are both of the whole plan, or of tasks of which one takes up the other."""
    if home is None or place is None:
        return home is place and _role(node) in _GENERAL and _role(other) in _GENERAL
    return (home, place) in tasks


def verdict(superior: Node, draft: Node) -> Verdict:
    """Return what the draft's target is beside the superior's."""
    asked, given = _target(superior), _target(draft)
    if (year := year_of(superior)) and (other := year_of(draft)) and year != other:
        return "other-year"
    wanted, unit = quantity(asked)
    promised, other_unit = quantity(given)
    if unit != other_unit or (asked.per is None) != (given.per is None):
        return "not-comparable"
    if asked.per and given.per:
        wanted, promised = wanted * _A_YEAR[asked.per], promised * _A_YEAR[given.per]
    downward = _is_less_better(asked)
    against = _UPWARD if downward else _DOWNWARD
    if downward != _is_less_better(given) or (given.comparator in against and asked.comparator not in against):
        return "not-comparable"
    strict = asked.comparator in ("<", ">") and given.comparator not in ("<", ">")  # 超过15%, 达到15%
    less = promised > wanted if downward else promised < wanted
    if not less and not (strict and promised == wanted):
        return "met"
    return "lower" if _of_one_size(superior, draft) else "smaller"


def quantity(target: Target) -> tuple[float, str]:
    """Return value and unit, without 万 or 亿 and in the unit that others are held against: 1.2万名 is 12000, 人."""
    words, unit = lexicon().quantities, compared(target.unit)
    value = target.value
    for multiplier in sorted(words.multipliers, key=len, reverse=True):
        if unit.startswith(multiplier) and unit[len(multiplier) :] in words.units:
            value, unit = value * number(f"一{multiplier}"), unit[len(multiplier) :]
            break
    if conversion := lexicon().coverage.conversions.get(unit):
        value, unit = value * conversion.times, conversion.unit
    return round(value, 6), unit


def year_of(node: Node) -> int | None:
    """Return the year by which a target is to be reached: its own, else the last one of its plan.

    None where neither is known, and for what is promised of each year anew.
    """
    target = _target(node)
    if target.year is not None or target.per is not None:
        return target.year
    period = node.plan.metadata.period
    return period[1] if period and period[1] < 9999 else None


def _target(node: Node) -> Target:
    assert node.target is not None
    return node.target


def _measured(target: Target) -> str:
    """Return what a target is of: its metric, else all its words but the number."""
    metric = target.metric if len(compared(target.metric)) > 1 else target.quote
    return expression("[0-9.%‰]+").sub("", compared(metric))


def _likeness(asked: Target, words: str, given: Target, others: str, together: bool) -> float:
    """Return how likely two targets are of the same thing: what is measured, then place, unit and year."""
    # 具备科学素质的公民比例 and 公民具备科学素质的比例: the same characters in another order.
    alike = max(likeness(words, others), likeness(words_of(asked), words_of(given)), asked.quote == given.quote)
    score = max(0.0, (alike - 0.4) / 0.6)
    same_unit, same_time = quantity(asked)[1] == quantity(given)[1], asked.per == given.per
    if together and same_unit and same_time:
        score = 0.5 + 0.5 * score  # 每季度开展1次, 每季度组织1次: what is measured only the measure says
    elif not together:
        score *= 0.9
    score *= (1.0 if same_unit else 0.7) * (1.0 if same_time else 0.9)
    return score * (0.85 if asked.year and given.year and asked.year != given.year else 1.0)


def _role(node: Node) -> str | None:
    return node.section.role if node.section else None


def _is_less_better(target: Target) -> bool:
    """Say whether a target is the better the smaller its number: 死亡率下降到5‰, but not 死亡率下降10%."""
    words = lexicon().coverage
    quote = compared(target.quote)
    downward = target.comparator in _DOWNWARD
    if not downward and expression(f"(?:{any_of(words.falls)})(?!(?:{any_of(words.to)}))").search(quote):
        return False
    return downward or compared(target.metric).endswith(words.less_is_better)


def _of_one_size(superior: Node, draft: Node) -> bool:
    """Say whether two targets may be held against each other as they are.

    A share may; of what grows with a place, only targets of the same place: a county trains fewer people than
    its province and has not promised less.
    """
    words = lexicon().coverage
    unit = compared(_target(superior).unit)
    if superior.plan.metadata.place == draft.plan.metadata.place or unit in words.share_units:
        return True
    shares = expression("|".join(words.shares))
    return all(shares.search(compared(_target(node).metric)) is not None for node in (superior, draft))
