"""Reports made by hand, for tests of what becomes of violations once they are found."""

from __future__ import annotations

from typing import Any

from checker.model import FileReport, Outcome, Report, Violation, Waived

RULE = "plan/lead-unit"


def violation(fingerprint: str, rule: str = RULE, waived: Waived | None = None, **more: Any) -> Violation:
    """Return a violation with a fingerprint of its own."""
    given: dict[str, Any] = {
        "severity": "error",
        "message": f"消息 {fingerprint}",
        "line": 1,
        "column": 1,
        "end_line": 1,
        "end_column": 2,
        "section": None,
        "section_label": None,
        "node": "measure",
        "excerpt": "办",
        "source_line": "办",
        "count": 1,
        "lines": (1,),
        "fix": None,
        "basis": None,
    }
    return Violation(rule=rule, fingerprint=fingerprint, waived=waived, **{**given, **more})


def file(path: str, *violations: Violation, ran: tuple[str, ...] = (RULE,), blind: tuple[str, ...] = ()) -> FileReport:
    """Return the report on a draft in which the rules ``ran`` and ``blind`` could not be evaluated."""
    outcomes = [Outcome(rule, "failed" if violations else "passed") for rule in ran]
    outcomes += [Outcome(rule, "not-evaluated", 0, "超时") for rule in blind]
    return FileReport(path, "txt", "utf-8", None, violations, tuple(outcomes))


def report(*files: FileReport) -> Report:
    return Report("0", {}, files)


def equal(number: int, common: str = "0123456789abcdef") -> str:
    """Return the fingerprint of one among equals."""
    return common if number == 1 else f"{common}-{number}"
