"""What differs between two versions of a line, as small stretches, in bounded time."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

_LONGEST = 1_000
"""No longer stretch is compared with what it was, each character with each: that takes up to their number cubed."""
_FARTHEST, _ALIKE = 32, 4
"""How far ahead in a longer one is looked for where the two go on alike, and for how many characters."""
_STEPS = sorted(
    ((old, new) for old in range(_FARTHEST + 1) for new in range(_FARTHEST + 1 - old)), key=lambda step: sum(step)
)[1:]


def differences(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Yield what makes one line of another, in order: start and end in ``before``, and the characters instead.

    They may be more than there have to be where much differs in a long line.
    """
    shorter = min(len(before), len(after))
    first = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), shorter)
    most = shorter - first
    last = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    if not old and not new:
        return
    found = _each_with_each(old, new) if max(len(old), len(new)) <= _LONGEST else _going_on(old, new)
    yield from ((first + start, first + end, words) for start, end, words in found)


def _each_with_each(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start, end, new[begin:stop]


def _going_on(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield the same where both soon go on alike behind what differs; from where they do not, all the rest as one."""
    at = to = 0
    while at < len(old) and to < len(new):
        if old[at] == new[to]:
            at, to = at + 1, to + 1
            continue
        step = next(
            (
                (a, b)
                for a, b in _STEPS
                if old[at + a : at + a + _ALIKE] == new[to + b : to + b + _ALIKE]
                and at + a + _ALIKE <= len(old)
                and to + b + _ALIKE <= len(new)
            ),
            None,
        )
        if step is None:
            break
        yield at, at + step[0], new[to : to + step[1]]
        at, to = at + step[0], to + step[1]
    if at < len(old) or to < len(new):
        yield at, len(old), new[to:]
