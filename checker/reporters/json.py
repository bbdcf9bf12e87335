"""``json``: the report for machines. The keys are a contract, see ``plancheck schema report``."""

from __future__ import annotations

from msgspec import Struct

from checker.model import FileReport, OutcomeKind, Place, PlacedEdit, Report, Severity, Violation, Waived
from checker.written_json import written


class ViolationJson(Struct):
    """One place where a rule does not hold; ``end_column`` is the column after the last."""

    rule: str
    severity: Severity
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    section: str | None
    measure: str | None
    node: str
    excerpt: str
    count: int
    lines: tuple[int, ...]
    fix: str | None
    edits: tuple[PlacedEdit, ...]
    basis: str | None
    fingerprint: str
    waived: Waived | None
    place: Place | None
    """Where people find it in a format that shows them no lines; then ``line`` counts the lines of what was read."""


class OutcomeJson(Struct):
    """What came of one rule."""

    rule: str
    outcome: OutcomeKind
    violations: int
    reason: str | None


class FileJson(Struct):
    """One draft; ``error`` says why it could not be read."""

    path: str
    format: str | None
    encoding: str | None
    error: str | None
    violations: list[ViolationJson]
    rules: list[OutcomeJson]
    problems: tuple[str, ...]
    """What went wrong with plugins that have a say on all violations."""


class ToolJson(Struct):
    """What made the report."""

    name: str
    version: str
    packs: dict[str, str]
    plugins: dict[str, str]
    """Name and version of each plugin of a third party."""


class SummaryJson(Struct):
    """Counts over all files; ``rules`` counts outcomes."""

    files: int
    unreadable: int
    error: int
    warning: int
    info: int
    waived: int
    """Accepted by a person, or by a baseline: the counts by severity leave them out."""
    rules: dict[str, int]


class ReportJson(Struct):
    """A report."""

    schema: int
    tool: ToolJson
    files: list[FileJson]
    problems: tuple[str, ...]
    """What is wrong with plugins, rules, words, and names in the selection."""
    summary: SummaryJson


def render(report: Report) -> str:
    """Return the report as JSON, indented, with a line end."""
    return written(report_json(report))


def report_json(report: Report) -> ReportJson:
    """Return the report in the shape of the contract."""
    return ReportJson(
        schema=1,
        tool=ToolJson("plancheck", report.version, report.packs, report.plugins),
        files=[_file(file) for file in report.files],
        problems=report.problems,
        summary=_summary(report),
    )


def _file(file: FileReport) -> FileJson:
    return FileJson(
        path=file.path,
        format=file.format,
        encoding=file.encoding,
        error=file.error,
        violations=[violation_json(violation) for violation in file.violations],
        rules=[OutcomeJson(o.rule, o.outcome, o.violations, o.reason) for o in file.rules],
        problems=file.problems,
    )


def violation_json(v: Violation) -> ViolationJson:
    """Return a violation in the shape of the contract."""
    return ViolationJson(
        v.rule,
        v.severity,
        v.message,
        v.line,
        v.column,
        v.end_line,
        v.end_column,
        v.section,
        v.measure,
        v.node,
        v.excerpt,
        v.count,
        v.lines,
        v.fix,
        v.edits,
        v.basis,
        v.fingerprint,
        v.waived,
        v.place,
    )


def _summary(report: Report) -> SummaryJson:
    violations = [violation for file in report.files for violation in file.violations]
    severities = [violation.severity for violation in violations if violation.waived is None]
    outcomes: dict[str, int] = {"passed": 0, "failed": 0, "not-applicable": 0, "not-evaluated": 0}
    for file in report.files:
        for outcome in file.rules:
            outcomes[outcome.outcome] += 1
    return SummaryJson(
        files=sum(file.is_draft for file in report.files),
        unreadable=sum(file.error is not None for file in report.files),
        error=severities.count("error"),
        warning=severities.count("warning"),
        info=severities.count("info"),
        waived=len(violations) - len(severities),
        rules=outcomes,
    )
