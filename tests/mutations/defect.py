"""What a defect is: a draft with something wrong put into it, and the rules one of which has to see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

from checker.model import FileReport, Span, Violation
from checker.parser import parse_text
from checker.plain_text import from_string
from mutations.draft import Draft, report


class Edit(NamedTuple):
    """What stands between two offsets of the draft is replaced."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Change:
    """A way to put one defect into one draft."""

    edits: tuple[Edit, ...]
    seen: Span | None = None
    """Where in the draft it may be reported, if not where it is edited."""
    anywhere: bool = False
    """True for what is missing: each rule has its own place to say so."""


@dataclass(frozen=True)
class Defect:
    """A draft with a defect in it."""

    kind: str
    draft: Draft
    text: str = field(repr=False)
    rules: tuple[str, ...]
    """One of these reports it."""
    edited: int
    """The line of the draft that was changed."""
    lines: range | None
    """The lines of ``text`` one of which is named; None where any may be."""

    def __str__(self) -> str:
        return f"{self.kind}-{self.draft.name}-{self.edited}"

    def new_violations(self) -> list[Violation]:
        """Return the violations that the draft did not have without the defect."""
        return new(self.draft.report, report(parse_text(from_string(self.text))))

    def found(self) -> bool:
        """Say whether one of the rules reports it where it is."""
        return any(one.rule in self.rules and self.reported_at(one) for one in self.new_violations())

    def reported_at(self, violation: Violation) -> bool:
        """Say whether a violation is where the defect is."""
        named = {*range(violation.line, violation.end_line + 1), *violation.lines}
        return self.lines is None or not named.isdisjoint(self.lines)


Maker = Callable[[Draft], Iterator[Change]]
KINDS: dict[str, tuple[tuple[str, ...], Maker]] = {}
"""Each kind of defect: the rules that may report it, and what makes it."""


def defect(kind: str, *rules: str) -> Callable[[Maker], Maker]:
    """Register a maker of defects; one of ``rules`` must report each."""

    def register(maker: Maker) -> Maker:
        assert kind not in KINDS, f"two kinds are called {kind}"
        KINDS[kind] = (rules, maker)
        return maker

    return register


def defects(draft: Draft, places: int | None = 1) -> Iterator[Defect]:
    """Yield the defects that a draft lends itself to, each kind at ``places`` places (None: at all)."""
    for kind, (rules, maker) in KINDS.items():
        for change in _some(list(maker(draft)), places, f"{kind} {draft.name}"):
            yield made(kind, draft, rules, change)


def _some(changes: Sequence[Change], places: int | None, name: str) -> Iterable[Change]:
    """Return as many changes as there are to be: first, middle and last places take turns from draft to draft."""
    if places is None or len(changes) <= places:
        return changes
    first = crc32(name.encode()) % len(changes)
    return [changes[(first + number * len(changes) // places) % len(changes)] for number in range(places)]


def made(kind: str, draft: Draft, rules: tuple[str, ...], change: Change) -> Defect:
    """Return the draft with the change made in it."""
    edits = sorted(change.edits)
    text, end = [], 0
    for edit in edits:
        assert edit.start >= end, f"{kind}: edits overlap"
        text += [draft.source[end : edit.start], edit.new]
        end = edit.end
    changed = "".join([*text, draft.source[end:]])
    assert changed != draft.source, f"{kind}: nothing changed"
    seen = change.seen or Span(edits[0].start, edits[-1].end)
    start, stop = _moved(seen.start, edits, False), _moved(seen.end, edits, True)
    lines = range(changed.count("\n", 0, start) + 1, changed.count("\n", 0, max(start, stop - 1)) + 2)
    return Defect(kind, draft, changed, rules, draft.line(edits[0].start), None if change.anywhere else lines)


def _moved(offset: int, edits: Sequence[Edit], behind: bool) -> int:
    """Return where an offset of the draft is in the changed text; ``behind`` what is put in there, or before it."""
    moved = offset
    for edit in edits:
        if edit.end < offset or (edit.end == offset and behind):
            moved += len(edit.new) - (edit.end - edit.start)
        elif edit.start < offset:
            moved += edit.start - offset + (len(edit.new) if behind else 0)
    return moved


def new(before: FileReport, after: FileReport) -> list[Violation]:
    """Return what is reported more often than before; one violation with more places is new, too."""
    known, counted = (Counter[tuple[str, str]](), Counter[tuple[str, str]]())
    for counts, one_report in ((known, before), (counted, after)):
        for one in one_report.violations:
            counts[one.rule, one.message] += one.count
    return [one for one in after.violations if counted[one.rule, one.message] > known[one.rule, one.message]]


def replaced(span: Span, words: str) -> Change:
    """Return the change of what stands at ``span`` into ``words``."""
    return Change((Edit(span.start, span.end, words),))


def removed(span: Span) -> Change:
    """Return the removal of ``span``, which any place may report."""
    return Change((Edit(span.start, span.end, ""),), anywhere=True)


def inserted(at: int, words: str) -> Change:
    """Return the insertion of ``words``."""
    return Change((Edit(at, at, words),))
