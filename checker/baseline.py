"""A baseline: the violations that a draft had when it was written, so that only new ones count from then on.

It is a JSON file for a repository: sorted, one line a violation, drafts by their paths from the folder of the
file. A violation is known by its fingerprint without the index among equals, and of equal ones as many are
known as the file has lines: renumbering, moving and mending one of them makes none of the others new.
One that tells of several places is known as long as it has no more of them than it had.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker.fingerprints import unnumbered
from checker.model import Bilingual, FileReport, Report, Violation, Waived
from checker.problems import Problem, Unreadable
from checker.reader import load, shown

DEFAULT = ".plancheck-baseline.json"
"""Where ``plancheck baseline`` writes unless it is told otherwise."""
SCHEMA = 1
MAX_SIZE = 20_000_000
"""The largest baseline that is read, in bytes: a hundred thousand violations."""


class Known(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line of a baseline; rule and message are for those who read it, and for pruning."""

    fingerprint: str
    rule: str
    message: str
    count: int = 1
    """In how many places: one that has more by now is not the one that was accepted."""


class BaselineFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of the file."""

    schema: int
    drafts: dict[str, tuple[Known, ...]]


class Baseline(Struct, frozen=True):
    """What a baseline knows, by draft."""

    path: str
    drafts: dict[str, tuple[Known, ...]] = {}

    @property
    def folder(self) -> str:
        """The folder from which drafts are named: that of the file, not of a link to it."""
        return os.path.dirname(os.path.realpath(self.path))

    def name(self, path: str) -> str:
        """Return how the file names a draft, however the draft was named and through whichever link."""
        if path == "-":
            return path
        place = os.path.realpath(path)
        try:
            name = os.path.relpath(place, self.folder)
        except ValueError:  # on another drive
            name = place
        name = shown(name.replace(os.sep, "/"))
        return "./-" if name == "-" else name

    def of(self, path: str) -> tuple[Known, ...]:
        """Return what is known of a draft."""
        return self.drafts.get(self.name(path), ())

    @property
    def count(self) -> int:
        """How many violations it knows."""
        return sum(map(len, self.drafts.values()))

    def applied(self, report: Report) -> Report:
        """Return a report in which the violations that it knows are accepted, unless a person has done so."""
        return replace(report, files=tuple(_applied(file, self) for file in report.files))

    def number_gone(self, report: Report) -> int:
        """Return how many violations it knows of the drafts of a report that these no longer have."""
        return sum(len(_gone(file, self)) for file in report.files)


# ------------------------------------------------------------------------------ applied to a report


def _applied(file: FileReport, baseline: Baseline) -> FileReport:
    known = baseline.of(file.path)
    accepted = {
        index for index, line in _pairs(known, file.violations) if file.violations[index].count <= known[line].count
    }
    if not accepted:
        return file
    waived = Waived("baseline")
    return replace(
        file,
        violations=tuple(
            replace(one, waived=waived) if index in accepted and one.waived is None else one
            for index, one in enumerate(file.violations)
        ),
    )


def _gone(file: FileReport, baseline: Baseline) -> set[int]:
    """Return which lines of a draft hold no longer: of a rule that did not run nothing can be said."""
    known = baseline.of(file.path)
    still = {line for _, line in _pairs(known, file.violations)}
    ran = {outcome.rule for outcome in file.rules if outcome.outcome != "not-evaluated"}
    return {line for line, one in enumerate(known) if line not in still and one.rule in ran}


def _pairs(known: Sequence[Known], violations: Sequence[Violation]) -> Iterator[tuple[int, int]]:
    """Yield the index of each violation that is known, and that of its line.

    Of equal violations the first are known; those that a person has accepted need no line, and come last.
    """
    lines: defaultdict[str, list[int]] = defaultdict(list)
    for line in range(len(known) - 1, -1, -1):
        lines[unnumbered(known[line].fingerprint)].append(line)
    if not lines:
        return
    for index in sorted(range(len(violations)), key=lambda index: violations[index].waived is not None):
        if rest := lines.get(unnumbered(violations[index].fingerprint)):
            yield index, rest.pop()


# ------------------------------------------------------------------------------ written anew


class Changes(Struct, frozen=True):
    """What became of a baseline."""

    baseline: Baseline
    added: int
    dropped: int
    """Of drafts that are gone, too."""


def updated(baseline: Baseline, report: Report, *, adds: bool, prunes: bool) -> Changes:
    """Return a baseline with what is new in the drafts of a report, or without what they no longer have, or both.

    ``report`` is one to which no baseline was applied. What a person has accepted is not added. Of drafts that
    could not be read, of rules that did not run and of drafts that the report does not have everything is kept;
    a pruned baseline keeps no drafts that are not there any more.
    """
    drafts = dict(baseline.drafts)
    added = dropped = 0
    for file in report.files:
        if file.error is not None:
            continue
        known = baseline.of(file.path)
        gone = _gone(file, baseline) if prunes else set()
        pairs = dict(_pairs(known, file.violations))
        new = [
            _known(one)
            for index, one in enumerate(file.violations)
            if adds and index not in pairs and one.waived is None
        ]
        counts = {line: file.violations[index].count for index, line in pairs.items()}
        more = sum(adds and number > known[line].count for line, number in counts.items())
        added, dropped = added + len(new) + more, dropped + len(gone)
        still = [_counted(one, counts.get(line), adds, prunes) for line, one in enumerate(known) if line not in gone]
        drafts[baseline.name(file.path)] = (*still, *new)
    if prunes:
        checked = {baseline.name(file.path) for file in report.files}
        for name in [name for name in drafts if name not in checked and _is_gone(name, baseline.folder)]:
            dropped += len(drafts.pop(name))
    kept = {name: _in_order(drafts[name]) for name in sorted(drafts) if drafts[name]}
    return Changes(replace(baseline, drafts=kept), added, dropped)


def _known(violation: Violation) -> Known:
    return Known(violation.fingerprint, violation.rule, violation.message, violation.count)


def _counted(known: Known, places: int | None, adds: bool, prunes: bool) -> Known:
    """Return a line with the number of places that there are by now: more where they are added, fewer where pruned."""
    if places is None or not ((adds and places > known.count) or (prunes and places < known.count)):
        return known
    return replace(known, count=places)


def _is_gone(name: str, folder: str) -> bool:
    """Say whether a draft is not there any more; of a name with marks for odd bytes that cannot be told."""
    return name != "-" and "\ufffd" not in name and not os.path.lexists(os.path.join(folder, name))


def _in_order(known: Iterable[Known]) -> tuple[Known, ...]:
    """Return the lines of a draft by rule and fingerprint, equal ones numbered from the first."""
    seen: Counter[str] = Counter()
    lines = []
    for one in sorted(known, key=lambda one: (one.rule, unnumbered(one.fingerprint), _number(one.fingerprint))):
        common = unnumbered(one.fingerprint)
        seen[common] += 1
        lines.append(replace(one, fingerprint=common if seen[common] == 1 else f"{common}-{seen[common]}"))
    return tuple(lines)


def _number(fingerprint: str) -> int:
    index = fingerprint[len(unnumbered(fingerprint)) + 1 :]
    return int(index) if index else 1


def encoded(baseline: Baseline) -> bytes:
    """Return a baseline as it stands in its file: sorted, one line a violation."""
    drafts = []
    for name, known in sorted(baseline.drafts.items()):
        lines = [f"      {_in_one_line(one)}" for one in _in_order(known)]
        drafts.append(f"    {_in_one_line(name)}: [\n" + ",\n".join(lines) + "\n    ]")
    inside = "{\n" + ",\n".join(drafts) + "\n  }" if drafts else "{}"
    return f'{{\n  "schema": {SCHEMA},\n  "drafts": {inside}\n}}\n'.encode()


def _in_one_line(value: Known | str) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()


# ------------------------------------------------------------------------------ read


def read(path: str) -> Baseline:
    """Return the baseline in a file; raises Problem, with the line, for one that cannot be used."""
    source = _source(path)
    try:
        file = msgspec.json.decode(source, type=BaselineFile)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        from checker.baseline_mistakes import mistake

        raise _problem(path, mistake(source, str(error))) from error
    if file.schema != SCHEMA:
        from checker.baseline_mistakes import mistake

        raise _problem(path, mistake(source, ""))
    return Baseline(path, file.drafts)


def _source(path: str) -> str:
    try:
        if os.path.isfile(path) and os.stat(path).st_size > MAX_SIZE:
            limit = f"{MAX_SIZE / 1e6:g} MB"
            raise _problem(path, Bilingual(f": 文件太大（上限为 {limit}）", f": too large (the limit is {limit})"))
        return load(os.path.join(".", path), MAX_SIZE).decode("utf-8-sig")  # a file called - is no standard input
    except UnicodeDecodeError as error:
        raise _problem(path, Bilingual(": 不是 UTF-8 编码的文字", ": no text in UTF-8")) from error
    except Unreadable as problem:
        hint = Bilingual("", "")
        if not os.path.lexists(path):
            hint = Bilingual("；基线用 plancheck baseline 写", "; plancheck baseline writes one")
        zh, en = problem.message
        raise _problem(path, Bilingual(f": {zh}{hint.zh}", f": {en}{hint.en}")) from problem


def _problem(path: str, what: Bilingual) -> Problem:
    return Problem(Bilingual(f"{shown(path)}{what.zh}", f"{shown(path)}{what.en}"))
