"""The best pairing of rows with columns, each at most once, by the scores of some of the pairs.

``scipy.optimize.linear_sum_assignment`` and the packages ``lap`` and ``lapx`` do this for whole
matrices, and each brings NumPy along: many times the weight of plancheck, for a few hundred nodes of
which each is like three or four others. Here a pair without a score is none, so that there is little
to do: shortest augmenting paths over the pairs that there are, with potentials that keep all costs
positive (R. Jonker and A. Volgenant, Computing 38, 1987).
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush, nsmallest

Scores = Mapping[int, Mapping[int, float]]
"""By row, the scores (0 to 1) of the columns, counted from 0, that it may be paired with."""

_MOST = 16
"""How many columns a row is tried with: with more of them alike a plan made to take long would."""
_TINY = 1e-12
"""Smaller differences are of rounding: with them a path could be found shorter again and again."""


def best_pairs(scores: Scores) -> dict[int, int]:
    """Return the columns of rows, so that the sum of their scores is the largest that there is.

    A row has none where that leaves more to the others. Of very many columns a row is tried with the best;
    among those with one score, with the ones at about its own place.
    """
    pairing = _Pairing({row: _best(row, found) for row, found in scores.items()})
    for row in scores:
        pairing.add(row)
    return {row: column for row, column in pairing.columns.items() if column >= 0}


def _best(row: int, found: Mapping[int, float]) -> Mapping[int, float]:
    if len(found) <= _MOST:
        return found
    return {column: found[column] for column in nsmallest(_MOST, found, lambda one: (-found[one], abs(one - row)))}


class _Pairing:
    """Rows added one by one; after each the pairing is the best one of those rows."""

    def __init__(self, scores: Scores) -> None:
        self._costs = {row: [(column, 1.0 - score) for column, score in found.items()] for row, found in scores.items()}
        for row, costs in self._costs.items():
            costs.append((-1 - row, 1.0))  # a column of its own, which stands for none
        self.columns: dict[int, int] = {}
        self._rows: dict[int, int] = {}
        self._of_rows: dict[int, float] = {}
        self._of_columns: dict[int, float] = {}

    def add(self, row: int) -> None:
        """Pair one more row, moving others to other columns where that is better for all."""
        self._of_rows[row] = min(cost - self._of_columns.get(column, 0.0) for column, cost in self._costs[row])
        distances: dict[int, float] = {}
        reached_from: dict[int, int] = {}
        settled = [(row, 0.0)]
        queue: list[tuple[float, bool, int]] = []  # of equal distances the free columns come first
        at, length = row, 0.0
        while True:
            for column, cost in self._costs[at]:
                distance = length + cost - self._of_columns.get(column, 0.0) - self._of_rows[at]
                if distance < distances.get(column, 4.0) - _TINY:
                    distances[column], reached_from[column] = distance, at
                    heappush(queue, (distance, column in self._rows, column))
            while queue[0][0] > distances[queue[0][2]]:  # a shorter way there has been found since
                heappop(queue)
            length, is_taken, column = heappop(queue)  # there is one always: the row's own column is free
            if not is_taken:
                break
            at = self._rows[column]
            settled.append((at, length))
        self._turn(row, column, reached_from)
        for other, distance in settled:
            self._of_rows[other] += length - distance
        for other, distance in distances.items():
            if distance < length:
                self._of_columns[other] = self._of_columns.get(other, 0.0) + distance - length

    def _turn(self, start: int, column: int, reached_from: Mapping[int, int]) -> None:
        """Give each row on the path from ``start`` to a free column the next column on it."""
        row = -1
        while row != start:
            row = reached_from[column]
            before = self.columns.get(row, 0)
            self.columns[row], self._rows[column] = column, row
            column = before
