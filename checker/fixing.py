"""``--fix`` and ``--diff``: drafts in which all that has only one answer is put right.

The edits of violations that nobody has accepted are made again and again until none is left, so that
fixing a fixed draft changes nothing. Where that has led to a violation that was not there, the edits are
made step by step instead: those of a rule that would lead to another violation, or to nothing, are
refused in that line, and the person is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping

from msgspec import Struct

from checker.engine import Review, check_text
from checker.model import Bilingual, FileReport, PlacedEdit, Text
from checker.problems import NOT_REVERSIBLE, Unreadable
from checker.reader import load, read, reader_of, shown

Accept = Callable[[FileReport], FileReport]
"""From a report to the same with what persons have accepted: by the waivers of configurations, by a baseline."""


class Fixed(Struct, frozen=True):
    """A draft with what has only one answer put right."""

    path: str
    before: str
    """Its characters as they were."""
    after: str
    was: bytes
    """What its file held when it was read."""
    data: bytes
    """What its file is to hold."""
    report: FileReport
    """What is left to say of it, before a baseline."""
    edits: Mapping[str, int]
    """How many edits were made, by rule."""
    refused: tuple[tuple[str, int], ...]
    """Rules and lines in which its edits would have led to another violation, or mended nothing."""


_MOST_ROUNDS = 10
"""How many rounds it takes at most until all is right: a mark is widened, then is one of two, then goes."""


_MOST_LOOKS = 60
"""How often a draft is checked anew at most: what is not settled by then is refused."""
_MOST_GROWTH = 1000
"""By how many characters a draft may grow: edits put marks right, they do not write."""


class _State(Struct, frozen=True):
    text: Text
    data: bytes
    report: FileReport
    accepted: FileReport
    made: Counter[str]
    """How many edits have led to it, by rule."""


def is_fixable(report: FileReport) -> bool:
    """Say whether there is anything in a draft that ``--fix`` would put right."""
    return any(violation.edits for violation in report.to_mend)


def fixed(path: str, review: Review, accept: Accept, *, tracked: bool = False, where_it_can: bool = False) -> Fixed:
    """Return a draft with what has only one answer put right, as tracked changes if so asked; nothing is written.

    With ``where_it_can`` a draft of a format without tracked changes is put right without.

    Raises Unreadable for a draft that cannot be read, is of a format that cannot be written, or has no tracked
    changes, or has an encoding in which its own characters would not be the same bytes again.
    """
    fixing = _Fixing(path, review, accept, tracked, where_it_can)
    before = state = fixing.first()
    refused = set[_Unit]()
    while _units(state.accepted, ()):
        # What cannot be done all at once, or was refused, may be possible when more has been put right.
        following = fixing.at_once(state)
        refused = set()
        if following is None:
            following, refused = fixing.step_by_step(state)
        if following.made == state.made:
            break
        state = following
    return Fixed(
        before.accepted.path,
        before.text.source,
        state.text.source,
        before.data,
        fixing.reversible(state),
        state.report,
        dict(sorted(state.made.items())),
        tuple(sorted(refused)),
    )


_Unit = tuple[str, int]
"""A rule and a line: what it does there goes together, as a bracket and its partner do. Edits make no new lines."""


def _units(report: FileReport, refused: Collection[_Unit]) -> dict[_Unit, list[PlacedEdit]]:
    """Return the edits of what is to be mended, by rule and line."""
    found: dict[_Unit, list[PlacedEdit]] = {}
    for violation in report.to_mend:
        for edit in violation.edits:
            if (violation.rule, edit.line) not in refused:
                found.setdefault((violation.rule, edit.line), []).append(edit)
    return found


class _Fixing:
    """One draft, its reader, and how it is checked."""

    def __init__(self, path: str, review: Review, accept: Accept, tracked: bool, where_it_can: bool) -> None:
        self._review, self._accept = review, accept
        self._data = load(path, review.max_size)
        self._name = review.name_of(path)
        self._looks = _MOST_LOOKS
        self._reader = reader_of(self._data, self._name, review.host.readers)
        self._text = review.read(self._data, self._name)
        """What is read of those bytes."""
        has_none = self._reader is None or self._reader.revise is None
        self._tracked = tracked and not (where_it_can and has_none)

    def first(self) -> _State:
        """Return the draft as it is.

        Raises Unreadable where it could not be written back as it is: in its encoding, or because its reader, which is
        asked here for the first time, writes no such file, as one that is protected. What it says of that is said.
        """
        state = self._checked(self._text, self._data, Counter())
        if self._encoded(state.text.source) != self._data:
            raise _not_the_same(state.text)
        return state

    def reversible(self, state: _State) -> bytes:
        """Return the bytes of a state; raises Unreadable for tracked changes without which it was another draft."""
        if not self._tracked or self._reader is None or self._reader.read_original is None or state.data == self._data:
            return state.data
        readers = self._review.host.readers
        was, now = (read(data, self._name, readers, original=True).source for data in (self._data, state.data))
        if was != now:
            raise Unreadable(NOT_REVERSIBLE)
        return state.data

    def at_once(self, state: _State) -> _State | None:
        """Return the draft after all edits, and after those that these led to; None if that is of no good."""
        return self._after(state, _units(state.accepted, ()))

    def step_by_step(self, state: _State) -> tuple[_State, set[_Unit]]:
        """Return the draft after all edits that lead to no other violation, and the rules and lines of the others."""
        refused = set[_Unit]()
        while units := _units(state.accepted, refused):
            following = self._after(state, units)
            while following is None and len(units) > 1 and self._looks:  # which of them is no good?
                units = dict(list(units.items())[: len(units) // 2])
                following = self._after(state, units)
            if following is None:
                refused.update(units)
            else:
                state = following
        return state, refused

    def _after(self, before: _State, units: Mapping[_Unit, list[PlacedEdit]]) -> _State | None:
        """Return the draft after edits, and after those in the same lines that they led to.

        None if that has mended nothing, or has led to another violation.
        """
        lines = {line for _, line in units}
        state = before
        for _ in range(_MOST_ROUNDS):
            source, made = _applied(state.text, units)
            if not self._looks or len(source) > len(before.text.source) + _MOST_GROWTH:
                return None
            self._looks -= 1
            following = self._following(state, source, made)
            if following is None:
                return None
            known, state = set(_units(state.accepted, ())), following
            units = {
                unit: edits
                for unit, edits in _units(state.accepted, ()).items()
                if unit[1] in lines and (unit not in known or unit in units)
            }
            if not units:
                return state if _is_better(before.accepted, state.accepted, state.made - before.made) else None
        return None

    def _following(self, state: _State, source: str, made: Counter[str]) -> _State | None:
        """Return the draft with other characters; None where its file would not be read as these again."""
        try:
            data = self._encoded(source)
            after = self._checked(self._review.read(data, self._name), data, state.made + made)
        except Unreadable:
            return None
        return after if after.text.source == source and after.text.encoding == state.text.encoding else None

    def _checked(self, text: Text, data: bytes, made: Counter[str]) -> _State:
        report = check_text(text, shown(self._name), self._review)
        if report.error is not None:
            raise Unreadable(Bilingual(report.error, report.error))
        return _State(text, data, report, self._accept(report), made)

    def _encoded(self, source: str) -> bytes:
        if self._reader is None or self._reader.write is None:
            zh, en = "这种格式的文件不能自动改正", "files of this format cannot be fixed"
            raise Unreadable(Bilingual(zh, en))
        if self._tracked and self._reader.revise is None:
            zh = "这种格式的文件没有修订；去掉 --revisions，或加 --format docx 写一份带修订的 Word 文件"
            en = "such files have no tracked changes: leave out --revisions, or let --format docx make a Word file"
            raise Unreadable(Bilingual(zh, en))
        if self._reader.origin is None:
            write = self._reader.revise if self._tracked and self._reader.revise else self._reader.write
            return write(source, self._text, self._data)
        from checker.soundness import written_by_plugin

        return written_by_plugin(
            self._reader, self._reader.origin, source, self._text, self._data, tracked=self._tracked
        )


def _not_the_same(text: Text) -> Unreadable:
    encoding = text.encoding.upper()
    return Unreadable(
        Bilingual(
            f"编码 {encoding} 不能原样写回，没有改动；请先另存为 UTF-8",
            f"cannot be written back as it is in {encoding}, and was left alone: save it as UTF-8 first",
        )
    )


def _applied(text: Text, units: Mapping[_Unit, list[PlacedEdit]]) -> tuple[str, Counter[str]]:
    """Return the characters of a draft after edits, and how many of each rule were made.

    Of edits of one place the first by rule is made; the others are for the next round.
    """
    stretches = sorted((*text.span(edit), rule, edit.text) for (rule, _), edits in units.items() for edit in edits)
    parts: list[str] = []
    made: Counter[str] = Counter()
    at, last = 0, -1
    for start, end, rule, instead in stretches:
        if start >= at and start != last:
            parts += text.source[at:start], instead
            at, last = end, start
            made[rule] += 1
    return "".join([*parts, text.source[at:]]), made


def _is_better(before: FileReport, after: FileReport, rules: Mapping[str, object]) -> bool:
    """Say whether edits of ``rules`` have mended something and have led to no other violation.

    Places are counted by rule; of the other rules there has to be no violation that was not there: with the
    same fingerprint, or in the same line with the same words.
    """
    were, are = _places(before), _places(after)
    if any(number > were[rule] for rule, number in are.items()):
        return False
    known = {one.fingerprint for one in before.violations}
    said = {(one.rule, one.line, one.message) for one in before.violations}
    others = (one for one in after.to_mend if one.rule not in rules)
    if any(one.fingerprint not in known and (one.rule, one.line, one.message) not in said for one in others):
        return False
    return sum(are[rule] for rule in rules) < sum(were[rule] for rule in rules)


def _places(report: FileReport) -> Counter[str]:
    counted: Counter[str] = Counter()
    for violation in report.to_mend:
        counted[violation.rule] += violation.count
    return counted


def difference(one: Fixed) -> Iterator[str]:
    """Yield the lines, with their ends, of a unified diff from a draft as it was to what it is to be."""
    from difflib import unified_diff

    before, after = (_lines(words) for words in (one.before, one.after))
    for line in unified_diff(before, after, one.path, one.path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(words: str) -> list[str]:
    """Return lines as programs that apply a diff count them: only a line feed ends one."""
    lines = words.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
