"""A draft line by line, with its headings and with what violations mark in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import Literal, NamedTuple

from msgspec import Struct

from checker.model import Plan, Severity, Span, Violation

LineKind = Literal["", "title", "h1", "h2", "h3"]
_DEEPEST = 3
_MOST = 8
"""How many violations one stretch of text leads to: of more, the shortest."""


class Numbered(NamedTuple):
    """A violation of a draft with its number in the report."""

    number: int
    violation: Violation


class Badge(Struct, frozen=True):
    """The number of a violation where it begins, or in one of its further lines."""

    number: int
    severity: Severity
    waived: bool
    first: bool
    """True where the violation begins: links lead there. False for one of its further lines."""


class Piece(Struct, frozen=True):
    """A stretch of a line all of which is marked alike; with badges only, its text is empty."""

    text: str
    badges: tuple[Badge, ...] = ()
    """Those that stand before the text."""
    numbers: tuple[int, ...] = ()
    """The violations that it is a place of, the shortest first."""
    severity: Severity | None = None
    """The gravest of those that are to be mended; of none but accepted ones None."""
    bold: bool = False
    """True for a heading that goes on as text in the same line."""


class Line(Struct, frozen=True):
    """A line of the draft as it stands in the file."""

    number: int
    kind: LineKind
    pieces: tuple[Piece, ...]


class _Mark(NamedTuple):
    start: int
    end: int
    number: int
    severity: Severity
    waived: bool
    first: bool


_GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def marked_lines(plan: Plan, found: Sequence[Numbered]) -> tuple[Line, ...]:
    """Return all lines of the file that ``plan`` was read from, the first of its plans.

    A violation without a place in the text (the draft is another one now) marks nothing; see ``is_placed``.
    """
    text = plan.text
    marks = _by_line(plan, [mark for one in found if is_placed(plan, one.violation) for mark in _marks(plan, one)])
    further = _further(plan, found)
    headings = _headings(plan)
    lines: list[Line] = []
    for number, start in enumerate(text.line_starts, start=1):
        words = text.line(number)
        if number == len(text.line_starts) and not words and number > 1:
            break  # what follows the last line end
        kind: LineKind = ""
        own = headings.get(number, [])
        if own and _fills(own[0], start, words):
            kind, own = own[0].kind, []
        badges = tuple(further.get(number, ()))
        pieces = _pieces(words, start, marks.get(number, ()), own)
        opening = (Piece("", badges),) if badges else ()
        lines.append(Line(number, kind, (*opening, *pieces)))
    return tuple(lines)


def is_placed(plan: Plan, violation: Violation) -> bool:
    """Say whether there is such a place in the draft."""
    return violation.line <= len(plan.text.line_starts) and violation.column - 1 <= len(plan.text.line(violation.line))


# ------------------------------------------------------------------------------------- marks


def _marks(plan: Plan, one: Numbered) -> Iterator[_Mark]:
    """Yield the place of a violation, and those of its further places that are known to the character."""
    number, violation = one
    known = violation.severity, violation.waived is not None
    start, end = plan.text.span(violation)
    end = max(end, start + 1)
    yield _Mark(start, end, number, *known, True)
    for edit in violation.edits:
        at, to = plan.text.span(edit)
        if not (start <= at and to <= end):
            yield _Mark(at, max(to, at + 1), number, *known, False)


def _by_line(plan: Plan, marks: Iterable[_Mark]) -> dict[int, list[_Mark]]:
    found: defaultdict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        for line in _lines(plan, mark.start, mark.end):
            found[line].append(mark)
    return found


def _lines(plan: Plan, start: int, end: int) -> range:
    """Return the numbers of the lines of a stretch, none of an empty one."""
    starts = plan.text.line_starts
    return range(bisect_right(starts, start), bisect_right(starts, end - 1) + 1 if end > start else 0)


def _further(plan: Plan, found: Sequence[Numbered]) -> dict[int, list[Badge]]:
    """Return the badges of violations with several places, for lines in which only the line is known."""
    badges: defaultdict[int, list[Badge]] = defaultdict(list)
    for number, violation in found:
        if not is_placed(plan, violation):
            continue
        known = {edit.line for edit in violation.edits}
        known.update(range(violation.line, violation.end_line + 1))
        for line in violation.lines:
            if line not in known:
                badges[line].append(Badge(number, violation.severity, violation.waived is not None, False))
    return badges


# ---------------------------------------------------------------------------------- headings


class _Heading(NamedTuple):
    start: int
    end: int
    kind: LineKind


def _headings(plan: Plan) -> dict[int, list[_Heading]]:
    """Return titles and headings of all plans in the file, by the lines that they stand in."""
    found: defaultdict[int, list[_Heading]] = defaultdict(list)
    kinds: tuple[LineKind, ...] = ("h1", "h2", "h3")
    for one in (plan, *plan.plans):
        spans: list[tuple[Span, LineKind]] = [(one.metadata.title_span, "title")]
        spans += [(section.span, kinds[min(section.level, _DEEPEST) - 1]) for section in one.sections]
        for span, kind in spans:
            for line in _lines(plan, span.start, span.end):
                found[line].append(_Heading(span.start, span.end, kind))
    return found


def _fills(heading: _Heading, start: int, words: str) -> bool:
    """Say whether nothing but a heading stands in a line, marks and the full stop behind it aside."""
    before = words[: max(0, heading.start - start)]
    after = words[max(0, heading.end - start) :]
    return not before.strip("\u3000 \t#*") and not after.strip("\u3000 \t*。")


# ------------------------------------------------------------------------------------ pieces


def _pieces(words: str, start: int, marks: Sequence[_Mark], headings: Sequence[_Heading]) -> Iterator[Piece]:
    """Yield a line cut wherever a mark or a heading begins or ends."""
    end = start + len(words)
    edges = {edge for mark in marks for edge in (mark.start, mark.end)}
    edges |= {edge for heading in headings for edge in (heading.start, heading.end)}
    cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
    beginning, ending = _by(marks, start, "start"), _by(marks, start, "end")
    active: set[_Mark] = set()
    for at, to in zip(cuts, [*cuts[1:], end], strict=True):
        active.difference_update(ending.get(at, ()))
        new = beginning.get(at, [])
        active.update(new)
        badges = tuple(_badges(mark for mark in new if mark.start == at))
        if to > at or badges:
            bold = any(heading.start <= at < heading.end for heading in headings)
            yield _piece(words[at - start : to - start], badges, active, bold)


def _by(marks: Sequence[_Mark], start: int, side: Literal["start", "end"]) -> dict[int, list[_Mark]]:
    found: defaultdict[int, list[_Mark]] = defaultdict(list)
    for mark in marks:
        found[max(start, mark.start) if side == "start" else mark.end].append(mark)
    return found


def _badges(marks: Iterable[_Mark]) -> Iterator[Badge]:
    for mark in sorted(marks, key=lambda mark: mark.number):
        yield Badge(mark.number, mark.severity, mark.waived, mark.first)


def _piece(text: str, badges: tuple[Badge, ...], active: set[_Mark], bold: bool) -> Piece:
    if not active:
        return Piece(text, badges, bold=bold)
    shortest = nsmallest(_MOST, active, key=lambda mark: (mark.end - mark.start, mark.number))
    numbers = tuple(dict.fromkeys(mark.number for mark in shortest))
    gravest = min((mark.severity for mark in active if not mark.waived), key=_GRAVITY.__getitem__, default=None)
    return Piece(text, badges, numbers, gravest, bold)
