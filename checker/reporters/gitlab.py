"""``gitlab``: a Code Quality report of GitLab, which shows what a merge request brings and what it mends.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from checker.model import FileReport, Report, Severity, Violation
from checker.places import line_of_file
from checker.reporters.locations import last_line, path_below
from checker.reporters.undone import Undone, undone
from checker.reporters.words import found_in, full_message
from checker.written_json import written

Grade = Literal["info", "minor", "major", "critical", "blocker"]
_GRADES: dict[Severity, Grade] = {"error": "major", "warning": "minor", "info": "info"}


class Lines(Struct, frozen=True):
    """The first and the last line, counted from 1."""

    begin: int
    end: int


class Location(Struct, frozen=True):
    """Where in which file; ``path`` is the path from the root of the repository."""

    path: str
    lines: Lines


class Finding(Struct, frozen=True):
    """An entry of the report."""

    description: str
    check_name: str
    fingerprint: str
    """What tells it from all others: of two with the same one GitLab shows the last only."""
    severity: Grade
    location: Location


def render(report: Report) -> str:
    """Return the report as a JSON array, with a line end.

    A mistake of a rule file or a plugin is in no draft, and so not among the entries: GitLab wants a place for each.
    """
    return written([finding for file in report.files for finding in _findings(file, report)])


def _findings(file: FileReport, report: Report) -> Iterator[Finding]:
    path = path_below(file.path, "CI_PROJECT_DIR")
    seen: dict[str, int] = {}
    for violation in report.shown(file):
        yield _violation(violation, path, seen, report.language)
    for one in undone(file, report.language):
        yield _undone(one, path, seen)


def _violation(v: Violation, path: str, seen: dict[str, int], language: str) -> Finding:
    first = line_of_file(v) or 1  # GitLab wants a line of every file
    place = Location(path, Lines(first, max(first, last_line(v)) if v.place is None else first))
    fingerprint = _fingerprint(seen, path, v.rule, v.fingerprint)
    said = full_message(v, language) + found_in(v, language)
    return Finding(said, v.rule, fingerprint, _GRADES[v.severity], place)


def _undone(one: Undone, path: str, seen: dict[str, int]) -> Finding:
    """Return an entry for what could not be done, at the first line: it is graver than any violation."""
    grade: Grade = "critical" if one.rule else "blocker"
    name = one.rule or "plancheck"
    return Finding(one.message, name, _fingerprint(seen, path, name, "undone"), grade, Location(path, Lines(1, 1)))


def _fingerprint(seen: dict[str, int], *parts: str) -> str:
    """Return what tells an entry from others: made of its draft, rule and fingerprint, and of a number among equals."""
    common = "\0".join(parts)
    seen[common] = seen.get(common, 0) + 1
    return sha256(f"{common}\0{seen[common]}".encode("utf-8", "replace")).hexdigest()
