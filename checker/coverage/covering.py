"""The whole comparison, in the order in which it happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.coverage import nodes, targets, tasks
from checker.coverage.likeness import Reading
from checker.coverage.model import Coverage, Node, Pairing, Sureness
from checker.model import Bilingual, Plan
from checker.problems import Problem

MOST = 360_000
"""How many pairs are weighed: six hundred tasks with six hundred. Real plans have a hundred."""
_CERTAIN, _LIKELY = 0.8, 0.6


def cover(superior: Plan, draft: Plan) -> Coverage:
    """Return what in ``draft`` takes up each action, project, measure and target of ``superior``.

    Each node is paired with one at most, so that the sum of the scores is the largest there is; of what is
    left, a node is taken up together with another one where a place is like enough to both. All plans in a
    file count. Raises Problem for plans with more nodes than can be compared.
    """
    asked, given = nodes.tasks(superior), nodes.tasks(draft)
    asked_targets, given_targets = nodes.targets(superior), nodes.targets(draft)
    _mind_size(asked, given)
    _mind_size(asked_targets, given_targets)
    reading = Reading([*nodes.plans_of(superior), *nodes.plans_of(draft)])
    matching = tasks.match(asked, given, reading)
    of_targets = targets.match(
        targets.Side(asked_targets, nodes.homes(asked_targets, asked)),
        targets.Side(given_targets, nodes.homes(given_targets, given)),
        {(row, found.index) for row, found in matching.found.items()},
        reading,
    )
    pairings = [
        *_of_tasks(asked, given, matching),
        *_of_targets(asked_targets, given_targets, of_targets, draft),
    ]
    taken = {one.index for one in matching.found.values()}
    used = {column for column, _ in of_targets.found.values()}
    own = [node for index, node in enumerate(given) if index not in taken]
    own += [node for index, node in enumerate(given_targets) if index not in used]
    return Coverage(
        superior,
        draft,
        tuple(sorted(pairings, key=lambda pairing: pairing.superior.span)),
        tuple(sorted(own, key=lambda node: node.span)),
    )


def _mind_size(asked: Sequence[Node], given: Sequence[Node]) -> None:
    if len(asked) * len(given) > MOST:
        zh = f"内容太多，无法对照：{len(asked)} 项对 {len(given)} 项"
        raise Problem(Bilingual(zh, f"too much to compare: {len(asked)} nodes with {len(given)}"))


def _sureness(score: float) -> Sureness:
    return "certain" if score >= _CERTAIN else "likely" if score >= _LIKELY else "doubtful"


def _of_tasks(asked: Sequence[Node], given: Sequence[Node], matching: tasks.Matching) -> Iterator[Pairing]:
    sections = {id(node.section): row for row, node in enumerate(asked) if node.kind != "measure"}
    below: dict[int, list[int]] = {}
    for row, node in enumerate(asked):
        if node.kind == "measure" and id(node.section) in sections:
            below.setdefault(sections[id(node.section)], []).append(row)
    taken = {found.index for found in matching.found.values()}
    for row, node in enumerate(asked):
        measures = below.get(row, [])
        counts = len(measures), sum(one in matching.found for one in measures)
        if found := matching.found.get(row):
            other = given[found.index]
            above = matching.found.get(sections[id(node.section)]) if id(node.section) in sections else None
            moved = above is not None and _is_moved(node, other, given[above.index])
            sureness = _sureness(found.score)
            yield Pairing(
                node,
                other,
                found.score,
                sureness,
                together=found.together,
                moved=moved,
                below=counts[0],
                below_taken=counts[1],
            )
        else:
            column, score = matching.nearest.get(row, (None, 0.0))
            yield Pairing(
                node,
                None,
                score,
                nearest=None if column is None else given[column],
                nearest_taken=column in taken,
                below=counts[0],
                below_taken=counts[1],
            )


def _is_moved(node: Node, other: Node, above: Node) -> bool:
    """Say whether a measure stands elsewhere than under what takes up the task around it."""
    if node.kind != "measure" or other.kind != "measure" or above.kind == "measure":
        return False
    return other.section is None or all(around is not above.section for around in other.section.path)


def _of_targets(
    asked: Sequence[Node], given: Sequence[Node], matching: targets.Matching, draft: Plan
) -> Iterator[Pairing]:
    period = draft.metadata.period
    taken = {column for column, _ in matching.found.values()}
    for row, node in enumerate(asked):
        if row in matching.found:
            column, score = matching.found[row]
            yield Pairing(node, given[column], score, _sureness(score), verdict=targets.verdict(node, given[column]))
        else:
            year = targets.year_of(node)
            beyond = bool(year and period and year > period[1])
            column, score = matching.nearest.get(row, (-1, 0.0))
            near = given[column] if score else None
            yield Pairing(node, None, score, nearest=near, nearest_taken=column in taken, beyond=beyond)
